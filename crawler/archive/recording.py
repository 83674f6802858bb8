"""Recording a crawl: every exchange is written where it happens, as it came from the wire.

The body is kept as it was sent, so with its Content-Encoding, but without the chunks it was sent in. robots.txt,
redirects, errors and retries are kept too, and of a request without an answer, why there was none.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import http
import uuid
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.archive.earlier import Original, close_left_open, iter_originals
from crawler.archive.session import Session, folder_of, session_fields, with_search
from crawler.archive.tape import NETWORKS_AT_ONCE, Download, tape_of
from crawler.archive.write import (
    FIELDS,
    HTTP_REQUEST,
    HTTP_RESPONSE,
    IDENTICAL_PAYLOAD,
    NOT_MODIFIED,
    Draft,
    Field,
    WarcWriter,
    digest_of,
    fields_block,
    new_id,
    warc_date,
)
from crawler.errors import ArchiveFailed
from crawler.items import Archived
from crawler.manners.downloads import RETRY_AT, PoliteDownloads
from crawler.manners.refusals import PrivateAddress, Refusal
from crawler.outlets import Outlet
from crawler.relevance import load_relevance

Clock = Callable[[], dt.datetime]
WISH = "Cakupan-Retry-At"
"""The field of a record that tells when a host may be asked again that wants a longer wait than a crawl keeps."""
OK = 200
UNCHANGED = 304
# What Scrapy calls an answer that broke off, and one that it broke off itself.
CUT = {"dataloss": "disconnect", "partial": "disconnect", "download_stopped": "length"}


class NotRecorded(IgnoreRequest):
    """The archive cannot be written, so nothing more is fetched for it."""


def utc_now() -> dt.datetime:
    """The machine's clock."""
    return dt.datetime.now(dt.UTC)


class Recording:
    """A `Wire` that writes one file an outlet below `folder`; nothing is written for an outlet that nobody asked.

    `failure` is why the archive could not be written any more; from then on every request is refused.
    """

    networks_at_once = NETWORKS_AT_ONCE
    settings: Mapping[str, Any] = {
        "DOWNLOAD_HANDLERS": {
            **dict.fromkeys(("http", "https"), "crawler.archive.recording.RecordingHandler"),
            **dict.fromkeys(("data", "file", "ftp", "s3")),
        }
    }

    def __init__(
        self,
        folder: Path,
        *,
        number: int,
        started_at: dt.datetime,
        contact: str = "",
        user_agent: str = "",
        since: dt.date | None = None,
        until: dt.date | None = None,
        limit: int | None = None,
        insist: bool = False,
        clock: Clock = utc_now,
    ) -> None:
        self.folder = folder
        self.run = str(uuid.uuid4())
        self.number = number
        self.position = 0
        self.started_at = started_at
        self.contact = contact
        self.user_agent = user_agent
        self.since = since
        self.until = until
        self.limit = limit
        self.insist = insist
        self.clock = clock
        self.failure: ArchiveFailed | None = None

    @contextlib.contextmanager
    def tape(self, outlet: Outlet) -> Iterator[RecordingTape]:
        """The tape of an outlet; its file is closed when the block is left."""
        session = Session(
            run=self.run,
            number=self.number,
            position=self.position,
            outlet=with_search(outlet, load_relevance().search),
            started_at=self.started_at,
            since=self.since,
            until=self.until,
            limit=self.limit,
            insist=self.insist,
            contact=self.contact,
            user_agent=self.user_agent,
        )
        self.position += 1
        tape = RecordingTape(self, session)
        try:
            yield tape
        finally:
            tape.close()

    def fail(self, error: OSError, path: Path) -> ArchiveFailed:
        """Remember the first failure."""
        if self.failure is None:
            self.failure = ArchiveFailed(path, error.strerror or str(error))
            self.failure.__cause__ = error
        return self.failure


