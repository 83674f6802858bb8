"""All checks of an article together: what takes part, in which language, and that the documentation lists them."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from extract.benchmark.articles import iter_made_articles
from extract.checks.between import CHECKS, check_claims
from extract.errors import LexiconError
from extract.models import Article, Metric, Segment
from extract.pipeline import extract
from extract.regions.gazetteer import load_gazetteer
from extract.repair.decide import repair_claims
from extract.wording import load_sentences

LOOKUP = load_gazetteer().get
ROOT = Path(__file__).parents[2]
LUWU_UTARA, MALRA, AMBON = "73.22", "81.02", "81.71"
NAMES = {check.__name__.removeprefix("check_") for check in CHECKS} | {"figure_as_printed", "weekday_against_date"}
SPOKEN = [
    ("100.026.000 jiwa", Metric.MEMBERS),
    ("98,29%", Metric.COVERAGE_RATE),
    ("129.000 jiwa", Metric.POPULATION),
]


# -- figures that could not stand as printed ---------------------------------------------------------------------------


def test_a_repaired_figure_is_told_and_takes_part_with_what_it_means(make_claims, find_checks):
    checks = find_checks(repair_claims(make_claims(MALRA, *SPOKEN), LOOKUP, 2025))
    (told,) = [check for check in checks if check.name == "figure_as_printed"]
    assert told.message.startswith("Printed as 100.026.000 jiwa, read as 126,000: 100,026,000 is")
    assert (told.verdict, told.expected, told.got) == ("suspect", "126,000", "100.026.000 jiwa")
    (rate,) = [check for check in checks if check.name == "rate_against_counts"]
    assert rate.verdict == "ok"


def test_the_reasons_of_a_repair_are_told_in_indonesian_too(make_claims, find_checks):
    claims = repair_claims(make_claims(MALRA, *SPOKEN), LOOKUP, 2025, "id")
    (told,) = find_checks(claims, "figure_as_printed", "id")
    assert told.message.startswith("Tertulis 100.026.000 jiwa, dibaca sebagai 126.000: 100.026.000 adalah")
    assert "126.000 adalah 98,29 persen dari 129.000 dalam batas pembulatan" in told.message


def test_a_figure_left_open_names_its_candidates(make_claims, find_checks):
    claims = repair_claims(make_claims(None, ("1,8 jiwa", Metric.OTHER_PEOPLE)), LOOKUP, 2020, "id")
    (told,) = find_checks(claims, language="id")
    assert told.message == (
        "Angka 1,8 jiwa diduga salah tulis (jumlah orang tidak mungkin 1,8); "
        "mungkin yang dimaksud 1.800 atau 1.800.000."
    )


def test_a_figure_left_open_is_no_evidence_for_or_against_others(make_claims, find_checks):
    claims = make_claims(LUWU_UTARA, ("1,8 jiwa", Metric.MEMBERS), ("329.934 jiwa", Metric.POPULATION))
    checks = find_checks(repair_claims(claims, LOOKUP, 2022))
    assert {check.name: check.claims for check in checks} == {
        "population_against_dukcapil": (1,),
        "figure_as_printed": (0,),
    }


# -- what all checks have in common ------------------------------------------------------------------------------------

EVERYTHING = [
    ("359.661", Metric.POPULATION),
    ("352.467", Metric.MEMBERS),
    ("98,00 persen", Metric.COVERAGE_RATE),
    ("2,10 persen", Metric.UNCOVERED_RATE),
    ("270.220", Metric.ACTIVE_MEMBERS),
    ("120.000", Metric.SEGMENT_MEMBERS, {"segment": Segment.PPU}),
]


def test_claims_of_a_check_are_positions_in_the_whole_list(make_claims):
    broken = make_claims(AMBON, ("1,8 jiwa", Metric.MEMBERS))
    claims = repair_claims([*broken, *make_claims(AMBON, *EVERYTHING)], LOOKUP, 2025)
    checks = {check.name: check.claims for check in check_claims(claims, LOOKUP)}
    assert claims[0].suspect
    assert checks["rate_against_counts"] == (3, 2, 1)


def test_checks_change_nothing_and_always_say_the_same(make_claims):
    claims = tuple(make_claims(AMBON, *EVERYTHING))
    before = repr(claims)
    assert check_claims(claims, LOOKUP) == check_claims(claims, LOOKUP)
    assert repr(claims) == before


def test_both_languages_give_the_same_verdicts_in_words_of_their_own(make_claims):
    claims = make_claims(AMBON, *EVERYTHING)
    english, local = check_claims(claims, LOOKUP, "en"), check_claims(claims, LOOKUP, "id")
    assert [(check.name, check.verdict, check.claims) for check in english] == [
        (check.name, check.verdict, check.claims) for check in local
    ]
    assert not {check.message for check in english} & {check.message for check in local}


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_sentence_begins_with_a_capital_and_ends_with_a_full_stop(language):
    sentences = load_sentences(language)
    for name in NAMES:
        for sentence in sentences[name].values():
            assert sentence.endswith(".")
            assert sentence.count("{") == sentence.count("}")


def test_a_sentence_that_one_language_lacks_is_told_at_load(tmp_path, monkeypatch):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "checks.toml").write_text('[sums]\nen.ok = "{whole}."\nid.okay = "{whole}."')
    monkeypatch.setattr("extract.toml_files.files", lambda package: tmp_path)
    with pytest.raises(LexiconError, match="'sums': does not say the same in English and Indonesian"):
        load_sentences.__wrapped__("en")


def test_a_text_of_thousands_of_figures_is_checked_claim_by_claim_with_its_neighbours(make_claims, monkeypatch):
    """Work grows with the text, not with its square: counted by how often two claims are held together."""
    held = 0

    def counted(one, other):
        nonlocal held
        held += 1
        return tied(one, other)

    from extract.checks import neighbours

    tied = neighbours.tied
    monkeypatch.setattr(neighbours, "tied", counted)
    work = []
    for times in (40, 160):
        held = 0
        check_claims(make_claims(AMBON, *EVERYTHING * times), LOOKUP)
        work.append(held)
    assert work[1] < 5 * work[0]


# -- the documentation -------------------------------------------------------------------------------------------------

CODEBOOK = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
LISTED = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \| \*(\w+)\* ([^|]+) \|$", CODEBOOK, re.MULTILINE)


def test_the_codebook_lists_every_check():
    assert {name for name, *_ in LISTED} == NAMES
    assert set(load_sentences("id")) >= NAMES


@pytest.mark.parametrize(("name", "text", "verdict", "message"), LISTED)
def test_the_examples_of_the_codebook_are_what_the_checks_say(find_checks, name, text, verdict, message):
    assert (verdict, message) in [(check.verdict, check.message) for check in find_checks(text, name, "id")]


# -- articles ----------------------------------------------------------------------------------------------------------


def test_of_the_demo_articles_only_what_is_wrong_is_suspect():
    gold = Path(__file__).parents[1] / "gold" / "demo"
    suspect = {}
    for file in sorted(gold.glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        published = dt.date.fromisoformat(data["published"][:10])
        checks = extract(Article(file.stem, data["text"], published=published)).checks
        if found := sorted({check.name for check in checks if check.verdict == "suspect"}):
            suspect[file.stem] = found
    assert suspect == {
        "halbar-forum": ["figure_as_printed"],
        "merauke-rekonsiliasi": ["one_value", "rate_against_counts"],
        "tapin-uhc": ["rate_against_counts"],
    }


def test_of_made_articles_without_a_slip_only_those_that_disagree_are_suspect():
    clean = [made for made in iter_made_articles(600, seed=5) if not any(figure.slips for figure in made.figures)]
    assert len(clean) > 150
    checks = [(made.shape, check) for made in clean for check in extract(made.article).checks]
    disputed = {shape for shape, check in checks if check.verdict == "suspect" and check.name != "figure_as_printed"}
    assert disputed == {"figures that disagree"}
