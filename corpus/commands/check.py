"""`cakupan check`: a journalist's verdict on a sentence, a file or a page."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.commands.config_option import with_config
from corpus.commands.day_option import DAY
from corpus.config import CONTACT_FORMS, is_contact, load_config
from corpus.errors import CorpusError
from corpus.exits import Exit
from corpus.judging import fetch, judge_article
from corpus.loading import start_up
from corpus.records import Problems, write_line
from corpus.sources import Address, iter_source, parse_source

if TYPE_CHECKING:
    from sqlite_utils import Database

    from extract.wording import Language


@click.command("check")
@click.argument("words", nargs=-1, metavar="[TEXT|FILE...|URL|-]")
@with_config
@click.option(
    "--lang", type=click.Choice(["en", "id"]), default="en", show_default=True, help="Language of the verdict."
)
@click.option("--published", type=DAY, help="Day of publication: 2025-05-06, or today.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a text.")
@click.option("--contact", help="E-mail address or web page that the site of a URL may write to.")
@click.option("--allow-local", is_flag=True, help="Let a URL lead to this machine or its network.")
def command(
    words: tuple[str, ...],
    config_file: Path | None,
    database: Path | None,
    lang: str,
    published: dt.date | None,
    as_json: bool,
    contact: str | None,
    allow_local: bool,
) -> None:
    """Judge each figure of a text: what it says, whether the arithmetic holds, and what was told before.

    Give the text itself in quotation marks, files (.txt, .json, .jsonl, .html), the address of one page, or the text
    on stdin. A page is fetched as `cakupan run` would: robots.txt is obeyed, and the site is told whom to write to.

    Earlier claims come from --db, else from the database of the settings if there is one; none is made.

    Without --published a text has the day that its file or page tells, else none: "now" then gives no date, and
    populations of any year since 2014 are allowed.

    Exit codes: 0 nothing suspect, also where no figure is about coverage; 3 something suspect; 1 something could not be
    read, or was empty; 2 misuse.
    """
    language: Language = "id" if lang == "id" else "en"
    if contact is not None and not is_contact(contact):
        raise click.BadParameter(f"{contact!r} {CONTACT_FORMS}", param_hint="--contact")
    source = parse_source(words)
    config = load_config(config_file)
    path = database or config.database
    problems = Problems()
    suspect = False
    with opened(path, asked=database is not None) as db:
        if isinstance(source, Address):
            # Ahead of all else, for it may take long and fail.
            articles = iter(
                [fetch(source.url, contact or config.contact, allow_local or config.allow_local, config.registry)]
            )
        else:
            articles = iter_source(source, problems)
        with start_up():
            from extract.language import load_pipeline

            load_pipeline()
        for number, (identifier, article) in enumerate(articles):
            if not article.text.strip():
                problems.tell(str(identifier), "holds no text, so there is nothing to check")
                continue
            report = judge_article(replace(article, published=published) if published else article, db, language)
            suspect = suspect or report.suspect
            if as_json:
                from corpus.verdicts import report_record

                write_line(report_record(report) | {"id": identifier})
                continue
            from corpus.verdict_text import print_report

            if number:
                click.echo()
            print_report(report, language, looked_up=path if db else None, missing=None if path.exists() else path)
    problems.finish()
    if suspect:
        sys.exit(Exit.ALARMS)


@contextlib.contextmanager
def opened(path: Path, *, asked: bool) -> Iterator[Database | None]:
    """The database for reading; None where there is none, or none that can be read and none was asked for by name."""
    if not asked and not path.exists():
        yield None
        return
    from corpus.schema import open_database

    try:
        db = open_database(path, read_only=True)
    except CorpusError as problem:
        if asked:
            raise
        click.echo(f"Earlier claims are left out: {problem}", err=True)
        yield None
        return
    try:
        yield db
    finally:
        db.close()
