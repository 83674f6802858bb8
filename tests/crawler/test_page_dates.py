"""Dates as pages print them, stamps as they write them for machines, and which of the two is believed."""

import datetime as dt

import pytest

from crawler.pages.dates import parse_stamp, parse_visible, weigh_dates
from crawler.zones import ZONES

WIB, WITA, WIT = ZONES["WIB"], ZONES["WITA"], ZONES["WIT"]


def at(year, month, day, hour, minute, second=0, zone=WIB):
    return dt.datetime(year, month, day, hour, minute, second, tzinfo=zone)


def naive(*numbers):
    return dt.datetime(*numbers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kamis, 5 November 2015 14:56 WIB", at(2015, 11, 5, 14, 56)),
        ("Jum'at, 24 Juli 2026 - 13:39 WITA", at(2026, 7, 24, 13, 39, zone=WITA)),
        ("Selasa, 16 Februari 2016 | 14:11 WIT", at(2016, 2, 16, 14, 11, zone=WIT)),
        ("Kamis, 05/11/2015 10:08 WIB", at(2015, 11, 5, 10, 8)),
        ("Kamis, 05/11/2015 10:08", naive(2015, 11, 5, 10, 8)),
        ("Oleh Sari pada 18 Jan 2019, 22:18 WIB", at(2019, 1, 18, 22, 18)),
        ("KEDIRI | 10 Juni 2021 18.50 Reporter : Sari", naive(2021, 6, 10, 18, 50)),
        ("pukul 06:52 WITA, 26 April 2022", at(2022, 4, 26, 6, 52, zone=WITA)),
        ("12 Nop 2024 pukul 08.05 wib", at(2024, 11, 12, 8, 5)),
        ("Nov 18, 2022", dt.date(2022, 11, 18)),
        ("May 9, 2025 7:05 pm", naive(2025, 5, 9, 19, 5)),
        ("Jumat , 17 February 2017", dt.date(2017, 2, 17)),
        ("20/1/2026", dt.date(2026, 1, 20)),
        ("2026-01-20 18:30", naive(2026, 1, 20, 18, 30)),
        # no day of the calendar, no date, no hour
        ("31 Februari 2020", None),
        ("Beranda | Daerah | 998 Views", None),
        ("5 Mei 2025 99:99", dt.date(2025, 5, 5)),
        ("", None),
    ],
)
def test_what_people_see(text, expected):
    got = parse_visible(text)
    assert got == expected
    assert not isinstance(got, dt.datetime) or got.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-11-05T14:56:43+07:00", at(2015, 11, 5, 14, 56, 43)),
        ("2015-11-05T14:56:43.120+0800", at(2015, 11, 5, 14, 56, 43, zone=WITA)),
        # detik's two ways
        ("2015-11-05 T10:08:58Z", at(2015, 11, 5, 10, 8, 58, zone=dt.UTC)),
        ("2023-11-02T20-59-53Z", at(2023, 11, 2, 20, 59, 53, zone=dt.UTC)),
        ("2023-11-02 21:34:00", dt.datetime(2023, 11, 2, 21, 34)),
        ("Sat, 11 Mar 2023 15:10:27 +0000", at(2023, 3, 11, 15, 10, 27, zone=dt.UTC)),
        ("2016-02-23", dt.date(2016, 2, 23)),
        ("2016-02-31", None),
        ("2016-02-23T25:00:00", None),
        ("kemarin", None),
        ("", None),
    ],
)
def test_what_machines_are_told(text, expected):
    assert parse_stamp(text) == expected


@pytest.mark.parametrize(
    ("visible", "stamps", "expected"),
    [
        # The stamp adds the seconds ...
        (at(2015, 11, 5, 14, 56), [at(2015, 11, 5, 14, 56, 43)], at(2015, 11, 5, 14, 56, 43)),
        # ... also in another offset, or in none, or in a false one.
        (at(2015, 11, 5, 14, 56), [at(2015, 11, 5, 7, 56, 43, dt.UTC)], at(2015, 11, 5, 14, 56, 43)),
        (at(2017, 2, 17, 13, 30), [dt.datetime(2017, 2, 17, 13, 30, 8)], at(2017, 2, 17, 13, 30, 8)),
        (
            at(2021, 6, 17, 6, 4),
            [at(2021, 6, 17, 6, 4, 9, dt.timezone(-dt.timedelta(hours=7)))],
            at(2021, 6, 17, 6, 4, 9),
        ),
        # No zone is printed: an Indonesian offset behind the same digits tells it, or the hour it is at Greenwich, ...
        (naive(2025, 5, 7, 10, 15), [at(2025, 5, 7, 10, 15, 20, WIT)], at(2025, 5, 7, 10, 15, 20, WIT)),
        (naive(2025, 5, 7, 10, 15), [at(2025, 5, 7, 2, 15, 20, dt.UTC)], at(2025, 5, 7, 10, 15, 20, WITA)),
        # ... and else the outlet's.
        (naive(2025, 5, 7, 10, 15), [at(2025, 5, 7, 10, 15, 20, dt.UTC)], at(2025, 5, 7, 10, 15, 20)),
        (naive(2025, 5, 7, 10, 15), [], at(2025, 5, 7, 10, 15)),
        # What people see wins over a stamp that says another time.
        (at(2026, 1, 20, 18, 30), [at(2026, 1, 20, 18, 33, 13)], at(2026, 1, 20, 18, 30)),
        # A visible day gets its hour from a stamp of that day only.
        (dt.date(2022, 11, 18), [at(2022, 11, 18, 17, 39, 20)], at(2022, 11, 18, 17, 39, 20)),
        (dt.date(2022, 11, 18), [at(2022, 11, 19, 17, 39)], dt.date(2022, 11, 18)),
        # Nothing visible: the stamp, in Indonesian time.
        (None, [at(2022, 11, 18, 20, 0, zone=dt.UTC)], at(2022, 11, 19, 3, 0)),
        (None, [at(2022, 11, 18, 20, 0, zone=WIT)], at(2022, 11, 18, 20, 0, zone=WIT)),
        (None, [dt.datetime(2022, 11, 18, 20, 0)], at(2022, 11, 18, 20, 0)),
        # Midnight sharp is a day without an hour.
        (None, [dt.datetime(2022, 11, 18, 0, 0)], dt.date(2022, 11, 18)),
        (None, [dt.date(2022, 11, 18)], dt.date(2022, 11, 18)),
        (None, [], None),
    ],
)
def test_the_two_are_weighed(visible, stamps, expected):
    got = weigh_dates(visible, stamps, WIB)
    assert got == expected
    assert not isinstance(got, dt.datetime) or got.utcoffset() == expected.utcoffset()
