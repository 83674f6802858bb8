"""Work on many articles in several processes: the same answers in the same order, whatever the number.

What travels is plain: articles there, finished lines or extractions back, never a Doc. Each process reads with a
pipeline of its own, loaded once.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from corpus.errors import WorkerLost
from corpus.loading import start_up

T = TypeVar("T")
R = TypeVar("R")

BATCH = 16
"""Articles that travel together: so few that the last batch keeps no process waiting for long."""
AHEAD = 3
"""Batches for each process that are given out before the first answer is taken: memory stays flat."""


@dataclass(frozen=True, slots=True)
class Workers:
    """The processes; without any, the work is done in this one."""

    pool: ProcessPoolExecutor | None = None
    jobs: int = 1

    def map(self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """What `work` gives for each item, in their order; items are taken only as they are needed.

        `work` must be a function of a module, or a partial of one. What it raises is raised here, in its place.
        Raises WorkerLost where a process was ended from outside.
        """
        if self.pool is None:
            yield from map(work, items)
            return
        source = iter(items)
        given_out: deque[Future[list[R]]] = deque()
        try:
            while True:
                while len(given_out) < AHEAD * self.jobs and (batch := tuple(islice(source, BATCH))):
                    given_out.append(self.pool.submit(run_batch, work, batch))
                if not given_out:
                    return
                yield from given_out.popleft().result()
        except BrokenProcessPool as problem:
            raise WorkerLost(self.jobs) from problem


def run_batch(work: Callable[[T], R], batch: tuple[T, ...]) -> list[R]:
    return [work(item) for item in batch]


@contextlib.contextmanager
def open_workers(jobs: int) -> Iterator[Workers]:
    """So many processes, or this one alone for 1. At the end, or where the work breaks off, they are ended."""
    if jobs == 1:
        yield Workers()
        return
    # Not forked: a child must not inherit open databases, locks or threads.
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=make_ready)
    try:
        yield Workers(pool, jobs)
    finally:
        pool.shutdown(cancel_futures=True)


def make_ready() -> None:
    """Load the pipeline; Ctrl-C is the parent's to handle, and without the parent there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=leave_with_parent, daemon=True).start()
    with start_up():
        import extract.pipeline  # noqa: F401 - loaded here, used by the work
        from extract.language import load_pipeline

        load_pipeline()


def leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
