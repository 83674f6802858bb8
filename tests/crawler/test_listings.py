"""Feeds, sitemaps and posts: what is taken from them, and what broken ones give."""

import datetime as dt
import gzip
import json

import pytest

from crawler.listings import clean_url, parse_blogger, parse_feed, parse_sitemap, parse_wordpress, plain_text

BASE = "https://kabar.example/feed/"
WIB = dt.timezone(dt.timedelta(hours=7))


def test_rss():
    (entry,) = parse_feed(
        b"""
        <?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>
        <title>JKN &amp; UHC</title><link>/a?x=1#komentar</link><pubDate>Sat, 11 Mar 2023 15:10:26 +0700</pubDate>
        <description><![CDATA[<img src="x"/>Peserta <b>bertambah</b>]]></description>
        <content:encoded><![CDATA[<p>Isi.</p>]]></content:encoded></item></channel></rss>""",
        BASE,
    )
    assert (entry.url, entry.title, entry.teaser) == ("https://kabar.example/a?x=1", "JKN & UHC", "Peserta bertambah")
    assert entry.content == "<p>Isi.</p>"
    assert entry.published == dt.datetime(2023, 3, 11, 15, 10, 26, tzinfo=WIB)
    assert entry.modified is None


def test_atom():
    (entry,) = parse_feed(
        b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>JKN</title>
        <link rel="self" href="/self"/><link rel="alternate" href="/a"/>
        <published>2023-03-11T15:10:26+07:00</published><updated>2023-03-12T00:00:00Z</updated>
        <summary>Ringkas</summary></entry></feed>""",
        BASE,
    )
    assert (entry.url, entry.teaser, entry.modified) == ("https://kabar.example/a", "Ringkas", "2023-03-12T00:00:00Z")
    assert entry.newest() == dt.date(2023, 3, 12)


@pytest.mark.parametrize(
    ("body", "urls"),
    [
        (b"", None),
        (b"<html><body><h1>404</h1></body></html>", None),
        (b"bukan XML", None),
        (b"<rss><channel></channel></rss>", []),
        # cut off in the middle: what came whole is read
        (b"<rss><channel><item><link>/a</link></item><item><link>/b</link></item><item><li", ["/a", "/b"]),
        (b"<rss><channel><item><title>R&D & lain</title><link>/a</link></item></channel></rss>", ["/a"]),
        (b"<rss><channel><item><title>x</title></item><item><link>mailto:x@y</link></item></channel></rss>", []),
        (b"<rss><channel><item><guid>https://kabar.example/c</guid></item></channel></rss>", ["/c"]),
        # no entity is resolved, whatever it points to
        (
            b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><link>/a</link><title>&x;</title></item></rss>',
            ["/a"],
        ),
    ],
)
def test_odd_feeds(body, urls):
    entries = parse_feed(body, BASE)
    got = entries if entries is None else [entry.url.removeprefix("https://kabar.example") for entry in entries]
    assert got == urls


SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://kabar.example/a</loc>
<lastmod>2026-07-24T13:39:00+07:00</lastmod><news:news><news:publication_date>2026-07-24T08:10:00+07:00</news:publication_date>
<news:title>Peserta JKN</news:title><news:keywords>JKN, UHC</news:keywords></news:news></url></urlset>"""


@pytest.mark.parametrize("body", [SITEMAP, gzip.compress(SITEMAP, mtime=0)])
def test_a_news_sitemap(body):
    (entry,) = parse_sitemap(body, BASE).entries
    assert (entry.url, entry.title, entry.teaser) == ("https://kabar.example/a", "Peserta JKN", "JKN, UHC")
    assert entry.published == dt.datetime(2026, 7, 24, 8, 10, tzinfo=WIB)
    assert entry.modified == "2026-07-24T13:39:00+07:00"


def test_a_sitemap_index():
    sitemap = parse_sitemap(
        b"<sitemapindex><sitemap><loc>/s1.xml</loc><lastmod>2024-02-01</lastmod></sitemap>"
        b"<sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>",
        BASE,
    )
    assert sitemap.entries == ()
    assert sitemap.below == (
        ("https://kabar.example/s1.xml", dt.date(2024, 2, 1)),
        ("https://kabar.example/s2.xml", None),
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        b"\x1f\x8bkaputt",
        gzip.compress(SITEMAP, mtime=0)[:9],
        gzip.compress(b"\0" * 100_000_000, mtime=0),
    ],
)
def test_what_is_no_sitemap(body):
    assert parse_sitemap(body, BASE) is None


