"""A run that is to end before all is done: it ends in order, keeps what it has, and the next one does the rest."""

from __future__ import annotations

import datetime as dt
import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from corpus.unattended.stop import CRAWL_SHARE, Stop

SCRIPT = Path(__file__).with_name("demo_until.py")


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def run_demo(database, when, code=0):
    done = subprocess.run([sys.executable, SCRIPT, database, when], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def claims_of(database):
    columns = "id, article_id, revision, metric, value, region, as_of_start, speaker, start_char, end_char"
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(f"SELECT {columns} FROM claims ORDER BY id").fetchall()


def due_in(database):
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT count(*) FROM comparisons_due").fetchone()[0]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The claims of a run that nothing ended."""
    database = tmp_path_factory.mktemp("whole") / "cakupan.db"
    summary = run_demo(database, "never")
    assert (summary["status"], summary["unread"], due_in(database)) == ("finished", 0, 0)
    return claims_of(database)


@pytest.mark.parametrize("when", ["start", "crawl", "extract", "compare", "crawl-time", "all-time"])
def test_it_is_stopped_in_order_and_the_next_run_makes_it_whole(when, tmp_path, whole):
    database = tmp_path / "cakupan.db"
    first = run_demo(database, when)
    assert first["status"] == "stopped"
    match when:
        case "start":
            assert (first["pages_fetched"], first["articles_new"]) == (0, 0)
        case "crawl" | "all-time":
            # What came in is kept, and a batch of it is read.
            assert 2 <= first["articles_new"] < 14
            assert first["articles_read"] == 2
            assert first["unread"] == first["articles_new"] - 2
        case "crawl-time":
            assert 3 <= first["articles_read"] == first["articles_new"] < 14
            assert first["unread"] == due_in(database) == 0
        case "extract":
            assert (first["articles_new"], first["articles_read"], first["unread"]) == (14, 2, 12)
        case "compare":
            assert (first["articles_new"], first["unread"]) == (14, 0)
            assert due_in(database) > 0
    second = run_demo(database, "never")
    assert (second["status"], second["unread"], due_in(database)) == ("finished", 0, 0)
    assert claims_of(database) == whole


def test_the_second_sigterm_in_a_crawl_reads_nothing_and_is_told_all_the_same(tmp_path):
    summary = run_demo(tmp_path / "cakupan.db", "twice", code=130)
    assert (summary["status"], summary["articles_read"]) == ("interrupted", 0)


def test_the_first_sigterm_is_noted_and_the_second_is_as_ctrl_c():
    stop = Stop()
    before = signal.getsignal(signal.SIGTERM)
    with stop.on():
        assert not stop.is_due
        signal.raise_signal(signal.SIGTERM)
        assert stop.is_due and stop.is_crawl_due and stop.crawl_seconds == 0
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) == before


def test_whoever_heeds_it_is_called_instead_and_hurries_afterwards():
    called = []
    stop = Stop()
    with stop.on(), stop.heeded_by(lambda: called.append("stop"), lambda: called.append("leave")):
        signal.raise_signal(signal.SIGTERM)
        stop.hurry()
        signal.raise_signal(signal.SIGTERM)
    assert called == ["stop", "leave"]
    with pytest.raises(KeyboardInterrupt):
        stop.hurry()


def test_the_crawl_has_its_share_of_the_time_and_reading_the_rest():
    clock = Clock()
    stop = Stop(dt.timedelta(minutes=100), clock)
    assert stop.crawl_seconds == 100 * 60 * CRAWL_SHARE
    clock.now = 79 * 60
    assert (stop.is_crawl_due, stop.crawl_seconds) == (False, 60)
    clock.now = 81 * 60
    assert (stop.is_crawl_due, stop.crawl_seconds, stop.is_due, stop.ends_here()) == (True, 0, False, False)
    clock.now = 100 * 60
    assert (stop.is_due, stop.ends_here(), stop.has_left_work) == (True, True, True)


def test_without_a_time_it_never_ends_by_itself():
    clock = Clock()
    stop = Stop(None, clock)
    clock.now = 1e9
    assert (stop.is_due, stop.is_crawl_due, stop.crawl_seconds, stop.has_left_work) == (False, False, None, False)


REPLAY = """
import os, signal
from multiprocessing.context import SpawnProcess
start = SpawnProcess.start
def start_and_end_both(self):
    start(self)
    os.kill(self.pid, signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGTERM)
SpawnProcess.start = start_and_end_both
from corpus.cli import main
if __name__ == "__main__":
    main(["run", "--replay", "archive", "--json"])
"""


def test_a_replay_that_is_ended_with_its_child_ends_in_order_and_begins_no_other(tmp_path):
    """As `timeout` and a service without KillMode=mixed do it: both processes are told, which means one end."""
    recording = [sys.executable, SCRIPT.parents[1] / "record_demo.py", "recorded.db", "archive"]
    for revised in ([], ["revised"]):
        subprocess.run([*recording, *revised], cwd=tmp_path, check=True)
    (tmp_path / "replay.py").write_text(REPLAY, encoding="utf-8")
    done = subprocess.run([sys.executable, "replay.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (summary,) = map(json.loads, done.stdout.splitlines())
    assert (summary["kind"], summary["status"]) == ("replay", "stopped")
