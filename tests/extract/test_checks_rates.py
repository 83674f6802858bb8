"""Percentages against counts, against each other, and against the names of the counts: verdict and both sentences."""

import datetime as dt

import pytest

from extract.models import Approx, AsOfBasis, Metric, Modality, Period, Precision, Reason

LUWU_UTARA, MAGELANG, KAB_MALANG, MALRA, KOTA_KUPANG = "73.22", "33.71", "35.07", "81.02", "53.71"
MAY = Period(dt.date(2025, 5, 1), dt.date(2025, 5, 31), Precision.MONTH)
DECEMBER = Period(dt.date(2025, 12, 1), dt.date(2025, 12, 31), Precision.MONTH)
ABOUT, OVER = {"approx": Approx.ABOUT}, {"approx": Approx.OVER}

CASES = {
    # check, what it shows: region, figures, verdict, the sentence in English and Indonesian
    "rate_against_counts, to the letter": (
        LUWU_UTARA,
        [("244.956", Metric.MEMBERS), ("74,24%", Metric.COVERAGE_RATE), ("329.934", Metric.POPULATION)],
        "ok",
        "In Kabupaten Luwu Utara, 244,956 members out of 329,934 inhabitants make 74.24%, as stated.",
        "Di Kabupaten Luwu Utara, 244.956 peserta dari 329.934 penduduk memang setara dengan 74,24 persen.",
    ),
    "rate_against_counts, within rounding": (
        "82.01",
        [("136.000 jiwa", Metric.MEMBERS), ("97,34 persen", Metric.COVERAGE_RATE), ("140.000 jiwa", Metric.POPULATION)],
        "ok",
        "In Kabupaten Halmahera Barat, 136,000 members out of 140,000 inhabitants make 97.14%, "
        "which agrees with 97.34% within rounding.",
        "Di Kabupaten Halmahera Barat, 136.000 peserta dari 140.000 penduduk setara dengan 97,14 persen, "
        "sesuai dengan 97,34 persen dalam batas pembulatan.",
    ),
    "rate_against_counts, hedged": (
        KOTA_KUPANG,
        [("368.599", Metric.MEMBERS), ("80 persen", Metric.COVERAGE_RATE, OVER), ("442.281", Metric.POPULATION)],
        "ok",
        "In Kota Kupang, 368,599 members out of 442,281 inhabitants make 83.34%, which agrees with more than 80%.",
        "Di Kota Kupang, 368.599 peserta dari 442.281 penduduk setara dengan 83,34 persen, "
        "sejalan dengan lebih dari 80 persen.",
    ),
    "rate_against_counts, over 100": (
        "17.05",
        [("229.700", Metric.MEMBERS), ("106,33%", Metric.COVERAGE_RATE), ("216.028", Metric.POPULATION)],
        "ok",
        "In Kabupaten Seluma, 229,700 members out of 216,028 inhabitants make 106.33%, as stated.",
        "Di Kabupaten Seluma, 229.700 peserta dari 216.028 penduduk memang setara dengan 106,33 persen.",
    ),
    "rate_against_counts, wrong": (
        KOTA_KUPANG,
        [("368.599", Metric.MEMBERS), ("93 persen", Metric.COVERAGE_RATE), ("442.281", Metric.POPULATION)],
        "suspect",
        "In Kota Kupang, 368,599 members out of 442,281 inhabitants make 83.34%, not 93%.",
        "Di Kota Kupang, 368.599 peserta dari 442.281 penduduk setara dengan 83,34 persen, bukan 93 persen.",
    ),
    "rate_against_counts, active members of members": (
        KOTA_KUPANG,
        [("368.599", Metric.MEMBERS), ("276.449", Metric.ACTIVE_MEMBERS), ("65,00 persen", Metric.ACTIVE_RATE)],
        "suspect",
        "In Kota Kupang, 276,449 active members out of 368,599 members make 75.00%, not 65.00%.",
        "Di Kota Kupang, 276.449 peserta aktif dari 368.599 peserta setara dengan 75,00 persen, bukan 65,00 persen.",
    ),
    "rate_against_counts, a count open to one side": (
        KOTA_KUPANG,
        [("200 ribu", Metric.MEMBERS, OVER), ("250.000", Metric.POPULATION), ("92 persen", Metric.COVERAGE_RATE)],
        "unknown",
        "In Kota Kupang, more than 200,000 members out of 250,000 inhabitants make 80%; "
        "the figures are too rough to bear out or to contradict 92%.",
        "Di Kota Kupang, lebih dari 200.000 peserta dari 250.000 penduduk setara dengan 80 persen; "
        "angkanya terlalu kasar untuk membenarkan atau membantah 92 persen.",
    ),
    "rate_against_counts, what the counts are rounded to leaves room for anything": (
        "35.10",
        [("1,6 juta", Metric.MEMBERS), ("1,8 juta", Metric.POPULATION), ("89,89 persen", Metric.COVERAGE_RATE)],
        "unknown",
        "In Kabupaten Banyuwangi, 1.6 million members out of 1.8 million inhabitants make 88.89%; "
        "the figures are too rough to bear out or to contradict 89.89%.",
        "Di Kabupaten Banyuwangi, 1,6 juta peserta dari 1,8 juta penduduk setara dengan 88,89 persen; "
        "angkanya terlalu kasar untuk membenarkan atau membantah 89,89 persen.",
    ),
    "rate_against_counts, rough counts that make just what is printed": (
        "35.10",
        [("1,6 juta", Metric.MEMBERS), ("1,8 juta", Metric.POPULATION), ("89 persen", Metric.COVERAGE_RATE)],
        "ok",
        "In Kabupaten Banyuwangi, 1.6 million members out of 1.8 million inhabitants make 88.89%, "
        "which agrees with 89% within rounding.",
        "Di Kabupaten Banyuwangi, 1,6 juta peserta dari 1,8 juta penduduk setara dengan 88,89 persen, "
        "sesuai dengan 89 persen dalam batas pembulatan.",
    ),
    "rate_against_counts, a count cut off instead of rounded": (
        "21.71",
        [("801.878", Metric.MEMBERS), ("1,23 juta", Metric.POPULATION), ("64,90 persen", Metric.COVERAGE_RATE)],
        "ok",
        "In Kota Batam, 801,878 members out of 1.23 million inhabitants make 65.19%, "
        "which agrees with 64.90% within rounding.",
        "Di Kota Batam, 801.878 peserta dari 1,23 juta penduduk setara dengan 65,19 persen, "
        "sesuai dengan 64,90 persen dalam batas pembulatan.",
    ),
    "complements, of rough counts": (
        KOTA_KUPANG,
        [("1,2 juta", Metric.MEMBERS), ("0,2 juta", Metric.UNCOVERED), ("1,5 juta", Metric.POPULATION)],
        "unknown",
        "In Kota Kupang, 1.2 million members and 200,000 people not registered make 1,400,000; "
        "the figures are too rough to bear out or to contradict 1.5 million inhabitants.",
        "Di Kota Kupang, 1,2 juta peserta dan 200.000 penduduk yang belum terdaftar berjumlah 1.400.000; "
        "angkanya terlalu kasar untuk membenarkan atau membantah 1,5 juta penduduk.",
    ),
    "complements, the rest of a rough rate": (
        KOTA_KUPANG,
        [("36 ribu", Metric.UNCOVERED), ("90 persen", Metric.COVERAGE_RATE), ("0,4 juta", Metric.POPULATION)],
        "unknown",
        "In Kota Kupang, 36,000 people not registered out of 400,000 inhabitants make 9%; with 90% registered that is "
        "99%, but the figures are too rough to bear out or to contradict it.",
        "Di Kota Kupang, 36.000 penduduk yang belum terdaftar dari 400.000 penduduk setara dengan 9 persen; "
        "bersama 90 persen terdaftar jumlahnya 99 persen, tetapi angkanya terlalu kasar untuk membenarkan atau "
        "membantahnya.",
    ),
    "complements, of percentages": (
        MAGELANG,
        [("99,13 persen", Metric.COVERAGE_RATE), ("0,89 persen", Metric.UNCOVERED_RATE)],
        "suspect",
        "In Kota Magelang, 99.13% registered and 0.89% not registered make 100.02%, not 100% "
        "(a difference of 0.02 percentage points).",
        "Di Kota Magelang, 99,13 persen terdaftar dan 0,89 persen belum terdaftar berjumlah 100,02 persen, "
        "bukan 100 persen (selisih 0,02 poin persen).",
    ),
    "complements, of counts": (
        MAGELANG,
        [("127.394", Metric.POPULATION), ("126.281", Metric.MEMBERS), ("1.113", Metric.UNCOVERED)],
        "ok",
        "In Kota Magelang, 126,281 members and 1,113 people not registered make 127,394 inhabitants.",
        "Di Kota Magelang, 126.281 peserta dan 1.113 penduduk yang belum terdaftar berjumlah 127.394 penduduk.",
    ),
    "complements, of counts that are short": (
        KOTA_KUPANG,
        [("442.281", Metric.POPULATION), ("368.599", Metric.MEMBERS), ("51.568", Metric.UNCOVERED)],
        "suspect",
        "In Kota Kupang, 368,599 members and 51,568 people not registered make 420,167, not 442,281 inhabitants "
        "(a difference of 22,114).",
        "Di Kota Kupang, 368.599 peserta dan 51.568 penduduk yang belum terdaftar berjumlah 420.167, "
        "bukan 442.281 penduduk (selisih 22.114).",
    ),
    "complements, of a rate and the people it leaves": (
        MAGELANG,
        [("96 persen", Metric.COVERAGE_RATE), ("127.394", Metric.POPULATION), ("9.113", Metric.UNCOVERED)],
        "suspect",
        "In Kota Magelang, 9,113 people not registered out of 127,394 inhabitants make 7.15%; "
        "with 96% registered that is 103.15%, not 100%.",
        "Di Kota Magelang, 9.113 penduduk yang belum terdaftar dari 127.394 penduduk setara dengan 7,15 persen; "
        "bersama 96 persen terdaftar jumlahnya 103,15 persen, bukan 100 persen.",
    ),
    "complements, of a coverage over 100": (
        MAGELANG,
        [("105,85 persen", Metric.COVERAGE_RATE), ("2 persen", Metric.UNCOVERED_RATE)],
        "unknown",
        "In Kota Magelang, 105.85% registered are more than 100% already, "
        "so 2% not registered cannot be held against them.",
        "Di Kota Magelang, 105,85 persen terdaftar sudah melebihi 100 persen, "
        "sehingga 2 persen belum terdaftar tidak dapat dibandingkan.",
    ),
    "label_against_arithmetic, population called members": (
        KAB_MALANG,
        [("97,08 persen", Metric.COVERAGE_RATE), ("2.678.471", Metric.MEMBERS), ("2.759.103", Metric.MEMBERS)],
        "suspect",
        "In Kabupaten Malang, 2,759,103 is called members, but 97.08% of it is 2,678,471: it is the population.",
        "Di Kabupaten Malang, 2.759.103 disebut jumlah peserta, padahal 2.678.471 adalah 97,08 persen dari angka itu: "
        "2.759.103 mestinya jumlah penduduk.",
    ),
    "label_against_arithmetic, population printed as peserta and read as what it is": (
        "35.79",
        [
            ("98,69 persen", Metric.COVERAGE_RATE),
            ("223.352 peserta", Metric.MEMBERS),
            ("226.323 peserta", Metric.POPULATION),
        ],
        "suspect",
        "In Kota Batu, 226,323 is called members, but 98.69% of it is 223,352: it is the population.",
        "Di Kota Batu, 226.323 disebut jumlah peserta, padahal 223.352 adalah 98,69 persen dari angka itu: "
        "226.323 mestinya jumlah penduduk.",
    ),
    "label_against_arithmetic, members called population": (
        MALRA,
        [("126.000", Metric.POPULATION), ("98,29%", Metric.COVERAGE_RATE), ("129.000", Metric.POPULATION)],
        "suspect",
        "In Kabupaten Maluku Tenggara, 126,000 is called the population, but it is 98.29% of 129,000: "
        "it is the members.",
        "Di Kabupaten Maluku Tenggara, 126.000 disebut jumlah penduduk, padahal angka itu 98,29 persen dari 129.000: "
        "126.000 mestinya jumlah peserta.",
    ),
    "label_against_arithmetic, all members called active": (
        MAGELANG,
        [
            ("75,00 persen", Metric.ACTIVE_RATE),
            ("93.000", Metric.ACTIVE_MEMBERS),
            ("124.000", Metric.ACTIVE_MEMBERS),
        ],
        "suspect",
        "In Kota Magelang, 124,000 is called active members, but 75.00% of it is 93,000: it is all members.",
        "Di Kota Magelang, 124.000 disebut jumlah peserta aktif, padahal 93.000 adalah 75,00 persen dari angka itu: "
        "124.000 mestinya jumlah seluruh peserta.",
    ),
}


