"""What earlier articles told of a region, read from the database: for people to compare with, and as witnesses.

A claim is told here if it was reported as a fact and its figure stands; where a reviewer corrected it, as corrected.
One that stands only by the word of earlier claims is no witness for later ones, nor is anything else in its article
(`second_looks`): so what a figure is read as depends on the articles that are stored and not on the order in which they
came.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from crawler.urls import short_hash
from extract.models import Approx, AsOfBasis, EarlierClaim, Metric, Segment, Unit

WITNESS = "earlier"
"""The name of the witness by which a repair says that it rests on earlier claims."""

PAST = """
    SELECT told.metric, told.segment, told.unit, told.value, told.precision, told.approx, c.text, told.speaker,
           told.day, told.as_of_start, told.as_of_end, told.as_of_basis, told.claim_id, a.id AS article,
           coalesce(a.outlet, a.url, a.title, o.given_id, a.id) AS source, a.url, a.title, a.published_date,
           a.id NOT IN (SELECT article_id FROM second_looks) AND NOT EXISTS (
               SELECT 1 FROM json_each(r.witnesses) WHERE json_extract(json_each.value, '$.name') = :witness
           ) AS alone
    FROM (
        -- An article is not published before the day that its claim is sorted by.
        SELECT * FROM standing
        WHERE region = :region AND modality = 'reported' AND unit IN ('people', 'percent') AND NOT suspect
          AND review IS NOT 'reject' AND day < :before AND article_id IS NOT :without
        ORDER BY day DESC, claim_id LIMIT :most
    ) AS told
    -- Articles first: of those that were published on the same day or later no claim need be read.
    CROSS JOIN articles AS a ON a.id = told.article_id
    JOIN claims AS c ON c.id = told.claim_id
    LEFT JOIN repairs AS r ON r.claim_id = c.id
    LEFT JOIN own_texts AS o ON o.article_id = a.id
    WHERE a.published_date < :before
    ORDER BY told.day DESC, a.published_date DESC, c.id
"""
ANY_DAY = "9999-12-31"
MOST = 1_000
"""So many claims on a region are looked at, the latest: the nation has tens of thousands, and old ones tell little."""


@dataclass(frozen=True, slots=True)
class PastClaim:
    """An earlier claim with what a person needs to find it again; `text` is the figure as printed there.

    `alone` tells whether the figure stands without the word of still earlier articles; `start` to `end` are the days
    that it is of, `basis` what these rest on.
    """

    claim: EarlierClaim
    claim_id: str
    article: str
    start: dt.date | None
    end: dt.date | None
    basis: AsOfBasis | None
    alone: bool
    published: dt.date
    text: str
    speaker: str | None
    url: str | None
    title: str | None


class Past:
    """The past of one article: called with the code of a region it is a `History` for `extract`.

    Only articles published before `before` count, all where it is None, and never the article of the ID `without`.
    """

    def __init__(self, db: Database, *, before: dt.date | None, without: str | None = None) -> None:
        self.db = db
        self.before = before.isoformat() if before else ANY_DAY
        self.without = without
        self.known: dict[str, tuple[PastClaim, ...]] = {}
        self.hashes: dict[str, str] = {}

    def __call__(self, code: str) -> Sequence[EarlierClaim]:
        """The claims on a region that can be witnesses, the latest first."""
        return tuple(past.claim for past in self.of(code) if past.alone)

    def of(self, code: str) -> tuple[PastClaim, ...]:
        """All earlier claims on a region, the latest first; each region is looked up once."""
        if code not in self.known:
            where = {"region": code, "before": self.before, "without": self.without, "witness": WITNESS, "most": MOST}
            self.known[code] = tuple(map(_past_claim, self.db.query(PAST, where)))
        return self.known[code]

    def fingerprint(self, codes: Iterable[str]) -> str:
        """A hash of all witnesses on these regions, empty where there are none."""
        told = [(code, found) for code in sorted(set(codes)) if (found := self._hash_of(code))]
        return short_hash(*itertools.chain.from_iterable(told)) if told else ""

    def _hash_of(self, code: str) -> str:
        if code not in self.hashes:
            witnesses = self(code)
            self.hashes[code] = short_hash(*map(repr, witnesses)) if witnesses else ""
        return self.hashes[code]


def _past_claim(row: dict[str, object]) -> PastClaim:
    def text(name: str) -> str | None:
        value = row[name]
        return None if value is None else str(value)

    def day(name: str) -> dt.date | None:
        value = text(name)
        return dt.date.fromisoformat(value) if value else None

    segment, basis = text("segment"), text("as_of_basis")
    return PastClaim(
        claim=EarlierClaim(
            metric=Metric(str(row["metric"])),
            segment=Segment(segment) if segment else None,
            unit=Unit(str(row["unit"])),
            value=float(str(row["value"])),
            precision=float(str(row["precision"])),
            approx=Approx(str(row["approx"])),
            day=dt.date.fromisoformat(str(row["day"])),
            source=str(row["source"]),
        ),
        claim_id=str(row["claim_id"]),
        article=str(row["article"]),
        start=day("as_of_start"),
        end=day("as_of_end"),
        basis=AsOfBasis(basis) if basis else None,
        alone=bool(row["alone"]),
        published=dt.date.fromisoformat(str(row["published_date"])),
        text=str(row["text"]),
        speaker=text("speaker"),
        url=text("url"),
        title=text("title"),
    )
