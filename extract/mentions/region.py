"""Mentions of provinces, kabupaten and kota, and of the nation.

Names are found with a PhraseMatcher, the longest first; what stands around each (mentions/region_context.py) tells
whether it is a region and at which level; lists share the level of their first item; what stays ambiguous is settled
by `regions.resolve_candidates` with all that the article says. A name that cannot be settled has the value None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.language import NewsTokenizer
from extract.mentions.region_context import (
    ContextWords,
    Tokens,
    find_level,
    is_branch,
    is_dateline,
    is_name_part,
    is_nation,
    is_other_thing,
    is_place_of_speech,
    load_context_words,
    read_tokens,
)
from extract.models import Mention, MentionKind, Region, RegionLevel
from extract.regions import NATION, Evidence, Gazetteer, Name, NameKind, Use, load_gazetteer, name_key, resolve_candidates

RegionFinder = Callable[[Doc], tuple[Mention[Region], ...]]

# Tokens that may stand between two items of a list: figures, units, marks, a short name in brackets.
LIST_GAP = 14
LIST_MARKS = frozenset(",;()&/%–-")
MISSPELT_WORDS = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in the text, on its way to a mention. `begin` is where the mention starts, with its level word."""

    start: int
    end: int
    names: tuple[Name, ...]
    begin: int
    level: RegionLevel | None = None
    shared: RegionLevel | None = None
    group: int = 0
    inverted: bool = False
    town: bool = False
    branch: bool = False
    misspelt: bool = False


def make_region_finder(vocab: Vocab) -> RegionFinder:
    """A function from a Doc of the project's tokenizer to its region mentions, in text order, none overlapping."""
    gazetteer, words = load_gazetteer(), load_context_words()
    tokenizer = NewsTokenizer(vocab)
    matcher = PhraseMatcher(vocab, attr="LOWER")
    phrases = (*gazetteer.surfaces, *gazetteer.decoys.values(), words.nation_adjective)
    matcher.add("region", [tokenizer(phrase) for phrase in phrases])

    def find_regions(doc: Doc) -> tuple[Mention[Region], ...]:
        tokens = read_tokens(doc)
        if not len(tokens):
            return ()
        compact = doc if len(tokens) == len(doc) else Doc(vocab, words=list(tokens.texts))
        matches = [(start, end) for _, start, end in matcher(compact)]
        hits = _read_hits(tokens, _longest(tokens, matches), gazetteer, words)
        hits = _add_misspelt(tokens, hits, gazetteer, words)
        hits = _share_lists(tokens, hits, words)
        hits = _add_listed_misspelt(tokens, hits, gazetteer, words)
        hits = _mark_branches(tokens, hits, gazetteer, words)
        hits = _drop_unsupported(tokens, hits, words)
        return _resolve_hits(tokens, hits, gazetteer, doc.text)

    return find_regions


