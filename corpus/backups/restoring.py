"""A backup put back: read through before anything is touched, written beside, read again, and renamed into its place.

What was there is kept beside. Files of the archive that are as the backup has them stay, and so do those that it does
not have: they were written since, and harm nothing.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.backups.errors import DamagedBackup, RestoreFailed, RestoreRefused
from corpus.backups.manifest import ARCHIVE, DATABASE, Manifest, Saved, check_backup, check_file
from corpus.backups.snapshot import copy_file, digest_of_file, problem_of, sync
from corpus.errors import OlderSchema
from corpus.schema import open_database
from crawler.archive.write import OPEN

LOGS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, and belongs to it."""
RESTORING = ".restoring"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back. `aside` is where what was there before is now; `files` were written, `kept` left."""

    manifest: Manifest
    aside: tuple[Path, ...]
    files: int
    kept: int


def restore(backup: Path, database: Path, archive: Path | None, *, at: dt.datetime, force: bool = False) -> Restored:
    """Put a backup's database, and its archive unless it is None, into their places.

    Raises NoBackup and DamagedBackup where the backup is not to be trusted, RestoreRefused where there is a database
    and `force` was not given, NewerSchema, RestoreFailed.
    """
    manifest = check_backup(backup)
    check_version(backup / DATABASE)
    if database.exists() and not force:
        raise RestoreRefused(database)
    suffix = f".before-{at:%Y%m%dT%H%M%SZ}"
    aside: list[Path] = []
    try:
        written = kept = 0
        for name, saved in (manifest.archive or {}).items() if archive is not None else ():
            assert archive is not None
            if holds_already(archive, name, saved):
                kept += 1
                continue
            former = archive.with_name(archive.name + suffix) / name
            put_back(backup / ARCHIVE / name, archive / name, saved, aside, former)
            written += 1
        put_database(backup / DATABASE, database, manifest, aside, suffix)
    except OSError as error:
        raise RestoreFailed(Path(error.filename or database), error.strerror or str(error)) from error
    return Restored(manifest, tuple(aside), written, kept)


def check_version(database: Path) -> None:
    """Raise NewerSchema or NotADatabase where this version cannot work with it; an older one is brought up to date."""
    try:
        open_database(database, read_only=True).close()
    except OlderSchema:
        return


def holds_already(archive: Path, name: str, saved: Saved) -> bool:
    """Whether the archive has a file as it was saved; one still being written then may have grown since, and ended."""
    for path in dict.fromkeys((archive / name, archive / name.removesuffix(OPEN))):
        if not path.is_file() or path.is_symlink():
            continue
        size = path.stat().st_size
        has_grown = name.endswith(OPEN) and size > saved.size_bytes
        if (size == saved.size_bytes or has_grown) and digest_of_file(path, saved.size_bytes) == saved.sha256:
            return True
    return False


def put_back(source: Path, target: Path, saved: Saved, aside: list[Path], former: Path) -> None:
    """Write a file of the archive into its place; one of that name is called `former` from then on."""
    beside = target.with_name(target.name + RESTORING)
    beside.unlink(missing_ok=True)
    copy_file(source, beside)
    check_file(beside, saved)
    if target.exists():
        former.parent.mkdir(parents=True, exist_ok=True)
        target.rename(former)
        aside.append(former)
    beside.rename(target)
    sync(target.parent)


def put_database(source: Path, target: Path, manifest: Manifest, aside: list[Path], suffix: str) -> None:
    """Write the database into its place, and read it there once more; what is there goes aside with its log."""
    beside = target.with_name(target.name + RESTORING)
    for path in (beside, *with_logs(beside)):
        path.unlink(missing_ok=True)
    copy_file(source, beside)
    check_file(beside, manifest.database)
    if problem := problem_of(beside, manifest.rows):
        beside.unlink()
        raise DamagedBackup(source, f"could not be read back once it was copied: it {problem}")
    settle(target)
    for path in (target, *with_logs(target)):
        if path.exists():
            place = path.with_name(path.name.replace(target.name, target.name + suffix, 1))
            path.rename(place)
            aside.append(place)
    beside.rename(target)
    sync(target.parent)


def settle(database: Path) -> None:
    """Bring what is in a database's log into it, where that can be done: then one file says all."""
    if not database.exists():
        return
    try:
        db = sqlite3.connect(database)
        try:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            db.close()
    except sqlite3.Error:
        # It may be what has to be restored from; it goes aside as it is, log and all.
        return


def with_logs(database: Path) -> Iterator[Path]:
    """What SQLite may keep beside a database."""
    return (database.with_name(database.name + ending) for ending in LOGS)
