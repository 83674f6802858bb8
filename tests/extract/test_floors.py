"""How well extraction reads the annotated articles of tests/gold/dev, held by floors that no change may lower."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import repair_page

from extract.gold import iter_gold

TESTS = Path(__file__).parents[1]
FLOORS: dict[str, float] = json.loads((TESTS / "floors.json").read_text(encoding="utf-8"))
FLOORS_OF_OTHERS: dict[str, dict[str, float]] = json.loads(
    (TESTS / "floors_of_others.json").read_text(encoding="utf-8")
)
# What was promised first; floors.json may rise above it and never fall below.
PROMISED = {
    "percent": 0.99, "count": 0.97, "date": 0.96, "region": 0.97, "claims_found": 0.96, "claims_core": 0.90,
    "as_of": 0.88, "speaker": 0.88, "approx": 0.96, "segment": 0.90,
}  # fmt: skip


@pytest.fixture(scope="module")
def scored():
    return repair_page.score_folder(TESTS / "gold" / "dev")


@pytest.fixture(scope="module")
def score(scored) -> dict[str, dict[str, float]]:
    return scored[1].as_record()


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_score_falls_below_its_floor(name, score):
    measured = score[name]["f1" if "f1" in score[name] else "share"]
    assert measured >= FLOORS[name]


@pytest.mark.parametrize("folder", sorted(FLOORS_OF_OTHERS))
def test_articles_that_shaped_no_rule_are_read_as_well_as_before(folder):
    _, tally = repair_page.score_folder(TESTS / "gold" / folder)
    score = tally.as_record()
    measured = {name: score[name]["f1" if "f1" in score[name] else "share"] for name in FLOORS_OF_OTHERS[folder]}
    assert {name: value for name, value in measured.items() if value < FLOORS_OF_OTHERS[folder][name]} == {}


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_no_floor_falls_below_what_was_promised(name):
    assert FLOORS[name] >= PROMISED[name]


def test_the_gold_set_is_whole(score):
    """Floors mean something only over the same articles: 69 of them, 707 claims."""
    articles = list(iter_gold(TESTS / "gold" / "dev"))
    assert len(articles) == 69
    assert sum(len(gold.claims) for gold in articles) == 707


def test_the_documented_figures_are_the_measured_ones(score):
    """docs/reading.md: `| claims core (...) | 689 | 0.943 |`."""
    text = (TESTS.parent / "docs" / "reading.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| ([a-z_ ]+?)(?: \([^|]*\))? \| (\d+) \| ([01]\.\d{3}) \|$", text, re.MULTILINE)
    told = {name.replace(" ", "_"): (int(gold), float(value)) for name, gold, value in table}
    measured = {name: (row["gold"], round(row["right"] / mean(row), 3)) for name, row in score.items()}
    assert told == measured


def mean(row):
    """What F1 divides by: the mean of the claims in the gold and those given; a share has only the former."""
    return (row["gold"] + row.get("given", row["gold"])) / 2


def test_the_documented_garbled_figures_are_the_measured_ones(scored):
    """docs/repair.md; `make docs` writes them anew."""
    told = repair_page.measured_blocks(repair_page.PAGE.read_text(encoding="utf-8"))
    demo = repair_page.score_folder(TESTS / "gold" / "demo")
    assert told["gold"] == repair_page.of_gold({"tests/gold/dev": scored, "tests/gold/demo": demo})
