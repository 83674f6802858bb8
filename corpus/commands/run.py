"""`cakupan run`: one incremental run over the registry's outlets."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import click
from rich.markup import escape

from corpus.config import CONTACT_FORMS, is_contact, load_config, with_config
from corpus.progress import INTERRUPTED, keeping, watch_run
from corpus.verbosity import set_verbosity
from crawler.outlets import choose_outlets
from crawler.registry import registry_with

FOLDER = click.Path(file_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
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
@click.option("--archive", type=FOLDER, help="Keep what is fetched below this folder, as WARC files.")
@click.option("--no-archive", is_flag=True, help="Keep nothing of what is fetched but the articles.")
@click.option(
    "--replay", is_flag=True, help="Fetch nothing: OUTLETS are files or folders of an archive, crawled again."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.option("-v", "--verbose", is_flag=True, help="Tell what the crawler does.")
def command(
    outlets: tuple[str, ...],
    config_file: Path | None,
    database: Path | None,
    contact: str | None,
    allow_local: bool,
    since: dt.datetime | None,
    until: dt.datetime | None,
    limit: int | None,
    archive: Path | None,
    no_archive: bool,
    replay: bool,
    as_json: bool,
    verbose: bool,
) -> None:
    """Crawl OUTLETS (domains or names; if none, all of the registry but the quarantined ones), extract, repair, check
    and load what is new.

    With --replay, the same spiders run on what an earlier run recorded, and nothing leaves this machine.

    Slow and polite on purpose: robots.txt is obeyed, one request at a time to a host, two seconds apart at the least.

    Exit codes: 0 fine, 1 failed, 2 misuse, 3 finished with alarms (`cakupan status`).
    """
    if contact is not None and not is_contact(contact):
        raise click.BadParameter(f"{contact!r} {CONTACT_FORMS}", param_hint="--contact")
    if since and until and since > until:
        raise click.UsageError(f"--since {since:%Y-%m-%d} is later than --until {until:%Y-%m-%d}.")
    config = load_config(config_file)
    if replay:
        asked = {"--since": since, "--until": until, "--limit": limit, "--archive": archive, "--no-archive": no_archive}
        if given := [option for option, value in asked.items() if value]:
            raise click.UsageError(f"--replay asks for what the run did; {', '.join(given)} cannot be given with it.")
        replay_files(tuple(map(Path, outlets)), database or config.database, as_json=as_json, verbose=verbose)
        return
    names = outlets or config.outlets
    known = registry_with(config.registry)
    chosen = choose_outlets(names, known)

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

    from corpus.runs import RunSettings, run
    from corpus.status_table import describe_alarms
    from corpus.store import RunStatus, Store
    from corpus.tables import print_summary, print_text
    from corpus.unattended.watch import settings_of, watch_safely
    from crawler.settings import crawl_settings

    settings_of(config)  # what is wrong with [alarms] is told before anybody is asked
    set_verbosity(verbose)
    settings = RunSettings(
        scrapy=crawl_settings(contact, allow_local=allow_local, delay=config.pause_seconds),
        since=since.date() if since else None,
        until=until.date() if until else None,
        limit=limit,
        insist=bool(outlets),
        archive=None if no_archive else archive or config.archive,
    )
    path = database or config.database
    with keeping(path), Store.open(path) as store:
        try:
            with watch_run() as progress:
                summary = run(chosen, store, settings=settings, progress=progress)
        except Exception:
            # Nobody may be looking: that it failed is told, too.
            watch_safely(store, path, config, archive=archive or config.archive)
            raise
        watched = watch_safely(store, path, config, archive=archive or config.archive)
    if as_json:
        alarms = {"alarms": watched.alarm_records(), "told": dict(watched.told), "untold": dict(watched.untold)}
        click.echo(json.dumps(summary.to_json() | alarms, ensure_ascii=False))
    else:
        print_summary(summary, path)
        if told := describe_alarms(watched):
            print_text(escape(told))
    if summary.status is RunStatus.INTERRUPTED:
        sys.exit(INTERRUPTED)
    # Nor should it, where all that there is to ask rests.
    all_rest = summary.postponed > 0 and not summary.errors
    nothing_came = summary.pages_fetched + summary.not_modified == 0 and not all_rest
    if summary.status is not RunStatus.FINISHED or nothing_came:
        if nothing_came:
            click.echo("No page could be fetched; is the network there? Try again with --verbose.", err=True)
        sys.exit(1)
    sys.exit(watched.exit_code)


def replay_files(paths: tuple[Path, ...], database: Path, *, as_json: bool, verbose: bool) -> None:
    """Crawl recorded runs again, one after another, and tell of each."""
    from corpus.replay import replay
    from corpus.store import RunStatus
    from corpus.tables import print_summary

    if not paths:
        raise click.UsageError("--replay needs files or folders of an archive, such as `cakupan run --replay archive`.")
    for path in paths:
        if not path.exists():
            raise click.BadParameter(f"{path} does not exist", param_hint="--replay")
    told = 0
    with keeping(database):
        for summary in replay(paths, database, verbose=verbose):
            told += 1
            if as_json:
                click.echo(json.dumps(summary.to_json(), ensure_ascii=False))
            else:
                print_summary(summary, database)
            if summary.status is RunStatus.INTERRUPTED:
                sys.exit(INTERRUPTED)
    if not told:
        raise click.ClickException("there is no recorded run in the folders named.")
