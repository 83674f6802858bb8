"""Claims in the words of a sentence: the figure with its hedge, the people it counts, the region it is about."""

from __future__ import annotations

from extract.models import Claim, Metric, Unit
from extract.wording import Language, load_sentences, number, percent

MILLION = 1e6
ROUNDED = 1e4  # people: a figure of millions stated no finer is told as "2,41 juta"


def figure(claim: Claim, language: Language) -> str:
    """The figure as the text puts it, with its hedge and decimals: "hampir 93 persen", "64,90 persen", "2,4 juta"."""
    if claim.unit is Unit.PERCENT:
        told = percent(claim.value, language, decimals(claim.precision))
    elif claim.value >= MILLION and claim.precision >= ROUNDED:
        word: str = load_sentences(language)["words"]["million"]
        told = f"{number(round(claim.value / MILLION, 4), language)} {word}"
    else:
        told = number(claim.value, language)
    return hedged(claim, told, language)


def hedged(claim: Claim, told: str, language: Language) -> str:
    """`told` behind the claim's hedge."""
    hedge = load_sentences(language)["hedges"].get(claim.approx.value)
    return f"{hedge} {told}" if hedge else told


def decimals(precision: float) -> int:
    """How many decimals a figure of this precision has: 2 for 0.01."""
    return next((places for places in range(4) if precision >= 0.99 * 10**-places), 4)


def whom(claim: Claim, language: Language) -> str:
    """The figure with what it counts: "231.467 peserta aktif", "0,89 persen belum terdaftar"."""
    return noun(claim, language).format(figure=figure(claim, language))


def noun(claim: Claim, language: Language) -> str:
    """What a figure of this metric and segment counts, with {figure} where it stands."""
    sentences = load_sentences(language)
    if claim.segment is not None and claim.metric in {Metric.SEGMENT_MEMBERS, Metric.SEGMENT_RATE}:
        named: str = sentences["segments"][claim.segment.value]
        return named
    counted: str = sentences["nouns"][claim.metric.value]
    return counted


def where(claim: Claim, language: Language) -> str:
    """The opening of a sentence about the claim's region, "Di Kabupaten Tapin, "; empty where it has none."""
    name = claim.region_name or claim.region
    opening: str = load_sentences(language)["words"]["in_region"]
    return opening.format(region=name) if name else ""


def difference(one: float, other: float, claim: Claim, language: Language) -> str:
    """How far two values of the claim's unit are apart: "18", "0,02 poin persen"."""
    apart = abs(one - other)
    if claim.unit is not Unit.PERCENT:
        return number(round(apart), language)
    points: str = load_sentences(language)["words"]["points"]
    return points.format(value=number(round(apart, 2), language))
