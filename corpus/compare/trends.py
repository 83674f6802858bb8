"""Histories of one measure, and the steps in them that no population could make: pure functions of claims."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.compare.contradictions import age
from corpus.compare.rules import JumpRules, Rules
from corpus.compare.told import Told
from extract.models import Approx, Metric, Region, Unit
from extract.repair.arithmetic import DECLINE, GROWTH, PLAY, Interval, population_at

DAYS_OF_YEAR = 365.25

Lookup = Callable[[str], Region | None]


@dataclass(frozen=True, slots=True)
class Jump:
    """A step from one claim to a later one; `allowed` is the farthest that it could go, `got` how far it goes.

    Both are in the claims' unit, below 0 for a fall.
    """

    earlier: Told
    later: Told
    rule: str
    allowed: float
    got: float


def newest_first(claims: Sequence[Told]) -> list[list[Told]]:
    """The claims of each day, the newest day first; those of no known day are left out."""
    days: dict[dt.date, list[Told]] = defaultdict(list)
    for told in claims:
        if told.day is not None:
            days[told.day].append(told)
    return [days[day] for day in sorted(days, reverse=True)]


def most_told(claims: Sequence[Told]) -> Told:
    """Whom to believe of one day: whom fewest checks speak against; of these, what most texts tell.

    Then what a check bears out, the dated, those without a hedge, the most exact, the largest, the first published.
    """
    texts: dict[float, set[str]] = defaultdict(set)
    for told in claims:
        texts[told.value].add(told.text_id)

    def doubt(told: Told) -> tuple[object, ...]:
        known = (not told.borne_out, not told.is_dated, told.approx is not Approx.EXACT, told.precision)
        return (told.objections, -len(texts[told.value]), *known, -told.value, age(told))

    return min(claims, key=doubt)


def totals(claims: Sequence[Told], lookup: Lookup, rules: Rules) -> list[Told]:
    """The claims that can be of the whole region: "3 peserta mendapat hadiah" is of no region, whatever it is read as.

    A count of what all inhabitants have must be at least the share of them that compare.toml tells, and members no more
    than can be. All are left where the population is not known.
    """
    return [told for told in claims if _can_be_total(told, lookup, rules)]


def _can_be_total(told: Told, lookup: Lookup, rules: Rules) -> bool:
    least = next((rule.of_population for rule in rules.totals if told.metric in rule.metrics), None)
    region = lookup(told.region) if told.region else None
    if least is None or region is None:
        return True
    people = population_at(region, told.day.year if told.day else None)
    if people is None:
        return True
    most = rules.jumps.most_of_population if told.metric in rules.jumps.members_metrics else math.inf
    return told.interval.meets(Interval(least * people.low, most * people.high))


def newest(claims: Sequence[Told]) -> Told | None:
    """The claim of the newest day; among equals one that the text dates, and then the most credible one."""
    days = newest_first(claims)
    if not days:
        return None
    dated = [told for told in days[0] if told.is_dated]
    return most_told(dated or days[0])


def agreeing(claims: Sequence[Told], chosen: Told) -> list[Told]:
    """The claims of the same day that may tell the same value."""
    return [told for told in claims if told.day == chosen.day and told.interval.meets(chosen.interval)]


def find_jumps(claims: Sequence[Told], lookup: Lookup, rules: Rules) -> Iterator[Jump]:
    """The impossible steps in the history of one measure of one region, from each day to the next that has a figure.

    Each value of a day is held against the most credible one of the day before.
    """
    days = newest_first(claims)[::-1]
    for before, after in pairwise(days):
        earlier = most_told(totals(before, lookup, rules) or before)
        values: dict[float, list[Told]] = defaultdict(list)
        for told in after:
            values[told.value].append(told)
        for _, same in sorted(values.items()):
            jump = find_jump(earlier, most_told(same), lookup, rules.jumps)
            if jump is not None:
                yield jump


def find_jump(earlier: Told, later: Told, lookup: Lookup, rules: JumpRules) -> Jump | None:
    """The step from one claim to a later one, if it is beyond all that could be."""
    if earlier.interval.meets(later.interval) or earlier.day is None or later.day is None:
        return None
    if later.unit is Unit.PERCENT:
        return _rate_jump(earlier, later, (later.day - earlier.day).days, rules)
    if later.unit is not Unit.PEOPLE:
        return None
    years = (later.day - earlier.day).days / DAYS_OF_YEAR
    if not (earlier.is_dated and later.is_dated):
        years += rules.undated_years
    if later.metric is Metric.POPULATION:
        limit = _moved(earlier, later, years)
        if limit is not None:
            return _jump(earlier, later, _scale_rule(earlier, later, rules) or rules.population, limit)
    scale = _scale_rule(earlier, later, rules)
    if scale is not None:
        return _jump(earlier, later, scale, _moved(earlier, later, years) or earlier.value)
    region = lookup(later.region) if later.region else None
    people = population_at(region, later.day.year) if region else None
    if later.metric in rules.members_metrics and people is not None:
        most = people.high * rules.most_of_population
        if later.interval.low > most >= earlier.interval.low:
            return _jump(earlier, later, rules.members, most)
    kept = earlier.interval.low * rules.least_kept
    if later.metric in rules.loss_metrics and later.interval.high < kept:
        return _jump(earlier, later, rules.loss, earlier.value * rules.least_kept)
    return None


def _jump(earlier: Told, later: Told, rule: str, limit: float) -> Jump:
    return Jump(earlier, later, rule, round(limit - earlier.value, 4), round(later.value - earlier.value, 4))


def _rate_jump(earlier: Told, later: Told, days: int, rules: JumpRules) -> Jump | None:
    if not (earlier.is_dated and later.is_dated):
        return None
    for rule in rules.rates:
        if later.metric not in rule.metrics:
            continue
        rise, fall = rule.up.within(days), rule.down.within(days)
        if later.interval.low - earlier.interval.high > rise:
            return _jump(earlier, later, rule.id, earlier.value + rise)
        if earlier.interval.low - later.interval.high > fall:
            return _jump(earlier, later, rule.id, earlier.value - fall)
    return None


def _moved(earlier: Told, later: Told, years: float) -> float | None:
    """How far a population can have come in these years; None where it has come no farther."""
    most: float = earlier.interval.high * PLAY * GROWTH**years
    least: float = earlier.interval.low / PLAY / DECLINE**years
    if later.interval.low > most:
        return most
    return least if later.interval.high < least else None


def _scale_rule(earlier: Told, later: Told, rules: JumpRules) -> str | None:
    """The rule of a count that is ten, a hundred or a thousand times the other."""
    small, large = sorted((earlier, later), key=lambda told: told.value)
    if small.value <= 0:
        return None
    for rule in rules.scale:
        if later.metric not in rule.metrics:
            continue
        for factor in rule.factors:
            least, most = small.interval.low * factor / (1 + rule.play), small.interval.high * factor * (1 + rule.play)
            if large.interval.low <= most and least <= large.interval.high:
                return rule.id
    return None
