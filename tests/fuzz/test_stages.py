"""Every reader of what comes from outside takes time that grows with it, and no faster.

Extraction has tests of its own, which count calls (tests/extract/test_growth.py). Here lxml does much of the work, and
no call of ours tells how much; so time is compared with time in one run.
"""

from __future__ import annotations

import contextlib

import pytest

from crawler.archive.payload import parse_response
from crawler.errors import RegistryError
from crawler.indexes import parse_index
from crawler.listings import parse_blogger, parse_feed, parse_sitemap, parse_wordpress
from crawler.manners.refusals import ForbiddenByRobots
from crawler.manners.robots import parse_robots
from crawler.outlets import parse_outlets
from crawler.pages.read import read
from crawler.probe.signs import sitemaps_named

from . import growth

BASE = "https://kabar.example/"
TOLD = "Peserta JKN di kelurahan itu terus bertambah dalam tiga bulan terakhir, kata kepala dinas. "
BODY = '<div class="entry-content">'
PAGES = {
    "paragraphs": f"<p>{TOLD}</p>",
    "one line": TOLD,
    "headings": f"<h1>{TOLD}</h1>",
    "breaks": "a<br>",
    "links": f'<a href="?page=2">{TOLD}</a> ',
    "links to others": "(Baca juga: <a href=x>aaaa</a>) ",
    "furniture": '<div class="related">x</div>tail ',
    "scripts": "<script>x</script>tail ",
    "pictures": "<div><img src=a>k</div>",
    "captions": f"<figure><figcaption>a<br>{TOLD * 3}</figcaption></figure>",
    "tables": "<table><tr><td>1</td><td>2</td></tr></table>",
    "heads of boxes": "<p>Berita terkait</p>",
    "ends": "<p>Tinggalkan komentar</p>",
    "bylines": "<p>Oleh: Budi Santoso</p>",
    "dates": "<p>6 Mei 2025 10:00 WIB</p>",
    "times": '<time datetime="2025-05-06T10:00:00">x</time>',
    "metas": '<meta property="og:title" content="a">',
    "JSON": '<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "a"}</script>',
    "entities": "&amp;amp;",
    "nesting": "<div>",
    "tables in tables": "<table><tr><td>",
    "blanks": " " * 20,
    "letters": "a" * 20,
    "page numbers": '<a href="?page=2">2</a>',
    "controls": "\x01\x02\x07",
}
REPEATS = (50, 200, 800)


@pytest.mark.parametrize("opened", ["", BODY, f"{BODY}<p>", f"<p>{TOLD}</p>"], ids=["bare", "body", "line", "story"])
@pytest.mark.parametrize("name", PAGES)
def test_pages(name, opened):
    made = {times: opened + PAGES[name] * times for times in sizes(REPEATS)}
    assert growth.steepness(lambda times: lambda: read(made[times], BASE), REPEATS) < growth.STEEPEST


def sizes(repeats):
    return {size for times in repeats for size in (times, times // 4)}


def rules(body):
    with contextlib.suppress(ForbiddenByRobots):
        parse_robots(body).check(f"{BASE}jkn/2025/{'a' * 200}")
    sitemaps_named(body.decode(), BASE)


def registry(body):
    with contextlib.suppress(RegistryError):
        parse_outlets(body.decode(), "mine.toml")


ITEM = "<item><link>https://kabar.example/a</link><title>a</title>"
NEWS = "<url><loc>https://kabar.example/a</loc><news:news><news:title>a</news:title></news:news></url>"
STORY = '<a href="/2025/05/06/peserta-jkn-kota-tual">Peserta JKN Kota Tual bertambah</a>'
POST = '{"link": "https://kabar.example/a", "title": {"rendered": "a"}, "date": "2025-05-06T10:00:00"},'
BODIES = {
    "feed": (parse_feed, "<rss>", f"{ITEM}</item>"),
    "feed, nested": (parse_feed, "<rss>", ITEM),
    "feed, one text": (parse_feed, "<rss><item><link>http://a.b/</link><title>", "a "),
    "feed, entities": (parse_feed, "<rss><item><link>http://a.b/</link><title>", "&a;"),
    "feed, blanks": (parse_feed, "", " "),
    "sitemap": (parse_sitemap, "<urlset>", NEWS),
    "sitemap of sitemaps": (parse_sitemap, "<sitemapindex>", "<sitemap><loc>/s.xml</loc></sitemap>"),
    "index, one story": (parse_index, "", STORY),
    "index, stories in blocks": (parse_index, "", f"<div>{STORY} 6 Mei 2025</div>"),
    "posts": (parse_wordpress, "[", POST),
    "lists in lists": (parse_wordpress, "", "["),
    "a number": (parse_wordpress, "", "9"),
    "objects in objects": (parse_blogger, "", '{"feed":'),
    "rules": (lambda body, _: rules(body), "User-agent: *\n", "Disallow: /a*b\n"),
    "groups of rules": (lambda body, _: rules(body), "", "User-agent: a\n"),
    "stars": (lambda body, _: rules(body), "User-agent: *\nDisallow: /", "*a"),
    "empty lines": (lambda body, _: rules(body), "", "\n"),
    "blanks in rules": (lambda body, _: rules(body), "User-agent:", " "),
    "headers": (lambda body, _: parse_response(body), "HTTP/1.1 200 OK\r\n", "a: b\r\n"),
    "folded headers": (lambda body, _: parse_response(body), "HTTP/1.1 200 OK\r\na: b\r\n", " folded\r\n"),
    "outlets, quoted": (lambda body, _: registry(body), 'a = "', "a"),
    "outlets, listed": (lambda body, _: registry(body), "a = [", "1,"),
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies(name):
    parse, opened, repeated = BODIES[name]
    repeats = (200, 800, 3200)
    made = {times: (opened + repeated * times).encode() for times in sizes(repeats)}
    assert growth.steepness(lambda times: lambda: parse(made[times], BASE), repeats) < growth.STEEPEST


def test_what_grows_by_its_square_is_found():
    """The furniture of a page was once taken out by lxml's `drop_tree`, which moves all text before it each time."""

    def square(times):
        return lambda: [at for at in range(times) for _ in range(times)]

    assert growth.steepness(square, REPEATS) > growth.STEEPEST
