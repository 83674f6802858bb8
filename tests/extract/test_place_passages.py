"""Paragraphs that name no region of their own, and the region that their figures are about."""

import pytest

TWO = "Kabupaten Sikka dan Kota Bima berlomba mengejar UHC JKN. Kabupaten Sikka lebih awal memulai.\n"

OFFICES = [
    # an official who names no region speaks of the own one, also a paragraph later
    (
        TWO + "Kepala Dinas Kesehatan Kota Bima, Nurdin Ama, menyampaikan terima kasih.\n"
        '"Kepesertaan JKN kita 93,1 persen," kata Nurdin.',
        [("93,1 persen", "Kota Bima")],
    ),
    (
        TWO + "Sekretaris Daerah Kota Bima, Nurdin Ama, bersyukur. Katanya, tahun ini peserta JKN 151.300 jiwa.",
        [("151.300 jiwa", "Kota Bima")],
    ),
    # whatever the office before spoke of
    (
        "Pemkab Sikka dan Pemkot Bima bertemu.\n"
        "Bupati Sikka, Yohana Rede, menyebut peserta JKN di daerahnya 301.000 jiwa.\n"
        '"Warga kami yang terdaftar JKN sudah 99 persen," ujar Wali Kota Bima, Nurdin Ama.\n'
        '"Yang aktif 81,2 persen," kata Nurdin.',
        [("301.000 jiwa", "Kabupaten Sikka"), ("99 persen", "Kota Bima"), ("81,2 persen", "Kota Bima")],
    ),
    # a branch of BPJS Kesehatan works in several regions: its town is nobody's
    (
        TWO + "Kepala BPJS Kesehatan Cabang Bima, Nurdin Ama, menyampaikan terima kasih.\n"
        '"Kepesertaan JKN sudah 93,1 persen," kata Nurdin.',
        [("93,1 persen", "Kabupaten Sikka")],
    ),
    # ministers and the head of BPJS Kesehatan speak of the nation where they say `kita`
    (
        "Menteri Kesehatan Ahmad Rosyid mengunjungi Kabupaten Sikka.\n"
        'Kepada wartawan ia memuji program JKN. "Kita sudah 98,4 persen," kata Rosyid.',
        [("98,4 persen", "Indonesia")],
    ),
    # and of the region that they visit where they do not
    (
        "Kabupaten Sikka mengejar UHC. Gubernur NTT Melkianus Tefa datang ke Sikka.\n"
        'Ia memuji camat-camat. "Sudah 98,4 persen warga terdaftar JKN," kata Melkianus.',
        [("98,4 persen", "Kabupaten Sikka")],
    ),
]

PASSAGES = [
    # what one person tells of a region goes on
    (
        TWO
        + 'Kepala BPJS Kesehatan Cabang Bima, Nurdin Ama, menyebut peserta di Kota Bima 151.300 jiwa.\n"Dari jumlah '
        'itu 120.400 jiwa aktif," kata Nurdin.',
        [("151.300 jiwa", "Kota Bima"), ("120.400 jiwa", "Kota Bima")],
    ),
    # until another voice comes
    (
        TWO + "Kepala BPJS Kesehatan Cabang Bima, Nurdin Ama, menyebut peserta di Kota Bima 151.300 jiwa.\n"
        '"Peserta JKN aktif 71 persen," kata Kepala Bidang Penjaminan Manfaat, Sri Lestari.',
        [("151.300 jiwa", "Kota Bima"), ("71 persen", "Kabupaten Sikka")],
    ),
    # several figures are a passage, one is an aside
    (
        TWO + "Di Kota Bima peserta JKN 151.300 jiwa atau 95,2 persen.\nPeserta aktif 120.400 jiwa.",
        [("151.300 jiwa", "Kota Bima"), ("95,2 persen", "Kota Bima"), ("120.400 jiwa", "Kota Bima")],
    ),
    (
        TWO + "Kota Bima punya 151.300 peserta JKN.\nKepesertaan JKN kini 95,2 persen.",
        [("151.300 peserta", "Kota Bima"), ("95,2 persen", "Kabupaten Sikka")],
    ),
    # regions one after another are a list, and what follows is about all
    (
        "Cakupan JKN di NTT membaik. NTT kini 94 persen.\n"
        "Kabupaten Sikka 301.000 jiwa atau 91,3 persen.\nKabupaten Ende 260.000 jiwa atau 92,4 persen.\n"
        "Keaktifan peserta 78,4 persen.",
        [
            ("94 persen", "Nusa Tenggara Timur"),
            ("301.000 jiwa", "Kabupaten Sikka"),
            ("91,3 persen", "Kabupaten Sikka"),
            ("260.000 jiwa", "Kabupaten Ende"),
            ("92,4 persen", "Kabupaten Ende"),
            ("78,4 persen", "Nusa Tenggara Timur"),
        ],
    ),
    # a question or a heading announces a region
    (
        TWO + "Peserta JKN di Kabupaten Sikka 301.000 jiwa.\nBagaimana dengan Kota Bima?\nDi sana baru 93,1 persen.",
        [("301.000 jiwa", "Kabupaten Sikka"), ("93,1 persen", "Kota Bima")],
    ),
    # villages only interrupt
    (
        "Peserta JKN Kabupaten Sikka 301.000 jiwa.\nTerendah Kecamatan Waigete dengan 71,2 persen.\n"
        "PBI JK: 190.200 jiwa\nPPU: 21.400 jiwa",
        [
            ("301.000 jiwa", "Kabupaten Sikka"),
            ("71,2 persen", None),
            ("190.200 jiwa", "Kabupaten Sikka"),
            ("21.400 jiwa", "Kabupaten Sikka"),
        ],
    ),
]

