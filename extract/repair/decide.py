"""Garbled figures: the printed form is evidence, not truth.

For each figure the readings that known slips could have produced it from (readings.py) are weighed against what the
rest of the article and the gazetteer say (witnesses.py). A reading is chosen only when the printed one is impossible
or strongly contradicted, when its witnesses outweigh the cost of its slips, and when no other reading comes near it;
a printed figure that could stand is overruled by two witnesses, never by one. Where no number of people can be printed
like that and one cheap slip explains it ("148,948 jiwa"), the form alone settles the reading.
Otherwise the figure stays as printed and the claim is marked suspect, with its candidates.
A well-formed figure that merely disagrees with its neighbours is left alone: a check says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.checks.wording import Language
from extract.figures.read import SCALE
from extract.models import Claim, Repair, Witness
from extract.repair.arithmetic import History, RegionLookup, no_history
from extract.repair.case import Case, Surroundings, find_neighbours
from extract.repair.expectations import find_expectations
from extract.repair.readings import FORMAT_COST, Candidate, candidates, format_candidate
from extract.repair.witnesses import Weighed, iter_doubts, iter_objections, iter_support

MARGIN = 0.75  # a reading whose score comes this near the best one survives beside it
LIKELY = 0.6  # of its cost: a reading with that much evidence is worth naming
BY_FORM = "repair.format"
BY_EVIDENCE = "repair.evidence"
UNDECIDED = "repair.undecided"
ROUNDS = 2  # a figure repaired in the first round is a witness in the second
MOST_ALTERNATIVES = 5
SAME_SOURCE = {"rate_of_population": "population"}  # both rest on the gazetteer: one witness, not two


@dataclass(frozen=True, slots=True)
class Option:
    """A reading with what speaks for it."""

    candidate: Candidate
    support: tuple[Weighed, ...]

    @property
    def weight(self) -> float:
        return sum(found.weight for found in self.support)

    @property
    def score(self) -> float:
        return self.weight - self.candidate.cost / 2

    @property
    def is_likely(self) -> bool:
        """Whether the evidence comes near the cost."""
        return self.weight >= LIKELY * self.candidate.cost

    @property
    def holds(self) -> bool:
        """Whether the evidence outweighs the cost; up to FORMAT_COST the form alone is enough."""
        return self.candidate.cost <= FORMAT_COST or self.weight >= self.candidate.cost


def repair_claims(
    claims: Sequence[Claim],
    lookup: RegionLookup,
    year: int | None,
    language: Language = "en",
    history: History = no_history,
) -> tuple[Claim, ...]:
    """The claims with `value`, `precision`, `repair` and `suspect` settled, in the same order.

    `lookup` gives a region by its Kemendagri code ("0" for the nation), `year` is the article's. A claim keeps its
    `printed_value`. `repair` is None for a figure that stands as printed. Where readings survive beside each other
    the claim is suspect and its repair has the rule "repair.undecided": `chosen` is the value kept, `alternatives`
    the candidates. What is kept is the printed value: 2.1 for "2,1 jiwa". Only a form that is no number at all
    ("1.708 552", "9.8123") is kept as its digits in a row. Witnesses speak `language`.
    """

    around = Surroundings(find_neighbours(claims), lookup, year, language, history)

    def case_of(at: int, without: Collection[int] = ()) -> Case:
        return around.open_case(settled, at, without)

    settled = [read_by_form(claim) for claim in claims]
    doubtful = {at: why for at in range(len(settled)) if (why := _impossible(case_of(at)))}
    garbled = list(doubtful)
    for at in range(len(settled)):
        if at not in doubtful and (why := _out_of_proportion(case_of(at, garbled))):
            doubtful[at] = why
    for at, claim in enumerate(settled):
        if at not in doubtful and claim.repair is not None:
            settled[at] = _with_witnesses(claim, case_of(at, doubtful))
    for _ in range(ROUNDS):
        for at in list(doubtful):
            decided = decide(case_of(at, _unreliable(doubtful)), doubtful[at])
            if decided is not None:
                settled[at] = decided
                del doubtful[at]
        if not doubtful:
            break
    for at, why in doubtful.items():
        settled[at] = leave(case_of(at, _unreliable(doubtful)), why)
    return tuple(settled)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a figure as read by its form cannot be left unexamined."""

    objections: tuple[Witness, ...]
    """It is impossible."""
    doubts: tuple[Witness, ...]
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


