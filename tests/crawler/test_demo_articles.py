"""The demo's articles say what their gold files say they say, and their arithmetic holds where it is meant to.

The gold files under tests/gold/demo are annotated by hand after the codebook; nothing here runs the extractor.
"""

import csv
import datetime as dt
import json
import re
import tomllib
from pathlib import Path

import pytest
from num2words import num2words

from extract.models import Approx, Metric, Modality, Segment, Unit

ROOT = Path(__file__).parents[2]
TOML_FILES = sorted((ROOT / "crawler/demo/articles").glob("*.toml"))
ARTICLES = {p.stem: tomllib.loads(p.read_text("utf-8")) for p in TOML_FILES}
GOLD = {p.stem: json.loads(p.read_text("utf-8")) for p in sorted((ROOT / "tests/gold/demo").glob("*.json"))}
OUTLETS = {
    "wordpress": "Kabar Nusa",
    "blogger": "Warta Pesisir",
    "portal": "Kantor Berita Cakra",
    "br": "Harian Lintas Daerah",
}
IRRELEVANT = {"lampungtimur-panen"}
"""About a rice harvest: no claims, so no gold file."""

ZONES = {
    7: ("1", "2", "3", "61", "62"),
    8: ("5", "63", "64", "65", "7"),
    9: ("8", "9"),
}
"""Hours ahead of UTC by the first figures of the province's code: WIB, WITA and WIT (Keppres 41/1987)."""

each_article = pytest.mark.parametrize("article_id", ARTICLES)
each_gold = pytest.mark.parametrize("gold_id", GOLD)


def article_text(gold_id: str) -> str:
    """The body that a gold file annotates: the first version, or the outlet's correction of it."""
    article_id = gold_id.removesuffix("-revised")
    version = ARTICLES[article_id] if gold_id == article_id else ARTICLES[article_id]["revision"]
    return "\n".join(version["body"])


def locate(text: str, raws: list[str]) -> list[int]:
    """Where each printed form stands when they are looked for in order, each as a whole word or number."""
    starts, position = [], 0
    for raw in raws:
        found = re.compile(r"(?<![\w.,])" + re.escape(raw) + r"(?!\w)").search(text, position)
        assert found, f"{raw!r} is not in the text after {text[max(0, position - 40) : position]!r}"
        # What a plain search finds must be the same place, for that is how the gold is scored.
        assert text.find(raw, position) == found.start(), f"{raw!r} is first found inside another word"
        starts.append(found.start())
        position = found.end()
    return starts


def printed_value(raw: str) -> float | None:
    """What the printed form of a figure means when it obeys the rules of Indonesian; None where it breaks them."""
    digits = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2})?"
    form = re.fullmatch(rf"(?:Rp)?({digits})(?: (ribu|juta|miliar))?(?:%| ?[a-z/]+)?", raw)
    if form is None:
        return None
    scale = {None: 1, "ribu": 10**3, "juta": 10**6, "miliar": 10**9}[form[2]]
    return round(float(form[1].replace(".", "").replace(",", ".")) * scale, 2)


def number_in(raw: str) -> float | None:
    """The number of a printed form, in digits or in words."""
    if any(c.isdigit() for c in raw):
        return printed_value(raw)
    words = raw.removeprefix("ke").rsplit(" ", 1)[0]
    return next((n for n in (*range(201), 20_000, 137_500) if num2words(n, lang="id") == words), None)


# -- the articles ------------------------------------------------------------------------------------------------------
def test_each_outlet_has_its_share_of_articles():
    sites = [a["site"] for a in ARTICLES.values()]
    assert {site: sites.count(site) for site in OUTLETS} == {"wordpress": 5, "blogger": 3, "portal": 4, "br": 3}


@each_article
def test_an_article_file_is_whole(article_id):
    article = ARTICLES[article_id]
    assert article["id"] == article_id
    assert article["authors"]
    assert 6 <= len(article["body"]) <= 12
    assert 1300 <= len("\n".join(article["body"])) <= 3000
    for body in (article["body"], article.get("revision", {"body": []})["body"]):
        for paragraph in body:
            assert paragraph == " ".join(paragraph.split())
            assert paragraph.count("“") == paragraph.count("”")
            assert paragraph.count('"') % 2 == 0


@each_gold
def test_the_publication_time_is_in_the_zone_of_the_region(gold_id):
    gold = GOLD[gold_id]
    region = next(c["region"] for c in gold["claims"] if c["region"] not in (None, "0"))
    hours = next(h for h, provinces in ZONES.items() if region.startswith(provinces))
    published = ARTICLES[gold_id.removesuffix("-revised")]["published"]
    assert published.utcoffset() == dt.timedelta(hours=hours)


