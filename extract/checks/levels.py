"""Changes against the levels told with them, and targets against what has been reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from extract.checks.messages import word_check
from extract.checks.neighbours import Neighbours
from extract.checks.phrases import difference, figure, hedged, where, whom
from extract.checks.rounding import bears_out
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
        steps = [step for pair in pairs for step in _iter_steps(claims, change, *pair)]
        fitting = [step for step in steps if _crosses(step.made, bounded(change))]
        borne_out = [step for step in fitting if bears_out(step.made, step.computed, bounded(change))]
        if not fitting and (len(pairs) != 1 or not steps):
            continue
        step = (borne_out or fitting or steps)[0]
        verdict, sentence = Verdict.OK, None
        if not fitting:
            together = change.sentence == claims[step.low].sentence == claims[step.high].sentence
            verdict = Verdict.SUSPECT if together else Verdict.UNKNOWN
        elif not borne_out:
            verdict, sentence = Verdict.UNKNOWN, "unknown_rough"
        yield _word_change(verdict, sentence, at, step, claims, language)


@dataclass(frozen=True, slots=True)
class _Step:
    """What two levels, the lower and the higher, leave for a change: by rounding, and as they are printed.

    `relative` where it is told as percentages of the level before.
    """

    low: int
    high: int
    made: Interval
    computed: float
    relative: bool


def _iter_steps(claims: Sequence[Claim], change: Claim, low: int, high: int) -> Iterator[_Step]:
    """The step between two levels in the unit of the change, and as percentages of either level for a percentage.

    Of the level before is of the lower where it rose, of the higher where it fell.
    """
    made, computed = _step(claims[low], claims[high]), claims[high].value - claims[low].value
    if change.unit is claims[low].unit:
        yield _Step(low, high, made, computed, relative=False)
    if change.unit is Unit.PERCENT:
        for before in (claims[low].value, claims[high].value):
            if before > 0:
                growth = Interval(100 * made.low / before, 100 * made.high / before)
                yield _Step(low, high, growth, 100 * computed / before, relative=True)


def _step(low: Claim, high: Claim) -> Interval:
    """What two levels leave for the step between them. One writer rounds both or cuts both off, never one of each."""
    if low.approx is Approx.EXACT is high.approx:
        slack = (low.precision + high.precision) / 2
        return Interval(high.value - low.value - slack, high.value - low.value + slack)
    return stated(high).minus(stated(low))


def _crosses(one: Interval, other: Interval) -> bool:
    """Whether two intervals share more than their ends: 96 is no 3 points from 98, though 95,5 is 2,5."""
    return one.low < other.high and other.low < one.high


def _word_change(
    verdict: Verdict, sentence: str | None, at: int, step: _Step, claims: Sequence[Claim], language: Language
) -> Check:
    change, low, high = claims[at], claims[step.low], claims[step.high]
    computed = difference(high.value, low.value, low, language)
    told = figure(change, language) if step.relative else hedged(change, _size(change, language), language)
    if verdict is Verdict.OK and step.relative:
        sentence = "ok_relative"
    elif verdict is Verdict.OK and computed != _size(change, language):
        sentence = "ok_rounded"
    return word_check(
        "change_against_levels",
        verdict,
        (at, step.low, step.high),
        language,
        sentence,
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
        borne_out = [found for found in fitting if bears_out(found[0], _missing(claims, *found[1:]), bounded(gap))]
        if not fitting and len({(claims[target].value, claims[level].value) for _, target, level, _ in due}) != 1:
            continue
        _, target_at, level_at, whole_at = (borne_out or fitting or due)[0]
        target, level = claims[target_at], claims[level_at]
        held = (target_at, level_at) if whole_at is None else (target_at, level_at, whole_at)
        close = max(abs(claims[position].sentence - gap.sentence) for position in held) <= 1
        verdict = Verdict.OK if borne_out else Verdict.SUSPECT if close and not fitting else Verdict.UNKNOWN
        missing = _missing(claims, target_at, level_at, whole_at)
        computed = difference(missing, 0, level if whole_at is None else gap, language)
        told = hedged(gap, _size(gap, language), language)
        yield word_check(
            "gap_to_target",
            verdict,
            (at, *held),
            language,
            _gap_sentence(computed != _size(gap, language), bool(borne_out), bool(fitting)),
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


def _gap_sentence(differs: bool, borne_out: bool, fits: bool) -> str | None:
    """The sentence of a gap, where it is not that of the verdict alone."""
    if borne_out:
        return "ok_rounded" if differs else None
    return "unknown_rough" if fits else None


def _missing(claims: Sequence[Claim], target: int, level: int, whole: int | None) -> float:
    """The gap that the printed figures make; people in whole ones."""
    goal, reached = claims[target].value, claims[level].value
    if whole is None:
        return goal - reached
    people = claims[whole].value / 100
    return round(goal * people) - round(reached * people if claims[level].unit is Unit.PERCENT else reached)


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
