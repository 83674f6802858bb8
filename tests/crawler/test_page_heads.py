"""Headline, date and people as old and small systems print them, on pages that no layout fits."""

import datetime as dt

import pytest

from crawler.pages.dates import parse_visible
from crawler.pages.read import read
from crawler.zones import ZONES

TITLE = "Peserta JKN Kota Contoh Bertambah"
TEXT = "".join(f"<p>Peserta JKN di kelurahan ke-{n} kota itu terus bertambah, kata kepala dinas.</p>" for n in range(6))


def article(head, title=TITLE, text=TEXT):
    page = f"<html><head><title>{title}</title></head><body>{head}<div class='n'>{text}</div></body></html>"
    return read(page, "https://entah.example/a").article


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        # Drupal's own form; the weekday tells which number is the month.
        ("Fri, 08/02/2024 - 14:05", dt.datetime(2024, 8, 2, 14, 5)),
        ("Jumat, 02/08/2024 - 14:05", dt.datetime(2024, 8, 2, 14, 5)),
        ("Kamis, 08/02/2024 14.05", dt.datetime(2024, 2, 8, 14, 5)),
        ("08/02/2024", dt.date(2024, 2, 8)),
        # There is no thirtieth month.
        ("08/30/2024", dt.date(2024, 8, 30)),
        ("31/31/2024", None),
        # A word that only begins like a weekday.
        ("Selama 08/02/2024", dt.date(2024, 2, 8)),
        ("April 2nd, 2025 6:25 PM", dt.datetime(2025, 4, 2, 18, 25)),
        ("Rabu 2 April 2025, Pkl. 18.25 (WIT)", dt.datetime(2025, 4, 2, 18, 25, tzinfo=ZONES["WIT"])),
        ("Tanggal : 19 Desember 2024 | Jam : 15:30 | Hits : 1.204", dt.datetime(2024, 12, 19, 15, 30)),
    ],
)
def test_a_printed_date(printed, expected):
    assert parse_visible(printed) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        # Elementor: day and hour on lines of their own.
        ("<ul><li>15 Mei 2025</li><li>3:20 pm</li><li>Oleh Rina Wulandari</li></ul>", (15, 20)),
        ("<p>15 Mei 2025</p><p>Pukul 08.05 WIB</p>", (8, 5)),
    ],
)
def test_day_and_hour_on_two_lines(head, expected):
    assert article(f"<h1>{TITLE}</h1>{head}").published == dt.datetime(2025, 5, 15, *expected, tzinfo=ZONES["WIB"])


def test_a_headline_in_a_row_with_buttons():
    row = f"<table><tr><td>{TITLE}</td><td><a href='#'>PDF</a></td><td><a href='#'>Cetak</a></td></tr></table>"
    found = article(f"{row}<p>Senin, 18 Maret 2019 09:42</p>")
    assert (found.title, found.published) == (TITLE, dt.datetime(2019, 3, 18, 9, 42, tzinfo=ZONES["WIB"]))


@pytest.mark.parametrize(
    ("line", "authors", "editors"),
    [
        ("Posted on March 9, 2025 4:05 pm by Agus Mahuze in Kesehatan", ("Agus Mahuze",), ()),
        ("Juni 3, 2025 oleh Doni Saputra", ("Doni Saputra",), ()),
        ("Penulis: Norhalimah Editor: Edi Nugroho Minggu, 5 Januari 2025", ("Norhalimah",), ("Edi Nugroho",)),
        # A sentence of the story.
        ("Pada 3 Juni 2025 bantuan itu diserahkan oleh Doni Saputra.", (), ()),
    ],
)
def test_people_beside_the_date(line, authors, editors):
    found = article(f"<h1>{TITLE}</h1><p>{line}</p>")
    assert (found.authors, found.editors) == (authors, editors)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        # The site's name is a heading, and the tags name it too.
        (f"<h1><a href='/'>Manado Kini</a></h1><h2>{TITLE}</h2>", "Sulut - Manado Kini"),
        (f"<h1><a href='https://manadokini.example'>Manado Kini</a></h1><h3>{TITLE}</h3>", "Sulut - Manado Kini"),
        (f"<h1>Pemerintah Provinsi</h1><h3>{TITLE}</h3><p>19 Desember 2024</p>", "Website Resmi"),
        # Blogger
        (f"<h1>Labuha Pos</h1><h3 class='judul'>{TITLE}</h3>", f"LABUHA POS: {TITLE}"),
    ],
)
def test_the_site_is_not_the_headline(head, title):
    assert article(head, title).title == TITLE
    assert article(head, title, TEXT.replace("terus bertambah", "naik")).title == TITLE
