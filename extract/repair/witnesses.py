"""Evidence for and against a reading of a figure, each piece in words that a person can check.

A witness speaks for a value: the percentage that ties it to another count, a sum, the region's population, another
mention. An objection tells why a value cannot be meant at all. Weights say how much a chance agreement is worth:
meeting an interval of a tenth of a percent is hardly chance, lying between half and all of a population may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from extract.checks.wording import number, percent
from extract.figures.lexicon import load_figure_lexicon
from extract.models import Claim, Metric, Modality, Unit, Witness
from extract.repair.arithmetic import (
    NATION,
    RATE_OF,
    WHOLES_OF,
    Interval,
    RegionLookup,
    part_from,
    population_of,
    rounded,
    same_place,
    share,
    stated,
    tied,
    whole_from,
)

LEXICON = load_figure_lexicon()

# Metrics that cannot pass their whole; coverage and activity can, counted against an older population.
SHARES_OF_ONE = {Metric.INACTIVE_RATE, Metric.UNCOVERED_RATE, Metric.SEGMENT_RATE}
PEOPLE_OF_REGION = {*WHOLES_OF, Metric.POPULATION}
LIKELY_RATE = 250  # no area has been reported above: the highest real rates, in towns of commuters, are below 150
FAR_ABOVE = 1.5  # times the population that people of a region cannot reach


@dataclass(frozen=True, slots=True)
class Weighed:
    """A witness with its weight: 2 is as good as proof, 0.5 a hint."""

    witness: Witness
    weight: float


@dataclass(frozen=True, slots=True)
class Case:
    """A claim whose figure is in doubt, and what is held against its readings: the other claims and the population."""

    claim: Claim
    others: tuple[Claim, ...]
    population: Interval | None
    nation: Interval | None


def open_case(claim: Claim, others: Sequence[Claim], lookup: RegionLookup, year: int | None) -> Case:
    nation = lookup(NATION)
    return Case(
        claim,
        tuple(others),
        population_of(claim, lookup, year),
        Interval(0, nation.population * 1.1) if nation else None,
    )


def iter_objections(case: Case, value: float) -> Iterator[Witness]:
    """Why `value` cannot be what the claim means, whatever else the text says."""
    claim = case.claim
    if claim.unit is Unit.PEOPLE:
        if value != int(value):
            yield Witness("fraction", f"{number(value)} is not a whole number of people")
        if case.nation and value > case.nation.high:
            yield Witness("nation", f"{number(value)} is more people than Indonesia has")
        elif case.population and claim.metric in PEOPLE_OF_REGION and value > FAR_ABOVE * case.population.high:
            yield Witness(
                "population", f"{number(value)} is {value / case.population.high:.0f} times the region's population"
            )
    elif claim.unit is Unit.PERCENT and claim.modality is not Modality.CHANGE:
        if claim.metric in SHARES_OF_ONE and value > 100.5:
            yield Witness("share", f"{percent(value)} is more than all of them")
        elif claim.metric in {Metric.COVERAGE_RATE, Metric.ACTIVE_RATE} and value > LIKELY_RATE:
            yield Witness("share", f"{percent(value)} is beyond any coverage there is")


def iter_doubts(case: Case, value: float) -> Iterator[Witness]:
    """What in the text speaks strongly against `value`, so that other readings are worth a look."""
    claim = case.claim
    if (gap := gap_to_target(case)) and value < gap.low / 100:
        yield Witness("gap", f"{number(value)} is far from the {number(gap.low)} that are missing by the rates")
    if claim.modality is not Modality.REPORTED or claim.unit is not Unit.PEOPLE:
        return
    parts = [
        other
        for other in case.others
        if claim.metric in WHOLES_OF.get(other.metric, ()) and same_place(claim, other) and other.value > 3 * value
    ]
    if len({part.value for part in parts}) >= 2:
        named = " and ".join(number(part.value) for part in parts[:2])
        yield Witness("part_and_whole", f"{number(value)} is less than its parts {named}")
    for rate, part, whole in _triads_with(case, value):
        found, said = 100 * part / whole if whole else 0.0, rate.value
        if said and not 0.2 < found / said < 5:
            yield Witness("rate", f"{number(part)} of {number(whole)} would be {percent(found)}, not {percent(said)}")
            return
    for rate in case.others:
        # A village has its neighbours' size: "1.532 penduduk, 1.508 peserta" are no thousands of the kabupaten.
        if rate.metric is not Metric.COVERAGE_RATE or claim.metric is not Metric.MEMBERS or case.population is None:
            continue
        alike = any(0.3 < other.value / value < 3 for other in case.others if other.unit is Unit.PEOPLE and value)
        due = part_from(stated(rate), case.population)
        if rate.sentence == claim.sentence and tied(claim, rate) and not alike and value < due.low / 5:
            yield Witness("rate", f"{number(value)} is far below {percent(rate.value)} of the region's population")
            return
    if claim.metric is Metric.MEMBERS and claim.segment is None:
        # Nowhere were so few registered; where a slip explains it, ask.
        wholes = [o.value for o in case.others if o.metric is Metric.POPULATION and o.sentence == claim.sentence]
        whole = max(wholes, default=case.population.low if case.population else 0)
        if value < whole / 100:
            yield Witness("part_and_whole", f"{number(value)} is a tiny part of {number(whole)}")
            return
    if claim.metric is Metric.POPULATION and case.population and value < case.population.low / 5:
        yield Witness("population", f"{number(value)} is far below the region's population")


def gap_to_target(case: Case) -> Interval | None:
    """How many people a region lacks to 95 up to all of its population, for a claim that says how many it lacks.

    From the region's reported coverage and its population, as the text or else Dukcapil gives it.
    """
    claim = case.claim
    said = {reason.cue.lower() for reason in claim.reasons if reason.field == "modality" and reason.cue}
    if claim.modality is not Modality.CHANGE or claim.metric is not Metric.MEMBERS or not said & LEXICON.gap:
        return None
    here = [o for o in case.others if o.modality is Modality.REPORTED and same_place(claim, o)]
    rates = [o.value for o in here if o.metric is Metric.COVERAGE_RATE and o.value < 95]
    wholes = [stated(o) for o in here if o.metric is Metric.POPULATION]
    whole = wholes[-1] if wholes else case.population
    return part_from(Interval(95 - rates[-1], 100 - rates[-1]), whole) if rates and whole else None


def _gap(case: Case, meant: Interval, value: float) -> Iterator[Weighed]:
    """What the rates leave to be registered; a target may lie anywhere between 95 persen and a little over all."""
    gap = gap_to_target(case)
    if gap and meant.meets(Interval(gap.low / 1.25, gap.high * 1.25)):
        message = f"by the rates {number(gap.low)} to {number(gap.high)} are missing"
        yield Weighed(Witness("gap", message), 0.5)


def _triads_with(case: Case, value: float) -> Iterator[tuple[Claim, float, float]]:
    """Rates of the same sentence that tie the claim, by the metrics, to another count: the rate, part and whole."""
    claim = case.claim
    for rate in case.others:
        if rate.unit is not Unit.PERCENT or rate.sentence != claim.sentence or not tied(claim, rate):
            continue
        part_metric = RATE_OF.get(rate.metric)
        for other in case.others:
            if other.unit is not Unit.PEOPLE or other.sentence != claim.sentence or not tied(claim, other):
                continue
            if claim.metric is part_metric and other.metric in WHOLES_OF[part_metric]:
                yield rate, value, other.value
            elif part_metric and other.metric is part_metric and claim.metric in WHOLES_OF[part_metric]:
                yield rate, other.value, value


def iter_support(case: Case, value: float, precision: float) -> Iterator[Weighed]:
    """What speaks for `value`, one witness of each kind at most."""
    claim = case.claim
    meant = rounded(value, precision, claim.unit, claim.approx)
    for find in OF_PERCENTAGES if claim.unit is Unit.PERCENT else OF_COUNTS:
        best = max(find(case, meant, value), key=lambda found: found.weight, default=None)
        if best is not None:
            yield best


def _weight(interval: Interval) -> float:
    """How much it says to meet an interval of this width."""
    if interval.width < 0.003:
        return 2.0
    return 1.5 if interval.width < 0.03 else 1.0


def _same_figure(case: Case, meant: Interval, value: float) -> Iterator[Weighed]:
    """Another mention of the same figure, in full or rounded; the same misprint twice is no second witness."""
    claim = case.claim
    for other in case.others:
        if other.unit is not claim.unit or not same_place(claim, other) or other.raw == claim.raw:
            continue
        alike = other.metric is claim.metric or other.value == value
        if alike and claim.modality is other.modality and meant.meets(stated(other)):
            exact = other.value == value and len(f"{value:g}".rstrip("0").replace(".", "")) >= 3
            shown = percent(other.value) if claim.unit is Unit.PERCENT else number(other.value)
            yield Weighed(Witness("same_figure", f"the article also says {shown} ({other.raw})"), 2.0 if exact else 1.5)


def _rate(case: Case, meant: Interval, value: float) -> Iterator[Weighed]:
    """A percentage that ties the value to another count, or to the region's population."""
    claim = case.claim
    for rate in case.others:
        if rate.unit is not Unit.PERCENT or not tied(claim, rate):
            continue
        part_metric = RATE_OF.get(rate.metric)
        for other in case.others:
            if other.unit is not Unit.PEOPLE or not tied(claim, other) or not tied(rate, other):
                continue
            # Where all three stand in one sentence the words may be mixed up: "126.000 jumlah penduduk ... 98,29%".
            together = rate.sentence == claim.sentence == other.sentence
            as_part = together or (claim.metric is part_metric and other.metric in WHOLES_OF[part_metric])
            as_whole = together or (
                part_metric is not None and other.metric is part_metric and claim.metric in WHOLES_OF[part_metric]
            )
            if as_part and (due := part_from(stated(rate), stated(other))).meets(meant):
                message = f"{number(value)} is {percent(rate.value)} of {number(other.value)}, within rounding"
                yield Weighed(Witness("rate", message), _weight(due))
            elif as_whole and (due := whole_from(stated(rate), stated(other))).meets(meant):
                message = f"{number(other.value)} is {percent(rate.value)} of {number(value)}, within rounding"
                yield Weighed(Witness("rate", message), _weight(due))
        if case.population is None:
            continue
        expected = part_from(stated(rate), case.population)
        if part_metric is claim.metric and claim.metric in {Metric.MEMBERS, Metric.UNCOVERED} and expected.meets(meant):
            message = f"{number(value)} is about {percent(rate.value)} of the region's population by Dukcapil"
            yield Weighed(Witness("rate_of_population", message), 1.0)


