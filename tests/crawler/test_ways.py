"""The ways of discovery against small servers: what each asks for, follows, leaves alone and counts."""

from __future__ import annotations

import datetime as dt
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.spiders.search import NONSENSE

ABOUT_JKN = """<html><head>{head}</head><body><h1 class="entry-title">Peserta JKN bertambah</h1><div
class="entry-content"><p>Peserta JKN di Kabupaten Contoh kini 90.000 jiwa, kata {n}.</p>{more}</div></body></html>"""
NOW = "2025-05-07T00:00:00+00:00"


def page(n: object = "", head: str = "", more: str = "") -> tuple[int, dict[str, str], bytes]:
    return 200, {}, ABOUT_JKN.format(n=n, head=head, more=more).encode()


def rss(host: str, *paths: str) -> tuple[int, dict[str, str], bytes]:
    items = "".join(f"<item><title>Peserta JKN</title><link>http://{host}{path}</link></item>" for path in paths)
    return 200, {}, f"<rss><channel>{items}</channel></rss>".encode()


NOT_THERE = (404, {}, b"")


# Searches


def wordpress(posts: int, *, heeds: bool):
    """A WordPress of so many posts about JKN, whose search heeds what it is asked for, or does not."""

    def answer(path, headers):
        parts = urlsplit(path)
        asked = {key: value[0] for key, value in parse_qs(parts.query).items()}
        if not parts.path.startswith("/wp-json/"):
            return page(path) if path.startswith("/post-") else NOT_THERE
        found = [] if heeds and asked.get("search") == NONSENSE else range(posts)
        size, number = int(asked.get("per_page", 10)), int(asked.get("page", 1))
        listed = [
            {
                "link": f"http://{headers['Host']}/post-{n}/",
                "date": "2025-05-06T17:00:00",
                "modified_gmt": "2025-05-06T10:00:00",
                "title": {"rendered": "Peserta JKN"},
                "content": {"rendered": "<p>JKN</p>"},
            }
            for n in found
        ][(number - 1) * size : number * size]
        pages = {"X-WP-TotalPages": str(-(-len(found) // size)), "Content-Type": "application/json"}
        return 200, pages, json.dumps(listed).encode()

    return answer


def searches(asked):
    """The words that were searched for, in order; None where all posts were asked for."""
    queries = [parse_qs(urlsplit(path).query) for path in asked if path.startswith("/wp-json/")]
    return [query.get("search", [None])[0] for query in queries]


def test_a_search_is_first_asked_for_a_word_that_nobody_writes(crawl, known, serving, outlet_toml):
    with serving(wordpress(2, heeds=True)) as (host, asked):
        first = crawl(outlets=outlet_toml(host, "wordpress", "/", layout="wordpress"), now=NOW)
        nonsense, *words = searches(asked)
        assert (nonsense, set(words)) == (NONSENSE, {"BPJS Kesehatan", "JKN", "UHC", "Jamkesda"})
        asked.clear()
        crawl(outlets=outlet_toml(host, "wordpress", "/", layout="wordpress"), known=known(first))
        # It is trusted for a month.
        assert set(searches(asked)) == {"BPJS Kesehatan", "JKN", "UHC", "Jamkesda"}
    assert len(first["articles"]) == 2


def test_a_search_that_ignores_its_query_is_noticed_and_read_once(crawl, known, serving, outlet_toml):
    with serving(wordpress(2, heeds=False)) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "wordpress", "/", layout="wordpress"))
        assert searches(asked) == [NONSENSE, None]
        asked.clear()
        again = crawl(outlets=outlet_toml(host, "wordpress", "/", layout="wordpress"), known=known(result))
        assert searches(asked) == [None]
    assert (len(result["articles"]), result["outlets"][0]["search_ignored"]) == (2, 1)
    assert again["outlets"][0]["search_ignored"] == 1


def test_a_search_is_paged_back_to_the_first_day(crawl, serving, outlet_toml):
    with serving(wordpress(120, heeds=True)) as (host, asked):
        crawl(outlets=outlet_toml(host, "wordpress", "/", layout="wordpress"), since="2025-05-01", now=NOW, limit=1)
        assert [path for path in asked if "page=2" in path] == [], "the limit is reached"
        asked.clear()
        table = outlet_toml(host, "wordpress", "/", layout="wordpress") + '\nsearch = ["JKN"]'
        result = crawl(outlets=table, since="2025-05-01", now=NOW)
    pages = [parse_qs(urlsplit(path).query)["page"][0] for path in asked if "modified_after=2025-05-01" in path]
    assert pages == ["1", "2", "3"]
    assert len(result["articles"]) == 120


# Index pages


def test_index_pages_are_turned_until_they_repeat_themselves(crawl, serving, outlet_toml):
    def answer(path, headers):
        parts = urlsplit(path)
        if parts.path == "/indeks":
            number = min(int(parse_qs(parts.query)["page"][0]), 2)
            links = "".join(
                f'<h3><a href="/berita/{number}{n}/peserta-jkn-terus-bertambah">Peserta JKN</a></h3>' for n in range(2)
            )
            return 200, {}, f"<html><body>{links}<a href='/kontak'>Kontak</a></body></html>".encode()
        return page(path) if path.startswith("/berita/") else NOT_THERE

    with serving(answer) as (host, asked):
        table = outlet_toml(host, "index", "/indeks?page={page}")
        result = crawl(outlets=table, now=NOW)
        assert [path for path in asked if "page=" in path] == ["/indeks?page=1", "/indeks?page=2", "/indeks?page=3"]
    assert len(result["articles"]) == 4
    assert {article["spider"] for article in result["articles"]} == {"index"}


def test_index_pages_of_the_days_asked_for(crawl, serving, outlet_toml):
    def answer(path, headers):
        if path.startswith("/indeks/"):
            day = path.rpartition("/")[2]
            return 200, {}, f'<a href="/{day}/peserta-jkn-terus-bertambah-lagi">Peserta JKN</a>'.encode()
        return page(path) if "jkn" in path else NOT_THERE

    with serving(answer) as (host, asked):
        table = outlet_toml(host, "index", "/indeks/{date}")
        crawl(outlets=table, since="2025-05-01", until="2025-05-03", now=NOW)
        assert sorted(path for path in asked if "indeks" in path) == [f"/indeks/2025-05-0{day}" for day in (1, 2, 3)]
        asked.clear()
        # Nine in the morning of the 7th, in the west of the country: without days, today and yesterday.
        result = crawl(outlets=table, now="2025-05-07T02:00:00+00:00")
        assert sorted(path for path in asked if "indeks" in path) == ["/indeks/2025-05-06", "/indeks/2025-05-07"]
    assert len(result["articles"]) == 2


# Sitemaps of the past


@pytest.mark.parametrize(
    ("asked_for", "followed"),
    [
        ({"since": "2024-01-15", "until": "2024-02-10"}, ["/peta-2024-01.xml", "/peta-2024-02.xml", "/tanpa-hari.xml"]),
        ({"since": "2025-05-06"}, ["/peta-2025-05.xml", "/tanpa-hari.xml"]),
        ({}, []),
    ],
)
def test_dated_sitemaps_are_asked_for_the_days_wanted(crawl, serving, outlet_toml, asked_for, followed):
    names = ["peta-2024-01", "peta-2024-02", "peta-2025-05", "tanpa-hari", "category-2024-01", "author-sitemap"]

    def answer(path, headers):
        if path == "/arsip.xml":
            below = "".join(f"<sitemap><loc>http://{headers['Host']}/{name}.xml</loc></sitemap>" for name in names)
            return 200, {}, f"<sitemapindex>{below}</sitemapindex>".encode()
        return (200, {}, b"<urlset></urlset>") if path.endswith(".xml") else NOT_THERE

    with serving(answer) as (host, asked):
        crawl(outlets=outlet_toml(host, "past", "/arsip.xml"), now=NOW, **asked_for)
    assert sorted(path for path in asked if path.endswith(".xml")) == (["/arsip.xml", *followed] if asked_for else [])


def test_without_days_only_the_sitemaps_of_the_news_are_followed(crawl, serving, outlet_toml):
    below = {"/news.xml": None, "/post-1.xml": None, "/post-2.xml": "2025-05-06", "/post-0.xml": "2024-01-01"}

    def answer(path, headers):
        if path == "/sitemap.xml":
            days = {url: f"<lastmod>{day}</lastmod>" if day else "" for url, day in below.items()}
            listed = "".join(f"<sitemap><loc>http://{headers['Host']}{url}</loc>{days[url]}</sitemap>" for url in below)
            return 200, {"ETag": '"1"'}, f"<sitemapindex>{listed}</sitemapindex>".encode()
        if path == "/post-2.xml":
            entries = [
                ("peserta-jkn-naik", "2025-05-06"),
                ("peserta-jkn-lama", "2023-01-01"),
                ("panen-raya", "2025-05-06"),
            ]
            listed = "".join(
                f"<url><loc>http://{headers['Host']}/{slug}</loc><lastmod>{day}</lastmod></url>"
                for slug, day in entries
            )
            return 200, {}, f"<urlset>{listed}</urlset>".encode()
        if path.endswith(".xml"):
            return 200, {}, b"<urlset></urlset>"
        return page(path) if "jkn" in path else NOT_THERE

    with serving(answer) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "sitemap", "/sitemap.xml"), now=NOW)
    assert [path for path in asked if path.endswith(".xml")] == ["/sitemap.xml", "/news.xml", "/post-2.xml"]
    # An address without a title is judged by its words, and an old one is of the past.
    assert [article["url"].rpartition("/")[2] for article in result["articles"]] == ["peserta-jkn-naik"]
    assert result["listings"][f"http://{host}/sitemap.xml"]["etag"] is None, "an index says nothing of those below it"


