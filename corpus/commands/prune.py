"""`cakupan prune`: files of the archive that are older than they need be are dropped."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from corpus.commands.config_option import with_config
from corpus.config import MOST_DAYS, load_config
from corpus.confirmation import confirm
from corpus.progress import keeping, track
from corpus.tables import counted

FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)


@click.command("prune")
@with_config
@click.option("--archive", type=FOLDER, help="The folder of the archive.")
@click.option("--older-than", "days", type=click.IntRange(1, MOST_DAYS), help="Age in days of what is dropped.")
@click.option("--dry-run", is_flag=True, help="Tell what would be dropped, and drop nothing.")
@click.option("--yes", is_flag=True, help="Drop without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print the files as JSON lines.")
def command(
    config_file: Path | None,
    database: Path | None,
    archive: Path | None,
    days: int | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Drop the files of the archive that are older than `archive_days` of cakupan.toml, or than --older-than.

    Claims stay, and say from then on that the page as fetched is gone. A file that a run is writing stays. What cannot
    be had back is the page itself: readers to come cannot read it anew.
    """
    config = load_config(config_file)
    days = days or config.archive_days
    if days is None:
        raise click.UsageError("How old? Set `archive_days` in cakupan.toml, or say --older-than DAYS.")
    folder = archive or config.archive
    if folder is None or not folder.is_dir():
        raise click.UsageError(f"There is no archive at {folder or 'hand'}; name its folder with --archive.")

    from corpus.schema import open_database
    from corpus.store import Store
    from corpus.trust.prune import drop, find_old

    path = database or config.database
    # A command that takes away is not to make a database where the name of one was mistyped.
    open_database(path, read_only=True).close()
    now = dt.datetime.now(dt.UTC)
    with keeping(path), Store.open(path) as store:
        old = find_old(store, folder, now.date() - dt.timedelta(days=days))
        for file in old:
            told = f"{file.path} of {file.written_on}, {file.size_bytes / 1e6:.1f} MB, {file.claims} claims"
            click.echo(json.dumps(file.to_json(), ensure_ascii=False) if as_json else told)
        if not dry_run and old and confirm(f"Drop {len(old)} files for good?", yes=yes):
            for file in track(old, "Dropping", total=len(old)):
                drop(store, file, now)
    if not as_json:
        what = "would be dropped" if dry_run else "dropped"
        size = sum(file.size_bytes for file in old) / 1e6
        click.echo(f"{counted(len(old), 'file')} older than {counted(days, 'day')} {what}, {size:.1f} MB.")
