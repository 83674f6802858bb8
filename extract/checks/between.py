"""The arithmetic between the claims of one article, and against the region's population: what a journalist would check.

Each check is a function that gives one Check for each thing it could hold against another, with a sentence that can be
printed as it stands, in English or Indonesian (lexicon/checks.toml). Only facts are checked: targets and thresholds
have no arithmetic. A rate over 100 is not wrong, and a figure that cannot be compared is `unknown`, never `suspect`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from extract.checks.agreement import check_label_against_arithmetic, check_one_value
from extract.checks.messages import load_sentences, word_check
from extract.checks.printed import check_figure_as_printed
from extract.checks.wording import Language as Language
from extract.checks.wording import number, percent, shown
from extract.dates.resolve import printed_weekday
from extract.models import Check, Claim, Mention, Metric, Modality, Period, Precision, Unit, Verdict
from extract.repair.arithmetic import (
    RATE_OF,
    WHOLES_OF,
    Interval,
    RegionLookup,
    bounded,
    in_print,
    iter_triads,
    population_of,
    same_place,
    share,
    stated,
    tied,
)


def check_claims(claims: Sequence[Claim], lookup: RegionLookup, language: Language = "en") -> tuple[Check, ...]:
    """All checks between the claims of one article, after repair; `claims` of a check are positions in `claims`.

    A figure that repair left undecided has no value to reckon with: the one check it gets says so.
    """
    sound = [at for at, claim in enumerate(claims) if not claim.suspect]
    known = [claims[at] for at in sound]
    between = (
        replace(check, claims=tuple(sound[at] for at in check.claims))
        for run in CHECKS
        for check in run(known, lookup, language)
    )
    return (*between, *check_figure_as_printed(claims, language))


def check_rate_against_counts(claims: Sequence[Claim], lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """Each percentage against the two counts it ties together: 74,24% and 244.956 of 329.934."""
    for rate_at, part_at, whole_at, fits in iter_triads(claims):
        rate, part, whole = claims[rate_at], claims[part_at], claims[whole_at]
        if not fits and share(bounded(part), bounded(whole)).meets(bounded(rate)):
            continue  # "lebih dari 200 ribu dari 250.000 jiwa atau 92 persen": more than 200,000 may be 230,000
        if fits and not share(in_print(part), in_print(whole)).meets(in_print(rate)):
            continue  # "sekitar 98 persen" is not wrong beside 99,95, but nothing bears it out
        computed = percent(100 * part.value / whole.value, language) if whole.value else "?"
        to_the_letter = computed == percent(rate.value, language)
        yield word_check(
            "rate_against_counts",
            Verdict.OK if fits else Verdict.SUSPECT,
            (rate_at, part_at, whole_at),
            language,
            "ok_rounded" if fits and not to_the_letter else None,
            expected=computed,
            got=percent(rate.value, language),
            stated=percent(rate.value, language),
            part=number(part.value, language),
            whole=number(whole.value, language),
            computed=computed,
        )


def check_part_and_whole(claims: Sequence[Claim], lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """Each part against its whole: a segment or status is no more than the members, the unregistered no more than all.

    More members than inhabitants is `unknown`: registrations are newer than the population they are counted against.
    """
    for part_at, part in enumerate(claims):
        wholes = [
            at
            for at, whole in enumerate(claims)
            if whole.metric in WHOLES_OF.get(part.metric, ()) and part.unit is Unit.PEOPLE and tied(part, whole)
        ]
        if not wholes:
            continue
        whole_at = min(wholes, key=lambda at: (abs(claims[at].sentence - part.sentence), -claims[at].value))
        whole = claims[whole_at]
        verdict = Verdict.OK
        if stated(part).low > stated(whole).high:
            if part.sentence != whole.sentence or part.value > 5 * whole.value:
                continue  # too far apart, or too unequal, to be of one area
            if bounded(part).low <= bounded(whole).high:
                continue  # of "lebih dari 200 ribu peserta" 230.000 may be active
            verdict = Verdict.UNKNOWN if part.metric is Metric.MEMBERS else Verdict.SUSPECT
        yield word_check(
            "part_and_whole",
            verdict,
            (part_at, whole_at),
            language,
            expected=f"<= {number(whole.value, language)}",
            got=number(part.value, language),
            part=number(part.value, language),
            whole=number(whole.value, language),
        )


COMPLEMENTS = (
    (Metric.COVERAGE_RATE, Metric.UNCOVERED_RATE, None),
    (Metric.ACTIVE_RATE, Metric.INACTIVE_RATE, None),
    (Metric.MEMBERS, Metric.UNCOVERED, Metric.POPULATION),
    (Metric.ACTIVE_MEMBERS, Metric.INACTIVE_MEMBERS, Metric.MEMBERS),
)


def check_complements(claims: Sequence[Claim], lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """Registered and not registered, active and inactive: percentages to 100, counts to their whole.

    Active and inactive shares of the population (78 and 19,88, the rest unregistered) need not make 100: where the
    two stay below, the check is silent.
    """
    for one_at, one in enumerate(claims):
        for first, second, whole_metric in COMPLEMENTS:
            if one.metric is not first:
                continue
            other_at = _nearest(claims, one_at, second)
            if other_at is None or abs(claims[other_at].sentence - one.sentence) > 1:
                continue
            whole_at = _nearest(claims, one_at, whole_metric) if whole_metric else None
            if whole_metric and whole_at is None:
                continue
            other = claims[other_at]
            made = stated(one).plus(stated(other))
            whole = stated(claims[whole_at]) if whole_at is not None else Interval(100, 100)
            if first is Metric.ACTIVE_RATE and made.high < 100:
                continue
            fits = made.meets(whole)
            if not fits and whole_at is None and other.sentence != one.sentence:
                continue
            widest = bounded(claims[whole_at]) if whole_at is not None else whole
            if not fits and bounded(one).plus(bounded(other)).meets(widest):
                continue
            show = percent if whole_at is None else number
            made_of = show(one.value + other.value, language)
            whole_of = show(claims[whole_at].value if whole_at is not None else 100, language)
            yield word_check(
                "complements",
                Verdict.OK if fits else Verdict.SUSPECT,
                (one_at, other_at) if whole_at is None else (one_at, other_at, whole_at),
                language,
                "ok_rounded" if fits and made_of != whole_of else None,
                expected=whole_of,
                got=made_of,
                one=shown(one, language),
                other=shown(other, language),
                whole=whole_of,
                computed=made_of,
            )


def _nearest(claims: Sequence[Claim], at: int, metric: Metric | None) -> int | None:
    """Position of the nearest claim of this metric that is tied to the one at `at`."""
    fitting = [other for other, claim in enumerate(claims) if claim.metric is metric and tied(claims[at], claim)]
    return min(fitting, key=lambda other: abs(claims[other].start - claims[at].start), default=None)


def check_sums(claims: Sequence[Claim], lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """The segments of a region against its members: three or more that add up, or that exceed them."""
    for whole_at, whole in enumerate(claims):
        if whole.metric is not Metric.MEMBERS or whole.modality is not Modality.REPORTED:
            continue
        parts = {
            (claim.segment, claim.value): at
            for at, claim in enumerate(claims)
            if claim.metric is Metric.SEGMENT_MEMBERS
            and claim.modality is Modality.REPORTED
            and claim.region is not None
            and same_place(whole, claim)
        }
        if len(parts) < 3 or whole.value < max(claims[at].value for at in parts.values()):
            continue
        total = Interval(0, 0)
        for at in parts.values():
            hedged = bounded(claims[at])
            total = total.plus(Interval(hedged.low, stated(claims[at]).high))
        # Fewer than the whole is a list that leaves some out; a part said twice, for nation and region, is not summed.
        fits, exceeds = total.meets(stated(whole)), total.low > bounded(whole).high
        if not fits and (not exceeds or len({segment for segment, _ in parts}) < len(parts)):
            continue
        computed = number(sum(claims[at].value for at in parts.values()), language)
        yield word_check(
            "sums",
            Verdict.OK if fits else Verdict.SUSPECT,
            (whole_at, *parts.values()),
            language,
            "ok_rounded" if fits and computed != number(whole.value, language) else None,
            expected=number(whole.value, language),
            got=computed,
            count=len(parts),
            whole=number(whole.value, language),
            computed=computed,
        )


def check_population_against_dukcapil(
    claims: Sequence[Claim], lookup: RegionLookup, language: Language
) -> Iterator[Check]:
    """Each population against Dukcapil's for the region, with the growth of the years between.

    `unknown` for a region split, merged or renamed since, and for figures so small that they are of a part of it.
    """
    seen = set()
    for at, claim in enumerate(claims):
        if claim.metric is not Metric.POPULATION or claim.modality is not Modality.REPORTED or claim.region is None:
            continue
        region = lookup(claim.region)
        if region is None or (claim.region, claim.value) in seen:
            continue
        seen.add((claim.region, claim.value))
        allowed = population_of(claim, lookup, None)
        verdict = Verdict.UNKNOWN
        if allowed is not None and claim.value > allowed.low / 2:
            verdict = Verdict.OK if allowed.meets(bounded(claim)) else Verdict.SUSPECT
        yield word_check(
            "population_against_dukcapil",
            verdict,
            (at,),
            language,
            expected=number(region.population, language),
            got=number(claim.value, language),
            stated=number(claim.value, language),
            region=region.name,
            counted=number(region.population, language),
        )


def check_change_against_levels(claims: Sequence[Claim], lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """A change in points against the two levels told with it: 97,99 to 98,97 is 0,98."""
    for at, change in enumerate(claims):
        if change.modality is not Modality.CHANGE or change.metric not in RATE_OF:
            continue
        levels = {
            claim.value: other
            for other, claim in enumerate(claims)
            if claim.metric is change.metric
            and claim.modality is Modality.REPORTED
            and same_place(change, claim)
            and abs(claim.sentence - change.sentence) <= 1
        }
        # "hampir 98 persen, tepatnya 97,99" is one level told twice, not a step between two.
        pairs = [
            (low, high)
            for low in levels
            for high in levels
            if low < high and not stated(claims[levels[low]]).meets(stated(claims[levels[high]]))
        ]
        fitting = [pair for pair in pairs if _difference(claims, levels, pair).meets(stated(change))]
        if not fitting and len(pairs) != 1:
            continue
        low, high = (fitting or pairs)[0]
        yield word_check(
            "change_against_levels",
            Verdict.OK if fitting else Verdict.SUSPECT,
            (at, levels[low], levels[high]),
            language,
            expected=number(round(high - low, 2), language),
            got=number(change.value, language),
            low=percent(low, language),
            high=percent(high, language),
            stated=number(change.value, language),
            computed=number(round(high - low, 2), language),
        )


def _difference(claims: Sequence[Claim], levels: Mapping[float, int], pair: tuple[float, float]) -> Interval:
    return stated(claims[levels[pair[1]]]).minus(stated(claims[levels[pair[0]]]))


def check_target_passed(claims: Sequence[Claim], lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """A target for a region that its reported rate has passed already."""
    for at, target in enumerate(claims):
        if target.modality is not Modality.TARGET or target.metric is not Metric.COVERAGE_RATE or target.region is None:
            continue
        reached = [
            other
            for other, claim in enumerate(claims)
            if claim.metric is target.metric
            and claim.modality is Modality.REPORTED
            and claim.region == target.region
            and stated(claim).low > target.value
        ]
        if reached:
            level = claims[reached[0]]
            yield word_check(
                "target_passed",
                Verdict.OK,
                (at, reached[0]),
                language,
                expected=percent(target.value, language),
                got=percent(level.value, language),
                target=percent(target.value, language),
                stated=percent(level.value, language),
            )


def check_weekdays(dates: Sequence[Mention[Period]], language: Language = "en") -> tuple[Check, ...]:
    """Each date that names its weekday, against the calendar: "Selasa (26/1/2026)" was a Monday."""
    names = load_sentences(language)["words"]["weekdays"]
    checks = []
    for mention in dates:
        said = printed_weekday(mention.raw)
        day = mention.value
        if said is None or day is None or day.precision is not Precision.DAY or not re.search(r"\d", mention.raw):
            continue
        actual = day.start.weekday()
        date = f"{day.start.day} {day.start:%B %Y}" if language == "en" else f"{day.start:%d/%m/%Y}"
        checks.append(
            word_check(
                "weekday_against_date",
                Verdict.OK if said == actual else Verdict.SUSPECT,
                (),
                language,
                expected=names[actual],
                got=names[said],
                date=date,
                weekday=names[actual],
                stated=names[said],
            )
        )
    return tuple(checks)


CHECKS: tuple[Callable[[Sequence[Claim], RegionLookup, Language], Iterator[Check]], ...] = (
    check_rate_against_counts,
    check_part_and_whole,
    check_complements,
    check_sums,
    check_population_against_dukcapil,
    check_label_against_arithmetic,
    check_change_against_levels,
    check_target_passed,
    check_one_value,
)