# One article, one address


def test_spellings_of_one_address_are_asked_for_once(crawl, serving, outlet_toml):
    def answer(path, headers):
        if path == "/feed":
            return rss(headers["Host"], "/a?utm_source=rss", "/a/", "/a/amp", "/a?m=1")
        return page() if path.startswith("/a") else NOT_THERE

    with serving(answer) as (host, asked):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"))
    assert asked == ["/robots.txt", "/feed", "/a?utm_source=rss"]
    assert len(result["articles"]) == 1


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="/berita/91234/jkn">', "/berita/91234/jkn"),
        # Themes that name the front page, or whatever was saved last, say nothing.
        ('<link rel="canonical" href="/">', "/lihat/91234"),
        ('<link rel="canonical" href="/berita/80000/panen">', "/lihat/91234"),
        ('<link rel="canonical" href="https://lain.example/lihat/91234">', "/lihat/91234"),
        ("", "/lihat/91234"),
    ],
)
def test_an_article_goes_by_the_address_that_its_page_names(crawl, serving, outlet_toml, head, address):
    def answer(path, headers):
        if path == "/feed":
            return rss(headers["Host"], "/r/1")
        if path == "/r/1":
            return 302, {"Location": "/lihat/91234"}, b""
        return page(head=head) if path == "/lihat/91234" else NOT_THERE

    with serving(answer) as (host, _):
        (article,) = crawl(outlets=outlet_toml(host, "feed", "/feed"))["articles"]
    assert article["address"] == f"http://{host}{address}"
    assert (article["url"], article["final_url"]) == (f"http://{host}/r/1", f"http://{host}/lihat/91234")


