"""Which addresses may be asked, and how to step back when a server is overloaded or says so."""

from __future__ import annotations

import asyncio
import datetime as dt
import email.utils
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response

from crawler.addresses import is_local as is_local

OVERLOADED = (429, 503)
TOLD_TO_WAIT = "told_to_wait"
"""Why a spider closed early: the reason that Scrapy reports."""


class Gateway:
    """Sends every request through the proxy that the setting GATEWAY names; left out where it names none."""

    def __init__(self, address: str) -> None:
        self.address = address

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        address = crawler.settings.get("GATEWAY")
        if not address:
            raise NotConfigured
        return cls(address)

    def process_request(self, request: Request) -> None:
        """Let the request pass by way of the proxy."""
        request.meta["proxy"] = self.address


class RefusedAddress(IgnoreRequest):
    """An address that this crawl may not ask."""


class AddressGuard:
    """Refuses private and loopback addresses unless ALLOW_LOCAL, and all others unless the user agent names a CONTACT.

    It looks at what the address says; a public name that resolves to a private address is for the resolver to refuse.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.allow_local = crawler.settings.getbool("ALLOW_LOCAL")
        contact = crawler.settings.get("CONTACT")
        self.contact = bool(contact) and contact in crawler.settings["USER_AGENT"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let the request pass or raise RefusedAddress; redirects and robots.txt come through here too."""
        if is_local(request.url):
            if not self.allow_local:
                self._refuse("local_address", f"{request.url} is a private address")
        elif not self.contact:
            self._refuse("no_contact", f"{request.url} is a real site, and there is no contact to give it")

    def _refuse(self, kind: str, message: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"cakupan/error/{kind}")
        raise RefusedAddress(message)


class BackOff:
    """After 429 or 503 the whole host waits: as long as Retry-After says, else twice as long as before.

    AutoThrottle brings the pause down again as the host recovers. A host that asks for more than
    AUTOTHROTTLE_MAX_DELAY seconds is left alone for the rest of this crawl.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.longest = crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
        self.closing: asyncio.Future[None] | None = None
        # Before the next request of the host is taken from its queue.
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        """Set the pause of the host's slot."""
        if response.status not in OVERLOADED or self.crawler.engine is None:
            return
        slot = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if slot is None:
            return
        header = response.headers.get("Retry-After") or b""
        asked = parse_retry_after(header.decode("latin-1"), dt.datetime.now(dt.UTC))
        if asked is not None and asked > self.longest:
            request.meta["dont_retry"] = True
            self.closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=TOLD_TO_WAIT))
            return
        slot.delay = min(self.longest, max(slot.delay * 2 if asked is None else asked, slot.delay))


def parse_retry_after(text: str, now: dt.datetime) -> float | None:
    """Seconds to wait from a Retry-After header, "120" or an HTTP date; None where it says nothing readable."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - now).total_seconds())