@pytest.mark.parametrize(
    ("title", "region", "figures", "verdict", "english", "local"),
    [(title, *case) for title, case in CASES.items()],
    ids=CASES.keys(),
)
def test_what_a_check_says(make_claims, find_checks, title, region, figures, verdict, english, local):
    claims = make_claims(region, *figures)
    for language, sentence in (("en", english), ("id", local)):
        (check,) = find_checks(claims, title.split(",")[0], language)
        assert (check.verdict, check.message) == (verdict, sentence)


QUIET = {
    # what is told, and why nothing is held against it
    "shares of the population need not make 100": [
        ("78 persen", Metric.ACTIVE_RATE),
        ("19,88 persen", Metric.INACTIVE_RATE),
    ],
    "a target has no arithmetic": [
        ("244.956", Metric.MEMBERS, {"modality": Modality.TARGET}),
        ("90 persen", Metric.COVERAGE_RATE, {"modality": Modality.TARGET}),
    ],
    "a rate alone": [("74,24%", Metric.COVERAGE_RATE)],
    "a count that the text gives no name is not called wrongly": [
        ("97,12 persen", Metric.COVERAGE_RATE),
        ("2.363 jiwa", Metric.MEMBERS),
        ("2.433 jiwa", Metric.MEMBERS, {"reasons": (Reason("metric", "metric.default"),)}),
    ],
    "of 100 persen either count may be the part": [
        ("100 persen", Metric.COVERAGE_RATE),
        ("129.500", Metric.MEMBERS),
        ("129.701", Metric.MEMBERS),
    ],
    "rest and rate of sentences far apart": [
        ("96 persen", Metric.COVERAGE_RATE),
        ("127.394", Metric.POPULATION, 2),
        ("9.113", Metric.UNCOVERED, 2),
    ],
    "no claims": [],
}


