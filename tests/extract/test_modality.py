"""The sentence, and whether each figure is a fact, a wish, a threshold of the programme or a difference."""

import pytest

INDONESIA = "0"

THRESHOLDS = [
    # a region's own goal is a goal
    ("Target UHC Kabupaten Batang 98 persen.", [("98 persen", "target", "33.25")]),
    # the programme's own thresholds hold for the whole country, whoever cites them
    (
        "Syarat UHC, minimal 95 persen penduduk terdaftar. Kabupaten Batang sudah 97,31 persen.",
        [("95 persen", "requirement", INDONESIA), ("97,31 persen", "reported", "33.25")],
    ),
    (
        "Sesuai RPJMN, kepesertaan JKN harus mencapai 98 persen pada 2024.",
        [("98 persen", "requirement", INDONESIA)],
    ),
    (
        "Kabupaten Wonogiri berpredikat UHC karena 98,7 persen penduduknya ikut JKN, di atas ambang batas 95 persen.",
        [("98,7 persen", "reported", "33.12"), ("95 persen", "requirement", INDONESIA)],
    ),
    (
        "Standar UHC mensyaratkan kepesertaan paling sedikit 98 persen dengan keaktifan 80 persen.",
        [("98 persen", "requirement", INDONESIA), ("80 persen", "requirement", INDONESIA)],
    ),
    (
        "Suatu daerah disebut UHC bila sekurang-kurangnya 95 persen warganya menjadi peserta.",
        [("95 persen", "requirement", INDONESIA)],
    ),
    (
        "RPJMN 2025-2029 mematok cakupan JKN 98,6 persen, sementara Kabupaten Sambas baru 91,4 persen.",
        [("98,6 persen", "requirement", INDONESIA), ("91,4 persen", "reported", "61.01")],
    ),
    (
        "Perpres mewajibkan cakupan 98 persen, dan Kota Ambon telah melampauinya dengan 99,6 persen.",
        [("98 persen", "requirement", INDONESIA), ("99,6 persen", "reported", "81.71")],
    ),
    (
        "Target nasional kepesertaan JKN 98 persen, kita di Tabanan sudah 99,2 persen.",
        [("98 persen", "requirement", INDONESIA), ("99,2 persen", "reported", "51.02")],
    ),
    (
        "Daerah dinyatakan UHC kalau kepesertaannya 98 persen ke atas. Kota Sungai Penuh sudah 99,1 persen.",
        [("98 persen", "requirement", INDONESIA), ("99,1 persen", "reported", "15.72")],
    ),
    (
        "Pemerintah pusat menetapkan sedikitnya 80 persen peserta JKN harus aktif.",
        [("80 persen", "requirement", INDONESIA)],
    ),
    (
        "Cakupan Kabupaten Bungo 96,9 persen, masih di bawah target RPJMN sebesar 98 persen.",
        [("96,9 persen", "reported", "15.08"), ("98 persen", "requirement", INDONESIA)],
    ),
    (
        "Dengan 98,4 persen, Kabupaten Merangin melampaui standar minimal UHC yang 98 persen.",
        [("98,4 persen", "reported", "15.02"), ("98 persen", "requirement", INDONESIA)],
    ),
    (
        "Ada dua syarat UHC: cakupan di atas 98 persen dan keaktifan di atas 80 persen.",
        [("98 persen", "requirement", INDONESIA), ("80 persen", "requirement", INDONESIA)],
    ),
]

