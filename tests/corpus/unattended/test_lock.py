"""One command at a time fills a database. The others say who is at work, and nothing that reads waits for it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import RunUnderWay, StorageFailed
from corpus.schema import open_database
from corpus.unattended.lock import hold, is_held, lock_file

HOLDER = Path(__file__).with_name("hold_and_wait.py")


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "cakupan.db"
    open_database(path).close()
    return path


def cakupan(*arguments, cwd):
    command = [sys.executable, "-m", "corpus.cli", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CAKUPAN_")}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "--allow-local", "--db", "cakupan.db"],
        ["run", "--replay", ".", "--db", "cakupan.db"],
        ["backfill", ".", "--db", "cakupan.db"],
        ["extract", "--all", "--db", "cakupan.db"],
        ["demo", "--db", "cakupan.db"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_second_one_says_in_a_line_who_is_at_work_and_exits_75(database, noon, arguments):
    with hold(database, "run", lambda: noon):
        done = cakupan(*arguments, cwd=database.parent)
    assert done.returncode == 75
    (line,) = done.stderr.splitlines()
    assert f"`cakupan run` (process {os.getpid()} on " in line
    assert f"since {noon.isoformat()}) is at work on cakupan.db" in line
    assert "Try again when it is done" in line
    assert done.stdout == ""


@pytest.mark.parametrize("arguments", [["contradictions"], ["verify"], ["review", "--export", "-"], ["outlets"]])
def test_who_reads_does_not_ask_for_it(database, arguments):
    with hold(database, "run"):
        done = cakupan(*arguments, "--db", "cakupan.db", cwd=database.parent)
    assert done.returncode == 0, done.stderr


def test_it_says_who_has_it_and_nothing_when_nobody_has(database, noon):
    with hold(database, "backfill", lambda: noon):
        held = json.loads(lock_file(database).read_text(encoding="utf-8"))
    assert (held["pid"], held["command"], held["since"]) == (os.getpid(), "backfill", noon.isoformat())
    assert lock_file(database).read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    ("written", "held"),
    [
        (None, False),  # no file: nobody ever had it
        ("", False),
        ('{"pid": 1, "host": "another.example", "command": "run", "since": "2025-05-06"}', True),
    ],
)
def test_who_only_asks_does_not_try_the_lock(database, written, held):
    if written is not None:
        lock_file(database).write_text(written, encoding="utf-8")
    assert is_held(database) is held


def test_a_database_has_one_lock_by_whatever_name_it_is_called(database):
    link = database.with_name("lain.db")
    link.symlink_to(database)
    with hold(link, "run"), pytest.raises(RunUnderWay), hold(database, "run"):
        pass


def test_before_a_holder_has_said_who_it_is_nobody_knows(database):
    with hold(database, "run"):
        lock_file(database).write_text("", encoding="utf-8")
        with pytest.raises(RunUnderWay, match="another command is at work"), hold(database, "run"):
            pass


def test_a_killed_holder_leaves_no_lock_behind(database):
    with subprocess.Popen([sys.executable, HOLDER, database], stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline()
        with pytest.raises(RunUnderWay), hold(database, "run"):
            pass
        assert is_held(database)
        holder.kill()
    assert not is_held(database)
    with hold(database, "run"):
        assert str(os.getpid()) in lock_file(database).read_text(encoding="utf-8")


def test_a_child_that_is_still_at_work_keeps_it_where_its_parent_was_killed(database):
    with subprocess.Popen([sys.executable, HOLDER, database, "shared"], stdout=subprocess.PIPE) as holder:
        processes = {int(holder.stdout.readline()) for _ in range(2)}
        (child,) = processes - {holder.pid}
        holder.kill()
        holder.wait()
        with pytest.raises(RunUnderWay), hold(database, "run"):
            pass
        os.kill(child, signal.SIGKILL)
        assert holder.stdout.read() == b""  # when the last of them has ended
    with hold(database, "run"):
        pass


def test_where_there_can_be_no_lock_that_is_told_with_what_to_do(tmp_path):
    with pytest.raises(StorageFailed, match=r"cakupan\.db\.lock cannot be written .*--db"):  # noqa: SIM117
        with hold(tmp_path / "tiada" / "cakupan.db", "run"):
            pass
