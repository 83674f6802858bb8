"""robots.txt, strictly: a site whose rules cannot be had is left alone, as RFC 9309 (2.3.1.4) asks."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from twisted.internet.defer import Deferred

FORBID_ALL = b"User-agent: *\nDisallow: /\n"
ALLOW_ALL = b""
UNREADABLE = "cakupan/error/robots_unreadable"

logger = logging.getLogger(__name__)


class ForbiddenByRobots(IgnoreRequest):
    """The site's robots.txt asks that this page be left alone."""


class Unreachable(IgnoreRequest):
    """The site does not answer, not even when it is asked for its robots.txt."""


class StrictRobots(RobotsTxtMiddleware):
    """Scrapy's own reading of robots.txt, but for what an answer without rules means.

    Scrapy takes a server error or no answer for leave to crawl, and reads error pages as if they were rules.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.unreachable: dict[str, str] = {}
        """Hosts that gave no answer, with the reason in plain words."""
        # It logs a traceback for every host that does not answer; the count says as much.
        logging.getLogger(RobotsTxtMiddleware.__module__).setLevel(logging.CRITICAL)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            host = urlsplit(request.url).netloc
            if host in self.unreachable:
                raise Unreachable(f"{host} cannot be reached: {self.unreachable[host]}") from error
            raise ForbiddenByRobots(str(error)) from error

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status == 429 or response.status >= 500:
            self._stats.inc_value(UNREADABLE)
            response = response.replace(body=FORBID_ALL)
        elif response.status >= 400:
            # There are none.
            response = response.replace(body=ALLOW_ALL)
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, IgnoreRequest):
            # The guard of addresses refused it, and will refuse the page too.
            super()._robots_error(exc, netloc)
            return
        self.unreachable[netloc] = describe_failure(exc)
        logger.warning("%s cannot be reached: %s", netloc, self.unreachable[netloc])
        waiting = self._parsers[netloc]
        rules = ProtegoRobotParser.from_crawler(self.crawler, FORBID_ALL)
        self._parsers[netloc] = rules
        if isinstance(waiting, Deferred):
            waiting.callback(rules)


def describe_failure(error: Exception) -> str:
    """Why there was no answer, in plain words where they are known."""
    match error:
        case CannotResolveHostError():
            return "nobody knows an address for this name; is the network there?"
        case DownloadConnectionRefusedError():
            return "the connection is refused"
        case DownloadTimeoutError():
            return "no answer in time"
        case DownloadFailedError() if "SSL" in str(error):
            return "no secure connection can be made"
        case DownloadFailedError() | ResponseDataLossError():
            return "the connection broke off"
        case _:
            return str(error) or type(error).__name__