STANDING = [
    # a word of the level stands for the region of that level which the text is about
    (
        "Kabupaten Sikka, NTT, mencatat 95,1 persen peserta JKN.\nKepesertaan JKN provinsi itu 94 persen.",
        [("95,1 persen", "Kabupaten Sikka"), ("94 persen", "Nusa Tenggara Timur")],
    ),
    (
        "Kabupaten Sikka mengejar UHC.\nPemprov menyiapkan Rp20 miliar untuk iuran JKN warga miskin.",
        [("Rp20 miliar", "Nusa Tenggara Timur")],
    ),
    (
        "Provinsi NTT mengejar UHC JKN. NTT kini 94 persen. Kabupaten Sikka menyusul. "
        "Dibanding NTT, kabupaten itu unggul dengan 95,1 persen.",
        [("94 persen", "Nusa Tenggara Timur"), ("95,1 persen", "Kabupaten Sikka")],
    ),
    (
        "Provinsi Bali mengejar UHC. Kepesertaan JKN di ibu kota provinsi 101 persen.",
        [("101 persen", "Kota Denpasar")],
    ),
    (
        "Kabupaten Badung bertamu. Di ibu kota Provinsi NTB itu peserta JKN 98 persen.",
        [("98 persen", "Kota Mataram")],
    ),
    (
        "Kabupaten Badung dan Kota Denpasar bertemu. Tahun ini, Pemkot menyiapkan Rp50 miliar untuk iuran JKN, "
        "sedangkan Pemkab Rp70 miliar.",
        [("Rp50 miliar", "Kota Denpasar"), ("Rp70 miliar", "Kabupaten Badung")],
    ),
    # `di sana` is where the text was last
    (
        "Kabupaten Sikka mengejar UHC. Tim Kabupaten Sikka belajar ke Kota Bima. Di sana 95,1 persen warga punya JKN.",
        [("95,1 persen", "Kota Bima")],
    ),
    (
        "Kabupaten Sikka mengejar UHC. Tim Kabupaten Sikka belajar ke Kota Bima.\nDi sana 95,1 persen warga punya JKN.",
        [("95,1 persen", "Kota Bima")],
    ),
    # not where there are several of them, nor where they only pay
    (
        "Kabupaten Sikka menargetkan UHC JKN. Cakupan tiga kabupaten tersebut 90 persen.",
        [("90 persen", None)],
    ),
    (
        "Kabupaten Sikka mengejar UHC JKN. Ada 12.000 peserta JKN yang iurannya ditanggung Pemprov.",
        [("12.000 peserta", "Kabupaten Sikka")],
    ),
    # a number pointed back at stays with its region, in a new paragraph and past another name
    (
        TWO + "Peserta JKN di Kota Bima 151.300 jiwa.\nDari jumlah itu 120.400 jiwa aktif.",
        [("151.300 jiwa", "Kota Bima"), ("120.400 jiwa", "Kota Bima")],
    ),
    (
        TWO + "Peserta JKN di Kota Bima 151.300 jiwa.\nYang aktif 120.400 jiwa.",
        [("151.300 jiwa", "Kota Bima"), ("120.400 jiwa", "Kota Bima")],
    ),
    (
        "Cakupan JKN Kabupaten Sikka 95,1 persen. Yang tertinggal hanya Kabupaten Ende. "
        "Dari 95,1 persen tersebut yang aktif 80 persen.",
        [
            ("95,1 persen", "Kabupaten Sikka"),
            ("95,1 persen", "Kabupaten Sikka"),
            ("80 persen", "Kabupaten Sikka"),
        ],
    ),
]

ARTICLES = [
    # a dateline is no subject, whatever stands between it and its dash
    (
        "Kupang (ANTARA) - Provinsi NTT mencatat peserta JKN 5,4 juta jiwa.\nYang aktif 77 persen.",
        "Nusa Tenggara Timur",
    ),
    ("KBRN, Kupang: Provinsi NTT mencatat peserta JKN 5,4 juta jiwa.\nYang aktif 77 persen.", "Nusa Tenggara Timur"),
    # the lead names what a report is about
    (
        "Warga Kota Bima antusias mendaftar JKN.\nPejabat Kabupaten Sikka datang belajar.\nYang aktif 77 persen.",
        "Kota Bima",
    ),
]


@pytest.mark.parametrize(("text", "expected"), OFFICES)
def test_an_official_speaks_of_the_own_region(claims_of, text, expected):
    assert [(claim.raw, claim.region_name) for claim in claims_of(text)] == expected


@pytest.mark.parametrize(("text", "expected"), PASSAGES)
def test_a_passage_goes_on_over_the_end_of_a_paragraph(claims_of, text, expected):
    assert [(claim.raw, claim.region_name) for claim in claims_of(text)] == expected


@pytest.mark.parametrize(("text", "expected"), STANDING)
def test_words_that_stand_for_a_region_or_a_number(claims_of, text, expected):
    assert [(claim.raw, claim.region_name) for claim in claims_of(text)] == expected


@pytest.mark.parametrize(("text", "expected"), ARTICLES)
def test_what_the_article_is_about(claims_of, text, expected):
    assert claims_of(text)[-1].region_name == expected
