"""The files of an archive by their names. A name out of the database is looked up here and never made into a path."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

from corpus.errors import CorpusError
from crawler.archive.earlier import close_left_open
from crawler.archive.index import find_files
from crawler.archive.write import OPEN, iter_left_open

STAMP = re.compile(r"-(\d{14})-run\d+\.warc\.gz$")


class ArchiveInUse(CorpusError):  # noqa: N818 - named by the fact, like the errors of corpus.errors
    """A run is writing to the archive."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is being written by a run. Let that one finish, then try again.")


class UnsafeName(CorpusError):  # noqa: N818
    """The database names a file of the archive that is no plain name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the database names {name!r} as a file of the archive, which is no plain file name, so nothing was "
            "touched. `cakupan verify` tells where it stands."
        )


def is_plain(name: str) -> bool:
    """Whether it names a file and no place: nothing that leads into or out of a folder."""
    return bool(name) and not set(name) & set("/\\:\0") and name not in {".", ".."}


def archive_files(folders: Iterable[Path]) -> dict[str, Path]:
    """Every WARC file that lies within the folders, by name, those still open too under the name they will have.

    In the order of outlets and times. A link that leads out of a folder is passed over.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        root = folder.resolve()
        for path in sorted(find_files([folder])) if folder.is_dir() else ():
            if path.resolve().is_relative_to(root):
                found.setdefault(path.name.removesuffix(OPEN), path)
    return found


def close_archive(folder: Path) -> None:
    """Close what killed runs left open; raises ArchiveInUse where a run is writing."""
    for below in sorted({path.parent for path in folder.rglob(f"*{OPEN}")}):
        free = set(iter_left_open(below))
        busy = next((path for path in sorted(below.glob(f"*{OPEN}")) if path not in free), None)
        if busy is not None:
            raise ArchiveInUse(busy)
        close_left_open(below)


def written_on(path: Path) -> dt.date:
    """The day on which a file was begun, as its name tells; of a file of others, the day it was last changed."""
    stamp = STAMP.search(path.name)
    if stamp is not None:
        return dt.datetime.strptime(stamp[1], "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC).date()
    return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).date()
