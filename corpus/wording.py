"""Figures, days and readings in words for people, English or Indonesian; the words are in verdicts.toml."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import WordingError
from extract.models import SAID, Approx, Claim, Metric, Modality, Period, Precision, Unit
from extract.wording import Language, load_sentences, number, percent

WORDING = Path(__file__).with_name("verdicts.toml")
MILLION, BILLION = 10**6, 10**9
ROMAN = ("", "I", "II", "III", "IV")


@cache
def load_wording(language: Language, path: Path = WORDING) -> Mapping[str, Mapping[str, Any]]:
    """The words by table and name. Raises WordingError where something is missing in `language`, or no TOML."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WordingError(path.name, "(the whole file)", str(error)) from error
    for name, table in data.items():
        if not isinstance(table, dict) or table.get("en", {}).keys() != table.get("id", {}).keys():
            raise WordingError(path.name, name, "does not say the same in English and Indonesian")
    return {name: table[language] for name, table in data.items()}


def word_figure(value: float, unit: Unit, approx: Approx, language: Language) -> str:
    """A value with its unit and hedge: "about 126,000 people", "sekitar 126.000 jiwa"."""
    words = load_wording(language)
    if unit is Unit.PERCENT:
        bare = percent(value, language)
    elif unit is Unit.IDR and value >= BILLION and value % MILLION == 0:
        bare = words["units"]["IDR_billions"].format(number=number(value / BILLION, language))
    else:
        bare = words["units"][unit.value].format(number=number(value, language))
    return str(words["hedges"][approx.value].format(value=bare))


def word_day(day: dt.date, language: Language) -> str:
    """A day: "1 May 2025", "1 Mei 2025"."""
    words = load_wording(language)["periods"]
    return str(words["date"].format(day=day.day, month=words["months"][day.month - 1], year=day.year))


def word_period(period: Period, language: Language) -> str:
    """As of when: "as of 1 May 2025", "semester II 2024", a range by its ends."""
    words = load_wording(language)["periods"]
    start, precision = period.start, period.precision
    if precision is Precision.RANGE and period.start == period.end:
        precision = Precision.DAY
    part = (start.month - 1) // {Precision.QUARTER: 3, Precision.SEMESTER: 6}.get(precision, 12) + 1
    return str(
        words[precision.value].format(
            day=start.day,
            month=words["months"][start.month - 1],
            year=start.year,
            roman=ROMAN[part],
            start=word_day(period.start, language),
            end=word_day(period.end, language),
        )
    )


def word_metric(claim: Claim, language: Language) -> str:
    """What a claim measures, with the segment: "number of members, wage earners (PPU),"."""
    words = load_wording(language)
    names = {**words["metrics"], **load_sentences(language)["metrics"]}
    what = str(names[claim.metric.value])
    if claim.segment is None:
        return what
    return str(words["reading"]["segment"].format(what=what, segment=words["segments"][claim.segment.value]))


def word_reading(claim: Claim, language: Language) -> str:
    """What a claim is read as, in one line: metric, region, value, modality, as of when, and who says so."""
    words = load_wording(language)
    say = words["reading"]
    place = say["of" if claim.metric is Metric.POPULATION else "in"]
    where = place.format(region=claim.region_name) if claim.region_name else say["nowhere"]
    value = word_figure(claim.value, claim.unit, claim.approx, language)
    parts = [say["line"].format(what=word_metric(claim, language), where=where, value=value)]
    if claim.suspect:
        parts.append(say["unsettled"])
    if claim.modality is not Modality.REPORTED:
        parts.append(words["modalities"][claim.modality.value])
    if claim.as_of is not None and claim.as_of_basis in SAID:
        parts.append(word_period(claim.as_of, language))
    elif claim.modality is Modality.REPORTED:
        parts.append(say["undated"])
    if claim.speaker:
        office = f" ({claim.speaker.role})" if claim.speaker.role else ""
        parts.append(say["said"].format(speaker=claim.speaker.name + office))
    line = ", ".join(parts)
    return line[:1].upper() + line[1:]
