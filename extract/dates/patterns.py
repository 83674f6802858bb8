"""The shapes of Indonesian date expressions, put together from the words of lexicon/dates.toml.

Every pattern is matched at a known place, never searched for, and holds no repeat inside a repeat.
White space is bounded, so that no pattern runs over an empty page; three signs cover the line break of a byline.
"""

from __future__ import annotations

import re

from extract.dates.lexicon import CalendarUnit, alternation, calendar_words

WORDS = calendar_words()

S, S1 = r"\s{0,3}", r"\s{1,3}"
END = r"(?![^\W_])"
"""No letter or digit follows."""
DASH = "-|–|—"
SHORT = alternation(WORDS.months.keys() - WORDS.full_months)
# A full stop belongs to "Des." but not to "Desember."
MONTH = rf"(?P<month>{alternation(WORDS.full_months)}|(?P<short>{SHORT}))(?![^\W\d_])(?(short)\.?)"
WEEKDAY = rf"(?:{alternation(WORDS.weekdays)}){END}"
YEAR_UNIT = alternation(word for word, unit in WORDS.units.items() if unit is CalendarUnit.YEAR)
LONG_UNIT = alternation(
    word
    for word, unit in WORDS.units.items()
    if unit in (CalendarUnit.DAY, CalendarUnit.WEEK, CalendarUnit.MONTH, CalendarUnit.YEAR)
)
FISCAL = rf"(?:{S1}(?:{alternation(WORDS.context['fiscal'])}))?"
# "98,5" and "2.025" are no years, nor is the front of a longer number.
YEAR_DIGITS = r"(?:19|20)\d\d(?!\d|[.,]\d)"
YEAR = rf"(?P<year>{YEAR_DIGITS})"
TENSES = alternation(WORDS.tenses)
TENSE = rf"(?:{S1}(?P<tense>{TENSES}){END})"
YEAR_AFTER = (
    rf"(?:{S}[-/,]?{S}(?:(?:{YEAR_UNIT})\.?{FISCAL}{S})?{YEAR}"
    rf"|{S1}(?:{YEAR_UNIT}){S1}(?P<year_tense>{TENSES}){END})"
)
NUMBER = rf"(?:ke{S}-?{S})?(?P<nth>\d{{1,2}}|{alternation(WORDS.numbers)}){END}"
DAYPARTS = alternation(WORDS.dayparts)
RANGE_JOINER = rf"(?:{DASH}|{alternation(WORDS.range_joiners)})"
LIST_JOINER = alternation(WORDS.list_joiners)


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, blind to case."""
    return re.compile(pattern, re.IGNORECASE)


# "1 Juni 2023", "25-27 Mei 2025", "28-Jan-2026", "1 Desember tahun lalu", "1 bulan Mei tahun 2025"
DAY_MONTH = compiled(
    rf"(?P<day>\d{{1,2}})(?:{S}(?:{RANGE_JOINER}|{LIST_JOINER}){S}(?P<last>\d{{1,2}}))?"
    rf"{S}[-/.]?{S}(?:bulan{S1})?{MONTH}{YEAR_AFTER}?{TENSE}?"
)
# "6/5/2025", "15/09/22", "9/6", "6-7/5/2025"
NUMERIC = compiled(
    rf"(?P<day>\d{{1,2}})(?:{S}(?:{DASH}){S}(?P<last>\d{{1,2}})(?=\s?[/.]))?{S}(?P<sep>[/.-]){S}(?P<month>\d{{1,2}})"
    rf"(?:{S}(?P=sep){S}(?P<year>\d{{4}}|\d\d))?(?![\d/]|[.,]\d)"
)
ISO = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<sep>[-/])(?P<month>\d\d)(?P=sep)(?P<day>\d\d)(?!\d)")
# "Mei 2025", "bulan Oktober 2022", "November 1 2023", "November Tahun 2020"
MONTH_LED = compiled(
    rf"(?:bulan{S1})?{MONTH}(?:{S1}(?P<day>\d{{1,2}})(?:{S},{S}|{S1})(?P<us_year>{YEAR_DIGITS})|{YEAR_AFTER})?{TENSE}?"
)
# "17 February 2017", "August 1st, 2023": what the table does not hold
DAY_WORD_YEAR = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?P<word>[A-Za-z]{{3,9}})\.?,?[\s-](?P<year>{YEAR_DIGITS})"
)
WORD_DAY_YEAR = re.compile(
    rf"(?P<word>[A-Za-z]{{3,9}})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>{YEAR_DIGITS})"
)
DAY_YEAR = re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)?,?\s{YEAR_DIGITS}")
WORD_TO_DAY = re.compile(r"[A-Za-z]{3,9}\.?\s\Z")
# "2024 lalu", "Tahun Anggaran 2026", "TA 2023/2024"
YEAR_LED = compiled(
    rf"(?:(?:{YEAR_UNIT}|t\.?a)\.?{FISCAL}{S})?(?P<year>(?:19|20)\d\d)(?:/(?P<last>\d{{4}}))?(?!\d|[.,]\d){TENSE}?"
)
# "SM 2 2022", "semester dua tahun 2021", "TW III-2023", "triwulan ke-2 tahun ini", "semester I dan II 2024"
TO_NUMBER = rf"(?:{S}(?:{RANGE_JOINER}|{LIST_JOINER}){S}(?P<to>[1-4]|{alternation(WORDS.numbers)}){END})"
NTH_OF_YEAR = compiled(rf"[a-z]+\.?{S}{NUMBER}{TO_NUMBER}?{YEAR_AFTER}?{TENSE}?")
# "minggu kedua Maret 2024"
WEEK_OF_MONTH = compiled(rf"[a-z]+{S1}{NUMBER}{S1}(?:bulan{S1})?{MONTH}{YEAR_AFTER}?{TENSE}?")
# "tahun ini", "pekan lalu"
TENSED_UNIT = compiled(rf"(?P<unit>[a-z]+){TENSE}")
# "akhir tahun" and "akhir tahun 95 persen", but not the unit of "akhir tahun 2021" or "akhir bulan 5"
COUNTED = rf"{S}(?:%|(?:{alternation(WORDS.context['not_year_before'])}){END})"
BARE_UNIT = compiled(rf"(?P<unit>tahun|bulan|pekan|minggu){END}(?!\s\d{{1,4}}(?!\d|[.,]\d|{COUNTED}))")
# "dua hari lalu", "setahun yang lalu"
AGO = compiled(
    rf"(?P<n>\d{{1,2}}|{alternation(WORDS.numbers)})(?P<gap>{S})(?P<unit>{LONG_UNIT})"
    rf"{S1}(?:(?:yang|yg){S1})?(?:lalu|silam){END}"
)
DAYPART_NOW = compiled(rf"(?:{DAYPARTS}){S1}ini{END}")
DAYPART_GONE = compiled(rf"tadi{S1}(?P<when>{DAYPARTS}){END}")
DAYPART_AFTER = compiled(rf"{S1}(?:{DAYPARTS}){END}")
# "Selasa", "Senin-Rabu", "Kamis malam", "Jumat lalu"
WEEKDAY_HEAD = compiled(
    rf"(?P<weekday>{WEEKDAY})(?:{S}(?P<joiner>{RANGE_JOINER}|,|dan){S}{WEEKDAY})?(?:{S1}(?:{DAYPARTS}){END})?{TENSE}?"
)
WEEKDAY_OF_WEEK = compiled(rf"{WEEKDAY}{S1}(?:pekan|minggu){TENSE}")
# between a weekday and its date: "Selasa, (6/5/2025)", "Senin tanggal 5 Mei", "Rabu tgl. 9/6"
TO_DATE = compiled(rf"{S},?{S}(?P<open>\()?{S}(?:(?:tanggal|tgl)\.?{S})?")
TO_BRACKET = re.compile(rf"{S}\({S}")
CLOSE = re.compile(rf"{S}\)")
# "6 Mei 2025 (Selasa)"
WEEKDAY_AFTER = compiled(rf"{S}\({S}(?P<weekday>{WEEKDAY}){S}\)")
PART_HEAD = compiled(rf"(?P<part>{alternation(WORDS.parts)}){S1}")