def test_what_leads_to_the_front_page_is_gone(crawl, serving, outlet_toml):
    def answer(path, headers):
        if path == "/feed":
            return rss(headers["Host"], "/lama")
        return (302, {"Location": "/"}, b"") if path == "/lama" else page() if path == "/" else NOT_THERE

    with serving(answer) as (host, _):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"))
    assert result["articles"] == []
    assert result["errors"] == {"led_to_front_page": 1}
    assert [known["state"] for known in result["pages"].values()] == ["gone"]


def test_links_to_other_sites_are_left_alone(crawl, serving, outlet_toml):
    def answer(path, headers):
        feed = rss(headers["Host"], "/a")[2].replace(
            b"</channel>", b"<item><title>JKN</title><link>http://10.0.0.1/b</link></item></channel>"
        )
        return (200, {}, feed) if path == "/feed" else page() if path == "/a" else NOT_THERE

    with serving(answer) as (host, _):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"))
    assert (len(result["articles"]), result["outlets"][0]["elsewhere"], result["errors"]) == (1, 1, {})


# Looking again


@pytest.mark.parametrize(
    ("hours", "asked_again"),
    [(1, False), (7, True)],
)
def test_an_article_still_announced_is_looked_at_again_after_some_hours(
    crawl, known, serving, outlet_toml, hours, asked_again
):
    def answer(path, headers):
        if path == "/feed":
            return rss(headers["Host"], "/a")
        return (304 if "If-None-Match" in headers else 200, {"ETag": '"a"'}, page()[2]) if path == "/a" else NOT_THERE

    with serving(answer) as (host, asked):
        first = crawl(outlets=outlet_toml(host, "feed", "/feed"))
        asked.clear()
        later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours)
        again = crawl(outlets=outlet_toml(host, "feed", "/feed"), known=known(first), now=later.isoformat())
    assert ("/a" in asked) is asked_again
    assert (again["articles"], again["unchanged"]) == ([], 1)


