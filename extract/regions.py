"""The gazetteer: every province, kabupaten and kota, the names in use for each, and which one a name means.

Codes, names and populations are Kemendagri's and Dukcapil's (lexicon/regions.csv). One name often belongs to several
regions (Malang is a kabupaten and a kota, Gorontalo a province as well), so look-up gives candidates, and
`resolve_candidates` weighs what the text says about them. Nothing here reads the text itself.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from extract.errors import LexiconError, UnknownRegionCode
from extract.models import Region, RegionLevel

LEXICON = Path(__file__).parent / "lexicon"
NATION = "0"

KEY_WORD = re.compile(r"[^\W\d_]+|\d+")
LEVEL_HEAD = re.compile(r"^(?:Kabupaten|Kota)(?: Administrasi)? ")


class NameKind(StrEnum):
    """What sort of name it is; the rule ID of a mention is `region.` and this, where the name alone decides."""

    OFFICIAL = "official"
    SPELLING = "spelling"
    SHORT = "short"
    OLD = "old"
    NICKNAME = "nickname"
    CAPITAL = "capital"


class Use(StrEnum):
    """What a name needs beside it before it counts as a region.

    `cue` names are also ordinary words, things or people (Batu, Toba, Bima) and need a preposition, an office or other
    regions beside them; `prefix` names need a word of their level (Kabupaten, Pemkot); `branch` names are towns that
    stand for a region only as the seat of a BPJS branch.
    """

    FREE = ""
    CUE = "cue"
    PREFIX = "prefix"
    BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one region. `upper`: a name only in capitals (HSS, DIY). `until`: last year it was official."""

    surface: str
    code: str
    kind: NameKind
    use: Use = Use.FREE
    upper: bool = False
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text says about which region a name means, strongest first.

    `level` comes from a word beside the name ("Kabupaten", "Pemkot"), `inverted` from "Tangerang Kota"; `town` marks a
    dateline, a place of speech or a BPJS branch; `shared` is the level of the list it stands in, `neighbours` the other
    regions there, and `named` how often the article names each code beyond doubt.
    """

    level: RegionLevel | None = None
    inverted: bool = False
    town: bool = False
    shared: RegionLevel | None = None
    neighbours: tuple[Region, ...] = ()
    named: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RegionWords:
    """The words of lexicon/region_words.toml that tell a region's level, lower case."""

    level: Mapping[str, RegionLevel]
    office: Mapping[str, RegionLevel]
    between: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All regions by code and all names by key (`name_key`); phrases that hold a name but mean something else apart."""

    regions: Mapping[str, Region]
    names: Mapping[str, tuple[Name, ...]]
    surfaces: frozenset[str]
    decoys: Mapping[str, str]
    words: RegionWords

    def get(self, code: str) -> Region:
        """The region of a Kemendagri code, "0" for the nation. Raises UnknownRegionCode."""
        region = self.regions.get(code)
        if region is None:
            raise UnknownRegionCode(code)
        return region

    def lookup(self, surface: str) -> tuple[Name, ...]:
        """Every region's name written like this, without its level word; case, hyphens and dots do not matter."""
        return self.names.get(name_key(surface), ())

    def members(self, province: str) -> tuple[Region, ...]:
        """Kabupaten and kota of a province, by code. Raises UnknownRegionCode."""
        head = self.get(province).code + "."
        return tuple(region for code, region in self.regions.items() if code.startswith(head))

    def resolve(self, text: str) -> Region | None:
        """A region from a name that stands alone: "Kab. Malang", "Pemkot Serang", "Kepri", "Tangerang Kota".

        None where no region is called so, or where two are and nothing tells them apart ("Mura").
        """
        words = name_key(text).split()
        level: RegionLevel | None = None
        while words and name_key(" ".join(words)) not in self.names:
            head = words[0]
            level = self.words.level.get(head) or self.words.office.get(head) or level
            if level is None and head not in {"wali", "wakil"}:
                break
            words = words[1:]
        inverted = len(words) > 1 and words[-1] == "kota" and " ".join(words) not in self.names
        found = self.names.get(" ".join(words[:-1] if inverted else words), ())
        usable = tuple(name for name in found if name.use not in ({Use.BRANCH} if level else {Use.BRANCH, Use.PREFIX}))
        return resolve_candidates(self.candidates(usable), Evidence(level=level, inverted=inverted))[0]

    def candidates(self, names: tuple[Name, ...]) -> tuple[Region, ...]:
        """The regions that these names belong to, each once, in order of code."""
        return tuple(self.regions[code] for code in sorted({name.code for name in names}))

    def nearest(self, surface: str, level: RegionLevel) -> Name | None:
        """The one name of this level that a misspelling can be: "Nagakeo" is Nagekeo, "Talibau" Taliabu.

        One slip (letter wrong, missing, added or two swapped) in names of six letters and more, two from ten letters;
        the first letter must stand. None where nothing or more than one region is that near.
        """
        # Imported late: only misspelt names pay for it.
        from rapidfuzz.distance import OSA

        key = name_key(surface)
        slips = 2 if len(key) >= 10 else 1 if len(key) >= 6 else 0
        near: dict[str, tuple[int, Name]] = {}
        for known, name in _spellings(self, level, key[:1]) if slips else ():
            distance = OSA.distance(key, known, score_cutoff=slips)
            if 0 < distance <= slips and distance < near.get(name.code, (slips + 1, name))[0]:
                near[name.code] = (distance, name)
        ranked = sorted(near.values(), key=lambda pair: pair[0])
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return ranked[0][1]


