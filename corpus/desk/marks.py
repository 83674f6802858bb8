"""A stretch of text cut into pieces, so that a template can mark what was found in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST_CHARS = 2_500
"""Of a paragraph; of a longer one the stretch around the figure is shown."""
KINDS = ("percent", "count", "date", "region", "speaker")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something found at text[start:end]: what kind of thing, what it is, and whether the page is about it."""

    start: int
    end: int
    kind: str
    label: str = ""
    focus: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text; `kind` is empty where nothing is marked."""

    text: str
    kind: str = ""
    label: str = ""
    focus: bool = False


def paragraph_around(text: str, start: int, end: int) -> tuple[int, int]:
    """First and last character of the paragraph in which text[start:end] stands, or of a stretch around it."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first > LONGEST_CHARS:
        first, last = max(first, start - LONGEST_CHARS // 2), min(last, end + LONGEST_CHARS // 2)
    return first, last


def cut(text: str, first: int, last: int, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """text[first:last] in pieces. Of marks that overlap the one in focus wins, then the first, then the longest."""
    pieces: list[Piece] = []
    position = first
    for mark in choose([mark for mark in marks if first <= mark.start < mark.end <= last]):
        if position < mark.start:
            pieces.append(Piece(text[position : mark.start]))
        pieces.append(Piece(text[mark.start : mark.end], mark.kind, mark.label, mark.focus))
        position = mark.end
    if position < last:
        pieces.append(Piece(text[position:last]))
    return tuple(pieces)


def choose(marks: Sequence[Mark]) -> list[Mark]:
    """Those marks that do not overlap a better one, in text order."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (not mark.focus, mark.start, -mark.end)):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)


def kinds_in(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """The kinds that are marked, in the order of the legend."""
    found = {piece.kind for piece in pieces}
    return tuple(kind for kind in KINDS if kind in found)
