"""When a run is to end before all is done: its time is over, or the system asks for it (SIGTERM).

A run is not broken off for that. It begins nothing new, ends what is under way, and leaves the rest to the next.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import signal
import threading
import time
from collections.abc import Callable, Iterator

CRAWL_SHARE = 0.8
"""How much of the time that a run has may go into the crawl; what is left is for reading and comparing."""


class Stop:
    """Asked between two steps of a run whether another is to begin.

    `max_time` counts from now, by a `clock` in seconds that only goes forward: one that the machine's time, set back or
    forward, does not move.
    """

    def __init__(self, max_time: dt.timedelta | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = max_time.total_seconds() if max_time is not None else None
        self.clock = clock
        self.began = clock()
        self.is_asked_for = False
        """Whether somebody asked the run to end, whatever time it has."""
        self.has_left_work = False
        """Whether a step that was there to be done did not begin."""
        self._is_urgent = False
        self._heed: tuple[Callable[[], None], Callable[[], None]] | None = None

    @property
    def is_due(self) -> bool:
        """Whether nothing more is to begin."""
        return self.is_asked_for or self._is_over(1.0)

    @property
    def is_crawl_due(self) -> bool:
        """Whether no page more is to be asked for."""
        return self.is_asked_for or self._is_over(CRAWL_SHARE)

    @property
    def crawl_seconds(self) -> float | None:
        """How long the crawl may still take; None for as long as it likes."""
        if self.is_asked_for:
            return 0.0
        return None if self.seconds is None else max(0.0, self.seconds * CRAWL_SHARE - self._gone())

    def _is_over(self, share: float) -> bool:
        return self.seconds is not None and self._gone() >= self.seconds * share

    def _gone(self) -> float:
        return self.clock() - self.began

    def ends_here(self) -> bool:
        """Ask, between two steps and only where there is another, whether it is left for the next run."""
        self.has_left_work = self.has_left_work or self.is_due
        return self.has_left_work

    def hurry(self) -> None:
        """Raise KeyboardInterrupt where the end was asked for twice, as the signal itself does outside of a crawl."""
        if self._is_urgent:
            raise KeyboardInterrupt

    @contextlib.contextmanager
    def heeded_by(self, stop: Callable[[], None], leave: Callable[[], None]) -> Iterator[None]:
        """In this block, `stop` is called where the end is asked for and `leave` where it is asked for again.

        Both are called by a signal handler. What the second time means beyond that is for `hurry` to say afterwards.
        """
        self._heed = (stop, leave)
        try:
            yield
        finally:
            self._heed = None

    @contextlib.contextmanager
    def on(self, number: int = signal.SIGTERM) -> Iterator[None]:
        """Hear this signal for the length of a block; the second one is a Ctrl-C (KeyboardInterrupt)."""
        # Signals reach the main thread only.
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(number, self._hear)
        try:
            yield
        finally:
            signal.signal(number, before)

    def _hear(self, number: int, frame: object) -> None:
        again, self.is_asked_for = self.is_asked_for, True
        self._is_urgent = again
        if self._heed is not None:
            self._heed[again]()
        elif again:
            raise KeyboardInterrupt
