"""Where a run's log goes and in what form: text or JSON lines, on stderr or in a file that the system rotates."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.errors import StorageFailed
from corpus.unattended.secrets import hide
from corpus.verbosity import Noteworthy, Stderr, ends_command

OURS = ("corpus", "crawler", "extract")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class LogFormat(StrEnum):
    """The form of a line."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class LogSettings:
    """How to log: all that is done where `verbose`; else what went wrong and, for machines and files, how a run goes.

    `file` None is stderr. What is in `secrets` never appears.
    """

    verbose: bool = False
    form: LogFormat = LogFormat.TEXT
    file: Path | None = None
    secrets: frozenset[str] = frozenset()


class Worth(logging.Filter):
    """Lets through what the packages of this project tell, and warnings of everybody; nothing that ends the command."""

    def filter(self, record: logging.LogRecord) -> bool:
        if ends_command(record):
            return False
        return record.levelno >= logging.WARNING or record.name.split(".")[0] in OURS


class Discreet(logging.Formatter):
    """Gives a record to another formatter with its secrets hidden, in a line of its own, and without what others
    attached to it: Scrapy hangs the whole crawler on each.
    """

    def __init__(self, inner: logging.Formatter, secrets: frozenset[str], *, escape: bool) -> None:
        super().__init__()
        self.inner = inner
        self.secrets = secrets
        self.escape = escape

    def format(self, record: logging.LogRecord) -> str:
        message = hide(record.getMessage(), self.secrets)
        if self.escape:
            # What sites send must not look like lines of this log, or move the cursor of who reads it.
            message = CONTROLS.sub(lambda found: repr(found[0])[1:-1], message)
        bare = logging.LogRecord(record.name, record.levelno, record.pathname, record.lineno, message, None, None)
        bare.created, bare.msecs = record.created, record.msecs
        if record.exc_info:
            bare.exc_text = hide(logging.Formatter().formatException(record.exc_info), self.secrets)
        return self.inner.format(bare)


def start_logging(settings: LogSettings) -> None:
    """Send what this process logs where it is to go. Raises StorageFailed where the file cannot be opened."""
    handler = open_handler(settings.file)
    is_kept = settings.file is not None or settings.form is LogFormat.JSON
    handler.setLevel(logging.DEBUG if settings.verbose else logging.INFO if is_kept else logging.WARNING)
    handler.addFilter(Noteworthy() if settings.verbose else Worth())
    handler.setFormatter(formatter(settings))
    logging.basicConfig(level=logging.NOTSET, handlers=[handler], force=True)


def open_handler(file: Path | None) -> logging.Handler:
    if file is None:
        return Stderr()
    from corpus.unattended.log_file import LogFile

    try:
        return LogFile(file)
    except OSError as problem:
        raise StorageFailed(
            file, f"the log cannot be written ({problem.strerror})", "Choose another file with --log."
        ) from problem


def formatter(settings: LogSettings) -> logging.Formatter:
    if settings.form is LogFormat.JSON:
        from pythonjsonlogger.json import JsonFormatter

        renamed = {"levelname": "level", "name": "logger", "exc_info": "error"}
        lines = JsonFormatter(["levelname", "name", "message"], rename_fields=renamed, timestamp="time")
        return Discreet(lines, settings.secrets, escape=False)
    # journald adds the time by itself.
    stamp = "%(asctime)s %(name)s " if settings.file is not None else ""
    text = logging.Formatter(f"{stamp}%(levelname)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z")
    return Discreet(text, settings.secrets, escape=True)
