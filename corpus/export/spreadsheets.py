"""Text that a spreadsheet would run as a formula, or take for a number or a date, is marked with an apostrophe.

The mark depends on nothing but the text, so that equal cells stay equal and foreign keys match. A text that itself
begins with an apostrophe gets one more: taking off one from every cell that begins with it gives back what was.
"""

from __future__ import annotations

import re

MARK = "'"
RULE = (
    "In columns of text, a cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line "
    "break, or a wide form of these) or would take for a number, date, time or truth value (81.10, 12e45678, "
    "1.303.254, 98,29%) begins with an apostrophe, and so does one that has an apostrophe of its own there. Take one "
    "apostrophe off the front of every cell of text to get the value. Numbers, days, times and lists stand as they "
    "are; the other formats have no marks."
)

# Spreadsheets pass over blanks before the sign; wide forms are folded to it in East Asian settings.
FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠−]")
NUMERIC = re.compile(r"(?:rp\.?|idr|[$€£¥])?(?=\D*\d)[\s\d.,:/\\()'’%e+−-]+(?:[ap]m?|%)?", re.IGNORECASE)
MONTHS = (
    "jan|feb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|nop|nov|des|dec|januari|january|februari|february|maret|"
    "march|april|juni|june|juli|july|agustus|august|september|sept|oktober|october|nopember|november|desember|december"
)
NUMBER = r"\d{1,4}"
DATED = re.compile(rf"(?:{NUMBER}[\s.,/-]*)?(?:{MONTHS})\.?(?:[\s.,/-]*{NUMBER}){{0,2}}(?:\s+[\d:.]+)?", re.IGNORECASE)
TRUTHS = frozenset({"true", "false", "benar", "salah"})


def mark(text: str) -> str:
    """The text as it stands in a CSV file.

    >>> mark("81.10"), mark("=1+1"), mark("Kota Tual"), mark("'t")
    ("'81.10", "'=1+1", 'Kota Tual', "''t")
    """
    return MARK + text if text.startswith(MARK) or is_misread(text) else text


def unmark(cell: str) -> str:
    """The text that a cell of a CSV file stands for."""
    return cell.removeprefix(MARK)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run a cell with this text."""
    return FORMULA.match(text) is not None


def is_misread(text: str) -> bool:
    """Whether a spreadsheet would make something else of a cell with this text."""
    if is_formula(text):
        return True
    bare = text.strip()
    return bool(NUMERIC.fullmatch(bare) or _is_date(bare)) or bare.casefold() in TRUTHS


def _is_date(text: str) -> bool:
    return any(sign.isdigit() for sign in text) and DATED.fullmatch(text) is not None
