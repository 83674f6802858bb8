"""Date expressions to days: `Rabu (9/6)` in an article published on 9 June 2021 is 2021-06-09.

Pure and without spaCy. What an expression leaves out comes from the Anchor: the day of publication, else the day
that the article itself dates with a weekday, else the years that the text prints. Where none of these settles it,
or the date cannot exist (31 Februari), there is no period; nothing is ever guessed from today's clock.
Weeks run from Monday to Sunday.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from extract.dates import patterns
from extract.dates.expressions import Expression
from extract.dates.lexicon import CalendarUnit, Part, folded
from extract.dates.patterns import WORDS
from extract.dates.scan import iter_expressions
from extract.dates.surroundings import read_expressions
from extract.models import Period, Precision


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is known about when an article was written.

    `event` is a day that the text dates in full with its weekday; it stands in for an unknown day of publication.
    `month` is a month of publication known without its day. `years` are those that the text prints for its own
    time, most trusted first; `possible_years` all others, believed only where a weekday agrees.
    `beside` is the year of the date just before, in the same sentence.
    """

    published: dt.date | None = None
    event: dt.date | None = None
    month: dt.date | None = None
    years: tuple[int, ...] = ()
    possible_years: tuple[int, ...] = ()
    beside: int | None = None

    @property
    def day(self) -> dt.date | None:
        """The day of publication, else of the event."""
        return self.published or self.event

    @property
    def year(self) -> int | None:
        """The year in which the article was written."""
        known = self.day or self.month
        return known.year if known else next(iter(self.years), None)


NEXT_YEAR = 3
NO_ANCHOR = Anchor()
PRECISION = {
    CalendarUnit.DAY: Precision.DAY,
    CalendarUnit.WEEK: Precision.RANGE,
    CalendarUnit.MONTH: Precision.MONTH,
    CalendarUnit.QUARTER: Precision.QUARTER,
    CalendarUnit.SEMESTER: Precision.SEMESTER,
    CalendarUnit.YEAR: Precision.YEAR,
}
MONTHS_OF = {CalendarUnit.MONTH: 1, CalendarUnit.QUARTER: 3, CalendarUnit.SEMESTER: 6, CalendarUnit.YEAR: 12}


def overlaps(first: Period, second: Period) -> bool:
    """Whether the periods share a day."""
    return first.start <= second.end and second.start <= first.end


def weekday_name(day: dt.date) -> str:
    """The Indonesian name of the day of the week: 6 May 2025 is a "Selasa"."""
    return WORDS.weekday_names[day.weekday()]


def printed_weekday(raw: str) -> int | None:
    """The weekday that a date expression begins or ends with, Monday 0: "Selasa (6/5/2025)" gives 1.

    None where it names none, or a week is meant (`minggu lalu`).
    """
    head = patterns.WEEKDAY_HEAD.match(raw)
    if head is not None and not (folded(head["weekday"]) == "minggu" and head["tense"]):
        return WORDS.weekdays[folded(head["weekday"])]
    tail = patterns.WEEKDAY_AFTER.match(raw, raw.rfind("("))  # "6 Mei 2025 (Selasa)"
    return WORDS.weekdays[folded(tail["weekday"])] if tail else None


def parse_date(raw: str, anchor: Anchor = NO_ANCHOR) -> Period | None:
    """The days of the first date expression in `raw`: "per 1 Juni 2023" gives that day.

    None where there is none, it cannot exist, or the anchor does not settle what it leaves out.
    """
    # Who asks vouches that it is a date: "Mei" alone is then no person's name.
    found = read_expressions(raw) or tuple(iter_expressions(raw))
    return resolve_date(found[0], anchor) if found else None


def resolve_date(expression: Expression, anchor: Anchor = NO_ANCHOR) -> Period | None:
    """The days that an expression means for this anchor, or None."""
    if expression.until is not None:
        return _stretch(expression, expression.until, anchor)
    period = _whole(expression, anchor)
    if period is None or expression.part is None:
        return period
    return _part_of(period, expression.unit, expression.part)


def _stretch(first: Expression, last: Expression, anchor: Anchor) -> Period | None:
    until = resolve_date(last, anchor)
    if until is None:
        return None
    years = (first.year,) if first.year is not None else (until.start.year, until.start.year - 1)
    for year in years:
        since = _in_year(first, year)
        if since is not None and since.start <= until.start:
            return Period(since.start, until.end, Precision.RANGE)
    return None


def _whole(expression: Expression, anchor: Anchor) -> Period | None:
    if expression.month is None and expression.nth is None and expression.year is None:
        if expression.weekday is not None:
            return _weekday(expression, anchor)
        return _from_now(expression, anchor)
    if expression.year is not None:
        return _in_year(expression, expression.year)
    if expression.year_offset is not None:
        return None if anchor.year is None else _in_year(expression, anchor.year + expression.year_offset)
    if anchor.beside is not None and expression.tense is None and expression.weekday is None:
        return _in_year(expression, anchor.beside)
    if anchor.day is not None:
        return _near(expression, anchor.day)
    return _in_text_year(expression, anchor)


def _in_text_year(expression: Expression, anchor: Anchor) -> Period | None:
    if expression.weekday is not None:
        # "Kamis (17/8)": of the years in the text, the one in which it was a Thursday
        for year in (*anchor.years, *anchor.possible_years):
            period = _in_year(expression, year)
            if period is not None and period.start.weekday() == expression.weekday:
                return period
    return None if anchor.year is None else _in_year(expression, anchor.year)


