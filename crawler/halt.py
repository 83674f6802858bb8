"""What a crawl asks of whoever may want it to end before it is done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol


class Halt(Protocol):
    """Says when a crawl is to begin nothing more. Asked at each answer, told of whom to call in between."""

    @property
    def is_crawl_due(self) -> bool:
        """Whether no page more is to be asked for."""

    @property
    def crawl_seconds(self) -> float | None:
        """How long the crawl may still take; None for as long as it likes."""

    def heeded_by(self, stop: Callable[[], None], leave: Callable[[], None]) -> AbstractContextManager[None]:
        """Call `stop` where the end is asked for in this block, and `leave` where it is asked for again."""
