"""One crawl over outlets, in this process, and what came of it.

Outlets are worked side by side, the ways of one outlet one after another, and so are outlets under one domain, as
thirty portals of one agency are: no host gets two requests at a time, whatever finds its articles.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import functools
import logging
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.utils.reactor import is_reactor_installed
from twisted.internet.error import ReactorNotRunning

from crawler.archive.tape import NETWORKS_AT_ONCE, Tape, Wire
from crawler.errors import AlreadyCrawled
from crawler.halt import Halt
from crawler.items import FetchedArticle
from crawler.manners.networks import network_of
from crawler.manners.turns import turns_of
from crawler.memory import Memory, NoMemory
from crawler.outlets import Outlet, Way
from crawler.spiders import SPIDERS

logger = logging.getLogger(__name__)

FINISHED = "finished"
SHUTDOWN = "shutdown"
PREFIX = "cakupan/"
ERROR = PREFIX + "error/"
DRIFT = PREFIX + "drift/"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one outlet's crawl stands; `done` counts its ways of discovery, out of `ways`."""

    outlet: str
    requests: int
    articles: int
    done: int
    ways: int


@dataclass(frozen=True, slots=True)
class OutletStats:
    """What came of one outlet. `statuses` counts responses, `errors` what went wrong by kind.

    `unchanged` counts articles that the server or the listing said are as they were, or that were looked at not long
    ago. `irrelevant` are those about something else, `outside_window` those of other days, `elsewhere` links to other
    sites, `forgotten` those whose publisher asked for removal, `search_ignored` searches that found what nobody wrote.
    `resumed` were left over from an earlier crawl, `postponed` listings are left alone until their time comes.
    `drift` counts the fields that the outlet's layout no longer finds.
    """

    outlet: str
    requests: int = 0
    articles: int = 0
    listed: int = 0
    unchanged: int = 0
    irrelevant: int = 0
    outside_window: int = 0
    elsewhere: int = 0
    forgotten: int = 0
    search_ignored: int = 0
    resumed: int = 0
    postponed: int = 0
    statuses: Mapping[int, int] = field(default_factory=dict)
    errors: Mapping[str, int] = field(default_factory=dict)
    drift: Mapping[str, int] = field(default_factory=dict)
    ended: tuple[str, ...] = ()
    """How each way ended: "finished", "shutdown"."""


@dataclass(frozen=True, slots=True)
class CrawlStats:
    """What came of a crawl, in all and for each outlet.

    Before its end it was `interrupted` by Ctrl-C, or `stopped` as its halt said.
    """

    outlets: tuple[OutletStats, ...]
    started_at: dt.datetime
    finished_at: dt.datetime
    interrupted: bool
    stopped: bool = False

    def total(self, name: str) -> int:
        """The sum of one of the outlets' counts: "requests", "articles", "irrelevant", ..."""
        return sum(getattr(outlet, name) for outlet in self.outlets)

    @property
    def drift(self) -> Mapping[str, int]:
        """Pages on which a layout no longer finds a field, as "kalteng.antaranews.com title"."""
        return {f"{one.outlet} {field}": count for one in self.outlets for field, count in one.drift.items()}

    @property
    def statuses(self) -> Mapping[int, int]:
        return sum((Counter(outlet.statuses) for outlet in self.outlets), Counter())

    @property
    def errors(self) -> Mapping[str, int]:
        return sum((Counter(outlet.errors) for outlet in self.outlets), Counter())


