"""Areas with figures that are known to be true: a region of the gazetteer in a year, its people and who is covered.

Populations start from Dukcapil's and are moved by the growth of the years between, and a little by the source that was
used; all else follows from them by shares drawn at random.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from extract.models import Region, RegionLevel
from extract.regions.gazetteer import COUNTED_IN, load_gazetteer

YEARS = range(2018, 2027)
SLOWEST, FASTEST = -0.004, 0.022  # yearly growth of most kabupaten and kota, BPS 2010-2020
SOURCE = 0.015  # how far BPS, Dukcapil and BPJS lie apart
SEGMENTS = {"pbi": 0.42, "pemda": 0.24, "ppu": 0.20, "pbpu": 0.10, "bp": 0.04}  # about the shares of the nation


@dataclass(frozen=True, slots=True)
class Area:
    """A region in a year with its true figures by name: people as whole numbers, rates as percentages."""

    region: Region
    year: int
    figures: Mapping[str, float]
    comparable: bool
    """Whether the gazetteer's population is of the same area."""
    parts: tuple[Area, ...] = ()


Choose = Callable[[Random], Area]


@cache
def regions_of(level: RegionLevel | None = None) -> tuple[Region, ...]:
    """All regions of a level (None: kabupaten and kota) whose area is the same in all YEARS, by code."""
    levels = {level} if level else {RegionLevel.KABUPATEN, RegionLevel.KOTA}
    return tuple(
        region
        for _, region in sorted(load_gazetteer().regions.items())
        if region.level in levels and (region.since is None or region.since < YEARS[0])
    )


def people_of(region: Region, year: int, chance: Random) -> int:
    """A population that the region can have had in a year."""
    growth = chance.uniform(SLOWEST, FASTEST)
    return round(region.population * (1 + growth) ** (year - COUNTED_IN) * (1 + chance.uniform(-SOURCE, SOURCE)))


def figures_of(population: int, members: int, chance: Random, stated: Callable[[float], float]) -> dict[str, float]:
    """Everything that follows from a population and its members; `stated` is how rates are rounded in print."""
    active = round(members * chance.uniform(0.62, 0.97))
    figures: dict[str, float] = {
        "population": population,
        "members": members,
        "rate": stated(100 * members / population),
        "active": active,
        "inactive": members - active,
        "active_rate": stated(100 * active / members),
    }
    if members < population:
        figures["uncovered"] = population - members
        figures["uncovered_rate"] = round(100 - figures["rate"], 2)
        # What is missing to the 98 persen of the national plan, as officials say it: in whole thousands.
        missing = round(0.98 * population - members, -3)
        if missing > 0:
            figures["gap"] = missing
    weights = {name: share * chance.uniform(0.6, 1.5) for name, share in SEGMENTS.items()}
    whole = sum(weights.values())
    figures |= {name: int(members * weight / whole) for name, weight in weights.items()}
    figures["bp"] += members - sum(figures[name] for name in SEGMENTS)
    figures["village"] = chance.randrange(640, 9800)
    figures["village_members"] = round(figures["village"] * chance.uniform(0.55, 0.99))
    return figures


def rounding(chance: Random) -> Callable[[float], float]:
    """How an article rounds its rates: mostly to two decimals."""
    places = chance.choice([2, 2, 2, 2, 2, 1, 1, 0])
    return lambda rate: round(rate, places)


def area_of(region: Region, year: int, share: float, chance: Random) -> Area:
    """The region in a year with about this share of its people registered."""
    population = people_of(region, year, chance)
    figures = figures_of(population, round(population * share), chance, rounding(chance))
    return Area(region, year, figures, comparable=True)


def ordinary(chance: Random) -> Area:
    return area_of(chance.choice(regions_of()), chance.choice(YEARS), chance.uniform(0.62, 0.999), chance)


def below_98(chance: Random) -> Area:
    return area_of(chance.choice(regions_of()), chance.choice(YEARS), chance.uniform(0.62, 0.93), chance)


def over_100(chance: Random) -> Area:
    return area_of(chance.choice(regions_of()), chance.choice(YEARS), chance.uniform(1.001, 1.12), chance)


