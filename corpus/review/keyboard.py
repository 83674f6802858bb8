"""Where a reviewer's answers come from: single keys of a terminal, or lines of stdin."""

from __future__ import annotations

import os
import select
import sys
from typing import Protocol, TextIO

import click

UNKNOWN = "\ufffd"
ESCAPE = b"\x1b"
END = frozenset({"\x04", "\0"})
"""Ctrl-D; one that was typed before the terminal gave single keys has become a NUL by the time it is read."""


def read_key() -> str:
    """The next key of the terminal; what was typed ahead of the question counts, which click.getchar would discard."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        return click.getchar()
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    # Ctrl-C stays a signal.
    tty.setcbreak(terminal, termios.TCSANOW)
    try:
        first = os.read(terminal, 1)
        if not first:
            raise EOFError
        if first == ESCAPE:
            while select.select([terminal], [], [], 0)[0]:
                os.read(terminal, 1)
            return UNKNOWN
        # UTF-8 tells by the first byte how many follow.
        more = os.read(terminal, 1 if first[0] < 0xE0 else 2 if first[0] < 0xF0 else 3) if first[0] >= 0xC0 else b""
        return (first + more).decode("utf-8", "replace")
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)


class Keyboard(Protocol):
    """Both raise EOFError where nothing more comes, and KeyboardInterrupt on Ctrl-C."""

    def key(self) -> str:
        """One key in lower case; empty for Enter."""

    def line(self) -> str:
        """A line without blanks around it."""


class Terminal:
    """Keys are taken as they are pressed, lines can be edited."""

    def key(self) -> str:
        """One key, shown behind the question; of arrows and the like, which send several signs, a sign of no answer."""
        pressed = read_key()
        if pressed in END:
            raise EOFError
        if pressed.startswith("\x03"):
            raise KeyboardInterrupt
        known = "" if pressed in {"\r", "\n"} else pressed.lower() if len(pressed) == 1 else UNKNOWN
        click.echo(known if known.isprintable() else "")
        return known

    def line(self) -> str:
        """A line as typed; input() so that it can be edited."""
        return input().strip()


class Lines:
    """One answer a line, as from a file; shown, so that what was asked and answered can be read afterwards."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def key(self) -> str:
        """The next line, where it is one sign or empty; a word is no answer, whatever sign it begins with."""
        line = self.line().lower()
        return line if len(line) <= 1 else UNKNOWN

    def line(self) -> str:
        """The next line."""
        read = self.stream.readline()
        if not read:
            raise EOFError
        click.echo(read.strip())
        return read.strip()


def open_keyboard() -> Keyboard:
    """The terminal, or lines of stdin where it is none. Raises click.UsageError where there is no stdin."""
    if sys.stdin is None:
        raise click.UsageError("There is no standard input to take answers from.")
    return Terminal() if sys.stdin.isatty() and sys.stdout.isatty() else Lines(sys.stdin)
