"""Crawling again what was recorded: the same spiders, answered from files, without a network.

There is nothing here that could open a connection. What is asked for and was not recorded is counted, and not had.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
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
from crawler.downloads import RETRY_AT
from crawler.items import Archived
from crawler.manners import parse_retry_after
from crawler.outlets import Outlet
from crawler.refusals import GivenUp, PrivateAddress, Refusal, ToldToWait
from crawler.turns import OVERLOADED, end_of_leave

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
REFUSALS: tuple[type[Refusal], ...] = (GivenUp, PrivateAddress, ToldToWait)
CONDITIONS = ("If-None-Match", "If-Modified-Since")


class NotArchived(Refusal):
    """The files that are replayed hold no answer to this."""

    kind = "not_archived"


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
        raise failure(fields.get("failure", ""), fields.get("message", ""), fields.get("retry-at"))
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


def failure(name: str, message: str, retry_at: str | None) -> Exception:
    """The error that has this name; that of a broken connection for any other."""
    refusal = next((kind for kind in REFUSALS if kind.__name__ == name), None)
    if refusal is not None:
        return refusal(message, dt.datetime.fromisoformat(retry_at) if retry_at else None)
    return next((kind for kind in FAILURES if kind.__name__ == name), DownloadFailedError)(message)


class ReplayHandler(BaseDownloadHandler):
    """Gives the spider's tape as the network."""

    lazy = False

    async def download_request(self, request: Request) -> Response:
        """The recorded answer, at once: nobody is spared by waiting for a file."""
        tape = tape_of(self.crawler)
        if tape is None:
            raise NotArchived(f"{request.url} was not recorded")
        response = await tape.exchange(request, None)
        note_wish(request, response, request.meta["fetched_at"], self.crawler.settings.getfloat("LONGEST_PAUSE"))
        return response


def note_wish(request: Request, response: Response, at: dt.datetime, longest: float) -> None:
    """Note, as the recorded crawl did, when a host that wants a wait of more than `longest` seconds may be asked."""
    header = (response.headers.get("Retry-After") or b"").decode("latin-1")
    seconds = parse_retry_after(header, at)
    if response.status in OVERLOADED and seconds is not None and seconds > longest:
        request.meta[RETRY_AT] = end_of_leave(seconds, at)
        request.meta["dont_retry"] = True
