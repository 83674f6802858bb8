"""One run: crawl, read, extract, repair, check, load; recorded with its counts however it ends.

Articles are stored as they come in and read afterwards, all that are new, revised or last read by other rules. So a run
that was killed between the two is made good by the next, and a change of rules reaches old articles by itself. Where a
figure stays undecided, its article is read once more beside what earlier articles told of the region.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from corpus.compare import endless, refresh
from corpus.derived import READINGS, read_alone
from corpus.health import silent_listings
from corpus.intake import Clock, Intake
from corpus.readings import save_derived
from corpus.second_looks import look_again
from corpus.store import Outcome, RunStatus, Store
from corpus.trust.again import take_out_again
from corpus.unattended.stop import Stop
from corpus.workers.work import ThisProcess, Workers
from extract import __version__ as extractor_version

if TYPE_CHECKING:
    from crawler.archive.recording import Recording
    from crawler.archive.tape import Wire
    from crawler.crawl import CrawlStats
    from crawler.outlets import Outlet

logger = logging.getLogger(__name__)

NOT_MODIFIED = 304
READ_TOGETHER = 50
"""So many articles are loaded in one transaction; a run that is killed reads no more than these again."""
# What is summed up over the outlets of a crawl under the same name.
COUNTED = ("irrelevant", "outside_window", "elsewhere", "search_ignored", "resumed", "postponed")


def describe_outcome(crawl: CrawlStats) -> RunStatus:
    """How a crawl ended: failed where no host answered at all, as without a network."""
    if crawl.interrupted:
        return RunStatus.INTERRUPTED
    if "unreachable" in crawl.errors and not crawl.statuses:
        return RunStatus.FAILED
    return RunStatus.STOPPED if crawl.stopped else RunStatus.FINISHED


class Stage(StrEnum):
    """What a run is busy with."""

    CRAWL = "crawl"
    LOAD = "load"
    EXTRACT = "extract"
    COMPARE = "compare"


class Progress(Protocol):
    """Told now and then how far a stage is: `done` articles out of `total`, None where nobody knows yet."""

    def __call__(self, stage: Stage, done: int, total: int | None) -> None: ...


def silent(stage: Stage, done: int, total: int | None) -> None:
    """Progress for nobody."""


def utc_now() -> dt.datetime:
    """The machine's clock."""
    return dt.datetime.now(dt.UTC)