def read_by_form(claim: Claim) -> Claim:
    """The claim with the value that its printed form points to, and the slips undone for it."""
    found = format_candidate(claim.raw, claim.unit)
    if found is None or not found.slips:
        return claim
    repair = Repair(BY_FORM, claim.printed_value, found.value, found.slips, (), 0.95)
    return replace(claim, value=found.value, precision=found.precision, repair=repair)


def _impossible(case: Case) -> Doubt | None:
    claim = case.claim
    found = format_candidate(claim.raw, claim.unit)
    if found is None or found.value != claim.value:
        return None  # the low end of "600-700 ribu" has its scale elsewhere: its own digits tell nothing
    objections = tuple(iter_objections(case, claim.value))
    costly = found.cost > FORMAT_COST or _is_ambiguous(case, found)
    if not objections and not costly:
        return None
    # "11.394.351 jiwa dari 15.354.850 penduduk atau 74,2 persen": sound figures, of an area larger than the region.
    if not costly and all(objection.name == "population" for objection in objections) and _borne_out(case):
        return None
    return Doubt(objections, (), costly)


def _is_ambiguous(case: Case, found: Candidate) -> bool:
    """Whether the form points to another reading as well: "1012 persen" is 10,12 or 101,2."""
    return any(
        other.value != found.value and 0 < other.cost <= found.cost and not any(iter_objections(case, other.value))
        for other in candidates(case.claim.raw, case.claim.unit)
    )


def _borne_out(case: Case) -> bool:
    """Whether other figures of the article agree with this one as it stands."""
    return (
        sum(
            found.weight
            for found in iter_support(case, find_expectations(case), case.claim.value, case.claim.precision)
        )
        >= 1
    )


def _out_of_proportion(case: Case) -> Doubt | None:
    claim = case.claim
    found = format_candidate(claim.raw, claim.unit)
    if found is None or found.value != claim.value:
        return None
    doubts = tuple(iter_doubts(case, find_expectations(case), claim.value))
    # A figure that others bear out is not the one that went wrong.
    if not doubts or _borne_out(case):
        return None
    return Doubt((), doubts, costly=False)


def _unreliable(doubtful: dict[int, Doubt]) -> list[int]:
    return [at for at, why in doubtful.items() if why.impossible]


def iter_options(case: Case) -> Iterator[Option]:
    """The readings of the case's figure that nothing rules out, with their support."""
    expectations = find_expectations(case)
    for candidate in candidates(case.claim.raw, case.claim.unit):
        if any(iter_objections(case, candidate.value)) or any(iter_doubts(case, expectations, candidate.value)):
            continue
        yield Option(candidate, tuple(iter_support(case, expectations, candidate.value, candidate.precision)))