def _population(case: Case, meant: Interval, value: float) -> Iterator[Weighed]:
    """The region's population: equal to a population, and a whole for its members."""
    claim, people = case.claim, case.population
    if people is None or claim.modality is not Modality.REPORTED:
        return
    span = f"{number(people.low)} to {number(people.high)}"
    if claim.metric is Metric.POPULATION:
        if people.meets(meant):
            message = f"{number(value)} fits the region's population by Dukcapil ({span})"
            yield Weighed(Witness("population", message), 1.0)
    elif claim.metric in PEOPLE_OF_REGION and claim.segment is None and 0.5 * people.low <= value <= 1.1 * people.high:
        message = f"{number(value)} people fit into the region's population ({span})"
        yield Weighed(Witness("population", message), 0.5)


def _complement(case: Case, meant: Interval, value: float) -> Iterator[Weighed]:
    """Two counts that make a third: registered and not registered, active and inactive."""
    claim = case.claim
    near = [other for other in case.others if other.unit is Unit.PEOPLE and tied(claim, other)]
    for one, other in permutations(near, 2):
        metrics = (claim.metric, one.metric, other.metric)
        for part, rest, whole in (
            (Metric.MEMBERS, Metric.UNCOVERED, Metric.POPULATION),
            (Metric.ACTIVE_MEMBERS, Metric.INACTIVE_MEMBERS, Metric.MEMBERS),
        ):
            if metrics in {(part, rest, whole), (rest, part, whole)}:
                due = stated(other).minus(stated(one))
                message = f"{number(value)} and {number(one.value)} make {number(other.value)}"
            elif metrics == (whole, part, rest):
                due = stated(one).plus(stated(other))
                message = f"{number(one.value)} and {number(other.value)} make {number(value)}"
            else:
                continue
            if due.meets(meant):
                yield Weighed(Witness("complement", message), _weight(due))