WISHES = [
    (
        "Bupati Lamandau menargetkan kepesertaan JKN 100 persen pada akhir tahun.",
        [("100 persen", "target")],
    ),
    (
        "Cakupan JKN Kabupaten Mempawah 89,9 persen dan ditargetkan naik menjadi 96 persen.",
        [("89,9 persen", "reported"), ("96 persen", "target")],
    ),
    (
        "Kami berharap akhir tahun ini keaktifan peserta di Kabupaten Berau bisa mencapai 85 persen.",
        [("85 persen", "target")],
    ),
    ("Pemkab Nunukan membidik 210 ribu peserta JKN tahun depan.", [("210 ribu peserta", "target")]),
    (
        "Tahun ini Pemkot Bontang berencana mendaftarkan 4.500 warga ke program JKN.",
        [("4.500 warga", "target")],
    ),
    (
        "Dari 93,1 persen sekarang, kepesertaan JKN di Sanggau dikejar sampai 98 persen.",
        [("93,1 persen", "reported"), ("98 persen", "target")],
    ),
    ("Target kami, 97 persen warga Kabupaten Ketapang masuk JKN.", [("97 persen", "target")]),
    ("Sasaran tahun 2026 ialah 80 persen peserta JKN di Landak berstatus aktif.", [("80 persen", "target")]),
    # a wish that was met is a fact
    (
        "Realisasi kepesertaan JKN Kabupaten Kapuas 95,2 persen dari target 94 persen.",
        [("95,2 persen", "reported"), ("94 persen", "target")],
    ),
    (
        "Dari target 95 persen, realisasi kepesertaan JKN di Sarolangun 93,2 persen.",
        [("95 persen", "target"), ("93,2 persen", "reported")],
    ),
    (
        "Agar cakupan JKN Batanghari mencapai 99 persen, camat diminta turun ke desa.",
        [("99 persen", "target")],
    ),
    (
        "Kabupaten Muaro Jambi akan mendaftarkan 10.000 warga lagi sebagai peserta PBI APBD.",
        [("10.000 warga", "target")],
    ),
    (
        "Bupati meminta dinas terkait mendongkrak keaktifan peserta JKN hingga 85 persen.",
        [("85 persen", "target")],
    ),
    ("Pemkab Kerinci bertekad membawa cakupan JKN ke angka 98 persen.", [("98 persen", "target")]),
    (
        "“Mudah-mudahan tahun depan peserta JKN di Tebo bisa 100 persen,” ujar bupati.",
        [("100 persen", "target")],
    ),
    ("“Kami upayakan bisa 100 persen,” kata Bupati Melawi soal cakupan JKN.", [("100 persen", "target")]),
    (
        "Penduduk Kabupaten Landak 401.000 jiwa, dan 95 persen di antaranya diharapkan ikut JKN.",
        [("401.000 jiwa", "reported"), ("95 persen", "target")],
    ),
    # what was, and what is wished
    (
        "Iuran JKN bagi warga Melawi diusulkan naik dari Rp18 miliar menjadi Rp21 miliar.",
        [("Rp18 miliar", "reported"), ("Rp21 miliar", "target")],
    ),
]

