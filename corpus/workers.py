"""Work on many articles or files in several processes: the same answers in the same order, whatever the number.

Done here, in processes of this machine (`--jobs`) or on a cluster (`--dask`, `corpus.cluster`): all are `Workers`. What
travels is plain: articles there, finished lines or rows back, never a Doc. Each process reads with a pipeline of its
own, loaded once.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any, Generic, Protocol, TypeVar

from corpus.errors import WorkerLost
from corpus.loading import start_up
from corpus.parts import Form
from corpus.unattended.stop import Stop

T = TypeVar("T")
R = TypeVar("R")
P_co = TypeVar("P_co", covariant=True)

BATCH = 16
"""Articles that travel together: so few that the last batch keeps no process waiting for long."""
LOOK_AGAIN_SECONDS = 1.0
"""After so long answers are looked at again, whether or not there was word of one."""
AHEAD = 3
"""Batches for each process that are given out before the first answer is taken: memory stays flat."""


@dataclass(frozen=True, slots=True)
class Heed(Generic[T]):
    """What is heeded on the way. `done` is told each item whose answer is there, in whatever order they come.

    `lost` is told an item that cannot be worked on, for it ends every process that tries, and the others go on; without
    it WorkerLost is raised. Where `stop` says so, nothing more is given out or waited for.
    """

    done: Callable[[T], None] | None = None
    lost: Callable[[T], None] | None = None
    stop: Stop | None = None


class Workers(Protocol):
    """Who does the work."""

    def map(
        self,
        work: Callable[[T], R],
        items: Iterable[T],
        form: Form[R],
        *,
        batch: int = BATCH,
        heed: Heed[T] = Heed(),
    ) -> Iterator[R]:
        """What `work` gives for each item, in their order; items are taken only as they are needed.

        `work` must be a function of a module, or a partial of one. `batch` items travel together, and answers take
        `form` where they go from machine to machine. What it raises is raised here, in its place.
        Raises WorkerLost where a process was ended from outside.
        """
        ...


@dataclass(frozen=True, slots=True)
class ThisProcess:
    """Nobody else: each item is worked on when its answer is asked for."""

    def map(
        self,
        work: Callable[[T], R],
        items: Iterable[T],
        form: Form[R],
        *,
        batch: int = BATCH,
        heed: Heed[T] = Heed(),
    ) -> Iterator[R]:
        """As told of Workers."""
        for item in items:
            if heed.stop is not None and heed.stop.ends_here():
                return
            yield work(item)
            if heed.done is not None:
                heed.done(item)


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
        heed: Heed[T] = Heed(),
    ) -> Iterator[R]:
        """As told of Workers. Which item ended a process is not known here, so that none is told as lost."""

        def give(some: tuple[T, ...]) -> Answer[list[R]]:
            return self.pool.submit(run_batch, work, some)

        try:
            for _, answer in in_order(items, batch, give, lambda: self.jobs, AHEAD, heed):
                yield from answer.result()
        except BrokenProcessPool as problem:
            raise WorkerLost(self.jobs) from problem


class Answer(Protocol[P_co]):
    """What comes back later; the futures of Python's own pools and those of Dask's are such."""

    def done(self) -> bool: ...
    def result(self) -> P_co: ...
    def cancel(self) -> Any: ...  # noqa: ANN401 - nobody asks what they say to it
    def add_done_callback(self, fn: Callable[[Any], Any], /) -> None: ...


def in_order(
    items: Iterable[T],
    batch: int,
    give: Callable[[tuple[T, ...]], Answer[R]],
    places: Callable[[], int],
    each: int,
    heed: Heed[T],
) -> Iterator[tuple[tuple[T, ...], Answer[R]]]:
    """Give batches out, and give each with its answer, which is there by then, in their order.

    As many are under way at a time as there are `places` with `each` so many, and no more than AHEAD a place are kept
    until their turn comes. Those that nobody waits for in the end are cancelled.
    """
    source = iter(items)
    given_out: deque[tuple[tuple[T, ...], Answer[R]]] = deque()
    # Answers come in by other threads and the wish to stop by a signal; whoever waits here is woken by either.
    woken: SimpleQueue[tuple[T, ...]] = SimpleQueue()

    def has_room() -> bool:
        now = places()
        return len(given_out) < AHEAD * now and sum(not answer.done() for _, answer in given_out) < each * now

    with heeding(heed.stop, lambda: woken.put(())):
        try:
            while True:
                while has_room() and (some := tuple(islice(source, batch))):
                    answer = give(some)
                    given_out.append((some, answer))
                    answer.add_done_callback(partial(put_in, woken, some))
                if not given_out:
                    return
                if heed.stop is not None:
                    heed.stop.hurry()
                    if heed.stop.ends_here():
                        return
                if given_out[0][1].done():
                    yield given_out.popleft()
                else:
                    # An answer that was there is lost with its worker, and comes again without a word (Dask).
                    with contextlib.suppress(Empty):
                        tell(woken.get(timeout=LOOK_AGAIN_SECONDS), heed)
        finally:
            for _, answer in given_out:
                answer.cancel()


def heeding(stop: Stop | None, wake: Callable[[], None]) -> contextlib.AbstractContextManager[None]:
    return stop.heeded_by(wake, wake) if stop is not None else contextlib.nullcontext()


def put_in(woken: SimpleQueue[tuple[T, ...]], some: tuple[T, ...], answer: object) -> None:
    woken.put(some)


def tell(some: tuple[T, ...], heed: Heed[T]) -> None:
    if heed.done is not None:
        for item in some:
            heed.done(item)


def run_batch(work: Callable[[T], R], batch: Sequence[T]) -> list[R]:
    return [work(item) for item in batch]


@contextlib.contextmanager
def open_workers(jobs: int, dask: str | None = None) -> Iterator[Workers]:
    """So many processes, or this one alone for 1; or the cluster whose scheduler has the address `dask`.

    At the end, or where the work breaks off, processes are ended, whatever they are at, and tasks are cancelled.
    """
    if dask is not None:
        from corpus.cluster import open_cluster

        with open_cluster(dask) as cluster:
            yield cluster
        return
    if jobs == 1:
        yield ThisProcess()
        return
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


def load() -> None:
    """What every kind of work needs."""
    with start_up():
        import extract.pipeline  # noqa: F401 - loaded here, used by the work
        from extract.language import load_pipeline

        load_pipeline()


def leave_with_parent(leave: Connection) -> None:
    """End this process, be it at work, as soon as the parent has closed its end, or is no more."""
    with contextlib.suppress(EOFError, OSError):
        leave.recv()
    os._exit(1)
