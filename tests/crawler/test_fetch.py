"""One page fetched for somebody who waits: its article, or why not; never from an address that is not public."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from crawler.errors import UnusableAddress
from crawler.fetch import check_address

SCRIPT = Path(__file__).with_name("fetch_once.py")
PAGE = b"""<html><head><title>Peserta JKN di Tual</title></head><body><h1>Peserta JKN di Tual</h1><article>
<p>Peserta JKN di Kota Tual 77.512 jiwa, kata kepala dinas, dan semua warga yang belum terdaftar diminta mendaftar.</p>
</article></body></html>"""


HASTY = {"PAUSE": 0}


def fetch(url, environment=None, **asked):
    """Fetch once with these arguments; warnings are errors there too."""
    outside = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(
        [sys.executable, "-W", "error", str(SCRIPT)],
        input=json.dumps({"url": url, "contact": "uji@example.org", **asked}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=outside | (environment or {}),
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@contextlib.contextmanager
def counting(host="127.0.0.1"):
    """A listening socket that counts who connects and says nothing."""
    connections = []
    with socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:

        def accept():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    connections.append(1)
                    connection.close()

        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1], connections
        listener.shutdown(socket.SHUT_RDWR)


def site(path, headers):
    """A small site: its robots.txt, a page, redirects and what is no page."""
    answers = {
        "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /tertutup\n"),
        "/berita": (200, {}, PAGE),
        "/pindah": (302, {"Location": "/berita"}, b""),
        "/putar": (302, {"Location": "/putar"}, b""),
        "/ftp": (302, {"Location": "ftp://kabar.example/x"}, b""),
        "/tertutup": (200, {}, PAGE),
        "/rilis.pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7 ..."),
        "/teks": (200, {"Content-Type": "text/plain; charset=utf-8"}, "Peserta JKN 77.512 jiwa – Tual".encode()),
        "/tanpa-jenis": (200, {"Content-Type": ""}, b"%PDF-1.7 ..."),
        "/sibuk": (503, {"Retry-After": "3600"}, b""),
        "/besar": (200, {}, b"<p>" + b"x" * (9 * 1024 * 1024)),
        "/bom": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"<p>" + b"\0" * (20 * 1024 * 1024))),
        "/siapa": (200, {"Content-Type": "text/plain"}, headers.get("User-Agent", "").encode()),
    }
    return answers.get(path, (404, {}, b""))


@pytest.mark.parametrize("path", ["/berita", "/pindah"])
def test_the_article_of_a_page_is_read_where_redirects_lead(serving, path):
    with serving(site) as (host, asked):
        got = fetch(f"http://{host}{path}", allow_local=True)
    assert got["error"] is None
    assert got["title"] == "Peserta JKN di Tual"
    assert "77.512 jiwa" in got["text"]
    assert got["url"] == f"http://{host}/berita"
    assert asked[0] == "/robots.txt"


def test_plain_text_is_taken_as_it_stands(serving):
    with serving(site) as (host, _):
        assert fetch(f"http://{host}/teks", allow_local=True)["text"] == "Peserta JKN 77.512 jiwa – Tual"


def test_the_site_is_told_who_asks(serving):
    with serving(site) as (host, _):
        said = fetch(f"http://{host}/siapa", allow_local=True)["text"]
    assert said.startswith("cakupan/")
    assert said.endswith("(+uji@example.org)")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/tertutup", "asks programs to leave this page alone"),
        ("/tidak-ada", "there is no such page (status 404). Check the address."),
        ("/rilis.pdf", "it is no web page but application/pdf. Give its text instead"),
        ("/tanpa-jenis", "it is no web page but something of no stated kind"),
        ("/putar", "it leads on and on, more than 5 times"),
        ("/ftp", "leads to 'ftp://kabar.example/x', which is no web page"),
        ("/sibuk", "asks to be left alone for now (status 503). Try again later."),
        ("/besar", "too large"),
        ("/bom", "too large"),
    ],
)
def test_a_page_that_cannot_be_had_is_told_with_the_reason_and_asked_for_once(serving, path, reason):
    with serving(site) as (host, asked):
        got = fetch(f"http://{host}{path}", allow_local=True)
    assert reason in got["error"]
    assert got["kind"] == "NotFetched"
    assert asked.count(path) <= (6 if path == "/putar" else 1)
    assert ("/tertutup" in asked) is False


def test_rules_that_cannot_be_read_forbid_everything(serving):
    with serving(lambda path, headers: (500, {}, b"")) as (host, asked):
        got = fetch(f"http://{host}/berita", allow_local=True)
    assert f"the robots.txt of {host} cannot be read (status 500). Try again later." in got["error"]
    assert asked == ["/robots.txt"]


def test_a_connection_that_breaks_off_is_told_in_plain_words():
    with counting() as (port, connections):
        got = fetch(f"http://127.0.0.1:{port}/berita", allow_local=True)
    assert f"127.0.0.1:{port} cannot be reached: the connection broke off. Check the address" in got["error"]
    assert connections


LOOPBACKS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.1",
    "0177.0.0.1",
    "localhost",
    "[::ffff:127.0.0.1]",
    "127.0.0.1.",
]


@pytest.mark.parametrize("host", LOOPBACKS)
def test_loopback_is_not_even_connected_to_in_any_spelling(host):
    with counting() as (port, connections):
        got = fetch(f"http://{host}:{port}/berita")
    assert "Use --allow-local if you trust it." in got["error"]
    assert connections == []


def test_nor_is_loopback_of_ipv6():
    try:
        with counting("::1") as (port, connections):
            got = fetch(f"http://[::1]:{port}/berita")
    except OSError:
        pytest.skip("this machine has no IPv6")
    assert "--allow-local" in got["error"]
    assert connections == []


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["127.0.0.1", "8.8.8.8"]])
def test_a_public_name_that_resolves_to_loopback_is_not_connected_to(addresses):
    with counting() as (port, connections):
        got = fetch(f"http://kabar.example:{port}/berita", names={"kabar.example": addresses})
    assert "kabar.example is at 127.0.0.1, which is no public address" in got["error"]
    assert got["looked_up"] == ["kabar.example"]
    assert connections == []


@pytest.mark.parametrize(
    ("hop", "target"),
    [
        ("page", "127.0.0.1"),
        ("page", "2130706433"),
        ("page", "dalam.example"),
        ("page", "[::ffff:127.0.0.1]"),
        ("robots", "127.0.0.1"),
        ("robots", "dalam.example"),
    ],
)
def test_a_redirect_from_a_public_page_to_loopback_is_not_followed(serving, target, hop):
    """127.0.0.2 plays the public site here."""

    def lure(path, headers):
        if hop == "page" and path == "/robots.txt":
            return 404, {}, b""
        return 302, {"Location": f"http://{target}:{port}/rahasia"}, b""

    names = {"kabar.example": ["127.0.0.2"], "dalam.example": ["127.0.0.1"]}
    with counting() as (port, connections), serving(lure, "127.0.0.2") as (host, asked):
        public = host.replace("127.0.0.2", "kabar.example")
        got = fetch(f"http://{public}/berita", names=names, public="127.0.0.2", settings=HASTY)
    assert connections == []
    assert got["error"]
    assert (hop == "page") <= ("it leads to http://" in got["error"])
    assert asked in (["/robots.txt"], ["/robots.txt", "/berita"])


def test_a_proxy_of_the_environment_is_not_used():
    with counting() as (port, connections):
        proxies = dict.fromkeys(("http_proxy", "HTTPS_PROXY", "all_proxy"), f"http://127.0.0.1:{port}")
        got = fetch("http://kabar.example/berita", environment=proxies, names={"kabar.example": ["127.0.0.1"]})
        assert "no public address" in got["error"]
        got = fetch("http://tidak-ada.example/", environment=proxies)
        assert "The proxy of your environment is not used" in got["error"]
    assert connections == []


def test_a_real_site_needs_a_contact_even_where_local_ones_are_allowed():
    got = fetch("http://kabar.example/", contact="", allow_local=True)
    assert "there is no contact to give it" in got["error"]
    assert got["looked_up"] == []


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://kabar.example/x", "is not an http or https address"),
        ("file:///etc/passwd", "is not an http or https address"),
        ("http:///x", "names no host"),
        ("http://[::1/", "is no web address"),
        ("http://kabar.example:99999/", "is no web address"),
        ("https://bps.go.id@kabar.example/", "the host it leads to is kabar.example"),
    ],
)
def test_what_is_no_web_address_is_refused_with_the_reason(url, problem):
    with pytest.raises(UnusableAddress, match=problem):
        check_address(url)
