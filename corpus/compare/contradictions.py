"""Contradictions: one measure of one region at one time, told by different sources with values that cannot be one.

An article that is at odds with itself is left to the checks of extract; copies of one text are one source.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from corpus.compare.told import Told
from extract.models import Metric


@dataclass(frozen=True, slots=True)
class Dispute:
    """What is told of one time, by sides, the lowest value first; claims of a side agree with each other's rounding."""

    start: dt.date
    end: dt.date
    sides: tuple[tuple[Told, ...], ...]


def find_disputes(claims: Sequence[Told], metrics: Collection[Metric]) -> Iterator[Dispute]:
    """The contradictions between claims on one measure of one region, by time."""
    times: dict[tuple[dt.date, dt.date], list[Told]] = defaultdict(list)
    for told in claims:
        if told.metric in metrics and told.is_dated and told.start and told.end and is_moment(told.start, told.end):
            times[told.start, told.end].append(told)
    for (start, end), group in sorted(times.items()):
        sides = find_sides(without_the_undecided(group))
        if len(sides) > 1 and len({told.text_id for side in sides for told in side}) > 1:
            yield Dispute(start, end, sides)


def is_moment(start: dt.date, end: dt.date) -> bool:
    """Whether the days are one, or a whole month, quarter or semester: within a longer time two values may be true."""
    if start == end:
        return True
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    whole = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    return whole and months in {1, 3, 6} and (start.month - 1) % months == 0


def without_the_undecided(claims: Sequence[Told]) -> list[Told]:
    """The claims, but those of articles that give two values for this time themselves: which one stands is open."""
    articles: dict[str, list[Told]] = defaultdict(list)
    for told in claims:
        articles[told.article].append(told)
    return [told for own in articles.values() if len(pierce(own)) == 1 for told in own]


def find_sides(claims: Sequence[Told]) -> tuple[tuple[Told, ...], ...]:
    """The claims by the values that they can mean; one that fits two sides ("lebih dari 90 persen") is on neither."""
    witnesses = pierce(claims)
    sides: list[list[Told]] = [[] for _ in witnesses]
    for told in sorted(claims, key=age):
        fitting = [at for at, witness in enumerate(witnesses) if told.interval.meets(witness.interval)]
        if len(fitting) == 1:
            sides[fitting[0]].append(told)
    return tuple(tuple(side) for side in sides)


def pierce(claims: Sequence[Told]) -> list[Told]:
    """As many claims as can be found of which no two agree, the lowest first."""
    witnesses: list[Told] = []
    for told in sorted(claims, key=lambda told: (told.interval.high, -told.interval.low, told.claim_id)):
        if not witnesses or told.interval.low > witnesses[-1].interval.high:
            witnesses.append(told)
    return witnesses


def age(told: Told) -> tuple[dt.date, str]:
    """To sort by: published first, first."""
    return (told.published or dt.date.max, told.claim_id)
