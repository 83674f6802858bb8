"""What charts are made of, and what comes out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.wording import load_wording, word_day
from extract.models import Metric, Modality
from extract.wording import Language, number

WORDS = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest reported coverage of one province. `code` is Kemendagri's, `value` in percent."""

    code: str
    value: float
    day: dt.date
    claim_id: str
    outlet: str


@dataclass(frozen=True, slots=True)
class Point:
    """One claim as a point of a history: `value` in percent, as of `day`."""

    claim_id: str
    day: dt.date
    metric: Metric
    modality: Modality
    value: float
    outlet: str
    suspect: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table under a chart; `href` is a path of the desk, or empty."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and the same numbers as a table.

    `svg` is one <svg> element to be put into a page as it is: whatever came from articles is escaped in it, and it
    holds no script, no style attribute and nothing that is fetched.
    """

    svg: str
    title: str
    headings: tuple[str, ...]
    table: tuple[tuple[Cell, ...], ...]


@cache
def words(language: Language) -> dict[str, dict[str, Any]]:
    """The words of the charts by group and name. Raises WordingError where one is missing in `language`."""
    return {group: dict(table) for group, table in load_wording(language, WORDS).items()}


def word_value(value: float, language: Language) -> str:
    """A percentage without its sign, to two decimals at most: "98.29", "98,29"."""
    return number(round(value, 2), language)


def word_rate(value: float, language: Language) -> str:
    """A percentage as charts print it: "98.29%", "98,29%"."""
    return f"{word_value(value, language)}%"


def word_point(point: Point, language: Language) -> str:
    """A point in words, for who hovers over it or hears it read: what, how much, when, by whom, and its doubts."""
    said = words(language)
    sentence: str = said["point"]["suspect" if point.suspect else "sound"]
    return sentence.format(
        metric=said["metrics"][point.metric.value],
        modality=said["modalities"][point.modality.value],
        value=word_rate(point.value, language),
        day=word_day(point.day, language),
        outlet=point.outlet,
    )