class RecordingTape:
    """Writes what one outlet's requests came to."""

    def __init__(self, recording: Recording, session: Session) -> None:
        self.recording = recording
        self.session = session
        self.path = recording.folder / folder_of(session.outlet) / session.file_name
        self.writer: WarcWriter | None = None
        self.info_id = new_id()
        self.payloads: dict[tuple[str, str], Original] = {}
        """By address and digest: what need not be kept again."""
        self.latest: dict[str, Original] = {}
        """By address: what "not modified" means."""

    async def exchange(self, request: Request, download: Download | None) -> Response:
        """Download, and write what came of it."""
        assert download is not None
        if self.recording.failure is not None:
            raise NotRecorded(str(self.recording.failure))
        try:
            response = await download(request)
        except Exception as error:
            # Of a host that is left alone, or a crawl that was asked to end, nothing was asked.
            if not isinstance(error, Refusal) or isinstance(error, PrivateAddress):
                at = self.recording.clock()
                self._note(request, at, self._failure_record(request, at, error), sent=not isinstance(error, Refusal))
            raise
        at = self.recording.clock()
        self._note(request, at, self._response_record(request, response, at))
        return response

    def _note(self, request: Request, at: dt.datetime, answer: Draft, *, sent: bool = True) -> None:
        """Write an answer, after the request that it answers where that was sent."""
        asked = Draft(
            "request",
            at,
            (
                ("WARC-Target-URI", request.url),
                ("WARC-Concurrent-To", answer.record_id),
                ("WARC-Warcinfo-ID", self.info_id),
                ("Content-Type", HTTP_REQUEST),
            ),
            request_bytes(request),
            new_id(),
        )
        try:
            offset = self._open().write(*((asked, answer) if sent else (answer,)))[-1]
        except OSError as error:
            raise NotRecorded(str(self.recording.fail(error, self.path))) from error
        request.meta["archived"] = Archived(self.path.name, offset)
        request.meta["fetched_at"] = at

    def _open(self) -> WarcWriter:
        """The file, begun with what it says of itself and of earlier ones."""
        if self.writer is None:
            close_left_open(self.path.parent)
            for url, digest, original in iter_originals(self.path.parent):
                self._remember(url, digest, original)
            self.writer = WarcWriter(self.path)
            block = fields_block(session_fields(self.session, f"cakupan/{version('cakupan')}"))
            fields: tuple[Field, ...] = (("WARC-Filename", self.path.name), ("Content-Type", FIELDS))
            self.writer.write(Draft("warcinfo", self.session.started_at, fields, block, self.info_id))
        return self.writer

    def _remember(self, url: str, digest: str, original: Original) -> None:
        self.payloads.setdefault((url, digest), original)
        self.latest[url] = original

    def _failure_record(self, request: Request, at: dt.datetime, error: Exception) -> Draft:
        fields = (
            ("WARC-Target-URI", request.url),
            ("WARC-Warcinfo-ID", self.info_id),
            ("Content-Type", FIELDS),
        )
        block = fields_block((("failure", type(error).__name__), ("message", str(error))))
        return Draft("metadata", at, fields, block, new_id())

    def _response_record(self, request: Request, response: Response, at: dt.datetime) -> Draft:
        # Before anything of this answer is compared, what lies in earlier files is to be known.
        self._open_or_fail()
        head = head_bytes(response)
        cut = next((CUT[flag] for flag in response.flags if flag in CUT), None)
        digest = digest_of(response.body)
        # Behind a proxy it is the proxy's.
        address = response.ip_address if "proxy" not in request.meta else None
        fields: list[Field] = [
            ("WARC-Target-URI", request.url),
            ("WARC-IP-Address", str(address) if address else None),
            ("WARC-Warcinfo-ID", self.info_id),
            ("Content-Type", HTTP_RESPONSE),
        ]
        if retry_at := request.meta.get(RETRY_AT):
            # "In an hour" counts from a moment that only this crawl knows to the second.
            fields.append((WISH, retry_at.isoformat()))
        record_id = new_id()
        if response.status == UNCHANGED:
            fields += [("WARC-Profile", NOT_MODIFIED), *refers_to(self.latest.get(request.url))]
            return Draft("revisit", at, fields, head, record_id)
        fields.append(("WARC-Payload-Digest", digest))
        whole = response.status == OK and not cut and bool(response.body)
        original = self.payloads.get((request.url, digest)) if whole else None
        if original is not None:
            self.latest[request.url] = original
            fields += [("WARC-Profile", IDENTICAL_PAYLOAD), *refers_to(original)]
            return Draft("revisit", at, fields, head, record_id)
        if whole:
            self._remember(request.url, digest, Original(record_id, request.url, warc_date(at)))
        fields.append(("WARC-Truncated", cut))
        return Draft("response", at, fields, head + response.body, record_id)

    def _open_or_fail(self) -> None:
        try:
            self._open()
        except OSError as error:
            raise NotRecorded(str(self.recording.fail(error, self.path))) from error

    def close(self) -> None:
        """Give the file its name."""
        if self.writer is not None:
            try:
                self.writer.close()
            except OSError as error:
                self.recording.fail(error, self.path)


def refers_to(original: Original | None) -> list[Field]:
    """The fields of a revisit record that name what it repeats."""
    if original is None:
        return []
    return [
        ("WARC-Refers-To", original.record_id),
        ("WARC-Refers-To-Target-URI", original.url),
        ("WARC-Refers-To-Date", original.date),
    ]


def request_bytes(request: Request) -> bytes:
    """The request as it was sent."""
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"{request.method} {target} HTTP/1.1".encode("latin-1", "replace")]
    if b"Host" not in request.headers:
        lines.append(b"Host: " + parts.netloc.rpartition("@")[2].encode("latin-1", "replace"))
    return b"\r\n".join([*lines, *header_lines(request), b"", b""]) + request.body


def head_bytes(response: Response) -> bytes:
    """The status line and headers of an answer. The reason is the usual one, for Scrapy keeps none."""
    try:
        reason = http.HTTPStatus(response.status).phrase
    except ValueError:
        reason = ""
    protocol = response.protocol if (response.protocol or "").startswith("HTTP/") else "HTTP/1.1"
    status = f"{protocol} {response.status} {reason}".strip().encode("latin-1")
    return b"\r\n".join([status, *header_lines(response), b"", b""])


def header_lines(message: Request | Response) -> Iterator[bytes]:
    """One line a header, one for each value."""
    for name, values in message.headers.items():
        for value in values:
            # What a server sent over several lines would end the head too early.
            yield name + b": " + b" ".join(value.split())


class RecordingHandler(BaseDownloadHandler):
    """The one door to the network, with the spider's tape before it."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.inner = PoliteDownloads(crawler)

    async def download_request(self, request: Request) -> Response:
        """Pass the request on, by way of the tape where the spider has one."""
        tape = tape_of(self.crawler)
        if tape is None:
            return await self.inner.download_request(request)
        return await tape.exchange(request, self.inner.download_request)

    async def close(self) -> None:
        """Close the connections."""
        await self.inner.close()
