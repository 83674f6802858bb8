"""Printed figures to numbers: "2,1 juta jiwa", "98.29 persen", "789. 506", "seratus persen". No spaCy, no context.

Indonesian writes a dot between groups of three and a comma before decimals. News desks also write both the English
way, in the same article, so a form is first read strictly and, where that cannot be meant (people have no fractions,
percentages no thousands), by the slip that explains it. What the text around it says is weighed in extract.repair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.figures.lexicon import alternation, load_figure_lexicon
from extract.figures.scan import BLANK, COMPOUND, CORE, GARBLED, LETTER, SCALE
from extract.figures.words import SPOKEN, parse_number_words
from extract.letters import folded
from extract.models import Figure, Unit

LEXICON = load_figure_lexicon()

# No region has more people: the nation had 284,973,643 in Dukcapil's count of semester II 2024.
MOSTPEOPLE = 300_000_000
# A printed share above this is a number that lost its comma; growth of 1.000 persen is told in round numbers.
MOST_PERCENT = 999

# No area has been reported to cover more: the highest real rates, in towns of commuters, are below 150.
LIKELY_RATE = 250

LONGEST = 30  # characters of a printed number; what is longer names no quantity

# "Rp1,2 T", "Rp 30 M": only money is shortened like this.
MONEY_SCALE = re.compile(rf"\s?({alternation(LEXICON.money_scales)})(?![^\W_])", re.IGNORECASE)
# "66. 79 persen" may be two sentences; "95.7 7 persen" is one number.
SENTENCE_END = re.compile(rf"(1?\d?\d)\.{BLANK}(\d\d?)")
SPLIT_DECIMALS = re.compile(rf"([.,]\d){BLANK}(\d)$")
# "159.8 73", "1 59.873": together they have the three digits of a group.
SPLIT_GROUP = re.compile(
    rf"(?<=[.,]\d){BLANK}(?=\d\d(?:\.|$))|(?<=[.,]\d\d){BLANK}(?=\d(?:\.|$))|(?<=^\d){BLANK}(?=\d\d?\.)|(?<=^\d\d){BLANK}(?=\d\.)"
)
SPOKEN_MARK = re.compile(rf"{BLANK}koma{BLANK}")
SPOKEN_BLANK = re.compile(rf"([1-9]00){BLANK}(\d\d?)")
BLANKS = re.compile(BLANK)
BESIDE_MARK = re.compile(rf"{BLANK}?([.,]){BLANK}?")
MARKS = re.compile(r"[.,]+")
PLAIN = re.compile(r"[\d.,]+")
DIGITS_MEANT = str.maketrans(LETTER, "1100")
CURRENCY = re.compile(r"(?:Rp|IDR)\.?\s?$", re.IGNORECASE)
LEADING_CURRENCY = re.compile(r"\s*(?:Rp|IDR)\.?\s?", re.IGNORECASE)

# "baru 84,06 penduduk": two decimals and a word for the population, where people can have none. Behind "dari" a scale
# word is lost: "dari 38,43 penduduk, 37,79 juta jiwa".
NO_UNIT = re.compile(r"(?<![Dd]ari )\b\d\d,\d\d\s(?:penduduk|warga|masyarakat)\b")


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


def parse_form(printed: str) -> Form | None:
    """Take a printed number apart; None where it holds no digits or anything but a number and a scale word."""
    core = CORE.match(printed)
    match = GARBLED.match(printed) or core
    if match is None or (core and core.end() > match.end()):
        match = core
    if match is None or len(match[0]) > LONGEST:
        return None
    number, slips = (match[0], ()) if PLAIN.fullmatch(match[0]) else _ungarbled(match[0])
    groups, marks = tuple(MARKS.split(number)), tuple(MARKS.findall(number))
    return Form(groups, marks, _scale_after(printed, match.end()), slips)


def _ungarbled(number: str) -> tuple[str, tuple[str, ...]]:
    """The number in digits and marks alone, and the slips undone for it: 789. 506, l29.000, 200 44, 98 koma 29."""
    slips: tuple[str, ...] = ()
    number = SPOKEN_MARK.sub(",", number)
    if any(letter in number for letter in LETTER):
        slips, number = ("letters",), number.translate(DIGITS_MEANT)
    if spoken := SPOKEN_BLANK.fullmatch(number):
        return str(int(spoken[1]) + int(spoken[2])), (*slips, "spoken_blank")
    if not BLANKS.search(number):
        return number, slips
    at_end = SENTENCE_END.fullmatch(number)
    number = f"{at_end[1]},{at_end[2]}" if at_end else SPLIT_GROUP.sub("", SPLIT_DECIMALS.sub(r"\1\2", number))
    number = BLANKS.sub(".", BESIDE_MARK.sub(r"\1", number))
    return number, (*slips, "sentence_end" if at_end else "space")


def _scale_after(printed: str, position: int) -> int:
    if scale := SCALE.match(printed, position):
        return LEXICON.scales[folded(scale["scale"])]
    money = MONEY_SCALE.match(printed, position)
    return LEXICON.money_scales[folded(money[1])] if money else 1


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


def meant_form(form: Form, strict: float | None, unit: Unit) -> Form | None:
    """The form as it must have been meant, in strict marks, with the slips that explain it; None without a reading.

    `strict` is what it gives by the rules. Only what the form and the unit themselves settle is undone here.
    """
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
    if len(groups) == 1 and not groups[0].strip("0") and len(groups[0]) > 1:
        return None  # 00 persen is the end of another number
    if len(groups[0]) > 1 and groups[0].startswith("0"):
        shorter = _slip(form, "zero_in_front", (groups[0].lstrip("0") or "0", *groups[1:]), form.marks)
        return _meant_percent(shorter, strict_value(shorter))
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
    if strict is not None and strict == int(strict) and (form.scale == 1 or strict <= MOSTPEOPLE) and not english:
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
    if form is None:
        return None
    strict = strict_value(form)
    meant = meant_form(form, strict, unit)
    value = strict if meant is form else strict_value(meant) if meant is not None else None
    if meant is None or value is None:
        return None
    printed = None if form.slips or "unit_lost" in slips else strict
    return Figure(value, printed, unit, precision_of(meant, value, unit), slips=slips + meant.slips)


def _spoken_figure(body: str, unit: Unit) -> Figure | None:
    match = SPOKEN.match(body.lower())
    spoken = parse_number_words(match[0]) if match else None
    return Figure(spoken.value, spoken.value, unit, spoken.precision) if spoken else None


def _compound_figure(match: re.Match[str], unit: Unit, slips: tuple[str, ...]) -> Figure:
    thousands = int((match["thousands"] or match["only_thousands"]).replace(".", ""))
    ones = match["ones"] or match["last"]
    value = int(match["millions"] or 0) * 1_000_000 + thousands * 1000 + int(ones or 0)
    return Figure(value, value, unit, 1 if ones else 1000, slips=slips)
