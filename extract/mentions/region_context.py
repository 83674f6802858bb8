"""What the words around a region's name say: its level, whether it is a region at all, a dateline, a branch's town.

Each test looks at a few tokens and answers one question. The words are data (lexicon/region_words.toml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc

from extract.errors import LexiconError
from extract.mentions import words_of
from extract.models import RegionLevel
from extract.regions.gazetteer import load_gazetteer
from extract.regions.names import RegionWords
from extract.toml_files import read_toml

NO_GAP, BLANK, NEW_LINE, EMPTY_LINE = range(4)

DASHES = frozenset("-–—")
# "KABAREKONOMI.CO.ID, BATAM –": how many tokens of an outlet's name may stand before or after the town.
DATELINE_TOKENS = 10


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of an article without its white space; parallel tuples. `gaps` tells what stood before each token."""

    text: str
    texts: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    gaps: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def word(self, i: int) -> str:
        """The token in lower case; empty outside the text."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def is_capital(self, i: int) -> bool:
        return 0 <= i < len(self.texts) and self.texts[i][0].isupper()


@dataclass(frozen=True, slots=True)
class ContextWords:
    """The word lists of lexicon/region_words.toml.

    `heads` are the words behind which a misspelt name is looked for: those of the level and the governments, not the
    office holders, who are followed by persons' names.
    """

    levels: RegionWords
    heads: Mapping[str, RegionLevel]
    not_region: frozenset[str]
    not_region_between: frozenset[str]
    not_region_pairs: frozenset[tuple[str, str]]
    after: frozenset[str]
    person: frozenset[str]
    saying: frozenset[str]
    holders: frozenset[str]
    degrees: frozenset[str]
    domain: frozenset[str]
    direction: frozenset[str]
    cue: frozenset[str]
    offices: frozenset[str]
    joins: frozenset[str]
    fill: frozenset[str]
    nation_name: str
    nation_adjective: str
    nation_before: frozenset[str]
    nation_behind: frozenset[str]
    nation_plain: frozenset[str]
    branch: frozenset[str]
    insurer: frozenset[str]
    branch_between: frozenset[str]
    branch_office: frozenset[str]
    branch_about: frozenset[str]
    days: frozenset[str]


@cache
def load_context_words() -> ContextWords:
    """The words of the project's lexicon, read once. Raises LexiconError where a list is missing."""
    data = read_toml("lexicon/region_words.toml")
    try:
        return _context_words(data)
    except KeyError as missing:
        raise LexiconError("region_words.toml", str(missing.args[0]), "is missing") from missing


def _context_words(data: Mapping[str, Any]) -> ContextWords:
    apart, nation, branch = data["not_region"], data["nation"], data["branch"]
    levels = load_gazetteer().words
    governments = {word: level for word, level in levels.office.items() if word.startswith("pem")}
    return ContextWords(
        levels=levels,
        heads={**levels.level, **governments},
        not_region=frozenset(apart["before"]),
        not_region_between=frozenset(apart["between"]),
        not_region_pairs=frozenset((one, two) for one, two in apart["before_pair"]),
        after=frozenset(apart["after"]),
        person=frozenset(apart["person_before"]),
        saying=frozenset(apart["saying"]),
        holders=frozenset(apart["holders"]),
        degrees=frozenset(apart["degrees"]),
        domain=frozenset(apart["domain"]),
        direction=frozenset(apart["direction"]),
        cue=frozenset(data["cue"]["before"]),
        offices=frozenset(data["cue"]["offices"]),
        joins=frozenset(data["list"]["joins"]),
        fill=frozenset(data["list"]["fill"]),
        nation_name=nation["name"],
        nation_adjective=nation["adjective"],
        nation_before=frozenset(nation["before"]),
        nation_behind=frozenset(nation["behind"]),
        nation_plain=frozenset(nation["plain"]),
        branch=frozenset(branch["words"]),
        insurer=frozenset(branch["insurer"]),
        branch_between=frozenset(branch["between"]),
        branch_office=frozenset(branch["office"]),
        branch_about=frozenset(branch["about"]),
        days=frozenset(data["place"]["days"]),
    )


def read_tokens(doc: Doc) -> Tokens:
    """The doc's tokens without white space, so that a name broken over two lines is whole."""
    words = words_of(doc)
    texts: list[str] = []
    lower: list[str] = []
    starts: list[int] = []
    gaps: list[int] = []
    gap = NEW_LINE
    end = 0
    for text, low, start in zip(words.texts, words.lower, words.starts, strict=True):
        if start > end and gap < BLANK:
            gap = BLANK
        end = start + len(text)
        if text.isspace():
            lines = text.count("\n")
            gap = max(gap, EMPTY_LINE if lines > 1 else NEW_LINE if lines else BLANK)
            continue
        texts.append(text)
        lower.append(low)
        starts.append(start)
        gaps.append(gap)
        gap = NO_GAP
    return Tokens(words.text, tuple(texts), tuple(lower), tuple(starts), tuple(gaps))


