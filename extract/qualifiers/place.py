"""Which region a figure is about: the nearest name of its sentence, an area of several, or that of its passage."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extract.context import MOST_ON_A_SIDE, Context, Placed
from extract.models import Figure, Reason, Region, Speaker, Unit
from extract.qualifiers.anaphors import ANAPHOR, subjects
from extract.qualifiers.lists import is_first_of_list, is_last_of_list
from extract.qualifiers.named_regions import NATION, is_wide
from extract.qualifiers.nearest import RIGHTWARD, is_nearer
from extract.qualifiers.passages import Passage, Place, place_from_before
from extract.qualifiers.same_fact import states_same_fact, unit_of
from extract.regions.gazetteer import load_gazetteer
from extract.wordlists import word_list

OFFICE = 3.0
"""An official's region mostly is the figure's, unless another name stands nearer."""
FARTHEST = 30.0
JOINT_FARTHEST = 14.0
TOO_MANY = 3.0
"""Times its inhabitants that no number of people is said of a region."""
SPOKEN_DIGITS = 3
MOST_IN_PROVINCE = 38
"""Kabupaten and kota of Jawa Timur; no province has more."""

JOINT_AREAS = word_list("joint_areas")
BREAKDOWNS = word_list("breakdowns")
ANNOUNCERS = word_list("explainers") | {":"}
SUMS = word_list("sums")
WHOLE_OPENERS = word_list("whole_openers")
VILLAGES = word_list("villages")
POINTERS = word_list("pointers")
LOCATED = {",", "di"}  # between a village and the region that it lies in
BOTH = word_list("both")
REGION_NOUNS = {"daerah", "kabupaten", "kota", "wilayah", "provinsi"}
WORKING_AREAS = word_list("working_areas")
AREA_OPENERS = JOINT_AREAS | {words.split()[0] for words in WORKING_AREAS}


def find_place(
    context: Context, figure: Placed[Figure], before: Passage | None, main: Region | None, speaker: Speaker | None
) -> Place | None:
    """The region a figure is about; None where the article names none at all."""
    if main is not None and any(word in SUMS for word in context.words(figure.first - 3, figure.first - 1)):
        # `Kabupaten Muna 196.568 jiwa, Kabupaten Buton 104.239 jiwa. Totalnya 300.807 jiwa` is no figure of Muna.
        of_several = lists_before(context, figure) or listed_behind(context, figure) is not None
        summed = None if of_several and not is_wide(main) else main
        return Place(summed, Reason("region", "region.sum"))
    best = min(iter_candidates(context, figure), key=lambda found: found[0], default=None)
    nearest_region = best[0] if best else FARTHEST
    if is_number_of_regions(figure):
        return place_of_regions(figure, best, before, main)
    wider = find_joint_area(context, figure, nearest_region, main) or find_village(context, figure, nearest_region)
    if wider is not None:
        return Place(None, wider)
    if best is not None and best[0] <= FARTHEST:
        cost, placed, rule = best
        if (rule == "region.before" and is_last_of_list(context, placed)) or (
            rule == "region.behind" and announces_list(context, figure, placed)
        ):
            return Place(None, named_at("region.several", placed, cost))
        return Place(placed.mention.value, named_at(rule, placed, cost))
    number = said_of_number(context, figure, main)
    if number is not None:
        return Place(None, Reason("region", "region.several", number.mention.raw, number.mention.start))
    if not is_wide(main) and (listed := listed_behind(context, figure)) is not None:
        return Place(None, Reason("region", "region.several", listed.mention.raw, listed.mention.start))
    return widened(figure, place_from_before(context, figure, before, main, speaker))


def widened(figure: Placed[Figure], place: Place | None) -> Place | None:
    """The province, or the nation, where a region that the sentence does not name has far too few inhabitants.

    `Kemensos mengeluarkan 7,3 juta peserta` is not said of the kabupaten whose members that concerns. Only of short
    numbers with a scale word: any other may be garbled, and the place is what gives that away.
    """
    value, region = figure.mention.value, place.region if place is not None else None
    if value is None or region is None or value.unit is not Unit.PEOPLE or figure.mention.rule != "count.scaled":
        return place
    if sum(map(str.isdigit, figure.mention.raw)) > SPOKEN_DIGITS or value.value < TOO_MANY * region.population:
        return place
    gazetteer = load_gazetteer()
    wider = [gazetteer.get(code) for code in (region.province, NATION) if code is not None]
    fitting = next((one for one in wider if value.value <= one.population), None)
    return place if fitting is None else Place(fitting, Reason("region", "region.widened"))


def lists_before(context: Context, figure: Placed[Figure]) -> bool:
    """Whether this sentence or the one before tells figures of two regions or more, for a sum to be of them."""
    first, _ = context.sentence_tokens[max(0, figure.sentence - 1)]
    near = subjects(context).near(figure.first, first, figure.first - 1)
    named = {placed.mention.value.code for placed in near if placed.last < figure.first and placed.mention.value}
    return len(named) > 1


def listed_behind(context: Context, figure: Placed[Figure]) -> Placed[Region] | None:
    """The first of the regions that the next sentence breaks the figure down to: `Total 1.066.417. Rinciannya, ...`."""
    following = figure.sentence + 1
    if unit_of(figure) is not Unit.PEOPLE or following >= len(context.sentence_tokens):
        return None
    first, _ = context.sentence_tokens[following]
    words = context.words(first, first + 2)
    if not {*words, "".join(words)} & BREAKDOWNS:
        return None
    listed = context.regions.near(first, *context.sentence_tokens[following])
    return listed[0] if len({placed.mention.value for placed in listed}) > 1 else None


def named_at(rule: str, placed: Placed[Region], cost: float) -> Reason:
    """A name in the text as the reason for a region, with what it costs to reach it."""
    told = ANAPHOR if placed.mention.rule == ANAPHOR else rule
    return Reason("region", told, placed.mention.raw, placed.mention.start, round(cost))


def iter_candidates(context: Context, figure: Placed[Figure]) -> Iterator[tuple[float, Placed[Region], str]]:
    """Names in the figure's sentence that it could be about, with what it costs to reach them."""
    before, behind = context.figure_before(figure), context.figure_behind(figure)
    # `282,7 juta jiwa atau lebih dari 98 persen dari total penduduk Indonesia`: past the second form of the same fact.
    if behind is not None and states_same_fact(context, figure, behind):
        behind = context.figures.behind(figure.last, 1)
    counts_regions = is_number_of_regions(figure)
    for placed in context.near(subjects(context), figure):
        if counts_regions and not is_wide(placed.mention.value):
            continue
        left = placed.last < figure.first
        if not left and behind is not None and placed.first > behind.first:
            continue
        # `98,1 persen penduduk Sumatera Barat dan 97,2 persen penduduk Riau`
        between = left and before is not None and placed.first > before.last
        if between and before is not None and is_nearer(context, before, figure, placed.first, placed.last):
            continue
        cost = context.distance(figure, placed.first, placed.last) + (0.0 if left else RIGHTWARD)
        if context.speakers.over(placed.first) is not None:
            cost += OFFICE
        yield cost, placed, "region.before" if left else "region.behind"


