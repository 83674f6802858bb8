"""Writing WARC 1.1: one gzip member a record, so that each can be read alone, and whole records or none.

https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import errno
import gzip
import hashlib
import os
import sys
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

ENDING = ".warc.gz"
OPEN = ".open"
"""Behind the name of a file that is still being written, or whose writer was killed."""

Field = tuple[str, str | None]

HTTP_REQUEST = "application/http; msgtype=request"
HTTP_RESPONSE = "application/http; msgtype=response"
FIELDS = "application/warc-fields"

IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


LEVEL = 4
"""Of gzip: a third of the time of the highest, for files that are a twentieth larger."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be written. `fields` are those of the WARC header beyond type, date, digest and length."""

    kind: str
    at: dt.datetime
    fields: Sequence[Field]
    block: bytes
    record_id: str


def new_id() -> str:
    """An address for a record that no other has."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def digest_of(content: bytes) -> str:
    """SHA-1 in base 32, the form in which archives compare what they hold.

    >>> digest_of(b"")
    'sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ'
    """
    return "sha1:" + base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()


def warc_date(moment: dt.datetime) -> str:
    """An aware moment as WARC-Date has it, to the microsecond.

    >>> warc_date(dt.datetime(2025, 5, 6, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=9))))
    '2025-05-06T00:30:00.000000Z'
    """
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def record_bytes(draft: Draft) -> bytes:
    """The record as it stands in an uncompressed file, with the blank lines that end it."""
    fields: Iterable[Field] = (
        ("WARC-Type", draft.kind),
        ("WARC-Record-ID", draft.record_id),
        ("WARC-Date", warc_date(draft.at)),
        *draft.fields,
        ("WARC-Block-Digest", digest_of(draft.block)),
        ("Content-Length", str(len(draft.block))),
    )
    # A line break in an address or a reason would begin a field of its own.
    lines = [f"{name}: {' '.join(value.split())}" for name, value in fields if value is not None]
    head = "\r\n".join(["WARC/1.1", *lines, "", ""])
    return head.encode("utf-8", "surrogatepass") + draft.block + b"\r\n\r\n"


def fields_block(fields: Iterable[Field]) -> bytes:
    """The block of a warcinfo or metadata record: lines of names and values."""
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in fields if value is not None).encode()


class WarcWriter:
    """One file, open to be added to. It is called `….warc.gz.open` until `close`.

    Records that belong together go to disk in one piece; if that fails, none of them is left there. Raises OSError.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        """As it will be called once it is closed."""
        self.open_path = path.with_name(path.name + OPEN)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise FileExistsError(errno.EEXIST, "there is such a file already", str(path))
        # Unbuffered: what is written is with the system, whatever becomes of this process.
        self.file = self.open_path.open("xb", buffering=0)
        lock(self.file)

    def write(self, *drafts: Draft) -> list[int]:
        """Add records; where in the file each begins."""
        start = end = self.file.tell()
        offsets: list[int] = []
        parts: list[bytes] = []
        for draft in drafts:
            member = gzip.compress(record_bytes(draft), LEVEL, mtime=0)
            offsets.append(end)
            parts.append(member)
            end += len(member)
        rest = memoryview(b"".join(parts))
        try:
            while rest:
                rest = rest[self.file.write(rest) :]
        except OSError:
            with contextlib.suppress(OSError):
                self.file.truncate(start)
                self.file.seek(start)
            raise
        return offsets

    def close(self) -> None:
        """Give the file its name."""
        if self.file.closed:
            return
        os.fsync(self.file.fileno())
        self.file.close()
        self.open_path.rename(self.path)


def lock(file: BinaryIO) -> bool:
    """Take the file for oneself until it is closed; whether nobody else had it."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def iter_left_open(folder: Path) -> Iterator[Path]:
    """The files below a folder that somebody began and nobody is writing to."""
    for path in sorted(folder.glob(f"*{ENDING}{OPEN}")):
        with path.open("rb") as file:
            free = lock(file)
        if free:
            yield path