def run_crawl(
    outlets: Sequence[Outlet],
    settings: Mapping[str, Any],
    *,
    memory: Memory | None = None,
    deliver: Callable[[FetchedArticle], None] | None = None,
    progress: Callable[[Progress], None] | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    limit: int | None = None,
    insist: bool = False,
    now: dt.datetime | None = None,
    wire: Wire | None = None,
    halt: Halt | None = None,
    gave_out: Callable[[], bool] = lambda: False,
) -> CrawlStats:
    """Crawl these outlets and return when all are done or it is to stop; once in a process (AlreadyCrawled).

    `settings` come from `crawl_settings`. `deliver` gets each article and `memory` all else that came of the crawl, in
    this thread. `limit` is the number of articles an outlet; `insist` asks listings, too, that have failed so often
    that they would be left alone for a while; `now` is what counts as the present, where it is not.
    `wire` records what is fetched, or answers from what was recorded. Ctrl-C stops a crawl, and so does `halt`; without
    one, a request to end (SIGTERM) is as good as Ctrl-C. `gave_out` is asked after each answer whether what comes can
    still be kept; where it cannot, nothing more is fetched.
    """
    if is_reactor_installed():
        raise AlreadyCrawled
    # Whoever calls says where the log goes.
    process = AsyncCrawlerProcess({**settings, **(wire.settings if wire else {}), "LOG_INSTALL_ROOT_HANDLER": False})
    started = dt.datetime.now(dt.UTC)
    asked = {"since": since, "until": until, "limit": limit, "insist": insist, "now": now or started}
    crawl = _Crawl(
        process, {"memory": memory or NoMemory(), "deliver": deliver} | asked, progress, wire, halt, gave_out
    )
    loop = asyncio.get_event_loop()
    main = loop.create_task(crawl.run(outlets))
    main.add_done_callback(stop_reactor)
    with stopping(crawl), halting(crawl):
        process.start(stop_after_crawl=False, install_signal_handlers=False)
    if not main.done():
        main.cancel()
        loop.run_until_complete(asyncio.wait([main]))
    elif error := main.exception():
        raise error
    stats = tuple(crawl.stats_of(outlet) for outlet in outlets)
    stopped = crawl.is_halted and not crawl.is_interrupted
    return CrawlStats(stats, started, dt.datetime.now(dt.UTC), crawl.stopping and not stopped, stopped)


