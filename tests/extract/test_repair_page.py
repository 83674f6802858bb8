"""docs/repair.md says of repair what repair does: its slips, thresholds, weights, examples and limits.

The measured tables are held in test_benchmark.py and test_floors.py, beside the runs that they come from.
"""

import datetime as dt
import json
import re

import pytest
import repair_page

from extract.figures.read import LIKELY_RATE
from extract.models import Approx, Article, EarlierClaim, Metric, Modality, Reason, Unit
from extract.pipeline import extract
from extract.records import claim_record
from extract.regions.gazetteer import load_gazetteer
from extract.repair.case import survey
from extract.repair.decide import MOST_ALTERNATIVES
from extract.repair.expectation import FAR, LEAST_WEIGHT, MOST_WEIGHT, PER_PLACE
from extract.repair.expectations import find_expectations
from extract.repair.options import MARGIN
from extract.repair.readings import FORMAT_COST, MOST_SLIPS
from extract.repair.witnesses import FAR_ABOVE

PAGE = repair_page.PAGE.read_text(encoding="utf-8")
FLOWING = " ".join(PAGE.split())


def test_the_documented_slips_are_those_of_the_lexicon():
    assert repair_page.measured_blocks(PAGE)["slips"] == repair_page.slips()


NUMBERS = [
    f"up to {MOST_SLIPS} beside those that the marks give away",
    f"a tenth weighs {PER_PLACE}, to a hundredth {2 * PER_PLACE}, to a thousandth {3 * PER_PLACE}",
    f"gets {LEAST_WEIGHT} at the least and {MOST_WEIGHT:.0f} at the most",
    f"explains it at a cost of {FORMAT_COST} or less",
    f"more members than {FAR_ABOVE} times the population",
    f"a coverage above {LIKELY_RATE} percent",
    f"lies {FAR:.0f} times or more",
    f"within {MARGIN} of the best",
    f"up to {['no', 'one', 'two', 'three', 'four', 'five'][MOST_ALTERNATIVES]} readings are named",
]


@pytest.mark.parametrize("phrase", NUMBERS)
def test_the_documented_thresholds_are_those_of_the_code(phrase):
    assert phrase in FLOWING


# -- witnesses --------------------------------------------------------------------------------------------------------

MEMBERS, POPULATION = ("88.312 jiwa", Metric.MEMBERS), ("90.470 jiwa", Metric.POPULATION)
RATE, LOW_RATE = ("97,61 persen", Metric.COVERAGE_RATE), ("88,00 persen", Metric.COVERAGE_RATE)
REST, REST_RATE = ("2.158 jiwa", Metric.UNCOVERED), ("2,39 persen", Metric.UNCOVERED_RATE)
PARTS = [(raw, Metric.SEGMENT_MEMBERS) for raw in ("50.000 jiwa", "30.000 jiwa", "8.312 jiwa")]
LACKING = {"modality": Modality.CHANGE, "reasons": (Reason("modality", "test", "kurang"),)}
GAP = ("9.000 jiwa", Metric.MEMBERS, LACKING)
TARGET = ("98 persen", Metric.COVERAGE_RATE, {"modality": Modality.TARGET})
WEIGHTS = [
    # the figures, of which the first is looked at; the witness and the weight that the page tells
    ([MEMBERS, POPULATION, RATE], "rate", "by closeness"),
    ([RATE, MEMBERS, POPULATION], "rate", "by closeness"),
    ([MEMBERS, REST, POPULATION], "complement", "by closeness"),
    ([RATE, REST_RATE], "complement", "by closeness"),
    ([MEMBERS, *PARTS], "sum", "by closeness"),
    ([MEMBERS, ("88.312 orang", Metric.MEMBERS)], "same_figure", "by closeness"),
    ([MEMBERS, ("88 ribu orang", Metric.MEMBERS)], "same_figure", "1.5"),
    ([GAP, LOW_RATE, POPULATION, TARGET], "gap", "1"),
    ([GAP, LOW_RATE, POPULATION], "gap", "0.5"),
    ([MEMBERS, RATE], "rate_of_population", "1"),
    ([POPULATION], "population", "1.25"),
    ([MEMBERS], "population", "0.5"),
    ([MEMBERS], "earlier", "1"),
]


