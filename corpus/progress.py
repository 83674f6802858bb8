"""Progress on stderr: a bar when it is a terminal, nothing otherwise."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from corpus.exits import Exit

if TYPE_CHECKING:
    from corpus.runs import Progress, Stage

T = TypeVar("T")


def track(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """Pass the items on; show how far they are when somebody watches and there is more than one.

    Nothing is shown where the items may be typed: a bar that redraws itself runs through what one types.
    """
    typing = total is None and sys.stdin is not None and sys.stdin.isatty()
    if not sys.stderr.isatty() or total == 1 or typing:
        yield from items
        return
    from rich.console import Console
    from rich.progress import track as rich_track

    yield from rich_track(items, what, total=total, console=Console(stderr=True), transient=True)


@contextlib.contextmanager
def keeping(path: Path) -> Iterator[None]:
    """Where Ctrl-C ends the work on a database, say what becomes of it, and exit."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"Interrupted. What had come in is kept in {path}; the next call goes on from there.", err=True)
        sys.exit(Exit.INTERRUPTED)


@contextlib.contextmanager
def watch_run() -> Iterator[Progress]:
    """A bar for each stage of a run, for `corpus.runs.run` to tell how far it is."""
    if not sys.stderr.isatty():
        from corpus.runs import silent

        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[Stage, int] = {}

        def show(stage: Stage, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(f"{stage.value:<8}", total=total)
            bars.update(bars.task_ids[tasks[stage]], completed=done, total=total)

        yield show
