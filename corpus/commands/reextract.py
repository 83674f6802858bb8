"""`cakupan extract --all`: the claims of a database derived anew, and what that changed, for people or as JSON."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import MissingDatabase
from corpus.loading import start_up
from corpus.progress import keeping
from corpus.records import write_line
from corpus.unattended.lock import hold

if TYPE_CHECKING:
    from corpus.reextract import Changes, Example

KINDS = ("new", "changed", "gone")


def derive_anew(path: Path, *, jobs: int, dask: str | None, verbose: bool, as_json: bool) -> None:
    """Read every article of a database by the current rules and print what changed. Raises MissingDatabase."""
    if not path.exists():
        raise MissingDatabase(path)
    with start_up():
        from corpus.compare import refresh
        from corpus.reextract import reextract
        from corpus.store import Store
        from corpus.workers.opening import open_workers
        from extract.language import load_pipeline
        from extract.regions.gazetteer import load_gazetteer

        load_pipeline()
    with keeping(path), hold(path, "extract --all"), Store.open(path) as store:
        known = {code for (code,) in store.db.execute("SELECT code FROM regions")}
        # New rules may know new regions; those that are there are refreshed by the next run.
        store.save_regions(region for code, region in load_gazetteer().regions.items() if code not in known)
        with watching() as watch, open_workers(jobs, dask) as workers:
            changes = reextract(store, watch=watch, workers=workers)
            refresh(store, watch)
    if as_json:
        write_line(changes.to_json())
        return
    click.echo("\n".join(describe(changes, path)))
    if verbose:
        click.echo("\n".join(line for example in changes.examples for line in describe_example(example)))


@contextlib.contextmanager
def watching() -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr where that is a terminal."""
    from corpus.reextract import silent

    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Extracting", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def describe(changes: Changes, path: Path) -> Iterator[str]:
    """What changed, in lines of a screen."""
    from extract import __version__ as version

    left = f"; {changes.without_text} without text were left as they are" if changes.without_text else ""
    yield f"Read {changes.articles} articles of {path} by the rules of version {version}{left}."
    yield (
        f"Claims: {changes.same} the same, {changes.changed} changed, {changes.new} new, {changes.gone} gone; "
        f"articles rewritten: {changes.rewritten}."
    )
    if changes.fields:
        yield "Changed fields: " + ", ".join(f"{name} {count}" for name, count in changes.fields.most_common()) + "."
    if changes.metrics:
        yield f"{'metric':<18}" + "".join(f"{kind:>9}" for kind in KINDS)
        for metric, counts in sorted(changes.metrics.items()):
            yield f"{metric:<18}" + "".join(f"{counts[kind]:>9}" for kind in KINDS)
    if changes.reviews_returned:
        yield f"Verdicts that no longer fit, their claims are first in the queue again: {changes.reviews_returned}."


def describe_example(example: Example) -> Iterator[str]:
    """One claim before and after."""
    yield f"{example.text!r} in article {example.article_id}"
    if example.old is not None and example.new is not None:
        for name in example.fields:
            yield f"  {name}: {example.old[name]} -> {example.new[name]}"
    else:
        row = example.new or example.old or {}
        said = ", ".join(str(row[name]) for name in ("metric", "value", "unit", "region"))
        yield f"  {'new' if example.new else 'gone'}: {said}"
