"""Percentages: every one in the text, both ends of a range, digits or words."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from extract.figures.lexicon import alternation, load_figure_lexicon
from extract.figures.read import NO_UNIT, NumberSpan, parse_figure, scan_numbers
from extract.figures.words import SPOKEN
from extract.mentions import text_of
from extract.models import Figure, Mention, MentionKind, Unit

LEXICON = load_figure_lexicon()

# "83persen", "98,77 %", "89,25\npersen", "5 persennya".
PERCENT_TAIL = re.compile(rf"\s?(?:%|{alternation(LEXICON.percent_units)}(?=nya\b|(?![^\W_])))", re.IGNORECASE)
RANGE = re.compile(rf"\s?(?:[-–—:/]|{alternation(LEXICON.range_words)}(?=[\s\d]))\s?(?=\d)", re.IGNORECASE)
LIST = re.compile(r"\s?(?:,\s?dan|,|dan|&)\s(?=\d)")
LIST_OPENER = re.compile(rf"{alternation(LEXICON.list_openers)}\s$", re.IGNORECASE)
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
