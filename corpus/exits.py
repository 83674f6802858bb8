"""The exit codes of every command, in one place; `cakupan --help` and docs/unattended.md tell them too."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended. Misuse is told by click, which has the same number for it."""

    FINE = 0
    FAILED = 1
    MISUSE = 2
    ALARMS = 3
    """All was done, and something found on the way wants a person's eyes."""
    BUSY = 75
    """Another command is at work on the database; sysexits.h calls it a temporary failure."""
    INTERRUPTED = 130
    """What shells expect of a program ended by Ctrl-C."""
