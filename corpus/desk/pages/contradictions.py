"""Contradictions: one measure of one region and time, told with values that cannot both be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlite_utils import Database

from corpus.desk.flat import FlatClaim, load_claims
from corpus.desk.page import Asked, Page, Row

SHOWN = 25
OF_A_REGION = 10
MOST_ON_A_SIDE = 5
NEWEST = """
    SELECT id FROM disputes WHERE (as_of_end, id) < (:day, :id) ORDER BY as_of_end DESC, id DESC LIMIT :most
"""
OF_REGION = "SELECT id FROM disputes WHERE region = ? ORDER BY as_of_end DESC LIMIT ?"
OF_CLAIM = "SELECT dispute_id FROM dispute_claims WHERE claim_id = ? ORDER BY dispute_id LIMIT ?"
DISPUTE = """
    SELECT d.id, d.region, r.name, d.metric, d.segment, d.unit, d.as_of_start, d.as_of_end, d.sides, d.sources
    FROM disputes AS d JOIN regions AS r ON r.code = d.region WHERE d.id = ?
"""
SIDES = "SELECT side, claim_id FROM dispute_claims WHERE dispute_id = ? ORDER BY side, claim_id LIMIT 100"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values, and claims that tell it; `more` counts those that are not shown."""

    claims: tuple[FlatClaim, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """All sides of a contradiction, the lowest value first."""

    id: str
    region: str
    region_name: str
    metric: str
    segment: str | None
    unit: str
    as_of_start: str
    as_of_end: str
    sources: int
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Contradictions:
    """A page of them, the newest first; `older` leads to the next."""

    contradictions: tuple[Contradiction, ...]
    older: str | None


def gather(db: Database, asked: Asked) -> Contradictions:
    """The newest contradictions, or those after a place in the list."""
    day, _, last = asked.text("setelah").partition("~")
    rows = db.execute(NEWEST, {"day": day or "9999", "id": last or "~", "most": SHOWN + 1}).fetchall()
    found = load(db, [row[0] for row in rows[:SHOWN]])
    older = f"{found[-1].as_of_end}~{found[-1].id}" if found and len(rows) > SHOWN else None
    return Contradictions(found, older)


def of_region(db: Database, code: str) -> tuple[Contradiction, ...]:
    """The newest contradictions on a region."""
    return load(db, [row[0] for row in db.execute(OF_REGION, [code, OF_A_REGION])])


def of_claim(db: Database, claim_id: str) -> tuple[Contradiction, ...]:
    """The contradictions that a claim has a side in."""
    return load(db, [row[0] for row in db.execute(OF_CLAIM, [claim_id, OF_A_REGION])])


def load(db: Database, ids: Sequence[str]) -> tuple[Contradiction, ...]:
    """These contradictions with the claims of each side."""
    return tuple(load_one(db, dispute) for dispute in ids)


def load_one(db: Database, dispute: str) -> Contradiction:
    """A contradiction that is known to be there."""
    row = db.execute(DISPUTE, [dispute]).fetchone()
    told: dict[int, list[str]] = {}
    for side, claim in db.execute(SIDES, [dispute]).fetchall():
        told.setdefault(side, []).append(claim)
    sides = tuple(
        Side(load_claims(db, claims[:MOST_ON_A_SIDE]), max(0, len(claims) - MOST_ON_A_SIDE)) for claims in told.values()
    )
    key, region, name, metric, segment, unit, start, end, _, sources = row
    return Contradiction(key, region, name, metric, segment, unit, start, end, sources, sides)


def table(found: Contradictions) -> list[Row]:
    """One row for each claim on a side."""
    return [
        {"dispute_id": one.id, "side": number, **asdict(claim)}
        for one in found.contradictions
        for number, side in enumerate(one.sides)
        for claim in side.claims
    ]


PAGE = Page("contradictions", r"/kontradiksi", gather, table)
