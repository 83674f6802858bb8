"""Lists of membership segments: each figure with what it measures and whose segment it is."""

import pytest

PEOPLE = "segment_members"
SHARE = "segment_rate"

IN_PROSE = [
    # the name before the figure
    (
        "Rinciannya, PBI APBN 201.334 jiwa, PBI APBD 88.120 jiwa, PPU 61.005 jiwa, PBPU 22.418 jiwa, BP 5.910 jiwa.",
        [
            ("201.334 jiwa", PEOPLE, "PBI_APBN"),
            ("88.120 jiwa", PEOPLE, "PBPU_PEMDA"),
            ("61.005 jiwa", PEOPLE, "PPU"),
            ("22.418 jiwa", PEOPLE, "PBPU"),
            ("5.910 jiwa", PEOPLE, "BP"),
        ],
    ),
    # the name behind the figure
    (
        "Peserta JKN itu terdiri atas 201.334 jiwa PBI JK, 88.120 jiwa PBPU Pemda, 61.005 jiwa PPU, "
        "22.418 jiwa PBPU mandiri, serta 5.910 jiwa bukan pekerja.",
        [
            ("201.334 jiwa", PEOPLE, "PBI_APBN"),
            ("88.120 jiwa", PEOPLE, "PBPU_PEMDA"),
            ("61.005 jiwa", PEOPLE, "PPU"),
            ("22.418 jiwa", PEOPLE, "PBPU"),
            ("5.910 jiwa", PEOPLE, "BP"),
        ],
    ),
    (
        "Segmen PBI APBN sebanyak 134.900 jiwa, kemudian segmen PBPU Pemda sebanyak 70.220 jiwa, "
        "sedangkan segmen PPU sebanyak 41.008 jiwa.",
        [
            ("134.900 jiwa", PEOPLE, "PBI_APBN"),
            ("70.220 jiwa", PEOPLE, "PBPU_PEMDA"),
            ("41.008 jiwa", PEOPLE, "PPU"),
        ],
    ),
    # whole first, then parts
    # long names
    (
        "Pekerja Penerima Upah Penyelenggara Negara 33.120 jiwa, Pekerja Penerima Upah Badan Usaha 41.772 jiwa.",
        [("33.120 jiwa", PEOPLE, "PPU"), ("41.772 jiwa", PEOPLE, "PPU")],
    ),
    (
        "Penerima Bantuan Iuran (PBI) yang dibiayai APBN mencapai 120.331 jiwa.",
        [("120.331 jiwa", PEOPLE, "PBI_APBN")],
    ),
    (
        "Pekerja Bukan Penerima Upah (PBPU) dan Bukan Pekerja (BP) yang didaftarkan pemda 64.009 jiwa.",
        [("64.009 jiwa", PEOPLE, "PBPU_PEMDA")],
    ),
    ("Peserta mandiri JKN di Kota Kotamobagu tercatat 19.877 jiwa.", [("19.877 jiwa", PEOPLE, "PBPU")]),
    # told by who pays
    ("Pemkot Baubau menanggung iuran JKN 41.230 warga lewat APBD.", [("41.230 warga", PEOPLE, "PBPU_PEMDA")]),
    ("Warga yang didaftarkan Pemprov Gorontalo sebanyak 27.400 orang.", [("27.400 orang", PEOPLE, "PBPU_PEMDA")]),
    # the noun of the figure is the segment
    (
        "Peserta JKN di Muna terdiri atas 120.000 PBI, 12.300 PNS, dan 8.730 pensiunan.",
        [("120.000", PEOPLE, "PBI_APBN"), ("12.300 PNS", PEOPLE, "PPU"), ("8.730 pensiunan", PEOPLE, "BP")],
    ),
    # shares
    (
        "Peserta PBI JK mendominasi dengan porsi 54,2 persen, disusul PPU 21,7 persen.",
        [("54,2 persen", SHARE, "PBI_APBN"), ("21,7 persen", SHARE, "PPU")],
    ),
    (
        "PBI APBN 54,21 persen (201.334 jiwa), PPU 16,4 persen (61.005 jiwa).",
        [
            ("54,21 persen", SHARE, "PBI_APBN"),
            ("201.334 jiwa", PEOPLE, "PBI_APBN"),
            ("16,4 persen", SHARE, "PPU"),
            ("61.005 jiwa", PEOPLE, "PPU"),
        ],
    ),
    (
        "PPU menyumbang 61.005 jiwa atau 16,4 persen dari seluruh peserta JKN.",
        [("61.005 jiwa", PEOPLE, "PPU"), ("16,4 persen", SHARE, "PPU")],
    ),
    (
        "Peserta PBI dari APBN 98.120 jiwa, PBI dari APBD kabupaten 33.010 jiwa, PBI dari APBD provinsi 8.440 jiwa.",
        [
            ("98.120 jiwa", PEOPLE, "PBI_APBN"),
            ("33.010 jiwa", PEOPLE, "PBPU_PEMDA"),
            ("8.440 jiwa", PEOPLE, "PBPU_PEMDA"),
        ],
    ),
    (
        "Komposisinya meliputi Penerima Bantuan Iuran (PBI) 140.220 jiwa, Pekerja Penerima Upah (PPU) 50.114 jiwa, "
        "Pekerja Bukan Penerima Upah (PBPU) 24.005 jiwa, dan Bukan Pekerja (BP) 4.870 jiwa.",
        [
            ("140.220 jiwa", PEOPLE, "PBI_APBN"),
            ("50.114 jiwa", PEOPLE, "PPU"),
            ("24.005 jiwa", PEOPLE, "PBPU"),
            ("4.870 jiwa", PEOPLE, "BP"),
        ],
    ),
    (
        "Segmen terbesar adalah PBI JK, 201.118 jiwa; menyusul PPU, 77.203 jiwa; lalu peserta mandiri, 40.009 jiwa.",
        [
            ("201.118 jiwa", PEOPLE, "PBI_APBN"),
            ("77.203 jiwa", PEOPLE, "PPU"),
            ("40.009 jiwa", PEOPLE, "PBPU"),
        ],
    ),
    (
        "Peserta yang dibiayai APBD Kota Metro 31.220 jiwa, sedangkan yang membayar sendiri atau mandiri 18.110 jiwa.",
        [("31.220 jiwa", PEOPLE, "PBPU_PEMDA"), ("18.110 jiwa", PEOPLE, "PBPU")],
    ),
    (
        "Kepesertaan PBPU Pemda naik menjadi 70.440 jiwa.",
        [("70.440 jiwa", PEOPLE, "PBPU_PEMDA")],
    ),
    (
        "Segmen pekerja bukan penerima upah atau mandiri menyumbang 11,2 persen peserta.",
        [("11,2 persen", SHARE, "PBPU")],
    ),
    (
        "Sebanyak 6.112 pekerja badan usaha di Kota Dumai telah didaftarkan ke program JKN.",
        [("6.112 pekerja", PEOPLE, "PPU")],
    ),
    ("Sekitar 38 persen peserta JKN di Kota Bitung dibiayai APBD.", [("38 persen", SHARE, "PBPU_PEMDA")]),
    (
        "Sebanyak 96.411 warga Kabupaten Malaka dijamin pemerintah pusat melalui PBI JK.",
        [("96.411 warga", PEOPLE, "PBI_APBN")],
    ),
    (
        "Sebanyak 77.211 jiwa dari segmen PPU, 30.560 jiwa dari segmen PBPU, dan 8.104 jiwa dari segmen BP.",
        [
            ("77.211 jiwa", PEOPLE, "PPU"),
            ("30.560 jiwa", PEOPLE, "PBPU"),
            ("8.104 jiwa", PEOPLE, "BP"),
        ],
    ),
    (
        "Dari 389.000 peserta JKN di Bulukumba, 190.002 jiwa merupakan PBI APBN dan 76.540 jiwa PBI APBD.",
        [
            ("389.000 peserta", "members", None),
            ("190.002 jiwa", PEOPLE, "PBI_APBN"),
            ("76.540 jiwa", PEOPLE, "PBPU_PEMDA"),
        ],
    ),
]

