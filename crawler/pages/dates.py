"""When a page says it was published: what people see there, and what its tags tell machines.

Newspapers print "Selasa, 23 Februari 2016 14:49 WIB" for people, and often a false offset for machines, so the
two are read apart here and weighed against each other in `weigh_dates`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import re
from collections.abc import Sequence

from crawler.zones import ZONES
from extract.dates.lexicon import calendar_words
from extract.letters import folded

OFFSETS = frozenset(zone.utcoffset(None) for zone in ZONES.values())

# English names too, because themes leave them untranslated.
ENGLISH = "January February March April May June July August September October November December".lower().split()
MONTHS: dict[str, int] = {
    **{name: number for number, month in enumerate(ENGLISH, 1) for name in (month, month[:3])},
    **calendar_words().months,
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin sen monday mon",
            "selasa sel tuesday tue",
            "rabu rab wednesday wed",
            "kamis kam thursday thu",
            "jumat jum'at jum’at jum friday fri",
            "sabtu sab saturday sat",
            "minggu ahad min sunday sun",
        )
    )
    for name in names.split()
}
WEEKDAY = re.compile(
    rf"(?<!\w)(?P<weekday>{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})[.,]?\s{{0,2}}$", re.IGNORECASE
)

DAY_FIRST = (
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+|\s*[-/]\s*)(?P<month>{MONTH})\.?(?:\s+|\s*[-/,]\s*)(?P<year>\d{{4}})"
)
MONTH_FIRST = rf"(?P<month2>{MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})"
NUMBERS = r"(?P<day3>\d{1,2})[/\-.](?P<month3>\d{1,2})[/\-.](?P<year3>\d{4})"
ISO = r"(?P<year4>\d{4})[/\-](?P<month4>\d{1,2})[/\-](?P<day4>\d{1,2})"
SHORT = r"(?P<day5>\d{1,2})(?P<between>[/\-])(?P<month5>\d{1,2})(?P=between)(?P<year5>\d{2})(?![\d/\-.,])"
DATE = re.compile(rf"(?<![\w.])(?:{DAY_FIRST}|{MONTH_FIRST}|{NUMBERS}|{ISO}|{SHORT})(?!\d)", re.IGNORECASE)
# Systems write the first second of their calendar where they know no date, and its last day where they mean never.
STAMPED = range(1990, 9999)
# What may stand between the day and the hour: "| 21:04", "- 13:39", ", pukul 08.10", "T10:08:58".
TIME = re.compile(
    r"[\s,|•·–—(\-]{0,6}(?:(?:pukul|jam|pkl?\.?|at|T)(?:\s?:)?\s*)?[\s|]{0,3}"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?!\d)\s{0,3}(?P<half>[AaPp][Mm]\b)?",
    re.IGNORECASE,
)
ZONE = re.compile(r"[\s,(]{0,3}(?P<zone>WITA|WIB|WIT)\b", re.IGNORECASE)
STAMP = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ]{1,2}(\d{2})[:-](\d{2})(?:[:-](\d{2}))?(?:[.,]\d+)?"
    r"\s?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?"
)
CLOCK_BEFORE = re.compile(r"(\d{1,2})[:.](\d{2})\s?(WITA|WIB|WIT)[\s,|-]{0,4}$")


def parse_visible(text: str) -> dt.date | dt.datetime | None:
    """The first date printed in `text`, with its time of day where one follows; None where there is none.

    "Kamis, 5 November 2015 14:56 WIB", "05/11/2015 10:08", "26 Jun 2020, 13:58 WIB", "Nov 18, 2022". A datetime is
    aware where a zone is printed, and naive where none is.
    """
    # Longer texts are no date lines, and a heading has room enough here.
    text = " ".join(text.split())[:400]
    match = DATE.search(text)
    while match:
        if (day := day_of(match)) is not None:
            break
        match = DATE.search(text, match.end())
    else:
        return None
    clock = TIME.match(text, match.end())
    # "Oleh X pada 18 Jan 2019, 22:18 WIB" gives the hour after the day; "06:52 WIB, 26 April 2022" before it.
    if clock is None and (before := CLOCK_BEFORE.search(text[: match.start()])):
        return at(day, int(before[1]), int(before[2]), 0, ZONES[folded(before[3]).upper()]) or day
    if clock is None:
        return day
    hour = int(clock["hour"])
    if clock["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if clock["half"].lower() == "pm" else 0)
    printed = ZONE.match(text, clock.end())
    zone = ZONES[folded(printed["zone"]).upper()] if printed else None
    return at(day, hour, int(clock["minute"]), int(clock["second"] or 0), zone) or day


def is_date_line(text: str) -> bool:
    """Whether a line is nothing but a day, with its weekday, hour and zone if it has them."""
    match = DATE.search(text)
    if match is None or day_of(match) is None:
        return False
    clock = TIME.match(text, match.end())
    end = clock.end() if clock else match.end()
    zone = ZONE.match(text, end)
    before = WEEKDAY.sub("", text[: match.start()].rstrip(" ,")).strip()
    return not before and not text[zone.end() if zone else end :].strip(" )")


def day_of(match: re.Match[str]) -> dt.date | None:
    if match["year3"]:
        return numeric_day(match)
    for suffix in ("", "2", "4", "5"):
        if match[f"year{suffix}"]:
            month = match[f"month{suffix}"]
            number = int(month) if month.isdigit() else MONTHS[folded(month)]
            year = int(match[f"year{suffix}"]) + (2000 if suffix == "5" else 0)
            try:
                return dt.date(year, number, int(match[f"day{suffix}"]))
            except ValueError:
                return None
    return None


def numeric_day(match: re.Match[str]) -> dt.date | None:
    """The day of "08/02/2024": 8 February, as Indonesians write it, unless the weekday before it, or the calendar, says
    that it is Drupal's "Fri, 08/02/2024".
    """
    readings = []
    for day, month in ((match["day3"], match["month3"]), (match["month3"], match["day3"])):
        with contextlib.suppress(ValueError):
            readings.append(dt.date(int(match["year3"]), int(month), int(day)))
    told = WEEKDAY.search(match.string[: match.start()])
    weekday = WEEKDAYS[folded(told["weekday"])] if told else None
    return next((one for one in readings if one.weekday() == weekday), next(iter(readings), None))


def at(day: dt.date, hour: int, minute: int, second: int, zone: dt.tzinfo | None) -> dt.datetime | None:
    try:
        return dt.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def parse_stamp(text: str) -> dt.date | dt.datetime | None:
    """A date written for machines: ISO 8601 or RFC 822; a datetime is naive where no offset is given.

    "2015-11-05T14:56:43+07:00", "2023-11-02 21:34:00", "2016-02-23", "Sat, 11 Mar 2023 15:10:27 +0000".
    None for the first second of some calendar ("1970-01-01T00:00:00Z"), and its last day, too.
    """
    date = parse_any_stamp(text.strip())
    return date if date is not None and date.year in STAMPED else None


def parse_any_stamp(text: str) -> dt.date | dt.datetime | None:
    # detik writes "2015-11-05 T10:08:58Z" and "2023-11-02T20-59-53Z"; fromisoformat reads neither.
    if match := STAMP.match(text.replace(" T", "T")):
        day, hour, minute, second, offset = match.groups()
        offset = {None: "", "Z": "+00:00"}.get(offset, offset)
        if re.fullmatch(r"[+-]\d{2}", offset or ""):
            offset += ":00"
        try:
            return dt.datetime.fromisoformat(f"{day}T{hour}:{minute}:{second or '00'}{offset}")
        except ValueError:
            return None
    if match := re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?:\D|$)", text):
        try:
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    if re.match(r"(?:[A-Za-z]{3},?\s*)?\d{1,2}\s", text):
        try:
            return email.utils.parsedate_to_datetime(text)
        except ValueError:
            return None
    return None


def weigh_dates(
    visible: dt.date | dt.datetime | None, stamps: list[dt.date | dt.datetime], zone: dt.timezone
) -> dt.date | dt.datetime | None:
    """The publication time that fits what the page shows: aware, or a date where nothing gives a time of day.

    What people see wins. A stamp that agrees with it to the minute adds the seconds and, where no zone is printed, the
    zone; one that agrees only without its offset has a false one. Where nothing is visible the first stamp counts.
    `zone` is the outlet's, for times that come without any.
    """
    stamps = without_false_twins(stamps)
    if isinstance(visible, dt.datetime):
        timed = [stamp for stamp in stamps if isinstance(stamp, dt.datetime)]
        return next((one for stamp in timed if (one := agreed(visible, stamp, zone))), None) or localised(visible, zone)
    aware = [localised(stamp, zone, stamps) for stamp in stamps if isinstance(stamp, dt.datetime)]
    if visible is not None:
        return next((stamp for stamp in aware if stamp.date() == visible), visible)
    # midnight sharp is what systems write that know only the day
    timed = [stamp for stamp in aware if (stamp.hour, stamp.minute, stamp.second) != (0, 0, 0)]
    if timed:
        return timed[0]
    if aware:
        return aware[0].date()
    return next((stamp for stamp in stamps if not isinstance(stamp, dt.datetime)), None)


def day(date: dt.date | dt.datetime) -> dt.date:
    """The calendar day of a date or a time."""
    return date.date() if isinstance(date, dt.datetime) else date


def is_bare_day(visible: dt.date | dt.datetime, stamps: Sequence[dt.date | dt.datetime]) -> bool:
    """Whether a day is printed without a time, and no tag of that day has one."""
    timed = [stamp for stamp in stamps if isinstance(stamp, dt.datetime)]
    return not isinstance(visible, dt.datetime) and all(
        abs(day(stamp) - visible) > dt.timedelta(days=1) for stamp in timed
    )


def is_later(visible: dt.date | dt.datetime, stamps: Sequence[dt.date | dt.datetime]) -> bool:
    """Whether what is printed lies after all that tags call publication, by more than other zones explain."""
    return bool(stamps) and all(day(visible) - day(stamp) > dt.timedelta(days=1) for stamp in stamps)


def without_false_twins(stamps: list[dt.date | dt.datetime]) -> list[dt.date | dt.datetime]:
    """The stamps without those whose digits another repeats with an Indonesian offset: theirs is false."""
    local = {
        stamp.replace(tzinfo=None)
        for stamp in stamps
        if isinstance(stamp, dt.datetime) and stamp.utcoffset() in OFFSETS
    }
    return [
        stamp
        for stamp in stamps
        if not isinstance(stamp, dt.datetime) or stamp.utcoffset() in OFFSETS or stamp.replace(tzinfo=None) not in local
    ]


def agreed(visible: dt.datetime, stamp: dt.datetime, zone: dt.timezone) -> dt.datetime | None:
    """The visible minute with the stamp's seconds, if the stamp names that minute in truth or by a false offset."""
    zones = [visible.tzinfo] if visible.tzinfo else [zone, *ZONES.values()]
    minute = visible.replace(second=0, tzinfo=None)
    if stamp.replace(second=0, microsecond=0, tzinfo=None) == minute:
        # The digits are right. merdeka's "-07:00" and detik's "Z" behind them are not, an Indonesian offset may be.
        own = stamp.tzinfo if stamp.utcoffset() in OFFSETS else None
        return stamp.replace(microsecond=0, tzinfo=visible.tzinfo or own or zone)
    if stamp.tzinfo is not None:
        for candidate in zones:
            local = stamp.astimezone(candidate).replace(microsecond=0)
            if local.replace(second=0, tzinfo=None) == minute:
                return local
    return None


def localised(stamp: dt.datetime, zone: dt.timezone, others: Sequence[dt.date | dt.datetime] = ()) -> dt.datetime:
    """The stamp with an Indonesian offset: its own, that of another stamp of the same instant, or `zone`'s."""
    stamp = stamp.replace(microsecond=0)
    if stamp.tzinfo is None:
        return stamp.replace(tzinfo=zone)
    if stamp.utcoffset() in OFFSETS:
        return stamp
    for other in others:
        if isinstance(other, dt.datetime) and other.utcoffset() in OFFSETS and same_second(stamp, other):
            return stamp.astimezone(other.tzinfo)
    return stamp.astimezone(zone)


def local_digits(stamp: dt.date | dt.datetime, zone: dt.timezone) -> dt.date | dt.datetime:
    """A stamp of a site whose offsets are false: its digits in `zone`, unless its offset is one of Indonesia's."""
    if isinstance(stamp, dt.datetime) and stamp.utcoffset() not in OFFSETS:
        return stamp.replace(tzinfo=zone)
    return stamp


def same_second(one: dt.datetime, other: dt.datetime) -> bool:
    return one.replace(microsecond=0) == other.replace(microsecond=0)
