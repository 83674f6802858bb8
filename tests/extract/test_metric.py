"""The sentence, and what each of its figures measures: the whole list of claims, in text order."""

import pytest

COVERAGE = [
    # a share in brackets, behind the name of the region or at the end
    (
        "Sebanyak 512.400 warga Kabupaten Agam (95,1%) telah menjadi peserta JKN.",
        [("512.400 warga", "members"), ("95,1%", "coverage_rate")],
    ),
    (
        "Sebanyak 512.400 warga Kabupaten Agam telah terlindungi JKN (95,1%).",
        [("512.400 warga", "members"), ("95,1%", "coverage_rate")],
    ),
    (
        "Peserta JKN di Kabupaten Ende kini 268.900 jiwa, naik dibanding 2023 sebanyak 254.300 jiwa.",
        [("268.900 jiwa", "members"), ("254.300 jiwa", "members")],
    ),
    ("Cakupan kepesertaan JKN di Kabupaten Sumbawa sudah 97,12 persen.", [("97,12 persen", "coverage_rate")]),
    ("Hingga kini 96,4 persen warga Kota Kendari terdaftar sebagai peserta JKN.", [("96,4 persen", "coverage_rate")]),
    ("Sebanyak 91,75% penduduk Buton telah memiliki jaminan kesehatan.", [("91,75%", "coverage_rate")]),
    ("Kota Tarakan menyandang status UHC dengan capaian 99,01 persen.", [("99,01 persen", "coverage_rate")]),
    ("Di Kabupaten Ende, program JKN baru menjangkau 88 persen warga.", [("88 persen", "coverage_rate")]),
    ("Angka kepesertaan BPJS Kesehatan di Trenggalek menyentuh 98,3 persen.", [("98,3 persen", "coverage_rate")]),
    ("Warga Ngawi yang sudah punya kartu JKN mencapai 95,6 persen.", [("95,6 persen", "coverage_rate")]),
    # rates over 100 are often real and stay as they are
    ("Cakupan JKN Kota Blitar bahkan tembus 102,4 persen.", [("102,4 persen", "coverage_rate")]),
    # people
    ("Peserta JKN di Kabupaten Blora mencapai 858.210 jiwa.", [("858.210 jiwa", "members")]),
    ("Penduduk Wakatobi yang telah terlindungi JKN sebanyak 104.551 orang.", [("104.551 orang", "members")]),
    ("Ada 312.774 warga Kota Tegal yang terdaftar di BPJS Kesehatan.", [("312.774 warga", "members")]),
    ("Kepesertaan JKN di Sragen kini 905 ribu jiwa.", [("905 ribu jiwa", "members")]),
    (
        "Dari sisi kepesertaan, Kabupaten Kepahiang sudah menyentuh angka 96,88 persen.",
        [("96,88 persen", "coverage_rate")],
    ),
    ("Program JKN di Mukomuko telah diikuti 182.340 jiwa.", [("182.340 jiwa", "members")]),
    (
        "Hampir semua warga Kota Sabang, tepatnya 99,93 persen, mengantongi kartu JKN.",
        [("99,93 persen", "coverage_rate")],
    ),
    ("Pemegang kartu JKN di Simeulue berjumlah 95.120 orang.", [("95.120 orang", "members")]),
    ("UHC Kabupaten Aceh Jaya 100,9 persen.", [("100,9 persen", "coverage_rate")]),
    ("Masyarakat Nagan Raya yang dijamin JKN 179.220 jiwa.", [("179.220 jiwa", "members")]),
    (
        "Sembilan puluh delapan persen warga Kota Langsa sudah ber-JKN.",
        [("Sembilan puluh delapan persen", "coverage_rate")],
    ),
]

