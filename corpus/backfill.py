"""Articles out of archives: any WARC file, Common Crawl's news among them, read as a run reads what it fetches.

A file is read in one stream. What it gives goes into the store in small batches, each in one transaction with the place
where reading goes on, so a backfill that is killed loses nothing and stores nothing twice. Where others read the files,
side by side, what a whole one gave is such a batch; files are stored in their order, by this process alone.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Protocol

from corpus.archives_read import Bookmark, find_bookmark, save_bookmark, scope_of
from corpus.harvest_parts import HARVESTS, Errand, Harvest, read_archive
from corpus.intake import Clock, Intake
from corpus.runs import Progress as ReadingProgress
from corpus.runs import Reading, compare_new, read_new, silent, utc_now
from corpus.second_looks import look_again
from corpus.store import Outcome, RunStatus, Store
from corpus.unattended.stop import Stop
from corpus.workers.work import Heed, ThisProcess, Workers
from crawler.archive.index import find_files
from crawler.archive.sift import Dropped, Sieve
from crawler.archive.steps import Step, iter_steps
from crawler.urls import article_id
from extract import __version__ as extractor_version
from extract.regions.gazetteer import load_gazetteer

logger = logging.getLogger(__name__)

KIND = "backfill"


@dataclass(frozen=True, slots=True)
class FileProgress:
    """Where the reading of one file stands; of all of them, where they are read side by side.

    `bytes_read`, `records` and `counts` are of this backfill, all its files together.
    """

    file: str
    offset: int
    size_bytes: int
    bytes_read: int
    records: int
    counts: Mapping[str, int]


class Watch(Protocol):
    """Told now and then how far a file is read."""

    def __call__(self, progress: FileProgress) -> None: ...


def unwatched(progress: FileProgress) -> None:
    """Progress for nobody."""


@dataclass(frozen=True, slots=True)
class BackfillSettings:
    """What is looked for. `again` reads files that were read to their end before, `limit` is a number of articles."""

    sieve: Sieve
    limit: int | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class BackfillSummary:
    """What one backfill did. `dropped` counts records that gave no article by the reason, `bytes_read` those of the
    files as they lie on disk; `seconds` are those of reading them, without what came after. `files_left` could not be
    read where they were to be, or ended each process that tried: they are left for the next backfill.
    """

    run: int
    status: RunStatus
    started_at: dt.datetime
    ended_at: dt.datetime
    files: int = 0
    files_passed_over: int = 0
    files_left: int = 0
    bytes_read: int = 0
    records: int = 0
    seconds: float = 0.0
    articles_new: int = 0
    articles_revised: int = 0
    articles_unchanged: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    damaged_places: int = 0
    forgotten: int = 0
    articles_read: int = 0
    claims: int = 0
    repaired: int = 0
    suspect: int = 0
    disputed: int = 0
    settled_by_history: int = 0

    @property
    def megabytes_per_second(self) -> float:
        return self.bytes_read / 1e6 / self.seconds if self.seconds else 0.0

    @property
    def records_per_second(self) -> float:
        return self.records / self.seconds if self.seconds else 0.0

    def counts(self) -> dict[str, object]:
        """The counts alone, as the runs table keeps them."""
        facts = asdict(self)
        return {name: facts[name] for name in facts if name not in {"run", "status", "started_at", "ended_at"}}

    def to_json(self) -> dict[str, object]:
        """Everything, ready for `json.dumps`."""
        return {
            "run": self.run,
            "kind": KIND,
            "status": self.status.value,
            "started_at": self.started_at.isoformat(),
            "ended_at": self.ended_at.isoformat(),
            **self.counts(),
            "megabytes_per_second": round(self.megabytes_per_second, 1),
            "records_per_second": round(self.records_per_second, 1),
        }


def backfill(
    paths: Sequence[Path],
    store: Store,
    settings: BackfillSettings,
    *,
    watch: Watch = unwatched,
    progress: ReadingProgress = silent,
    clock: Clock = utc_now,
    stop: Stop | None = None,
    workers: Workers | None = None,
) -> BackfillSummary:
    """Store the articles in these files, and in the WARC files below these folders, then read all that are unread.

    Where `stop` says so, it ends after the batch at hand, and the next backfill goes on from there. However it ends, it
    is recorded as a run. With `workers`, these read the files, several at a time, and what is in them; without, this
    process does. Raises OSError where a file cannot be read, and CorpusError where the store gives out or those who
    work are lost; what was stored by then stays.
    """
    stop = stop or Stop()
    work = _Backfill(store, settings, watch, clock, stop)
    try:
        store.save_regions(load_gazetteer().regions.values())
        store.save_outlets(settings.sieve.outlets)
        files = find_files(paths)
        if workers is None:
            work.read(files)
        else:
            work.have_read(files, workers)
        work.reading = read_new(store, progress, stop.ends_here, workers or ThisProcess())
        work.settled_by_history = look_again(store, stop.ends_here)
        compare_new(store, progress, stop.ends_here)
        work.status = RunStatus.STOPPED if stop.has_left_work or stop.is_asked_for else RunStatus.FINISHED
    except KeyboardInterrupt:
        work.status = RunStatus.INTERRUPTED
        raise
    finally:
        summary = work.close()
    return summary


class _Backfill:
    """A backfill as it stands: failed until something better is known."""

    def __init__(self, store: Store, settings: BackfillSettings, watch: Watch, clock: Clock, stop: Stop) -> None:
        self.store = store
        self.settings = settings
        self.watch = watch
        self.clock = clock
        self.stop = stop
        self.scope = scope_of(settings.sieve)
        self.started_at = clock()
        self.run = store.begin_run(KIND, version=extractor_version, started_at=self.started_at)
        self.intake = Intake(store, self.run, is_past=True)
        self.status = RunStatus.FAILED
        self.dropped: Counter[Dropped] = Counter()
        self.files = self.files_passed_over = self.files_left = 0
        self.records = self.bytes_read = self.kept = self.damaged_places = 0
        self.seconds = 0.0
        self.reading = Reading()
        self.settled_by_history = 0

    @property
    def is_full(self) -> bool:
        """Whether as many articles were found as the limit allows."""
        return self.settings.limit is not None and self.kept >= self.settings.limit

    def read(self, files: Sequence[Path]) -> None:
        """Read the files one after the other."""
        for path in files:
            if self.is_full or self.stop.ends_here():
                break
            with self.timing():
                self.take(path)

    def have_read(self, files: Sequence[Path], workers: Workers) -> None:
        """Have the files read by others, several at a time, and store what each gave in their order."""
        sizes = {path.absolute(): path.stat().st_size for path in files}
        whole, done = sum(sizes.values()), Counter[Path]()

        def note(errand: Errand) -> None:
            done[errand.path] = sizes[errand.path]
            self.tell(errand.path, done.total(), whole)

        heed = Heed(
            note, lambda errand: self.leave(errand.path, "every process that tried to read it ended"), self.stop
        )
        with self.timing():
            for harvest in workers.map(read_archive, self.iter_errands(files), HARVESTS, batch=1, heed=heed):
                self.store_harvest(harvest)
                # The news of it may be slower than it is itself.
                done[harvest.path] = sizes[harvest.path]
                self.tell(harvest.path, done.total(), whole)
                if self.is_full:
                    break

    def iter_errands(self, files: Sequence[Path]) -> Iterator[Errand]:
        """What is still to be read, as of when it is asked for."""
        for path in files:
            bookmark = self.find_bookmark(path)
            if bookmark.is_done:
                self.files_passed_over += 1
            else:
                yield Errand(path.absolute(), bookmark, self.settings.sieve, self.settings.limit)

    def store_harvest(self, harvest: Harvest) -> None:
        """Store what a whole file gave; once, whoever has read it and how often."""
        if harvest.problem is not None:
            self.leave(harvest.path, harvest.problem)
            return
        limit = self.settings.limit
        is_too_much = limit is not None and self.kept + len(harvest.step.items) > limit
        if is_too_much or self.find_bookmark(harvest.path) != harvest.bookmark:
            # A copy of a file that was stored meanwhile, or more than was asked for: read here, as far as need be.
            self.take(harvest.path)
            return
        self.files += 1
        self.store_step(harvest.path, harvest.step, harvest.bookmark)

    def leave(self, path: Path, problem: str) -> None:
        """Leave a file for the next backfill, and say so."""
        self.files_left += 1
        logger.warning("%s: %s; it is left for the next backfill", path, problem)

    def find_bookmark(self, path: Path) -> Bookmark:
        """Where reading this file is to begin."""
        bookmark = find_bookmark(self.store, path, self.scope)
        return replace(bookmark, offset=0, records=0, articles=0, is_done=False) if self.settings.again else bookmark

    def take(self, path: Path) -> None:
        """Read one file from where it was left to its end, to the limit or until it is to stop, storing in batches."""
        bookmark = self.find_bookmark(path)
        if bookmark.is_done:
            self.files_passed_over += 1
            return
        self.files += 1
        for step in iter_steps(path, bookmark.offset, bookmark.size_bytes, self.settings.sieve, self.is_over):
            bookmark = self.store_step(path, step, bookmark)
            self.tell(path, step.offset, bookmark.size_bytes)

    def is_over(self, found: int) -> bool:
        """Whether reading ends here, with so many articles found that are not stored yet."""
        limit = self.settings.limit
        return self.stop.is_due or (limit is not None and self.kept + found >= limit)

    def store_step(self, path: Path, step: Step, bookmark: Bookmark) -> Bookmark:
        """Count what a stretch gave, and store its articles and how far the file is read, both or neither."""
        for fault in step.faults:
            logger.warning("%s", fault)
        self.records += step.records
        self.bytes_read += step.bytes_read
        self.damaged_places += step.damaged_places
        self.dropped.update(dict(step.dropped))
        self.kept += len(step.items)
        bookmark = replace(bookmark, records=bookmark.records + step.records, is_done=step.is_end)
        if step.resume_at is not None:
            bookmark = replace(bookmark, offset=step.resume_at)
        with self.store.transaction():
            stored = 0
            for item in step.items:
                if self.intake.is_old_text(item, article_id(item.article.url or item.url)):
                    self.dropped[Dropped.OLDER] += 1
                else:
                    before = self.intake.forgotten
                    self.intake.deliver(item)
                    stored += self.intake.forgotten == before
            bookmark = replace(bookmark, articles=bookmark.articles + stored)
            save_bookmark(self.store, bookmark, run=self.run, at=self.clock())
        if bookmark.is_done and not bookmark.records:
            logger.warning("%s holds no WARC record", path)
        return bookmark

    def tell(self, path: Path, offset: int, size_bytes: int) -> None:
        """Tell whoever watches."""
        counts = {str(reason): count for reason, count in self.dropped.items()}
        counts["articles"] = self.kept
        self.watch(FileProgress(path.name, offset, size_bytes, self.bytes_read, self.records, counts))

    @contextlib.contextmanager
    def timing(self) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds += time.monotonic() - began

    def close(self) -> BackfillSummary:
        """Write down how it ended."""
        outcomes = self.intake.outcomes
        summary = BackfillSummary(
            run=self.run,
            status=self.status,
            started_at=self.started_at,
            ended_at=self.clock(),
            files=self.files,
            files_passed_over=self.files_passed_over,
            files_left=self.files_left,
            bytes_read=self.bytes_read,
            records=self.records,
            seconds=round(self.seconds, 3),
            articles_new=outcomes[Outcome.NEW],
            articles_revised=outcomes[Outcome.REVISED],
            articles_unchanged=outcomes[Outcome.UNCHANGED],
            dropped={str(reason): count for reason, count in sorted(self.dropped.items())},
            damaged_places=self.damaged_places,
            forgotten=self.intake.forgotten,
            articles_read=self.reading.articles,
            claims=self.reading.claims,
            repaired=self.reading.repaired,
            suspect=self.reading.suspect,
            disputed=self.reading.disputed,
            settled_by_history=self.settled_by_history,
        )
        self.store.finish_run(self.run, self.status, ended_at=summary.ended_at, counts=summary.counts())
        return summary
