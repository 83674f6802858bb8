"""What real pages do to dates and names: false offsets, days of comments and of today, editors called authors."""

import datetime as dt

import pytest

from crawler.outlets import parse_outlets
from crawler.pages.layouts import article_patterns, load_layouts
from crawler.pages.read import read, read_page
from crawler.zones import ZONES

WIB, WITA, WIT = ZONES["WIB"], ZONES["WITA"], ZONES["WIT"]
TITLE = "Peserta JKN Kota Contoh Bertambah"
TEXT = "".join(f"<p>Peserta JKN di kelurahan ke-{n} kota itu terus bertambah, kata kepala dinas.</p>" for n in range(6))

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


def outlet(layout, zone="WIT"):
    return parse_outlets(OUTLET.format(layout=layout, zone=zone), "test.toml")[0]


def at(hour, minute, second=0, zone=WIB, day=7):
    return dt.datetime(2025, 5, day, hour, minute, second, tzinfo=zone)


def published(html, url="https://entah.example/a", **more):
    """The date of a page, with its offset told apart from others of the same instant."""
    date = read_page(html, url, **more).published
    return (date, date.utcoffset()) if isinstance(date, dt.datetime) else date


def same(date):
    return (date, date.utcoffset()) if isinstance(date, dt.datetime) else date


MERDEKA = """<html><head><meta name="pubdate" content="Wed, 07 May 2025 11:38:00 GMT"/>
<meta property="article:published_time" content="2025-05-07T11:38:00-07:00"/></head><body>
<div class="mdk-news-head"><h1>{title}</h1></div>{date}<div class="mdk-body-paragraph">{text}</div></body></html>"""
DETIK = """<html><head><meta name="pubdate" content="{stamp}"></head><body><h1 class="detail__title">{title}</h1>
<div class="detail__body-text">{text}</div></body></html>"""


@pytest.mark.parametrize(
    ("html", "url", "expected"),
    [
        # merdeka: "-07:00" and "GMT" behind the local time
        (MERDEKA.format(title=TITLE, text=TEXT, date=""), "https://www.merdeka.com/x/y.html", at(11, 38)),
        (
            MERDEKA.format(title=TITLE, text=TEXT, date='<div class="mdk-date-reporter">7 Mei 2025 11:38</div>'),
            "https://www.merdeka.com/x/y.html",
            at(11, 38),
        ),
        # detik: a false Z in two spellings; a true offset is kept
        (
            DETIK.format(title=TITLE, text=TEXT, stamp="2025-05-07 T10:08:58Z"),
            "https://news.detik.com/b/d-1/x",
            at(10, 8, 58),
        ),
        (
            DETIK.format(title=TITLE, text=TEXT, stamp="2025-05-07T20-59-53Z"),
            "https://news.detik.com/b/d-1/x",
            at(20, 59, 53),
        ),
        (
            DETIK.format(title=TITLE, text=TEXT, stamp="2025-05-07T20:59:53+07:00"),
            "https://news.detik.com/b/d-1/x",
            at(20, 59, 53),
        ),
    ],
)
def test_a_layout_knows_that_its_offsets_are_false(html, url, expected):
    assert published(html, url) == same(expected)


def test_a_national_site_prints_wib_wherever_its_reporter_is():
    html = DETIK.format(title=TITLE, text=TEXT, stamp="2025-05-07 10:08:58")
    url = "https://www.detik.com/sulsel/berita/d-1/x"
    assert published(html, url, outlet=outlet("detik", "WITA")) == same(at(10, 8, 58))
    # The hint is the listing's, and its offset is true.
    html = html.replace("pubdate", "x")
    hint = dt.datetime(2025, 5, 7, 3, 8, tzinfo=dt.UTC)
    assert published(html, url, outlet=outlet("detik", "WITA"), published_hint=hint) == same(at(10, 8))


PAGE = (
    "<html><head>{head}</head><body>{top}<article><h1>{title}</h1>{meta}<div class='isi'>{text}</div></article>{below}"
    "</body></html>"
)


