"""The benchmark of garbled figures: what it is made of, and the floors that repair must hold on it.

The slips are written from what was printed in the news; here each is shown with the figure as it should have been.
"""

from collections import Counter
from random import Random

import pytest
import repair_page

from extract.benchmark import articles as made_articles
from extract.benchmark.areas import KINDS
from extract.benchmark.articles import iter_made_articles, load_shapes
from extract.benchmark.slips import COUNT_SLIPS, RATE_SLIPS, Print, print_count, print_rate
from extract.errors import LexiconError
from extract.outcomes import Outcome

pytestmark = pytest.mark.xdist_group("benchmark")  # what it sets up takes long

GARBLED = [
    # slip, the figure as it should be printed, everything it can come out as
    ("spoken part by part", "126.000", {"100.026.000"}),
    ("spoken part by part", "26.794", {"20.006.794", "26.700.094"}),
    ("spoken, zeros between", "2.163.388", {"2.000.163.388"}),
    ("English separators", "148.948", {"148,948"}),
    ("blank beside the mark", "789.506", {"789. 506", "789 .506"}),
    ("blank for the mark", "1.708.552", {"1.708 552"}),
    ("groups broken", "2.738.739", {"2.738739", "27.38739", "273.8739"}),
    ("groups broken", "244.956", {"2.44956", "24.4956"}),
    ("a group too many", "244.956", {"244.956.000", "244.956.956"}),
    ("a digit typed twice", "405.156", {"4.405.156", "4.005.156", "4.055.156", "4.051.156", "4.051.556", "4.051.566"}),
    ("scale doubled", "187.982.949", {"187.982.949 juta"}),
    ("scale doubled", "270.630", {"270.630 ribu"}),
    ("scale lost", "1.278.000", {"1.278"}),
    ("letter for digit", "129.000", {"l29.000", "I29.000", "129.O00", "129.0O0", "129.00O"}),
    ("stray currency", "56.560", {"Rp56.560", "Rp 56.560"}),
    ("decimal point", "98,29", {"98.29"}),
    ("blank in the rate", "101,00", {"101, 00", "101 ,00"}),
    ("comma lost", "98,29", {"9829"}),
    ("comma doubled", "98,29", {"98,29,29", "98,,29"}),
    ("zero in front", "0,87", {"00,87"}),
]


@pytest.mark.parametrize(("slip", "sound", "garbled"), GARBLED, ids=[f"{slip}: {sound}" for slip, sound, _ in GARBLED])
def test_slip(slip, sound, garbled):
    undone = (COUNT_SLIPS | RATE_SLIPS)[slip]
    assert {undone(Print(sound), Random(seed)).text for seed in range(200)} == garbled


SCALED = [
    ("spoken, a blank between", Print("244", " ribu"), "200 44 ribu"),
    ("English separators", Print("2,1", " juta"), "2.1 juta"),
    ("scale lost", Print("2,1", " juta"), "2,1"),
    ("scale lost", Print("380", " ribu"), "380"),
    ("persen lost", Print("84,06", "", " persen"), "84,06"),
]


@pytest.mark.parametrize(("slip", "sound", "garbled"), SCALED)
def test_slip_of_a_scale_or_unit(slip, sound, garbled):
    assert (COUNT_SLIPS | RATE_SLIPS)[slip](sound, Random(1)).text == garbled


@pytest.mark.parametrize("slip", sorted(COUNT_SLIPS | RATE_SLIPS))
def test_a_slip_that_cannot_happen_to_a_figure_leaves_it_alone(slip):
    out = (COUNT_SLIPS | RATE_SLIPS)[slip](Print("7", "", " persen" if slip in RATE_SLIPS else ""), Random(1))
    assert out is None or out.text in {"Rp7", "Rp 7", "7"}


def test_figures_are_printed_as_articles_do():
    chance = Random(1)
    assert print_count(2_163_388, chance)[0].text == "2.163.388"
    assert [print_count(2_163_388, chance, short=True)[0].text, print_count(44_700, chance, short=True)[1]] == [
        "2,2 juta",
        45_000,
    ]
    assert print_rate(98.0, chance)[0].number == "98"
    assert print_rate(98.29, chance)[0].number == "98,29"


def test_the_same_seed_makes_the_same_articles():
    assert list(iter_made_articles(50, 3)) == list(iter_made_articles(50, 3))
    assert list(iter_made_articles(50, 3)) != list(iter_made_articles(50, 4))


def test_every_slip_shape_and_control_has_its_turn():
    made = list(iter_made_articles(2000, 5))
    shapes, controls, _ = load_shapes()
    assert {one.shape for one in made} == {shape.name for shape in (*shapes, *controls)}
    slips = Counter(slip for one in made for figure in one.figures for slip in figure.slips)
    assert slips.keys() == COUNT_SLIPS.keys() | RATE_SLIPS.keys()
    assert not any(figure.slips for one in made for figure in one.figures if one.control)


def test_clean_figures_say_in_print_what_they_mean():
    for one in iter_made_articles(300, 6):
        for figure in one.figures:
            printed = one.article.text[figure.start : figure.end]
            assert printed.strip() == printed != ""
            if not figure.slips and " " not in printed and "%" not in printed and "," not in printed:
                assert int(printed.replace(".", "")) == figure.meant


def test_an_area_that_nobody_knows_is_told_at_load(monkeypatch):
    monkeypatch.setattr(made_articles, "KINDS", {name: kind for name, kind in KINDS.items() if name != "island"})
    with pytest.raises(LexiconError, match="no such kind of area: island"):
        load_shapes.__wrapped__()


# -- floors -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def benchmark():
    return repair_page.run(repair_page.SEED)


def test_where_two_witnesses_exist_nine_in_ten_are_repaired(benchmark):
    assert benchmark.two_witnesses.total > 900
    assert benchmark.two_witnesses.share(Outcome.RIGHT) >= 0.90


def test_hardly_any_is_wrong_in_silence(benchmark):
    assert benchmark.garbled.total > 3000
    assert benchmark.garbled.share(Outcome.SILENT) <= 0.01


def test_no_clean_figure_is_harmed(benchmark):
    assert sum(counts.total for counts in benchmark.clean.values()) > 9000
    assert [miss for miss in benchmark.misses if miss.slip == "clean" and miss.outcome is not Outcome.UNREAD] == []


def test_confidence_means_something(benchmark):
    """Repairs at 0.9 are right nine times in ten, and so on down."""
    assert sum(repairs for repairs, _ in benchmark.confidence.values()) > 2000
    for tenth, (repairs, right) in benchmark.confidence.items():
        assert right / repairs >= tenth / 10


@pytest.mark.parametrize("slip", sorted(COUNT_SLIPS | RATE_SLIPS))
def test_each_slip_is_undone_or_marked(benchmark, slip):
    """A slip that leaves a sound number and nothing to hold it against cannot be seen: "76 persen" for 7,6.

    "68 warga" for 68 ribu is no rarer than 68 guests of a meeting beside the 68.446 members of their kabupaten.
    """
    assert benchmark.slips[slip].share(Outcome.SILENT) <= (0.3 if slip == "scale lost" else 0.1)


@pytest.mark.parametrize("name", ["by witnesses", "by slip", "harm", "calibration"])
def test_the_documented_figures_are_the_measured_ones(benchmark, name):
    """docs/repair.md; `make docs` writes them anew."""
    told = repair_page.measured_blocks(repair_page.PAGE.read_text(encoding="utf-8"))
    assert told[name] == repair_page.blocks_of(benchmark)[name]
