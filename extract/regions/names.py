"""The names of regions as the lexicon lists them: official, short, old, misspelt in a usual way, nicknames.

Reads regions.csv, region_names.csv, region_homonyms.csv, region_decoys.csv and the level words of region_words.toml.
A broken file raises LexiconError with file and entry.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from extract.errors import LexiconError
from extract.models import Region, RegionLevel
from extract.toml_files import parse_toml

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

    `cue` names are also people, tribes or waters (Bima, Toba) and need a preposition, an office or other regions beside
    them; for `noun` names, which are ordinary words (Lebak, Kendal), a capital within a sentence will do where the
    article names others of their province; `prefix` names need a word of their level (Kabupaten, Pemkot) or a neighbour
    in a list; `branch` names are towns that stand for a region only as the seat of a BPJS branch.
    """

    FREE = ""
    CUE = "cue"
    NOUN = "noun"
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
class RegionWords:
    """The words of lexicon/region_words.toml that tell a region's level, lower case."""

    level: Mapping[str, RegionLevel]
    office: Mapping[str, RegionLevel]
    between: frozenset[str]


def name_key(surface: str) -> str:
    """The form that names are compared in: "Kep. Riau" and "KEP RIAU" are both "kep riau"."""
    return " ".join(KEY_WORD.findall(surface.lower()))


def read_regions(folder: Path) -> tuple[tuple[Region, str], ...]:
    """Each region with its capital (empty where the capital has the region's name)."""
    found: dict[str, tuple[Region, str]] = {}
    for row in _read(folder / "regions.csv"):
        code, since = row["code"], row["since"]
        if code in found:
            raise LexiconError("regions.csv", code, "stands twice")
        try:
            level, people, year = RegionLevel(row["level"]), int(row["population"]), int(since) if since else None
        except ValueError as error:
            raise LexiconError("regions.csv", code, str(error)) from error
        found[code] = (Region(code, row["name"], level, people, year), row["capital"])
    return tuple(found.values())


def read_names(folder: Path, regions: tuple[tuple[Region, str], ...]) -> tuple[Name, ...]:
    """Every name of every region: official ones first, then those of region_names.csv, then capitals."""
    homonyms = dict(_read_homonyms(folder))
    names: list[Name] = []
    seen: set[tuple[str, str]] = set()
    for name in (*_official_names(regions, homonyms), *_listed_names(folder, regions, homonyms)):
        if (name.surface, name.code) in seen:
            raise LexiconError("region_names.csv", name.surface, "is listed twice or is the official name")
        seen.add((name.surface, name.code))
        names.append(name)
    # Seats of kabupaten stand for the kabupaten only as towns of a branch: "BPJS Cabang Atambua".
    seats = (
        Name(seat, region.code, NameKind.CAPITAL, Use.BRANCH)
        for region, seat in regions
        if seat and region.level is not RegionLevel.PROVINCE
    )
    return (*names, *seats)


def read_decoys(folder: Path) -> dict[str, str]:
    """Phrases that hold a region's name and mean something else ("Republik Indonesia"), by key."""
    return {name_key(row["phrase"]): row["phrase"] for row in _read(folder / "region_decoys.csv")}


def read_words(folder: Path) -> RegionWords:
    """The words that tell a level; none may tell two."""
    file = "region_words.toml"
    data = parse_toml((folder / file).read_text(encoding="utf-8"), file)
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


def _read(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if None in row or None in row.values():
                raise LexiconError(file.name, next(iter(row.values())), "has too many or too few columns")
            yield row


def _read_homonyms(folder: Path) -> Iterator[tuple[str, Use]]:
    for row in _read(folder / "region_homonyms.csv"):
        try:
            yield name_key(row["surface"]), Use(row["use"])
        except ValueError as error:
            raise LexiconError("region_homonyms.csv", row["surface"], str(error)) from error


def _official_names(regions: tuple[tuple[Region, str], ...], homonyms: Mapping[str, Use]) -> Iterator[Name]:
    """The bare official names, with `Kep.` and `Kep` for `Kepulauan`."""
    for region, _ in regions:
        bare = LEVEL_HEAD.sub("", region.name)
        use = homonyms.get(name_key(bare), Use.FREE)
        yield Name(bare, region.code, NameKind.OFFICIAL, use)
        if bare.startswith("Kepulauan "):
            for short in ("Kep. ", "Kep "):
                yield Name(bare.replace("Kepulauan ", short, 1), region.code, NameKind.SPELLING, use)


def _listed_names(folder: Path, regions: tuple[tuple[Region, str], ...], homonyms: Mapping[str, Use]) -> Iterator[Name]:
    codes = {region.code for region, _ in regions}
    for row in _read(folder / "region_names.csv"):
        surface, code, uses = row["surface"], row["code"], row["use"].split()
        if code not in codes:
            raise LexiconError("region_names.csv", surface, f"has the unknown code {code!r}")
        try:
            kind = NameKind(row["kind"])
            own = [Use(word) for word in uses if word != "upper"]
            until = int(row["until"]) if row["until"] else None
        except ValueError as error:
            raise LexiconError("region_names.csv", surface, str(error)) from error
        use = own[0] if own else homonyms.get(name_key(surface), Use.FREE)
        yield Name(surface, code, kind, use, "upper" in uses, until)
