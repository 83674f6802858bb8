"""What is published: resources.toml read, each column with its description, unit and type, and its rows streamed."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlite_utils import Database

from corpus.export.errors import ResourcesError
from corpus.schema import load_columns, open_database
from extract.models import Approx, AsOfBasis, Metric, Modality, RegionLevel, Segment, Unit, Verdict

RESOURCES = Path(__file__).with_name("resources.toml")
ROWS_AT_A_TIME = 2_000


class Kind(StrEnum):
    """The type of a column, in the words of Frictionless Table Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    ARRAY = "array"
    OBJECT = "object"


# The unit says it where SQLite's types are too few, and the schema where the unit does not.
KIND_OF_UNIT = {
    "0 or 1": Kind.BOOLEAN,
    "ISO day": Kind.DATE,
    "UTC time": Kind.DATETIME,
    "JSON object": Kind.OBJECT,
}
KIND_OF_TYPE = {"INTEGER": Kind.INTEGER, "REAL": Kind.NUMBER}
MOMENT = "ISO time or day"
"""The unit of the one kind of text that a spreadsheet may take for a date, which is what it is."""

COUNTING = ("accept", "correct", "reject")
REVIEWS = (*COUNTING, "withdraw")
STANDING = (*COUNTING, "changed")
COPIES = ("kept", "dropped", "removed", "none")
VOCABULARIES: Mapping[str, Sequence[str]] = {
    "metric": tuple(Metric),
    "modality": tuple(Modality),
    "segment": tuple(Segment),
    "approx": tuple(Approx),
    "unit": tuple(Unit),
    "as_of_basis": tuple(AsOfBasis),
    "regions.level": tuple(RegionLevel),
    "checks.verdict": tuple(Verdict),
    "claims_flat.verdict": tuple(Verdict),
    "claims_flat.copy": COPIES,
    "review": STANDING,
    "reviews.verdict": REVIEWS,
}
"""The values that a column of the unit "vocabulary" can have, by its name or by table and name."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column as it is published."""

    name: str
    source: str
    """TABLE.COLUMN in the database."""
    kind: Kind
    description: str
    unit: str
    is_required: bool
    values: tuple[str, ...] = ()
    """All that it can be; empty where that is open."""

    @property
    def is_plain_text(self) -> bool:
        """Whether a spreadsheet could take a cell of it for something that it is not."""
        return self.kind is Kind.STRING and self.unit != MOMENT


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values stand in columns of another resource."""

    columns: tuple[str, ...]
    resource: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """One table of the publication."""

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    foreign: tuple[ForeignKey, ...]
    query: str

    def iter_rows(self, db: Database) -> Iterator[tuple[object, ...]]:
        """Its rows in order, as SQLite has them, a few at a time."""
        cursor = db.execute(self.query)
        while rows := cursor.fetchmany(ROWS_AT_A_TIME):
            yield from rows

    def key_of(self, row: Sequence[object]) -> tuple[object, ...]:
        """What a row is known by: its primary key, or all of it."""
        return tuple(value for field, value in zip(self.fields, row, strict=True) if field.name in self.key) or (*row,)


@functools.cache
def load_resources(*, with_text: bool, path: Path = RESOURCES) -> tuple[Resource, ...]:
    """Every resource in order of foreign keys; raises ResourcesError where an entry does not fit the schema."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ResourcesError("the whole file", str(error)) from error
    db = open_database(":memory:")
    try:
        types = {name: _types_of(db, name) for name in load_columns()}
    finally:
        db.close()
    resources = tuple(_parse(name, entry, types, with_text=with_text) for name, entry in document.items())
    _check_foreign_keys(resources)
    return resources


def _types_of(db: Database, table: str) -> Mapping[str, tuple[str, bool]]:
    """Declared type of each column, and whether it must have a value."""
    found = db.execute('SELECT name, type, "notnull" OR pk FROM pragma_table_info(?)', [table])
    return {name: (declared, bool(required)) for name, declared, required in found}


def _parse(
    name: str, entry: Mapping[str, object], types: Mapping[str, Mapping[str, tuple[str, bool]]], *, with_text: bool
) -> Resource:
    columns, key, order = (_texts(name, entry, part) for part in ("columns", "key", "order"))
    left_out = () if with_text else _texts(name, entry, "text")
    sources = [source for column in columns for source in _expand(name, column, types) if source not in left_out]
    origin = str(entry["from"])
    fields = tuple(_field(source, types, key, origin) for source in sources)
    names = [field.name for field in fields]
    if len(set(names)) < len(names) or not set(key + order) <= set(names) or not key + order:
        raise ResourcesError(name, "two columns of one name, or a key that is none of them")
    selected = ", ".join(f"{source} AS {source.partition('.')[2]}" for source in sources)
    by = ", ".join(sources[names.index(column)] for column in order or key)
    return Resource(
        name=name,
        description=load_columns()[sources[0].partition(".")[0]].description,
        fields=fields,
        key=key,
        foreign=tuple(_foreign_key(text) for text in _texts(name, entry, "foreign")),
        query=f"SELECT {selected} FROM {origin} ORDER BY {by}",
    )


def _texts(name: str, entry: Mapping[str, object], part: str) -> tuple[str, ...]:
    found = entry.get(part, [])
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise ResourcesError(name, f"{part} is to be a list of texts")
    return tuple(found)


def _expand(name: str, column: str, types: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    table, _, wanted = column.partition(".")
    if table not in types or (wanted != "*" and wanted not in types[table]):
        raise ResourcesError(name, f"there is no column {column}")
    yield from (f"{table}.{found}" for found in (types[table] if wanted == "*" else [wanted]))


def _field(source: str, types: Mapping[str, Mapping[str, tuple[str, bool]]], key: Sequence[str], origin: str) -> Field:
    table, _, name = source.partition(".")
    described = next(column for column in load_columns()[table].columns if column.name == name)
    declared, required = types[table][name]
    unit = described.unit
    kind = KIND_OF_UNIT.get(unit) or KIND_OF_TYPE.get(declared, Kind.STRING)
    if unit.startswith("JSON list"):
        kind = Kind.ARRAY
    # In a CSV file an empty text and none at all look the same, so only what cannot be empty is required.
    is_free = (kind is Kind.STRING and unit in {"text", "sentences"}) or f"LEFT JOIN {table}" in origin
    values = VOCABULARIES.get(source) or VOCABULARIES.get(name) or () if unit == "vocabulary" else ()
    return Field(
        name, source, kind, described.description, unit, name in key or (required and not is_free), tuple(values)
    )


def _foreign_key(text: str) -> ForeignKey:
    """From "article_id, ordinal -> checks.article_id, ordinal"."""
    columns, _, target = text.partition(" -> ")
    resource, _, references = target.partition(".")
    return ForeignKey(tuple(columns.split(", ")), resource, tuple(references.split(", ")))


def _check_foreign_keys(resources: Sequence[Resource]) -> None:
    names = {resource.name: {field.name for field in resource.fields} for resource in resources}
    for resource in resources:
        for foreign in resource.foreign:
            if not set(foreign.columns) <= names[resource.name] or not set(foreign.references) <= names.get(
                foreign.resource, set()
            ):
                raise ResourcesError(resource.name, f"no such columns in the foreign key to {foreign.resource}")
