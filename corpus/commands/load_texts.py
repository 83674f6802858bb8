"""`cakupan extract --db`: texts of one's own into a database, and what became of them, for people or as JSON."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.loading import start_up
from corpus.progress import keeping, watch_run
from corpus.records import Problems
from corpus.tables import counted, describe_claims, describe_settled, print_text
from corpus.unattended.lock import hold
from corpus.unattended.stop import Stop
from crawler.registry import registry_with
from extract.models import Article

if TYPE_CHECKING:
    from corpus.own_texts import LoadSummary


def load_into(
    path: Path,
    registry: Path | None,
    articles: Iterator[Article],
    problems: Problems,
    *,
    jobs: int,
    dask: str | None,
    as_json: bool,
) -> None:
    """Load these articles into the database at `path` and print what became of them. Raises what `load_texts` raises.

    Where there is no article, no database is made.
    """
    known = registry_with(registry)
    stop = Stop()
    with stop.on():
        with start_up():
            from corpus.own_texts import load_texts
            from corpus.store import Store
            from corpus.verbosity import set_verbosity
            from corpus.workers.opening import open_workers

        set_verbosity(False)
        first = next(articles, None)
        if first is None and not path.exists():
            problems.finish()
            raise click.ClickException("there was no text to read, so no database was made.")
        found = articles if first is None else itertools.chain([first], articles)
        with (
            keeping(path),
            hold(path, "extract"),
            Store.open(path) as store,
            watch_run() as progress,
            open_workers(jobs, dask) as workers,
        ):
            summary = load_texts(
                found,
                store,
                known,
                unusable=lambda: problems.count,
                progress=progress,
                stop=stop,
                workers=workers,
            )
    if as_json:
        click.echo(json.dumps(summary.to_json(), ensure_ascii=False))
    else:
        print_text(describe(summary, path))


def describe(summary: LoadSummary, path: Path) -> str:
    """The counts of a loading as text."""
    lines = [
        f"Run {summary.run} {summary.status.value}: {counted(summary.articles_new, 'new text')}, "
        f"{summary.articles_revised} revised, {summary.articles_unchanged} as before; {describe_claims(summary, path)}"
    ]
    lines += describe_settled(summary)
    if summary.articles_revised:
        lines.append(
            "Revised are articles whose address or id came with another text than before, which is kept as a revision; "
            "an id is to be of one text only, in whatever file."
        )
    if summary.shared_ids:
        lines.append(f"Kept apart, though another text has the same id: {summary.shared_ids}.")
    if summary.left_as_fetched:
        lines.append(f"Left as runs have fetched them from their addresses: {summary.left_as_fetched}.")
    if summary.forgotten:
        lines.append(f"Not stored again, as their publishers asked: {summary.forgotten}.")
    if summary.without_text:
        lines.append(f"Without any text, and kept all the same: {summary.without_text}.")
    if summary.without_day:
        lines.append(
            f'Without a day of publication: {summary.without_day}. In these "now" gives no date, and no earlier '
            "articles stand beside them; --published gives them one."
        )
    if summary.unusable:
        lines.append(f"Not to be read, as told above: {summary.unusable}.")
    return "\n".join(lines)
