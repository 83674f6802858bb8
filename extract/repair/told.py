"""What is expected of a figure because it is told elsewhere: in the same article, or in an earlier one."""

from __future__ import annotations

from collections.abc import Iterator

from extract.repair.arithmetic import (
    PERCENT,
    REPORTED,
    WHOLES,
    Interval,
    rounded,
    same_place,
    same_time,
    stated,
)
from extract.repair.case import Case
from extract.repair.expectation import Expectation, far_from, is_told
from extract.wording import Fill

# How far members, rates and populations of a region move in a year; a campaign that enrols all the poor moves most.
EARLIER_PLAY, EARLIER_YEARLY = 0.05, 0.10
DAYS_OF_YEAR = 365.25
NARROW = 0.003  # of its value: printed to its last digits, a mention weighs by how exactly a reading meets it
ROUNDED = 1.5  # what a rounded one weighs
ROUGHEST = 0.2  # of its value: "1,2 juta" may stand for 1.278.000, "sekitar 2.000" for anything


def from_mention(case: Case) -> Iterator[Expectation]:
    """Another mention of the same figure, in full or rounded; the same misprint twice is no second witness."""
    claim = case.claim
    for other in case.others:
        if other.unit is not claim.unit or other.raw == claim.raw:
            continue
        # Where the text does not tell the area, it may be that of the same figure nearby.
        if not same_place(claim, other) and (claim.region is not None or other.metric is not claim.metric):
            continue
        if claim.modality is not other.modality:
            continue
        told = stated(other)
        is_narrow = told.width < NARROW
        if not same_time(claim, other) and (claim.unit is PERCENT or not is_narrow):
            continue  # "tahun lalu 989 persen" need not be this year's 99,67; six digits that come again are the same
        alike = other.metric is claim.metric and other.segment is claim.segment
        due = told if alike else Interval(other.value, other.value)
        if due.width > ROUGHEST:
            continue  # "sekitar 2.000 peserta" is no other mention of 942
        fill: Fill = {"value": (other.value, other.unit), "raw": other.raw}
        weight = None if is_narrow else ROUNDED
        yield Expectation("same_figure", due, weight, "same_figure", "", fill, exact=not alike)


def from_earlier(case: Case) -> Iterator[Expectation]:
    """What an earlier article told of the region, moved by the time since."""
    claim = case.claim
    if claim.modality is not REPORTED:
        return
    for told in case.area.earlier:
        if told.metric is not claim.metric or told.segment is not claim.segment or told.unit is not claim.unit:
            continue
        around = rounded(told.value, told.precision, told.unit, told.approx)
        years = abs((claim.as_of.end - told.day).days) / DAYS_OF_YEAR if claim.as_of else 1.0
        play = EARLIER_PLAY + EARLIER_YEARLY * years
        due = Interval(around.low / (1 + play), around.high * (1 + play))
        fill: Fill = {"earlier": (told.value, told.unit), "day": told.day.isoformat(), "source": told.source}
        whole = claim.metric in WHOLES
        limits = far_from(due, below=whole and not is_told(case, due), above=whole)
        yield Expectation("earlier", due, 1.0, "earlier", "value", fill, "far_from_earlier", limits)
