"""How answers travel between machines: as Parquet, a file of plain columns for each kind of row, packed.

Whoever loads a part need trust nothing but a reader of Parquet, and any tool can look into one.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

R = TypeVar("R")

Part = dict[str, bytes]
"""The bytes of a Parquet file for each kind of row."""
Schema = Mapping[str, str]
"""Columns, each with its type as SQLite calls it: TEXT, INTEGER or REAL."""


@dataclass(frozen=True, slots=True)
class Form(Generic[R]):
    """How answers of one kind are packed and unpacked, both functions of a module."""

    pack: Callable[[Sequence[R]], Part]
    unpack: Callable[[Part], list[R]]


def to_parquet(found: Sequence[Mapping[str, object]], schema: Schema) -> bytes:
    """Rows of these columns, their values as SQLite holds them, as a Parquet file."""
    import pyarrow
    import pyarrow.parquet

    types = {"TEXT": pyarrow.string(), "INTEGER": pyarrow.int64(), "REAL": pyarrow.float64()}
    columns = {name: pyarrow.array([row[name] for row in found], types[kind]) for name, kind in schema.items()}
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), file, compression="zstd")
    return file.getvalue()


def from_parquet(content: bytes) -> list[dict[str, Any]]:
    """The rows of a Parquet file."""
    import pyarrow.parquet

    # Threads would only wait for one another: parts are small.
    found: list[dict[str, Any]] = pyarrow.parquet.read_table(io.BytesIO(content), use_threads=False).to_pylist()
    return found


def pack_lines(lines: Sequence[str]) -> Part:
    return {"lines": to_parquet([{"line": writable(line)} for line in lines], {"line": "TEXT"})}


def unpack_lines(part: Part) -> list[str]:
    return [row["line"] for row in from_parquet(part["lines"])]


def writable(line: str) -> str:
    """A line of JSON that UTF-8 can carry: one with a lone surrogate as `corpus.records.write_json` prints it."""
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(json.loads(line))
    return line


LINES: Form[str] = Form(pack_lines, unpack_lines)
"""Lines of JSON."""
