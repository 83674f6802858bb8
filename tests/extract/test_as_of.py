"""The text, and the days that it gives for each figure: None where it gives none."""

import pytest

from extract.models import AsOfBasis

PUBLISHED = "2025-05-15"

EXPLICIT = [
    # a full date
    ("Per 1 Mei 2025 kepesertaan JKN Kabupaten Kebumen 98,1 persen.", [("98,1 persen", "2025-05-01")]),
    (
        "Hingga 30 April 2025, peserta JKN di Kabupaten Purworejo 771.204 jiwa.",
        [("771.204 jiwa", "2025-04-30")],
    ),
    (
        "Peserta JKN di Wonosobo sebanyak 890.112 jiwa per 22 April 2025.",
        [("890.112 jiwa", "2025-04-22")],
    ),
    # of a part and its whole, whatever comes behind the day
    (
        "Sebanyak 771.204 jiwa dari 783.300 penduduk Purworejo terdaftar JKN per 30 April 2025, atau 98,46 persen.",
        [("771.204 jiwa", "2025-04-30"), ("783.300 penduduk", "2025-04-30"), ("98,46 persen", "2025-04-30")],
    ),
    ("Data per tanggal 1/4/2025 mencatat 96,6 persen warga Boyolali ikut JKN.", [("96,6 persen", "2025-04-01")]),
    (
        "Sampai dengan 31 Desember 2024 cakupan JKN Klaten 97,3 persen.",
        [("97,3 persen", "2024-12-31")],
    ),
    # a month, a quarter, a semester, a year
    ("Per Maret 2025, keaktifan peserta JKN Sukoharjo 82,2 persen.", [("82,2 persen", "2025-03-01..2025-03-31")]),
    (
        "Sampai Februari lalu peserta JKN Karanganyar 899.120 jiwa.",
        [("899.120 jiwa", "2025-02-01..2025-02-28")],
    ),
    (
        "Pada triwulan I 2025 keaktifan peserta JKN Grobogan 73,8 persen.",
        [("73,8 persen", "2025-01-01..2025-03-31")],
    ),
    ("Pada 2023 cakupan JKN Blora baru 88,6 persen.", [("88,6 persen", "2023-01-01..2023-12-31")]),
    ("Tahun lalu cakupan JKN Rembang 94,9 persen.", [("94,9 persen", "2024-01-01..2024-12-31")]),
    # a day each
    (
        "Pada 2022 peserta JKN Sragen 801.220 jiwa, lalu pada 2023 menjadi 850.912 jiwa.",
        [("801.220 jiwa", "2022-01-01..2022-12-31"), ("850.912 jiwa", "2023-01-01..2023-12-31")],
    ),
    # the population's semester is not the members' day
    (
        "Per 1 Mei 2025 peserta JKN Kudus 880.120 jiwa dari jumlah penduduk semester II 2024 sebanyak 889.004 jiwa.",
        [("880.120 jiwa", "2025-05-01"), ("889.004 jiwa", "2024-07-01..2024-12-31")],
    ),
    # the day of an event is not the figure's
    ("Rapat JKN digelar Selasa (13/5/2025). Cakupan Kabupaten Demak 96,2 persen.", [("96,2 persen", None)]),
    ("Kabupaten Pati meraih penghargaan UHC dengan cakupan 98,4 persen.", [("98,4 persen", None)]),
    (
        "Cakupan JKN Kota Surakarta naik dari 97,2 persen pada 2023 menjadi 98,8 persen pada 2024.",
        [("97,2 persen", "2023-01-01..2023-12-31"), ("98,8 persen", "2024-01-01..2024-12-31")],
    ),
    ("Terhitung 1 Mei 2025, peserta JKN Kabupaten Lamongan 1.301.220 jiwa.", [("1.301.220 jiwa", "2025-05-01")]),
    (
        "Peserta JKN Kabupaten Ngawi pada Januari 2025 tercatat 880.120 jiwa.",
        [("880.120 jiwa", "2025-01-01..2025-01-31")],
    ),
    (
        "Cakupan JKN Kabupaten Madiun 97,1 persen (data per 30 April 2025).",
        [("97,1 persen", "2025-04-30")],
    ),
    (
        "Hingga akhir April 2025 kepesertaan JKN Magetan 98,3 persen.",
        [("98,3 persen", "2025-04-21..2025-04-30")],
    ),
    (
        "Dari 91 persen pada Desember 2023, cakupan JKN Pacitan menjadi 97,4 persen per April 2025.",
        [("91 persen", "2023-12-01..2023-12-31"), ("97,4 persen", "2025-04-01..2025-04-30")],
    ),
    (
        "Pemkab Ponorogo menargetkan 99 persen warganya ikut JKN pada 2026.",
        [("99 persen", "2026-01-01..2026-12-31")],
    ),
    (
        "Pada Kamis (8/5/2025) bupati menyerahkan kartu JKN. Per 1 Mei 2025, cakupan JKN Trenggalek 97,6 persen.",
        [("97,6 persen", "2025-05-01")],
    ),
    (
        "Kemarin peserta JKN Kota Kediri tercatat 301.220 jiwa.",
        [("301.220 jiwa", "2025-05-14")],
    ),
    (
        "Sesuai Perpres 82 Tahun 2018, JKN wajib. Cakupan JKN Tulungagung 95,5 persen.",
        [("95,5 persen", None)],
    ),
    (
        "Sejak program JKN diluncurkan pada 2014, cakupan Kabupaten Blitar kini 96,8 persen.",
        [("96,8 persen", PUBLISHED)],
    ),
]