PAYERS = [
    # a passive verb, who pays behind it
    (
        "Iuran 27.310 peserta JKN di Kabupaten Ngada dibayarkan setiap bulan oleh Pemerintah Kabupaten Ngada.",
        [("27.310 peserta", PEOPLE, "PBPU_PEMDA")],
    ),
    (
        "Dari 210.450 peserta JKN Kota Parepare itu, 80.120 jiwa iurannya dibayar pusat, 31.220 jiwa dibiayai daerah, "
        "dan 18.110 jiwa bayar sendiri.",
        [
            ("210.450 peserta", "members", None),
            ("80.120 jiwa", PEOPLE, "PBI_APBN"),
            ("31.220 jiwa", PEOPLE, "PBPU_PEMDA"),
            ("18.110 jiwa", PEOPLE, "PBPU"),
        ],
    ),
    (
        "Tahun depan ada tambahan 5.400 peserta JKN di Kota Palu yang dibiayai daerah.",
        [("5.400 peserta", PEOPLE, "PBPU_PEMDA")],
    ),
    ("Sebanyak 9.205 buruh di Kabupaten Luwu didaftarkan perusahaan ke JKN.", [("9.205 buruh", PEOPLE, "PPU")]),
    (
        "Peserta JKN yang menjadi tanggungan Pemko Medan 310.400 jiwa, tanggungan pusat 702.118 jiwa.",
        [("310.400 jiwa", PEOPLE, "PBPU_PEMDA"), ("702.118 jiwa", PEOPLE, "PBI_APBN")],
    ),
    # an active verb, who pays before it
    (
        "Pemkab Ngada tahun ini hanya sanggup menanggung 8.150 warga.\nSemua peserta JKN didata ulang.",
        [("8.150 warga", PEOPLE, "PBPU_PEMDA")],
    ),
    (
        "Pemprov NTT membayar iuran JKN untuk 12.400 peserta, sedangkan Kabupaten Ngada membiayai 8.150 peserta.",
        [("12.400 peserta", PEOPLE, "PBPU_PEMDA"), ("8.150 peserta", PEOPLE, "PBPU_PEMDA")],
    ),
    (
        "Kuota PBI JK Kabupaten Ngada 60.300 jiwa. Tahun lalu daerah menanggung 8.150 jiwa.",
        [("60.300 jiwa", PEOPLE, "PBI_APBN"), ("8.150 jiwa", PEOPLE, "PBPU_PEMDA")],
    ),
    ("Pemerintah pusat membayari 96,7 juta warga lewat JKN.", [("96,7 juta warga", PEOPLE, "PBI_APBN")]),
    (
        "“Ada 8.150 warga Ngada yang kami tanggung dalam JKN,” kata bupati.",
        [("8.150 warga", PEOPLE, "PBPU_PEMDA")],
    ),
    ("“Kita sudah bayar iuran JKN untuk 8.150 jiwa,” kata Bupati Ngada.", [("8.150 jiwa", PEOPLE, "PBPU_PEMDA")]),
    ("“JKN tanggung jawab kita. Ada 160.120 peserta,” kata Bupati Ngada.", [("160.120 peserta", "members", None)]),
    ("Melalui APBD, Pemkab Ngada menggratiskan iuran JKN 8.150 warga.", [("8.150 warga", PEOPLE, "PBPU_PEMDA")]),
    # in a list the payer alone
    (
        "Peserta JKN yang ditanggung pusat di Ngada 60.300, provinsi 2.140, kabupaten 8.150.",
        [("60.300", PEOPLE, "PBI_APBN"), ("2.140", PEOPLE, "PBPU_PEMDA"), ("8.150", PEOPLE, "PBPU_PEMDA")],
    ),
    # the name joined to another, or with its payer
    (
        "PBPU dan BP Pemerintah Daerah di Ngada 8.150 jiwa, PBPU mandiri 7.020 jiwa, BP 1.310 jiwa.",
        [("8.150 jiwa", PEOPLE, "PBPU_PEMDA"), ("7.020 jiwa", PEOPLE, "PBPU"), ("1.310 jiwa", PEOPLE, "BP")],
    ),
    ("Di Ngada ada 8.150 jiwa PBPU & BP Pemda peserta JKN.", [("8.150 jiwa", PEOPLE, "PBPU_PEMDA")]),
    (
        "Penerima bantuan iuran dari pemerintah pusat di Ngada 60.300 jiwa, dari pemerintah daerah 8.150 jiwa.",
        [("60.300 jiwa", PEOPLE, "PBI_APBN"), ("8.150 jiwa", PEOPLE, "PBPU_PEMDA")],
    ),
    # what is said of the segment does not change it
    (
        "Pekerja penerima upah (PPU) di Ngada yang sudah terdaftar JKN sebanyak 14.870 jiwa.",
        [("14.870 jiwa", PEOPLE, "PPU")],
    ),
    (
        "Ada 21.450 jiwa peserta JKN baru di Ngada yang iurannya dibayar daerah dari pos Rp9,7 miliar.",
        [("21.450 jiwa", PEOPLE, "PBPU_PEMDA"), ("Rp9,7 miliar", "budget", None)],
    ),
    (
        "Pemkab Ngada membayar iuran JKN 8.150 warga. Tahun ini naik jadi 9.000 warga dengan Rp4,1 miliar iuran.",
        [
            ("8.150 warga", PEOPLE, "PBPU_PEMDA"),
            ("9.000 warga", PEOPLE, "PBPU_PEMDA"),
            ("Rp4,1 miliar", "budget", None),
        ],
    ),
    # for whom money is set aside
    (
        "Pemkab Ngada menganggarkan Rp3,9 miliar untuk iuran JKN, cukup bagi 8.150 jiwa.",
        [("Rp3,9 miliar", "budget", None), ("8.150 jiwa", PEOPLE, "PBPU_PEMDA")],
    ),
    (
        "Untuk iuran JKN Pemkab Ngada menyiapkan Rp3,9 miliar. Anggaran itu untuk 8.150 peserta.",
        [("Rp3,9 miliar", "budget", None), ("8.150 peserta", PEOPLE, "PBPU_PEMDA")],
    ),
    (
        "Dengan iuran JKN Rp3,9 miliar, sebanyak 8.150 warga Ngada dapat ditanggung.",
        [("Rp3,9 miliar", "budget", None), ("8.150 warga", PEOPLE, "PBPU_PEMDA")],
    ),
    (
        "Pemerintah pusat menganggarkan Rp46 triliun iuran JKN untuk 96,7 juta jiwa.",
        [("Rp46 triliun", "budget", None), ("96,7 juta jiwa", PEOPLE, "PBI_APBN")],
    ),
    (
        "Pemkab Ngada menganggarkan Rp3,9 miliar untuk JKN, sedangkan pesertanya 160.120 jiwa.",
        [("Rp3,9 miliar", "budget", None), ("160.120 jiwa", "members", None)],
    ),
    # a list goes on in either unit
    (
        "Peserta PBI JKN di NTT 2,9 juta jiwa (54 persen). Di Kota Kupang 201.300 jiwa, di Ngada 60.300 jiwa.",
        [
            ("2,9 juta jiwa", PEOPLE, "PBI_APBN"),
            ("54 persen", SHARE, "PBI_APBN"),
            ("201.300 jiwa", PEOPLE, "PBI_APBN"),
            ("60.300 jiwa", PEOPLE, "PBI_APBN"),
        ],
    ),
    # the whole of a segment, and all the others
    (
        "Dari 7.020 peserta mandiri JKN di Ngada, 2.115 orang menunggak.",
        [("7.020 peserta", PEOPLE, "PBPU"), ("2.115 orang", "inactive_members", None)],
    ),
    (
        "Peserta JKN PBI di Ngada 60.300 jiwa, sedangkan non-PBI 31.220 jiwa.",
        [("60.300 jiwa", PEOPLE, "PBI_APBN"), ("31.220 jiwa", "members", None)],
    ),
    # what is said of the poor counts, not that they are
    (
        "Sebanyak 8.150 warga miskin Ngada preminya ditanggung APBD lewat JKN.",
        [("8.150 warga", PEOPLE, "PBPU_PEMDA")],
    ),
    ("Sebanyak 4.205 warga miskin di Ngada belum terdaftar JKN.", [("4.205 warga", "uncovered", None)]),
    ("Di Ngada ada 4.205 warga miskin. Cakupan JKN-nya 97 persen.", [("97 persen", "coverage_rate", None)]),
    # nobody pays, or for something else, or not for all of them
    ("Warga Ngada yang belum ditanggung pemkab lewat JKN 4.205 jiwa.", [("4.205 jiwa", "members", None)]),
    (
        "Pemkab Ngada membayar biaya sekolah 8.150 warga yang menjadi peserta JKN.",
        [("8.150 warga", "members", None)],
    ),
    (
        "Pemkab Ngada meminta warga mampu membayar iuran JKN, dan pesertanya kini 160.120 jiwa.",
        [("160.120 jiwa", "members", None)],
    ),
    (
        "Sebanyak 160.120 warga Ngada terdaftar JKN, termasuk yang iurannya ditanggung pemkab.",
        [("160.120 warga", "members", None)],
    ),
    ("Sebanyak 160.120 warga Ngada terlindungi JKN dan Jamkesda.", [("160.120 warga", "members", None)]),
    (
        "Cakupan JKN di Ngada 97 persen berkat pemkab yang menanggung iuran warga miskin.",
        [("97 persen", "coverage_rate", None)],
    ),
    ("Pemkab Ngada mendaftarkan 97 persen warganya ke JKN.", [("97 persen", "coverage_rate", None)]),
    ("Pemkab Ngada menanggung 18 persen peserta JKN.", [("18 persen", SHARE, "PBPU_PEMDA")]),
    (
        "Pemkab Ngada mendaftarkan 160.120 jiwa dari 167.300 jiwa penduduk ke JKN.",
        [("160.120 jiwa", "members", None), ("167.300 jiwa", "population", None)],
    ),
]

