"""Names on their way to mentions: the lists they stand in, and the misspelt ones that only a level word gives away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.mentions.region_context import BLANK, EMPTY_LINE, NEW_LINE, ContextWords, Tokens
from extract.models import RegionLevel
from extract.regions.gazetteer import Gazetteer
from extract.regions.names import Name

# Tokens that may stand between two items of a list: figures, units, marks, a short name in brackets.
LIST_GAP = 14
BULLETS = frozenset("-–—•*·")
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
    dateline: bool = False
    branch: bool = False
    misspelt: bool = False


def share_lists(tokens: Tokens, hits: Sequence[Hit], words: ContextWords) -> list[Hit]:
    """Number the lists, and hand each item the level last named in its list ("Kota Malang, Blitar, dan Mojokerto")."""
    shared: list[Hit] = []
    group = 0
    for hit in hits:
        before = shared[-1] if shared else None
        if before is None or not _is_listed(tokens, before.end, hit.begin, words):
            group += 1
            shared.append(replace(hit, group=group))
            continue
        # Lines of a list each have a level word of their own, or none.
        in_line = all(gap < NEW_LINE for gap in tokens.gaps[before.end : hit.begin + 1])
        level = (before.level or before.shared) if in_line else None
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
        if tokens.gaps[i] == EMPTY_LINE:
            return False
        # "2. Kabupaten Lombok Barat", "- Kabupaten Lombok Barat"
        numbered = word in {".", ")"} and i > end and tokens.gaps[i - 1] == NEW_LINE and tokens.lower[i - 1].isdigit()
        if numbered or (word in BULLETS and tokens.gaps[i] == NEW_LINE):
            joined = True
            continue
        if word == ":":
            continue
        if word in LIST_MARKS or word in words.joins:
            joined = joined or word not in {"(", "%", "-"}
        elif not (word[0].isdigit() or word in words.fill or (i > end and tokens.lower[i - 1] == "(")):
            return False
    return joined


def add_misspelt(tokens: Tokens, hits: Sequence[Hit], gazetteer: Gazetteer, words: ContextWords) -> list[Hit]:
    """Names with a slip directly behind a level word: "Kabupaten Nagakeo", "kabupaten Mamuju Utata"."""
    starts = {hit.start: hit for hit in hits}
    found: dict[int, Hit] = {}
    for i, word in enumerate(tokens.lower):
        level = words.heads.get(word)
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
    covered = {i for new in found.values() for i in range(new.start, new.end)}
    clear = [hit for hit in hits if hit.start not in covered]
    return sorted((*clear, *found.values()), key=lambda hit: hit.start)


def _misspelt(tokens: Tokens, start: int, level: RegionLevel, gazetteer: Gazetteer, longer_than: int) -> Hit | None:
    end = start
    while end < len(tokens) and end - start < MISSPELT_WORDS and tokens.is_capital(end):
        if end > start and tokens.gaps[end] != BLANK:
            break
        end += 1
    while end > longer_than:
        name = gazetteer.nearest(" ".join(tokens.texts[start:end]), level)
        if name:
            return Hit(start, end, (name,), start, level, misspelt=True)
        end -= 1
    return None


def add_listed_misspelt(tokens: Tokens, hits: Sequence[Hit], gazetteer: Gazetteer, words: ContextWords) -> list[Hit]:
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
