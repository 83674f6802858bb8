"""A recorded run, crawled again from its files, gives the same rows; nothing is fetched that is not in them."""

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.config import load_config
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
    """All rows without their numbers: outlets are worked side by side, so whose article comes first is chance."""
    db = open_database(database, read_only=True)
    found = {}
    for table in TABLES:
        drop = {"articles": {"number"}, "fetches": {"id"}, "revisions": {"fetch"}}.get(table, set())
        question = f"select * from {table}"
        if table == "revisions":
            question = "select r.*, f.warc_file, f.warc_offset from revisions as r join fetches as f on f.id = r.fetch"
        table_rows = ({key: value for key, value in row.items() if key not in drop} for row in db.query(question))
        found[table] = sorted(map(repr, table_rows))
    return found


def test_where_the_archive_cannot_be_written_the_run_has_failed(tmp_path):
    (tmp_path / "archive").write_text("a file where the folder should be", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path / "x.db"), str(tmp_path / "archive")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "ArchiveFailed" in done.stderr and "make room, then run again" in done.stderr
    db = open_database(tmp_path / "x.db", read_only=True)
    assert db.execute("select status from runs").fetchall() == [("failed",)]
    assert db.execute("select count(*) from articles").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("setting", "folder"), [("", Path("archive")), ('archive = "warc"', Path("warc")), ('archive = ""', None)]
)
def test_the_folder_of_the_archive_is_a_setting(tmp_path, setting, folder):
    (tmp_path / "cakupan.toml").write_text(setting, encoding="utf-8")
    assert load_config(tmp_path / "cakupan.toml", {}).archive == folder


def test_replayed_runs_give_the_same_rows(recorded, tmp_path):
    summaries = list(replay([recorded / "archive"], tmp_path / "again.db"))
    assert [summary.status for summary in summaries] == [RunStatus.FINISHED] * 2
    assert [summary.errors for summary in summaries] == [{}, {}]
    assert (summaries[0].articles_new, summaries[1].articles_new, summaries[1].articles_revised) == (14, 0, 1)
    kept = open_database(recorded / "cakupan.db", read_only=True).execute(
        "select count(*), count(warc_file), count(warc_offset) from fetches where kind <> 'lost'"
    )
    assert len(set(kept.fetchone())) == 1, "of every answer it is known where it lies"
    mine, again = rows(recorded / "cakupan.db"), rows(tmp_path / "again.db")
    for table in TABLES:
        assert mine[table], table
        assert mine[table] == again[table], table
    kinds = open_database(tmp_path / "again.db", read_only=True).execute("select distinct kind from runs").fetchall()
    assert kinds == [("replay",)]


OF_THE_RUN_ITSELF = {
    "runs": ("started_at", "ended_at"),
    "_sqlite_migrations": ("applied_at",),
}
"""The only columns in which two replays of one archive may differ."""


def everything(database, without=OF_THE_RUN_ITSELF):
    """Every table with every row in the order of its key, the numbers of rows and derived tables included."""
    db = open_database(database, read_only=True)
    found = {}
    for table in db.table_names():
        columns = [column for column in db.table(table).columns_dict if column not in without.get(table, ())]
        named = ", ".join(f"[{column}]" for column in columns)
        found[table] = sorted(map(repr, db.execute(f"select {named} from [{table}]").fetchall()))
    return found


def test_two_replays_give_the_same_rows_to_the_number(recorded, tmp_path):
    for name in ("one.db", "two.db"):
        list(replay([recorded / "archive"], tmp_path / name))
    one, two = everything(tmp_path / "one.db"), everything(tmp_path / "two.db")
    assert {"articles", "fetches", "standing", "comparisons_due", "articles_fts_data", "quotes_fts_data"} <= set(one)
    for table in one:
        assert one[table] == two[table], table
    assert one["articles"] and one["fetches"] and one["standing"]


def test_a_second_replay_into_the_same_database_adds_runs_and_fetches_only(recorded, tmp_path):
    database = tmp_path / "again.db"
    list(replay([recorded / "archive"], database))
    once = everything(database)
    list(replay([recorded / "archive"], database))
    twice = everything(database)
    assert {table for table in once if once[table] != twice[table]} <= {"runs", "fetches"}
    assert len(twice["runs"]) == 4 and set(once["fetches"]) < set(twice["fetches"])
