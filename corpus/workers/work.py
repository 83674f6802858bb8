"""What all who do the work share: how it is asked of them, how it is given out and comes back in order."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Any, Generic, Protocol, TypeVar

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


def load() -> None:
    """What every kind of work needs."""
    with start_up():
        import extract.pipeline  # noqa: F401 - loaded here, used by the work
        from extract.language import load_pipeline

        load_pipeline()
