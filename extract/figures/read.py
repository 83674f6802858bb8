"""Printed figures to numbers: "2,1 juta jiwa", "98.29 persen", "789. 506", "seratus persen". No spaCy, no context.

Indonesian writes a dot between groups of three and a comma before decimals. News desks also write both the English
way, in the same article, so a form is first read strictly and, where that cannot be meant (people have no fractions,
percentages no thousands), by the slip that explains it. What the text around it says is weighed in extract.repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.figures.lexicon import alternation, load_figure_lexicon
from extract.figures.words import SPOKEN, parse_number_words
from extract.models import Figure, Unit

LEXICON = load_figure_lexicon()

# No region has more people: the nation had 284,973,643 in Dukcapil's count of semester II 2024.
MOST_PEOPLE = 300_000_000
# A printed share above this is a number that lost its comma; growth of 1.000 persen is told in round numbers.
MOST_PERCENT = 999

LONGEST = 30  # characters of a printed number; what is longer names no quantity

_BLANK = "[ \u00a0]"
_PEOPLE = r"(?:jiwa|orang|peserta|penduduk|warga|masyarakat)"
_CORE = r"\d+(?:[.,]{1,2}\d+)*"
_LETTER = "lIOo"  # typed, or read by a scanner, for 1 and 0
_DIGIT = rf"[\d{_LETTER}]"

# A number's digits and marks; the longer, garbled forms are tried first where one could begin.
_LEADING_LETTER = rf"(?:(?<!\w)|(?<=Rp))[lIO](?=[\d{_LETTER}]{{0,2}}[.,]{_BLANK}?\d{{3}})\d*(?:[.,]\d+)*"
CORE = re.compile(rf"{_LEADING_LETTER}|{_CORE}")
GARBLED = re.compile(
    rf"""(?:
      {_DIGIT}{{1,3}}(?:[.,]{_DIGIT}{{3}})*(?:{_BLANK}?\.{_BLANK}?{_DIGIT}{{3}})+(?!{_DIGIT}|[.,]\d)
        (?={_BLANK}?{_PEOPLE}|{_BLANK}?(?:ribu|juta)\b)                   # 789. 506 jiwa
    | \d{{1,3}}(?:[.,]\d{{3}})*\.{_BLANK}0\d\d(?!\d|[.,]\d)               # 406. 068: no sentence opens with a zero
    | \d{{1,3}}(?:[.,]\d{{3}})+{_BLANK}\d{{3}}(?!\d|[.,]\d)               # 1.708 552
    | \d{{1,3}}(?:{_BLANK}\d{{3}})+(?!\d|[.,]\d)(?={_BLANK}?{_PEOPLE})    # 1 708 552 jiwa
    | \d{{1,3}}(?:{_BLANK}\.{_BLANK}?|\.{_BLANK})\d{{4,6}}(?!\d|[.,]\d)(?={_BLANK}?{_PEOPLE})   # 2. 37885 peserta
    | \d{{1,3}}(?:,\d{{3}})+,{_BLANK}\d{{3}}(?!\d)(?={_BLANK}?{_PEOPLE})         # 2,076, 173 jiwa
    | \d,{_BLANK}\d\d(?={_BLANK}?(?:%|persen\b))                           # 7, 94 persen, but not: kelas 1, 25 persen
    | (?:(?:0|\d{{2,3}}),{_BLANK}|\d{{1,3}}{_BLANK}[.,]{_BLANK}?|\d{{1,3}},{_BLANK},{_BLANK}?)\d{{1,2}}(?:,\d{{1,2}})?
        (?={_BLANK}?(?:%|persen\b))                                     # 101, 00%; a dot and a blank end a sentence
    | \d{{1,3}},{_BLANK}\d(?={_BLANK}juta{_BLANK}{_PEOPLE})                # 7, 9 juta jiwa
    | \d{{1,3}}{_BLANK}koma{_BLANK}\d{{1,3}}(?=\s(?:persen|ribu|juta)\b)       # 98 koma 29 persen
    | [1-9]00{_BLANK}\d{{1,2}}(?={_BLANK}(?:ribu|juta)\b)                 # 200 44 ribu, as it was spoken
    | [\d{_LETTER}]{{1,3}}(?:[.,][\d{_LETTER}]{{3}})+(?!\w)               # l29.000, 36O.000
    )""",
    re.VERBOSE,
)
# What a garbled form goes on with after its first digits; asked first because it is cheap.
MAY_GO_ON = re.compile(rf"(?:{_BLANK}?[.,]){{0,2}}{_BLANK}?[\d{_LETTER}]|{_BLANK}koma")
SCALE = re.compile(rf"\s?-?(?P<scale>{alternation(LEXICON.scales)})(?P<an>\s?-?an)?(?![^\W\d_])", re.IGNORECASE)
# "Rp1,2 T", "Rp 30 M": only money is shortened like this.
MONEY_SCALE = re.compile(rf"\s?({alternation(LEXICON.money_scales)})(?![^\W_])", re.IGNORECASE)
# "2 juta 163 ribu 388 jiwa": parts in falling order, the last one only where a noun follows.
COMPOUND = re.compile(
    rf"""(?P<millions>\d{{1,3}}){_BLANK}?juta{_BLANK}(?P<thousands>\d{{1,3}}){_BLANK}?ribu(?:{_BLANK}(?P<ones>\d{{1,3}})(?={_BLANK}{_PEOPLE}))?
    | (?P<only_thousands>\d{{1,3}}){_BLANK}?ribu{_BLANK}(?P<last>\d{{1,3}})(?={_BLANK}{_PEOPLE})""",
    re.VERBOSE | re.IGNORECASE,
)
LAST_WORD = re.compile(r"([^\W\d_]+-?)[\s.]{0,2}$")
AFTER_NUMBER = re.compile(r"(?<!(?<!\d)(?:19|20)\d\d)(?<=\d), $")
CURRENCY = re.compile(r"(?:Rp|IDR)\.?\s?$", re.IGNORECASE)
LEADING_CURRENCY = re.compile(r"\s*(?:Rp|IDR)\.?\s?", re.IGNORECASE)

# "baru 84,06 penduduk": two decimals and a word for the population, where people can have none.
NO_UNIT = re.compile(r"\d\d,\d\d\s(?:penduduk|warga|masyarakat)\b")


@dataclass(frozen=True, slots=True)
class Form:
    """A printed number taken apart: the digit groups, the marks between them, the scale word's factor.

    `slips` names what was undone to get here: blanks inside, letters for digits.
    """

    groups: tuple[str, ...]
    marks: tuple[str, ...]
    scale: int = 1
    slips: tuple[str, ...] = ()

    @property
    def digits(self) -> str:
        return "".join(self.groups)

    @property
    def printed(self) -> str:
        """The digits with their marks, without blanks."""
        return self.groups[0] + "".join(mark + group for mark, group in zip(self.marks, self.groups[1:], strict=True))


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """Where the digits of a number stand, with the end of its scale word."""

    start: int
    digits_end: int
    end: int

    @property
    def scaled(self) -> bool:
        return self.end > self.digits_end


@lru_cache(maxsize=4)
def scan_numbers(text: str) -> tuple[NumberSpan, ...]:
    """`iter_numbers`, remembered for the articles at hand: every finder of figures starts from the same scan."""
    return tuple(iter_numbers(text))


def iter_numbers(text: str) -> Iterator[NumberSpan]:
    """Every number written in digits, in text order, with its scale word: `622ribu`, `789. 506`, `2,1 juta`."""
    position = 0
    while match := CORE.search(text, position):
        start, end = match.span()
        garbled = GARBLED.match(text, start) if MAY_GO_ON.match(text, end) else None
        if garbled and garbled.end() > end and not ("," in garbled[0] and is_apart(text, start)):
            end = garbled.end()
        scale = SCALE.match(text, end)
        compound = COMPOUND.match(text, start) if scale else None
        if compound:
            yield NumberSpan(start, end, compound.end())
            position = compound.end()
            continue
        yield NumberSpan(start, end, scale.end() if scale else end)
        position = end


def is_apart(text: str, start: int) -> bool:
    """Whether a comma behind the number at `start` ends it, because it is one of a list or a label.

    "70, 80, 90 persen" are three, a year before is none of them; "peserta kelas 1, 25 persen" has no 1,25.
    """
    if AFTER_NUMBER.search(text, max(0, start - 7), start):
        return True
    label = LAST_WORD.search(text, max(0, start - 16), start)
    return label is not None and label[1].lower() in LEXICON.before_label


def parse_form(printed: str) -> Form | None:
    """Take a printed number apart; None where it holds no digits or anything but a number and a scale word."""
    match = GARBLED.match(printed) or CORE.match(printed)
    core = CORE.match(printed)
    if match is None or (core and core.end() > match.end()):
        match = core
    if match is None:
        return None
    slips = []
    number = re.sub(rf"{_BLANK}koma{_BLANK}", ",", match[0])
    if len(number) > LONGEST:
        return None
    if any(letter in number for letter in _LETTER):
        slips.append("letters")
        number = number.translate(str.maketrans("lIOo", "1100"))
    if re.fullmatch(rf"[1-9]00{_BLANK}\d\d?", number):
        slips.append("spoken_blank")
        hundreds, rest = re.split(_BLANK, number)
        number = str(int(hundreds) + int(rest))
    elif re.search(_BLANK, number):
        slips.append("space")
        number = re.sub(rf"{_BLANK}?([.,]){_BLANK}?", r"\1", number)
        number = re.sub(_BLANK, ".", number)
    groups = tuple(re.split(r"[.,]+", number))
    marks = tuple(re.findall(r"[.,]+", number))
    return Form(groups, marks, _scale_after(printed, match.end()), tuple(slips))


def _scale_after(printed: str, position: int) -> int:
    if scale := SCALE.match(printed, position):
        return LEXICON.scales[scale["scale"].lower()]
    money = MONEY_SCALE.match(printed, position)
    return LEXICON.money_scales[money[1].lower()] if money else 1


def strict_value(form: Form) -> float | None:
    """What the form gives by the rules: dots between groups of three, one comma before decimals; else None."""
    marks, groups = form.marks, form.groups
    whole, decimals = groups, ""
    if marks and marks[-1] == ",":
        marks, whole, decimals = marks[:-1], groups[:-1], groups[-1]
    if any(mark != "." for mark in marks) or any(len(group) != 3 for group in whole[1:]):
        return None
    if (len(whole) > 1 and len(whole[0]) > 3) or (len(whole[0]) > 1 and whole[0].startswith("0")):
        return None
    return scaled("".join(whole), decimals, form.scale)


def scaled(whole: str, decimals: str, scale: int) -> float:
    """The number with these digits before and after the comma, times `scale`, without binary dust."""
    places = len(decimals)
    number = int(whole + decimals) * scale
    divisor: int = 10**places
    return number // divisor if number % divisor == 0 else number / divisor


def precision_of(form: Form, value: float, unit: Unit) -> float:
    """The size of the last place stated: 0.01 for 98,29; 100,000 for 2,1 juta; 1,000 for 129.000."""
    decimals = form.groups[-1] if form.marks and form.marks[-1] == "," else ""
    if unit is Unit.PERCENT or decimals.strip("0"):
        return form.scale / float(10 ** len(decimals))
    return max(form.scale, trailing_thousands(value))


def trailing_thousands(value: float) -> float:
    """1,000 for each group of three zeros at the end: 1,000 for 129000, 1 for 126794."""
    size = 1
    whole = int(value)
    while whole and whole % (size * 1000) == 0:
        size *= 1000
    return size


def meant_form(form: Form, unit: Unit) -> Form | None:
    """The form as it must have been meant, in strict marks, with the slips that explain it; None without a reading.

    Only what the form and the unit themselves settle is undone here.
    """
    strict = strict_value(form)
    match unit:
        case Unit.PERCENT:
            return _meant_percent(form, strict)
        case Unit.PEOPLE | Unit.REGIONS:
            return _meant_people(form, strict)
        case _:
            return form if strict is not None else _decimal_point(form)


def _slip(form: Form, name: str, groups: tuple[str, ...], marks: tuple[str, ...], scale: int | None = None) -> Form:
    return Form(groups, marks, form.scale if scale is None else scale, (*form.slips, name))


def _decimal_point(form: Form) -> Form | None:
    """`209.1 juta`, `98.29`: one dot, before decimals."""
    return _slip(form, "separators", form.groups, (",",)) if form.marks == (".",) else None


def _meant_percent(form: Form, strict: float | None) -> Form | None:
    groups = form.groups
    if len(groups) == 1 and len(groups[0]) >= 4 and not groups[0].endswith("00"):
        cut = 3 if groups[0][:2] in {"10", "11"} and len(groups[0]) > 4 else 2
        return _slip(form, "comma_lost", (groups[0][:cut], groups[0][cut:]), (",",))
    if len(groups[0]) > 1 and groups[0].startswith("0"):
        return _slip(form, "zero_in_front", (groups[0].lstrip("0") or "0", *groups[1:]), form.marks)
    if strict is not None and (strict <= MOST_PERCENT or strict % 100 == 0):
        return form
    if form.marks == (".",):
        return _decimal_point(form)
    if len(groups[0]) <= 3 and len(groups) > 1:
        return _slip(form, "comma_doubled", groups[:2], (",",))
    return None


def _meant_people(form: Form, strict: float | None) -> Form | None:
    groups, marks = form.groups, form.marks
    thousands = len(groups) > 1 and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    english = thousands and form.scale == 1 and set(marks) == {","}  # 148,948 and 155,000; people have no decimals
    if strict is not None and strict == int(strict) and (form.scale == 1 or strict <= MOST_PEOPLE) and not english:
        return form
    if form.scale > 1:
        if not marks:  # 1 miliar orang
            return form
        if len(groups) == 2 and form.scale >= 1_000_000:  # 209.1 juta, 1.425 juta
            return _slip(form, "separators", groups, (",",))
        if thousands:  # 187.982.949 juta, 805.000 ribu
            return _slip(form, "scale_doubled", groups, (".",) * len(marks), 1)
        return _decimal_point(form)
    if thousands:  # 148,948; 1,425,764
        return _slip(form, "separators", groups, (".",) * len(marks))
    if len(groups) == 2 and len(groups[0]) <= 3 and len(groups[1]) <= 2:  # 2,1 jiwa: decimals are printed with juta
        undotted = form if marks == (",",) else _slip(form, "separators", groups, (",",))
        return replace(undotted, scale=1_000_000, slips=(*undotted.slips, "scale_lost"))
    if len(groups) > 1:  # 273.8739
        return _slip(form, "groups", (form.digits,), ())
    return form if strict is not None else None


def take_off_signs(raw: str, unit: Unit) -> tuple[str, tuple[str, ...]]:
    """`raw` from its number on, and the slips around the number: a stray Rp, the word for percent left out."""
    if currency := LEADING_CURRENCY.match(raw):
        return raw[currency.end() :], () if unit is Unit.IDR else ("currency",)
    if unit is Unit.PERCENT and NO_UNIT.fullmatch(raw):
        return raw, ("unit_lost",)
    return raw.lstrip(), ()


def parse_figure(raw: str, unit: Unit) -> Figure | None:
    """The figure that `raw` shows, in `unit`: digits or number words, with a scale word; None where it cannot be read.

    Currency before the number and any words after it are passed over, so a mention's `raw` can be given as it is.
    """
    body, slips = take_off_signs(raw, unit)
    if not body[:1].isdigit() and not GARBLED.match(body) and not CORE.match(body):
        return _spoken_figure(body, unit)
    if compound := COMPOUND.match(body):
        return _compound_figure(compound, unit, slips)
    form = parse_form(body)
    meant = meant_form(form, unit) if form else None
    if form is None or meant is None:
        return None
    value = strict_value(meant)
    if value is None:
        return None
    printed = None if form.slips or "unit_lost" in slips else strict_value(form)
    return Figure(value, printed, unit, precision_of(meant, value, unit), slips=slips + meant.slips)


def _spoken_figure(body: str, unit: Unit) -> Figure | None:
    match = SPOKEN.match(body.lower())
    spoken = parse_number_words(match[0]) if match else None
    return Figure(spoken.value, spoken.value, unit, spoken.precision) if spoken else None


def _compound_figure(match: re.Match[str], unit: Unit, slips: tuple[str, ...]) -> Figure:
    thousands = int(match["thousands"] or match["only_thousands"])
    ones = match["ones"] or match["last"]
    value = int(match["millions"] or 0) * 1_000_000 + thousands * 1000 + int(ones or 0)
    return Figure(value, value, unit, 1 if ones else 1000, slips=slips)
