"""Pages of our own making: one for each layout that matters, and for each trap that real pages hold."""

import datetime as dt

import pytest

from crawler.errors import RegistryError
from crawler.outlets import parse_outlets
from crawler.pages import read_page
from crawler.pages.layouts import load_layouts
from crawler.zones import ZONES

WIB, WITA, WIT = ZONES["WIB"], ZONES["WITA"], ZONES["WIT"]

OUTLET = """
["kabar.example"]
name = "Kabar"
regions = ["81"]
feed = ["https://kabar.example/feed/"]
layout = "{layout}"
zone = "{zone}"
state = "unverified"
source = "test"
"""


def outlet(layout="wordpress", zone="WIT"):
    return parse_outlets(OUTLET.format(layout=layout, zone=zone), "test.toml")[0]


WORDPRESS = """<html><head><meta property="article:published_time" content="2025-05-07T01:15:20+00:00">
<meta property="og:title" content="Peserta JKN bertambah"></head>
<body><nav>Beranda Daerah</nav><article><header class="entry-header">
<h1 class="entry-title">Peserta <b>J</b>KN bertambah</h1>
<div class="entry-meta"><span class="author vcard"><span class="fn">Rina Wulandari</span></span>
<time class="entry-date published" datetime="2025-05-07T10:15:20+09:00">7 Mei 2025</time></div></header>
<div class="entry-content"><p>Peserta JKN bertambah</p>
<figure><img src="x.jpg"><figcaption>Antrean 40 orang.</figcaption></figure>
<p>TUAL – Peserta&nbsp;JKN kini 82.500&#8203; jiwa.</p><script>var iklan = 1;</script>
<p><strong>Baca juga: <a href="/x">Antrean 1.200 orang</a></strong></p>
<p>“Terus kami kejar,” katanya. (rin)</p>
<p>Editor: Dewi Lestari</p>
<div class="sharedaddy">Bagikan ini: 112 kali</div></div></article>
<aside>Kunjungan hari ini 45.210</aside></body></html>"""

ANTARA = """<html><head><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Capaian UHC",
"author": {"@type": "Person", "name": "Dewi Lestari"}}</script></head><body>
<div class="wrap__article-detail-title"><h1>Capaian UHC</h1></div>
<div class="wrap__article-detail-info"><ul><li class="list-inline-item">Rabu, 7 Mei 2025 10:15 WITA</li></ul></div>
<div class="wrap__article-detail-content post-content">Palu - Peserta JKN kini 82.500 jiwa.<br /><br />
<span class="baca-juga">Baca juga: lain</span>"Terus kami kejar," katanya.<span>Pewarta: Rina Wulandari</span><span>
Editor: Dewi Lestari</span> Copyright © ANTARA 2025</div></body></html>"""

SINDO = """<html><body><h1 class="detail-title">Capaian UHC</h1>
<div class="detail-nama-redaksi"><a rel="author">Rina Wulandari</a></div>
<div class="detail-date-artikel">Jum'at, 9 Mei 2025 - 06:52 WIB</div>
<div id="detail-desc">loading...<br>LUWU - Peserta JKN kini 82.500 jiwa.<br><br>Baca Juga: lain<br>
“Terus kami kejar,” katanya.<br><div class="editor">(tri)</div></div></body></html>"""

BLOGGER = """<html><body><h2 class="date-header"><span>Rabu, 7 Mei 2025</span></h2>
<h3 class="post-title entry-title">Capaian UHC</h3><div class="post-body entry-content">
<div class="separator"><img></div>Tual, Kabar – Peserta JKN kini 82.500 jiwa.<div><br></div>
<div>“Terus kami kejar,” katanya.</div></div>
<div class="post-footer"><span class="post-author vcard">Diposting oleh <span class="fn">Rina Wulandari</span></span>
<abbr class="published" title="2025-05-07T10:15:00+09:00">10.15</abbr></div>
<div class="comments">Posting Komentar</div></body></html>"""

BR = """<html><head><meta name="pubdate" content="2025-05-07T10:15:44Z"></head><body>
<h1 itemprop="headline">Capaian UHC</h1><a rel="author">Rina Wulandari</a>
<div class="date">Rabu, 7 Mei 2025 - 10:15 WIT</div>
<div itemprop="articleBody">Tual - Peserta JKN kini 82.500 jiwa.<br><br>Baca Juga: lain<br><br>
“Terus kami kejar,” katanya.</div></body></html>"""


@pytest.mark.parametrize(
    ("layout", "html", "first", "published", "editors"),
    [
        ("wordpress", WORDPRESS, "TUAL – ", dt.datetime(2025, 5, 7, 10, 15, 20, tzinfo=WIT), ("Dewi Lestari",)),
        ("antara", ANTARA, "Palu - ", dt.datetime(2025, 5, 7, 10, 15, tzinfo=WITA), ("Dewi Lestari",)),
        ("sindonews", SINDO, "LUWU - ", dt.datetime(2025, 5, 9, 6, 52, tzinfo=WIB), ()),
        ("blogger", BLOGGER, "Tual, Kabar – ", dt.datetime(2025, 5, 7, 10, 15, tzinfo=WIT), ()),
        # The meta tag's Z is false: the wall clock is the page's.
        ("br", BR, "Tual - ", dt.datetime(2025, 5, 7, 10, 15, 44, tzinfo=WIT), ()),
    ],
)
def test_each_layout_gives_the_article_alone(layout, html, first, published, editors):
    article = read_page(html, "https://kabar.example/a", outlet=outlet(layout))
    assert article.text.replace('"', "“", 1).replace('"', "”", 1).splitlines() == [
        first + "Peserta JKN kini 82.500 jiwa.",
        "“Terus kami kejar,” katanya.",
    ]
    assert article.title in ("Capaian UHC", "Peserta JKN bertambah")
    assert article.published == published
    assert article.published.utcoffset() == published.utcoffset()
    assert (article.authors, article.editors) == (("Rina Wulandari",), editors)
    assert (article.layout, article.outlet) == (layout, "kabar.example")


