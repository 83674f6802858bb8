"""How the pause before a host's next request grows and shrinks, and when a host is left alone."""

from __future__ import annotations

import asyncio
import datetime as dt
import time

import pytest

from crawler.manners.refusals import GivenUp, Stopped, ToldToWait
from crawler.manners.turns import Turns

URL = "https://kabar.example/a"
OTHER = "https://lain.example/a"
FAST = 0.1


class Clock:
    """Seconds that pass when the test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def turns() -> Turns:
    return Turns(pause=2, longest=120, patience=4, clock=Clock())


def pauses(turns, statuses, seconds=FAST, **more):
    """The pause after each answer."""
    found = []
    for status in statuses:
        turns.answered(URL, status, seconds, **more)
        found.append(turns.host(URL).pause)
    return found


def test_the_pause_doubles_with_each_sign_of_trouble_and_comes_down_again(turns):
    assert pauses(turns, [200, 429, 503, 500]) == [2, 4, 8, 16]
    assert pauses(turns, [200, 200, 304, 200, 200, 200]) == [9, 5.5, 3.75, 2.875, 2.4375, 2.21875]
    assert turns.host(OTHER).pause == 2


def test_a_page_that_is_missing_is_no_sign_of_trouble(turns):
    assert pauses(turns, [404, 410, 403] * 3) == [2] * 9
    turns.check(URL)


def test_a_slow_host_gets_pauses_as_long_as_its_answers(turns):
    assert pauses(turns, [200], seconds=7) == [7]
    assert pauses(turns, [200], seconds=500) == [120]


def test_pauses_end_at_the_longest(turns):
    turns.patience = 99
    assert pauses(turns, [503] * 8)[-3:] == [120, 120, 120]


def test_the_host_waits_as_long_as_it_asked(turns):
    assert turns.answered(URL, 429, FAST, retry_after=90) is None
    assert turns.host(URL).due() == turns.clock() + 90
    # what it does not ask is not given
    turns.answered(OTHER, 429, FAST, retry_after=0)
    assert turns.host(OTHER).due() <= turns.clock()


@pytest.mark.parametrize("status", [200, 404, 500])
def test_only_overloaded_servers_name_a_wait(turns, status):
    assert turns.answered(URL, status, FAST, retry_after=9999) is None
    turns.check(URL)


@pytest.mark.parametrize(
    ("asked", "leave"), [(121, 121), (86400, 86400), (1e300, 30 * 86400), (float("inf"), 30 * 86400)]
)
def test_a_host_that_asks_for_more_is_left_until_then_or_a_month(turns, asked, leave):
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    retry_at = turns.answered(URL, 503, FAST, retry_after=asked)
    assert dt.timedelta(0) <= retry_at - before - dt.timedelta(seconds=leave) < dt.timedelta(seconds=10)
    with pytest.raises(ToldToWait, match=r"kabar\.example asks to be left alone until") as caught:
        turns.check("http://www.kabar.example/b")
    assert caught.value.retry_at == retry_at
    turns.check(OTHER)


def test_a_host_that_fails_too_often_in_a_row_is_given_up(turns):
    for status in (500, 502, 500, 200, 500, 408, 429):
        turns.answered(URL, status, FAST)
    turns.check(URL)
    turns.failed(URL)
    with pytest.raises(GivenUp, match=r"kabar\.example failed 4 times in a row"):
        turns.check(URL)


def test_a_crawl_delay_is_the_least_pause_and_nothing_brings_it_down(turns):
    turns.slow_down(URL, 10)
    assert pauses(turns, [200] * 5) == [10] * 5
    assert pauses(turns, [503, 200, 200])[-1] < 20
    turns.slow_down(OTHER, 0.5)
    assert turns.host(OTHER).pause == 2


def test_a_crawl_delay_longer_than_the_longest_pause_means_not_now(turns):
    turns.slow_down(URL, 600)
    with pytest.raises(ToldToWait, match="asks for 600 seconds between two requests"):
        turns.check(URL)


def test_all_that_wait_are_told_at_once_when_the_crawl_is_to_end(turns):
    async def wait_and_stop():
        turns.stopped = asyncio.Event()
        turns.host(URL).not_before = turns.clock() + 3600

        async def ask():
            async with turns.turn(URL):
                raise AssertionError("an hour has not passed")

        waiting = [asyncio.ensure_future(ask()) for _ in range(3)]
        await asyncio.sleep(0)
        turns.stop()
        return await asyncio.gather(*waiting, return_exceptions=True)

    assert [type(error) for error in asyncio.run(wait_and_stop())] == [Stopped] * 3


def test_first_come_first_served(turns):
    served = []

    async def ask(number):
        async with turns.turn(URL):
            served.append(number)

    async def ask_all():
        turns.clock = time.monotonic
        turns.stopped = asyncio.Event()
        turns.pause = turns.host(URL).pause = 0.001
        await asyncio.gather(*map(ask, range(20)))

    asyncio.run(ask_all())
    assert served == list(range(20))


def test_one_at_a_time_to_a_network_and_an_error_gives_the_turn_back(turns):
    order = []

    async def ask(url, fail=False):
        async with turns.turn(url):
            order.append(f"begin {url[8:9]}")
            await asyncio.sleep(0)
            order.append(f"end {url[8:9]}")
            if fail:
                raise OSError

    async def ask_all():
        turns.stopped = asyncio.Event()
        turns.pause = 0
        for url in ("https://a.kabar.example/", "https://b.kabar.example/"):
            turns.host(url).pause = 0
        asked = [
            ask("https://a.kabar.example/", True),
            ask("https://b.kabar.example/"),
            ask("https://a.kabar.example/"),
        ]
        await asyncio.gather(*asked, return_exceptions=True)

    asyncio.run(ask_all())
    assert order == ["begin a", "end a", "begin b", "end b", "begin a", "end a"]
