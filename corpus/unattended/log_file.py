"""A log in a file that may be moved away, as by logrotate, or come to lie on a full disk."""

from __future__ import annotations

import logging
import sys
from logging.handlers import WatchedFileHandler
from pathlib import Path

import click


class LogFile(WatchedFileHandler):
    """Opened anew where the file was moved away. A line that cannot be written is lost; that is told once on stderr."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, encoding="utf-8", errors="backslashreplace")
        self.file = file
        self.is_told = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging calls it so
        """Called within the handling of the error. What is no matter of the file is a fault of the program."""
        problem = sys.exc_info()[1]
        if not isinstance(problem, OSError):
            super().handleError(record)
        elif not self.is_told:
            self.is_told = True
            click.echo(f"{self.file}: the log cannot be written ({problem.strerror}); its lines are lost.", err=True)
