"""Small articles, and the whole list of their claims: figure, metric, modality, region, days and person."""

import pytest

PUBLISHED = "2025-06-20"

ARTICLES = [
    # a press release: lead without a person, a quotation, the threshold, a wish
    (
        "MASAMBA – Cakupan kepesertaan Program JKN di Kabupaten Luwu Timur menyentuh 98,77 persen per 1 Juni 2025. "
        "Dari 318.204 penduduk, sebanyak 314.290 jiwa telah memiliki jaminan kesehatan.\n"
        "Bupati Luwu Timur, Ibrahim Latanro, bersyukur atas capaian itu. "
        "“Target kita 99,5 persen pada akhir tahun,” kata Ibrahim.\n"
        "Sebagai informasi, syarat UHC adalah minimal 98 persen penduduk terdaftar.",
        [
            ("98,77 persen", "coverage_rate", "reported", "Kabupaten Luwu Timur", "2025-06-01", None),
            ("318.204 penduduk", "population", "reported", "Kabupaten Luwu Timur", "2025-06-01", None),
            ("314.290 jiwa", "members", "reported", "Kabupaten Luwu Timur", "2025-06-01", None),
            (
                "99,5 persen",
                "coverage_rate",
                "target",
                "Kabupaten Luwu Timur",
                "2025-10-01..2025-12-31",
                "Ibrahim Latanro",
            ),
            ("98 persen", "coverage_rate", "requirement", "Indonesia", None, None),
        ],
    ),
    # an official speaks throughout, with coverage and activity set against each other
    (
        "Kepala BPJS Kesehatan Cabang Polewali, Andi Nurdiana, mengatakan peserta JKN di Kabupaten Mamuju "
        "sudah 301.220 jiwa atau 97,4 persen. Namun, yang aktif baru 228.114 jiwa.\n"
        "“Artinya keaktifan kita masih 75,73 persen, sedangkan pusat meminta minimal 80 persen,” ujarnya.",
        [
            ("301.220 jiwa", "members", "reported", "Kabupaten Mamuju", None, "Andi Nurdiana"),
            ("97,4 persen", "coverage_rate", "reported", "Kabupaten Mamuju", None, "Andi Nurdiana"),
            ("228.114 jiwa", "active_members", "reported", "Kabupaten Mamuju", None, "Andi Nurdiana"),
            ("75,73 persen", "active_rate", "reported", "Kabupaten Mamuju", None, "Andi Nurdiana"),
            ("80 persen", "active_rate", "requirement", "Indonesia", None, "Andi Nurdiana"),
        ],
    ),
    # a province and its parts; the reporter tells the rest
    (
        "Sebanyak 11 dari 13 kabupaten/kota di Gorontalo dan Sulawesi Utara ikut rapat JKN.\n"
        "Di Provinsi Gorontalo, kepesertaan tercatat 99,6 persen. Tertinggi Kota Gorontalo dengan 104,2 persen, "
        "terendah Kabupaten Pohuwato 95,9 persen.",
        [
            ("99,6 persen", "coverage_rate", "reported", "Gorontalo", None, None),
            ("104,2 persen", "coverage_rate", "reported", "Kota Gorontalo", None, None),
            ("95,9 persen", "coverage_rate", "reported", "Kabupaten Pohuwato", None, None),
        ],
    ),
    # what is still missing
    # money and what it buys
    # the year before and now
    # rates over 100 with the reason
    (
        "Kepesertaan JKN di Kota Batam mencapai 101,7 persen, kata Kepala BPJS Kesehatan Cabang Batam "
        "Harry Nurdiansyah. Angkanya lebih dari 100 persen karena banyak pekerja pendatang.",
        [
            ("101,7 persen", "coverage_rate", "reported", "Kota Batam", None, "Harry Nurdiansyah"),
            ("100 persen", "coverage_rate", "reported", "Kota Batam", None, "Harry Nurdiansyah"),
        ],
    ),
    # deactivated members
    # two people in turn
    (
        "Kepala Dinas Kesehatan Takalar, Rosdiana, mengungkapkan 97,9 persen warganya sudah terlindungi JKN.\n"
        "Sementara itu, Kepala BPJS Kesehatan Cabang Makassar, Doni Pratama, mengapresiasi kerja pemda. "
        "Menurut Doni, peserta aktif di Takalar 231.004 jiwa.",
        [
            ("97,9 persen", "coverage_rate", "reported", "Kabupaten Takalar", None, "Rosdiana"),
            ("231.004 jiwa", "active_members", "reported", "Kabupaten Takalar", None, "Doni Pratama"),
        ],
    ),
    # segments in lines, under what an official announces
    (
        "Kepala BPJS Kesehatan Cabang Bau-Bau, Wahidin Kaimuddin, merinci peserta JKN Kabupaten Buton Selatan "
        "per 1 Juni 2025 sebagai berikut:\n"
        "PBI APBN: 51.220 jiwa\n"
        "PBI APBD: 20.118 jiwa\n"
        "PPU: 9.004 jiwa",
        [
            (
                "51.220 jiwa",
                "segment_members",
                "reported",
                "Kabupaten Buton Selatan",
                "2025-06-01",
                "Wahidin Kaimuddin",
            ),
            (
                "20.118 jiwa",
                "segment_members",
                "reported",
                "Kabupaten Buton Selatan",
                "2025-06-01",
                "Wahidin Kaimuddin",
            ),
            (
                "9.004 jiwa",
                "segment_members",
                "reported",
                "Kabupaten Buton Selatan",
                "2025-06-01",
                "Wahidin Kaimuddin",
            ),
        ],
    ),
    # the page's furniture says nothing
    (
        "Baca juga: Cakupan JKN Kota Palopo Tembus 99 Persen\n"
        "Kepesertaan JKN di Kabupaten Luwu 98,3 persen.\n"
        "Editor: Cakupan 77 persen\n"
        "Copyright © 2025 Kabar Luwu, 12.000 pembaca",
        [("98,3 persen", "coverage_rate", "reported", "Kabupaten Luwu", None, None)],
    ),
    # a headline above the text tells the same fact again
    (
        "Kepesertaan JKN Enrekang Capai 98,5 Persen\nKabupaten Enrekang kini mencatat kepesertaan JKN 98,5 persen.",
        [
            ("98,5 Persen", "coverage_rate", "reported", "Kabupaten Enrekang", None, None),
            ("98,5 persen", "coverage_rate", "reported", "Kabupaten Enrekang", PUBLISHED, None),
        ],
    ),
    # a gap and how it will be closed
    # the nation beside a region
    (
        "Secara nasional, peserta JKN mencapai 280,2 juta jiwa atau 98,5 persen penduduk Indonesia. "
        "Adapun di Kota Palopo, kepesertaan sudah 100,3 persen.",
        [
            ("280,2 juta jiwa", "members", "reported", "Indonesia", None, None),
            ("98,5 persen", "coverage_rate", "reported", "Indonesia", None, None),
            ("100,3 persen", "coverage_rate", "reported", "Kota Palopo", None, None),
        ],
    ),
    # the reporter's paragraph between two quotations of one person
    # what is added this year, and by whom it is paid
    (
        "Pemkot Parepare menambah 3.400 peserta PBPU Pemda. Dengan tambahan itu, warga yang iurannya "
        "ditanggung pemkot menjadi 48.900 jiwa.",
        [
            (
                "3.400 peserta",
                "segment_members",
                "change",
                "Kota Parepare",
                None,
                None,
            ),
            (
                "48.900 jiwa",
                "segment_members",
                "reported",
                "Kota Parepare",
                None,
                None,
            ),
        ],
    ),
    # a spoken style with the figures far from their words
    (
        "Data BPJS Kesehatan Cabang Parepare menyebutkan, peserta JKN Kabupaten Barru per Mei 2025 sebanyak 187.220 "
        "jiwa. Perinciannya: PBI JK 96.110 jiwa, PBPU Pemda 41.005 jiwa, PPU 27.300 jiwa, dan PBPU 22.805 jiwa.",
        [
            ("187.220 jiwa", "members", "reported", "Kabupaten Barru", "2025-05-01..2025-05-31", None),
            ("96.110 jiwa", "segment_members", "reported", "Kabupaten Barru", "2025-05-01..2025-05-31", None),
            ("41.005 jiwa", "segment_members", "reported", "Kabupaten Barru", "2025-05-01..2025-05-31", None),
            ("27.300 jiwa", "segment_members", "reported", "Kabupaten Barru", "2025-05-01..2025-05-31", None),
            ("22.805 jiwa", "segment_members", "reported", "Kabupaten Barru", "2025-05-01..2025-05-31", None),
        ],
    ),
    (
        "Wakil Wali Kota Palu, Imelda Lestari, menyebut cakupan JKN Kota Palu 100,5 persen. Meski begitu, katanya, "
        "peserta yang aktif baru 79,4 persen sehingga 20,6 persen lainnya tidak bisa dilayani.",
        [
            ("100,5 persen", "coverage_rate", "reported", "Kota Palu", None, "Imelda Lestari"),
            ("79,4 persen", "active_rate", "reported", "Kota Palu", None, "Imelda Lestari"),
            ("20,6 persen", "inactive_rate", "reported", "Kota Palu", None, "Imelda Lestari"),
        ],
    ),
    (
        "“Kesadaran warga makin tinggi,” kata Bupati Sidenreng Rappang, Syafruddin Alwi.\n"
        "Data BPJS Kesehatan menunjukkan 98,8 persen warga kabupaten itu telah terdaftar JKN.\n"
        "“Kami akan jaga terus,” kata Syafruddin.",
        [("98,8 persen", "coverage_rate", "reported", "Kabupaten Sidenreng Rappang", None, None)],
    ),
    (
        "Cakupan JKN Kabupaten Tojo Una-Una terus membaik. Jika pada 2023 baru 91,3 persen, pada 2024 sudah "
        "96,8 persen, dan kini 98,2 persen.",
        [
            (
                "91,3 persen",
                "coverage_rate",
                "reported",
                "Kabupaten Tojo Una Una",
                "2023-01-01..2023-12-31",
                None,
            ),
            (
                "96,8 persen",
                "coverage_rate",
                "reported",
                "Kabupaten Tojo Una Una",
                "2024-01-01..2024-12-31",
                None,
            ),
            ("98,2 persen", "coverage_rate", "reported", "Kabupaten Tojo Una Una", PUBLISHED, None),
        ],
    ),
    (
        "Wali Kota Tidore Kepulauan, Muhammad Ridwan Tomagola, menyebut masih ada 2.310 warganya yang belum "
        "terdaftar JKN. Jumlah itu setara 1,9 persen dari 121.004 jiwa penduduk.\n"
        "Ia menargetkan semuanya tuntas sebelum Desember 2025.",
        [
            ("2.310 warganya", "uncovered", "reported", "Kota Tidore Kepulauan", None, "Muhammad Ridwan Tomagola"),
            ("1,9 persen", "uncovered_rate", "reported", "Kota Tidore Kepulauan", None, "Muhammad Ridwan Tomagola"),
            ("121.004 jiwa", "population", "reported", "Kota Tidore Kepulauan", None, "Muhammad Ridwan Tomagola"),
        ],
    ),
]

