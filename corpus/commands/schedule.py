"""`cakupan schedule`: what systemd, cron or GitHub Actions need to begin runs by themselves."""

from __future__ import annotations

import datetime as dt
import grp
import os
import platform
import pwd
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from corpus.commands.config_option import with_config
from corpus.commands.duration_option import DURATION
from corpus.config import FILE, load_config
from corpus.unattended.durations import parse_duration, write_duration
from corpus.unattended.schedule import HOURS, Installation, Rhythm, Schedule, System, hidden_paths, write_schedule

FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)
EVERY = [f"{hours}h" for hours in HOURS[:-1]] + ["1d"]
HOUR = dt.timedelta(hours=1)


@click.command("schedule")
@with_config
@click.option("--systemd", "systems", flag_value="systemd", multiple=True, help="A service and a timer.")
@click.option("--cron", "systems", flag_value="cron", multiple=True, help="A line of a crontab.")
@click.option("--github-actions", "systems", flag_value="github-actions", multiple=True, help="A workflow; unverified.")
@click.option("--every", type=click.Choice(EVERY), default="6h", show_default=True, help="Time between two runs.")
@click.option("--max-time", type=DURATION, help="How long a run may take; else that of the settings, or 2h.")
@click.option("--user", help="Whom the runs belong to, and not you.")
@click.option("--to", type=FOLDER, help="Write the files into this folder; without it, they are printed.")
def command(
    config_file: Path | None,
    database: Path | None,
    systems: tuple[str, ...],
    every: str,
    max_time: dt.timedelta | None,
    user: str | None,
    to: Path | None,
) -> None:
    """Print the files by which a system begins runs of this installation by itself, and how to install them.

    Give exactly one of --systemd, --cron and --github-actions. The files are made for the cakupan that you call, the
    folder in which you call it, and its settings, database and archive. Files go to stdout, advice to stderr.
    """
    if len(set(systems)) != 1:
        raise click.UsageError("Give exactly one of --systemd, --cron and --github-actions.")
    config = load_config(config_file)
    span = parse_duration(every)
    # Shorter than the time between two runs, so that none finds another at work.
    longest = max_time or config.max_time or min(2 * HOUR, span * 0.75)
    if longest >= span:
        raise click.UsageError(
            f"a run may take {write_duration(longest)} and the next begins after {every}; give a longer --every or a "
            "shorter --max-time."
        )
    settings = config_file or (Path(FILE) if Path(FILE).is_file() else None)
    name, group = owner(user)
    where = Installation(
        executable=executable(),
        folder=Path.cwd(),
        database=(database or config.database).absolute(),
        archive=config.archive.absolute() if config.archive is not None else None,
        log=config.log.absolute() if config.log is not None else None,
        config=settings.absolute() if settings is not None else None,
        user=name,
        group=group,
        host=platform.node(),
    )
    (system,) = {System(one) for one in systems}
    given = {"--config": config_file, "--db": database, "--every": every, "--user": user}
    again = call_again(system, given | {"--max-time": write_duration(max_time) if max_time else None})
    schedule = write_schedule(system, where, Rhythm(span // HOUR, longest), again)
    give(schedule, to)
    warn(system, where, has_contact=bool(config.contact or config.allow_local))


def give(schedule: Schedule, to: Path | None) -> None:
    """The files on stdout or in a folder, and the advice on stderr."""
    for name, text in schedule.files.items():
        if to is not None:
            (to / name).write_text(text, encoding="utf-8")
            click.echo(f"Wrote {to / name}.", err=True)
            continue
        if len(schedule.files) > 1:
            click.echo(f"# {name}")
        click.echo(text)
    click.echo(schedule.advice, err=True, nl=False)


def warn(system: System, where: Installation, *, has_contact: bool) -> None:
    """What would not work so."""
    if system is System.GITHUB:
        return
    if here := sorted(name for name in os.environ if name.startswith("CAKUPAN_")):
        click.echo(f"Not there: settings of this environment ({', '.join(here)}). Put them into {FILE}.", err=True)
    if not has_contact:
        click.echo(f"Nothing real is crawled without `contact` in {FILE} (`cakupan init` writes one).", err=True)
    if system is System.SYSTEMD and (hidden := hidden_paths(where)):
        paths = ", ".join(map(str, hidden))
        click.echo(
            f"Not so: the service has a /tmp of its own and does not find {paths}. Choose another place.", err=True
        )
    if where.user == "root":
        click.echo("Runs need no rights of root: make a user for them and name it with --user.", err=True)


def owner(user: str | None) -> tuple[str, str]:
    """The user whom runs belong to, with the group: whoever calls, or who is named. Raises BadParameter for nobody."""
    try:
        entry = pwd.getpwnam(user) if user is not None else pwd.getpwuid(os.getuid())
        return entry.pw_name, grp.getgrgid(entry.pw_gid).gr_name
    except KeyError:
        raise click.BadParameter(
            f"there is no user {user or os.getuid()!r} with a group", param_hint="--user"
        ) from None


def executable() -> Path:
    """The cakupan that was called: beside this Python, where it was not called by that name."""
    called = Path(sys.argv[0]).absolute()
    return called if called.name == "cakupan" else Path(sys.executable).absolute().with_name("cakupan")


def call_again(system: System, given: Mapping[str, object]) -> str:
    """This command as it was typed, by its full name and without --to."""
    words = [str(executable()), "schedule", f"--{system}"]
    for option, value in given.items():
        words += [option, str(value)] if value is not None else []
    return shlex.join(words)
