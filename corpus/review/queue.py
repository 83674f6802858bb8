"""Which claims a reviewer should see, in which order, and all that is to be seen of one.

First those whose verdict no longer fits, then unsettled ones, suspect ones, repaired ones, the rest; among
these the newest day first.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from corpus.review.problems import UnknownClaim
from corpus.review.verdicts import SAID

PLACES = ("changed", "unsettled", "suspect", "repaired", "unseen")
"""What the numbers in `standing.queue` mean."""
PAGE = 50


INSIDE = "SELECT code FROM regions WHERE code = :region OR province = :region"
"""A region, and of a province all that lies in it."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which claims to look at: of a region (a province with all in it), a metric, of this day or later."""

    region: str | None = None
    metric: str | None = None
    since: dt.date | None = None

    def where(self) -> str:
        """The condition on `standing AS s`, for `parameters`."""
        told = ["1"]
        if self.region is not None:
            told.append(f"s.region IN ({INSIDE})")
        if self.metric is not None:
            told.append("s.metric = :metric")
        if self.since is not None:
            told.append("s.day >= :since")
        return " AND ".join(told)

    def parameters(self) -> dict[str, object]:
        """What fills in `where`."""
        since = self.since.isoformat() if self.since else None
        return {"region": self.region, "metric": self.metric, "since": since}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A verdict that no longer fits: who gave it, and what the claim said then."""

    reviewer: str
    verdict: str
    corrections: Mapping[str, Any]
    reason: str | None
    judged: Mapping[str, Any]
    reviewed_at: str


@dataclass(frozen=True, slots=True)
class Task:
    """One claim to be judged, as extracted (`claim` has the columns that a verdict answers for), and its evidence.

    `quote` is the sentence, None where it was taken out; `at` and `end` are where the figure stands in it.
    `checks` are verdict and message; `witnesses` the messages of a repair with this `confidence`.
    """

    claim_id: str
    article_id: str
    figure: str
    fingerprint: str
    claim: Mapping[str, Any]
    region_name: str | None
    printed_value: float | None
    suspect: bool
    quote: str | None
    at: int
    end: int
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    place: int | None
    repair: str | None
    slips: tuple[str, ...]
    witnesses: tuple[str, ...]
    confidence: float | None
    alternatives: tuple[float, ...]
    checks: tuple[tuple[str, str], ...]
    earlier: tuple[Earlier, ...]


def iter_queue(db: Database, filters: Filters) -> Iterator[str]:
    """IDs of the claims that nobody has judged as they are, in the order of the queue; looked up as they are asked for.

    The database may change in between: what is judged meanwhile and was not looked up yet is left out.
    """
    for place in range(len(PLACES)):
        for dated in (True, False):
            after = ("9999-12-31", "~") if dated else ("", "~")
            while True:
                found = _page(db, filters, place, after, dated=dated)
                yield from (claim for claim, _ in found)
                if len(found) < PAGE:
                    break
                claim, last = found[-1]
                after = (last or "", claim)


def _page(
    db: Database, filters: Filters, place: int, after: tuple[str, str], *, dated: bool
) -> list[tuple[str, str | None]]:
    """The next claims of one place in the queue, with their days; of a province, those of all its regions merged."""
    day = "(s.day, s.claim_id) < (:day, :claim)" if dated else "s.day IS NULL AND s.claim_id < :claim"
    everywhere = replace(filters, region=None)
    one = f"""SELECT s.claim_id, s.day FROM standing AS s
              WHERE {{region}} s.queue = :place AND {day} AND {everywhere.where()}
              ORDER BY s.day DESC, s.claim_id DESC LIMIT {PAGE}"""
    values = filters.parameters() | {"place": place, "day": after[0], "claim": after[1]}
    if filters.region is None:
        return db.execute(one.format(region=""), values).fetchall()
    # Each region has its own stretch of the index, sorted by day: of a province only the first of each are read.
    codes = [code for (code,) in db.execute(f"{INSIDE} ORDER BY code", values)]
    each = " UNION ALL ".join(
        f"SELECT * FROM ({one.format(region=f's.region = :r{n} AND')})" for n in range(len(codes))
    )
    merged = f"SELECT * FROM ({each}) ORDER BY day DESC, claim_id DESC LIMIT {PAGE}"
    return db.execute(merged, values | {f"r{n}": code for n, code in enumerate(codes)}).fetchall() if codes else []


def count_queue(db: Database, filters: Filters) -> int:
    """How many claims `iter_queue` gives."""
    found: int = db.execute(
        f"SELECT count(*) FROM standing AS s WHERE s.queue IS NOT NULL AND {filters.where()}", filters.parameters()
    ).fetchone()[0]
    return found


def iter_second(db: Database, filters: Filters, reviewer: str) -> Iterator[str]:
    """IDs of the claims that others have judged as they are and this reviewer has not, the newest day first."""
    found = db.execute(
        f"""SELECT s.claim_id FROM standing AS s JOIN claims AS c ON c.id = s.claim_id
            WHERE s.claim_id IN (SELECT claim_id FROM verdicts WHERE reviewer <> :reviewer)
              AND EXISTS (SELECT 1 FROM verdicts AS v
                          WHERE v.claim_id = c.id AND v.fingerprint = c.fingerprint AND v.reviewer <> :reviewer)
              AND NOT EXISTS (SELECT 1 FROM verdicts AS v
                              WHERE v.claim_id = c.id AND v.fingerprint = c.fingerprint AND v.reviewer = :reviewer)
              AND {filters.where()}
            ORDER BY s.day DESC, s.claim_id DESC""",
        filters.parameters() | {"reviewer": reviewer},
    )
    return iter([claim for (claim,) in found.fetchall()])


TASK = f"""
    SELECT c.id, c.article_id, c.figure, c.fingerprint, {", ".join(f"c.{name}" for name in SAID)},
           regions.name AS region_name, c.printed_value, c.suspect, c.start_char, c.end_char, c.quote_start,
           q.text AS quote, a.title, coalesce(outlets.name, a.outlet) AS outlet, a.published_date, a.url, s.queue,
           s.review, r.rule, r.slips, r.witnesses, r.confidence, r.alternatives
    FROM claims AS c
    JOIN standing AS s ON s.claim_id = c.id
    JOIN articles AS a ON a.id = c.article_id
    LEFT JOIN outlets ON outlets.domain = a.outlet
    LEFT JOIN regions ON regions.code = c.region
    LEFT JOIN quotes AS q ON q.article_id = c.article_id AND q.start_char = c.quote_start
    LEFT JOIN repairs AS r ON r.claim_id = c.id
    WHERE c.id = ?