def test_a_listing_that_asked_for_time_is_left_alone_until_then(crawl, known, serving, outlet_toml):
    with serving(lambda path, headers: rss(headers["Host"]) if path == "/feed" else NOT_THERE) as (host, asked):
        first = crawl(outlets=outlet_toml(host, "feed", "/feed"))
        listing = first["listings"][f"http://{host}/feed"]
        tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
        for problem, insist, comes in [("http_404", False, 0), ("http_404", True, 1), ("http_429", True, 0)]:
            listing |= {"next_attempt_at": tomorrow.isoformat(), "problem": problem}
            asked.clear()
            again = crawl(outlets=outlet_toml(host, "feed", "/feed"), known=known(first), insist=insist)
            assert asked.count("/feed") == comes
            assert again["outlets"][0]["postponed"] == 1 - comes


def test_a_page_that_trips_the_program_costs_itself_only(crawl, serving, outlet_toml):
    def answer(path, headers):
        if path == "/feed":
            return rss(headers["Host"], "/aneh", "/biasa")
        return page() if path in {"/aneh", "/biasa"} else NOT_THERE

    with serving(answer) as (host, _):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed"), trips_on="/aneh", settings={"LOG_LEVEL": "CRITICAL"})
    assert [article["url"] for article in result["articles"]] == [f"http://{host}/biasa"]
    assert result["errors"] == {"RecursionError": 1}
    (odd,) = (known for known in result["pages"].values() if known["state"] == "pending")
    assert odd["problem"] == "RecursionError", "one attempt in vain"


# Articles in several pages


def test_the_pages_of_a_split_article_are_one_text(crawl, serving, outlet_toml):
    def answer(path, headers):
        if path == "/feed":
            return rss(headers["Host"], "/jkn-terbagi/")
        links = (
            '<div class="page-links"><span>1</span><a href="/jkn-terbagi/2/">2</a><a href="/jkn-terbagi/3/">3</a></div>'
        )
        return page(path, more=links) if path.startswith("/jkn-terbagi/") else NOT_THERE

    with serving(answer) as (host, asked):
        (article,) = crawl(outlets=outlet_toml(host, "feed", "/feed", layout="wordpress"))["articles"]
    assert asked[2:] == ["/jkn-terbagi/", "/jkn-terbagi/2/", "/jkn-terbagi/3/"]
    assert [line.rpartition(" ")[2] for line in article["text"].splitlines()] == [
        "/jkn-terbagi/.",
        "/jkn-terbagi/2/.",
        "/jkn-terbagi/3/.",
    ]