AHEAD = [
    # what leads straight to a figure, with nothing but words for reaching it between
    ("Peserta JKN Kabupaten Wajo kurang 32 ribu jiwa lagi untuk ke 95 persen.", ["change", "target"]),
    ("Kapan Wajo bisa 98 persen kepesertaan JKN?", ["target"]),
    ("Apakah Wajo nanti bisa tembus 98 persen kepesertaan JKN?", ["target"]),
    ("Bupati Wajo berjanji menutup 100 persen warganya dengan JKN.", ["target"]),
    ("Kalau mau UHC, peserta JKN Wajo harus 387.815 jiwa.", ["target"]),
    ("Pemkab Wajo harus menjaga peserta JKN tidak kurang dari 380.000 jiwa.", ["target"]),
    ("Idealnya keaktifan peserta JKN 80 persen, tetapi Wajo baru 71 persen.", ["target", "reported"]),
    ("Cakupan JKN Wajo bakal menyentuh 98 persen.", ["target"]),
    ("Bupati Wajo yakin cakupan JKN tembus 98 persen.", ["target"]),
    ("Cakupan JKN Wajo turun ke angka 91 persen.", ["reported"]),
    ("Pemkab Wajo membayar iuran JKN untuk 12.000 warga.", ["reported"]),
    ("Warga Wajo bisa mendaftar di kantor camat, dan cakupan JKN 96,2 persen.", ["reported"]),
    # what could be done, and was
    ("Cakupan JKN Wajo sudah bisa mencapai 98,2 persen.", ["reported"]),
    ("Kabupaten Wajo mampu mencapai 98,2 persen kepesertaan JKN.", ["reported"]),
    # what is asked for, at least, and what is asked for as a difference
    ("Cakupan JKN Wajo baru 92 persen, padahal gubernur meminta 98 persen.", ["reported", "target"]),
    ("Pemerintah meminta keaktifan peserta JKN minimal 80 persen.", ["requirement"]),
    ("Pemkab Wajo meminta tambahan kuota PBI ke Kementerian Sosial sebanyak 20 ribu jiwa.", ["change"]),
    ("Pemkab Wajo mengajukan 20 ribu jiwa sebagai peserta PBI.", ["target"]),
    # what UHC is
    ("UHC itu 95 persen, sedangkan cakupan JKN Wajo baru 92,1 persen.", ["requirement", "reported"]),
    ("Kabupaten dianggap UHC kalau 98 persen warganya terdaftar JKN.", ["requirement"]),
    # what is missing to a goal
    ("Target Wajo 95 persen warga ikut JKN, artinya tinggal 4.204 jiwa lagi.", ["target", "change"]),
    # a day to come dates no fact that came before it
    ("Kota Solok resmi UHC terhitung 1 Juli 2025 setelah 83.567 warganya masuk JKN.", ["reported"]),
    ("Mulai 1 Juli 2025 sebanyak 83.567 warga Kota Solok masuk JKN.", ["target"]),
]

DIFFERENCES = [
    (
        "Kepesertaan JKN Kabupaten Bengkayang naik 2,4 persen dalam setahun.",
        [("2,4 persen", "change")],
    ),
    (
        "Cakupan JKN di Kabupaten Sintang naik dari 86,2 persen menjadi 90,7 persen.",
        [("86,2 persen", "reported"), ("90,7 persen", "reported")],
    ),
    (
        "Peserta JKN Kota Singkawang bertambah 3.214 jiwa sejak Januari.",
        [("3.214 jiwa", "change")],
    ),
    (
        "Keaktifan peserta JKN di Melawi turun 1,8 persen menjadi 69,5 persen.",
        [("1,8 persen", "change"), ("69,5 persen", "reported")],
    ),
    (
        "Untuk mencapai UHC, Kabupaten Sekadau masih kurang 5.412 peserta.",
        [("5.412 peserta", "change")],
    ),
    (
        "Kabupaten Kayong Utara perlu tambahan 2.870 peserta lagi agar meraih UHC.",
        [("2.870 peserta", "change")],
    ),
    (
        "Cakupan JKN Kota Pontianak 94,3 persen, selisih 0,7 persen dari syarat UHC.",
        [("94,3 persen", "reported"), ("0,7 persen", "change")],
    ),
    (
        "Tahun ini ada penambahan 12.000 peserta PBI APBD di Kabupaten Kotabaru.",
        [("12.000 peserta", "change")],
    ),
    (
        "Kementerian Sosial mencoret 6.900 peserta PBI JK dari daftar Kabupaten Hulu Sungai Utara.",
        [("6.900 peserta", "change")],
    ),
    (
        "Peserta JKN di Tabalong meningkat sebanyak 8.100 orang dibanding tahun lalu.",
        [("8.100 orang", "change")],
    ),
    ("Peserta JKN di Tanjung Jabung Barat berkurang 1.240 jiwa karena meninggal dunia.", [("1.240 jiwa", "change")]),
    (
        "Cakupan JKN Kota Jambi 95,1 persen, naik 1,3 persen dari tahun lalu.",
        [("95,1 persen", "reported"), ("1,3 persen", "change")],
    ),
    (
        "Keaktifan peserta melonjak dari 68 persen ke 80,4 persen atau naik 12,4 persen.",
        [("68 persen", "reported"), ("80,4 persen", "reported"), ("12,4 persen", "change")],
    ),
    (
        "Kabupaten Bengkalis kekurangan 4.110 peserta untuk memenuhi UHC.",
        [("4.110 peserta", "change")],
    ),
    (
        "Butuh 3,1 persen lagi agar Indragiri Hulu berpredikat UHC.",
        [("3,1 persen", "change")],
    ),
    (
        "Terjadi penurunan keaktifan peserta JKN sebesar 2,2 persen di Kuantan Singingi.",
        [("2,2 persen", "change")],
    ),
    # right behind a small share, by how much
    ("Cakupan JKN Kabupaten Sekadau 1,4 persen lebih tinggi daripada tahun lalu.", [("1,4 persen", "change")]),
    ("Kepesertaan JKN di Kabupaten Landak masih 2,3 persen di bawah target.", [("2,3 persen", "change")]),
    ("Cakupan JKN Kabupaten Sekadau 98,3 persen lebih tinggi dari target.", [("98,3 persen", "reported")]),
]

