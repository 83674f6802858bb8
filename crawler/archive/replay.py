"""Crawling again what was recorded: the same spiders, answered from files, without a network.

There is nothing here that could open a connection. What is asked for and was not recorded is counted, and not had.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Self

from scrapy import Request, signals
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    NotConfigured,
    ResponseDataLossError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler.archive.index import Answer, Place, RecordedOutlet, RecordedRun
from crawler.archive.payload import HttpResponse, parse_response
from crawler.archive.read import DamagedRecord, TooLarge, read_at
from crawler.archive.session import parse_fields
from crawler.archive.tape import Download, tape_of
from crawler.archive.write import OPEN
from crawler.items import Archived
from crawler.manners import RefusedAddress
from crawler.outlets import Outlet

HANDLER = "crawler.archive.replay.ReplayHandler"
# The flag by which Scrapy knows an answer that broke off.
FLAGS = {"disconnect": "partial", "length": "download_stopped"}
FAILURES: tuple[type[Exception], ...] = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
CONDITIONS = ("If-None-Match", "If-Modified-Since")


class NotArchived(RefusedAddress):
    """The files that are replayed hold no answer to this."""


class Replay:
    """A `Wire` that answers from one recorded run."""

    def __init__(self, run: RecordedRun) -> None:
        self.run = run
        self.outlets = tuple(recorded.session.outlet for recorded in run.outlets)
        self.recorded = {recorded.session.outlet.domain: recorded for recorded in run.outlets}

    @property
    def settings(self) -> Mapping[str, Any]:
        """No network, no contact, no pauses."""
        return {
            "DOWNLOAD_HANDLERS": {
                "http": HANDLER,
                "https": HANDLER,
                **dict.fromkeys(("data", "file", "ftp", "s3")),
            },
            "ALLOW_LOCAL": True,
            "GATEWAY": "",
            "CONTACT": self.run.session.contact,
            "USER_AGENT": self.run.session.user_agent,
            "HTTPPROXY_ENABLED": False,
            "DOWNLOAD_DELAY": 0.0,
            "AUTOTHROTTLE_ENABLED": False,
            "REPLAY": True,
        }

    @contextlib.contextmanager
    def tape(self, outlet: Outlet) -> Iterator[ReplayTape]:
        """The outlet's answers."""
        yield ReplayTape(self.recorded[outlet.domain])


class ReplayTape:
    """Answers one outlet's requests in the order in which they were answered; the last answer of an address stays."""

    def __init__(self, recorded: RecordedOutlet) -> None:
        self.recorded = recorded
        self.asked: Counter[str] = Counter()

    async def exchange(self, request: Request, download: Download | None = None) -> Response:
        """The recorded answer, or the recorded failure. Raises NotArchived."""
        answers = self.recorded.answers.get(request.url)
        if not answers:
            raise NotArchived(f"{request.url} was not recorded")
        answer = answers[min(self.asked[request.url], len(answers) - 1)]
        self.asked[request.url] += 1
        request.meta["archived"] = Archived(answer.place.file.name.removesuffix(OPEN), answer.place.offset)
        request.meta["fetched_at"] = answer.at
        try:
            return respond(request, answer)
        except (DamagedRecord, TooLarge, OSError) as error:
            raise NotArchived(f"{request.url} cannot be read from the archive: {error}") from error


def respond(request: Request, answer: Answer) -> Response:
    """The answer as Scrapy's own handler would give it, or the failure that it raised.

    Raises NotArchived where the archive has but half of it, DamagedRecord or OSError where that cannot be read.
    """
    record, block = read_at(answer.place.file, answer.place.offset)
    if answer.kind == "metadata":
        fields = parse_fields(block)
        raise failure(fields.get("failure", ""), fields.get("message", ""))
    head = parse_response(block)
    if head is None:
        raise DamagedRecord(f"no answer stands at {answer.place.offset} of {answer.place.file.name}")
    if answer.unchanged and not any(name in request.headers for name in CONDITIONS):
        # Whoever replays into another database may not know the page, and is given what it was.
        head = original_of(answer)
    elif answer.kind == "revisit" and not answer.unchanged:
        head = HttpResponse(head.status, head.headers, original_of(answer).body)
    headers = Headers()
    for name, value in head.headers:
        headers.appendlist(name, value)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=head.body)
    flag = FLAGS.get(record.headers.get("WARC-Truncated") or "")
    return kind(
        request.url,
        status=head.status,
        headers=headers,
        body=head.body,
        flags=[flag] if flag else [],
        protocol="HTTP/1.1",
    )


def original_of(answer: Answer) -> HttpResponse:
    """The whole answer that a revisit repeats; raises NotArchived where no file given has it."""
    place: Place | None = answer.original
    if place is None:
        raise NotArchived(f"what {answer.place.file.name} repeats at {answer.place.offset} lies in another file")
    found = parse_response(read_at(place.file, place.offset)[1])
    if found is None:
        raise DamagedRecord(f"no answer stands at {place.offset} of {place.file.name}")
    return found


def failure(name: str, message: str) -> Exception:
    """The error of Scrapy's that has this name; that of a broken connection for any other."""
    return next((kind for kind in FAILURES if kind.__name__ == name), DownloadFailedError)(message)


class ReplayHandler(BaseDownloadHandler):
    """Gives the spider's tape as the network."""

    lazy = False

    async def download_request(self, request: Request) -> Response:
        """The recorded answer; one that is missing is counted."""
        tape = tape_of(self.crawler)
        try:
            if tape is None:
                raise NotArchived(f"{request.url} was not recorded")
            return await tape.exchange(request, None)
        except NotArchived:
            assert self.crawler.stats is not None
            self.crawler.stats.inc_value("cakupan/error/not_archived")
            raise


class Unhurried:
    """Takes back the pauses that an answer asked for: nobody is spared by waiting for a file."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings.getbool("REPLAY"):
            raise NotConfigured
        return cls(crawler)

    def response_downloaded(self) -> None:
        """Set the pauses of all hosts to none."""
        if self.crawler.engine is not None:
            for slot in self.crawler.engine.downloader.slots.values():
                slot.delay = 0.0
