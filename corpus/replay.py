"""Recorded runs crawled again from their files, each a run of its own in the order in which they were recorded.

Twisted's reactor runs once in a process, so each has a child process. The files are looked through once, here.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.errors import CorpusError
from corpus.progress import watch_run
from corpus.runs import RunSettings, RunSummary, run
from corpus.store import Store
from corpus.verbosity import set_verbosity
from crawler.archive.index import RecordedRun, iter_runs
from crawler.archive.replay import Replay
from crawler.errors import CrawlerError
from crawler.settings import crawl_settings

KIND = "replay"


class ReplayFailed(CorpusError):  # noqa: N818 - named by the fact, not by the mechanism
    """A recorded run could not be crawled again; says why."""


def replay(paths: Iterable[Path], database: Path, *, verbose: bool = False) -> Iterator[RunSummary]:
    """Crawl again what these files, and those below these folders, hold, and tell of each run as it is done.

    Raises NotReplayable for a file that no run of ours wrote, and ReplayFailed.
    """
    for recorded in iter_runs(paths):
        yield _in_child(recorded, database, verbose)


def replay_run(recorded: RecordedRun, database: Path) -> RunSummary:
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
        return run(wire.outlets, store, settings=settings, progress=progress)


def _in_child(recorded: RecordedRun, database: Path, verbose: bool) -> RunSummary:
    # A fork would take this process's threads and open files with it.
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_replay_and_tell, args=(recorded, database, verbose, there))
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
    if isinstance(told, RunSummary):
        return told
    raise ReplayFailed(told or f"replaying run {recorded.session.number} broke off (exit code {child.exitcode})")


def _replay_and_tell(recorded: RecordedRun, database: Path, verbose: bool, parent: Connection) -> None:
    set_verbosity(verbose)
    try:
        parent.send(replay_run(recorded, database))
    except (CorpusError, CrawlerError) as error:
        parent.send(str(error))
