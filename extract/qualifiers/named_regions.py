"""Which names a figure can be about: no dateline, apposition, branch town, nor what others are only compared in."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise

from extract.context import Context, Placed, Row
from extract.models import Region, RegionLevel
from extract.qualifiers.lists import is_indirect
from extract.sentences import LineKind
from extract.wordlists import word_list

NATION = "0"
WIDE = frozenset({RegionLevel.PROVINCE, RegionLevel.NATION})
DATA_ANCHORS = word_list("data_anchors")
SUPERLATIVES = word_list("superlatives")


def is_wide(region: Region | None) -> bool:
    return region is not None and region.level in WIDE


@lru_cache(maxsize=1)
def named_subjects(context: Context) -> Row[Placed[Region]]:
    """The names that a figure can be about."""
    return Row.of([placed for placed in context.regions if names_a_subject(context, placed)])


def names_a_subject(context: Context, placed: Placed[Region]) -> bool:
    return (
        placed.mention.value is not None
        and not placed.mention.branch
        and not is_stage(context, placed)
        and placed.ordinal not in appositions(context)
        and not is_indirect(context, placed)
        and not is_compared_in(context, placed)
    )


def is_stage(context: Context, placed: Placed[Region]) -> bool:
    """Whether a name only tells where something was said or written: a dateline, or `di Jakarta, Selasa (27/1)`."""
    if placed.mention.stage:
        return True
    after = context.words(placed.last + 1, placed.last + 3)
    before = context.words(placed.first - 2, placed.first - 1)
    at_start = placed.first - context.sentence_tokens[placed.sentence][0] <= 6
    if after and at_start and (after[0] in {"-", "–", "—"} or (after[0] == "(" and placed.mention.raw.isupper())):
        return True
    dated = any(
        # Nasional per April 96,91%, Garut per Mei 89,40%
        DATA_ANCHORS.isdisjoint(context.words(placed.last + 1, date.first - 1))
        for date in context.dates.starting(placed.last + 1, placed.last + 2)
    )
    return dated and bool(before) and before[-1] in {"di", ",", "kota"}


@lru_cache(maxsize=1)
def appositions(context: Context) -> frozenset[int]:
    """`Kabupaten Garut, Jawa Barat,`: ordinals of provinces that only say where the region before them lies."""
    found: set[int] = set()
    for other, placed in pairwise(context.regions):
        region, before = placed.mention.value, other.mention.value
        if (
            region is not None
            and before is not None
            and before.province == region.code
            and 0 < placed.first - other.last <= 2
            and context.words(other.last + 1, placed.first - 1) in ([","], ["("])
            # Kabupaten Belu, Nusa Tenggara Timur (NTT): the short form of an apposition is one.
            and (before.code != region.code or other.ordinal in found)
        ):
            found.add(placed.ordinal)
    return frozenset(found)


def is_compared_in(context: Context, placed: Placed[Region]) -> bool:
    """`cakupan Muaro Jambi terendah di Provinsi Jambi, yaitu 79,4 persen`: the rank of a part of the province.

    `tertinggi se-Jambi`, `terendah kedua di Jambi`, `nomor dua se-Jambi`
    """
    words = [word for word in context.words(placed.first - 5, placed.first - 1) if word != "-"]
    if not is_wide(placed.mention.value) or not words or words[-1] not in {"di", "se"}:
        return False
    if SUPERLATIVES.isdisjoint(words[-3:-1]):
        return False
    return any(
        other.last < placed.first and not is_wide(other.mention.value)
        for other in context.near(context.regions, placed)
    )


@lru_cache(maxsize=1)
def main_region(context: Context) -> Region | None:
    """The region that the article is about: named most often, a name in the headline counting twice.

    The lead tells once more what it is about; a stage counts only where nothing else does.
    """
    lead = lead_paragraph(context)
    for only_subjects in (True, False):
        tally: Counter[str] = Counter()
        regions: dict[str, Region] = {}
        leading: set[str] = set()
        for placed in named_subjects(context) if only_subjects else context.regions:
            region = placed.mention.value
            if region is None or region.code == NATION:
                continue
            regions[region.code] = region
            sentence = context.sentences[placed.sentence]
            heading = sentence.kind is LineKind.HEADING
            tally[region.code] += 2 if heading or region in context.headline.regions else 1
            if sentence.paragraph == lead:
                leading.add(region.code)
        for region in context.headline.regions:
            if region.code != NATION:
                regions[region.code] = region
                tally[region.code] += 2
        tally.update(leading)
        if tally:
            return regions[max(tally, key=lambda code: tally[code])]
        nation = next(
            (p.mention.value for p in context.regions if p.mention.value and p.mention.value.code == NATION), None
        )
        if only_subjects and nation is not None:
            return nation
    return None


def lead_paragraph(context: Context) -> int:
    """The first paragraph of prose, which tells what a report is about; -1 where there is none."""
    return next((line.paragraph for line in context.sentences if line.kind is LineKind.BODY), -1)
