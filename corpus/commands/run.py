"""`cakupan run`: one incremental run over the registry's outlets."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from corpus.commands.config_option import FILE, with_config
from corpus.commands.day_option import DAY, refuse_backward
from corpus.commands.duration_option import DURATION
from corpus.config import CONTACT_FORMS, Config, is_contact, load_config
from corpus.exits import Exit
from corpus.progress import keeping, watch_run
from corpus.unattended.lock import hold
from corpus.unattended.logs import LogFormat, LogSettings, start_logging
from corpus.unattended.secrets import secrets_of
from corpus.unattended.stop import Stop
from crawler.outlets import choose_outlets
from crawler.registry import registry_with

if TYPE_CHECKING:
    from corpus.runs import RunSettings, RunSummary
    from corpus.unattended.watch import Watched
    from crawler.outlets import Outlet

FOLDER = click.Path(file_okay=False, path_type=Path)
SHORTEST_PAUSE = 1.0
"""Seconds between two requests to a site that is not one's own."""


@click.command("run")
@click.argument("outlets", nargs=-1)
@with_config
@click.option("--contact", help="E-mail address or web page that outlets may write to.")
@click.option("--allow-local", is_flag=True, help="Let addresses lead to this machine or its network.")
@click.option("--since", type=DAY, help="Only articles published on this day or later.")
@click.option("--until", type=DAY, help="Only articles published on this day or earlier.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many articles an outlet.")
@click.option("--max-time", type=DURATION, help="End in order by then, as 90m or 2h; the rest is for the next run.")
@click.option("--archive", type=FOLDER, help="Keep what is fetched below this folder, as WARC files.")
@click.option("--no-archive", is_flag=True, help="Keep nothing of what is fetched but the articles.")
@click.option(
    "--replay", is_flag=True, help="Fetch nothing: OUTLETS are files or folders of an archive, crawled again."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.option("--log", type=FILE, help="Log to this file, which may be rotated, and not to stderr.")
@click.option("--log-format", type=click.Choice([one.value for one in LogFormat]), help="Lines of text, or of JSON.")
@click.option("-v", "--verbose", is_flag=True, help="Tell what the crawler does.")
def command(
    outlets: tuple[str, ...],
    config_file: Path | None,
    database: Path | None,
    contact: str | None,
    allow_local: bool,
    since: dt.date | None,
    until: dt.date | None,
    limit: int | None,
    max_time: dt.timedelta | None,
    archive: Path | None,
    no_archive: bool,
    replay: bool,
    as_json: bool,
    log: Path | None,
    log_format: str | None,
    verbose: bool,
) -> None:
    """Crawl OUTLETS (domains or names; if none, all of the registry but the quarantined ones), extract, repair, check
    and load what is new.

    With --replay, the same spiders run on what an earlier run recorded, and nothing leaves this machine.

    Slow and polite on purpose: robots.txt is obeyed, one request at a time to a host, two seconds apart at the least.

    On SIGTERM, or when --max-time is over, a run keeps and reads what it has and leaves the rest to the next.

    At its end it looks for alarms and tells them (docs/watching.md). Exit codes: 0 fine, 1 failed, 2 misuse, 3 done
    with alarms (`cakupan status`), 75 another run is at work.
    """
    if contact is not None and not is_contact(contact):
        raise click.BadParameter(f"{contact!r} {CONTACT_FORMS}", param_hint="--contact")
    refuse_backward(since, until)
    config = load_config(config_file)
    path = database or config.database
    form = LogFormat(log_format) if log_format else config.log_format
    logs = LogSettings(verbose, form, log or config.log, secrets_of((config, dict(os.environ))))
    if replay:
        asked: dict[str, object] = {"--since": since, "--until": until, "--limit": limit, "--max-time": max_time}
        asked |= {"--archive": archive, "--no-archive": no_archive}
        if given := [option for option, value in asked.items() if value]:
            raise click.UsageError(f"--replay asks for what the run did; {', '.join(given)} cannot be given with it.")
        replay_files(tuple(map(Path, outlets)), path, logs, as_json=as_json)
        return
    chosen = choose_outlets(outlets or config.outlets, registry_with(config.registry))
    contact, allow_local = may_crawl(config, contact, allow_local=allow_local)

    stop = Stop(max_time or config.max_time)
    with stop.on():
        from corpus.runs import RunSettings
        from corpus.unattended.watch import settings_of
        from crawler.settings import crawl_settings

        settings_of(config)  # what is wrong with [alarms] is told before anybody is asked
        settings = RunSettings(
            scrapy=crawl_settings(contact, allow_local=allow_local, delay=config.pause_seconds),
            since=since,
            until=until,
            limit=limit,
            insist=bool(outlets),
            archive=None if no_archive else archive or config.archive,
        )
        start_logging(logs)
        summary, watched = crawl(chosen, path, settings, stop, config, as_json=as_json)
    sys.exit(judge(summary, len(watched.alarms) if watched else 0))


def may_crawl(config: Config, contact: str | None, *, allow_local: bool) -> tuple[str | None, bool]:
    """Whom outlets may write to, and whether local ones are asked; raises ClickException where neither allows it."""
    contact = contact or config.contact
    allow_local = allow_local or config.allow_local
    if not contact and not allow_local:
        raise click.ClickException(
            "outlets must be able to reach whoever crawls them. Give an e-mail address or web page with --contact, "
            "or set `contact` in cakupan.toml (`cakupan init` writes one)."
        )
    if config.pause_seconds < SHORTEST_PAUSE and not allow_local:
        raise click.ClickException(
            f"pause_seconds is {config.pause_seconds:g}; sites of others are asked once a second at the most."
        )
    return contact, allow_local


def crawl(
    outlets: Sequence[Outlet], path: Path, settings: RunSettings, stop: Stop, config: Config, *, as_json: bool
) -> tuple[RunSummary, Watched | None]:
    """Run, look for alarms and tell them, and print the summary however the run ends."""
    from corpus.runs import run
    from corpus.store import Store
    from corpus.unattended.watch import watch_safely

    told: list[RunSummary] = []
    watched: Watched | None = None
    archive = settings.archive or config.archive
    try:
        with keeping(path), hold(path, "run"), Store.open(path) as store:
            try:
                with watch_run() as progress:
                    summary = run(outlets, store, settings=settings, progress=progress, stop=stop, tell=told.append)
            except Exception:
                # Nobody may be looking: that it failed is told, too. Who pressed Ctrl-C is not kept waiting.
                watched = watch_safely(store, path, config, archive=archive)
                raise
            watched = watch_safely(store, path, config, archive=archive)
            return summary, watched
    finally:
        # Not within, where the progress bar has the screen.
        for one in told:
            show(one, path, watched, as_json=as_json)


def show(summary: RunSummary, path: Path, watched: Watched | None = None, *, as_json: bool) -> None:
    """The summary on stdout, with the alarms that stand after it."""
    if as_json:
        click.echo(json.dumps(summary.to_json() | (watched.to_json() if watched else {}), ensure_ascii=False))
        return
    from corpus.status_table import describe_alarms
    from corpus.tables import print_summary, print_text

    print_summary(summary, path)
    if watched and (alarms := describe_alarms(watched)):
        print_text(escape(alarms))


def judge(summary: RunSummary, standing_alarms: int = 0) -> Exit:
    """The exit code for a run that ended by itself, with so many alarms standing after it."""
    from corpus.store import RunStatus

    if summary.status is RunStatus.INTERRUPTED:
        return Exit.INTERRUPTED
    # Nothing need come where all that there is to ask rests, or the run was stopped before it asked.
    all_rest = summary.postponed > 0 and not summary.errors
    nothing_came = summary.pages_fetched + summary.not_modified == 0
    if nothing_came and not all_rest and summary.status is not RunStatus.STOPPED:
        click.echo("No page could be fetched; is the network there? Try again with --verbose.", err=True)
        return Exit.FAILED
    if summary.status is RunStatus.FAILED:
        return Exit.FAILED
    return Exit.ALARMS if standing_alarms else Exit.FINE


def replay_files(paths: tuple[Path, ...], database: Path, logs: LogSettings, *, as_json: bool) -> None:
    """Crawl recorded runs again, one after another, and tell of each."""
    if not paths:
        raise click.UsageError("--replay needs files or folders of an archive, such as `cakupan run --replay archive`.")
    for path in paths:
        if not path.exists():
            raise click.BadParameter(f"{path} does not exist", param_hint="--replay")
    stop = Stop()
    told = 0
    with stop.on():
        from corpus.replay import replay
        from corpus.store import RunStatus

        with keeping(database), hold(database, "run --replay") as lock:
            for summary in replay(paths, database, logs, lock=lock, stop=stop):
                told += 1
                show(summary, database, as_json=as_json)
                if summary.status is RunStatus.INTERRUPTED:
                    sys.exit(Exit.INTERRUPTED)
    if not told and not stop.is_asked_for:
        raise click.ClickException("there is no recorded run in the folders named.")
