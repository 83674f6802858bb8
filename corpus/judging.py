"""One article judged beside what was told before, and the article at an address that a person gave."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlite_utils import Database

    from corpus.verdicts import Report
    from extract.models import Article
    from extract.wording import Language


def judge_article(article: Article, db: Database | None, language: Language) -> Report:
    """The report on an article, beside what was told before it where a database is at hand."""
    from corpus.history import Past
    from corpus.verdicts import judge
    from crawler.urls import key_of
    from extract.pipeline import extract
    from extract.regions.gazetteer import load_gazetteer
    from extract.repair.arithmetic import no_history

    past = Past(db, before=article.published_on, without=key_of(article)) if db else None
    return judge(article, extract(article, language, past or no_history), load_gazetteer().get, past, language)


def fetch(url: str, contact: str | None, allow_local: bool, registry: Path | None) -> tuple[object, Article]:
    """The article at an address; raises click.UsageError, click.ClickException, or what `fetch_article` raises."""
    from crawler.errors import NotFetched, UnusableAddress
    from crawler.fetch import check_address, fetch_article
    from crawler.manners.addresses import is_local
    from crawler.registry import registry_with
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
    article = fetch_article(url, crawl_settings(contact, allow_local=allow_local), registry_with(registry))
    return article.url or url, article
