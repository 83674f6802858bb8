"""Files of the archive that are older than they need be are dropped; the database tells of each, and claims say so.

The row comes first and the file goes last, so a file that the database calls dropped and that is still there is what an
interruption left, and goes with the next call.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus import rows
from corpus.store import Store
from corpus.trust.files import UnsafeName, archive_files, is_plain, written_on
from crawler.archive.write import OPEN


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file to be dropped; `claims` were read from pages that lie in it. `left_over` from a call that broke off."""

    name: str
    path: Path
    outlet: str | None
    size_bytes: int
    written_on: dt.date
    claims: int
    left_over: bool

    def to_json(self) -> dict[str, object]:
        """Ready for `json.dumps`."""
        return {
            "file": self.name,
            "outlet": self.outlet,
            "size_bytes": self.size_bytes,
            "written_on": self.written_on.isoformat(),
            "claims": self.claims,
        }


def find_old(store: Store, archive: Path, before: dt.date) -> list[OldFile]:
    """The files of an archive that were written before a day, the oldest first; none that a run is writing.

    Raises UnsafeName where the database names one that is no plain name.
    """
    dropped = {name for (name,) in store.db.execute("SELECT file FROM dropped_files")}
    named = (name for (name,) in store.db.execute("SELECT DISTINCT warc_file FROM fetches WHERE warc_file IS NOT NULL"))
    for names in (sorted(dropped), named):
        refuse_places(names)
    found = [
        describe(store, name, path, left_over=name in dropped)
        for name, path in archive_files([archive]).items()
        if not path.name.endswith(OPEN) and not path.is_symlink()
    ]
    old = [file for file in found if file.left_over or file.written_on < before]
    return sorted(old, key=lambda file: (file.written_on, file.name))


def refuse_places(names: Iterable[str]) -> None:
    """Raise UnsafeName for what is no plain name."""
    for name in names:
        if not is_plain(name):
            raise UnsafeName(name)


def describe(store: Store, name: str, path: Path, *, left_over: bool) -> OldFile:
    """What is known of a file."""
    outlet, claims = store.db.execute(
        """SELECT max(fetches.outlet), count(claims.id) FROM fetches
           LEFT JOIN revisions ON revisions.fetch = fetches.id
           LEFT JOIN claims ON claims.article_id = revisions.article_id AND claims.revision = revisions.revision
           WHERE warc_file = ?""",
        [name],
    ).fetchone()
    return OldFile(name, path, outlet, path.stat().st_size, written_on(path), claims, left_over)


def drop(store: Store, file: OldFile, at: dt.datetime) -> None:
    """Note that a file is gone, and then take it away. Raises OSError where it cannot be."""
    row: rows.Row = {
        "file": file.name,
        "outlet": file.outlet,
        "size_bytes": file.size_bytes,
        "written_on": file.written_on.isoformat(),
        "dropped_at": rows.utc(at),
    }
    with store.transaction():
        store.db.table("dropped_files").insert(rows.storable(row), ignore=True)
    file.path.unlink(missing_ok=True)
