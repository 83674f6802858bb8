"""JSON lines in, JSON lines out: a broken line is named, counted and passed over, the others are still processed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click


@dataclass(slots=True)
class Problems:
    """What could not be processed; each is told on stderr at once."""

    count: int = 0
    quiet: bool = field(default=False)

    def tell(self, where: str, what: str) -> None:
        self.count += 1
        click.echo(f"{where}: {what}", err=True)

    def finish(self) -> None:
        """Exit with code 1 if anything could not be processed."""
        if self.count:
            click.echo(f"{self.count} of the inputs could not be processed; see above.", err=True)
            sys.exit(1)


def iter_json_lines(lines: Iterable[bytes], name: str, problems: Problems) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line as (where it stands, record); empty lines are passed over in silence."""
    for number, line in enumerate(lines, start=1):
        where = f"{name}, line {number}"
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError as problem:
            problems.tell(where, f"not UTF-8 (byte {problem.start}); save it as UTF-8")
            continue
        except json.JSONDecodeError as problem:
            problems.tell(where, f"not JSON: {problem.msg} at column {problem.colno}")
            continue
        except RecursionError:
            problems.tell(where, "not usable: nested too deeply")
            continue
        if isinstance(record, dict):
            yield where, record
        else:
            problems.tell(where, f'a JSON {type(record).__name__}, not an object like {{"id": ..., "text": ...}}')


def read_file(path: Path, problems: Problems) -> bytes | None:
    """The bytes of a file; None, and told, where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as problem:
        problems.tell(str(path), f"cannot be read ({problem.strerror})")
        return None


def decode_file(path: Path, problems: Problems) -> str | None:
    """The text of a UTF-8 file; None, and told, where it is something else."""
    content = read_file(path, problems)
    if content is None:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        problems.tell(str(path), f"not UTF-8 (byte {problem.start}); save it as UTF-8")
        return None


def write_line(record: dict[str, Any]) -> None:
    """One JSON line to stdout. A lone surrogate is escaped, since UTF-8 cannot carry it."""
    line = json.dumps(record, ensure_ascii=False)
    try:
        sys.stdout.write(line + "\n")
    except UnicodeEncodeError:
        sys.stdout.write(json.dumps(record) + "\n")
