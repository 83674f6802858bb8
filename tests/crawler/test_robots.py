"""What a robots.txt asks of us, whatever state it is in, and why it could not be had, as it is told to a person."""

from __future__ import annotations

import time

import pytest
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError
from scrapy.http import Response

from crawler.manners.refusals import ForbiddenByRobots, RobotsUnreadable, describe_failure
from crawler.manners.robots import parse_robots, rules_of

SITE = "https://kabar.example"


def forbids(rules, path):
    try:
        rules.check(SITE + path)
    except ForbiddenByRobots:
        return True
    return False


OURS = b"User-agent: *\nDisallow: /\n\nUser-agent: cakupan\nDisallow: /cari\nCrawl-delay: 7\n"
NOT_OURS = b"User-agent: *\nDisallow: /cari\n\nUser-agent: GPTBot\nDisallow: /\n"


@pytest.mark.parametrize("robots", [OURS, OURS.replace(b"cakupan", b"CAKUPAN/0.1"), NOT_OURS])
def test_rules_for_cakupan_count_and_else_those_for_all(robots):
    rules = parse_robots(robots)
    assert forbids(rules, "/cari?q=jkn")
    assert not forbids(rules, "/berita/1")


@pytest.mark.parametrize("name", [b"bot", b"python", b"cakupan-lain", b"scrapy"])
def test_rules_for_others_are_not_ours(name):
    assert not forbids(parse_robots(b"User-agent: " + name + b"\nDisallow: /\n"), "/berita/1")


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /cari\n",
        "User-agent: *\nDisallow: /cari\n".encode("utf-16"),
        "User-agent: *\nDisallow: /cari\n".encode("utf-16-le"),
        b"# pemilik: \xe9\xff\nUser-agent: *\nDisallow: /cari\n",
        b"User-agent: *\rDisallow: /cari\r",
        b"\n\n  user-AGENT : *\n disallow:/cari # pencarian\n",
    ],
)
def test_marks_charsets_and_line_ends_do_not_hide_a_rule(body):
    assert forbids(parse_robots(body), "/cari")
    assert not forbids(parse_robots(body), "/berita")


@pytest.mark.parametrize(
    "body", [b"", b"\n", b"<!DOCTYPE html>\nUser-agent: *\nDisallow: /", b" <html>\nDisallow: /", b"\xff\xfe\x00"]
)
def test_what_is_no_robots_txt_has_no_rules(body):
    assert not forbids(parse_robots(body), "/berita")


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ("Crawl-delay: 10", 10),
        ("crawl-delay: 0.5", 0.5),
        ("Request-rate: 1/30", 30),
        ("Request-rate: 10/1m", 6),
        ("Crawl-delay: 5\nRequest-rate: 1/8", 8),
        ("Crawl-delay: lama", 0),
        ("Crawl-delay: -3", 0),
        ("Crawl-delay: inf", 0),
        ("Disallow:", 0),
    ],
)
def test_the_pause_that_is_asked_for(lines, seconds):
    assert parse_robots(f"User-agent: *\n{lines}\n".encode()).pause() == seconds


def test_a_crawl_delay_for_others_is_not_ours():
    assert parse_robots(OURS).pause() == 7
    assert parse_robots(b"User-agent: bingbot\nCrawl-delay: 30\n").pause() == 0


def test_of_a_huge_file_the_first_half_mebibyte_is_read_to_its_last_whole_line():
    first = b"User-agent: *\nDisallow: /cari\n"
    line = b"Disallow: /arsip/tahun-yang-lalu\n"
    huge = first + line * (1 + 500 * 1024 // len(line)) + b"Disallow: /berita\n" * 200_000
    began = time.process_time()
    rules = parse_robots(huge)
    assert forbids(rules, "/cari")
    assert forbids(rules, "/arsip/tahun-yang-lalu/1")
    assert not forbids(rules, "/ber")
    assert time.process_time() - began < 10


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
def test_without_a_robots_txt_there_are_no_rules(status):
    page = Response(SITE + "/robots.txt", status=status, body=b"User-agent: *\nDisallow: /\n")
    assert not forbids(rules_of(page), "/berita")


@pytest.mark.parametrize("status", [302, 304, 407, 408, 425, 429, 500, 502, 503, 520, 999])
def test_rules_that_cannot_be_had_are_no_leave(status):
    rules = rules_of(Response(SITE + "/robots.txt", status=status))
    with pytest.raises(RobotsUnreadable, match=rf"robots.txt of kabar.example cannot be read \(status {status}\)"):
        rules.check(SITE + "/berita")
    assert rules.pause() == 0


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (CannotResolveHostError("DNS lookup failed"), "nobody knows an address for this name; is the network there?"),
        (DownloadConnectionRefusedError("111"), "the connection is refused"),
        (DownloadTimeoutError("30 s"), "no answer in time"),
        (OSError("network is down"), "network is down"),
        (OSError(), "OSError"),
    ],
)
def test_no_answer_is_told_with_its_reason(error, told):
    assert describe_failure(error) == told