@pytest.mark.parametrize(("layout", "html"), [("wordpress", WORDPRESS), ("blogger", BLOGGER), ("br", BR)])
def test_a_content_system_is_known_without_its_outlet(layout, html):
    assert read_page(html, "https://entah.example/a").layout == layout


def test_a_network_is_known_by_its_host():
    assert read_page(ANTARA, "https://sulteng.antaranews.com/berita/1/x").layout == "antara"


GENERIC = """<html><head><title>Capaian UHC - Kabar</title></head>
<body><div><h1>Capaian UHC di Kabupaten Contoh</h1>
<div>Kamis, 8 Mei 2025 09:30 WITA</div><div>Penulis : Rina Wulandari | Editor : Dewi Lestari</div>
<div>{body}</div></div></body></html>"""


def test_where_nothing_fits_the_article_says_generic():
    paragraphs = [
        f"Peserta JKN di kecamatan ke-{n} terus bertambah, kata kepala dinas kesehatan setempat." for n in range(8)
    ]
    html = GENERIC.format(body="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
    article = read_page(html, "https://entah.example/a")
    assert article.layout == "generic"
    assert article.text.splitlines() == paragraphs
    assert article.published == dt.datetime(2025, 5, 8, 9, 30, tzinfo=WITA)
    assert (article.authors, article.editors) == (("Rina Wulandari",), ("Dewi Lestari",))


def test_the_listing_tells_the_time_where_the_page_does_not():
    html = "<h1 class='entry-title'>JKN</h1><div class='entry-content'><p>Peserta bertambah.</p></div>"
    hint = dt.datetime(2025, 5, 7, 1, 15, tzinfo=dt.UTC)
    article = read_page(html, "https://kabar.example/a", outlet=outlet(), published_hint=hint)
    assert article.published == hint
    assert article.published.utcoffset() == dt.timedelta(hours=9)
    assert read_page(html, "https://kabar.example/a").published is None


PARAGRAPH = (
    "<html><head>{meta}</head><body><div class='entry-content'><p>Warga café — “sehat” kata É.</p></div></body></html>"
)


@pytest.mark.parametrize(
    ("encoding", "meta", "content_type"),
    [
        ("utf-8", "", None),
        # The header lies, as many servers' do.
        ("utf-8", '<meta charset="iso-8859-1">', "text/html; charset=iso-8859-1"),
        ("utf-8-sig", "", None),
        ("cp1252", "", None),
        ("cp1252", '<meta charset="windows-1252">', None),
        ("utf-16", "", None),
        ("cp1252", "", "text/html; charset=nonsense"),
    ],
)
def test_the_bytes_tell_the_encoding(encoding, meta, content_type):
    html = PARAGRAPH.format(meta=meta).encode(encoding)
    assert read_page(html, "https://kabar.example/a", content_type=content_type).text == "Warga café — “sehat” kata É."


@pytest.mark.parametrize(
    "html",
    [
        "",
        b"",
        "   ",
        "<!-- -->",
        b"\x00\x01\xff\xfe",
        "{}",
        "<html>",
        "<div class='entry-content'></div>",
        "\ud800<p>x",
        "<" * 5000,
    ],
)
def test_what_is_no_article_is_no_error(html, caplog):
    article = read_page(html, "https://kabar.example/a")
    assert not caplog.records
    assert article.layout == "generic"
    assert len(article.text) < 20


def test_deep_nesting_is_no_error():
    html = "<div class='entry-content'>" + "<div>" * 3000 + "Peserta JKN." + "</div>" * 3000
    read_page(html, "https://kabar.example/a")


def test_a_box_of_links_in_the_middle_does_not_end_the_article():
    long = "Peserta JKN di kabupaten itu terus bertambah dari tahun ke tahun " * 4
    box = "<h3>Berita Terkait</h3><p>Judul lain</p>"
    html = f"<div class='entry-content'><p>Awal.</p><h3>Berita Terkait</h3><p>{long}</p>{box}</div>"
    assert read_page(html, "https://kabar.example/a").text == f"Awal.\n{long.strip()}"


def test_a_mark_of_the_newsroom_is_no_abbreviation():
    html = "<div class='entry-content'><p>Kota itu meraih Universal Health Coverage (UHC)</p></div>"
    assert read_page(html, "https://kabar.example/a").text.endswith("(UHC)")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[a]\ntitle = ["h1"]', "lacks a selector for the body"),
        ('[a]\nbody = ["div["]', "'div[' is no selector"),
        ('[a]\nbody = ["//div["]', "is no selector"),
        ('[a]\nbody = ["div"]\nbodi = ["p"]', "nothing reads: bodi"),
        ('[a]\nbody = "div"', "body must be a list"),
        ("[a", "the whole file"),
    ],
)
def test_a_broken_layout_is_named(tmp_path, text, problem):
    path = tmp_path / "layouts.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=r"layouts\.toml") as raised:
        load_layouts(path)
    assert problem in str(raised.value)
