"""What is taken for an answer: whole, of a sensible size, with something in it, and not sent round in circles.

Scrapy takes what it can unpack of a body that ends midway for the whole; an article would lose its end unnoticed.
"""

from __future__ import annotations

import zlib
from typing import Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse
from scrapy.responsetypes import responsetypes

from crawler.manners.refusals import BadRedirect, BrokenBody, EmptyAnswer, TooLarge, TooManyRedirects
from crawler.manners.robots import IS_ROBOTS

CHUNK = 64 * 1024
MOST_MEMBERS = 100
"""A gzip file may consist of several; thousands of them would take long to unpack and hold nothing."""
MOST_ENCODINGS = 3
"""One upon another."""
GZIP = ("gzip", "x-gzip")
DEFLATE = "deflate"
ENCODINGS = (*GZIP, DEFLATE)
"""What is asked for and unpacked here; all else that a server sends unasked is left to Scrapy."""
PARTS = (204, 205, 206)
"""Nothing, nothing, and a part, though the whole was asked for."""


class Answers:
    """Unpacks bodies, and refuses those that are broken, too large or empty; nearer to the network than redirects."""

    def __init__(self, largest: int, redirects: int) -> None:
        self.largest = largest
        self.redirects = redirects

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"), crawler.settings.getint("REDIRECT_MAX_TIMES"))

    def process_response(self, request: Request, response: Response) -> Response:
        """Give the response with its body unpacked, or raise a Refusal."""
        if not 200 <= response.status < 300:
            if 300 <= response.status < 400:
                self.check_redirect(request, response)
            # What an error page says is of no use, and may be a trap.
            return without_encoding(response, b"")
        names = encodings_of(response)
        if len(names) > MOST_ENCODINGS:
            raise BrokenBody(f"the body of {request.url} is packed {len(names)} times over")
        if names and all(name in ENCODINGS for name in names):
            body = response.body
            largest = request.meta.get("download_maxsize", self.largest)
            for name in reversed(names):
                body = unpack(body, name, largest)
            response = without_encoding(response, body)
        if not request.meta.get(IS_ROBOTS) and (response.status in PARTS or not response.body.strip()):
            raise EmptyAnswer(f"{request.url} gives nothing, or a part (status {response.status})")
        return response

    def check_redirect(self, request: Request, response: Response) -> None:
        """Raise a Refusal where there is nothing to follow, or too much."""
        location = response.headers.get("Location")
        if location is None:
            return
        if not is_web_address(request.url, location):
            raise BadRedirect(f"the answer leads to {location.decode('latin-1')!r}, which is no web page")
        if request.meta.get("redirect_times", 0) >= self.redirects:
            raise TooManyRedirects(f"it leads on and on, more than {self.redirects} times")


def is_web_address(url: str, location: bytes) -> bool:
    """Whether a redirect from this address leads to a web page: not to "ftp:", "file:" or "javascript:"."""
    try:
        parts = urlsplit(urljoin(url, location.decode("latin-1").strip()))
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def encodings_of(response: Response) -> list[str]:
    """The Content-Encodings of a body, in the order in which they were applied."""
    text = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
    return [name for part in text.split(",") if (name := part.strip().lower()) not in ("", "identity")]


def without_encoding(response: Response, body: bytes) -> Response:
    """The response with this body, plain; its kind and charset are found anew."""
    headers = response.headers.copy()
    headers.pop("Content-Encoding", None)
    kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
    anew = {"encoding": None} if issubclass(kind, TextResponse) else {}
    return response.replace(cls=kind, headers=headers, body=body, **anew)


def unpack(body: bytes, encoding: str, largest: int) -> bytes:
    """A body out of its gzip or deflate; raises BrokenBody where it is neither or ends midway, TooLarge, in bounds."""
    if not body:
        return body
    # Some servers send deflate without the header that it should have.
    bare = encoding == DEFLATE and not (body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0)
    bits = zlib.MAX_WBITS | 16 if encoding in GZIP else -zlib.MAX_WBITS if bare else zlib.MAX_WBITS
    pieces: list[bytes] = []
    size = members = 0
    rest = body
    while rest:
        members += 1
        if members > MOST_MEMBERS:
            raise BrokenBody(f"the body, packed by {encoding}, has more than {MOST_MEMBERS} members")
        unpacker = zlib.decompressobj(wbits=bits)
        while not unpacker.eof:
            try:
                piece = unpacker.decompress(rest, CHUNK)
            except zlib.error as error:
                raise BrokenBody(f"the body is no {encoding}: {error}") from error
            if not piece and not unpacker.unconsumed_tail and not unpacker.eof:
                raise BrokenBody(f"the body, packed by {encoding}, ends midway")
            size += len(piece)
            if size > largest:
                raise TooLarge(f"{len(body)} bytes of {encoding} unpack to more than {largest}")
            pieces.append(piece)
            rest = unpacker.unconsumed_tail
        # A gzip file may have several members; what follows the last one is padding.
        rest = unpacker.unused_data if encoding in GZIP and unpacker.unused_data[:2] == b"\x1f\x8b" else b""
    return b"".join(pieces)
