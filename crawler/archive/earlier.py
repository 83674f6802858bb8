"""What earlier runs left in an outlet's folder: files to close, and answers that need not be kept again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import WarcRecord

from crawler.archive.read import DamagedRecord, TooLarge, iter_records, read_block, whole_end
from crawler.archive.write import ENDING, OPEN, iter_left_open

logger = logging.getLogger(__name__)

REMEMBERED_BYTES = 64 * 1024 * 1024
"""So much of an outlet's newest files is looked through for what need not be kept a second time."""


@dataclass(frozen=True, slots=True)
class Original:
    """A whole answer that lies in the archive."""

    record_id: str
    url: str
    date: str


def close_left_open(folder: Path) -> None:
    """Cut what a killed run left torn at the end of its file, and give that its name."""
    for path in iter_left_open(folder):
        end = whole_end(path)
        if end == 0:
            path.unlink()
            continue
        with path.open("r+b") as file:
            file.truncate(end)
        path.rename(path.with_name(path.name.removesuffix(OPEN)))
        logger.warning("%s was left open by a run that was killed; its whole records are kept", path.name)


def iter_originals(folder: Path, limit: int = REMEMBERED_BYTES) -> Iterator[tuple[str, str, Original]]:
    """Address and digest of the whole answers in the newest files of a folder, `limit` bytes of files at the most.

    None that is damaged: what it held is kept again when it comes again.

    What is older is kept once more when it comes again, so no archive hangs on its first file for ever.
    """
    newest: list[Path] = []
    for path in sorted(folder.glob(f"*{ENDING}"), reverse=True):
        limit -= path.stat().st_size
        if limit < 0:
            break
        newest.append(path)
    for path in reversed(newest):
        for _, record in iter_records(path):
            headers = record.headers
            digest = headers.get("WARC-Payload-Digest")
            is_whole = headers.get("WARC-Type") == "response" and headers.get("WARC-Truncated") is None
            if digest is None or not is_whole or not holds(record):
                continue
            url, date, record_id = (headers.get(f"WARC-{name}") or "" for name in ("Target-URI", "Date", "Record-ID"))
            yield url, digest, Original(record_id, url, date)


def holds(record: WarcRecord) -> bool:
    """Whether a record is whole and what its digest says."""
    try:
        read_block(record)
    except (DamagedRecord, TooLarge):
        return False
    return True