def page(head="", meta="", top="", below=""):
    return PAGE.format(head=head, meta=meta, top=top, below=below, title=TITLE, text=TEXT)


def stamped(content, name="article:published_time"):
    return f'<meta property="{name}" content="{content}">'


JSON_LD = (
    '<script type="application/ld+json">{{"@type":"NewsArticle","headline":"x",'
    '"datePublished":"{0}","dateModified":"{1}"}}</script>'
)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Jum'at, 9 Mei 2025 | 06:52 wib", at(6, 52, day=9)),
        ("Jumat , 09 May 2025 13:30 WIB / 11 Dzulqa'dah 1446", at(13, 30, day=9)),
        ("11 Zulkaidah 1446 H / Jumat, 9 Mei 2025 pukul 13.30 WITA", at(13, 30, day=9, zone=WITA)),
        ("07/05/25 13:39 WIT", at(13, 39, zone=WIT)),
        ("Rabu 07-05-2025,17:18 WIB", at(17, 18)),
        ("Rabu, 7 Mei 2025 (10:15 WITA)", at(10, 15, zone=WITA)),
        ("7 Mei 2025 at 10:15", at(10, 15)),
        ("Diterbitkan 7 Mei 2025 Pukul 10.15 Wib", at(10, 15)),
    ],
)
def test_ways_to_print_a_date(html, expected):
    assert published(page(meta=f"<div>{html}</div>")) == same(expected)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # today's date above, the publication's below, the change's beside
        (page(top="<div>Sabtu, 23 Agustus 2025</div>", meta="<p>7 Mei 2025</p>"), dt.date(2025, 5, 7)),
        (page(top="<div>Sabtu, 23 Agustus 2025</div>", head=stamped("2025-05-07T10:15:00+07:00")), at(10, 15)),
        (page(meta="<p>Diperbarui 9 Mei 2025 11:00 WIB</p><p>7 Mei 2025 10:15 WIB</p>"), at(10, 15)),
        (
            page(
                meta="<time class=updated datetime=2025-05-09T11:00+07:00></time>",
                head=stamped("2025-05-07T10:15:00+07:00"),
            ),
            at(10, 15),
        ),
        # a theme shows the day of the change alone
        (
            f"<html><head>{stamped('2025-05-07T10:15:00+07:00')}</head><body><h1 itemprop=headline>{TITLE}</h1>"
            f"<div class=date>9 Juni 2025</div><div itemprop=articleBody>{TEXT}</div></body></html>",
            at(10, 15),
        ),
        # a day by the theme, its time elsewhere near the headline
        (
            f"<html><body><h1 class=entry-title>{TITLE}</h1><span class=posted-on>7 Mei 2025</span><p>7 Mei 2025 | "
            f"10:15 WITA</p><div class=entry-content>{TEXT}</div></body></html>",
            at(10, 15, zone=WITA),
        ),
        # a date in a day's time from the tags' one is of another time zone, one of another month another thing
        (page(head=stamped("2025-05-06T20:15:00+00:00"), meta="<p>7 Mei 2025 03:15</p>"), at(3, 15)),
        (page(head=stamped("2025-05-07T03:15:00Z"), meta="<p>Acara 17 Agustus 2025 10:00 WIB</p>"), at(10, 15)),
        # comments
        (page(below="<div id=comments>Bagus<time datetime=2025-06-01T08:00:00+07:00>1 Juni 2025</time></div>"), None),
        # Yoast's stamp in UTC beside the theme's with the offset of the place
        (
            page(
                head=stamped("2025-05-07T01:15:20+00:00"),
                meta="<time datetime=2025-05-07T10:15:20+09:00>baru saja</time>",
            ),
            at(10, 15, 20, WIT),
        ),
        # digits twice, once with a false Z: the Indonesian offset is the true one
        (
            page(head=stamped("2025-05-07T10:15:00Z") + stamped("2025-05-07T10:15:00+08:00", "datePublished")),
            at(10, 15, zone=WITA),
        ),
        # the change is earlier than the publication, and neither is shown
        (page(head=JSON_LD.format("2025-05-07T10:15:00+07:00", "2025-05-07T10:00:00+07:00")), at(10, 15)),
        # without a zone, and in the first seconds of time
        (page(head=JSON_LD.format("2025-05-07 10:15:00", "")), at(10, 15)),
        (page(head=JSON_LD.format("1970-01-01T00:00:00Z", "")), None),
        (page(head=JSON_LD.format("0001-01-01T00:00:00Z", "")), None),
    ],
)
def test_which_date_is_the_publications(html, expected):
    assert published(html) == same(expected)


