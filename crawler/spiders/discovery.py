"""What all spiders share: from an announced address to a fetched article.

A spider of one way of discovery says how to ask for listings and how to read them; window, limit, relevance, what is
known already and the reading of the page are the same for all and live here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
from collections.abc import AsyncIterator, Callable, Iterator, MutableSet
from typing import Any, ClassVar, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.items import FetchedArticle, Visit
from crawler.listings import Entry, plain_text
from crawler.memory import Memory, NoMemory, Validators
from crawler.outlets import Discovery, Judge, Outlet, Way, resolve_outlet
from crawler.pages import read_page
from crawler.refusals import ForbiddenByRobots, Refusal, failure_kind
from crawler.relevance import load_relevance

NOT_MODIFIED = 304
GONE = (404, 410)
Requests = Iterator[scrapy.Request]


class DiscoverySpider(scrapy.Spider):
    """Base of the spiders; one instance works one outlet by one way.

    Arguments also work from `scrapy crawl`: outlet by name, since and until as ISO days (both inclusive), limit as
    the number of articles to fetch. `seen` is shared by the ways of one outlet, so that none fetches twice.
    """

    way: ClassVar[Way]
    # "Not modified" is an answer to act on, not an error.
    handle_httpstatus_list: ClassVar[list[int]] = [NOT_MODIFIED]

    def __init__(
        self,
        outlet: Outlet | str,
        *,
        memory: Memory | None = None,
        seen: MutableSet[str] | None = None,
        since: dt.date | str | None = None,
        until: dt.date | str | None = None,
        limit: int | str | None = None,
        deliver: Callable[[FetchedArticle], None] | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(name)
        self.outlet = resolve_outlet(outlet) if isinstance(outlet, str) else outlet
        self.memory = memory or NoMemory()
        self.seen: MutableSet[str] = set() if seen is None else seen
        self.since = dt.date.fromisoformat(since) if isinstance(since, str) else since
        self.until = dt.date.fromisoformat(until) if isinstance(until, str) else until
        self.limit = int(limit) if limit is not None else None
        self.deliver = deliver
        self.relevance = load_relevance()
        self.set_aside: set[str] = set()
        self.visits: list[Visit] = []
        """Listings and foreign pages read, worth remembering once this crawl ended well."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401 - Scrapy's signature
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.item_failed, signal=signals.item_error)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Ask every listing of this way."""
        for discovery in self.outlet.ways:
            if discovery.way is self.way:
                for request in self.ask(discovery):
                    yield request

    def ask(self, discovery: Discovery) -> Requests:
        """The first requests for one way in: its address itself, unless a spider knows better."""
        yield self.listing_request(discovery.url)

    def listing_request(self, url: str, **arguments: Any) -> scrapy.Request:  # noqa: ANN401 - callback arguments
        """A request for a listing; for what changed since, where nothing but the news is wanted."""
        known = None if self.is_partial() else self.memory.validators(url)
        return scrapy.Request(
            url,
            self.parse_listing,
            headers=conditions(known),
            dont_filter=True,
            errback=self.listing_failed,
            cb_kwargs=arguments,
        )

    def parse_listing(self, response: Response, **arguments: Any) -> Requests:  # noqa: ANN401 - callback arguments
        """Requests for the listed articles worth reading, then for the listings that follow."""
        if response.status == NOT_MODIFIED:
            self.count("listing_unchanged")
            return
        entries = self.entries(response)
        if entries is None:
            self.count("error/unreadable_listing")
            self.logger.info("no %s listing: %s", self.way, response.url)
            return
        self.count("listed", len(entries))
        if response.request is not None and not self.is_partial():
            tags = validators_of(response)
            self.visits.append(Visit(response.request.url, "listing", tags.etag, tags.last_modified))
        for entry in entries:
            if self.is_full():
                return
            if self.is_wanted(entry):
                yield self.article_request(entry)
        yield from self.follow(response, entries, **arguments)

    def entries(self, response: Response) -> list[Entry] | None:
        """The articles that a listing announces; None where it is no such listing."""
        raise NotImplementedError

    def follow(self, response: Response, entries: list[Entry], **arguments: Any) -> Requests:  # noqa: ANN401
        """Requests for the next pages or the listings below."""
        yield from ()

    def is_partial(self) -> bool:
        """Whether less than all news was asked for, so that "unchanged since the last time" is no answer."""
        return bool(self.since or self.until or self.limit)

    def is_full(self) -> bool:
        """Whether as many articles were asked for as the limit allows."""
        return self.limit is not None and len(self.seen) >= self.limit

    def is_wanted(self, entry: Entry) -> bool:
        """Whether the article's page is worth a request; counts why not."""
        if entry.url in self.seen:
            return False
        why_not = self.reason_against(entry)
        # Several searches bring the same article; it is counted once.
        if why_not and entry.url not in self.set_aside:
            self.set_aside.add(entry.url)
            self.count(why_not)
        return why_not is None

    def reason_against(self, entry: Entry) -> str | None:
        """Why its page need not be fetched, as it is counted; None where it is to be."""
        if not self.in_window(entry):
            return "outside_window"
        if entry.content is not None:
            relevant = self.relevance.is_relevant(entry.title, entry.teaser, plain_text(entry.content))
        else:
            heading = (entry.title, entry.teaser)
            # A sitemap often says no more than the address.
            relevant = self.outlet.judge is Judge.PAGE or not any(heading) or self.relevance.is_promising(*heading)
        if not relevant:
            return "irrelevant/listing"
        stamp = self.memory.known_modified(entry.url)
        return "unchanged" if stamp is not None and stamp == entry.modified else None

    def in_window(self, entry: Entry) -> bool:
        """Whether it was published, or changed, within the days asked for; an undated entry is given a chance."""
        published = entry.published.date() if isinstance(entry.published, dt.datetime) else entry.published
        if self.until and published and published > self.until:
            return False
        return not (self.since and entry.newest and entry.newest < self.since)

    def article_request(self, entry: Entry) -> scrapy.Request:
        """A request for the page; for a known one only if it changed."""
        self.seen.add(entry.url)
        return scrapy.Request(
            entry.url,
            self.parse_article,
            headers=conditions(self.memory.validators(entry.url)),
            errback=self.article_failed,
            cb_kwargs={"entry": entry},
            dont_filter=True,
        )

    def parse_article(self, response: Response, entry: Entry) -> Iterator[FetchedArticle]:
        """The article of a page, if it is one of ours."""
        if response.status == NOT_MODIFIED:
            self.count("unchanged")
            return
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        if content_type and not any(kind in content_type.casefold() for kind in ("html", "text/plain", "xml")):
            self.count("error/no_html")
            return
        yield from self.read(response.body, response, entry, content_type)

    def read(
        self, body: bytes, response: Response | None, entry: Entry, content_type: str | None
    ) -> Iterator[FetchedArticle]:
        """Read a page, or what a listing brought in its stead (`response` None), and keep it if relevant."""
        final_url = response.url if response is not None else entry.url
        article = read_page(
            body, entry.url, outlet=self.outlet, published_hint=entry.published, content_type=content_type
        )
        tags = validators_of(response) if response is not None else Validators()
        if not self.relevance.is_relevant(article.title or entry.title, article.text):
            self.count("irrelevant/page")
            self.visits.append(Visit(entry.url, "irrelevant", tags.etag, tags.last_modified, entry.modified))
            return
        yield FetchedArticle(
            article=article,
            url=entry.url,
            final_url=final_url,
            fetched_at=dt.datetime.now(dt.UTC),
            status=response.status if response is not None else 0,
            etag=tags.etag,
            last_modified=tags.last_modified,
            modified=entry.modified,
            digest=hashlib.sha256(body).hexdigest(),
            outlet=self.outlet.domain,
            spider=self.name,
            html=body,
        )

    def listing_failed(self, failure: Any) -> None:  # noqa: ANN401 - Twisted's Failure
        """Count a listing that could not be had."""
        self.count_failure(failure.value)
        self.logger.info("listing not read: %s", failure.getErrorMessage())

    def article_failed(self, failure: Any) -> Iterator[FetchedArticle]:  # noqa: ANN401 - Twisted's Failure
        """Read the listing's own content where the page could not be had, else count the loss."""
        entry: Entry = failure.request.cb_kwargs["entry"]
        failed = not isinstance(failure.value, Refusal)
        if failed and entry.content is not None:
            self.count("page_replaced_by_listing")
            yield from self.read(page_around(entry).encode(), None, entry, "text/html; charset=utf-8")
            return
        self.count_failure(failure.value)
        self.logger.info("article not read: %s", failure.getErrorMessage())

    def count_failure(self, error: BaseException) -> None:
        """Count by kind; what is neither gone for good nor forbidden may be had the next time."""
        self.count(f"error/{failure_kind(error)}")
        gone = isinstance(error, HttpError) and error.response.status in GONE
        if not gone and not isinstance(error, ForbiddenByRobots):
            self.count("lost")

    def item_failed(self, item: object) -> None:
        """Count an article that a pipeline, the store for one, did not take."""
        self.count("error/item_failed")
        self.count("lost")

    def count(self, what: str, by: int = 1) -> None:
        """Add to this crawl's statistics."""
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"cakupan/{what}", by)


def page_around(entry: Entry) -> str:
    """A page that any layout for WordPress reads, made of what the listing brought."""
    title = f'<h1 class="entry-title">{html.escape(entry.title or "")}</h1>'
    return f'<html><body>{title}<div class="entry-content">{entry.content}</div></body></html>'


def conditions(known: Validators | None) -> dict[str, str]:
    """The headers that ask for a page only if it changed."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known else {}
    return {name: value for name, value in headers.items() if value}


def validators_of(response: Response) -> Validators:
    """What the response gives for the next conditional request."""
    values = [(response.headers.get(name) or b"").decode("latin-1") or None for name in ("ETag", "Last-Modified")]
    return Validators(*values)
