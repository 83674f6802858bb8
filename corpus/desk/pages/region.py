"""A region: its history, population, contradictions, officials who spoke of it, and claims; a province's regions."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from sqlite_utils import Database

from corpus.desk.charts import Point, region_history, small_histories
from corpus.desk.flat import FlatClaim, load_claims
from corpus.desk.page import Asked, NoSuchPage, Page, Row
from corpus.desk.pages.contradictions import OF_A_REGION, Contradiction, of_region
from extract.models import Metric, Modality
from extract.wording import Language

SHOWN = 50
CHARTED = 400
"""Points of a history at the most for each rate, the newest."""
CHARTED_SMALL = 24
SPOKE = 300
"""So many of the newest claims are looked through for officials."""
RATES = (Metric.COVERAGE_RATE, Metric.ACTIVE_RATE)

# One metric at a time, for the index leads by it; what one has newest is at hand at once.
NEWEST = """
    SELECT day, claim_id, speaker, speaker_role FROM standing
    WHERE region = :region AND metric = :metric AND (day, claim_id) < (:day, :claim) AND review IS NOT 'reject'
    ORDER BY day DESC, claim_id DESC LIMIT :most
"""
POINTS = """
    SELECT s.claim_id, s.day, s.metric, s.modality, s.value, coalesce(a.outlet, ''), s.suspect
    FROM standing AS s JOIN articles AS a ON a.id = s.article_id
    WHERE s.region = ? AND s.metric = ? AND s.day IS NOT NULL AND s.review IS NOT 'reject'
    ORDER BY s.day DESC LIMIT ?
"""
LATEST = """
    SELECT r.metric, r.segment, r.value, r.unit, r.approx, r.as_of_start, r.as_of_end, r.day, r.sources,
           r.disputed, r.contradicted, r.jump, r.speaker, r.speaker_role, r.review, r.outlet, r.url, r.claim_id
    FROM region_latest AS r WHERE r.region = ? ORDER BY r.metric, r.segment
"""
STEPS = """
    SELECT j.earlier_claim, j.later_claim, j.allowed, j.got
    FROM jumps AS j JOIN standing AS s ON s.claim_id = j.later_claim
    WHERE j.subject = 'region' AND j.key = ? ORDER BY s.day DESC, j.later_claim LIMIT ?
"""
OFFICIALS = """
    SELECT n.speaker_id, p.name, p.role, p.statements FROM speaker_names AS n JOIN speakers AS p ON p.id = n.speaker_id
    WHERE n.name = ? AND n.role IS ? AND n.region IS ?
"""


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest report of one measure; columns of region_latest."""

    metric: str
    segment: str | None
    value: float
    unit: str
    approx: str
    as_of_start: str | None
    as_of_end: str | None
    day: str | None
    sources: int
    disputed: int
    contradicted: int
    jump: int
    speaker: str | None
    speaker_role: str | None
    review: str | None
    outlet: str | None
    url: str | None
    claim_id: str


@dataclass(frozen=True, slots=True)
class Official:
    """A person who spoke of the region; `statements` counts all that is attributed to them anywhere."""

    id: str
    name: str
    role: str | None
    statements: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step from one claim to the next that no population could make; `got` and `allowed` in the claims' unit."""

    earlier: FlatClaim
    later: FlatClaim
    allowed: float
    got: float


@dataclass(frozen=True, slots=True)
class Part:
    """A kabupaten or kota of a province, with the newest points of its reported coverage."""

    code: str
    name: str
    population_people: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class RegionPage:
    """What is known of a region. `older` leads to the next page of claims: the day and ID of the last one shown."""

    code: str
    name: str
    level: str
    province: str | None
    province_name: str | None
    population_people: int
    since_year: int | None
    latest: tuple[Newest, ...]
    points: tuple[Point, ...]
    contradictions: tuple[Contradiction, ...]
    steps: tuple[Step, ...]
    officials: tuple[Official, ...]
    claims: tuple[FlatClaim, ...]
    older: str | None
    parts: tuple[Part, ...]


