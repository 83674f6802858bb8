"""One page of somebody's choosing, fetched with the crawler's manners and limits, from public addresses only.

Whoever names the page may not know what stands behind it, so every hop is looked at: the address as written before it
is asked (crawler.manners.guard), and the address that it resolves to as it is connected to (crawler.manners.addresses).
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.reactor import is_reactor_installed

from crawler.crawl import stop_reactor
from crawler.errors import AlreadyCrawled, NotFetched, UnusableAddress
from crawler.manners.addresses import is_local
from crawler.manners.refusals import (
    BadRedirect,
    ForbiddenByRobots,
    NoContactGiven,
    PrivateAddress,
    RobotsUnreadable,
    ToldToWait,
    TooLarge,
    TooManyRedirects,
    Unreachable,
    describe_failure,
)
from crawler.outlets import Outlet, outlet_of
from crawler.pages.read import decode, read_page
from extract.models import Article

PROXIES = ("http_proxy", "https_proxy", "all_proxy")
SAVE_IT = "Save the page from your browser and give the file instead."


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came. `url` is where redirects led, `content_type` the header, empty where there was none."""

    url: str
    body: bytes
    content_type: str


def fetch_article(url: str, settings: Mapping[str, Any], outlets: tuple[Outlet, ...] | None = None) -> Article:
    """The article on the page at `url`, read as the crawler would; its text is empty where the page holds none.

    `outlets` are those whose page it may be; the package's, where none are given. Raises what `fetch_page` raises.
    """
    page = fetch_page(url, settings)
    if page.content_type.startswith("text/plain"):
        return Article(id=page.url, text=decode(page.body, page.content_type), url=page.url)
    return read_page(page.body, page.url, outlet=outlet_of(page.url, outlets), content_type=page.content_type)


def fetch_page(url: str, settings: Mapping[str, Any]) -> Page:
    """The page at `url`; `settings` come from `crawl_settings`. Once in a process (AlreadyCrawled).

    robots.txt is obeyed, nothing is asked twice, and a proxy named by the environment is not used: where it leads
    cannot be seen from here. Raises UnusableAddress, or NotFetched with what happened and what to do next.
    """
    check_address(url)
    if is_reactor_installed():
        raise AlreadyCrawled
    process = AsyncCrawlerProcess({**settings, **one_page(url, settings), "LOG_INSTALL_ROOT_HANDLER": False})
    crawler = process.create_crawler(PageSpider)
    fetched = _Fetched()
    loop = asyncio.get_event_loop()

    async def crawl() -> None:
        await process.crawl(crawler, url=url, fetched=fetched)

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
    if fetched.page is None:
        raise NotFetched(url, fetched.reason(), fetched.advice)
    return fetched.page


def stop_threads() -> None:
    """End the threads in which names are looked up."""
    from twisted.internet import reactor

    reactor.getThreadPool().stop()


def check_address(url: str) -> None:
    """Raise UnusableAddress unless it is an http or https address that names a host and no user."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UnusableAddress(url, f"is no web address ({error})") from error
    del port  # read only because a port out of range raises
    if parts.scheme.lower() not in {"http", "https"}:
        raise UnusableAddress(url, "is not an http or https address")
    if not host:
        raise UnusableAddress(url, "names no host")
    if "@" in parts.netloc:
        raise UnusableAddress(url, f"holds a user name; the host it leads to is {host}. Leave out what stands before @")


def one_page(url: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from a crawl: somebody is waiting, so nothing is tried again, and nothing is handed on."""
    own = {"PAUSE": 0.0} if settings["ALLOW_LOCAL"] and is_local(url) else {}
    return {
        "RETRY_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "ITEM_PIPELINES": {},
        **own,
    }


class _Fetched:
    """What has come of one fetch so far: a page, or the error and where it happened."""

    def __init__(self) -> None:
        self.page: Page | None = None
        self.error: Exception | None = None
        self.failed_url = ""
        self.asked_url = ""
        self.kind = ""
        self.advice = SAVE_IT

    def reason(self) -> str:
        """Why there is no page, in plain words; sets `advice`."""
        led = f"it leads to {self.failed_url}, and " if self.failed_url not in {"", self.asked_url} else ""
        host = urlsplit(self.failed_url).hostname or self.failed_url
        match self.error:
            case PrivateAddress():
                self.advice = "Use --allow-local if you trust it."
                return led + str(self.error)
            case NoContactGiven():
                self.advice = "Name a contact with --contact."
                return led + str(self.error)
            case RobotsUnreadable() | ToldToWait():
                self.advice = f"Try again later. {SAVE_IT}"
                return f"{led}{self.error}"
            case ForbiddenByRobots():
                return f"{led}the robots.txt of {host} asks programs to leave this page alone"
            case Unreachable():
                self.advice = straight_out()
                return led + str(self.error)
            case HttpError():
                return led + self._answered(self.error.response)
            case DownloadCancelledError() | TooLarge():
                return f"{led}the page is too large"
            case BadRedirect() | TooManyRedirects():
                return led + str(self.error)
            case IgnoreRequest():
                return f"{led}it was given up: {self.error}"
            case None if self.kind:
                self.advice = "Give its text instead; for a PDF: pdftotext FILE.pdf - | cakupan check -"
                return f"{led}it is no web page but {self.kind}"
            case None:
                return "it was given up before it was asked for"
            case Exception() as error:
                self.advice = straight_out()
                return f"{led}{host} cannot be reached: {describe_failure(error)}"

    def _answered(self, response: Response) -> str:
        if response.status in {429, 503}:
            self.advice = "Try again later."
            return f"the server asks to be left alone for now (status {response.status})"
        if response.status in {404, 410}:
            self.advice = "Check the address."
            return f"there is no such page (status {response.status})"
        return f"the server refused it (status {response.status})"


def straight_out() -> str:
    """What to do where nothing answers, with a word about a proxy that is set and not used."""
    if any(os.environ.get(name) or os.environ.get(name.upper()) for name in PROXIES):
        return f"The proxy of your environment is not used, for where it leads cannot be checked. {SAVE_IT}"
    return "Check the address and the network, then try again."


class PageSpider(scrapy.Spider):
    """Asks for one page and keeps what came of it."""

    name = "page"

    def __init__(self, url: str, fetched: _Fetched, name: str | None = None) -> None:
        super().__init__(name)
        self.url = url
        self.fetched = fetched

    async def start(self) -> AsyncIterator[Any]:
        """The one request."""
        request = scrapy.Request(self.url, self.keep, errback=self.failed, dont_filter=True)
        # As Scrapy writes it, to see whether redirects led elsewhere.
        self.fetched.asked_url = request.url
        yield request

    def keep(self, response: Response) -> None:
        """Keep the page if it is text."""
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1").strip()
        kind = content_type.casefold()
        if kind and not any(form in kind for form in ("html", "text/plain", "xml")):
            self.fetched.kind = content_type
            self.fetched.failed_url = response.url
        elif not kind and (response.body.startswith(b"%PDF") or b"\0" in response.body[:1024]):
            self.fetched.kind = "something of no stated kind"
            self.fetched.failed_url = response.url
        else:
            self.fetched.page = Page(response.url, response.body, content_type)

    def failed(self, failure: Any) -> None:  # noqa: ANN401 - Twisted's Failure
        """Keep the error and the address that failed, which a redirect may have named."""
        self.fetched.error = failure.value
        self.fetched.failed_url = failure.request.url
