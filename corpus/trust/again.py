"""What a run fetches again of articles that are to be forgotten is taken out of its archive when it ends.

A site may go on announcing an article with its text, in feeds and searches that bring others too; and one may be
come to by an address that nobody knew. A run that was killed leaves that to the next.
"""

from __future__ import annotations

from pathlib import Path

from corpus.removals import AGAIN, TAKEN_OUT
from corpus.store import Store
from corpus.trust.files import archive_files
from crawler.archive.read import read_at
from crawler.archive.removal import Removal, remove_records
from crawler.archive.write import OPEN


def take_out_again(store: Store, archive: Path) -> int:
    """Take such records out of the closed files of an archive; how many there were. Raises NotRemovable and OSError."""
    places: dict[str, list[int]] = {}
    for name, offset in store.db.execute(
        "SELECT DISTINCT warc_file, warc_offset FROM fetches WHERE problem = ? AND warc_file IS NOT NULL", [AGAIN]
    ):
        places.setdefault(name, []).append(offset)
    files = archive_files([archive]) if places else {}
    taken_out = 0
    for name, offsets in places.items():
        path = files.get(name)
        if path is None or path.name.endswith(OPEN):
            continue
        removals = [removal for offset in offsets if (removal := removal_at(path, offset)) is not None]
        remove_records(path, removals)
        with store.transaction():
            store.db.execute(
                "UPDATE fetches SET problem = ? WHERE problem = ? AND warc_file = ?", [TAKEN_OUT, AGAIN, name]
            )
        taken_out += len(removals)
    return taken_out


def removal_at(path: Path, offset: int) -> Removal | None:
    """The answer that lies there; None where it was taken out before."""
    record, _ = read_at(path, offset)
    headers = record.headers
    kind, at = headers.get("WARC-Type") or "", record.record_date
    if kind not in {"response", "revisit"} or at is None:
        return None
    return Removal(offset, kind, headers.get("WARC-Record-ID") or "", at, headers.get("WARC-Target-URI"))