SILENT = [
    "",
    " \n\t\n ",
    "Warga antre di kantor kecamatan sejak pagi.",
    "Pemerintah akan terus memperluas kepesertaan JKN di Kabupaten Wajo.",
    "Baca juga: 98 persen warga Wajo terdaftar JKN",
    "Bupati Wajo, Amran Halim, lahir pada 12 Mei 1970 dan dilantik Kamis (20/2/2025).",
    "Antrean di RSUD mencapai 120 pasien setiap hari.",
    "Dalam Perpres Nomor 82 Tahun 2018 kepesertaan JKN bersifat wajib.",
]


@pytest.mark.parametrize(("text", "expected"), ARTICLES)
def test_articles(claims_of, days_of, text, expected):
    got = [
        (
            claim.raw,
            claim.metric,
            claim.modality,
            claim.region_name,
            days_of(claim),
            claim.speaker and claim.speaker.name,
        )
        for claim in claims_of(text, PUBLISHED)
    ]
    assert got == expected


@pytest.mark.parametrize("text", SILENT)
def test_texts_without_claims(claims_of, text):
    got = [(claim.raw, claim.metric) for claim in claims_of(text, PUBLISHED)]
    assert got == []


def test_every_claim_says_why(claims_of):
    (claim,) = claims_of(
        "Sekitar 98 persen warga Kabupaten Wajo terdaftar JKN per 1 Juni 2025, kata Bupati Amran Halim."
    )
    reasons = {reason.field: (reason.rule, reason.cue) for reason in claim.reasons}
    assert set(reasons) == {"metric", "modality", "approx", "region", "as_of", "speaker"}
    assert reasons["metric"] == ("metric.covered", "terdaftar")
    assert reasons["approx"] == ("approx.about", "Sekitar")
    assert reasons["region"] == ("region.behind", "Kabupaten Wajo")
    assert reasons["as_of"] == ("as_of.explicit", "1 Juni 2025")
    assert reasons["speaker"] == ("speaker.verb", "kata")
