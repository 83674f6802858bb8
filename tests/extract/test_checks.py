"""Claims of one article -> the checks between them: verdict and the sentence, in both languages."""

import datetime as dt
import json
from pathlib import Path

import pytest

from extract.checks.between import check_claims, check_weekdays
from extract.checks.messages import load_sentences
from extract.figures.read import parse_figure
from extract.models import (
    Approx,
    Article,
    AsOfBasis,
    Claim,
    Mention,
    MentionKind,
    Metric,
    Modality,
    Period,
    Precision,
    Reason,
    Segment,
    Speaker,
    Unit,
)
from extract.pipeline import extract
from extract.regions.gazetteer import load_gazetteer
from extract.repair.decide import repair_claims

LOOKUP = load_gazetteer().get
END_OF_JUNE = Period(dt.date(2025, 6, 30), dt.date(2025, 6, 30), Precision.DAY)
JUNE = {"as_of": END_OF_JUNE, "as_of_basis": AsOfBasis.EXPLICIT}
PUBLISHED_ON = Period(dt.date(2025, 7, 17), dt.date(2025, 7, 17), Precision.DAY)
TODAY = {"as_of": PUBLISHED_ON, "as_of_basis": AsOfBasis.PUBLISHED}
SO_FAR = {"as_of": PUBLISHED_ON, "as_of_basis": AsOfBasis.DEICTIC}
LUWU_UTARA, MAGELANG, KAB_MALANG, PAYAKUMBUH, PAPUA_BARAT = "73.22", "33.71", "35.07", "13.76", "92"


def article(region, *figures):
    """Claims from (printed, metric) or (printed, metric, changes) in one sentence."""
    claims = []
    for position, (raw, metric, *changes) in enumerate(figures):
        unit = Unit.PERCENT if metric.endswith("_rate") else Unit.PEOPLE
        figure = parse_figure(raw, unit)
        fields = {
            "start": 20 * position,
            "end": 20 * position + len(raw),
            "raw": raw,
            "metric": metric,
            "modality": Modality.REPORTED,
            "value": figure.value,
            "unit": unit,
            "approx": Approx.EXACT,
            "printed_value": figure.printed,
            "precision": figure.precision,
            "rule": "test",
            "region": region,
            "region_name": LOOKUP(region).name if region else None,
        }
        claims.append(Claim(**fields | (changes[0] if changes else {})))
    return claims


