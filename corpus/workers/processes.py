"""Processes of this machine (`--jobs`), each with a pipeline of its own, loaded once."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TypeVar

from corpus.errors import WorkerLost
from corpus.parts import Form
from corpus.workers.work import AHEAD, BATCH, Answer, Heed, in_order, load, run_batch

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Processes:
    """Processes of this machine."""

    pool: ProcessPoolExecutor
    jobs: int

    def map(
        self,
        work: Callable[[T], R],
        items: Iterable[T],
        form: Form[R],
        *,
        batch: int = BATCH,
        heed: Heed[T] = Heed(),  # noqa: B008 - it has no state
    ) -> Iterator[R]:
        """As told of Workers. Which item ended a process is not known here, so that none is told as lost."""

        def give(some: tuple[T, ...]) -> Answer[list[R]]:
            return self.pool.submit(run_batch, work, some)

        try:
            for _, answer in in_order(items, batch, give, lambda: self.jobs, AHEAD, heed):
                yield from answer.result()
        except BrokenProcessPool as problem:
            raise WorkerLost(self.jobs) from problem


@contextlib.contextmanager
def open_processes(jobs: int) -> Iterator[Processes]:
    """So many processes; at the end, or where the work breaks off, they are ended, whatever they are at."""
    # Not forked: a child must not inherit open databases, locks or threads.
    context = multiprocessing.get_context("spawn")
    leave, keep = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(jobs, context, initializer=make_ready, initargs=(leave,))
    try:
        yield Processes(pool, jobs)
    finally:
        keep.close()
        pool.shutdown(cancel_futures=True)
        leave.close()


def make_ready(leave: Connection) -> None:
    """Load the pipeline; signals are the parent's to handle, and without the parent there is nothing to do."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=leave_with_parent, args=(leave,), daemon=True).start()
    load()


def leave_with_parent(leave: Connection) -> None:
    """End this process, be it at work, as soon as the parent has closed its end, or is no more."""
    with contextlib.suppress(EOFError, OSError):
        leave.recv()
    os._exit(1)
