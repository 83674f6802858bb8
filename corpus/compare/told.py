"""Claims as they are compared: reported as a fact, not suspect, not rejected by a reviewer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlite_utils import Database

from extract.models import SAID, Approx, AsOfBasis, Metric, Unit
from extract.repair.arithmetic import Interval, open_sided

TOLD = """
    SELECT s.claim_id, s.article_id, y.cluster_id, y.wire, a.outlet, a.published_date, s.region, s.metric, s.segment,
           s.unit, s.value, s.precision, s.approx, s.as_of_start, s.as_of_end, s.as_of_basis, s.day,
           iif(s.review IN ('accept', 'correct'), 0,
               (SELECT count(*) FROM objections WHERE objections.claim_id = s.claim_id)) AS objections,
           EXISTS (SELECT 1 FROM check_claims AS k
                   CROSS JOIN checks AS h ON h.article_id = k.article_id AND h.ordinal = k.check_ordinal
                   WHERE k.claim_id = s.claim_id AND h.verdict = 'ok') AS borne_out
    FROM standing AS s
    JOIN articles AS a ON a.id = s.article_id
    LEFT JOIN syndication AS y ON y.article_id = s.article_id
    WHERE {where} AND s.modality = 'reported' AND NOT s.suspect AND s.review IS NOT 'reject'
    ORDER BY s.region, s.metric, s.segment, s.unit, s.day, a.published_date, s.claim_id
"""


@dataclass(frozen=True, slots=True)
class Told:
    """One claim with what tells its source: article, the text that others print alike, credit, outlet.

    `objections` are the checks that speak against it, none where a reviewer settled it; `borne_out` tells whether one
    speaks for it.
    """

    claim_id: str
    article: str
    cluster: str | None
    wire: str | None
    outlet: str | None
    published: dt.date | None
    region: str | None
    metric: Metric
    segment: str | None
    unit: Unit
    value: float
    precision: float
    approx: Approx
    start: dt.date | None
    end: dt.date | None
    basis: AsOfBasis | None
    day: dt.date | None
    objections: int
    borne_out: bool

    @property
    def text_id(self) -> str:
        """What copies of one text have in common."""
        return self.cluster or self.article

    @property
    def is_dated(self) -> bool:
        """Whether the text says of when the figure is."""
        return self.basis in SAID

    @property
    def interval(self) -> Interval:
        """All values that the claim's words allow.

        Counts are as often cut off as rounded: 1,23 juta stands for 1.239.000 as well.
        """
        allowed = open_sided(self.value, self.precision, self.unit, self.approx)
        return Interval(allowed.low, allowed.high + (0 if self.unit is Unit.PERCENT else self.precision / 2))

    @property
    def what(self) -> tuple[str, str, str, str]:
        """The measure: claims that differ in it are never compared."""
        return (self.region or "", self.metric.value, self.segment or "", self.unit.value)


def told_of_region(db: Database, code: str) -> list[Told]:
    """What is told of a region, by measure and day."""
    return [_told(row) for row in db.execute(TOLD.format(where="s.region = ?"), [code]).fetchall()]


def told_by(db: Database, spellings: Iterable[tuple[str, str | None, str | None]]) -> list[Told]:
    """What is told of regions under any of these names (name, office, region), by measure and day."""
    query = TOLD.format(where="s.speaker = ? AND s.speaker_role IS ? AND s.region = ?")
    found = [
        _told(row)
        for name, role, region in spellings
        if region is not None
        for row in db.execute(query, [name, role, region]).fetchall()
    ]
    return sorted(
        found, key=lambda told: (told.what, told.day or dt.date.min, told.published or dt.date.min, told.claim_id)
    )


def by_measure(claims: Sequence[Told]) -> Iterator[list[Told]]:
    """The claims of each measure, in their order."""
    for _, group in groupby(claims, key=lambda told: told.what):
        yield list(group)


def _told(row: Sequence[object]) -> Told:
    claim, article, cluster, wire, outlet, published, region, metric, segment, unit, value, precision, *rest = row
    approx, start, end, basis, day, objections, borne_out = rest
    return Told(
        claim_id=str(claim),
        article=str(article),
        cluster=_text(cluster),
        wire=_text(wire),
        outlet=_text(outlet),
        published=_day(published),
        region=_text(region),
        metric=Metric(str(metric)),
        segment=_text(segment),
        unit=Unit(str(unit)),
        value=float(str(value)),
        precision=float(str(precision)),
        approx=Approx(str(approx)),
        start=_day(start),
        end=_day(end),
        basis=AsOfBasis(str(basis)) if basis is not None else None,
        day=_day(day),
        objections=int(str(objections)),
        borne_out=bool(borne_out),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _day(value: object) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(str(value))
