"""Percentages: every one in the text, both ends of a range, digits or words."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from extract.figures.lexicon import alternation, load_figure_lexicon
from extract.figures.read import NO_UNIT, parse_figure
from extract.figures.scan import NumberSpan, scan_numbers
from extract.figures.words import SPOKEN
from extract.mentions import text_of
from extract.models import Figure, Mention, MentionKind, Unit

LEXICON = load_figure_lexicon()

# "83persen", "98,77 %", "89,25\npersen", "5 persennya", "77-an persen", "74 koma sekian persen".
PERCENT_TAIL = re.compile(
    rf"(?:\s?-?an\b|\skoma\ssekian)?\s?(?:%|{alternation(LEXICON.percent_units)}(?=nya\b|(?![^\W_])))", re.IGNORECASE
)
RANGE = re.compile(rf"\s?(?:[-–—:/]|{alternation(LEXICON.range_words)}(?=[\s\d]))\s?(?=\d)", re.IGNORECASE)
LIST = re.compile(r"\s?(?:,\s?dan|,|dan|&)\s(?=\d)")
LIST_OPENER = re.compile(rf"{alternation(LEXICON.list_openers)}\s$", re.IGNORECASE)
DECIMALS = re.compile(r"1?\d\d,\d\d?")
_NOUN = r"(?:jiwa|orang|peserta|penduduk|warga)"
BRACKET_OF_PEOPLE = re.compile(rf"\d\s{_NOUN}\s?\($")
UP_FROM = re.compile(r"(?:%|persen)\s(?:menjadi|ke|hingga)\s$")
RESTATED = re.compile(r"\b(?:atau|setara|sebesar|sekitar)\s$")
# "keaktifan peserta JKN menyentuh 88,14.", "persentase kepesertaan: 85,90", with a name or a blank between.
TOLD_IN_PERCENT = re.compile(
    rf"\b{alternation(LEXICON.told_in_percent)}(?:\s(?-i:[A-Z])[^\W\d_]*|\s{alternation(LEXICON.reached)}){{0,10}}\s?:?\s$",
    re.IGNORECASE,
)
NO_SHARE = re.compile(
    rf"\s?(?:dari\s\d+\s)?(?:{alternation((*LEXICON.not_in_percent, *LEXICON.scales))}|{_NOUN})\b", re.IGNORECASE
)
OF_PEOPLE = re.compile(rf"\sdari\s(?:(?:total|jumlah|seluruh|sekitar)\s){{0,2}}\d[\d.]*\s{_NOUN}\b")
# Between two figures of a list of names: ", Kota Palu baru ", " dan Palopo ", "), kita sudah "; then it ends there.
_INDICES = alternation(LEXICON.indices)
_LISTED = alternation((*LEXICON.list_words, *LEXICON.reached))
NAMES = re.compile(
    rf"\)?(?:[,;]|,?\s{alternation(LEXICON.list_words)})(?:\s(?!{_INDICES}\b)(?:(?-i:[A-Z])[^\W\d_]*|{_LISTED})){{0,6}}\s?:?\s",
    re.IGNORECASE,
)
_NO_PERCENT = alternation((*LEXICON.not_in_percent, *LEXICON.scales))
ITEM_END = re.compile(rf"(?=[,;.)]?(?:\s|$))(?!\s?(?:{_NO_PERCENT}|{_NOUN})\b)", re.IGNORECASE)
# A number of four digits or in groups before a dash is a year or a count, not the low end of a share.
SHARE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")


def find_percents(doc: Doc) -> tuple[Mention[Figure], ...]:
    """Every percentage of `doc`, in text order: the figure with its unit, the first end of a range without."""
    return find_percents_in(text_of(doc))


def find_percents_in(text: str) -> tuple[Mention[Figure], ...]:
    """The same for plain text."""
    numbers = scan_numbers(text)
    found: list[Mention[Figure]] = []
    for position, number in enumerate(numbers):
        if number.scaled:
            continue
        if tail := PERCENT_TAIL.match(text, number.end):
            found.extend(_shared_unit(text, numbers, position))
            rule = "percent.words" if LEXICON.comma in text[number.start : number.end] else "percent.plain"
            found.append(_mention(text, number.start, tail.end(), rule))
        elif lost := NO_UNIT.match(text, number.start):
            found.append(_mention(text, *lost.span(), "percent.unit_lost"))
        elif lost_unit(text, number):
            found.append(_mention(text, number.start, number.end, "percent.unit_lost"))
        elif found and _listed_with(text, numbers[position - 1], number, found[-1]):
            found.append(_mention(text, number.start, number.end, "percent.unit_shared"))
    found.extend(_spoken(text, found))
    return tuple(sorted(found, key=lambda mention: mention.start))


def _mention(text: str, start: int, end: int, rule: str) -> Mention[Figure]:
    raw = text[start:end]
    return Mention(MentionKind.PERCENT, start, end, raw, parse_figure(raw, Unit.PERCENT), rule)


def _shared_unit(text: str, numbers: tuple[NumberSpan, ...], last: int) -> list[Mention[Figure]]:
    """The numbers before `last` that share its unit: the low end of a range, or a list after "antara"."""
    shared: list[NumberSpan] = []
    position = last
    while position > 0:
        before, after = numbers[position - 1], numbers[position]
        between = text[before.end : after.start]
        if len(between) > 16 or before.scaled or not SHARE.fullmatch(text, before.start, before.end):
            break
        if not shared and _joins(RANGE, text, before.end, after.start):
            return [] if _in_date(text, before) else [_mention(text, before.start, before.end, "percent.range")]
        if not _joins(LIST, text, before.end, after.start):
            break
        shared.append(before)
        position -= 1
    if shared and LIST_OPENER.search(text, max(0, shared[-1].start - 20), shared[-1].start):
        return [_mention(text, number.start, number.end, "percent.range") for number in reversed(shared)]
    return []


def _listed_with(text: str, before: NumberSpan, number: NumberSpan, last: Mention[Figure]) -> bool:
    """Whether a number with decimals is the next of a list of names whose unit was told with the one before.

    "Metro 97,1 persen, Palu 96,4, dan Palopo 95,05", "syaratnya 95 persen, kita baru 85,4."
    """
    return (
        before.start == last.start
        and DECIMALS.fullmatch(text, number.start, number.end) is not None
        and _joins(NAMES, text, last.end, number.start)
        and ITEM_END.match(text, number.end) is not None
    )


def lost_unit(text: str, number: NumberSpan) -> bool:
    """Whether a number with decimals can only be a share of the people beside it.

    "240.013 jiwa (87,78)", "atau 87,78 dari 273.413 penduduk", "naik dari 85,46 persen menjadi 87,78",
    "cakupannya 87,78".
    """
    if not DECIMALS.fullmatch(text, number.start, number.end):
        return False
    before = text[max(0, number.start - 80) : number.start]
    if BRACKET_OF_PEOPLE.search(before):
        return text[number.end : number.end + 1] == ")"
    if UP_FROM.search(before):
        return not re.match(r"\s?[^\W\d_]*\s?(?:juta|ribu|jiwa|orang)", text[number.end : number.end + 12])
    if TOLD_IN_PERCENT.search(before):
        return not NO_SHARE.match(text, number.end)
    return bool(RESTATED.search(before)) and bool(OF_PEOPLE.match(text, number.end))


def _joins(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    match = pattern.match(text, start)
    return match is not None and match.end() == end


def _in_date(text: str, number: NumberSpan) -> bool:
    """Whether the number is the tail of a date or time: "(6/5)-98 persen" has no share of 5."""
    return number.start > 1 and text[number.start - 1] in "/:" and text[number.start - 2].isdigit()


def _spoken(text: str, found: list[Mention[Figure]]) -> list[Mention[Figure]]:
    """Percentages in words: "hampir seratus persen", "98 koma 29 persen"."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose lower case is longer would move every offset
        lowered = text
    spoken = []
    for match in SPOKEN.finditer(lowered):
        tail = PERCENT_TAIL.match(text, match.end())
        if tail:
            spoken.append(_mention(text, match.start(), tail.end(), "percent.words"))
    return spoken
