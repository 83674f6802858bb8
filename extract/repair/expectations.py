"""All that can be expected of a figure, from every kind of evidence there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extract.repair.arithmetic import PERCENT
from extract.repair.case import Case
from extract.repair.expectation import Expectation
from extract.repair.of_counts import (
    from_complement,
    from_gap,
    from_population,
    from_rate,
    from_rate_of_population,
    from_rest_of_sum,
    from_sum,
    from_whole,
)
from extract.repair.of_rates import from_complement_to_100, from_share_of_counts, from_share_of_population
from extract.repair.told import from_earlier, from_mention

Finder = Callable[[Case], Iterator[Expectation]]

OF_COUNTS: tuple[Finder, ...] = (
    from_mention,
    from_earlier,
    from_gap,
    from_rate,
    from_rate_of_population,
    from_population,
    from_complement,
    from_sum,
    from_rest_of_sum,
    from_whole,
)
OF_PERCENTAGES: tuple[Finder, ...] = (
    from_mention,
    from_earlier,
    from_share_of_counts,
    from_share_of_population,
    from_complement_to_100,
)
ONLY_SUPPORTING = {from_mention, from_population}
"""What these expect has no limits: it bears a reading out, and puts none in doubt."""


def find_expectations(case: Case) -> list[Expectation]:
    """All that can be expected of the case's figure, whatever it reads."""
    return [expectation for find in _finders(case) for expectation in find(case)]


def find_limits(case: Case) -> list[Expectation]:
    """Those of the expectations that can put a value in doubt."""
    return [
        expectation
        for find in _finders(case)
        if find not in ONLY_SUPPORTING
        for expectation in find(case)
        if expectation.limits is not None
    ]


def _finders(case: Case) -> tuple[Finder, ...]:
    return OF_PERCENTAGES if case.claim.unit is PERCENT else OF_COUNTS
