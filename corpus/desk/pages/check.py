"""The check: a form for a text or a link, and the verdict on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlite_utils import Database

from corpus.desk.checking import MOST_CHARS, Checked, NotReadable, check_article, fetch_elsewhere, is_address
from corpus.desk.page import Asked, Page, Row
from extract.models import Article


@dataclass(frozen=True, slots=True)
class Check:
    """What was given, and what came of it; `problem` is a key of words.toml or a sentence that says why nothing did."""

    given: str
    published: str
    may_fetch: bool
    checked: Checked | None = None
    problem: str | None = None
    reason: str | None = None


def gather(db: Database, asked: Asked) -> Check:
    """The empty form."""
    del db
    return Check("", "", may_fetch(asked))


def may_fetch(asked: Asked) -> bool:
    """Whether whoever asks may have a page of the web fetched."""
    return asked.settings.fetches or asked.reviewer is not None


def answer(db: Database, asked: Asked, given: str, published: str) -> Check:
    """The verdict on what was given."""
    form = Check(given, published, may_fetch(asked))
    if not given.strip():
        return failed(form, "check.nothing")
    if len(given) > MOST_CHARS:
        return failed(form, "check.too_long")
    day = None
    if published:
        try:
            day = dt.date.fromisoformat(published)
        except ValueError:
            return failed(form, "check.no_day")
    if not is_address(given):
        return judged(db, asked, form, Article(id="text", text=given.replace("\r\n", "\n"), published=day))
    if not form.may_fetch:
        return failed(form, "check.sign_in_for_links")
    try:
        article = fetch_elsewhere(given.strip(), asked.settings)
    except NotReadable as problem:
        return failed(form, "check.not_fetched", str(problem))
    return judged(db, asked, form, article if day is None else with_day(article, day))


def with_day(article: Article, day: dt.date) -> Article:
    """The article as published on a day of somebody's choosing."""
    return Article(article.id, article.text, article.url, article.outlet, article.title, day)


def judged(db: Database, asked: Asked, form: Check, article: Article) -> Check:
    """The form with the verdict."""
    return Check(form.given, form.published, form.may_fetch, check_article(db, article, asked.language))


def failed(form: Check, problem: str, reason: str | None = None) -> Check:
    """The form with what went wrong."""
    return Check(form.given, form.published, form.may_fetch, None, problem, reason)


def table(found: Check) -> list[Row]:
    """One row a figure, with its lines."""
    if found.checked is None:
        return []
    return [
        {
            "place": one.place,
            "printed": one.printed,
            "standing": one.standing,
            "lines": " | ".join(f"{line.label}: {line.text}" for line in one.lines),
        }
        for one in found.checked.figures
    ]


PAGE = Page("check", r"/periksa", gather, table, has_form=True)
