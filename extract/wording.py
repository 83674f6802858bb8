"""What checks and witnesses tell people: numbers in English and Indonesian marks, and lexicon/checks.toml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from extract.errors import LexiconError
from extract.models import Claim, Unit
from extract.toml_files import read_toml

Language = Literal["en", "id"]
FILE = "checks.toml"

Told = str | float | tuple[float, Unit]
"""What a sentence tells: words, a number, or a value that is written as its unit is."""
Fill = Mapping[str, Told]
"""What stands in the places of a sentence."""


def number(value: float, language: Language = "en") -> str:
    """A count with its groups: 126,000 in English, 126.000 in Indonesian; decimals only where it has some."""
    written = f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:,.3f}".rstrip("0")
    return written if language == "en" else _swap(written)


def percent(value: float, language: Language = "en", decimals: int | None = None) -> str:
    """A percentage: 98.29% in English, 98,29 persen in Indonesian.

    Without `decimals` two at most, or three where it has no more than these: so 9,612 persen was printed.
    """
    most = 3 if value == round(value, 3) else 2
    written = f"{value:,.{most}f}".rstrip("0").rstrip(".") if decimals is None else f"{value:,.{decimals}f}"
    return f"{written}%" if language == "en" else f"{_swap(written)} persen"


def shown(claim: Claim, language: Language) -> str:
    """A claim's value as its unit is written."""
    return in_words((claim.value, claim.unit), language)


def in_words(told: Told, language: Language) -> str:
    """What stands in a sentence for `told`."""
    if isinstance(told, str):
        return told
    value, unit = told if isinstance(told, tuple) else (told, None)
    return percent(value, language) if unit is Unit.PERCENT else number(value, language)


def _swap(written: str) -> str:
    return written.translate(str.maketrans(",.", ".,"))


@cache
def load_sentences(language: Language) -> Mapping[str, Mapping[str, Any]]:
    """The checks' sentences by check and verdict. Raises LexiconError where one is missing in `language`."""
    data = read_toml(f"lexicon/{FILE}")
    for name, table in data.items():
        if table.get("en", {}).keys() != table.get("id", {}).keys():
            raise LexiconError(FILE, name, "does not say the same in English and Indonesian")
    return {name: table[language] for name, table in data.items()}
