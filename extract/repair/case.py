"""A figure in doubt and what it can be held against: claims around it, the region's population, earlier claims."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from extract.models import Claim, EarlierClaim, Unit, Witness
from extract.repair.arithmetic import (
    NATION,
    NEAR,
    History,
    Interval,
    RegionLookup,
    population_in,
    population_of,
    year_of,
)
from extract.wording import Language, load_sentences, number, percent

MOST_ON_A_SIDE = 30  # claims before and after that a figure is held against; keeps a text of thousands readable in time


@dataclass(frozen=True, slots=True)
class Case:
    """A claim whose figure is looked into, and what is held against its readings."""

    claim: Claim
    others: tuple[Claim, ...]
    population: Interval | None
    """What the region's population can have been in the figure's year; None where it is not known."""
    counted: int | None
    """The region's population as the gazetteer has it, for people to read."""
    around: Interval | None
    """The same as `population` for the province around the region; None for a province and the nation."""
    nation: Interval | None
    language: Language = "en"
    earlier: tuple[EarlierClaim, ...] = ()

    def witness(self, name: str, sentence: str, fill: Mapping[str, str | int]) -> Witness:
        """A witness in the language of the case: `sentence` is its key in lexicon/checks.toml."""
        message: str = load_sentences(self.language)["witnesses"][sentence].format(**fill)
        return Witness(name, message)

    def number(self, value: float) -> str:
        return number(value, self.language)

    def percent(self, value: float) -> str:
        return percent(value, self.language)

    def shown(self, value: float) -> str:
        """A value of the claim's own unit in words for people."""
        return self.percent(value) if self.claim.unit is Unit.PERCENT else self.number(value)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all cases of one article share."""

    neighbours: Sequence[Sequence[int]]
    """For each claim the positions of those it can be held against."""
    lookup: RegionLookup
    year: int | None
    language: Language
    history: History

    def open_case(self, claims: Sequence[Claim], at: int, without: Collection[int] = ()) -> Case:
        """The claim at this position with the others as they are settled so far, but for those not to be relied on."""
        claim = claims[at]
        nation = self.lookup(NATION)
        region = self.lookup(claim.region) if claim.region is not None else None
        province = self.lookup(region.province) if region and region.province not in {None, region.code} else None
        year = year_of(claim, self.year)
        return Case(
            claim,
            tuple(claims[other] for other in self.neighbours[at] if other not in without),
            population_of(claim, self.lookup, self.year),
            region.population if region else None,
            population_in(province, year) if province else None,
            Interval(0, nation.population * 1.1) if nation else None,
            self.language,
            tuple(self.history(claim.region)) if claim.region is not None else (),
        )


def find_neighbours(claims: Sequence[Claim]) -> list[list[int]]:
    """For each claim the nearest others of its sentence, its region, the region's parts and the province around it.

    Beside a figure of a region stand those of the next sentence that name none: "Totalnya 981.641 jiwa".
    """
    groups: dict[tuple[str, object], list[int]] = defaultdict(list)
    for at, claim in enumerate(claims):
        groups["sentence", claim.sentence].append(at)
        if claim.region is None:
            groups["nowhere", claim.sentence].append(at)
        else:
            groups["region", claim.region].append(at)
            groups["parts", _province(claim.region)].append(at)
    return [
        sorted({other for key in _groups_of(claim) for other in _nearest(groups.get(key, ()), at) if other != at})
        for at, claim in enumerate(claims)
    ]


def _groups_of(claim: Claim) -> list[tuple[str, object]]:
    keys: list[tuple[str, object]] = [("sentence", claim.sentence)]
    if claim.region is None:
        keys += [("sentence", claim.sentence + apart) for apart in range(-NEAR, NEAR + 1) if apart]
    else:
        keys += [("region", claim.region), ("parts", claim.region), ("parts", _province(claim.region))]
        keys.append(("region", _province(claim.region)))
        keys += [("nowhere", claim.sentence + apart) for apart in (-1, 1)]
    return keys


def _province(code: str) -> str | None:
    """The code of the province that a kabupaten or kota lies in; None for a province and the nation."""
    return code.split(".")[0] if "." in code else None


def _nearest(positions: Sequence[int], at: int) -> Sequence[int]:
    middle = bisect_left(positions, at)
    return positions[max(0, middle - MOST_ON_A_SIDE) : middle + MOST_ON_A_SIDE + 1]
