"""Probes of sites made up here: what is asked, what is concluded, and the table that comes of it."""

import datetime as dt
import json
from urllib.parse import urljoin

import pytest

from crawler.outlet_text import write_outlet
from crawler.outlets import Discovery, State, Way, parse_outlets
from crawler.probe.draft import describe, draft_outlet, findings_record
from crawler.probe.findings import FORBIDDEN
from crawler.probe.investigate import MOST_REQUESTS, Investigation, zone_of_settings
from crawler.probe.platforms import load_platforms
from crawler.probe.signs import Answer

TODAY = dt.date(2026, 5, 20)
SITE = "https://kabar.example/"
BODY = "<p>Jumlah peserta program itu bertambah di setiap kecamatan sejak awal tahun, kata kepala dinas.</p>" * 5


def article(title, zone="WIT", layout="wordpress"):
    """A page with a headline, a printed time and a body, in WordPress' marks or in nobody's."""
    body = f'<div class="entry-content">{BODY}</div>' if layout == "wordpress" else f"<section>{BODY}</section>"
    return f"""<html><body><article><h1 class="entry-title">{title}</h1>
        <time class="entry-date published" datetime="2026-05-18T09:30:00+09:00">18 Mei 2026 09:30 {zone}</time>
        {body}</article></body></html>"""


