"""Whole crawls against servers on loopback that behave badly: what is kept, what is counted, how often each was asked.

That a crawl ends by itself is tested by each of them; nothing here measures time, only requests and bytes.
"""

from __future__ import annotations

import contextlib
import gzip
import socketserver
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterator

import brotli
import pytest
from backports import zstd

STORY = "Peserta JKN di Kabupaten Contoh kini 90.000 jiwa – 98,5 persen."
PAGE = f"""<html><body><h1 class="entry-title">Peserta JKN bertambah</h1>
<div class="entry-content"><p>{STORY}</p></div></body></html>"""
NOT_FOUND = (404, {}, b"")


def feed(host, *paths):
    """A feed that announces these pages of the host."""
    items = "".join(f"<item><title>JKN</title><link>http://{host}{path}</link></item>" for path in paths)
    return f"<rss><channel>{items}</channel></rss>".encode()


def site(robots=NOT_FOUND, **pages):
    """A sound outlet: a feed that announces /a, and /a; some of its answers may be others."""

    def answer(path, headers):
        host = headers["Host"]
        sound = {"/robots.txt": robots, "/feed": (200, {}, feed(host, "/a")), "/a": (200, {}, PAGE.encode())}
        given = (sound | {f"/{name}": page for name, page in pages.items()}).get(path, NOT_FOUND)
        return given(host) if callable(given) else given

    return answer


Write = Callable[[bytes], object]


@contextlib.contextmanager
def wire(pages: dict[str, Callable[[Write], None]]) -> Iterator[tuple[str, list[str], Counter[str]]]:
    """A server that writes whatever bytes a page wants; gives its host, the paths asked, and what it could send."""
    asked: list[str] = []
    sent: Counter[str] = Counter()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            path = self.rfile.readline().split()[1].decode()
            while self.rfile.readline().strip():
                pass
            asked.append(path)

            def write(data: bytes) -> None:
                sent[path] += self.connection.send(data)

            with contextlib.suppress(ConnectionError):
                pages.get(path, lambda write: write(b"HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n"))(write)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", asked, sent
        server.shutdown()


