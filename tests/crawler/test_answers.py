"""Packed bodies: taken whole or not at all, within bounds."""

from __future__ import annotations

import gzip
import zlib

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from crawler.manners.answers import Answers, unpack
from crawler.manners.refusals import BadRedirect, BrokenBody, EmptyAnswer, TooLarge, TooManyRedirects

PAGE = "<p>Peserta JKN di Kota Tual 77.512 jiwa – naik.</p>".encode() * 50
LIMIT = 100_000


# Without the time of day, which would give each process other names of tests.
GZIPPED = gzip.compress(PAGE, mtime=0)


def deflate(body, bits):
    packer = zlib.compressobj(wbits=bits)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", GZIPPED),
        ("x-gzip", GZIPPED),
        ("gzip", gzip.compress(PAGE[:100], mtime=0) + gzip.compress(PAGE[100:], mtime=0)),
        ("gzip", GZIPPED + b"\0" * 512),  # padding, as tapes have it
        ("deflate", zlib.compress(PAGE)),
        ("deflate", deflate(PAGE, -zlib.MAX_WBITS)),  # without its header, as some servers send it
    ],
)
def test_what_is_packed_is_unpacked(encoding, body):
    assert unpack(body, encoding, LIMIT) == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
@pytest.mark.parametrize("left", [1, 5, 30, -8, -1])
def test_a_body_that_ends_midway_is_no_body(encoding, left):
    whole = GZIPPED if encoding == "gzip" else zlib.compress(PAGE)
    with pytest.raises(BrokenBody):
        unpack(whole[:left], encoding, LIMIT)


@pytest.mark.parametrize("body", [b"kaputt", b"\x1f\x8b\x08kaputt", GZIPPED[:-8] + b"12345678"])
def test_what_is_no_gzip_is_no_body(body):
    with pytest.raises(BrokenBody):
        unpack(body, "gzip", LIMIT)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_goes_off_within_bounds(encoding):
    bomb = deflate(bytes(50_000_000), zlib.MAX_WBITS | 16 if encoding == "gzip" else zlib.MAX_WBITS)
    with pytest.raises(TooLarge):
        unpack(bomb, encoding, LIMIT)


def test_thousands_of_empty_members_are_not_unpacked_one_by_one():
    with pytest.raises(BrokenBody, match="more than 100 members"):
        unpack(gzip.compress(b"") * 100_000, "gzip", LIMIT)


def answer(status=200, body=b"", meta=None, url="http://kabar.example/a", **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    response = Response(url, status=status, headers=names, body=body)
    return Answers(LIMIT, 5).process_response(Request(url, meta=meta or {}), response)


def test_two_encodings_are_taken_off_in_turn():
    got = answer(body=gzip.compress(zlib.compress(PAGE)), Content_Encoding="deflate, gzip", Content_Type="text/html")
    assert isinstance(got, HtmlResponse)
    assert got.body == PAGE
    assert "Content-Encoding" not in got.headers


def test_nobody_packs_a_page_four_times():
    with pytest.raises(BrokenBody, match="packed 4 times over"):
        answer(body=PAGE, Content_Encoding="gzip, gzip, gzip, gzip")


@pytest.mark.parametrize(("status", "body"), [(200, b""), (200, b" \n"), (204, b""), (205, b""), (206, PAGE)])
def test_nothing_or_a_part_is_no_answer_though_the_status_says_so(status, body):
    with pytest.raises(EmptyAnswer):
        answer(status, body)


def test_an_empty_robots_txt_is_one_without_rules():
    assert answer(200, b"", meta={"is_robots": True}).body == b""


@pytest.mark.parametrize("status", [404, 500, 503])
def test_the_body_of_an_error_is_not_even_unpacked(status):
    got = answer(status, b"kaputt", Content_Encoding="gzip")
    assert (got.status, got.body) == (status, b"")


@pytest.mark.parametrize(
    "location",
    ["ftp://kabar.example/x", "file:///etc/passwd", "javascript:alert(1)", "http://[::1", "data:,x"],
)
def test_a_redirect_to_what_is_no_web_page_is_not_followed(location):
    with pytest.raises(BadRedirect):
        answer(302, Location=location)


@pytest.mark.parametrize("location", ["/b", "//lain.example/b", "https://lain.example/b", "?halaman=2"])
def test_a_redirect_is_left_to_be_followed_five_times(location):
    assert answer(301, Location=location, meta={"redirect_times": 4}).status == 301
    with pytest.raises(TooManyRedirects, match="more than 5 times"):
        answer(301, Location=location, meta={"redirect_times": 5})
