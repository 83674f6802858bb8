"""`cakupan verify`: every claim walked back to the bytes it was read from."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.commands.config_option import with_config
from corpus.config import load_config
from corpus.exits import Exit

if TYPE_CHECKING:
    from corpus.trust.problems import Problem
    from corpus.trust.verify import Verdict, Watch

FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)
SHOWN_CLAIMS = 5


@click.command("verify")
@with_config
@click.option("--archive", "archives", type=FOLDER, multiple=True, help="Folder of WARC files; may be given again.")
@click.option("--fetch-again", is_flag=True, help="Have the next run fetch anew what does not hold in the archive.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON line for each problem, and one that sums up.")
def command(
    config_file: Path | None, database: Path | None, archives: tuple[Path, ...], fetch_again: bool, as_json: bool
) -> None:
    """Walk every claim back: figure, text, revision, fetch, WARC record, address; and reckon all digests anew.

    What does not hold is told with the claims that rest on it, and the exit code is 1. Copies that were dropped for
    their age, removed as their publishers asked, or never kept are counted and are no fault. Nothing is changed, but
    that --fetch-again notes what is damaged, and the next run asks for those pages and listings once more.
    """
    config = load_config(config_file)
    path = database or config.database
    usual = (config.archive,) if config.archive is not None and config.archive.is_dir() else ()

    from corpus.tables import print_text
    from corpus.trust.verify import verify

    found: list[Problem] = []

    def report(problem: Problem) -> None:
        found.append(problem)
        click.echo(json.dumps(problem.to_json(), ensure_ascii=False) if as_json else describe_problem(problem))

    with watch_verify() as watch:
        verdict = verify(path, archives or usual, report, watch=watch, asked_for=bool(archives))
    if as_json:
        summary = {"holds": verdict.holds, "problems": dict(sorted(verdict.problems.items())), **asdict(verdict.tally)}
        click.echo(json.dumps(summary, ensure_ascii=False))
    else:
        print_text(describe(verdict, path))
    if fetch_again:
        from corpus.store import Store
        from corpus.trust.damage import note_damage

        with Store.open(path) as store:
            count = note_damage(store, found, dt.datetime.now(dt.UTC))
        click.echo(f"Pages and listings to be fetched again by the next run: {count}.", err=True)
    if not verdict.holds:
        sys.exit(Exit.FAILED)


@contextlib.contextmanager
def watch_verify() -> Iterator[Watch]:
    """A bar for each stage on stderr, where somebody watches."""
    from corpus.trust.verify import unwatched

    if not sys.stderr.isatty():
        yield unwatched
        return
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def watch(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(f"{stage:<8}", total=total)
            bars.update(tasks[stage], completed=done)

        yield watch


def describe_problem(problem: Problem) -> str:
    """A problem in a line."""
    line = f"{problem.kind.value}  {problem.where}  {problem.message}"
    if not problem.claims:
        return line
    shown = ", ".join(problem.claims[:SHOWN_CLAIMS])
    more = len(problem.claims) - SHOWN_CLAIMS
    return f"{line}; claims that rest on it: {shown}{f' and {more} more' if more > 0 else ''}"


def describe(verdict: Verdict, path: Path) -> str:
    """What was looked at, and what came of it."""
    tally = verdict.tally
    lines = [
        f"{path}: {tally.claims} claims in {tally.articles} articles, {tally.revisions} revisions, "
        f"{tally.records} records in {tally.files} files of the archive. "
        f"{tally.copies_kept} pages and listings as fetched are kept and hold; {tally.claims_with_copy} claims "
        "lead back to the bytes that they were read from."
    ]
    absent = {
        "dropped for their age": tally.copies_dropped,
        "removed as asked": tally.copies_removed,
        "never kept": tally.copies_never_kept,
        "damaged and fetched again": tally.copies_replaced,
        "in an archive that is not at hand": tally.copies_elsewhere,
    }
    if any(absent.values()):
        lines.append("No fault: " + ", ".join(f"{count} {why}" for why, count in absent.items() if count) + ".")
    if tally.removed_articles:
        lines.append(f"Without their texts, as their publishers asked: {tally.removed_articles} articles.")
    if tally.texts_left_out:
        lines.append("This is a published copy without texts, so spans were not looked at.")
    if tally.unread_articles:
        lines.append(f"Waiting to be read by the next run: {tally.unread_articles} articles.")
    if tally.unchecked:
        lines.append(f"Not looked at, for the file may not be written: {', '.join(tally.unchecked)}.")
    if verdict.holds:
        lines.append("All of it holds.")
    else:
        told = ", ".join(f"{kind.value} {count}" for kind, count in sorted(verdict.problems.items()))
        lines.append(f"Does not hold: {told}. See docs/trust.md for what to do.")
    return "\n".join(lines)