def decide(case: Case, why: Doubt) -> Claim | None:
    """The claim with its reading chosen, or None where none holds alone."""
    options = sorted(iter_options(case), key=lambda option: (-option.score, option.candidate.cost))
    if not options or not options[0].holds:
        return None
    best = options[0]
    if any(_rivals(best, other) for other in options[1:]):
        return None
    sources = {SAME_SOURCE.get(found.witness.name, found.witness.name) for found in best.support}
    if not why.impossible and (len(sources) < 2 or best.weight < best.candidate.cost + 1):
        return None  # the printed figure could stand: only two witnesses overrule it
    if why.of_region_only and best.candidate.slips and not best.support:
        return None  # 622 ribu warga, in a city of 348 ribu: the region may be another's, the form is sound
    chosen, claim = best.candidate, case.claim
    if not chosen.slips:
        return replace(claim, value=chosen.value, precision=chosen.precision, repair=None)
    witnesses = (*why.objections, *why.doubts, *(found.witness for found in best.support))
    repair = Repair(
        rule=BY_FORM if chosen.cost <= FORMAT_COST else BY_EVIDENCE,
        printed=claim.printed_value,
        chosen=chosen.value,
        slips=chosen.slips,
        witnesses=witnesses,
        confidence=confidence(best),
        alternatives=tuple(option.candidate.value for option in options[1:] if option.support)[:MOST_ALTERNATIVES],
    )
    return replace(claim, value=chosen.value, precision=chosen.precision, repair=repair)


def _rivals(best: Option, other: Option) -> bool:
    """Whether another reading survives beside the best: near in score, and likely or as cheap itself."""
    if other.score <= best.score - MARGIN:
        return False
    return other.is_likely or other.candidate.cost <= best.candidate.cost


def confidence(option: Option) -> float:
    """How sure a repair is: 0.6, 0.1 for each witness and 0.1 for each point of weight above the cost; 0.98 at most."""
    surplus = option.weight - option.candidate.cost
    return round(max(0.0, min(0.98, 0.6 + 0.1 * len(option.support) + 0.1 * surplus)), 2)


def leave(case: Case, why: Doubt) -> Claim:
    """The claim as printed; suspect, with its candidates, where something known could have garbled it."""
    claim = case.claim
    options = sorted(iter_options(case), key=lambda option: (-option.score, option.candidate.cost))
    likely = [option for option in options if option.candidate.slips and option.is_likely]
    if not why.impossible and not likely:
        return claim
    if why.objections and not why.costly and claim.repair is None and _is_of_another_area(case, why):
        return claim
    readings = candidates(claim.raw, claim.unit)
    # Where nothing is likely, all that is possible is named.
    named = [option.candidate for option in likely or options]
    named = named or [other for other in readings if other.slips and not any(iter_objections(case, other.value))]
    kept = next((reading for reading in readings if not reading.slips), None)
    value, precision = (kept.value, kept.precision) if kept else (claim.value, claim.precision)
    return replace(
        claim,
        value=value,
        precision=precision,
        suspect=True,
        repair=Repair(
            rule=UNDECIDED,
            printed=claim.printed_value,
            chosen=value,
            slips=() if kept else claim.repair.slips if claim.repair else (),
            witnesses=tuple(_against(case, why, kept)),
            confidence=0.0,
            alternatives=tuple(candidate.value for candidate in named)[:MOST_ALTERNATIVES],
        ),
    )


def _against(case: Case, why: Doubt, kept: Candidate | None) -> Iterator[Witness]:
    """What speaks against the figure as printed, and against the reading that its form points to."""
    if kept is None:
        yield case.witness("form", "form", {})
    elif kept.value != case.claim.value:
        yield from iter_objections(case, kept.value)
    yield from why.objections
    yield from why.doubts


def _is_of_another_area(case: Case, why: Doubt) -> bool:
    """Whether a figure too high for its region is sound, and of a larger area: juta is not typed by mistake."""
    if any(witness.name != "population" for witness in why.objections):
        return False
    return SCALE.search(case.claim.raw) is not None


def _with_witnesses(claim: Claim, case: Case) -> Claim:
    """A figure read by its form, with what else bears the reading out."""
    if claim.repair is None:
        return claim
    found = format_candidate(claim.raw, claim.unit)
    option = (
        Option(found, tuple(iter_support(case, find_expectations(case), claim.value, claim.precision)))
        if found
        else None
    )
    if option is None:
        return claim
    witnesses = tuple(found.witness for found in option.support)
    sure = 0.98 if witnesses else claim.repair.confidence
    return replace(claim, repair=replace(claim.repair, witnesses=witnesses, confidence=sure))