ACTIVITY = [
    (
        "Kota Palopo punya 181.204 peserta JKN dan 150.310 di antaranya aktif.",
        [("181.204 peserta", "members"), ("150.310", "active_members")],
    ),
    # behind the whole, atau says the share once more
    (
        "Keaktifan peserta JKN di Sidrap baru 75 persen dari 312.000 peserta, atau 234.000 jiwa.",
        [("75 persen", "active_rate"), ("312.000 peserta", "members"), ("234.000 jiwa", "active_members")],
    ),
    ("Tingkat keaktifan peserta JKN di Kota Bima tercatat 78,3 persen.", [("78,3 persen", "active_rate")]),
    ("Dari seluruh peserta JKN itu, yang berstatus aktif hanya 66 persen.", [("66 persen", "active_rate")]),
    (
        "Kepesertaan JKN Kabupaten Maros 98,6 persen dengan keaktifan 80,15 persen.",
        [("98,6 persen", "coverage_rate"), ("80,15 persen", "active_rate")],
    ),
    (
        "Cakupan Kota Madiun memang 100,2 persen, tetapi yang aktif baru 84,7 persen.",
        [("100,2 persen", "coverage_rate"), ("84,7 persen", "active_rate")],
    ),
    (
        "Peserta JKN aktif 83,4 persen, sedangkan yang nonaktif 16,6 persen.",
        [("83,4 persen", "active_rate"), ("16,6 persen", "inactive_rate")],
    ),
    (
        "Tingkat keaktifan kita 76 persen, sisanya 24 persen menunggak iuran.",
        [("76 persen", "active_rate"), ("24 persen", "inactive_rate")],
    ),
    ("Jumlah peserta aktif di Kabupaten Poso 198.440 jiwa.", [("198.440 jiwa", "active_members")]),
    (
        "Peserta JKN Kabupaten Dompu 238.900 jiwa, yang aktif 190.112 jiwa.",
        [("238.900 jiwa", "members"), ("190.112 jiwa", "active_members")],
    ),
    ("Tercatat 12.870 peserta mandiri di Kota Ternate menunggak iuran.", [("12.870 peserta", "inactive_members")]),
    (
        "Peserta JKN nonaktif di Bangkalan masih 140.221 jiwa.",
        [("140.221 jiwa", "inactive_members")],
    ),
    (
        "Dari total peserta tersebut, peserta aktifnya 152.300 jiwa (79,4 persen).",
        [("152.300 jiwa", "active_members"), ("79,4 persen", "active_rate")],
    ),
    ("Sebanyak 64.200 jiwa kepesertaan JKN-nya tidak aktif.", [("64.200 jiwa", "inactive_members")]),
    ("Peserta yang menunggak di Kota Padang ada 98 ribu orang.", [("98 ribu orang", "inactive_members")]),
    (
        "Persentase peserta JKN aktif Kabupaten Solok Selatan naik menjadi 76,51 persen.",
        [("76,51 persen", "active_rate")],
    ),
    ("Kartu JKN milik 21.400 warga Sijunjung sedang tidak aktif.", [("21.400 warga", "inactive_members")]),
    ("Tercatat 88.121 peserta JKN di Pasaman Barat yang statusnya aktif.", [("88.121 peserta", "active_members")]),
    (
        "Kepesertaan JKN Kota Bukittinggi 99,5 persen. Sayangnya, hanya 77,2 persen yang aktif.",
        [("99,5 persen", "coverage_rate"), ("77,2 persen", "active_rate")],
    ),
    ("Sebanyak 31.205 peserta JKN di Kota Palu berstatus nonaktif.", [("31.205 peserta", "inactive_members")]),
    ("Sekitar 19 persen peserta JKN di Sikka tidak aktif karena menunggak.", [("19 persen", "inactive_rate")]),
    ("Baru 71,2 persen peserta di Kabupaten Alor yang kartunya aktif.", [("71,2 persen", "active_rate")]),
    (
        "Dari 245.110 peserta JKN di Kabupaten Poso, 198.440 jiwa di antaranya aktif.",
        [("245.110 peserta", "members"), ("198.440 jiwa", "active_members")],
    ),
    # the sentence before says what is measured
    (
        "Keaktifan peserta JKN di Kota Langsa dinilai lemah. Kepala dinas menyebut cuma 71,5 persen.",
        [("71,5 persen", "active_rate")],
    ),
    (
        "Di Kota Langsa 24.300 jiwa di antaranya nonaktif, atau 15 persen dari seluruh peserta JKN.",
        [("24.300 jiwa", "inactive_members"), ("15 persen", "inactive_rate")],
    ),
    # no share of the members goes over 100
    (
        "Keaktifan peserta JKN di Kota Bitung 81,2 persen. Kota Tomohon menjadi yang tertinggi dengan 101,3 persen.",
        [("81,2 persen", "active_rate"), ("101,3 persen", "coverage_rate")],
    ),
]

