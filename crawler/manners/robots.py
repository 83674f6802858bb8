"""robots.txt, strictly: a host whose rules cannot be had is left alone, as RFC 9309 (2.3.1.4) asks.

Scrapy's own middleware takes a server error or no answer for leave to crawl, reads error pages as if they were rules,
knows no Crawl-delay, and asks anew for each spider.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
import weakref
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.manners.downloads import RETRY_AT
from crawler.manners.refusals import (
    NO_ANSWER,
    ForbiddenByRobots,
    Refusal,
    RefusedAddress,
    RobotsUnreadable,
    Stopped,
    Unreachable,
    describe_failure,
)
from crawler.manners.turns import Turns, turns_of

TOKEN = "cakupan"
"""The name that rules for us are given under."""
IS_ROBOTS = "is_robots"
"""Marks, in `Request.meta`, what asks for a robots.txt itself."""
PRIORITY = 1000
MAX_BYTES = 512 * 1024
"""So much of it is read; RFC 9309 (2.5) asks for 500 KiB at the least."""
MAX_AGE = 24 * 60 * 60
"""Seconds after which it is asked for again (RFC 9309, 2.4)."""
COMES_LATER = (407, 408, 425, 429)
"""Of the 4xx, those that do not say that there is no robots.txt: a proxy's, too slow, too early, too many."""
VERSION = re.compile(r"(?im)^([ \t]*user-?agent[ \t]*:[ \t]*[\w-]+)/\S*")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host asks of us. `refusal` where its rules could not be had."""

    parser: Protego | None = None
    refusal: Refusal | None = None

    def check(self, url: str) -> None:
        """Raise a Refusal where this address is to be left alone."""
        if self.refusal is not None:
            raise type(self.refusal)(self.refusal.message, self.refusal.retry_at)
        if self.parser is not None and not self.parser.can_fetch(url, TOKEN):
            raise ForbiddenByRobots(f"the robots.txt of {urlsplit(url).netloc} asks that {url} be left alone")

    def pause(self) -> float:
        """Seconds that it asks for between two requests, by Crawl-delay or Request-rate; 0 where it asks for none."""
        if self.parser is None:
            return 0.0
        rate = self.parser.request_rate(TOKEN)
        return max(self.parser.crawl_delay(TOKEN) or 0.0, rate.seconds / rate.requests if rate else 0.0)


def parse_robots(body: bytes) -> Rules:
    """The rules of a robots.txt; none in a web page, which some sites send for whatever they do not have.

    A byte order mark is no obstacle, nor a strange charset, for what counts in it is ASCII; "cakupan/0.1" is us too.
    """
    # UTF-16 is ASCII with zeroes between.
    text = body[:MAX_BYTES].replace(b"\0", b"").decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return Rules()
    if len(body) > MAX_BYTES:
        # Half a rule may forbid more, or less, than the whole one.
        text = text.rpartition("\n")[0]
    return Rules(Protego.parse(VERSION.sub(r"\1", text)))


def rules_of(response: Response) -> Rules:
    """What an answer to the request for a robots.txt means (RFC 9309, 2.3.1)."""
    if 200 <= response.status < 300:
        return parse_robots(response.body)
    if 400 <= response.status < 500 and response.status not in COMES_LATER:
        # There are none.
        return Rules()
    host = urlsplit(response.url).netloc
    return Rules(refusal=RobotsUnreadable(f"the robots.txt of {host} cannot be read (status {response.status})"))


class Robots:
    """Asks each host for its robots.txt, once for all spiders of a crawl, and lets no request pass that it forbids."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass or raise a Refusal; tells in its meta when the host asked to be tried again."""
        if request.meta.get(IS_ROBOTS):
            return
        turns = turns_of(self.crawler.settings)
        try:
            turns.check(request.url)
            rules = await self.rules_for(request.url, turns)
            # It may have asked to be left alone when it was asked for its rules.
            turns.check(request.url)
            rules.check(request.url)
        except Refusal as refusal:
            if refusal.retry_at is not None:
                request.meta[RETRY_AT] = refusal.retry_at
            raise

    async def rules_for(self, url: str, turns: Turns) -> Rules:
        """The rules of the host, asked for where they are not known or known for too long."""
        parts = urlsplit(url)
        key = parts.netloc.rpartition("@")[2].lower()
        known = _RULES.setdefault(asyncio.get_running_loop(), {})
        if key not in known or time.monotonic() - known[key].asked_at > MAX_AGE:
            address = f"{parts.scheme}://{key}/robots.txt"
            known[key] = _Asked(asyncio.ensure_future(self.ask(address, turns)), time.monotonic())
        # One request that is given up must not take the answer from the others.
        return await asyncio.shield(known[key].rules)

    async def ask(self, address: str, turns: Turns) -> Rules:
        """Ask for a robots.txt and note the pauses that it asks for."""
        meta: dict[str, Any] = {IS_ROBOTS: True}
        request = Request(address, priority=PRIORITY, meta=meta, callback=NO_CALLBACK, dont_filter=True)
        engine = self.crawler.engine
        assert engine is not None
        host = urlsplit(address).netloc
        try:
            response = await engine.download_async(request)
        except (Stopped, RefusedAddress) as error:
            return Rules(refusal=error)
        except NO_ANSWER as error:
            reason = f"{host} cannot be reached: {describe_failure(error)}"
            logger.warning("%s", reason)
            return Rules(refusal=Unreachable(reason))
        except (IgnoreRequest, DownloadCancelledError) as error:
            return Rules(refusal=unreadable(host, describe_failure(error)))
        rules = rules_of(response)
        if rules.refusal is not None:
            logger.warning("%s; nothing there is fetched.", rules.refusal)
        turns.slow_down(address, rules.pause())
        return rules


def unreadable(host: str, why: str) -> RobotsUnreadable:
    """The refusal of a host whose robots.txt came to nothing."""
    refusal = RobotsUnreadable(f"the robots.txt of {host} cannot be read: {why}")
    logger.warning("%s; nothing there is fetched.", refusal)
    return refusal


@dataclass(frozen=True, slots=True)
class _Asked:
    """Rules that are known or on their way, and when they were asked for, on the monotonic clock."""

    rules: asyncio.Future[Rules]
    asked_at: float


_RULES: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, _Asked]] = weakref.WeakKeyDictionary()