def test_one_article_is_corrected_after_publication():
    revised = [a for a in ARTICLES.values() if "revision" in a]
    assert [a["id"] for a in revised] == ["tapin-uhc"]
    assert revised[0]["revision"]["modified"] > revised[0]["published"]
    assert "191.931 jiwa" in "\n".join(revised[0]["body"])
    assert "191.931 jiwa" not in "\n".join(revised[0]["revision"]["body"])


def test_the_harvest_article_has_figures_but_not_the_programme():
    harvest = ARTICLES["lampungtimur-panen"]
    text = "\n".join([harvest["title"], *harvest["body"]])
    assert re.search(r"\d persen", text)
    assert re.search(r"\d (orang|juta jiwa)", text)
    assert not re.search(r"\b(JKN|BPJS|UHC|KIS|kesehatan|kepesertaan)\b", text, re.IGNORECASE)


def test_the_press_release_says_the_same_on_two_sites():
    one, other = GOLD["kulonprogo-kader"], GOLD["kulonprogo-jemput-bola"]
    assert one["claims"] == other["claims"]
    assert one["title"] != other["title"]
    assert one["text"] != other["text"]
    sites = {ARTICLES[g["id"]]["site"] for g in (one, other)}
    assert len(sites) == 2


# -- the gold files ----------------------------------------------------------------------------------------------------
def test_every_relevant_article_has_its_truth():
    assert set(GOLD) == (set(ARTICLES) - IRRELEVANT) | {"tapin-uhc-revised"}


@each_gold
def test_gold_is_about_its_article(gold_id):
    gold, article = GOLD[gold_id], ARTICLES[gold_id.removesuffix("-revised")]
    assert gold["id"] == gold_id
    assert gold["url"] is None
    assert gold["outlet"] == OUTLETS[article["site"]]
    assert gold["title"] == article["title"]
    assert gold["published"] == article["published"].date().isoformat()
    assert gold["text"] == article_text(gold_id)


@each_gold
def test_every_printed_form_stands_in_the_text_in_order(gold_id):
    gold = GOLD[gold_id]
    for mentions in gold["mentions"].values():
        locate(gold["text"], [m["raw"] for m in mentions])
    locate(gold["text"], [c["raw"] for c in gold["claims"]])


@each_gold
def test_claims_use_the_vocabularies(gold_id):
    for claim in GOLD[gold_id]["claims"]:
        for metric in (claim["metric"], *claim.get("metric_alt", ())):
            Metric(metric)
        for modality in (claim["modality"], *claim.get("modality_alt", ())):
            Modality(modality)
        Approx(claim["approx"])
        assert claim["unit"] == unit_of(Metric(claim["metric"]))
        if claim["segment"] is not None:
            Segment(claim["segment"])
        assert (claim["segment"] is not None) == claim["metric"].startswith("segment_")
        if claim["as_of"] is not None:
            start, end = map(dt.date.fromisoformat, claim["as_of"])
            assert start <= end
        assert claim["speaker"] is None or claim["speaker"] in GOLD[gold_id]["text"]


def unit_of(metric: Metric) -> Unit:
    if metric.endswith("_rate"):
        return Unit.PERCENT
    return {Metric.BUDGET: Unit.IDR, Metric.UHC_REGIONS: Unit.REGIONS}.get(metric, Unit.PEOPLE)


@each_gold
def test_a_well_formed_figure_means_what_it_prints(gold_id):
    gold = GOLD[gold_id]
    for figure in (*gold["mentions"]["percent"], *gold["mentions"]["count"], *gold["claims"]):
        if figure.get("garbled"):
            assert number_in(figure["raw"]) != figure["value"], f"{figure['raw']!r} is not garbled"
        else:
            assert number_in(figure["raw"]) == figure["value"], figure["raw"]


@each_gold
def test_every_claim_rests_on_a_mention(gold_id):
    gold = GOLD[gold_id]
    mentioned = {(m["raw"], m["value"]) for kind in ("percent", "count") for m in gold["mentions"][kind]}
    for claim in gold["claims"]:
        if claim["unit"] in (Unit.PERCENT, Unit.PEOPLE):
            assert (claim["raw"], claim["value"]) in mentioned


@each_gold
def test_no_figure_with_a_unit_is_left_out(gold_id):
    gold = GOLD[gold_id]
    mentions = [m["raw"] for kind in ("percent", "count") for m in gold["mentions"][kind]]
    unit = r"(?:%| (?:persen|jiwa|orang|peserta|penduduk|warga)\b)"
    dates = "|".join(re.escape(m["raw"]) for m in gold["mentions"]["date"])
    text = re.sub(dates, ";", gold["text"])  # "per 1 Maret 2025 peserta JKN" counts nobody
    printed = re.findall(rf"\d(?:[\d.,]*\d)?(?: \d{{3}})?(?: ribu| juta)?{unit}", text)
    missing = [p for p in printed if not any(p in raw for raw in mentions)]
    assert missing == []


