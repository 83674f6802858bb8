"""A resource as a file: CSV for spreadsheets, JSON Lines for programs, Parquet for analysis. Rows are streamed."""

from __future__ import annotations

import csv
import importlib.util
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from sqlite_utils import Database

from corpus.export.cells import compact, in_csv, plain, typed_row
from corpus.export.resources import Field, Kind, Resource
from corpus.export.spreadsheets import mark

ROWS_A_GROUP = 20_000
"""Rows of a row group of Parquet: what is kept in memory at once."""
BOM = "\ufeff"
Row = Sequence[object]


class Writer(Protocol):
    """Takes typed rows, a few at a time."""

    def write(self, rows: Iterable[Row]) -> None: ...
    def close(self) -> None: ...


class CsvWriter:
    """UTF-8 as in RFC 4180, beginning with a BOM, without which Excel takes it for Windows' own encoding."""

    def __init__(self, file: Path, resource: Resource) -> None:
        self._stream = file.open("w", encoding="utf-8", newline="")
        self._fields = resource.fields
        self._stream.write(BOM)
        self._writer = csv.writer(self._stream)
        self._writer.writerow([field.name for field in resource.fields])

    def write(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._writer.writerow([cell(field, value) for field, value in zip(self._fields, row, strict=True)])

    def close(self) -> None:
        self._stream.close()


class JsonlWriter:
    """One object a line, every key in it, null where there is nothing."""

    def __init__(self, file: Path, resource: Resource) -> None:
        self._stream: io.TextIOWrapper = file.open("w", encoding="utf-8", newline="\n")
        self._names = [field.name for field in resource.fields]

    def write(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._stream.write(compact(dict(zip(self._names, map(plain, row), strict=True))) + "\n")

    def close(self) -> None:
        self._stream.close()


class ParquetWriter:
    """Typed columns with their descriptions and units as metadata; lists and objects are JSON text."""

    def __init__(self, file: Path, resource: Resource) -> None:
        import pyarrow
        import pyarrow.parquet

        kinds: Mapping[Kind, object] = {
            Kind.STRING: pyarrow.string(),
            Kind.INTEGER: pyarrow.int64(),
            Kind.NUMBER: pyarrow.float64(),
            Kind.BOOLEAN: pyarrow.bool_(),
            Kind.DATE: pyarrow.date32(),
            Kind.DATETIME: pyarrow.timestamp("us", tz="UTC"),
            Kind.ARRAY: pyarrow.string(),
            Kind.OBJECT: pyarrow.string(),
        }
        self._schema = pyarrow.schema(
            [
                pyarrow.field(
                    field.name,
                    kinds[field.kind],
                    nullable=not field.is_required,
                    metadata={"description": field.description, "unit": field.unit},
                )
                for field in resource.fields
            ],
            metadata={"name": resource.name, "description": resource.description},
        )
        self._as_json = [field.kind in {Kind.ARRAY, Kind.OBJECT} for field in resource.fields]
        self._batch = pyarrow.record_batch
        self._columns: list[list[object]] = [[] for _ in resource.fields]
        self._writer = pyarrow.parquet.ParquetWriter(file, self._schema, compression="zstd")

    def write(self, rows: Iterable[Row]) -> None:
        for row in rows:
            for column, value, as_json in zip(self._columns, row, self._as_json, strict=True):
                column.append(compact(value) if as_json and value is not None else value)
            if len(self._columns[0]) == ROWS_A_GROUP:
                self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._columns[0]:
            self._writer.write_batch(self._batch(self._columns, schema=self._schema))
            self._columns = [[] for _ in self._columns]


WRITERS: Mapping[str, type[CsvWriter] | type[JsonlWriter] | type[ParquetWriter]] = {
    "csv": CsvWriter,
    "jsonl": JsonlWriter,
    "parquet": ParquetWriter,
}


def has_parquet() -> bool:
    """Whether pyarrow is installed."""
    return importlib.util.find_spec("pyarrow") is not None


def cell(field: Field, value: object) -> str:
    """A cell as it stands in the CSV file."""
    text = in_csv(field, value)
    return mark(text) if field.is_plain_text else text


def path_of(kind: str, resource: Resource) -> str:
    """Where a resource lies in the folder: csv/claims.csv."""
    return f"{kind}/{resource.name}.{kind}"


def write_resource(db: Database, resource: Resource, folder: Path, kinds: Sequence[str]) -> int:
    """Write a resource in each of the kinds (names of WRITERS) in one pass, and give the number of its rows.

    Raises OddCell.
    """
    with ExitStack() as stack:
        writers: list[Writer] = []
        for kind in kinds:
            file = folder / path_of(kind, resource)
            file.parent.mkdir(exist_ok=True)
            writers.append(WRITERS[kind](file, resource))
            stack.callback(writers[-1].close)
        total = 0
        for rows in _batches(resource.iter_rows(db), resource):
            total += len(rows)
            for writer in writers:
                writer.write(rows)
    return total


def _batches(rows: Iterator[Row], resource: Resource, size: int = 1_000) -> Iterator[list[list[object]]]:
    batch: list[list[object]] = []
    for row in rows:
        batch.append(typed_row(resource, row))
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
