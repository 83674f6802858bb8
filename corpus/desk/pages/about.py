"""About the data: how much there is, its datasheet, what people found in it, and what each column means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from corpus.desk.page import Asked, Page, Row
from corpus.export.datasheet import load_scores

BY_PROVINCE = """
    SELECT p.code, p.name, ifnull(sum(t.claims), 0) FROM regions AS p
    JOIN regions AS r ON r.province = p.code
    LEFT JOIN tallies AS t ON t.region = r.code
    WHERE p.level = 'province' GROUP BY p.code ORDER BY p.code
"""
BY_OUTLET = """
    SELECT o.domain, coalesce(o.name, o.domain), count(a.number) FROM outlets AS o
    LEFT JOIN articles AS a ON a.outlet = o.domain GROUP BY o.domain ORDER BY count(a.number) DESC, o.domain
"""
SILENT = """
    SELECT count(*) FROM regions AS r WHERE r.level IN ('kabupaten', 'kota')
    AND NOT EXISTS (SELECT 1 FROM tallies AS t WHERE t.region = r.code AND t.claims > 0)
"""
VIEWS = ("claims_flat", "region_latest", "contradictions", "official_statements")
"""What is meant for people, and so is told column by column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a view."""

    view: str
    column: str
    unit: str | None
    description: str


@dataclass(frozen=True, slots=True)
class Scored:
    """One thing that is read, and how right it is on annotated articles: F1, or the share that is right, 0 to 1."""

    what: str
    share: float


@dataclass(frozen=True, slots=True)
class Covered:
    """A province or an outlet with its number of claims or articles; 0 where nothing was found."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class About:
    """Sizes, days and scores. `reviews` counts the verdicts that count today; `gold` are scores on annotated articles.

    `provinces` have their claims, those on their kabupaten and kota too; `sites` their articles. Both may have none.
    `silent_regions` of the `regions`, kabupaten and kota, have no claim; `removed` articles are gone at their
    publishers' wish, `dropped_files` of the archive for their age.
    """

    articles: int
    claims: int
    outlets: int
    first_day: str | None
    last_day: str | None
    last_fetch: str | None
    version: str | None
    repaired: int
    suspect: int
    reviews: Mapping[str, int]
    release: str | None
    gold: tuple[Scored, ...]
    gold_articles: int
    provinces: tuple[Covered, ...]
    sites: tuple[Covered, ...]
    regions: int
    silent_regions: int
    removed: int
    dropped_files: int
    columns: tuple[Column, ...]


def gather(db: Database, asked: Asked) -> About:
    """Counts that an index answers."""
    del asked

    def one(sql: str) -> tuple[object, ...]:
        row: tuple[object, ...] | None = db.execute(sql).fetchone()
        return tuple(row) if row is not None else (None,)

    def count(what: str) -> int:
        return int(str(one(f"SELECT count(*) FROM {what}")[0]))

    def text(sql: str) -> str | None:
        value = one(sql)[0]
        return None if value is None else str(value)

    reviewed = db.execute("SELECT verdict, count(*) FROM verdicts GROUP BY verdict ORDER BY verdict")
    columns = db.execute(
        f"""SELECT table_name, column_name, unit, description FROM data_dictionary
            WHERE table_name IN ({", ".join("?" * len(VIEWS))}) AND column_name <> '' ORDER BY table_name, position""",
        VIEWS,
    )
    gold = load_scores()["dev"]
    return About(
        articles=count("articles"),
        claims=count("standing"),
        outlets=count("outlets"),
        first_day=text("SELECT min(published_date) FROM articles"),
        last_day=text("SELECT max(published_date) FROM articles"),
        last_fetch=text("SELECT fetched_at FROM fetches ORDER BY id DESC LIMIT 1"),
        version=text("SELECT version FROM runs ORDER BY id DESC LIMIT 1"),
        repaired=count("repairs WHERE rule <> 'repair.undecided'"),
        suspect=count("standing WHERE suspect"),
        reviews=dict(tuple(row) for row in reviewed),
        release=text("SELECT version FROM releases LIMIT 1"),
        gold=tuple(Scored(what, share) for what, share in gold["shares"].items()),
        gold_articles=gold["articles"],
        provinces=tuple(Covered(*row) for row in db.execute(BY_PROVINCE).fetchall()),
        sites=tuple(Covered(*row) for row in db.execute(BY_OUTLET).fetchall()),
        regions=count("regions WHERE level IN ('kabupaten', 'kota')"),
        silent_regions=int(str(one(SILENT)[0])),
        removed=count("removals"),
        dropped_files=count("dropped_files"),
        columns=tuple(Column(*row) for row in columns),
    )


def table(found: About) -> list[Row]:
    """The data dictionary."""
    return [{name: getattr(one, name) for name in Column.__slots__} for one in found.columns]


PAGE = Page("about", r"/tentang", gather, table)
