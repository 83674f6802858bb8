"""`cakupan backfill`: articles out of WARC files, without crawling."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.commands.config_option import with_config
from corpus.commands.day_option import DAY, refuse_backward
from corpus.commands.workers_option import refuse_both, with_workers
from corpus.config import load_config
from corpus.exits import Exit
from corpus.progress import keeping
from corpus.unattended.lock import hold
from corpus.unattended.stop import Stop
from crawler.outlets import resolve_outlet
from crawler.registry import registry_with

if TYPE_CHECKING:
    from corpus.backfill import BackfillSummary, FileProgress, Watch
    from corpus.runs import Progress, Stage

PATH = click.Path(exists=True, path_type=Path)
WIDTH = 79


@click.command("backfill")
@click.argument("files", nargs=-1, required=True, type=PATH)
@with_config
@click.option("--outlets", help="Only these, by domain or name, separated by commas; else all of the registry.")
@click.option("--any-site", is_flag=True, help="Stories of any site that are in Indonesian and about JKN.")
@click.option("--since", type=DAY, help="Only articles published on this day or later.")
@click.option("--until", type=DAY, help="Only articles published on this day or earlier.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many articles.")
@click.option("--again", is_flag=True, help="Read files anew that were read to their end before.")
@with_workers
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def command(
    files: tuple[Path, ...],
    config_file: Path | None,
    database: Path | None,
    outlets: str | None,
    any_site: bool,
    since: dt.date | None,
    until: dt.date | None,
    limit: int | None,
    again: bool,
    jobs: int,
    dask: str | None,
    as_json: bool,
) -> None:
    """Load the articles that WARC FILES hold, Common Crawl's news or anybody's, gzipped or not; folders too.

    Records are passed over by site, or with --any-site by language and topic, before a page is parsed. A backfill that
    was stopped goes on where it was, and a file that was read to its end is passed over. With --jobs or --dask, files
    are read side by side and stored in their order; the workers of a cluster are to see them by the same paths.
    """
    refuse_both(jobs, dask)
    refuse_backward(since, until)
    if outlets and any_site:
        raise click.UsageError("--outlets names sites and --any-site takes all; choose one.")
    config = load_config(config_file)
    names = outlets.split(",") if outlets else () if any_site else config.outlets
    known = registry_with(config.registry)
    chosen = tuple(resolve_outlet(name, known) for name in names) if names else known

    stop = Stop()
    with stop.on():
        from corpus.backfill import BackfillSettings, backfill
        from corpus.store import Store
        from corpus.tables import print_text
        from corpus.verbosity import set_verbosity
        from corpus.workers.opening import open_workers
        from corpus.workers.work import ThisProcess
        from crawler.archive.sift import Sieve

        set_verbosity(False)
        sieve = Sieve(chosen, any_site, since, until)
        path = database or config.database
        lock = hold(path, "backfill")
        with keeping(path), lock, Store.open(path) as store, watch_backfill() as (watch, progress):
            settings = BackfillSettings(sieve, limit, again)
            with open_workers(jobs, dask) as workers:
                others = None if isinstance(workers, ThisProcess) else workers
                summary = backfill(files, store, settings, watch=watch, progress=progress, stop=stop, workers=others)
        if as_json:
            click.echo(json.dumps(summary.to_json(), ensure_ascii=False))
        else:
            print_text(describe(summary, path))
    if summary.files_left:
        sys.exit(Exit.FAILED)
    if summary.files + summary.files_passed_over == 0 and not stop.is_asked_for:
        raise click.ClickException("there is no WARC file (.warc.gz, .warc) in the folders named.")


@contextlib.contextmanager
def watch_backfill() -> Iterator[tuple[Watch, Progress]]:
    """A line on stderr that tells how the reading goes, and one for what comes after, where somebody watches."""
    from corpus.backfill import unwatched
    from corpus.runs import silent

    if not sys.stderr.isatty():
        yield unwatched, silent
        return
    from rich.console import Console
    from rich.progress import Progress as Lines
    from rich.progress import TextColumn
    from rich.table import Column

    began = time.monotonic()
    whole = TextColumn("{task.description}", table_column=Column(no_wrap=True, overflow="ellipsis"))
    with Lines(whole, console=Console(stderr=True), transient=True) as lines:
        reading, after = lines.add_task("Reading"), lines.add_task("", visible=False)

        def watch(progress: FileProgress) -> None:
            lines.update(reading, description=progress_line(progress, max(time.monotonic() - began, 0.001)))

        def show(stage: Stage, done: int, total: int | None) -> None:
            lines.update(after, description=f"{stage.value} {done} of {total}", visible=True)

        yield watch, show


def progress_line(progress: FileProgress, seconds: float) -> str:
    """How the reading goes, in less than 80 columns.

    The commonest reasons for dropping come first; what does not fit is left out.
    """
    done = progress.offset / progress.size_bytes if progress.size_bytes else 1.0
    line = f"{done:4.0%} {progress.bytes_read / 1e6 / seconds:5.1f} MB/s {progress.records / seconds:6.0f}/s"
    counts = dict(progress.counts)
    parts = [f"articles {counts.pop('articles', 0)}"]
    parts += [f"{name} {count}" for name, count in sorted(counts.items(), key=lambda item: -item[1]) if count]
    for part in parts:
        if len(line) + len(part) + 2 > WIDTH:
            break
        line += f"  {part}"
    return line


def describe(summary: BackfillSummary, path: Path) -> str:
    """The counts of a backfill as text."""
    passed = f" ({summary.files_passed_over} read before)" if summary.files_passed_over else ""
    files = f"{summary.files} {'file' if summary.files == 1 else 'files'}{passed}"
    lines = [
        f"Backfill {summary.run} {summary.status.value}: {files}, {summary.records} records at "
        f"{summary.megabytes_per_second:.1f} MB/s; {summary.articles_new} new articles, {summary.articles_revised} "
        f"revised, {summary.articles_unchanged} as before; {summary.claims} claims read from them. All in {path}."
    ]
    if summary.dropped:
        reasons = sorted(summary.dropped.items(), key=lambda item: -item[1])
        lines.append("Passed over: " + ", ".join(f"{reason} {count}" for reason, count in reasons) + ".")
    if summary.forgotten:
        lines.append(f"Not stored again, as their publishers asked: {summary.forgotten}.")
    if summary.files_left:
        lines.append(f"Left for the next backfill, as told above: {summary.files_left}.")
    if summary.damaged_places:
        lines.append(f"Damaged places: {summary.damaged_places}; reading went on behind each.")
    return "\n".join(lines)
