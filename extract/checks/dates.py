"""Weekdays against the calendar."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.checks.messages import load_sentences, word_check
from extract.checks.wording import Language
from extract.dates.resolve import printed_weekday
from extract.models import Check, Mention, Period, Precision, Verdict

YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d\d\b")


def check_weekday_against_date(
    dates: Sequence[Mention[Period]], language: Language = "en", year_known: bool = True
) -> tuple[Check, ...]:
    """Each date that names its weekday, against the calendar: "Selasa (26/1/2026)" was a Monday.

    `unknown` where the date is in no calendar (31 Juni), and where the text prints no year and the day of
    publication is not known either (`year_known` False): another year may have had that weekday.
    """
    checks = []
    names = load_sentences(language)["words"]["weekdays"]
    for mention in dates:
        said = printed_weekday(mention.raw)
        if said is None or not re.search(r"\d", mention.raw):
            continue
        day = mention.value
        if day is None:
            checks.append(
                word_check(
                    "weekday_against_date",
                    Verdict.UNKNOWN,
                    (),
                    language,
                    "unknown_date",
                    got=names[said],
                    raw=mention.raw,
                )
            )
            continue
        if day.precision is not Precision.DAY:
            continue
        actual = day.start.weekday()
        verdict = Verdict.OK if said == actual else Verdict.SUSPECT
        if verdict is Verdict.SUSPECT and not year_known and YEAR.search(mention.raw) is None:
            verdict = Verdict.UNKNOWN
        checks.append(
            word_check(
                "weekday_against_date",
                verdict,
                (),
                language,
                expected=names[actual],
                got=names[said],
                date=f"{day.start.day} {_month(day, language)} {day.start.year}",
                weekday=names[actual],
                stated=names[said],
            )
        )
    return tuple(checks)


def _month(day: Period, language: Language) -> str:
    name: str = load_sentences(language)["words"]["months"][day.start.month - 1]
    return name
