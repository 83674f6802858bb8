"""Who does the work: this process, some of this machine, or a cluster."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from corpus.workers.work import ThisProcess, Workers


@contextlib.contextmanager
def open_workers(jobs: int, dask: str | None = None) -> Iterator[Workers]:
    """So many processes, or this one alone for 1; or the cluster whose scheduler has the address `dask`.

    At the end, or where the work breaks off, processes are ended, whatever they are at, and tasks are cancelled.
    """
    if dask is not None:
        from corpus.workers.cluster import open_cluster

        with open_cluster(dask) as cluster:
            yield cluster
    elif jobs > 1:
        from corpus.workers.processes import open_processes

        with open_processes(jobs) as processes:
            yield processes
    else:
        yield ThisProcess()