def find_level(tokens: Tokens, start: int, words: ContextWords) -> tuple[RegionLevel | None, int]:
    """The level told by the word before the name, and where the mention starts with it.

    "[Kab. Asahan]" and "[Kota Batam]" hold the word; of "Bupati Malra" and "Wali Kota Batam" the name alone is the
    mention. "kabupaten/kota" and "ibu kota" tell nothing.
    """
    i = start - 1
    if tokens.word(i) == ")" and tokens.word(i - 2) == "(":
        # "Pemerintah Kota (Pemkot) Serang"
        return words.levels.office.get(tokens.word(i - 1)), start
    if tokens.word(i) == "." and tokens.gaps[i] == NO_GAP:
        i -= 1
    if tokens.word(i) in words.levels.between:
        i -= 1
    word = tokens.word(i)
    if tokens.gaps[i + 1] == EMPTY_LINE:
        return None, start
    level = words.levels.office.get(word)
    if level is not None:
        return level, start
    level = words.levels.level.get(word)
    if level is None:
        return None, start
    before = tokens.word(i - 1)
    if level is RegionLevel.KOTA:
        if before in {"wali", "walikota"}:
            return level, start
        other = tokens.word(i - 2) if before in {"/", "dan", "atau", "-"} else before
        if before in {"ibu", "ibukota"} or other in {"kabupaten", "kab"}:
            return None, start
    if level is RegionLevel.KABUPATEN and before in {"/", "dan"} and tokens.word(i - 2) == "kota":
        return None, start
    return level, i


def is_other_thing(tokens: Tokens, start: int, end: int, words: ContextWords) -> bool:
    """True of names inside streets, smaller places, outlets, firms, web addresses and persons' titles."""
    before, after = tokens.word(start - 1), tokens.word(end)
    joined = end < len(tokens) and tokens.gaps[end] <= BLANK
    if _is_address(tokens, start, end, words):
        return True
    if before == "." and tokens.word(start - 2) in words.not_region | words.person:
        before = tokens.word(start - 2)
    if before in words.not_region_between:
        before = tokens.word(start - 2)
    if tokens.gaps[start] <= BLANK and (before in words.not_region or before in words.person):
        return True
    if (tokens.word(start - 2), tokens.word(start - 1)) in words.not_region_pairs:
        return True
    if _is_surname(tokens, start, end, words):
        return True
    if joined and tokens.is_capital(end) and after in words.after:
        return True
    # "Medan Timur" is a kecamatan; kabupaten and provinces so called are names of their own.
    return joined and tokens.is_capital(end) and after in words.direction


def _is_surname(tokens: Tokens, start: int, end: int, words: ContextWords) -> bool:
    """ "kata Edi Kupang", "Rudi Palu, S.Sos"; not "kata Kapolres Kupang", "menurut BPJS Kupang"."""
    given = tokens.word(start - 1)
    if tokens.gaps[start] != BLANK or not tokens.is_capital(start - 1) or tokens.texts[start - 1].isupper():
        return False
    if given in words.holders or given in words.levels.office:
        return False
    if tokens.word(start - 2) in words.saying:
        return True
    if tokens.word(end) != ",":
        return False
    dotted = tokens.word(end + 2) == "." and end + 3 < len(tokens) and tokens.gaps[end + 3] == NO_GAP
    degree = tokens.word(end + 1) + (tokens.word(end + 3) if dotted else "")
    return tokens.is_capital(end + 1) and degree in words.degrees


def _is_address(tokens: Tokens, start: int, end: int, words: ContextWords) -> bool:
    """ "lampungpro.co", "mediacenter.batam.go.id", "@pemkot_batam", "/berita/batam-uhc"."""
    last = len(tokens)
    dotted = end + 1 < last and tokens.lower[end] == "." and tokens.gaps[end] == tokens.gaps[end + 1] == NO_GAP
    if dotted and (tokens.lower[end + 1] in words.domain or tokens.texts[start].islower()):
        return True
    glued_before = start > 0 and tokens.gaps[start] == NO_GAP
    if glued_before and tokens.lower[start - 1] in {"@", "#", "_"}:
        return True
    if not tokens.texts[start].islower():
        return False
    glued_after = end < last and tokens.gaps[end] == NO_GAP
    if glued_before and tokens.lower[start - 1] in {".", "/", "-"} and tokens.word(start - 2) != "se":
        return True
    return glued_after and tokens.lower[end] in {"/", "-", "_"}


