"""Mentions of provinces, kabupaten and kota, and of the nation.

Names are found by their first token, the longest first; what stands around each (mentions/region_context.py) tells
whether it is a region and at which level; lists share the level of their first item; what stays ambiguous is settled
by `regions.resolve_candidates` with all that the article says. A name that cannot be settled has the value None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.mentions.region_context import (
    BLANK,
    EMPTY_LINE,
    ContextWords,
    Tokens,
    find_level,
    follows_office,
    is_branch,
    is_dateline,
    is_name_part,
    is_nation,
    is_other_thing,
    is_place_of_speech,
    load_context_words,
    read_tokens,
)
from extract.mentions.region_lists import Hit, add_listed_misspelt, add_misspelt, share_lists
from extract.models import Mention, MentionKind, Region, RegionLevel
from extract.regions.gazetteer import Evidence, Gazetteer, load_gazetteer, resolve_candidates
from extract.regions.names import NATION, Name, NameKind, Use, name_key

RegionFinder = Callable[[Doc], tuple[Mention[Region], ...]]
PhraseIndex = Mapping[str, tuple[tuple[str, ...], ...]]

# The tokenizer's rule for what names are made of ("Pare-Pare", "Kep. Riau", "50 Kota").
PHRASE_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


def make_region_finder(vocab: Vocab) -> RegionFinder:
    """A function from a Doc of the project's tokenizer to its region mentions, in text order, none overlapping."""
    gazetteer, words = load_gazetteer(), load_context_words()
    index = _index_phrases(gazetteer, words)

    def find_regions(doc: Doc) -> tuple[Mention[Region], ...]:
        tokens = read_tokens(doc)
        hits = _read_hits(tokens, _find_phrases(tokens, index), gazetteer, words)
        hits = add_misspelt(tokens, hits, gazetteer, words)
        hits = share_lists(tokens, hits, words)
        hits = add_listed_misspelt(tokens, hits, gazetteer, words)
        hits = _mark_towns(tokens, hits, gazetteer, words)
        hits = _drop_unsupported(tokens, hits, gazetteer, words)
        return _resolve_hits(tokens, hits, gazetteer)

    return find_regions


