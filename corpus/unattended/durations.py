"""Spans of time as people write them: 45s, 90m, 2h, 1h30m, 1d."""

from __future__ import annotations

import datetime as dt
import re

FORMS = "is to be a time such as 45s, 90m, 2h, 1h30m or 1d"
SPAN = re.compile(r"(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s)?", re.ASCII)
LONGEST = dt.timedelta(days=365)


def parse_duration(text: str) -> dt.timedelta:
    """Read days, hours, minutes and seconds, in this order and each at most once.

    Raises ValueError for any other form, for nothing at all and for more than a year.
    """
    found = SPAN.fullmatch(text.strip().lower().replace(" ", ""))
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0)
    span = dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if not dt.timedelta(0) < span <= LONGEST:
        raise ValueError(f"{text!r} {FORMS}")
    return span


def write_duration(span: dt.timedelta) -> str:
    """The shortest form that `parse_duration` reads back, as 1h30m; parts of a second are dropped."""
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (minutes, "m"), (seconds, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0s"
