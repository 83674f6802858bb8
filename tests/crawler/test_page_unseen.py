"""Pages of sites that no layout names, as their themes make them: read by what any page has in common.

Every page tells the same story in another dress; each is read with the layouts of content systems and without any.
"""

import datetime as dt
import html
import json
from pathlib import Path
from string import Template

import pytest

from crawler.pages.read import read
from crawler.zones import ZONES

WIB, WITA, WIT = ZONES["WIB"], ZONES["WITA"], ZONES["WIT"]
THEMES = Path(__file__).with_name("themes")
TITLE = "Peserta JKN Kabupaten Contoh Capai 98,2 Persen"
STORY = [
    "CONTOH – Kepesertaan JKN di Kabupaten Contoh sudah mencapai 98,2 persen dari penduduk pada akhir April 2025.",
    "Kepala BPJS Kesehatan Cabang Contoh, Sari Utami, menyebut 312.450 jiwa sudah terdaftar dan sisanya terus didata.",
    "“Kami berterima kasih kepada pemerintah kabupaten,” katanya di kantor bupati, Rabu (7/5/2025).",
    "Bupati Contoh menambahkan bahwa iuran 41.300 warga kurang mampu ditanggung APBD tahun ini.",
    "Ia berharap tidak ada lagi warga yang ditolak berobat karena tidak punya jaminan.",
]
# What every page has around its story.
PIECES = {
    "TITLE": TITLE,
    "FIRST": STORY[0],
    "SECOND": STORY[1],
    "P": "".join(f"<p>{line}</p>" for line in STORY),
    "P_FIRST": f"<p>{STORY[0]}</p>",
    "P_REST": "".join(f"<p>{line}</p>" for line in STORY[1:]),
    "P_LAST": "".join(f"<p>{line}</p>" for line in STORY[2:]),
    "BR_REST": "<br><br>".join(STORY[1:]),
    "DIVS": "".join(f"<div>{line}</div><div><br></div>" for line in STORY),
    "MENU": "<ul class='menu'>" + "".join(f"<li><a href='/{n}'>Rubrik {n}</a></li>" for n in range(12)) + "</ul>",
    "TEASERS": "".join(
        f"<div class='item'><a href='/berita/{n}'><h4>Judul berita lain nomor {n} yang cukup panjang</h4></a>"
        f"<span>{n} Mei 2025</span><p>Ringkasan berita lain nomor {n} yang dipotong di tengah kalimat dan...</p></div>"
        for n in range(1, 9)
    ),
    "COMMENTS": "<div id='comments'><h3>2 Komentar</h3><div class='comment'><b>Anto</b>"
    "<time datetime='2025-06-01T08:00:00'>1 Juni 2025</time><p>Semoga semua warga bisa dilayani dengan baik di "
    "puskesmas terdekat, terima kasih.</p></div><form><label>Alamat email Anda tidak akan dipublikasikan. Ruas yang "
    "wajib ditandai *</label></form></div>",
    "COOKIE": "<div class='cookie-notice'><p>Situs ini memakai kuki untuk meningkatkan pengalaman Anda.</p></div>",
}

NAIVE, DAY = dt.datetime(2025, 5, 7, 14, 30, tzinfo=WIB), dt.date(2025, 5, 7)
HALF_PAST = dt.datetime(2025, 5, 7, 14, 30, tzinfo=WITA)
SECONDS = dt.datetime(2025, 5, 7, 14, 30, 12, tzinfo=WITA)
RINA, DEWI = ("Rina Wulandari",), ("Dewi Lestari",)

PAGES = [
    ("tagdiv", SECONDS, RINA, ()),
    ("newkarma", DAY, RINA, ()),
    # No zone is told: an outlet unknown is taken to be in WIB.
    ("jnews", NAIVE.replace(second=12), RINA, ()),
    ("blogger", HALF_PAST, RINA, ()),
    ("drupal", NAIVE, ("admin",), ()),
    ("joomla", DAY, RINA, ()),
    ("laravel", HALF_PAST, RINA, ()),
    ("elementor", HALF_PAST, RINA, ()),
    ("only-br", HALF_PAST, RINA, ()),
    ("contributor", HALF_PAST, RINA, DEWI),
    ("inline", HALF_PAST, RINA, DEWI),
    ("react", HALF_PAST, RINA, DEWI),
]


@pytest.mark.parametrize("layouts", [True, False], ids=["with layouts", "without"])
@pytest.mark.parametrize(("theme", "published", "authors", "editors"), PAGES)
def test_a_theme_never_seen(theme, published, authors, editors, layouts):
    page = Template((THEMES / f"{theme}.html").read_text(encoding="utf-8")).substitute(PIECES)
    article = read(page, "https://www.entah.example/berita/peserta-jkn", by_layout=layouts).article
    assert article.text.splitlines() == STORY
    assert article.title == TITLE
    assert article.published == published
    assert not isinstance(published, dt.datetime) or article.published.utcoffset() == published.utcoffset()
    assert (article.authors, article.editors) == (authors, editors)


