"""`cakupan score`: how well extraction does, against annotated articles or against figures garbled on purpose."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from corpus.progress import track
from extract.benchmark.articles import iter_made_articles
from extract.benchmark.tally import BINS, Benchmark, run_benchmark
from extract.gold import iter_gold
from extract.outcomes import Counts, Outcome
from extract.score import Score, score_articles

NAME, EXAMPLE = 25, 16  # columns; with the five figures behind them a table is 79 wide


@click.command("score")
@click.argument("gold", type=click.Path(path_type=Path), required=False)
@click.option(
    "--garbled",
    type=click.IntRange(min=1),
    metavar="N",
    help="Instead of GOLD, N articles made up from the gazetteer's populations, with figures garbled in known ways.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Which articles: the same seed makes the same.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@click.option("--misses", is_flag=True, help="List every disagreement below the table.")
def command(gold: Path | None, garbled: int | None, seed: int, as_json: bool, misses: bool) -> None:
    """Compare extraction with the annotated articles in GOLD, a .json file or a folder of them.

    How articles are scored is told in tests/gold/README.md. With --garbled no GOLD is needed: it shows which slips are
    undone, which are only marked, which go by in silence, and what happens to figures that were right.
    """
    if (gold is None) == (garbled is None):
        raise click.UsageError("Say either GOLD, a file or folder of annotated articles, or --garbled N.")
    if garbled is not None:
        score_garbled(garbled, seed, as_json, misses)
    elif gold is not None:
        score_gold(gold, as_json, misses)


def score_gold(gold: Path, as_json: bool, misses: bool) -> None:
    """Print P, R and F1 over annotated articles."""
    from extract.pipeline import extract

    articles = list(iter_gold(gold))
    pairs = ((article, extract(article.article)) for article in track(articles, "Scoring", total=len(articles)))
    score = score_articles(pairs)
    if as_json:
        garbled = score.garbled.as_record() | {"harmed": score.harmed}
        record: dict[str, object] = {"articles": len(articles), **score.as_record(), "garbled": garbled}
        if misses:
            record["misses"] = [[miss.article, miss.what, miss.raw, miss.expected, miss.got] for miss in score.misses]
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        return
    show(score, len(articles))
    if misses:
        for miss in score.misses:
            click.echo(f"{miss.article}: {miss.what} {miss.raw!r}: expected {miss.expected}, got {miss.got}")


def show(score: Score, articles: int) -> None:
    click.echo(f"{articles} articles")
    click.echo(f"{'':<14}{'gold':>6}{'given':>7}{'right':>7}{'P':>8}{'R':>8}{'F1':>8}")
    rows = {kind.value: tally for kind, tally in score.mentions.items()}
    rows |= {"claims found": score.found, "claims core": score.core}
    for name, tally in rows.items():
        click.echo(
            f"{name:<14}{tally.gold:>6}{tally.given:>7}{tally.right:>7}"
            f"{tally.precision:>8.3f}{tally.recall:>8.3f}{tally.f1:>8.3f}"
        )
    click.echo("\nOver the claims found:")
    for name, tally in score.fields.items():
        click.echo(f"{name:<14}{tally.gold:>6}{'':>7}{tally.right:>7}{tally.recall:>24.3f}")
    garbled = score.garbled
    click.echo(
        f"\nGarbled figures: {garbled.total}, of which {garbled.right} repaired, {garbled.suspect} marked suspect, "
        f"{garbled.silent} wrong in\nsilence, {garbled.unread} unread. Figures that were right and were harmed: "
        f"{score.harmed}."
    )


def score_garbled(number: int, seed: int, as_json: bool, misses: bool) -> None:
    """Print what becomes of garbled figures, by slip, by witnesses and by kind of article, and of clean ones."""
    from extract.pipeline import extract

    made = track(iter_made_articles(number, seed), "Repairing", total=number)
    benchmark = run_benchmark(made, lambda one: extract(one.article))
    if as_json:
        record = {"seed": seed, **benchmark.as_record()}
        if not misses:
            del record["misses"]
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        return
    clean = sum(counts.total for counts in benchmark.clean.values())
    click.echo(
        f"{number:,} made articles (seed {seed}): {benchmark.garbled.total:,} garbled figures, {clean:,} clean ones"
    )
    show_benchmark(benchmark)
    if misses:
        click.echo("")
        for miss in benchmark.misses:
            click.echo(
                f"{miss.slip}, {miss.outcome}: {miss.printed!r} for {miss.meant:.10g}, got {miss.got}: {miss.text}"
            )


def show_benchmark(benchmark: Benchmark) -> None:
    heads = "".join(f"{head:>8}" for head in ("repair", "suspect", "silent", "unread"))
    click.echo(f"\n{'Slip':<{NAME}}{'first printed as':<{EXAMPLE}}{'n':>6}{heads}")
    for slip, counts in sorted(benchmark.slips.items()):
        click.echo(line(slip, counts, benchmark.examples[slip].printed))
    click.echo(line("all", benchmark.garbled))
    click.echo("\nBy what could tell (a percentage, a sum, the region's population, ...)")
    for witnesses, counts in sorted(benchmark.witnesses.items()):
        click.echo(line(f"{witnesses} witness{'' if witnesses == 1 else 'es'}", counts))
    click.echo(line("2 witnesses or more", benchmark.two_witnesses))
    click.echo("\nBy kind of article")
    for shape, counts in sorted(benchmark.shapes.items()):
        click.echo(line(shape, counts))
    click.echo("\nClean figures (repair: read as printed; suspect and silent: harmed)")
    for kind, counts in sorted(benchmark.clean.items()):
        click.echo(line(kind, counts))
    click.echo(f"harmed: {benchmark.harmed}")
    click.echo("\nConfidence of repairs, and how many of them are right")
    for tenth, (repairs, right) in sorted(benchmark.confidence.items()):
        click.echo(f"{tenth / BINS:.1f} to {(tenth + 1) / BINS:.1f}{repairs:>10}{right / repairs:>8.3f}")


def line(name: str, counts: Counts, example: str = "") -> str:
    """One row of the table: a name, an example, how many, and the share of each outcome."""
    shares = "".join(f"{counts.share(outcome):>8.3f}" for outcome in Outcome)
    return f"{name:<{NAME + EXAMPLE - len(example)}}{example}{counts.total:>6}{shares}"
