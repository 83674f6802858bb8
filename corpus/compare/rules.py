"""The thresholds, cues and limits of comparing, read from compare.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import RulesError
from extract.models import Metric

RULES = Path(__file__).with_name("compare.toml")


@dataclass(frozen=True, slots=True)
class CopyRule:
    """When two texts are copies: alike by `similarity`, with `figures` shared that are `share` of the fewer."""

    id: str
    similarity: float
    figures: int
    share: float


@dataclass(frozen=True, slots=True)
class CopyRules:
    """How texts are compared; see compare.toml for what each number is and why."""

    shingle_words: int
    permutations: int
    bands: int
    least_words: int
    window_days: int
    telling_digits: int
    rules: tuple[CopyRule, ...]

    @property
    def lowest(self) -> float:
        """The similarity below which nothing is a copy."""
        return min(rule.similarity for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Wire:
    """Whoever texts are credited to, and how the credit looks at the beginning, at the end or anywhere."""

    name: str
    outlets: tuple[str, ...]
    lead: tuple[re.Pattern[str], ...]
    tail: tuple[re.Pattern[str], ...]
    anywhere: tuple[re.Pattern[str], ...]
    is_source: bool


@dataclass(frozen=True, slots=True)
class ScaleRule:
    """Counts of these metrics are never this many times what they were, within `play` of it."""

    id: str
    metrics: frozenset[Metric]
    factors: tuple[float, ...]
    play: float


@dataclass(frozen=True, slots=True)
class Pace:
    """Percentage points that a rate may move at once, and for each day more."""

    at_once: float
    a_day: float

    def within(self, days: float) -> float:
        return self.at_once + self.a_day * days


@dataclass(frozen=True, slots=True)
class RateRule:
    """How far rates of these metrics move."""

    id: str
    metrics: frozenset[Metric]
    up: Pace
    down: Pace


@dataclass(frozen=True, slots=True)
class JumpRules:
    """What no population could make; shares are of the population, or of what was there before."""

    undated_years: float
    scale: tuple[ScaleRule, ...]
    population: str
    members: str
    members_metrics: frozenset[Metric]
    most_of_population: float
    loss: str
    loss_metrics: frozenset[Metric]
    least_kept: float
    rates: tuple[RateRule, ...]


@dataclass(frozen=True, slots=True)
class TotalRule:
    """What a count of these metrics must come to, as a share of the population, to be the whole region's."""

    metrics: frozenset[Metric]
    of_population: float


@dataclass(frozen=True, slots=True)
class PeopleRules:
    """Short forms of names and offices, as they are compared."""

    letters_for_slip: int
    names: Mapping[str, str]
    offices: Mapping[str, str]
    office_fillers: frozenset[str]
    national: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All of compare.toml."""

    copies: CopyRules
    wires: tuple[Wire, ...]
    contradicting: frozenset[Metric]
    totals: tuple[TotalRule, ...]
    jumps: JumpRules
    people: PeopleRules

    @property
    def sources(self) -> frozenset[str]:
        """Credits that name one source."""
        return frozenset(wire.name for wire in self.wires if wire.is_source)


@cache
def load_rules(path: Path = RULES) -> Rules:
    """The rules. Raises RulesError, naming the entry, where something is missing or no TOML."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError("the whole file", str(error)) from error
    readers: Mapping[str, Callable[[Any], object]] = {
        "copies": _read_copies,
        "wires": _read_wires,
        "contradictions": lambda entry: _metrics(entry["metrics"]),
        "totals": _read_totals,
        "jumps": _read_jumps,
        "people": _read_people,
    }
    parts: dict[str, Any] = {}
    for name, read in readers.items():
        try:
            parts[name] = read(data[name])
        except KeyError as error:
            raise RulesError(name, f"has no {error}") from error
        except (TypeError, ValueError, re.error) as error:
            raise RulesError(name, str(error)) from error
    return Rules(
        parts["copies"], parts["wires"], parts["contradictions"], parts["totals"], parts["jumps"], parts["people"]
    )


def _metrics(names: list[str]) -> frozenset[Metric]:
    return frozenset(map(Metric, names))


def _read_copies(entry: dict[str, Any]) -> CopyRules:
    rules = tuple(
        CopyRule(rule["id"], float(rule["similarity"]), int(rule["figures"]), float(rule["share"]))
        for rule in entry["rules"]
    )
    names = ("shingle_words", "permutations", "bands", "least_words", "window_days", "telling_digits")
    numbers: dict[str, int] = {name: int(entry[name]) for name in names}
    copies = CopyRules(**numbers, rules=rules)
    if copies.permutations % copies.bands:
        raise ValueError(f"{copies.permutations} permutations cannot be cut into {copies.bands} bands")
    return copies


def _read_wires(entries: list[dict[str, Any]]) -> tuple[Wire, ...]:
    return tuple(_read_wire(entry) for entry in entries)


def _read_wire(entry: dict[str, Any]) -> Wire:
    lead, tail, anywhere = (tuple(map(re.compile, entry.get(place, ()))) for place in ("lead", "tail", "anywhere"))
    return Wire(entry["name"], tuple(entry.get("outlets", ())), lead, tail, anywhere, bool(entry["is_source"]))


def _read_totals(entries: list[dict[str, Any]]) -> tuple[TotalRule, ...]:
    return tuple(TotalRule(_metrics(entry["metrics"]), float(entry["of_population"])) for entry in entries)


def _read_jumps(entry: dict[str, Any]) -> JumpRules:
    members, loss = entry["members"], entry["loss"]
    return JumpRules(
        undated_years=float(entry["undated_years"]),
        scale=tuple(
            ScaleRule(rule["id"], _metrics(rule["metrics"]), tuple(map(float, rule["factors"])), float(rule["play"]))
            for rule in entry["scale"]
        ),
        population=entry["population"]["id"],
        members=members["id"],
        members_metrics=_metrics(members["metrics"]),
        most_of_population=float(members["most_of_population"]),
        loss=loss["id"],
        loss_metrics=_metrics(loss["metrics"]),
        least_kept=float(loss["least_kept"]),
        rates=tuple(
            RateRule(rule["id"], _metrics(rule["metrics"]), Pace(**rule["up"]), Pace(**rule["down"]))
            for rule in entry["rates"]
        ),
    )


def _read_people(entry: dict[str, Any]) -> PeopleRules:
    return PeopleRules(
        letters_for_slip=int(entry["letters_for_slip"]),
        names=entry["names"],
        offices=entry["offices"],
        office_fillers=frozenset(entry["office_fillers"]["words"]),
        national=tuple(entry["national"]["starts"]),
    )
