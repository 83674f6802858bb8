"""Every type of the domain. What the fields mean is told in docs/codebook.md; nothing here computes.

Offsets count Unicode code points, and for every mention and claim `text[start:end] == raw`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

V = TypeVar("V")


class MentionKind(StrEnum):
    PERCENT = "percent"
    COUNT = "count"
    DATE = "date"
    REGION = "region"
    SPEAKER = "speaker"


class Metric(StrEnum):
    """What a figure measures."""

    COVERAGE_RATE = "coverage_rate"
    ACTIVE_RATE = "active_rate"
    INACTIVE_RATE = "inactive_rate"
    UNCOVERED_RATE = "uncovered_rate"
    MEMBERS = "members"
    ACTIVE_MEMBERS = "active_members"
    INACTIVE_MEMBERS = "inactive_members"
    UNCOVERED = "uncovered"
    POPULATION = "population"
    SEGMENT_MEMBERS = "segment_members"
    SEGMENT_RATE = "segment_rate"
    UHC_REGIONS = "uhc_regions"
    BUDGET = "budget"
    OTHER_PEOPLE = "other_people"
    OTHER_RATE = "other_rate"


class Modality(StrEnum):
    """How a figure is put forward: as a fact, a wish, a threshold of the programme, or a difference."""

    REPORTED = "reported"
    TARGET = "target"
    REQUIREMENT = "requirement"
    CHANGE = "change"


class Approx(StrEnum):
    """How the text hedges a figure."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at_least"
    UP_TO = "up_to"


class Segment(StrEnum):
    """Who pays the contribution."""

    PBI_APBN = "PBI_APBN"
    PBPU_PEMDA = "PBPU_PEMDA"
    PPU = "PPU"
    PBPU = "PBPU"
    BP = "BP"


class Unit(StrEnum):
    PERCENT = "percent"
    PEOPLE = "people"
    REGIONS = "regions"
    IDR = "IDR"


class AsOfBasis(StrEnum):
    """What the as-of period rests on; `event` and `published` are fallbacks for sorting, not what was said."""

    EXPLICIT = "explicit"
    DEICTIC = "deictic"
    EVENT = "event"
    PUBLISHED = "published"


SAID = frozenset({AsOfBasis.EXPLICIT, AsOfBasis.DEICTIC})
"""The bases that rest on the text; the others fill in."""


class Precision(StrEnum):
    """How long the printed period is; a `range` is any other stretch of days."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEMESTER = "semester"
    YEAR = "year"
    RANGE = "range"


class RegionLevel(StrEnum):
    NATION = "nation"
    PROVINCE = "province"
    KABUPATEN = "kabupaten"
    KOTA = "kota"


class Verdict(StrEnum):
    OK = "ok"
    SUSPECT = "suspect"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Article:
    """One news text. `published` is an aware datetime, or a date where the page shows no time."""

    id: str
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: dt.date | dt.datetime | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    layout: str | None = None

    @property
    def published_on(self) -> dt.date | None:
        """The local calendar day of publication."""
        return self.published.date() if isinstance(self.published, dt.datetime) else self.published


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as the text states it.

    `value` is the meant number in `unit`; `printed` is what the strict Indonesian reading of the printed form gives
    (dot between groups of three, comma before decimals, scale words multiplied), None where the form breaks its rules.
    `precision` is the size of the last place that was stated, in the unit of `value`: 0.01 for "98,29 persen",
    100,000 for "2,1 juta", 1,000 for "129.000" (trailing groups of zeros count as rounded). The true value is
    taken to lie within half of it on either side.
    `slips` names what had to be undone to read the form at all ("space", "separators", ...); empty when well-formed.
    """

    value: float
    printed: float | None
    unit: Unit
    precision: float
    approx: Approx = Approx.EXACT
    slips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both inclusive."""

    start: dt.date
    end: dt.date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Region:
    """A province, kabupaten or kota. `code` is Kemendagri's ("21", "81.02"), "0" for the nation.

    `population` is Dukcapil's, semester II 2024, in people. `since` is the year from which the code covers today's
    area: before it, figures under this name meant another area, so its population is no witness.
    """

    code: str
    name: str
    level: RegionLevel
    population: int
    since: int | None = None

    @property
    def province(self) -> str | None:
        """Code of the province; None for the nation."""
        return None if self.code == "0" else self.code.split(".")[0]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person whom a figure is attributed to: the name as first given in full, and the office."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Mention(Generic[V]):
    """A stretch of text that shows a value; `value` is None where the text cannot be read or resolved.

    `rule` is the ID of the rule that made it, as listed in the lexicon ("count.scaled", "date.semester").
    `branch` marks the town of a BPJS branch: a region's name that says nothing about the region. `stage` marks the
    town of a dateline, which only tells where a report was written.
    """

    kind: MentionKind
    start: int
    end: int
    raw: str
    value: V | None
    rule: str
    branch: bool = False
    stage: bool = False

    def overlaps(self, other: Mention[Any]) -> bool:
        """Whether two mentions share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Witness:
    """One piece of evidence for or against a reading, in words a person can check."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One number that a printed form could have come from: `slips` undone, at `cost` (0 is the printed reading)."""

    value: float
    slips: tuple[str, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class Repair:
    """Why a claim's value differs from its printed form. `confidence` lies between 0 and 1."""

    rule: str
    printed: float | None
    chosen: float
    slips: tuple[str, ...]
    witnesses: tuple[Witness, ...]
    confidence: float
    alternatives: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field of a claim has its value: the rule, the words that triggered it, and how far away they stand.

    `distance` counts tokens between the figure and the cue; None where the rule needs no cue.
    """

    field: str
    rule: str
    cue: str | None = None
    start: int | None = None
    distance: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure that says something about JKN coverage. `start` and `end` are the figure's, with its unit."""

    start: int
    end: int
    raw: str
    metric: Metric
    modality: Modality
    value: float
    unit: Unit
    approx: Approx
    printed_value: float | None
    precision: float
    rule: str
    region: str | None = None
    region_name: str | None = None
    as_of: Period | None = None
    as_of_basis: AsOfBasis | None = None
    speaker: Speaker | None = None
    quoted: bool = False
    segment: Segment | None = None
    suspect: bool = False
    repair: Repair | None = None
    sentence: int = 0
    """Ordinal of the sentence in the article: figures of one sentence are each other's nearest witnesses."""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierClaim:
    """What an earlier article told of a region as a fact: a witness when a figure of the same kind is told again.

    `day` is the last day of the as-of period, else of publication; `source` says where, for people: an outlet or URL.
    """

    metric: Metric
    segment: Segment | None
    unit: Unit
    value: float
    precision: float
    approx: Approx
    day: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class Check:
    """The arithmetic between claims of one article, or against the gazetteer. `claims` are positions in the list."""

    name: str
    verdict: Verdict
    claims: tuple[int, ...]
    expected: str | None
    got: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article says, with the version of the extractor that read it."""

    article_id: str
    version: str
    mentions: tuple[Mention[object], ...]
    claims: tuple[Claim, ...]
    checks: tuple[Check, ...]
