"""What all spiders share, second half: from an announced address to an article read, or to a note of why not."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
from collections.abc import Callable, Iterator, MutableSet
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.archive.tape import Tape
from crawler.items import NOT_MODIFIED, FetchedArticle, PageState, PageVisit
from crawler.listings import Entry
from crawler.manners.networks import same_network
from crawler.manners.refusals import (
    Stopped,
    failure_kind,
)
from crawler.memory import NOT_ASKED, Memory, NoMemory, Validators
from crawler.outlets import Outlet, resolve_outlet
from crawler.pages.paging import join
from crawler.pages.read import Reading, read
from crawler.relevance import load_relevance
from crawler.spiders.answers import ANSWERED_IN_VAIN, archived, conditions, retry_at_of, state_after, validators_of
from crawler.urls import article_address, canonical_url, is_front_page
from crawler.window import Window, dated
from crawler.zones import ZONES
from extract.models import Article

HTML_KINDS = ("html", "text/plain", "xml")
MOST_PAGES = 20
"""An article in more pages than that is a gallery or a trap."""
Requests = Iterator[scrapy.Request]


@dataclass(frozen=True, slots=True)
class Split:
    """An article in several pages, as far as it was read. `left` are the addresses still to ask."""

    entry: Entry
    item: FetchedArticle
    left: tuple[str, ...]
    rest: tuple[Article, ...] = ()
    is_whole: bool = False
    """Whether the next page is the whole article on one."""


class ArticleSpider(scrapy.Spider):
    """Fetches and reads announced pages; one instance works one outlet.

    Arguments also work from `scrapy crawl`: outlet by name, since and until as ISO days (both inclusive), limit as
    the number of articles to fetch. `seen` is shared by the ways of one outlet, so that none fetches twice; `now` is
    the moment that counts as the present, for a replay that of the run replayed.
    """

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
        now: dt.datetime | None = None,
        deliver: Callable[[FetchedArticle], None] | None = None,
        tape: Tape | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(name)
        self.outlet = resolve_outlet(outlet) if isinstance(outlet, str) else outlet
        self.memory = memory or NoMemory()
        self.seen: MutableSet[str] = set() if seen is None else seen
        self.since = dt.date.fromisoformat(since) if isinstance(since, str) else since
        self.until = dt.date.fromisoformat(until) if isinstance(until, str) else until
        self.window = Window(self.since, self.until, ZONES[self.outlet.zone])
        self.limit = int(limit) if limit is not None else None
        self.now = now or dt.datetime.now(dt.UTC)
        self.deliver = deliver
        self.tape = tape
        self.relevance = load_relevance()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401 - Scrapy's signature
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.item_failed, signal=signals.item_error)
        crawler.signals.connect(spider.reading_failed, signal=signals.spider_error)
        return spider

    def is_full(self) -> bool:
        """Whether as many articles were asked for as the limit allows."""
        return self.limit is not None and len(self.seen) >= self.limit

    def take(self, entry: Entry) -> bool:
        """Take an announced page for this crawl; False where another way, or another spelling of it, already has."""
        address = canonical_url(entry.url)
        if address in self.seen or self.is_full():
            return False
        self.seen.add(address)
        return True

    def article_request(self, entry: Entry) -> scrapy.Request:
        """A request for the page; for a known one only if it changed."""
        known = self.memory.page(entry.url)
        return scrapy.Request(
            entry.url,
            self.parse_article,
            headers=conditions(known.validators if known else None),
            errback=self.article_failed,
            cb_kwargs={"entry": entry},
            dont_filter=True,
        )

    def parse_article(self, response: Response, entry: Entry) -> Iterator[FetchedArticle | scrapy.Request]:
        """The article of a page, if it is one of ours; its further pages are asked for first."""
        if response.status == NOT_MODIFIED:
            self.count("unchanged")
            known = self.memory.page(entry.url)
            self.note(entry, PageState.ARTICLE, response, validators_of(response, known.validators if known else None))
            return
        if is_front_page(response.url) and not is_front_page(entry.url):
            self.count("error/led_to_front_page")
            self.note(entry, PageState.GONE, response, problem="led_to_front_page")
            return
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        if content_type and not any(kind in content_type.casefold() for kind in HTML_KINDS):
            self.count("error/no_html")
            self.note(entry, PageState.IRRELEVANT, response, validators_of(response))
            return
        reading = self.read(response, entry, content_type)
        for field in reading.drift:
            self.count(f"drift/{field}")
        article = replace(reading.article, url=article_address(response.url, reading.canonical))
        item = FetchedArticle(
            article=article,
            url=entry.url,
            final_url=response.url,
            fetched_at=self.moment_of(response),
            status=response.status,
            etag=validators_of(response).etag,
            last_modified=validators_of(response).last_modified,
            modified=entry.modified,
            digest=hashlib.sha256(response.body).hexdigest(),
            outlet=self.outlet.domain,
            spider=self.name,
            html=response.body,
            archived=archived(response),
            drift=reading.drift,
        )
        title = article.title or entry.title
        # Of a story of other days the first page is enough.
        further = self.further_pages(reading, response.url) if self.window.holds(dated(entry, article)) else None
        if further is not None and (self.relevance.is_promising(title) or self.relevance.is_relevant(article.text)):
            yield self.further_request(Split(entry, item, further[0], is_whole=further[1]))
        else:
            yield from self.keep(item, entry, response)

    def read(self, response: Response, entry: Entry, content_type: str | None) -> Reading:
        """What a page says, read with what is known of its outlet."""
        return read(
            response.body, response.url, outlet=self.outlet, published_hint=entry.published, content_type=content_type
        )

    def keep(self, item: FetchedArticle, entry: Entry, response: Response | None) -> Iterator[FetchedArticle]:
        """The article if it is relevant and of the days asked for, else a note."""
        entry = dated(entry, item.article)
        if not self.relevance.is_relevant(item.article.title or entry.title, item.article.text):
            self.count("irrelevant/page")
            self.note(entry, PageState.IRRELEVANT, response, Validators(item.etag, item.last_modified))
        elif not self.window.holds(entry):
            # Its listing told no day. A crawl of other days may want it, and knows its day by then.
            self.count("outside_window")
            self.note(entry, PageState.PENDING, response)
        else:
            yield item

    # An article in several pages

    def further_pages(self, reading: Reading, url: str) -> tuple[tuple[str, ...], bool] | None:
        """The addresses of an article's other pages, or the one of all its pages; None where it has only this."""
        whole = (reading.whole,) if reading.whole else ()
        near = [page for page in whole or reading.pages if page != url and same_network(page, url)]
        return (tuple(near[:MOST_PAGES]), bool(whole)) if near else None

    def further_request(self, split: Split) -> scrapy.Request:
        """A request for the next page of an article, before anything else is asked."""
        return scrapy.Request(
            split.left[0],
            self.parse_further,
            errback=self.further_failed,
            cb_kwargs={"split": split},
            dont_filter=True,
            priority=1,
        )

    def parse_further(self, response: Response, split: Split) -> Iterator[FetchedArticle | scrapy.Request]:
        """Join a further page to those before it, or ask for the next."""
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        page = self.read(response, split.entry, content_type).article
        first = split.item.article
        if split.is_whole:
            # It may be no more than the first page again.
            text = max(page.text, first.text, key=len)
            yield from self.keep(replace(split.item, article=replace(first, text=text)), split.entry, response)
            return
        split = replace(split, rest=(*split.rest, page), left=split.left[1:])
        if split.left:
            yield self.further_request(split)
        else:
            yield from self.keep(replace(split.item, article=join(first, split.rest)), split.entry, response)

    def further_failed(self, failure: Any) -> Iterator[FetchedArticle]:  # noqa: ANN401 - Twisted's Failure
        """Keep what there is of a new article; one that was only not asked for, or is known, waits for the next run."""
        if isinstance(failure.value, Stopped):
            # The whole of it stays pending, and nothing went wrong.
            return
        split: Split = failure.request.cb_kwargs["split"]
        self.note_wish(failure)
        known = self.memory.page(split.entry.url)
        was_read = known is not None and known.fetched_at is not None
        kind = failure_kind(failure.value)
        not_asked = kind in NOT_ASKED or retry_at_of(failure) is not None
        problem = kind if not_asked else "incomplete_article"
        self.count(f"error/{problem}")
        if was_read or not_asked:
            # A part must not pass for the whole, nor for a newer text than the whole one kept.
            self.note(split.entry, PageState.PENDING, None, problem=problem, request=failure.request)
            return
        article = join(split.item.article, split.rest)
        item = replace(split.item, article=article, etag=None, last_modified=None, modified=None, is_complete=False)
        yield from self.keep(item, split.entry, None)

    # Pages that could not be had

    def article_failed(self, failure: Any) -> Iterator[FetchedArticle]:  # noqa: ANN401 - Twisted's Failure
        """Read the listing's own content where the page is refused, else note the loss.

        Where nobody answered, or not to the end, the page waits for the next run: that is worth more than a second
        version of the article, of which no page is kept.
        """
        if isinstance(failure.value, Stopped):
            # It stays pending, and nothing went wrong.
            return
        self.note_wish(failure)
        entry: Entry = failure.request.cb_kwargs["entry"]
        if isinstance(failure.value, ANSWERED_IN_VAIN) and entry.content is not None:
            self.count("page_replaced_by_listing")
            yield from self.keep(self.from_listing(entry, failure.request), entry, None)
            return
        problem = self.count_failure(failure.value)
        self.logger.info("article not read: %s", failure.getErrorMessage())
        response = failure.value.response if isinstance(failure.value, HttpError) else None
        self.note(entry, state_after(failure.value), response, problem=problem, request=failure.request)

    def from_listing(self, entry: Entry, request: scrapy.Request) -> FetchedArticle:
        """The article as its listing brought it whole."""
        body = page_around(entry).encode()
        reading = read(body, entry.url, outlet=self.outlet, published_hint=entry.published)
        return FetchedArticle(
            article=reading.article,
            url=entry.url,
            final_url=entry.url,
            fetched_at=self.moment_of(None, request),
            status=0,
            etag=None,
            last_modified=None,
            modified=entry.modified,
            digest=hashlib.sha256(body).hexdigest(),
            outlet=self.outlet.domain,
            spider=self.name,
            html=body,
        )

    def note_wish(self, failure: Any) -> None:  # noqa: ANN401 - Twisted's Failure
        """Have it remembered where a server of this outlet named an hour before which it wants to be left alone."""
        hour = retry_at_of(failure)
        if hour is not None and same_network(failure.request.url, f"//{self.outlet.domain}"):
            self.memory.leave_until(self.outlet.domain, hour)

    def note(
        self,
        entry: Entry,
        state: PageState,
        response: Response | None,
        tags: Validators | None = None,
        problem: str | None = None,
        request: scrapy.Request | None = None,
    ) -> None:
        """Have it remembered what came of a page that gave no article."""
        tags = tags or Validators()
        self.memory.page_visited(
            PageVisit(
                url=entry.url,
                state=state,
                at=self.moment_of(response, request),
                outlet=self.outlet.domain,
                status=response.status if response is not None else None,
                etag=tags.etag,
                last_modified=tags.last_modified,
                modified=entry.modified,
                published=entry.published,
                problem=problem,
                archived=archived(response, request),
            )
        )

    def count_failure(self, error: BaseException) -> str:
        """Count by kind and give the kind."""
        kind = failure_kind(error)
        self.count(f"error/{kind}")
        return kind

    def reading_failed(self, failure: Any, response: Any) -> None:  # noqa: ANN401 - Twisted's Failure, or a Response
        """Note a page that this program could not read, a fault of ours; Scrapy logs and counts it.

        It counts as an attempt in vain, for a page that trips us today will do so for ever. Where noting a failed
        request failed, there is no response, but that failure in its place.
        """
        request = getattr(response, "request", None)
        entry = request.cb_kwargs.get("entry") if request is not None else None
        if isinstance(entry, Entry):
            answer = response if isinstance(response, Response) else None
            self.note(entry, PageState.PENDING, answer, problem=type(failure.value).__name__, request=request)

    def item_failed(self, item: object) -> None:
        """Count an article that a pipeline, the store for one, did not take."""
        self.count("error/item_failed")

    def moment_of(self, response: Response | None, request: scrapy.Request | None = None) -> dt.datetime:
        """When the answer to a request came, or it was clear that none would."""
        asked = response.request if response is not None else request
        at = asked.meta.get("fetched_at") if asked is not None else None
        if isinstance(at, dt.datetime):
            return at
        # Of what was never asked, a replay must tell the same time.
        return dt.datetime.now(dt.UTC) if self.tape is None else self.now

    def count(self, what: str, by: int = 1) -> None:
        """Add to this crawl's statistics."""
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"cakupan/{what}", by)


def page_around(entry: Entry) -> str:
    """A page that any layout for WordPress reads, made of what the listing brought."""
    title = f'<h1 class="entry-title">{html.escape(entry.title or "")}</h1>'
    return f'<html><body>{title}<div class="entry-content">{entry.content}</div></body></html>'
