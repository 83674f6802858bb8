"""Recorded runs crawled again from their files, each a run of its own in the order in which they were recorded.

Twisted's reactor runs once in a process, so each has a child process. The files are looked through once, here.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.errors import CorpusError
from corpus.progress import watch_run
from corpus.runs import RunSettings, RunSummary, run
from corpus.store import Store
from corpus.unattended.lock import Lock
from corpus.unattended.logs import LogSettings, start_logging
from corpus.unattended.stop import Stop
from crawler.archive.index import RecordedRun, iter_runs
from crawler.archive.replay import Replay
from crawler.errors import CrawlerError
from crawler.settings import crawl_settings

KIND = "replay"
NO_LOG = LogSettings()
"""But what goes wrong, on stderr."""
HALT = signal.SIGUSR1
"""How a child is told to stop. SIGTERM it leaves to its parent: whoever ends both at once means one end, not two."""


class ReplayFailed(CorpusError):  # noqa: N818 - named by the fact, not by the mechanism
    """A recorded run could not be crawled again; says why."""


def replay(
    paths: Iterable[Path],
    database: Path,
    logs: LogSettings = NO_LOG,
    *,
    lock: Lock | None = None,
    stop: Stop | None = None,
) -> Iterator[RunSummary]:
    """Crawl again what these files, and those below these folders, hold, and tell of each run as it is done.

    Children hold the `lock` too, and what `stop` hears is passed on to the one at work; none begins after it.
    Raises NotReplayable for a file that no run of ours wrote, and ReplayFailed.
    """
    stop = stop or Stop()
    for recorded in iter_runs(paths):
        if stop.is_asked_for:
            return
        yield _in_child(recorded, database, logs, lock, stop)


def replay_run(recorded: RecordedRun, database: Path, stop: Stop) -> RunSummary:
    """Crawl one recorded run again, in this process."""
    session = recorded.session
    wire = Replay(recorded)
    settings = RunSettings(
        crawl_settings(allow_local=True, delay=0.0),
        kind=KIND,
        since=session.since,
        until=session.until,
        limit=session.limit,
        insist=session.insist,
        now=session.started_at,
        replay=wire,
    )
    with Store.open(database) as store, watch_run() as progress:
        return run(wire.outlets, store, settings=settings, progress=progress, stop=stop)


def _in_child(recorded: RecordedRun, database: Path, logs: LogSettings, lock: Lock | None, stop: Stop) -> RunSummary:
    # A fork would take this process's threads and open files with it.
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_replay_and_tell, args=(recorded, database, logs, lock, there))

    def halt() -> None:
        if child.pid is not None and child.is_alive():
            os.kill(child.pid, HALT)

    with stop.heeded_by(halt, halt):
        # Until it can hear it, a child keeps what it is told by these for later.
        with blocked():
            child.start()
        there.close()
        told: RunSummary | str | None = None
        while child.is_alive() or here.poll():
            # Ctrl-C reaches the child too, which ends its run and tells of it.
            with contextlib.suppress(KeyboardInterrupt):
                try:
                    told = here.recv()
                except EOFError:
                    child.join()
                    break
    child.join()
    stop.hurry()
    if isinstance(told, RunSummary):
        return told
    raise ReplayFailed(told or f"replaying run {recorded.session.number} broke off (exit code {child.exitcode})")


@contextlib.contextmanager
def blocked() -> Iterator[None]:
    """Signals to end wait for the end of the block; a child that is started in it goes on so."""
    # It would be started together with the child, and let SIGTERM through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {HALT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _replay_and_tell(
    recorded: RecordedRun, database: Path, logs: LogSettings, lock: Lock | None, parent: Connection
) -> None:
    del lock  # held, and that is all
    start_logging(logs)
    stop = Stop()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with stop.on(HALT):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {HALT, signal.SIGTERM})
            parent.send(replay_run(recorded, database, stop))
    except (CorpusError, CrawlerError) as error:
        parent.send(str(error))