def rss(*links):
    items = "".join(
        f"<item><title>JKN</title><link>{link}</link><pubDate>Mon, 18 May 2026 09:30:00 +0700</pubDate></item>"
        for link in links
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


def posts(*links):
    return json.dumps(
        [
            {"link": link, "date": "2026-05-18T09:30:00", "date_gmt": "2026-05-18T00:30:00", "title": {"rendered": "a"}}
            for link in links
        ]
    )


def probe(pages, url=SITE, today=TODAY):
    """Answer an investigation from a dictionary of paths; a value may be a problem (an Answer's) or a body."""
    investigation = Investigation(url, today)
    steps = investigation.steps()
    answer = None
    while True:
        try:
            asked = steps.send(answer)
        except StopIteration:
            return investigation.findings
        path = "/" + asked.partition("://")[2].partition("/")[2]
        body = pages.get(path)
        if isinstance(body, Answer):
            answer = Answer(asked, body.url or asked, body.status, body.headers, body.body, body.problem)
        elif body is None:
            answer = Answer(asked, asked, 404, problem="status 404")
        else:
            answer = Answer(asked, asked, 200, {}, body.encode())


def words(findings):
    return "\n".join(describe(findings, draft_outlet(findings, TODAY)))


WORDPRESS_API = "/wp-json/wp/v2/posts?_fields=link,date,date_gmt,title"
WORDPRESS = {
    "/": '<title>Kabar Maluku</title><link rel="https://api.w.org/" href="/wp-json/"><p>x',
    "/wp-json/?_fields=name,gmt_offset,timezone_string": '{"name": "Kabar Maluku", "gmt_offset": "9"}',
    f"{WORDPRESS_API}&per_page=5": posts(f"{SITE}jkn-di-ambon/", f"{SITE}jkn-di-tual/"),
    f"{WORDPRESS_API}&per_page=1&search=zqxvjkwypq": "[]",
    "/feed/": rss(f"{SITE}jkn-di-ambon/"),
    "/jkn-di-ambon/": article("Peserta JKN di Ambon bertambah"),
    "/jkn-di-tual/": article("Peserta JKN di Tual bertambah"),
}


def test_a_wordpress_site_is_asked_by_its_interface():
    findings = probe(WORDPRESS)
    outlet = draft_outlet(findings, TODAY).outlet
    assert outlet.ways == (Discovery(Way.WORDPRESS, SITE),)
    assert (outlet.domain, outlet.name, outlet.regions) == ("kabar.example", "Kabar Maluku", ("81",))
    assert (outlet.layout, outlet.zone, outlet.state) == ("wordpress", "WIT", State.UNVERIFIED)
    assert outlet.source == ("probed on 2026-05-20, WordPress; zone printed on its pages; regions guessed by its name")
    told = words(findings)
    assert "The search at https://kabar.example/ answers and heeds what it is asked for." in told
    assert "2026-05-18 09:30 +0900 (WIT printed)" in told
    assert "The regions are guessed by its name: Maluku." in told


def test_the_table_is_one_that_the_registry_reads():
    outlet = draft_outlet(probe(WORDPRESS), TODAY).outlet
    assert parse_outlets(write_outlet(outlet), "t.toml") == (outlet,)


def test_a_search_that_ignores_its_query_is_told():
    found = probe(WORDPRESS | {f"{WORDPRESS_API}&per_page=1&search=zqxvjkwypq": posts(f"{SITE}jkn-di-ambon/")})
    assert found.search.heeds_query is False
    assert "ignores what it is asked for, so all of it is read" in words(found)


def test_where_the_interface_is_closed_the_feed_serves():
    closed = Answer("", "", 401, problem="status 401")
    findings = probe(WORDPRESS | {f"{WORDPRESS_API}&per_page=5": closed})
    assert draft_outlet(findings, TODAY).outlet.ways == (Discovery(Way.FEED, f"{SITE}feed/"),)
    assert "Its search cannot be used: status 401." in words(findings)


def test_a_clock_that_nobody_prints_is_the_systems():
    silent = {path: page.replace(" WIT", "") for path, page in WORDPRESS.items()}
    draft = draft_outlet(probe(silent), TODAY)
    assert (draft.outlet.zone, draft.zone_why) == ("WIT", "of its system's clock")


@pytest.mark.parametrize(
    ("settings", "zone"),
    [
        ({"timezone_string": "Asia/Makassar", "gmt_offset": 8}, "WITA"),
        ({"timezone_string": "", "gmt_offset": "7"}, "WIB"),
        ({"timezone_string": "", "gmt_offset": 0}, None),
        ({"gmt_offset": "sembilan"}, None),
        ({"gmt_offset": True}, None),
        ({}, None),
    ],
)
def test_the_clock_of_wordpress_counts_where_it_was_set(settings, zone):
    assert zone_of_settings(settings) == zone


BLOGGER = {
    "/": '<title>Warta Bali</title><meta name="generator" content="blogger"><p>x',
    "/feeds/posts/default?alt=json&max-results=5": json.dumps(
        {
            "feed": {
                "openSearch$totalResults": {"$t": "1"},
                "entry": [
                    {
                        "link": [{"rel": "alternate", "href": f"{SITE}2026/05/jkn.html"}],
                        "title": {"$t": "JKN"},
                        "published": {"$t": "2026-05-18T08:30:00.000+08:00"},
                    }
                ],
            }
        }
    ),
    "/feeds/posts/default?alt=json&max-results=1&q=zqxvjkwypq": '{"feed": {"openSearch$totalResults": {"$t": "0"}}}',
    "/2026/05/jkn.html": article("Peserta JKN", "").replace("entry-content", "post-body entry-content"),
}


def test_a_blogger_site_is_asked_by_its_feed_alone():
    findings = probe(BLOGGER)
    outlet = draft_outlet(findings, TODAY).outlet
    assert outlet.ways == (Discovery(Way.BLOGGER, SITE),)
    assert (outlet.layout, outlet.zone, outlet.regions) == ("blogger", "WITA", ("51",))
    assert not findings.feeds


def links(*paths):
    return "".join(f'<p><a href="{path}">Peserta program jaminan di kota {path}</a></p>' for path in paths)


STORIES = [f"/berita/{number}/peserta-program-jaminan-kesehatan-bertambah" for number in range(8)]
PLAIN = {
    "/": f'<title>Harian</title>{links(*STORIES)}<a href="/indeks">Indeks</a>',
    "/indeks": links(*STORIES) + '<a href="/indeks?page=2">2</a>',
    "/robots.txt": "User-agent: *\nSitemap: https://kabar.example/sitemap.xml\n",
    "/sitemap.xml": """<sitemapindex><sitemap><loc>https://kabar.example/sitemap-news.xml</loc></sitemap>
        <sitemap><loc>https://kabar.example/sitemap-2026-04.xml</loc></sitemap>
        <sitemap><loc>https://kabar.example/sitemap-2026-05.xml</loc></sitemap></sitemapindex>""",
    "/sitemap-news.xml": f"""<urlset xmlns:news="n"><url><loc>https://kabar.example{STORIES[0]}</loc>
        <news:news><news:title>JKN</news:title><news:publication_date>2026-05-18</news:publication_date></news:news>
        </url></urlset>""",
    STORIES[0]: article("Peserta program jaminan", "WITA", layout=None),
}


def test_a_site_of_unknown_make_is_found_by_sitemaps_and_lists():
    findings = probe(PLAIN)
    outlet = draft_outlet(findings, TODAY).outlet
    assert outlet.ways == (
        Discovery(Way.SITEMAP, f"{SITE}sitemap-news.xml"),
        Discovery(Way.INDEX, f"{SITE}indeks?page={{page}}"),
        Discovery(Way.PAST, f"{SITE}sitemap.xml"),
    )
    assert (outlet.layout, outlet.zone, outlet.regions) == (None, "WITA", ("0",))
    told = words(findings)
    assert "The platform is unknown." in told
    assert "is an index by days of 3 sitemaps" in told
    assert "No layout fits" in told
    assert 'the table says "0", the nation' in told


def test_a_feed_that_leads_home_is_passed_over():
    findings = probe(PLAIN | {"/feed/": rss(SITE, SITE)})
    assert [found.leads_home for found in findings.feeds] == [True]
    assert not any(found.way is Way.FEED for found in draft_outlet(findings, TODAY).outlet.ways)
    assert "all its links lead to front pages, so it is of no use" in words(findings)


def test_a_networks_list_is_asked_with_todays_date():
    site = "https://banten.tribunnews.com/"
    index = "/index-news?date=2026-05-20&page=1"
    findings = probe({"/": "<title>Tribun</title><p>x", index: links(*STORIES)}, url=site)
    outlet = draft_outlet(findings, TODAY).outlet
    assert outlet.ways == (Discovery(Way.INDEX, f"{site}index-news?date={{date}}&page={{page}}"),)
    assert (outlet.layout, outlet.regions) == ("tribun", ("36",))


def test_an_articles_address_leads_to_its_site():
    findings = probe(WORDPRESS, url=f"{SITE}jkn-di-tual/")
    assert findings.front == SITE
    assert findings.articles[0].url == f"{SITE}jkn-di-tual/"


def test_a_site_below_a_folder_is_found_though_its_host_has_no_front_page():
    below = {f"/blog{path}": body for path, body in PLAIN.items() if path != "/robots.txt"}
    findings = probe(below | {"/blog/": PLAIN["/"]}, url=f"{SITE}blog/")
    assert findings.front == f"{SITE}blog/"
    assert findings.lists


def test_redirects_tell_the_sites_true_host():
    moved = Answer("", "https://www.kabar-baru.example/", 200, {}, WORDPRESS["/"].encode())
    findings = probe({"/": moved}, url="http://kabar.example/")
    assert findings.front == "https://www.kabar-baru.example/"
    assert findings.system.root == "https://www.kabar-baru.example/"


def test_where_nothing_can_be_had_nothing_is_proposed():
    findings = probe({})
    assert draft_outlet(findings, TODAY).outlet is None
    assert [asked.problem for asked in findings.asked] == ["status 404"]


def test_what_robots_txt_forbids_is_told():
    forbidden = Answer("", "", problem=FORBIDDEN)
    findings = probe(PLAIN | {"/feed/": forbidden, "/indeks": forbidden})
    assert "Its robots.txt asks to leave alone: https://kabar.example/feed/, https://kabar.example/indeks." in words(
        findings
    )
    assert Discovery(Way.INDEX, SITE) in draft_outlet(findings, TODAY).outlet.ways


@pytest.mark.parametrize("pages", [WORDPRESS, BLOGGER, PLAIN], ids=["wordpress", "blogger", "plain"])
def test_no_probe_asks_much_or_anything_twice(pages):
    asked = [one.url for one in probe(pages).asked]
    assert len(asked) == len(set(asked)) <= MOST_REQUESTS


def test_a_site_that_offers_everything_is_not_asked_for_all_of_it():
    many = "".join(f"Sitemap: https://kabar.example/{number}.xml\n" for number in range(50))
    feeds = "".join(f'<link rel="alternate" type="application/rss+xml" href="/f{number}">' for number in range(50))
    findings = probe({"/": feeds + links(*STORIES), "/robots.txt": many})
    assert len(findings.asked) <= MOST_REQUESTS


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\0",
        "<",
        "[",
        "{",
        "<rss>",
        "\x1f\x8b",
        "<html><head><link rel=alternate href='http://[' type=application/rss+xml>",
    ],
)
def test_odd_answers_are_no_errors(body):
    everything = dict.fromkeys([*WORDPRESS, *BLOGGER, *PLAIN], body)
    findings = probe(everything)
    json.dumps(findings_record(findings, draft_outlet(findings, TODAY)))
    words(findings)


