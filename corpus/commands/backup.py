"""`cakupan backup`: database and archive saved, while runs go on."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import click

from corpus.commands.config_option import with_config
from corpus.config import load_config

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("backup")
@with_config
@click.option("--archive", type=FOLDER, help="The folder of the archive.")
@click.option("--no-archive", is_flag=True, help="Save the database alone.")
@click.option("--to", "folder", type=FOLDER, help="Where backups are kept, each in a folder of its own.")
@click.option("--keep", type=click.IntRange(min=1), help="Take away all but so many of the newest afterwards.")
@click.option("--verify", "walk", is_flag=True, help="Walk the claims of the backup back to its archive, too.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as one JSON object.")
def command(
    config_file: Path | None,
    database: Path | None,
    archive: Path | None,
    no_archive: bool,
    folder: Path | None,
    keep: int | None,
    walk: bool,
    as_json: bool,
) -> None:
    """Save the database as it is at this moment, and the WARC files that its claims lead back to.

    A run may go on meanwhile. What is written is read again, by digests, SQLite's own checks and numbers of rows,
    before it has its name: the UTC time. Files of the archive are copied once, and shared by the backups after. Put
    the folder on another disk. `cakupan restore` puts one back.
    """
    if archive is not None and no_archive:
        raise click.UsageError("--archive and --no-archive exclude each other.")
    config = load_config(config_file)
    path, place = database or config.database, folder or config.backups
    kept = None if no_archive else archive or config.archive

    from corpus.backups.making import back_up, rotate
    from corpus.tables import counted

    made = back_up(path, kept, place, at=dt.datetime.now(dt.UTC))
    holds = not walk or claims_hold(made.place)
    # Nothing older is taken away for one that does not hold.
    gone = rotate(place, keep) if keep is not None and holds else []
    if as_json:
        facts = {"backup": str(made.place), "size_bytes": made.manifest.size_bytes, "copied": made.copied}
        facts |= {"shared": made.shared, "removed": [str(one) for one in gone], "holds": holds}
        click.echo(json.dumps(facts, ensure_ascii=False))
    else:
        files = "no archive" if kept is None else f"{counted(made.copied + made.shared, 'file')} of the archive"
        click.echo(
            f"{made.place}: {made.manifest.rows.get('claims', 0)} claims and {files}, "
            f"{made.manifest.size_bytes / 1e6:.1f} MB, of which {made.shared} shared with the backup before."
        )
        if gone:
            click.echo("Taken away: " + ", ".join(one.name for one in gone) + ".")
    if not holds:
        sys.exit(1)


def claims_hold(place: Path) -> bool:
    """Walk the claims of a backup back to its archive, and tell on stderr what does not hold."""
    from corpus.backups.manifest import ARCHIVE, DATABASE
    from corpus.commands.verify import describe_problem
    from corpus.trust.problems import Problem
    from corpus.trust.verify import verify

    def report(problem: Problem) -> None:
        click.echo(describe_problem(problem), err=True)

    folder = place / ARCHIVE
    return verify(place / DATABASE, [folder] if folder.is_dir() else [], report).holds