def _longest(tokens: Tokens, matches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Longest matches first, leftmost of equals; a name never runs over an empty line."""
    kept: list[tuple[int, int]] = []
    whole = {(start, end) for start, end in matches if max(tokens.gaps[start + 1 : end], default=0) < 3}
    covered: set[int] = set()
    for start, end in sorted(whole, key=lambda span: (span[0] - span[1], span[0])):
        if covered.isdisjoint(range(start, end)):
            covered.update(range(start, end))
            kept.append((start, end))
    return sorted(kept)


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
    """Whether the letters' case allows the name: HSS only in capitals, one bare word only capitalised ("medan")."""
    if name.upper:
        return tokens.texts[start].isupper()
    if level is not None or tokens.is_capital(start):
        return True
    return end - start > 1 and name.use is Use.FREE


def _is_inverted(tokens: Tokens, end: int, following: int) -> bool:
    """ "Tangerang Kota"; not "Serang Kota Cilegon"."""
    return tokens.word(end) == "kota" and tokens.is_capital(end) and tokens.gaps[end] == 1 and following != end + 1


def _add_misspelt(tokens: Tokens, hits: Sequence[Hit], gazetteer: Gazetteer, words: ContextWords) -> list[Hit]:
    """Names with a slip directly behind a level word: "Kabupaten Nagakeo", "kabupaten Mamuju Utata"."""
    starts = {hit.start: hit for hit in hits}
    found: dict[int, Hit] = {}
    for i, word in enumerate(tokens.lower):
        level = words.levels.level.get(word) or (words.levels.office.get(word) if word.startswith("pem") else None)
        if level is None:
            continue
        start = i + 1
        while tokens.word(start) == "." or tokens.word(start) in words.levels.between:
            start += 1
        known = starts.get(start)
        hit = _misspelt(tokens, start, level, gazetteer, longer_than=known.end if known else start)
        if hit:
            found[start] = replace(hit, begin=i if word in words.levels.level else start)
    # A word at fault may look like another name: "Mamuju" within "Mamuju Utata".
    clear = [hit for hit in hits if not any(new.start <= hit.start < new.end for new in found.values())]
    return sorted((*clear, *found.values()), key=lambda hit: hit.start)


def _misspelt(
    tokens: Tokens, start: int, level: RegionLevel, gazetteer: Gazetteer, longer_than: int
) -> Hit | None:
    end = start
    while end < len(tokens) and end - start < MISSPELT_WORDS and tokens.is_capital(end):
        if end > start and tokens.gaps[end] != 1:
            break
        end += 1
    while end > longer_than:
        name = gazetteer.nearest(" ".join(tokens.texts[start:end]), level)
        if name:
            return Hit(start, end, (name,), start, level, misspelt=True)
        end -= 1
    return None


def _share_lists(tokens: Tokens, hits: Sequence[Hit], words: ContextWords) -> list[Hit]:
    """Number the lists, and hand each item the level last named in its list ("Kota Malang, Blitar, dan Mojokerto")."""
    shared: list[Hit] = []
    group = 0
    for hit in hits:
        before = shared[-1] if shared else None
        if before is None or not _is_listed(tokens, before.end, hit.begin, words):
            group += 1
            shared.append(replace(hit, group=group))
            continue
        level = before.level if before.begin < before.start else before.shared
        shared.append(replace(hit, group=group, shared=None if hit.level else level))
    return shared


def _is_listed(tokens: Tokens, end: int, begin: int, words: ContextWords) -> bool:
    """Whether only figures, units, joins and marks stand between two names, and at least one join or mark."""
    if not 0 < begin - end <= LIST_GAP:
        return False
    # "Kabupaten Flores Timur (Flotim), Ngada": a name in brackets stays in the list.
    joined = tokens.lower[end:begin] == ("(",)
    for i in range(end, begin):
        word = tokens.lower[i]
        if tokens.gaps[i] > 2:
            return False
        if word in LIST_MARKS or word in words.joins:
            joined = joined or word not in {"(", "%", "-"}
        elif not (word[0].isdigit() or word in words.fill or (i > end and tokens.lower[i - 1] == "(")):
            return False
    return joined


def _add_listed_misspelt(
    tokens: Tokens, hits: Sequence[Hit], gazetteer: Gazetteer, words: ContextWords
) -> list[Hit]:
    """Names with a slip behind a list's level word: "Kabupaten Flores Timur, Ngada, dan Nagakeo"."""
    found: list[Hit] = []
    taken = {i for hit in hits for i in range(hit.begin, hit.end)}
    for hit in hits:
        level = (hit.level if hit.begin < hit.start else None) or hit.shared
        found.append(hit)
        start = hit.end
        while tokens.word(start) in {",", ")"} or tokens.word(start) in words.joins:
            start += 1
        if level is None or start == hit.end or start in taken:
            continue
        new = _misspelt(tokens, start, level, gazetteer, longer_than=start)
        # In a running sentence any capitalised word may follow a comma; a list's item ends at once.
        if new and not tokens.word(new.end).isalpha():
            found.append(replace(new, level=None, shared=level, group=hit.group))
    return found


def _mark_branches(tokens: Tokens, hits: Sequence[Hit], gazetteer: Gazetteer, words: ContextWords) -> list[Hit]:
    """Mark towns of branches, with "BPJS Kesehatan Manokwari dan Sorong" both, and towns of datelines and speech."""
    marked: list[Hit] = []
    for hit in hits:
        towns = tuple(
            name
            for name in hit.names
            if gazetteer.regions[name.code].level in {RegionLevel.KABUPATEN, RegionLevel.KOTA}
        )
        has_level = hit.begin < hit.start
        branch = bool(towns) and is_branch(tokens, hit.begin, hit.end, has_level, words)
        if branch and len(towns) < len(hit.names):
            # "BPJS Lampung" and "BPJS Gorontalo" speak of the province; "BPJS Cabang Gorontalo" of the kota.
            branch = any(tokens.word(i) in words.branch for i in range(hit.begin - 4, hit.begin))
        last = marked[-1] if marked else None
        if last and last.branch and towns and not has_level and hit.level is None:
            branch = branch or (tokens.lower[last.end : hit.begin] in {("dan",), ("/",), ("-",)})
        town = branch or is_dateline(tokens, hit.begin, hit.end) or is_place_of_speech(tokens, hit.begin, hit.end, words)
        marked.append(replace(hit, branch=branch, town=town, names=towns if branch else hit.names))
    return marked


def _drop_unsupported(tokens: Tokens, hits: Sequence[Hit], words: ContextWords) -> list[Hit]:
    """Leave out homonyms that nothing beside them, in their list or in the article makes a region."""
    sure = {
        name.code
        for hit in hits
        if hit.level and not hit.branch
        for name in hit.names
        if hit.begin < hit.start or name.use is Use.FREE
    }
    sizes = Counter(hit.group for hit in hits if not hit.branch)
    kept: list[Hit] = []
    for hit in hits:
        names = tuple(name for name in hit.names if _is_supported(tokens, hit, name, sure, sizes[hit.group], words))
        if names:
            kept.append(replace(hit, names=names))
    return kept


def _is_supported(tokens: Tokens, hit: Hit, name: Name, sure: set[str], listed: int, words: ContextWords) -> bool:
    if name.use is Use.FREE or hit.misspelt:
        return True
    if name.use is Use.BRANCH:
        return hit.branch
    if hit.level or hit.branch or hit.shared:
        return True
    capital = tokens.is_capital(hit.start)
    if name.use is Use.PREFIX or not capital:
        return False
    if hit.town or listed > 1:
        return True
    before = tokens.word(hit.start - 1)
    before = tokens.word(hit.start - 2) if before == "-" else before
    supported = before in words.cue or name.code in sure
    return supported and not is_name_part(tokens, hit.start, hit.end, words)


def _resolve_hits(tokens: Tokens, hits: Sequence[Hit], gazetteer: Gazetteer, text: str) -> tuple[Mention[Region], ...]:
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
                text[start:end],
                region,
                _rule(hit, region, rule),
                branch=hit.branch,
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
