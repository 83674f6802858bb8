"""What a figure can be about: names, and words that stand for a region by its level alone.

`Provinsi ini`, `kabupaten itu`, `Pemprov` at the head of a sentence name no region, so they are no mentions.
"""

from __future__ import annotations

from functools import lru_cache

from extract.context import Context, Placed, Row
from extract.models import Mention, MentionKind, Region, RegionLevel
from extract.qualifiers.named_regions import NATION, main_region, named_subjects
from extract.regions.gazetteer import load_gazetteer
from extract.wordlists import word_list

ANAPHOR = "region.anaphor"
POINTERS = word_list("pointers")
SEVERAL = word_list("both") | {"/", "ibu", "ibukota", "seluruh", "semua", "setiap", "tiap", "antar"}
GOVERNMENTS = {"pemprov", "pemkab", "pemkot", "pemko"}
LEVELS = {"provinsi", "kabupaten", "kota"}
THERE = {"sana", "situ"}
CAPITALS = {"ibukota"}
STANDING = LEVELS | GOVERNMENTS | THERE | CAPITALS
BEFORE_VERB = word_list("before_verb")
OPENERS = word_list("clause_openers") | {'"', "“"}


@lru_cache(maxsize=1)
def subjects(context: Context) -> Row[Placed[Region]]:
    """The names and words that a figure can be about."""
    standing = anaphors(context)
    named = named_subjects(context)
    return Row.of(sorted((*named, *standing), key=lambda placed: placed.first)) if standing else named


@lru_cache(maxsize=1)
def subjects_of_text(context: Context) -> Row[Placed[Region]]:
    """Those of them that are in nobody's office, the nation left out."""
    return Row.of(
        [
            placed
            for placed in subjects(context)
            if placed.mention.value is not None
            and placed.mention.value.code != NATION
            and context.speakers.over(placed.first) is None
        ]
    )


def anaphors(context: Context) -> list[Placed[Region]]:
    """The words that stand for a region, each with the one meant; left out where the article has none that fits."""
    found: list[Placed[Region]] = []
    named: dict[RegionLevel, Placed[Region]] = {}
    latest: Placed[Region] | None = None
    ahead = iter(context.regions)
    following = next(ahead, None)
    for token, word in enumerate(context.lower):
        while following is not None and following.first < token:
            region = following.mention.value
            if region is not None and not following.mention.branch:
                named[region.level] = following
                latest = latest if context.speakers.over(following.first) else following
            following = next(ahead, None)
        if word not in STANDING:
            continue
        sentence = context.sentence_of(token)
        if word in THERE:
            span, meant = there(context, token), latest.mention.value if latest is not None else None
        elif word in CAPITALS or context.lower[token - 1 : token + 1] == ("ibu", "kota"):
            span, meant = capital_at(context, token, named.get(RegionLevel.PROVINCE))
        else:
            span, level = anaphor_at(context, token), level_of(word)
            meant = stands_for(context, sentence, level, named.get(level)) if span else None
        if span is not None and meant is not None:
            first, last = span
            start, end = context.starts[first], context.starts[last] + len(context.doc[last].text)
            mention = Mention(MentionKind.REGION, start, end, context.article.text[start:end], meant, ANAPHOR)
            found.append(Placed(mention, first, last, sentence, -1))
    return found


def there(context: Context, token: int) -> tuple[int, int] | None:
    """`di sana`"""
    return (token - 1, token) if token and context.lower[token - 1] in {"di", "dari"} else None


def capital_at(
    context: Context, token: int, last_named: Placed[Region] | None
) -> tuple[tuple[int, int] | None, Region | None]:
    """`ibu kota provinsi`, `ibu kota Provinsi Kepri tersebut`: the words, and the capital that they mean."""
    province = context.lower[token + 1 : token + 2] == ("provinsi",)
    placed = next(iter(context.regions.starting(token + 1, token + 2)), None)
    region = placed.mention.value if placed is not None else None
    if region is None and province:
        main = main_region(context)
        last = last_named.mention.value if last_named is not None else None
        code = main.province if main is not None else last.province if last is not None else None
    else:
        code = region.code if region is not None and region.level is RegionLevel.PROVINCE else None
    first = token if context.lower[token] in CAPITALS else token - 1
    end = placed.last if placed is not None else token + province
    return (first, end), load_gazetteer().capitals.get(code or "")


def anaphor_at(context: Context, token: int) -> tuple[int, int] | None:
    """First and last token of what stands for a region here: `kabupaten itu`, or `Pemkab` that opens a sentence."""
    word, before = context.lower[token], context.lower[token - 1] if token else ""
    if word in GOVERNMENTS or before == "pemerintah":
        first = token if word in GOVERNMENTS else token - 1
        # Pemkab Lebak is named.
        named = context.regions.over(token) or context.regions.starting(token, token + 1)
        return (first, token) if not named and opens_clause(context, first, token) else None
    pointed = context.lower[token + 1 : token + 2]
    if not pointed or pointed[0] not in POINTERS or before in SEVERAL or context.figures.over(token) is not None:
        return None
    return token, token + 1


def level_of(word: str) -> RegionLevel:
    """The level that a word of a level or a government tells."""
    words = load_gazetteer().words
    return words.level.get(word) or words.office[word]


def opens_clause(context: Context, first: int, last: int) -> bool:
    """Whether a government acts: `Pemkot menyiapkan`, `Tahun ini, Pemkab menanggung`, `sedangkan Pemkab`."""
    sentence, _ = context.sentence_tokens[context.sentence_of(first)]
    before = context.words(first - 1, first - 1) if first > sentence else []
    if not before or before[0] in OPENERS:
        return True
    behind = context.words(last + 1, last + 1)
    return before == [","] and bool(behind) and (behind[0] in BEFORE_VERB or behind[0].startswith(("me", "ber")))


def stands_for(context: Context, sentence: int, level: RegionLevel, last_named: Placed[Region] | None) -> Region | None:
    """The region of this level that the paragraph named last, else the article's, else the one named last."""
    paragraphs = context.sentences
    if last_named is not None and paragraphs[last_named.sentence].paragraph == paragraphs[sentence].paragraph:
        return last_named.mention.value
    main = main_region(context)
    if main is not None and level is RegionLevel.PROVINCE and main.province is not None:
        return load_gazetteer().get(main.province)
    if main is not None and main.level is level:
        return main
    return last_named.mention.value if last_named is not None else None