CASES = {
    # name of the check: region, figures, verdict, part of the English and of the Indonesian sentence
    "rate_against_counts, right": (
        "rate_against_counts",
        LUWU_UTARA,
        [("244.956", Metric.MEMBERS), ("74,24%", Metric.COVERAGE_RATE), ("329.934", Metric.POPULATION)],
        "ok",
        "74.24% agrees with the counts: 244,956 of 329,934 people is 74.24%.",
        "74,24 persen sesuai dengan jumlah jiwanya: 244.956 dari 329.934 jiwa adalah 74,24 persen.",
    ),
    "rate_against_counts, right to within rounding": (
        "rate_against_counts",
        "82.01",
        [("136.000 jiwa", Metric.MEMBERS), ("97,34 persen", Metric.COVERAGE_RATE), ("140.000 jiwa", Metric.POPULATION)],
        "ok",
        "97.34% agrees with the counts within rounding: 136,000 of 140,000 people is 97.14%.",
        "97,34 persen sesuai dengan jumlah jiwanya dalam batas pembulatan: "
        "136.000 dari 140.000 jiwa adalah 97,14 persen.",
    ),
    "rate_against_counts, wrong": (
        "rate_against_counts",
        "53.71",
        [("368.599", Metric.MEMBERS), ("93 persen", Metric.COVERAGE_RATE), ("442.281", Metric.POPULATION)],
        "suspect",
        "368,599 of 442,281 people is 83.34%, not 93%.",
        "368.599 dari 442.281 jiwa berarti 83,34 persen, bukan 93 persen.",
    ),
    "part_and_whole, right": (
        "part_and_whole",
        LUWU_UTARA,
        [("231.467 jiwa", Metric.ACTIVE_MEMBERS), ("234.812 jiwa", Metric.MEMBERS)],
        "ok",
        "231,467 is part of 234,812, as it should be.",
        "231.467 tidak melebihi 234.812, sebagaimana mestinya.",
    ),
    "part_and_whole": (
        "part_and_whole",
        LUWU_UTARA,
        [("300.000 jiwa", Metric.ACTIVE_MEMBERS), ("244.956 jiwa", Metric.MEMBERS)],
        "suspect",
        "300,000 cannot be part of 244,956: it is more.",
        "300.000 tidak mungkin menjadi bagian dari 244.956 karena lebih besar.",
    ),
    "part_and_whole, more members than inhabitants": (
        "part_and_whole",
        "64.07",
        [("181.764 jiwa", Metric.MEMBERS), ("173.001 jiwa", Metric.POPULATION)],
        "unknown",
        "181,764 members are more than the 173,001 inhabitants",
        "Jumlah peserta 181.764 melebihi jumlah penduduk 173.001",
    ),
    "complements of percentages": (
        "complements",
        MAGELANG,
        [("99,13 persen", Metric.COVERAGE_RATE), ("0,89 persen", Metric.UNCOVERED_RATE)],
        "suspect",
        "99.13% and 0.89% make 100.02%, not 100%.",
        "99,13 persen dan 0,89 persen berjumlah 100,02 persen, bukan 100 persen.",
    ),
    "complements of counts": (
        "complements",
        MAGELANG,
        [("127.394", Metric.POPULATION), ("126.281", Metric.MEMBERS), ("1.113", Metric.UNCOVERED)],
        "ok",
        "126,281 and 1,113 make 127,394.",
        "126.281 dan 1.113 berjumlah 127.394.",
    ),
    "sums": (
        "sums",
        PAYAKUMBUH,
        [
            ("148.282", Metric.MEMBERS),
            ("88.984", Metric.SEGMENT_MEMBERS, {"segment": Segment.PBPU_PEMDA}),
            ("5.586", Metric.SEGMENT_MEMBERS, {"segment": Segment.BP}),
            ("53.712", Metric.SEGMENT_MEMBERS, {"segment": Segment.PPU}),
        ],
        "ok",
        "The 3 segments add up to 148,282.",
        "Jumlah 3 segmen itu 148.282.",
    ),
    "population_against_dukcapil, right": (
        "population_against_dukcapil",
        LUWU_UTARA,
        [("329.934 jiwa", Metric.POPULATION)],
        "ok",
        "A population of 329,934 fits Kabupaten Luwu Utara",
        "Jumlah penduduk 329.934 jiwa cocok dengan data Kabupaten Luwu Utara",
    ),
    "population_against_dukcapil, wrong": (
        "population_against_dukcapil",
        LUWU_UTARA,
        [("929.934 jiwa", Metric.POPULATION)],
        "suspect",
        "does not fit Kabupaten Luwu Utara: Dukcapil counted",
        "tidak cocok dengan data Kabupaten Luwu Utara: Dukcapil mencatat",
    ),
    "population_against_dukcapil, another area then": (
        "population_against_dukcapil",
        PAPUA_BARAT,
        [("1.327.497 jiwa", Metric.POPULATION)],
        "unknown",
        "cannot be held against Papua Barat",
        "tidak dapat dibandingkan dengan data Papua Barat",
    ),
    "label_against_arithmetic, population called members": (
        "label_against_arithmetic",
        KAB_MALANG,
        [("97,08 persen", Metric.COVERAGE_RATE), ("2.678.471", Metric.MEMBERS), ("2.759.103", Metric.MEMBERS)],
        "suspect",
        "2,759,103 is called members, but 97.08% of it is 2,678,471: it is the population.",
        "2.759.103 disebut jumlah peserta, padahal 2.678.471 adalah 97,08 persen dari angka itu: "
        "2.759.103 mestinya jumlah penduduk.",
    ),
    "label_against_arithmetic, members called population": (
        "label_against_arithmetic",
        "81.02",
        [("126.000", Metric.POPULATION), ("98,29%", Metric.COVERAGE_RATE), ("129.000", Metric.POPULATION)],
        "suspect",
        "126,000 is called the population, but it is 98.29% of 129,000: it is the members.",
        "126.000 disebut jumlah penduduk, padahal angka itu 98,29 persen dari 129.000: "
        "126.000 mestinya jumlah peserta.",
    ),
    "change_against_levels": (
        "change_against_levels",
        PAYAKUMBUH,
        [
            ("97,99 persen", Metric.COVERAGE_RATE),
            ("0,89 persen", Metric.COVERAGE_RATE, {"modality": Modality.CHANGE}),
            ("98,97 persen", Metric.COVERAGE_RATE),
        ],
        "suspect",
        "From 97.99% to 98.97% is a change of 0.98 percentage points, not 0.89.",
        "Selisih 97,99 persen dan 98,97 persen adalah 0,98 poin persen, bukan 0,89.",
    ),
    "one_value, here and there": (
        "one_value",
        PAYAKUMBUH,
        [("97,39 persen", Metric.COVERAGE_RATE, JUNE), ("97,89 persen", Metric.COVERAGE_RATE, JUNE | {"sentence": 4})],
        "suspect",
        "The article gives two figures for the coverage of Kota Payakumbuh at the same time: 97.39% and 97.89%.",
        "untuk cakupan kepesertaan Kota Payakumbuh pada waktu yang sama: 97,39 persen dan 97,89 persen.",
    ),
    "one_value, of no date: it may be then and now": (
        "one_value",
        PAYAKUMBUH,
        [("97,39 persen", Metric.COVERAGE_RATE), ("97,89 persen", Metric.COVERAGE_RATE, {"sentence": 4})],
        "unknown",
        "two figures for the coverage of Kota Payakumbuh and no dates to tell them apart: 97.39% and 97.89%.",
        "cakupan kepesertaan Kota Payakumbuh tanpa tanggal yang membedakannya: 97,39 persen dan 97,89 persen.",
    ),
    "one_value, two people who name no day": (
        "one_value",
        PAYAKUMBUH,
        [
            ("97,39 persen", Metric.COVERAGE_RATE, TODAY | {"speaker": Speaker("Rini Astuti")}),
            ("97,89 persen", Metric.COVERAGE_RATE, SO_FAR | {"speaker": Speaker("Budi Harun"), "sentence": 2}),
        ],
        "suspect",
        "two figures for the coverage of Kota Payakumbuh: 97.39% from Rini Astuti, 97.89% from Budi Harun.",
        "Kota Payakumbuh: 97,39 persen menurut Rini Astuti dan 97,89 persen menurut Budi Harun.",
    ),
    "one_value, two people of one day": (
        "one_value",
        PAYAKUMBUH,
        [
            ("139.402 jiwa", Metric.MEMBERS, JUNE | {"speaker": Speaker("Rini Astuti")}),
            ("138.911 jiwa", Metric.MEMBERS, JUNE | {"speaker": Speaker("Budi Harun"), "sentence": 1}),
        ],
        "suspect",
        "the number of members of Kota Payakumbuh at the same time: 139,402 from Rini Astuti, 138,911 from Budi Harun.",
        "Kota Payakumbuh pada waktu yang sama: 139.402 menurut Rini Astuti dan 138.911 menurut Budi Harun.",
    ),
    "target_passed": (
        "target_passed",
        PAYAKUMBUH,
        [("98,97 persen", Metric.COVERAGE_RATE), ("98 persen", Metric.COVERAGE_RATE, {"modality": Modality.TARGET})],
        "ok",
        "The target of 98% has been passed already: 98.97% are reported.",
        "Target 98 persen sudah terlampaui: capaian yang dilaporkan 98,97 persen.",
    ),
}


