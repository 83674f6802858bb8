"""Percentages against the counts they stand beside, and against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from extract.checks.messages import word_check
from extract.checks.neighbours import Neighbours, told_of_one_day
from extract.checks.phrases import decimals, difference, figure, where, whom
from extract.checks.rounding import bears_out
from extract.models import Approx, Check, Claim, Metric, Unit, Verdict
from extract.repair.arithmetic import (
    COMPLEMENTS,
    RATE_OF,
    REST_RATES,
    Interval,
    RegionLookup,
    bounded,
    in_print,
    loose,
    same_time,
    share,
    stated,
)
from extract.wording import Language, load_sentences, number, percent

ALL = Interval(100, 100)


def check_rate_against_counts(near: Neighbours, lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """Each percentage against the two counts it ties together: 74,24% and 244.956 of 329.934.

    `unknown` where the text gives rate and counts for different times, or so roughly that they neither agree nor
    disagree: "lebih dari 200 ribu dari 250.000 jiwa atau 92 persen", "1,88 dari 1,9 juta jiwa atau 93 persen".
    """
    claims = near.claims
    for rate_at, part_at, whole_at, fits in near.triads:
        rate, part, whole = claims[rate_at], claims[part_at], claims[whole_at]
        computed, counted = _computed(part, whole, rate, language), share(in_print(part), in_print(whole))
        allowed = _allowed(rate)
        borne_out = counted.meets(allowed) and (
            _lies_within(counted, allowed) or (fits and bears_out(counted, _percentage(part, whole), allowed))
        )
        verdict, sentence = Verdict.OK, None
        if fits and not borne_out:
            verdict = Verdict.UNKNOWN  # "sekitar 98 persen" is not wrong beside 99,95, but nothing bears it out
        elif borne_out and rate.approx is not Approx.EXACT:
            sentence = "ok_hedged"
        elif borne_out:
            sentence = None if computed == _plain(rate, language) else "ok_rounded"
        elif share(bounded(part), bounded(whole)).meets(bounded(rate)):
            verdict = Verdict.UNKNOWN  # "lebih dari 200 ribu" may be 230.000
        elif not same_time(rate, part):
            verdict, sentence = Verdict.UNKNOWN, "unknown_time"
        else:
            verdict = Verdict.SUSPECT
        yield word_check(
            "rate_against_counts",
            verdict,
            (rate_at, part_at, whole_at),
            language,
            sentence,
            expected=computed,
            got=_plain(rate, language),
            where=where(rate, language),
            stated=figure(rate, language),
            part=whom(part, language),
            whole=whom(whole, language),
            computed=computed,
        )


def _plain(rate: Claim, language: Language) -> str:
    return percent(rate.value, language, decimals(rate.precision))


def _allowed(rate: Claim) -> Interval:
    """What a rate says outright: more than 95 persen is anything above 95, about 98 persen what is printed as 98."""
    match rate.approx:
        case Approx.OVER | Approx.AT_LEAST:
            return Interval(rate.value, float("inf"))
        case Approx.UNDER | Approx.UP_TO:
            return Interval(0.0, rate.value)
        case Approx.NEARLY:
            return Interval(stated(rate).low, rate.value)
        case _:
            return in_print(rate)


def _lies_within(found: Interval, allowed: Interval) -> bool:
    """Whether counts leave no doubt: 97,87 is "lebih dari 95 persen", all that rounds to it too."""
    return allowed.low <= found.low and found.high <= allowed.high


def _percentage(part: Claim, whole: Claim) -> float:
    return 100 * part.value / whole.value if whole.value else 0.0


def _computed(part: Claim, whole: Claim, rate: Claim, language: Language) -> str:
    """The share of the counts, with the decimals of the rate where it has two or more: 55,60 beside 55,63."""
    if not whole.value:
        return "?"
    places = decimals(rate.precision)
    return percent(_percentage(part, whole), language, places if places >= 2 else None)


MAKE_WHOLE: Mapping[Metric, tuple[Metric, Metric | None]] = {
    **{rate: (rest, None) for rate, rest in REST_RATES.items()},
    **COMPLEMENTS,
}
"""What a figure makes a whole with, and that whole; None for 100 percent."""


def check_complements(near: Neighbours, lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """Registered and not registered, active and inactive: percentages to 100, counts to their whole.

    Active and inactive shares of the population (78 and 19,88, the rest unregistered) need not make 100: where the
    two stay below, the check is silent. `unknown` where more are registered than there are inhabitants: members
    from elsewhere leave room for people who are not.
    """
    claims = near.claims
    for one_at, one in enumerate(claims):
        if one.metric not in MAKE_WHOLE:
            continue
        other_metric, whole_metric = MAKE_WHOLE[one.metric]
        other_at = near.nearest(one_at, other_metric)
        if other_at is None or abs(claims[other_at].sentence - one.sentence) > 1:
            continue
        whole_at = near.nearest(one_at, whole_metric) if whole_metric else None
        if whole_metric and whole_at is None:
            continue
        check = _check_complement(claims, one_at, other_at, whole_at, language)
        if check is not None:
            yield check
    yield from _check_rest(near, language)


def _check_complement(
    claims: Sequence[Claim], one_at: int, other_at: int, whole_at: int | None, language: Language
) -> Check | None:
    one, other = claims[one_at], claims[other_at]
    whole = claims[whole_at] if whole_at is not None else None
    made, of = stated(one).plus(stated(other)), stated(whole) if whole else ALL
    if one.metric is Metric.ACTIVE_RATE and made.high < 100:
        return None
    verdict = Verdict.OK if made.meets(of) else Verdict.SUSPECT
    if verdict is Verdict.SUSPECT:
        if other.sentence != one.sentence and (whole is None or not told_of_one_day(one, other)):
            return None
        if bounded(one).plus(bounded(other)).meets(bounded(whole) if whole else ALL):
            return None
        if one.metric in {Metric.COVERAGE_RATE, Metric.MEMBERS} and stated(one).low > of.high:
            verdict = Verdict.UNKNOWN
    total, due = one.value + other.value, whole.value if whole else 100.0
    sentence = None
    if verdict is Verdict.OK and not bears_out(made, total, of):
        verdict, sentence = Verdict.UNKNOWN, "unknown_rough"
    show = percent if one.unit is Unit.PERCENT else number
    return word_check(
        "complements",
        verdict,
        (one_at, other_at) if whole_at is None else (one_at, other_at, whole_at),
        language,
        "ok_rounded" if verdict is Verdict.OK and show(total, language) != show(due, language) else sentence,
        expected=show(due, language),
        got=show(total, language),
        where=where(one, language),
        one=whom(one, language),
        other=whom(other, language),
        whole=whom(whole, language) if whole else percent(100, language),
        computed=show(total, language),
        difference=difference(total, due, one, language),
    )


def _check_rest(near: Neighbours, language: Language) -> Iterator[Check]:
    """A rate against the people it leaves, where the text gives neither those it counts nor the share of the rest.

    "Cakupan 96 persen dari 350.000 penduduk. Yang belum terdaftar 24.000 jiwa": 24.000 are 6,86 persen.
    """
    claims = near.claims
    for rate_at, rate in enumerate(claims):
        if rate.metric not in REST_RATES or rate.value > ALL.high:
            continue
        part, rest_rate = RATE_OF[rate.metric], REST_RATES[rate.metric]
        rest, whole = COMPLEMENTS[part]
        rests = near.tied_to(rate_at, (rest,))
        if len(rests) != 1 or near.tied_to(rate_at, (part, rest_rate)):
            continue
        wholes = near.tied_to(rate_at, (whole,))
        if len(wholes) != 1:
            continue
        left, of = claims[rests[0]], claims[wholes[0]]
        apart = max(abs(other.sentence - rate.sentence) for other in (left, of))
        if apart > 1 or (apart and not told_of_one_day(rate, left)):
            continue
        made = share(loose(left), loose(of)).plus(stated(rate))
        fits = made.meets(ALL)
        if not fits and share(bounded(left), bounded(of)).plus(bounded(rate)).meets(ALL):
            continue
        computed = _percentage(left, of)
        verdict = Verdict.SUSPECT
        if fits:
            verdict = Verdict.OK if bears_out(made, rate.value + computed, ALL) else Verdict.UNKNOWN
        yield word_check(
            "complements",
            verdict,
            (rate_at, rests[0], wholes[0]),
            language,
            f"{verdict.value}_rest",
            expected=percent(100, language),
            got=percent(rate.value + computed, language),
            where=where(rate, language),
            one=whom(rate, language),
            other=whom(left, language),
            whole=whom(of, language),
            computed=percent(computed, language),
            made=percent(rate.value + computed, language),
        )


LABELS: Mapping[Metric, tuple[tuple[Metric, str, Metric], ...]] = {
    Metric.COVERAGE_RATE: (
        (Metric.MEMBERS, "suspect_population", Metric.POPULATION),
        (Metric.POPULATION, "suspect_members", Metric.MEMBERS),
    ),
    Metric.ACTIVE_RATE: ((Metric.ACTIVE_MEMBERS, "suspect_registered", Metric.MEMBERS),),
}
"""Of a rate and two counts of one name: the name, and what the count must be for which the name is wrong."""

LEAST_COVERED = 50  # percent: what is lower is rather a share of something else, "10 persen dari peserta mengunduh"
CALLED_MEMBERS = "peserta"
UNSAID = {"metric.default", "metric.carried"}
"""The rules that name a count for which the text has no name of its own: nothing is called wrongly there."""


def check_label_against_arithmetic(near: Neighbours, lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """Two counts of one name with the share between them: 2.678.471 of "2.759.103 peserta" is 97,08 persen.

    Silent where counts of the right names bear the percentage out, where the text itself gives no name, and where
    either of the two could be the part, at 100 persen.
    """
    claims = near.claims
    words = load_sentences(language)["nouns_alone"]
    for rate_at, wrong, right, sentence, meant in iter_mislabelled(near):
        named, other, rate = claims[wrong], claims[right], claims[rate_at]
        yield word_check(
            "label_against_arithmetic",
            Verdict.SUSPECT,
            (wrong, right, rate_at),
            language,
            sentence,
            expected=words[meant.value],
            got=words[(Metric.MEMBERS if named.metric is meant else named.metric).value],
            where=where(named, language),
            stated=figure(named, language),
            part=figure(other, language),
            rate=figure(rate, language),
        )


def iter_mislabelled(near: Neighbours) -> Iterator[tuple[int, int, int, str, Metric]]:
    """Positions of a rate, of the count that bears a wrong name and of the other; the sentence, the right metric."""
    claims = near.claims
    explained = set()
    for rate_at, part_at, whole_at, fits in near.triads:
        if not fits:
            continue
        explained.add(rate_at)
        # "223.352 peserta dari 226.323 peserta" is of the population, whatever the second is called.
        whole = claims[whole_at]
        if whole.metric is Metric.POPULATION and CALLED_MEMBERS in whole.raw.lower().split():
            yield rate_at, whole_at, part_at, "suspect_population", Metric.POPULATION
    for rate_at, rate in enumerate(claims):
        if rate_at in explained or rate.value < LEAST_COVERED:
            continue
        for metric, sentence, meant in LABELS.get(rate.metric, ()):
            named = [at for at in near.tied_to(rate_at, (metric,)) if claims[at].sentence == rate.sentence]
            for one_at, other_at in combinations(named, 2):
                if loose(claims[one_at]).meets(loose(claims[other_at])):
                    continue
                orders = [
                    (part_at, whole_at)
                    for part_at, whole_at in ((one_at, other_at), (other_at, one_at))
                    if share(stated(claims[part_at]), stated(claims[whole_at])).meets(stated(rate))
                ]
                if len(orders) != 1:
                    continue
                part_at, whole_at = orders[0]
                wrong, right = (part_at, whole_at) if metric is Metric.POPULATION else (whole_at, part_at)
                if not any(reason.rule in UNSAID for reason in claims[wrong].reasons):
                    yield rate_at, wrong, right, sentence, meant
