"""`cakupan review`: people's verdicts on claims, at the terminal or as files."""

from __future__ import annotations

import datetime as dt
import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.commands.config_option import with_config
from corpus.commands.day_option import DAY
from corpus.commands.region_option import REGION
from corpus.config import load_config
from corpus.exits import Exit
from corpus.records import Problems, open_stdin, read_file, write_line
from extract.models import Metric

if TYPE_CHECKING:
    from corpus.review.agreement import Agreement
    from corpus.review.keyboard import Keyboard
    from corpus.review.queue import Filters
    from extract.models import Region

FILE = click.Path(dir_okay=False, allow_dash=True, path_type=Path)


@click.command("review")
@with_config
@click.option("--reviewer", help="Your name or initials, kept with each verdict.")
@click.option("--region", type=REGION, help="Only claims on this region, or in this province: code (81.02) or name.")
@click.option("--metric", type=click.Choice([metric.value for metric in Metric]), help="Only claims on this.")
@click.option("--since", type=DAY, help="Only claims of this day or later.")
@click.option("--second", is_flag=True, help="Claims that others have judged and you have not, without their verdicts.")
@click.option("--export", "exported", type=FILE, help="Write the queue as tasks, JSON lines, - for stdout.")
@click.option("--done", is_flag=True, help="With --export: every verdict that was given, instead of tasks.")
@click.option("--sample", type=click.IntRange(min=1), help="With --export: so many of all claims at random.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed, another sample.")
@click.option("--import", "imported", type=FILE, help="Take in the verdicts of such a file.")
@click.option("--agreement", nargs=2, metavar="NAME NAME", help="How far two reviewers agree: Cohen's kappa by field.")
@click.option("--json", "as_json", is_flag=True, help="With --agreement or --import: print JSON.")
def command(
    config_file: Path | None,
    database: Path | None,
    reviewer: str | None,
    region: Region | None,
    metric: str | None,
    since: dt.date | None,
    second: bool,
    exported: Path | None,
    done: bool,
    sample: int | None,
    seed: int,
    imported: Path | None,
    agreement: tuple[str, str] | None,
    as_json: bool,
) -> None:
    """Judge claims one by one: accept, correct, reject. Each verdict is saved at once, and nothing is overwritten.

    First come claims that were judged and have changed since, then unsettled ones, suspect ones, repaired ones,
    and the rest. Keys are explained by ?.

    With --export, --import and --agreement two people can annotate on two machines and compare.

    Exit codes: 0 fine, 1 lines of an imported file were no verdicts, 2 misuse, 130 interrupted.
    """
    chosen = [name for name, on in (("--export", exported), ("--import", imported), ("--agreement", agreement)) if on]
    if len(chosen) + second > 1:
        raise click.UsageError(f"Give one of {', '.join([*chosen, *(['--second'] if second else [])])}.")
    if (done or sample is not None) and not exported:
        raise click.UsageError("--done and --sample go with --export.")
    if done and sample is not None:
        raise click.UsageError("--done writes every verdict; --sample draws tasks. Give one of them.")
    config = load_config(config_file)
    path = database or config.database
    require(path)
    if agreement:
        print_agreement(path, agreement, as_json)
        return
    name = reviewer or config.reviewer
    if imported:
        import_file(path, imported, name, as_json)
        return
    filters = make_filters(region, metric, since)
    if exported:
        export_file(path, exported, filters, sample, seed, done)
        return
    judge(path, name, filters, second)


def require(path: Path) -> None:
    """Raise MissingDatabase where there is none: verdicts on nothing are no reason to make one."""
    from corpus.errors import MissingDatabase

    if not path.exists():
        raise MissingDatabase(path)


def make_filters(region: Region | None, metric: str | None, since: dt.date | None) -> Filters:
    """The filters asked for."""
    from corpus.review.queue import Filters

    return Filters(region.code if region else None, metric, since)