BY_DEIXIS = [
    # the day of the statement, where one is told
    (
        "Kepala Dinas Kesehatan Jepara, Sri Wahyuni, mengatakan hal itu Rabu (14/5/2025). "
        "Hingga saat ini cakupan JKN 95,7 persen.",
        [("95,7 persen", "2025-05-14")],
    ),
    # else the day of publication
    ("Saat ini peserta JKN di Kabupaten Batang 812.009 jiwa.", [("812.009 jiwa", PUBLISHED)]),
    ("Kini 98,5 persen warga Kota Pekalongan ikut JKN.", [("98,5 persen", PUBLISHED)]),
    ("Sampai sekarang baru 90,1 persen warga Brebes terdaftar JKN.", [("90,1 persen", PUBLISHED)]),
    ("Hingga hari ini 71.220 warga Pemalang belum terdaftar JKN.", [("71.220 warga", PUBLISHED)]),
    # months and years told by deixis are dates
    ("Bulan lalu keaktifan peserta JKN Tegal 74,4 persen.", [("74,4 persen", "2025-04-01..2025-04-30")]),
]

CARRIED = [
    (
        "Per 1 April 2025 peserta JKN Kabupaten Cilacap 1.980.221 jiwa. Yang aktif 1.502.004 jiwa.",
        [("1.980.221 jiwa", "2025-04-01"), ("1.502.004 jiwa", "2025-04-01")],
    ),
    (
        "Data per 31 Maret 2025 menunjukkan 97,8 persen warga Kabupaten Banjarnegara menjadi peserta JKN.\n"
        "Rinciannya, PBI JK 501.220 jiwa dan PPU 99.410 jiwa.",
        [("97,8 persen", "2025-03-31"), ("501.220 jiwa", "2025-03-31"), ("99.410 jiwa", "2025-03-31")],
    ),
    (
        "Per 1 April 2025 cakupan JKN Kabupaten Pati 97,5 persen, dengan keaktifan 79 persen.",
        [("97,5 persen", "2025-04-01"), ("79 persen", "2025-04-01")],
    ),
    (
        "Per Januari 2025 cakupan JKN Kota Tegal 99,1 persen. Per Mei 2025 angkanya 99,6 persen.",
        [("99,1 persen", "2025-01-01..2025-01-31"), ("99,6 persen", "2025-05-01..2025-05-31")],
    ),
    (
        "Per 1 Mei 2025 cakupan JKN Kabupaten Nganjuk 97 persen.\nTahun depan pemkab menargetkan 99 persen.",
        [("97 persen", "2025-05-01"), ("99 persen", "2026-01-01..2026-12-31")],
    ),
    (
        "Per 30 April 2025 cakupan JKN Kota Kediri 99,8 persen, Kabupaten Kediri 94,1 persen, dan Nganjuk 95 persen.",
        [("99,8 persen", "2025-04-30"), ("94,1 persen", "2025-04-30"), ("95 persen", "2025-04-30")],
    ),
]

WITHOUT_PUBLICATION = [
    ("Saat ini peserta JKN di Kabupaten Batang 812.009 jiwa.", [("812.009 jiwa", None)]),
    ("Per 1 Mei 2024 kepesertaan JKN Kebumen 98,1 persen.", [("98,1 persen", "2024-05-01")]),
    (
        "Hal itu disampaikan Bupati, Senin (12/5/2025). Sampai saat ini kepesertaan JKN Kebumen 98,1 persen.",
        [("98,1 persen", "2025-05-12")],
    ),
]