def whole(body, length=None):
    """An ordinary answer, byte by byte; it may announce another length than it has."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length or len(body)}\r\n\r\n"
    return lambda write: write(head.encode() + body)


def pack(body, bits):
    packer = zlib.compressobj(wbits=bits)
    return packer.compress(body) + packer.flush()


ZEROES = bytes(50_000_000)
GZIP_BOMB = pack(ZEROES, zlib.MAX_WBITS | 16)
DEFLATE_BOMB = pack(ZEROES, zlib.MAX_WBITS)
BROTLI_BOMB = brotli.compress(ZEROES, quality=1)
ZSTD_BOMB = zstd.compress(ZEROES)
PACKED = gzip.compress(PAGE.encode(), mtime=0)

PAGES = {
    # page: how it answers, what is counted; None is an article kept whole
    "/sound": ((200, {}, PAGE.encode()), None),
    "/latin": ((200, {"Content-Type": "text/html; charset=iso-8859-1"}, PAGE.encode()), None),
    "/cp1252": ((200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode("cp1252")), None),
    "/no-charset": ((200, {"Content-Type": "text/html; charset=entah"}, PAGE.encode()), None),
    "/packed": ((200, {"Content-Encoding": "gzip"}, PACKED), None),
    "/brotli": ((200, {"Content-Encoding": "br"}, brotli.compress(PAGE.encode())), None),
    "/missing": (NOT_FOUND, "http_404"),
    "/gone": ((410, {}, b""), "http_410"),
    "/forbidden": ((403, {"Content-Encoding": "gzip"}, b"kaputt"), "http_403"),
    "/nothing": ((200, {}, b""), "empty_answer"),
    "/no-content": ((204, {}, b""), "empty_answer"),
    "/part": ((206, {"Content-Range": "bytes 0-50/900"}, PAGE.encode()[:50]), "empty_answer"),
    "/pdf": ((200, {"Content-Type": "application/pdf"}, b"%PDF-1.4"), "no_html"),
    "/cut-gzip": ((200, {"Content-Encoding": "gzip"}, PACKED[:-30]), "broken_body"),
    "/no-gzip": ((200, {"Content-Encoding": "gzip"}, PAGE.encode()), "broken_body"),
    "/gzip-bomb": ((200, {"Content-Encoding": "gzip"}, GZIP_BOMB), "too_large"),
    "/deflate-bomb": ((200, {"Content-Encoding": "deflate"}, DEFLATE_BOMB), "too_large"),
    "/two-bombs": ((200, {"Content-Encoding": "gzip, gzip"}, gzip.compress(GZIP_BOMB, mtime=0)), "too_large"),
    "/brotli-bomb": ((200, {"Content-Encoding": "br"}, BROTLI_BOMB), "refused_response"),
    "/zstd-bomb": ((200, {"Content-Encoding": "zstd"}, ZSTD_BOMB), "refused_response"),
    "/to-itself": ((302, {"Location": "/to-itself"}, b""), "too_many_redirects"),
    "/to-ftp": ((301, {"Location": "ftp://kabar.example/a"}, b""), "bad_redirect"),
    "/to-file": ((301, {"Location": "file:///etc/hostname"}, b""), "bad_redirect"),
    "/nowhere": ((302, {}, b""), "http_302"),
}


def test_a_page_that_misbehaves_costs_itself_only(crawl, serving, outlet_toml):
    pages = {path[1:]: answer for path, (answer, _) in PAGES.items()}
    with serving(site(feed=lambda host: (200, {}, feed(host, *PAGES)), **pages)) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"))
    kept = {page["url"].removeprefix(f"http://{host}"): page["text"] for page in result["articles"]}
    assert kept == {path: STORY for path, (_, counted) in PAGES.items() if counted is None}
    assert result["errors"] == Counter(counted for _, counted in PAGES.values() if counted)
    assert Counter(asked) == Counter(["/robots.txt", "/feed", *PAGES, *["/to-itself"] * 5])
    assert result["irrelevant"] == 0, "a page that says nothing is no page about something else"
    assert result["stderr"] == ""


def endless_headers(write):
    write(b"HTTP/1.1 200 OK\r\n")
    while True:
        write(b"X-Lagi: " + b"a" * 8000 + b"\r\n")


def endless_interim_answers(write):
    while True:
        write(b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" * 200)


def endless_body(write):
    write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
    while True:
        write(b"<p>JKN</p>" * 5000)


def dripping_body(write):
    write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999\r\n\r\n")
    drip = threading.Event()
    while not drip.wait(0.05):
        write(b".")


def broken_chunk(write):
    write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n" + PAGE.encode()[:99]
    )


WIRE = {
    "/sound": (whole(PAGE.encode()), None, 1),
    "/announced": (whole(PAGE.encode(), 900_000_000), "too_large", 1),
    "/endless-body": (endless_body, "too_large", 1),
    "/endless-headers": (endless_headers, "connection_broken", 2),
    "/endless-hints": (endless_interim_answers, "connection_broken", 2),
    "/drip": (dripping_body, "no_answer_in_time", 2),
    "/broken-off": (whole(PAGE.encode(), 9999), "connection_broken", 2),
    "/broken-chunk": (broken_chunk, "connection_broken", 2),
    "/no-http": (lambda write: write(b"220 ftp.kabar.example ready\r\n"), "connection_broken", 2),
    "/silence": (lambda write: None, "connection_broken", 2),
}


def test_a_connection_that_misbehaves_is_broken_off_within_bounds(crawl, outlet_toml):
    pages = {path: page for path, (page, _, _) in WIRE.items()}
    with wire(pages) as (host, asked, sent):
        pages["/feed"] = whole(feed(host, *WIRE))
        result = crawl(
            outlets=outlet_toml(host, "feed", "/feed"),
            settings={"DOWNLOAD_TIMEOUT": 1, "RETRY_TIMES": 1, "FAILURES_IN_A_ROW": 99, "LONGEST_PAUSE": 0.1},
        )
    assert [page["url"] for page in result["articles"]] == [f"http://{host}/sound"]
    assert result["errors"] == Counter(counted for _, counted, _ in WIRE.values() if counted)
    assert {path: asked.count(path) for path in WIRE} == {path: times for path, (_, _, times) in WIRE.items()}
    # What waits in the system's buffers counts too, some MB at the most.
    assert all(count < 20_000_000 for count in sent.values()), sent
    assert result["stderr"] == ""


FEEDS = {
    "sound": ((200, {}, None), {}, 1),
    "page": ((200, {}, b"<!DOCTYPE html><html><p>Sedang dalam perbaikan</html>"), {"unreadable_listing": 1}, 0),
    "cut-xml": ((200, {}, b"feed, cut off"), {}, 1),
    "charset": ((200, {"Content-Type": "text/xml; charset=ascii"}, None), {}, 1),
    "empty": ((200, {}, b""), {"empty_answer": 1}, 0),
    "no-content": ((204, {}, b""), {"empty_answer": 1}, 0),
    "cut-gzip": ((200, {"Content-Encoding": "gzip"}, gzip.compress(b"<rss>" * 99)[:20]), {"broken_body": 1}, 0),
    "missing": (NOT_FOUND, {"http_404": 1}, 0),
    "gone": ((410, {}, b""), {"http_410": 1}, 0),
    "in-circles": ((302, {"Location": "/feed"}, b""), {"too_many_redirects": 1}, 0),
    "entities": (
        (200, {}, b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 9000 + b'">]><rss>' + b"&x;" * 90_000 + b"</rss>"), {}, 0,
    ),
}  # fmt: skip


def test_a_feed_that_misbehaves_is_counted_and_costs_its_outlet_only(crawl, serving, outlet_toml):
    def answer(name, host):
        status, headers, body = FEEDS[name][0]
        if name == "cut-xml":
            body = feed(host, "/a").partition(b"</channel>")[0] + b"<item><title>JKN &brok"
        return status, headers, feed(host, "/a") if body is None else body

    with contextlib.ExitStack() as stack:
        hosts = [
            stack.enter_context(serving(site(feed=lambda host, name=name: answer(name, host))))[0] for name in FEEDS
        ]
        result = crawl(outlets="\n".join(outlet_toml(host, "feed", "/feed") for host in hosts))
    got = dict(zip(FEEDS, ((outlet["errors"], outlet["articles"]) for outlet in result["outlets"]), strict=True))
    assert got == {name: (errors, articles) for name, (_, errors, articles) in FEEDS.items()}
    assert result["stderr"] == ""


def test_errors_that_pass_cost_nothing_but_another_try(crawl, serving, outlet_toml):
    failing = {"b1": [500, 502, 200], "b2": [503, 504, 200]}

    def page(name):
        return lambda host: (failing[name].pop(0), {}, PAGE.encode())

    pages = {"feed": lambda host: (200, {}, feed(host, "/b1", "/b2")), "b1": page("b1"), "b2": page("b2")}
    with serving(site(**pages)) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"))
    assert len(result["articles"]) == 2
    assert result["errors"] == {}
    assert asked.count("/b1") == asked.count("/b2") == 3


def test_a_site_that_only_fails_is_given_up_for_all_ways_and_the_others_go_on(crawl, serving, outlet_toml):
    paths = [f"/{number}" for number in range(40)]

    def answer(path, headers):
        sound = {"/robots.txt": NOT_FOUND, "/feed": (200, {}, feed(headers["Host"], *paths))}
        return sound.get(path, (500, {}, b""))

    with serving(answer) as (dead, asked), serving(site()) as (host, _):
        table = outlet_toml(dead, "feed", "/feed") + f'\nwordpress = ["http://{dead}/"]'
        result = crawl(outlets=table + "\n" + outlet_toml(host, "feed", "/feed"))
    failing, sound = result["outlets"]
    assert len(asked) == 2 + 8, "a robots.txt, a feed, and eight failures in a row"
    assert failing["errors"]["given_up"] >= 40 - 8
    assert sound["articles"] == 1


def test_a_host_that_names_a_late_hour_is_left_alone_and_its_neighbours_are_not(crawl, serving, outlet_toml):
    busy = site(a=(503, {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}, b""))
    with serving(busy) as (host, asked), serving(site()) as (other, _):
        table = outlet_toml(host, "feed", "/feed") + f'\nwordpress = ["http://{host}/"]'
        result = crawl(outlets=table + "\n" + outlet_toml(other, "feed", "/feed"))
    left, sound = result["outlets"]
    assert asked == ["/robots.txt", "/feed", "/a"]
    assert left["errors"]["http_503"] == 1
    assert left["errors"]["told_to_wait"] >= 1
    assert sound["articles"] == 1


@pytest.mark.parametrize("place", ["feed", "a"])
def test_until_the_hour_that_a_host_named_the_next_crawl_asks_it_nothing(crawl, known, serving, outlet_toml, place):
    """Neither its listings nor the pages that are left over, whichever of them was told so."""
    answers = [(429, {"Retry-After": "7200"}, b""), (404, {}, b"")]
    with serving(site(**{place: lambda host: answers.pop(0)})) as (host, asked):
        table = outlet_toml(host, "feed", "/feed")
        first = crawl(outlets=table)
        before = list(asked)
        again = crawl(outlets=table, known=known(first), insist=True)
        later = crawl(outlets=table, known=known(first), now="2999-01-01T00:00:00+00:00")
    assert first["errors"] == {"http_429": 1}
    assert (again["requests"], again["outlets"][0]["postponed"]) == (0, 1)
    assert later["errors"] == {"http_404": 1}
    assert asked[: len(before) + 1] == [*before, "/robots.txt"]


@pytest.mark.parametrize("wait", ["0", "lama", "Sun, 06 Nov 1994 08:49:37 GMT"])
def test_a_wait_that_is_over_or_unreadable_is_none(crawl, serving, outlet_toml, wait):
    answers = [(429, {"Retry-After": wait}, b""), (200, {}, PAGE.encode())]
    with serving(site(a=lambda host: answers.pop(0))) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"))
    assert asked == ["/robots.txt", "/feed", "/a", "/a"]
    assert len(result["articles"]) == 1