def test_all_that_was_found_can_be_written_as_json():
    findings = probe(PLAIN)
    record = json.loads(json.dumps(findings_record(findings, draft_outlet(findings, TODAY))))
    assert record["sitemaps"][0]["kind"] == "dated index"
    assert record["articles"][0]["printed_zone"] == "WITA"
    assert record["asked"][0] == {"url": SITE, "status": 200, "problem": None}


def test_layouts_of_networks_exist_and_their_addresses_can_be_filled():
    for network in load_platforms()[1]:
        assert network.hosts
        for template in network.index:
            address = Discovery(Way.INDEX, urljoin("https://k.example/", template))
            assert "{" not in address.address(1, TODAY)


def test_the_demos_sites_are_found_out(probe_demo):
    found = probe_demo()
    ways = {
        site: {key for key in ("sitemap", "feed", "wordpress", "blogger") if f"\n{key} = " in one["table"]}
        for site, one in found.items()
    }
    assert ways == {"wordpress": {"wordpress"}, "blogger": {"blogger"}, "portal": {"feed"}, "br": {"sitemap"}}
    layouts = {site: parse_outlets(one["table"], "t.toml")[0].layout for site, one in found.items()}
    assert layouts == {"wordpress": "wordpress", "blogger": "blogger", "portal": "antara", "br": "br"}
    assert all(len(one["asked"]) <= MOST_REQUESTS for one in found.values())
    assert all(article["published"] and article["authors"] for one in found.values() for article in one["articles"])


def test_the_manners_hold_on_a_server(serving, probe_once):
    def answer(path, headers):
        body = {"/robots.txt": "User-agent: *\nDisallow: /feed/\n"}.get(path, PLAIN.get(path, "")).encode()
        return (200 if body else 404), {}, body

    with serving(answer) as (host, asked):
        found = probe_once(url=f"http://{host}/")
    assert "/feed/" not in asked
    assert {"url": f"http://{host}/feed/", "status": 0, "problem": FORBIDDEN} in found["asked"]
    assert any("asks to leave alone" in sentence for sentence in found["words"])


@pytest.mark.parametrize(
    ("asked", "kind", "reason"),
    [
        ({"url": "http://127.0.0.1/", "allow_local": False, "contact": "a@b.id"}, "NotFetched", "is a private address"),
        ({"url": "http://127.0.0.1:9/"}, "NotFetched", "the connection is refused"),
        ({"url": "ftp://kabar.example/"}, "UnusableAddress", "is not an http or https address"),
    ],
)  # fmt: skip
def test_a_site_that_cannot_be_had_is_an_error_with_its_reason(probe_once, asked, kind, reason):
    found = probe_once(**asked)
    assert found["kind"] == kind
    assert reason in found["error"]