FALLBACKS = [
    # no day told: the statement's day sorts it, else the day of print; both are marked as such
    ("Rapat JKN digelar Selasa (13/5/2025). Cakupan Demak 96,2 persen.", PUBLISHED, "2025-05-13", AsOfBasis.EVENT),
    ("Cakupan JKN Demak 96,2 persen.", PUBLISHED, "2025-05-15", AsOfBasis.PUBLISHED),
    ("Per 2 Mei 2025 cakupan JKN Demak 96,2 persen.", PUBLISHED, "2025-05-02", AsOfBasis.EXPLICIT),
    # the year of an event's name is not the data's
    ("Pada UHC Awards 2025 disebut cakupan JKN Demak 96,2 persen.", PUBLISHED, "2025-05-15", AsOfBasis.PUBLISHED),
    ("Saat ini cakupan JKN Demak 96,2 persen.", PUBLISHED, "2025-05-15", AsOfBasis.DEICTIC),
]


# The text, and the days of each figure; None where the figure is of an earlier time that is not told.
EARLIER = [
    # the level before is of no day that is told of the level now
    (
        "Peserta JKN Kota Tegal per 1 Maret 2025 naik dari 210.455 jiwa menjadi 222.118 jiwa.",
        [("210.455 jiwa", None), ("222.118 jiwa", "2025-03-01")],
    ),
    (
        "Per 1 Mei 2025 peserta aktif JKN Kota Tegal naik 10.220 jiwa dari 160.000 jiwa.",
        [("10.220 jiwa", "2025-05-01"), ("160.000 jiwa", None)],
    ),
    (
        "Cakupan JKN Kota Tegal per 1 Mei 2025 sudah 95 persen (sebelumnya 91 persen).",
        [("95 persen", "2025-05-01"), ("91 persen", None)],
    ),
    (
        "Cakupan JKN Kota Tegal dari semula 88 persen kini menjadi 93 persen.",
        [("88 persen", None), ("93 persen", PUBLISHED)],
    ),
    # and the day of the level before is not that of the level now
    (
        "Cakupan JKN Kota Tegal meningkat dari 88 persen pada 2023 menjadi 93 persen saat ini.",
        [("88 persen", "2023-01-01..2023-12-31"), ("93 persen", PUBLISHED)],
    ),
    (
        "Peserta JKN Kota Tegal bertambah dari tahun 2023 sebanyak 230.000 jiwa menjadi 250.000 jiwa.",
        [("230.000 jiwa", "2023-01-01..2023-12-31"), ("250.000 jiwa", PUBLISHED)],
    ),
    (
        "Cakupan JKN Kota Tegal 95 persen, sedangkan pada 2023 baru 91 persen.",
        [("95 persen", PUBLISHED), ("91 persen", "2023-01-01..2023-12-31")],
    ),
    # so much before what was told
    (
        "Per April 2024 cakupan JKN Kota Tegal 95 persen. Setahun sebelumnya baru 91 persen.",
        [("95 persen", "2024-04-01..2024-04-30"), ("91 persen", "2023-01-01..2023-12-31")],
    ),
    (
        "Per 31 Maret 2025 cakupan JKN Kota Tegal 95 persen, naik dari bulan sebelumnya yang sebesar 94,5 persen.",
        [("95 persen", "2025-03-31"), ("94,5 persen", "2025-02-01..2025-02-28")],
    ),
    ("Tahun sebelumnya, cakupan JKN Kota Tegal hanya 91 persen.", [("91 persen", "2024-01-01..2024-12-31")]),
    (
        "Pada 2022 cakupan JKN Kota Tegal 95 persen, sedangkan 91 persen pada tahun sebelumnya.",
        [("95 persen", "2022-01-01..2022-12-31"), ("91 persen", "2021-01-01..2021-12-31")],
    ),
    # what comes behind is again of the text's own time
    (
        "Per 1 Mei 2025 cakupan JKN Kota Tegal naik dari 91 persen menjadi 95 persen. Yang aktif 79 persen.",
        [("91 persen", None), ("95 persen", "2025-05-01"), ("79 persen", "2025-05-01")],
    ),
    # what is only held against an earlier time is not of it
    ("Dibanding tahun sebelumnya, cakupan JKN Kota Tegal naik ke 95 persen.", [("95 persen", PUBLISHED)]),
    ("Cakupan JKN Kota Tegal 95 persen, lebih tinggi dari tahun sebelumnya.", [("95 persen", PUBLISHED)]),
    ("Cakupan JKN Kota Tegal 95 persen, meningkat dibanding 2023.", [("95 persen", PUBLISHED)]),
    ("Cakupan JKN Kota Tegal 95 persen, lebih tinggi dari posisi tahun lalu.", [("95 persen", PUBLISHED)]),
    ("Dibandingkan tahun lalu, cakupan JKN Kota Tegal naik menjadi 95 persen.", [("95 persen", PUBLISHED)]),
    (
        "Angka ini naik dibanding akhir 2024 yang hanya 230.000 jiwa peserta JKN di Kota Tegal.",
        [("230.000 jiwa", "2024-10-01..2024-12-31")],
    ),
    (
        "Dari Januari hingga April 2025 peserta JKN Kota Tegal bertambah 5.000 jiwa.",
        [("5.000 jiwa", "2025-01-01..2025-04-30")],
    ),
    # the word for now is nearer than the date of what was
    (
        "Dari 90 persen di awal tahun, kini cakupan JKN Kota Tegal 95 persen.",
        [("90 persen", "2025-01-01..2025-03-31"), ("95 persen", PUBLISHED)],
    ),
    # a date that opens the next figure is that one's
    (
        "Cakupan JKN Kota Tegal 90 persen, April 2025 91 persen.",
        [("90 persen", PUBLISHED), ("91 persen", "2025-04-01..2025-04-30")],
    ),
    # nor what `dari` makes a whole, a bound or a source
    (
        "Peserta JKN aktif Kota Tegal meningkat menjadi 71 persen dari 230.000 peserta.",
        [("71 persen", PUBLISHED), ("230.000 peserta", PUBLISHED)],
    ),
    ("Cakupan JKN Kota Tegal naik lebih dari 91 persen.", [("91 persen", PUBLISHED)]),
    ("Kenaikan berasal dari 12.000 jiwa peserta PBI APBD Kota Tegal.", [("12.000 jiwa", PUBLISHED)]),
]


