"""A page that its outlet's layout no longer fits says which field was lost, and is read all the same."""

import datetime as dt

import pytest

from crawler.outlets import parse_outlets
from crawler.pages.read import read
from crawler.zones import ZONES

PARAGRAPHS = "".join(
    f"<p>Peserta JKN di kecamatan ke-{n} terus bertambah, kata kepala dinas kesehatan setempat.</p>" for n in range(8)
)
ANTARA = """<html><head><link rel="canonical" href="/berita/1/jkn"><meta property="og:title" content="Capaian UHC">
</head><body><div class="{title}">Capaian UHC</div>
<ul><li class="{date}">Rabu, 7 Mei 2025 10:15 WITA</li></ul>
<div class="{body}">PARAGRAPHS</div></body></html>""".replace("PARAGRAPHS", PARAGRAPHS)
PLACES = {
    "title": "wrap__article-detail-title",
    "date": "article-date",
    "body": "wrap__article-detail-content post-content",
}
ADDRESS = "https://sulteng.antaranews.com/berita/1/jkn"


def outlet(layout):
    table = '["kabar.example"]\nname = "Kabar"\nregions = ["72"]\nzone = "WITA"\nstate = "unverified"\nsource = "x"\n'
    table += 'feed = ["https://kabar.example/feed"]\n' + (f'layout = "{layout}"\n' if layout else "")
    return parse_outlets(table, "test.toml")[0]


@pytest.mark.parametrize(
    ("moved", "drift", "layout"),
    [
        ((), (), "antara"),
        (("title",), ("title",), "antara"),
        (("date",), ("date",), "antara"),
        (("body",), ("body",), "generic"),
        (("title", "date", "body"), ("title", "date", "body"), "generic"),
    ],
)
def test_lost_fields_are_told_and_read_all_the_same(moved, drift, layout):
    places = {field: "baru" if field in moved else place for field, place in PLACES.items()}
    reading = read(ANTARA.format(**places), ADDRESS)
    assert reading.drift == drift
    article = reading.article
    assert article.layout == layout
    assert article.title == "Capaian UHC"
    assert article.published == dt.datetime(2025, 5, 7, 10, 15, tzinfo=ZONES["WITA"])
    assert len(article.text.splitlines()) == 8
    assert reading.canonical == "/berita/1/jkn"


def test_the_outlet_names_the_layout_that_must_fit():
    html = ANTARA.format(**PLACES)
    assert read(html, "https://kabar.example/jkn", outlet=outlet("antara")).drift == ()
    assert read(html, "https://kabar.example/jkn", outlet=outlet("sindonews")).drift == ("title", "date", "body")
    # Nobody says which layout this site has, so none is lost.
    assert read(html, "https://kabar.example/jkn", outlet=outlet(None)).drift == ()
    assert read(html, "https://kabar.example/jkn").drift == ()


def test_an_older_version_of_the_layout_is_no_drift():
    html = f"""<html><body><h1 class="title">Capaian UHC</h1><div class="date">Rabu, 7 Mei 2015 10:15 WIB</div>
    <div id="content_news">{PARAGRAPHS}</div></body></html>"""
    reading = read(html, ADDRESS)
    assert (reading.drift, reading.article.layout) == ((), "antara-2015")


def test_people_are_no_drift():
    assert read(ANTARA.format(**PLACES), ADDRESS).article.authors == ()


@pytest.mark.parametrize("html", ["", "<html></html>", "<p>halaman tidak ditemukan</p>"])
def test_a_page_without_anything_lost_all(html):
    assert read(html, ADDRESS).drift == ("title", "date", "body")
    assert read(html, "https://entah.example/").drift == ()


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="https://k.example/a">', "https://k.example/a"),
        ('<link rel="CANONICAL nofollow" href=" /a ">', "/a"),
        ('<link rel="canonical" href=""><meta property="og:url" content="https://k.example/b">', "https://k.example/b"),
        ('<meta property="og:url" content="">', None),
        ("", None),
    ],
)
def test_the_address_that_the_page_calls_its_own(head, canonical):
    assert read(f"<html><head>{head}</head><body><p>JKN</p></body></html>", ADDRESS).canonical == canonical