def told_weights():
    """The table of witnesses: the weights by name, as they stand there."""
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", PAGE, re.MULTILINE)
    return dict(rows)


@pytest.mark.parametrize(("figures", "name", "weight"), WEIGHTS)
def test_the_documented_weights_are_those_of_the_code(make_claims, figures, name, weight):
    told = EarlierClaim(
        Metric.MEMBERS, None, Unit.PEOPLE, 88_000, 1, Approx.EXACT, dt.date(2025, 1, 1), "kabarnusa.example"
    )
    claims = make_claims("81.72", *figures)
    around = survey(claims, load_gazetteer().get, 2025, "en", lambda code: [told])
    found = [one for one in find_expectations(around.open_case(claims, 0)) if one.name == name]
    weights = {"by closeness" if one.weight is None else f"{one.weight:g}" for one in found}
    assert weights == {weight}
    assert re.search(rf"(?<![\d.]){re.escape(weight)}(?![\d.])", told_weights()[name])


def test_every_witness_is_documented():
    """Every name that the code gives an expectation; a part below its whole only objects and bears nothing out."""
    code = "".join(path.read_text(encoding="utf-8") for path in (repair_page.ROOT / "extract" / "repair").glob("*.py"))
    named = set(re.findall(r'Expectation\(\s*"(\w+)"', code))
    assert told_weights().keys() == named - {"part_and_whole"}
    assert {name for _, name, _ in WEIGHTS} == told_weights().keys()


# -- examples and limits ----------------------------------------------------------------------------------------------

EXAMPLE = json.loads(re.findall(r"^echo '(\{.*\})' \| ", PAGE, re.MULTILINE)[0])
SHOWN = [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)]


@pytest.fixture(scope="module")
def records():
    article = Article(id="1", text=EXAMPLE["text"], published=dt.date.fromisoformat(EXAMPLE["published"]))
    return {record["text"]: record for record in map(claim_record, extract(article).claims)}


@pytest.mark.parametrize("shown", SHOWN, ids=[shown["text"] for shown in SHOWN])
def test_the_example_comes_out_as_shown(records, shown):
    assert {key: records[shown["text"]][key] for key in shown} == shown


def test_the_example_is_told_in_full(records):
    assert "prints five claims. In two of them `repair` is null" in FLOWING
    assert [record["repair"] is None for record in records.values()].count(True) == 2
    assert len(records) == 5


LIMITS = [
    # what the page quotes, a sentence that holds it, and what comes of it: values of rates and people, and of money
    ("76 persen", "Penduduk Kabupaten Luwu yang belum terdaftar JKN tinggal 76 persen.", [76]),
    ("68 warga", "Sebanyak 68 warga Kabupaten Deiyai terlindungi JKN. Peserta JKN di sana 68.446 jiwa.", [68, 68_446]),
    ("Rp336 ribu peserta", "Dengan Rp336 ribu peserta itu, JKN di Kabupaten Malang makin merata.", []),
    ("87.312", "Peserta JKN di Kota Tual 87.312 jiwa.", [87_312]),
]


@pytest.mark.parametrize(("quoted", "text", "values"), LIMITS)
def test_what_it_cannot_do(claims_of, quoted, text, values):
    """A limit that no longer holds is to be taken from the page."""
    assert quoted in PAGE.partition("## What it cannot do")[2]
    claims = [claim for claim in claims_of(text, "2025-05-06") if claim.unit is not Unit.IDR]
    assert [claim.value for claim in claims] == values
    assert not any(claim.suspect for claim in claims)


def test_the_articles_in_their_own_words():
    seeds = repair_page.ROOT.parent / "shared" / "gold" / "seeds"
    if not seeds.is_dir():
        pytest.skip("the articles in their outlets' own words are not beside the repository")
    number, score = repair_page.score_folder(seeds)
    assert (number, score.garbled.total, score.garbled.right, score.harmed) == (5, 1, 1, 0)
