"""What is expected of a percentage: two counts, a count of the region's population, and what is left to 100."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from extract.repair.arithmetic import (
    OF_ALL_PEOPLE,
    PEOPLE,
    PERCENT,
    RATE_OF,
    REST_RATES,
    WHOLES_OF,
    Interval,
    share,
    stated,
    tied,
)
from extract.repair.case import Case
from extract.repair.expectation import Expectation, far_from, is_told, middle
from extract.wording import Fill

REST_TO_100 = {**REST_RATES, **{rest: rate for rate, rest in REST_RATES.items()}}
"""The same, either way."""


def from_share_of_counts(case: Case) -> Iterator[Expectation]:
    """Two counts of which the percentage is the share."""
    claim = case.claim
    part_metric = RATE_OF.get(claim.metric)
    near = [other for other in case.tied if other.unit is PEOPLE]
    for part, whole in permutations(near, 2):
        together = claim.sentence == part.sentence == whole.sentence
        by_metric = part.metric is part_metric and whole.metric in WHOLES_OF[part_metric]
        if not together and not by_metric:
            continue
        due = share(stated(part), stated(whole))
        fill: Fill = {"part": part.value, "whole": whole.value, "due": (middle(due), PERCENT)}
        near_by = by_metric and max(abs(one.sentence - claim.sentence) for one in (part, whole)) <= 1
        limits = far_from(due, below=near_by and not is_told(case, due), above=near_by)
        yield Expectation("rate", due, None, "share", "rate", fill, "far_from_share", limits)


def from_share_of_population(case: Case) -> Iterator[Expectation]:
    """The count that the percentage is of, among the people that the gazetteer counts."""
    claim, people = case.claim, case.area.population
    part_metric = RATE_OF.get(claim.metric)
    if people is None or part_metric not in OF_ALL_PEOPLE:
        return
    for part in case.tied:
        if part.metric is part_metric and part.sentence == claim.sentence:
            due = share(stated(part), people)
            fill: Fill = {"part": part.value, "due": (middle(due), PERCENT)}
            limits = far_from(due, below=not is_told(case, due), above=False)  # a lower count may be of others
            yield Expectation(
                "rate_of_population", due, 1.0, "share_of_population", "rate", fill, "far_from_population_share", limits
            )


def from_complement_to_100(case: Case) -> Iterator[Expectation]:
    """The percentage of the others: 98,29 registered leave 1,71 not registered."""
    rest_metric = REST_TO_100.get(case.claim.metric)
    for other in case.others:
        if other.metric is rest_metric and tied(case.claim, other):
            due = Interval(100 - stated(other).high, 100 - stated(other).low)
            told = {"other": other.value, "whole": 100, "due": 100 - other.value}
            fill: Fill = {place: (value, PERCENT) for place, value in told.items()}
            near = abs(other.sentence - case.claim.sentence) <= 1
            limits = far_from(due, below=near and not is_told(case, due), above=near)
            yield Expectation("complement", due, None, "make", "one", fill, "far_from_rest", limits)
