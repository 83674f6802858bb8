"""`cakupan score`: precision, recall and F1 against annotated articles."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from corpus.progress import track
from extract.gold import iter_gold
from extract.score import Score, score_articles


@click.command("score")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@click.option("--misses", is_flag=True, help="List every disagreement below the table.")
def command(gold: Path, as_json: bool, misses: bool) -> None:
    """Compare extraction with the annotated articles in GOLD, a .json file or a folder of them.

    How articles are scored is told in tests/gold/README.md.
    """
    from extract.pipeline import extract

    articles = list(iter_gold(gold))
    pairs = ((article, extract(article.article)) for article in track(articles, "Scoring", total=len(articles)))
    score = score_articles(pairs)
    if as_json:
        record: dict[str, object] = {"articles": len(articles), **score.as_record()}
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
