"""Claims of one article -> the checks between them: verdict and the sentence, in both languages."""

import datetime as dt

import pytest

from extract.checks.between import check_claims, check_weekdays
from extract.checks.messages import load_sentences
from extract.figures.read import parse_figure
from extract.models import (
    Approx,
    Claim,
    Mention,
    MentionKind,
    Metric,
    Modality,
    Period,
    Precision,
    Segment,
    Unit,
)
from extract.regions.gazetteer import load_gazetteer
from extract.repair.decide import repair_claims

LOOKUP = load_gazetteer().get
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
        "74,24 persen cocok dengan jumlahnya: 244.956 dari 329.934 jiwa memang 74,24 persen.",
    ),
    "rate_against_counts, wrong": (
        "rate_against_counts",
        "53.71",
        [("368.599", Metric.MEMBERS), ("93 persen", Metric.COVERAGE_RATE), ("442.281", Metric.POPULATION)],
        "suspect",
        "368,599 of 442,281 people is 83.34%, not 93%.",
        "368.599 dari 442.281 jiwa berarti 83,34 persen, bukan 93 persen.",
    ),
    "part_and_whole": (
        "part_and_whole",
        LUWU_UTARA,
        [("300.000 jiwa", Metric.ACTIVE_MEMBERS), ("244.956 jiwa", Metric.MEMBERS)],
        "suspect",
        "300,000 cannot be part of 244,956: it is more.",
        "300.000 tidak mungkin bagian dari 244.956 karena lebih besar.",
    ),
    "part_and_whole, more members than inhabitants": (
        "part_and_whole",
        "64.07",
        [("181.764 jiwa", Metric.MEMBERS), ("173.001 jiwa", Metric.POPULATION)],
        "unknown",
        "181,764 members are more than the 173,001 inhabitants",
        "Peserta 181.764 melebihi penduduk 173.001",
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
        "Penduduk 329.934 sesuai untuk Kabupaten Luwu Utara",
    ),
    "population_against_dukcapil, wrong": (
        "population_against_dukcapil",
        LUWU_UTARA,
        [("929.934 jiwa", Metric.POPULATION)],
        "suspect",
        "does not fit Kabupaten Luwu Utara: Dukcapil counted",
        "tidak sesuai untuk Kabupaten Luwu Utara: Dukcapil mencatat",
    ),
    "population_against_dukcapil, another area then": (
        "population_against_dukcapil",
        PAPUA_BARAT,
        [("1.327.497 jiwa", Metric.POPULATION)],
        "unknown",
        "cannot be held against Papua Barat",
        "tidak dapat dibandingkan dengan Papua Barat",
    ),
    "label_against_arithmetic, population called members": (
        "label_against_arithmetic",
        KAB_MALANG,
        [("97,08 persen", Metric.COVERAGE_RATE), ("2.678.471", Metric.MEMBERS), ("2.759.103", Metric.MEMBERS)],
        "suspect",
        "2,759,103 is called members, but 97.08% of it is 2,678,471: it is the population.",
        "2.759.103 disebut peserta, padahal 2.678.471 adalah 97,08 persen darinya: angka itu jumlah penduduk.",
    ),
    "label_against_arithmetic, members called population": (
        "label_against_arithmetic",
        "81.02",
        [("126.000", Metric.POPULATION), ("98,29%", Metric.COVERAGE_RATE), ("129.000", Metric.POPULATION)],
        "suspect",
        "126,000 is called the population, but it is 98.29% of 129,000: it is the members.",
        "126.000 disebut jumlah penduduk, padahal nilainya 98,29 persen dari 129.000: angka itu jumlah peserta.",
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
        "Dari 97,99 persen ke 98,97 persen selisihnya 0,98 poin persen, bukan 0,89.",
    ),
    "target_passed": (
        "target_passed",
        PAYAKUMBUH,
        [("98,97 persen", Metric.COVERAGE_RATE), ("98 persen", Metric.COVERAGE_RATE, {"modality": Modality.TARGET})],
        "ok",
        "The target of 98% has been passed already: 98.97% are reported.",
        "Target 98 persen sudah terlampaui: yang dilaporkan 98,97 persen.",
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
    claims = repair_claims(article(None, ("1,8 jiwa", Metric.OTHER_PEOPLE)), LOOKUP, 2020)
    (told,) = check_claims(claims, LOOKUP, "id")
    assert told.message == "1,8 jiwa tidak mungkin benar seperti tertulis; mungkin maksudnya 1.800 atau 1.800.000."


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
