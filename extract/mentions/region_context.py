"""What the words around a region's name say: its level, whether it is a region at all, a dateline, a branch's town.

Each test looks at a few tokens and answers one question. The words are data (lexicon/region_words.toml).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from extract.models import RegionLevel
from extract.regions import LEXICON, RegionWords, load_gazetteer

DASHES = frozenset("-–—|:")
# "KABAREKONOMI.CO.ID, BATAM –": how many tokens of an outlet's name may stand before the town.
DATELINE_TOKENS = 10


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of an article without its white space; parallel tuples.

    `gaps`: white space before the token, 0 none, 1 on the same line, 2 a new line, 3 an empty line.
    """

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
    """The word lists of lexicon/region_words.toml."""

    levels: RegionWords
    not_region: frozenset[str]
    not_region_between: frozenset[str]
    not_region_pairs: frozenset[tuple[str, str]]
    after: frozenset[str]
    person: frozenset[str]
    domain: frozenset[str]
    direction: frozenset[str]
    cue: frozenset[str]
    joins: frozenset[str]
    fill: frozenset[str]
    nation_name: str
    nation_adjective: str
    nation_before: frozenset[str]
    nation_plain: frozenset[str]
    branch: frozenset[str]
    insurer: frozenset[str]
    branch_between: frozenset[str]
    branch_office: frozenset[str]
    branch_about: frozenset[str]
    days: frozenset[str]


