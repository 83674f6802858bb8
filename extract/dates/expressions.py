"""What a date expression says, before anyone asks which year it is.

Nothing is resolved here: `Rabu (9/6)` gives day 9, month 6, a Wednesday, and no year. `scan` says where to look,
`surroundings` tells dates from what merely looks like one, `resolve` turns them into days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.dates import patterns
from extract.dates.lexicon import CalendarUnit, Part, folded
from extract.dates.patterns import WORDS


@dataclass(frozen=True, slots=True)
class Expression:
    """A date as printed at [start, end); what the text does not say is None.

    `offset` counts units from now (kemarin -1, tahun depan 1), in weeks where there is a weekday (Selasa pekan lalu);
    `year_offset` counts years (Desember tahun lalu). `tense` is -1 for lalu, 0 for ini, 1 for depan after a named
    date. `last_day` closes `25-27 Mei`, `until` any other stretch. `nth` numbers a semester, a quarter or a week.
    """

    start: int
    end: int
    rule: str
    unit: CalendarUnit
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    nth: int | None = None
    weekday: int | None = None
    tense: int | None = None
    offset: int | None = None
    year_offset: int | None = None
    part: Part | None = None
    until: Expression | None = None

    @property
    def lacks_year(self) -> bool:
        """Whether a named date prints no year and does not tell it from now."""
        named = self.month is not None or self.nth is not None
        return named and self.year is None and self.year_offset is None and self.offset is None


WORD = re.compile(r"[^\W\d_]+")
TURN_OF_CENTURY = 50
"""Two-digit years from here on are of the last century: 98 is 1998, 25 is 2025."""

FOREIGN = {"DATE_ORDER": "DMY", "STRICT_PARSING": True}
STEMS = frozenset(
    ["jan", "feb", "mar", "apr", "may", "mei", "jun", "jul", "aug", "agu", "sep", "oct", "okt", "nov", "dec", "des"]
)


def _year(digits: str | None) -> int | None:
    if digits is None or len(digits) == 4:
        return int(digits) if digits else None
    return int(digits) + (2000 if int(digits) < TURN_OF_CENTURY else 1900)


def _tense(word: str | None) -> int | None:
    return None if word is None else WORDS.tenses[" ".join(folded(word).split())]


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else WORDS.numbers[folded(word)]


def _bracketed(text: str, start: int) -> bool:
    return text[max(0, start - 3) : start].rstrip().endswith("(")


def _weekday_number(word: str) -> int:
    return WORDS.weekdays[folded(word)]


def _stretch(match: re.Match[str]) -> bool:
    """Whether `25-27 Mei` is one; `5 dan 12 Mei` are two days, of which only the last is whole."""
    if match["last"] is None:
        return True
    first, last = int(match["day"]), int(match["last"])
    joiner = match.string[match.end("day") : match.start("last")].strip().lower()
    return first < last and (joiner not in WORDS.list_joiners or last == first + 1)


def parse_day_month(text: str, pos: int, beside: bool = False) -> Expression | None:
    match = patterns.DAY_MONTH.match(text, pos)
    if match is None or not _stretch(match):
        return None
    word = folded(match["month"])
    dated = match["year"] or match["year_tense"]
    # "5 des" is a date only with a year, beside a weekday or in brackets.
    if not dated and not beside and word not in WORDS.full_months and not _bracketed(text, pos):
        return None
    return Expression(
        pos, match.end(), "date.day", CalendarUnit.DAY,
        year=_year(match["year"]), month=WORDS.months[word], day=int(match["day"]),
        last_day=int(match["last"]) if match["last"] else None,
        tense=_tense(match["tense"]), year_offset=_tense(match["year_tense"]),
    )  # fmt: skip


def parse_numeric(text: str, pos: int, beside: bool = False) -> Expression | None:
    match = patterns.NUMERIC.match(text, pos)
    if match is None:
        return None
    day, month, digits, slash = int(match["day"]), int(match["month"]), match["year"], match["sep"] == "/"
    possible = 1 <= day <= 31 and 1 <= month <= 12
    bracketed = _bracketed(text, pos)
    if digits is None:
        # "(11/3)" is a date; "11/3", "1/2" and "layanan 24/7" are not.
        allowed = slash and (beside or (bracketed and possible and (day, month) != (24, 7)))
    elif len(digits) == 2:
        # "08.30.00" is a time of day
        allowed = beside or (bracketed and possible and match["sep"] != ".")
    else:
        allowed = (beside or bracketed or possible) and digits[:2] in ("19", "20")
    if not allowed:
        return None
    return Expression(
        pos, match.end(), "date.numeric", CalendarUnit.DAY,
        year=_year(digits), month=month, day=day, last_day=int(match["last"]) if match["last"] else None,
    )  # fmt: skip


def parse_iso(text: str, pos: int) -> Expression | None:
    match = patterns.ISO.match(text, pos)
    if match is None:
        return None
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    return Expression(pos, match.end(), "date.iso", CalendarUnit.DAY, year=year, month=month, day=day)


@lru_cache(maxsize=256)
def foreign_month(word: str) -> int | None:
    """The month that dateparser takes a word for: `February` is 2; None where it takes it for none."""
    import dateparser  # its languages take a tenth of a second to load, and most runs never need them

    # A day and a year on either side leave room for a month only; STRICT_PARSING refuses answers that drop a part.
    found = dateparser.parse(f"1 {word} 2001", languages=["id", "en"], settings=FOREIGN)
    return found.month if found is not None and (found.year, found.day) == (2001, 1) else None


def parse_foreign(text: str, pos: int) -> Expression | None:
    match = patterns.DAY_WORD_YEAR.match(text, pos) or patterns.WORD_DAY_YEAR.match(text, pos)
    if match is None or match["word"][:3].lower() not in STEMS:
        return None
    month = foreign_month(folded(match["word"]))
    if month is None:
        return None
    year, day = int(match["year"]), int(match["day"])
    return Expression(pos, match.end(), "date.foreign", CalendarUnit.DAY, year=year, month=month, day=day)


def parse_month(text: str, pos: int) -> Expression | None:
    match = patterns.MONTH_LED.match(text, pos)
    if match is None:
        return None
    word, day = folded(match["month"]), match["day"]
    year = _year(match["us_year"] or match["year"])
    if word not in WORDS.full_months and year is None and match["year_tense"] is None:
        return None
    return Expression(
        pos, match.end(), "date.day" if day else "date.month", CalendarUnit.DAY if day else CalendarUnit.MONTH,
        year=year, month=WORDS.months[word], day=int(day) if day else None,
        tense=_tense(match["tense"]), year_offset=_tense(match["year_tense"]),
    )  # fmt: skip


def parse_year_alone(text: str, pos: int) -> Expression | None:
    match = patterns.YEAR_LED.match(text, pos)
    if match is None:
        return None
    first = Expression(
        pos, match.end(), "date.year", CalendarUnit.YEAR, year=int(match["year"]), tense=_tense(match["tense"])
    )
    if match["last"] is None:
        return first
    # "Tahun Ajaran 2023/2024"; "12/2024" after another number was refused before it came here
    last = int(match["last"])
    return replace(first, rule="date.range", until=replace(first, year=last)) if last > int(match["year"]) else None


def parse_nth_of_year(text: str, pos: int) -> Expression | None:
    match = patterns.NTH_OF_YEAR.match(text, pos)
    word = WORD.match(text, pos)
    if match is None or word is None:
        return None
    unit, nth = WORDS.units[folded(word[0])], _number(match["nth"])
    numbers = range(1, 3 if unit is CalendarUnit.SEMESTER else 5)
    # "500 SM" is before Christ and "q" a letter: these count in capitals with a year only.
    abbreviated = folded(word[0]) in WORDS.abbreviated_units
    if nth not in numbers or (abbreviated and (not word[0].isupper() or match["year"] is None)):
        return None
    first = Expression(
        pos, match.end(), f"date.{unit}", unit, year=_year(match["year"]), nth=nth,
        tense=_tense(match["tense"]), year_offset=_tense(match["year_tense"]),
    )  # fmt: skip
    if match["to"] is None:
        return first
    last = _number(match["to"])
    if last not in numbers or last <= nth:  # "semester I dan tiga desa"
        return Expression(pos, match.end("nth"), f"date.{unit}", unit, nth=nth)
    return replace(first, rule="date.range", until=replace(first, nth=last))


def parse_week_of_month(text: str, pos: int) -> Expression | None:
    match = patterns.WEEK_OF_MONTH.match(text, pos)
    if match is None or _number(match["nth"]) not in range(1, 6):
        return None
    # "minggu ke-2 Maret" is a week, "Minggu 2 Maret" a Sunday
    if match["nth"].isdecimal() and "ke" not in match.string[pos : match.start("nth")].lower():
        return None
    return Expression(
        pos, match.end(), "date.week", CalendarUnit.WEEK,
        year=_year(match["year"]), month=WORDS.months[folded(match["month"])], nth=_number(match["nth"]),
        tense=_tense(match["tense"]), year_offset=_tense(match["year_tense"]),
    )  # fmt: skip


def parse_tensed_unit(text: str, pos: int) -> Expression | None:
    match = patterns.TENSED_UNIT.match(text, pos)
    unit = WORDS.units.get(folded(match["unit"])) if match else None
    if match is None or unit is None or folded(match["unit"]) in WORDS.abbreviated_units:
        return None
    offset = _tense(match["tense"])
    if unit is CalendarUnit.DAY and offset != 0:
        return None
    return _with_bracket(text, Expression(pos, match.end(), "date.deictic", unit, offset=offset))


def _bare_unit(text: str, pos: int) -> Expression | None:
    match = patterns.BARE_UNIT.match(text, pos)
    unit = WORDS.units[folded(match["unit"])] if match else None
    return Expression(pos, match.end(), "date.deictic", unit, offset=0) if match and unit else None


def parse_ago(text: str, pos: int) -> Expression | None:
    match = patterns.AGO.match(text, pos)
    if match is None or (folded(match["n"]) == "se") != (match["gap"] == ""):
        return None
    unit = WORDS.units[folded(match["unit"])]
    return Expression(pos, match.end(), "date.ago", unit, offset=-_number(match["n"]))


def parse_day_word(text: str, pos: int) -> Expression | None:
    word = WORD.match(text, pos)
    if word is None:
        return None
    daypart = patterns.DAYPART_AFTER.match(text, word.end())
    end = daypart.end() if daypart else word.end()
    offset = WORDS.day_offsets[folded(word[0])]
    return _with_bracket(text, Expression(pos, end, "date.deictic", CalendarUnit.DAY, offset=offset))


def parse_daypart(text: str, pos: int) -> Expression | None:
    now, gone = patterns.DAYPART_NOW.match(text, pos), patterns.DAYPART_GONE.match(text, pos)
    match = now or gone
    if match is None:
        return None
    # A paper of the morning calls the evening before "tadi malam"; "tadi pagi" is of the day itself.
    offset = -1 if gone is not None and folded(gone["when"]) == "malam" else 0
    return Expression(pos, match.end(), "date.deictic", CalendarUnit.DAY, offset=offset)


def _with_bracket(text: str, said: Expression) -> Expression:
    """`kemarin (6/5)` is one date, and the digits say which."""
    gap = patterns.TO_BRACKET.match(text, said.end)
    dated = _dated(text, gap.end()) if gap else None
    return replace(dated, start=said.start, end=_closed(text, dated.end)) if dated else said


def _dated(text: str, pos: int) -> Expression | None:
    return parse_day_month(text, pos, beside=True) or parse_numeric(text, pos, beside=True) or parse_foreign(text, pos)


def _closed(text: str, end: int) -> int:
    close = patterns.CLOSE.match(text, end)
    return close.end() if close else end


def _sunday(text: str, pos: int, tensed: bool) -> bool:
    """Minggu is the Sunday where its capital is not that of a sentence: `pada Minggu lalu`, but `Minggu lalu, ...`."""
    ahead = text[max(0, pos - 12) : pos]
    if ahead.rstrip().lower().endswith("hari"):
        return True
    if not text[pos].isupper() or not tensed:
        return text[pos].isupper()
    begins = not ahead.strip() or "\n" in ahead[len(ahead.rstrip()) :] or ahead.rstrip()[-1] in '.!?:;"“”'
    return not begins and not text[pos + 1].isupper()


def parse_weekday(text: str, pos: int) -> Expression | None:
    match = patterns.WEEKDAY_HEAD.match(text, pos)
    if match is None:
        return None
    gap = patterns.TO_DATE.match(text, match.end())
    dated = _dated(text, gap.end()) if gap else None
    number = _weekday_number(match["weekday"])
    if gap and dated:
        end = _closed(text, dated.end) if gap["open"] else dated.end
        return _with_tense(text, replace(dated, start=pos, end=end, weekday=number))
    if match["joiner"]:
        if folded(match["joiner"]) not in ("dan", ","):
            return None  # "Senin-Jumat" without a date is a habit
        return Expression(pos, match.end("weekday"), "date.weekday", CalendarUnit.DAY, weekday=number)
    if folded(match["weekday"]) == "minggu" and not _sunday(text, pos, match["tense"] is not None):
        return None
    week = patterns.WEEKDAY_OF_WEEK.match(text, pos)
    if week:
        return Expression(
            pos, week.end(), "date.weekday", CalendarUnit.DAY, weekday=number, offset=_tense(week["tense"])
        )
    return Expression(pos, match.end(), "date.weekday", CalendarUnit.DAY, weekday=number, tense=_tense(match["tense"]))


TENSE_AFTER = patterns.compiled(patterns.TENSE)


def _with_tense(text: str, dated: Expression) -> Expression:
    """`Senin (25/4/2022) kemarin`: the word after the bracket belongs to the date."""
    match = TENSE_AFTER.match(text, dated.end)
    return replace(dated, end=match.end(), tense=_tense(match["tense"])) if match else dated


def parse_part(text: str, pos: int) -> Expression | None:
    head = patterns.PART_HEAD.match(text, pos)
    if head is None:
        return None
    for rule in (parse_tensed_unit, parse_month, parse_year_alone, _unit_nth, _bare_unit):
        inner = rule(text, head.end())
        if inner is not None and inner.unit is not CalendarUnit.DAY and inner.until is None:
            return replace(inner, start=pos, rule="date.part", part=WORDS.parts[folded(head["part"])])
    return None


def _unit_nth(text: str, pos: int) -> Expression | None:
    word = WORD.match(text, pos)
    unit = WORDS.units.get(folded(word[0])) if word else None
    return parse_nth_of_year(text, pos) if unit in (CalendarUnit.SEMESTER, CalendarUnit.QUARTER) else None