@pytest.mark.parametrize("figures", QUIET.values(), ids=QUIET.keys())
def test_silent(make_claims, find_checks, figures):
    names = {check.name for check in find_checks(make_claims(MAGELANG, *figures))}
    assert names <= {"population_against_dukcapil", "part_and_whole"}


OPEN = {
    # figures that are rounded, hedged or of another time: never suspect
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
    "sekitar 98 persen is neither wrong beside 99,95 nor borne out": [
        ("98 persen", Metric.COVERAGE_RATE, ABOUT),
        ("270.860", Metric.MEMBERS),
        ("271.000", Metric.POPULATION),
    ],
    "97,87 is hardly lebih dari 98 persen, and hardly not": [
        ("98 persen", Metric.COVERAGE_RATE, OVER),
        ("352.000", Metric.MEMBERS),
        ("359.661", Metric.POPULATION),
    ],
    "active members of the members or of the population": [
        ("270.000", Metric.POPULATION),
        ("250.000", Metric.MEMBERS),
        ("200.000 jiwa", Metric.ACTIVE_MEMBERS, 1),
        ("74,07 persen", Metric.ACTIVE_RATE, 1),
    ],
    "a rate of May, counts of December": [
        ("90 persen", Metric.COVERAGE_RATE, {"as_of": MAY, "as_of_basis": AsOfBasis.EXPLICIT}),
        ("250.000", Metric.MEMBERS, {"as_of": DECEMBER, "as_of_basis": AsOfBasis.EXPLICIT}),
        ("256.000", Metric.POPULATION),
    ],
}