def said_of_number(context: Context, figure: Placed[Figure], main: Region | None) -> Placed[Figure] | None:
    """`Lima kabupaten/kota di Sulawesi Tengah mencatat lebih dari 100 persen`: said of each, not of the province.

    A number of people in the same place is their sum, and a comma ends what is said of them.
    """
    before = context.figure_before(figure)
    if before is None or not is_number_of_regions(before) or unit_of(figure) is not Unit.PERCENT:
        return None
    if "," in context.words(before.last + 1, figure.first - 1) or is_whole_province(before, main):
        return None
    opening = context.words(before.first - 1, before.first - 1)
    return None if opening and opening[0] in WHOLE_OPENERS else before


def announces_list(context: Context, figure: Placed[Figure], placed: Placed[Region]) -> bool:
    """`belum sampai 95 persen: Kota Kupang, Kabupaten Flores Timur, Ngada`: said of all of them."""
    between = set(context.words(figure.last + 1, placed.first - 1))
    return bool(between & ANNOUNCERS) and is_first_of_list(context, placed)


def is_number_of_regions(figure: Placed[Figure]) -> bool:
    return figure.mention.value is not None and figure.mention.value.unit is Unit.REGIONS


def is_whole_province(number: Placed[Figure], main: Region | None) -> bool:
    """Whether so many kabupaten and kota are all that the article's province has."""
    if main is None or main.province is None or number.mention.value is None:
        return False
    return number.mention.value.value == len(load_gazetteer().members(main.province))


def is_of_nation(number: Placed[Figure]) -> bool:
    """`31 pemerintah provinsi`, `397 kabupaten/kota`: provinces, or more regions than a province has."""
    value = number.mention.value
    return "provinsi" in number.mention.raw.lower() or (value is not None and value.value > MOST_IN_PROVINCE)


