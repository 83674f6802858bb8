"""Work on a Dask cluster that is there already: batches of items are its tasks, parts in Parquet what they give back.

Dask runs the tasks of a worker that was lost again, on another. Each task has its place in the order of the batches and
its answer is taken once, there, so that nothing is counted twice.
"""

from __future__ import annotations

import contextlib
import logging
import pkgutil
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from corpus.errors import ClusterLost, NoCluster, NoScheduler, StrangeWorkers, TaskLost
from corpus.parts import Form, Part
from corpus.workers.work import BATCH, Answer, Heed, in_order, load, run_batch
from extract import __version__ as version

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
R = TypeVar("R")

VERSION = "extract:__version__"
one_at_a_time = threading.Lock()
"""A worker may have several threads; the pipeline is one a process, and so is its work."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of a Dask cluster; those that join later are given work too."""

    client: Client
    address: str

    def map(
        self,
        work: Callable[[T], R],
        items: Iterable[T],
        form: Form[R],
        *,
        batch: int = BATCH,
        heed: Heed[T] = Heed(),  # noqa: B008 - it has no state
    ) -> Iterator[R]:
        """As told of Workers. An item is lost where its batch has ended as many workers as the scheduler allows.

        Raises TaskLost for such a batch where nobody is told, StrangeWorkers where a worker of another version has
        joined, and ClusterLost where the scheduler is gone.
        """
        from distributed import CancelledError, KilledWorker
        from distributed.comm.core import CommClosedError

        def give(some: tuple[T, ...]) -> Answer[tuple[str, Part]]:
            key = f"{work_name(work)}-{uuid.uuid4().hex}"
            answer: Answer[tuple[str, Part]] = self.client.submit(run_task, work, form.pack, some, key=key)
            return answer

        # The next batch waits at its worker, so that no worker waits. Not so a file: where a worker is lost, Dask
        # cannot tell the task that it was at from one that waited there, and holds it against both.
        each = 1 if batch == 1 else 2
        try:
            for some, answer in in_order(items, batch, give, self.places, each, heed):
                try:
                    found, part = answer.result()
                except KilledWorker as problem:
                    if heed.lost is None:
                        raise TaskLost(len(some), problem.allowed_failures + 1) from problem
                    for item in some:
                        heed.lost(item)
                    continue
                if found != version:
                    raise StrangeWorkers(version, {"a worker that has joined since": found})
                del answer  # The worker may forget it now.
                yield from form.unpack(part)
        except (CancelledError, CommClosedError) as problem:
            raise ClusterLost(self.address) from problem

    def places(self) -> int:
        """How many workers there are; with none yet, as if there were one."""
        return max(1, len(self.client.scheduler_info()["workers"]))


def work_name(work: Callable[[T], R]) -> str:
    """What the scheduler's pages call such a task."""
    return str(getattr(work.func if isinstance(work, partial) else work, "__name__", "task"))


def run_task(work: Callable[[T], R], pack: Callable[[list[R]], Part], batch: tuple[T, ...]) -> tuple[str, Part]:
    """One task on a worker: which version it is, and what it found."""
    with one_at_a_time:
        load()
        return version, pack(run_batch(work, batch))


@contextlib.contextmanager
def open_cluster(address: str) -> Iterator[Cluster]:
    """The cluster whose scheduler listens at this address; tasks that are left in the end are cancelled.

    Raises NoCluster without the extra, NoScheduler where none answers, and StrangeWorkers where a worker has no cakupan
    or another version.
    """
    try:
        import pyarrow  # noqa: F401 - parts are unpacked with it, and it is better missed now
        from distributed import Client
    except ImportError as problem:
        raise NoCluster(str(problem)) from problem
    try:
        client = Client(address, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as problem:
        raise NoScheduler(address, str(problem)) from problem
    with client:
        # A function of Python's own: a worker without cakupan could not be asked with one of ours.
        told = client.run(pkgutil.resolve_name, VERSION, on_error="return")
        strange = {worker: describe(found) for worker, found in told.items() if found != version}
        if strange:
            raise StrangeWorkers(version, strange)
        if not told:
            logger.warning("The cluster at %s has no worker yet; work begins with the first that joins.", address)
        yield Cluster(client, address)


def describe(found: object) -> str:
    """What a worker said in place of the version that was looked for."""
    if isinstance(found, ModuleNotFoundError):
        return "not installed"
    return found if isinstance(found, str) else repr(found)
