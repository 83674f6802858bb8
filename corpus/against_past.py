"""A figure held against what earlier articles told of the same measure, by the rules of compare.toml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.compare.contradictions import is_moment
from corpus.compare.rules import Rules, load_rules
from corpus.compare.told import Told
from corpus.compare.trends import Lookup, find_jump, most_told, totals
from corpus.history import PastClaim
from corpus.wording import load_wording, word_day, word_figure
from extract.models import Check, Claim, Modality, Verdict
from extract.wording import Language

NAME = "earlier_claims"


def check_past(
    at: int, claim: Claim, published: dt.date | None, past: Sequence[PastClaim], lookup: Lookup, language: Language
) -> Iterator[Check]:
    """At the most one check of the claim at position `at` against earlier ones of its kind, as `word_check` makes them.

    `suspect` where they tell another value for the same time, or one from which no population could have come so far;
    `unknown` where they tell both this value and another one. Silent about what has no day, and what fits.
    """
    if claim.modality is not Modality.REPORTED or claim.suspect:
        return
    own, rules = _told(claim, published), load_rules()
    if own.day is None:
        return
    told = {one: old for old in past if (one := _told_before(own, old)).day and one.day <= own.day}
    same = [one for one in told if _is_of_same_time(own, one, rules)]
    other = [one for one in same if not one.interval.meets(own.interval)]
    if other:
        verdict, sentence = Verdict.SUSPECT, "contradicted"
        # "lebih dari 97 persen" is on no side.
        if any(not any(one.interval.meets(rival.interval) for rival in other) for one in same if one not in other):
            verdict, sentence = Verdict.UNKNOWN, "both_told"
        yield _word(at, verdict, sentence, own, told[most_told(other)], language)
        return
    before = [one for one in told if one.day and one.day < own.day]
    last = [one for one in before if one.day == max(_days(before))]
    if last and not same:
        nearest = most_told(totals(last, lookup, rules) or last)
        if find_jump(nearest, own, lookup, rules.jumps):
            yield _word(at, Verdict.SUSPECT, "jump", own, told[nearest], language)


def _days(claims: Iterable[Told]) -> Iterator[dt.date]:
    yield from (told.day for told in claims if told.day is not None)


def _is_of_same_time(own: Told, one: Told, rules: Rules) -> bool:
    """Whether two claims are dated to one moment, at which the region has one value of this measure."""
    moment = own.start is not None and own.end is not None and is_moment(own.start, own.end)
    dated = own.is_dated and one.is_dated and own.metric in rules.contradicting
    return moment and dated and (own.start, own.end) == (one.start, one.end)


def _told(claim: Claim, published: dt.date | None) -> Told:
    """The claim as it would be compared once it is stored."""
    period = claim.as_of
    days = [day for day in (period.end if period else None, published) if day is not None]
    return Told(
        claim_id="",
        article="",
        cluster=None,
        wire=None,
        outlet=None,
        published=published,
        region=claim.region,
        metric=claim.metric,
        segment=claim.segment,
        unit=claim.unit,
        value=claim.value,
        precision=claim.precision,
        approx=claim.approx,
        start=period.start if period else None,
        end=period.end if period else None,
        basis=claim.as_of_basis,
        day=min(days, default=None),
        objections=0,
        borne_out=False,
    )


def _told_before(own: Told, old: PastClaim) -> Told:
    """An earlier claim on the region of `own`, as one beside it."""
    known = old.claim
    return replace(
        own,
        claim_id=old.claim_id,
        article=old.article,
        published=old.published,
        metric=known.metric,
        segment=known.segment,
        unit=known.unit,
        value=known.value,
        precision=known.precision,
        approx=known.approx,
        start=old.start,
        end=old.end,
        basis=old.basis,
        day=known.day,
    )


def _word(at: int, verdict: Verdict, sentence: str, own: Told, old: PastClaim, language: Language) -> Check:
    earlier = word_figure(old.claim.value, old.claim.unit, old.claim.approx, language)
    value = word_figure(own.value, own.unit, own.approx, language)
    fill = {"earlier": earlier, "value": value, "day": word_day(old.claim.day, language)}
    message = load_wording(language)["past"][sentence].format(**fill, source=old.url or old.claim.source)
    return Check(NAME, verdict, (at,), earlier, value, message)
