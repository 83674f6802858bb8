"""What the rest of the article, and the gazetteer, lead one to expect a figure to be.

An expectation is an interval of values with the words for it. A reading that falls into it has a witness; a printed
value far out of it is in doubt. Weights say how much a chance agreement is worth: meeting an interval of a tenth of a
percent is hardly chance, lying between half and all of a population may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from math import log10

from extract.figures.lexicon import load_figure_lexicon
from extract.models import Approx, Claim, Metric, Modality, Unit
from extract.repair.arithmetic import (
    RATE_OF,
    WHOLES_OF,
    Interval,
    part_from,
    rounded,
    same_place,
    share,
    stated,
    tied,
    whole_from,
)
from extract.repair.case import Case

LEXICON = load_figure_lexicon()
PEOPLE_OF_REGION = {*WHOLES_OF, Metric.POPULATION}

# Every slip that leaves a possible number moves it by nine times or more, rounding and growth by far less than four.
FAR = 4.0
ABOVE = 1.2  # times its whole: a part that is more cannot be due to figures of different months
GAP_FAR = 100.0  # targets lie anywhere from 95 persen to a little over all, so that a gap is known by its size only
# How far members, rates and populations of a region move in a year; a campaign that enrols all the poor moves most.
EARLIER_PLAY, EARLIER_YEARLY = 0.05, 0.10
DAYS_OF_YEAR = 365.25

# Each decimal place of agreement is worth so much: a tenth of a percent 2.25, a tenth 0.75. 2 is as good as proof.
PER_PLACE, LEAST_WEIGHT, MOST_WEIGHT = 0.75, 0.5, 2.0

COMPLEMENTS = (
    (Metric.MEMBERS, Metric.UNCOVERED, Metric.POPULATION),
    (Metric.ACTIVE_MEMBERS, Metric.INACTIVE_MEMBERS, Metric.MEMBERS),
)
"""Two counts that make a third."""

GOALS = {Modality.TARGET, Modality.REQUIREMENT}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one piece of evidence admits. Its words are keys of [witnesses] in lexicon/checks.toml.

    `weight` is what it says for a reading to agree; None where that follows from how narrow both intervals are.
    `value` names the place in them that takes the reading. `far` is the factor from which on a value outside is in
    doubt; None for evidence that only supports. With `exact` a reading must be one of the values, not round to one.
    """

    name: str
    due: Interval
    weight: float | None
    met: str
    value: str
    fill: Mapping[str, str | int] = field(default_factory=dict)
    missed: str = ""
    far: float | None = None
    exact: bool = False

    def weight_for(self, meant: Interval) -> float:
        """What it says for a reading to agree: the narrower the two intervals, the less it is by chance."""
        if self.weight is not None:
            return self.weight
        width = self.due.width + meant.width
        return min(MOST_WEIGHT, max(LEAST_WEIGHT, PER_PLACE * log10(1 / width))) if width > 0 else MOST_WEIGHT

    def admits(self, value: float, meant: Interval) -> bool:
        """Whether a reading agrees: `meant` is what it stands for as a rounded number."""
        return self.due.holds(value) if self.exact else self.due.meets(meant)

    def doubts(self, value: float) -> bool:
        """Whether a value is out of all proportion to it."""
        return self.far is not None and not self.due.low / self.far <= value <= self.due.high * self.far


Finder = Callable[[Case], Iterator[Expectation]]


def find_expectations(case: Case) -> tuple[Expectation, ...]:
    """All that can be expected of the case's figure, whatever it reads."""
    finders = OF_PERCENTAGES if case.claim.unit is Unit.PERCENT else OF_COUNTS
    return tuple(expectation for find in finders for expectation in find(case))


def weight_of_mention(other: Claim) -> float:
    """A figure printed again to its last digits is as good as proof, one that is only rounded to it less."""
    return MOST_WEIGHT if stated(other).width < 0.003 else 1.5


def _middle(interval: Interval) -> float:
    return (interval.low + interval.high) / 2


def _mention(case: Case) -> Iterator[Expectation]:
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
        alike = other.metric is claim.metric and other.segment is claim.segment
        due = stated(other) if alike else Interval(other.value, other.value)
        fill = {"value": case.shown(other.value), "raw": other.raw}
        yield Expectation("same_figure", due, weight_of_mention(other), "same_figure", "", fill, exact=not alike)


