"""Articles made from the gazetteer's populations, one figure garbled by one slip: what repair makes of it.

The truth is known, so four things are counted: repaired right, marked suspect, wrong in silence, clean figures harmed.
The slips are those of news desks; they are written here from what was printed, not from the readings that undo them.
"""

import random
from collections import Counter, defaultdict

import pytest

from extract.figures.read import parse_figure
from extract.models import Approx, Claim, Metric, Modality, Unit
from extract.regions.gazetteer import load_gazetteer
from extract.repair.decide import repair_claims

GAZETTEER = load_gazetteer()
REGIONS = [region for region in GAZETTEER.regions.values() if region.since is None or region.since < 2018]
ARTICLES = 1200


def dotted(people):
    return f"{people:,}".replace(",", ".")


def comma(rate):
    return f"{rate:.2f}".replace(".", ",")


def spoken_part_by_part(people, chance):
    """126.000 -> 100.026.000; None where no group can be said in two parts."""
    groups = dotted(people).split(".")
    for at, group in enumerate(groups):
        if len(group) == 3 and group[0] != "0" and group[1:] != "00":
            return ".".join([*groups[:at], group[0] + "00", "0" + group[1:], *groups[at + 1 :]])
    return None


def zeros_between(people, chance):
    """2.163.388 -> 2.000.163.388"""
    first, *rest = dotted(people).split(".")
    return ".".join([first, "000", *rest]) if rest else None


def groups_broken(people, chance):
    """2738739 -> 273.8739"""
    digits = str(people)
    return f"{digits[:2]}.{digits[2:]}" if len(digits) > 5 else None


def digit_typed_twice(people, chance):
    digits = str(people)
    at = chance.randrange(len(digits))
    return dotted(int(digits[: at + 1] + digits[at:]))


def blank_inside(people, chance):
    head, mark, tail = dotted(people).rpartition(".")
    return f"{head}. {tail}" if mark else None


def letter_for_digit(people, chance):
    head, mark, tail = dotted(people).partition("0")
    return f"{head}O{tail}" if mark and "." in dotted(people) else None


COUNT_SLIPS = {
    "part by part": spoken_part_by_part,
    "zeros between": zeros_between,
    "zeros behind": lambda people, chance: dotted(people) + ".000",
    "groups broken": groups_broken,
    "digit twice": digit_typed_twice,
    "blank inside": blank_inside,
    "letter": letter_for_digit,
    "English marks": lambda people, chance: f"{people:,}" if people > 999 else None,
    "scale doubled": lambda people, chance: dotted(people) + (" juta" if people > 999_999 else " ribu"),
    "thousands lost": lambda people, chance: dotted(people // 1000) if people % 1000 == 0 else None,
    "Rp": lambda people, chance: "Rp" + dotted(people),
}
RATE_SLIPS = {
    "dot for comma": lambda rate: comma(rate).replace(",", "."),
    "comma lost": lambda rate: comma(rate).replace(",", ""),
    "decimals twice": lambda rate: comma(rate) + comma(rate)[-3:],
    "blank after comma": lambda rate: comma(rate).replace(",", ", "),
}
SHAPES = {
    "triad": (Metric.MEMBERS, Metric.COVERAGE_RATE, Metric.POPULATION),
    "pair": (Metric.MEMBERS, Metric.COVERAGE_RATE),
    "two counts": (Metric.MEMBERS, Metric.POPULATION),
    "members alone": (Metric.MEMBERS,),
    "population alone": (Metric.POPULATION,),
}


def make_truth(chance):
    """A region, a year, and its figures: rates from 60 to 108, populations that grew, some of them round."""
    region, year = chance.choice(REGIONS), chance.randrange(2018, 2027)
    population = int(region.population * (1 + chance.uniform(-0.018, 0.004) * (2024 - year)))
    members = int(population * chance.uniform(0.6, 1.08))
    if chance.random() < 0.3:
        members = round(members, -3) or members
    rate = round(100 * members / population, 2)
    return region, year, {Metric.MEMBERS: members, Metric.COVERAGE_RATE: rate, Metric.POPULATION: population}


def claim(raw, metric, region, start):
    unit = Unit.PERCENT if metric is Metric.COVERAGE_RATE else Unit.PEOPLE
    figure = parse_figure(raw, unit)
    return Claim(
        start=start,
        end=start + len(raw),
        raw=raw,
        metric=metric,
        modality=Modality.REPORTED,
        value=figure.value,
        unit=unit,
        approx=Approx.EXACT,
        printed_value=figure.printed,
        precision=figure.precision,
        rule="test",
        region=region.code,
    )


def garble(metric, value, slip, chance):
    if metric is Metric.COVERAGE_RATE:
        return RATE_SLIPS[slip](value) + " persen" if slip in RATE_SLIPS else None
    printed = COUNT_SLIPS[slip](value, chance) if slip in COUNT_SLIPS else None
    return f"{printed} jiwa" if printed else None


@pytest.fixture(scope="module")
def outcomes():
    """Counts of outcomes by (slip, shape), of clean figures, and the repairs by confidence."""
    chance = random.Random(129169)
    counted, sure = defaultdict(Counter), defaultdict(Counter)
    for number in range(ARTICLES):
        region, year, truth = make_truth(chance)
        shape = chance.choice(["triad", *SHAPES])
        slip = "clean" if number % 4 == 0 else chance.choice([*COUNT_SLIPS, *RATE_SLIPS])
        garbled_metric = chance.choice(SHAPES[shape])
        garbled = garble(garbled_metric, truth[garbled_metric], slip, chance)
        claims = []
        for metric in SHAPES[shape]:
            value = truth[metric]
            plain = f"{comma(value)} persen" if metric is Metric.COVERAGE_RATE else f"{dotted(value)} jiwa"
            raw = garbled if garbled and metric is garbled_metric else plain
            claims.append(claim(raw, metric, region, 20 * len(claims)))
        for settled in repair_claims(claims, GAZETTEER.get, year):
            right = settled.value == pytest.approx(truth[settled.metric])
            outcome = "suspect" if settled.suspect else "right" if right else "silent"
            is_garbled = garbled is not None and settled.metric is garbled_metric
            counted[(slip, shape) if is_garbled else "clean"][outcome] += 1
            if settled.repair and not settled.suspect:
                sure[round(settled.repair.confidence, 1)][right] += 1
    return counted, sure


def total(counted, shapes):
    return sum((outcome for key, outcome in counted.items() if key != "clean" and key[1] in shapes), Counter())


def test_no_clean_figure_is_harmed(outcomes):
    counted, _ = outcomes
    assert set(counted["clean"]) == {"right"}


def test_where_two_witnesses_exist_nine_in_ten_are_repaired(outcomes):
    found = total(outcomes[0], {"triad"})
    assert found["right"] / found.total() >= 0.9


def test_hardly_any_is_wrong_in_silence(outcomes):
    found = total(outcomes[0], SHAPES)
    assert found["silent"] / found.total() <= 0.01


def test_confidence_means_something(outcomes):
    """Repairs at 0.9 are right nine times in ten, and so on down."""
    _, sure = outcomes
    assert all(found[True] / found.total() >= confidence for confidence, found in sure.items() if found.total() >= 20)