@pytest.mark.parametrize(("name", "region", "figures", "verdict", "english", "local"), CASES.values(), ids=CASES.keys())
def test_check(name, region, figures, verdict, english, local):
    claims = article(region, *figures)
    for language, sentence in (("en", english), ("id", local)):
        (check,) = [check for check in check_claims(claims, LOOKUP, language) if check.name == name][:1]
        assert check.verdict == verdict
        assert sentence in check.message
        assert all(claims[at] for at in check.claims)


def test_a_repaired_figure_is_told():
    claims = article(
        "81.02",
        ("100.026.000 jiwa", Metric.MEMBERS),
        ("98,29%", Metric.COVERAGE_RATE),
        ("129.000 jiwa", Metric.POPULATION),
    )
    checks = check_claims(repair_claims(claims, LOOKUP, 2025), LOOKUP, "en")
    (told,) = [check for check in checks if check.name == "figure_as_printed"]
    assert told.message.startswith("Printed as 100.026.000 jiwa, read as 126,000: 100,026,000 is")
    assert (told.verdict, told.expected, told.got) == ("suspect", "126,000", "100.026.000 jiwa")
    (rate,) = [check for check in checks if check.name == "rate_against_counts"]
    assert rate.verdict == "ok"


def test_a_figure_left_open_names_its_candidates():
    claims = repair_claims(article(None, ("1,8 jiwa", Metric.OTHER_PEOPLE)), LOOKUP, 2020, "id")
    (told,) = check_claims(claims, LOOKUP, "id")
    assert told.message == (
        "Angka 1,8 jiwa diduga salah tulis (jumlah orang tidak mungkin 1,8); "
        "mungkin yang dimaksud 1.800 atau 1.800.000."
    )


