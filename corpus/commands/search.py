"""`cakupan search`: words in articles and in the sentences of claims."""

from __future__ import annotations

import datetime as dt
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.commands.config_option import with_config
from corpus.commands.day_option import DAY
from corpus.commands.region_option import REGION
from corpus.config import load_config
from corpus.records import write_line
from crawler.outlets import find_domain
from crawler.registry import registry_with

if TYPE_CHECKING:
    from corpus.search import Found
    from extract.models import Region


class Search(click.Command):
    """A word that is to be left out begins like an option; who types one is told how to say it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as problem:
            if problem.option_name.startswith("--"):
                raise
            raise click.UsageError(
                f"{problem.format_message()} To leave a word out, put -- before the words: "
                "cakupan search -- peserta -target.",
                ctx,
            ) from problem


@click.command("search", cls=Search)
@click.argument("words", nargs=-1, required=True)
@with_config
@click.option("--quotes", "where", flag_value="quotes", default=True, help="Look in sentences with figures (default).")
@click.option("--articles", "where", flag_value="articles", help="Look in titles and whole texts.")
@click.option("--region", type=REGION, help="Only on this region: code or name; a province with all that lies in it.")
@click.option("--outlet", help="Only by this outlet: domain or name.")
@click.option("--since", type=DAY, help="Only published on this day or later.")
@click.option("--best", is_flag=True, help="What fits best first, not the newest.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a match.")
def command(
    words: tuple[str, ...],
    config_file: Path | None,
    database: Path | None,
    where: str,
    region: Region | None,
    outlet: str | None,
    since: dt.date | None,
    best: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Find WORDS in the sentences that claims stand in, or in whole articles, the newest first.

    All words must be there, in any order; case and accents do not matter. "Kota Tual" in quotation marks is a phrase,
    iur* any word that begins so, and -target leaves out what has this word (put -- before it: cakupan search --
    peserta -target).

    Exit codes: 0 something was found, 1 nothing.
    """
    from corpus.schema import open_database
    from corpus.search import LATEST, MOST, Order, Within, known_sites, search_articles, search_quotes

    search = search_articles if where == "articles" else search_quotes
    config = load_config(config_file)
    db = open_database(database or config.database, read_only=True)
    try:
        if outlet is not None:
            # One of the registry of which nothing is stored is known all the same.
            registered = [(one.domain, one.name) for one in registry_with(config.registry)]
            outlet = find_domain(outlet, [*known_sites(db), *registered])
        within = Within(region.code if region else None, outlet, since.isoformat() if since else None)
        typed = " ".join(quoted(word) for word in words)
        found = search(db, typed, within, order=Order.BEST if best else Order.NEWEST, limit=limit)
    finally:
        db.close()
    if as_json:
        for hit in found.hits:
            write_line({name: getattr(hit, name) for name in hit.__slots__})
    else:
        print_hits(found)
    if found.is_capped:
        click.echo(
            f"There is more: only the last {MOST:,} matches, of the last {LATEST:,} of a region, an outlet or a time, "
            "were ranked. Another word narrows it down.",
            err=True,
        )
    if not found.hits:
        click.echo("Nothing was found.", err=True)
        raise SystemExit(1)


def quoted(word: str) -> str:
    """A word as typed; one with blanks in it was a phrase to the shell, and is one here."""
    return f'"{word}"' if " " in word and '"' not in word else word


def print_hits(found: Found) -> None:
    """Day, outlet and title in one line, what was found below, then the address."""
    from corpus.outlet_table import screen_width

    width = screen_width()
    for hit in found.hits:
        heading = f"{(hit.published or '')[:10]:<10}  {hit.outlet or ''}  {hit.title or hit.given_id or ''}".rstrip()
        click.echo(heading if len(heading) <= width else heading[: width - 1] + "…")
        click.echo(textwrap.fill(" ".join(hit.text.split()), width, initial_indent="    ", subsequent_indent="    "))
        click.echo(f"    {hit.url or hit.article_id}\n")
