"""Settings: `cakupan.toml`, then the environment, then options; the later one wins."""

from __future__ import annotations

import contextlib
import datetime as dt
import difflib
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError
from corpus.unattended.durations import parse_duration
from corpus.unattended.logs import LogFormat

FILE = "cakupan.toml"

TEMPLATE = """\
# Settings of cakupan. Every line is optional; a value here is overruled by the environment variable named
# beside it, and that by the option of the command.

# The SQLite file that everything is loaded into.             CAKUPAN_DATABASE, --db
database = "cakupan.db"

# The folder in which everything fetched is kept as it came, as WARC files; empty: nothing is.
#                                                             CAKUPAN_ARCHIVE, --archive, --no-archive
archive = "archive"

# How old, in days, files of the archive may become before `cakupan prune` drops them; without it, none is.
#                                                             CAKUPAN_ARCHIVE_DAYS, --older-than
# archive_days = 730

# The folder in which `cakupan backup` keeps its backups; best on another disk.
#                                                             CAKUPAN_BACKUPS, --to
backups = "backups"

# How an outlet reaches you when your crawler troubles it: an e-mail address or a web page. It is sent with
# every request; without it, no real site is crawled.         CAKUPAN_CONTACT, --contact
# contact = "redaksi@example.org"

# Seconds between two requests to one site, at the least; below 1 only where local addresses are allowed.
#                                                             CAKUPAN_PAUSE_SECONDS
# pause_seconds = 2.0

# Whether addresses of this machine or its network may be asked, as of a mirror of your own.
#                                                             CAKUPAN_ALLOW_LOCAL (true or false), --allow-local
# allow_local = false

# The outlets that `cakupan run` visits when none is named on the command line. Empty: all of the registry.
#                                                             CAKUPAN_OUTLETS (separated by commas)
# outlets = ["kalteng.antaranews.com", "liputan21.com"]

# A file of outlets of your own, in the form of crawler/outlets.toml; `cakupan outlets add` writes to it. Its tables
# come on top of those that come with cakupan; one of the same domain overrules.  CAKUPAN_REGISTRY
# registry = "outlets.toml"

# How long a run may take; four fifths of it at the most go into the crawl, so that what came in can still be read.
# What is left is for the next run. Without it, a run takes as long as it takes.      CAKUPAN_MAX_TIME, --max-time
# max_time = "2h"

# Where runs log to, stderr if it is not set, and in what form: text, or json for a line of JSON each.
#                                                             CAKUPAN_LOG, --log; CAKUPAN_LOG_FORMAT, --log-format
# log = "cakupan.log"
# log_format = "text"

# Your name or initials, kept with each verdict that you give in `cakupan review`.
#                                                             CAKUPAN_REVIEWER, --reviewer
# reviewer = "Ana Lestari"

# Whom a run tells when something is wrong, or no longer is: any of the three (docs/watching.md). Each setting is
# overruled by CAKUPAN_ALARMS_WEBHOOK and so on; passwords and tokens are given by such a variable or a file only.
# [alarms]
# webhook = "https://chat.example.org/hooks/cakupan"
# email = ["redaksi@example.org"]
# email_from = "cakupan@example.org"
# smtp = "mail.example.org:587"
# smtp_security = "starttls"        # none, starttls or tls
# smtp_user = "cakupan"
# smtp_password_file = "/etc/cakupan/smtp-password"
# telegram_chat = "-1001234567890"
# telegram_token_file = "/etc/cakupan/telegram-token"

# Other thresholds than those of corpus/unattended/rules.toml.
# [alarms.thresholds]
# no_run = 200                      # hours
"""


MOST_DAYS = 36_500
# Sent in the user agent, so no blanks, brackets or signs that a header cannot carry.
CONTACT = re.compile(r"[!-~]+@[\w-]+(?:\.[\w-]+)+|https?://[\w-]+\.[\w-][!-~]*", re.ASCII)


class ConfigError(CorpusError):
    """cakupan.toml or an environment variable cannot be used; says which and why."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a command works with. Paths are relative to the working directory."""

    database: Path = Path("cakupan.db")
    archive: Path | None = Path("archive")
    archive_days: int | None = None
    backups: Path = Path("backups")
    contact: str | None = None
    pause_seconds: float = 2.0
    allow_local: bool = False
    outlets: tuple[str, ...] = ()
    registry: Path | None = None
    """The operator's own outlets."""
    reviewer: str | None = None
    max_time: dt.timedelta | None = None
    log: Path | None = None
    log_format: LogFormat = LogFormat.TEXT
    alarms: Mapping[str, Any] = field(default_factory=dict)
    """The table `[alarms]` as it stands; `corpus.unattended.channels` reads it."""


