"""Which numbers of an article on JKN are claims: what goes on about coverage, regions and money, and all the others."""

import pytest

GOING_ON = [
    ("Buton menyusul di angka 95 persen dan Wakatobi menguntit dengan 94,8 persen.", ["coverage_rate"] * 2),
    ("Sementara Buton bercokol di 95 persen.", ["coverage_rate"]),
    ("Posisi itu mengungguli Buton yang cuma 88 persen.", ["coverage_rate"]),
    ("Dua tahun silam kita hanya punya 71 persen.", ["coverage_rate"]),
    ("“Alhamdulillah, sekarang 98 persen lebih,” ujarnya.", ["coverage_rate"]),
    ("Kepesertaan itu naik 2,4 persen.", ["coverage_rate"]),
    ("Setahun sebelumnya masih 90 persen sekian.", ["coverage_rate"]),
    ("Di Kecamatan Katobu 96 persen warga terdaftar.", ["coverage_rate"]),
    ("Sebanyak 5.400 nelayan sudah didaftarkan.", ["members"]),
    ("Ada 1.420 guru honorer yang belum terdaftar.", ["uncovered"]),
    ("Warga miskin yang ditanggung JKN 71.000 jiwa.", ["members"]),
]

BESIDE = [
    # guests, gifts, patients and people of one kind
    "Rapat evaluasi itu dihadiri 120 peserta dari semua kecamatan.",
    "Sosialisasi di aula itu diikuti 250 orang kader posyandu.",
    "Bupati juga menyerahkan beasiswa kepada 40 siswa dan bantuan bagi 15 lansia.",
    "Dinas Sosial menyalurkan bantuan kepada 2.300 warga.",
    "Rapat itu diikuti 23 dari 35 anggota dewan.",
    "Kota itu punya 34 dokter spesialis dan 210 perawat.",
    "Sebanyak 312 kepala desa mengikuti sosialisasi.",
    "Setiap hari 150 orang datang ke kantor cabang.",
    "Sebanyak 1.200 orang terkena PHK.",
    "Tahun lalu 3.400 bayi lahir di kota itu.",
    "Turis yang datang menembus 2,1 juta orang.",
    "RSUD melayani 2.300 peserta JKN tahun lalu.",
    "Dari 10 orang yang berobat, tujuh orang disuruh membeli obat di luar.",
    "Satu dari lima peserta datang dengan keluarganya.",
    # shares of money, of payments and of their change
    "Pemkab membelanjakan Rp 20 miliar untuk gedung, naik 15 persen dari tahun lalu.",
    "Belanja pegawai menghabiskan 47 persen APBD.",
    "Iuran ditanggung bersama, 70 persen provinsi dan 30 persen kabupaten.",
    "Iuran pekerja 5 persen dari gaji, yakni 4 persen dibayar pemberi kerja dan 1 persen dibayar pekerja.",
    "Iuran JKN naik 10 persen mulai tahun depan.",
    "Denda keterlambatan 5 persen dari biaya rawat inap.",
    "Realisasi belanja modal 43 persen dan serapan dana desa 55 persen.",
    # what else is counted in percent
    "Sebanyak 88 persen responden menyatakan puas dengan layanan.",
    "Sekitar 91 persen peserta puas dengan layanan.",
    "Sekitar 60 persen pasien RSUD adalah peserta JKN.",
    "Tingkat hunian hotel 61 persen.",
    "Pendapatan asli daerah baru terkumpul 54 persen.",
    "Partisipasi pemilih di kabupaten itu 81 persen.",
    "Jumlah penduduk miskin 44.200 jiwa atau 12,1 persen.",
    "Kasus demam berdarah turun 20 persen.",
    "Dari peserta nonaktif tersebut, 61 persen sudah didatangi.",
    # money that is no budget
    "Peserta mandiri membayar Rp 150 ribu setiap bulan.",
    "Iuran peserta mandiri Rp150.000, Rp100.000, dan Rp42.000 untuk kelas I, II, dan III.",
    "Utang iuran kepada BPJS Kesehatan mencapai Rp 12 miliar.",
    "Penerimaan iuran tahun lalu Rp 165 triliun.",
    "Warga harus merogoh Rp 350 ribu sekali naik kapal.",
    # a rumour that is denied
    "Kabar bahwa 12.000 peserta dinonaktifkan tidak benar.",
]

