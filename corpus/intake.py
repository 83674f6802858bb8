"""What the crawl brings home goes into the store here: articles with their fetches, and pages worth remembering.

The crawler knows nothing of the store. It calls `deliver` for each article and `remember` for each other page, and asks
the store, which is a `crawler.memory.Memory`, what it has seen before.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from corpus.errors import CorpusError
from corpus.store import Fetch, FetchKind, Outcome, Store
from crawler.items import FetchedArticle, Visit

Clock = Callable[[], dt.datetime]
"""Gives an aware time; passed in so that a run can be repeated to the letter."""


class Intake:
    """Stores what one run's crawl hands over, each item in one transaction, and counts what became of it.

    Scrapy counts an exception here as an error of one item and goes on. Where the store itself gave out that would only
    fail a thousand times more, so the first failure is kept in `failure` for the run to end with, and later items are
    left for the next run.
    """

    def __init__(self, store: Store, run: int, clock: Clock) -> None:
        self.store = store
        self.run = run
        self.clock = clock
        self.outcomes: Counter[Outcome] = Counter()
        self.failure: CorpusError | sqlite3.Error | None = None

    def deliver(self, item: FetchedArticle) -> None:
        """Store an article and the fetch that brought it."""
        address = item.article.url or item.final_url
        article = replace(item.article, url=address, outlet=item.article.outlet or item.outlet)
        with self._guarded():
            self.store.save_fetch(
                self.run,
                Fetch(
                    kind=FetchKind.ARTICLE,
                    url=item.url,
                    final_url=item.final_url,
                    outlet=item.outlet,
                    status=item.status,
                    fetched_at=item.fetched_at,
                    etag=item.etag,
                    last_modified=item.last_modified,
                    modified=item.modified,
                    digest=item.digest,
                ),
            )
            stored = self.store.save_article(article, seen_at=item.fetched_at, run=self.run)
            self.outcomes[stored.outcome] += 1

    def remember(self, visit: Visit) -> None:
        """Log a listing or a page about something else, so that the next run need not fetch it unchanged.

        The crawl gives a listing only when all that it announced was had: known as unchanged any earlier, it would hide
        from the next run what a killed one had not stored.
        """
        kind = FetchKind(visit.kind)
        with self._guarded():
            self.store.save_fetch(
                self.run,
                Fetch(
                    kind=kind,
                    url=visit.url,
                    fetched_at=self.clock(),
                    etag=visit.etag,
                    last_modified=visit.last_modified,
                    modified=visit.modified,
                ),
            )

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        if self.failure is not None:
            raise self.failure
        try:
            with self.store.transaction():
                yield
        except (CorpusError, sqlite3.Error) as error:
            self.failure = error
            raise
