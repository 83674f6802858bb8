"""Pages of headlines: which links are stories, what their titles and days are."""

import datetime as dt
import gzip
import re
from pathlib import Path

import pytest

from crawler.indexes import is_story, parse_index, story_forms, words_of_slug
from crawler.outlets import load_outlets, outlet_of
from crawler.pages.dates import parse_visible

PAGES = Path(__file__).parents[3] / "shared" / "pages" / "indexes"
BASE = "https://www.kabar.example/daerah?page=1"

LIST = """<html><body>
<nav><a href="/berita/1/menu-berita-daerah-hari-ini">Menu</a></nav>
<ul>
 <li><a href="/berita/31/peserta-jkn-tual-bertambah"><img src="x"></a>
     <h3><a href="/berita/31/peserta-jkn-tual-bertambah">Peserta JKN di Tual Bertambah</a></h3>
     <span>Selasa, 6 Mei 2025 10:15 WIT</span></li>
 <li><h3><a href="https://m.kabar.example/berita/30/panen-raya-padi-di-buru">Panen Raya Padi di Buru</a></h3>
     <time datetime="2025-05-05T09:00:00+09:00">kemarin</time></li>
 <li><a href="https://toko.example/berita/29/beli-obat-murah-di-sini">Iklan</a></li>
</ul>
<a href="/category/berita-daerah-maluku-utara">Daerah</a> <a href="/tentang-kami">Tentang</a>
<footer><a href="/berita/2/pedoman-media-siber-kami-semua">Pedoman</a></footer>
</body></html>"""


@pytest.mark.parametrize("articles", [(), (re.compile("/lain/"), re.compile(r"/berita/\d+/"))])
def test_stories_with_their_titles_and_days(articles):
    first, second = parse_index(LIST.encode(), BASE, articles)
    assert first.url == "https://www.kabar.example/berita/31/peserta-jkn-tual-bertambah"
    assert (first.title, second.title) == ("Peserta JKN di Tual Bertambah", "Panen Raya Padi di Buru")
    assert first.published == dt.datetime(2025, 5, 6, 10, 15, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    assert second.published.isoformat() == "2025-05-05T09:00:00+09:00"


def test_a_day_beside_two_stories_is_of_neither():
    page = """<div>6 Mei 2025 <a href="/warga-tual-kini-dijamin-jkn">Satu</a>
              <a href="/warga-buru-belum-dijamin-jkn">Dua</a></div>"""
    assert [entry.published for entry in parse_index(page.encode(), BASE)] == [None, None]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", None),
        (b"{}", None),
        (b"<html><body>Dalam perbaikan</body></html>", None),
        (b'<a href="/">Beranda</a>', []),
        (b'<a href="http://[kaputt/peserta-jkn-tual-bertambah">x</a>', []),
    ],
)
def test_what_holds_no_links_is_no_index(body, found):
    assert parse_index(body, BASE) == found


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/berita/31/peserta-jkn-tual-bertambah", True),
        ("/2025/05/06/peserta-jkn-tual-bertambah/", True),
        ("/read/2025/5/peserta_jkn_tual_bertambah.html", True),
        ("/category/berita-terkini-hari-ini", False),
        ("/tag/jaminan-kesehatan-nasional-jkn-kis", False),
        ("/pedoman-media-siber", False),
        ("/daerah", False),
    ],
)
def test_a_story_has_a_headline_in_its_address(path, expected):
    assert is_story("https://kabar.example" + path) is expected


def test_words_of_an_address():
    assert words_of_slug("https://kabar.example/berita/31/peserta-jkn-2025-di_tual.html") == [
        "peserta",
        "jkn",
        "di",
        "tual",
    ]
    assert words_of_slug("https://kabar.example/?p=31") == []


# As many stories as the saved page links to, counted by its own list elements; some themes list more at the side.
RECORDED = {
    "detik-INDEX-detik-indeks-2024-10.html": ("https://news.detik.com/indeks", 20),
    "harianfajar-INDEX-category-kesehatan.html": ("https://harian.fajar.co.id/category/kesehatan/", 10),
    "konikarimun-INDEX-category-berita.html": ("https://doriman1897.github.io/koni-kabkarimun/category/berita/", 7),
    "kompas-INDEX-kompas-mainpage.html": ("http://indeks.kompas.com/", 10),
    "viva-INDEX-viva-mainpage.html": ("http://www.viva.co.id/indeks", 20),
    "liputan6-INDEX-liputan6-mainpage.html": ("http://www.liputan6.com/indeks", 20),
}


@pytest.mark.skipif(not PAGES.is_dir(), reason="no recorded pages beside the repository")
@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_index_gives_its_stories(name):
    base, least = RECORDED[name]
    entries = parse_index(gzip.decompress((PAGES / f"{name}.gz").read_bytes()), base)
    assert len(entries) >= least
    titled = [entry.title for entry in entries if entry.title and not parse_visible(entry.title)]
    assert len(titled) >= 0.9 * len(entries)


# The same, as a crawl of the outlet reads them, which knows the form of its stories' addresses: no videos.
BY_FORM = {
    "detik-INDEX-detik-indeks-2024-10.html": ("https://news.detik.com/indeks", 16),
    "harianfajar-INDEX-category-kesehatan.html": ("https://harian.fajar.co.id/category/kesehatan/", 10),
    "kompas-INDEX-kompas-mainpage.html": ("http://indeks.kompas.com/", 10),
    "liputan6-INDEX-liputan6-mainpage.html": ("http://www.liputan6.com/indeks", 20),
    "tempo-INDEX-tempo-mainpage.html": ("http://www.tempo.co/", 22),
    "tempo-english-INDEX-tempoen-mainpage.html": ("http://en.tempo.co/index", 37),
    "viva-INDEX-viva-mainpage.html": ("http://www.viva.co.id/indeks", 20),
}


@pytest.mark.skipif(not PAGES.is_dir(), reason="no recorded pages beside the repository")
@pytest.mark.parametrize("name", BY_FORM)
def test_stories_of_a_recorded_index_have_the_form_that_their_outlet_tells(name):
    base, least = BY_FORM[name]
    outlet = outlet_of(base, load_outlets())
    assert outlet is not None
    articles = story_forms(outlet)
    assert articles
    assert len(parse_index(gzip.decompress((PAGES / f"{name}.gz").read_bytes()), base, articles)) >= least


@pytest.mark.parametrize("seconds", ["²", "9" * 5000, "99999999999", "-1", ""])
def test_seconds_that_are_no_time_are_none(seconds):
    day = f'<span d-time="{seconds}">6 Mei 2025</span>'
    body = f'<div><a href="/peserta-jkn-kota-tual-naik">Peserta JKN Naik</a>{day}</div>'
    (entry,) = parse_index(body.encode(), "https://kabar.example/")
    assert entry.published is not None
