"""What checks and repairs say of an article, in Indonesian: the database keeps their sentences in English.

The article is read once more as it was, in the other language; what is stored decides, and a sentence that cannot be
matched with certainty, as after new rules, stays in the language that it is stored in.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from corpus.history import Past
from extract.models import Article, Extraction
from extract.records import parse_published
from extract.wording import Language

STORED: Language = "en"
READING = threading.Lock()
"""One text at a time: the pipeline was not made for several threads."""


@dataclass(frozen=True, slots=True)
class Told:
    """The sentences of an article's checks in order, and of the repair of the figure that begins at an offset."""

    checks: tuple[tuple[str, str, str], ...] = ()
    witnesses: Mapping[tuple[int, str], tuple[str, ...]] | None = None

    def check(self, ordinal: int, name: str, verdict: str) -> str | None:
        """The sentence of a check; None where that place has another check by now."""
        if ordinal >= len(self.checks) or self.checks[ordinal][:2] != (name, verdict):
            return None
        return self.checks[ordinal][2]

    def repair(self, start: int, rule: str) -> tuple[str, ...] | None:
        """The sentences of the witnesses of a repair; None where it is not made any more."""
        return (self.witnesses or {}).get((start, rule))


def retell(db: Database, article: Article, language: Language) -> Told:
    """The sentences on a stored article in `language`."""
    if language == STORED:
        return Told()
    from extract.pipeline import extract

    if looks_back(db, article.id):
        past = Past(db, before=article.published_on, without=article.id)
        with READING:
            return told_of(extract(article, language, past))
    with READING:
        return told_of(extract(article, language))


def told_of(extraction: Extraction) -> Told:
    """The sentences of an extraction."""
    return Told(
        tuple((check.name, check.verdict.value, check.message) for check in extraction.checks),
        {
            (claim.start, claim.repair.rule): tuple(witness.message for witness in claim.repair.witnesses)
            for claim in extraction.claims
            if claim.repair
        },
    )


def looks_back(db: Database, article_id: str) -> bool:
    """Whether the article was read beside earlier claims."""
    found = db.execute("SELECT 1 FROM second_looks WHERE article_id = ? AND past <> ''", [article_id]).fetchone()
    return found is not None


def stored_article(row: Mapping[str, object], authors: Sequence[str] = ()) -> Article:
    """The article of a row with id, url, outlet, title, published and text."""

    def text(name: str) -> str | None:
        value = row[name]
        return None if value is None else str(value)

    published: dt.date | dt.datetime | None = parse_published(text("published")) if row["published"] else None
    return Article(
        id=str(row["id"]),
        text=str(row["text"]),
        url=text("url"),
        outlet=text("outlet"),
        title=text("title"),
        published=published,
        authors=tuple(authors),
    )
