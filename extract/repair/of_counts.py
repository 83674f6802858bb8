"""What is expected of a number of people: shares, parts and wholes, sums, gaps, and the region's population."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from math import isinf

from extract.figures.lexicon import load_figure_lexicon
from extract.models import Approx, Claim, Metric, Modality
from extract.repair.arithmetic import (
    COMPLEMENTS,
    OF_ALL_PEOPLE,
    PEOPLE,
    PERCENT,
    RATE_OF,
    REPORTED,
    REST_RATES,
    WHOLES,
    WHOLES_OF,
    Interval,
    part_from,
    same_place,
    stated,
    tied,
    whole_from,
)
from extract.repair.case import Case
from extract.repair.expectation import FAR, Expectation, far_from, is_told, middle, rest_of
from extract.wording import Fill

LEXICON = load_figure_lexicon()
PEOPLE_OF_REGION = {*WHOLES_OF, Metric.POPULATION}
ABOVE = 1.2  # times its whole: a part that is more cannot be due to figures of different months
GAP_FAR = 100.0  # targets lie anywhere from 95 persen to a little over all, so that a gap is known by its size only

REST_OF = {rate: RATE_OF[rest] for rate, rest in REST_RATES.items()}
"""The number of people that a rate leaves out."""

GOALS = {Modality.TARGET, Modality.REQUIREMENT}


def gap_to_target(case: Case) -> Interval | None:
    """How many people a region lacks to its target, for a claim that says how many it lacks.

    From the region's reported coverage and its population, as the text or else Dukcapil gives it. The target is the one
    of the same sentence; without one it may be anything from 95 persen up to all.
    """
    claim = case.claim
    if claim.modality is not Modality.CHANGE or claim.metric is not Metric.MEMBERS:
        return None
    cues = (reason.cue for reason in claim.reasons if reason.field == "modality" and reason.cue)
    said = {word for cue in cues for word in cue.lower().split()}
    if not said & LEXICON.gap:
        return None
    here = [o for o in case.others if o.modality is REPORTED and same_place(claim, o)]
    rates = [o.value for o in here if o.metric is Metric.COVERAGE_RATE and o.value < 95]
    wholes = [stated(o) for o in here if o.metric is Metric.POPULATION]
    whole = wholes[-1] if wholes else case.area.population
    goals = {
        o.value
        for o in case.others
        if o.metric is Metric.COVERAGE_RATE and o.modality in GOALS and o.sentence == claim.sentence
    }
    low, high = (min(goals), max(goals)) if goals else (95.0, 100.0)
    if not rates or not whole or low <= rates[-1]:
        return None
    return part_from(Interval(low - rates[-1], high - rates[-1]), whole)


def from_gap(case: Case) -> Iterator[Expectation]:
    """What the rates leave to be registered; a target may lie anywhere between 95 persen and a little over all."""
    gap = gap_to_target(case)
    if gap:
        fill = {"low": gap.low, "high": gap.high, "missing": gap.low}
        due = Interval(gap.low / 1.25, gap.high * 1.25)
        # Told with its target, a gap is known to the rounding of the rates; without, to its size.
        weight, far = (1.0, FAR) if gap.width < 0.3 else (0.5, GAP_FAR)
        limits = Interval(due.low / far, due.high * far)
        yield Expectation("gap", due, weight, "gap", "value", fill, "far_from_gap", limits)


def from_rate(case: Case) -> Iterator[Expectation]:
    """A percentage that ties the figure to another count."""
    claim = case.claim
    counts = [other for other in case.tied if other.unit is PEOPLE]
    for rate in case.tied:
        if rate.unit is not PERCENT:
            continue
        part_metric = RATE_OF.get(rate.metric)
        rest_metric = REST_OF.get(rate.metric)
        for other in counts:
            # Where all three stand in one sentence the words may be mixed up: "126.000 jumlah penduduk ... 98,29%".
            together = rate.sentence == claim.sentence == other.sentence
            is_part = claim.metric is part_metric and other.metric in WHOLES_OF[part_metric]
            is_rest = claim.metric is rest_metric and other.metric in WHOLES_OF[rest_metric]
            is_whole = part_metric is not None and other.metric is part_metric
            is_whole = is_whole and claim.metric in WHOLES_OF.get(other.metric, ())
            if not (together or is_part or is_rest or is_whole) or not tied(rate, other):
                continue
            if is_part or (together and not is_whole and not is_rest):
                yield _share_of(case, rate, other, part_from(stated(rate), stated(other)), is_part)
            if is_rest:
                yield _share_of(case, rate, other, part_from(rest_of(stated(rate)), stated(other)), is_rest, rest=True)
            if is_whole or (together and not is_part and not is_rest):
                due = whole_from(stated(rate), stated(other))
                if isinf(due.high):  # 0 persen of what?
                    continue
                fill: Fill = {"rate": (rate.value, PERCENT), "part": other.value, "due": round(middle(due))}
                limits = far_from(due, **_sides(case, is_whole, due, rate, other))
                yield Expectation("rate", due, None, "part_of", "whole", fill, "far_from_whole", limits)


def _share_of(
    case: Case, rate: Claim, whole: Claim, due: Interval, by_metric: bool, *, rest: bool = False
) -> Expectation:
    """What a percentage makes of a whole, or (`rest`) what it leaves of it."""
    told = 100 - rate.value if rest else rate.value
    fill: Fill = {"rate": (told, PERCENT), "whole": whole.value, "due": round(middle(due))}
    limits = far_from(due, **_sides(case, by_metric, due, rate, whole))
    return Expectation("rate", due, None, "part_of", "part", fill, "far_from_part", limits)


def _sides(case: Case, by_metric: bool, due: Interval, rate: Claim, other: Claim) -> Mapping[str, bool]:
    """On which sides a figure is in doubt: too high within two sentences, too low only beside the percentage itself.

    A number much lower than what is due may well count something else: new members of a month, guests of a meeting.
    """
    claim = case.claim
    near = by_metric and max(abs(one.sentence - claim.sentence) for one in (rate, other)) <= 1
    return {"below": near and rate.sentence == claim.sentence and not is_told(case, due), "above": near}


def from_rate_of_population(case: Case) -> Iterator[Expectation]:
    """A percentage of the people that the gazetteer counts."""
    claim, people = case.claim, case.area.population
    if people is None or claim.metric not in OF_ALL_PEOPLE:
        return
    for rate in case.tied:
        if rate.unit is not PERCENT or RATE_OF.get(rate.metric) is not claim.metric:
            continue
        # A village has its neighbours' size: "1.532 penduduk, 1.508 peserta" are no thousands of the kabupaten.
        alike = claim.value and any(
            0.3 < other.value / claim.value < 3
            for other in case.others
            if other.unit is PEOPLE and other.raw != claim.raw
        )
        due = part_from(stated(rate), people)
        fill: Fill = {"rate": (rate.value, PERCENT), "due": round(middle(due))}
        below = rate.sentence == claim.sentence and not alike and not is_told(case, due)
        limits = far_from(due, below=below, above=rate.sentence == claim.sentence)
        yield Expectation(
            "rate_of_population", due, 1.0, "part_of_population", "value", fill, "far_from_population_part", limits
        )


def from_population(case: Case) -> Iterator[Expectation]:
    """The region's population: equal to a population, and a whole for its members."""
    claim, people = case.claim, case.area.population
    if people is None or claim.modality is not REPORTED:
        return
    fill = {"people": case.area.counted or 0}
    if claim.metric is Metric.POPULATION:
        yield Expectation("population", people, 1.25, "is_population", "value", fill)
    elif claim.metric in {Metric.MEMBERS, Metric.ACTIVE_MEMBERS}:
        due = Interval(0.5 * people.low, 1.1 * people.high)
        yield Expectation("population", due, 0.5, "in_population", "value", fill, exact=True)


