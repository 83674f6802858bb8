"""Another process holds the database: a run waits for it, or ends and tells so; nothing of what it had is lost."""

import sqlite3
import threading

import pytest

from .conftest import FULL, assert_as_undisturbed


def hold(database):
    """Keep everybody else from writing, as another program in the midst of its work does."""
    other = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_a_run_waits_while_another_process_writes(desk, press, undisturbed):
    held = threading.Event()

    def trouble(handler, body):
        if press.answered < undisturbed.answers // 2 or held.is_set():
            handler.wfile.write(body)
            return
        held.set()
        other = hold(desk.database)
        handler.wfile.write(body)
        # Long enough for what this answer brings to be waiting for the lock; how long does not matter.
        threading.Timer(0.5, other.rollback).start()

    press.trouble = trouble
    desk.run()
    assert held.is_set()
    assert_as_undisturbed(desk, undisturbed)


@pytest.mark.skipif(not FULL, reason="half a minute of waiting: make faults")
def test_a_run_that_waited_too_long_ends_and_the_next_makes_it_good(desk, press, undisturbed):
    holders = []

    def trouble(handler, body):
        with press.progress:
            if press.answered >= undisturbed.answers // 2 and not holders:
                holders.append(hold(desk.database))
        handler.wfile.write(body)

    press.trouble = trouble
    _, told = desk.call("run", "--json", codes=(1,))
    assert "is being written by another process" in told
    assert "Traceback" not in told
    assert press.answered < undisturbed.answers, "nothing more is fetched where nothing can be kept"
    before = desk.reported()
    # `verify` waits too: SQLite checks its search indexes only for who may write.
    holders[0].rollback()
    assert desk.problems() == []
    press.calm()
    desk.run()
    assert before.items() <= desk.reported().items()
    assert_as_undisturbed(desk, undisturbed)
