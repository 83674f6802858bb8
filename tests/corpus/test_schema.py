"""Opening a database: what is made, what is brought up to date, what is refused and in which words."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlite_utils import Database, Migrations

from corpus.errors import (
    ColumnsError,
    CorpusError,
    MissingDatabase,
    NewerSchema,
    NotADatabase,
    OlderSchema,
    StorageFailed,
)
from corpus.migrations import STEPS, migrations
from corpus.schema import load_columns, open_database, schema_version


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cakupan.db"


def close_after(path, *steps):
    """Make a database that has been through all steps before the one named."""
    connection = sqlite3.connect(path)
    migrations.apply(Database(connection), stop_before=steps)
    connection.close()


def described_tables(db):
    search = ("articles_fts", "quotes_fts")
    hidden = {Migrations.migrations_table} | {name for name in db.table_names() if name.startswith(search)}
    return {name for name in [*db.table_names(), *db.view_names()] if name not in hidden}


def test_a_new_database_has_every_step_and_keeps_its_rules(path):
    db = open_database(path)
    assert schema_version(db) == len(STEPS)
    assert db.journal_mode == "wal"
    assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert db.execute("PRAGMA busy_timeout").fetchone() == (30_000,)
    db.close()


def test_opening_again_changes_nothing(path):
    open_database(path).close()
    before = path.read_bytes()
    open_database(path).close()
    assert path.read_bytes() == before


def test_every_column_is_described_and_nothing_else():
    db = open_database(":memory:")
    described = {name: [column.name for column in table.columns] for name, table in load_columns().items()}
    assert set(described) == described_tables(db)
    for name, columns in described.items():
        assert columns == [column.name for column in db[name].columns], name
    db.close()


def test_the_file_tells_itself_what_its_columns_mean(path):
    open_database(path).close()
    with sqlite3.connect(path) as connection:
        told = "select unit, description from data_dictionary where table_name = ? and column_name = ?"
        assert connection.execute(told, ["claims", "value"]).fetchone() == ("as in unit", "The meant value")
        assert connection.execute(told, ["repairs", ""]).fetchone()[1].startswith("One row for each claim whose")
        # As an older edition would have left it.
        connection.execute("update data_dictionary set description = 'nothing'")
        connection.execute("pragma user_version = 1")
    connection.close()
    db = open_database(path)
    assert db.execute("select count(*) from data_dictionary where description = 'nothing'").fetchone() == (0,)
    assert db.execute("select count(*) from data_dictionary where column_name <> ''").fetchone() == (
        sum(len(table.columns) for table in load_columns().values()),
    )
    db.close()


def test_an_article_stored_before_search_came_is_found_after(path):
    close_after(path, "search")
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO articles (id, title, text, revision, first_seen_at, last_seen_at)"
        " VALUES ('a1', 'Malra menuju UHC', 'kata Bupati André', 1, '2025-05-06', '2025-05-06')"
    )
    connection.commit()
    connection.close()
    db = open_database(path)
    assert [row["id"] for row in db.table("articles").search("andre")] == ["a1"]
    assert schema_version(db) == len(STEPS)
    db.close()


@pytest.mark.parametrize("step", STEPS)
def test_every_earlier_schema_comes_up_to_date(path, step):
    close_after(path, step)
    upgraded, new = open_database(path), open_database(":memory:")
    assert upgraded.schema == new.schema
    upgraded.close()
    new.close()


def test_a_step_that_fails_leaves_the_database_as_it_was(path, monkeypatch):
    close_after(path, "search")

    def broken(db):
        db.execute("CREATE TABLE half (done)")
        raise RuntimeError("no further")

    monkeypatch.setattr(migrations._migrations[-1], "fn", broken)
    with pytest.raises(RuntimeError, match="no further"):
        open_database(path)
    with sqlite3.connect(path) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    connection.close()
    assert "claims" in names
    assert not names & {"half", "articles_fts"}


def test_several_may_make_the_same_database_at_once(path):
    start = threading.Barrier(4)

    def make(_):
        start.wait()
        db = open_database(path)
        version = schema_version(db)
        db.close()
        return version

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(make, range(4))) == [len(STEPS)] * 4


def test_a_newer_database_is_refused_with_a_way_out(path):
    db = open_database(path)
    later = {"migration_set": "cakupan", "name": "forecasts", "applied_at": "2031-01-01"}
    db.table(Migrations.migrations_table).insert(later)
    db.close()
    for read_only in (False, True):
        with pytest.raises(
            NewerSchema, match=r"newer cakupan \(unknown schema steps: forecasts\)\. Upgrade cakupan, or"
        ):
            open_database(path, read_only=read_only)


def test_an_older_database_is_not_migrated_by_reading_it(path):
    close_after(path, "search")
    before = path.read_bytes()
    with pytest.raises(OlderSchema, match="`cakupan run`"):
        open_database(path, read_only=True)
    assert path.read_bytes() == before


def test_reading_needs_a_database_and_cannot_write_to_it(path):
    with pytest.raises(MissingDatabase, match="`cakupan demo`"):
        open_database(path, read_only=True)
    assert not path.exists()
    open_database(path).close()
    db = open_database(path, read_only=True)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM articles")
    db.close()


def test_files_that_are_not_ours_are_refused_and_left_alone(tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("Bukan basis data, hanya catatan. " * 100)
    other = tmp_path / "browser.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    for path, words in [(text, "not an SQLite database"), (other, "another program"), (tmp_path, "is a folder")]:
        before = path.read_bytes() if path.is_file() else None
        for read_only in (False, True):
            with pytest.raises(NotADatabase, match=rf"{words}.*--db"):
                open_database(path, read_only=read_only)
        assert before is None or path.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StorageFailed, match=r"there is no folder .*nowhere"):
        open_database(tmp_path / "nowhere" / "cakupan.db")


def test_names_with_signs_that_mean_something_in_addresses(tmp_path):
    path = tmp_path / "data 100%?mode=ro#1.db"
    open_database(path).close()
    assert path.exists()


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ("[claims", "the whole file"),
        ("[claims]\ndescription = 'x'", "claims"),
        ("[claims]\n[claims.columns]\n", "claims"),
        ("[claims]\ndescription = 'x'\n[claims.columns]\nvalue = { description = 'y' }", "claims.value"),
    ],
)
def test_a_broken_description_names_file_and_entry(tmp_path, broken, named):
    file = tmp_path / "columns.toml"
    file.write_text(broken)
    with pytest.raises(ColumnsError, match=rf"columns\.toml, {named}:"):
        load_columns(file)


def test_all_errors_share_a_base():
    assert issubclass(NewerSchema, CorpusError)


def test_what_the_log_of_fetches_remembered_of_pages_is_not_forgotten(path):
    """Before `urls`, validators and stamps stood in the log of fetches; the last fetch of a page is what is known."""
    close_after(path, "remember_addresses")
    connection = sqlite3.connect(path)
    connection.executescript("""
        INSERT INTO runs (id, kind, status, version, started_at) VALUES (1, 'run', 'finished', '1', '2025-05-06');
        INSERT INTO articles (id, url, revision, first_seen_at, last_seen_at, text)
        VALUES ('a1', 'http://www.kabar.id/jkn/', 1, '2025-05-06', '2025-05-06', 'Isi.');
        INSERT INTO fetches (run, page, kind, url, fetched_at, etag, modified) VALUES
            (1, 'a1', 'article', 'http://www.kabar.id/jkn/', '2025-05-06', '"1"', 'm1'),
            (1, 'a1', 'article', 'http://www.kabar.id/jkn/', '2025-05-07', '"2"', 'm2'),
            (1, 'f1', 'listing', 'https://kabar.id/feed', '2025-05-07', '"9"', NULL),
            (1, 'i1', 'irrelevant', 'https://kabar.id/bola', '2025-05-07', NULL, NULL);
    """)
    connection.close()
    db = open_database(path)
    known = list(
        db.query("select page, canonical, state, article_id, etag, modified, first_seen_at, fetched_at from urls")
    )
    days = {"first_seen_at": "2025-05-06", "fetched_at": "2025-05-07"}
    article = {"page": "a1", "canonical": "https://kabar.id/jkn", "state": "article", "article_id": "a1"}
    assert known[0] == article | {"etag": '"2"', "modified": "m2"} | days
    assert (known[1]["state"], known[1]["article_id"]) == ("irrelevant", None)
    assert db.execute("select count(*) from fetches").fetchone() == (4,)
    db.close()


def test_the_data_dictionary_is_what_columns_toml_says():
    """If this fails: make docs."""
    from dictionary_page import PAGE, page

    assert PAGE.read_text(encoding="utf-8") == page()