def from_complement(case: Case) -> Iterator[Expectation]:
    """Two counts that make a third: registered and not registered, active and inactive."""
    claim = case.claim
    pairs = [pair for part, others in COMPLEMENTS.items() if claim.metric in (pair := (part, *others))]
    metrics = {metric for pair in pairs for metric in pair}
    near = [other for other in case.tied if other.metric in metrics and other.unit is PEOPLE]
    for one, other in permutations(near, 2):
        close_by = max(abs(o.sentence - claim.sentence) for o in (one, other)) <= 1
        beside = claim.sentence in {one.sentence, other.sentence}
        for part, rest, whole in pairs:
            if (claim.metric, one.metric, other.metric) in {(part, rest, whole), (rest, part, whole)}:
                due = stated(other).minus(stated(one))
                fill = {"other": one.value, "whole": other.value}
                slot, missed = "one", "far_from_rest"
            elif (claim.metric, one.metric, other.metric) == (whole, part, rest):
                due = stated(one).plus(stated(other))
                fill = {"one": one.value, "other": other.value}
                slot, missed = "whole", "far_from_whole_of_two"
            else:
                continue
            if due.high <= 0:
                continue
            fill["due"] = round(middle(due))
            limits = far_from(due, below=close_by and beside and not is_told(case, due), above=close_by)
            yield Expectation("complement", due, None, "make", slot, fill, missed, limits)


