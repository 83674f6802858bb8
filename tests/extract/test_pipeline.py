"""The whole way: garbled figures with their evidence, odd texts, and how well gold articles are read."""

import datetime as dt
import json
from pathlib import Path

import pytest

from extract.gold import iter_gold
from extract.models import Article
from extract.pipeline import extract
from extract.score import score_articles

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "tests" / "gold" / "demo"
SEEDS = ROOT.parent / "shared" / "gold" / "seeds"

GARBLED = [
    # raw, printed value, meant value; the percentage and the other count are the witnesses
    (
        "Warga Kota Magelang yang menjadi peserta JKN 100.026.000 jiwa atau 98,28 persen "
        "dari total penduduk 128.200 jiwa.",
        ("100.026.000 jiwa", 100026000, 126000),
    ),
    (
        "“Dari 100.026.000 jiwa jumlah penduduk kita di Kota Magelang, yang ikut JKN itu 98,29 persen, "
        "totalnya tadi 129.000 jiwa penduduk,” kata Wali Kota.",
        ("100.026.000 jiwa", 100026000, 126000),
    ),
    (
        "Peserta JKN Kabupaten Luwu Utara 100.044.956 jiwa atau 44,27 persen dari jumlah penduduk 327.650 jiwa.",
        ("100.044.956 jiwa", 100044956, 144956),
    ),
]

WELL_FORMED = [
    # neighbours disagree, but nothing is garbled: kept as printed
    (
        "Peserta JKN Kabupaten Kolaka 230.000 jiwa atau 97,39 persen dari penduduk 250.000 jiwa.",
        [230000, 97.39, 250000],
    ),
    # more members than inhabitants
    ("Peserta JKN Kota Palopo 190.114 jiwa atau 101,9 persen.", [190114, 101.9]),
]

ODD = [
    "",
    "\x00",
    "JKN \x00 98 persen \x00 Kabupaten Wajo",
    "\ud800 98 persen peserta JKN \udfff",
    "9" * 100_000,
    "9" * 5_000 + " persen peserta JKN",
    "1." * 20_000 + "000 jiwa peserta JKN",
    "９８ persen peserta JKN di Kabupaten Wajo",
    "٩٨ persen peserta JKN",
    "98\u00a0persen\u2009peserta\u200bJKN",
    "Kata Bupati " + "Andi " * 2_000,
    "“" * 3_000 + "98 persen peserta JKN",
    "(" * 3_000 + "98 persen peserta JKN" + ")" * 3_000,
    "Kabupaten " * 3_000 + "98 persen",
    "per 99/99/9999 peserta JKN 98 persen pada 31 Februari 2025",
    "\r\n98 persen\r\npeserta\r\nJKN\r\n",
    "🩺 98 persen 👨‍👩‍👧 peserta JKN di Kabupaten Wajo",
    "dan, dan, dan " * 2_000,
    "1e400 persen, ²³ persen, ½ persen peserta JKN",
]

# F1 on the project's own gold articles; these only ever rise.
FLOORS = {"percent": 0.98, "count": 0.98, "date": 0.98, "region": 0.98, "claims_found": 0.97, "claims_core": 0.94}


@pytest.fixture(scope="module")
def demo_score():
    return score_articles((gold, extract(gold.article)) for gold in iter_gold(DEMO)).as_record()


@pytest.mark.parametrize(("text", "expected"), GARBLED)
def test_garbled_figures_are_repaired_with_witnesses(text, expected):
    claims = {claim.raw: claim for claim in extract(Article(id="test", text=text)).claims}
    claim = claims[expected[0]]
    got = (claim.raw, claim.printed_value, claim.value)
    assert got == expected
    assert claim.repair is not None
    assert len(claim.repair.witnesses) >= 2
    assert 0 < claim.repair.confidence <= 1


@pytest.mark.parametrize(("text", "expected"), WELL_FORMED)
def test_well_formed_figures_stay(text, expected):
    claims = extract(Article(id="test", text=text)).claims
    got = [claim.value for claim in claims]
    assert got == expected
    assert [claim.repair for claim in claims] == [None] * len(claims)


def test_a_disagreement_is_told_by_a_check():
    text = "Peserta JKN Kabupaten Kolaka 230.000 jiwa atau 97,39 persen dari penduduk 250.000 jiwa."
    checks = extract(Article(id="test", text=text)).checks
    assert ("rate_against_counts", "suspect") in [(check.name, check.verdict) for check in checks]


def test_messages_come_in_both_languages():
    article = Article(
        id="test", text="Peserta JKN Kabupaten Kolaka 230.000 jiwa atau 92 persen dari penduduk 250.000 jiwa."
    )
    (english,) = [check for check in extract(article, "en").checks if check.name == "rate_against_counts"]
    (indonesian,) = [check for check in extract(article, "id").checks if check.name == "rate_against_counts"]
    assert "members" in english.message
    assert "peserta" in indonesian.message


@pytest.mark.parametrize("text", ODD, ids=[f"odd{number}" for number in range(len(ODD))])
def test_nothing_odd_raises_and_offsets_hold(text):
    found = extract(Article(id="test", text=text, title=text[:200], published=dt.date(2025, 6, 20)))
    wrong = [span for span in (*found.mentions, *found.claims) if text[span.start : span.end] != span.raw]
    assert wrong == []


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.json")), ids=lambda path: path.stem)
def test_offsets_hold_on_gold_articles(path):
    data = json.loads(path.read_text(encoding="utf-8"))
    found = extract(Article(id=data["id"], text=data["text"], title=data["title"]))
    wrong = [span for span in (*found.mentions, *found.claims) if data["text"][span.start : span.end] != span.raw]
    assert wrong == []
    starts = [claim.start for claim in found.claims]
    assert starts == sorted(starts)


def test_an_article_gives_the_same_twice():
    article = Article(id="test", text="Per 1 Mei 2025 cakupan JKN Kabupaten Wajo 98 persen, kata Bupati Amran Halim.")
    assert extract(article) == extract(article)


def test_publication_may_carry_a_time_and_an_offset():
    moment = dt.datetime(2025, 6, 20, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    (claim,) = extract(
        Article(id="test", text="Saat ini cakupan JKN Kabupaten Wajo 98 persen.", published=moment)
    ).claims
    assert claim.as_of is not None
    # the local day, not that of Greenwich
    assert claim.as_of.start == dt.date(2025, 6, 20)


@pytest.mark.skipif(not SEEDS.exists(), reason="the five articles that began the project are their publishers' own")
@pytest.mark.parametrize("name", FLOORS)
def test_the_first_five_articles_are_read_without_a_mistake(name):
    record = score_articles((gold, extract(gold.article)) for gold in iter_gold(SEEDS)).as_record()
    assert record[name]["f1"] == 1.0


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_floors_on_the_demo_articles(demo_score, name, floor):
    assert demo_score[name]["f1"] >= floor
