"""Dates in an article, each resolved by when the article was written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from extract.dates.expressions import Expression
from extract.dates.lexicon import CalendarUnit
from extract.dates.resolve import Anchor, resolve_date
from extract.dates.surroundings import footer_years, read_expressions
from extract.mentions import text_of
from extract.models import Article, Mention, MentionKind, Period

URL_DATE = re.compile(r"/(?P<year>20\d\d)/(?P<month>\d\d)/(?:(?P<day>\d\d)/)?")
SENTENCE_BREAK = re.compile(r"[.!?]\s|\n")
HALF_YEAR = 6
QUOTE_REACH = 1000
"""Characters searched backwards for an opening quotation mark."""
QUOTES = re.compile('["“”]')


def find_dates(doc: Doc) -> tuple[Mention[Period], ...]:
    """Every calendar expression in text order; the value is None where the article does not settle it."""
    article: Article | None = doc._.article
    return find_dates_in_text(text_of(doc), article)


def find_dates_in_text(text: str, article: Article | None = None) -> tuple[Mention[Period], ...]:
    """The dates of a text that belongs to the article, which says when it was published and at which address."""
    expressions = read_expressions(text)
    if not expressions:
        return ()
    anchor = find_anchor(text, expressions, article)
    return tuple(_mentions(text, expressions, anchor))


def _mentions(text: str, expressions: Sequence[Expression], anchor: Anchor) -> Iterator[Mention[Period]]:
    before: Expression | None = None
    for expression in expressions:
        beside = _year_beside(text, before, expression, anchor)
        here = replace(anchor, beside=beside) if beside is not None else anchor
        value = None if _loose(text, expression) else resolve_date(expression, here)
        raw = text[expression.start : expression.end]
        yield Mention(MentionKind.DATE, expression.start, expression.end, raw, value, expression.rule)
        if expression.lacks_year and value is not None:
            expression = replace(expression, year=value.start.year)
        before = expression


def _year_beside(text: str, before: Expression | None, expression: Expression, anchor: Anchor) -> int | None:
    """`Januari 2025 97,18 persen, April 99,54 persen`: a month takes the year of the one before in its sentence."""
    if before is None or before.year is None or not expression.lacks_year:
        return None
    if before.unit not in (CalendarUnit.DAY, CalendarUnit.MONTH) or before.weekday is not None:
        return None
    if SENTENCE_BREAK.search(text, before.end, expression.start) is not None:
        return None
    # "Desember 2024 97 persen, Januari 98 persen": the list has gone on into the next year
    if before.month and expression.month and before.month - expression.month > HALF_YEAR:
        following = dt.date(before.year + 1, expression.month, 1)
        return before.year if anchor.day is not None and following > anchor.day else following.year
    return before.year


def _loose(text: str, expression: Expression) -> bool:
    """In speech `kemarin` is any day lately: "Kemarin di APBD perubahan kita tambah kuota"."""
    if expression.rule != "date.deictic" or expression.unit is not CalendarUnit.DAY or expression.offset == 0:
        return False
    near = max(0, expression.start - QUOTE_REACH)
    line = max(near, text.rfind("\n", near, expression.start) + 1)
    return len(QUOTES.findall(text, line, expression.start)) % 2 == 1


def find_anchor(text: str, expressions: Sequence[Expression], article: Article | None) -> Anchor:
    """When the article was written: its day of publication, else what its address and its own dates tell.

    Years are trusted in this order: a date with its weekday, `2019 ini`, the latest date with day, month or
    semester, a year that stands alone in the text, the copyright line.
    """
    published = article.published_on if article else None
    if published is not None:
        return Anchor(published=published)
    month: dt.date | None = None
    address = URL_DATE.search(article.url) if article and article.url else None
    if address is not None and 1 <= int(address["month"]) <= 12:
        month = dt.date(int(address["year"]), int(address["month"]), 1)
        if address["day"]:
            day = Expression(
                0, 0, "date.iso", CalendarUnit.DAY, year=month.year, month=month.month, day=int(address["day"])
            )
            period = resolve_date(day)
            if period is not None:
                return Anchor(published=period.start)
    events = [e for e in expressions if e.weekday is not None and e.year is not None and e.until is None]
    event = next((period.start for e in events if (period := resolve_date(e)) is not None), None)
    # Not of a day: in "perempuan kelahiran 15 Maret 2000 ini" it is the woman who is meant.
    this_year = [e.year for e in expressions if e.tense == 0 and e.year is not None and e.day is None]
    dated = [e.year for e in expressions if e.year is not None and e.unit is not CalendarUnit.YEAR]
    alone = sorted({e.year for e in expressions if e.year is not None and e.until is None})
    trusted = [*this_year, *([max(dated)] if dated else alone if len(alone) == 1 else [])]
    if not trusted:
        trusted = [max(years)] if (years := footer_years(text)) and not alone else []
    return Anchor(event=event, month=month, years=tuple(dict.fromkeys(trusted)), possible_years=tuple(alone))
