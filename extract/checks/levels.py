"""Changes against the levels told with them, and targets against what has been reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import combinations

from extract.checks.messages import word_check
from extract.checks.neighbours import Neighbours
from extract.checks.phrases import difference, figure, hedged, where, whom
from extract.figures.lexicon import load_figure_lexicon
from extract.models import Approx, Check, Claim, Metric, Modality, Unit, Verdict
from extract.repair.arithmetic import (
    NEAR,
    RATE_OF,
    Interval,
    RegionLookup,
    bounded,
    loose,
    part_from,
    stated,
)
from extract.wording import Language, load_sentences, number, percent

GAP_WORDS = load_figure_lexicon().gap
LEVELS = {*RATE_OF, *RATE_OF.values(), Metric.POPULATION}
TARGETS = {Metric.COVERAGE_RATE, Metric.ACTIVE_RATE, Metric.MEMBERS, Metric.ACTIVE_MEMBERS}
WANTED = {Modality.TARGET, Modality.REQUIREMENT}
RATES = {
    Metric.MEMBERS: (Metric.COVERAGE_RATE, Metric.POPULATION),
    Metric.ACTIVE_MEMBERS: (Metric.ACTIVE_RATE, Metric.MEMBERS),
}
"""The rate that a target for this number of people is set in, and what it is a share of."""
ALIKE = 2  # times: a number of people set as a target that is farther from the level is not one for the same people


def is_gap(claim: Claim) -> bool:
    """Whether a change is what a target still lacks ("masih perlu 12.000 peserta"), not a step that was made."""
    cues = (reason.cue for reason in claim.reasons if reason.field == "modality" and reason.cue)
    return any(word in GAP_WORDS for cue in cues for word in (cue.lower(), *cue.lower().split()))


def check_change_against_levels(near: Neighbours, lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """A change against the two levels told with it: 97,99 to 98,97 is 0,98, of 233.000 to 245.000 members 12.000.

    A percentage may be meant in points or of the level before: 80 to 88 is 8 points and 10 persen. `unknown` where
    the levels stand in another sentence than a change that they do not fit: it may be of another period.
    """
    claims = near.claims
    for at, change in enumerate(claims):
        if change.modality is not Modality.CHANGE or change.metric not in LEVELS or is_gap(change):
            continue
        metrics = (change.metric, *((RATE_OF[change.metric],) if change.metric in RATE_OF else ()))
        levels: dict[tuple[Metric, float], int] = {}
        for other in near.about(at, metrics):
            level = claims[other]
            beside = abs(level.sentence - change.sentence) <= 1 and level.segment is change.segment
            if beside and level.modality is Modality.REPORTED:
                levels[level.metric, level.value] = other
        # "hampir 98 persen, tepatnya 97,99" is one level told twice, not a step between two.
        pairs = [
            (low, high)
            for low, high in combinations(sorted(levels.values(), key=lambda other: claims[other].value), 2)
            if claims[low].metric is claims[high].metric and not loose(claims[low]).meets(loose(claims[high]))
        ]
        fitting = [pair for pair in pairs if _step_fits(claims, change, *pair)]
        if not fitting and len(pairs) != 1:
            continue
        low, high = (fitting or pairs)[0]
        verdict = Verdict.OK
        if not fitting:
            together = change.sentence == claims[low].sentence == claims[high].sentence
            verdict = Verdict.SUSPECT if together else Verdict.UNKNOWN
        yield _word_change(verdict, (at, low, high), claims, language)


def _step(low: Claim, high: Claim) -> Interval:
    """What two levels leave for the step between them. One writer rounds both or cuts both off, never one of each."""
    if low.approx is Approx.EXACT is high.approx:
        slack = (low.precision + high.precision) / 2
        return Interval(high.value - low.value - slack, high.value - low.value + slack)
    return stated(high).minus(stated(low))


def _step_fits(claims: Sequence[Claim], change: Claim, low: int, high: int) -> bool:
    if change.unit is claims[low].unit and _crosses(_step(claims[low], claims[high]), bounded(change)):
        return True
    return change.unit is Unit.PERCENT and any(_crosses(step, bounded(change)) for step in _growth(claims, low, high))


def _crosses(one: Interval, other: Interval) -> bool:
    """Whether two intervals share more than their ends: 96 is no 3 points from 98, though 95,5 is 2,5."""
    return one.low < other.high and other.low < one.high


def _growth(claims: Sequence[Claim], low: int, high: int) -> Iterator[Interval]:
    """The step as percentages of the level before it: of the lower where it rose, of the higher where it fell."""
    step = _step(claims[low], claims[high])
    for before in (low, high):
        if claims[before].value > 0:
            yield Interval(100 * step.low / claims[before].value, 100 * step.high / claims[before].value)


def _word_change(verdict: Verdict, at: tuple[int, int, int], claims: Sequence[Claim], language: Language) -> Check:
    change, low, high = (claims[position] for position in at)
    of_level = change.unit is not low.unit or (
        verdict is Verdict.OK and change.unit is Unit.PERCENT and not _crosses(_step(low, high), bounded(change))
    )
    computed = difference(high.value, low.value, low, language)
    told = figure(change, language) if of_level else hedged(change, _size(change, language), language)
    rounded = "ok_rounded" if verdict is Verdict.OK and computed != _size(change, language) else None
    return word_check(
        "change_against_levels",
        verdict,
        at,
        language,
        "ok_relative" if of_level and verdict is Verdict.OK else rounded,
        expected=computed,
        got=told,
        where=where(change, language),
        low=figure(low, language),
        high=figure(high, language) if high.unit is Unit.PERCENT else whom(high, language),
        stated=told,
        computed=computed,
    )


def _size(change: Claim, language: Language) -> str:
    """The change as a plain difference: "0,98 poin persen", "12.000"."""
    return difference(change.value, 0, change, language)


def check_gap_to_target(near: Neighbours, lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """What is lacking against target and level: 98 persen of 286.028 people less 270.125 members is 10.182.

    Of several targets or levels near it one must fit; only where there is one of each in sentences side by side, and
    they do not, it is `suspect`. `unknown` where the level is told farther away.
    """
    claims = near.claims
    for at, gap in enumerate(claims):
        if gap.modality is not Modality.CHANGE or not is_gap(gap):
            continue
        due = list(_iter_gaps(near, at))
        fitting = [found for found in due if _crosses(found[0], bounded(gap))]
        if not fitting and len({(claims[target].value, claims[level].value) for _, target, level, _ in due}) != 1:
            continue
        _, target_at, level_at, whole_at = (fitting or due)[0]
        target, level = claims[target_at], claims[level_at]
        held = (target_at, level_at) if whole_at is None else (target_at, level_at, whole_at)
        close = max(abs(claims[position].sentence - gap.sentence) for position in held) <= 1
        verdict = Verdict.OK if fitting else Verdict.SUSPECT if close else Verdict.UNKNOWN
        computed = _missing(target, level, claims[whole_at] if whole_at is not None else None, language)
        told = hedged(gap, _size(gap, language), language)
        yield word_check(
            "gap_to_target",
            verdict,
            (at, *held),
            language,
            "ok_rounded" if verdict is Verdict.OK and computed != _size(gap, language) else None,
            expected=computed,
            got=told,
            where=where(level, language),
            stated=_with_noun(told, gap, language),
            target=figure(target, language),
            level=figure(level, language) if level.unit is Unit.PERCENT else whom(level, language),
            computed=_with_noun(computed, gap, language),
        )


def _with_noun(told: str, gap: Claim, language: Language) -> str:
    """ "10.182 jiwa"; percentage points have their noun already."""
    people: str = load_sentences(language)["words"]["people"]
    return people.format(value=told) if gap.unit is Unit.PEOPLE else told


def _missing(target: Claim, level: Claim, whole: Claim | None, language: Language) -> str:
    """The gap that the printed figures make."""
    if whole is None:
        return difference(target.value, level.value, level, language)
    goal = target.value * whole.value / 100
    reached = level.value * whole.value / 100 if level.unit is Unit.PERCENT else level.value
    return number(round(goal) - round(reached), language)


def _iter_gaps(near: Neighbours, at: int) -> Iterator[tuple[Interval, int, int, int | None]]:
    """What a target and a level near the gap leave: the interval, target, level and, for people, the population."""
    claims, gap = near.claims, near.claims[at]
    levels = _beside(near, at, gap.metric, {Modality.REPORTED})
    for target in _beside(near, at, gap.metric, WANTED):
        for level in levels:
            if claims[target].value > claims[level].value:
                yield _goal(claims[target]).minus(loose(claims[level])), target, level, None
    if gap.metric not in RATES or gap.unit is not Unit.PEOPLE:
        return
    rate, whole_metric = RATES[gap.metric]
    for target in _beside(near, at, rate, WANTED):
        for whole in _beside(near, at, whole_metric, {Modality.REPORTED}):
            for level in levels:
                goal = part_from(_goal(claims[target]), loose(claims[whole]))
                if goal.high > claims[level].value:
                    yield goal.minus(loose(claims[level])), target, level, whole
            for level in () if levels else _beside(near, at, rate, {Modality.REPORTED}):
                if claims[target].value > claims[level].value:
                    share = _goal(claims[target]).minus(loose(claims[level]))
                    yield part_from(share, loose(claims[whole])), target, level, whole


def _beside(near: Neighbours, at: int, metric: Metric, modalities: Set[Modality]) -> list[int]:
    """Claims of the metric near the gap, of its area; a threshold of the programme holds everywhere."""
    found = near.about(at, (metric,))
    if Modality.REPORTED not in modalities:
        found += near.of_nation(at, metric)
    return [
        other
        for other in sorted(set(found))
        if near.claims[other].modality in modalities
        and abs(near.claims[other].sentence - near.claims[at].sentence) <= NEAR
    ]


def _goal(target: Claim) -> Interval:
    """A target is what it says, not what rounds to it: 98 persen is 98,00."""
    return Interval(target.value, target.value)


def check_target_passed(near: Neighbours, lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """A target for a region that its reported figure has passed already: `ok`, as where a text says so itself.

    `suspect` where the target is set for a time after the one at which more was reported; `unknown` where the level
    is told so roughly that it may lie on either side.
    """
    claims = near.claims
    names = load_sentences(language)["metrics"]
    for at, target in enumerate(claims):
        if target.modality is not Modality.TARGET or target.metric not in TARGETS or target.region is None:
            continue
        levels = [
            other
            for other in near.about(at, (target.metric,))
            if claims[other].modality is Modality.REPORTED
            and claims[other].segment is target.segment
            and claims[other].value <= ALIKE * target.value
        ]
        passed = [other for other in levels if bounded(claims[other]).low > target.value]
        rough = [
            other
            for other in levels
            if claims[other].approx in {Approx.ABOUT, Approx.NEARLY}
            and stated(claims[other]).low <= target.value < stated(claims[other]).high
        ]
        if not passed and not rough:
            continue
        level_at = (passed or rough)[0]
        level = claims[level_at]
        show = percent if target.unit is Unit.PERCENT else number
        yield word_check(
            "target_passed",
            Verdict.OK if passed else Verdict.UNKNOWN,
            (at, level_at),
            language,
            expected=show(target.value, language),
            got=show(level.value, language),
            where=where(target, language),
            metric=names[target.metric.value],
            target=figure(target, language),
            stated=figure(level, language),
        )
