"""Weekdays against the calendar."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.checks.messages import word_check
from extract.dates.resolve import printed_weekday
from extract.models import Check, Mention, Period, Precision, Verdict
from extract.wording import Language, load_sentences

NAME = "weekday_against_date"
YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d\d\b")


def check_weekday_against_date(
    dates: Sequence[Mention[Period]], language: Language = "en", year_known: bool = True
) -> tuple[Check, ...]:
    """Each date that names its weekday, against the calendar: "Selasa (26/1/2026)" was a Monday.

    `unknown` where the date is in no calendar (31 Juni), and where the text prints no year and the day of
    publication is not known either (`year_known` False): another year may have had that weekday.
    """
    named = [(mention, printed_weekday(mention.raw)) for mention in dates if re.search(r"\d", mention.raw)]
    told = (_check(mention, said, language, year_known) for mention, said in named if said is not None)
    return tuple(check for check in told if check is not None)


def _check(mention: Mention[Period], said: int, language: Language, year_known: bool) -> Check | None:
    names = load_sentences(language)["words"]["weekdays"]
    day, year_printed = mention.value, YEAR.search(mention.raw) is not None
    if day is None and year_printed:
        fill = {"got": names[said], "raw": mention.raw}
        return word_check(NAME, Verdict.UNKNOWN, (), language, "unknown_date", **fill)
    if day is None or day.precision is not Precision.DAY:
        return None
    actual = day.start.weekday()
    verdict = Verdict.OK if said == actual else Verdict.SUSPECT if year_printed or year_known else Verdict.UNKNOWN
    return word_check(
        NAME,
        verdict,
        (),
        language,
        expected=names[actual],
        got=names[said],
        date=f"{day.start.day} {_month(day, language)} {day.start.year}",
        weekday=names[actual],
        stated=names[said],
    )


def _month(day: Period, language: Language) -> str:
    name: str = load_sentences(language)["words"]["months"][day.start.month - 1]
    return name