def load_config(path: Path | None = None, environment: Mapping[str, str] | None = None) -> Config:
    """Settings from `path` (else ./cakupan.toml where there is one) and the environment.

    Raises ConfigError on a file that is named and missing, broken TOML, an unknown key or a value of the wrong type.
    """
    config = Config()
    file = path or Path(FILE)
    if path is not None or file.is_file():
        config = merge(config, read_toml(file), str(file))
    environment = os.environ if environment is None else environment
    given: dict[str, Any] = {}
    for setting in fields(Config):
        value = environment.get(f"CAKUPAN_{setting.name.upper()}")
        if value:
            given[setting.name] = parse_variable(setting.name, value)
    return merge(config, given, "the environment")


def parse_variable(name: str, value: str) -> object:
    """What an environment variable says, as TOML would have it; a text where it can be nothing else."""
    if name == "outlets":
        return [part.strip() for part in value.split(",")]
    if name == "allow_local":
        return {"true": True, "1": True, "false": False, "0": False}.get(value.strip().lower(), value)
    kinds: dict[str, Callable[[str], object]] = {"pause_seconds": float, "archive_days": int}
    if name in kinds:
        with contextlib.suppress(ValueError):
            return kinds[name](value)
    return value


def read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise ConfigError(f"{file} cannot be read ({problem.strerror}). Write one with `cakupan init`.") from problem
    except RecursionError as problem:
        raise ConfigError(f"{file} is nested too deeply") from problem
    # Not UTF-8, no TOML, or a number of more digits than Python reads.
    except ValueError as problem:
        raise ConfigError(f"{file} is not TOML: {problem}") from problem


def merge(config: Config, given: Mapping[str, Any], source: str) -> Config:
    known = {setting.name for setting in fields(Config)}
    for key, value in given.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(sorted(known))}"
            raise ConfigError(f"{source}: unknown setting {key!r}{hint}")
        if key == "outlets":
            if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
                raise ConfigError(f"{source}: 'outlets' is to be a list of domains")
            config = replace(config, outlets=tuple(value))
        elif key == "allow_local":
            if not isinstance(value, bool):
                raise ConfigError(f"{source}: 'allow_local' is to be true or false")
            config = replace(config, allow_local=value)
        elif key == "pause_seconds":
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3600:
                raise ConfigError(f"{source}: 'pause_seconds' is to be a number of seconds, 3600 at the most")
            config = replace(config, pause_seconds=float(value))
        elif key == "archive_days":
            if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_DAYS:
                raise ConfigError(f"{source}: 'archive_days' is to be a whole number of days, 1 at the least")
            config = replace(config, archive_days=value)
        elif key == "alarms":
            if not isinstance(value, dict):
                raise ConfigError(f"{source}: 'alarms' is to be a table")
            config = replace(config, alarms=value)
        elif not isinstance(value, str):
            raise ConfigError(f"{source}: {key!r} is to be a string")
        elif key == "database":
            config = replace(config, database=Path(value))
        elif key == "backups":
            config = replace(config, backups=Path(value))
        elif key == "registry":
            config = replace(config, registry=Path(value))
        elif key == "reviewer":
            config = replace(config, reviewer=value or None)
        elif key == "max_time":
            config = replace(config, max_time=read_span(value, source))
        elif key == "log":
            config = replace(config, log=Path(value) if value else None)
        elif key == "log_format":
            if value not in set(LogFormat):
                raise ConfigError(f"{source}: 'log_format' is to be text or json")
            config = replace(config, log_format=LogFormat(value))
        elif key == "archive":
            config = replace(config, archive=Path(value) if value else None)
        elif is_contact(value):
            config = replace(config, contact=value)
        else:
            raise ConfigError(f"{source}: 'contact' ({value!r}) {CONTACT_FORMS}")
    return config


def read_span(value: str, source: str) -> dt.timedelta:
    try:
        return parse_duration(value)
    except ValueError as problem:
        raise ConfigError(f"{source}: 'max_time': {problem}") from None


CONTACT_FORMS = "is to be an e-mail address (redaksi@example.org) or a web page (https://example.org/crawler)"


def is_contact(text: str) -> bool:
    """Whether it is an e-mail address or web address by its form."""
    return CONTACT.fullmatch(text) is not None and not set(text) & set("()<>")
