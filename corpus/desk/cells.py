"""CSV as it leaves the desk, its own and Datasette's: no cell that a spreadsheet would run.

Datasette sends a file of any length in pieces that may end anywhere, so it is looked through as it passes.
"""

from __future__ import annotations

import codecs
import re

from corpus.export.spreadsheets import MARK, is_formula

NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
"""That it begins with a sign makes it no formula."""
CELL = re.compile(r'"([^"]*(?:""[^"]*)*)"|[^,"\r\n]+')


def safe_cell(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would run.

    >>> safe_cell("=1+1"), safe_cell("-5.5"), safe_cell("Kota Tual")
    ("'=1+1", '-5.5', 'Kota Tual')
    """
    return MARK + cell if is_formula(cell) and NUMBER.fullmatch(cell) is None else cell


def safe_rows(rows: str) -> str:
    """Whole rows of a CSV file with their cells made safe.

    >>> safe_rows('Tual,"=A1,A2"')
    'Tual,"\\'=A1,A2"'
    """
    return CELL.sub(lambda found: safe_cell(found[0]) if found[1] is None else f'"{safe_cell(found[1])}"', rows)


class SafeCells:
    """Passes on a CSV file in UTF-8, whole rows at a time, with its cells made safe."""

    def __init__(self) -> None:
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.held = ""

    def feed(self, data: bytes, *, is_last: bool) -> bytes:
        """The rows that are whole by now."""
        text = self.held + self.decoder.decode(data, is_last)
        whole, self.held = (text, "") if is_last else split_rows(text)
        return safe_rows(whole).encode()


def split_rows(text: str) -> tuple[str, str]:
    """The whole rows, and what follows the last end of a line that stands in no quotation marks."""
    pieces = text.split('"')
    end = len(text)
    for number in reversed(range(len(pieces))):
        start = end - len(pieces[number])
        place = text.rfind("\n", start, end) if number % 2 == 0 else -1
        if place >= 0:
            return text[: place + 1], text[place + 1 :]
        end = start - 1
    return "", text