UNCOVERED = [
    ("Masih ada 4,3 persen penduduk Lebong yang belum terdaftar dalam JKN.", [("4,3 persen", "uncovered_rate")]),
    (
        "Cakupan JKN di Kaur 95,8 persen; 4,2 persen lainnya belum menjadi peserta.",
        [("95,8 persen", "coverage_rate"), ("4,2 persen", "uncovered_rate")],
    ),
    ("Tinggal 2,1 persen warga Magetan yang belum ter-cover JKN.", [("2,1 persen", "uncovered_rate")]),
    ("Masih ada 14.302 warga Pesawaran yang belum memiliki kartu JKN.", [("14.302 warga", "uncovered")]),
    ("Warga Soppeng yang belum tercatat sebagai peserta tinggal 9.120 jiwa.", [("9.120 jiwa", "uncovered")]),
    (
        "Di Kabupaten Nias sudah 141.500 jiwa ikut JKN, sisanya 6.730 jiwa segera didata.",
        [("141.500 jiwa", "members"), ("6.730 jiwa", "uncovered")],
    ),
    (
        "Sudah 97,3 persen warga Kota Langsa menjadi peserta JKN. Sisanya, 2,7 persen, masih didata dinas sosial.",
        [("97,3 persen", "coverage_rate"), ("2,7 persen", "uncovered_rate")],
    ),
    (
        "Jumlah warga Lumajang yang belum punya jaminan kesehatan 37.411 orang atau 3,3 persen.",
        [("37.411 orang", "uncovered"), ("3,3 persen", "uncovered_rate")],
    ),
    ("Yang belum tersentuh program JKN di Way Kanan kini tinggal 3 persen.", [("3 persen", "uncovered_rate")]),
    ("Ada 11.900 warga Lampung Barat di luar kepesertaan JKN.", [("11.900 warga", "uncovered")]),
    ("Kami mendata 4.020 orang yang belum masuk BPJS Kesehatan di Kota Metro.", [("4.020 orang", "uncovered")]),
    (
        "Baru 90 persen warga Pesisir Barat yang ikut JKN, artinya 10 persen belum.",
        [("90 persen", "coverage_rate"), ("10 persen", "uncovered_rate")],
    ),
    ("Sebanyak 5.118 jiwa belum mempunyai jaminan kesehatan di Kabupaten Mesuji.", [("5.118 jiwa", "uncovered")]),
    # said once more behind `atau`, however long the clause between
    (
        "Sebanyak 11.870 jiwa di Kabupaten Alor belum terdaftar sebagai peserta JKN, atau 5,4 persen.",
        [("11.870 jiwa", "uncovered"), ("5,4 persen", "uncovered_rate")],
    ),
    # the number that was told before, past another one
    (
        "Di Kota Bima 9.204 warga belum ikut JKN. Pesertanya 155.310 jiwa.\n\nKadis membenarkan 9.204 warga itu.",
        [("9.204 warga", "uncovered"), ("155.310 jiwa", "members"), ("9.204 warga", "uncovered")],
    ),
    # a goal is not for those without cover
    (
        "Masih 17 persen warga Kabupaten Alor di luar JKN. Target pemerintah 98 persen.",
        [("17 persen", "uncovered_rate"), ("98 persen", "coverage_rate")],
    ),
]