def untold(summary: RunSummary) -> None:
    """A summary for nobody."""


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How to run. `scrapy` comes from `crawler.settings.crawl_settings`; `limit` is a number of articles an outlet.

    `insist` asks listings, too, that would be left alone for a while because they have failed so often; `now` is what
    counts as the present in a replay. What is fetched is kept below `archive`, as WARC files; with `replay`, nothing is
    fetched but that answers.
    """

    scrapy: Mapping[str, Any]
    kind: str = "run"
    since: dt.date | None = None
    until: dt.date | None = None
    limit: int | None = None
    insist: bool = False
    now: dt.datetime | None = None
    archive: Path | None = None
    replay: Wire | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the extractor found in the articles that it was given."""

    articles: int = 0
    claims: int = 0
    repaired: int = 0
    suspect: int = 0
    disputed: int = 0


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What one run did. Claims are those of the articles read in this run, `unread` are articles left for the next.

    `pages_fetched` counts answers that were not "304 Not Modified": listings and robots.txt too. `articles_unchanged`
    were fetched and found as before, `not_modified` are articles known to be so without fetching them. `suspect` are
    garbled figures without a settled reading, `disputed` are figures that a check holds against others;
    `settled_by_history` are unsettled ones, of this run or of any before, that earlier articles have settled now.
    `forgotten` are articles that their publisher asked to be removed, and that are not stored again.
    `postponed` listings are left alone until their time comes; `drift` counts pages on which a layout no longer finds a
    field, and `silent` are the listings that can be read and bring nothing new, with the day since when.
    """

    run: int
    kind: str
    status: RunStatus
    started_at: dt.datetime
    ended_at: dt.datetime
    pages_fetched: int = 0
    not_modified: int = 0
    articles_new: int = 0
    articles_revised: int = 0
    articles_unchanged: int = 0
    irrelevant: int = 0
    outside_window: int = 0
    elsewhere: int = 0
    forgotten: int = 0
    search_ignored: int = 0
    resumed: int = 0
    postponed: int = 0
    articles_read: int = 0
    claims: int = 0
    repaired: int = 0
    suspect: int = 0
    disputed: int = 0
    settled_by_history: int = 0
    unread: int = 0
    errors: Mapping[str, int] = field(default_factory=dict)
    drift: Mapping[str, int] = field(default_factory=dict)
    silent: Mapping[str, str] = field(default_factory=dict)

    def counts(self) -> dict[str, object]:
        """The counts alone, as the runs table keeps them."""
        facts = asdict(self)
        return {name: facts[name] for name in facts if name not in {"run", "kind", "status", "started_at", "ended_at"}}

    def to_json(self) -> dict[str, object]:
        """Everything, ready for `json.dumps`."""
        times = {"started_at": self.started_at.isoformat(), "ended_at": self.ended_at.isoformat()}
        return {"run": self.run, "kind": self.kind, "status": self.status.value, **times, **self.counts()}


def run(
    outlets: Sequence[Outlet],
    store: Store,
    *,
    settings: RunSettings,
    progress: Progress = silent,
    clock: Clock = utc_now,
    stop: Stop | None = None,
    tell: Callable[[RunSummary], None] = untold,
) -> RunSummary:
    """Crawl the outlets, store what is new, and read every article not yet read by these rules.

    A run stopped by Ctrl-C keeps and reads what it has, and is recorded as interrupted; one that `stop` ends reads and
    compares a batch at the least, and is recorded as stopped. Where the store gives out (CorpusError) or the program
    itself is at fault, the run is recorded as failed and the error goes on to the caller. However it ends, `tell` is
    called with the summary, as far as there is one.
    Raises AlreadyCrawled where this process has crawled before.
    """
    # Late, for they bring Scrapy and spaCy with them.
    from crawler.crawl import run_crawl
    from extract.regions.gazetteer import load_gazetteer

    stop = stop or Stop()
    domains = tuple(outlet.domain for outlet in outlets)
    record = _Record(store, settings.kind, clock, domains, is_past=settings.replay is not None)
    logger.info("run %d begins: %d outlets", record.number, len(outlets))
    try:
        store.save_regions(load_gazetteer().regions.values())
        store.save_outlets(outlets)
        intake = record.intake
        recording = start_recording(settings, record.number, record.started_at)
        progress(Stage.CRAWL, 0, None)
        record.crawl = run_crawl(
            outlets,
            settings.scrapy,
            memory=intake,
            deliver=intake.deliver,
            progress=lambda _: progress(Stage.CRAWL, sum(intake.outcomes.values()), None),
            since=settings.since,
            until=settings.until,
            limit=settings.limit,
            insist=settings.insist,
            now=settings.now or record.started_at,
            wire=settings.replay or recording,
            halt=stop,
            gave_out=lambda: intake.failure is not None or (recording is not None and recording.failure is not None),
        )
        if recording is not None and recording.failure is not None:
            raise recording.failure
        if intake.failure is not None:
            raise intake.failure
        stop.hurry()
        record.reading = read_new(store, progress, stop.ends_here)
        record.settled_by_history = look_again(store, stop.ends_here)
        if recording is not None:
            take_out_again(store, recording.folder)
        compare_new(store, progress, stop.ends_here)
        record.status = describe_outcome(record.crawl)
        if record.status is RunStatus.FINISHED and (stop.has_left_work or stop.is_asked_for):
            record.status = RunStatus.STOPPED
    except KeyboardInterrupt:
        record.status = RunStatus.INTERRUPTED
        raise
    finally:
        summary = record.close(tell)
    return summary


def start_recording(settings: RunSettings, number: int, started_at: dt.datetime) -> Recording | None:
    """The archive's part in a run, where one is wanted."""
    if settings.archive is None or settings.replay is not None:
        return None
    from crawler.archive.recording import Recording

    return Recording(
        settings.archive,
        number=number,
        started_at=started_at,
        contact=settings.scrapy.get("CONTACT", ""),
        user_agent=settings.scrapy.get("USER_AGENT", ""),
        since=settings.since,
        until=settings.until,
        limit=settings.limit,
        insist=settings.insist,
    )