def round_numbers(chance: Random) -> Area:
    """Told in whole thousands, the big ones in hundreds of thousands."""
    area = ordinary(chance)
    size = 100_000 if area.figures["population"] > 1_000_000 else 1000
    population = round(area.figures["population"] / size) * size
    members = round(area.figures["members"] / size) * size
    return replace(area, figures=figures_of(population, members, chance, rounding(chance)))


def island(chance: Random) -> Area:
    small = [region for region in regions_of() if region.population < 100_000]
    return area_of(chance.choice(small), chance.choice(YEARS), chance.uniform(0.7, 0.995), chance)


def province(chance: Random) -> Area:
    return area_of(
        chance.choice(regions_of(RegionLevel.PROVINCE)), chance.choice(YEARS), chance.uniform(0.7, 0.999), chance
    )


def nation(chance: Random) -> Area:
    return area_of(load_gazetteer().get("0"), chance.choice(YEARS), chance.uniform(0.72, 0.99), chance)


def years_ago(chance: Random) -> Area:
    """JKN's first years, when populations were smaller."""
    return area_of(chance.choice(regions_of()), chance.randrange(2014, 2018), chance.uniform(0.55, 0.95), chance)


def divided(chance: Random) -> Area:
    """A region that lost part of its area later: what it had then is no multiple of what it has now."""
    gazetteer = load_gazetteer()
    code, people = chance.choice([("91", 4_300_000), ("92", 1_130_000)])  # Papua, Papua Barat: BPS 2020
    population = round(people * chance.uniform(0.96, 1.02))
    members = round(population * chance.uniform(0.8, 0.99))
    figures = figures_of(population, members, chance, rounding(chance))
    return Area(gazetteer.get(code), chance.randrange(2018, 2022), figures, comparable=False)


def disagreeing(chance: Random) -> Area:
    """A rate that its counts do not bear out, as when they are of different months."""
    area = ordinary(chance)
    rate = round(area.figures["rate"] - chance.uniform(0.3, 3), 2)
    return replace(area, figures={**area.figures, "rate": rate})


def lookalike(chance: Random) -> Area:
    """Members such as 200.044 and 1.000.163, that a spoken number written part by part would also give."""
    area = ordinary(chance)
    members = round(area.figures["members"])
    unit = 10 ** (len(str(members)) - 1)
    members = members // unit * unit + (chance.randrange(1, 100) if unit < 1_000_000 else chance.randrange(100, 999))
    population = round(area.figures["population"])
    return replace(area, figures=figures_of(population, members, chance, rounding(chance)))


def neighbours(chance: Random) -> Area:
    """Three to five kabupaten and kota of one province, told in a list."""
    head = chance.choice(regions_of(RegionLevel.PROVINCE))
    pool = [region for region in regions_of() if region.province == head.code]
    year = chance.choice(YEARS)
    chosen = chance.sample(pool, min(len(pool), chance.randrange(3, 6)))
    parts = tuple(area_of(region, year, chance.uniform(0.62, 0.999), chance) for region in chosen)
    return Area(head, year, {}, comparable=True, parts=parts)


def province_of_few_parts(chance: Random) -> Area:
    """A province with all its kabupaten and kota, whose members add up to its own."""
    gazetteer = load_gazetteer()
    few = [region for region in regions_of(RegionLevel.PROVINCE) if 2 < len(gazetteer.members(region.code)) < 8]
    head, year = chance.choice(few), chance.choice(YEARS)
    parts = tuple(area_of(part, year, chance.uniform(0.7, 0.999), chance) for part in gazetteer.members(head.code))
    population, members = (sum(round(part.figures[name]) for part in parts) for name in ("population", "members"))
    return Area(head, year, figures_of(population, members, chance, rounding(chance)), comparable=True, parts=parts)


KINDS: Mapping[str, Choose] = {
    "ordinary": ordinary,
    "below 98": below_98,
    "over 100": over_100,
    "round": round_numbers,
    "island": island,
    "province": province,
    "nation": nation,
    "years ago": years_ago,
    "divided": divided,
    "disagreeing": disagreeing,
    "lookalike": lookalike,
    "neighbours": neighbours,
    "province of few parts": province_of_few_parts,
}
"""The kinds of area that shapes.toml may ask for."""
