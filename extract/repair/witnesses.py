"""Evidence for and against a reading of a figure, each piece in words that a person can check.

A witness speaks for a value: the percentage that ties it to another count, a sum, the region's population, another
mention. An objection tells why a value cannot be meant at all. Weights say how much a chance agreement is worth:
meeting an interval of a tenth of a percent is hardly chance, lying between half and all of a population may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from extract.checks.messages import load_sentences
from extract.checks.wording import Language, number, percent, shown
from extract.figures.lexicon import load_figure_lexicon
from extract.models import Claim, EarlierClaim, Metric, Modality, Unit, Witness
from extract.repair.arithmetic import (
    NATION,
    RATE_OF,
    WHOLES_OF,
    History,
    Interval,
    RegionLookup,
    no_history,
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
    language: Language = "en"
    earlier: tuple[EarlierClaim, ...] = ()

    def witness(self, name: str, sentence: str, **fill: str | int) -> Witness:
        """A witness in the language of the case: `sentence` is its key in lexicon/checks.toml."""
        message: str = load_sentences(self.language)["witnesses"][sentence].format(**fill)
        return Witness(name, message)

    def number(self, value: float) -> str:
        return number(value, self.language)

    def percent(self, value: float) -> str:
        return percent(value, self.language)


def open_case(
    claim: Claim,
    others: Sequence[Claim],
    lookup: RegionLookup,
    year: int | None,
    language: Language = "en",
    history: History = no_history,
) -> Case:
    nation = lookup(NATION)
    return Case(
        claim,
        tuple(others),
        population_of(claim, lookup, year),
        Interval(0, nation.population * 1.1) if nation else None,
        language,
        tuple(history(claim.region)) if claim.region is not None else (),
    )


def iter_objections(case: Case, value: float) -> Iterator[Witness]:
    """Why `value` cannot be what the claim means, whatever else the text says."""
    claim = case.claim
    if claim.unit is Unit.PEOPLE:
        if value != int(value):
            yield case.witness("fraction", "fraction", value=case.number(value))
        if case.nation and value > case.nation.high:
            yield case.witness("nation", "nation", value=case.number(value))
        elif case.population and claim.metric in PEOPLE_OF_REGION and value > FAR_ABOVE * case.population.high:
            times = case.number(round(value / case.population.high))
            yield case.witness("population", "times_population", value=case.number(value), times=times)
    elif claim.unit is Unit.PERCENT and claim.modality is not Modality.CHANGE:
        if claim.metric in SHARES_OF_ONE and value > 100.5:
            yield case.witness("share", "more_than_all", value=case.percent(value))
        elif claim.metric in {Metric.COVERAGE_RATE, Metric.ACTIVE_RATE} and value > LIKELY_RATE:
            yield case.witness("share", "no_such_rate", value=case.percent(value))


def iter_doubts(case: Case, value: float) -> Iterator[Witness]:
    """What in the text speaks strongly against `value`, so that other readings are worth a look."""
    claim = case.claim
    if (gap := gap_to_target(case)) and value < gap.low / 100:
        yield case.witness("gap", "far_from_gap", value=case.number(value), missing=case.number(gap.low))
    if claim.modality is not Modality.REPORTED or claim.unit is not Unit.PEOPLE:
        return
    parts = [
        other
        for other in case.others
        if claim.metric in WHOLES_OF.get(other.metric, ()) and same_place(claim, other) and other.value > 3 * value
    ]
    if len({part.value for part in parts}) >= 2:
        one, other, *_ = dict.fromkeys(case.number(part.value) for part in parts)
        yield case.witness("part_and_whole", "less_than_parts", value=case.number(value), one=one, other=other)
    for rate, part, whole in _triads_with(case, value):
        found, said = 100 * part / whole if whole else 0.0, rate.value
        if said and not 0.2 < found / said < 5:
            counts = {"part": case.number(part), "whole": case.number(whole)}
            yield case.witness("rate", "rate_off", found=case.percent(found), said=case.percent(said), **counts)
            return
    for rate in case.others:
        # A village has its neighbours' size: "1.532 penduduk, 1.508 peserta" are no thousands of the kabupaten.
        if rate.metric is not Metric.COVERAGE_RATE or claim.metric is not Metric.MEMBERS or case.population is None:
            continue
        alike = any(0.3 < other.value / value < 3 for other in case.others if other.unit is Unit.PEOPLE and value)
        due = part_from(stated(rate), case.population)
        if rate.sentence == claim.sentence and tied(claim, rate) and not alike and value < due.low / 5:
            yield case.witness("rate", "far_below_rate", value=case.number(value), rate=case.percent(rate.value))
            return
    if claim.metric is Metric.MEMBERS and claim.segment is None:
        # Nowhere were so few registered; where a slip explains it, ask.
        wholes = [o.value for o in case.others if o.metric is Metric.POPULATION and o.sentence == claim.sentence]
        whole = max(wholes, default=case.population.low if case.population else 0)
        if value < whole / 100:
            yield case.witness("part_and_whole", "tiny_part", value=case.number(value), whole=case.number(whole))
            return
    if claim.metric is Metric.POPULATION and case.population and value < case.population.low / 5:
        yield case.witness("population", "far_below_population", value=case.number(value))


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
        yield Weighed(case.witness("gap", "gap", low=case.number(gap.low), high=case.number(gap.high)), 0.5)


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
            told = shown(other, case.language)
            yield Weighed(case.witness("same_figure", "same_figure", value=told, raw=other.raw), 2.0 if exact else 1.5)


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
                yield Weighed(_part_of(case, value, rate.value, other.value), _weight(due))
            elif as_whole and (due := whole_from(stated(rate), stated(other))).meets(meant):
                yield Weighed(_part_of(case, other.value, rate.value, value), _weight(due))
        if case.population is None:
            continue
        expected = part_from(stated(rate), case.population)
        if part_metric is claim.metric and claim.metric in {Metric.MEMBERS, Metric.UNCOVERED} and expected.meets(meant):
            told = {"value": case.number(value), "rate": case.percent(rate.value)}
            yield Weighed(case.witness("rate_of_population", "part_of_population", **told), 1.0)


def _part_of(case: Case, part: float, rate: float, whole: float) -> Witness:
    figures = {"part": case.number(part), "rate": case.percent(rate), "whole": case.number(whole)}
    return case.witness("rate", "part_of", **figures)


def _population(case: Case, meant: Interval, value: float) -> Iterator[Weighed]:
    """The region's population: equal to a population, and a whole for its members."""
    claim, people = case.claim, case.population
    if people is None or claim.modality is not Modality.REPORTED:
        return
    told = {"value": case.number(value), "low": case.number(people.low), "high": case.number(people.high)}
    if claim.metric is Metric.POPULATION:
        if people.meets(meant):
            yield Weighed(case.witness("population", "is_population", **told), 1.0)
    elif claim.metric in PEOPLE_OF_REGION and claim.segment is None and 0.5 * people.low <= value <= 1.1 * people.high:
        yield Weighed(case.witness("population", "in_population", **told), 0.5)


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
                figures = (value, one.value, other.value)
            elif metrics == (whole, part, rest):
                due = stated(one).plus(stated(other))
                figures = (one.value, other.value, value)
            else:
                continue
            if due.meets(meant):
                first, second, made = map(case.number, figures)
                yield Weighed(case.witness("complement", "make", one=first, other=second, whole=made), _weight(due))


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
            made = case.number(sum(part.value for part in parts))
            yield Weighed(case.witness("sum", "parts_make", count=len(parts), whole=made), _weight(due))
    elif claim.metric is Metric.SEGMENT_MEMBERS and len(segments) >= 2:
        for whole in case.others:
            if whole.metric is Metric.MEMBERS and same_place(claim, whole):
                due = stated(whole).minus(_total(segments))
                if due.low > 0 and due.meets(meant):
                    made = case.number(whole.value)
                    yield Weighed(case.witness("sum", "with_parts", count=len(segments), whole=made), _weight(due))


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
            counts = {"part": case.number(part.value), "whole": case.number(whole.value)}
            yield Weighed(case.witness("rate", "share", rate=case.percent(value), **counts), _weight(due))


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
                one, rest, made = map(case.percent, (value, other.value, 100))
                yield Weighed(case.witness("complement", "make", one=one, other=rest, whole=made), 1.5)


Finder = Callable[[Case, Interval, float], Iterator[Weighed]]
OF_COUNTS: tuple[Finder, ...] = (_same_figure, _gap, _rate, _population, _complement, _sum)
OF_PERCENTAGES: tuple[Finder, ...] = (_same_figure, _share_of_counts, _complement_to_100)