AUTHOR = '<script type="application/ld+json">{{"@type":"NewsArticle","headline":"x","author":{0}}}</script>'


@pytest.mark.parametrize(
    ("html", "authors", "editors"),
    [
        # the editor as JSON-LD's author, and the reporter only in print
        (
            page(
                head=AUTHOR.format('{"@type":"Person","name":"Dewi Lestari"}'),
                meta="<p>Penulis: Rina W</p><p>Editor: Dewi Lestari</p>",
            ),
            ("Rina W",),
            ("Dewi Lestari",),
        ),
        (
            page(
                head=AUTHOR.format('[{"name":"Dewi Lestari"},{"name":"Rina W"}]'), meta="<p>Editor : Dewi Lestari</p>"
            ),
            ("Rina W",),
            ("Dewi Lestari",),
        ),
        (page(head=AUTHOR.format('{"@type":"Organization","name":"Kabar Kita"}')), (), ()),
        # Yoast's article refers to its writer
        (
            page(
                head='<script type="application/ld+json">{"@graph":[{"@type":"Article","author":{"@id":"#rina"}},'
                '{"@type":"Person","@id":"#rina","name":"Rina W"}]}</script>'
            ),
            ("Rina W",),
            (),
        ),
        # the site is nobody
        (page(head='<meta name="author" content="Entah Media">'), (), ()),
        (page(head='<meta name="author" content="https://entah.example/rina">'), (), ()),
        (page(meta="<p>Oleh: Rina W - Kontributor</p>"), ("Rina W",), ()),
        (page(meta="<p>Oleh karena itu warga diminta segera mendaftar.</p>"), (), ()),
        (
            page(meta="<p>Reporter: Rina W dan Joko S | Editor: Dewi Lestari</p>"),
            ("Rina W", "Joko S"),
            ("Dewi Lestari",),
        ),
        (page(meta="<p>Laporan: Rina W, Kontributor Contoh</p>"), ("Rina W",), ()),
        (page(meta="<p>(Rina W/Editor: Dewi Lestari)</p>"), (), ("Dewi Lestari",)),
    ],
)
def test_who_wrote_and_who_edited(html, authors, editors):
    article = read_page(html, "https://www.entah.example/a")
    assert (article.authors, article.editors) == (authors, editors)


KOMPAS = """<html><head><meta name="content_author" content="Rina W"><meta name="content_editor" content="Dewi Lestari">
<script type="application/ld+json">{{"@type":"NewsArticle","author":{{"name":"Dewi Lestari"}}}}</script></head><body>
<h1 class="read__title">{title}</h1><div class="read__time">Kompas.com - 07/05/2025, 21:34 WIB</div>
<div class="read__content">{text}</div></body></html>"""


def test_a_meta_element_names_the_reporter_and_json_ld_the_editor():
    html = KOMPAS.format(title=TITLE, text=TEXT)
    article = read_page(html, "https://regional.kompas.com/read/2025/05/07/213400978/jkn")
    assert (article.layout, article.authors) == ("kompas", ("Rina W",))
    assert article.published == at(21, 34)
    # Where nobody knows the site, who is called editor is left out of the authors.
    assert read_page(html, "https://entah.example/a").authors == ("Rina W",)


