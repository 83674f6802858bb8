"""`cakupan check`: a journalist's verdict on a sentence, a file or a page."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.config import CONTACT_FORMS, is_contact, load_config, with_config
from corpus.errors import CorpusError
from corpus.loading import start_up
from corpus.records import Problems, write_line
from corpus.sources import Address, iter_source, parse_source

if TYPE_CHECKING:
    from sqlite_utils import Database

    from extract.checks.wording import Language
    from extract.models import Article

SUSPECT = 3
"""The exit code where something is suspect."""


def parse_day(context: click.Context, parameter: click.Parameter, value: str | None) -> dt.date | None:
    """A day as 2025-05-06, or the word today."""
    if value is None:
        return None
    if value.strip().lower() == "today":
        return dt.date.today()
    try:
        return dt.date.fromisoformat(value.strip())
    except ValueError as problem:
        raise click.BadParameter(f"{value!r} is no day like 2025-05-06, nor the word today.") from problem


@click.command("check")
@click.argument("words", nargs=-1, metavar="[TEXT|FILE...|URL|-]")
@with_config
@click.option(
    "--lang", type=click.Choice(["en", "id"]), default="en", show_default=True, help="Language of the verdict."
)
@click.option("--published", metavar="DATE", callback=parse_day, help="Day of publication: 2025-05-06, or today.")
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
    problems = Problems()
    path = database or config.database
    with opened(path, asked=database is not None) as past_db:
        articles: Iterator[tuple[object, Article]]
        if isinstance(source, Address):
            # Ahead of all else, for it may take long and fail.
            articles = iter([fetch(source.url, contact or config.contact, allow_local)])
        else:
            articles = iter_source(source, problems)
        suspect = False
        with start_up():
            from corpus.verdicts import judge, report_record
            from extract.language import load_pipeline
            from extract.pipeline import extract
            from extract.regions.gazetteer import load_gazetteer

            load_pipeline()
        for number, (identifier, article) in enumerate(articles):
            if not article.text.strip():
                problems.tell(str(identifier), "holds no text, so there is nothing to check")
                continue
            if published is not None:
                article = replace(article, published=published)
            past = past_of(article, past_db)
            extraction = extract(article, language, past) if past else extract(article, language)
            report = judge(article, extraction, load_gazetteer().get, past)
            suspect = suspect or report.suspect
            if as_json:
                write_line(report_record(report) | {"id": identifier})
            else:
                from corpus.verdict_text import print_report

                if number:
                    click.echo()
                titled = bool(article.title) or (article.published is not None and published is None)
                print_report(report, language, path, looked_up=past is not None, titled=titled)
    problems.finish()
    if suspect:
        sys.exit(SUSPECT)


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


def past_of(article: Article, db: Database | None) -> Any:  # noqa: ANN401 - a Past, imported late
    """What was told before the article, where a database is at hand."""
    if db is None:
        return None
    from corpus.history import Past
    from corpus.urls import article_id

    return Past(db, before=article.published_on, without=article_id(article.url) if article.url else None)


def fetch(url: str, contact: str | None, allow_local: bool) -> tuple[object, Article]:
    """The article at an address; raises click.UsageError, click.ClickException, or what `fetch_article` raises."""
    from crawler.addresses import is_local
    from crawler.errors import NotFetched, UnusableAddress
    from crawler.fetch import check_address, fetch_article
    from crawler.settings import crawl_settings

    try:
        check_address(url)
    except UnusableAddress as problem:
        raise click.UsageError(f"{problem}.") from problem
    if is_local(url) and not allow_local:
        raise NotFetched(url, "it is on this machine or its network", "Use --allow-local if you trust it.")
    if not contact and not allow_local:
        raise click.ClickException(
            "a site must be able to reach whoever asks it. Give an e-mail address or web page with --contact, "
            "or set `contact` in cakupan.toml (`cakupan init` writes one)."
        )
    # What went wrong is told by the error, once.
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)
    article = fetch_article(url, crawl_settings(contact, allow_local=allow_local))
    return article.url or url, article
