"""How each figure of an article stands: what it is read as, what the checks say, the population, what was told before.

Pure: an extraction goes in, a report for `cakupan check` comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from corpus.against_past import check_past
from corpus.history import Past, PastClaim
from extract.models import Article, Check, Claim, Extraction, Mention, MentionKind, Period, Region, Verdict
from extract.pipeline import year_of
from extract.records import check_record, claim_record, extraction_record, mention_record, plain
from extract.repair.arithmetic import RegionLookup, population_of
from extract.repair.arithmetic import year_of as year_of_claim
from extract.wording import Language

MOST_EARLIER = 3
"""So many earlier claims are told of one figure, the latest."""


BEARS_NOTHING_OUT = frozenset({"part_and_whole"})
"""Checks that a figure must pass and that say nothing for it: of 500.000 members, 1 and 499.999 may be active."""


class Standing(StrEnum):
    """How a figure stands after all checks; `open` where what it was held against neither bears it out nor not."""

    SUSPECT = "suspect"
    HOLDS = "holds"
    OPEN = "open"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Population:
    """The region that a figure is about and the year it is of; `known` where Dukcapil's count is of that area."""

    region: Region
    year: int | None
    known: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim with all that is known for and against it.

    `checks` are those of the extraction that weighed it, `against_past` those against earlier claims.
    """

    claim: Claim
    standing: Standing
    checks: tuple[Check, ...]
    against_past: tuple[Check, ...]
    population: Population | None
    earlier: tuple[PastClaim, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One article judged: its claims in text order, the figures that no claim took, and checks of no claim."""

    article: Article
    extraction: Extraction
    judged: tuple[Judged, ...]
    others: tuple[Mention[object], ...]
    checks: tuple[Check, ...]

    @property
    def suspect(self) -> bool:
        """Whether anything at all is suspect."""
        return self.count(Standing.SUSPECT) + self.suspect_besides > 0

    @property
    def suspect_besides(self) -> int:
        """How many checks of no figure are suspect: a weekday that the calendar contradicts."""
        return sum(check.verdict is Verdict.SUSPECT for check in self.checks)

    def count(self, standing: Standing) -> int:
        return sum(one.standing is standing for one in self.judged)


def judge(
    article: Article, extraction: Extraction, lookup: RegionLookup, past: Past | None = None, language: Language = "en"
) -> Report:
    """The report on an article. `lookup` gives a region by its code; `past` tells earlier claims, where there are.

    `language` is that of what is said about these; the checks of the extraction have theirs.
    """
    dates = (cast(Mention[Period], mention) for mention in extraction.mentions if mention.kind is MentionKind.DATE)
    year = year_of(article, dates)
    weighed: dict[int, list[Check]] = {}
    for check in extraction.checks:
        for at in dict.fromkeys(check.claims):
            weighed.setdefault(at, []).append(check)
    judged = []
    for at, claim in enumerate(extraction.claims):
        alike = told_before(claim, past)
        against = tuple(check_past(at, claim, article.published_on, alike, lookup, language))
        judged.append(
            judge_claim(claim, weighed.get(at, ()), against, population_at(claim, lookup, year), alike[:MOST_EARLIER])
        )
    figures = (mention for mention in extraction.mentions if mention.kind in {MentionKind.PERCENT, MentionKind.COUNT})
    return Report(
        article=article,
        extraction=extraction,
        judged=tuple(judged),
        others=tuple(iter_untaken(figures, extraction.claims)),
        checks=tuple(check for check in extraction.checks if not check.claims),
    )


def iter_untaken(figures: Iterable[Mention[object]], claims: Sequence[Claim]) -> Iterator[Mention[object]]:
    """The figures, in text order, that no claim overlaps."""
    spans = sorted((claim.start, claim.end) for claim in claims)
    passed = 0
    for figure in figures:
        while passed < len(spans) and spans[passed][1] <= figure.start:
            passed += 1
        if passed == len(spans) or spans[passed][0] >= figure.end:
            yield figure


def judge_claim(
    claim: Claim,
    checks: Sequence[Check],
    against_past: Sequence[Check],
    population: Population | None,
    earlier: tuple[PastClaim, ...],
) -> Judged:
    """The claim with the checks that weighed it."""
    verdicts = {check.verdict for check in (*checks, *against_past)}
    if claim.suspect or Verdict.SUSPECT in verdicts:
        standing = Standing.SUSPECT
    elif any(check.verdict is Verdict.OK and check.name not in BEARS_NOTHING_OUT for check in checks):
        standing = Standing.HOLDS
    else:
        standing = Standing.OPEN if Verdict.UNKNOWN in verdicts or earlier else Standing.UNCHECKED
    return Judged(claim, standing, tuple(checks), tuple(against_past), population, earlier)


def population_at(claim: Claim, lookup: RegionLookup, year: int | None) -> Population | None:
    """The population that a claim is held against; None where it names no region."""
    region = lookup(claim.region) if claim.region is not None else None
    if region is None:
        return None
    return Population(region, year_of_claim(claim, year), population_of(claim, lookup, year) is not None)


def told_before(claim: Claim, past: Past | None) -> tuple[PastClaim, ...]:
    """The earlier claims of the same kind on the same region, the latest first."""
    if past is None or claim.region is None:
        return ()
    return tuple(
        old
        for old in past.of(claim.region)
        if (old.claim.metric, old.claim.segment, old.claim.unit) == (claim.metric, claim.segment, claim.unit)
    )


def report_record(report: Report) -> dict[str, Any]:
    """The report as `cakupan check --json` prints it: the shape of `extract` and more."""
    record = extraction_record(report.extraction)
    positions = {check: at for at, check in enumerate(report.extraction.checks)}
    return record | {
        "verdict": "suspect" if report.suspect else "nothing_suspect" if report.judged else "no_claims",
        "title": report.article.title,
        "url": report.article.url,
        "published": report.article.published.isoformat() if report.article.published else None,
        "claims": [
            claim_record(one.claim)
            | {
                "standing": one.standing.value,
                "checks": [positions[check] for check in one.checks],
                "against_past": [check_record(check) for check in one.against_past],
                "population": one.population.region.population if one.population and one.population.known else None,
                "earlier": [past_record(old) for old in one.earlier],
            }
            for one in report.judged
        ],
        "not_about_coverage": [mention_record(mention) for mention in report.others],
    }


def past_record(old: PastClaim) -> Mapping[str, Any]:
    """An earlier claim for programs."""
    return {
        "value": plain(old.claim.value),
        "unit": old.claim.unit.value,
        "approx": old.claim.approx.value,
        "day": old.claim.day.isoformat(),
        "published": old.published.isoformat(),
        "text": old.text,
        "speaker": old.speaker,
        "source": old.claim.source,
        "title": old.title,
        "url": old.url,
    }
