"""Figures as intervals, and which claims arithmetic ties together: what repair and checks both reckon with.

A printed figure stands for all values that round to it: 129.000 is 128,500 to 129,500. Two figures agree when their
intervals meet; there is no tolerance besides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.models import SAID, Approx, AsOfBasis, Claim, EarlierClaim, Metric, Modality, Region, Unit
from extract.regions.gazetteer import COUNTED_IN

RegionLookup = Callable[[str], Region | None]
"""Gives the region of a Kemendagri code."""

History = Callable[[str], Sequence[EarlierClaim]]
"""Gives what earlier articles told of the region of a Kemendagri code."""


def no_history(code: str) -> Sequence[EarlierClaim]:
    """The history where no database is at hand."""
    return ()


NATION = "0"
# How far a population may have moved from Dukcapil's in a year, and the play between sources (BPS, Dukcapil, BPJS).
# Fastest: kabupaten with new industry grew by 3 % a year; some lost a little, or lost names in a clean-up.
GROWTH, DECLINE, PLAY = 1.03, 1.01, 1.06
FIRST_YEAR = 2014  # JKN's first: where no year is known, any since then is possible

RATE_OF: Mapping[Metric, Metric] = {
    Metric.COVERAGE_RATE: Metric.MEMBERS,
    Metric.ACTIVE_RATE: Metric.ACTIVE_MEMBERS,
    Metric.INACTIVE_RATE: Metric.INACTIVE_MEMBERS,
    Metric.UNCOVERED_RATE: Metric.UNCOVERED,
    Metric.SEGMENT_RATE: Metric.SEGMENT_MEMBERS,
}
"""The number of people that a rate is the share of."""

WHOLES_OF: Mapping[Metric, tuple[Metric, ...]] = {
    Metric.MEMBERS: (Metric.POPULATION,),
    Metric.UNCOVERED: (Metric.POPULATION,),
    Metric.ACTIVE_MEMBERS: (Metric.MEMBERS, Metric.POPULATION),
    Metric.INACTIVE_MEMBERS: (Metric.MEMBERS, Metric.POPULATION),
    Metric.SEGMENT_MEMBERS: (Metric.MEMBERS, Metric.POPULATION),
}
"""What a number of people can be a part of."""

COMPLEMENTS: Mapping[Metric, tuple[Metric, Metric]] = {
    Metric.MEMBERS: (Metric.UNCOVERED, Metric.POPULATION),
    Metric.ACTIVE_MEMBERS: (Metric.INACTIVE_MEMBERS, Metric.MEMBERS),
}
"""The number of people who with another one make up a third."""

REST_RATES: Mapping[Metric, Metric] = {
    Metric.COVERAGE_RATE: Metric.UNCOVERED_RATE,
    Metric.ACTIVE_RATE: Metric.INACTIVE_RATE,
}
"""The percentage that with another makes 100."""

WHOLES = {whole for wholes in WHOLES_OF.values() for whole in wholes}
OF_ALL_PEOPLE = {Metric.MEMBERS, Metric.UNCOVERED}
"""What is counted of all inhabitants, so that their number and a rate make it."""

# Asked of every figure, so bound here: Python 3.11 takes ten times as long to look up a member of an enumeration as to
# compare it.
REPORTED = Modality.REPORTED
PEOPLE, PERCENT = Unit.PEOPLE, Unit.PERCENT

NEAR = 2  # sentences: figures that far apart are still about the same thing


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def plus(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def minus(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    @property
    def width(self) -> float:
        """Relative to the middle."""
        middle = (self.low + self.high) / 2
        return (self.high - self.low) / middle if middle > 0 else float("inf")


@lru_cache(maxsize=4096)
def rounded(value: float, precision: float, unit: Unit, approx: Approx = Approx.EXACT) -> Interval:
    """The values that are printed as `value`. Percentages are as often cut off as rounded; a hedge widens its side."""
    low, high = value - precision / 2, value + (precision if unit is PERCENT else precision / 2)
    slack = max(precision, value * 0.03)
    match approx:
        case Approx.OVER | Approx.AT_LEAST:
            high += slack
        case Approx.NEARLY | Approx.UNDER | Approx.UP_TO:
            low -= slack
        case Approx.ABOUT:
            low, high = low - precision, high + precision
    return Interval(max(low, 0.0), high)


def stated(claim: Claim) -> Interval:
    """The values that a claim's figure stands for."""
    return rounded(claim.value, claim.precision, claim.unit, claim.approx)


