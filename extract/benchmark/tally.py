"""What became of the figures of made articles: repaired, marked, wrong in silence or unread; and of the clean ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from extract.benchmark.articles import MadeArticle, MadeFigure
from extract.models import Claim, Extraction

BINS = 10  # confidence is counted in tenths


class Outcome(StrEnum):
    """What became of a figure."""

    RIGHT = "right"
    """Read as what was meant, and not in doubt."""
    SUSPECT = "suspect"
    """Marked: no reading was settled."""
    SILENT = "silent"
    """Read as something else, and nobody told."""
    UNREAD = "unread"
    """No claim was made of it."""


@dataclass(slots=True)
class Counts:
    """Figures by outcome."""

    right: int = 0
    suspect: int = 0
    silent: int = 0
    unread: int = 0

    def add(self, outcome: Outcome) -> None:
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)

    @property
    def total(self) -> int:
        return self.right + self.suspect + self.silent + self.unread

    def share(self, outcome: Outcome) -> float:
        """Of all; 0 where there are none."""
        count: int = getattr(self, outcome.value)
        return count / self.total if self.total else 0.0

    def as_record(self) -> dict[str, int]:
        return {outcome.value: getattr(self, outcome.value) for outcome in Outcome}


@dataclass(frozen=True, slots=True)
class Example:
    """A figure that did not come out right, for a person to look at."""

    outcome: Outcome
    slips: tuple[str, ...]
    article: str
    printed: str
    meant: float
    got: str
    text: str


@dataclass(slots=True)
class Benchmark:
    """Outcomes over many made articles. `confidence` counts repairs and right ones by tenth."""

    articles: int = 0
    slips: dict[str, Counts] = field(default_factory=dict)
    shapes: dict[str, Counts] = field(default_factory=dict)
    witnesses: dict[int, Counts] = field(default_factory=dict)
    clean: dict[str, Counts] = field(default_factory=dict)
    confidence: dict[int, list[int]] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)

    @property
    def garbled(self) -> Counts:
        return total(self.slips.values())

    @property
    def two_witnesses(self) -> Counts:
        return total(counts for number, counts in self.witnesses.items() if number >= 2)

    @property
    def harmed(self) -> int:
        """Clean figures that were changed or marked."""
        return sum(counts.silent + counts.suspect for counts in self.clean.values())

    def as_record(self) -> Mapping[str, object]:
        return {
            "articles": self.articles,
            "slips": {name: counts.as_record() for name, counts in sorted(self.slips.items())},
            "shapes": {name: counts.as_record() for name, counts in sorted(self.shapes.items())},
            "witnesses": {str(number): counts.as_record() for number, counts in sorted(self.witnesses.items())},
            "clean": {name: counts.as_record() for name, counts in sorted(self.clean.items())},
            "harmed": self.harmed,
            "confidence": [
                {"from": at / BINS, "repairs": repairs, "right": right}
                for at, (repairs, right) in sorted(self.confidence.items())
            ],
        }


def total(many: Iterable[Counts]) -> Counts:
    """All of these together."""
    made = Counts()
    for counts in many:
        made.right += counts.right
        made.suspect += counts.suspect
        made.silent += counts.silent
        made.unread += counts.unread
    return made


def run_benchmark(articles: Iterable[MadeArticle], extract: Callable[[MadeArticle], Extraction]) -> Benchmark:
    """Read every article with `extract` and count what became of its figures."""
    benchmark = Benchmark()
    for made in articles:
        benchmark.articles += 1
        claims = extract(made).claims
        for figure in made.figures:
            _count(benchmark, made, figure, claims)
    return benchmark


def _count(benchmark: Benchmark, made: MadeArticle, figure: MadeFigure, claims: Iterable[Claim]) -> None:
    found = [claim for claim in claims if claim.start < figure.end and figure.start < claim.end]
    outcome = judge(figure, found)
    if figure.slips:
        name = figure.slips[0] if len(figure.slips) == 1 else "two slips"
        benchmark.slips.setdefault(name, Counts()).add(outcome)
        benchmark.shapes.setdefault(made.shape, Counts()).add(outcome)
        benchmark.witnesses.setdefault(len(figure.witnesses), Counts()).add(outcome)
    else:
        name = made.shape if made.control else "beside others"
        benchmark.clean.setdefault(name, Counts()).add(outcome)
    for claim in found:
        if claim.repair is not None and not claim.suspect:
            tenth = benchmark.confidence.setdefault(int(claim.repair.confidence * BINS + 1e-9), [0, 0])
            tenth[0] += 1
            tenth[1] += outcome is Outcome.RIGHT
    if outcome is not Outcome.RIGHT:
        got = ", ".join(f"{claim.metric} {claim.value:.10g}{' suspect' if claim.suspect else ''}" for claim in found)
        text = made.article.text
        printed = text[figure.start : figure.end]
        slips = figure.slips or ("clean",)
        benchmark.examples.append(Example(outcome, slips, made.shape, printed, figure.meant, got, text))


def judge(figure: MadeFigure, claims: Iterable[Claim]) -> Outcome:
    """What became of a figure, from the claims on it."""
    found = list(claims)
    if not found:
        return Outcome.UNREAD
    if any(claim.suspect for claim in found):
        return Outcome.SUSPECT
    if all(abs(claim.value - figure.meant) < 1e-6 for claim in found):
        return Outcome.RIGHT
    return Outcome.SILENT