FACTS = [
    ("Kabupaten Kutai Barat baru mencapai 90,2 persen kepesertaan JKN.", [("90,2 persen", "reported")]),
    ("Kepesertaan JKN di Paser menembus 99,4 persen.", [("99,4 persen", "reported")]),
    # `kurang` here is no gap
    (
        "Sebanyak 31.000 warga kurang mampu di Malinau sudah ditanggung APBD dalam program JKN.",
        [("31.000 warga", "reported")],
    ),
    ("Peserta JKN di Bulungan kurang lebih 161.000 jiwa.", [("161.000 jiwa", "reported")]),
    # `perlu` here asks for something else
    ("Tingkat keaktifan 72 persen di Kabupaten Tana Tidung masih perlu ditingkatkan.", [("72 persen", "reported")]),
    # a threshold passed: the region's own figure stays a fact
    (
        "Kabupaten Barito Timur melewati target nasional 98 persen dengan cakupan JKN 98,9 persen.",
        [("98 persen", "requirement"), ("98,9 persen", "reported")],
    ),
    ("Cakupan JKN Kabupaten Seruyan kini 96,6 persen, sudah memenuhi standar UHC.", [("96,6 persen", "reported")]),
    (
        "Peserta JKN di Rokan Hilir naik menjadi 640.118 jiwa.",
        [("640.118 jiwa", "reported")],
    ),
    (
        "Kabupaten Pelalawan mempertahankan UHC dengan kepesertaan 99,7 persen.",
        [("99,7 persen", "reported")],
    ),
    ("Kabupaten Kepulauan Meranti belum mencapai UHC karena cakupannya 94 persen.", [("94 persen", "reported")]),
    ("Target UHC tercapai: 98,6 persen warga Siak telah terdaftar JKN.", [("98,6 persen", "reported")]),
]


@pytest.mark.parametrize(("text", "expected"), THRESHOLDS)
def test_thresholds_belong_to_the_nation(claims_of, text, expected):
    got = [(claim.raw, claim.modality, claim.region) for claim in claims_of(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), WISHES)
def test_targets(claims_of, text, expected):
    got = [(claim.raw, claim.modality) for claim in claims_of(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), AHEAD)
def test_what_lies_ahead(claims_of, text, expected):
    assert [claim.modality for claim in claims_of(text, "2025-06-20")] == expected


@pytest.mark.parametrize(("text", "expected"), DIFFERENCES)
def test_changes_and_gaps(claims_of, text, expected):
    got = [(claim.raw, claim.modality) for claim in claims_of(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), FACTS)
def test_facts(claims_of, text, expected):
    got = [(claim.raw, claim.modality) for claim in claims_of(text)]
    assert got == expected
