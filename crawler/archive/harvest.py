"""From an archived page to an article, read as a crawl reads what it fetches."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from lxml.etree import LxmlError

from crawler.archive.sift import Capture, Dropped, Sieve, is_later_page
from crawler.items import Archived, FetchedArticle
from crawler.pages.read import read
from crawler.relevance import load_relevance
from crawler.urls import article_address

SPIDER = "backfill"
"""In the place of the name of the spider that found an article."""
READING_FAULTS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, LxmlError)
"""What is raised where a page trips the reader; not what is raised where disk, memory or store give out."""


def read_capture(capture: Capture, archived: Archived, sieve: Sieve) -> FetchedArticle | Dropped:
    """The article on an archived page, read as a crawl reads it, or why it is none of ours."""
    reading = read(capture.body, capture.url, outlet=capture.outlet, content_type=capture.content_type or None)
    article = reading.article
    if is_later_page(capture.url, reading.canonical, reading.pages):
        return Dropped.NO_STORY
    if not article.text:
        return Dropped.NO_TEXT
    if not load_relevance().is_relevant(article.title, article.text):
        return Dropped.OTHER_TOPIC
    if article.published is None and capture.outlet is None:
        # Of a site that nobody knows, a page without a day is seldom a story.
        return Dropped.NO_STORY
    if not sieve.in_window(article.published_on):
        return Dropped.OUTSIDE_WINDOW
    return FetchedArticle(
        article=replace(article, url=article_address(capture.url, reading.canonical), outlet=capture.site),
        url=capture.url,
        final_url=capture.url,
        fetched_at=capture.at,
        status=capture.status,
        etag=capture.etag,
        last_modified=capture.last_modified,
        modified=None,
        digest=hashlib.sha256(capture.body).hexdigest(),
        outlet=capture.site,
        spider=SPIDER,
        html=capture.body,
        archived=archived,
        drift=reading.drift,
    )