def test_a_figure_left_open_is_no_evidence_for_or_against_others():
    claims = article(LUWU_UTARA, ("1,8 jiwa", Metric.MEMBERS), ("329.934 jiwa", Metric.POPULATION))
    names = {
        check.name: check.claims for check in check_claims(repair_claims(claims, LOOKUP, 2022, "id"), LOOKUP, "id")
    }
    assert names == {"population_against_dukcapil": (1,), "figure_as_printed": (0,)}


def test_the_reasons_of_a_repair_are_told_in_indonesian_too():
    claims = article(
        "81.02",
        ("100.026.000 jiwa", Metric.MEMBERS),
        ("98,29%", Metric.COVERAGE_RATE),
        ("129.000 jiwa", Metric.POPULATION),
    )
    checks = check_claims(repair_claims(claims, LOOKUP, 2025, "id"), LOOKUP, "id")
    (told,) = [check for check in checks if check.name == "figure_as_printed"]
    assert told.message == (
        "Tertulis 100.026.000 jiwa, dibaca sebagai 126.000: 100.026.000 setara dengan 709 kali jumlah penduduk daerah "
        "itu; 126.000 adalah 98,29 persen dari 129.000 dalam batas pembulatan; "
        "126.000 wajar untuk daerah berpenduduk 120.651 sampai 141.027 jiwa."
    )


ABOUT, OVER = {"approx": Approx.ABOUT}, {"approx": Approx.OVER}
ONE_STATEMENT = {
    # figures that are rounded or hedged: what they leave open is not held against anybody
    "sekitar 2,4 juta jiwa, persisnya 2.413.628 jiwa atau 96,97 persen": [
        ("2,4 juta jiwa", Metric.MEMBERS, ABOUT),
        ("2.413.628 jiwa", Metric.MEMBERS),
        ("96,97 persen", Metric.COVERAGE_RATE),
    ],
    "198 ribu peserta, tepatnya 197.634 atau 99,8 persen": [
        ("198 ribu", Metric.MEMBERS),
        ("197.634", Metric.MEMBERS),
        ("99,8 persen", Metric.COVERAGE_RATE),
    ],
    "a percentage that the counts bear out accuses no other count": [
        ("97,08 persen", Metric.COVERAGE_RATE),
        ("2.678.471", Metric.MEMBERS),
        ("2.759.103", Metric.MEMBERS),
        ("2.759.104", Metric.POPULATION),
    ],
    "of lebih dari 200 ribu peserta 230.000 may be active": [
        ("200 ribu", Metric.MEMBERS, OVER),
        ("230.000", Metric.ACTIVE_MEMBERS),
    ],
    "lebih dari 200 ribu of 250.000 may be 92 persen": [
        ("200 ribu", Metric.MEMBERS, OVER),
        ("250.000", Metric.POPULATION, ABOUT),
        ("92 persen", Metric.COVERAGE_RATE),
    ],
    "97,99 and about 98 are no step of 0,98": [
        ("98 persen", Metric.COVERAGE_RATE, ABOUT),
        ("97,99 persen", Metric.COVERAGE_RATE),
        ("0,98 persen", Metric.COVERAGE_RATE, {"modality": Modality.CHANGE}),
    ],
    "98 persen, elsewhere 98,13": [
        ("98 persen", Metric.COVERAGE_RATE),
        ("98,13 persen", Metric.COVERAGE_RATE, {"sentence": 3}),
    ],
    "a step told in one sentence": [("97,99 persen", Metric.COVERAGE_RATE), ("98,97 persen", Metric.COVERAGE_RATE)],
    "a step told in two, with its size": [
        ("97,99 persen", Metric.COVERAGE_RATE),
        ("0,98 persen", Metric.COVERAGE_RATE, {"modality": Modality.CHANGE, "sentence": 1}),
        ("98,97 persen", Metric.COVERAGE_RATE, {"sentence": 1}),
    ],
    "sekitar 98 persen is neither wrong beside 99,95 nor borne out": [
        ("98 persen", Metric.COVERAGE_RATE, ABOUT),
        ("270.860", Metric.MEMBERS),
        ("271.000", Metric.POPULATION),
    ],
    "semula 97,39 persen, hingga kini 97,89": [
        ("97,39 persen", Metric.COVERAGE_RATE, TODAY),
        ("97,89 persen", Metric.COVERAGE_RATE, SO_FAR | {"sentence": 1}),
    ],
    "per akhir Juni 96,52 persen; tadi pagi sudah 97,10, with a date from the sentence before": [
        ("96,52 persen", Metric.COVERAGE_RATE, JUNE),
        ("97,10 persen", Metric.COVERAGE_RATE, JUNE | {"sentence": 1, "reasons": (Reason("as_of", "as_of.carried"),)}),
    ],
    "one dated, one not": [
        ("96,13 persen", Metric.COVERAGE_RATE, JUNE),
        ("98,13 persen", Metric.COVERAGE_RATE, {"sentence": 3}),
    ],
    "a figure of something else": [
        ("245.293", Metric.MEMBERS),
        ("12.400", Metric.MEMBERS, {"sentence": 5}),
    ],
}


