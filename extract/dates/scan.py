"""Where in a text a date can begin: every stretch that is written like one.

A text is walked word by word; only a word or number that can begin a date is looked at, so the cost grows with the
dates and not with the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from extract.dates import patterns
from extract.dates.expressions import (
    Expression,
    parse_ago,
    parse_day_month,
    parse_day_word,
    parse_daypart,
    parse_foreign,
    parse_iso,
    parse_month,
    parse_nth_of_year,
    parse_numeric,
    parse_part,
    parse_tensed_unit,
    parse_week_of_month,
    parse_weekday,
    parse_year_alone,
)  # fmt: skip
from extract.dates.lexicon import CalendarUnit, folded
from extract.dates.patterns import WORDS

Rule = Callable[[str, int], Expression | None]


def _starters() -> dict[str, tuple[Rule, ...]]:
    """Which rules a word can begin, in the order in which they are tried."""
    starters: dict[str, tuple[Rule, ...]] = {}

    def add(words: list[str], *rules: Rule) -> None:
        for word in words:
            for spelt in {word, word.replace("'", "’"), word.replace("'", "`")}:
                starters[spelt] = (*starters.get(spelt, ()), *rules)

    add(["ta", "t"], parse_year_alone)  # TA 2026, T.A. 2026
    by_unit = {unit: [word for word, of in WORDS.units.items() if of is unit] for unit in CalendarUnit}
    add(list(WORDS.months), parse_month, parse_foreign)
    add(by_unit[CalendarUnit.WEEK], parse_week_of_month)  # before the Sunday of the same name
    add(list(WORDS.weekdays), parse_weekday)
    add(by_unit[CalendarUnit.DAY], parse_tensed_unit)
    add(by_unit[CalendarUnit.WEEK], parse_tensed_unit)
    add(by_unit[CalendarUnit.MONTH], parse_month, parse_tensed_unit)
    add(by_unit[CalendarUnit.QUARTER] + by_unit[CalendarUnit.SEMESTER], parse_nth_of_year, parse_tensed_unit)
    add(by_unit[CalendarUnit.YEAR], parse_year_alone, parse_tensed_unit)
    add(list(WORDS.day_offsets), parse_day_word)
    add(["tadi", *(name for name in WORDS.dayparts if " " not in name)], parse_daypart)
    add(list(WORDS.parts), parse_part)
    add([word for word in WORDS.numbers if word not in ("se", "i", "ii", "iii", "iv")], parse_ago)
    add([f"se{word}" for word, unit in WORDS.units.items() if len(word) > 3 or unit is CalendarUnit.DAY], parse_ago)
    return starters


STARTERS = _starters()
DIGIT_RULES: tuple[Rule, ...] = (parse_day_month, parse_numeric, parse_foreign, parse_ago)
FOUR_DIGIT_RULES: tuple[Rule, ...] = (parse_iso, parse_year_alone)
# One pass with a look-up beats a search for the alternatives. A word is whole: "semesterİ" is none of ours.
TOKEN = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)?|\d+")
# A letter or digit joined to one of these belongs to an address, a number or a telephone line.
GLUE = frozenset("/_=@#&?-–.,:")


def _glued(text: str, pos: int, digits: bool, reached: int) -> bool:
    """Whether the sign before says that this is a part of something longer: `/2025/05/`, `2,1`, `0812-2020`."""
    sign, ahead = text[pos - 1 : pos], text[max(0, pos - 2) : pos - 1]
    if sign not in GLUE or pos - 1 == reached:
        return False
    if sign in ".,:":
        return digits and ahead.isdigit()
    if sign not in "-–":
        return True
    return ahead.isalnum() and text[max(0, pos - 4) : pos - 1].lower() != "per"  # "per-1 Mei 2025" is a date


def iter_expressions(text: str) -> Iterator[Expression]:
    """Every stretch that is written like a date, in text order, none overlapping another."""
    reached = 0
    for token in TOKEN.finditer(text):
        pos = token.start()
        if pos < reached:
            continue
        word = token[0]
        digits = word[0] <= "9"
        if digits:
            rules = DIGIT_RULES if len(word) <= 2 else FOUR_DIGIT_RULES if len(word) == 4 and word[0] in "12" else ()
        else:
            rules = STARTERS.get(word.lower() if word.isascii() else folded(word), ())
        if not rules or _glued(text, pos, digits, reached):
            continue
        found = next((found for rule in rules if (found := rule(text, pos)) is not None), None)
        if found is None and rules is DIGIT_RULES and patterns.DAY_YEAR.match(text, pos):
            # "August 1, 2023": the month that the table does not hold stands before
            month = patterns.WORD_TO_DAY.search(text, max(reached, pos - 12), pos)
            found = parse_foreign(text, month.start()) if month else None
        if found is None:
            continue
        after = patterns.WEEKDAY_AFTER.match(text, found.end) if found.day is not None else None
        if after and found.weekday is None:
            found = replace(found, end=after.end(), weekday=WORDS.weekdays[folded(after["weekday"])])
        reached = found.end
        yield found
