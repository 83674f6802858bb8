"""The measured tables of docs/repair.md: run as a program, it measures again and rewrites them.

A table stands between `<!-- measured: NAME -->` and `<!-- end -->`. Tests compare what stands there with what the same
functions make of the present rules; only the second seed, which no test runs, is told with the day it was measured.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from extract.benchmark.articles import iter_made_articles
from extract.benchmark.tally import BESIDE, BINS, Benchmark, run_benchmark
from extract.figures.lexicon import load_figure_lexicon
from extract.gold import iter_gold
from extract.outcomes import Counts, Outcome, total
from extract.pipeline import extract
from extract.score import Score, score_articles

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "repair.md"
ARTICLES, SEED, SECOND_SEED = 5000, 1, 12
FORMER = re.compile(r"<!-- measured: ([a-z ]+) -->\n(.*?)\n?<!-- end -->", re.DOTALL)
OUTCOMES = [outcome.value if outcome is not Outcome.RIGHT else "repaired" for outcome in Outcome]


def measured_blocks(text: str) -> Mapping[str, str]:
    """The tables that stand in the page, by name."""
    return dict(FORMER.findall(text))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def plain(value: float) -> str:
    return f"{value:,.10g}"


def shares(name: str, counts: Counts, places: int = 3) -> list[str]:
    return [name, f"{counts.total:,}", *(f"{counts.share(outcome):.{places}f}" for outcome in Outcome)]


def slips() -> str:
    """From lexicon/figures.toml, cheapest first."""
    found = sorted(load_figure_lexicon().slips.values(), key=lambda slip: slip.cost)
    rows = ([f"`{slip.id}`", slip.cost, slip.example, plain(slip.value), slip.truth] for slip in found)
    return table(["slip", "cost", "printed", "meant", "what happened"], rows)


def size(benchmark: Benchmark) -> str:
    clean = sum(counts.total for counts in benchmark.clean.values())
    return f"{benchmark.articles:,} articles with {benchmark.garbled.total:,} garbled figures and {clean:,} clean ones"


def by_witnesses(benchmark: Benchmark) -> str:
    rows = [shares(str(number), counts) for number, counts in sorted(benchmark.witnesses.items())]
    rows += [shares("2 or more", benchmark.two_witnesses), shares("all", benchmark.garbled)]
    return f"{size(benchmark)}:\n\n{table(['witnesses', 'figures', *OUTCOMES], rows)}"


def by_slip(benchmark: Benchmark) -> str:
    """The hardest first; those that are always undone in one row."""
    hard = {name: counts for name, counts in benchmark.slips.items() if counts.right < counts.total}
    easy = {name: counts for name, counts in sorted(benchmark.slips.items()) if name not in hard}
    rows = [
        [name, benchmark.examples[name].printed.strip(), *shares(name, counts)[1:]]
        for name, counts in sorted(hard.items(), key=lambda item: (item[1].share(Outcome.RIGHT), item[0]))
    ]
    rows.append([f"each of {'; '.join(easy)}", "", *shares("", total(easy.values()))[1:]])
    return table(["slip", "first printed as", "figures", *OUTCOMES], rows)


def harm(benchmark: Benchmark) -> str:
    """Clean figures that were changed, marked, or left unread."""
    beside = benchmark.clean[BESIDE]
    odd = {name: counts for name, counts in benchmark.clean.items() if name != BESIDE}
    unread = sum(counts.unread for counts in benchmark.clean.values())
    return (
        f"Of {beside.total:,} clean figures in ordinary articles, most of them beside a garbled one, and of "
        f"{total(odd.values()).total:,} written to look wrong:\nharmed {benchmark.harmed}, unread {unread}. "
        f"The latter are of {len(odd)} kinds:\n{', '.join(sorted(odd))}."
    )


def calibration(benchmark: Benchmark) -> str:
    rows = (
        [f"{tenth / BINS:.1f} to {(tenth + 1) / BINS:.1f}", f"{repairs:,}", f"{right / repairs:.3f}"]
        for tenth, (repairs, right) in sorted(benchmark.confidence.items())
    )
    return table(["confidence", "repairs", "of them right"], rows)


def second_seed(benchmark: Benchmark, day: dt.date) -> str:
    """The other seed: told to two decimals, with its day."""
    repairs, right = map(sum, zip(*benchmark.confidence.values(), strict=True))
    none, one, more = (benchmark.witnesses[0], benchmark.witnesses[1], benchmark.two_witnesses)
    repaired = ", ".join(f"{counts.share(Outcome.RIGHT):.2f}" for counts in (none, one, more))
    rest = ", ".join(
        f"{benchmark.garbled.share(outcome):.2f} {name}" for outcome, name in zip(Outcome, OUTCOMES, strict=True)
    )
    return (
        f"`--seed {SECOND_SEED}`, on {day.isoformat()}: {size(benchmark)};\n"
        f"repaired {repaired} with 0, 1, and 2 or more witnesses; of all {rest};\n"
        f"harmed {benchmark.harmed}; of {repairs:,} repairs {right / repairs:.2f} right."
    )


def of_gold(scores: Mapping[str, tuple[int, Score]]) -> str:
    """Garbled figures of annotated articles, by folder."""
    return "\n".join(
        f"- `{name}`, {articles} articles: {score.garbled.total} garbled figures, "
        + ", ".join(f"{count} {told}" for count, told in zip(score.garbled.as_record().values(), OUTCOMES, strict=True))
        + f"; harmed {score.harmed}."
        for name, (articles, score) in scores.items()
    )


def score_folder(folder: Path) -> tuple[int, Score]:
    gold = list(iter_gold(folder))
    return len(gold), score_articles((one, extract(one.article)) for one in gold)


def blocks_of(benchmark: Benchmark) -> Mapping[str, str]:
    """The tables that one run of the benchmark gives."""
    made: Mapping[str, Callable[[Benchmark], str]] = {
        "by witnesses": by_witnesses,
        "by slip": by_slip,
        "harm": harm,
        "calibration": calibration,
    }
    return {name: make(benchmark) for name, make in made.items()}


def run(seed: int) -> Benchmark:
    return run_benchmark(iter_made_articles(ARTICLES, seed), lambda made: extract(made.article))


def main() -> None:
    gold = {f"tests/gold/{name}": score_folder(ROOT / "tests" / "gold" / name) for name in ("dev", "demo")}
    blocks = {
        "slips": slips(),
        **blocks_of(run(SEED)),
        "second seed": second_seed(run(SECOND_SEED), dt.date.today()),
        "gold": of_gold(gold),
    }
    text = PAGE.read_text(encoding="utf-8")
    fresh = FORMER.sub(lambda found: f"<!-- measured: {found[1]} -->\n{blocks[found[1]]}\n<!-- end -->", text)
    PAGE.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    main()
