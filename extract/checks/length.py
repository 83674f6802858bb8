"""Texts that are longer than any article."""

from __future__ import annotations

from dataclasses import replace

from extract.checks.messages import word_check
from extract.models import Article, Check, Verdict
from extract.wording import Language, number

NAME = "read_in_full"
MOST_CHARACTERS = 2_000_000
"""Of a text; two hundred times a long article. Each can be a token of its own, which takes half a kilobyte."""
MOST_OF_TITLE = 1_000


def cut_to_length(article: Article) -> Article:
    """The article with as much of text and title as is read; itself, where that is all."""
    if len(article.text) <= MOST_CHARACTERS and len(article.title or "") <= MOST_OF_TITLE:
        return article
    title = article.title[:MOST_OF_TITLE] if article.title else article.title
    return replace(article, text=article.text[:MOST_CHARACTERS], title=title)


def check_read_in_full(article: Article, language: Language = "en") -> tuple[Check, ...]:
    """`unknown` where a text is longer than what is read of it; nothing of any other."""
    length = len(article.text)
    if length <= MOST_CHARACTERS:
        return ()
    most, got = number(MOST_CHARACTERS, language), number(length, language)
    return (word_check(NAME, Verdict.UNKNOWN, (), language, expected=most, got=got, most=most, length=got),)