JAWAPOS = """<html><body><div id="__next"><h1>{title}</h1></div><script id="__NEXT_DATA__" type="application/json">
{{"props":{{"pageProps":{{"related":[{{"title":"Judul lain","content":"<p>Pendek.</p>"}}],"article":
{{"title":"{title}","published_at":"2025-05-07 08:10:08","authors":[{{"name":"Rina W"}}],"totalPages":2,"content":
"{text}<p class='page'></p><p><strong class='readmore'>Baca Juga: <a href='/x'>Judul lain lagi</a></strong></p>
<p>Itu kata bupati.</p>"}}}}}}}}</script>
<a href="?page=2">2</a></body></html>"""


def test_an_article_that_stands_as_json():
    reading = read(JAWAPOS.format(title=TITLE, text=TEXT), "https://www.jawapos.com/kesehatan/2505070001/jkn")
    article = reading.article
    assert article.layout == "jawapos"
    assert article.text.splitlines()[-1] == "Itu kata bupati."
    assert len(article.text.splitlines()) == 7
    assert (article.title, article.authors) == (TITLE, ("Rina W",))
    assert article.published == at(8, 10, 8)
    assert (reading.pages, reading.drift) == ((), ())
    broken = read('<script id="__NEXT_DATA__">{"props":</script><p>x</p>', "https://www.jawapos.com/a/2505070001/b")
    assert broken.drift == ("title", "date", "body")
    lost = read("<p>x</p>", "https://kabar.example/a", outlet=outlet("jawapos"))
    assert lost.drift == ("title", "date", "body")


DISWAY = """<html><head><meta name="pubdate" content="2025-05-07 17:18:45"></head><body><div class="post text-black-1">
<h1 class="text-black">{title}</h1><div class="post-info"><span class="date">Rabu 07-05-2025,17:18 WIB</span>
<div id="author">Reporter: <strong>Rina W</strong></div><div id="editor">Editor: <strong>Dewi Lestari</strong></div>
</div><p class="bottom-15"><small>Warga antre di loket. -ist-</small></p>{text}<p><strong>BACA JUGA:<a href="/read/2/y">
Judul lain</a></strong></p><p>Itu kata bupati.</p><div class="text-center"><ul class="pagination"><li>
<a data-ci-pagination-page="2" href="/read/1/jkn/15">2</a></li></ul></div></div></body></html>"""
RRI = """<html><head><meta property="og:title" content="{title}"></head><body><div class="post-header"><h1>{title}</h1>
<ul><li class="author">Oleh - Rina W,</li><li class="author">Editor - Dewi Lestari</li>
<li class="date">07 Mei 2025 14:22 WIB</li></ul></div>
<div id="news-content">{text}<p>Itu kata bupati.</p></div></body></html>"""
VIVA = """<html><body><h1 class="main-content-title">{title}</h1><div class="main-content-author">Oleh : Rina W</div>
<div class="main-content-date">Rabu, 7 Mei 2025 - 14:22 WIB</div><div class="main-content-detail">{text}
<div class="recommended-article">Judul lain</div><p>Itu kata bupati.</p></div></body></html>"""
PROMEDIA = """<html><head><meta name="content_PublishedDate" content="2025-05-07 14:22:00"><meta name="author"
content="Rina W"></head><body><h1 class="read__title">{title}</h1>
<div class="read__info__date">- Rabu, 7 Mei 2025 | 14:22 WIB</div>
<article class="read__content clearfix"><div class="photo">Warga antre (Rina W)</div>{text}<p>Itu kata bupati.</p>
</article></body></html>"""


@pytest.mark.parametrize(
    ("html", "url", "layout", "expected"),
    [
        (DISWAY, "https://radarlebong.disway.id/read/1/jkn", "disway", at(17, 18, 45)),
        (RRI, "https://rri.co.id/ternate/daerah/1/jkn", "rri", at(14, 22)),
        (VIVA, "https://www.viva.co.id/berita/1-jkn", "viva", at(14, 22)),
        (PROMEDIA, "https://www.suaramerdeka.com/semarang-raya/0412345678/jkn", "promedia", at(14, 22)),
    ],
)
def test_more_networks(html, url, layout, expected):
    reading = read(html.format(title=TITLE, text=TEXT), url)
    article = reading.article
    assert (article.layout, article.title, article.authors, reading.drift) == (layout, TITLE, ("Rina W",), ())
    assert article.published == expected
    assert len(article.text.splitlines()) == 7
    assert article.text.endswith("Itu kata bupati.")
    assert reading.pages == (("https://radarlebong.disway.id/read/1/jkn/15",) if layout == "disway" else ())


