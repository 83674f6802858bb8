"""JSON lines in, JSON lines out: a broken line is named, counted and passed over, the others are still processed."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import click

from corpus.exits import Exit

STDIN = Path("-")
EXPECTED = 'not an object like {"id": ..., "text": ...}'


@dataclass(slots=True)
class Problems:
    """What could not be processed; each is told on stderr at once."""

    count: int = 0
    quiet: bool = field(default=False)

    def tell(self, where: str, what: str) -> None:
        self.count += 1
        self.remark(where, what)

    def remark(self, where: str, what: str) -> None:
        """Tell of what was processed and is odd all the same."""
        click.echo(f"{where}: {what}", err=True)

    def finish(self) -> None:
        """Exit with code 1 if anything could not be processed."""
        if self.count:
            click.echo(f"{self.count} of the inputs could not be processed; see above.", err=True)
            sys.exit(Exit.FAILED)


def iter_json_lines(lines: Iterable[bytes], name: str, problems: Problems) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line as (where it stands, record); empty lines are passed over in silence."""
    for number, line in enumerate(lines, start=1):
        where = f"{name}, line {number}"
        record = parse_record(line, where, problems) if line.strip() else None
        if record is not None:
            yield where, record


def parse_record(content: bytes, where: str, problems: Problems) -> dict[str, Any] | None:
    """The JSON object of a line or a whole file; None, and told, where it is something else."""
    if not content.strip():
        problems.tell(where, f"empty, {EXPECTED}")
        return None
    text = decode(content, where, problems)
    if text is None:
        return None
    try:
        record = parse_json(text)
    except json.JSONDecodeError as problem:
        line = f"line {problem.lineno}, " if b"\n" in content.strip() else ""
        problems.tell(where, f"not JSON: {problem.msg} at {line}column {problem.colno}")
        return None
    except Unusable as problem:
        problems.tell(where, f"not usable: {problem}")
        return None
    if not isinstance(record, dict):
        problems.tell(where, f"a JSON {type(record).__name__}, {EXPECTED}")
        return None
    if not is_identifier(record.get("id")):
        problems.tell(where, f"'id' is {type(record['id']).__name__}, not a string or a number")
        return None
    return record


class Unusable(Exception):  # noqa: N818 - named by the fact
    """JSON in form, but nothing that can be read or given back; says why."""


def parse_json(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The value of a JSON text. Raises json.JSONDecodeError, or Unusable for what Python or JSON will not carry."""

    def refuse(name: str) -> None:
        raise Unusable(f"{name} is no JSON")

    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError:
        raise
    except ValueError as problem:
        # Python gives up on a whole number of more than 4,300 digits.
        raise Unusable("a number has too many digits") from problem
    except RecursionError as problem:
        raise Unusable("nested too deeply") from problem


def is_identifier(value: object) -> bool:
    """Whether it can be an `id`: a string, a number (a table with gaps makes 1.0 of 1), or nothing."""
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or (isinstance(value, str | int) and not isinstance(value, bool))


def read_file(path: Path, problems: Problems) -> bytes | None:
    """The bytes of a file; None, and told, where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as problem:
        problems.tell(str(path), f"cannot be read ({problem.strerror})")
        return None


def decode(content: bytes, where: str, problems: Problems) -> str | None:
    """UTF-8 as text; None, and told, where it is something else."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        problems.tell(where, f"not UTF-8 (byte {problem.start}); save it as UTF-8")
        return None


def open_stdin(what: str = "JSON lines") -> BinaryIO:
    """The bytes of stdin, saying where a person is to type them, and what."""
    # Python has none where the shell closed it (`cakupan extract <&-`).
    if sys.stdin is None:
        raise click.UsageError("There is no standard input; name files instead.")
    if sys.stdin.isatty():
        called = click.get_current_context().command_path
        click.echo(f"Reading {what} from the keyboard; end with Ctrl-D. See: {called} --help", err=True)
    return sys.stdin.buffer


def write_line(record: dict[str, Any]) -> None:
    """One JSON line to stdout. A lone surrogate is escaped, since UTF-8 cannot carry it."""
    write_json(json_line(record))


def json_line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


def write_json(line: str) -> None:
    """A finished line of JSON to stdout, as `write_line` does."""
    try:
        sys.stdout.write(line + "\n")
    except UnicodeEncodeError:
        sys.stdout.write(json.dumps(json.loads(line)) + "\n")
