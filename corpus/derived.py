"""What the extractor read in an article as the rows that are stored of it; made in any process, on any machine."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus import rows
from corpus.parts import Form, Part, Schema, from_parquet, to_parquet
from corpus.quotes import find_quotes
from extract.models import Article, Extraction

TABLES = ("mentions", "quotes", "claims", "repairs", "checks", "check_claims")
"""The tables that hold what was read, parents first."""
HEADS: Schema = {
    "key": "TEXT",
    "revision": "INTEGER",
    "version": "TEXT",
    "past": "TEXT",
    "repaired": "INTEGER",
    "suspect": "INTEGER",
    "disputed": "INTEGER",
    "undecided": "INTEGER",
}
NUMBER = "reading"
"""The column, in a part, that says which of its readings a row belongs to, counted from 0."""


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What the extractor found in a revision of the article `key`.

    `past` is the fingerprint of the earlier claims it was read with; None where the article was read alone.
    """

    key: str
    revision: int
    extraction: Extraction
    past: str | None = None


@dataclass(frozen=True, slots=True)
class DerivedRows:
    """A reading as it is stored: its rows, table by table, and how many of its claims are of each kind."""

    key: str
    revision: int
    version: str
    past: str | None
    repaired: int
    suspect: int
    disputed: int
    undecided: int
    tables: Mapping[str, list[rows.Row]]


def derive(reading: ArticleReading, text: str) -> DerivedRows:
    """The rows of a reading of this text."""
    key, extraction = reading.key, reading.extraction
    return DerivedRows(
        key=key,
        revision=reading.revision,
        version=extraction.version,
        past=reading.past,
        repaired=sum(map(rows.is_repaired, extraction.claims)),
        suspect=sum(claim.suspect for claim in extraction.claims),
        disputed=len(rows.disputed_claims(extraction)),
        undecided=rows.undecided_claims(extraction),
        tables=rows_of(reading, text),
    )


def read_alone(item: tuple[int, Article]) -> DerivedRows:
    """What an article says that is looked at by itself; given as the store has it, with its newest revision."""
    from extract.pipeline import extract

    revision, article = item
    return derive(ArticleReading(article.id, revision, extract(article)), article.text)


def rows_of(reading: ArticleReading, text: str) -> dict[str, list[rows.Row]]:
    """All that was read in this text, table by table."""
    key, extraction = reading.key, reading.extraction
    quotes = find_quotes(text, extraction.claims)
    claims = list(rows.iter_claim_rows(key, reading.revision, extraction, quotes))
    return {
        "mentions": list(rows.iter_mention_rows(key, extraction)),
        "quotes": list(rows.iter_quote_rows(key, text, quotes)),
        "claims": claims,
        "repairs": [
            rows.repair_row(str(row["id"]), claim.repair)
            for row, claim in zip(claims, extraction.claims, strict=True)
            if claim.repair
        ],
        "checks": [rows.check_row(key, place, check) for place, check in enumerate(extraction.checks)],
        "check_claims": [
            {"article_id": key, "check_ordinal": place, "claim_id": claims[position]["id"]}
            for place, check in enumerate(extraction.checks)
            for position in dict.fromkeys(check.claims)
        ],
    }


@functools.cache
def table_schemas() -> Mapping[str, Schema]:
    """The columns of these tables, as the database itself declares them."""
    from corpus.schema import open_database

    db = open_database(":memory:")
    declared = {name: {column.name: column.type for column in db.table(name).columns} for name in TABLES}
    db.close()
    return declared


def as_stored(table: str, row: rows.Row) -> rows.Row:
    """A row as the database gives it back: what it holds as a fraction is one, whole or not."""
    declared = table_schemas()[table]
    return {
        name: float(value) if isinstance(value, int) and declared[name] == "REAL" else value
        for name, value in rows.storable(row).items()
    }


def pack_readings(readings: Sequence[DerivedRows]) -> Part:
    part = {"readings": to_parquet([{name: getattr(one, name) for name in HEADS} for one in readings], HEADS)}
    for table in TABLES:
        found = [
            as_stored(table, row) | {NUMBER: place} for place, one in enumerate(readings) for row in one.tables[table]
        ]
        if found:
            declared = table_schemas()[table]
            part[table] = to_parquet(found, {name: declared.get(name, "INTEGER") for name in found[0]})
    return part


def unpack_readings(part: Part) -> list[DerivedRows]:
    heads = from_parquet(part["readings"])
    tables: list[dict[str, list[rows.Row]]] = [{table: [] for table in TABLES} for _ in heads]
    for table in TABLES:
        for row in from_parquet(part[table]) if table in part else ():
            tables[row.pop(NUMBER)][table].append(row)
    return [DerivedRows(**head, tables=found) for head, found in zip(heads, tables, strict=True)]


READINGS: Form[DerivedRows] = Form(pack_readings, unpack_readings)
