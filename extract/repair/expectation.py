"""What the rest of the article, and the gazetteer, lead one to expect a figure to be.

An expectation is an interval of values with the words for it. A reading that falls into it has a witness; a printed
value far out of it is in doubt. Weights say how much a chance agreement is worth: meeting an interval of a tenth of a
percent is hardly chance, lying between half and all of a population may be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log10

from extract.models import Claim
from extract.repair.arithmetic import REPORTED, Interval, same_place, stated
from extract.repair.case import Case
from extract.wording import Fill

# Every slip that leaves a possible number moves it by nine times or more, rounding and growth by far less than four.
FAR = 4.0
COARSEST = 0.06  # of a value: "2,1 juta" still says something, "3 juta" does not
# Each decimal place of agreement is worth so much: a tenth 0.75, a tenth of a percent 2.25.
PER_PLACE, LEAST_WEIGHT, MOST_WEIGHT = 0.75, 0.5, 3.0


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one piece of evidence admits. Its words are keys of [witnesses] in lexicon/checks.toml.

    `weight` is what it says for a reading to agree; None where that follows from how narrow both intervals are.
    `value` names the place in them that takes the reading. A value outside `limits` is in doubt; without limits the
    evidence only supports. With `exact` a reading must be one of the values, not round to one.
    """

    name: str
    due: Interval
    weight: float | None
    met: str
    value: str
    fill: Fill = field(default_factory=dict)
    missed: str = ""
    limits: Interval | None = None
    exact: bool = False

    def weight_for(self, meant: Interval) -> float:
        """What it says for a reading to agree: the narrower the two intervals, the less it is by chance."""
        if self.weight is not None:
            return self.weight
        width = self.due.width + meant.width
        if not width:
            return MOST_WEIGHT
        return min(MOST_WEIGHT, max(LEAST_WEIGHT, -PER_PLACE * log10(width)))

    def admits(self, value: float, meant: Interval) -> bool:
        """Whether a reading agrees: `meant` is what it stands for as a rounded number.

        One that is rounded too far agrees with nothing: "3 juta" is not 96,3 persen of 2.700.000.
        """
        if self.exact:
            return self.due.holds(value)
        return self.due.meets(meant) and meant.width <= COARSEST


def far_from(due: Interval, *, below: bool, above: bool = True) -> Interval | None:
    """The values that are not out of all proportion to what is due, on the sides that are asked for."""
    if not below and not above:
        return None
    return Interval(due.low / FAR if below else 0.0, due.high * FAR if above else float("inf"))


def is_told(case: Case, due: Interval) -> bool:
    """Whether another figure of the same kind is what is due: then the small one beside it counts something else.

    "Kota Bogor 986.780 peserta atau 87,6 persen. Sosialisasi dihadiri 1.000 peserta."
    """
    return any(is_alike(case.claim, other) and due.meets(stated(other)) for other in case.others)


def is_alike(claim: Claim, other: Claim) -> bool:
    """Whether another figure is told as a fact of the same kind and area."""
    return (
        other.metric is claim.metric
        and other.segment is claim.segment
        and other.modality is REPORTED
        and same_place(claim, other)
    )


def rest_of(rate: Interval) -> Interval:
    """What a percentage leaves to 100."""
    return Interval(max(0.0, 100 - rate.high), max(0.0, 100 - rate.low))


def middle(interval: Interval) -> float:
    return (interval.low + interval.high) / 2
