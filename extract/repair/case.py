"""A figure in doubt and what it can be held against: claims around it, the region's population, earlier claims."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from extract.models import Claim, EarlierClaim, Witness
from extract.repair.arithmetic import (
    NATION,
    NEAR,
    History,
    Interval,
    RegionLookup,
    population_at,
    population_in,
    tied,
    year_of,
)
from extract.wording import Fill, Language, in_words, load_sentences

MOST_ON_A_SIDE = 30  # claims before and after that a figure is held against; keeps a text of thousands readable in time
MOST_TIED = 8  # of those that arithmetic ties to it, on a side: no passage of prose ties as many to one figure


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for or against a reading, before anyone needs it in words."""

    name: str
    sentence: str
    """Its key in [witnesses] of lexicon/checks.toml."""
    fill: Fill = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Area:
    """What is known of a claim's region in the claim's year; all None where it has none."""

    population: Interval | None = None
    """What the region's population can have been in the figure's year; None where it is not known."""
    counted: int | None = None
    """The region's population as the gazetteer has it, for people to read."""
    around: Interval | None = None
    """The same as `population` for the province around the region; None for a province and the nation."""
    earlier: tuple[EarlierClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A claim whose figure is looked into, and what is held against its readings."""

    claim: Claim
    area: Area
    nation: Interval | None
    language: Language
    others: Sequence[Claim] = ()
    tied: tuple[Claim, ...] = ()
    """Those of the others that arithmetic may hold against the figure, the nearest."""

    def witness(self, found: Evidence) -> Witness:
        """The evidence in words, in the language of the case."""
        sentence: str = load_sentences(self.language)["witnesses"][found.sentence]
        words = {place: in_words(told, self.language) for place, told in found.fill.items()}
        return Witness(found.name, sentence.format(**words))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all cases of one article share."""

    neighbours: Sequence[Sequence[int]]
    """For each claim the positions of those it can be held against."""
    held_against: Sequence[Sequence[int]]
    """For each claim the positions of those that are held against it."""
    areas: Sequence[Area]
    """For each claim what is known of its region."""
    nation: Interval | None
    language: Language

    def open_case(self, claims: Sequence[Claim], at: int, without: Collection[int] = ()) -> Case:
        """The claim at this position with the others as they are settled so far, but for those not to be relied on."""
        claim = claims[at]
        positions = [position for position in self.neighbours[at] if position not in without]
        others = [claims[position] for position in positions]
        behind = bisect_left(positions, at)
        return Case(
            claim,
            self.areas[at],
            self.nation,
            self.language,
            others,
            (*_tied(claim, others[:behind])[-MOST_TIED:], *_tied(claim, others[behind:])[:MOST_TIED]),
        )

    def open_alone(self, claims: Sequence[Claim], at: int) -> Case:
        """The claim at this position without any other."""
        return Case(claims[at], self.areas[at], self.nation, self.language)


def _tied(claim: Claim, others: Sequence[Claim]) -> list[Claim]:
    return [other for other in others if tied(claim, other)]


def survey(
    claims: Sequence[Claim], lookup: RegionLookup, year: int | None, language: Language, history: History
) -> Surroundings:
    """What all cases on these claims share; each region is looked up once for each year."""
    nation = lookup(NATION)
    keys = [(claim.region, year_of(claim, year)) for claim in claims]
    areas = {key: _area(*key, lookup, history) for key in dict.fromkeys(keys)}
    neighbours = find_neighbours(claims)
    held_against: list[list[int]] = [[] for _ in claims]
    for at, others in enumerate(neighbours):
        for other in others:
            held_against[other].append(at)
    return Surroundings(
        neighbours,
        held_against,
        [areas[key] for key in keys],
        Interval(0, nation.population * 1.1) if nation else None,
        language,
    )


def _area(code: str | None, year: int | None, lookup: RegionLookup, history: History) -> Area:
    region = lookup(code) if code is not None else None
    if region is None:
        return Area()
    province = lookup(region.province) if region.province not in {None, region.code} else None
    return Area(
        population_at(region, year),
        region.population,
        population_in(province, year) if province else None,
        tuple(history(region.code)),
    )


def find_neighbours(claims: Sequence[Claim]) -> list[list[int]]:
    """For each claim the nearest others of its sentence, its region, the region's parts and the province around it.

    Beside a figure of a region stand those of the next sentence that name none: "Totalnya 981.641 jiwa".
    """
    in_sentence: dict[int, list[int]] = defaultdict(list)
    nowhere: dict[int, list[int]] = defaultdict(list)
    in_region: dict[str | None, list[int]] = defaultdict(list)
    in_parts: dict[str | None, list[int]] = defaultdict(list)
    for at, claim in enumerate(claims):
        in_sentence[claim.sentence].append(at)
        if claim.region is None:
            nowhere[claim.sentence].append(at)
        else:
            in_region[claim.region].append(at)
            in_parts[_province(claim.region)].append(at)

    def groups_of(sentence: int, region: str | None) -> list[list[int]]:
        if region is None:
            found = [in_sentence.get(near) for near in range(sentence - NEAR, sentence + NEAR + 1)]
        else:
            province = _province(region)
            found = [in_sentence[sentence], nowhere.get(sentence - 1), nowhere.get(sentence + 1)]
            found += [positions.get(code) for positions in (in_region, in_parts) for code in (region, province)]
        return [positions for positions in found if positions]

    keys = [(claim.sentence, claim.region) for claim in claims]
    groups = {key: groups_of(*key) for key in dict.fromkeys(keys)}
    return [
        sorted(set().union(*[_nearest(positions, at) for positions in groups[key]]) - {at})
        for at, key in enumerate(keys)
    ]


def _province(code: str) -> str | None:
    """The code of the province that a kabupaten or kota lies in; None for a province and the nation."""
    return code.split(".")[0] if "." in code else None


def _nearest(positions: Sequence[int], at: int) -> Sequence[int]:
    middle = bisect_left(positions, at)
    return positions[max(0, middle - MOST_ON_A_SIDE) : middle + MOST_ON_A_SIDE + 1]