@cache
def load_context_words() -> ContextWords:
    data = tomllib.loads((LEXICON / "region_words.toml").read_text(encoding="utf-8"))
    apart, nation, branch = data["not_region"], data["nation"], data["branch"]
    return ContextWords(
        levels=load_gazetteer().words,
        not_region=frozenset(apart["before"]),
        not_region_between=frozenset(apart["between"]),
        not_region_pairs=frozenset((one, two) for one, two in apart["before_pair"]),
        after=frozenset(apart["after"]),
        person=frozenset(apart["person_before"]),
        domain=frozenset(apart["domain"]),
        direction=frozenset(apart["direction"]),
        cue=frozenset(data["cue"]["before"]),
        joins=frozenset(data["list"]["joins"]),
        fill=frozenset(data["list"]["fill"]),
        nation_name=nation["name"],
        nation_adjective=nation["adjective"],
        nation_before=frozenset(nation["before"]),
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
    texts: list[str] = []
    lower: list[str] = []
    starts: list[int] = []
    gaps: list[int] = []
    gap = 2
    offset = 0
    for token in doc:
        text = token.text
        if text.isspace():
            lines = text.count("\n")
            gap = max(gap, 3 if lines > 1 else 2 if lines else 1)
        else:
            texts.append(text)
            lower.append(token.lower_)
            starts.append(offset)
            gaps.append(gap)
            gap = 0
        offset += len(text)
        if token.whitespace_:
            offset += 1
            gap = max(gap, 1)
    return Tokens(tuple(texts), tuple(lower), tuple(starts), tuple(gaps))


def find_level(tokens: Tokens, start: int, words: ContextWords) -> tuple[RegionLevel | None, int]:
    """The level told by the word before the name, and where the mention starts with it.

    "[Kab. Asahan]" and "[Kota Batam]" hold the word; of "Bupati Malra" and "Wali Kota Batam" the name alone is the
    mention. "kabupaten/kota" and "ibu kota" tell nothing.
    """
    i = start - 1
    if tokens.word(i) == "." and tokens.gaps[i] == 0:
        i -= 1
    if tokens.word(i) in words.levels.between:
        i -= 1
    word = tokens.word(i)
    if tokens.gaps[min(i + 1, len(tokens) - 1)] > 2:
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
    joined = end < len(tokens) and tokens.gaps[end] <= 1
    if _is_address(tokens, start, end, words):
        return True
    if before == "." and tokens.word(start - 2) in words.not_region | words.person:
        before = tokens.word(start - 2)
    if before in words.not_region_between:
        before = tokens.word(start - 2)
    if tokens.gaps[start] <= 1 and (before in words.not_region or before in words.person):
        return True
    if (tokens.word(start - 2), tokens.word(start - 1)) in words.not_region_pairs:
        return True
    if joined and tokens.is_capital(end) and after in words.after:
        return True
    # "Medan Timur" is a kecamatan; kabupaten and provinces so called are names of their own.
    return joined and tokens.is_capital(end) and after in words.direction


def _is_address(tokens: Tokens, start: int, end: int, words: ContextWords) -> bool:
    """ "lampungpro.co", "mediacenter.batam.go.id", "@pemkot_batam", "/berita/batam-uhc"."""
    last = len(tokens)
    if end + 1 < last and tokens.lower[end] == "." and tokens.gaps[end] == tokens.gaps[end + 1] == 0:
        if tokens.lower[end + 1] in words.domain or tokens.texts[start].islower():
            return True
    glued_before = start > 0 and tokens.gaps[start] == 0
    if glued_before and tokens.lower[start - 1] in {"@", "#", "_"}:
        return True
    if not tokens.texts[start].islower():
        return False
    glued_after = end < last and tokens.gaps[end] == 0
    if glued_before and tokens.lower[start - 1] in {".", "/", "-"} and tokens.word(start - 2) != "se":
        return True
    return glued_after and tokens.lower[end] in {"/", "-", "_"}


def is_dateline(tokens: Tokens, start: int, end: int) -> bool:
    """The town that opens a report: "SERANG – ", "Medianesia.id, Tanjungpinang – ", "Pontianak (ANTARA) - "."""
    after = tokens.word(end)
    if after == "," and end + 1 < len(tokens):
        # "PALEMBANG, SUMEKS.CO -"
        if not tokens.texts[end + 1].isupper() or not tokens.texts[start].isupper():
            return False
    elif after == "(":
        if not tokens.is_capital(end + 1):
            return False
    elif after not in DASHES or (tokens.gaps[end] == 0 and after == "-" and not tokens.texts[start].isupper()):
        return False
    i = start
    while tokens.gaps[i] < 2:
        i -= 1
        # An outlet's name has no small words but the ends of its address.
        if start - i > DATELINE_TOKENS or (tokens.texts[i].islower() and tokens.word(i - 1) != "."):
            return False
    return True


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
    if tokens.gaps[start] > 2:
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
    before = {tokens.word(j) for j in range(max(0, i - 4), i) if tokens.gaps[j + 1] < 3}
    if cabang or before & words.branch_office:
        return True
    return not has_level and not before & words.branch_about


def is_name_part(tokens: Tokens, start: int, end: int, words: ContextWords) -> bool:
    """True where a homonym stands among other capitalised words, as in "Arya Bima" and "Bima Hindro Kusumo"."""
    after = end < len(tokens) and tokens.gaps[end] == 1 and tokens.is_capital(end) and not tokens.texts[end].isupper()
    if after and tokens.word(end) not in words.cue and tokens.word(end) not in words.levels.level:
        return True
    before = start > 0 and tokens.gaps[start] == 1 and tokens.is_capital(start - 1)
    return before and tokens.word(start - 1) not in words.cue and tokens.word(start - 1) not in words.joins


def is_nation(tokens: Tokens, start: int, words: ContextWords) -> bool:
    """ "seluruh Indonesia", "target nasional"; not "Ikatan Dokter Indonesia", "Jaminan Kesehatan Nasional"."""
    before = tokens.word(start - 1)
    if tokens.lower[start] == words.nation_adjective:
        return before in words.nation_before
    if before == "-" and tokens.word(start - 2) == "se":
        return True
    opens = tokens.gaps[start] > 1 or tokens.word(start - 1) in {".", '"', "“", ""}
    return opens or not tokens.is_capital(start - 1) or before in words.nation_plain
