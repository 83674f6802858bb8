"""Changes against the levels told with them, and targets against what has been reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from extract.checks.messages import word_check
from extract.checks.neighbours import Neighbours
from extract.checks.phrases import difference, figure, where, whom
from extract.checks.wording import Language, number, percent
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

GAP_WORDS = load_figure_lexicon().gap
LEVELS = {*RATE_OF, *RATE_OF.values(), Metric.POPULATION}
TARGETS = {Metric.COVERAGE_RATE, Metric.ACTIVE_RATE, Metric.MEMBERS, Metric.ACTIVE_MEMBERS}
WANTED = {Modality.TARGET, Modality.REQUIREMENT}
GAP_OF = {Metric.MEMBERS: Metric.COVERAGE_RATE, Metric.UNCOVERED: Metric.COVERAGE_RATE}


def is_gap(claim: Claim) -> bool:
    """Whether a change is what a target still lacks ("masih perlu 12.000 peserta"), not a step that was made."""
    cues = (reason.cue for reason in claim.reasons if reason.field == "modality" and reason.cue)
    return any(word in GAP_WORDS for cue in cues for word in (cue.lower(), *cue.lower().split()))


def check_change_against_levels(claims: Sequence[Claim], lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """A change against the two levels told with it: 97,99 to 98,97 is 0,98, of 233.000 to 245.000 members 12.000.

    A percentage may be meant in points or of the level before: 80 to 88 is 8 points and 10 persen. `unknown` where
    the levels stand in another sentence than a change that they do not fit: it may be of another period.
    """
    near = Neighbours(claims)
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


def _step_fits(claims: Sequence[Claim], change: Claim, low: int, high: int) -> bool:
    step = loose(claims[high]).minus(loose(claims[low]))
    if change.unit is claims[low].unit and step.meets(bounded(change)):
        return True
    return change.unit is Unit.PERCENT and any(grown.meets(bounded(change)) for grown in _growth(claims, low, high))


def _growth(claims: Sequence[Claim], low: int, high: int) -> Iterator[Interval]:
    """The step as percentages of the level before it: of the lower where it rose, of the higher where it fell."""
    step = loose(claims[high]).minus(loose(claims[low]))
    for before in (low, high):
        if claims[before].value > 0:
            yield Interval(100 * step.low / claims[before].value, 100 * step.high / claims[before].value)


def _word_change(verdict: Verdict, at: tuple[int, int, int], claims: Sequence[Claim], language: Language) -> Check:
    change, low, high = (claims[position] for position in at)
    first, last = sorted((low, high), key=lambda level: level.start)
    if change.unit is low.unit:
        computed = difference(high.value, low.value, low, language)
    else:
        computed = percent(100 * (last.value - first.value) / first.value, language) if first.value else "?"
    points = stated(high).minus(stated(low))
    relative = verdict is Verdict.OK and change.unit is low.unit and not loose_meets(points, change)
    told = figure(change, language) if change.unit is not low.unit or relative else _size(change, language)
    return word_check(
        "change_against_levels",
        verdict,
        at,
        language,
        "ok_relative" if relative else None,
        expected=computed,
        got=told,
        where=where(change, language),
        low=whom(low, language),
        high=whom(high, language),
        stated=told,
        computed=computed,
    )


def loose_meets(interval: Interval, claim: Claim) -> bool:
    return interval.meets(bounded(claim))


def _size(change: Claim, language: Language) -> str:
    """The change as a difference: points for percentages."""
    return difference(change.value, 0, change, language)


def check_gap_to_target(claims: Sequence[Claim], lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """What is lacking against target and level: 98 persen of 286.028 people less 270.125 members is 10.182.

    Of several targets or levels near it one must fit; only where there is one of each in sentences side by side, and
    they do not, it is `suspect`. `unknown` where the level is told farther away.
    """
    near = Neighbours(claims)
    for at, gap in enumerate(claims):
        if gap.modality is not Modality.CHANGE or not is_gap(gap):
            continue
        due = list(_iter_gaps(near, at))
        fitting = [found for found in due if found[0].meets(bounded(gap))]
        if not fitting and len({(claims[target].value, claims[level].value) for _, target, level, *_ in due}) != 1:
            continue
        missing, *held = (fitting or due)[0]
        target, level = claims[held[0]], claims[held[1]]
        close = max(abs(claims[position].sentence - gap.sentence) for position in held) <= 1
        verdict = Verdict.OK if fitting else Verdict.SUSPECT if close else Verdict.UNKNOWN
        middle = max((missing.low + missing.high) / 2, 0.0)
        computed = _missing(target, [claims[position] for position in held[1:]], middle, gap, language)
        yield word_check(
            "gap_to_target",
            verdict,
            (at, *held),
            language,
            expected=computed,
            got=_size(gap, language),
            where=where(level, language),
            stated=_size(gap, language),
            target=figure(target, language),
            level=whom(level, language),
            computed=computed,
        )


def _missing(target: Claim, levels: Sequence[Claim], middle: float, gap: Claim, language: Language) -> str:
    """The gap that the printed figures make."""
    level, *whole = levels
    made = target.value * whole[0].value / 100 - level.value if whole else target.value - level.value
    return difference(made, 0, gap, language)


def _iter_gaps(near: Neighbours, at: int) -> Iterator[tuple[Interval, int, int] | tuple[Interval, int, int, int]]:
    """What a target and a level near the gap leave: the interval, then the target, the level, the population."""
    claims, gap = near.claims, near.claims[at]

    def beside(metric: Metric, modalities: set[Modality]) -> list[int]:
        return [
            other
            for other in near.about(at, (metric,))
            if claims[other].modality in modalities and abs(claims[other].sentence - gap.sentence) <= NEAR
        ]

    levels = beside(gap.metric, {Modality.REPORTED})
    for target in beside(gap.metric, WANTED):
        for level in levels:
            if claims[target].value > claims[level].value:
                yield stated_goal(claims[target]).minus(loose(claims[level])), target, level
    rate = GAP_OF.get(gap.metric)
    if gap.unit is not Unit.PEOPLE or rate is None:
        return
    for target in beside(rate, WANTED):
        for whole in beside(Metric.POPULATION, {Modality.REPORTED}):
            for level in beside(Metric.MEMBERS, {Modality.REPORTED}):
                goal = part_from(stated_goal(claims[target]), loose(claims[whole]))
                if goal.high > claims[level].value:
                    yield goal.minus(loose(claims[level])), target, level, whole


def stated_goal(target: Claim) -> Interval:
    """A target is what it says, not what rounds to it: 98 persen is 98,00."""
    return Interval(target.value, target.value)


def check_target_passed(claims: Sequence[Claim], lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """A target for a region that its reported figure has passed already: `ok`, as where a text says so itself.

    `suspect` where the target is set for a time after the one at which more was reported; `unknown` where the level
    is told so roughly that it may lie on either side.
    """
    near = Neighbours(claims)
    for at, target in enumerate(claims):
        if target.modality is not Modality.TARGET or target.metric not in TARGETS or target.region is None:
            continue
        levels = [
            other
            for other in near.about(at, (target.metric,))
            if claims[other].modality is Modality.REPORTED and claims[other].segment is target.segment
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
            target=whom(target, language),
            stated=whom(level, language),
        )