def _near(expression: Expression, day: dt.date) -> Period | None:
    """The period of that name which the word beside it points to, else the nearest to the day, mostly of its year."""
    candidates = [
        period for year in (day.year - 1, day.year, day.year + 1) if (period := _in_year(expression, year)) is not None
    ]
    past = [period for period in candidates if period.start <= day]
    nearest = min(candidates, key=lambda period: distance(period, day), default=None)
    if expression.weekday is not None and nearest is not None and nearest.start.weekday() == expression.weekday:
        return nearest
    if expression.tense == 1:
        return next((period for period in candidates if period.start > day), None)
    if expression.tense == 0:
        return next((period for period in candidates if period.start.year == day.year), None)
    # Population is counted by semester and published late, so a bare `semester II` is one that has begun.
    if expression.tense == -1 or expression.unit is CalendarUnit.SEMESTER:
        return past[-1] if past else None
    return nearest


def distance(period: Period, day: dt.date) -> int:
    """Days from publication; those of next year weigh more, for unless it is close its number or `depan` is told."""
    days = (period.start - day).days
    return days * NEXT_YEAR if period.start.year > day.year else abs(days)


def _in_year(expression: Expression, year: int) -> Period | None:
    unit, month, nth = expression.unit, expression.month, expression.nth
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    if expression.day is not None and month is not None:
        first = _date(year, month, expression.day)
        last = _date(year, month, expression.last_day) if expression.last_day else first
        if first is None or last is None or last < first:
            return None
        return Period(first, last, Precision.RANGE if expression.last_day else Precision.DAY)
    if unit is CalendarUnit.WEEK and month is not None and nth is not None:
        return _week_of_month(year, month, nth)
    length = MONTHS_OF[unit]
    first_month = month if month is not None else (nth - 1) * length + 1 if nth is not None else 1
    return _months(year, first_month, length, PRECISION[unit])


def _date(year: int, month: int, day: int) -> dt.date | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return dt.date(year, month, day)


def _months(year: int, month: int, length: int, precision: Precision) -> Period | None:
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    last = month + length - 1
    return Period(
        dt.date(year, month, 1), dt.date(year, last, calendar.monthrange(year, last)[1]), precision
    )  # fmt: skip


def _week_of_month(year: int, month: int, nth: int) -> Period | None:
    first = _date(year, month, 7 * nth - 6)
    if first is None:
        return None
    last = _date(year, month, 7 * nth) or dt.date(year, month, calendar.monthrange(year, month)[1])
    return Period(first, last, Precision.RANGE)


def _weekday(expression: Expression, anchor: Anchor) -> Period | None:
    """`Selasa` is the nearest on or before publication; without one, the article's own dated Tuesday."""
    weekday, published = expression.weekday, anchor.published
    if weekday is None:
        return None
    if published is None:
        same = anchor.event is not None and anchor.event.weekday() == weekday and expression.offset is None
        return _day(anchor.event) if same and expression.tense is None else None
    if expression.offset is not None:
        return _day(_shifted(published, 7 * expression.offset + weekday - published.weekday()))
    back = (published.weekday() - weekday) % 7
    if expression.tense == 1:
        return _day(_shifted(published, 7 - back))
    return _day(_shifted(published, -7 if expression.tense == -1 and back == 0 else -back))


def _day(day: dt.date | None) -> Period | None:
    return None if day is None else Period(day, day, Precision.DAY)


def _shifted(day: dt.date, days: int) -> dt.date | None:
    ordinal = day.toordinal() + days
    return dt.date.fromordinal(ordinal) if 1 <= ordinal <= dt.date.max.toordinal() else None


def _from_now(expression: Expression, anchor: Anchor) -> Period | None:
    offset, unit, day = expression.offset, expression.unit, anchor.day
    if offset is None:
        return None
    if unit is CalendarUnit.DAY:
        # The day of the event is not the day of writing: from it, "kemarin" cannot be counted.
        now = anchor.published or (anchor.event if offset == 0 else None)
        return None if now is None else _day(_shifted(now, offset))
    if unit is CalendarUnit.WEEK:
        monday = None if day is None else _shifted(day, 7 * offset - day.weekday())
        sunday = None if monday is None else _shifted(monday, 6)
        return None if monday is None or sunday is None else Period(monday, sunday, Precision.RANGE)
    if unit is CalendarUnit.YEAR:
        return None if anchor.year is None else _months(anchor.year + offset, 1, 12, Precision.YEAR)
    known = day or anchor.month
    if known is None:
        return None
    length = MONTHS_OF[unit]
    month = known.year * 12 + (known.month - 1) // length * length + offset * length
    return _months(month // 12, month % 12 + 1, length, PRECISION[unit])


def _part_of(period: Period, unit: CalendarUnit, part: Part) -> Period:
    """The convention is told beside [part] in lexicon/dates.toml."""
    first, last = period.start, period.end
    cuts: dict[CalendarUnit, Callable[[], tuple[dt.date, dt.date]]] = {
        CalendarUnit.YEAR: lambda: (first.replace(month=4), first.replace(month=10)),
        CalendarUnit.SEMESTER: lambda: (first.replace(month=first.month + 2), first.replace(month=first.month + 4)),
        CalendarUnit.QUARTER: lambda: (first.replace(month=first.month + 1), first.replace(month=first.month + 2)),
        CalendarUnit.MONTH: lambda: (first.replace(day=11), first.replace(day=21)),
        CalendarUnit.WEEK: lambda: (first + dt.timedelta(days=2), first + dt.timedelta(days=5)),
    }
    if unit not in cuts:
        return period
    middle, end = cuts[unit]()
    one = dt.timedelta(days=1)
    spans = {Part.START: (first, middle - one), Part.MIDDLE: (middle, end - one), Part.END: (end, last)}
    return Period(*spans[part], Precision.RANGE)
