"""Taking records out of an archive: another of the same length stands in their place, so that no offset changes.

What stands there is a `metadata` record with the name, date and address of the one that was removed, and says so. A
file is written anew beside the old one and takes its place when it is whole.
"""

from __future__ import annotations

import datetime as dt
import os
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crawler.archive.read import CHUNK, GZIP_START, end_of_record
from crawler.archive.session import parse_fields
from crawler.archive.write import FIELDS, Draft, fields_block, record_bytes
from crawler.errors import NotRemovable

REMOVED = "removed"
"""The field by which such a record is known; it holds the type of the record that was there."""
WHY = "at the request of the publisher"
BESIDE = ".removing"
STORED_MOST = 0xFFFF
"""Bytes in one stored block of deflate (RFC 1951, 3.2.4)."""
FRAME_BYTES = 18
"""A gzip member's header and trailer (RFC 1952)."""
NAMED, EXTRA = 0x08, 0x04
NEAR = 512
"""A header no longer than this leaves a record's first bytes where a search for the next record looks for them."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A record to be taken out: where it begins, and what it was."""

    offset: int
    kind: str
    record_id: str
    at: dt.datetime
    url: str | None


def removed_kind(block: bytes) -> str | None:
    """The type of the record that a metadata record stands for; None for any other metadata record."""
    return parse_fields(block).get(REMOVED)


def remove_records(path: Path, removals: Iterable[Removal]) -> None:
    """Write the file anew without what these records held; all else stays where it was, byte for byte.

    Raises NotRemovable where a record is not a gzip member of its own, and OSError.
    """
    beside = path.with_name(path.name + BESIDE)
    with path.open("rb") as old:
        places = [(removal, *_place(path, old, removal)) for removal in sorted(removals, key=lambda one: one.offset)]
        with beside.open("wb") as new:
            at = 0
            for removal, end, zipped in places:
                _copy(old, new, at, removal.offset)
                new.write(stand_in(removal, end - removal.offset, zipped=zipped))
                at = end
            _copy(old, new, at, path.stat().st_size)
            new.flush()
            os.fsync(new.fileno())
    kept = path.stat()
    os.utime(beside, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    beside.replace(path)


def stand_in(removal: Removal, length: int, *, zipped: bool) -> bytes:
    """The record in the place of another, `length` bytes long as it stands in the file.

    Raises NotRemovable where no such record is that short.
    """
    what = (REMOVED, removal.kind)
    address, form = ("WARC-Target-URI", removal.url), ("Content-Type", FIELDS)
    # The shorter the record was, the less can be told in its place.
    for told, fields in (((what, ("reason", WHY)), (address, form)), ((what,), (form,)), ((what,), ())):
        draft = Draft("metadata", removal.at, fields, fields_block(told), removal.record_id)
        made = _zipped(draft, length) if zipped else _plain(draft, length)
        if made is not None:
            return made
    raise NotRemovable(f"the record of {removal.url} takes only {length} bytes")


def _padded(draft: Draft, padding: int) -> bytes:
    return record_bytes(Draft(draft.kind, draft.at, draft.fields, draft.block + b" " * padding, draft.record_id))


def _plain(draft: Draft, length: int) -> bytes | None:
    """Padded with blanks to the length; None where that cannot be met."""
    padding = length - len(_padded(draft, 0))
    # The length of the block is written in the header too.
    for tried in range(padding, max(padding - 12, -1), -1):
        record = _padded(draft, tried)
        if len(record) == length:
            return record
    return None


def _zipped(draft: Draft, length: int) -> bytes | None:
    """As one gzip member: blanks fill it where there is room for it unpacked, else the member's own header does."""
    room = length - FRAME_BYTES
    blocks = -(-room // (STORED_MOST + 5))
    padding = room - 5 * blocks - len(_padded(draft, 0))
    if padding >= 0:
        record = _padded(draft, max(0, padding - 12))
        return _member(record, b"".join(_stored(record)), length)
    record = _padded(draft, 0)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return _member(record, packer.compress(record) + packer.flush(), length)


def _stored(content: bytes) -> Iterable[bytes]:
    for start in range(0, len(content), STORED_MOST):
        piece = content[start : start + STORED_MOST]
        is_last = start + STORED_MOST >= len(content)
        yield struct.pack("<BHH", is_last, len(piece), len(piece) ^ 0xFFFF) + piece


def _member(content: bytes, deflated: bytes, length: int) -> bytes | None:
    """A gzip member of this length; None where it cannot be had."""
    missing = length - FRAME_BYTES - len(deflated)
    if not 0 <= missing <= NEAR:
        return None
    # An empty name takes one byte, an extra field two and what it holds.
    flags = (0, NAMED)[missing] if missing < 2 else EXTRA
    filler = b"\0" if missing == 1 else struct.pack("<H", missing - 2) + bytes(missing - 2) if missing else b""
    header = GZIP_START + struct.pack("<BIBB", flags, 0, 0, 0xFF)
    return header + filler + deflated + struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)


def _place(path: Path, file: BinaryIO, removal: Removal) -> tuple[int, bool]:
    """Where a record ends, and whether it is zipped."""
    end = end_of_record(file, removal.offset)
    if end is None:
        raise NotRemovable(f"{path} is damaged at {removal.offset}")
    file.seek(removal.offset)
    start = file.read(len(GZIP_START))
    if start != GZIP_START:
        file.seek(0)
        if file.read(len(GZIP_START)) == GZIP_START:
            raise NotRemovable(f"{path} is zipped as one piece (`warcio recompress` mends that)")
        return end, False
    if removal.offset == 0 and _holds_several(file, end):
        raise NotRemovable(f"{path} is zipped as one piece (`warcio recompress` mends that)")
    return end, True


def _holds_several(file: BinaryIO, end: int) -> bool:
    """Whether the first member holds more than one record."""
    file.seek(0)
    member = zlib.decompressobj(wbits=31)
    seen = b""
    fed = 0
    while fed < end and (chunk := file.read(min(CHUNK, end - fed))):
        fed += len(chunk)
        seen = (seen + member.decompress(chunk))[-CHUNK * 16 :]
        if b"\r\n\r\nWARC/1." in seen:
            return True
    return False


def _copy(source: BinaryIO, target: BinaryIO, start: int, end: int) -> None:
    source.seek(start)
    while start < end:
        chunk = source.read(min(CHUNK, end - start))
        if not chunk:
            return
        target.write(chunk)
        start += len(chunk)
