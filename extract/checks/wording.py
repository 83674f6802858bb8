"""Numbers in words for people: English and Indonesian marks."""

from __future__ import annotations

from typing import Literal

from extract.models import Claim, Unit

Language = Literal["en", "id"]


def number(value: float, language: Language = "en") -> str:
    """A count with its groups: 126,000 in English, 126.000 in Indonesian; decimals only where it has some."""
    written = f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:,.3f}".rstrip("0")
    return written if language == "en" else _swap(written)


def percent(value: float, language: Language = "en", decimals: int | None = None) -> str:
    """A percentage: 98.29% in English, 98,29 persen in Indonesian; without `decimals` two at most, none for nothing."""
    written = f"{value:,.2f}".rstrip("0").rstrip(".") if decimals is None else f"{value:,.{decimals}f}"
    return f"{written}%" if language == "en" else f"{_swap(written)} persen"


def shown(claim: Claim, language: Language) -> str:
    """A claim's value as its unit is written."""
    return percent(claim.value, language) if claim.unit is Unit.PERCENT else number(claim.value, language)


def _swap(written: str) -> str:
    return written.translate(str.maketrans(",.", ".,"))