def test_wordpress_posts_tell_their_own_offset():
    post = {
        "link": "https://kabar.example/2025/05/a/",
        "date": "2025-05-06T17:00:00",
        "date_gmt": "2025-05-06T08:00:00",
        "modified_gmt": "2025-05-07T01:00:00",
        "title": {"rendered": "UHC &#8211; Capaian"},
        "excerpt": {"rendered": "<p>Ringkas</p>"},
        "content": {"rendered": "<p>Isi.</p>"},
    }
    (entry,) = parse_wordpress(json.dumps([post, {"link": None}, "x"]).encode(), BASE)
    assert entry.title == "UHC – Capaian"
    assert entry.published == dt.datetime(2025, 5, 6, 17, 0, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    assert entry.modified == "2025-05-07T01:00:00+00:00"


def test_a_change_on_an_indonesian_morning_is_of_that_day():
    """WordPress prints Greenwich's time without a zone: 22.30 there is 7 May, 05.30, in Jakarta."""
    post = {"link": "https://kabar.example/a/", "date": "2025-05-01T09:00:00", "modified_gmt": "2025-05-06T22:30:00"}
    (entry,) = parse_wordpress(json.dumps([post]).encode(), BASE)
    assert entry.newest(dt.timezone(dt.timedelta(hours=7))) == dt.date(2025, 5, 7)


def test_blogger_posts():
    post = {
        "published": {"$t": "2025-05-06T17:00:00.001+07:00"},
        "updated": {"$t": "2025-05-07T17:00:00.001+07:00"},
        "title": {"$t": "Capaian UHC"},
        "content": {"$t": "<div>Isi.</div>"},
        "link": [
            {"rel": "self", "href": "/self"},
            {"rel": "alternate", "href": "https://kabar.example/2025/05/a.html"},
        ],
    }
    body = json.dumps({"feed": {"openSearch$totalResults": {"$t": "120"}, "entry": [post, {"link": []}]}}).encode()
    entries, total = parse_blogger(body, BASE)
    assert total == 120
    assert [entry.url for entry in entries] == ["https://kabar.example/2025/05/a.html"]
    assert entries[0].published == dt.datetime(2025, 5, 6, 17, 0, tzinfo=WIB)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b'"x"', b'{"code": "rest_no_route"}', b"\xff\xfe", b"[" * 100_000]
)
def test_what_is_no_json_listing(body):
    assert parse_wordpress(body, BASE) is None
    assert parse_blogger(body, BASE) is None


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("HTTPS://Kabar.Example:443/A#x", "https://kabar.example/A"),
        ("//kabar.example", "https://kabar.example/"),
        ("/a&amp;b", "https://kabar.example/a&b"),
        ("http://kabar.example:8080/a", "http://kabar.example:8080/a"),
        ("javascript:void(0)", None),
        ("http://[::1", None),
        ("http://kabar.example:port/", None),
        ("", None),
    ],
)
def test_addresses(url, clean):
    assert clean_url(url, BASE) == clean


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>a<b>b</b></p> c", "ab c"),
        ("x &amp; y", "x & y"),
        ("", None),
        ("<img>", None),
        (None, None),
        ("a\x0b<b>", "a"),
    ],
)
def test_words_of_a_teaser(markup, words):
    assert plain_text(markup) == words


@pytest.mark.parametrize("total", ["²", "9" * 5000, "-1", "٣", ""])
def test_a_total_that_is_no_number_is_that_of_the_posts_at_hand(total):
    body = json.dumps({"feed": {"openSearch$totalResults": {"$t": total}, "entry": []}}).encode()
    assert parse_blogger(body, BASE) == ([], 0)


def test_a_title_that_is_no_text_is_none():
    body = json.dumps([{"link": "https://kabar.example/a", "title": {"rendered": True}, "content": [1]}]).encode()
    (entry,) = parse_wordpress(body, BASE)
    assert (entry.title, entry.content) == (None, None)
