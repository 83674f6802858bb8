"""The one door to the network: each request waits for its host's turn, and what came of it sets the next pause."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from twisted.web._newclient import HEADER, STATUS, HTTP11ClientProtocol

from crawler.manners.addresses import guard_names, refused_address
from crawler.manners.guard import parse_retry_after, proxy_hosts
from crawler.manners.networks import hostname_of
from crawler.manners.refusals import NO_ANSWER, PrivateAddress, ToldToWait
from crawler.manners.turns import Turns, turns_of

MAX_HEADER_BYTES = 256 * 1024
"""Of one answer; DOWNLOAD_MAXSIZE bounds only its body."""
RETRY_AT = "retry_at"
"""Where `Request.meta` tells when the host asked to be tried again: an aware UTC datetime, None where it named none."""


class PoliteDownloads(HTTP11DownloadHandler):
    """Scrapy's own downloads over HTTP, one at a time to a network and with pauses (crawler.manners.turns)."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.settings = crawler.settings
        self._pool._factory = BoundedConnections(self._pool._factory)  # type: ignore[assignment]
        # Before any name is looked up, whoever runs the crawl.
        if not self.settings.getbool("ALLOW_LOCAL"):
            guard_names(proxy_hosts(self.settings))

    async def download_request(self, request: Request) -> Response:
        """Download when it is this host's turn; raises a Refusal where the host is left alone."""
        turns = turns_of(self.settings)
        try:
            async with turns.turn(request.url):
                response = await self.ask(request, turns)
                note_answer(turns, request, response)
        except ToldToWait as refusal:
            request.meta[RETRY_AT] = refusal.retry_at
            raise
        return response

    async def ask(self, request: Request, turns: Turns) -> Response:
        """Download now; raises PrivateAddress where the name was refused by the resolver."""
        try:
            return await super().download_request(request)
        except CannotResolveHostError as error:
            name = hostname_of(urlsplit(request.url).netloc)
            if address := refused_address(name):
                raise PrivateAddress(f"{name} is at {address}, which is no public address") from error
            turns.failed(request.url)
            raise
        except NO_ANSWER:
            turns.failed(request.url)
            raise


def note_answer(turns: Turns, request: Request, response: Response) -> None:
    """Tell the turns how the host answered; a request that it wants much later is not tried again in this crawl."""
    header = (response.headers.get("Retry-After") or b"").decode("latin-1")
    asked = parse_retry_after(header, dt.datetime.now(dt.UTC))
    latency = float(request.meta.get("download_latency", 0.0))
    retry_at = turns.answered(request.url, response.status, latency, asked)
    if retry_at is not None:
        request.meta[RETRY_AT] = retry_at
        request.meta["dont_retry"] = True


class BoundedConnections:
    """Makes connections as `make` does, and breaks them off where the headers of an answer have no end.

    Twisted bounds the length of a header line, but takes any number of them.
    """

    def __init__(self, make: Any) -> None:  # noqa: ANN401 - a class of Twisted's without types
        self.make = make

    def __call__(self, *arguments: Any) -> Any:  # noqa: ANN401
        """A factory of connections."""
        factory = self.make(*arguments)
        build = factory.buildProtocol

        def build_bounded(address: object) -> HTTP11ClientProtocol:
            protocol: HTTP11ClientProtocol = build(address)
            bound_headers(protocol)
            return protocol

        factory.buildProtocol = build_bounded
        return factory


def bound_headers(protocol: HTTP11ClientProtocol) -> None:
    """Break the connection off once MAX_HEADER_BYTES of one answer came without its body having begun."""
    receive = protocol.dataReceived
    taken = 0

    def receive_bounded(data: bytes) -> None:
        nonlocal taken
        receive(data)  # type: ignore[no-untyped-call]
        parser = protocol._parser
        taken = taken + len(data) if parser is not None and parser.state in (STATUS, HEADER) else 0
        if taken > MAX_HEADER_BYTES and protocol.transport is not None:
            protocol.transport.abortConnection()

    protocol.dataReceived = receive_bounded  # type: ignore[method-assign]