@pytest.mark.parametrize(
    ("host", "path", "is_article"),
    [
        ("kalteng.antaranews.com", "/berita/527615/peserta-jkn", True),
        ("kalteng.antaranews.com", "/kabar-daerah/pulang-pisau", False),
        ("daerah.sindonews.com", "/read/1731775/713/peserta-jkn-1784873276", True),
        ("www.sindonews.com", "/indeks/7/20", False),
        ("kaltara.tribunnews.com", "/2026/07/24/peserta-jkn", True),
        ("www.tribunnews.com", "/kesehatan/7712345/peserta-jkn", True),
        ("www.tribunnews.com", "/index-news", False),
        ("www.jawapos.com", "/kesehatan/2607240073/peserta-jkn", True),
        ("www.jawapos.com", "/kesehatan", False),
        ("radarlampung.disway.id", "/read/663311/peserta-jkn", True),
        ("radarlampung.disway.id", "/listtag/12/jkn", False),
        ("regional.kompas.com", "/read/2026/07/24/131500765/peserta-jkn", True),
        ("regional.kompas.com", "/read/xml/2016/02/23/14505601/Peserta.JKN.Bertambah", True),
        ("nasional.tempo.co", "/read/news/2015/11/04/063715939/peserta-jkn-bertambah", True),
        ("www.tempo.co", "/read/fokus/2015/11/02/3278/", False),
        ("www.detik.com", "/sulsel/berita/d-7000001/peserta-jkn", True),
        ("www.detik.com", "/sulsel/indeks/2", False),
        ("rri.co.id", "/gorontalo/daerah/2702011/peserta-jkn", True),
        ("rri.co.id", "/gorontalo", False),
    ],
)
def test_addresses_of_articles(host, path, is_article):
    patterns = article_patterns(host, None)
    assert patterns
    assert any(pattern.fullmatch(path) for pattern in patterns) == is_article


@pytest.mark.parametrize(
    ("path", "is_article"),
    [
        ("/2023/01/25/peserta-jkn-bertambah/", True),
        ("/kesehatan/peserta-jkn-bertambah/", True),
        ("/category/luwu-utara/", False),
        ("/tag/bpjs-kesehatan-cabang-palopo/", False),
        ("/tentang-kami/", False),
    ],
)
def test_addresses_of_wordpress(path, is_article):
    (pattern,) = article_patterns("kabar.example", "wordpress")
    assert (pattern.fullmatch(path) is not None) == is_article


def test_every_family_tells_what_its_articles_are_called():
    families = {layout.family for layout in load_layouts()} - {"br", "generic"}
    told = {layout.family for layout in load_layouts() if layout.article}
    assert families == told


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[a]\nbody = ["p"]\narticle = "("', "article '('"),
        ('[a]\nbody = ["p"]\narticle = 1', "article must be a regular expression"),
        ('[a]\nbody = ["p"]\nzone = "CET"', "zone must be one of"),
        ('[a]\nbody = ["p"]\nwhole = "all"', "whole must be a query"),
        ('[a]\nbody = ["p"]\nsingle = "no"', "single must be true or false"),
        ('[a]\ndata = { script = "script" }', "data must have the keys"),
        ('[a]\nbody = ["p"]\ndrop = [1]', "drop must be a list of selectors"),
        ('[a]\nbody = ["p"]\ndrop = ["p["]', "'p[' is no selector"),
    ],
)
def test_broken_keys_are_named(tmp_path, text, problem):
    from crawler.errors import RegistryError

    path = tmp_path / "layouts.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=r"layouts\.toml") as raised:
        load_layouts(path)
    assert problem in str(raised.value)
