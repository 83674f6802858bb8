"""The whole way through the rooms: mentions, claims, repair, checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from extract import __version__
from extract.checks.between import check_claims
from extract.checks.dates import check_weekday_against_date
from extract.checks.length import check_read_in_full, cut_to_length
from extract.claims import find_claims
from extract.context import lay_out
from extract.language import mentions_of, read_headline, read_mentions
from extract.mentions.amounts import find_region_numbers, find_rupiah
from extract.models import Article, Claim, Extraction, Figure, Mention, MentionKind, Period
from extract.regions.gazetteer import load_gazetteer
from extract.repair.arithmetic import History, no_history
from extract.repair.decide import repair_claims
from extract.wording import Language


def extract(article: Article, language: Language = "en", history: History = no_history) -> Extraction:
    """All mentions, claims and checks of one article; messages of checks and repairs in `language` ("en" or "id").

    `history` gives earlier claims on a region, where a database is at hand: more witnesses for a garbled figure.
    An article without text gives an Extraction without mentions and claims. Nothing odd in a text raises; of one that
    is longer than any article the beginning is read, and a check says so.
    """
    whole, article = article, cut_to_length(article)
    doc = read_mentions(article)
    gazetteer = load_gazetteer()
    regions = mentions_of(doc, MentionKind.REGION)
    context = lay_out(
        article=article,
        doc=doc,
        figures=(
            *mentions_of(doc, MentionKind.PERCENT),
            *mentions_of(doc, MentionKind.COUNT),
            *find_rupiah(doc),
            # "Kabupaten Lima Puluh Kota" is one kabupaten, not fifty kota.
            *(number for number in find_region_numbers(doc) if not any(map(number.overlaps, regions))),
        ),
        dates=mentions_of(doc, MentionKind.DATE),
        regions=regions,
        headline=read_headline(article),
        speakers=mentions_of(doc, MentionKind.SPEAKER),
        cues=doc._.cues,
    )
    found = find_claims(context, gazetteer.get("0"))
    year = year_of(article, (date.mention for date in context.dates))
    claims = repair_claims(found, gazetteer.get, year, language, history)
    mentions = sorted(
        (mention for found in doc._.mentions.values() for mention in found),
        key=lambda mention: (mention.start, mention.end),
    )
    return Extraction(
        article_id=article.id,
        version=__version__,
        mentions=give_meant_values(mentions, claims),
        claims=claims,
        checks=(
            *check_read_in_full(whole, language),
            *check_claims(claims, gazetteer.get, language),
            *check_weekday_against_date(
                mentions_of(doc, MentionKind.DATE), language, year_known=article.published is not None
            ),
        ),
    )


def year_of(article: Article, dates: Iterable[Mention[Period]]) -> int | None:
    """The year that the article is about: of publication, else the latest that its text names."""
    if article.published is not None:
        return article.published.year
    return max((date.value.end.year for date in dates if date.value is not None), default=None)


def give_meant_values(mentions: Sequence[Mention[Any]], claims: Sequence[Claim]) -> tuple[Mention[Any], ...]:
    """The mentions with the values and hedges that the claims on them ended up with."""
    decided = {(claim.start, claim.end): claim for claim in claims}

    def meant(mention: Mention[Any]) -> Mention[Any]:
        claim = decided.get((mention.start, mention.end))
        if claim is None or not isinstance(mention.value, Figure):
            return mention
        if (claim.value, claim.approx) == (mention.value.value, mention.value.approx):
            return mention
        return replace(mention, value=replace(mention.value, value=claim.value, approx=claim.approx))

    return tuple(meant(mention) for mention in mentions)
