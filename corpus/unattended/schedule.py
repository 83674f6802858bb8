"""What a system needs to begin runs by itself: its files, filled in for this installation, and how to install them."""

from __future__ import annotations

import datetime as dt
import re
import shlex
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.unattended.durations import write_duration

TEMPLATES = Path(__file__).with_name("templates")
BLANK = re.compile(r"<<(\w+)>>")
GRACE = dt.timedelta(minutes=15)
"""How long after its own end a run is ended by the system."""
HOURS = (1, 2, 3, 4, 6, 8, 12, 24)
"""Hours between runs: those that make up a day, as neither cron nor a calendar can count on beyond midnight."""
HOMES = (Path("/home"), Path("/root"), Path("/run/user"))
FLEETING = (Path("/tmp"), Path("/var/tmp"))


class System(StrEnum):
    """Who begins the runs."""

    SYSTEMD = "systemd"
    CRON = "cron"
    GITHUB = "github-actions"


@dataclass(frozen=True, slots=True)
class Installation:
    """What is run where, all paths absolute: `executable` is the cakupan in use, `folder` where it is called.

    `config` None is the cakupan.toml of the folder, if it has one; `archive` None where nothing fetched is kept,
    `log` None where it goes to stderr.
    """

    executable: Path
    folder: Path
    database: Path
    archive: Path | None
    log: Path | None
    config: Path | None
    user: str
    group: str
    host: str


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A run every so many `hours` (one of HOURS), each `max_time` long at the most."""

    hours: int
    max_time: dt.timedelta

    @property
    def every(self) -> str:
        return "day" if self.hours == 24 else "hour" if self.hours == 1 else f"{self.hours} hours"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Files by name, and how to install them and see what came of it."""

    files: Mapping[str, str]
    advice: str


def write_schedule(system: System, where: Installation, rhythm: Rhythm, again: str) -> Schedule:
    """Fill in the templates of a system; `again` is the command that printed it, for the advice to name."""
    match system:
        case System.SYSTEMD:
            return for_systemd(where, rhythm, again)
        case System.CRON:
            return for_cron(where, rhythm, again)
        case System.GITHUB:
            return for_github(where, rhythm, again)


def for_systemd(where: Installation, rhythm: Rhythm, again: str) -> Schedule:
    """A service that runs once, hardened, and the timer that starts it."""
    folders = sorted({where.folder, *writable(where)})
    in_homes = any(is_below(path, HOMES) for path in (where.executable, *folders))
    minute, hour = moment(where, rhythm)
    hours = "*" if rhythm.hours == 1 else f"{hour:02d}" if rhythm.hours == 24 else f"{hour:02d}/{rhythm.hours}"
    command = [str(where.executable), "run", *options(where, rhythm)]
    values = {
        "user": where.user,
        "folder": unit_text(str(where.folder)),
        "folders": unit_words(map(str, folders)),
        "writable": unit_words(map(str, writable(where))),
        "command": unit_words(command, variables=True),
        "home": "read-only" if in_homes else "yes",
        "limit": str(int((rhythm.max_time + GRACE).total_seconds())),
        "calendar": f"*-*-* {hours}:{minute:02d}:00",
        "every": rhythm.every,
        "again": again,
        "made": shlex.join(map(str, writable(where))),
    }
    files = {name: fill(name, values) for name in ("cakupan.service", "cakupan.timer")}
    return Schedule(files, fill("systemd.txt", values))


