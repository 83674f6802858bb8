"""The words of the Indonesian calendar, read from lexicon/dates.toml; a broken entry raises LexiconError at load."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from extract import letters
from extract.errors import LexiconError
from extract.toml_files import parse_toml

LEXICON = "lexicon/dates.toml"

V = TypeVar("V")


class CalendarUnit(StrEnum):
    """How long a stretch of the calendar an expression names."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEMESTER = "semester"
    YEAR = "year"


class Part(StrEnum):
    """Which part of a period is meant: awal, pertengahan, akhir."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """The lexicon by word, all lower case with a straight apostrophe."""

    months: Mapping[str, int]
    full_months: frozenset[str]
    given_names: frozenset[str]
    weekdays: Mapping[str, int]
    weekday_names: tuple[str, ...]
    units: Mapping[str, CalendarUnit]
    abbreviated_units: frozenset[str]
    tenses: Mapping[str, int]
    day_offsets: Mapping[str, int]
    dayparts: frozenset[str]
    parts: Mapping[str, Part]
    numbers: Mapping[str, int]
    range_joiners: frozenset[str]
    list_joiners: frozenset[str]
    context: Mapping[str, frozenset[str]]
    rules: Mapping[str, Mapping[str, Any]]


CONTEXTS = (
    "recurring", "named_after", "vague", "law", "not_year_after", "not_year_before",
    "people", "time", "fiscal", "study", "person",
)  # fmt: skip


def folded(word: str) -> str:
    """Lower case, every apostrophe straight: `Jum’at` and `JUM'AT` are one word."""
    return letters.folded(word).replace("’", "'").replace("`", "'")


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first; blanks stand for white space."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’`]") for word in ordered)


def parse_calendar_words(text: str) -> CalendarWords:
    """The lexicon out of the TOML text; LexiconError where an entry is missing, doubled or out of range."""
    data = parse_toml(text, LEXICON)
    try:
        return _assembled(data)
    except KeyError as error:
        raise LexiconError(LEXICON, str(error.args[0]), "is missing") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise LexiconError(LEXICON, "(file)", f"has the wrong shape: {error}") from error


def _assembled(data: Mapping[str, Any]) -> CalendarWords:
    months = data["month"]
    weekdays = data["weekday"]
    _check_numbers("month", [month["number"] for month in months], range(1, 13))
    _check_numbers("weekday", [day["number"] for day in weekdays], range(7))
    full = {name: month["number"] for month in months for name in (month["name"].lower(), *month["also"])}
    short = _unique("month", ((name, month["number"]) for month in months for name in month["short"]))
    tense = data["tense"]
    return CalendarWords(
        months=_unique("month", (*full.items(), *short.items())),
        full_months=frozenset(full),
        given_names=frozenset(month["name"].lower() for month in months if month["also_a_name"]),
        weekdays=_unique(
            "weekday", ((name, day["number"]) for day in weekdays for name in (day["name"].lower(), *day["also"]))
        ),
        weekday_names=tuple(day["name"] for day in sorted(weekdays, key=lambda day: int(day["number"]))),
        units=_unique("unit", ((word, CalendarUnit(unit)) for unit, words in data["unit"].items() for word in words)),
        abbreviated_units=frozenset(data["abbreviated"]["units"]),
        tenses=_unique(
            "tense",
            ((word, sign) for name, sign in (("past", -1), ("present", 0), ("future", 1)) for word in tense[name]),
        ),
        day_offsets=dict(data["day_offset"]),
        dayparts=frozenset(data["daypart"]["names"]),
        parts=_unique("part", ((word, Part(part)) for part, words in data["part"].items() for word in words)),
        numbers=_unique("number", ((word, int(n)) for n, words in data["number"].items() for word in words)),
        range_joiners=frozenset(data["joiner"]["range"]),
        list_joiners=frozenset(data["joiner"]["list"]),
        context={name: frozenset(data["context"][name]) for name in CONTEXTS},
        rules=data["rule"],
    )


def _check_numbers(entry: str, numbers: list[int], wanted: range) -> None:
    if sorted(numbers) != list(wanted):
        raise LexiconError(LEXICON, entry, f"numbers must be {wanted.start} to {wanted.stop - 1}, each once")


def _unique(entry: str, pairs: Iterable[tuple[str, V]]) -> dict[str, V]:
    words: dict[str, V] = {}
    for word, value in pairs:
        if word != folded(word):
            raise LexiconError(LEXICON, entry, f"{word!r} is not lower case")
        if word in words:
            raise LexiconError(LEXICON, entry, f"{word!r} stands twice")
        words[word] = value
    return words


@cache
def calendar_words() -> CalendarWords:
    """The lexicon that comes with the package, read once."""
    return parse_calendar_words(files("extract").joinpath(LEXICON).read_text(encoding="utf-8"))
