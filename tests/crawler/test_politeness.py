"""Whole crawls against servers on loopback that note who asks, when and in whose name, and what they asked of us."""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from crawler.manners.networks import network_of

PAGE = """<html><body><h1 class="entry-title">Peserta JKN bertambah</h1>
<div class="entry-content"><p>Peserta JKN di Kabupaten Contoh kini 90.000 jiwa.</p></div></body></html>"""
NOT_FOUND = (404, {}, b"")
CONTACT = "redaksi@example.org"


def feed(host, *paths):
    """A feed that announces these pages of the host."""
    items = "".join(f"<item><title>JKN</title><link>http://{host}{path}</link></item>" for path in paths)
    return f"<rss><channel>{items}</channel></rss>".encode()


def site(robots=NOT_FOUND, **pages):
    """A sound outlet: a feed that announces /a, and /a; some of its answers may be others."""

    def answer(path, headers):
        host = headers["Host"]
        sound = {"/robots.txt": robots, "/feed": (200, {}, feed(host, "/a")), "/a": (200, {}, PAGE.encode())}
        return (sound | {f"/{name}": page for name, page in pages.items()}).get(urlsplit(path).path, NOT_FOUND)

    return answer


class Watch:
    """Notes when each request came, what it said, and how many of one network were there at once."""

    def __init__(self, answer):
        self.answer = answer
        self.came = []
        self.lock = threading.Lock()
        self.present = []
        self.most = 0

    def __call__(self, path, headers):
        network = network_of(headers["Host"])
        with self.lock:
            self.came.append((time.monotonic(), network, headers))
            self.present.append(network)
            self.most = max(self.most, self.present.count(network))
        # as long as a network takes, so that a second one would be seen
        threading.Event().wait(0.02)
        with self.lock:
            self.present.remove(network)
        return self.answer(path, headers)

    def pauses(self, network):
        times = [moment for moment, name, _ in self.came if name == network]
        return [later - earlier for earlier, later in pairwise(times)]


def test_one_request_at_a_time_to_a_network_and_a_pause_before_each(crawl, serving, outlet_toml):
    """Also across its portals, www. and bare names, redirects, robots.txt, repeats and ways of discovery."""
    statuses = [500, 200]

    def answer(path, headers):
        host, path = headers["Host"], urlsplit(path).path
        if path == "/a":
            bare = host.removeprefix("www.")
            return 301, {"Location": f"http://{bare}/b" if bare != host else "/b"}, b""
        if (host, path) == ("timur.kabar.localhost", "/b"):
            return statuses.pop(0), {}, PAGE.encode()
        return site(feed=(200, {}, feed(host, "/a")), b=(200, {}, PAGE.encode()))(path, headers)

    watch = Watch(answer)
    hosts = ["www.kabar.localhost", "timur.kabar.localhost", "barat.kabar.localhost", "lain.localhost"]
    tables = [outlet_toml(host, "feed", "/feed") + f'\nwordpress = ["http://{host}/"]' for host in hosts]
    with serving(watch) as (gateway, _):
        result = crawl(outlets="\n".join(tables), gateway=f"http://{gateway}", delay=0.2)
    assert len(result["articles"]) == 4
    assert watch.most == 1
    network = watch.pauses("kabar.localhost")
    # Of three portals a robots.txt, a feed, a page, where it leads, and a search; one robots.txt and one try more.
    assert len(network) + 1 >= 3 * 5 + 2
    assert min(network) >= 0.2
    assert min(watch.pauses("lain.localhost")) >= 0.2


def test_a_crawl_delay_is_kept_by_all_ways_and_no_good_answer_shortens_it(crawl, serving, outlet_toml):
    rules = b"User-agent: *\nCrawl-delay: 9\n\nUser-agent: cakupan\nCrawl-delay: 0.4\n"
    watch = Watch(site(robots=(200, {}, rules)))
    with serving(watch) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed") + f'\nsitemap = ["http://{host}/sitemap.xml"]')
    assert asked.count("/robots.txt") == 1
    assert len(result["articles"]) == 1
    assert len(asked) == 4
    assert min(watch.pauses("127.0.0.1")) >= 0.4