def _sum(case: Case, meant: Interval, value: float) -> Iterator[Weighed]:
    """Segments that add up to the members, or kabupaten and kota to their province."""
    claim = case.claim
    segments = _once(
        other for other in case.others if other.metric is Metric.SEGMENT_MEMBERS and same_place(claim, other)
    )
    if claim.metric in {Metric.MEMBERS, Metric.POPULATION}:
        parts = segments
        if claim.region is not None:
            within = _once(
                other
                for other in case.others
                if other.metric is claim.metric
                and other.region is not None
                and other.region.startswith(claim.region + ".")
            )
            parts = max(segments, within, key=len)
        if len(parts) >= 3 and (due := _total(parts)).meets(meant):
            yield Weighed(
                Witness("sum", f"{len(parts)} parts add up to {number(sum(p.value for p in parts))}"), _weight(due)
            )
    elif claim.metric is Metric.SEGMENT_MEMBERS and len(segments) >= 2:
        for whole in case.others:
            if whole.metric is Metric.MEMBERS and same_place(claim, whole):
                due = stated(whole).minus(_total(segments))
                if due.low > 0 and due.meets(meant):
                    message = f"with the other {len(segments)} segments it adds up to {number(whole.value)}"
                    yield Weighed(Witness("sum", message), _weight(due))


