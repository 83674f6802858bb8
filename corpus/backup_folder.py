"""A folder of backups: how each is called, and which are finished. What is in one is told by corpus/backups."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

FILE = "manifest.json"
"""Written last: a backup without it was not finished."""
STAMP = "cakupan-%Y%m%dT%H%M%SZ"
NAME = re.compile(r"cakupan-\d{8}T\d{6}Z")


def name_of(moment: dt.datetime) -> str:
    """The name of a backup that is made at an aware moment.

    >>> name_of(dt.datetime(2025, 5, 6, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=7))))
    'cakupan-20250506T050000Z'
    """
    return moment.astimezone(dt.UTC).strftime(STAMP)


def find_backups(folder: Path) -> list[Path]:
    """The finished backups in a folder, the oldest first."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name) and (path / FILE).is_file())


def made_at(backup: Path) -> dt.datetime:
    """When a backup was made, by its name."""
    return dt.datetime.strptime(f"{backup.name}+0000", f"{STAMP}%z")