def test_a_crawl_delay_longer_than_the_longest_pause_ends_the_outlet(crawl, serving, outlet_toml):
    with serving(site(robots=(200, {}, b"User-agent: *\nCrawl-delay: 121\n"))) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"))
    assert asked == ["/robots.txt"]
    assert result["errors"] == {"told_to_wait": 1}


def test_every_request_says_who_asks_and_nothing_more(crawl, serving, outlet_toml):
    sticky = {"Set-Cookie": "pengunjung=1; Path=/", "Referrer-Policy": "unsafe-url"}
    pages = {
        "feed": (200, sticky, b""),
        "a": (302, sticky | {"Location": "/b"}, b""),
        "b": (200, sticky, PAGE.encode()),
    }

    def answer(path, headers):
        status, more, body = site(**pages)(path, headers)
        return status, more, feed(headers["Host"], "/a") if path == "/feed" else body

    watch = Watch(answer)
    with serving(watch) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"), contact=CONTACT)
    assert len(result["articles"]) == 1
    assert asked == ["/robots.txt", "/feed", "/a", "/b"]
    for _, _, headers in watch.came:
        assert headers["User-Agent"].startswith("cakupan/")
        assert headers["User-Agent"].endswith(f"(+{CONTACT})")
        assert headers["From"] == CONTACT
        assert headers["Accept-Encoding"] == "gzip, deflate"
        assert not {"Cookie", "Referer"} & set(headers)


FORBID_ALL = b"User-agent: *\nDisallow: /\n"
FORBID_A = b"User-agent: *\nDisallow: /a\n"
UNREADABLE = {"robots_unreadable": 1}
FORBIDDEN = {"forbidden_by_robots": 1}
ROBOTS = [
    # the answer to the request for robots.txt; what is counted of its outlet
    ((404, {}, FORBID_ALL), {}),
    ((410, {}, FORBID_ALL), {}),
    ((401, {}, FORBID_ALL), {}),
    ((403, {}, FORBID_ALL), {}),
    ((204, {}, b""), {}),
    ((200, {}, b""), {}),
    ((200, {"Content-Type": "text/plain"}, b"<!DOCTYPE html>\nUser-agent: *\nDisallow: /"), {}),
    ((200, {}, FORBID_ALL), FORBIDDEN),
    ((200, {}, FORBID_A), FORBIDDEN),
    ((200, {}, FORBID_A.decode().encode("utf-16")), FORBIDDEN),
    ((200, {}, FORBID_A + b"#" * 600 * 1024), FORBIDDEN),
    ((200, {"Content-Encoding": "gzip"}, gzip.compress(FORBID_A, mtime=0)), FORBIDDEN),
    ((200, {"Content-Encoding": "gzip"}, gzip.compress(FORBID_A, mtime=0)[:-9]), UNREADABLE),
    ((200, {"Content-Encoding": "gzip"}, FORBID_A), UNREADABLE),
    ((200, {}, b"#" * 9_000_000), UNREADABLE),
    ((500, {}, b""), UNREADABLE),
    ((429, {}, b""), UNREADABLE),
    ((503, {"Retry-After": "0"}, b""), UNREADABLE),
    ((503, {"Retry-After": "7200"}, b""), {"told_to_wait": 1}),
    ((302, {"Location": "/robots.txt"}, b""), UNREADABLE),
    ((302, {"Location": "ftp://kabar.example/robots.txt"}, b""), UNREADABLE),
    ((302, {"Location": "/aturan"}, b""), FORBIDDEN),
    ((200, {"Content-Length": "999", "Connection": "close"}, FORBID_A), {"unreachable": 1}),
]


def test_robots_txt_in_every_state(crawl, serving, outlet_toml):
    with contextlib.ExitStack() as stack:
        served = [stack.enter_context(serving(site(robots=answer, aturan=(200, {}, FORBID_A)))) for answer, _ in ROBOTS]
        hosts = [host for host, _ in served]
        # and one where nobody listens
        tables = [outlet_toml(host, "feed", "/feed") for host in [*hosts, "127.0.0.1:9"]]
        result = crawl(outlets="\n".join(tables), settings={"RETRY_TIMES": 1})
    got = [outlet["errors"] for outlet in result["outlets"]]
    assert got == [*(errors for _, errors in ROBOTS), {"unreachable": 1}]
    for (_, asked), (_, errors) in zip(served, ROBOTS, strict=True):
        assert ("/a" in asked) == (errors == {})
        assert ("/feed" in asked) <= (errors in ({}, FORBIDDEN))
    assert len(result["articles"]) == sum(errors == {} for _, errors in ROBOTS)
    assert result["stderr"] == ""


