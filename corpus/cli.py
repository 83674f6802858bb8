"""`cakupan`: one command. What a subcommand needs is imported when it is called, so that help answers at once."""

from __future__ import annotations

import contextlib
import difflib
import errno
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click

from corpus.errors import CorpusError, RunUnderWay
from corpus.exits import Exit
from crawler.errors import CrawlerError
from extract.errors import ExtractError


@dataclass(frozen=True, slots=True)
class Entry:
    """A subcommand: the module whose `command` it is, and its line in the help."""

    module: str
    summary: str


COMMANDS = {
    "demo": Entry("corpus.commands.demo", "The whole job on the bundled news site, on this machine only."),
    "run": Entry("corpus.commands.run", "Crawl outlets, extract, repair, check and load what is new."),
    "status": Entry("corpus.commands.status", "How runs, outlets, claims and the disk fare; what alarms stand."),
    "outlets": Entry("corpus.commands.outlets", "Outlets and their health; find out about a new one, add it."),
    "backfill": Entry("corpus.commands.backfill", "Articles out of WARC files, Common Crawl's or anybody's."),
    "read": Entry("corpus.commands.read", "HTML pages to articles."),
    "extract": Entry("corpus.commands.extract", "Articles to mentions, claims and checks."),
    "check": Entry("corpus.commands.check", "A verdict on each figure of a text, a file or a web page."),
    "history": Entry("corpus.commands.history", "What was told of a region, or by a person, day by day."),
    "contradictions": Entry("corpus.commands.contradictions", "Figures for one time that cannot both be right."),
    "serve": Entry("corpus.commands.serve", "A web desk on the database: search, check, review, with charts."),
    "search": Entry("corpus.commands.search", "Words in articles and in the sentences of claims."),
    "explain": Entry("corpus.commands.explain", "Why each claim of an article has its fields: rules, cues, distances."),
    "review": Entry("corpus.commands.review", "Judge claims: accept, correct, reject; agreement of two people."),
    "score": Entry("corpus.commands.score", "Precision, recall and F1 against annotated articles."),
    "verify": Entry("corpus.commands.verify", "Walk every claim back to the bytes it was read from."),
    "forget": Entry("corpus.commands.forget", "Take an article out, as its publisher asks; figures and link stay."),
    "prune": Entry("corpus.commands.prune", "Drop files of the archive that are older than they need be."),
    "backup": Entry("corpus.commands.backup", "Save database and archive, checked, while runs go on."),
    "restore": Entry("corpus.commands.restore", "Put a backup back in its place."),
    "export": Entry("corpus.commands.export", "A dataset to publish: CSV, Parquet, JSON-LD, SQLite, with a datasheet."),
    "schedule": Entry("corpus.commands.schedule", "Files by which systemd, cron or GitHub begin runs by themselves."),
    "init": Entry("corpus.commands.init", "Write an annotated cakupan.toml to start from."),
}


class LazyGroup(click.Group):
    """A group that knows its subcommands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = importlib.import_module(entry.module).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"Known are {', '.join(COMMANDS)}."
            ctx.fail(f"No such command {args[0]!r}. {hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(Exit.INTERRUPTED)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cakupan", message="%(prog)s %(version)s")
def cli() -> None:
    """Read claims about JKN coverage out of Indonesian regional news, repair garbled figures, keep the evidence.

    Start with `cakupan demo`. Data goes to stdout, everything else to stderr. Exit codes: 0 fine, 1 failed, 2 misuse,
    3 done but something wants your eyes (`run`: alarms, `check`: a suspect figure), 75 another run is at work on the
    database, 130 interrupted.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an error that the packages foresee becomes one line on stderr and an exit code."""
    # Python has no stderr or stdout where the shell closed it (`2>&-`, `>&-`).
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end of the process
    if sys.stdout is None:
        fail("there is no standard output to write to")
    try:
        try:
            cli.main(args=list(arguments) if arguments is not None else None, prog_name="cakupan", standalone_mode=True)
        finally:
            # Here, where a full disk can still be told, and not when Python closes.
            sys.stdout.flush()
    except RunUnderWay as error:
        fail(str(error), Exit.BUSY)
    except (ExtractError, CrawlerError, CorpusError) as error:
        fail(str(error))
    except OSError as error:
        # Files are named by their errors; without a name it is the output.
        if error.filename is not None:
            raise
        # What is still in the buffer is lost, and Python is not to try it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:
            # Whoever read it wants no more, as in `cakupan extract ... | head`.
            sys.exit(Exit.FAILED)
        fail(f"the output could not be written ({error.strerror})")


def fail(message: str, code: Exit = Exit.FAILED) -> NoReturn:
    """Say it on stderr, where that can be written, and end with this code."""
    with contextlib.suppress(OSError):
        click.echo(f"Error: {message}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