def is_dateline(tokens: Tokens, start: int, end: int) -> bool:
    """The town that opens a report: "SERANG – ", "Medianesia.id, Tanjungpinang – ", "Malang, SuryaMalang.com - ".

    Between town and dash, and before the town, stand only an outlet's name, its address or a date: no small words.
    "Gorontalo - 98 persen" is an item of a list. Radio puts a colon: "KBRN, Kupang: ".
    """
    if tokens.word(end) == ":" and tokens.word(start - 1) == "," and start <= DATELINE_TOKENS:
        return all(_is_outlet_token(tokens, i) and tokens.gaps[i + 1] < NEW_LINE for i in range(start))
    dash = end
    while dash < end + DATELINE_TOKENS and tokens.word(dash) not in DASHES:
        if dash >= len(tokens) or not _is_outlet_token(tokens, dash) or tokens.gaps[dash] >= NEW_LINE:
            return False
        if dash == end and tokens.word(dash) not in {",", "("}:
            return False
        dash += 1
    if tokens.word(dash) not in DASHES or tokens.word(dash + 1)[:1].isdigit():
        return False
    # "Riau-Jambi": a dash without blanks joins two names, unless the town is in capitals.
    if tokens.gaps[dash] == NO_GAP and tokens.word(dash) == "-" and not tokens.texts[start].isupper():
        return False
    i = start
    while tokens.gaps[i] < NEW_LINE:
        i -= 1
        if start - i > DATELINE_TOKENS or not _is_outlet_token(tokens, i):
            return False
    return True


def _is_outlet_token(tokens: Tokens, i: int) -> bool:
    return not tokens.texts[i].islower() or tokens.word(i - 1) == "."


def is_place_of_speech(tokens: Tokens, start: int, end: int, words: ContextWords) -> bool:
    """The town where something was said: "di Kupang, Rabu (27/11)", "di Jambi, Selasa"."""
    if tokens.word(start - 1) != "di":
        return False
    after = end + 1 if tokens.word(end) in {",", "("} else end
    return tokens.word(after) in words.days or (after > end and tokens.word(after)[:1].isdigit())


def is_branch(tokens: Tokens, start: int, end: int, has_level: bool, words: ContextWords) -> bool:
    """The town of a branch: "BPJS Kesehatan Cabang Palopo", "Kantor Cabang (KC) Batam", "BPJS Kesehatan Manokwari".

    "kepesertaan BPJS Kesehatan Batam" speaks of the town; "Bidang Kepesertaan BPJS Kesehatan Batam" of the branch.
    """
    if tokens.gaps[start] == EMPTY_LINE:
        return False
    i = start - 1
    while tokens.word(i) in {"(", ")"} and i > start - 4:
        i -= 1
    if tokens.word(i) in words.branch or (tokens.word(i) == "utama" and tokens.word(i - 1) in words.branch):
        return True
    cabang = False
    steps = 0
    while steps < 6 and (tokens.word(i) in words.branch_between or tokens.word(i) in {"-", ","}):
        # "BPJS Kesehatan, Tanjungbalai, membuka": between two commas the town explains the office.
        if tokens.word(i) == "," and (has_level or tokens.word(end) != ","):
            return False
        cabang = cabang or tokens.word(i) in words.branch
        i -= 1
        steps += 1
    if tokens.word(i) not in words.insurer:
        return False
    before = {tokens.word(j) for j in range(max(0, i - 4), i) if tokens.gaps[j + 1] < EMPTY_LINE}
    if cabang or before & words.branch_office:
        return True
    return not has_level and not before & words.branch_about


def is_name_part(tokens: Tokens, start: int, end: int, words: ContextWords) -> bool:
    """True where a homonym stands among other capitalised words, as in "Arya Bima" and "Bima Hindro Kusumo"."""
    after = (
        end < len(tokens) and tokens.gaps[end] == BLANK and tokens.is_capital(end) and not tokens.texts[end].isupper()
    )
    if after and tokens.word(end) not in words.cue and tokens.word(end) not in words.levels.level:
        return True
    before = start > 0 and tokens.gaps[start] == BLANK and tokens.is_capital(start - 1)
    return before and tokens.word(start - 1) not in words.cue and tokens.word(start - 1) not in words.joins


def follows_office(tokens: Tokens, end: int) -> bool:
    """Whether a homonym behind an office is its region: "Kadinkes Kuningan Tuti Sulastri" has her name of two words
    besides, "Kadinkes Bone mengatakan" none; "Sekda Bima Arya" may have no other name.
    """
    last = end
    while last < len(tokens) and tokens.gaps[last] == BLANK and tokens.is_capital(last):
        last += 1
    return last != end + 1


def is_nation(tokens: Tokens, start: int, words: ContextWords) -> bool:
    """ "seluruh Indonesia", "target nasional"; not "Ikatan Dokter Indonesia", "Jaminan Kesehatan Nasional"."""
    before = tokens.word(start - 1)
    if tokens.lower[start] == words.nation_adjective:
        # "Nasional per April 2024 96,91%", "rata-rata nasional 79,6 persen": beside a figure or a date it is no name.
        behind = tokens.word(start + 1)
        beside_figure = behind[:1].isdigit() or behind in words.nation_behind
        return before in words.nation_before or (beside_figure and not tokens.is_capital(start - 1))
    if before == "-" and tokens.word(start - 2) == "se":
        return True
    opens = tokens.gaps[start] >= NEW_LINE or tokens.word(start - 1) in {".", '"', "“", ""}
    return opens or not tokens.is_capital(start - 1) or before in words.nation_plain