LINES = [
    (
        "Rincian peserta JKN Kabupaten Tuban:\n"
        "PBI APBN: 512.004 jiwa\n"
        "PBI APBD: 133.910 jiwa\n"
        "PPU: 210.345 jiwa\n"
        "PBPU: 98.120 jiwa\n"
        "BP: 14.002 jiwa",
        [
            ("512.004 jiwa", PEOPLE, "PBI_APBN"),
            ("133.910 jiwa", PEOPLE, "PBPU_PEMDA"),
            ("210.345 jiwa", PEOPLE, "PPU"),
            ("98.120 jiwa", PEOPLE, "PBPU"),
            ("14.002 jiwa", PEOPLE, "BP"),
        ],
    ),
    (
        "Peserta JKN di Kabupaten Kediri terbagi atas:\n"
        "1. PBI JK sebanyak 640.221 jiwa;\n"
        "2. PBPU Pemda sebanyak 201.377 jiwa;\n"
        "3. Pekerja Penerima Upah sebanyak 310.004 jiwa.",
        [
            ("640.221 jiwa", PEOPLE, "PBI_APBN"),
            ("201.377 jiwa", PEOPLE, "PBPU_PEMDA"),
            ("310.004 jiwa", PEOPLE, "PPU"),
        ],
    ),
    (
        "Peserta JKN Kota Probolinggo:\n"
        "a. PBI APBN = 80.221 jiwa\n"
        "b. PBPU/BP Pemda = 61.004 jiwa\n"
        "c. PPU = 55.310 jiwa",
        [
            ("80.221 jiwa", PEOPLE, "PBI_APBN"),
            ("61.004 jiwa", PEOPLE, "PBPU_PEMDA"),
            ("55.310 jiwa", PEOPLE, "PPU"),
        ],
    ),
    (
        "Rincian peserta JKN:\n• PPU Penyelenggara Negara: 12.004\n• PPU Badan Usaha: 20.118\n• Mandiri: 9.220",
        [("12.004", PEOPLE, "PPU"), ("20.118", PEOPLE, "PPU"), ("9.220", PEOPLE, "PBPU")],
    ),
    (
        "Segmen kepesertaan JKN di Kabupaten Jombang:\n"
        "- Penerima Bantuan Iuran APBN 601.118 jiwa\n"
        "- Pekerja Penerima Upah 288.450 jiwa\n"
        "- Peserta mandiri 120.093 jiwa",
        [
            ("601.118 jiwa", PEOPLE, "PBI_APBN"),
            ("288.450 jiwa", PEOPLE, "PPU"),
            ("120.093 jiwa", PEOPLE, "PBPU"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), IN_PROSE)
def test_segments_in_prose(claims_of, text, expected):
    got = [(claim.raw, claim.metric, claim.segment) for claim in claims_of(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), PAYERS)
def test_segments_told_by_who_pays(claims_of, text, expected):
    got = [(claim.raw, claim.metric, claim.segment) for claim in claims_of(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_segments_in_lines(claims_of, text, expected):
    got = [(claim.raw, claim.metric, claim.segment) for claim in claims_of(text)]
    assert got == expected
