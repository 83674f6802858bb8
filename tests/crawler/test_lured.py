"""Sites that try to lead whoever reads them into its own network: by every address that a site may name.

127.0.0.2 plays the public site, kabar.example; 127.0.0.1, at which nothing may be asked, is dalam.example.
"""

from __future__ import annotations

import contextlib
import socket
import threading

import pytest

PUBLIC = "127.0.0.2"
NAMES = {"kabar.example": [PUBLIC], "dalam.kabar.example": ["127.0.0.1"]}
CONTACT = "redaksi@example.org"
STORY = "Peserta JKN di Kabupaten Contoh kini 90.000 jiwa."
NOT_FOUND = (404, {}, b"")
TARGETS = ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::ffff:127.0.0.1]", "[::1]", "localhost"]
TARGETS += ["169.254.169.254", "[fd00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::1]", "dalam.kabar.example"]


def page(head="", text=STORY):
    return (
        f'<html><head>{head}</head><body><h1 class="entry-title">Peserta JKN bertambah</h1>'
        f'<div class="entry-content"><p>{text}</p></div></body></html>'
    ).encode()


@contextlib.contextmanager
def secret():
    """What stands within: a socket that counts who connects."""
    came: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    came.append(1)
                    connection.close()

        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1], came
        listener.shutdown(socket.SHUT_RDWR)


def sitemap(kind, *addresses):
    """A sitemap ("url") or an index of some ("sitemap")."""
    root = {"url": "urlset", "sitemap": "sitemapindex"}[kind]
    items = "".join(f"<{kind}><loc>{one}</loc><lastmod>2025-05-06</lastmod></{kind}>" for one in addresses)
    return (200, {}, f"<{root}>{items}</{root}>".encode())


def feed(*addresses):
    items = "".join(f"<item><title>JKN</title><link>{one}</link></item>" for one in addresses)
    return (200, {}, f"<rss><channel>{items}</channel></rss>".encode())


def atom(*addresses):
    items = "".join(f'<entry><title>JKN</title><link href="{one}"/></entry>' for one in addresses)
    return (200, {}, f'<feed xmlns="http://www.w3.org/2005/Atom">{items}</feed>'.encode())


def each(insides, answer):
    """A list of one page for each address within, and these pages."""
    pages = {f"/a{number}": answer(inside) for number, inside in enumerate(insides)}
    return {"/list": feed(*pages)} | pages


def redirect(inside):
    return (302, {"Location": inside}, b"")


def link(kind):
    return lambda inside: (200, {}, page(f'<link rel="{kind}" href="{inside}">'))


def next_page(inside):
    return (200, {}, page(f'<link rel="next" href="{inside}">') + f'<a class="next" href="{inside}">2</a>'.encode())


def refresh(inside):
    return (200, {"Refresh": f"0;url={inside}"}, page(f'<meta http-equiv="refresh" content="0;url={inside}">'))


def index(*insides):
    links = "".join(f'<h2><a href="{one}">Peserta JKN di Contoh naik</a></h2>' for one in insides)
    return (200, {}, f"<html><body>{links}</body></html>".encode())


LURES = {
    "robots.txt redirects": ("feed", lambda insides: {"/robots.txt": redirect(insides[-1]), "/list": feed("/a")}),
    "the feed redirects": ("feed", lambda insides: {"/list": redirect(insides[0])}),
    "the feed redirects at last": ("feed", lambda insides: {"/list": redirect("/b"), "/b": redirect(insides[-1])}),
    "a feed announces it": ("feed", lambda insides: {"/list": feed(*insides)}),
    "an Atom feed announces it": ("feed", lambda insides: {"/list": atom(*insides)}),
    "a sitemap announces it": ("sitemap", lambda insides: {"/list": sitemap("url", *insides)}),
    "an index of sitemaps leads to it": ("sitemap", lambda insides: {"/list": sitemap("sitemap", *insides)}),
    "a list of pages links to it": ("index", lambda insides: {"/list": index(*insides)}),
    "a page redirects": ("feed", lambda insides: each(insides, redirect)),
    "a page names it as its own address": ("feed", lambda insides: each(insides, link("canonical"))),
    "a page names it as its other form": ("feed", lambda insides: each(insides, link("amphtml"))),
    "a page goes on there": ("feed", lambda insides: each(insides, next_page)),
    "a page refreshes to it": ("feed", lambda insides: each(insides, refresh)),
}