def test_a_page_that_is_missing_leaves_the_rest_and_is_asked_for_again(crawl, serving, outlet_toml):
    def answer(path, headers):
        if path == "/feed":
            return rss(headers["Host"], "/jkn-terbagi/")
        links = '<div class="page-links"><span>1</span><a href="/jkn-terbagi/2/">2</a></div>'
        return page(path, more=links) if path == "/jkn-terbagi/" else NOT_THERE

    with serving(answer) as (host, _):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed", layout="wordpress"))
    assert result["errors"] == {"incomplete_article": 1}
    (article,) = result["articles"]
    assert (article["etag"], article["text"].endswith("/jkn-terbagi/.")) == (None, True)
    assert [known["state"] for known in result["pages"].values()] == ["pending"], "so the next crawl asks for it"


def test_a_split_article_whose_rest_is_not_asked_for_any_more_is_left_to_the_next_crawl_whole(
    crawl, known, serving, outlet_toml
):
    wait = [(429, {"Retry-After": "7200"}, b"")]

    def answer(path, headers):
        if path == "/feed":
            return rss(headers["Host"], "/jkn-terbagi/")
        links = '<div class="page-links"><span>1</span><a href="/jkn-terbagi/2/">2</a></div>'
        return (
            wait.pop() if wait and path.endswith("/2/") else page(path, more=links) if "terbagi" in path else NOT_THERE
        )

    with serving(answer) as (host, _):
        table = outlet_toml(host, "feed", "/feed", layout="wordpress")
        first = crawl(outlets=table)
        again = crawl(outlets=table, known=known(first), now="2999-01-01T00:00:00+00:00")
    assert first["articles"] == []
    assert [known["state"] for known in first["pages"].values()] == ["pending"]
    (article,) = again["articles"]
    assert article["text"].count("90.000 jiwa") == 2


def test_a_part_of_a_known_article_is_no_new_text_of_it(crawl, known, serving, outlet_toml):
    lost = []

    def answer(path, headers):
        if path == "/feed":
            return rss(headers["Host"], "/jkn-terbagi/")
        links = '<div class="page-links"><span>1</span><a href="/jkn-terbagi/2/">2</a></div>'
        return NOT_THERE if path in lost or "terbagi" not in path else page(path, more=links)

    with serving(answer) as (host, _):
        table = outlet_toml(host, "feed", "/feed", layout="wordpress")
        first = crawl(outlets=table)
        lost.append("/jkn-terbagi/2/")
        again = crawl(outlets=table, known=known(first), now="2999-01-01T00:00:00+00:00")
    assert (len(first["articles"]), again["articles"]) == (1, [])
    assert again["errors"] == {"incomplete_article": 1}
    assert [known["state"] for known in again["pages"].values()] == ["pending"]


# The days asked for


def older(path, headers):
    """Index pages that tell no day, of two stories that do: one of March, one of May."""
    day = "2025-03-01" if path == "/berita/1/jkn-lama" else "2025-05-06"
    stamp = f'<meta property="article:published_time" content="{day}T10:00:00+07:00">'
    links = "".join(f'<a href="/berita/{n}/jkn-{word}">JKN {word}</a>' for n, word in ((1, "lama"), (2, "baru")))
    return (200, {}, f"<html><body>{links}</body></html>".encode()) if path == "/indeks" else page(path, head=stamp)