"""
CHECKS = """
    SELECT checks.verdict, checks.message FROM check_claims AS k
    JOIN checks ON checks.article_id = k.article_id AND checks.ordinal = k.check_ordinal
    WHERE k.claim_id = ? ORDER BY checks.ordinal
"""
EARLIER = """
    SELECT reviewer, verdict, corrections, reason, judged, reviewed_at FROM verdicts
    WHERE figure = ? AND (claim_id = ? OR NOT EXISTS (SELECT 1 FROM claims WHERE id = verdicts.claim_id))
      AND fingerprint <> ?
    ORDER BY reviewed_at, id
"""


def load_task(db: Database, claim_id: str, *, blind: bool = False) -> Task:
    """All that a reviewer sees of a claim; without what others said of it where `blind`. Raises UnknownClaim."""
    for row in db.query(TASK, [claim_id]):
        changed = row["review"] == "changed" and not blind
        earlier = db.query(EARLIER, [row["figure"], claim_id, row["fingerprint"]]) if changed else ()
        start = row["quote_start"]
        return Task(
            claim_id=claim_id,
            article_id=row["article_id"],
            figure=row["figure"],
            fingerprint=row["fingerprint"],
            claim={name: row[name] for name in SAID},
            region_name=row["region_name"],
            printed_value=row["printed_value"],
            suspect=bool(row["suspect"]),
            quote=row["quote"],
            at=row["start_char"] - (start or 0),
            end=row["end_char"] - (start or 0),
            title=row["title"],
            outlet=row["outlet"],
            published=row["published_date"],
            url=row["url"],
            place=row["queue"],
            repair=row["rule"],
            slips=tuple(json.loads(row["slips"] or "[]")),
            witnesses=tuple(witness["message"] for witness in json.loads(row["witnesses"] or "[]")),
            confidence=row["confidence"],
            alternatives=tuple(json.loads(row["alternatives"] or "[]")),
            checks=tuple((check["verdict"], check["message"]) for check in db.query(CHECKS, [claim_id])),
            earlier=tuple(map(_earlier, earlier)),
        )
    raise UnknownClaim(claim_id)


def context_of(db: Database, claim_id: str, around: int) -> tuple[str, int, int] | None:
    """The text around a claim's figure, and where the figure stands in that; None where the text was taken out."""
    found = db.execute(
        """SELECT r.text, c.start_char, c.end_char FROM claims AS c
           JOIN revisions AS r ON r.article_id = c.article_id AND r.revision = c.revision WHERE c.id = ?""",
        [claim_id],
    ).fetchone()
    if found is None or len(found[0]) < found[2]:
        return None
    text, start, end = found
    begin = max(0, start - around)
    return text[begin : end + around], start - begin, end - begin


def _earlier(row: Mapping[str, Any]) -> Earlier:
    return Earlier(
        reviewer=row["reviewer"],
        verdict=row["verdict"],
        corrections=json.loads(row["corrections"]),
        reason=row["reason"],
        judged=json.loads(row["judged"]),
        reviewed_at=row["reviewed_at"],
    )
