"""A backup made: the database first, then the files of the archive, for every page is in those before it is in that.

It is written beside under the name of a part, checked, and renamed. Files of the archive that the backup before has are
not copied again: both have one file on disk between them, which is never the archive's own.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.backup_folder import FILE, NAME, find_backups, name_of
from corpus.backups.errors import BackupFailed, DamagedBackup
from corpus.backups.manifest import (
    ARCHIVE,
    DATABASE,
    PARTIAL,
    Manifest,
    Saved,
    check_files,
    read_manifest,
)
from corpus.backups.snapshot import copy_database, copy_file, digest_of_file, sync
from corpus.errors import CorpusError, MissingDatabase
from crawler.archive.index import find_files
from crawler.archive.write import OPEN
from extract import __version__

Watch = Callable[[int, int], None]
"""Told how many files of the archive are done, out of how many."""


def unwatched(done: int, total: int) -> None:
    """Progress for nobody."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is finished, with how many of its files were copied and how many it shares with the one before."""

    place: Path
    manifest: Manifest
    copied: int
    shared: int


def back_up(database: Path, archive: Path | None, folder: Path, *, at: dt.datetime, watch: Watch = unwatched) -> Backup:
    """Make a backup of the database, and of the archive unless it is None, in a folder of its own below `folder`.

    Runs may go on meanwhile. Raises MissingDatabase, and BackupFailed where it cannot be made or does not hold.
    """
    if not database.is_file():
        raise MissingDatabase(database)
    place = folder / name_of(at)
    part = place.with_name(place.name + PARTIAL)
    try:
        if place.exists() or part.exists():
            raise BackupFailed(place, "another one has this name")
        earlier = find_backups(folder)
        part.mkdir(parents=True)
        with removed_where_in_vain(part):
            rows = copy_database(database, part / DATABASE)
            sync(part / DATABASE)
            saved = Saved((part / DATABASE).stat().st_size, digest_of_file(part / DATABASE))
            kept = _Keeper(part / ARCHIVE, earlier[-1] if earlier else None)
            files = None if archive is None else dict(kept.keep_all(archive, watch))
            manifest = Manifest(at.isoformat(timespec="seconds"), __version__, rows, saved, files)
            written = part / FILE
            written.write_text(json.dumps(manifest.to_json(), indent=1) + "\n", encoding="utf-8")
            sync(written)
            check_files(part, manifest)
            part.rename(place)
        sync(folder)
    except DamagedBackup as error:
        raise BackupFailed(folder, f"what was written could not be read back ({error})") from error
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BackupFailed(folder, reason) from error
    return Backup(place, manifest, kept.copied, kept.shared)


@contextlib.contextmanager
def removed_where_in_vain(part: Path) -> Iterator[None]:
    """Take away what was written, where the block does not end well."""
    try:
        yield
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


class _Keeper:
    """Copies an archive's files, but for those that the backup before has."""

    def __init__(self, folder: Path, before: Path | None) -> None:
        self.folder = folder
        self.before: Mapping[str, Saved] = {}
        self.copied = self.shared = 0
        if before is not None:
            self.before_folder = before / ARCHIVE
            with contextlib.suppress(CorpusError):
                self.before = read_manifest(before).archive or {}

    def keep_all(self, archive: Path, watch: Watch) -> Iterator[tuple[str, Saved]]:
        """Every WARC file below the archive's folder, by its path there."""
        files = sorted(find_files([archive])) if archive.is_dir() else []
        for done, path in enumerate(files, start=1):
            yield self.keep(archive, path)
            watch(done, len(files))

    def keep(self, archive: Path, path: Path) -> tuple[str, Saved]:
        name = path.relative_to(archive).as_posix()
        if name.endswith(OPEN) and not path.exists():
            # The run that was writing it has ended since.
            path = path.with_name(path.name.removesuffix(OPEN))
            name = name.removesuffix(OPEN)
        target = self.folder / name
        if saved := self.share(name, path, target):
            self.shared += 1
            return name, saved
        self.copied += 1
        return name, Saved(*copy_file(path, target))

    def share(self, name: str, path: Path, target: Path) -> Saved | None:
        """The file as the backup before has it, where that is the same, named here too."""
        saved = self.before.get(name)
        if saved is None or name.endswith(OPEN) or path.stat().st_size != saved.size_bytes:
            return None
        # A closed file is changed only where an article was taken out of it, and keeps its size then.
        if digest_of_file(path) != saved.sha256:
            return None
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(self.before_folder / name, target)
        except OSError:
            return None
        return saved


def rotate(folder: Path, keep: int) -> list[Path]:
    """Take away all but the newest `keep` finished backups, and parts that a broken-off one left; which they were."""
    old: Iterable[Path] = find_backups(folder)[:-keep]
    parts = [path for path in folder.iterdir() if is_part(path)]
    gone = [*old, *parts]
    for path in gone:
        # Not one that seems finished and is half there.
        (path / FILE).unlink(missing_ok=True)
        shutil.rmtree(path)
    return gone


def is_part(path: Path) -> bool:
    """Whether a backup that broke off left it."""
    return path.name.endswith(PARTIAL) and NAME.fullmatch(path.name.removesuffix(PARTIAL)) is not None