def _once(claims: Iterator[Claim]) -> list[Claim]:
    """Each figure once, though the article repeats it."""
    return list({(claim.segment, claim.region, claim.value): claim for claim in claims}.values())


def _total(parts: Sequence[Claim]) -> Interval:
    total = Interval(0, 0)
    for part in parts:
        total = total.plus(stated(part))
    return total


def _share_of_counts(case: Case, meant: Interval, value: float) -> Iterator[Weighed]:
    """Two counts of which the percentage is the share."""
    claim = case.claim
    part_metric = RATE_OF.get(claim.metric)
    near = [other for other in case.others if other.unit is Unit.PEOPLE and tied(claim, other)]
    for part, whole in permutations(near, 2):
        together = claim.sentence == part.sentence == whole.sentence
        if not together and (part.metric is not part_metric or whole.metric not in WHOLES_OF[part_metric]):
            continue
        due = share(stated(part), stated(whole))
        if due.meets(meant):
            message = f"{number(part.value)} of {number(whole.value)} is {percent(value)}, within rounding"
            yield Weighed(Witness("rate", message), _weight(due))


def _complement_to_100(case: Case, meant: Interval, value: float) -> Iterator[Weighed]:
    """The percentage of the others: 98,29 registered leave 1,71 not registered."""
    pairs = (
        {Metric.COVERAGE_RATE, Metric.UNCOVERED_RATE},
        {Metric.ACTIVE_RATE, Metric.INACTIVE_RATE},
    )
    for other in case.others:
        if {case.claim.metric, other.metric} in pairs and tied(case.claim, other):
            due = Interval(100 - stated(other).high, 100 - stated(other).low)
            if due.meets(meant):
                message = f"{percent(value)} and {percent(other.value)} make 100%"
                yield Weighed(Witness("complement", message), 1.5)


Finder = Callable[[Case, Interval, float], Iterator[Weighed]]
OF_COUNTS: tuple[Finder, ...] = (_same_figure, _gap, _rate, _population, _complement, _sum)
OF_PERCENTAGES: tuple[Finder, ...] = (_same_figure, _share_of_counts, _complement_to_100)
