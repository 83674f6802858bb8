"""Whole crawls against servers on loopback, each in a process of its own."""

from __future__ import annotations

import contextlib
import json
import time
import zlib
from pathlib import Path

import pytest

from crawler.demo import demo_site
from crawler.demo.site import REGISTRY

ARTICLE = """
id = "{id}"
site = "{site}"
title = "{title}"
published = {published}
authors = ["Rina Wulandari", "Joko Susilo"]
editors = ["Dewi Lestari"]
body = [
    "TANJUNG, MEDIA UJI – Peserta JKN di Kabupaten Contoh kini {figure} jiwa, kata kepala dinas, Selasa (6/5/2025).",
    "“Kami kejar sisanya sampai akhir tahun,” katanya.",
]
[revision]
modified = {modified}
body = ["TANJUNG, MEDIA UJI – Ralat: peserta JKN di Kabupaten Contoh kini 91.000 jiwa."]
"""

FEED = """
<rss version="2.0"><channel><title>x</title>
<item><title>Peserta JKN bertambah</title><link>http://{host}/a</link>
<pubDate>Tue, 06 May 2025 10:00:00 +0700</pubDate><description>BPJS Kesehatan mencatat</description></item>
</channel></rss>
"""

PAGE = """<html><body><h1 class="entry-title">Peserta JKN bertambah</h1>
<div class="entry-content"><p>Peserta JKN di Kabupaten Contoh kini 90.000 jiwa.</p></div></body></html>"""


REGISTERED = REGISTRY.read_text(encoding="utf-8")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """One article on each of the demo's sites; that of the WordPress site is revised later."""
    for place, site in enumerate(("wordpress", "blogger", "portal", "br")):
        text = ARTICLE.format(
            id=f"uji-{site}",
            site=site,
            title=f"Peserta JKN Naik di {site.title()}",
            published=f"2025-05-0{place + 1}T10:15:00+0{7 + place % 3}:00",
            figure=f"8{place}.500",
            modified="2025-06-01T08:00:00+07:00",
        )
        if site != "wordpress":
            text = text.partition("[revision]")[0]
        (tmp_path / f"{site}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_four_sites_four_ways_one_reading(crawl, articles):
    with demo_site(articles) as site:
        result = crawl(outlets=REGISTERED, gateway=site.gateway)

    stories = {story.title: story for story in site.stories}
    assert {(page["layout"], page["spider"]) for page in result["articles"]} == {
        ("wordpress", "wordpress"),
        ("blogger", "blogger"),
        ("antara", "feed"),
        ("br", "sitemap"),
    }
    for page in result["articles"]:
        story = stories[page["title"]]
        assert page["text"] == "\n".join(story.body)
        assert page["published"] == str(story.published)
        assert tuple(page["authors"]) == story.authors
        # Blogger prints no editor
        assert tuple(page["editors"]) == (story.editors if story.site != "blogger" else ())
    assert result["errors"] == {}
    assert not result["interrupted"]
    assert result["stderr"] == ""


def test_progress_is_told_as_it_is_made(crawl, articles):
    with demo_site(articles) as site:
        result = crawl(outlets=REGISTERED, gateway=site.gateway)
    for outlet in site.outlets:
        steps = [step for step in result["progress"] if step["outlet"] == outlet.domain]
        assert [step["requests"] for step in steps] == sorted(step["requests"] for step in steps)
        assert (steps[0]["done"], steps[-1]["done"], steps[-1]["ways"], steps[-1]["articles"]) == (0, 1, 1, 1)
    assert "one process can crawl once" in result["second_crawl"]


def test_a_proxy_of_the_operators_does_not_stand_before_the_demo(crawl, articles, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with demo_site(articles) as site:
        result = crawl(outlets=REGISTERED, gateway=site.gateway)
    assert len(result["articles"]) == 4


def test_the_second_crawl_fetches_only_what_changed(crawl, known, articles):
    with demo_site(articles) as site:
        first = crawl(outlets=REGISTERED, gateway=site.gateway)
        again = crawl(outlets=REGISTERED, gateway=site.gateway, known=known(first))
    assert len(first["articles"]) == 4
    assert again["articles"] == []
    # Every listing said "not modified", so no article was even asked for.
    assert set(again["statuses"]) == {"200", "304"}
    assert again["statuses"]["200"] == 4, "the robots.txt of each site, no more"


def test_a_revision_is_noticed_and_nothing_else_is_fetched(crawl, known, articles):
    with demo_site(articles) as site:
        first = crawl(outlets=REGISTERED, gateway=site.gateway)
    remembered = known(first)
    with demo_site(articles, revised=True) as later:
        second = crawl(outlets=REGISTERED, gateway=later.gateway, known=remembered)
    assert [page["text"] for page in second["articles"]] == [
        "TANJUNG, MEDIA UJI – Ralat: peserta JKN di Kabupaten Contoh kini 91.000 jiwa."
    ]


def test_an_article_that_several_searches_bring_is_counted_once(crawl, known, articles):
    text = (articles / "wordpress.toml").read_text(encoding="utf-8").replace("uji-wordpress", "uji-lain")
    (articles / "lain.toml").write_text(text.partition("[revision]")[0].replace("JKN", "JKN, UHC"), encoding="utf-8")
    with demo_site(articles) as site:
        remembered = known(crawl(outlets=REGISTERED, gateway=site.gateway))
        # The listings are asked anew, as if something had changed in them.
        again = crawl(outlets=REGISTERED, gateway=site.gateway, known=remembered | {"listings": {}})
    (wordpress,) = (outlet for outlet in again["outlets"] if outlet["listed"] > 2)
    assert (wordpress["listed"], wordpress["unchanged"]) == (3, 2)


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({"since": "2025-05-03"}, {"2025-05-03", "2025-05-04"}),
        ({"until": "2025-05-02"}, {"2025-05-01", "2025-05-02"}),
        ({"since": "2025-05-02", "until": "2025-05-03"}, {"2025-05-02", "2025-05-03"}),
    ],
)
def test_only_the_days_asked_for(crawl, articles, asked, days):
    with demo_site(articles) as site:
        result = crawl(outlets=REGISTERED, gateway=site.gateway, **asked)
    assert {page["published"][:10] for page in result["articles"]} == days


