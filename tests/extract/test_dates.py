"""Date expressions and the days that they mean, side by side."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from extract.dates.lexicon import LEXICON, parse_calendar_words
from extract.dates.resolve import Anchor, overlaps, parse_date, printed_weekday, weekday_name
from extract.errors import LexiconError
from extract.models import Period, Precision

WEDNESDAY = Anchor(published=dt.date(2025, 5, 7))


def days(text: str, anchor: Anchor = WEDNESDAY) -> str | None:
    period = parse_date(text, anchor)
    if period is None:
        return None
    return str(period.start) if period.start == period.end else f"{period.start}..{period.end}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The day, in every order and dress that newspapers use; day before month, always.
        ("Selasa (6/5/2025)", "2025-05-06"),
        ("Selasa, (6/5/2025)", "2025-05-06"),
        ("Rabu(7/5/2025)malam", "2025-05-07"),
        ("Senin 19 Mei 2025", "2025-05-19"),
        ("Selasa, 31 Desember 2024", "2024-12-31"),
        ("Senin, tanggal 5 Mei 2025", "2025-05-05"),
        ("per 1 Juni 2023", "2023-06-01"),
        ("1 Desember 2022 kemarin", "2022-12-01"),
        ("November 1 2023", "2023-11-01"),
        ("11 Jan 2016", "2016-01-11"),
        ("28-Jan-2026", "2026-01-28"),
        ("5 Nop 2019", "2019-11-05"),
        ("6 Agst 2021", "2021-08-06"),
        ("6 Agt 2021", "2021-08-06"),
        ("2 Sept. 2020", "2020-09-02"),
        ("7 DES 2020", "2020-12-07"),
        ("11 PEBRUARI 2024", "2024-02-11"),
        ("(15/09/22)", "2022-09-15"),
        ("(15/09/98)", "1998-09-15"),
        ("31-12-2024", "2024-12-31"),
        ("06.05.2025", "2025-05-06"),
        ("2024-12-31", "2024-12-31"),
        ("6 Mei 2025 (Selasa)", "2025-05-06"),
        # spaces lost
        ("Selasa,6Mei2025", "2025-05-06"),
        ("per1 Juni 2023", "2023-06-01"),
        ("per-1 Juni 2023", "2023-06-01"),
        # a wrong weekday keeps the printed date
        ("Jumat (25/9/2025)", "2025-09-25"),
        # no such day
        ("31 Februari 2018", None),
        ("Rabu (31/6/2025)", None),
        ("Selasa (6/13/2025)", None),
    ],
)
def test_days(text: str, expected: str | None) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Desember 2024", "2024-12-01..2024-12-31"),
        ("bulan Oktober 2022", "2022-10-01..2022-10-31"),
        ("November Tahun 2020", "2020-11-01..2020-11-30"),
        ("Februari 2024", "2024-02-01..2024-02-29"),
        ("SM 2 2022", "2022-07-01..2022-12-31"),
        ("SM I-2023", "2023-01-01..2023-06-30"),
        ("semester II-2023", "2023-07-01..2023-12-31"),
        ("semester I/2023", "2023-01-01..2023-06-30"),
        ("Semester II Tahun 2021", "2021-07-01..2021-12-31"),
        ("semester dua tahun 2021", "2021-07-01..2021-12-31"),
        ("semester pertama tahun lalu", "2024-01-01..2024-06-30"),
        ("tahun 2021 semester II", "2021-07-01..2021-12-31"),
        ("paruh kedua 2024", "2024-07-01..2024-12-31"),
        ("triwulan II 2022", "2022-04-01..2022-06-30"),
        ("triwulan ke-3 tahun 2022", "2022-07-01..2022-09-30"),
        ("kuartal pertama tahun ini", "2025-01-01..2025-03-31"),
        ("TW III 2023", "2023-07-01..2023-09-30"),
        ("Q1 2024", "2024-01-01..2024-03-31"),
        ("tahun 2021", "2021-01-01..2021-12-31"),
        ("Tahun2021", "2021-01-01..2021-12-31"),
        ("2024 lalu", "2024-01-01..2024-12-31"),
        ("Pada 2019 ini", "2019-01-01..2019-12-31"),
        ("Tahun Anggaran 2026", "2026-01-01..2026-12-31"),
        ("TA 2026", "2026-01-01..2026-12-31"),
        ("minggu kedua Mei 2025", "2025-05-08..2025-05-14"),
        # population of a semester is published after it: a bare semester is one that has begun
        ("semester II", "2024-07-01..2024-12-31"),
    ],
)
def test_months_semesters_quarters_and_years(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("awal 2023", "2023-01-01..2023-03-31"),
        ("pertengahan 2023", "2023-04-01..2023-09-30"),
        ("akhir tahun 2021", "2021-10-01..2021-12-31"),
        ("akhir tahun", "2025-10-01..2025-12-31"),
        ("penghujung tahun lalu", "2024-10-01..2024-12-31"),
        ("awal Mei 2024", "2024-05-01..2024-05-10"),
        ("pertengahan bulan ini", "2025-05-11..2025-05-20"),
        ("akhir Desember 2018", "2018-12-21..2018-12-31"),
        ("akhir semester I 2024", "2024-05-01..2024-06-30"),
        ("awal triwulan II 2024", "2024-04-01..2024-04-30"),
        ("akhir pekan lalu", "2025-05-03..2025-05-04"),
    ],
)
def test_parts_of_a_period(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25-27 Mei 2025", "2025-05-25..2025-05-27"),
        ("10 dan 11 Mei 2025", "2025-05-10..2025-05-11"),
        ("1 s/d 15 Mei 2025", "2025-05-01..2025-05-15"),
        ("Senin-Rabu (5-7/5/2025)", "2025-05-05..2025-05-07"),
        ("Jumat-Sabtu (30/5-1/6/2025)", "2025-05-30..2025-06-01"),
        ("1 Januari hingga 31 Maret 2025", "2025-01-01..2025-03-31"),
        ("Januari-Maret 2025", "2025-01-01..2025-03-31"),
        ("Desember sampai Februari 2025", "2024-12-01..2025-02-28"),
        ("2020-2024", "2020-01-01..2024-12-31"),
        ("semester I dan II 2024", "2024-01-01..2024-12-31"),
        ("triwulan I hingga III tahun 2024", "2024-01-01..2024-09-30"),
        ("tahun 2025–2029", "2025-01-01..2029-12-31"),
        ("tahun ajaran 2023/2024", "2023-01-01..2024-12-31"),
    ],
)
def test_ranges(text: str, expected: str) -> None:
    period = parse_date(text, WEDNESDAY)
    assert days(text) == expected
    assert period is not None
    assert period.precision is Precision.RANGE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hari ini", "2025-05-07"),
        ("kemarin", "2025-05-06"),
        ("besok", "2025-05-08"),
        ("tadi malam", "2025-05-06"),
        ("tadi pagi", "2025-05-07"),
        ("kemarin (5/5)", "2025-05-05"),  # the digits say which day
        ("dua hari lalu", "2025-05-05"),
        ("seminggu yang lalu", "2025-04-28..2025-05-04"),
        ("3 bulan lalu", "2025-02-01..2025-02-28"),
        ("setahun silam", "2024-01-01..2024-12-31"),
        ("pekan ini", "2025-05-05..2025-05-11"),
        ("minggu lalu", "2025-04-28..2025-05-04"),
        ("bulan ini", "2025-05-01..2025-05-31"),
        ("bulan lalu", "2025-04-01..2025-04-30"),
        ("bulan depan", "2025-06-01..2025-06-30"),
        ("triwulan lalu", "2025-01-01..2025-03-31"),
        ("semester ini", "2025-01-01..2025-06-30"),
        ("tahun ini", "2025-01-01..2025-12-31"),
        ("tahun lalu", "2024-01-01..2024-12-31"),
        ("tahun depan", "2026-01-01..2026-12-31"),
        # a bare weekday is the nearest on or before publication
        ("Rabu", "2025-05-07"),
        ("Kamis", "2025-05-01"),
        ("Jum'at", "2025-05-02"),
        ("Jum’at", "2025-05-02"),
        ("Rabu lalu", "2025-04-30"),
        ("Senin depan", "2025-05-12"),
        ("Selasa pekan lalu", "2025-04-29"),
        # without its year a date is the nearest of its name, unless the next word points elsewhere
        ("Rabu (7/5)", "2025-05-07"),
        ("(28/12)", "2024-12-28"),
        ("1 Desember", "2024-12-01"),
        ("pada Agustus", "2025-08-01..2025-08-31"),
        ("Agustus lalu", "2024-08-01..2024-08-31"),
        ("Februari mendatang", "2026-02-01..2026-02-28"),
        ("Maret ini", "2025-03-01..2025-03-31"),
        ("Desember tahun lalu", "2024-12-01..2024-12-31"),
        ("1 Juli tahun depan", "2026-07-01"),
    ],
)
def test_dates_told_from_publication(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize("text", ["kemarin", "Selasa", "tahun ini", "Rabu (9/6)", "September ini", "semester II"])
def test_without_an_anchor_nothing_is_guessed(text: str) -> None:
    assert days(text, Anchor()) is None


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("September ini", Anchor(years=(2021,)), "2021-09-01..2021-09-30"),
        ("tahun depan", Anchor(years=(2021,)), "2022-01-01..2022-12-31"),
        ("bulan ini", Anchor(month=dt.date(2025, 5, 1)), "2025-05-01..2025-05-31"),
        # the article dates a Tuesday in full: another "Selasa" is the same day, "Senin" is not settled by it
        ("Selasa", Anchor(event=dt.date(2025, 5, 6)), "2025-05-06"),
        ("Senin", Anchor(event=dt.date(2025, 5, 6)), None),
        # and the day after it is not the day of writing
        ("hari ini", Anchor(event=dt.date(2025, 5, 6)), "2025-05-06"),
        ("kemarin", Anchor(event=dt.date(2025, 5, 6)), None),
        # 17 August was a Thursday in one of the years that the text names
        ("Kamis (17/8)", Anchor(possible_years=(2022, 2023, 2024)), "2023-08-17"),
        ("April", Anchor(published=dt.date(2026, 1, 2), beside=2025), "2025-04-01..2025-04-30"),
    ],
)
def test_other_anchors(text: str, anchor: Anchor, expected: str | None) -> None:
    assert days(text, anchor) == expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Kamis (28/12)", "2018-01-03", "2017-12-28"),  # read at the turn of the year
        ("Senin (2/1)", "2018-01-03", "2018-01-02"),  # a Tuesday: the printed day stands
        ("29 Februari", "2023-03-01", "2024-02-29"),
        ("kemarin", "0001-01-01", None),
    ],
)
def test_at_the_edges_of_the_calendar(text: str, published: str, expected: str | None) -> None:
    assert days(text, Anchor(published=dt.date.fromisoformat(published))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17 February 2017", "2017-02-17"),
        ("August 1st, 2023", "2023-08-01"),
        ("3 Oct 2020", "2020-10-03"),
        ("Tuesday, April 26, 2022", "2022-04-26"),
    ],
)
def test_english_months_are_asked_of_dateparser(text: str, expected: str) -> None:
    assert days(text) == expected


def test_dateparser_is_not_loaded_for_what_the_table_holds() -> None:
    code = (
        "import sys; from extract.dates.resolve import parse_date; parse_date('5 Nop 2019'); "
        "print('dateparser' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Selasa (6/5/2025)", 1),
        ("JUM’AT, 2 Mei 2025", 4),
        ("Minggu, 4 Mei 2025", 6),
        ("6 Mei 2025 (Selasa)", 1),
        ("minggu lalu", None),
        ("6 Mei 2025", None),
    ],
)
def test_printed_weekday(raw: str, expected: int | None) -> None:
    assert printed_weekday(raw) == expected


def test_weekday_names_are_indonesian() -> None:
    week = [dt.date(2025, 5, 5) + dt.timedelta(days=number) for number in range(7)]
    assert [weekday_name(day) for day in week] == ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("2025-05-01", "2025-05-31"), ("2025-05-31", "2025-06-01"), True),
        (("2025-05-01", "2025-05-31"), ("2025-06-01", "2025-06-01"), False),
        (("2025-01-01", "2025-12-31"), ("2025-05-06", "2025-05-06"), True),
    ],
)
def test_overlaps(first: tuple[str, str], second: tuple[str, str], expected: bool) -> None:
    one, other = (Period(*map(dt.date.fromisoformat, pair), Precision.RANGE) for pair in (first, second))
    assert overlaps(one, other) is overlaps(other, one) is expected


@pytest.mark.parametrize(
    ("toml", "entry"),
    [
        ("month = [", "(syntax)"),
        ("month = []\nweekday = []", "month"),
        ("weekday = []", "month"),
    ],
)
def test_a_broken_lexicon_is_named_at_load(toml: str, entry: str) -> None:
    with pytest.raises(LexiconError, match=LEXICON) as raised:
        parse_calendar_words(toml)
    assert raised.value.entry == entry
