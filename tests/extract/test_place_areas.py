"""The text, and the region of each figure where it could be of several regions or of a village; None is such an area.

Each rule stands beside a text that differs only in what the rule asks for.
"""

import pytest

BROKEN_DOWN = [
    # Broken down to regions in the next sentence, a number is theirs together.
    (
        "Kabupaten Sijunjung mendata JKN. Total 612.340 peserta terdaftar. Rinciannya, Kabupaten Sijunjung 241.115 "
        "peserta dan Kabupaten Dharmasraya 371.225 peserta.",
        [("612.340 peserta", None), ("241.115", "Kabupaten Sijunjung"), ("371.225", "Kabupaten Dharmasraya")],
    ),
    (
        "Bupati Sijunjung menerima laporan. Terdaftar 612.340 peserta JKN. Terdiri atas Kabupaten Sijunjung 241.115 "
        "peserta dan Kabupaten Dharmasraya 371.225 peserta.",
        [("612.340 peserta", None), ("241.115", "Kabupaten Sijunjung"), ("371.225", "Kabupaten Dharmasraya")],
    ),
    # to segments it stays the region's
    (
        "Bupati Sijunjung menerima laporan. Terdaftar 241.115 peserta JKN. Rinciannya, PBI APBN 150.015 jiwa dan "
        "mandiri 91.100 jiwa.",
        [("241.115", "Kabupaten Sijunjung"), ("150.015", "Kabupaten Sijunjung"), ("91.100", "Kabupaten Sijunjung")],
    ),
    # so it does where the next sentence only goes on
    (
        "Bupati Sijunjung menerima laporan. Terdaftar 241.115 peserta JKN. Sementara itu, Kabupaten Dharmasraya punya "
        "228.225 peserta dan Kabupaten Solok Selatan 171.300 peserta.",
        [
            ("241.115", "Kabupaten Sijunjung"),
            ("228.225", "Kabupaten Dharmasraya"),
            ("171.300", "Kabupaten Solok Selatan"),
        ],
    ),
    # and where it names one region alone
    (
        "Bupati Sijunjung menerima laporan. Terdaftar 241.115 peserta JKN. Rinciannya, warga Kabupaten Sijunjung "
        "240.005 jiwa.",
        [("241.115", "Kabupaten Sijunjung"), ("240.005", "Kabupaten Sijunjung")],
    ),
    # a province is what its parts make
    (
        "Gubernur Sumatera Barat menerima laporan. Terdaftar 612.340 peserta JKN. Rinciannya, Kabupaten Sijunjung "
        "241.115 peserta dan Kabupaten Dharmasraya 371.225 peserta.",
        [("612.340", "Sumatera Barat"), ("241.115", "Kabupaten Sijunjung"), ("371.225", "Kabupaten Dharmasraya")],
    ),
    # a rate does not add up
    (
        "Bupati Sijunjung menerima laporan. Cakupan JKN 97,2 persen. Rinciannya, Kabupaten Sijunjung 241.115 "
        "peserta dan Kabupaten Dharmasraya 228.225 peserta.",
        [("97,2", "Kabupaten Sijunjung"), ("241.115", "Kabupaten Sijunjung"), ("228.225", "Kabupaten Dharmasraya")],
    ),
]

SEVERAL = [
    (
        "Kabupaten Sijunjung mendata JKN. Totalnya 612.340 peserta. Rinciannya, Kabupaten Sijunjung 241.115 peserta "
        "dan Kabupaten Dharmasraya 371.225 peserta.",
        [("612.340", None), ("241.115", "Kabupaten Sijunjung"), ("371.225", "Kabupaten Dharmasraya")],
    ),
    (
        "Bupati Sijunjung senang. Terdaftar 612.340 peserta JKN. Masing-masing, Kabupaten Sijunjung 241.115 peserta "
        "dan Kabupaten Dharmasraya 371.225 peserta.",
        [("612.340", None), ("241.115", "Kabupaten Sijunjung"), ("371.225", "Kabupaten Dharmasraya")],
    ),
    # PPU is a segment, and only beside its neighbours the kabupaten
    (
        "Peserta JKN menurut segmen: PBI di Kabupaten Agam 512.301 jiwa, PPU 297.914 jiwa.",
        [("512.301", "Kabupaten Agam"), ("297.914", "Kabupaten Agam")],
    ),
    (
        "Cakupan JKN di Kabupaten Paser 96,1 persen, PPU 98,4 persen.",
        [("96,1", "Kabupaten Paser"), ("98,4", "Kabupaten Penajam Paser Utara")],
    ),
    ("Bupati Sijunjung senang. Sebanyak 469.340 penduduk kedua daerah terdaftar JKN.", [("469.340", None)]),
    ("Bupati Sijunjung senang. Sebanyak 669.340 penduduk ketiga kabupaten terdaftar JKN.", [("669.340", None)]),
    (
        "Bupati Sijunjung senang. Sebanyak 241.115 penduduk daerah itu terdaftar JKN.",
        [("241.115", "Kabupaten Sijunjung")],
    ),
    ("Bupati Sijunjung senang. Tercatat 2.039.120 peserta JKN di empat kabupaten.", [("2.039.120", None)]),
    ("Bupati Sijunjung senang. Tercatat 2.039.120 peserta JKN dari lima kota.", [("2.039.120", None)]),
    (
        "Bupati Sijunjung senang. Terdaftar JKN 241.115 jiwa, dua kabupaten menyusul.",
        [("241.115", "Kabupaten Sijunjung")],
    ),
    # four of a province are not the province
    (
        "Gubernur Sumatera Barat senang. Tercatat 2.039.120 peserta JKN di empat kabupaten di Sumatera Barat.",
        [("2.039.120", None)],
    ),
    # sums
    (
        "Peserta JKN Kabupaten Sijunjung 241.115 jiwa, Kabupaten Dharmasraya 228.225 jiwa. Totalnya 469.340 jiwa.",
        [("241.115", "Kabupaten Sijunjung"), ("228.225", "Kabupaten Dharmasraya"), ("469.340", None)],
    ),
    (
        "Peserta JKN Kabupaten Sijunjung: PBI 150.015 jiwa, mandiri 91.100 jiwa. Totalnya 241.115 jiwa.",
        [("150.015", "Kabupaten Sijunjung"), ("91.100", "Kabupaten Sijunjung"), ("241.115", "Kabupaten Sijunjung")],
    ),
]

