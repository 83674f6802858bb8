"""`cakupan`: one command. What a subcommand needs is imported when it is called, so that help answers at once."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click

from corpus.errors import CorpusError
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
    "read": Entry("corpus.commands.read", "HTML pages to articles."),
    "extract": Entry("corpus.commands.extract", "Articles to mentions, claims and checks."),
    "explain": Entry("corpus.commands.explain", "Why each claim of an article has its fields: rules, cues, distances."),
    "score": Entry("corpus.commands.score", "Precision, recall and F1 against annotated articles."),
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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cakupan", message="%(prog)s %(version)s")
def cli() -> None:
    """Read claims about JKN coverage out of Indonesian regional news, repair garbled figures, keep the evidence.

    Start with `cakupan demo`. Data goes to stdout, everything else to stderr. Exit codes: 0 fine, 1 failed, 2 misuse.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an error that the packages foresee becomes one line on stderr and exit code 1."""
    try:
        cli.main(args=list(arguments) if arguments is not None else None, prog_name="cakupan", standalone_mode=True)
    except (ExtractError, CrawlerError, CorpusError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
