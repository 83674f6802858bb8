"""How many claims a day are usual; what that means is told in rules.toml."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.unattended.rules import UsualRule

NORMAL = 1.4826
"""A standard deviation is so many median distances from the median, where values are normally distributed."""
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Usual:
    """What the same weekday brought in earlier `weeks`: the median, and the range that nothing is said about."""

    median: float
    low: int
    high: int
    weeks: int


@dataclass(frozen=True, slots=True)
class DayOfClaims:
    """Claims in the articles that were published on a day; `usual` is None where too few weeks are known."""

    day: dt.date
    claims: int
    usual: Usual | None

    @property
    def is_unusual(self) -> bool:
        """Whether it lies outside the usual range."""
        return self.usual is not None and not self.usual.low <= self.claims <= self.usual.high


def usual_for(day: dt.date, claims: Mapping[dt.date, int], known_from: dt.date, rule: UsualRule) -> Usual | None:
    """The usual range of a day, from `claims` by day (none where a day is missing) of the days since `known_from`."""
    weeks = [day - WEEK * number for number in range(1, rule.weeks + 1)]
    past = [claims.get(earlier, 0) for earlier in weeks if earlier >= known_from]
    if len(past) < rule.at_least_weeks:
        return None
    median = statistics.median(past)
    distance = statistics.median(abs(number - median) for number in past)
    spread = rule.spreads * max(NORMAL * distance, math.sqrt(median))
    return Usual(median, max(0, math.floor(median - spread)), math.ceil(median + spread), len(past))