@contextlib.contextmanager
def stopping(crawl: _Crawl) -> Iterator[None]:
    """On Ctrl-C, stop the crawl in the event loop, and on the second one leave the loop at once.

    The handlers from before come back afterwards; those that Scrapy installs stay, and swallow a later Ctrl-C.
    """
    from twisted.internet import reactor

    asked = False

    def handle(number: int, frame: object) -> None:
        nonlocal asked
        crawl.is_interrupted = True
        # Not here, in the midst of whatever was going on.
        reactor.callFromThread(stop_reactor if asked else crawl.stop)
        asked = True

    # Signals reach the main thread only.
    hears = threading.current_thread() is threading.main_thread()
    heard = {signal.SIGINT} if hears else set()
    if hears and crawl.halt is None:
        heard.add(signal.SIGTERM)
    before = {number: signal.signal(number, handle) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def halting(crawl: _Crawl) -> Iterator[None]:
    """Stop the crawl when its halt says so, be it that nothing comes in meanwhile."""
    from twisted.internet import reactor

    if crawl.halt is None:
        yield
        return

    def wait(seconds: float) -> None:
        reactor.callLater(seconds, crawl.halt_now)  # type: ignore[arg-type]

    calls = (crawl.halt_now, stop_reactor)
    with crawl.halt.heeded_by(*(functools.partial(reactor.callFromThread, call) for call in calls)):
        # Only now: what was asked for until here is told by this, and what is later by the call.
        if (seconds := crawl.halt.crawl_seconds) is not None:
            reactor.callWhenRunning(wait, seconds)
        yield


def stop_reactor(_: object = None) -> None:
    """End the event loop; it may be ending already."""
    from twisted.internet import reactor

    with contextlib.suppress(ReactorNotRunning):
        reactor.stop()  # type: ignore[misc]


class _Crawl:
    """The state of one `run_crawl`: its crawlers, for counting afterwards."""

    def __init__(
        self,
        process: AsyncCrawlerProcess,
        arguments: dict[str, Any],
        progress: Callable[[Progress], None] | None,
        wire: Wire | None,
        halt: Halt | None,
        gave_out: Callable[[], bool],
    ) -> None:
        self.wire = wire
        self.halt = halt
        self.gave_out = gave_out
        self.process = process
        self.arguments = arguments
        self.progress = progress
        self.crawlers: dict[str, list[Crawler]] = {}
        self.stopping = False
        self.is_interrupted = False
        self.is_halted = False
        self.stopped: asyncio.Future[None] | None = None

    def stop(self) -> None:
        """Begin nothing new; what is under way may come in."""
        if self.is_interrupted:
            logger.warning("Stopping once the pages under way are in; Ctrl-C once more stops at once.")
        if self.stopping:
            return
        self.stopping = True
        turns_of(self.process.settings).stop()
        self.stopped = asyncio.ensure_future(self.process.stop())
        # A spider that was only just opening may never say that it has closed.
        self.stopped.add_done_callback(stop_reactor)

    def halt_now(self) -> None:
        """Stop as the halt says."""
        if not self.stopping:
            logger.info("The crawl stops here, once the pages under way are in.")
            self.is_halted = True
            self.stop()

    async def run(self, outlets: Sequence[Outlet]) -> None:
        """Work all outlets, a few networks at once."""
        gate = asyncio.Semaphore(self.wire.networks_at_once if self.wire else NETWORKS_AT_ONCE)
        networks: dict[str, list[Outlet]] = {}
        for outlet in outlets:
            networks.setdefault(network_of(outlet.domain), []).append(outlet)

        async def work(members: list[Outlet]) -> None:
            async with gate:
                for outlet in members:
                    with self.wire.tape(outlet) if self.wire else contextlib.nullcontext() as tape:
                        await self.work(outlet, tape)

        await asyncio.gather(*map(work, networks.values()))

    async def work(self, outlet: Outlet, tape: Tape | None) -> None:
        """Work one outlet, one way after another."""
        seen: set[str] = set()
        ways = [way for way in Way if any(discovery.way is way for discovery in outlet.ways)]
        for done, way in enumerate(ways):
            if self.stopping:
                return
            crawler = self.process.create_crawler(SPIDERS[way])
            self.crawlers.setdefault(outlet.domain, []).append(crawler)

            def report(done: int = done) -> None:
                self.report(outlet, done, len(ways))

            # Weakly held by the signal manager, so they must live as long as this turn of the loop.
            crawler.signals.connect(report, signal=signals.response_received)
            crawler.signals.connect(report, signal=signals.item_scraped)
            await self.process.crawl(crawler, outlet, seen=seen, tape=tape, **self.arguments)
            reason = reason_of(crawler)
            self.report(outlet, done + 1, len(ways))
            self.stopping = self.stopping or reason == SHUTDOWN

    def report(self, outlet: Outlet, done: int, ways: int) -> None:
        """Tell the caller how far this outlet has got, and ask whether that is enough."""
        if self.halt is not None and self.halt.is_crawl_due:
            self.halt_now()
        if self.gave_out():
            self.stop()
        if self.progress is None:
            return
        stats = [stats_of(crawler) for crawler in self.crawlers[outlet.domain]]
        requests = sum(one.get("downloader/request_count", 0) for one in stats)
        articles = sum(one.get("item_scraped_count", 0) for one in stats)
        self.progress(Progress(outlet.domain, requests, articles, done, ways))

    def stats_of(self, outlet: Outlet) -> OutletStats:
        """The sums over an outlet's crawlers."""
        crawlers = self.crawlers.get(outlet.domain, [])
        total: Counter[str] = Counter()
        for crawler in crawlers:
            total.update({key: value for key, value in stats_of(crawler).items() if isinstance(value, int)})
        return OutletStats(
            outlet=outlet.domain,
            requests=total["downloader/request_count"],
            articles=total["item_scraped_count"],
            listed=total[PREFIX + "listed"],
            unchanged=total[PREFIX + "unchanged"],
            irrelevant=total[PREFIX + "irrelevant/listing"] + total[PREFIX + "irrelevant/page"],
            outside_window=total[PREFIX + "outside_window"],
            elsewhere=total[PREFIX + "elsewhere"],
            forgotten=total[PREFIX + "forgotten"],
            search_ignored=total[PREFIX + "search_ignores_query"],
            resumed=total[PREFIX + "resumed"],
            postponed=total[PREFIX + "postponed"],
            statuses={
                int(key.rpartition("/")[2]): count
                for key, count in sorted(total.items())
                if key.startswith("downloader/response_status_count/")
            },
            errors={kind: count for key, count in sorted(total.items()) if (kind := error_kind(key)) is not None},
            drift={key.removeprefix(DRIFT): count for key, count in sorted(total.items()) if key.startswith(DRIFT)},
            ended=tuple(reason_of(crawler) for crawler in crawlers),
        )


def error_kind(key: str) -> str | None:
    """The short name of an error that Scrapy or a spider counted ("http_503"); None for any other statistic."""
    if key.startswith("spider_exceptions/") and not key.endswith("/count"):
        return key.rpartition("/")[2]
    return key.removeprefix(ERROR) if key.startswith(ERROR) else None


def stats_of(crawler: Crawler) -> dict[str, Any]:
    return crawler.stats.get_stats() if crawler.stats is not None else {}


def reason_of(crawler: Crawler) -> str:
    """How the crawl ended, in Scrapy's word."""
    return str(stats_of(crawler).get("finish_reason", "not_started"))
