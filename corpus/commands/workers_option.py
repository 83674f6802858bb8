"""`--jobs` and `--dask`: who does the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def with_workers(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command both options."""
    jobs = click.option(
        "--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Work in N processes."
    )
    dask = click.option(
        "--dask", metavar="ADDRESS", help="Work on the Dask cluster whose scheduler is there (extra `cluster`)."
    )
    return jobs(dask(command))


def refuse_both(jobs: int, dask: str | None) -> None:
    """Raises UsageError where both are asked for."""
    if dask is not None and jobs > 1:
        raise click.UsageError("--jobs works in processes here, --dask on a cluster; choose one.")
