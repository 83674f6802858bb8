"""The value of a cell: from what SQLite keeps to what it means, and from there to text."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Sequence

from corpus.export.errors import OddCell
from corpus.export.resources import Field, Kind, Resource

EXACT = 2**53
"""Beyond this, whole floating-point numbers are no longer told apart by their digits."""


def typed_row(resource: Resource, row: Sequence[object]) -> list[object]:
    """The row with days, times, truth values and lists as such; raises OddCell where one cannot be read as that."""
    values: list[object] = []
    for field, value in zip(resource.fields, row, strict=True):
        try:
            values.append(None if value is None else _typed(field.kind, value))
        except ValueError as error:
            key = resource.key_of(row)
            raise OddCell(f"{resource.name}.{field.name}", field.kind.value, value, key) from error
    return values


def _typed(kind: Kind, value: object) -> object:
    match kind, value:
        case Kind.BOOLEAN, 0 | 1:
            return value == 1
        case Kind.DATE, str():
            return dt.date.fromisoformat(value)
        case Kind.DATETIME, str():
            return dt.datetime.fromisoformat(value)
        case ((Kind.ARRAY | Kind.OBJECT), str(text)):
            return json.loads(text)
        case Kind.INTEGER, int():
            return value
        case Kind.NUMBER, int() | float():
            return float(value)
        case Kind.STRING, str():
            return value
        case _:
            raise ValueError(kind)


def plain_number(value: float) -> int | float:
    """Whole numbers without a decimal point: 77512 and not 77512.0."""
    return int(value) if math.isfinite(value) and value == int(value) and abs(value) < EXACT else value


def plain(value: object) -> object:
    """The value as JSON can tell it; a number beyond all bounds, which it cannot, is null."""
    match value:
        case bool():
            return value
        case float():
            return plain_number(value) if math.isfinite(value) else None
        case dt.date():
            return value.isoformat()
        case _:
            return value


def compact(value: object) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def in_csv(field: Field, value: object) -> str:
    """The value as a cell of a CSV file, before the marks that spreadsheets need."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            # INF is what Table Schema calls it.
            return str(plain_number(value)) if math.isfinite(value) else "INF" if value > 0 else "-INF"
        case dt.date():
            return value.isoformat()
        case _ if field.kind in {Kind.ARRAY, Kind.OBJECT}:
            return compact(value)
        case _:
            return str(value)