def _index_phrases(gazetteer: Gazetteer, words: ContextWords) -> PhraseIndex:
    """Names and decoys by their first token, the longest first."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for phrase in {*gazetteer.surfaces, *gazetteer.decoys.values(), words.nation_adjective}:
        tokens = tuple(PHRASE_TOKEN.findall(phrase.lower()))
        index.setdefault(tokens[0], []).append(tokens)
    return {first: tuple(sorted(phrases, key=len, reverse=True)) for first, phrases in index.items()}


def _find_phrases(tokens: Tokens, index: PhraseIndex) -> list[tuple[int, int]]:
    """Longest phrase at each place, left to right, none overlapping; a name never runs over an empty line."""
    spans: list[tuple[int, int]] = []
    free = 0
    lower, gaps = tokens.lower, tokens.gaps
    for start, first in enumerate(lower):
        if start < free or first not in index:
            continue
        for phrase in index[first]:
            end = start + len(phrase)
            if lower[start:end] == phrase and EMPTY_LINE not in gaps[start + 1 : end]:
                spans.append((start, end))
                free = end
                break
    return spans


def _read_hits(
    tokens: Tokens, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer, words: ContextWords
) -> list[Hit]:
    """Names with what stands directly beside them; decoys, ordinary words and parts of other names left out."""
    hits: list[Hit] = []
    for position, (start, end) in enumerate(spans):
        key = name_key(" ".join(tokens.texts[start:end]))
        if key in gazetteer.decoys:
            continue
        if key in {words.nation_name, words.nation_adjective}:
            if is_nation(tokens, start, words):
                hits.append(Hit(start, end, gazetteer.lookup(words.nation_name), start))
            continue
        level, begin = find_level(tokens, start, words)
        names = tuple(name for name in gazetteer.names.get(key, ()) if _is_written(tokens, start, end, name, level))
        following = spans[position + 1][0] if position + 1 < len(spans) else -1
        inverted = level is None and _is_inverted(tokens, end, following)
        if names and (begin < start or not is_other_thing(tokens, start, end, words)):
            hits.append(Hit(start, end + inverted, names, begin, level, inverted=inverted))
    return hits


def _is_written(tokens: Tokens, start: int, end: int, name: Name, level: RegionLevel | None) -> bool:
    """Whether the letters' case allows the name: HSS only in capitals, one bare word only capitalised ("medan").

    A nickname is one only in capitals: "Kota Satria", not "kota satria".
    """
    if name.upper:
        return tokens.texts[start].isupper()
    if name.kind is NameKind.NICKNAME:
        return tokens.is_capital(end - 1)
    if level is not None or tokens.is_capital(start):
        return True
    return end - start > 1 and name.use is Use.FREE


def _is_inverted(tokens: Tokens, end: int, following: int) -> bool:
    """ "Tangerang Kota"; not "Serang Kota Cilegon"."""
    return tokens.word(end) == "kota" and tokens.is_capital(end) and tokens.gaps[end] == BLANK and following != end + 1


def _has_neighbour(hit: Hit, name: Name, hits: Sequence[Hit]) -> bool:
    """Whether its list holds another of its province: "Kabupaten Paser, PPU", not "Kabupaten Agam 512, PPU 297"."""
    province = name.code.split(".")[0]
    others = (other for other in hits if other.group == hit.group and other is not hit)
    return any(one.code.startswith(f"{province}.") for other in others for one in other.names)


def _mark_towns(tokens: Tokens, hits: Sequence[Hit], gazetteer: Gazetteer, words: ContextWords) -> list[Hit]:
    """Mark towns of branches, with "BPJS Kesehatan Manokwari dan Sorong" both, and towns of datelines and speech."""
    marked: list[Hit] = []
    for hit in hits:
        towns = tuple(name for name in hit.names if "." in name.code)
        has_level = hit.begin < hit.start
        branch = bool(towns) and is_branch(tokens, hit.begin, hit.end, has_level, words)
        if branch and len(towns) < len(hit.names):
            # "BPJS Lampung" and "BPJS Gorontalo" speak of the province; "BPJS Cabang Gorontalo" of the kota.
            branch = any(tokens.word(i) in words.branch for i in range(hit.begin - 4, hit.begin))
        last = marked[-1] if marked else None
        if last and last.branch and towns and not has_level and hit.level is None:
            branch = branch or (tokens.lower[last.end : hit.begin] in {("dan",), ("/",), ("-",)})
        spoken = is_place_of_speech(tokens, hit.begin, hit.end, words)
        dateline = is_dateline(tokens, hit.begin, hit.end)
        if branch or spoken or dateline:
            names = towns if branch else hit.names
            hit = replace(hit, branch=branch, town=True, dateline=dateline, names=names)
        marked.append(hit)
    return marked


def _drop_unsupported(tokens: Tokens, hits: Sequence[Hit], gazetteer: Gazetteer, words: ContextWords) -> list[Hit]:
    """Leave out homonyms that nothing beside them, in their list or in the article makes a region."""
    sure = {
        name.code
        for hit in hits
        if not hit.branch
        for name in hit.names
        if hit.begin < hit.start or (name.use is Use.FREE and (hit.level or len(hit.names) == 1))
    }
    provinces = {gazetteer.regions[code].province for code in sure}
    sizes = Counter(hit.group for hit in hits if not hit.branch)
    kept: list[Hit] = []
    for hit, following in zip(hits, (*hits[1:], None), strict=False):
        elsewhere = _province_behind(tokens, hit, following)
        names = tuple(
            name
            for name in hit.names
            if name.use is Use.FREE
            or hit.misspelt
            or (name.use is Use.BRANCH and hit.branch)
            or (
                name.use is Use.PREFIX
                and (hit.level or hit.shared) is gazetteer.regions[name.code].level
                and (hit.level or not name.upper or _has_neighbour(hit, name, hits))
            )
            or (name.use is Use.PREFIX and _stands_among(tokens, hit, name, hits, words))
            or (
                name.use in {Use.CUE, Use.NOUN}
                and elsewhere in {None, gazetteer.regions[name.code].province}
                and (
                    _has_cue(tokens, hit, name.code in sure, sizes[hit.group] > 1, words)
                    # PALI is clipped from Penukal Abab Lematang Ilir; Pali may be a name.
                    or (name.kind is NameKind.SHORT and not name.upper and tokens.texts[hit.start].isupper())
                    or (
                        name.use is Use.NOUN
                        and gazetteer.regions[name.code].province in provinces
                        and _is_capitalised_within(tokens, hit, words)
                    )
                )
            )
        )
        if names:
            kept.append(hit if names == hit.names else replace(hit, names=names))
    return kept


def _province_behind(tokens: Tokens, hit: Hit, following: Hit | None) -> str | None:
    """The province that a place is said to lie in: "di Kuningan, Jakarta" is no kabupaten of Jawa Barat."""
    if following is None or hit.level or tokens.lower[hit.end : following.begin] != (",",):
        return None
    codes = {name.code for name in following.names}
    if len(codes) > 1 or "." in (code := next(iter(codes))):
        return None
    # "Medan, Toba, Riau" is a list; "Kuningan, Jakarta" alone is a place and its province.
    return code if tokens.word(hit.begin - 1) != "," else None


def _has_cue(tokens: Tokens, hit: Hit, sure: bool, listed: bool, words: ContextWords) -> bool:
    """Whether a homonym is a region here: "Kota Batu", "warga Toba", "Medan, Toba, Binjai", or sure elsewhere."""
    if hit.level or hit.branch or hit.shared:
        return True
    if not tokens.is_capital(hit.start):
        return False
    if hit.town or listed:
        return True
    before = tokens.word(hit.start - 2) if tokens.word(hit.start - 1) == "-" else tokens.word(hit.start - 1)
    if before in words.offices and follows_office(tokens, hit.end):
        return True
    return (sure or before in words.cue) and not is_name_part(tokens, hit.start, hit.end, words)


def _is_capitalised_within(tokens: Tokens, hit: Hit, words: ContextWords) -> bool:
    """ "kalah dari Lebak yang": an ordinary word has no capital there, and a person's name stands beside another."""
    plain = (
        hit.start > 0 and tokens.gaps[hit.start] == BLANK and tokens.lower[hit.start - 1] == tokens.texts[hit.start - 1]
    )
    inside = plain and tokens.word(hit.start - 1)[-1:].isalnum()
    return inside and tokens.is_capital(hit.start) and not is_name_part(tokens, hit.start, hit.end, words)


