"""How much is told on stderr while a command works."""

from __future__ import annotations

import logging

import click

from corpus.errors import CorpusError

# These tell how Scrapy is built and what every item holds, not what it does.
SELF_ABSORBED = (
    "scrapy.addons",
    "scrapy.middleware",
    "scrapy.crawler",
    "scrapy.utils.log",
    "scrapy.core.scraper",
    "asyncio",
)


class Noteworthy(logging.Filter):
    """Lets warnings and errors of everybody through, and what the others do; nothing that ends the command."""

    def filter(self, record: logging.LogRecord) -> bool:
        if ends_command(record):
            return False
        return record.levelno >= logging.WARNING or not record.name.startswith(SELF_ABSORBED)


def ends_command(record: logging.LogRecord) -> bool:
    """Whether it tells of an error that ends the command, such as a full disk: that is told once, at the end.

    Scrapy would tell of it with the whole stack for each page that was under way.
    """
    return record.exc_info is not None and isinstance(record.exc_info[1], CorpusError)


class Stderr(logging.Handler):
    """Writes to stderr as it is at the time: while a progress bar is shown, above the bar."""

    def emit(self, record: logging.LogRecord) -> None:
        click.echo(self.format(record), err=True)


def set_verbosity(verbose: bool) -> None:
    """Log to stderr every request and what came of it where asked, else only what went wrong."""
    handler = Stderr()
    handler.setLevel(logging.DEBUG if verbose else logging.WARNING)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    handler.addFilter(Noteworthy())
    logging.basicConfig(level=logging.NOTSET, handlers=[handler], force=True)