def judge(path: Path, name: str | None, filters: Filters, second: bool) -> None:
    """A session at the terminal, or with answers from stdin."""
    from rich.console import Console

    from corpus.compare import refresh
    from corpus.review.keyboard import open_keyboard
    from corpus.review.queue import count_queue, iter_queue, iter_second
    from corpus.review.session import Session
    from corpus.review.verdicts import check_reviewer
    from corpus.runs import utc_now
    from corpus.store import Store
    from corpus.tables import screen_width

    keyboard = open_keyboard()
    with Store.open(path) as store:
        who = check_reviewer(name if name is not None else ask_name(keyboard))
        if second:
            claims = list(iter_second(store.db, filters, who))
            click.echo(f"{len(claims)} claims for a second opinion, reviewer {who}.")
        else:
            click.echo(f"{count_queue(store.db, filters)} claims in the queue, reviewer {who}.")
        session = Session(
            store=store,
            reviewer=who,
            claims=claims if second else iter_queue(store.db, filters),
            keyboard=keyboard,
            console=Console(width=screen_width(), highlight=False),
            clock=utc_now,
            blind=second,
        )
        try:
            session.run()
        except KeyboardInterrupt:
            click.echo(f"\n{session.tally()} Everything is kept in {path}.")
            sys.exit(Exit.INTERRUPTED)
        refresh(store)
        left = "" if second else f" Left in the queue: {count_queue(store.db, filters)}."
        click.echo(f"{session.tally()}{left}")


def ask_name(keyboard: Keyboard) -> str:
    """The reviewer's name, where no option or setting tells it."""
    click.echo('Who are you? Each verdict is kept with a name. (reviewer = "..." in cakupan.toml tells it for good.)')
    click.echo("name or initials: ", nl=False)
    try:
        return keyboard.line()
    except EOFError:
        click.echo()
        return ""


def export_file(path: Path, file: Path, filters: Filters, sample: int | None, seed: int, done: bool) -> None:
    """Write tasks or verdicts, the file as a whole or not at all."""
    from corpus.review.exchange import iter_reviews, iter_tasks
    from corpus.schema import open_database

    with closing(open_database(path, read_only=True)) as db:
        records = iter_reviews(db) if done else iter_tasks(db, filters, sample, seed)
        if str(file) == "-":
            for record in records:
                write_line(record)
            return
        part = file.with_name(file.name + ".part")
        count = 0
        try:
            with part.open("w", encoding="utf-8") as handle:
                for record in records:
                    handle.write(json.dumps(record, ensure_ascii=False) + "\n")
                    count += 1
            part.replace(file)
        except OSError as problem:
            part.unlink(missing_ok=True)
            raise click.ClickException(f"{file} cannot be written ({problem.strerror}).") from problem
    click.echo(f"Wrote {count} {'verdicts' if done else 'tasks'} to {file}.")


def import_file(path: Path, file: Path, name: str | None, as_json: bool) -> None:
    """Take in verdicts; lines that are none are told, and end the command with exit code 1."""
    from corpus.compare import refresh
    from corpus.review.exchange import Taken, import_reviews
    from corpus.runs import utc_now
    from corpus.store import Store

    problems = Problems()
    content = open_stdin().read() if str(file) == "-" else read_file(file, problems)
    if content is None:
        problems.finish()
        return
    with Store.open(path) as store:
        summary = import_reviews(
            store,
            content.splitlines(),
            "stdin" if str(file) == "-" else str(file),
            problems,
            reviewer=name,
            now=utc_now(),
        )
        refresh(store)
    counts = {kind.value: summary.taken[kind] for kind in Taken}
    if as_json:
        write_line({**counts, "bad": summary.bad})
    else:
        click.echo(
            f"Verdicts: {counts['new']} new, {counts['known']} known already, {counts['outdated']} on claims that say "
            f"something else by now; {counts['empty']} tasks without an answer, {summary.bad} bad lines."
        )
    problems.finish()


def print_agreement(path: Path, names: tuple[str, str], as_json: bool) -> None:
    """The table of how far two reviewers agree."""
    from dataclasses import asdict

    from corpus.review.agreement import measure_agreement
    from corpus.schema import open_database

    with closing(open_database(path, read_only=True)) as db:
        found = measure_agreement(db, *names)
    if as_json:
        for row in found:
            write_line(asdict(row))
        return
    click.echo(f"{names[0]} and {names[1]}, on claims that both have judged in the same form")
    click.echo(f"{'field':<10}{'claims':>8}{'agree':>9}{'kappa':>9}")
    for row in found:
        click.echo(describe_row(row))


def describe_row(row: Agreement) -> str:
    """One field as a line of the table."""
    if row.observed is None:
        return f"{row.field:<10}{row.claims:>8}{'':>9}{'':>9}  nothing to compare"
    kappa = f"{row.kappa:>9.3f}" if row.kappa is not None else f"{'':>9}  undefined: both put all into one category"
    return f"{row.field:<10}{row.claims:>8}{row.observed:>9.1%}{kappa}"