@pytest.mark.parametrize("figures", ONE_STATEMENT.values(), ids=ONE_STATEMENT.keys())
def test_what_a_rounded_or_hedged_figure_leaves_open_is_not_suspect(figures):
    checks = check_claims(article("32.09", *figures), LOOKUP)
    arithmetic = [check for check in checks if check.name != "population_against_dukcapil"]
    assert [check.message for check in arithmetic if check.verdict == "suspect"] == []
    assert not any("98%" in check.message for check in arithmetic if check.name == "rate_against_counts")


def test_a_label_is_held_against_arithmetic_one_way_only():
    claims = article(
        KAB_MALANG,
        ("97,08 persen", Metric.COVERAGE_RATE),
        ("2.759.103", Metric.MEMBERS),
        ("2.678.471", Metric.MEMBERS),
    )
    named = [check for check in check_claims(claims, LOOKUP, "id") if check.name == "label_against_arithmetic"]
    assert [(check.claims, check.expected, check.got) for check in named] == [((1, 2, 0), "penduduk", "peserta")]


QUIET = {
    "shares of the population need not make 100": [
        ("78 persen", Metric.ACTIVE_RATE),
        ("19,88 persen", Metric.INACTIVE_RATE),
    ],
    "a target has no arithmetic": [
        ("244.956", Metric.MEMBERS, {"modality": Modality.TARGET}),
        ("90 persen", Metric.COVERAGE_RATE, {"modality": Modality.TARGET}),
    ],
    "nothing to hold it against": [("74,24%", Metric.COVERAGE_RATE)],
    "no claims": [],
}


@pytest.mark.parametrize("figures", QUIET.values(), ids=QUIET.keys())
def test_no_check_without_something_to_check(figures):
    assert check_claims(article(LUWU_UTARA, *figures), LOOKUP) == ()


def day(raw, year, month, date):
    on = dt.date(year, month, date)
    return Mention(MentionKind.DATE, 0, len(raw), raw, Period(on, on, Precision.DAY), "test")


WEEKDAYS = [
    (day("Selasa (6/5/2025)", 2025, 5, 6), "ok", "6 May 2025 was a Tuesday."),
    (day("Selasa (26/1/2026)", 2026, 1, 26), "suspect", "26 January 2026 was a Monday, not a Tuesday."),
    (day("Jum'at, 24 April 2026", 2026, 4, 24), "ok", "24 April 2026 was a Friday."),
]


@pytest.mark.parametrize(("mention", "verdict", "message"), WEEKDAYS)
def test_weekday_against_date(mention, verdict, message):
    (check,) = check_weekdays([mention])
    assert (check.verdict, check.message) == (verdict, message)


@pytest.mark.parametrize("mention", [day("Rabu", 2025, 5, 7), day("1 Juni 2023", 2023, 6, 1)])
def test_no_weekday_check_without_both(mention):
    assert check_weekdays([mention]) == ()


def test_every_check_speaks_both_languages():
    assert load_sentences("en").keys() == load_sentences("id").keys()


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