def for_cron(where: Installation, rhythm: Rhythm, again: str) -> Schedule:
    """A line of a crontab, with a log and a line of JSON for each run beside the database."""
    log, summaries = (where.database.with_name(f"{where.database.stem}{end}") for end in (".log", "-runs.jsonl"))
    command = [str(where.executable), "run", *options(where, rhythm)]
    values = {
        "every": rhythm.every,
        "minutes": cron_time(where, rhythm),
        "folder": cron_words([str(where.folder)]),
        "limit": str(int((rhythm.max_time + GRACE).total_seconds())),
        "command": cron_words(command),
        "log": cron_words([str(log)]),
        "summaries": cron_words([str(summaries)]),
    }
    quoted = {"log": shlex.quote(str(log)), "summaries": shlex.quote(str(summaries))}
    rotated = {"log": f'"{log}"', "summaries": f'"{summaries}"', "user": where.user, "group": where.group}
    advice = {**quoted, "again": again, "logrotate": fill("cakupan.logrotate", rotated).rstrip("\n")}
    return Schedule({"cakupan.cron": fill("cakupan.cron", values)}, fill("cron.txt", advice))


def for_github(where: Installation, rhythm: Rhythm, again: str) -> Schedule:
    """A workflow in the project's repository; nothing of this machine is in it."""
    values = {
        "every": rhythm.every,
        "minutes": cron_time(where, rhythm),
        "max_time": write_duration(rhythm.max_time),
        "limit_minutes": str(-(-(rhythm.max_time + 2 * GRACE) // dt.timedelta(minutes=1))),
        "again": again,
    }
    return Schedule({"cakupan.yml": fill("cakupan.yml", values)}, fill("github.txt", values))


def options(where: Installation, rhythm: Rhythm) -> list[str]:
    """The options of the run, so that it does there what it does here."""
    config = ["--config", str(where.config)] if where.config is not None else []
    archive = ["--archive", str(where.archive)] if where.archive is not None else ["--no-archive"]
    return [*config, "--db", str(where.database), *archive, "--max-time", write_duration(rhythm.max_time)]


def writable(where: Installation) -> list[Path]:
    """The folders that a run writes to: of the database with its lock, of the archive and of the log."""
    folders = {where.database.parent}
    folders |= {where.archive} if where.archive is not None else set()
    folders |= {where.log.parent} if where.log is not None else set()
    return sorted(one for one in folders if not any(one != other and is_below(one, [other]) for other in folders))


def is_below(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def hidden_paths(where: Installation) -> list[Path]:
    """What a service with a /tmp of its own would not find."""
    paths = dict.fromkeys((where.executable, where.folder, *writable(where)))
    return [path for path in paths if is_below(path, FLEETING)]


def moment(where: Installation, rhythm: Rhythm) -> tuple[int, int]:
    """Minute and first hour of the day: always the same for an installation, and others for others."""
    number = zlib.crc32(f"{where.host} {where.database}".encode())
    return number % 60, number // 60 % rhythm.hours


def cron_time(where: Installation, rhythm: Rhythm) -> str:
    """The five fields of cron."""
    minute, hour = moment(where, rhythm)
    hours = {1: "*", 24: str(hour)}.get(rhythm.hours, f"{hour}-23/{rhythm.hours}")
    return f"{minute} {hours} * * *"


def unit_text(text: str) -> str:
    """For a unit file: percent signs begin specifiers there."""
    return text.replace("%", "%%")


def unit_words(words: Iterable[str], *, variables: bool = False) -> str:
    """Words of a unit file, quoted where need be; in a command dollar signs begin `variables`."""
    written = []
    for word in words:
        text = unit_text(word).replace("$", "$$") if variables else unit_text(word)
        plain = text.replace("\\", "\\\\").replace('"', '\\"')
        written.append(text if re.fullmatch(r"[\w@%+=:,./$-]+", text) else f'"{plain}"')
    return " ".join(written)


def cron_words(words: Iterable[str]) -> str:
    """Words of a shell's line in a crontab, where a percent sign would end the line."""
    return " ".join(map(shlex.quote, words)).replace("%", "\\%")


def fill(name: str, values: Mapping[str, str]) -> str:
    """A template with its blanks filled in. Raises KeyError for a blank that nobody knows."""
    return BLANK.sub(lambda blank: values[blank[1]], (TEMPLATES / name).read_text(encoding="utf-8"))