def test_the_limit_counts_articles_of_each_outlet(crawl, serving, outlet_toml):
    items = "".join(f"<item><title>JKN {n}</title><link>http://HOST/{n}</link></item>" for n in range(9))

    def answer(path, headers):
        host = headers["Host"]
        if path == "/feed":
            return 200, {}, f"<rss><channel>{items.replace('HOST', host)}</channel></rss>".encode()
        return (200, {}, PAGE.encode()) if path != "/robots.txt" else (404, {}, b"")

    with serving(answer) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"), limit=3)
    assert len(result["articles"]) == 3
    assert len([path for path in asked if path not in ("/feed", "/robots.txt")]) == 3


def test_what_is_about_something_else_is_counted_and_remembered(crawl, serving, outlet_toml):
    feed = FEED.replace(
        "</channel>", "<item><title>Panen raya padi</title><link>http://{host}/b</link></item></channel>"
    )
    feed = feed.replace("</channel>", "<item><title>Pasien antre</title><link>http://{host}/c</link></item></channel>")

    def answer(path, headers):
        if path == "/feed":
            return 200, {"ETag": '"f1"'}, feed.format(host=headers["Host"]).encode()
        if path == "/c":
            return 200, {"ETag": '"c1"'}, PAGE.replace("JKN", "warga").encode()
        return (200, {}, PAGE.encode()) if path == "/a" else (404, {}, b"")

    with serving(answer) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"))
    assert [page["url"] for page in result["articles"]] == [f"http://{host}/a"]
    # The harvest is known by its headline; the queue of patients only by its page.
    assert result["irrelevant"] == 2
    assert "/b" not in asked
    assert result["listings"][f"http://{host}/feed"]["etag"] == '"f1"'
    assert {(page["url"], page["state"], page.get("etag")) for page in result["pages"].values()} == {
        (f"http://{host}/a", "article", None),
        (f"http://{host}/c", "irrelevant", '"c1"'),
    }


def test_an_article_lost_today_is_asked_for_tomorrow_though_its_feed_has_not_changed(
    crawl, known, serving, outlet_toml
):
    mended = False

    def answer(path, headers):
        if path == "/feed":
            return (
                (304 if "If-None-Match" in headers else 200),
                {"ETag": '"f1"'},
                FEED.format(host=headers["Host"]).encode(),
            )
        if path == "/a":
            return (200, {}, PAGE.encode()) if mended else (500, {}, b"")
        return 404, {}, b""

    with serving(answer) as (host, _):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"), settings={"RETRY_TIMES": 1})
        assert result["errors"] == {"http_500": 1}
        mended = True
        again = crawl(outlets=outlet_toml(host, "feed", "/feed"), known=known(result))
    assert (len(again["articles"]), again["outlets"][0]["resumed"]) == (1, 1)
    assert again["listings"][f"http://{host}/feed"]["status"] == 304


