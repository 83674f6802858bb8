"""What a backup says of itself, and whether it is still so: the file that is written last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from corpus.backup_folder import FILE
from corpus.backups.errors import DamagedBackup, NoBackup
from corpus.backups.snapshot import digest_of_file, problem_of

DATABASE = "cakupan.db"
ARCHIVE = "archive"
PARTIAL = ".partial"


@dataclass(frozen=True, slots=True)
class Saved:
    """A file as it was saved; `sha256` is in hexadecimal."""

    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup: when it was made (ISO, UTC) and by which version, its rows by table, and its files.

    `archive` has the WARC files by their paths below the archive's folder; None where they were left out.
    """

    made_at: str
    version: str
    rows: Mapping[str, int]
    database: Saved
    archive: Mapping[str, Saved] | None

    @property
    def size_bytes(self) -> int:
        """All its files together."""
        return self.database.size_bytes + sum(file.size_bytes for file in (self.archive or {}).values())

    def to_json(self) -> dict[str, object]:
        """Ready for `json.dumps`."""
        return asdict(self)


def read_manifest(backup: Path) -> Manifest:
    """What a backup says of itself. Raises NoBackup where it is none, or none that was finished, DamagedBackup."""
    if not backup.is_dir():
        raise NoBackup(backup, "is no folder")
    if backup.name.endswith(PARTIAL) or not (backup / FILE).is_file():
        raise NoBackup(backup, f"was not finished: it has no {FILE}, which is written last, or its name says so")
    try:
        facts = json.loads((backup / FILE).read_text(encoding="utf-8"))
        archive = facts["archive"]
        return Manifest(
            str(facts["made_at"]),
            str(facts["version"]),
            {str(table): int(count) for table, count in facts["rows"].items()},
            Saved(**facts["database"]),
            None if archive is None else {safe(name): Saved(**file) for name, file in archive.items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedBackup(backup / FILE, f"cannot be read ({error})") from error


def safe(name: str) -> str:
    """A path below the archive's folder, as it is; raises ValueError for one that leads out of it."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name or not path.parts:
        raise ValueError(f"{name!r} leads out of the archive")
    return name


def check_backup(backup: Path) -> Manifest:
    """Read all of a backup and hold it against what it says of itself. Raises NoBackup, DamagedBackup, OSError."""
    manifest = read_manifest(backup)
    check_files(backup, manifest)
    return manifest


def check_files(backup: Path, manifest: Manifest) -> None:
    """Read the files in a backup's folder and hold them against its manifest. Raises DamagedBackup, OSError."""
    check_file(backup / DATABASE, manifest.database)
    if problem := problem_of(backup / DATABASE, manifest.rows):
        raise DamagedBackup(backup / DATABASE, problem)
    for name, saved in (manifest.archive or {}).items():
        check_file(backup / ARCHIVE / name, saved)


def check_file(file: Path, saved: Saved) -> None:
    """Hold a file against what was saved. Raises DamagedBackup."""
    if not file.is_file():
        raise DamagedBackup(file, "is missing")
    if file.stat().st_size != saved.size_bytes:
        raise DamagedBackup(file, f"has {file.stat().st_size} bytes, and had {saved.size_bytes}")
    if digest_of_file(file) != saved.sha256:
        raise DamagedBackup(file, "is not what was saved, by its SHA-256")
