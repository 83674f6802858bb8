"""Evidence for and against a reading of a figure, each piece to be put into words that a person can check.

An objection tells why a value cannot be meant at all, a doubt what in the text speaks strongly against it, a witness
what it agrees with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.figures.read import LIKELY_RATE, MOST_PERCENT
from extract.models import Claim, Metric, Modality
from extract.repair.arithmetic import (
    PEOPLE,
    PERCENT,
    REPORTED,
    WHOLES,
    WHOLES_OF,
    Interval,
    rounded,
    same_place,
    stated,
)
from extract.repair.case import Case, Evidence
from extract.repair.expectation import Expectation, is_told
from extract.repair.of_counts import ABOVE, PEOPLE_OF_REGION
from extract.wording import Fill

# Metrics that cannot pass their whole; coverage and activity can, counted against an older population.
SHARES_OF_ONE = {Metric.INACTIVE_RATE, Metric.UNCOVERED_RATE, Metric.SEGMENT_RATE}
RATES_OF_ALL = {Metric.COVERAGE_RATE, Metric.ACTIVE_RATE}
FAR_ABOVE = 1.5  # times the population that members of a region cannot reach, nor a population of another source
LEAST_SHARE = 0.5  # of a population: "1.278 penduduk" beside 1.202.000 members has lost its thousands
LARGER = 3  # times a number of people: it is not only rounded or counted otherwise
LEAST_TIMES = 900  # a figure that is less than that many times another has not a group of three digits more
PARTS = {Metric.UNCOVERED, Metric.INACTIVE_MEMBERS, Metric.SEGMENT_MEMBERS}  # never more than all inhabitants


@dataclass(frozen=True, slots=True)
class Weighed:
    """A witness with its weight: 2 is as good as proof, 0.5 a hint."""

    witness: Evidence
    weight: float


def iter_objections(case: Case, value: float) -> Iterator[Evidence]:
    """Why `value` cannot be what the claim means, whatever else the text says."""
    claim, area = case.claim, case.area
    told: Fill = {"value": (value, claim.unit)}
    if claim.unit is PEOPLE:
        if value != int(value):
            yield Evidence("fraction", "fraction", told)
        if case.nation and value > case.nation.high:
            yield Evidence("nation", "nation", told)
        elif area.population and area.counted and value > most_of_region(claim.metric) * area.population.high:
            times = value / area.counted
            shown = round(times) if times >= 10 else round(times, 1)
            yield Evidence("population", "times_population", {**told, "times": shown})
    elif claim.unit is PERCENT and claim.modality is Modality.CHANGE:
        if value > MOST_PERCENT and value % 100:
            yield Evidence("share", "no_such_rate", told)
    elif claim.unit is PERCENT:
        if claim.metric in SHARES_OF_ONE and value > 100.5:
            yield Evidence("share", "more_than_all", told)
        elif claim.metric in RATES_OF_ALL and value > LIKELY_RATE:
            yield Evidence("share", "no_such_rate", told)


def most_of_region(metric: Metric) -> float:
    """How many times a region's population a number of its people can be."""
    if metric in PARTS:
        return 1.1
    return FAR_ABOVE if metric in PEOPLE_OF_REGION else float("inf")


def iter_doubts(case: Case, expectations: Sequence[Expectation], value: float, precision: float) -> Iterator[Evidence]:
    """What in the text speaks strongly against `value`, so that other readings are worth a look.

    `precision` is the size of its last place.
    """
    claim = case.claim
    told: Fill = {"value": (value, claim.unit)}
    held: set[str] = set()
    missed: dict[str, Expectation] = {}
    for expected in expectations:
        if expected.limits is None:
            continue
        if expected.limits.holds(value):
            held.add(expected.name)
        else:
            missed.setdefault(expected.name, expected)
    for name, expected in missed.items():
        # A rate may belong to another count than the nearest: only what is far from all of one kind is in doubt.
        if name not in held:
            yield Evidence(name, expected.missed, {**expected.fill, **told})
    if claim.modality is not REPORTED or claim.unit is not PEOPLE:
        return
    larger = [other for other in case.others if other.value > LARGER * value]
    if twin := find_twin(claim, larger, value, precision):
        yield Evidence("same_digits", "same_digits", {**told, "raw": twin.raw})
    parts = [o.value for o in larger if claim.metric in WHOLES_OF.get(o.metric, ()) and same_place(claim, o)]
    if len(set(parts)) >= 2:
        one, other, *_ = dict.fromkeys(parts)
        yield Evidence("part_and_whole", "less_than_parts", {**told, "one": one, "other": other})
    elif parts and LEAST_SHARE * 1000 * value <= parts[0] <= ABOVE * 1000 * value:
        yield Evidence("part_and_whole", "less_than_part", {**told, "part": parts[0]})
    if claim.metric is Metric.MEMBERS and claim.segment is None:
        # Nowhere were so few registered; but "631 pekerja" are of a company, so the text must name the whole.
        wholes = [o.value for o in larger if o.metric is Metric.POPULATION and o.sentence == claim.sentence]
        whole = max(wholes, default=0)
        if value < whole / 100 and not is_told(case, Interval(whole / 100, FAR_ABOVE * whole)):
            yield Evidence("part_and_whole", "tiny_part", {**told, "whole": whole})
    people = case.area.population
    if claim.metric is Metric.POPULATION and people and value < people.low / 5:
        yield Evidence("population", "far_below_population", told)


def find_twin(claim: Claim, larger: Sequence[Claim], value: float, precision: float) -> Claim | None:
    """A figure with the same digits and a group or two more: "1.278.000 jiwa" beside "1.278 penduduk".

    Three digits that come again are hardly chance; one of the two has lost its thousands. All count, zeros too: 1.000
    guests are not 986.780 members.
    """
    if value < 100:
        return None
    for other in larger:
        if other.value < LEAST_TIMES * value:
            continue
        if other.metric is not claim.metric and {other.metric, claim.metric} != WHOLES:
            continue
        if other.modality is not claim.modality or other.unit is not claim.unit:
            continue
        if claim.region is not None and other.region != claim.region:
            continue
        for times in (1000, 1_000_000):
            if rounded(times * value, times * min(precision, 1), claim.unit).meets(stated(other)):
                return other
    return None


def iter_support(case: Case, expectations: Sequence[Expectation], value: float, precision: float) -> Iterator[Weighed]:
    """What speaks for `value`, one witness of each kind at most."""
    meant = rounded(value, precision, case.claim.unit, case.claim.approx)
    best: dict[str, tuple[float, Expectation]] = {}
    for expected in expectations:
        if expected.admits(value, meant):
            weight = expected.weight_for(meant)
            if weight > best.get(expected.name, (0, expected))[0]:
                best[expected.name] = weight, expected
    for name, (weight, expected) in best.items():
        fill = {**expected.fill, expected.value: (value, case.claim.unit)} if expected.value else expected.fill
        yield Weighed(Evidence(name, expected.met, fill), weight)