def from_sum(case: Case) -> Iterator[Expectation]:
    """Segments add up to the members, kabupaten and kota to the area around them."""
    claim = case.claim
    if claim.metric not in WHOLES:
        return
    within = _once(o for o in case.others if o.metric is claim.metric and _lies_in(o, claim))
    for listed, least in ((_segments_beside(case), 3), (within, 2)):
        if len(listed) >= least:
            due = _total(listed)
            fill = {"count": len(listed), "due": sum(o.value for o in listed)}
            limits = far_from(due, below=True) if listed is within else None
            yield Expectation("sum", due, None, "parts_make", "whole", fill, "far_from_sum", limits)


def from_rest_of_sum(case: Case) -> Iterator[Expectation]:
    """What the other segments leave of the members, or the other kabupaten and kota of the area around them."""
    claim = case.claim
    segments = _segments_beside(case) if claim.metric is Metric.SEGMENT_MEMBERS else []
    alike = [other for other in case.others if other.metric is claim.metric]
    for whole in case.others:
        if segments and whole.metric is Metric.MEMBERS and same_place(claim, whole):
            parts, met = segments, "with_parts"
        elif whole.metric is claim.metric and _lies_in(claim, whole):
            parts = _once(o for o in alike if o.region != claim.region and _lies_in(o, whole))
            met = "with_regions"
        else:
            continue
        if len(parts) < 2:
            continue
        due = stated(whole).minus(_total(parts))
        if due.low > 0:
            fill = {"count": len(parts), "whole": whole.value, "due": round(middle(due))}
            # Lists leave parts out, so that a part may be less than what the others leave; it cannot be more.
            yield Expectation("sum", due, None, met, "value", fill, "more_than_rest", Interval(0, ABOVE * due.high))


def _segments_beside(case: Case) -> list[Claim]:
    claim, segment = case.claim, Metric.SEGMENT_MEMBERS
    return _once(o for o in case.others if o.metric is segment and same_place(claim, o))


def _lies_in(part: Claim, whole: Claim) -> bool:
    """Whether one figure is of a kabupaten or kota in the area that the other is of, both told as facts.

    The area is its province, or in the next sentence one without a name: "Totalnya 1.991.923 peserta".
    """
    if part.region is None or not part.modality is whole.modality is REPORTED:
        return False
    if whole.region is None:
        return "." in part.region and abs(part.sentence - whole.sentence) <= 1
    return part.region.startswith(whole.region + ".")


def _once(claims: Iterator[Claim]) -> list[Claim]:
    """Each figure once, though the article repeats it."""
    return list({(claim.segment, claim.region, claim.value): claim for claim in claims}.values())


def _total(parts: Sequence[Claim]) -> Interval:
    low = high = 0.0
    for interval in map(stated, parts):
        low, high = low + interval.low, high + interval.high
    return Interval(low, high)


def from_whole(case: Case) -> Iterator[Expectation]:
    """A part is no more than its whole: what is far above it is in doubt, what lies below has no witness in that."""
    claim = case.claim
    if claim.unit is not PEOPLE or claim.metric not in WHOLES_OF:
        return
    for whole in case.tied:
        if whole.metric not in WHOLES_OF[claim.metric]:
            continue
        if abs(claim.sentence - whole.sentence) <= 1 and whole.approx is Approx.EXACT:
            due = Interval(0, stated(whole).high)
            most = due.high * (2.0 if claim.metric is Metric.MEMBERS else ABOVE)
            fill = {"whole": whole.value}
            yield Expectation("part_and_whole", due, 0.0, "", "value", fill, "more_than_whole", Interval(0, most))