def _earlier(case: Case) -> Iterator[Expectation]:
    """What an earlier article told of the region, moved by the time since."""
    claim = case.claim
    if claim.modality is not Modality.REPORTED:
        return
    for told in case.earlier:
        if told.metric is not claim.metric or told.segment is not claim.segment or told.unit is not claim.unit:
            continue
        around = rounded(told.value, told.precision, told.unit, told.approx)
        years = abs((claim.as_of.end - told.day).days) / DAYS_OF_YEAR if claim.as_of else 1.0
        play = EARLIER_PLAY + EARLIER_YEARLY * years
        due = Interval(around.low / (1 + play), around.high * (1 + play))
        fill = {"earlier": case.shown(told.value), "day": told.day.isoformat(), "source": told.source}
        whole = claim.metric in {Metric.MEMBERS, Metric.POPULATION}
        yield Expectation("earlier", due, 1.0, "earlier", "value", fill, "far_from_earlier", FAR if whole else None)


def gap_to_target(case: Case) -> Interval | None:
    """How many people a region lacks to its target, for a claim that says how many it lacks.

    From the region's reported coverage and its population, as the text or else Dukcapil gives it. The target is the one
    of the same sentence; without one it may be anything from 95 persen up to all.
    """
    claim = case.claim
    cues = (reason.cue for reason in claim.reasons if reason.field == "modality" and reason.cue)
    said = {word for cue in cues for word in cue.lower().split()}
    if claim.modality is not Modality.CHANGE or claim.metric is not Metric.MEMBERS or not said & LEXICON.gap:
        return None
    here = [o for o in case.others if o.modality is Modality.REPORTED and same_place(claim, o)]
    rates = [o.value for o in here if o.metric is Metric.COVERAGE_RATE and o.value < 95]
    wholes = [stated(o) for o in here if o.metric is Metric.POPULATION]
    whole = wholes[-1] if wholes else case.population
    goals = {
        o.value
        for o in case.others
        if o.metric is Metric.COVERAGE_RATE and o.modality in GOALS and o.sentence == claim.sentence
    }
    low, high = (min(goals), max(goals)) if goals else (95.0, 100.0)
    if not rates or not whole or low <= rates[-1]:
        return None
    return part_from(Interval(low - rates[-1], high - rates[-1]), whole)


def _gap(case: Case) -> Iterator[Expectation]:
    """What the rates leave to be registered; a target may lie anywhere between 95 persen and a little over all."""
    gap = gap_to_target(case)
    if gap:
        fill = {"low": case.number(gap.low), "high": case.number(gap.high), "missing": case.number(gap.low)}
        due = Interval(gap.low / 1.25, gap.high * 1.25)
        # Told with its target, a gap is known to the rounding of the rates; without, to its size.
        known = gap.width < 0.3
        yield Expectation(
            "gap", due, 1.0 if known else 0.5, "gap", "value", fill, "far_from_gap", FAR if known else GAP_FAR
        )


def _rate(case: Case) -> Iterator[Expectation]:
    """A percentage that ties the figure to another count."""
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
            near = max(abs(one.sentence - claim.sentence) for one in (rate, other)) <= 1
            is_part = claim.metric is part_metric and other.metric in WHOLES_OF[part_metric]
            is_whole = part_metric is not None and other.metric is part_metric
            is_whole = is_whole and claim.metric in WHOLES_OF.get(other.metric, ())
            told = {"rate": case.percent(rate.value)}
            if (together and not is_whole) or is_part:
                due = part_from(stated(rate), stated(other))
                fill = {**told, "whole": case.number(other.value), "due": case.number(round(_middle(due)))}
                far = FAR if is_part and near else None
                yield Expectation("rate", due, None, "part_of", "part", fill, "far_from_part", far)
            if (together and not is_part) or is_whole:
                due = whole_from(stated(rate), stated(other))
                fill = {**told, "part": case.number(other.value), "due": case.number(round(_middle(due)))}
                far = FAR if is_whole and near else None
                yield Expectation("rate", due, None, "part_of", "whole", fill, "far_from_whole", far)


