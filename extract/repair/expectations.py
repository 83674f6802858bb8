"""All that can be expected of a figure, from every kind of evidence there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extract.models import Unit
from extract.repair.case import Case
from extract.repair.expectation import Expectation
from extract.repair.of_counts import (
    from_complement,
    from_gap,
    from_population,
    from_rate,
    from_rate_of_population,
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
    from_whole,
)
OF_PERCENTAGES: tuple[Finder, ...] = (
    from_mention,
    from_earlier,
    from_share_of_counts,
    from_share_of_population,
    from_complement_to_100,
)


def find_expectations(case: Case) -> tuple[Expectation, ...]:
    """All that can be expected of the case's figure, whatever it reads."""
    finders = OF_PERCENTAGES if case.claim.unit is Unit.PERCENT else OF_COUNTS
    return tuple(expectation for find in finders for expectation in find(case))