@each_gold
def test_dates_agree_with_their_weekdays(gold_id):
    weekdays = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
    published = dt.date.fromisoformat(GOLD[gold_id]["published"])
    for mention in GOLD[gold_id]["mentions"]["date"]:
        start, end = dt.date.fromisoformat(mention["start"]), dt.date.fromisoformat(mention["end"])
        assert start <= end
        first, _, rest = mention["raw"].partition(" ")
        if first.strip(",") in weekdays:
            assert start == end
            assert weekdays[start.weekday()] == first.strip(",")
            if not rest:
                assert published - dt.timedelta(days=6) <= start <= published
        if slashed := re.search(r"\((\d+)/(\d+)/(\d+)\)", mention["raw"]):
            assert start == dt.date(int(slashed[3]), int(slashed[2]), int(slashed[1]))


def test_region_codes_are_in_the_gazetteer():
    gazetteer = ROOT / "extract/lexicon/regions.csv"
    if not gazetteer.exists():
        pytest.skip("the gazetteer is not there")
    with gazetteer.open(encoding="utf-8", newline="") as lines:
        known = {row["code"] for row in csv.DictReader(lines)} | {"0", None}
    for gold in GOLD.values():
        named = {m["code"] for m in gold["mentions"]["region"]}
        claimed = {r for c in gold["claims"] for r in (c["region"], *c.get("region_alt", ()), *c.get("regions", ()))}
        assert named | claimed <= known, gold["id"]


def test_populations_are_those_of_dukcapil():
    reference = ROOT.parent / "shared/reference/regions_kemendagri_2025.csv"
    if not reference.exists():
        pytest.skip("the reference table of regions is not there")
    with reference.open(encoding="utf-8", newline="") as lines:
        people = {row["code"]: int(row["population_2024_s2"]) for row in csv.DictReader(lines)}
    for gold in GOLD.values():
        for claim in gold["claims"]:
            if claim["metric"] == Metric.POPULATION:
                assert claim["value"] == pytest.approx(people[claim["region"]], rel=0.005), (gold["id"], claim["raw"])


# -- arithmetic --------------------------------------------------------------------------------------------------------
RATES = [
    ("halbar-forum", "100.036.000 jiwa", "140.000 jiwa", "97,34%"),
    ("solok-segmen", "404.648 jiwa", "413.075 jiwa", "97,96 persen"),
    ("solok-segmen", "172.415 jiwa", "404.648 jiwa", "42,61 persen"),
    ("solok-segmen", "71.904 jiwa", "404.648 jiwa", "17,77 persen"),
    ("kulonprogo-kader", "441.034 warga", "444.994 penduduk", "99,11 persen"),
    ("kulonprogo-kader", "389.301 jiwa", "441.034 warga", "88,27 persen"),
    ("tapin-uhc-revised", "199.131 jiwa", "202.061 jiwa", "98,55 persen"),
    ("tapin-uhc-revised", "165.279 jiwa", "199.131 jiwa", "83 persen"),
    ("cirebon-keaktifan", "2.413.628 jiwa", "2,5 juta jiwa", "96,97 persen"),
    ("cirebon-keaktifan", "1.764.121 jiwa", "2.413.628 jiwa", "73,09 persen"),
    ("cirebon-keaktifan", "649.507 jiwa", "2.413.628 jiwa", "26,91 persen"),
    ("inhil-pesisir", "697.744 jiwa", "713. 294 jiwa", "97,82 persen"),
    ("selayar-perintis", "138.946 peserta", "143.096 jiwa", "97,10 persen"),
    ("flotim-lembata", "282.489 jiwa", "289.881 jiwa", "97,45 persen"),
    ("flotim-lembata", "147.852 jiwa", "149.921 jiwa", "98,62 persen"),
    ("sulteng-kepesertaan", "241.547 jiwa", "198.968 jiwa", "121,40 persen"),
    ("sulteng-kepesertaan", "3.213.340 jiwa", "3.219.494 penduduk", "99,81 persen"),
    ("bengkulu-keaktifan", "2.094.761 jiwa", "2.127.957 jiwa", "98,44 persen"),
    ("sorong-target", "270.125 jiwa", "286.028 penduduk", "94,44 persen"),
    ("gianyar-anggaran", "501.160 jiwa", "504.845 jiwa", "99,27 persen"),
    ("merauke-rekonsiliasi", "245.293 jiwa", "255.168 jiwa", "96,13 persen"),
    ("merauke-rekonsiliasi", "9.875 jiwa", "255.168 jiwa", "3,87 persen"),
    ("merauke-rekonsiliasi", "199.178 jiwa", "245.293 jiwa", "81,2 persen"),
]
DISAGREEING_RATES = [
    ("tapin-uhc", "191.931 jiwa", "202.061 jiwa", "98,55 persen"),
    ("tapin-uhc", "165.279 jiwa", "191.931 jiwa", "83 persen"),
    ("merauke-rekonsiliasi", "245.293 jiwa", "255.168 jiwa", "98,13 persen"),
]
SUMS = [
    ("solok-segmen", 404_648, [172_415, 96_230, 71_904, 52_317, 11_782]),
    ("solok-segmen", 413_075, [404_648, 8_427]),
    ("cirebon-keaktifan", 2_413_628, [1_764_121, 649_507]),
    ("inhil-pesisir", 713_294, [697_744, 15_550]),
    ("inhil-pesisir", 697_744, [301_212, 189_305, 118_472, 74_118, 14_637]),
    ("selayar-perintis", 143_096, [138_946, 4_150]),
    ("merauke-rekonsiliasi", 255_168, [245_293, 9_875]),
]
GAPS = [
    # The printed number of people to be added brings the members to the printed rate.
    ("inhil-pesisir", 697_744, 4_851, 713_294, 98.5),
    ("flotim-lembata", 282_489, 1_595, 289_881, 98.0),
    ("sorong-target", 270_125, 10_182, 286_028, 98.0),
    ("sorong-target", 270_125, 7_322, 286_028, 97.0),
    ("selayar-perintis", 138_946, -834, 143_096, 96.52),
]