def place_of_regions(
    number: Placed[Figure], best: tuple[float, Placed[Region], str] | None, before: Passage | None, main: Region | None
) -> Place | None:
    """Regions are counted in a province or the nation: the one named in the sentence, else the article's."""
    if is_of_nation(number):
        reason = Reason("region", "region.nation_wide", number.mention.raw, number.mention.start)
        return Place(load_gazetteer().get(NATION), reason)
    if best is not None and is_wide(best[1].mention.value):
        cost, placed, rule = best
        return Place(placed.mention.value, named_at(rule, placed, cost))
    if is_wide(main):
        return Place(main, Reason("region", "region.article"))
    if before is not None and is_wide(before.place.region):
        return Place(before.place.region, Reason("region", "region.carried"))
    return None


def find_joint_area(
    context: Context, figure: Placed[Figure], nearest_region: float, main: Region | None
) -> Reason | None:
    """An area of several regions: `100,89 persen merupakan gabungan Samarinda, Bontang`, `di wilayah kerjanya`."""
    first, last = context.sentence_tokens[figure.sentence]
    close_behind = range(figure.last + 1, min(figure.last + 3, last) + 1)
    named = near_tokens(words_of_areas(context), figure.first, first, last)
    for token in sorted({*named, *close_behind}):
        if context.lower[token] in JOINT_AREAS and context.distance(figure, token, token) <= JOINT_FARTHEST:
            return area_at(context, "region.joint", token, token)
        if token in close_behind and is_number_of_several(context, token, main):
            return area_at(context, "region.joint", token, token)
        working_area = " ".join(context.lower[token : token + 2]) in WORKING_AREAS
        if working_area and context.distance(figure, token, token + 1) < nearest_region:
            return area_at(context, "region.joint", token, token + 1)
    return None


@lru_cache(maxsize=1)
def words_of_areas(context: Context) -> tuple[int, ...]:
    """Tokens with which a word for an area of several regions begins."""
    return tuple([token for token, word in enumerate(context.lower) if word in AREA_OPENERS])


def near_tokens(tokens: Sequence[int], middle: int, first: int, last: int) -> Sequence[int]:
    """Those of `tokens`, sorted, from `first` to `last`; of very many the nearest on either side of `middle`."""
    begin, end = bisect_left(tokens, first), bisect_right(tokens, last)
    at = bisect_left(tokens, middle, begin, end)
    return tokens[max(begin, at - MOST_ON_A_SIDE) : min(end, at + MOST_ON_A_SIDE)]


def area_at(context: Context, rule: str, first: int, last: int) -> Reason:
    """Words of the text as the reason for an area without a code."""
    return Reason("region", rule, context.doc[first : last + 1].text, context.starts[first])


def is_number_of_several(context: Context, token: int, main: Region | None) -> bool:
    """`2.039.767 peserta di empat kabupaten`, `330.700 penduduk kedua daerah`, `penduduk tiga daerah itu`.

    Four regencies of Bali are not Bali; all nine are.
    """
    words = context.lower[token : token + 2]
    if len(words) == 2 and words[0] in BOTH and words[1] in REGION_NOUNS:
        return True
    number = next(iter(context.figures.starting(token, token)), None)
    if number is None or not is_number_of_regions(number) or is_whole_province(number, main):
        return False
    behind = context.words(number.last + 1, number.last + 1)
    return context.lower[token - 1] in {"di", "dari"} or not POINTERS.isdisjoint(behind)


def find_village(context: Context, figure: Placed[Figure], nearest_region: float) -> Reason | None:
    """A village's figure is no region's: `Desa Rensing Bat berpenduduk 1.532`, `Desa Sukamaju di Kabupaten Lebak`."""
    first, _ = context.sentence_tokens[figure.sentence]
    for token in near_tokens(named_villages(context), figure.first, first, figure.first - 2):
        located = any(
            LOCATED & set(context.words(token, placed.first))
            for placed in context.regions.starting(token + 1, token + 5)
        )
        if located or context.distance(figure, token, token + 1) < nearest_region:
            return area_at(context, "region.village", token, token + 1)
    return None


@lru_cache(maxsize=1)
def named_villages(context: Context) -> tuple[int, ...]:
    """Tokens that are a word for a village with its name behind it."""
    last = len(context.lower) - 1
    words = (token for token, word in enumerate(context.lower) if word in VILLAGES and token < last)
    return tuple([token for token in words if context.doc[token + 1].text[0].isupper()])
