"""What all spiders share, first half: from a listing to the addresses worth a request.

A spider of one way of discovery says how to ask for listings and how to read them; window, limit, relevance and what is
known already are the same for all and live here. What becomes of a page is told in `reading`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, ClassVar

import scrapy
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.indexes import words_of_slug
from crawler.items import NOT_MODIFIED, ListingVisit, PageState
from crawler.listings import Entry, plain_text
from crawler.manners.networks import same_network
from crawler.manners.refusals import Stopped
from crawler.memory import LONGEST_WISH, is_ahead
from crawler.outlets import Discovery, Judge, Way
from crawler.spiders.answers import archived, conditions, retry_at_of, validators_of
from crawler.spiders.reading import ArticleSpider, Requests
from crawler.urls import canonical_url, short_hash
from crawler.zones import day_in


class DiscoverySpider(ArticleSpider):
    """Base of the spiders; one instance works one outlet by one way."""

    way: ClassVar[Way]
    is_whole_listing: ClassVar[bool] = True
    """Whether an unchanged first page means that there is nothing new; not so where the news runs over several."""

    def __init__(self, *args: Any, insist: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        """`insist` asks listings, too, that have failed so often that they would be left alone for a while."""
        super().__init__(*args, **kwargs)
        self.insist = insist
        self.set_aside: set[str] = set()

    async def start(self) -> AsyncIterator[Any]:
        """First what earlier crawls have left to do, then every listing of this way."""
        is_left = is_ahead(self.memory.left_until(self.outlet.domain), self.now, LONGEST_WISH)
        for entry in () if is_left else self.memory.pending(self.outlet.domain):
            if self.window.holds(entry) and self.take(entry):
                self.count("resumed")
                yield self.article_request(entry)
        for discovery in self.outlet.ways:
            if discovery.way is self.way:
                for request in self.ask(discovery):
                    yield request

    def ask(self, discovery: Discovery) -> Requests:
        """The first requests for one way in: its address itself, unless a spider knows better."""
        yield from self.listing_request(discovery.url)

    def listing_request(self, url: str, **arguments: Any) -> Requests:  # noqa: ANN401 - callback arguments
        """A request for a listing, for what changed since where nothing but the news is wanted.

        None for one that asked to be left alone, or failed too often, until its time has come.
        """
        known = self.memory.listing(url)
        if known and known.is_at_rest(self.now, insist=self.insist):
            self.count("postponed")
            return
        asks_for_news = self.is_whole_listing and not self.is_partial()
        yield scrapy.Request(
            url,
            self.parse_listing,
            headers=conditions(known.validators if known and asks_for_news else None),
            dont_filter=True,
            errback=self.listing_failed,
            cb_kwargs=arguments,
        )

    def parse_listing(self, response: Response, **arguments: Any) -> Requests:  # noqa: ANN401 - callback arguments
        """Requests for the listed articles worth reading, then for the listings that follow."""
        if response.status == NOT_MODIFIED:
            self.count("listing_unchanged")
            self.memory.listing_visited(self.visit(response))
            return
        entries = self.entries(response)
        if entries is None:
            self.count("error/unreadable_listing")
            self.logger.info("no %s listing: %s", self.way, response.url)
            self.memory.listing_visited(self.visit(response, problem="unreadable_listing"))
            return
        self.count("listed", len(entries))
        wanted = [entry for entry in entries if self.is_wanted(entry) and self.take(entry)]
        # Before the first of them is asked for: a crawl that is killed now goes on from here.
        self.memory.listing_visited(self.visit(response, entries, tuple(wanted)))
        for entry in wanted:
            yield self.article_request(entry)
        if not self.is_full():
            yield from self.follow(response, entries, **arguments)

    def visit(
        self,
        response: Response,
        entries: list[Entry] | None = None,
        wanted: tuple[Entry, ...] = (),
        problem: str | None = None,
    ) -> ListingVisit:
        """What came of a listing; one that was read only in part gives nothing to ask "changed?" by."""
        assert response.request is not None
        entries = entries or []
        tags = validators_of(response) if self.tells_all(entries) else None
        days = [day_in(self.window.zone, entry.published) for entry in entries if entry.published is not None]
        # A story dated ahead would hide for as long that nothing new comes.
        days = [day for day in days if day <= self.now.date() + dt.timedelta(days=1)]
        return ListingVisit(
            url=asked_for(response.request),
            way=self.way.value,
            outlet=self.outlet.domain,
            at=self.moment_of(response),
            status=response.status,
            etag=tags.etag if tags else None,
            last_modified=tags.last_modified if tags else None,
            entries=len(entries),
            newest=max(days, default=None),
            fingerprint=short_hash(*sorted(entry.url for entry in entries)),
            wanted=wanted,
            problem=problem,
            brings_forgotten=any(map(self.brings_forgotten, entries)),
            archived=archived(response),
        )

    def brings_forgotten(self, entry: Entry) -> bool:
        """Whether a listing tells more than address and headline of an article whose publisher asked for removal."""
        if entry.content is None and entry.teaser is None:
            return False
        known = self.memory.page(entry.url)
        return known is not None and known.state is PageState.FORGOTTEN

    def entries(self, response: Response) -> list[Entry] | None:
        """The articles that a listing announces; None where it is no such listing."""
        raise NotImplementedError

    def follow(self, response: Response, entries: list[Entry], **arguments: Any) -> Requests:  # noqa: ANN401
        """Requests for the next pages or the listings below."""
        yield from ()

    def is_partial(self) -> bool:
        """Whether less than all news was asked for, so that "unchanged since the last time" is no answer."""
        return bool(self.since or self.until or self.limit)

    def tells_all(self, entries: list[Entry]) -> bool:
        """Whether a listing that has not changed since it announced these has nothing to bring."""
        return not self.is_partial()

    def is_wanted(self, entry: Entry) -> bool:
        """Whether the article's page is worth a request; counts why not."""
        address = canonical_url(entry.url)
        if address in self.seen:
            return False
        why_not = self.reason_against(entry)
        # Several searches bring the same article; it is counted once.
        if why_not and address not in self.set_aside:
            self.set_aside.add(address)
            self.count(why_not)
        return why_not is None

    def reason_against(self, entry: Entry) -> str | None:
        """Why its page need not be fetched, as it is counted; None where it is to be."""
        if not same_network(entry.url, f"//{self.outlet.domain}"):
            return "elsewhere"
        known = self.memory.page(entry.url)
        # An undated entry has the day that its page told when it was read.
        if not self.window.holds(replace(entry, published=entry.published or (known.published if known else None))):
            return "outside_window"
        if entry.content is not None:
            relevant = self.relevance.is_relevant(entry.title, entry.teaser, plain_text(entry.content))
        else:
            # A sitemap often says no more than the address, and that often no more than a number.
            heading = (entry.title or " ".join(words_of_slug(entry.url)), entry.teaser)
            relevant = self.outlet.judge is Judge.PAGE or not any(heading) or self.relevance.is_promising(*heading)
        if not relevant:
            return "irrelevant/listing"
        if known is None or known.is_due(entry.modified, self.now):
            return None
        return "forgotten" if known.state is PageState.FORGOTTEN else "unchanged"

    def is_past(self, entries: list[Entry]) -> bool:
        """Whether all that a page of a listing announces is older than what is asked for, so that the next is too."""
        return bool(entries) and all(map(self.window.is_before, entries))

    def listing_failed(self, failure: Any) -> None:  # noqa: ANN401 - Twisted's Failure
        """Count and note a listing that could not be had."""
        if isinstance(failure.value, Stopped):
            return
        problem = self.count_failure(failure.value)
        self.logger.info("listing not read: %s", failure.getErrorMessage())
        response = failure.value.response if isinstance(failure.value, HttpError) else None
        self.memory.listing_visited(
            ListingVisit(
                url=asked_for(failure.request),
                way=self.way.value,
                outlet=self.outlet.domain,
                at=self.moment_of(response, failure.request),
                status=response.status if response is not None else None,
                problem=problem,
                retry_at=retry_at_of(failure),
                archived=archived(response, failure.request),
            )
        )


def asked_for(request: scrapy.Request) -> str:
    """The address that was first asked for, before redirects."""
    led = request.meta.get("redirect_urls")
    return str(led[0]) if led else request.url