def test_a_story_whose_day_only_its_page_tells_is_left_to_a_crawl_of_other_days(crawl, known, serving, outlet_toml):
    with serving(older) as (host, asked):
        table = outlet_toml(host, "index", "/indeks", article="/berita/")
        first = crawl(outlets=table, since="2025-05-01")
        asked.clear()
        again = crawl(outlets=table, known=known(first), since="2025-05-01")
        assert "/berita/1/jkn-lama" not in asked, "its day is known by now"
        later = crawl(outlets=table, known=known(again), since="2025-02-01")
    assert [article["title"] for article in first["articles"]] == ["Peserta JKN bertambah"]
    assert [urlsplit(article["url"]).path for article in first["articles"]] == ["/berita/2/jkn-baru"]
    assert (first["outlets"][0]["outside_window"], again["outlets"][0]["outside_window"]) == (1, 1)
    assert (again["articles"], first["irrelevant"]) == ([], 0)
    assert [urlsplit(article["url"]).path for article in later["articles"]] == ["/berita/1/jkn-lama"]


def test_a_morning_in_indonesia_that_a_feed_dates_in_greenwich_is_of_its_own_day(crawl, serving, outlet_toml):
    stamps = {"/a": "Tue, 06 May 2025 16:59:59 +0000", "/b": "Tue, 06 May 2025 17:00:00 +0000"}

    def answer(path, headers):
        items = "".join(
            f"<item><title>JKN</title><link>http://{headers['Host']}{link}</link><pubDate>{stamp}</pubDate></item>"
            for link, stamp in stamps.items()
        )
        feed = (200, {}, f"<rss><channel>{items}</channel></rss>".encode())
        return feed if path == "/feed" else page(path) if path in stamps else NOT_THERE

    with serving(answer) as (host, _):
        table = outlet_toml(host, "feed", "/feed")
        new = crawl(outlets=table, since="2025-05-07", now=NOW)
        old = crawl(outlets=table, until="2025-05-06", now=NOW)
    assert [urlsplit(article["url"]).path for article in new["articles"]] == ["/b"]
    assert [urlsplit(article["url"]).path for article in old["articles"]] == ["/a"]


@pytest.mark.parametrize(("way", "name"), [("wordpress", "modified_after"), ("blogger", "updated-min")])
def test_searches_are_asked_for_days_as_the_outlet_counts_them(crawl, serving, outlet_toml, way, name):
    def answer(path, headers):
        if path.startswith("/wp-json/"):
            return 200, {"Content-Type": "application/json"}, b"[]"
        return (200, {"Content-Type": "application/json"}, b'{"feed": {}}') if path.startswith("/feeds/") else NOT_THERE

    with serving(answer) as (host, asked):
        table = outlet_toml(host, way, "/").replace("WIB", "WIT")
        crawl(outlets=table, since="2025-05-06", now=NOW)
    days = {day for path in asked for day in parse_qs(urlsplit(path).query).get(name, [])}
    assert days == {"2025-05-06T00:00:00+09:00"}


# Layouts that no longer fit


def test_a_page_that_its_layout_no_longer_fits_is_read_without_it_and_told(crawl, serving, outlet_toml):
    def answer(path, headers):
        if path == "/feed":
            return rss(headers["Host"], "/a")
        text = (
            "<p>Peserta JKN di Kabupaten Contoh kini 90.000 jiwa, naik dari tahun lalu menurut dinas kesehatan.</p>" * 4
        )
        return (
            (200, {}, f"<html><body><h1>JKN naik</h1><article>{text}</article></body></html>".encode())
            if path == "/a"
            else NOT_THERE
        )

    with serving(answer) as (host, _):
        result = crawl(outlets=outlet_toml(host, "feed", "/feed", layout="sindonews"))
    (article,) = result["articles"]
    assert article["layout"] == "generic"
    assert "90.000 jiwa" in article["text"]
    assert set(article["drift"]) >= {"title", "body"}
    assert result["outlets"][0]["drift"]["body"] == 1
