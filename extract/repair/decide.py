"""Garbled figures: the printed form is evidence, not truth.

For each figure the readings that known slips could have produced it from (readings.py) are weighed against what the
rest of the article, the gazetteer and earlier articles lead one to expect (expectations.py). A reading is chosen only
when the printed one is impossible or strongly contradicted (doubts.py), when its witnesses outweigh the cost of its
slips, and when no other reading comes near it (options.py); a printed figure that could stand is overruled by two
witnesses, never by one. Where no number of people can be printed like that and one cheap slip explains it
("148,948 jiwa"), the form alone settles the reading. Otherwise the figure stays as printed and the claim is marked
suspect, with its candidates. A well-formed figure that merely disagrees with its neighbours is left alone: a check
says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from extract.figures.scan import SCALE
from extract.models import Claim, Repair
from extract.repair.arithmetic import WHOLES, History, RegionLookup, no_history
from extract.repair.case import Case, Evidence, survey
from extract.repair.doubts import (
    Doubt,
    find_disproportion,
    find_impossibility,
    is_of_wider_area,
    is_questionable,
    weight_as_it_stands,
)
from extract.repair.expectation import FAR
from extract.repair.expectations import find_expectations
from extract.repair.options import CLOSE, Option, are_rivals, confidence, rank_options
from extract.repair.readings import ENGLISH, FORMAT_COST, Candidate, candidates, format_candidate, tells_scale_twice
from extract.repair.witnesses import iter_objections, iter_support
from extract.wording import Language

BY_FORM = "repair.format"
BY_EVIDENCE = "repair.evidence"
UNDECIDED = "repair.undecided"
ROUNDS = 2  # a figure repaired in the first round is a witness in the second
MOST_ALTERNATIVES = 5
# What rests on the same percentage, or on the same count of the gazetteer, is one source, not two.
SHARED = {"rate_of_population": {"rate", "population"}}


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
    ("1.708 552", "9.8123") is kept as its digits in a row. Witnesses speak `language`; `history` gives what earlier
    articles told of a region.
    """
    around = survey(claims, lookup, year, language, history)

    def case_of(at: int, without: Collection[int] = ()) -> Case:
        return around.open_case(settled, at, without)

    settled = [read_by_form(claim) for claim in claims]
    questionable = [at for at in range(len(settled)) if is_questionable(around.open_alone(settled, at))]
    unsettled = {at: why for at in questionable if (why := find_impossibility(case_of(at)))}
    if unsettled:
        # "63.546.000 jiwa dari 87.396.000 peserta", in a small regency: what cannot be bears nothing out.
        rest = [at for at in questionable if at not in unsettled]
        unsettled |= {at: why for at in rest if (why := find_impossibility(case_of(at, set(unsettled))))}
    # The figures that stand, with what speaks against each, and the readings of those in doubt: looked into again when
    # something beside them has changed.
    doubts: dict[int, Doubt | None] = {}
    readings: dict[int, Sequence[Option]] = {}

    def options_of(at: int) -> Sequence[Option]:
        if at not in readings:
            readings[at] = rank_options(case_of(at, unsettled))
        return readings[at]

    def settle(at: int, decided: Claim) -> None:
        settled[at] = decided
        for other in (at, *around.held_against[at]):
            doubts.pop(other, None)
            readings.pop(other, None)

    for _ in range(ROUNDS):
        for at, why in list(unsettled.items()):
            if decided := decide(case_of(at, unsettled), why, options_of(at)):
                del unsettled[at]
                settle(at, decided)
        for at in range(len(settled)):
            if at in unsettled or at in doubts:
                continue
            case = case_of(at, unsettled)
            doubt = doubts[at] = find_disproportion(case)
            if doubt and (decided := decide(case, doubt, options_of(at))):
                settle(at, decided)
    standing = [at for at in range(len(settled)) if at not in unsettled]
    doubtful = [at for at in standing if (doubts[at] if at in doubts else find_disproportion(case_of(at, unsettled)))]
    for at, why in unsettled.items():
        settled[at] = leave(case_of(at, unsettled), why, options_of(at))
    # What bears a printed value out adds to the cost of the likeliest slip in it: 266.241 fits the members of a region
    # of 276.988, 9,612 persen nothing.
    open_doubts = [
        (cost + weight_as_it_stands(case_of(at, unsettled)), at)
        for at in doubtful
        if (cost := _cost_of_likeliest(options_of(at))) is not None
    ]
    blamed: list[tuple[float, int]] = []
    for cost, at in sorted(open_doubts):
        # One slip explains all: what a cheaper one elsewhere has put out of proportion is sound.
        cheaper = {other for other_cost, other in blamed if other_cost < cost - CLOSE}
        case = case_of(at, {*unsettled, *cheaper})
        if still := find_disproportion(case):
            settle(at, leave(case, still, rank_options(case) if cheaper else options_of(at)))
            blamed.append((cost, at))
    return tuple(
        _with_witnesses(claim, case_of(at, unsettled)) if _lacks_witnesses(claim) else claim
        for at, claim in enumerate(settled)
    )


