"""The sentence, what earlier articles told of its region, and what is made of the figure.

Kabupaten Maluku Tenggara has some 129,000 people; without the past the first figures stay undecided.
"""

import datetime as dt

import pytest

from extract.models import Approx, Article, EarlierClaim, Metric, Segment, Unit
from extract.pipeline import extract

MALUKU_TENGGARA, TUAL = "81.02", "81.72"


def told(metric, value, day="2024-12-31", **fields):
    """An earlier claim of a newspaper of the islands."""
    usual = {"segment": None, "unit": Unit.PEOPLE, "precision": 1, "approx": Approx.EXACT, "source": "Kabar Kei"}
    return EarlierClaim(metric, value=value, day=dt.date.fromisoformat(day), **usual | fields)


def read(text, *earlier, region=MALUKU_TENGGARA, language="en"):
    """The first claim of an article of 10 June 2025, read with these earlier claims on one region."""
    article = Article(id="test", text=text, published=dt.date(2025, 6, 10))
    return extract(article, language, lambda code: earlier if code == region else ()).claims[0]


MEMBERS = told(Metric.MEMBERS, 124_500)
COVERAGE = told(Metric.COVERAGE_RATE, 99.4, unit=Unit.PERCENT, precision=0.01)
SPOKEN = "Peserta JKN Kabupaten Maluku Tenggara 100.026.504 jiwa."

SETTLED = [
    (SPOKEN, MEMBERS, 126_504, ("spoken_parts",)),
    ("Peserta JKN Kabupaten Maluku Tenggara 126,5 jiwa.", MEMBERS, 126_500, ("scale_lost",)),
    ("Cakupan JKN Kabupaten Maluku Tenggara 1012 persen.", COVERAGE, 101.2, ("comma_lost",)),
    (
        "Peserta PBI APBN Kabupaten Maluku Tenggara 71,2 jiwa.",
        told(Metric.SEGMENT_MEMBERS, 70_512, segment=Segment.PBI_APBN),
        71_200,
        ("scale_lost",),
    ),
]


@pytest.mark.parametrize(("text", "earlier", "meant", "slips"), SETTLED)
def test_an_earlier_figure_settles_one_that_nothing_else_could(text, earlier, meant, slips):
    alone, beside = read(text), read(text, earlier)
    assert (alone.suspect, alone.value) == (True, alone.printed_value)
    assert (beside.suspect, beside.value, beside.repair.slips) == (False, meant, slips)
    assert beside.printed_value == alone.printed_value
    assert "earlier" in {witness.name for witness in beside.repair.witnesses}


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "126,504 follows on the 124,500 told before (Kabar Kei, 2024-12-31)"),
        ("id", "126.504 sejalan dengan 124.500 yang disebut sebelumnya (Kabar Kei, 2024-12-31)"),
    ],
)
def test_the_witness_names_the_day_and_the_source(language, message):
    claim = read(SPOKEN, MEMBERS, language=language)
    assert [witness.message for witness in claim.repair.witnesses if witness.name == "earlier"] == [message]


NO_WITNESS = {
    "another metric": told(Metric.POPULATION, 124_500),
    "a segment of the members": told(Metric.MEMBERS, 124_500, segment=Segment.PBI_APBN),
    "a rate": told(Metric.MEMBERS, 124_500, unit=Unit.PERCENT),
    "too few to have become so many in half a year": told(Metric.MEMBERS, 97_000),
}


@pytest.mark.parametrize("earlier", NO_WITNESS.values(), ids=NO_WITNESS.keys())
def test_what_measured_something_else_settles_nothing(earlier):
    assert read(SPOKEN, earlier).suspect


def test_what_was_told_of_another_region_settles_nothing():
    assert read(SPOKEN, MEMBERS, region=TUAL).suspect


def test_the_longer_ago_the_more_a_figure_may_have_moved():
    assert read(SPOKEN, told(Metric.MEMBERS, 97_000, "2019-12-31")).value == 126_504


def test_wishes_do_not_follow_on_facts():
    target = "Pemkab Maluku Tenggara menargetkan 100.026.504 jiwa menjadi peserta JKN."
    assert read(target, MEMBERS).suspect


SOUND = [
    # the value that is kept, and the candidates that are named where it is in doubt
    ("Peserta JKN Kabupaten Maluku Tenggara 126 jiwa.", 126, (126_000,)),
    ("Peserta JKN Kabupaten Maluku Tenggara 12.504 jiwa.", 12_504, ()),
    ("Peserta JKN Kabupaten Maluku Tenggara 98.504 jiwa.", 98_504, ()),
]


@pytest.mark.parametrize(("text", "kept", "candidates"), SOUND)
def test_one_earlier_figure_does_not_overrule_a_figure_that_could_stand(text, kept, candidates):
    claim = read(text, MEMBERS)
    assert (claim.value, claim.suspect) == (kept, bool(candidates))
    assert claim.repair is None or claim.repair.alternatives == candidates


def test_one_earlier_figure_does_not_outweigh_a_rare_slip():
    """That a digit of its own stands in front is too seldom; but of five candidates one is left."""
    text = "Peserta JKN Kabupaten Maluku Tenggara 2.126.504 jiwa."
    alone, beside = read(text), read(text, MEMBERS)
    assert (alone.suspect, len(alone.repair.alternatives)) == (True, 5)
    assert (beside.suspect, beside.repair.alternatives) == (True, (126_504,))


def test_two_witnesses_overrule_a_figure_that_could_stand():
    text = "Peserta JKN Kabupaten Maluku Tenggara 126 jiwa, 97,6 persen dari 129.034 penduduk."
    alone, beside = read(text), read(text, MEMBERS)
    assert (alone.value, alone.suspect) == (126, True)
    assert (beside.value, beside.suspect) == (126_000, False)
    assert {"earlier", "rate"} <= {witness.name for witness in beside.repair.witnesses}


def test_without_a_past_an_article_is_read_as_ever():
    article = Article(id="test", text=SPOKEN, published=dt.date(2025, 6, 10))
    assert extract(article) == extract(article, history=lambda code: ())