@pytest.mark.parametrize(("text", "expected"), EARLIER)
def test_the_level_before_is_of_another_day(claims_of, text, expected):
    got = [
        (
            claim.raw,
            claim.as_of and "..".join(dict.fromkeys([claim.as_of.start.isoformat(), claim.as_of.end.isoformat()])),
        )
        for claim in claims_of(text, PUBLISHED)
    ]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), EXPLICIT)
def test_dates_of_figures(claims_of, days_of, text, expected):
    got = [(claim.raw, days_of(claim)) for claim in claims_of(text, PUBLISHED)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), BY_DEIXIS)
def test_now_is_when_it_was_said(claims_of, days_of, text, expected):
    got = [(claim.raw, days_of(claim)) for claim in claims_of(text, PUBLISHED)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), CARRIED)
def test_a_date_governs_until_another_is_given(claims_of, days_of, text, expected):
    got = [(claim.raw, days_of(claim)) for claim in claims_of(text, PUBLISHED)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), WITHOUT_PUBLICATION)
def test_article_without_a_date_of_its_own(claims_of, days_of, text, expected):
    got = [(claim.raw, days_of(claim)) for claim in claims_of(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "published", "day", "basis"), FALLBACKS)
def test_basis_tells_what_was_said_from_what_was_filled_in(claims_of, text, published, day, basis):
    (claim,) = claims_of(text, published)
    got = (claim.as_of.start.isoformat(), claim.as_of_basis)
    assert got == (day, basis)


def test_a_day_that_cannot_be_told_is_not_the_one_told_before(claims_of):
    """`Kemarin` in speech is any day lately, but no longer last month."""
    text = "“Bulan lalu cakupan JKN Demak 96,2 persen. Kemarin saya lihat, sudah 97,1 persen,” katanya."
    before, after = claims_of(text, PUBLISHED)
    assert (before.as_of.start.isoformat(), before.as_of_basis) == ("2025-04-01", AsOfBasis.EXPLICIT)
    assert after.as_of_basis is AsOfBasis.PUBLISHED


def test_nothing_is_filled_in_without_any_date(claims_of):
    (claim,) = claims_of("Cakupan JKN Demak 96,2 persen.")
    assert (claim.as_of, claim.as_of_basis) == (None, None)
