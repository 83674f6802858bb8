"""The front: a map of the provinces, what is new, what is suspect, and the last runs; how to fill an empty database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import groupby, islice
from typing import Any

from sqlite_utils import Database

from corpus.desk.charts import Latest, province_map
from corpus.desk.flat import FlatClaim, ids_of, load_claims
from corpus.desk.page import Asked, Page, Row
from extract.wording import Language

SHOWN = 12
NEWEST_ARTICLES = 60
"""So many of the newest articles are looked through for claims."""
OF_ONE = 2
"""So many claims of one article are new; its page has the others."""
RUNS = 5

NEW = """
    SELECT s.article_id, s.claim_id
    FROM (SELECT id, published_date FROM articles WHERE published_date <= :today
          ORDER BY published_date DESC LIMIT :articles) AS a
    CROSS JOIN standing AS s ON s.article_id = a.id
    WHERE s.review IS NOT 'reject' AND s.modality = 'reported' AND s.region IS NOT NULL
    ORDER BY a.published_date DESC, s.article_id, s.metric <> 'coverage_rate', s.metric <> 'active_rate', s.claim_id
"""
# Unsettled ones and those that a check speaks against, by their places in the reviewers' queue.
SUSPECT = """
    SELECT claim_id FROM (
        SELECT * FROM (SELECT claim_id, day FROM standing WHERE queue = 1 ORDER BY day DESC LIMIT :most)
        UNION ALL
        SELECT * FROM (SELECT claim_id, day FROM standing WHERE queue = 2 ORDER BY day DESC LIMIT :most)
    )
    ORDER BY day DESC, claim_id LIMIT :most
"""
PROVINCES = """
    SELECT l.region, s.value, s.day, l.claim_id, coalesce(a.outlet, '')
    FROM regions AS r
    CROSS JOIN latest_claims AS l ON l.region = r.code AND l.metric = 'coverage_rate'
    JOIN standing AS s ON s.claim_id = l.claim_id
    JOIN articles AS a ON a.id = s.article_id
    WHERE r.level = 'province' AND s.day IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the whole job; times in UTC."""

    id: int
    kind: str
    status: str
    started_at: str
    ended_at: str | None


@dataclass(frozen=True, slots=True)
class Front:
    """What the front shows. `provinces` have the latest reported coverage, in percent."""

    is_empty: bool
    provinces: tuple[Latest, ...]
    new: tuple[FlatClaim, ...]
    suspect: tuple[FlatClaim, ...]
    runs: tuple[Run, ...]


def gather(db: Database, asked: Asked) -> Front:
    """The newest of everything."""
    del asked
    return Front(
        is_empty=db.execute("SELECT 1 FROM articles LIMIT 1").fetchone() is None,
        provinces=tuple(
            Latest(code, value, dt.date.fromisoformat(day), claim, outlet)
            for code, value, day, claim, outlet in db.execute(PROVINCES)
        ),
        new=load_claims(db, newest(db)),
        suspect=load_claims(db, ids_of(db, SUSPECT, {"most": SHOWN})),
        runs=load_runs(db, RUNS),
    )


def newest(db: Database) -> list[str]:
    """IDs of claims of the newest articles, coverage before all else."""
    rows = db.execute(NEW, {"today": dt.date.today().isoformat(), "articles": NEWEST_ARTICLES}).fetchall()
    articles = groupby(rows, key=lambda row: row[0])
    return [claim for _, claims in articles for _, claim in islice(claims, OF_ONE)][:SHOWN]


def load_runs(db: Database, most: int) -> tuple[Run, ...]:
    """The last runs, the newest first."""
    found = db.execute("SELECT id, kind, status, started_at, ended_at FROM runs ORDER BY id DESC LIMIT ?", [most])
    return tuple(Run(*row) for row in found)


def table(found: Front) -> list[Row]:
    """The newest claims."""
    return [asdict(claim) for claim in found.new]


def extras(found: Front, language: Language) -> Mapping[str, Any]:
    """The map."""
    return {"map": province_map(found.provinces, language)}


PAGE = Page("front", r"/", gather, table, extras)
