"""Crawling again what was recorded: the same spiders, answered from files, without a network.

There is nothing here that could open a connection. What is asked for and was not recorded is counted, and not had.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections import ChainMap, Counter
from collections.abc import Iterator, Mapping
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
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

from crawler.archive.index import Answer, Place, RecordedRun
from crawler.archive.payload import HttpResponse, parse_response
from crawler.archive.read import DamagedRecord, TooLarge, read_at
from crawler.archive.recording import WISH
from crawler.archive.removal import REMOVED
from crawler.archive.session import parse_fields
from crawler.archive.tape import Download, tape_of
from crawler.archive.write import OPEN
from crawler.items import Archived
from crawler.manners.downloads import RETRY_AT
from crawler.manners.refusals import NO_ANSWER, PrivateAddress, Refusal, ToldToWait
from crawler.manners.robots import IS_ROBOTS
from crawler.manners.turns import Turns, turns_of
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
    PrivateAddress,
    ResponseDataLossError,
)
TURNS_BEFORE_ANSWER = 50
"""Of the event loop: many more than a request takes from a spider to the line."""
CONDITIONS = ("If-None-Match", "If-Modified-Since")


class NotArchived(Refusal):
    """The files that are replayed hold no answer to this."""

    kind = "not_archived"


class Removed(Refusal):
    """What was answered has been taken out of the archive, as the publisher asked."""

    kind = "forgotten"


class Replay:
    """A `Wire` that answers from one recorded run. Outlets are worked in turn: rows come in one order."""

    networks_at_once = 1

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
        # Rules of a host are asked for once in a run, by whichever outlet comes first.
        others = [recorded.answers for recorded in self.run.outlets if recorded.session.outlet != outlet]
        yield ReplayTape(ChainMap(dict(self.recorded[outlet.domain].answers), *map(dict, others)))


class ReplayTape:
    """Answers one outlet's requests in the order in which they were answered; the last answer of an address stays."""

    def __init__(self, answers: Mapping[str, tuple[Answer, ...]]) -> None:
        self.answers = answers
        self.asked: Counter[str] = Counter()

    async def exchange(self, request: Request, download: Download | None = None) -> Response:
        """The recorded answer, or the recorded failure. Raises NotArchived."""
        answers = self.answers.get(request.url)
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
        if REMOVED in fields:
            raise Removed(f"{request.url} was taken out of the archive")
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
    if wish := record.headers.get(WISH):
        request.meta[RETRY_AT] = dt.datetime.fromisoformat(wish)
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
    """The error that has this name; that of a broken connection for any other."""
    return next((kind for kind in FAILURES if kind.__name__ == name), DownloadFailedError)(message)


class ReplayHandler(BaseDownloadHandler):
    """Gives the spider's tape as the network."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.queue = asyncio.Lock()

    async def download_request(self, request: Request) -> Response:
        """The recorded answer: one after another, and nobody is spared by waiting longer for a file."""
        async with self.queue:
            # As over a network, what is ready to be asked is in line before an answer comes; so the order is the same.
            # Turns of the loop are counted and no time, for a busy machine is slower by the clock.
            for _ in range(TURNS_BEFORE_ANSWER):
                await asyncio.sleep(0)
            return await self.answer(request)

    async def answer(self, request: Request) -> Response:
        """The recorded answer, and what it means for the rest of the crawl."""
        tape = tape_of(self.crawler)
        turns = turns_of(self.crawler.settings)
        try:
            if tape is None:
                raise NotArchived(f"{request.url} was not recorded")
            turns.check(request.url)
            response = await tape.exchange(request, None)
        except ToldToWait as refusal:
            request.meta[RETRY_AT] = refusal.retry_at
            raise
        except NO_ANSWER:
            turns.failed(request.url)
            raise
        except NotArchived:
            if not request.meta.get(IS_ROBOTS):
                raise
            # Whoever has but a part of an archive is to get what is in it.
            assert self.crawler.stats is not None
            self.crawler.stats.inc_value(f"cakupan/error/{NotArchived.kind}")
            return Response(request.url, status=404)
        note_answer(turns, request, response)
        return response


def note_answer(turns: Turns, request: Request, response: Response) -> None:
    """Note what an answer meant for the rest of the recorded crawl, but for its pauses.

    A host that asked for a long wait then, or failed too often, is left alone in the replay too.
    """
    if request.meta.get(RETRY_AT) is None:
        turns.answered(request.url, response.status, 0.0)
        return
    turns.leave(turns.host(request.url), ToldToWait(f"{request.url} asked to be left alone", request.meta[RETRY_AT]))
    request.meta["dont_retry"] = True
