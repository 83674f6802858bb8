"""What single answers show: on pages of our own, and on recorded ones where they lie beside the repository."""

import datetime as dt
import gzip
import json
from pathlib import Path

import pytest

from crawler.listings import Entry, parse_feed, parse_sitemap
from crawler.outlets import registry
from crawler.probe.regions import guess_regions
from crawler.probe.sample import read_sample
from crawler.probe.signs import (
    Answer,
    feeds_named,
    find_network,
    find_system,
    lead_home,
    lists_named,
    paged_address,
    printed_zone,
    site_name,
    sitemap_kind,
    sitemaps_named,
    stories_on,
    zone_of_offsets,
)
from extract.regions.gazetteer import load_gazetteer

PAGES = Path(__file__).parents[3] / "shared" / "pages"
DOCS = Path(__file__).parents[2] / "docs" / "outlets.md"
recorded = pytest.mark.skipif(not PAGES.is_dir(), reason="no recorded pages beside the repository")


def page(html, url="https://kabar.example/", **headers):
    return Answer(url, url, 200, headers, html.encode())


def key(sign):
    return sign.platform.key if sign else None


@pytest.mark.parametrize(
    ("html", "headers", "system", "root"),
    [
        (
            "<p>x",
            {"link": '<https://kabar.example/berita/wp-json/>; rel="https://api.w.org/"'},
            "wordpress",
            "https://kabar.example/berita/",
        ),
        (
            '<link rel="https://api.w.org/" href="/wp-json/"><p>x',
            {},
            "wordpress",
            "https://kabar.example/",
        ),
        ('<link rel="https://api.w.org/" href="/?rest_route=/"><p>x', {}, None, None),
        ('<meta name="generator" content="WordPress 6.5"><p>x', {}, "wordpress", None),
        ('<script src="/wp-content/themes/koran/a.js"></script><p>x', {}, "wordpress", None),
        ('<meta content="blogger" name="generator"><p>x', {}, "blogger", None),
        ('<link rel="alternate" href="https://kabar.example/feeds/posts/default"><p>x', {}, "blogger", None),
        ("<a href=/2025/05/a.html>a</a><a href=/2025/05/b.html>b</a><a href=/2025/06/c.html>c", {}, "blogger", None),
        ("<a href=/2025/05/01/a/>a</a><a href=/2025/05/02/b/>b</a><a href=/2025/06/03/c/>c</a>", {}, "wordpress", None),
        # One such address may be anybody's, and a picture from elsewhere says nothing of the site.
        ('<a href="/2025/05/01/a/">a</a><img src="https://lain.example/wp-content/uploads/a.jpg">', {}, None, None),
        ('{"name": "Kabar", "namespaces": ["oembed/1.0", "wp/v2"]}', {}, "wordpress", "https://kabar.example/"),
        ("", {}, None, None),
    ],
)  # fmt: skip
def test_a_content_system_gives_itself_away(html, headers, system, root):
    found = find_system(page(html, **headers))
    assert key(found) == system
    assert (found.root if found else None) == root


@pytest.mark.parametrize(
    ("html", "url", "network"),
    [
        ("<p>x", "https://sulsel.antaranews.com/", "antara"),
        ("<p>x", "https://notantaranews.com/", None),
        ('<link rel="stylesheet" href="https://static.promediateknologi.id/a.css">', "https://k.example/", "promedia"),
        ('<img src="https://static.promediateknologi.id/foto.jpg">', "https://k.example/", None),
    ],
)  # fmt: skip
def test_a_network_is_known_by_host_or_by_its_scripts_and_styles(html, url, network):
    assert key(find_network(page(html, url))) == network


def test_feeds_of_comments_are_passed_over():
    html = """<link rel="alternate" type="application/rss+xml" href="/feed/">
        <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
        <link rel="alternate" type="text/html" hreflang="en" href="/en/"><p>x"""
    assert feeds_named(page(html)) == ["https://kabar.example/feed/"]