def _rate_of_population(case: Case) -> Iterator[Expectation]:
    """A percentage of the people that the gazetteer counts."""
    claim, people = case.claim, case.population
    if people is None or claim.metric not in {Metric.MEMBERS, Metric.UNCOVERED}:
        return
    for rate in case.others:
        if rate.unit is not Unit.PERCENT or not tied(claim, rate) or RATE_OF.get(rate.metric) is not claim.metric:
            continue
        # A village has its neighbours' size: "1.532 penduduk, 1.508 peserta" are no thousands of the kabupaten.
        alike = claim.value and any(
            0.3 < other.value / claim.value < 3 for other in case.others if other.unit is Unit.PEOPLE
        )
        due = part_from(stated(rate), people)
        fill = {"rate": case.percent(rate.value), "due": case.number(round(_middle(due)))}
        far = FAR if rate.sentence == claim.sentence and not alike else None
        yield Expectation(
            "rate_of_population", due, 1.0, "part_of_population", "value", fill, "far_from_population_part", far
        )


def _population(case: Case) -> Iterator[Expectation]:
    """The region's population: equal to a population, and a whole for its members."""
    claim, people = case.claim, case.population
    if people is None or claim.modality is not Modality.REPORTED:
        return
    fill = {"low": case.number(people.low), "high": case.number(people.high)}
    if claim.metric is Metric.POPULATION:
        yield Expectation("population", people, 1.25, "is_population", "value", fill)
    elif claim.metric in PEOPLE_OF_REGION and claim.segment is None:
        due = Interval(0.5 * people.low, 1.1 * people.high)
        yield Expectation("population", due, 0.5, "in_population", "value", fill, exact=True)


def _complement(case: Case) -> Iterator[Expectation]:
    """Two counts that make a third: registered and not registered, active and inactive."""
    claim = case.claim
    near = [other for other in case.others if other.unit is Unit.PEOPLE and tied(claim, other)]
    for one, other in permutations(near, 2):
        far = FAR if max(abs(o.sentence - claim.sentence) for o in (one, other)) <= 1 else None
        for part, rest, whole in COMPLEMENTS:
            if (claim.metric, one.metric, other.metric) in {(part, rest, whole), (rest, part, whole)}:
                due = stated(other).minus(stated(one))
                fill = {"other": case.number(one.value), "whole": case.number(other.value)}
                slot, missed = "one", "far_from_rest"
            elif (claim.metric, one.metric, other.metric) == (whole, part, rest):
                due = stated(one).plus(stated(other))
                fill = {"one": case.number(one.value), "other": case.number(other.value)}
                slot, missed = "whole", "far_from_whole_of_two"
            else:
                continue
            if due.high <= 0:
                continue
            fill["due"] = case.number(round(_middle(due)))
            yield Expectation("complement", due, None, "make", slot, fill, missed, far)


def _sum(case: Case) -> Iterator[Expectation]:
    """Segments add up to the members, kabupaten and kota to their province; for a part, what the others leave."""
    claim = case.claim
    segments = _once(o for o in case.others if o.metric is Metric.SEGMENT_MEMBERS and same_place(claim, o))
    if claim.metric in {Metric.MEMBERS, Metric.POPULATION}:
        within = _once(o for o in case.others if o.metric is claim.metric and _lies_in(o, claim))
        for parts in (segments, within):
            if len(parts) >= 3:
                due = _total(parts)
                fill: dict[str, str | int] = {"count": len(parts), "due": case.number(sum(o.value for o in parts))}
                yield Expectation("sum", due, None, "parts_make", "whole", fill)
    for whole in case.others:
        if claim.metric is Metric.SEGMENT_MEMBERS and whole.metric is Metric.MEMBERS and same_place(claim, whole):
            parts, met = segments, "with_parts"
        elif whole.metric is claim.metric and _lies_in(claim, whole):
            parts = _once(
                o for o in case.others if o.metric is claim.metric and _lies_in(o, whole) and o.region != claim.region
            )
            met = "with_regions"
        else:
            continue
        if len(parts) >= 2:
            due = stated(whole).minus(_total(parts))
            fill = {"count": len(parts), "whole": case.number(whole.value)}
            if due.low > 0:
                yield Expectation("sum", due, None, met, "value", fill)
                # Lists leave parts out, so that a part may be less than what the others leave; it cannot be more.
                most = Interval(0, due.high)
                left = fill | {"due": case.number(round(_middle(due)))}
                yield Expectation("sum", most, 0.0, met, "value", left, "more_than_rest", ABOVE)


