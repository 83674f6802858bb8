"""What an answer tells about asking again, and that headers come to an end."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from crawler.manners.downloads import MAX_HEADER_BYTES, RETRY_AT, bound_headers, note_answer
from crawler.manners.guard import proxy_hosts
from crawler.manners.turns import Turns

URL = "https://kabar.example/a"


@pytest.fixture
def turns() -> Turns:
    return Turns(pause=2, longest=120, patience=8)


def test_the_moment_that_a_host_named_is_handed_on_and_the_page_not_tried_again(turns):
    request = Request(URL)
    note_answer(turns, request, Response(URL, status=429, headers={"Retry-After": "7200"}))
    assert request.meta["dont_retry"]
    assert dt.timedelta(hours=1.9) < request.meta[RETRY_AT] - dt.datetime.now(dt.UTC) <= dt.timedelta(hours=2)


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "60"}, {"Retry-After": "nanti"}])
def test_a_page_that_may_be_had_soon_is_tried_again(turns, headers):
    request = Request(URL)
    note_answer(turns, request, Response(URL, status=503, headers=headers))
    assert request.meta == {}
    assert turns.host(URL).pause == 4


class Connection:
    """What stands for Twisted's protocol: a parser that is in this state, and a transport."""

    def __init__(self, state):
        self._parser = self
        self.transport = self
        self.state = state
        self.received = 0
        self.aborted = False

    def dataReceived(self, data):  # noqa: N802 - Twisted's name
        self.received += len(data)

    def abortConnection(self):  # noqa: N802
        self.aborted = True


@pytest.mark.parametrize(("state", "aborted"), [("STATUS", True), ("HEADER", True), ("BODY", False)])
def test_headers_without_end_are_broken_off_and_long_bodies_are_not(state, aborted):
    connection = Connection(state)
    bound_headers(connection)
    for _ in range(5):
        connection.dataReceived(b"x" * (MAX_HEADER_BYTES // 4))
    assert connection.received == 5 * (MAX_HEADER_BYTES // 4)
    assert connection.aborted is aborted


def test_only_proxies_that_are_used_may_be_private(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ftp_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("http_proxy", "http://guna:sandi@proksi.example:3128")
    monkeypatch.setenv("https_proxy", "10.0.0.9:3128")
    used = Settings({"HTTPPROXY_ENABLED": True, "GATEWAY": ""})
    assert proxy_hosts(used) == {"proksi.example", "10.0.0.9"}
    assert proxy_hosts(Settings({"HTTPPROXY_ENABLED": False, "GATEWAY": "http://127.0.0.1:8000"})) == {"127.0.0.1"}


def test_each_event_loop_has_turns_of_its_own():
    from crawler.manners.turns import turns_of

    settings = Settings({"PAUSE": 3, "LONGEST_PAUSE": 60, "FAILURES_IN_A_ROW": 5})

    async def look():
        assert turns_of(settings) is turns_of(settings)
        return turns_of(settings)

    turns = asyncio.run(look())
    assert (turns.pause, turns.longest, turns.patience) == (3, 60, 5)
    assert asyncio.run(look()) is not turns