NOTHING = [
    # without the programme nothing is a budget for it
    "Pemkab Luwu menganggarkan Rp 20 miliar tahun ini.",
    # visitors, ratios and targets that were exceeded, in an article on JKN
    "Peserta JKN Kota Sabang banyak. Sejak 2014 RSUD melayani 612.000 pasien JKN.",
    "Kunjungan wisatawan ke Kota Sabang 412.000 orang setahun. Kota itu sudah UHC.",
    "Rasio klaim JKN di Kota Madiun 341 persen dari iuran.",
    "Realisasi pendaftaran peserta JKN mandiri di Kota Ambon 265 persen dari target.",
    # shares of something else, in a text that does not name the programme
    "Saham pabrik ban di Kota Bekasi dibagi dua: mitra lokal 40 persen dan mitra asing 60 persen.",
    "Tingkat kemiskinan Kabupaten Sampang masih 20,8 persen.",
    "Inflasi Kota Sorong 2,3 persen menurut BPS.",
    "Rapat itu dihadiri 150 orang.",
    "Sebanyak 45 ribu anak di Pidie sudah mendapat imunisasi campak.",
    "Klaim rumah sakit selama setahun Rp 210 miliar.",
    "Di Kabupaten Siak ada 12 kecamatan dan 14 puskesmas.",
    "Iuran kelas III Rp35.000 per orang per bulan.",
    "Panen padi di Kabupaten Indramayu naik 4,5 persen.",
    "BPJS Kesehatan memberi layanan kepada 30 juta kunjungan.",
    "Hubungi 165 atau datang ke kantor di Jalan Merdeka Nomor 21.",
    "Kabupaten Seluma menerima Rp20 miliar untuk pembangunan jalan.",
    "Lulusan SMA di Kota Bengkulu 3.210 orang tahun ini.",
    "Angka stunting Rejang Lebong turun menjadi 15,2 persen.",
    "BPJS Kesehatan membayar klaim Rp4,1 triliun sepanjang 2024.",
    "Tunggakan iuran peserta mandiri di Kota Jambi mencapai Rp6,2 miliar.",
    "Tingkat kepuasan pasien peserta JKN mencapai 87,6 persen.",
    # what members have or do, and so few of them that they are nobody's total
    "Kepuasan peserta JKN di Kota Jambi 87 persen.",
    "Kunjungan peserta JKN di Kota Jambi 41 ribu orang.",
    "Tiga orang peserta JKN Kota Jambi dirujuk ke Palembang.",
    "BPJS Ketenagakerjaan melindungi 41.000 pekerja di Kota Jambi.",
    "Turnamen itu diikuti 64 peserta dari delapan kabupaten.",
    "Sebanyak 98 persen puskesmas di Kaur sudah terhubung internet.",
]

