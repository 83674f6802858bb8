"""An HTTP message as a record holds it, and its body unpacked."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader

# "HTTP/1.1 200 OK", "HTTP/2 200"
STATUS_LINE = re.compile(r"HTTP/\S+[ \t]+(\d{3})(?:[ \t]+(.*))?")
HEAD_END = re.compile(rb"\r?\n\r?\n")
# A page begins with a tag, after a mark and blanks.
TEXT_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
CHUNK_START = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]*)?\r?\n")


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """An answer as it was sent: its headers in order, its body still packed."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The last value of a header of this name, in any case."""
        found = [value for other, value in self.headers if other.casefold() == name.casefold()]
        return found[-1] if found else None


def parse_response(block: bytes) -> HttpResponse | None:
    """The answer in a response or revisit record; None where it begins with no status line."""
    end = HEAD_END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    first, *lines = head.decode("latin-1").splitlines() or [""]
    status = STATUS_LINE.match(first)
    if status is None:
        return None
    headers: list[tuple[str, list[str]]] = []
    for line in lines:
        if line[:1] in (" ", "\t") and headers:
            headers[-1][1].append(line.strip())
        elif ":" in line:
            name, _, value = line.partition(":")
            headers.append((name.strip(), [value.strip()]))
    return HttpResponse(int(status[1]), tuple((name, " ".join(parts)) for name, parts in headers), body)


def unpacked_body(response: HttpResponse, limit: int) -> bytes | None:
    """The body without chunks and compression, `limit` bytes of it at the most; None where it cannot be unpacked.

    Many archives keep a body unpacked under the headers of the packed one, so text is taken as it is.
    """
    body = response.body
    if "chunked" in (response.header("Transfer-Encoding") or "").casefold() and CHUNK_START.match(body):
        body = _attempt(_unchunk, body, limit) or body
    for coding in reversed((response.header("Content-Encoding") or "").casefold().split(",")):
        unpack = CODINGS.get(coding.strip())
        if unpack is None or TEXT_START.match(body):
            continue
        plain = _attempt(unpack, body, limit)
        if plain is None:
            return None
        body = plain
    return body[:limit]


Unpack = Callable[[bytes, int], bytes]


def _attempt(unpack: Unpack, packed: bytes, limit: int) -> bytes | None:
    try:
        return unpack(packed, limit)
    except (OSError, zlib.error):
        return None


def _unchunk(packed: bytes, limit: int) -> bytes:
    return ChunkedReader(io.BytesIO(packed)).read(limit)


def _gunzip(packed: bytes, limit: int) -> bytes:
    return GzipReader(io.BytesIO(packed)).read(limit)


def _inflate(packed: bytes, limit: int) -> bytes:
    # Servers mean either by "deflate": with zlib's head, as RFC 9110 has it, or without.
    try:
        return zlib.decompressobj().decompress(packed, limit)
    except zlib.error:
        return zlib.decompressobj(wbits=-15).decompress(packed, limit)


def _unbrotli(packed: bytes, limit: int) -> bytes:
    return BrotliReader(io.BytesIO(packed)).read(limit)


def _unzstd(packed: bytes, limit: int) -> bytes:
    return ZstdReader(io.BytesIO(packed)).read(limit)


CODINGS: dict[str, Unpack] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
