"""The readings of a figure that nothing rules out, each with what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.repair.case import Case
from extract.repair.expectations import find_expectations
from extract.repair.readings import FORMAT_COST, Candidate, candidates, format_candidate
from extract.repair.witnesses import Weighed, iter_doubts, iter_objections, iter_support

MARGIN = 0.6  # a reading whose score comes this near the best one survives beside it
RARER = 0.4  # in cost
EXACT = 2.5  # in weight: agreement to a rate of two decimals
CLOSE = 0.1  # in cost: readings of a form that are both at hand
DUST = 0.1  # in weight: the same interval weighs a hair more for a larger value
LIKELY = 0.6  # of its cost: a reading with that much evidence is worth naming


@dataclass(frozen=True, slots=True)
class Option:
    """A reading with what speaks for it."""

    candidate: Candidate
    support: tuple[Weighed, ...]
    more_slips: int
    """Slips beside those that the form itself gives away."""

    @property
    def weight(self) -> float:
        return sum(found.weight for found in self.support)

    @property
    def strongest(self) -> float:
        """The weight of its best witness."""
        return max((found.weight for found in self.support), default=0.0)

    @property
    def score(self) -> float:
        return self.weight - self.candidate.cost / 2

    @property
    def is_likely(self) -> bool:
        """Whether the evidence comes near the cost."""
        return self.weight >= LIKELY * self.candidate.cost

    @property
    def is_near(self) -> bool:
        """One slip away: two at once are too much to suppose of a number that could stand."""
        return self.more_slips == 1

    @property
    def holds(self) -> bool:
        """Whether the evidence outweighs the cost; up to FORMAT_COST the form alone is enough."""
        return self.candidate.cost <= FORMAT_COST or self.weight >= self.candidate.cost


def iter_options(case: Case) -> Iterator[Option]:
    """The readings of the case's figure that nothing rules out, with their support."""
    expectations = find_expectations(case)
    form = format_candidate(case.claim.raw, case.claim.unit)
    given_away = form.slips if form else ()
    for candidate in candidates(case.claim.raw, case.claim.unit):
        if any(iter_objections(case, candidate.value)):
            continue
        if any(iter_doubts(case, expectations, candidate.value, candidate.precision)):
            continue
        support = tuple(iter_support(case, expectations, candidate.value, candidate.precision))
        yield Option(candidate, support, _count_besides(candidate.slips, given_away))


def _count_besides(slips: Sequence[str], given_away: Sequence[str]) -> int:
    """How many of the slips are not among those given away, each counted as often as it is made."""
    return sum(max(0, slips.count(slip) - given_away.count(slip)) for slip in set(slips))


def rank_options(case: Case) -> list[Option]:
    """The same, the best first."""
    return sorted(iter_options(case), key=lambda option: (-option.score, option.candidate.cost))


def are_rivals(best: Option, other: Option) -> bool:
    """Whether another reading survives beside the best: near in score, and likely or as cheap itself.

    Where an exact witness speaks, a slip that is rarer by far is none beside one that explains as much: a digit typed
    twice, and any digit too many.
    """
    if other.score <= best.score - MARGIN:
        return False
    is_rarer = other.candidate.cost >= best.candidate.cost + RARER
    if is_rarer and other.weight <= best.weight + DUST and best.strongest >= EXACT:
        return False
    return other.is_likely or other.candidate.cost <= best.candidate.cost + CLOSE


def confidence(option: Option) -> float:
    """How sure a repair is: 0.6, 0.1 for each witness and 0.1 for each point of weight above the cost; 0.98 at most."""
    surplus = option.weight - option.candidate.cost
    return round(max(0.0, min(0.98, 0.6 + 0.1 * len(option.support) + 0.1 * surplus)), 2)