def _lies_in(part: Claim, whole: Claim) -> bool:
    """Whether one figure is of a kabupaten or kota of the province that the other is of, both told as facts."""
    return (
        part.region is not None
        and whole.region is not None
        and part.region.startswith(whole.region + ".")
        and part.modality is whole.modality is Modality.REPORTED
    )


def _once(claims: Iterator[Claim]) -> list[Claim]:
    """Each figure once, though the article repeats it."""
    return list({(claim.segment, claim.region, claim.value): claim for claim in claims}.values())


def _total(parts: Sequence[Claim]) -> Interval:
    total = Interval(0, 0)
    for part in parts:
        total = total.plus(stated(part))
    return total


def _whole(case: Case) -> Iterator[Expectation]:
    """A part is no more than its whole: what is far above it is in doubt, what lies below has no witness in that."""
    claim = case.claim
    for whole in case.others:
        if whole.metric not in WHOLES_OF.get(claim.metric, ()) or claim.unit is not Unit.PEOPLE:
            continue
        if tied(claim, whole) and abs(claim.sentence - whole.sentence) <= 1 and whole.approx is Approx.EXACT:
            due = Interval(0, stated(whole).high)
            far = 2.0 if claim.metric is Metric.MEMBERS else ABOVE
            fill = {"whole": case.number(whole.value)}
            yield Expectation("part_and_whole", due, 0.0, "", "value", fill, "more_than_whole", far)


def _share_of_counts(case: Case) -> Iterator[Expectation]:
    """Two counts of which the percentage is the share."""
    claim = case.claim
    part_metric = RATE_OF.get(claim.metric)
    near = [other for other in case.others if other.unit is Unit.PEOPLE and tied(claim, other)]
    for part, whole in permutations(near, 2):
        together = claim.sentence == part.sentence == whole.sentence
        by_metric = part.metric is part_metric and whole.metric in WHOLES_OF[part_metric]
        if not together and not by_metric:
            continue
        due = share(stated(part), stated(whole))
        fill = {"part": case.number(part.value), "whole": case.number(whole.value), "due": case.percent(_middle(due))}
        near_by = max(abs(one.sentence - claim.sentence) for one in (part, whole)) <= 1
        far = FAR if by_metric and near_by else None
        yield Expectation("rate", due, None, "share", "rate", fill, "far_from_share", far)


def _share_of_population(case: Case) -> Iterator[Expectation]:
    """The count that the percentage is of, among the people that the gazetteer counts."""
    claim, people = case.claim, case.population
    if people is None:
        return
    for part in case.others:
        if part.metric is not RATE_OF.get(claim.metric) or part.metric not in {Metric.MEMBERS, Metric.UNCOVERED}:
            continue
        if tied(claim, part) and claim.sentence == part.sentence:
            due = share(stated(part), people)
            fill = {"part": case.number(part.value), "due": case.percent(_middle(due))}
            yield Expectation(
                "rate_of_population", due, 1.0, "share_of_population", "rate", fill, "far_from_population_share", FAR
            )


def _complement_to_100(case: Case) -> Iterator[Expectation]:
    """The percentage of the others: 98,29 registered leave 1,71 not registered."""
    pairs = (
        {Metric.COVERAGE_RATE, Metric.UNCOVERED_RATE},
        {Metric.ACTIVE_RATE, Metric.INACTIVE_RATE},
    )
    for other in case.others:
        if {case.claim.metric, other.metric} in pairs and tied(case.claim, other):
            due = Interval(100 - stated(other).high, 100 - stated(other).low)
            fill = {"other": case.percent(other.value), "whole": case.percent(100)}
            fill["due"] = case.percent(100 - other.value)
            far = FAR if abs(other.sentence - case.claim.sentence) <= 1 else None
            yield Expectation("complement", due, None, "make", "one", fill, "far_from_rest", far)


OF_COUNTS: tuple[Finder, ...] = (
    _mention,
    _earlier,
    _gap,
    _rate,
    _rate_of_population,
    _population,
    _complement,
    _sum,
    _whole,
)
OF_PERCENTAGES: tuple[Finder, ...] = (_mention, _earlier, _share_of_counts, _share_of_population, _complement_to_100)