def in_print(claim: Claim) -> Interval:
    """The values that round to a claim's figure, or are cut off to it, whatever hedge stands by it."""
    exact = rounded(claim.value, claim.precision, claim.unit)
    return Interval(exact.low, exact.high + (0 if claim.unit is PERCENT else claim.precision / 2))


def bounded(claim: Claim) -> Interval:
    """`stated`, open to the side that the hedge leaves open: "lebih dari 200 ribu" may be any number above.

    Before a figure is called wrong it is given all that its words allow.
    """
    return open_sided(claim.value, claim.precision, claim.unit, claim.approx)


def open_sided(value: float, precision: float, unit: Unit, approx: Approx) -> Interval:
    """`rounded`, open to the side that the hedge leaves open."""
    near = rounded(value, precision, unit, approx)
    match approx:
        case Approx.OVER | Approx.AT_LEAST:
            return Interval(near.low, float("inf"))
        case Approx.UNDER | Approx.UP_TO:
            return Interval(0.0, near.high)
        case _:
            return near


def loose(claim: Claim) -> Interval:
    """`stated`, also for a figure that was cut off instead of rounded: 1,23 juta for 1.239.000."""
    exact = stated(claim)
    return Interval(exact.low, exact.high + claim.precision / 2)


def share(part: Interval, whole: Interval) -> Interval:
    """`part` as percentages of `whole`."""
    if whole.low <= 0:
        return Interval(0.0, float("inf"))
    return Interval(100 * part.low / whole.high, 100 * part.high / whole.low)


def part_from(rate: Interval, whole: Interval) -> Interval:
    return Interval(rate.low * whole.low / 100, rate.high * whole.high / 100)


def whole_from(rate: Interval, part: Interval) -> Interval:
    if rate.low <= 0:
        return Interval(0.0, float("inf"))
    return Interval(100 * part.low / rate.high, 100 * part.high / rate.low)


def population_of(claim: Claim, lookup: RegionLookup, year: int | None) -> Interval | None:
    """What the population of the claim's region can have been in the figure's year; None where it is not known.

    It is not known without a region, and for a region split, merged or renamed after that year: the Papua Barat of
    2018 is another area than that of today.
    """
    region = lookup(claim.region) if claim.region is not None else None
    if region is None:
        return None
    return population_at(region, year_of(claim, year))


def population_at(region: Region, year: int | None) -> Interval | None:
    """What the population of today's region can have been in a year; None where its area was another one then."""
    if region.since is not None and (year or FIRST_YEAR) <= region.since:
        return None
    return population_in(region, year)


def year_of(claim: Claim, year: int | None) -> int | None:
    """The year that a figure is of: as the text says, else the article's."""
    if claim.as_of is not None and claim.as_of_basis in SAID | {None}:
        return claim.as_of.start.year
    return year


def population_in(region: Region, year: int | None) -> Interval:
    """Dukcapil's population with the growth that the years between allow, either way."""
    first, last = (FIRST_YEAR, COUNTED_IN + 2) if year is None else (year, year)
    back, ahead = max(COUNTED_IN - first, 0), max(last - COUNTED_IN, 0)
    people = region.population
    return Interval(
        people / PLAY / GROWTH**back / DECLINE**ahead,
        people * PLAY * DECLINE**back * GROWTH**ahead,
    )


def same_place(one: Claim, other: Claim) -> bool:
    """Whether two figures are about the same area: the same region, or none for either in one sentence."""
    if one.region is None and other.region is None:
        return one.sentence == other.sentence
    return one.region == other.region


def same_time(one: Claim, other: Claim) -> bool:
    """Whether two figures can be of the same time: not where the text dates them to periods apart."""
    if one.as_of is None or other.as_of is None:
        return True
    if one.as_of_basis is AsOfBasis.PUBLISHED or other.as_of_basis is AsOfBasis.PUBLISHED:
        return True
    return one.as_of.start <= other.as_of.end and other.as_of.start <= one.as_of.end


def tied(one: Claim, other: Claim) -> bool:
    """Whether arithmetic may hold two figures against each other: facts about one area and time, near in the text."""
    return (
        abs(one.sentence - other.sentence) <= NEAR
        and one.modality is REPORTED
        and other.modality is REPORTED
        and same_place(one, other)
        and (one.sentence == other.sentence or same_time(one, other))
    )
