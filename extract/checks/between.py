"""The arithmetic between the claims of one article, and against the region's population: what a journalist would check.

Each check is a function that gives one Check for each thing it could hold against another, with a sentence that can be
printed as it stands, in English or Indonesian (lexicon/checks.toml). Only facts are checked: targets and thresholds
have no arithmetic of their own. A rate over 100 is not wrong, and a figure that cannot be compared is `unknown`, never
`suspect`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extract.checks.agreement import check_one_value
from extract.checks.levels import check_change_against_levels, check_gap_to_target, check_target_passed
from extract.checks.neighbours import Neighbours
from extract.checks.parts import check_active_within_registered, check_part_and_whole
from extract.checks.population import check_population_against_dukcapil, check_share_against_dukcapil
from extract.checks.printed import check_figure_as_printed
from extract.checks.rates import check_complements, check_label_against_arithmetic, check_rate_against_counts
from extract.checks.sums import check_sums
from extract.models import Check, Claim
from extract.repair.arithmetic import RegionLookup
from extract.wording import Language

CHECKS: tuple[Callable[[Neighbours, RegionLookup, Language], Iterator[Check]], ...] = (
    check_rate_against_counts,
    check_part_and_whole,
    check_active_within_registered,
    check_complements,
    check_sums,
    check_population_against_dukcapil,
    check_share_against_dukcapil,
    check_label_against_arithmetic,
    check_change_against_levels,
    check_gap_to_target,
    check_target_passed,
    check_one_value,
)


def check_claims(claims: Sequence[Claim], lookup: RegionLookup, language: Language = "en") -> tuple[Check, ...]:
    """All checks between the claims of one article, after repair; `claims` of a check are positions in `claims`.

    A figure that repair left undecided has no value to reckon with: the one check it gets says so.
    """
    sound = [at for at, claim in enumerate(claims) if not claim.suspect]
    near = Neighbours([claims[at] for at in sound])
    between = [check for run in CHECKS for check in run(near, lookup, language)]
    if len(sound) < len(claims):
        between = [replace(check, claims=tuple(sound[at] for at in check.claims)) for check in between]
    return (*between, *check_figure_as_printed(claims, language))
