"""What the database and the archive take of the disk, and what is left."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.backup_folder import find_backups, made_at

UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")


@dataclass(frozen=True, slots=True)
class Space:
    """A file system that something of ours lies on: `place` is what, in bytes all else."""

    place: Path
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Disk:
    """Sizes in bytes; `archive` is None where there is none. A file system is told once, however much lies on it."""

    database: int
    wal: int
    archive: int | None
    spaces: tuple[Space, ...]


@dataclass(frozen=True, slots=True)
class Backups:
    """The folder of backups, and when the newest one there was made; None where there is none."""

    folder: Path
    last_at: dt.datetime | None


def measure_disk(database: Path, archive: Path | None) -> Disk:
    """Sizes as they are now; what is not there has none."""
    there = archive if archive is not None and archive.is_dir() else None
    return Disk(
        database=size_of(database),
        wal=size_of(database.with_name(f"{database.name}-wal")),
        archive=sum(map(size_of, files_below(there))) if there is not None else None,
        spaces=tuple(spaces_of([database, *([there] if there else [])])),
    )


def size_of(file: Path) -> int:
    """Bytes of a file; 0 where there is none, as of one that was dropped meanwhile."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def files_below(folder: Path) -> Iterator[Path]:
    """Every file of a folder and its folders; links are not followed."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            yield path


def spaces_of(places: list[Path]) -> Iterator[Space]:
    """The file systems that these lie on, each once."""
    seen: set[int] = set()
    for place in places:
        if place.exists() and (device := place.stat().st_dev) not in seen:
            seen.add(device)
            usage = shutil.disk_usage(place)
            yield Space(place, usage.free, usage.total)


def newest_backup(folder: Path) -> Backups | None:
    """When the newest finished backup of a folder was made; None where there is no such folder."""
    if not folder.is_dir():
        return None
    made = find_backups(folder)
    return Backups(folder, made_at(made[-1]) if made else None)


def describe_size(size: float) -> str:
    """Bytes for people: "12 MiB"."""
    for unit in UNITS:
        if size < 1024 or unit == UNITS[-1]:
            break
        size /= 1024
    return f"{size:.0f} {unit}" if unit in UNITS[:2] or size >= 10 else f"{size:.1f} {unit}"
