"""What the crawl brings home goes into the store here, and what the crawl has to know comes out of it.

The crawler knows nothing of the store. It calls `deliver` for each article, and an `Intake` is its
`crawler.memory.Memory`: told of every listing and every other page, and asked what was met before.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from corpus import addressbook, removals, rows
from corpus.addressbook import Fetch, FetchKind
from corpus.errors import CorpusError
from corpus.store import Outcome, Store
from crawler.items import FetchedArticle, ListingVisit, PageState, PageVisit
from crawler.listings import Entry
from crawler.memory import KnownListing, KnownPage, Validators
from crawler.urls import article_id, canonical_url

Clock = Callable[[], dt.datetime]
"""Gives an aware time; passed in so that a run can be repeated to the letter."""


class Intake:
    """Stores what one run's crawl hands over, each item in one transaction, and counts what became of it.

    Scrapy counts an exception here as an error of one item and goes on. Where the store itself gave out that would only
    fail a thousand times more, so the first failure is kept in `failure` for the run to end with, and later items are
    left for the next run.
    """

    def __init__(self, store: Store, run: int, *, is_past: bool = False) -> None:
        self.store = store
        self.run = run
        self.is_past = is_past
        """Whether it brings what was recorded at some time, as a replay does, and not what sites print now."""
        self.outcomes: Counter[Outcome] = Counter()
        self.forgotten = 0
        """Articles that came although their publisher asked for removal, by way of an address not known before."""
        self.failure: CorpusError | sqlite3.Error | None = None

    def deliver(self, item: FetchedArticle) -> None:
        """Store an article and the fetch that brought it; of one that is to be forgotten, its addresses alone."""
        address = item.article.url or item.final_url
        article = replace(item.article, url=address, outlet=item.article.outlet or item.outlet)
        with self._guarded():
            if removals.extend(self.store, (item.url, item.final_url, address)):
                self.forgotten += 1
                if item.archived is not None:
                    self.log_forgotten(item)
                return
            fetch = Fetch(
                kind=FetchKind.ARTICLE,
                url=item.url,
                final_url=item.final_url,
                outlet=item.outlet,
                status=item.status,
                fetched_at=item.fetched_at,
                digest=item.digest,
                archived=item.archived,
                drift=item.drift,
            )
            number = addressbook.log_fetch(self.store, self.run, fetch)
            if self.is_twin(item, address) or self.is_old_text(item, article_id(address)):
                key, outcome = article_id(address), Outcome.UNCHANGED
            else:
                stored = self.store.save_article(article, seen_at=item.fetched_at, run=self.run, fetch=number)
                key, outcome = stored.article_id, stored.outcome
            addressbook.save_article_page(
                self.store,
                item.url,
                outlet=item.outlet,
                at=item.fetched_at,
                key=key,
                final_url=item.final_url,
                validators=Validators(item.etag, item.last_modified),
                modified=item.modified,
                is_complete=item.is_complete,
            )
            self.outcomes[outcome] += 1

    def log_forgotten(self, item: FetchedArticle) -> None:
        """Note where the archive keeps what is to be forgotten, so that it is taken out there when the run ends."""
        place, problem = item.archived, removals.AGAIN
        fetch = Fetch(
            FetchKind.LOST, item.url, item.fetched_at, item.final_url, item.outlet, archived=place, problem=problem
        )
        addressbook.log_fetch(self.store, self.run, fetch)

    def is_twin(self, item: FetchedArticle, address: str) -> bool:
        """Whether this is another view (AMP, telephone) of an article that is known by its own page.

        Its wording differs in trifles, and would make a revision each time that one follows the other.
        """
        if canonical_url(address) in {canonical_url(item.url), canonical_url(item.final_url)}:
            return False
        known = addressbook.known_page(self.store, address)
        return known is not None and known.state is PageState.ARTICLE

    def is_old_text(self, item: FetchedArticle, key: str) -> bool:
        """Whether a replay brings what the store has seen later: an old text is no new revision.

        What a site prints now is never old, whatever the clock of an earlier run said.
        """
        if not self.is_past:
            return False
        found = self.store.db.execute("SELECT last_seen_at FROM articles WHERE id = ?", [key]).fetchone()
        return found is not None and rows.utc(item.fetched_at) < found[0]

    # What the crawl knows, and has noted

    def listing(self, url: str) -> KnownListing | None:
        """What is known of this listing."""
        return addressbook.known_listing(self.store, url)

    def page(self, url: str) -> KnownPage | None:
        """What is known of this page."""
        return addressbook.known_page(self.store, url)

    def pending(self, outlet: str) -> Iterable[Entry]:
        """What an outlet has announced and nobody has fetched yet."""
        return addressbook.iter_pending(self.store, outlet)

    def left_until(self, outlet: str) -> dt.datetime | None:
        """The latest hour that a server of this outlet named for asking again."""
        return addressbook.left_until(self.store, outlet)

    def leave_until(self, outlet: str, hour: dt.datetime) -> None:
        """Note that a server of this outlet asked to be left alone until then."""
        with self._guarded():
            addressbook.leave_until(self.store, outlet, hour)

    def listing_visited(self, visit: ListingVisit) -> None:
        """Note a listing and all that it announced."""
        with self._guarded():
            addressbook.save_listing(self.store, self.run, visit)

    def page_visited(self, visit: PageVisit) -> None:
        """Note a page that gave no article."""
        with self._guarded():
            addressbook.save_page(self.store, self.run, visit)

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
