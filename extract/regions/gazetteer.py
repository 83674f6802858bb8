"""The gazetteer: every province, kabupaten and kota, the names in use for each, and which one a name means.

Codes, names and populations are Kemendagri's and Dukcapil's (lexicon/regions.csv). One name often belongs to several
regions (Malang is a kabupaten and a kota, Gorontalo a province as well), so look-up gives candidates, and
`resolve_candidates` weighs what the text says about them. Nothing here reads the text itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from extract.errors import LexiconError, UnknownRegionCode
from extract.models import Region, RegionLevel
from extract.regions.names import (
    Name,
    NameKind,
    RegionWords,
    Use,
    name_key,
    read_decoys,
    read_names,
    read_regions,
    read_words,
)

LEXICON = Path(__file__).parents[1] / "lexicon"
COUNTED_IN = 2024  # the year of the populations: Dukcapil, semester II


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
class Gazetteer:
    """All regions by code and all names by key (`name_key`), with every surface as it is written.

    `decoys` are phrases that hold a name and mean something else; `spellings` the names that a misspelling is compared
    with, by level and first letter; `capitals` the kota or kabupaten that each province is governed from, by its code.
    """

    regions: Mapping[str, Region]
    names: Mapping[str, tuple[Name, ...]]
    surfaces: frozenset[str]
    decoys: Mapping[str, str]
    words: RegionWords
    spellings: Mapping[tuple[RegionLevel, str], tuple[tuple[str, Name], ...]]
    capitals: Mapping[str, Region]

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
        for known, name in self.spellings.get((level, key[:1]), ()) if slips else ():
            distance = OSA.distance(key, known, score_cutoff=slips)
            if 0 < distance <= slips and distance < near.get(name.code, (slips + 1, name))[0]:
                near[name.code] = (distance, name)
        ranked = sorted(near.values(), key=lambda pair: pair[0])
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return ranked[0][1]


def resolve_candidates(candidates: tuple[Region, ...], evidence: Evidence) -> tuple[Region | None, str | None]:
    """Which of several regions of one name is meant, and the rule that decided (None where the name alone did).

    Order of evidence: the word beside the name; `Kota` after it; datelines, places of speech and branches are towns;
    the province that neighbours or the article point to; what its list has not named yet; the level that the list
    shares; the kind of its neighbours; the code that the article names beyond doubt. Failing all, a province before
    its capital ("warga Gorontalo"), a kota before the kabupaten around it ("warga Malang"); two kabupaten of one name
    stay open (None).
    """
    if len(candidates) < 2:
        return (candidates[0] if candidates else None), None
    steps: tuple[tuple[str, Callable[[tuple[Region, ...]], tuple[Region, ...]]], ...] = (
        ("region.prefix", lambda left: _of_level(left, evidence.level)),
        ("region.inverted", lambda left: _of_level(left, RegionLevel.KOTA if evidence.inverted else None)),
        ("region.town", lambda left: _of_level(left, RegionLevel.KOTA if evidence.town else None)),
        ("region.context", lambda left: _in_province(left, evidence)),
        ("region.list", lambda left: _fresh(left, evidence.neighbours)),
        ("region.list", lambda left: _of_level(left, evidence.shared)),
        ("region.list", lambda left: _of_kind(left, evidence.neighbours)),
        ("region.context", lambda left: _dominant(left, evidence.named)),
    )
    for rule, narrow in steps:
        fitting = narrow(candidates)
        if len(fitting) == 1:
            return fitting[0], rule
        # A level that two share ("Bupati Mura") narrows the field for what follows.
        candidates = fitting or candidates
    for level in (RegionLevel.PROVINCE, RegionLevel.KOTA, RegionLevel.KABUPATEN):
        fitting = _of_level(candidates, level)
        if fitting:
            return (fitting[0] if len(fitting) == 1 else None), "region.default"
    return None, None


def _of_level(candidates: tuple[Region, ...], level: RegionLevel | None) -> tuple[Region, ...]:
    return tuple(region for region in candidates if region.level is level)


def _fresh(candidates: tuple[Region, ...], neighbours: tuple[Region, ...]) -> tuple[Region, ...]:
    """What a list names once it does not name again: in "Kota Bima, Dompu, Bima" the last is the kabupaten."""
    if not any(region in neighbours for region in candidates):
        return ()
    levels = {region.level for region in candidates}
    if RegionLevel.PROVINCE in levels:
        return ()
    return tuple(region for region in candidates if region not in neighbours)


def _of_kind(candidates: tuple[Region, ...], neighbours: tuple[Region, ...]) -> tuple[Region, ...]:
    """Provinces stand with provinces ("Sulawesi Tengah, Gorontalo dan Maluku Utara"), towns with towns; in a list of
    kabupaten alone ("Boalemo, Gorontalo, Pohuwato") a kabupaten is meant."""
    provinces = {region.level is RegionLevel.PROVINCE for region in neighbours}
    if len(provinces) != 1:
        return ()
    fitting = tuple(region for region in candidates if (region.level is RegionLevel.PROVINCE) in provinces)
    levels = {region.level for region in neighbours}
    if len(neighbours) > 1 and levels == {RegionLevel.KABUPATEN}:
        return _of_level(fitting, RegionLevel.KABUPATEN) or fitting
    return fitting


def _dominant(candidates: tuple[Region, ...], named: Mapping[str, int]) -> tuple[Region, ...]:
    """The one that the article names beyond doubt at least twice as often as any other."""
    ranked = sorted(candidates, key=lambda region: -named.get(region.code, 0))
    most, next_most = (named.get(region.code, 0) for region in ranked[:2])
    return (ranked[0],) if most and most >= 2 * next_most else ()


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


def read_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer of a lexicon folder. Raises LexiconError, naming file and entry, where a file is broken."""
    entries = read_regions(folder)
    regions = {region.code: region for region, _ in entries}
    table: dict[str, list[Name]] = {}
    spellings: dict[tuple[RegionLevel, str], list[tuple[str, Name]]] = {}
    surfaces: set[str] = set()
    for name in read_names(folder, entries):
        surfaces.add(name.surface)
        key = name_key(name.surface)
        kept = table.setdefault(key, [])
        # "Pare-Pare" and "Pare Pare" are two spellings and one key.
        if any(name.code == other.code for other in kept):
            continue
        kept.append(name)
        # Acronyms, nicknames and homonyms are no names to guess at.
        if name.use is Use.FREE and not name.upper and name.kind is not NameKind.NICKNAME:
            spellings.setdefault((regions[name.code].level, key[:1]), []).append((key, name))
    return Gazetteer(
        regions=MappingProxyType(regions),
        names=MappingProxyType({key: tuple(names) for key, names in table.items()}),
        surfaces=frozenset(surfaces),
        decoys=MappingProxyType(read_decoys(folder)),
        words=read_words(folder),
        spellings=MappingProxyType({place: tuple(names) for place, names in spellings.items()}),
        capitals=MappingProxyType(read_capitals(entries)),
    )


def read_capitals(entries: tuple[tuple[Region, str], ...]) -> dict[str, Region]:
    """The capital of each province. Raises LexiconError where none is called so."""
    named = {region.name: region for region, _ in entries}
    found: dict[str, Region] = {}
    for region, capital in entries:
        if region.level is RegionLevel.PROVINCE and capital:
            if capital not in named:
                raise LexiconError("regions.csv", region.code, f"has the unknown capital {capital!r}")
            found[region.code] = named[capital]
    return found


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the project's lexicon, read once. Raises LexiconError."""
    return read_gazetteer(LEXICON)