WIDER = [
    # All the kabupaten and kota of a province are the province, some of them are not.
    (
        "Provinsi Gorontalo menata data. Ada 1.190.000 peserta JKN di enam kabupaten/kota.",
        [("1.190.000 peserta", "Gorontalo")],
    ),
    (
        "Provinsi Gorontalo menata data. Ada 1.090.000 peserta JKN di lima kabupaten/kota.",
        [("1.090.000 peserta", None)],
    ),
    # Provinces are counted in the nation, and so are more kabupaten and kota than a province has.
    (
        "Kota Gorontalo berpesta. Sebanyak 31 provinsi dan 473 kabupaten/kota sudah UHC.",
        [("31 provinsi", "Indonesia"), ("473 kabupaten/kota", "Indonesia")],
    ),
    # More people than live there.
    (
        "Kota Gorontalo menata data. Kementerian Sosial mengeluarkan 7,3 juta peserta PBI dari JKN.",
        [("7,3 juta peserta", "Indonesia")],
    ),
    (
        "Kota Gorontalo menata data.\nBaru 1,1 juta penduduk yang menjadi peserta JKN.",
        [("1,1 juta penduduk", "Gorontalo")],
    ),
    (
        "Kota Gorontalo menata data.\nBaru 0,2 juta penduduk yang menjadi peserta JKN.",
        [("0,2 juta penduduk", "Kota Gorontalo")],
    ),
]

VILLAGES = [
    ("Di Desa Sukaraja di Kabupaten Lebak terdapat 4.120 peserta JKN.", [("4.120", None)]),
    ("Nagari Sungai Pua di Kabupaten Agam punya 8.120 peserta JKN.", [("8.120", None)]),
    ("Kelurahan Sukasari, Kota Tangerang, punya 8.120 peserta JKN.", [("8.120", None)]),
    # the village of an official, and villages in general
    (
        "Kepala Desa Sukaraja berterima kasih karena Kabupaten Lebak mendaftarkan 61 persen warganya ke JKN.",
        [("61", "Kabupaten Lebak")],
    ),
    ("Sejumlah desa di Kabupaten Lebak membantu; 61 persen warga sudah ikut JKN.", [("61", "Kabupaten Lebak")]),
]

FIFTY = [
    # Kabupaten Lima Puluh Kota is one, and no fifty towns
    ("Kabupaten Lima Puluh Kota meraih UHC.", []),
    ("Peserta JKN di Kabupaten Lima Puluh Kota 371.220 jiwa.", [("371.220", "Kabupaten Lima Puluh Kota")]),
    ("Cakupan JKN Kabupaten 50 Kota 96,3 persen.", [("96,3", "Kabupaten Lima Puluh Kota")]),
    ("Secara nasional lima puluh kota meraih UHC.", [("lima puluh kota", "Indonesia")]),
]


def regions_of(claims, expected):
    """The regions of the claims, each with as much of its figure as the test names."""
    return [(claim.raw[: len(raw)], claim.region_name) for claim, (raw, _) in zip(claims, expected, strict=True)]


@pytest.mark.parametrize(("text", "expected"), BROKEN_DOWN)
def test_a_number_broken_down_to_regions_is_of_all_of_them(claims_of, text, expected):
    assert regions_of(claims_of(text), expected) == expected


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_a_number_of_several_regions_has_none_of_its_own(claims_of, text, expected):
    assert regions_of(claims_of(text), expected) == expected


@pytest.mark.parametrize(("text", "expected"), WIDER)
def test_an_area_may_be_wider_than_what_is_named(claims_of, text, expected):
    assert regions_of(claims_of(text), expected) == expected


@pytest.mark.parametrize(("text", "expected"), VILLAGES)
def test_a_village_is_no_region_wherever_it_lies(claims_of, text, expected):
    assert regions_of(claims_of(text), expected) == expected


@pytest.mark.parametrize(("text", "expected"), FIFTY)
def test_a_number_in_a_name_counts_nothing(claims_of, text, expected):
    assert regions_of(claims_of(text), expected) == expected