def name_key(surface: str) -> str:
    """The form that names are compared in: "Kep. Riau" and "KEP RIAU" are both "kep riau"."""
    return " ".join(KEY_WORD.findall(surface.lower()))


def resolve_candidates(candidates: tuple[Region, ...], evidence: Evidence) -> tuple[Region | None, str | None]:
    """Which of several regions of one name is meant, and the rule that decided (None where the name alone did).

    Order of evidence: the word beside the name; `Kota` after it; datelines, places of speech and branches are towns;
    the level that a list shares; the kind of its neighbours in the list; the province that neighbours or the article
    point to; the code that the article names beyond doubt. Failing all, a province before its capital ("warga
    Gorontalo"), a kota before the kabupaten around it ("warga Malang"); two kabupaten of one name stay open (None).
    """
    if len(candidates) < 2:
        return (candidates[0] if candidates else None), None
    steps = (
        ("region.prefix", _of_level(candidates, evidence.level)),
        ("region.inverted", _of_level(candidates, RegionLevel.KOTA if evidence.inverted else None)),
        ("region.town", _of_level(candidates, RegionLevel.KOTA if evidence.town else None)),
        ("region.list", _of_level(candidates, evidence.shared)),
    )
    for rule, fitting in steps:
        if len(fitting) == 1:
            return fitting[0], rule
        # "Kota Banjar" settles it; a level that two share narrows the field for what follows.
        candidates = fitting or candidates
    for rule, fitting in (
        ("region.list", _beside(candidates, evidence.neighbours)),
        ("region.context", _in_province(candidates, evidence)),
        ("region.context", tuple(one for one in candidates if evidence.named.get(one.code))),
    ):
        if len(fitting) == 1:
            return fitting[0], rule
        candidates = fitting or candidates
    for level in (RegionLevel.PROVINCE, RegionLevel.KOTA, RegionLevel.KABUPATEN):
        fitting = _of_level(candidates, level)
        if fitting:
            return (fitting[0] if len(fitting) == 1 else None), "region.default"
    return None, None


def _of_level(candidates: tuple[Region, ...], level: RegionLevel | None) -> tuple[Region, ...]:
    return tuple(region for region in candidates if region.level is level)


def _beside(candidates: tuple[Region, ...], neighbours: tuple[Region, ...]) -> tuple[Region, ...]:
    """Provinces stand in lists with provinces: "Sulawesi Tengah, Gorontalo dan Maluku Utara"."""
    if not neighbours:
        return ()
    provinces = all(region.level is RegionLevel.PROVINCE for region in neighbours)
    towns = all(region.level is not RegionLevel.PROVINCE for region in neighbours)
    fitting = tuple(region for region in candidates if (region.level is RegionLevel.PROVINCE) == provinces)
    # "Kota Kupang, Ende, Kupang": what the list already names is not meant again.
    fresh = tuple(region for region in fitting if region not in neighbours)
    return (fresh or fitting) if provinces or towns else ()


