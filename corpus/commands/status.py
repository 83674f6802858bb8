"""`cakupan status`: how it fares, for whoever did not watch."""

from __future__ import annotations

import datetime as dt
import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.commands.config_option import FILE, with_config
from corpus.config import load_config

if TYPE_CHECKING:
    from corpus.config import Config
    from corpus.unattended.watch import Watched


@click.command("status")
@with_config
@click.option(
    "--archive", type=click.Path(file_okay=False, path_type=Path), help="The archive, instead of the setting."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--prometheus", type=FILE, metavar="FILE", help="Write FILE (.prom) for node_exporter, print nothing.")
@click.option("--tell", is_flag=True, help="Note the alarms and send what has changed, as a run does at its end.")
def command(
    config_file: Path | None,
    database: Path | None,
    archive: Path | None,
    as_json: bool,
    prometheus: Path | None,
    tell: bool,
) -> None:
    """Tell how runs, outlets, claims and the disk fare, and what alarms stand.

    Nothing is written but with --tell, and a run may write meanwhile. What each alarm means, and how to be told of it,
    is in docs/watching.md.

    Exit codes: 0 all is well, 1 failed, 2 misuse, 3 alarms stand, 75 (with --tell) a run is at work and will tell.
    """
    if prometheus is not None and as_json:
        raise click.UsageError("--prometheus writes to its file and --json to stdout; give one of them.")
    config = load_config(config_file)
    if prometheus is not None:
        check_prometheus(prometheus)
    watched = look_or_tell(database or config.database, config, archive or config.archive, tell=tell)
    if prometheus is not None:
        write_prometheus(watched, config, prometheus)
    elif as_json:
        from corpus.status_record import status_record

        click.echo(json.dumps(status_record(watched), ensure_ascii=False))
    else:
        from corpus.status_table import describe_telling, print_status

        print_status(watched)
        if told := describe_telling(watched):
            click.echo("\n" + told)
    sys.exit(watched.exit_code)


def look_or_tell(database: Path, config: Config, archive: Path | None, *, tell: bool) -> Watched:
    """The status with its alarms, noted and sent where that is asked for."""
    from corpus.unattended.watch import look, watch

    now = dt.datetime.now(dt.UTC)
    if not tell:
        return look(database, config, archive=archive, now=now)
    from corpus.errors import MissingDatabase
    from corpus.store import Store
    from corpus.unattended.lock import hold

    if not database.exists():
        raise MissingDatabase(database)
    # Two at once would each send what neither has noted yet; a run tells at its end.
    with hold(database, "status --tell"), Store.open(database) as store:
        return watch(store, database, config, archive=archive, now=now)


def check_prometheus(file: Path) -> None:
    """Raise click.ClickException where the file would not be read, or cannot be made."""
    from corpus.unattended.watch import INSTALL

    if file.suffix != ".prom":
        raise click.BadParameter(
            f"{file} is to end in .prom, or node_exporter passes it over", param_hint="--prometheus"
        )
    if find_spec("prometheus_client") is None:
        raise click.ClickException(f"--prometheus needs the extra `monitor`: {INSTALL}")


def write_prometheus(watched: Watched, config: Config, file: Path) -> None:
    """Write the metrics; raises click.ClickException where that cannot be."""
    from corpus.unattended.metrics import write_metrics
    from corpus.unattended.watch import settings_of

    try:
        write_metrics(watched, settings_of(config)[1], file)
    except OSError as problem:
        raise click.ClickException(f"{file} cannot be written ({problem.strerror}).") from problem