def meant(gold_id: str, raw: str) -> tuple[float, float]:
    """The meant value of a claim and half the size of its last printed place."""
    value = next(c["value"] for c in GOLD[gold_id]["claims"] if c["raw"] == raw)
    if decimals := re.search(r",(\d{1,2})(?:%| persen| (juta))", raw):
        return value, 10.0 ** -len(decimals[1]) * (10**6 if decimals[2] else 1) / 2
    return value, 500.0 if value >= 1000 and value % 1000 == 0 else 0.5


def rate_interval(gold_id: str, part: str, whole: str) -> tuple[float, float]:
    (part_value, part_slack), (whole_value, whole_slack) = meant(gold_id, part), meant(gold_id, whole)
    low = 100 * (part_value - part_slack) / (whole_value + whole_slack)
    return low, 100 * (part_value + part_slack) / (whole_value - whole_slack)


def agrees(gold_id: str, part: str, whole: str, rate: str) -> bool:
    """Whether the three figures, each taken as far as it was rounded, can be true together."""
    low, high = rate_interval(gold_id, part, whole)
    value, slack = meant(gold_id, rate)
    return low <= value + slack and value - slack <= high


@pytest.mark.parametrize(("gold_id", "part", "whole", "rate"), RATES)
def test_the_rate_is_the_part_of_the_whole(gold_id, part, whole, rate):
    assert agrees(gold_id, part, whole, rate), rate_interval(gold_id, part, whole)


@pytest.mark.parametrize(("gold_id", "part", "whole", "rate"), DISAGREEING_RATES)
def test_the_flaw_is_there_for_a_check_to_find(gold_id, part, whole, rate):
    assert not agrees(gold_id, part, whole, rate), rate_interval(gold_id, part, whole)


@pytest.mark.parametrize(("gold_id", "total", "parts"), SUMS)
def test_the_parts_sum_to_the_whole(gold_id, total, parts):
    claimed = {c["value"] for c in GOLD[gold_id]["claims"]}
    assert {total, *parts} <= claimed
    assert sum(parts) == total


@pytest.mark.parametrize(("gold_id", "members", "added", "population", "rate"), GAPS)
def test_the_addition_closes_the_gap(gold_id, members, added, population, rate):
    claimed = {c["value"] for c in GOLD[gold_id]["claims"]}
    assert {members, abs(added), population, rate} <= claimed
    assert round(100 * (members + added) / population, 2) == rate


def test_the_regencies_of_sulawesi_tengah_sum_to_the_province():
    reference = ROOT.parent / "shared/reference/regions_kemendagri_2025.csv"
    if not reference.exists():
        pytest.skip("the reference table of regions is not there")
    with reference.open(encoding="utf-8", newline="") as lines:
        people = {row["code"]: int(row["population_2024_s2"]) for row in csv.DictReader(lines)}
    rates = {
        c["region"]: c["value"]
        for c in GOLD["sulteng-kepesertaan"]["claims"]
        if c["metric"] == Metric.COVERAGE_RATE and (c["region"] or "").startswith("72.")
    }
    assert len(rates) == 13
    assert sum(round(people[code] * rate / 100) for code, rate in rates.items()) == 3_213_340
    assert sum(rate >= 98 for rate in rates.values()) == 9