def _cost_of_likeliest(options: Sequence[Option]) -> float | None:
    """The cost of the likeliest slip in a figure that could stand; None where none is likely."""
    return min((option.candidate.cost for option in options if option.is_near and option.is_likely), default=None)


def read_by_form(claim: Claim) -> Claim:
    """The claim with the value that its printed form points to, and the slips undone for it."""
    found = format_candidate(claim.raw, claim.unit)
    if found is None or not found.slips:
        return claim
    repair = Repair(BY_FORM, claim.printed_value, found.value, found.slips, (), 0.95)
    return replace(claim, value=found.value, precision=found.precision, repair=repair)


def decide(case: Case, why: Doubt, options: Sequence[Option]) -> Claim | None:
    """The claim with its reading chosen of the options, the best first; None where none holds alone."""
    if not options or not options[0].holds:
        return None
    best = options[0]
    if any(are_rivals(best, other) for other in options[1:]):
        return None
    told = {found.witness.name for found in best.support}
    sources = {name for name in told if not SHARED.get(name, set()) & told}
    if best.candidate.value > case.claim.value:
        # A low figure may count something else, however well the region's size would fit.
        sources -= {"population", "rate_of_population"}
    if not why.impossible and (not best.is_near or len(sources) < 2 or best.weight < best.candidate.cost + 1):
        return None  # the printed figure could stand: only one slip and two witnesses overrule it
    if why.of_region_only and best.candidate.slips and not best.support and not tells_scale_twice(case.claim.raw):
        return None  # 622 ribu warga, in a city of 348 ribu: the region may be another's, the form is sound
    chosen, claim = best.candidate, case.claim
    if not chosen.slips:
        return replace(claim, value=chosen.value, precision=chosen.precision, repair=None)
    found = (*why.objections, *why.doubts, *(weighed.witness for weighed in best.support))
    repair = Repair(
        rule=BY_FORM if chosen.cost <= FORMAT_COST else BY_EVIDENCE,
        printed=claim.printed_value,
        chosen=chosen.value,
        slips=chosen.slips,
        witnesses=tuple(map(case.witness, found)),
        confidence=confidence(best),
        alternatives=tuple(option.candidate.value for option in options[1:] if option.support)[:MOST_ALTERNATIVES],
    )
    return replace(claim, value=chosen.value, precision=chosen.precision, repair=repair)


def leave(case: Case, why: Doubt, options: Sequence[Option]) -> Claim:
    """The claim as printed; suspect, with its candidates, where something known could have garbled it."""
    claim = case.claim
    likely = [option for option in options if option.candidate.slips and option.is_likely]
    if not why.impossible:
        likely = [option for option in likely if option.is_near]
    if not why.impossible and not likely:
        return claim
    if why.objections and not why.costly and claim.repair is None and _is_sound_elsewhere(case, why, bool(likely)):
        return claim
    readings = candidates(claim.raw, claim.unit)
    # Where nothing is likely, all that is possible is named.
    named = [option.candidate for option in likely or options]
    named = named or [other for other in readings if other.slips and not any(iter_objections(case, other.value))]
    kept = next((reading for reading in readings if is_as_printed(reading)), None)
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
            witnesses=tuple(map(case.witness, _against(case, why, kept))),
            confidence=0.0,
            alternatives=tuple(candidate.value for candidate in named)[:MOST_ALTERNATIVES],
        ),
    )


def is_as_printed(reading: Candidate) -> bool:
    """Whether a reading takes the figure as it stands: 2.1 for "2,1 jiwa", and for "2.1 jiwa" too."""
    return not reading.slips or (reading.slips == ENGLISH and reading.value != int(reading.value))


def _against(case: Case, why: Doubt, kept: Candidate | None) -> Iterator[Evidence]:
    """What speaks against the figure as printed, and against the reading that its form points to."""
    if kept is None:
        yield Evidence("form", "form")
    elif kept.value != case.claim.value:
        yield from iter_objections(case, kept.value)
    yield from why.objections
    yield from why.doubts


def _is_sound_elsewhere(case: Case, why: Doubt, has_likely: bool) -> bool:
    """Whether a figure too high for its region is likelier to be of another area than garbled.

    A slip makes a number nine times too high or more: twice the population of the kabupaten named last is that of two.
    """
    claim = case.claim
    if not is_of_wider_area(case, why.objections):
        return False
    if SCALE.search(claim.raw):
        return True
    whole, people = claim.metric in WHOLES, case.area.population
    return whole and not has_likely and people is not None and claim.value <= FAR * people.high


def _lacks_witnesses(claim: Claim) -> bool:
    repair = claim.repair
    return repair is not None and not claim.suspect and repair.rule == BY_FORM and not repair.witnesses


def _with_witnesses(claim: Claim, case: Case) -> Claim:
    """A figure read by its form alone, with what else bears the reading out."""
    assert claim.repair is not None
    support = iter_support(case, find_expectations(case), claim.value, claim.precision)
    witnesses = tuple(case.witness(found.witness) for found in support)
    return replace(claim, repair=replace(claim.repair, witnesses=witnesses, confidence=0.98 if witnesses else 0.95))
