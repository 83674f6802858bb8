"""Populations, and shares of them, against the register of inhabitants."""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.messages import word_check
from extract.checks.neighbours import Neighbours
from extract.checks.phrases import decimals, figure, whom
from extract.checks.rates import iter_mislabelled
from extract.models import SAID, Check, Claim, Metric, Modality, Verdict
from extract.repair.arithmetic import (
    OF_ALL_PEOPLE,
    RATE_OF,
    WHOLES_OF,
    Interval,
    RegionLookup,
    bounded,
    loose,
    population_of,
    share,
    stated,
    whole_from,
)
from extract.wording import Language, number, percent

OLDEST = 3  # years that a population told without a date may be older than the article
CENSUS = 0.75
"""How far a count by BPS may lie below the register of Dukcapil, as a share of it.

Where people are registered who live elsewhere, the register holds more names than the census finds people: of Maluku
Barat Daya the census of 2020 counted 81,928, Dukcapil at the end of 2024 97,020, and projections before it 74,581.
"""


def check_population_against_dukcapil(near: Neighbours, lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """Each population against Dukcapil's for the region, with the growth of the years between.

    `unknown` for a region split, merged or renamed since, for a figure so small that it is of a part of the region,
    and for one that may be of the census. Silent for a figure that arithmetic shows to be none of population.
    """
    seen = set()
    wrong = {at for _, at, _, _, meant in iter_mislabelled(near) if meant is not Metric.POPULATION}
    for at, claim in enumerate(near.claims):
        if claim.metric is not Metric.POPULATION or claim.modality is not Modality.REPORTED or claim.region is None:
            continue
        region = lookup(claim.region)
        if region is None or at in wrong or (claim.region, claim.value) in seen:
            continue
        seen.add((claim.region, claim.value))
        allowed = _allowed(claim, lookup)
        verdict, sentence = Verdict.UNKNOWN, None
        if allowed is None:
            sentence = "unknown_area"
        elif allowed.meets(bounded(claim)):
            verdict = Verdict.OK
        elif bounded(claim).high < allowed.low / 2:
            sentence = "unknown_part"
        elif CENSUS * allowed.low < bounded(claim).high < allowed.low:
            sentence = "unknown_census"
        elif bounded(claim).high < allowed.low and not _names_all(claim):
            sentence = "unknown_part"
        else:
            verdict = Verdict.SUSPECT
        yield word_check(
            "population_against_dukcapil",
            verdict,
            (at,),
            language,
            sentence,
            expected=number(region.population, language),
            got=number(claim.value, language),
            stated=figure(claim, language),
            region=region.name,
            counted=number(region.population, language),
            since=region.since or "",
        )


def check_share_against_dukcapil(near: Neighbours, lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """A rate with its count in one sentence, and no whole, against Dukcapil's: 15 persen or 90.000, of 359.661.

    `suspect` where the count would be that share of more people than the region named can have. `unknown` where it is
    another share of Dukcapil's, which counts more people than BPS and others than the year before; `ok` where it is
    that very one. Silent about a share of far fewer people, such as the workers of the region, and where a whole is
    told nearby.
    """
    claims = near.claims
    for rate_at, rate in enumerate(claims):
        part_metric = RATE_OF.get(rate.metric)
        if part_metric not in OF_ALL_PEOPLE or rate.modality is not Modality.REPORTED or rate.region is None:
            continue
        beside = [at for at in near.tied_to(rate_at, (part_metric,)) if claims[at].sentence == rate.sentence]
        rivals = [at for at in near.tied_to(rate_at, (rate.metric,)) if claims[at].sentence == rate.sentence]
        region, allowed = lookup(rate.region), _allowed(rate, lookup)
        if len(beside) != 1 or rivals or region is None or allowed is None:
            continue
        if near.tied_to(rate_at, WHOLES_OF[part_metric]):
            continue
        part = claims[beside[0]]
        whole, counted = whole_from(bounded(rate), bounded(part)), share(loose(part), _exactly(region.population))
        verdict = Verdict.UNKNOWN
        if whole.low > allowed.high and (_names_region(rate) or _names_region(part)):
            verdict = Verdict.SUSPECT
        elif counted.meets(stated(rate)):
            verdict = Verdict.OK
        elif whole.high < allowed.low / 2:
            continue
        due = 100 * part.value / rate.value if rate.value else 0.0
        yield word_check(
            "share_against_dukcapil",
            verdict,
            (rate_at, beside[0]),
            language,
            expected=percent(100 * part.value / region.population, language, decimals(rate.precision)),
            got=percent(rate.value, language, decimals(rate.precision)),
            part=whom(part, language),
            stated=figure(rate, language),
            computed=percent(100 * part.value / region.population, language, max(decimals(rate.precision), 1)),
            region=region.name,
            counted=number(region.population, language),
            whole=number(float(f"{due:.2g}"), language),
        )


def _names_region(claim: Claim) -> bool:
    """Whether the region stands in the text beside the figure; what is only carried to it may be of a larger area."""
    return any(reason.field == "region" and reason.cue is not None for reason in claim.reasons)


def _exactly(people: float) -> Interval:
    return Interval(people, people)


def _allowed(claim: Claim, lookup: RegionLookup) -> Interval | None:
    """What the population can have been when the text counts it, else in the years before it was written."""
    if claim.as_of is None or claim.as_of_basis in SAID:
        return population_of(claim, lookup, None)
    year = claim.as_of.start.year
    ends = [population_of(claim, lookup, counted) for counted in (year - OLDEST, year)]
    known = [interval for interval in ends if interval is not None]
    if len(known) < len(ends):
        return None
    return Interval(min(interval.low for interval in known), max(interval.high for interval in known))


def _names_all(claim: Claim) -> bool:
    """Whether the text says of whom before it counts them: "berpenduduk 125.408 jiwa".

    "100.044 jiwa penduduk Kabupaten Bangka Tengah" may be some of them.
    """
    return all(
        reason.start is not None and reason.start < claim.start for reason in claim.reasons if reason.field == "metric"
    )
