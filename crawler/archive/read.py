"""Reading WARC files of anybody's, gzipped or plain, whole or torn, in constant memory.

What is damaged costs the records that it touches and no more: the next one that begins like a record is looked for.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord

from crawler.archive.write import digest_of
from crawler.errors import CrawlerError

CHUNK = 1 << 16
MAX_BLOCK_BYTES = 32 * 1024 * 1024
"""More than any page that a crawl would take, and little enough to be held."""
GZIP_START = b"\x1f\x8b\x08"
RECORD_START = b"WARC/"
PLAIN_START = re.compile(rb"(?<=\n)WARC/\d\.\d+\r?\n")
SHA1 = re.compile(r"sha1:[A-Z2-7]{32}")


class DamagedRecord(CrawlerError):  # noqa: N818 - named by the fact, not by the mechanism
    """A record is cut short, cannot be unpacked, or is not what its digest says."""


class TooLarge(CrawlerError):  # noqa: N818 - named by the fact, not by the mechanism
    """A record holds more than `MAX_BLOCK_BYTES`."""


def iter_records(
    path: Path, start: int = 0, damaged: Callable[[int], None] | None = None
) -> Iterator[tuple[int, WarcRecord]]:
    """Every record from the one at offset `start` on, each with its own offset; each must be used before the next.

    `damaged` is told each offset from which on nothing could be read. Raises OSError where the file itself cannot be.
    """
    told: int | None = None

    def tell(offset: int) -> None:
        # A record whose beginning is whole is come to twice: behind the one before it, and as the next.
        nonlocal told
        if damaged is not None and offset != told:
            damaged(offset)
        told = offset

    position: int | None = start
    while position is not None:
        last = None
        with path.open("rb") as file:
            file.seek(position)
            records = iter(ArchiveIterator(file, parse_http=False))
            while True:
                # Narrow, for what the caller does with a record is none of this.
                try:
                    record = next(records, None)
                except OSError:
                    break
                if record is None:
                    break
                last = record.stream_pos
                yield last, record
        position = _after_damage(path, position, last, tell)


def _after_damage(path: Path, position: int, last: int | None, damaged: Callable[[int], None]) -> int | None:
    """Where to go on reading once nothing came any more; None at the end of the file."""
    with path.open("rb") as file:
        end = end_of_record(file, last) if last is not None else None
        # A reader stops without a word at an empty member, and at a length that goes beyond the record.
        lost_from = end if end is not None else position if last is None else last
        if not _has_more(file, lost_from):
            return None
        damaged(lost_from)
        return _next_start(file, lost_from if end is not None else lost_from + 1)


def end_of_record(file: BinaryIO, offset: int) -> int | None:
    """Where the record that begins at `offset` ends, or the gzip member that it is in; None where it is cut short."""
    file.seek(offset)
    if file.read(len(GZIP_START)) != GZIP_START:
        return _end_of_plain_record(file, offset)
    file.seek(offset)
    member = zlib.decompressobj(wbits=31)
    fed = 0
    while chunk := file.read(CHUNK):
        fed += len(chunk)
        try:
            member.decompress(chunk, CHUNK)
            while member.unconsumed_tail:
                member.decompress(member.unconsumed_tail, CHUNK)
        except zlib.error:
            return None
        if member.eof:
            return offset + fed - len(member.unused_data)
    return None


def _end_of_plain_record(file: BinaryIO, offset: int) -> int | None:
    file.seek(offset)
    head, blank, _ = file.read(CHUNK).partition(b"\r\n\r\n")
    length = re.search(rb"(?im)^Content-Length:[ \t]*(\d{1,15})\s*$", head)
    if not blank or length is None:
        return None
    end = offset + len(head) + len(blank) + int(length[1]) + len(blank)
    file.seek(0, 2)
    return end if end <= file.tell() else None


def _has_more(file: BinaryIO, offset: int) -> bool:
    """Whether anything but padding follows."""
    file.seek(offset)
    while chunk := file.read(CHUNK):
        if chunk.strip(b"\0\r\n\t "):
            return True
    return False


def _next_start(file: BinaryIO, offset: int) -> int | None:
    """The first place from `offset` on where a record begins, zipped or plain; None where there is none."""
    file.seek(0)
    zipped = file.read(len(GZIP_START)) == GZIP_START
    # One byte before, for a plain record begins after a line break.
    file.seek(max(0, offset - 1))
    window, base = b"", max(0, offset - 1)
    while chunk := file.read(CHUNK):
        window += chunk
        for place in _starts(window, zipped):
            if base + place >= offset and (not zipped or _is_member_of_record(file, base + place)):
                return base + place
        # What could begin a record just before the next chunk is kept.
        kept = window[-16:]
        base += len(window) - len(kept)
        window = kept
        file.seek(base + len(window))
    return None


def _starts(window: bytes, zipped: bool) -> Iterator[int]:
    if not zipped:
        yield from (found.start() for found in PLAIN_START.finditer(window))
        return
    place = window.find(GZIP_START)
    while place >= 0:
        yield place
        place = window.find(GZIP_START, place + 1)


def _is_member_of_record(file: BinaryIO, offset: int) -> bool:
    """Whether a gzip member with a record in it begins here: the three bytes it starts with are found anywhere."""
    file.seek(offset)
    try:
        return zlib.decompressobj(wbits=31).decompress(file.read(1024), len(RECORD_START)) == RECORD_START
    except zlib.error:
        return False


def starts_record(path: Path, offset: int) -> bool:
    """Whether reading can begin at `offset`; in a file zipped as one piece it can nowhere but at the beginning."""
    with path.open("rb") as file:
        file.seek(offset)
        start = file.read(len(RECORD_START))
        return start == RECORD_START or (start.startswith(GZIP_START) and _is_member_of_record(file, offset))


def read_at(path: Path, offset: int) -> tuple[WarcRecord, bytes]:
    """The record that begins at `offset`, and all that it holds below its header.

    Raises DamagedRecord where there is no whole one, TooLarge, or OSError where there is no file.
    """
    with path.open("rb") as file:
        file.seek(offset)
        try:
            record = next(iter(ArchiveIterator(file, parse_http=False)), None)
        except OSError as error:
            raise DamagedRecord(f"{path} has no record at {offset} ({error})") from error
        if record is None:
            raise DamagedRecord(f"{path} ends before {offset}")
        return record, read_block(record)


def read_block(record: WarcRecord) -> bytes:
    """All that a record holds below its header. Raises DamagedRecord or TooLarge."""
    if record.content_length > MAX_BLOCK_BYTES:
        raise TooLarge(f"{record.record_id} holds {record.content_length} bytes")
    try:
        block = record.reader.read(record.content_length)
    except OSError as error:
        raise DamagedRecord(f"{record.record_id} cannot be unpacked ({error})") from error
    if len(block) < record.content_length:
        raise DamagedRecord(f"{record.record_id} is cut short")
    claimed = record.headers.get("WARC-Block-Digest") or ""
    if SHA1.fullmatch(claimed) and claimed != digest_of(block):
        raise DamagedRecord(f"{record.record_id} is not what its digest says")
    return block


def whole_end(path: Path) -> int:
    """Where the last whole record of a file ends; 0 where there is none."""
    last = 0
    for offset, _ in iter_records(path):
        last = offset
    with path.open("rb") as file:
        end = end_of_record(file, last)
    return last if end is None else end