@pytest.mark.parametrize("figures", OPEN.values(), ids=OPEN.keys())
def test_what_a_figure_leaves_open_is_not_suspect(make_claims, find_checks, figures):
    checks = find_checks(make_claims("32.09", *figures))
    named = [check for check in checks if check.name != "population_against_dukcapil"]
    assert [check.message for check in named if check.verdict == "suspect"] == []


def test_a_label_is_held_against_arithmetic_one_way_only(make_claims, find_checks):
    claims = make_claims(
        KAB_MALANG,
        ("97,08 persen", Metric.COVERAGE_RATE),
        ("2.759.103", Metric.MEMBERS),
        ("2.678.471", Metric.MEMBERS),
    )
    (check,) = find_checks(claims, "label_against_arithmetic", "id")
    assert (check.claims, check.expected, check.got) == ((1, 2, 0), "penduduk", "peserta")


def test_expected_and_got_are_figures(make_claims, find_checks):
    claims = make_claims(
        KOTA_KUPANG,
        ("442.281", Metric.POPULATION),
        ("368.599", Metric.MEMBERS),
        ("93,0 persen", Metric.COVERAGE_RATE),
    )
    (check,) = find_checks(claims, "rate_against_counts", "id")
    assert (check.claims, check.expected, check.got) == ((2, 1, 0), "83,34 persen", "93,0 persen")
