"""Whose turn it is: one request at a time to a network, a pause before each, and hosts that are left alone.

All that goes over the wire waits here: pages, listings, robots.txt, redirects and repeats, from whichever spider. A
network is a registered domain; a host answers for itself, so pauses that grew are a host's, and it is hosts that are
given up.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import math
import time
import weakref
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from scrapy.settings import BaseSettings

from crawler.manners.networks import host_of, network_of
from crawler.manners.refusals import GivenUp, Refusal, Stopped, ToldToWait

logger = logging.getLogger(__name__)

OVERLOADED = (429, 503)
REQUEST_TIMEOUT = 408
LONGEST_LEAVE = dt.timedelta(days=30)
"""A host that asks for more is asked again after this long all the same."""


@dataclass(slots=True)
class Host:
    """What is known of one host in this crawl. `pause` is in seconds, `not_before` and `last` on the clock of Turns."""

    name: str
    least: float
    """Its pause never falls below this: the crawl's own, or what robots.txt asks."""
    pause: float
    last: float = -math.inf
    not_before: float = -math.inf
    failures: int = 0
    """In a row."""
    left: Refusal | None = None
    """Why nothing more is asked of it in this crawl."""
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    """First come, first served: listings are worked in their order."""

    def due(self) -> float:
        """When it may be asked again."""
        return max(self.last + self.pause, self.not_before)


@dataclass(slots=True)
class Network:
    """The hosts under one registered domain."""

    last: float = -math.inf
    asked: asyncio.Lock = field(default_factory=asyncio.Lock)


class Turns:
    """The turns of all hosts in one crawl. `pause` and `longest` are seconds, `patience` is failures in a row."""

    def __init__(
        self, pause: float, longest: float, patience: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.pause = pause
        self.longest = longest
        self.patience = patience
        self.clock = clock
        self.hosts: dict[str, Host] = {}
        self.networks: dict[str, Network] = {}
        self.stopped = asyncio.Event()

    def host(self, url: str) -> Host:
        """The host that an address is at."""
        name = host_of(url)
        return self.hosts.setdefault(name, Host(name, self.pause, self.pause))

    def check(self, url: str) -> None:
        """Raise the Refusal where the host is left alone, or the crawl is asked to end."""
        if self.stopped.is_set():
            raise Stopped("the crawl was asked to end")
        left = self.host(url).left
        if left is not None:
            raise type(left)(left.message, left.retry_at)

    @contextlib.asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait until this address may be asked, and hold its network while it is; raises as `check` does."""
        host = self.host(url)
        network = self.networks.setdefault(network_of(host.name), Network())
        async with host.queue:
            self.check(url)
            # Before the network is taken, so that its other hosts need not wait for a slow one's pause.
            await self.wait_until(host.due())
            async with network.asked:
                self.check(url)
                await self.wait_until(network.last + self.pause)
                try:
                    yield
                finally:
                    # Pauses are counted from the end of an answer: however slowly it came, the host gets its rest.
                    host.last = network.last = self.clock()

    async def wait_until(self, moment: float) -> None:
        """Sleep; raises Stopped as soon as the crawl is asked to end."""
        # Clocks of timers are coarser than the one that pauses are measured by.
        while (seconds := moment - self.clock()) > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopped.wait(), seconds)
            if self.stopped.is_set():
                raise Stopped("the crawl was asked to end")

    def slow_down(self, url: str, seconds: float) -> None:
        """Keep at least this pause, as the host's robots.txt asks; leave the host if it is longer than ours may be."""
        host = self.host(url)
        if seconds > self.longest:
            self.leave(host, ToldToWait(f"{host.name} asks for {seconds:g} seconds between two requests"))
        host.least = max(host.least, seconds)
        host.pause = max(host.pause, host.least)

    def answered(self, url: str, status: int, seconds: float, retry_after: float | None = None) -> dt.datetime | None:
        """Take note of an answer that took so many seconds; gives when to ask again where the host named a late hour.

        The pause doubles after 429 and errors of the server, and comes down again as answers come well and fast: as
        long as an answer takes, at least.
        """
        host = self.host(url)
        if status >= 500 or status in (*OVERLOADED, REQUEST_TIMEOUT):
            if status in OVERLOADED and retry_after is not None:
                if retry_after > self.longest:
                    return self.leave_until(host, retry_after)
                host.not_before = max(host.not_before, self.clock() + retry_after)
            self.failed(url)
            return None
        host.failures = 0
        if status < 400:
            wanted = min(max(host.least, seconds), self.longest)
            host.pause = max(wanted, (host.pause + wanted) / 2)
        return None

    def failed(self, url: str) -> None:
        """Take note that the host gave no sound answer."""
        host = self.host(url)
        host.failures += 1
        host.pause = min(host.pause * 2, self.longest)
        if host.failures >= self.patience:
            self.leave(host, GivenUp(f"{host.name} failed {host.failures} times in a row"))

    def leave_until(self, host: Host, seconds: float) -> dt.datetime:
        """Leave a host alone that asked for so many seconds; gives the moment it may be asked again."""
        retry_at = end_of_leave(seconds, dt.datetime.now(dt.UTC))
        self.leave(host, ToldToWait(f"{host.name} asks to be left alone until {retry_at:%Y-%m-%d %H:%M} UTC", retry_at))
        return retry_at

    def leave(self, host: Host, refusal: Refusal) -> None:
        """Ask nothing more of this host in this crawl."""
        if host.left is None:
            host.left = refusal
            logger.warning("%s; it is left alone for the rest of this crawl.", refusal.message)

    def stop(self) -> None:
        """Begin nothing new: all that wait are told so at once."""
        self.stopped.set()


def end_of_leave(seconds: float, now: dt.datetime) -> dt.datetime:
    """When a host may be asked again that asked for so many seconds."""
    return now.replace(microsecond=0) + dt.timedelta(seconds=min(seconds, LONGEST_LEAVE.total_seconds()))


_TURNS: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Turns] = weakref.WeakKeyDictionary()


def turns_of(settings: BaseSettings) -> Turns:
    """The turns of the crawl that runs in this event loop, one for all its spiders."""
    loop = asyncio.get_running_loop()
    if loop not in _TURNS:
        _TURNS[loop] = Turns(
            settings.getfloat("PAUSE"), settings.getfloat("LONGEST_PAUSE"), settings.getint("FAILURES_IN_A_ROW")
        )
    return _TURNS[loop]
