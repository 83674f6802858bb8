"""Progress on stderr: a bar when it is a terminal, nothing otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def track(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """Pass the items on; show how far they are when somebody watches and there is more than one."""
    if not sys.stderr.isatty() or total == 1:
        yield from items
        return
    from rich.console import Console
    from rich.progress import track as rich_track

    yield from rich_track(items, what, total=total, console=Console(stderr=True), transient=True)
