"""What is held against a source outside the article: populations against Dukcapil, weekdays against the calendar."""

import datetime as dt

import pytest

from extract.checks.dates import check_weekday_against_date
from extract.models import AsOfBasis, Mention, MentionKind, Metric, Period, Precision

POPULATIONS = {
    # region, printed, year and basis of the as-of, verdict, the sentence in English and Indonesian
    "fits": (
        ("73.22", "329.934 jiwa", None, None),
        "ok",
        "A population of 329,934 fits Kabupaten Luwu Utara: Dukcapil counted 335,161 at the end of 2024.",
        "Jumlah penduduk 329.934 jiwa cocok dengan data Kabupaten Luwu Utara: "
        "Dukcapil mencatat 335.161 jiwa pada akhir 2024.",
    ),
    "grown since 2016": (
        ("21.71", "1,23 juta jiwa", 2016, AsOfBasis.EXPLICIT),
        "ok",
        "A population of 1.23 million fits Kota Batam: Dukcapil counted 1,342,038 at the end of 2024.",
        "Jumlah penduduk 1,23 juta jiwa cocok dengan data Kota Batam: "
        "Dukcapil mencatat 1.342.038 jiwa pada akhir 2024.",
    ),
    "a digit wrong": (
        ("73.22", "929.934 jiwa", None, None),
        "suspect",
        "A population of 929,934 does not fit Kabupaten Luwu Utara: Dukcapil counted 335,161 at the end of 2024.",
        "Jumlah penduduk 929.934 jiwa tidak cocok dengan data Kabupaten Luwu Utara: "
        "Dukcapil mencatat 335.161 jiwa pada akhir 2024.",
    ),
    "too many for what an article of 2025 can count": (
        ("35.79", "260.000 jiwa", 2025, AsOfBasis.PUBLISHED),
        "suspect",
        "A population of 260,000 does not fit Kota Batu: Dukcapil counted 225,408 at the end of 2024.",
        "Jumlah penduduk 260.000 jiwa tidak cocok dengan data Kota Batu: "
        "Dukcapil mencatat 225.408 jiwa pada akhir 2024.",
    ),
    "another area then": (
        ("92", "937.458 jiwa", 2018, AsOfBasis.EXPLICIT),
        "unknown",
        "937,458 cannot be held against Papua Barat: its area or name has changed since 2022, "
        "and the 576,255 that Dukcapil counted at the end of 2024 are those of today's area.",
        "Angka 937.458 jiwa tidak dapat dibandingkan dengan data Papua Barat: "
        "wilayah atau namanya berubah sejak 2022, sedangkan 576.255 jiwa yang dicatat Dukcapil pada akhir 2024 "
        "adalah penduduk wilayah yang sekarang.",
    ),
    "of a part of the area": (
        ("73.22", "32.900 jiwa", None, None),
        "unknown",
        "32,900 cannot be held against Kabupaten Luwu Utara: so few may be the people of a part of it; "
        "Dukcapil counted 335,161 at the end of 2024.",
        "Angka 32.900 jiwa tidak dapat dibandingkan dengan data Kabupaten Luwu Utara: "
        "jumlah sekecil itu mungkin hanya sebagian wilayahnya; Dukcapil mencatat 335.161 jiwa pada akhir 2024.",
    ),
    "of the census, which finds fewer": (
        ("81.08", "74.581 jiwa", 2020, AsOfBasis.EXPLICIT),
        "unknown",
        "A population of 74,581 is below the 97,020 that Dukcapil counted in Kabupaten Maluku Barat Daya "
        "at the end of 2024; the census of BPS often counts fewer people than the register.",
        "Jumlah penduduk 74.581 jiwa lebih rendah daripada 97.020 jiwa yang dicatat Dukcapil "
        "di Kabupaten Maluku Barat Daya pada akhir 2024; "
        "hasil sensus BPS memang sering lebih rendah daripada data kependudukan.",
    ),
}


@pytest.mark.parametrize(("told", "verdict", "english", "local"), POPULATIONS.values(), ids=POPULATIONS.keys())
def test_population_against_dukcapil(make_claim, find_checks, told, verdict, english, local):
    region, raw, year, basis = told
    as_of = Period(dt.date(year, 1, 1), dt.date(year, 12, 31), Precision.YEAR) if year else None
    claim = make_claim(raw, Metric.POPULATION, region, as_of=as_of, as_of_basis=basis)
    for language, sentence in (("en", english), ("id", local)):
        (check,) = find_checks([claim], "population_against_dukcapil", language)
        assert (check.verdict, check.message) == (verdict, sentence)