@pytest.mark.parametrize("is_broken_off", [False, True])
def test_wordpress_gives_the_text_where_its_page_fails(crawl, serving, outlet_toml, is_broken_off):
    """A page whose connection broke waits for the next run: none is kept by which the text could be proved."""

    def answer(path, headers):
        if path.startswith("/wp-json/"):
            post = {
                "link": f"http://{headers['Host']}/a/",
                "date": "2025-05-06T17:00:00",
                "date_gmt": "2025-05-06T08:00:00",
                "title": {"rendered": "Capaian UHC"},
                "content": {"rendered": "<p>Peserta JKN kini 90.000 jiwa.</p><p>Baca juga: lain</p>"},
            }
            return 200, {"Content-Type": "application/json"}, json.dumps([post]).encode()
        if path == "/a/" and is_broken_off:
            return 200, {"Content-Length": "5000", "Connection": "close"}, b"<html>"
        return 404, {}, b""

    with serving(answer) as (host, _):
        result = crawl(outlets=outlet_toml(host, "wordpress", "/", layout="wordpress"))
    if is_broken_off:
        assert (result["articles"], result["errors"]) == ([], {"connection_broken": 1})
        assert [page["state"] for page in result["pages"].values()] == ["pending"]
        return
    (page,) = result["articles"]
    assert (page["text"], page["published"]) == ("Peserta JKN kini 90.000 jiwa.", "2025-05-06 17:00:00+09:00")


def test_what_is_no_feed_is_counted_and_survived(crawl, serving, outlet_toml):
    feeds = {
        "/repairs": b"<!DOCTYPE html><html><body>Situs dalam perbaikan</body></html>",
        "/empty": b"",
        "/broken": b"<rss><channel><item><title>JKN &brok",
        "/whole": None,
    }

    def answer(path, headers):
        whole = FEED.format(host=headers["Host"]).encode()
        if path in feeds:
            return 200, {}, whole if feeds[path] is None else feeds[path]
        return (200, {}, PAGE.encode()) if path == "/a" else (404, {}, b"")

    with serving(answer) as (host, _):
        text = outlet_toml(host, "feed", "/x").replace(
            f'"http://{host}/x"', ",".join(f'"http://{host}{f}"' for f in feeds)
        )
        result = crawl(outlets=text)
    assert len(result["articles"]) == 1
    assert result["errors"] == {"unreadable_listing": 1, "empty_answer": 1}


def test_robots_txt_is_obeyed(crawl, serving, outlet_toml):
    def answer(path, headers):
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /a\n"
        return 200, {}, FEED.format(host=headers["Host"]).encode()

    with serving(answer) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"))
    assert asked == ["/robots.txt", "/feed"]
    assert result["errors"] == {"forbidden_by_robots": 1}


ROBOTS_THAT_FAIL = [
    # no rules there, and no rules in an error page
    (404, b"<html>Disallow: /feed</html>", {}),
    (403, b"", {}),
    (200, b"\xff\xfe\x00 kaputt", {}),
    # no rules to be had is no leave to crawl
    (500, b"", {"robots_unreadable": 1}),
]


def test_robots_txt_that_fails(crawl, serving, outlet_toml):
    def site(status, body):
        def answer(path, headers):
            if path == "/robots.txt":
                return status, {}, body
            return 200, {}, FEED.format(host=headers["Host"]).encode() if path == "/feed" else PAGE.encode()

        return answer

    with contextlib.ExitStack() as stack:
        hosts = [stack.enter_context(serving(site(status, body)))[0] for status, body, _ in ROBOTS_THAT_FAIL]
        # and one that does not answer at all
        hosts.append("127.0.0.1:9")
        result = crawl(outlets="\n".join(outlet_toml(host, "feed", "/feed") for host in hosts))
    got = [outlet["errors"] for outlet in result["outlets"]]
    # That nobody answers is told as what it is, not as a site's wish to be left alone.
    assert got == [*(errors for _, _, errors in ROBOTS_THAT_FAIL), {"unreachable": 1}]
    assert len(result["articles"]) == 3
    assert result["stderr"] == ""


def test_an_overloaded_server_is_asked_again_after_the_wait_it_named(crawl, serving, outlet_toml):
    times: list[float] = []

    def answer(path, headers):
        if path == "/feed":
            times.append(time.monotonic())
            if len(times) == 1:
                return 429, {"Retry-After": "1"}, b""
            return 200, {}, FEED.format(host=headers["Host"]).encode()
        return (200, {}, PAGE.encode()) if path == "/a" else (404, {}, b"")

    with serving(answer) as (host, _):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"))
    assert len(result["articles"]) == 1
    assert result["statuses"]["429"] == 1
    assert times[1] - times[0] >= 0.9


