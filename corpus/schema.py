"""Opening a database: made or brought up to date by migrations, and refused where it is not ours to touch.

Also the one description of every column, read from columns.toml.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3
import tomllib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database, Migrations

from corpus.errors import (
    ColumnsError,
    CorpusError,
    DatabaseBusy,
    MissingDatabase,
    NewerSchema,
    NotADatabase,
    OlderSchema,
    StorageFailed,
)
from corpus.migrations import STEPS, migrations

COLUMNS = Path(__file__).with_name("columns.toml")
BUSY_TIMEOUT_SECONDS = 30.0
CACHE_KIB = 64 * 1024
"""SQLite's own 2 MB hold no index of a large database: each row would have pages read and written many times over."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, and in what: a unit of measure, or the form of the text."""

    name: str
    description: str
    unit: str


@dataclass(frozen=True, slots=True)
class TableDescription:
    """What one row of a table or view is, and its columns in order."""

    name: str
    description: str
    columns: tuple[Column, ...]


def open_database(
    path: Path | str, *, read_only: bool = False, busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS
) -> Database:
    """Open the database at `path` ("" or ":memory:" for one in memory), making it or migrating it when writing.

    Foreign keys are enforced, readers never wait (WAL), and a second writer waits `busy_timeout_seconds`.
    Raises MissingDatabase or OlderSchema (reading only), NewerSchema, NotADatabase, DatabaseBusy, StorageFailed.
    """
    with explain(path, busy_timeout_seconds):
        connection = _connect(path, read_only=read_only, timeout=busy_timeout_seconds)
        try:
            db = Database(connection, execute_plugins=False)
            _refuse_strangers(db, path)
            pending = [step.name for step in migrations.pending(db)]
            if pending and read_only:
                raise OlderSchema(path, pending)
            if pending:
                _migrate(db)
            if not read_only:
                _use_wal(db)
                _describe(db)
            db.execute("PRAGMA foreign_keys = ON")
            db.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
        except BaseException:
            connection.close()
            raise
    return db


def schema_version(db: Database) -> int:
    """Give the number of migrations that the database has been through; 0 for an empty one."""
    return len(migrations.applied(db))


@contextlib.contextmanager
def explain(path: Path | str, waited_seconds: float) -> Iterator[None]:
    """Turn what SQLite says about the file (locked, full, damaged) into an error with advice; bugs stay bugs."""
    try:
        yield
    except sqlite3.Error as error:
        known = _known_trouble(error, path, waited_seconds)
        if known is None:
            raise
        raise known from error


@functools.cache
def load_columns(path: Path = COLUMNS) -> Mapping[str, TableDescription]:
    """Every table and view with its columns; raises ColumnsError where an entry is incomplete."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ColumnsError("the whole file", str(error)) from error
    return {name: _parse_table(name, table) for name, table in document.items()}


def _connect(path: Path | str, *, read_only: bool, timeout: float) -> sqlite3.Connection:
    if str(path) in {"", ":memory:"}:
        return sqlite3.connect(":memory:", timeout=timeout)
    file = Path(path)
    if read_only and not file.exists():
        raise MissingDatabase(path)
    if file.is_dir():
        raise NotADatabase(path, "is a folder")
    if not file.parent.is_dir():
        raise StorageFailed(
            path, f"there is no folder {file.parent}", "Make it first, or choose another place with --db."
        )
    # An address and not a plain path, so that reading can never make or change a file.
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}", uri=True, timeout=timeout)


def _refuse_strangers(db: Database, path: Path | str) -> None:
    tables = db.table_names()
    applied = [step.name for step in migrations.applied(db)]
    if tables and not applied and tables != [Migrations.migrations_table]:
        raise NotADatabase(path, "is a database of another program")
    if unknown := [name for name in applied if name not in STEPS]:
        raise NewerSchema(path, unknown)


def _migrate(db: Database) -> None:
    """Run the pending steps in one transaction: all or none, and never two processes at once."""
    db.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(db)
        broken = db.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise sqlite3.IntegrityError(f"a migration left rows without their parents: {broken[:3]}")
    except BaseException:
        db.rollback()
        raise
    db.commit()


def _describe(db: Database) -> None:
    """Put columns.toml into the database, where what is there is of another version of it."""
    edition = zlib.crc32(COLUMNS.read_bytes()) & 0x7FFF_FFFF
    if db.execute("PRAGMA user_version").fetchone()[0] == edition:
        return
    rows = [row for table in load_columns().values() for row in _dictionary_rows(table)]
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute("DELETE FROM data_dictionary")
        db.conn.executemany("INSERT INTO data_dictionary VALUES (?, ?, ?, ?, ?)", rows)
        db.execute(f"PRAGMA user_version = {edition}")
    except BaseException:
        db.rollback()
        raise
    db.commit()


def _dictionary_rows(table: TableDescription) -> Iterator[tuple[str, str, int, str | None, str]]:
    yield table.name, "", 0, None, table.description
    for position, column in enumerate(table.columns, start=1):
        yield table.name, column.name, position, column.unit, column.description


def _use_wal(db: Database) -> None:
    """Readers never wait in this mode, which the file remembers; a crash of the machine may cost the last commits."""
    try:
        db.enable_wal()
    except sqlite3.OperationalError as error:
        # SQLite does not wait here. Another process has just made the same file and is about to do the same.
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
    db.execute("PRAGMA synchronous = NORMAL")


def _known_trouble(error: sqlite3.Error, path: Path | str, waited_seconds: float) -> CorpusError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code, without the extension
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseBusy(path, waited_seconds)
        case sqlite3.SQLITE_NOTADB:
            return NotADatabase(path, "is not an SQLite database")
        case sqlite3.SQLITE_FULL:
            return StorageFailed(path, "the disk is full", "Free some space, then run again; what was stored is kept.")
        case sqlite3.SQLITE_CORRUPT:
            return StorageFailed(path, "the file is damaged", "Restore a backup, or try `sqlite3 FILE .recover`.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StorageFailed(path, f"cannot be opened for this ({error})", "Check the rights of file and folder.")
        case sqlite3.SQLITE_IOERR:
            return StorageFailed(path, f"could not be read or written ({error})", "Check the disk, then run again.")
        case _:
            return None


def _parse_table(name: str, table: object) -> TableDescription:
    if not isinstance(table, dict) or not isinstance(table.get("columns"), dict):
        raise ColumnsError(name, "has no table of columns")
    if not isinstance(table.get("description"), str):
        raise ColumnsError(name, "has no description")
    return TableDescription(
        name, table["description"], tuple(_parse_column(name, *item) for item in table["columns"].items())
    )


def _parse_column(table: str, name: str, entry: object) -> Column:
    if not isinstance(entry, dict) or set(entry) != {"description", "unit"} or not all(entry.values()):
        raise ColumnsError(f"{table}.{name}", "needs exactly a description and a unit")
    return Column(name, str(entry["description"]), str(entry["unit"]))
