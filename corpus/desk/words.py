"""The desk's words in both languages, and figures, measures and days as its pages tell them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from corpus.errors import WordingError
from corpus.wording import load_wording, word_day, word_figure, word_period
from extract.models import Approx, Period, Precision, Unit
from extract.wording import Language, load_sentences

WORDS = Path(__file__).with_name("words.toml")
MONTHS_OF = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.SEMESTER: 6, Precision.YEAR: 12}


@cache
def load_words(language: Language, path: Path = WORDS) -> Mapping[str, str]:
    """Every word of the pages by its key. Raises WordingError where one is missing in a language, or no TOML."""
    name = f"desk/{path.name}"
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WordingError(name, "(the whole file)", str(error)) from error
    words: dict[str, str] = {}
    for table, entries in document.items():
        for key, entry in entries.items():
            if not isinstance(entry, dict) or set(entry) != {"id", "en"} or not all(entry.values()):
                raise WordingError(name, f"{table}.{key}", "needs exactly an Indonesian and an English text")
            words[f"{table}.{key}"] = entry[language]
    return words


def tell_figure(value: float, unit: str, approx: str, language: Language) -> str:
    """A value with its unit and hedge: "sekitar 126.000 jiwa"."""
    return word_figure(value, Unit(unit), Approx(approx), language)


def tell_metric(metric: str, segment: str | None, language: Language) -> str:
    """What is measured: "cakupan", "jumlah peserta pekerja penerima upah (PPU)"."""
    words = load_wording(language)
    names = {**words["metrics"], **load_sentences(language)["metrics"]}
    what = str(names[metric]).rstrip(",")
    if segment is None:
        return what
    return str(words["reading"]["segment"].format(what=what, segment=words["segments"][segment])).rstrip(",")


def tell_day(day: str | None, language: Language) -> str:
    """A stored day, or the day of a stored time: "6 Mei 2025"; what is no day as it is, "" for none."""
    if not day:
        return ""
    try:
        return word_day(dt.date.fromisoformat(day[:10]), language)
    except ValueError:
        return day


def tell_minute(moment: str | None, language: Language) -> str:
    """A stored UTC time in Jakarta's: "6 Mei 2025, 12.00 WIB"."""
    if not moment:
        return ""
    try:
        local = dt.datetime.fromisoformat(moment).astimezone(JAKARTA)
    except ValueError:
        return moment
    clock = local.strftime("%H.%M WIB" if language == "id" else "%H:%M WIB")
    return f"{word_day(local.date(), language)}, {clock}"


JAKARTA = dt.timezone(dt.timedelta(hours=7))


def tell_period(start: str | None, end: str | None, language: Language) -> str:
    """As of when, by its first and last day: "per 1 Mei 2025", "semester II 2024"; "" where none is told."""
    if not start or not end:
        return ""
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    return word_period(Period(first, last, precision_of(first, last)), language)


def precision_of(first: dt.date, last: dt.date) -> Precision:
    """How long a period is: a month, quarter, semester or year where it is exactly one."""
    if first == last:
        return Precision.DAY
    after = last + dt.timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    for precision, length in MONTHS_OF.items():
        if first.day == after.day == 1 and months == length and (first.month - 1) % length == 0:
            return precision
    return Precision.RANGE