def test_a_population_is_checked_once(make_claims, find_checks):
    claims = make_claims("73.22", ("329.934 jiwa", Metric.POPULATION), ("329.934 jiwa", Metric.POPULATION, 3))
    assert len(find_checks(claims, "population_against_dukcapil")) == 1


def test_members_called_population_are_not_held_against_it(make_claims, find_checks):
    claims = make_claims(
        "81.02",
        ("100.000", Metric.POPULATION),
        ("77,52%", Metric.COVERAGE_RATE),
        ("129.000", Metric.POPULATION),
    )
    assert [check.claims for check in find_checks(claims, "population_against_dukcapil")] == [(2,)]


def mention(raw, day):
    period = None if day is None else Period(day, day, Precision.DAY)
    return Mention(MentionKind.DATE, 0, len(raw), raw, period, "test")


WEEKDAYS = {
    # printed: day, whether the year of publication is known, verdict, the sentence in English and Indonesian
    "Selasa (6/5/2025)": (
        (dt.date(2025, 5, 6), True),
        "ok",
        "6 May 2025 was a Tuesday.",
        "6 Mei 2025 memang hari Selasa.",
    ),
    "Jum'at, 24 April 2026": (
        (dt.date(2026, 4, 24), False),
        "ok",
        "24 April 2026 was a Friday.",
        "24 April 2026 memang hari Jumat.",
    ),
    "Selasa (26/1/2026)": (
        (dt.date(2026, 1, 26), False),
        "suspect",
        "26 January 2026 was a Monday, not a Tuesday.",
        "26 Januari 2026 jatuh pada hari Senin, bukan Selasa.",
    ),
    "Selasa (26/1)": (
        (dt.date(2026, 1, 26), True),
        "suspect",
        "26 January 2026 was a Monday, not a Tuesday.",
        "26 Januari 2026 jatuh pada hari Senin, bukan Selasa.",
    ),
    "Selasa (27/1)": (
        (dt.date(2025, 1, 27), False),
        "unknown",
        "27 January 2025 was a Monday, not a Tuesday; but the text does not say which year it means.",
        "27 Januari 2025 jatuh pada hari Senin, bukan Selasa; tetapi tahunnya tidak disebut dalam teks.",
    ),
    "Selasa (31/6/2025)": (
        (None, True),
        "unknown",
        "Selasa (31/6/2025) cannot be held against the calendar, which has no such date.",
        "Selasa (31/6/2025) tidak dapat dicocokkan dengan kalender karena tanggal itu tidak ada.",
    ),
}


@pytest.mark.parametrize(
    ("raw", "told", "verdict", "english", "local"),
    [(raw, *case) for raw, case in WEEKDAYS.items()],
    ids=WEEKDAYS.keys(),
)
def test_weekday_against_date(raw, told, verdict, english, local):
    day, year_known = told
    for language, sentence in (("en", english), ("id", local)):
        (check,) = check_weekday_against_date([mention(raw, day)], language, year_known)
        assert (check.verdict, check.message) == (verdict, sentence)


@pytest.mark.parametrize(("raw", "day"), [("Rabu", 7), ("1 Juni 2023", 1), ("Rabu (9/6)", None)])
def test_no_weekday_check_without_both(raw, day):
    assert check_weekday_against_date([mention(raw, day and dt.date(2025, 5, day))]) == ()


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # 600.000 people would be needed, and 359.661 live there
        ("Sekitar 15 persen warga Kota Ambon belum terdaftar JKN, atau 90.000 jiwa.", "suspect"),
        ("Sebanyak 301.324 warga Kota Ambon terdaftar JKN, atau 83,78 persen.", "ok"),
        # of 311.800: the census often counts fewer
        ("Sebanyak 301.324 warga Kota Ambon terdaftar JKN, atau 96,64 persen.", "unknown"),
        # the region that is named later is not that of the figures: the island is larger
        (
            "Warga Pulau Sumbawa yang belum terdaftar JKN 288.400 jiwa atau 18 persen. Kabupaten Bima terbanyak, kata "
            "Bupati Bima.",
            "unknown",
        ),
        ("Sebanyak 17.000 warga Kota Ambon terdaftar JKN, atau 90 persen.", None),
        ("Dari 340.000 penduduk Kota Ambon, 301.324 orang atau 88,62 persen terdaftar JKN.", None),
    ],
)
def test_a_share_without_a_whole_is_held_against_dukcapil(claims_of, find_checks, text, verdict):
    found = find_checks(claims_of(text, "2025-06-10"), "share_against_dukcapil")
    assert [check.verdict for check in found] == ([verdict] if verdict else [])
