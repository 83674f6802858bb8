"""No line of a story that holds a figure is lost with the furniture: lists, tables, last sentences."""

import pytest

from crawler.pages.body import without_furniture
from crawler.pages.read import read

TITLE = "Peserta JKN Kabupaten Contoh Bertambah"
PAGE = "<html><head><title>{title}</title></head><body><div><h1>{title}</h1><div class='n'>{story}</div></div></body>"
LAST = "Kepala dinas berharap semua warga terdaftar pada akhir tahun ini."


def text_of(story):
    page = PAGE.format(title=TITLE, story=story)
    return read(page, "https://entah.example/a").article.text.splitlines()


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        # A line that announces a list is too short for a sentence, and ends in a colon.
        (
            "<p>BULA – Peserta JKN menurut kecamatan:</p><p>- Bula: 98,1 persen</p><p>- Werinama: 91,4 persen</p>",
            ["BULA – Peserta JKN menurut kecamatan:", "- Bula: 98,1 persen", "- Werinama: 91,4 persen"],
        ),
        (
            "<p>Keaktifan peserta di tiga kecamatan per 1 Mei 2025:</p><dl><dt>Bula</dt><dd>87,2 persen</dd></dl>",
            ["Keaktifan peserta di tiga kecamatan per 1 Mei 2025:", "Bula", "87,2 persen"],
        ),
        # WordPress puts tables into a figure, as it does with pictures.
        (
            "<p>Jumlah peserta di kabupaten itu ada pada tabel di bawah.</p><figure class='wp-block-table'><table>"
            "<tr><td>Bula</td><td>21.430</td></tr></table><figcaption>Sumber: BPJS Kesehatan</figcaption></figure>",
            ["Jumlah peserta di kabupaten itu ada pada tabel di bawah.", "Bula 21.430"],
        ),
        (
            "<p>Jumlah peserta di kabupaten itu terus naik sejak Januari.</p><figure><table><tr><td><img src='a.jpg'>"
            "</td></tr><tr><td>Warga antre di loket</td></tr></table></figure>",
            ["Jumlah peserta di kabupaten itu terus naik sejak Januari."],
        ),
        # Links to other stories in the middle.
        (
            "<p>RSUD Contoh melayani 41.300 peserta JKN sepanjang tahun 2024.</p><p><b>BERITA TERKAIT</b></p><ul>"
            "<li><a href='/1'>Bupati melantik dua belas pejabat baru</a></li></ul>"
            "<p>Direkturnya menyebut 92 persen pasien memakai JKN.</p>",
            [
                "RSUD Contoh melayani 41.300 peserta JKN sepanjang tahun 2024.",
                "Direkturnya menyebut 92 persen pasien memakai JKN.",
            ],
        ),
        # Short sentences before the first long one.
        (
            "<p>Ambon – Capaian JKN naik.</p><p>Kini 99,1 persen.</p><p>Tahun lalu 97,4 persen.</p>",
            ["Ambon – Capaian JKN naik.", "Kini 99,1 persen.", "Tahun lalu 97,4 persen."],
        ),
        # The day between the lead and the rest, and tags as people write them.
        (
            "<p>Cakupan JKN di Kota Ambon mencapai 99,1 persen dari penduduk.</p>"
            "<div>Rabu, 2 April 2025 18:25 WIT</div><p>#JKN #Ambon</p>",
            ["Cakupan JKN di Kota Ambon mencapai 99,1 persen dari penduduk."],
        ),
    ],
)
def test_a_page_keeps_what_holds_figures(story, expected):
    assert text_of(f"{story}<p>{LAST}</p>") == [*expected, LAST]


@pytest.mark.parametrize(
    "line",
    [
        "Ia meminta ketua RT mendata 41 warga yang belum punya kartu. (yan/adi)",
        "Kei Kecil (21.530 jiwa/98,2 persen)",
        "Penghargaan itu diterima bupati pada Jumat (16/5/2025)",
        "Warga cukup membawa KTP, kartu keluarga, dan pas foto.",
        "Untuk 41 warga lain cukup KTP/KK/foto.",
        "Syaratnya KTP dan foto. Sebanyak 41.300 warga sudah mendaftar.",
    ],
)
def test_a_line_that_is_no_caption(line):
    assert without_furniture([line]) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Warga antre di loket pendaftaran (Foto: Humas)",
        "Warga antre di loket pendaftaran. (Dok. Kominfo)",
        "Warga antre di loket pendaftaran Foto: Humas",
        "Warga antre di loket pendaftaran (ist)",
        "Warga antre di loket pendaftaran dok. Humas",
        "Warga antre di loket pendaftaran (ANTARA/Budi)",
    ],
)
def test_a_caption_goes(line):
    assert without_furniture([line]) == []


@pytest.mark.parametrize(
    ("rest", "kept"),
    [
        (["Sebanyak 38.120 peserta dilayani pada tahun 2023."], True),
        (["Inilah Lima Pantai di Kepulauan Contoh yang Wajib Dikunjungi!"], False),
        (["Bupati membuka pekan olahraga antarkecamatan di lapangan...", "12 Mei 2025"], False),
    ],
)
def test_what_follows_the_head_of_a_box(rest, kept):
    assert without_furniture([LAST, "Berita Terkait", *rest]) == [LAST, *(rest if kept else [])]