def _in_province(candidates: tuple[Region, ...], evidence: Evidence) -> tuple[Region, ...]:
    """Candidates of different provinces (Banjar, Mura): those of the province that the list or the article is about."""
    if len({region.province for region in candidates}) < 2:
        return ()
    here = {region.province for region in evidence.neighbours}
    fitting = tuple(region for region in candidates if region.province in here)
    if fitting:
        return fitting
    weights: dict[str, int] = {}
    for code, count in evidence.named.items():
        weights[code.split(".")[0]] = weights.get(code.split(".")[0], 0) + count
    best = max((weights.get(region.province or "", 0) for region in candidates), default=0)
    return tuple(region for region in candidates if best and weights.get(region.province or "", 0) == best)


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the lexicon, read once. Raises LexiconError, naming file and entry, where a file is broken."""
    regions = {region.code: region for region, _ in _read_regions()}
    homonyms = {name_key(row["surface"]): row for row in _read("region_homonyms.csv")}
    table: dict[str, list[Name]] = {}
    surfaces: set[tuple[str, str]] = set()
    for name in (*_official_names(homonyms), *_listed_names(regions, homonyms)):
        if (name.surface, name.code) in surfaces:
            raise LexiconError("region_names.csv", name.surface, "is listed twice or is the official name")
        surfaces.add((name.surface, name.code))
        kept = table.setdefault(name_key(name.surface), [])
        # "Pare-Pare" and "Pare Pare" are two spellings and one key.
        if name.code not in {other.code for other in kept}:
            kept.append(name)
    for name in _capitals():
        surfaces.add((name.surface, name.code))
        kept = table.setdefault(name_key(name.surface), [])
        if name.code not in {other.code for other in kept}:
            kept.append(name)
    names = {key: tuple(found) for key, found in table.items()}
    decoys = {name_key(row["phrase"]): row["phrase"] for row in _read("region_decoys.csv")}
    return Gazetteer(
        regions=MappingProxyType(regions),
        names=MappingProxyType(names),
        surfaces=frozenset(surface for surface, _ in surfaces),
        decoys=MappingProxyType(decoys),
        words=_read_words(),
    )


def _read(file: str) -> Iterator[dict[str, str]]:
    with (LEXICON / file).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if None in row or None in row.values():
                raise LexiconError(file, next(iter(row.values())) or "", "has too many or too few columns")
            yield row


@cache
def _read_regions() -> tuple[tuple[Region, str], ...]:
    """Each region with its capital (empty where the capital has the region's name)."""
    found: dict[str, tuple[Region, str]] = {}
    for row in _read("regions.csv"):
        code, since = row["code"], row["since"]
        if code in found:
            raise LexiconError("regions.csv", code, "stands twice")
        try:
            level, people, year = RegionLevel(row["level"]), int(row["population"]), int(since) if since else None
        except ValueError as error:
            raise LexiconError("regions.csv", code, str(error)) from error
        found[code] = (Region(code, row["name"], level, people, year), row["capital"])
    return tuple(found.values())


def _official_names(homonyms: Mapping[str, Mapping[str, str]]) -> Iterator[Name]:
    """The bare official names, with `Kep.` and `Kep` for `Kepulauan`."""
    for region, _ in _read_regions():
        bare = LEVEL_HEAD.sub("", region.name)
        homonym = homonyms.get(name_key(bare))
        use = Use(homonym["use"]) if homonym else Use.FREE
        yield Name(bare, region.code, NameKind.OFFICIAL, use)
        if bare.startswith("Kepulauan "):
            for short in ("Kep. ", "Kep "):
                yield Name(bare.replace("Kepulauan ", short, 1), region.code, NameKind.SPELLING, use)


def _capitals() -> Iterator[Name]:
    """Seats of kabupaten: they stand for the kabupaten only as towns of a branch ("BPJS Cabang Atambua")."""
    for region, capital in _read_regions():
        if capital:
            yield Name(capital, region.code, NameKind.CAPITAL, Use.BRANCH)


def _listed_names(regions: Mapping[str, Region], homonyms: Mapping[str, Mapping[str, str]]) -> Iterator[Name]:
    for row in _read("region_names.csv"):
        surface, code, uses = row["surface"], row["code"], row["use"].split()
        if code not in regions:
            raise LexiconError("region_names.csv", surface, f"has the unknown code {code!r}")
        homonym = homonyms.get(name_key(surface))
        try:
            kind = NameKind(row["kind"])
            named = [Use(word) for word in uses if word != "upper"]
            until = int(row["until"]) if row["until"] else None
        except ValueError as error:
            raise LexiconError("region_names.csv", surface, str(error)) from error
        use = named[0] if named else Use(homonym["use"]) if homonym else Use.FREE
        yield Name(surface, code, kind, use, "upper" in uses, until)


def _read_words() -> RegionWords:
    file = "region_words.toml"
    data = tomllib.loads((LEXICON / file).read_text(encoding="utf-8"))
    tables: list[dict[str, RegionLevel]] = []
    for table in ("level", "office"):
        found: dict[str, RegionLevel] = {}
        for level in (RegionLevel.KABUPATEN, RegionLevel.KOTA, RegionLevel.PROVINCE):
            for word in data[table][level]:
                if word in found:
                    raise LexiconError(file, word, f"stands twice in [{table}]")
                found[word] = level
        tables.append(found)
    return RegionWords(tables[0], tables[1], frozenset(data["level"]["between"]))


@cache
def _spelling_table() -> Mapping[tuple[RegionLevel, str], tuple[tuple[str, Name], ...]]:
    """Names that a misspelling is compared with, by level and first letter: full names, and no homonyms."""
    gazetteer = load_gazetteer()
    table: dict[tuple[RegionLevel, str], list[tuple[str, Name]]] = {}
    for key, names in gazetteer.names.items():
        for name in names:
            if name.use is Use.FREE and name.kind in {NameKind.OFFICIAL, NameKind.SPELLING, NameKind.OLD}:
                table.setdefault((gazetteer.regions[name.code].level, key[:1]), []).append((key, name))
    return {place: tuple(found) for place, found in table.items()}


def _spellings(gazetteer: Gazetteer, level: RegionLevel, letter: str) -> tuple[tuple[str, Name], ...]:
    return _spelling_table().get((level, letter), ())
