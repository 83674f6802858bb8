"""The quote of a claim: the sentence that its figure stands in, as the text has it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.models import Claim
from extract.sentences import split_sentences

LONGEST_CHARS = 1_000
"""A "sentence" beyond this is a text without full stops, and no quotation any more: it is cut into such pieces."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of an article's text that holds at least one claim's figure; offsets in characters."""

    start: int
    end: int


def find_quotes(text: str, claims: Sequence[Claim]) -> list[Quote]:
    """The quote of each claim, in their order; claims of one sentence share one."""
    sentences = split_sentences(text)
    starts = [sentence.start for sentence in sentences]
    ends: dict[int, int] = {}
    begins: list[int] = []
    for claim in claims:
        at = bisect_right(starts, claim.start) - 1
        first, last = (sentences[at].start, sentences[at].end) if at >= 0 else (claim.start, claim.end)
        begin, end = piece(text, first, max(last, claim.end), claim.start)
        begins.append(begin)
        ends[begin] = max(ends.get(begin, 0), end, claim.end)
    return [Quote(begin, ends[begin]) for begin in begins]


def piece(text: str, first: int, last: int, at: int) -> tuple[int, int]:
    """The piece of text[first:last] around `at`: all of it, or what lies between two blanks of a fixed grid."""
    if last - first <= LONGEST_CHARS:
        return first, last
    begin = first + (at - first) // LONGEST_CHARS * LONGEST_CHARS
    return after_blank(text, begin, at) if begin > first else first, min(last, begin + LONGEST_CHARS)


def after_blank(text: str, begin: int, at: int) -> int:
    """The first word that begins after `begin` and not after `at`; `begin` where there is none."""
    blank = text.find(" ", begin, at)
    return blank + 1 if blank >= 0 else begin


def distinct(quotes: Iterable[Quote]) -> list[Quote]:
    """Each quote once, in text order."""
    return sorted(set(quotes), key=lambda quote: quote.start)
