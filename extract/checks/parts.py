"""A number of people against the number that it is part of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.checks.messages import word_check
from extract.checks.neighbours import Neighbours
from extract.checks.phrases import where, whom
from extract.models import Approx, Check, Claim, Metric, Unit, Verdict
from extract.repair.arithmetic import WHOLES_OF, RegionLookup, bounded, stated
from extract.wording import Language, number

STATUS = (Metric.ACTIVE_MEMBERS, Metric.INACTIVE_MEMBERS)
ONE_AREA = 5  # times its whole: a part larger than that is of another area


def check_part_and_whole(near: Neighbours, lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """Each part against its whole: a segment is no more than the members, the unregistered no more than all.

    More members than inhabitants is `unknown`: registrations are newer than the population they are counted against.
    """
    claims = near.claims
    for part_at, part in enumerate(claims):
        if part.unit is not Unit.PEOPLE or part.metric not in WHOLES_OF:
            continue
        wholes = near.tied_to(part_at, WHOLES_OF[part.metric])
        if part.metric in STATUS:  # against the members they have a check of their own
            wholes = [at for at in wholes if claims[at].metric is Metric.POPULATION]
        whole_at = _nearest_whole(claims, part, wholes)
        if whole_at is None:
            continue
        whole = claims[whole_at]
        verdict = Verdict.OK
        if _exceeds(part, whole):
            if part.sentence != whole.sentence:
                continue  # too far apart to be of one area
            registered = whole.metric is Metric.POPULATION and part.metric is not Metric.UNCOVERED
            verdict = Verdict.UNKNOWN if registered else Verdict.SUSPECT
        elif stated(part).low > stated(whole).high:
            continue
        yield _check("part_and_whole", verdict, (part_at, whole_at), claims, language)


def check_active_within_registered(near: Neighbours, lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """Members of active or inactive status against all that are registered: of 244.956 no 300.000 can be active.

    `unknown` where the two stand in different sentences: they may be of different times or areas.
    """
    claims = near.claims
    for part_at, part in enumerate(claims):
        if part.metric not in STATUS or part.unit is not Unit.PEOPLE:
            continue
        whole_at = _nearest_whole(claims, part, near.tied_to(part_at, (Metric.MEMBERS,)))
        if whole_at is None:
            continue
        whole = claims[whole_at]
        verdict = Verdict.OK
        if _exceeds(part, whole):
            verdict = Verdict.SUSPECT if part.sentence == whole.sentence else Verdict.UNKNOWN
        elif stated(part).low > stated(whole).high:
            continue
        yield _check("active_within_registered", verdict, (part_at, whole_at), claims, language)


def _nearest_whole(claims: Sequence[Claim], part: Claim, wholes: Sequence[int]) -> int | None:
    """The whole in the nearest sentence, of several the largest; one far smaller than the part is of another area."""
    alike = [at for at in wholes if part.value <= ONE_AREA * claims[at].value]
    return min(alike, key=lambda at: (abs(claims[at].sentence - part.sentence), -claims[at].value), default=None)


def _exceeds(part: Claim, whole: Claim) -> bool:
    """Whether the part is more than its whole, whatever the hedges leave open.

    Of "lebih dari 200 ribu peserta" 230.000 may be active.
    """
    return stated(part).low > stated(whole).high and bounded(part).low > bounded(whole).high


def _check(name: str, verdict: Verdict, at: tuple[int, int], claims: Sequence[Claim], language: Language) -> Check:
    part, whole = claims[at[0]], claims[at[1]]
    return word_check(
        name,
        verdict,
        at,
        language,
        expected=f"<= {number(whole.value, language)}",
        got=number(part.value, language),
        where=where(part, language),
        part=whom(part, language),
        whole=whom(replace(whole, approx=Approx.EXACT), language),  # not "no more than more than 60 juta"
    )
