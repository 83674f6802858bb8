"""Where numbers written in digits stand in a text, garbled ones too: `789. 506`, `l29.000`, `101, 00`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.figures.lexicon import alternation, load_figure_lexicon

LEXICON = load_figure_lexicon()

BLANK = "[ \u00a0]"
LETTER = "lIOo"  # typed, or read by a scanner, for 1 and 0
_DIGIT = rf"[\d{LETTER}]"
_PEOPLE = r"(?:jiwa|orang|peserta|penduduk|warga|masyarakat|pekerja|karyawan)"
_END = r"(?!\d|[.,]\d)"
_OF_PEOPLE = rf"{_END}(?={BLANK}?{_PEOPLE})"
_PERCENT = rf"(?={BLANK}?(?:%|persen\b))"

_CORE = r"\d+(?:[.,]{1,2}\d+)*"
_LEADING_LETTER = rf"""(?:(?<!\w)|(?<=Rp))[lIO]
    (?=[\d{LETTER}]{{0,2}}[.,]{BLANK}?\d{{3}}|[.,]\d{{1,2}}{BLANK}?(?:%|persen\b)|[\d{LETTER}]*\d[\d{LETTER}.,]{{0,3}}{BLANK}?(?:%|persen\b))\d*(?:[.,]\d+)*"""
# A number's digits and marks; the longer, garbled forms are tried first where one could begin.
CORE = re.compile(rf"{_LEADING_LETTER}|{_CORE}", re.VERBOSE)

# Trillions have four of them. Without a bound a page of groups of three would be run through anew from each of them.
GROUPS, GROUPS_OR_NONE = "{1,6}", "{0,6}"

FORMS = (
    # a blank beside a mark, or for it, before a word for people or a scale: 789. 506 jiwa, 2. 37885 peserta
    rf"{_DIGIT}{{1,3}}(?:[.,]{_DIGIT}{{3}}){GROUPS_OR_NONE}(?:{BLANK}?\.{BLANK}?{_DIGIT}{{3}}){GROUPS}(?!{_DIGIT}|[.,]\d)"
    rf"(?={BLANK}?{_PEOPLE}|{BLANK}?(?:ribu|juta)\b)",
    rf"\d{{1,3}}(?:{BLANK}\.{BLANK}?|\.{BLANK})\d{{4,6}}{_OF_PEOPLE}",
    # 1. 122.008: no sentence opens with a number in digits
    rf"\d{{1,3}}\.{BLANK}\d{{3}}(?:\.\d{{3}}){GROUPS}{_END}",
    # 406. 068: no sentence opens with a zero
    rf"\d{{1,3}}(?:[.,]\d{{3}}){GROUPS_OR_NONE}\.{BLANK}0\d\d{_END}",
    # 1.708 552; without a mark only of people: 1 708 552 jiwa, 2 424.668 jiwa
    rf"\d{{1,3}}(?:[.,]\d{{3}}){GROUPS}{BLANK}\d{{3}}{_END}",
    rf"\d{{1,3}}(?:{BLANK}\d{{3}}){GROUPS}{_OF_PEOPLE}",
    rf"\d{{1,3}}{BLANK}\d{{3}}(?:[.,]\d{{3}}){GROUPS}{_OF_PEOPLE}",
    # a blank within a group: 159.8 73 jiwa, 147.67 5 jiwa, 1 59.873 jiwa
    rf"\d{{1,3}}(?:[.,]\d{{3}}){GROUPS_OR_NONE}[.,](?:\d{BLANK}\d\d|\d\d{BLANK}\d)(?:\.\d{{3}}){GROUPS_OR_NONE}{_OF_PEOPLE}",
    rf"(?:\d{BLANK}\d\d?|\d\d{BLANK}\d)(?:\.\d{{3}}){GROUPS}{_OF_PEOPLE}",
    # the English mark and a blank: 168, 850 jiwa; 2,076, 173 jiwa
    rf"\d{{1,3}}(?:[.,]\d{{3}}){GROUPS_OR_NONE},{BLANK}\d{{3}}(?:,\d{{3}}){GROUPS_OR_NONE}{_OF_PEOPLE}",
    # percentages: 101, 00%; 98 ,29 persen; 2, ,98 persen; 95.7 7 persen; 98 72 persen; 66. 79 persen
    rf"\d,{BLANK}\d\d?{_PERCENT}",
    rf"(?:(?:0|\d{{2,3}}),{BLANK}|\d{{1,3}}{BLANK}[.,]{BLANK}?\d?|\d{{1,3}},{BLANK},{BLANK}?)\d{{1,2}}(?:,\d{{1,2}})?{_PERCENT}",
    rf"\d{{1,3}}[.,]\d{BLANK}\d{_PERCENT}",
    rf"(?:\d\d{BLANK}\d\d|1?\d?\d\.{BLANK}\d\d?){_PERCENT}",
    # letters in a percentage: 9O,12 persen, l00 persen
    rf"(?=[\d.,]{{0,6}}[{LETTER}])(?=[{LETTER}.,]{{0,6}}\d){_DIGIT}{{1,3}}(?:[.,]{_DIGIT}{{1,2}})?{_PERCENT}",
    rf"\d{{1,3}},{BLANK}\d(?={BLANK}juta{BLANK}{_PEOPLE})",  # 7, 9 juta jiwa
    rf"\d{{1,3}}{BLANK}koma{BLANK}\d{{1,3}}(?=\s(?:persen|ribu|juta)\b)",  # 98 koma 29 persen
    rf"[1-9]00{BLANK}\d{{1,2}}(?={BLANK}(?:ribu|juta)\b)",  # 200 44 ribu, as it was spoken
    rf"{_DIGIT}{{1,3}}(?:[.,]{_DIGIT}{{3}}){GROUPS}(?!\w)",  # l29.000, 36O.000
)
GARBLED = re.compile("|".join(FORMS))
# What a garbled form goes on with after its first digits; asked first because it is cheap.
MAY_GO_ON = re.compile(rf"(?:{BLANK}?[.,]){{0,2}}{BLANK}?[\d{LETTER}]|{BLANK}koma")
# "622ribu", "40-an ribu", "2,1 jutaan"
SCALE = re.compile(
    rf"(?:-?an(?=\s))?\s?-?(?P<scale>{alternation(LEXICON.scales)})(?P<an>\s?-?an)?(?![^\W\d_])", re.IGNORECASE
)
# "2 juta 163 ribu 388 jiwa": parts in falling order, the last one only where a noun follows.
COMPOUND = re.compile(
    rf"""(?P<millions>\d{{1,3}}){BLANK}?juta{BLANK}(?P<thousands>\d{{1,3}}){BLANK}?ribu(?:{BLANK}(?P<ones>\d{{1,3}})(?={BLANK}{_PEOPLE}))?
    | (?P<only_thousands>\d{{1,3}}(?:\.\d{{3}})?){BLANK}?ribu{BLANK}(?P<last>\d{{1,3}})(?={BLANK}{_PEOPLE})""",
    re.VERBOSE | re.IGNORECASE,
)
WITH_BLANK = re.compile(BLANK)
LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+-?)[\s.]{0,2}$")
ITEM = re.compile(rf"\d{{1,2}}\.{BLANK}")
AFTER_NUMBER = re.compile(r"(?<!(?<!\d)(?:19|20)\d\d)(?<=\d), $")


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
        if garbled and garbled.end() > end and not (WITH_BLANK.search(garbled[0]) and is_apart(text, start)):
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
    """Whether a mark or blank behind the number at `start` ends it, because it is one of a list or a label.

    "70, 80, 90 persen" are three, a year before is none of them; "peserta kelas 1, 25 persen" has no 1,25; a line that
    opens with "1. 122.008 jiwa" is the first of a list.
    """
    if (start == 0 or text[start - 1] == "\n") and ITEM.match(text, start):
        return True
    if AFTER_NUMBER.search(text, max(0, start - 7), start):
        return True
    label = LAST_WORD.search(text, max(0, start - 16), start)
    return label is not None and label[1].lower() in LEXICON.before_label