def test_a_server_that_asks_for_too_long_a_wait_is_left_for_another_day(crawl, serving, outlet_toml):
    with serving(lambda path, headers: (503, {"Retry-After": "86400"}, b"")) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"))
    assert result["errors"] == {"told_to_wait": 1}
    assert asked == ["/robots.txt"]


def test_endless_redirects_end(crawl, serving, outlet_toml):
    def answer(path, headers):
        return (404, {}, b"") if path == "/robots.txt" else (302, {"Location": path + "x"}, b"")

    with serving(answer) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"))
    assert result["articles"] == []
    assert len(asked) <= 8


def test_private_addresses_are_refused_unless_allowed(crawl, serving, outlet_toml):
    with serving(lambda path, headers: (200, {}, PAGE.encode())) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"), allow_local=False, contact="uji@example.org")
    assert asked == []
    assert result["errors"] == {"private_address": 1}


def test_a_store_that_fails_is_counted_and_the_feed_is_read_again(crawl, serving, outlet_toml):
    def answer(path, headers):
        if path == "/feed":
            return 200, {}, FEED.format(host=headers["Host"]).encode()
        return (200, {}, PAGE.encode()) if path == "/a" else (404, {}, b"")

    with serving(answer) as (host, _):
        result = crawl(
            outlets=outlet_toml(host, "feed", "/feed"), broken_store=True, settings={"LOG_LEVEL": "CRITICAL"}
        )
    assert result["errors"] == {"item_failed": 1}
    (page,) = result["pages"].values()
    assert page["state"] == "pending", "so the next crawl asks for it"


def test_after_ctrl_c_the_next_crawl_goes_on_where_it_was(crawl, known, serving, outlet_toml):
    items = "".join(f"<item><title>JKN {n}</title><link>http://HOST/{n}</link></item>" for n in range(20))

    def answer(path, headers):
        if path == "/feed":
            return 200, {}, f"<rss><channel>{items.replace('HOST', headers['Host'])}</channel></rss>".encode()
        return (200, {}, PAGE.encode()) if path != "/robots.txt" else (404, {}, b"")

    with serving(answer) as (host, _):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"), interrupt_after=2, delay=0.1)
        items = ""  # the feed has moved on
        again = crawl(outlets=outlet_toml(host, "feed", "/feed"), known=known(result))
    assert result["interrupted"]
    assert 2 <= len(result["articles"]) < 20
    fetched = [page["url"] for page in result["articles"] + again["articles"]]
    assert len(fetched) == len(set(fetched)) == 20


def bomb() -> bytes:
    """200 MB of nothing in 200 kB."""
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    return b"".join([*(packer.compress(bytes(2_000_000)) for _ in range(100)), packer.flush()])


BAD_PAGES = {
    "/huge": (200, {}, b"x" * 9_000_000, "too_large"),
    "/bomb": (200, {"Content-Encoding": "gzip"}, bomb(), "too_large"),
    "/broken-gzip": (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b\x08kaputt", "broken_body"),
    "/cut-off": (200, {"Content-Length": "999", "Connection": "close"}, b"cut off", "connection_broken"),
    "/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.4", "no_html"),
    "/gone": (410, {}, b"", "http_410"),
    "/odd-redirect": (302, {"Location": "javascript:alert(1)"}, b"", "bad_redirect"),
    "/dead-redirect": (302, {"Location": "http://10.0.0.1:9/"}, b"", None),
}


def test_a_page_that_behaves_badly_costs_itself_only(crawl, serving, outlet_toml):
    def answer(path, asked):
        if path == "/feed":
            items = "".join(
                f"<item><title>JKN</title><link>http://{asked['Host']}{page}</link></item>"
                for page in [*BAD_PAGES, "/good"]
            )
            return 200, {}, f"<rss><channel>{items}</channel></rss>".encode()
        if path in BAD_PAGES:
            return BAD_PAGES[path][:3]
        return (200, {}, PAGE.encode()) if path == "/good" else (404, {}, b"")

    with serving(answer) as (host, _):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"), settings={"RETRY_TIMES": 1, "DOWNLOAD_TIMEOUT": 3})
    assert [page["url"] for page in result["articles"]] == [f"http://{host}/good"]
    assert set(result["errors"]) >= {page[3] for page in BAD_PAGES.values() if page[3]}
    assert sum(result["errors"].values()) + result["irrelevant"] == len(BAD_PAGES)
    assert result["stderr"] == ""