WHAT_IS_LEFT = [
    # `yang belum`, with a hedge or an adverb before the figure
    (
        "Peserta JKN Kabupaten Wajo 301.200 jiwa. Yang belum sekitar 20 ribu jiwa.",
        [("301.200 jiwa", "members"), ("20 ribu jiwa", "uncovered")],
    ),
    (
        "Jumlah peserta JKN Poso yang aktif 190.000 jiwa, yang tidak 50.100 jiwa.",
        [("190.000 jiwa", "active_members"), ("50.100 jiwa", "inactive_members")],
    ),
    # whatever the verb that is denied
    ("Masih ada 12 ribu warga Poso yang belum dijangkau JKN.", [("12 ribu warga", "uncovered")]),
    ("Sebanyak 9.120 warga Soppeng belum pernah terjangkau JKN.", [("9.120 warga", "uncovered")]),
    ("Belum semua warga Soppeng terdaftar JKN, baru 93 persen.", [("93 persen", "coverage_rate")]),
    # the population less the members; a hundred less the share
    (
        'Penduduk Wajo 320.000 jiwa. Yang ikut JKN 300.000 jiwa.\n"Masih ada 20.000 jiwa lagi," kata bupati.',
        [("320.000 jiwa", "population"), ("300.000 jiwa", "members"), ("20.000 jiwa", "uncovered")],
    ),
    (
        "Keaktifan peserta JKN di Kota Bima 81,3 persen. Masih ada 18,7 persen yang harus didatangi.",
        [("81,3 persen", "active_rate"), ("18,7 persen", "inactive_rate")],
    ),
    # `tinggal` with a subject says how much of it is left
    ("Rasio keaktifan peserta JKN Wajo tinggal 76,4 persen.", [("76,4 persen", "active_rate")]),
    ("Kepesertaan JKN Wajo tinggal 91 persen.", [("91 persen", "coverage_rate")]),
    ("Tinggal 2 persen warga Wajo yang harus didaftarkan ke JKN.", [("2 persen", "uncovered_rate")]),
    # what is said of the rest
    (
        "Peserta JKN Wajo yang aktif 240.000 jiwa. Selebihnya 61.200 jiwa menunggak.",
        [("240.000 jiwa", "active_members"), ("61.200 jiwa", "inactive_members")],
    ),
    (
        "Segmen PPU 41.000 jiwa, sisanya peserta mandiri JKN sebanyak 22.000 jiwa.",
        [("41.000 jiwa", "segment_members"), ("22.000 jiwa", "segment_members")],
    ),
    # of segments the rest is some other one
    (
        "Peserta JKN itu 60 persen PBI JK, 20 persen PBPU Pemda, dan sisanya 20 persen.",
        [("60 persen", "segment_rate"), ("20 persen", "segment_rate")],
    ),
    # `jumlah itu` anywhere in the clause, `jumlahnya` for what a sentence without a figure told
    (
        "Di Wajo 8.140 warga belum terdaftar JKN.\nKata kepala dinas, jumlah itu setara 3,1 persen.",
        [("8.140 warga", "uncovered"), ("3,1 persen", "uncovered_rate")],
    ),
    (
        "Sebagian peserta JKN Wajo tidak aktif. Jumlahnya 31.200 jiwa atau 10,1 persen.",
        [("31.200 jiwa", "inactive_members"), ("10,1 persen", "inactive_rate")],
    ),
    (
        "Peserta JKN Wajo 301.200 jiwa. Tahun lalu jumlahnya 290.000 jiwa.",
        [("301.200 jiwa", "members"), ("290.000 jiwa", "members")],
    ),
]

