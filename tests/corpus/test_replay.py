"""A recorded run, crawled again from its files, gives the same rows; nothing is fetched that is not in them."""

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.replay import replay
from corpus.schema import open_database
from corpus.store import RunStatus

SCRIPT = Path(__file__).with_name("record_demo.py")
TABLES = (
    "articles",
    "revisions",
    "mentions",
    "claims",
    "repairs",
    "checks",
    "check_claims",
    "urls",
    "feeds",
    "fetches",
)
# Outlets are worked side by side, so whose article comes first is chance.
BY_CHANCE = {"id", "number"}


def record(database, archive, *revised):
    done = subprocess.run(
        [sys.executable, "-W", "error", str(SCRIPT), str(database), str(archive), *revised],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A database and an archive of two runs; between them one article was corrected."""
    folder = tmp_path_factory.mktemp("recorded")
    record(folder / "cakupan.db", folder / "archive")
    record(folder / "cakupan.db", folder / "archive", "revised")
    return folder


def rows(database):
    db = open_database(database, read_only=True)
    found = {}
    for table in TABLES:
        drop = BY_CHANCE if table in {"articles", "fetches"} else set()
        table_rows = (
            {key: value for key, value in row.items() if key not in drop} for row in db.query(f"select * from {table}")
        )
        found[table] = sorted(map(repr, table_rows))
    return found


def test_replayed_runs_give_the_same_rows(recorded, tmp_path):
    summaries = list(replay([recorded / "archive"], tmp_path / "again.db"))
    assert [summary.status for summary in summaries] == [RunStatus.FINISHED] * 2
    assert [summary.errors for summary in summaries] == [{}, {}]
    assert (summaries[0].articles_new, summaries[1].articles_new, summaries[1].articles_revised) == (14, 0, 1)
    mine, again = rows(recorded / "cakupan.db"), rows(tmp_path / "again.db")
    for table in TABLES:
        assert mine[table], table
        assert mine[table] == again[table], table
    kinds = open_database(tmp_path / "again.db", read_only=True).execute("select distinct kind from runs").fetchall()
    assert kinds == [("replay",)]