def test_the_rules_of_the_host_that_a_redirect_leads_to_count(crawl, serving, outlet_toml):
    with serving(site(robots=(200, {}, FORBID_A))) as (closed, there):
        leads = site(a=(301, {"Location": f"http://{closed}/a"}, b""))
        with serving(leads) as (host, asked):
            result = crawl(outlets=outlet_toml(host, "feed", "/feed"))
    assert asked == ["/robots.txt", "/feed", "/a"]
    assert there == ["/robots.txt"]
    assert result["errors"] == {"forbidden_by_robots": 1}


def test_robots_txt_that_never_ends_costs_its_time_once(crawl, outlet_toml):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        table = outlet_toml(host, "feed", "/feed") + f'\nwordpress = ["http://{host}/"]'
        result = crawl(outlets=table, settings={"RETRY_TIMES": 0, "DOWNLOAD_TIMEOUT": 1})
    assert set(result["errors"]) == {"unreachable"}
    assert result["requests"] == 1


NAMES = {
    "kabar.example": ["127.0.0.2"],
    "dalam.kabar.example": ["10.0.0.1"],
    "dua.kabar.example": ["127.0.0.2", "10.0.0.1"],
}


def test_a_run_connects_to_no_name_that_resolves_to_a_private_address(crawl, serving, outlet_toml):
    """127.0.0.2 plays the public address here, at which kabar.example is."""

    def answer(path, headers):
        port = headers["Host"].partition(":")[2]
        private = [f"http://dalam.kabar.example:{port}/a", f"http://dua.kabar.example:{port}/a"]
        links = [*private, "/by-name", "/by-number", "/sound"]
        items = "".join(f"<item><title>JKN</title><link>{link}</link></item>" for link in links)
        return {
            "/feed": (200, {}, f"<rss><channel>{items}</channel></rss>".encode()),
            "/by-name": (302, {"Location": private[0]}, b""),
            "/by-number": (302, {"Location": f"http://10.0.0.1:{port}/a"}, b""),
            "/sound": (200, {}, PAGE.encode()),
        }.get(path, NOT_FOUND)

    with serving(answer, "127.0.0.2") as (host, asked):
        domain = host.replace("127.0.0.2", "kabar.example")
        result = crawl(
            outlets=outlet_toml(domain, "feed", "/feed"),
            allow_local=False,
            contact=CONTACT,
            names=NAMES,
            public="127.0.0.2",
            settings={"PAUSE": 0},
        )
    assert [page["url"] for page in result["articles"]] == [f"http://{domain}/sound"]
    assert result["errors"] == {"private_address": 4}
    assert sorted(asked) == ["/by-name", "/by-number", "/feed", "/robots.txt", "/sound"]


@pytest.mark.parametrize("proxy", ["127.0.0.1", "proksi.example"])
def test_a_proxy_of_the_environment_may_be_private_and_resolves_for_itself(crawl, serving, outlet_toml, proxy):
    with serving(site()) as (host, asked):
        address = f"http://{host.replace('127.0.0.1', proxy)}"
        result = crawl(
            outlets=outlet_toml("kabar.example", "feed", "/feed"),
            allow_local=False,
            contact=CONTACT,
            names={"proksi.example": ["127.0.0.1"]},
            environment={"http_proxy": address, "no_proxy": ""},
            settings={"PAUSE": 0},
        )
    assert asked == [f"http://kabar.example{path}" for path in ("/robots.txt", "/feed", "/a")]
    assert len(result["articles"]) == 1


def test_the_proxy_itself_is_no_page(crawl, serving, outlet_toml):
    with serving(site()) as (host, asked):
        port = host.partition(":")[2]
        result = crawl(
            outlets=outlet_toml(f"proksi.example:{port}", "feed", "/feed"),
            allow_local=False,
            contact=CONTACT,
            names={"proksi.example": ["127.0.0.1"]},
            environment={"http_proxy": f"http://proksi.example:{port}", "no_proxy": "proksi.example"},
            settings={"PAUSE": 0},
        )
    assert asked == []
    assert result["errors"] == {"private_address": 1}