def test_robots_txt_names_sitemaps():
    robots = "User-agent: *\nDisallow: /search\n\nSitemap: https://kabar.example/a.xml\nsitemap:/b.xml\nSitemap: //[\n"
    assert sitemaps_named(robots, "https://kabar.example/") == [
        "https://kabar.example/a.xml",
        "https://kabar.example/b.xml",
    ]


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("<url><loc>https://k.example/a</loc></url>", "plain"),
        (
            '<url><loc>https://k.example/a</loc><news:news xmlns:news="x">'
            "<news:publication_date>2026-05-01</news:publication_date></news:news></url>",
            "news",
        ),
        ("", "empty"),
    ],
)
def test_sitemaps_of_news_are_told_from_plain_ones(inside, kind):
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</urlset>'.encode()
    assert sitemap_kind(parse_sitemap(body, "https://k.example/")) == kind


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("sitemap-2024-05.xml", "sitemap-2024-06.xml"), "dated index"),
        (("sitemap.xml?yyyy=2024&amp;mm=05", "sitemap.xml?yyyy=2024&amp;mm=06"), "dated index"),
        (("post-sitemap.xml", "post-sitemap2.xml"), "index"),
    ],
)
def test_an_index_by_days_is_told_from_others(names, kind):
    below = "".join(f"<sitemap><loc>https://k.example/{name}</loc></sitemap>" for name in names)
    body = f"<sitemapindex>{below}</sitemapindex>".encode()
    assert sitemap_kind(parse_sitemap(body, "https://k.example/")) == kind


def test_a_feed_whose_links_lead_home_is_told():
    assert lead_home([Entry("https://k.example/"), Entry("https://www.k.example/?utm_source=rss")])
    assert not lead_home([Entry("https://k.example/"), Entry("https://k.example/berita/1")])
    assert not lead_home([])


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/indeks?page=2", "https://k.example/indeks?page={page}"),
        ("/indeks/page/2/", "https://k.example/indeks/page/{page}/"),
        ("/indeks/2", "https://k.example/indeks/{page}"),
        ("/indeks?per_page=15", "https://k.example/indeks?per_page={offset:15}"),
        ("/olahraga?page=2", None),
        ("/indeks?page=3", None),
        ("/indeks?tahun=2024", None),
    ],
)
def test_a_link_to_the_second_page_tells_how_pages_are_asked_for(link, address):
    assert paged_address(page(f'<a href="{link}">2</a>', "https://k.example/indeks")) == address


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Senin, 4 Mei 2026 - 13:39 WITA", "WITA"),
        ("4 Mei 2026, 08.15 wib", "WIB"),
        ("diterbitkan 09:00 (WIT)", "WIT"),
        ("a wit of 10 people, WIB", None),
    ],
)
def test_the_zone_is_read_where_times_are_printed(text, zone):
    assert printed_zone(page(f"<p>{text}</p>")) == zone


def test_offsets_tell_a_zone_only_where_all_agree():
    def at(hours):
        return dt.datetime(2026, 5, 1, tzinfo=dt.timezone(dt.timedelta(hours=hours)))

    assert zone_of_offsets([at(9), at(9), dt.date(2026, 5, 1)]) == "WIT"
    assert zone_of_offsets([at(8), at(7)]) is None
    assert zone_of_offsets([at(0)]) is None
    assert zone_of_offsets([]) is None


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<meta property="og:site_name" content="Kabar Contoh"><title>Beranda</title>', "Kabar Contoh"),
        ("<title>Berita Terkini dan Terpercaya dari Maluku | Kabar Contoh</title>", "Kabar Contoh"),
        ("<p>x", None),
    ],
)
def test_a_front_page_names_its_site(html, name):
    assert site_name(page(html)) == name


@pytest.mark.parametrize(
    ("name", "host", "regions"),
    [
        ("Harian Maluku", "hm.example", ["Maluku"]),
        ("Radar Malang", "rm.example", ["Kabupaten Malang", "Kota Malang"]),
        ("ANTARA Kalimantan Utara", "x.example", ["Kalimantan Utara"]),
        (None, "kalteng.antaranews.com", ["Kalimantan Tengah"]),
        (None, "radarmojokerto.example", ["Kabupaten Mojokerto", "Kota Mojokerto"]),
        (None, "balipost.com", ["Bali"]),
        ("Suara Rakyat", "suararakyat.example", []),
        ("Media Indonesia", "mediaindonesia.com", []),
    ],
)
def test_regions_are_guessed_by_name_then_host(name, host, regions):
    known = load_gazetteer().regions
    assert sorted(known[code].name for code in guess_regions(name, f"https://{host}/")) == sorted(regions)


def test_the_page_on_outlets_says_how_good_the_guess_is():
    right = wrong = none = 0
    for outlet in registry():
        if outlet.regions != ("0",):
            guess = guess_regions(outlet.name, f"https://{outlet.domain}/")
            met = {code[:2] for code in guess} & {code[:2] for code in outlet.regions}
            right, wrong, none = right + bool(met), wrong + bool(guess and not met), none + (not guess)
    told = f"right province for {right}, in the wrong one for {wrong}, and for {none} there is none"
    assert told in " ".join(DOCS.read_text(encoding="utf-8").split())


