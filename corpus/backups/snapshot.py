"""A copy of a database as it is at one moment, taken while others write, and whether a copy holds."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from corpus.schema import BUSY_TIMEOUT_SECONDS, explain

CHUNK = 1 << 20


def copy_database(source: Path, target: Path) -> dict[str, int]:
    """Write the database as it is now to a new file, and give the number of rows of each of its tables.

    Whoever writes meanwhile is not kept waiting. Raises what `corpus.schema.explain` makes of trouble with `source`,
    and sqlite3.Error where the copy cannot be written.
    """
    with (
        contextlib.closing(connect(source)) as old,
        contextlib.closing(sqlite3.connect(target, isolation_level=None)) as new,
    ):
        with explain(source, BUSY_TIMEOUT_SECONDS):
            # One moment for the counts and for the copy.
            old.execute("BEGIN")
            counts = count_rows(old)
        old.backup(new)
        # One file that says all, without a log beside it.
        new.execute("PRAGMA journal_mode = DELETE")
    return counts


def problem_of(database: Path, counts: Mapping[str, int]) -> str | None:
    """Why a copy is not the database that was copied: SQLite's own checks, references, rows; None where it is."""
    try:
        with contextlib.closing(connect(database)) as db:
            for (message,) in db.execute("PRAGMA integrity_check(1)"):
                if message != "ok":
                    return f"is damaged ({message})"
            if orphan := db.execute("PRAGMA foreign_key_check").fetchone():
                return f"has a row of {orphan[0]} that refers to none of {orphan[2]}"
            found = count_rows(db)
    except sqlite3.DatabaseError as error:
        return f"cannot be read ({error})"
    for table in counts.keys() | found.keys():
        if found.get(table) != counts.get(table):
            return f"has {found.get(table, 0)} rows of {table}, and had {counts.get(table, 0)}"
    return None


def count_rows(db: sqlite3.Connection) -> dict[str, int]:
    """The number of rows of each table."""
    names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: db.execute(f"SELECT count(*) FROM [{name}]").fetchone()[0] for (name,) in names}


def connect(database: Path) -> sqlite3.Connection:
    """The database, to be read only."""
    return sqlite3.connect(
        f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None
    )


def digest_of_file(file: Path, size: int | None = None) -> str:
    """SHA-256 of a file, or of its first `size` bytes, in hexadecimal."""
    digest = hashlib.sha256()
    left = file.stat().st_size if size is None else size
    with file.open("rb") as opened:
        while left and (chunk := opened.read(min(CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
    return digest.hexdigest()


def copy_file(source: Path, target: Path) -> tuple[int, str]:
    """Copy a file that may still grow, as far as it goes now; size and SHA-256 of what was copied."""
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as old, target.open("xb") as new:
        left = size = os.fstat(old.fileno()).st_size
        while left and (chunk := old.read(min(CHUNK, left))):
            digest.update(chunk)
            new.write(chunk)
            left -= len(chunk)
        new.flush()
        os.fsync(new.fileno())
    return size - left, digest.hexdigest()


def sync(path: Path) -> None:
    """Have a file, or a folder's names, on disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
