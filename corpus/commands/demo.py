"""`cakupan demo`: the whole job on the bundled news site, served on this machine for as long as the command runs."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from corpus.commands.config_option import with_config
from corpus.exits import Exit
from corpus.progress import keeping, watch_run
from corpus.tables import print_claims, print_summary, write_claims
from corpus.unattended.lock import hold
from corpus.verbosity import set_verbosity

FOLDER = click.Path(file_okay=False, path_type=Path)
DATABASE = Path("cakupan-demo.db")

# What to do next: after the first call, and after any later one.
CLOSING = (
    "Next: {command} demo{database} once more, to see an outlet's correction arrive",
    "Next: {command} demo{database} --serve, to look at it in a browser",
)


@click.command("demo")
@with_config
@click.option("--archive", type=FOLDER, help="Keep what is fetched below this folder, as WARC files.")
@click.option("--json", "as_json", is_flag=True, help="Print the claims as JSON lines, without the table.")
@click.option("--serve", "is_served", is_flag=True, help="Open the web desk on it afterwards, at port 8080.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, help="Another port for --serve; 0 for any.")
@click.option("-v", "--verbose", is_flag=True, help="Tell what the crawler does.")
def command(
    config_file: Path | None,
    database: Path | None,
    archive: Path | None,
    as_json: bool,
    is_served: bool,
    port: int,
    verbose: bool,
) -> None:
    """Crawl four small news sites on this machine, extract, repair, check, load, and show the claims.

    Nothing leaves the machine. The database is cakupan-demo.db unless --db says otherwise. Call it twice: the second
    time one article has been corrected by its outlet, and nothing else is new.
    """
    from corpus.runs import RunSettings, run
    from corpus.store import RunStatus, Store
    from crawler.demo import demo_site
    from crawler.settings import crawl_settings

    del config_file  # the demo has settings of its own
    set_verbosity(verbose)
    path = database or DATABASE
    if is_served and archive is None:
        # The desk shows copies of pages from there.
        archive = path.with_name(f"{path.stem}-archive")
    with keeping(path), hold(path, "demo"), Store.open(path) as store:
        again = store.has_finished("demo")
        with demo_site(revised=again) as site, watch_run() as progress:
            scrapy = crawl_settings(allow_local=True, delay=0.0, gateway=site.gateway)
            settings = RunSettings(scrapy, kind="demo", archive=archive)
            summary = run(site.outlets, store, settings=settings, progress=progress)
    interrupted = summary.status is RunStatus.INTERRUPTED
    if as_json:
        write_claims(path)
    else:
        print_claims(path)
        print_summary(summary, path)
    if interrupted:
        sys.exit(Exit.INTERRUPTED)
    if is_served:
        from corpus.commands.serve import serve
        from corpus.config import Config

        serve(path, Config(), "127.0.0.1", port, "id", ("Peninjau",), archive)
        return
    if as_json:
        return
    named = f" --db {shlex.quote(str(database))}" if database else ""
    click.echo(CLOSING[again].format(command=how_called(), database=named))


def how_called() -> str:
    """This command as it was called, to be called again: `.venv/bin/cakupan` from the project's folder."""
    called, here = Path(sys.argv[0]).absolute(), Path.cwd()
    return str(called.relative_to(here)) if called.is_relative_to(here) else called.name