REGIONS_AND_MONEY = [
    # the part before its whole, of which it may be one
    ("Sebanyak 14 dari 17 kabupaten/kota di Sumatera Barat telah mencapai UHC.", [("14", "uhc_regions")]),
    ("Hingga kini delapan dari 10 kabupaten di Bengkulu berstatus UHC.", [("delapan", "uhc_regions")]),
    ("Kabupaten Agam menjadi satu dari 14 daerah di Sumatera Barat yang meraih UHC.", [("14 daerah", "uhc_regions")]),
    ("Baru satu dari 10 kabupaten di Bengkulu yang sudah UHC.", [("satu", "uhc_regions")]),
    ("Di Bengkulu ada sepuluh daerah. Yang sudah UHC baru delapan.", [("delapan", "uhc_regions")]),
    ("Dari 17 kabupaten/kota di Sumatera Barat, 14 sudah UHC.", [("14", "uhc_regions")]),
    ("Kaur sudah lama UHC. Total sudah delapan dari sepuluh kabupaten di Bengkulu.", [("delapan", "uhc_regions")]),
    # to pass a share of coverage is to reach UHC
    (
        "Baru lima daerah yang menembus 98 persen kepesertaan JKN.",
        [("lima daerah", "uhc_regions"), ("98 persen", "coverage_rate")],
    ),
    ("UHC sudah tercapai di delapan kabupaten di Bengkulu.", [("delapan kabupaten", "uhc_regions")]),
    ("UHC di delapan kabupaten sudah tercapai.", [("delapan kabupaten", "uhc_regions")]),
    # regions that figures are summed over, that are visited or still behind
    ("Peserta JKN di sepuluh kabupaten/kota se-Bengkulu mencapai 1,9 juta jiwa.", [("1,9 juta jiwa", "members")]),
    ("Masih ada dua kabupaten di Bengkulu yang belum menyandang status UHC.", []),
    ("Gubernur Bengkulu mendorong tiga kabupaten menuju UHC.", []),
    ("Deputi BPJS Kesehatan membahas UHC di enam kabupaten.", []),
    # every way to set money aside, also behind a number of people
    ("Kita anggarkan Rp 12 miliar setahun untuk JKN warga Luwu.", [("Rp 12 miliar", "budget")]),
    (
        "Ada 21.500 peserta JKN yang iurannya dibayar dari pos Rp 9,7 miliar.",
        [("21.500 peserta", "members"), ("Rp 9,7 miliar", "budget")],
    ),
    (
        "Peserta JKN Kabupaten Luwu 45 ribu jiwa. Dananya dari Rp 20 M jadi Rp 25 M.",
        [("45 ribu jiwa", "members"), ("Rp 20 M", "budget"), ("Rp 25 M", "budget")],
    ),
    # what one person pays is no budget, but leads to one
    (
        "Iuran JKN sebesar Rp37.800 per jiwa dibayar Pemkab Luwu. Setahun dibutuhkan Rp 18 miliar.",
        [("Rp 18 miliar", "budget")],
    ),
    ("Pemkab Luwu menyiapkan Rp 30 miliar untuk iuran JKN dan Rp 15 miliar untuk jalan.", [("Rp 30 miliar", "budget")]),
    ("Sebanyak 24 kabupaten/kota di Sulawesi Selatan telah meraih UHC.", [("24 kabupaten/kota", "uhc_regions")]),
    ("Baru tujuh kabupaten di Provinsi Bengkulu yang mencapai UHC.", [("tujuh kabupaten", "uhc_regions")]),
    (
        "Penghargaan UHC diberikan kepada 22 provinsi dan 334 kabupaten/kota se-Indonesia.",
        [("22 provinsi", "uhc_regions"), ("334 kabupaten/kota", "uhc_regions")],
    ),
    (
        "Pemkab Banggai mengalokasikan Rp42,5 miliar untuk membayar iuran JKN warganya.",
        [("Rp42,5 miliar", "budget")],
    ),
    ("Anggaran Jamkesda Kota Batu tahun ini Rp 18.750.000.000.", [("Rp 18.750.000.000", "budget")]),
    (
        "Untuk mempertahankan UHC, Pemkot Sawahlunto menyiapkan anggaran Rp 6 miliar lebih.",
        [("Rp 6 miliar", "budget")],
    ),
    ("Dari 15 kabupaten/kota di Lampung, sembilan di antaranya sudah UHC.", [("sembilan", "uhc_regions")]),
    ("Premi JKN warga miskin Kota Metro dibiayai APBD sebesar Rp12,4 miliar.", [("Rp12,4 miliar", "budget")]),
    (
        "Jumlah kabupaten/kota yang meraih UHC Award tahun ini 397 kabupaten/kota.",
        [("397 kabupaten/kota", "uhc_regions")],
    ),
    ("Kabupaten Kaur menganggarkan 14 miliar rupiah untuk kepesertaan JKN.", [("14 miliar rupiah", "budget")]),
]


@pytest.mark.parametrize(("text", "expected"), GOING_ON)
def test_figures_that_go_on_about_coverage(claims_of, text, expected):
    """Beside these nothing tells of something else, whatever the verb."""
    got = [claim.metric for claim in claims_of(f"Cakupan JKN Kabupaten Muna 97,1 persen. {text}")]
    assert got == ["coverage_rate", *expected]


@pytest.mark.parametrize("text", BESIDE)
def test_other_numbers_of_an_article_on_coverage(claims_of, text):
    """Only the figure of the first sentence is a claim, though both stand in one paragraph."""
    for lead in ("Cakupan JKN Kabupaten Luwu 97,1 persen.", "Peserta JKN Kabupaten Luwu 361.200 jiwa."):
        got = [(claim.raw, claim.metric) for claim in claims_of(f"{lead} {text}")]
        assert len(got) == 1, got


@pytest.mark.parametrize("text", NOTHING)
def test_figures_that_say_nothing_about_coverage(claims_of, text):
    got = [(claim.raw, claim.metric) for claim in claims_of(text)]
    assert got == []


@pytest.mark.parametrize(("text", "expected"), REGIONS_AND_MONEY)
def test_numbers_of_regions_and_money(claims_of, text, expected):
    got = [(claim.raw, claim.metric) for claim in claims_of(text)]
    assert got == expected
