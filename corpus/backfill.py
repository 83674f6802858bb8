"""Articles out of archives: any WARC file, Common Crawl's news among them, read as a run reads what it fetches.

A file is read in one stream. What it gives goes into the store in small batches, each in one transaction with the place
where reading goes on, so a backfill that is killed loses nothing and stores nothing twice.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Protocol

from fastwarc.warc import WarcRecord

from corpus.archives_read import Bookmark, find_bookmark, save_bookmark, scope_of
from corpus.intake import Clock, Intake
from corpus.runs import Progress as ReadingProgress
from corpus.runs import Reading, compare_new, look_again, read_new, silent, utc_now
from corpus.store import Outcome, RunStatus, Store
from corpus.unattended.stop import Stop
from crawler.archive.harvest import READING_FAULTS, read_capture
from crawler.archive.index import find_files
from crawler.archive.read import iter_records, starts_record
from crawler.archive.sift import Capture, Dropped, Sieve
from crawler.archive.write import OPEN
from crawler.items import Archived, FetchedArticle
from crawler.urls import article_id
from extract import __version__ as extractor_version
from extract.regions.gazetteer import load_gazetteer

logger = logging.getLogger(__name__)

KIND = "backfill"
BATCH = 25
"""Articles held before they are stored."""
BATCH_SECONDS = 2.0
"""How long reading goes on without noting how far it is."""


@dataclass(frozen=True, slots=True)
class FileProgress:
    """Where the reading of one file stands.

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
    files as they lie on disk; `seconds` are those of reading them, without what came after.
    """

    run: int
    status: RunStatus
    started_at: dt.datetime
    ended_at: dt.datetime
    files: int = 0
    files_passed_over: int = 0
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
) -> BackfillSummary:
    """Store the articles in these files, and in the WARC files below these folders, then read all that are unread.

    Where `stop` says so, it ends after the batch at hand, and the next backfill goes on from there. However it ends, it
    is recorded as a run. Raises OSError where a file cannot be read, and CorpusError where the store gives out; what
    was stored by then stays.
    """
    stop = stop or Stop()
    work = _Backfill(store, settings, watch, clock, stop)
    try:
        store.save_regions(load_gazetteer().regions.values())
        store.save_outlets(settings.sieve.outlets)
        for path in find_files(paths):
            if work.is_full or stop.ends_here():
                break
            work.take(path)
        work.reading = read_new(store, progress, stop.ends_here)
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
        self.files = self.files_passed_over = self.records = self.bytes_read = self.kept = self.damaged_places = 0
        self.seconds = 0.0
        self.reading = Reading()
        self.settled_by_history = 0

    @property
    def is_full(self) -> bool:
        """Whether as many articles were found as the limit allows."""
        return self.settings.limit is not None and self.kept >= self.settings.limit

    def take(self, path: Path) -> None:
        """Read one file from where it was left."""
        bookmark = find_bookmark(self.store, path, self.scope)
        if self.settings.again:
            bookmark = replace(bookmark, offset=0, records=0, articles=0, is_done=False)
        if bookmark.is_done:
            self.files_passed_over += 1
            return
        self.files += 1
        began = time.monotonic()
        try:
            self.read_file(path, bookmark)
        finally:
            self.seconds += time.monotonic() - began

    def read_file(self, path: Path, bookmark: Bookmark) -> None:
        """Read a file to its end, to the limit or until it is to stop, storing in batches."""
        name = path.name.removesuffix(OPEN)
        batch: list[FetchedArticle] = []
        noted = time.monotonic()
        last = bookmark.offset
        for offset, record in iter_records(path, last, self.note_damage):
            self.bytes_read += max(0, offset - last)
            last = max(last, offset)
            is_over = self.is_full or self.stop.is_due
            if len(batch) >= BATCH or time.monotonic() - noted >= BATCH_SECONDS or is_over:
                # A file that is not zipped record by record can only be begun anew.
                resume_at = offset if starts_record(path, offset) else bookmark.offset
                bookmark = self.store_batch(batch, replace(bookmark, offset=resume_at))
                batch = []
                noted = time.monotonic()
                self.tell(path, bookmark, offset)
            if is_over:
                return
            self.records += 1
            bookmark = replace(bookmark, records=bookmark.records + 1)
            item = self.read_record(record, Archived(name, offset))
            if item is not None:
                batch.append(item)
        self.store_batch(batch, replace(bookmark, offset=bookmark.size_bytes, is_done=True))
        self.bytes_read += max(0, bookmark.size_bytes - last)
        if not bookmark.records:
            logger.warning("%s holds no WARC record", path)
        self.tell(path, bookmark, bookmark.size_bytes)

    def read_record(self, record: WarcRecord, archived: Archived) -> FetchedArticle | None:
        """The article in a record; counts why there is none."""
        sieve = self.settings.sieve
        item: FetchedArticle | Dropped
        try:
            capture = sieve.sift(record)
            item = read_capture(capture, archived, sieve) if isinstance(capture, Capture) else capture
        except READING_FAULTS as error:
            # One page in millions must not bar the way to all that lie behind it; it is told where it is.
            logger.warning("%s, offset %d: cannot be read (%r)", archived.file, archived.offset, error)
            item = Dropped.FAULT
        if isinstance(item, Dropped):
            self.dropped[item] += 1
            return None
        self.kept += 1
        return item

    def note_damage(self, offset: int) -> None:
        self.damaged_places += 1

    def store_batch(self, batch: Sequence[FetchedArticle], bookmark: Bookmark) -> Bookmark:
        """Store articles and how far the file is read, both or neither."""
        with self.store.transaction():
            stored = 0
            for item in batch:
                if self.intake.is_old_text(item, article_id(item.article.url or item.url)):
                    self.dropped[Dropped.OLDER] += 1
                else:
                    before = self.intake.forgotten
                    self.intake.deliver(item)
                    stored += self.intake.forgotten == before
            bookmark = replace(bookmark, articles=bookmark.articles + stored)
            save_bookmark(self.store, bookmark, run=self.run, at=self.clock())
        return bookmark

    def tell(self, path: Path, bookmark: Bookmark, offset: int) -> None:
        """Tell whoever watches."""
        counts = {str(reason): count for reason, count in self.dropped.items()}
        counts["articles"] = self.kept
        self.watch(FileProgress(path.name, offset, bookmark.size_bytes, self.bytes_read, self.records, counts))

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
