"""Which figures cannot be left unexamined: impossible ones, and those out of proportion to their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.figures.scan import SCALE
from extract.models import Claim
from extract.repair.case import Case, Evidence
from extract.repair.expectation import FAR
from extract.repair.expectations import find_expectations, find_limits
from extract.repair.options import CLOSE
from extract.repair.readings import FORMAT_COST, Candidate, candidates, format_candidate, tells_scale_twice
from extract.repair.witnesses import FAR_ABOVE, iter_doubts, iter_objections, iter_support

BESIDE = 2  # in the cost of reaching a name: nothing but a preposition or a verb between


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a figure as read by its form cannot be left unexamined."""

    objections: tuple[Evidence, ...]
    """It is impossible."""
    doubts: tuple[Evidence, ...]
    """It is well-formed and possible, but out of all proportion to its neighbours."""
    costly: bool
    """The form breaks the rules and points to no cheap reading."""

    @property
    def of_region_only(self) -> bool:
        """Whether nothing but the region's population speaks against the figure."""
        return not self.costly and all(objection.name == "population" for objection in self.objections)

    @property
    def impossible(self) -> bool:
        return bool(self.objections) or self.costly


def is_questionable(case: Case) -> bool:
    """Whether anything but other figures speaks against the one of the case."""
    claim = case.claim
    found = format_candidate(claim.raw, claim.unit)
    if found is None or found.value != claim.value:
        return False
    return found.cost > FORMAT_COST or any(iter_objections(case, claim.value)) or _is_ambiguous(case, found)


def find_impossibility(case: Case) -> Doubt | None:
    """Why the figure cannot be what its form says; None where it can, or where others of the article bear it out."""
    claim = case.claim
    found = format_candidate(claim.raw, claim.unit)
    if found is None or found.value != claim.value:
        return None  # the low end of "600-700 ribu" has its scale elsewhere: its own digits tell nothing
    objections = tuple(iter_objections(case, claim.value))
    costly = found.cost > FORMAT_COST or _is_ambiguous(case, found)
    if not objections and not costly:
        return None
    # "11.394.351 jiwa dari 15.354.850 penduduk atau 74,2 persen": sound figures, of an area larger than the region.
    if not costly and is_of_wider_area(case, objections) and _borne_out(case):
        return None
    return Doubt(objections, (), costly)


def is_of_wider_area(case: Case, objections: Sequence[Evidence]) -> bool:
    """Whether a figure too high for its region may be sound, and of the area around it.

    Juta is not typed by mistake, but a form that says its thousands twice ("212.110 ribu jiwa") is too odd. Around a
    kabupaten or kota lie its province and the nation.
    """
    if any(objection.name != "population" for objection in objections) or tells_scale_twice(case.claim.raw):
        return False
    far_above = case.area.population is not None and case.claim.value > FAR * case.area.population.high
    if far_above and _names_region_beside(case.claim):
        return False
    if SCALE.search(case.claim.raw):
        return True
    value = case.claim.value
    in_province = case.area.around is None or value <= FAR_ABOVE * case.area.around.high
    return in_province or (case.nation is not None and value >= case.nation.high / 4)


def _names_region_beside(claim: Claim) -> bool:
    """Whether the region's name stands beside the figure: "121 juta warga Lebak" are of no other area."""
    return any(
        reason.field == "region"
        and reason.rule in {"region.before", "region.behind"}
        and reason.distance is not None
        and reason.distance <= BESIDE
        for reason in claim.reasons
    )


def _is_ambiguous(case: Case, found: Candidate) -> bool:
    """Whether the form points to another reading as well: "1012 persen" is 10,12 or 101,2."""
    if not found.slips:
        return False
    return any(
        other.value != found.value
        and 0 < other.cost <= found.cost + CLOSE
        and not any(iter_objections(case, other.value))
        for other in candidates(case.claim.raw, case.claim.unit)
    )


def weight_as_it_stands(case: Case) -> float:
    """What bears the figure out as it stands."""
    support = iter_support(case, find_expectations(case), case.claim.value, case.claim.precision)
    return sum(found.weight for found in support)


def _borne_out(case: Case) -> bool:
    """Whether other figures of the article agree with this one as it stands."""
    return weight_as_it_stands(case) >= 1


def find_disproportion(case: Case) -> Doubt | None:
    """What the other figures have against one that could stand; None where nothing is, or where some bear it out."""
    claim = case.claim
    found = format_candidate(claim.raw, claim.unit)
    if found is None or found.value != claim.value:
        return None
    doubts = tuple(iter_doubts(case, find_limits(case), claim.value, claim.precision))
    # A figure that others bear out is not the one that went wrong.
    if not doubts or _borne_out(case):
        return None
    return Doubt((), doubts, costly=False)