def test_a_short_story_beside_more_text():
    """Three sentences, and more than that about the paper and from its readers."""
    about = "Kabar Contoh adalah media daring yang menyajikan berita daerah secara akurat, berimbang dan mendalam."
    debate = "".join(
        f"<li><p>Semoga pelayanan di puskesmas ke-{n} segera membaik untuk kita semua.</p></li>" for n in range(9)
    )
    page = f"""<html><head><title>{TITLE}</title></head><body><div class="post"><h1>{TITLE}</h1>
    {"".join(f"<p>{line}</p>" for line in STORY[:3])}</div>
    <div class="about"><h4>Tentang Kami</h4><p>{about * 3}</p></div>
    <ol class="daftar-komentar">{debate}</ol></body></html>"""
    assert read(page, "https://www.entah.example/a").article.text.splitlines() == STORY[:3]


def test_a_page_that_a_script_puts_together():
    """Only the JSON-LD holds the text."""
    text = "<p>" + "</p><p>".join(STORY) + "</p><p>Pewarta: Rina Wulandari</p>"
    ld = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": html.escape(text)})
    page = (
        f'<html><head><script type="application/ld+json">{ld}</script></head><body><div id="app"></div></body></html>'
    )
    article = read(page, "https://www.entah.example/a").article
    assert (article.title, article.text.splitlines(), article.authors) == (TITLE, STORY, RINA)


@pytest.mark.parametrize(
    "line",
    [
        "Views: 1.240",
        "Dibaca 312 kali",
        "Jangan lupa gabung di grup Telegram kami agar tidak ketinggalan berita.",
        "Dapatkan kabar setiap hari di saluran WhatsApp Kabar Contoh, klik di sini",
        "Silakan masuk atau berlangganan untuk membaca artikel ini tanpa iklan.",
        "Baca Juga : Puskesmas Contoh Tambah Dokter Gigi",
        "BACA JUGA",
        "Simak juga video berikut ini",
        "Lihat Juga: Antrean 1.200 Orang",
        "ADVERTISEMENT",
        "SCROLL TO CONTINUE WITH CONTENT",
        "Tag: JKN, UHC",
        "[Gambas:Video 20detik]",
        "Petugas melayani peserta di kantor cabang. (Foto: Humas BPJS)",
        "Petugas melayani peserta di kantor cabang (Kabar/Rina)",
        "Disclaimer: Artikel ini kerja sama dengan pihak lain dan di luar tanggung jawab redaksi.",
        "Dilarang keras mengambil konten situs ini untuk AI tanpa izin tertulis dari redaksi.",
        "Budi Santoso berkontribusi dalam penulisan artikel ini.",
    ],
)
def test_lines_that_are_none_of_the_story(line):
    paragraphs = [*STORY[:2], line, *STORY[2:]]
    page = f"<article><h1>{TITLE}</h1>{''.join(f'<p>{paragraph}</p>' for paragraph in paragraphs)}</article>"
    assert read(page, "https://www.entah.example/a").article.text.splitlines() == STORY


@pytest.mark.parametrize(
    "line",
    [
        "Peserta dapat bertanya lewat saluran WhatsApp PANDAWA milik BPJS Kesehatan di nomor 08118165165.",
        "Rincian peserta menurut kecamatan:",
        "1. Kecamatan Utara 98.120 jiwa",
        "Cakupan UHC (98,2 persen) termasuk tertinggi di provinsi itu.",
        "Warga yang baca pengumuman itu segera mendaftar ke kantor desa masing-masing.",
        "Foto kegiatan itu disebut sebagai bukti bahwa 1.200 warga sudah dilayani.",
    ],
)
def test_lines_that_are_the_storys(line):
    paragraphs = [*STORY[:2], line, *STORY[2:]]
    page = f"<article><h1>{TITLE}</h1>{''.join(f'<p>{paragraph}</p>' for paragraph in paragraphs)}</article>"
    assert read(page, "https://www.entah.example/a").article.text.splitlines() == paragraphs


def test_a_story_in_several_blocks_of_one_make():
    """Elementor's editors put a picture between two blocks of text; that all is a widget to it says nothing."""
    blocks = ["".join(f"<p>{line}</p>" for line in part) for part in (STORY[:2], STORY[2:])]
    widget = "<div class='elementor-widget elementor-widget-text-editor'>{}</div>"
    page = f"""<html><body><div class="elementor"><h1 class="elementor-heading-title">{TITLE}</h1>
    {widget.format(blocks[0])}<div class="elementor-widget elementor-widget-image"><img src="a.jpg"></div>
    {widget.format(blocks[1])}</div></body></html>"""
    assert read(page, "https://www.entah.example/a").article.text.splitlines() == STORY


def test_another_column_is_another_story():
    opinion = "Kolom ini membahas hal lain yang tidak ada hubungannya dengan jaminan kesehatan. " * 6
    page = f"""<html><body><div class="row"><div class="col-8"><h1>{TITLE}</h1>
    {"".join(f"<p>{line}</p>" for line in STORY)}</div><div class="col-4"><h3>Opini</h3><p>{opinion}</p></div></div>"""
    assert read(page, "https://www.entah.example/a").article.text.splitlines() == STORY