WHOLES = [
    # a whole that has a predicate of its own, or that was told before
    (
        "Dari 20.400 jiwa yang belum terdaftar JKN, sebagian tinggal di pulau.",
        [("20.400 jiwa", "uncovered")],
    ),
    (
        "Peserta JKN Wajo 301.200 jiwa. Dari 301 ribu peserta itu, sebagian besar pekerja.",
        [("301.200 jiwa", "members"), ("301 ribu peserta", "members")],
    ),
    ("Sebanyak 301.200 jiwa penduduknya telah menjadi peserta JKN.", [("301.200 jiwa", "members")]),
    ("Ada 301.200 jiwa penduduk Kabupaten Wajo yang sudah terdaftar.", [("301.200 jiwa", "members")]),
    ("Ada 301.200 jiwa penduduk Kabupaten Wajo menurut Dukcapil.", [("301.200 jiwa", "population")]),
    # a share of some is no coverage, whatever they are; behind the population it is
    (
        "Dari 14.300 peserta JKN di Wajo, 4 persen di antaranya lanjut usia.",
        [("14.300 peserta", "members")],
    ),
    (
        "Sebanyak 14.300 peserta PBI di Wajo dinonaktifkan, 4 persen di antaranya sakit menahun.",
        [("14.300 peserta", "inactive_members")],
    ),
    (
        "Penduduk Wajo 380 ribu jiwa dan 97 persen di antaranya peserta JKN.",
        [("380 ribu jiwa", "population"), ("97 persen", "coverage_rate")],
    ),
    ("Di Wajo ada 301.200 orang yang sudah. Semua dicatat BPJS Kesehatan.", [("301.200 orang", "members")]),
    # behind a step, dari leads to the level before
    (
        "Peserta JKN di Muna terdata 220.100 jiwa, melonjak dari 180.000 jiwa.",
        [("220.100 jiwa", "members"), ("180.000 jiwa", "members")],
    ),
    # a new paragraph goes on about the coverage, not about the activity told beside it
    (
        "Cakupan JKN Sultra 97,3 persen dengan keaktifan 81,6 persen.\nMuna 91,4 persen dan Buton 93 persen.",
        [
            ("97,3 persen", "coverage_rate"),
            ("81,6 persen", "active_rate"),
            ("91,4 persen", "coverage_rate"),
            ("93 persen", "coverage_rate"),
        ],
    ),
    ("Tak kurang dari 106.216 jiwa menghuni Kabupaten Yalimo, sasaran program JKN.", [("106.216 jiwa", "population")]),
    # the population behind `dari`, and the part before it
    (
        "Dari total penduduk 236.700 jiwa, peserta JKN di Enrekang 231.455 jiwa atau 97,78 persen.",
        [("236.700 jiwa", "population"), ("231.455 jiwa", "members"), ("97,78 persen", "coverage_rate")],
    ),
    (
        "Sebanyak 97,3 persen dari 1.204.311 jiwa penduduk Lombok Tengah sudah tercover JKN.",
        [("97,3 persen", "coverage_rate"), ("1.204.311 jiwa", "population")],
    ),
    (
        "Peserta JKN di Gresik 1.301.222 jiwa atau 98,9 persen dari total penduduk 1.315.700 jiwa.",
        [("1.301.222 jiwa", "members"), ("98,9 persen", "coverage_rate"), ("1.315.700 jiwa", "population")],
    ),
    # what `jumlah itu` points to was told before, the figure behind it is the part
    (
        "Dari 1.315.700 jiwa penduduk Gresik, 1.301.222 jiwa terdaftar JKN. Dari jumlah itu 900.100 jiwa aktif.",
        [("1.315.700 jiwa", "population"), ("1.301.222 jiwa", "members"), ("900.100 jiwa", "active_members")],
    ),
    # two levels of one thing are no part and whole
    (
        "Peserta JKN di Gresik 1.301.222 jiwa, naik 9.000 jiwa dari 1.292.222 jiwa tahun lalu.",
        [("1.301.222 jiwa", "members"), ("9.000 jiwa", "members"), ("1.292.222 jiwa", "members")],
    ),
    (
        "Peserta JKN di Gresik bertambah 9.000 jiwa, dari 1.292.222 jiwa pada Mei menjadi 1.301.222 jiwa.",
        [("9.000 jiwa", "members"), ("1.292.222 jiwa", "members"), ("1.301.222 jiwa", "members")],
    ),
    (
        "Peserta JKN Kabupaten Ngada 172.004 jiwa dari jumlah penduduk semester I 2024 sebanyak 175.311 jiwa.",
        [("172.004 jiwa", "members"), ("175.311 jiwa", "population")],
    ),
    (
        "Di Kabupaten Sinjai 259.031 jiwa (97,1 persen) telah mengikuti program JKN.",
        [("259.031 jiwa", "members"), ("97,1 persen", "coverage_rate")],
    ),
    (
        "Kepesertaan JKN Kota Kupang 98,44 persen (451.209 jiwa dari 458.359 jiwa).",
        [("98,44 persen", "coverage_rate"), ("451.209 jiwa", "members"), ("458.359 jiwa", "population")],
    ),
    # the population in a statement of its own
    (
        "Kabupaten Jeneponto berpenduduk 419.321 jiwa, dan 401.998 jiwa di antaranya sudah menjadi peserta JKN.",
        [("419.321 jiwa", "population"), ("401.998 jiwa", "members")],
    ),
    (
        "Jumlah penduduk Kota Parepare 161.844 jiwa. Yang sudah ikut JKN 160.002 jiwa.",
        [("161.844 jiwa", "population"), ("160.002 jiwa", "members")],
    ),
    (
        "Penduduk Kabupaten Muna tercatat 229.010 jiwa dan 96,02 persen telah masuk JKN.",
        [("229.010 jiwa", "population"), ("96,02 persen", "coverage_rate")],
    ),
    # people and share of one fact
    (
        "Peserta JKN di Kota Tual 78.110 jiwa atau setara 87,6 persen.",
        [("78.110 jiwa", "members"), ("87,6 persen", "coverage_rate")],
    ),
    (
        "Sudah 92,5 persen atau 1,1 juta warga Kabupaten Cilacap masuk JKN.",
        [("92,5 persen", "coverage_rate"), ("1,1 juta warga", "members")],
    ),
    # a range is two figures
    (
        "Keaktifan peserta JKN Kabupaten Rembang berkisar 74 hingga 76 persen.",
        [("74", "active_rate"), ("76 persen", "active_rate")],
    ),
    (
        "Cakupan JKN di Tulang Bawang 96,7 persen, yakni 420.118 peserta dari 434.450 penduduk.",
        [("96,7 persen", "coverage_rate"), ("420.118 peserta", "members"), ("434.450 penduduk", "population")],
    ),
    (
        "Dengan jumlah penduduk 1.060.330 jiwa, Lampung Utara mencatat 1.010.114 peserta JKN.",
        [("1.060.330 jiwa", "population"), ("1.010.114 peserta", "members")],
    ),
    (
        "Penduduk Way Kanan 479.002 jiwa; 455.671 jiwa atau 95,13 persen telah terdaftar sebagai peserta JKN.",
        [("479.002 jiwa", "population"), ("455.671 jiwa", "members"), ("95,13 persen", "coverage_rate")],
    ),
    (
        "Jumlah peserta JKN sampai bulan ini 655.004 jiwa dibandingkan jumlah penduduk 671.220 jiwa.",
        [("655.004 jiwa", "members"), ("671.220 jiwa", "population")],
    ),
    (
        "Peserta yang belum aktif di Wajo berjumlah 66.320 orang alias 17,9 persen.",
        [("66.320 orang", "inactive_members"), ("17,9 persen", "inactive_rate")],
    ),
    (
        "Peserta aktif 310.220 jiwa atau 79,9 persen dari total peserta 388.100 jiwa.",
        [("310.220 jiwa", "active_members"), ("79,9 persen", "active_rate"), ("388.100 jiwa", "members")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), COVERAGE)
def test_coverage(claims_of, text, expected):
    got = [(claim.raw, claim.metric) for claim in claims_of(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), ACTIVITY)
def test_active_and_inactive(claims_of, text, expected):
    got = [(claim.raw, claim.metric) for claim in claims_of(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), UNCOVERED)
def test_uncovered(claims_of, text, expected):
    got = [(claim.raw, claim.metric) for claim in claims_of(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), WHAT_IS_LEFT)
def test_what_is_left(claims_of, text, expected):
    got = [(claim.raw, claim.metric) for claim in claims_of(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), WHOLES)
def test_wholes_and_their_parts(claims_of, text, expected):
    got = [(claim.raw, claim.metric) for claim in claims_of(text)]
    assert got == expected
