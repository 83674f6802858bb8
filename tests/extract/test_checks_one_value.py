"""Two values of one thing in one article: verdict and both sentences."""

import datetime as dt

import pytest

from extract.models import Approx, AsOfBasis, Metric, Modality, Period, Precision, Reason, Speaker

PAYAKUMBUH = "13.76"
END_OF_JUNE = Period(dt.date(2025, 6, 30), dt.date(2025, 6, 30), Precision.DAY)
JUNE = {"as_of": END_OF_JUNE, "as_of_basis": AsOfBasis.EXPLICIT}
PUBLISHED_ON = Period(dt.date(2025, 7, 17), dt.date(2025, 7, 17), Precision.DAY)
TODAY = {"as_of": PUBLISHED_ON, "as_of_basis": AsOfBasis.PUBLISHED}
SO_FAR = {"as_of": PUBLISHED_ON, "as_of_basis": AsOfBasis.DEICTIC}
RINI, BUDI = {"speaker": Speaker("Rini Astuti")}, {"speaker": Speaker("Budi Harun")}

CASES = {
    "here and there": (
        [("97,39 persen", Metric.COVERAGE_RATE, JUNE), ("97,89 persen", Metric.COVERAGE_RATE, JUNE | {"sentence": 4})],
        "suspect",
        "The article gives two figures for the coverage of Kota Payakumbuh at the same time: 97.39% and 97.89%.",
        "Artikel ini memuat dua angka berbeda untuk cakupan kepesertaan Kota Payakumbuh pada waktu yang sama: "
        "97,39 persen dan 97,89 persen.",
    ),
    "of no date: it may be then and now": (
        [("97,39 persen", Metric.COVERAGE_RATE), ("97,89 persen", Metric.COVERAGE_RATE, 4)],
        "unknown",
        "The article gives two figures for the coverage of Kota Payakumbuh and no dates to tell them apart: "
        "97.39% and 97.89%.",
        "Artikel ini memuat dua angka berbeda untuk cakupan kepesertaan Kota Payakumbuh "
        "tanpa tanggal yang membedakannya: 97,39 persen dan 97,89 persen.",
    ),
    "two people who name no day": (
        [
            ("97,39 persen", Metric.COVERAGE_RATE, TODAY | RINI),
            ("97,89 persen", Metric.COVERAGE_RATE, SO_FAR | BUDI | {"sentence": 2}),
        ],
        "suspect",
        "The article gives two figures for the coverage of Kota Payakumbuh: "
        "97.39% from Rini Astuti, 97.89% from Budi Harun.",
        "Artikel ini memuat dua angka berbeda untuk cakupan kepesertaan Kota Payakumbuh: "
        "97,39 persen menurut Rini Astuti dan 97,89 persen menurut Budi Harun.",
    ),
    "two people of one day": (
        [
            ("139.402 jiwa", Metric.MEMBERS, JUNE | RINI),
            ("138.911 jiwa", Metric.MEMBERS, JUNE | BUDI | {"sentence": 1}),
        ],
        "suspect",
        "The article gives two figures for the number of members of Kota Payakumbuh at the same time: "
        "139,402 from Rini Astuti, 138,911 from Budi Harun.",
        "Artikel ini memuat dua angka berbeda untuk jumlah peserta Kota Payakumbuh pada waktu yang sama: "
        "139.402 menurut Rini Astuti dan 138.911 menurut Budi Harun.",
    ),
}


@pytest.mark.parametrize(("figures", "verdict", "english", "local"), CASES.values(), ids=CASES.keys())
def test_what_the_check_says(make_claims, find_checks, figures, verdict, english, local):
    claims = make_claims(PAYAKUMBUH, *figures)
    for language, sentence in (("en", english), ("id", local)):
        (check,) = find_checks(claims, "one_value", language)
        assert (check.verdict, check.message) == (verdict, sentence)


QUIET = {
    "98 persen, elsewhere 98,13": [
        ("98 persen", Metric.COVERAGE_RATE),
        ("98,13 persen", Metric.COVERAGE_RATE, 3),
    ],
    "about 98, exactly 97,6": [
        ("98 persen", Metric.COVERAGE_RATE, {"approx": Approx.ABOUT}),
        ("97,6 persen", Metric.COVERAGE_RATE, 3),
    ],
    "a step told in one sentence": [("97,99 persen", Metric.COVERAGE_RATE), ("98,97 persen", Metric.COVERAGE_RATE)],
    "a step told in two, with its size": [
        ("97,99 persen", Metric.COVERAGE_RATE),
        ("0,98 persen", Metric.COVERAGE_RATE, {"modality": Modality.CHANGE, "sentence": 1}),
        ("98,97 persen", Metric.COVERAGE_RATE, 1),
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
        ("98,13 persen", Metric.COVERAGE_RATE, 3),
    ],
    "a figure of something else": [("245.293", Metric.MEMBERS), ("12.400", Metric.MEMBERS, 5)],
}


@pytest.mark.parametrize("figures", QUIET.values(), ids=QUIET.keys())
def test_silent(make_claims, find_checks, figures):
    assert find_checks(make_claims(PAYAKUMBUH, *figures), "one_value") == []