@pytest.mark.parametrize("lure", LURES)
def test_a_run_is_not_led_within(crawl, serving, outlet_toml, lure):
    way, pages_of = LURES[lure]
    with secret() as (port, came):
        insides = [f"http://{target}:{port}/rahasia-peserta-jkn-{number}" for number, target in enumerate(TARGETS)]
        pages = pages_of(insides)
        with serving(lambda path, headers: pages.get(path, NOT_FOUND), PUBLIC) as (host, asked):
            result = crawl(
                outlets=outlet_toml(host.replace(PUBLIC, "kabar.example"), way, "/list"),
                allow_local=False,
                contact=CONTACT,
                names=NAMES,
                public=PUBLIC,
                settings={"PAUSE": 0, "RETRY_TIMES": 0, "FAILURES_IN_A_ROW": 99},
                since="2025-05-01",
            )
    assert came == []
    assert asked[0] == "/robots.txt"
    assert len(asked) > 1 or lure == "robots.txt redirects"
    assert result["stderr"] == ""


def test_a_run_does_not_follow_a_name_that_is_public_first_and_within_later(crawl, serving, outlet_toml):
    """Its robots.txt and its feed come from without; then the name resolves to where nothing may be asked."""
    pages = {"/list": feed("/a"), "/a": (200, {}, page())}

    def answer(path, headers):
        # So that a page must be connected for anew, and its name looked up anew.
        status, told, body = pages.get(path, NOT_FOUND)
        return status, {**told, "Connection": "close"}, body

    with serving(answer, PUBLIC) as (host, asked):
        result = crawl(
            outlets=outlet_toml(host.replace(PUBLIC, "kabar.example"), "feed", "/list"),
            allow_local=False,
            contact=CONTACT,
            names=NAMES,
            names_later={"kabar.example": ["127.0.0.1"]},
            public=PUBLIC,
            settings={"PAUSE": 0, "RETRY_TIMES": 0, "DNSCACHE_ENABLED": False},
        )
    assert asked == ["/robots.txt"]
    assert result["looked_up"].count("kabar.example") > 1
    assert result["errors"] == {"private_address": 1}


PROBED = {
    "robots.txt names it": {"/robots.txt": "User-agent: *\nSitemap: {0}\nSitemap: {1}\nSitemap: {2}\n"},
    "the front page names feeds": {
        "/": "".join(f'<link rel="alternate" type="application/rss+xml" href="{{{n}}}">' for n in range(3))
    },
    "the front page is elsewhere": {"/": '<link rel="canonical" href="{1}"><a href="{1}">Peserta JKN naik</a>'},
    "WordPress is elsewhere": {"/": '<link rel="https://api.w.org/" href="{1}"><meta name="generator" content="x">'},
    "sitemaps lie there": {"/sitemap.xml": "<sitemapindex><sitemap><loc>{1}</loc></sitemap></sitemapindex>"},
    "stories lie there": {
        "/feed/": "<rss><channel><item><title>JKN</title><link>{1}</link></item></channel></rss>",
    },
}


@pytest.mark.parametrize("lure", PROBED)
def test_a_probe_is_not_led_within(probe_once, serving, lure):
    """`outlets probe` and `outlets add`."""
    with secret() as (port, came):
        insides = [f"http://{name}:{port}/rahasia.xml" for name in ("127.0.0.1", "dalam.kabar.example", "[::1]")]
        sound = {"/": "<html><head>{head}</head><body><h1>Kabar</h1></body></html>", "/robots.txt": "User-agent: *\n"}
        pages = {path: text.replace("{head}", "") for path, text in (sound | PROBED[lure]).items()}

        def answer(path, headers):
            return (200, {}, pages[path].format(*insides).encode()) if path in pages else NOT_FOUND

        with serving(answer, PUBLIC) as (host, asked):
            address = f"http://{host.replace(PUBLIC, 'kabar.example')}/"
            found = probe_once(url=address, allow_local=False, contact=CONTACT, names=NAMES, public=PUBLIC)
    assert came == []
    assert "/" in asked
    assert "error" not in found


def test_a_probe_that_is_sent_within_from_the_first_is_told_so(probe_once, serving):
    with (
        secret() as (port, came),
        serving(
            lambda path, headers: redirect(f"http://dalam.kabar.example:{port}/") if path == "/" else NOT_FOUND, PUBLIC
        ) as (host, _),
    ):
        address = f"http://{host.replace(PUBLIC, 'kabar.example')}/"
        found = probe_once(url=address, allow_local=False, contact=CONTACT, names=NAMES, public=PUBLIC)
    assert came == []
    assert any("no public address" in (one["problem"] or "") for one in found.get("asked", [])) or "error" in found
