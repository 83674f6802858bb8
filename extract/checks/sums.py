"""Numbers of people that add up: the segments of a region's members, the regions of a province or of a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extract.checks.messages import word_check
from extract.checks.neighbours import Neighbours
from extract.checks.phrases import difference, where, whom
from extract.checks.rounding import bears_out
from extract.errors import UnknownRegionCode
from extract.models import Check, Claim, Metric, Modality, Region, Segment, Unit, Verdict
from extract.repair.arithmetic import NATION, Interval, RegionLookup, bounded, same_time, stated
from extract.wording import Language, number, percent

ALL = 100.0  # percent
NO_SHARES = 120.0  # percent: what adds up to more has no slip in one share, it is of something else
FEWEST = 3  # parts that make a list: two numbers add up to a third by chance
NEAR_SUM = 0.03  # of the sum: a total without a region that is so near to it, but not it, was meant to be it
OF_ONE_KIND = 0.25  # of the whole: regions that make more than that above or below it are counted in another way
LIST_ENDS = 1  # sentences between a list and its total

Kind = tuple[Metric, Segment | None]
Listed = Mapping[str, int]
"""The one claim of each region of a list, by code."""


def check_sums(near: Neighbours, lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """Segments against the members of their region, and regions against the total of their province or of the list.

    Three parts or more that add up are `ok`, parts that exceed their whole `suspect`; so are all five segments, or
    all kabupaten and kota of a province, that fall short of it. Where a list may leave some out, it is `unknown`.
    """
    yield from _check_segments(near.claims, language)
    yield from _check_shares(near.claims, language)
    yield from _check_regions(near.claims, lookup, language)


def _check_segments(claims: Sequence[Claim], language: Language) -> Iterator[Check]:
    segments: dict[str, dict[tuple[Segment | None, float], int]] = defaultdict(dict)
    for at, claim in enumerate(claims):
        if claim.region and claim.metric is Metric.SEGMENT_MEMBERS and claim.modality is Modality.REPORTED:
            segments[claim.region][claim.segment, claim.value] = at
    told = set()
    for whole_at, whole in enumerate(claims):
        if whole.metric is not Metric.MEMBERS or whole.modality is not Modality.REPORTED or whole.region is None:
            continue
        if (whole.region, whole.value) in told:
            continue
        told.add((whole.region, whole.value))
        parts = segments.get(whole.region, {})
        if len(parts) < FEWEST or whole.value < max(value for _, value in parts):
            continue
        total = _total(claims, list(parts.values()))
        names = {segment for segment, _ in parts}
        of_one_time = all(same_time(claims[at], whole) for at in parts.values())
        if total.meets(stated(whole)):
            verdict, sentence = _agreement(claims, list(parts.values()), whole, "segments")
        elif len(names) < len(parts) or not of_one_time:
            continue  # a part said twice, for nation and region or then and now, is not summed
        elif total.low > bounded(whole).high:
            verdict, sentence = Verdict.SUSPECT, "suspect_segments"
        elif total.high < bounded(whole).low:
            complete = names == set(Segment)
            verdict = Verdict.SUSPECT if complete else Verdict.UNKNOWN
            sentence = "suspect_segments" if complete else "unknown_segments"
        else:
            continue
        yield _word(verdict, sentence, whole_at, tuple(parts.values()), claims, language)


def _check_shares(claims: Sequence[Claim], language: Language) -> Iterator[Check]:
    """Shares of segments told side by side: no more than 100; less may be shares of all inhabitants.

    Silent where a region covers more than its inhabitants: then shares of these go over 100 too; and where they go
    far over, as rates of activity do: "PPU 96,3 persen, mandiri 48,7 persen, BP 91,2 persen".
    """
    over = {claim.region for claim in claims if claim.metric is Metric.COVERAGE_RATE and claim.value > ALL}
    lists: dict[tuple[str | None, int], dict[Segment | None, int]] = defaultdict(dict)
    for at, claim in enumerate(claims):
        if claim.metric is Metric.SEGMENT_RATE and claim.modality is Modality.REPORTED and claim.region not in over:
            lists[claim.region, claim.sentence].setdefault(claim.segment, at)
    for parts in lists.values():
        total = _total(claims, list(parts.values()))
        if len(parts) < FEWEST or total.high < ALL or total.low > NO_SHARES:
            continue
        first, made = claims[next(iter(parts.values()))], sum(claims[at].value for at in parts.values())
        yield word_check(
            "sums",
            Verdict.OK if total.low <= ALL else Verdict.SUSPECT,
            tuple(parts.values()),
            language,
            "ok_shares" if total.low <= ALL else "suspect_shares",
            expected=percent(ALL, language),
            got=percent(made, language),
            where=where(first, language),
            count=len(parts),
            computed=percent(made, language),
        )


def _check_regions(claims: Sequence[Claim], lookup: RegionLookup, language: Language) -> Iterator[Check]:
    listed = _lists(claims)
    for whole_at, whole in enumerate(claims):
        if whole.unit is not Unit.PEOPLE or whole.modality is not Modality.REPORTED:
            continue
        kind = whole.metric, whole.segment
        if whole.region is None:
            yield from _check_list(claims, whole_at, listed.get(kind, {}), language)
            continue
        if not _has_regions(whole.region):
            continue
        parts = {
            code: at
            for code, at in listed.get(kind, {}).items()
            if _is_part(code, whole.region) and same_time(claims[at], whole)
        }
        if len(parts) < FEWEST:
            continue
        total, positions = _total(claims, list(parts.values())), tuple(parts.values())
        if not total.meets(_within(whole, OF_ONE_KIND)):
            continue
        complete = len(parts) == sum(1 for _ in iter_parts(whole.region, lookup))
        if total.meets(stated(whole)) and (complete or len(parts) > FEWEST):
            yield _word(*_agreement(claims, positions, whole, "regions"), whole_at, positions, claims, language)
        elif total.low > bounded(whole).high or (complete and total.high < bounded(whole).low):
            yield _word(Verdict.SUSPECT, "suspect_regions", whole_at, positions, claims, language)


def _check_list(claims: Sequence[Claim], whole_at: int, listed: Listed, language: Language) -> Iterator[Check]:
    """A total without a region against the regions told beside it: "Total peserta ketiga daerah itu 812.300 jiwa"."""
    whole = claims[whole_at]
    beside = [at for at in listed.values() if abs(claims[at].sentence - whole.sentence) <= LIST_ENDS]
    if len(beside) < FEWEST:
        return
    total = _total(claims, beside)
    if total.meets(stated(whole)):
        yield _word(*_agreement(claims, beside, whole, "regions"), whole_at, tuple(beside), claims, language)
    elif total.meets(_within(whole, NEAR_SUM)) and not total.meets(bounded(whole)):
        yield _word(Verdict.SUSPECT, "suspect_regions", whole_at, tuple(beside), claims, language)


def _lists(claims: Sequence[Claim]) -> Mapping[Kind, Listed]:
    """What is told of regions, by metric and segment; a region with two values of one kind is told then and now."""
    values: dict[Kind, dict[str, dict[float, int]]] = defaultdict(lambda: defaultdict(dict))
    for at, claim in enumerate(claims):
        if claim.unit is Unit.PEOPLE and claim.modality is Modality.REPORTED and claim.region is not None:
            values[claim.metric, claim.segment][claim.region].setdefault(claim.value, at)
    return {
        kind: {code: next(iter(told.values())) for code, told in regions.items() if len(told) == 1}
        for kind, regions in values.items()
    }


def iter_parts(code: str, lookup: RegionLookup) -> Iterator[Region]:
    """The kabupaten and kota of a province, the provinces of the nation."""
    for part in range(1, 100):
        try:
            region = lookup(str(part) if code == NATION else f"{code}.{part:02}")
        except UnknownRegionCode:
            continue
        if region is not None:
            yield region


def _has_regions(code: str) -> bool:
    return "." not in code


def _is_part(code: str, whole: str) -> bool:
    """Whether a region lies right below another: a kabupaten in its province, a province in the nation."""
    return (code != NATION and "." not in code) if whole == NATION else code.startswith(f"{whole}.")


def _within(whole: Claim, slack: float) -> Interval:
    return Interval(whole.value * (1 - slack), whole.value * (1 + slack))


def _total(claims: Sequence[Claim], parts: Sequence[int]) -> Interval:
    total = Interval(0, 0)
    for at in parts:
        total = total.plus(Interval(bounded(claims[at]).low, stated(claims[at]).high))
    return total


def _agreement(claims: Sequence[Claim], parts: Sequence[int], whole: Claim, kind: str) -> tuple[Verdict, str]:
    """The verdict and sentence of parts that may make their whole: whether that says something."""
    if bears_out(_total(claims, parts), sum(claims[at].value for at in parts), stated(whole)):
        return Verdict.OK, f"ok_{kind}"
    return Verdict.UNKNOWN, f"unknown_{kind}_rough"


def _word(
    verdict: Verdict, sentence: str, whole_at: int, parts: tuple[int, ...], claims: Sequence[Claim], language: Language
) -> Check:
    whole, total = claims[whole_at], sum(claims[at].value for at in parts)
    exact = number(total, language) == number(whole.value, language)
    return word_check(
        "sums",
        verdict,
        (whole_at, *parts),
        language,
        sentence if exact or verdict is not Verdict.OK else f"{sentence}_rounded",
        expected=number(whole.value, language),
        got=number(total, language),
        where=where(whole, language),
        count=len(parts),
        whole=whom(whole, language),
        computed=number(total, language),
        difference=difference(total, whole.value, whole, language),
    )
