"""Telling dates from what is only written like one, and joining those that belong together.

`Jalan 17 Agustus`, `UU Nomor 40 Tahun 2004`, `sebanyak 2024 orang`, `Senin hingga Jumat` and the year of a copyright
line name no time; `1 Januari` and `31 Maret 2025` around a *hingga* are one stretch of days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.dates import patterns
from extract.dates.expressions import Expression
from extract.dates.lexicon import CalendarUnit, alternation, folded
from extract.dates.patterns import WORDS
from extract.dates.scan import iter_expressions

YEARS = range(1945, 2060)
"""Numbers of four digits outside these are no years unless `tahun` stands before them."""

WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[.:]?\s{0,2}$")
WORD_AFTER = re.compile(r"\s{0,2}([^\W\d_]+|%|\d)")
# On the same line and without a mark between: "Juni Ardiansyah", "Jumat Curhat", "Sebelas Maret"
NAME_AFTER = re.compile(r"[ \xa0]([^\W\d_]\w*)")
NAME_BEFORE = re.compile(r"(?<!\w)([^\W\d_]\w*)[ \xa0]$")
# "April 99,54 persen, Mei: 96,86 persen", "April, Mei dan Juni 2025"
TABLE_AFTER = re.compile(r"\s{0,2}[:(=]?\s{0,2}\d|\s{0,2}(?:,|-|–|dan\b|hingga\b|sampai\b)")
LAW_NUMBER = patterns.compiled(rf"\b(?:{alternation(WORDS.context['law'])})\.?\s{{0,2}}\d{{1,4}}[a-z]?[,/]?\s{{0,2}}$")
HABIT_BEFORE = patterns.compiled(rf"{patterns.WEEKDAY}\s{{0,3}}(?:{patterns.RANGE_JOINER})\s{{0,3}}$")
COPYRIGHT = patterns.compiled(r"(?:©|\(c\)|copyright|hak cipta)(?:[^\n.]|\.(?!\s)){0,80}")
YEAR_AT_MARK = re.compile(r"\d{4}[ ,]{0,2}©")
LIST_BETWEEN = re.compile(rf"\s*(?:,|/|(?:,\s*)?(?:{patterns.LIST_JOINER}))\s*")
JOINED_YEAR = re.compile(r"[\s,(]{1,3}")


def _word_before(text: str, pos: int) -> str:
    match = WORD_BEFORE.search(text[max(0, pos - 24) : pos])
    return folded(match[1]) if match else ""


def _named(text: str, expression: Expression) -> bool:
    """Whether a capital on the same line makes the month or weekday a part of a name."""
    after = NAME_AFTER.match(text, expression.end)
    if after is None or not after[1][0].isupper():
        return False
    word = folded(after[1])
    return word not in WORDS.weekdays and word not in WORDS.months and word not in WORDS.dayparts


def _is_time_of_month(text: str, expression: Expression) -> bool:
    """A month without day or year: `pada Mei` and `April 99,54 persen`, but neither `Ibu Mei` nor `Juni Ardiansyah`."""
    raw = text[expression.start : expression.end]
    before = _word_before(text, expression.start)
    if expression.tense is not None or before == "bulan" or raw[:5].lower() == "bulan":
        return True
    if not raw[0].isupper():
        return False
    if before in WORDS.context["time"] or folded(raw) not in WORDS.given_names:
        return True
    ahead = NAME_BEFORE.search(text[max(0, expression.start - 24) : expression.start])
    if ahead is not None and ahead[1][0].isupper():
        return False
    return TABLE_AFTER.match(text, expression.end) is not None and before not in WORDS.context["person"]


def _is_weekday(text: str, expression: Expression) -> bool:
    raw = text[expression.start : expression.end]
    before = _word_before(text, expression.start)
    if before in WORDS.context["recurring"] or before in WORDS.context["named_after"]:
        return False
    if not raw[0].isupper() and before != "hari":
        return False
    if HABIT_BEFORE.search(text[max(0, expression.start - 32) : expression.start]):
        return False
    return expression.tense is not None or expression.offset is not None or not _named(text, expression)


def _is_year(text: str, expression: Expression) -> bool:
    raw = text[expression.start : expression.end]
    before = _word_before(text, expression.start)
    if not raw[0].isdecimal():
        return LAW_NUMBER.search(text[max(0, expression.start - 40) : expression.start]) is None
    if expression.year not in YEARS or text[max(0, expression.start - 1) : expression.start].isalnum():
        return False
    if text[expression.end : expression.end + 3].lower() in ("-an", "an ", "-an."):
        return False  # "era 2000-an"
    if before in WORDS.context["not_year_after"]:
        return False
    match = WORD_AFTER.match(text, expression.end)
    after = folded(match[1]) if match else ""
    if after in WORDS.context["not_year_before"] or after == "%":
        return expression.tense is not None
    return after not in WORDS.context["people"] or before in WORDS.context["time"]


def _is_date(text: str, expression: Expression) -> bool:
    before = _word_before(text, expression.start)
    rule = expression.rule
    if rule == "date.weekday":
        return _is_weekday(text, expression)
    if rule == "date.year":
        return _is_year(text, expression)
    if rule == "date.month" and expression.lacks_year:
        return _is_time_of_month(text, expression)
    if rule in ("date.deictic", "date.part"):
        # "dua tahun ini" and "beberapa tahun lalu" are lengths; "setiap akhir bulan" is a habit
        digit = text[max(0, expression.start - 2) : expression.start].rstrip().isdigit()
        vague = digit or before in WORDS.context["vague"] or before in WORDS.numbers
        return before not in WORDS.context["recurring"] and (not vague or rule == "date.part")
    if rule in ("date.semester", "date.quarter"):
        return before not in WORDS.context["study"] and before not in WORDS.context["recurring"]
    if rule == "date.day" and expression.weekday is None:
        return before not in WORDS.context["named_after"]
    return rule != "date.numeric" or expression.weekday is not None or before not in WORDS.context["law"]


def _footer_spans(text: str) -> list[tuple[int, int]]:
    lowered = text.lower()
    if not any(mark in lowered for mark in ("©", "(c)", "copyright", "hak cipta")):
        return []
    return [match.span() for pattern in (COPYRIGHT, YEAR_AT_MARK) for match in pattern.finditer(text)]


def _joined(text: str, first: Expression, second: Expression) -> Expression | None:
    """The two as one stretch of days, or None where they are two dates."""
    if first.unit is not second.unit or first.until or second.until or first.part or second.part:
        return None
    if first.offset is not None or second.offset is not None or first.last_day or second.last_day:
        return None
    if (first.month, first.nth, first.year) == (None, None, None) or (second.lacks_year and not first.lacks_year):
        return None
    if (first.month is None) != (second.month is None) or second.start - first.end > 20:
        return None
    between = text[first.end : second.start].strip().lower()
    by_dash = between in ("-", "–", "—")
    # "2014 hingga Maret 2025" and "Juni 2022 hingga Mei 2023" stay two: each is whole.
    if not by_dash and not (first.lacks_year and between in WORDS.range_joiners):
        return None
    if first.year is not None and second.year is not None and first.year > second.year:
        return None
    open_bracket = "(" in text[first.start : first.end] and ")" not in text[first.start : second.end]
    close = patterns.CLOSE.match(text, second.end) if open_bracket else None
    return replace(first, end=close.end() if close else second.end, rule="date.range", until=second)


def _merged(text: str, expressions: Iterator[Expression]) -> list[Expression]:
    merged: list[Expression] = []
    for expression in expressions:
        last = merged[-1] if merged else None
        if last is not None and last.unit is CalendarUnit.YEAR and last.rule == "date.year":
            nth = expression.unit in (CalendarUnit.SEMESTER, CalendarUnit.QUARTER) and expression.lacks_year
            if nth and JOINED_YEAR.fullmatch(text, last.end, expression.start):
                merged[-1] = replace(expression, start=last.start, year=last.year)  # "tahun 2021 semester II"
                continue
        stretch = _joined(text, last, expression) if last is not None else None
        if stretch is not None:
            merged[-1] = stretch
        else:
            merged.append(expression)
    return merged


def _listed(text: str, expressions: list[Expression]) -> list[Expression]:
    """`Januari, Februari dan Maret 2025`: what stands in one list shares the year at its end."""
    for place in range(len(expressions) - 2, -1, -1):
        this, following = expressions[place], expressions[place + 1]
        if not this.lacks_year or this.weekday is not None or following.year is None or this.unit is not following.unit:
            continue
        if LIST_BETWEEN.fullmatch(text, this.end, following.start) is None:
            continue
        later = (this.month or this.nth or 0) > (following.month or following.nth or 0)
        expressions[place] = replace(this, year=following.year - 1 if later else following.year)
    return expressions


def read_expressions(text: str) -> tuple[Expression, ...]:
    """The date expressions that name a time, stretches and lists put together, in text order."""
    footers = _footer_spans(text)
    dates = (
        expression
        for expression in iter_expressions(text)
        if _is_date(text, expression)
        and not (expression.rule == "date.year" and any(a <= expression.start < b for a, b in footers))
    )
    return tuple(_listed(text, _merged(text, dates)))


def footer_years(text: str) -> tuple[int, ...]:
    """Years of copyright lines: no dates of the text, and the weakest witness of its year."""
    found = (re.findall(r"(?:19|20)\d\d", text[start:end]) for start, end in _footer_spans(text))
    return tuple(int(year) for years in found for year in years)