def _stands_among(tokens: Tokens, hit: Hit, name: Name, hits: Sequence[Hit], words: ContextWords) -> bool:
    """Whether a certain region of its province stands right beside it: "Intan Jaya, Puncak, dan Puncak Jaya"."""
    province = name.code.split(".")[0]
    joins = words.joins | {","}
    for other in hits:
        if other is hit or other.group != hit.group or other.branch:
            continue
        gap = tokens.lower[other.end : hit.begin] if other.end <= hit.begin else tokens.lower[hit.end : other.begin]
        certain = len(other.names) == 1 and other.names[0].use is Use.FREE
        if certain and other.names[0].code.startswith(f"{province}.") and joins.issuperset(gap):
            return True
    return False


def _resolve_hits(tokens: Tokens, hits: Sequence[Hit], gazetteer: Gazetteer) -> tuple[Mention[Region], ...]:
    """Settle each name with the whole article in view."""
    named: Counter[str] = Counter()
    certain: dict[int, list[Region]] = {}
    for hit in hits:
        region, rule = resolve_candidates(gazetteer.candidates(hit.names), Evidence(hit.level, hit.inverted))
        if region and rule in {None, "region.prefix", "region.inverted"} and not hit.branch and region.code != NATION:
            named[region.code] += 1
            certain.setdefault(hit.group, []).append(region)
    mentions: list[Mention[Region]] = []
    for hit in hits:
        candidates = gazetteer.candidates(hit.names)
        neighbours = tuple(region for region in certain.get(hit.group, ()) if len(candidates) > 1)
        evidence = Evidence(hit.level, hit.inverted, hit.town, hit.shared, neighbours, named)
        region, rule = resolve_candidates(candidates, evidence)
        start = tokens.starts[hit.begin]
        end = tokens.starts[hit.end - 1] + len(tokens.texts[hit.end - 1])
        mentions.append(
            Mention(
                MentionKind.REGION,
                start,
                end,
                tokens.text[start:end],
                region,
                _rule(hit, region, rule),
                branch=hit.branch,
                stage=hit.dateline and not hit.branch,
            )
        )
    return tuple(mentions)


def _rule(hit: Hit, region: Region | None, rule: str | None) -> str:
    """The rule ID: how an ambiguous name was settled, else what sort of name it is."""
    if region is not None and region.code == NATION:
        return "region.nation"
    if hit.misspelt:
        return "region.misspelt"
    if rule is not None:
        return rule
    kind = next((name.kind for name in hit.names if region and name.code == region.code), NameKind.OFFICIAL)
    return f"region.{kind.value}"