# What each recorded listing shows: system, network, whether it names a feed, an index, pages.
SHOWN = {
    "_blogger-nonid-hassanchef": ("blogger", None),
    "_blogger-nonid-luxuryhaven": ("blogger", None),
    "_blogger-nonid-plentylife": ("blogger", None),
    "antaranews-FEED-rss-2015-11": (None, "antara"),
    "bolacom-INDEX-bolacom-inggris-2021": (None, None),
    "detik-INDEX-detik-indeks-2024-10": (None, "detik"),
    "dream-INDEX-dream": (None, None),
    "harianfajar-FEED-rss-2023-03": ("wordpress", None),
    "harianfajar-INDEX-home-2023-03": ("wordpress", None),
    "kapanlagi-FEED-rss-2015-11": (None, None),
    "kompas-INDEX-kompas-home-2017": (None, "kompas"),
    "konikarimun-FEED-rss": ("wordpress", None),
    "konikarimun-INDEX-page2": ("wordpress", None),
    "konikarimun-WPJSON-root": ("wordpress", None),
    "liputan6-INDEX-liputan6-2022": (None, "liputan6"),
    "rempoah-INDEX-category-berita-index": ("wordpress", None),
    "rempoah-INDEX-sitemap": ("wordpress", None),
    "rempoah-INDEX-wp-sitemap-posts-post-1": ("wordpress", None),
    "republika-FEED-rss-2015-11": (None, "republika"),
    "viva-INDEX-viva-mainpage": (None, "viva"),
}


def index_named(name):
    (path,) = (PAGES / "indexes").glob(f"{name}.*.gz")
    told = json.loads(path.with_suffix(".json").read_text())["url"] or ""
    url = told if told.startswith("http") else "https://kabar.example/"
    return Answer(url, url, 200, {}, gzip.decompress(path.read_bytes()))


@recorded
@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_recorded_listing_shows_its_system_and_network(name):
    answer = index_named(name)
    assert (key(find_system(answer)), key(find_network(answer))) == SHOWN[name]


@recorded
def test_every_recorded_listing_is_looked_at_without_a_fault():
    names = sorted(path.name.split(".")[0] for path in (PAGES / "indexes").glob("*.gz"))
    assert len(names) == 41
    for name in names:
        answer = index_named(name)
        feed, sitemap = parse_feed(answer.body, answer.url), parse_sitemap(answer.body, answer.url)
        if feed or sitemap or answer.body.lstrip().startswith(b"{"):
            assert not stories_on(answer) and not feeds_named(answer)
        assert not lead_home(feed or [])


@recorded
@pytest.mark.parametrize(
    ("name", "lists", "paged"),
    [
        ("detik-INDEX-detik-indeks-2024-10", ["https://news.detik.com/indeks"], "https://news.detik.com/indeks/{page}"),
        ("liputan6-INDEX-liputan6-mainpage", ["http://www.liputan6.com/indeks"], "http://www.liputan6.com/indeks?page={page}"),
        ("viva-INDEX-viva-mainpage", ["http://www.viva.co.id/indeks"], "http://www.viva.co.id/indeks?page={page}"),
        ("tempo-INDEX-tempo-mainpage", ["http://www.tempo.co/indeks"], None),
    ],
)  # fmt: skip
def test_a_recorded_index_tells_its_pages(name, lists, paged):
    answer = index_named(name)
    assert lists_named(answer)[: len(lists)] == lists
    assert paged_address(answer) == paged
    assert len(stories_on(answer)) >= 20


# Themes of content systems carry marks and fit anywhere; networks' layouts have to be tried.
FAMILIES = {
    "detik-2015-single1": "detik",
    "kapanlagi-single1": "kapanlagi",
    "kompas-2015-single4": "kompas",
    "merdeka-2021-pamekasan": "merdeka",
    "okezone-single2": "okezone",
    "rempoah-sebuah-mobil-terbakar-di-tanjakan-cangar": "wordpress",
    "republika-single1": "republika",
    "tribunnews-2020-pendidikan": "tribun",
}


@recorded
@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_a_page_on_an_unknown_host_is_read_by_the_family_it_looks_like(name):
    truth = json.loads((PAGES / "articles" / f"{name}.json").read_text())["truth"]
    body = gzip.decompress((PAGES / "articles" / f"{name}.html.gz").read_bytes())
    reading = read_sample(Answer("https://pindah.example/a", "https://pindah.example/a", 200, {}, body))
    assert reading.article.layout.partition("-")[0] == FAMILIES[name]
    assert " ".join(reading.article.title.split()) == " ".join(truth["title"].split())
    assert reading.drift == ()