def read_new(
    store: Store,
    progress: Progress = silent,
    ends_here: Callable[[], bool] = endless,
    workers: Workers = ThisProcess(),  # noqa: B008 - it has no state
) -> Reading:
    """Extract every stored article that is new, revised, or was last read by another version of the rules.

    An article is loaded as a whole or not at all; one whose text says nothing is read all the same, with no claims.
    `ends_here` is asked between batches, whether the rest is left for another time.
    """
    total = store.count_unread(extractor_version)
    progress(Stage.EXTRACT, 0, total)
    articles = claims = repaired = suspect = disputed = 0
    # Nothing is caught here: odd text is no exception, and a fault of the rules should be seen and not counted.
    readings = workers.map(read_alone, store.iter_unread(extractor_version), READINGS)
    while articles < total and not (articles and ends_here()):
        batch = []
        for one in itertools.islice(readings, READ_TOGETHER):
            batch.append(one)
            articles += 1
            claims += len(one.tables["claims"])
            repaired += one.repaired
            suspect += one.suspect
            disputed += one.disputed
            progress(Stage.EXTRACT, articles, total)
        if not batch:
            break
        save_derived(store, batch)
    return Reading(articles, claims, repaired, suspect, disputed)


def compare_new(store: Store, progress: Progress = silent, ends_here: Callable[[], bool] = endless) -> None:
    """Compare what is new, changed or reviewed since the last time with all other articles."""
    refresh(store, lambda done, total: progress(Stage.COMPARE, done, total), ends_here)


class _Record:
    """A run as it stands: failed until something better is known."""

    def __init__(self, store: Store, kind: str, clock: Clock, outlets: tuple[str, ...], *, is_past: bool) -> None:
        self.store = store
        self.kind = kind
        self.clock = clock
        self.outlets = outlets
        self.started_at = clock()
        self.number = store.begin_run(kind, version=extractor_version, started_at=self.started_at)
        self.intake = Intake(store, self.number, is_past=is_past)
        self.status = RunStatus.FAILED
        self.crawl: CrawlStats | None = None
        self.reading = Reading()
        self.settled_by_history = 0

    def close(self, tell: Callable[[RunSummary], None]) -> RunSummary:
        """Write down how it ended, and tell of it even where it cannot be written down."""
        outcomes = self.intake.outcomes
        crawl = self.crawl
        ended_at = self.clock()
        summary = RunSummary(
            run=self.number,
            kind=self.kind,
            status=self.status,
            started_at=self.started_at,
            ended_at=ended_at,
            pages_fetched=sum(crawl.statuses.values()) - crawl.statuses.get(NOT_MODIFIED, 0) if crawl else 0,
            not_modified=crawl.total("unchanged") if crawl else 0,
            articles_new=outcomes[Outcome.NEW],
            articles_revised=outcomes[Outcome.REVISED],
            articles_unchanged=outcomes[Outcome.UNCHANGED],
            **({name: crawl.total(name) for name in COUNTED} if crawl else {}),
            forgotten=self.intake.forgotten + (crawl.total("forgotten") if crawl else 0),
            articles_read=self.reading.articles,
            claims=self.reading.claims,
            repaired=self.reading.repaired,
            suspect=self.reading.suspect,
            disputed=self.reading.disputed,
            settled_by_history=self.settled_by_history,
            unread=self.store.count_unread(extractor_version),
            errors=dict(crawl.errors) if crawl else {},
            drift=dict(crawl.drift) if crawl else {},
            silent=silent_listings(self.store.db, self.outlets),
        )
        logger.info("run %d %s: %s", self.number, self.status.value, json.dumps(summary.counts(), ensure_ascii=False))
        try:
            self.store.finish_run(self.number, self.status, ended_at=summary.ended_at, counts=summary.counts())
        finally:
            tell(summary)
        return summary
