"""A probe's questions asked of a real site, with the crawler's manners: its robots.txt, pauses, contact and limits."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.reactor import is_reactor_installed

from crawler.crawl import stop_reactor
from crawler.errors import AlreadyCrawled, NotFetched
from crawler.fetch import check_address, one_page, stop_threads
from crawler.manners.refusals import ForbiddenByRobots, Refusal, describe_failure
from crawler.manners.robots import IS_ROBOTS
from crawler.probe.findings import FORBIDDEN, Findings
from crawler.probe.investigate import Investigation
from crawler.probe.signs import Answer


def probe(
    url: str, settings: Mapping[str, Any], *, today: dt.date, watch: Callable[[str], None] | None = None
) -> Findings:
    """What there is to know of the site at `url`; `settings` come from `crawl_settings`. Once in a process.

    At most some twenty requests, each told to `watch`; nothing is asked twice. Raises UnusableAddress, AlreadyCrawled,
    or NotFetched where not even the front page can be had.
    """
    check_address(url)
    if is_reactor_installed():
        raise AlreadyCrawled
    investigation = Investigation(url, today)
    process = AsyncCrawlerProcess({**settings, **one_page(url, settings), "LOG_INSTALL_ROOT_HANDLER": False})
    crawler = process.create_crawler(ProbeSpider)
    loop = asyncio.get_event_loop()

    async def crawl() -> None:
        await process.crawl(crawler, investigation=investigation, watch=watch)

    # What goes wrong is an answer too, and told as one.
    logging.getLogger("scrapy").setLevel(logging.CRITICAL)
    main = loop.create_task(crawl())
    main.add_done_callback(stop_reactor)
    try:
        process.start(stop_after_crawl=False, install_signal_handlers=False)
    except KeyboardInterrupt:
        # Asked to stop, the reactor would wait for the page; left like this, its threads would keep the process.
        stop_threads()
        raise
    if error := main.exception():
        raise error
    findings = investigation.findings
    if all(asked.problem for asked in findings.asked):
        problem = findings.asked[0].problem if findings.asked else "nothing was asked"
        raise NotFetched(url, f"its front page cannot be had: {problem}", "So there is nothing to find out.")
    return findings


class ProbeSpider(scrapy.Spider):
    """Asks one address after the other, each when the answer before it has come."""

    name = "probe"

    def __init__(
        self,
        investigation: Investigation,
        watch: Callable[[str], None] | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(name)
        self.steps = investigation.steps()
        self.watch = watch

    async def start(self) -> AsyncIterator[Any]:
        """The first question."""
        yield self.request(next(self.steps))

    def request(self, url: str) -> scrapy.Request:
        """A request for an address. robots.txt itself may always be asked for, whatever it says (RFC 9309, 2.2.2)."""
        if self.watch is not None:
            self.watch(url)
        own = {IS_ROBOTS: True} if urlsplit(url).path == "/robots.txt" else {}
        return scrapy.Request(
            url, self.answered, errback=self.failed, dont_filter=True, meta=own, cb_kwargs={"asked": url}
        )

    def answered(self, response: Response, asked: str) -> Iterator[scrapy.Request]:
        """Hand on what came."""
        headers = {
            name.decode("latin-1").lower(): ", ".join(value.decode("latin-1") for value in values)
            for name, values in response.headers.items()
        }
        yield from self.go_on(Answer(asked, response.url, response.status, headers, response.body))

    def failed(self, failure: Any) -> Iterator[scrapy.Request]:  # noqa: ANN401 - Twisted's Failure
        """Hand on why nothing came."""
        asked = failure.request.cb_kwargs["asked"]
        error = failure.value
        status = error.response.status if isinstance(error, HttpError) else 0
        url = failure.request.url
        yield from self.go_on(Answer(asked, url, status, problem=describe(error)))

    def go_on(self, answer: Answer) -> Iterator[scrapy.Request]:
        """The next question, if there is one."""
        try:
            yield self.request(self.steps.send(answer))
        except StopIteration:
            return


def describe(error: Exception) -> str:
    """Why there is no answer, in a few plain words."""
    match error:
        case HttpError():
            return f"status {error.response.status}"
        case ForbiddenByRobots():
            return FORBIDDEN
        case Refusal():
            return error.message
        case _:
            return describe_failure(error)
