"""Where Scrapy's requests leave it: through a tape, which writes down what comes back, or answers from what it holds.

A crawl that is given a `Wire` asks it for one tape an outlet and hands that to the outlet's spiders; the download
handlers find it there. Without one Scrapy downloads as ever.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.outlets import Outlet

NETWORKS_AT_ONCE = 8
Download = Callable[[Request], Awaitable[Response]]


class Tape(Protocol):
    """One outlet's exchanges in one run."""

    async def exchange(self, request: Request, download: Download | None) -> Response:
        """The answer to a request; sets `archived` and `fetched_at` in its `meta`, also where it raises."""


class Wire(Protocol):
    """What a crawl's requests go through."""

    @property
    def networks_at_once(self) -> int:
        """How many networks are worked side by side."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """What is different in Scrapy's settings."""

    def tape(self, outlet: Outlet) -> AbstractContextManager[Tape]:
        """The tape of an outlet, for as long as it is worked."""


def tape_of(crawler: Crawler) -> Tape | None:
    """The tape that the crawler's spider was given."""
    return getattr(crawler.spider, "tape", None)
