"""What became of the figures of made articles: repaired, marked, wrong in silence or unread; and of the clean ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from extract.benchmark.articles import MadeArticle, MadeFigure
from extract.models import Claim, Extraction
from extract.outcomes import Counts, Outcome, judge, total

BINS = 10  # confidence is counted in tenths
TWO_SLIPS, CLEAN, BESIDE = "two slips", "clean", "beside a garbled one"


@dataclass(frozen=True, slots=True)
class Example:
    """What became of one figure, for a person to look at; `slip` is "clean" for one that was not garbled."""

    outcome: Outcome
    slip: str
    shape: str
    printed: str
    meant: float
    got: str
    text: str


@dataclass(slots=True)
class Benchmark:
    """Outcomes over many made articles: of garbled figures by slip, shape and witnesses, of clean ones by kind.

    `confidence` counts repairs, and the right ones among them, by tenth; `examples` has the first figure of each slip,
    `misses` every figure that did not come out right.
    """

    articles: int = 0
    slips: dict[str, Counts] = field(default_factory=dict)
    shapes: dict[str, Counts] = field(default_factory=dict)
    witnesses: dict[int, Counts] = field(default_factory=dict)
    clean: dict[str, Counts] = field(default_factory=dict)
    confidence: dict[int, list[int]] = field(default_factory=dict)
    examples: dict[str, Example] = field(default_factory=dict)
    misses: list[Example] = field(default_factory=list)

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
            "misses": [
                [miss.slip, miss.outcome.value, miss.shape, miss.printed, miss.meant, miss.got, miss.text]
                for miss in self.misses
            ],
        }


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
    outcome = judge(figure.meant, found)
    slip = (figure.slips[0] if len(figure.slips) == 1 else TWO_SLIPS) if figure.slips else CLEAN
    if figure.slips:
        benchmark.slips.setdefault(slip, Counts()).add(outcome)
        benchmark.shapes.setdefault(made.shape, Counts()).add(outcome)
        benchmark.witnesses.setdefault(len(figure.witnesses), Counts()).add(outcome)
    else:
        benchmark.clean.setdefault(made.shape if made.control else BESIDE, Counts()).add(outcome)
    for claim in found:
        if claim.repair is not None and not claim.suspect:
            tenth = benchmark.confidence.setdefault(int(claim.repair.confidence * BINS + 1e-9), [0, 0])
            tenth[0] += 1
            tenth[1] += outcome is Outcome.RIGHT
    text = made.article.text
    got = ", ".join(f"{claim.metric} {claim.value:.10g}{' suspect' if claim.suspect else ''}" for claim in found)
    example = Example(outcome, slip, made.shape, text[figure.start : figure.end], figure.meant, got, text)
    benchmark.examples.setdefault(slip, example)
    if outcome is not Outcome.RIGHT:
        benchmark.misses.append(example)
