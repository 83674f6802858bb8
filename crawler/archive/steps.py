"""The articles of an archive, a stretch at a time, each with all that a reader must know to go on behind it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fastwarc.warc import WarcRecord

from crawler.archive.harvest import READING_FAULTS, read_capture
from crawler.archive.read import iter_records, starts_record
from crawler.archive.sift import Capture, Dropped, Sieve
from crawler.archive.write import OPEN
from crawler.items import Archived, FetchedArticle

BATCH = 25
"""Articles of a stretch, at the most."""
BATCH_SECONDS = 2.0
"""How long reading goes on within a stretch."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a stretch of a file gave; all counts are of it alone. `offset` is where it ends.

    `resume_at` is where reading can go on later: None in a file that is not zipped record by record, which can only be
    begun anew. `dropped` counts records that gave no article by the reason, `faults` says which pages tripped the
    reader, and `is_end` whether nothing follows.
    """

    items: tuple[FetchedArticle, ...] = ()
    offset: int = 0
    resume_at: int | None = None
    records: int = 0
    bytes_read: int = 0
    dropped: tuple[tuple[Dropped, int], ...] = ()
    damaged_places: int = 0
    faults: tuple[str, ...] = ()
    is_end: bool = False


def merge(steps: Iterable[Step]) -> Step:
    """Stretches that follow one another as one."""
    whole, dropped = Step(), Counter[Dropped]()
    for step in steps:
        dropped.update(dict(step.dropped))
        whole = replace(
            step,
            items=whole.items + step.items,
            records=whole.records + step.records,
            bytes_read=whole.bytes_read + step.bytes_read,
            damaged_places=whole.damaged_places + step.damaged_places,
            faults=whole.faults + step.faults,
        )
    return replace(whole, dropped=tuple(dropped.items()))


def iter_steps(
    path: Path, start: int, size_bytes: int, sieve: Sieve, is_over: Callable[[int], bool] = lambda found: False
) -> Iterator[Step]:
    """The stretches of a file of this size from the record at `start` on.

    `is_over` is asked before each record, with how many articles the stretch has so far, whether reading ends here.
    Raises OSError where the file cannot be read.
    """
    stretch = _Stretch(path.name.removesuffix(OPEN), sieve)
    last = start
    for offset, record in iter_records(path, start, stretch.note_damage):
        stretch.bytes_read += max(0, offset - last)
        last = max(last, offset)
        ends = is_over(len(stretch.items))
        if ends or stretch.is_long:
            yield stretch.end(offset, offset if starts_record(path, offset) else None)
        if ends:
            return
        stretch.take(record, offset)
    stretch.bytes_read += max(0, size_bytes - last)
    yield stretch.end(size_bytes, size_bytes, is_end=True)


class _Stretch:
    """A stretch as it is read."""

    def __init__(self, name: str, sieve: Sieve) -> None:
        self.name = name
        self.sieve = sieve
        self.begin()

    def begin(self) -> None:
        self.items: list[FetchedArticle] = []
        self.dropped: Counter[Dropped] = Counter()
        self.faults: list[str] = []
        self.records = self.bytes_read = self.damaged_places = 0
        self.began = time.monotonic()

    @property
    def is_long(self) -> bool:
        return len(self.items) >= BATCH or time.monotonic() - self.began >= BATCH_SECONDS

    def note_damage(self, offset: int) -> None:
        self.damaged_places += 1

    def take(self, record: WarcRecord, offset: int) -> None:
        """Read a record; an article is kept, and counted why there is none."""
        self.records += 1
        item: FetchedArticle | Dropped
        try:
            capture = self.sieve.sift(record)
            if isinstance(capture, Capture):
                item = read_capture(capture, Archived(self.name, offset), self.sieve)
            else:
                item = capture
        except READING_FAULTS as error:
            # One page in millions must not bar the way to all that lie behind it; it is told where it is.
            self.faults.append(f"{self.name}, offset {offset}: cannot be read ({error!r})")
            item = Dropped.FAULT
        if isinstance(item, Dropped):
            self.dropped[item] += 1
        else:
            self.items.append(item)

    def end(self, offset: int, resume_at: int | None, *, is_end: bool = False) -> Step:
        """What was read so far; another stretch begins."""
        step = Step(
            items=tuple(self.items),
            offset=offset,
            resume_at=resume_at,
            records=self.records,
            bytes_read=self.bytes_read,
            dropped=tuple(self.dropped.items()),
            damaged_places=self.damaged_places,
            faults=tuple(self.faults),
            is_end=is_end,
        )
        self.begin()
        return step
