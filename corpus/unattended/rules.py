"""The rules by which something is wrong, read from rules.toml: thresholds, words, and what is usual."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError

FILE = Path(__file__).with_name("rules.toml")


class AlarmRulesError(CorpusError):
    """A rule of alarms is broken or unknown; says which and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of alarm. `sentence` and `advice` have {names} of facts; `threshold` is in `unit`, None without one."""

    id: str
    sentence: str
    advice: str
    threshold: float | None = None
    unit: str | None = None
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class UsualRule:
    """What is usual for a weekday: over so many weeks, so many spreads either side of the median."""

    weeks: int
    at_least_weeks: int
    spreads: float


@dataclass(frozen=True, slots=True)
class Shown:
    """How far back a status looks."""

    runs: int
    days: int
    latest_pages: int
    asked_within_days: int


@dataclass(frozen=True, slots=True)
class Rules:
    """All of rules.toml."""

    alarms: Mapping[str, Rule]
    usual: UsualRule
    shown: Shown

    def with_thresholds(self, given: Mapping[str, float], source: str) -> Rules:
        """The same with other thresholds, by rule; raises AlarmRulesError for a rule that has none."""
        alarms = dict(self.alarms)
        for name, threshold in given.items():
            if name not in alarms or alarms[name].threshold is None:
                known = ", ".join(rule.id for rule in self.alarms.values() if rule.threshold is not None)
                raise AlarmRulesError(f"{source}: no alarm {name!r} has a threshold; these have one: {known}")
            alarms[name] = replace(alarms[name], threshold=threshold)
        return replace(self, alarms=alarms)


@functools.cache
def load_rules(file: Path = FILE) -> Rules:
    """The rules that come with cakupan; raises AlarmRulesError where the file is broken."""
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
        return Rules(
            alarms={name: parse_rule(name, entry) for name, entry in document["alarms"].items()},
            usual=UsualRule(**document["usual"]),
            shown=Shown(**document["shown"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as problem:
        raise AlarmRulesError(f"{file.name} is broken: {problem}") from problem


def parse_rule(name: str, entry: Mapping[str, Any]) -> Rule:
    """One table of the file; raises AlarmRulesError where a threshold has no unit."""
    rule = Rule(name, **entry)
    if (rule.threshold is None) != (rule.unit is None):
        raise AlarmRulesError(f"{FILE.name}, {name}: a threshold and its unit belong together")
    return rule