def gather(db: Database, asked: Asked) -> RegionPage:
    """All that the page of a region shows."""
    code = asked.path["code"]
    found = db.execute(
        """SELECT r.code, r.name, r.level, r.province, p.name, r.population_people, r.since_year
           FROM regions AS r LEFT JOIN regions AS p ON p.code = r.province WHERE r.code = ?""",
        [code],
    ).fetchone()
    if found is None:
        raise NoSuchPage(code)
    _, name, level, province, province_name, population, since = found
    before = asked.text("setelah")
    newest = newest_of(db, code, before, SHOWN + 1)
    claims = load_claims(db, [claim for _, claim, _, _ in newest[:SHOWN]])
    day, claim, _, _ = newest[SHOWN - 1] if len(newest) > SHOWN else (None, None, None, None)
    return RegionPage(
        code=code,
        name=name,
        level=level,
        province=province,
        province_name=province_name,
        population_people=population,
        since_year=since,
        latest=tuple(Newest(*row) for row in db.execute(LATEST, [code])),
        points=tuple(chain.from_iterable(load_points(db, code, metric, CHARTED) for metric in RATES)),
        contradictions=of_region(db, code),
        steps=load_steps(db, code),
        officials=load_officials(db, code, newest if not before else newest_of(db, code, "", SPOKE)),
        claims=claims,
        older=f"{day}~{claim}" if claim else None,
        parts=load_parts(db, code) if level == "province" else (),
    )


Found = tuple[str, str, str | None, str | None]


def newest_of(db: Database, code: str, before: str, most: int) -> list[Found]:
    """Day, ID and speaker of a region's claims before a place in the list ("2025-05-06~ID"), the newest first."""
    day, _, claim = before.partition("~")
    where = {"region": code, "day": day or "9999", "claim": claim or "~", "most": most}
    lists = [db.execute(NEWEST, where | {"metric": metric.value}).fetchall() for metric in Metric]
    return heapq.nlargest(most, (tuple(row) for row in chain.from_iterable(lists)), key=lambda row: row[:2])


def load_points(db: Database, code: str, metric: Metric, most: int) -> tuple[Point, ...]:
    """The newest points of a region's history of one rate, the oldest of them first."""
    rows = db.execute(POINTS, [code, metric.value, most]).fetchall()
    return tuple(
        Point(claim, dt.date.fromisoformat(day), Metric(metric), Modality(modality), value, outlet, bool(suspect))
        for claim, day, metric, modality, value, outlet, suspect in reversed(rows)
    )


def load_officials(db: Database, code: str, newest: Iterable[Found]) -> tuple[Official, ...]:
    """Who spoke of the region in these claims, each once."""
    officials: dict[str, Official] = {}
    for speaker, role in dict.fromkeys((speaker, role) for _, _, speaker, role in newest if speaker):
        for row in db.execute(OFFICIALS, [speaker, role, code]):
            officials.setdefault(row[0], Official(*row))
    return tuple(officials.values())


def load_steps(db: Database, code: str) -> tuple[Step, ...]:
    """The steps in the region's history that cannot be, at most as many as there are contradictions on the page."""
    rows = db.execute(STEPS, [code, OF_A_REGION]).fetchall()
    claims = {one.claim_id: one for one in load_claims(db, [key for row in rows for key in row[:2]])}
    return tuple(Step(claims[earlier], claims[later], allowed, got) for earlier, later, allowed, got in rows)


def load_parts(db: Database, code: str) -> tuple[Part, ...]:
    """The kabupaten and kota of a province."""
    rows = db.execute(
        "SELECT code, name, population_people FROM regions WHERE code > ? AND code < ? ORDER BY code",
        [f"{code}.", f"{code}/"],
    ).fetchall()
    return tuple(
        Part(part, name, people, load_points(db, part, Metric.COVERAGE_RATE, CHARTED_SMALL))
        for part, name, people in rows
    )


def table(found: RegionPage) -> list[Row]:
    """The claims."""
    return [asdict(claim) for claim in found.claims]


def extras(found: RegionPage, language: Language) -> Mapping[str, Any]:
    """The charts: one of the region, and a small one of each part that has points."""
    charted = [part for part in found.parts if part.points]
    small = small_histories([(part.name, part.points) for part in charted], language) if charted else ()
    return {
        "history": region_history(found.points, found.name, language) if found.points else None,
        "small": dict(zip((part.code for part in charted), small, strict=True)),
    }


PAGE = Page("region", r"/wilayah/(?P<code>0|\d\d(?:\.\d\d)?)", gather, table, extras)
