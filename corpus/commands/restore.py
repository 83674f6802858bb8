"""`cakupan restore`: a backup put back in its place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from corpus.commands.config_option import with_config
from corpus.config import load_config
from corpus.unattended.lock import hold

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("restore")
@click.argument("backup", type=FOLDER)
@with_config
@click.option("--archive", type=FOLDER, help="The folder of the archive.")
@click.option("--no-archive", is_flag=True, help="Put back the database alone.")
@click.option("--force", is_flag=True, help="Also where there is a database; it is kept beside.")
def command(
    backup: Path,
    config_file: Path | None,
    database: Path | None,
    archive: Path | None,
    no_archive: bool,
    force: bool,
) -> None:
    """Put BACKUP, a folder that `cakupan backup` made, back: its database, and its WARC files.

    All of it is read before anything is touched; one that was not finished, or of which a file is not what was saved,
    is refused. A database that is there is replaced only with --force, and kept beside, as are files of the archive
    that are not as they were. Those written since stay.
    """
    if archive is not None and no_archive:
        raise click.UsageError("--archive and --no-archive exclude each other.")
    config = load_config(config_file)
    path = database or config.database
    folder = None if no_archive else archive or config.archive

    from corpus.backups.restoring import restore

    with hold(path, "restore"):
        restored = restore(backup, path, folder, at=dt.datetime.now(dt.UTC), force=force)
    manifest = restored.manifest
    click.echo(f"{path} is as it was at {manifest.made_at}: {manifest.rows.get('claims', 0)} claims.")
    if folder is not None and manifest.archive is None:
        click.echo("The backup has no archive; what is there was left as it is.")
    elif folder is not None:
        click.echo(f"{folder}: {restored.files} files put back, {restored.kept} were as they are saved.")
    if restored.aside:
        click.echo("What was there before is now " + ", ".join(map(str, restored.aside)) + ".")
    click.echo("Next: `cakupan verify`, then the next `cakupan run` goes on from there.")
