"""Parts against wholes, and sums of parts: verdict and both sentences."""

import pytest

from extract.models import Approx, Metric, Segment

LUWU_UTARA, PAYAKUMBUH, GORONTALO, AMBON = "73.22", "13.76", "75", "81.71"
OVER = {"approx": Approx.OVER}


def segment(raw, payer):
    return raw, Metric.SEGMENT_MEMBERS, {"segment": payer}


def members_of(raw, region, sentence=0):
    return raw, Metric.MEMBERS, {"region": region, "sentence": sentence}


FIVE = [
    segment("80.118", Segment.PBPU_PEMDA),
    segment("100.000", Segment.PPU),
    segment("40.000", Segment.PBPU),
    segment("5.000", Segment.BP),
]
REGIONS_OF_GORONTALO = [
    members_of("205.010", "75.71"),
    members_of("402.020", "75.01"),
    members_of("151.030", "75.02"),
    members_of("167.040", "75.03"),
    members_of("165.050", "75.04"),
    members_of("118.060", "75.05"),
]

CASES = {
    # check, what it shows: region, figures, verdict, the sentence in English and Indonesian
    "part_and_whole, as it should be": (
        AMBON,
        [("345.118 jiwa", Metric.MEMBERS), segment("120.000 jiwa", Segment.PBI_APBN)],
        "ok",
        "In Kota Ambon, 120,000 members paid for by the central government (PBI) do not exceed 345,118 members, "
        "as it should be.",
        "Di Kota Ambon, 120.000 peserta PBI dari pemerintah pusat memang tidak lebih dari 345.118 peserta.",
    ),
    "part_and_whole, a segment larger than all": (
        AMBON,
        [("345.118 jiwa", Metric.MEMBERS), segment("390.000 jiwa", Segment.PPU)],
        "suspect",
        "In Kota Ambon, 390,000 wage earners (PPU) are more than 345,118 members; a part cannot exceed its whole.",
        "Di Kota Ambon, 390.000 peserta pekerja penerima upah (PPU) melebihi 345.118 peserta, "
        "padahal bagian tidak mungkin lebih besar daripada keseluruhannya.",
    ),
    "part_and_whole, more members than inhabitants": (
        "64.07",
        [("181.764 jiwa", Metric.MEMBERS), ("173.001 jiwa", Metric.POPULATION)],
        "unknown",
        "In Kabupaten Kutai Barat, 181,764 members are more than 173,001 inhabitants; "
        "that happens where the population counted is older than the membership.",
        "Di Kabupaten Kutai Barat, 181.764 peserta melebihi 173.001 penduduk; "
        "ini bisa terjadi bila data penduduk yang dipakai lebih lama daripada data kepesertaan.",
    ),
    "active_within_registered, as it should be": (
        LUWU_UTARA,
        [("231.467 jiwa", Metric.ACTIVE_MEMBERS), ("244.956 jiwa", Metric.MEMBERS)],
        "ok",
        "In Kabupaten Luwu Utara, 231,467 active members do not exceed 244,956 members, as it should be.",
        "Di Kabupaten Luwu Utara, 231.467 peserta aktif memang tidak lebih dari 244.956 peserta.",
    ),
    "active_within_registered, more active than registered": (
        LUWU_UTARA,
        [("300.000 jiwa", Metric.ACTIVE_MEMBERS), ("244.956 jiwa", Metric.MEMBERS)],
        "suspect",
        "In Kabupaten Luwu Utara, 300,000 active members are more than 244,956 members, "
        "but only those registered can be active or inactive.",
        "Di Kabupaten Luwu Utara, 300.000 peserta aktif melebihi 244.956 peserta, "
        "padahal hanya yang sudah terdaftar yang bisa berstatus aktif atau nonaktif.",
    ),
    "active_within_registered, told in two sentences": (
        LUWU_UTARA,
        [("244.956 jiwa", Metric.MEMBERS), ("251.300 jiwa", Metric.ACTIVE_MEMBERS, 1)],
        "unknown",
        "In Kabupaten Luwu Utara, 251,300 active members are more than 244,956 members; "
        "the two figures may be of different times.",
        "Di Kabupaten Luwu Utara, 251.300 peserta aktif melebihi 244.956 peserta; "
        "kedua angka itu mungkin berasal dari waktu yang berbeda.",
    ),
    "sums, of segments": (
        PAYAKUMBUH,
        [
            ("148.282", Metric.MEMBERS),
            segment("88.984", Segment.PBPU_PEMDA),
            segment("5.586", Segment.BP),
            segment("53.712", Segment.PPU),
        ],
        "ok",
        "In Kota Payakumbuh, the 3 segments add up to 148,282 members.",
        "Di Kota Payakumbuh, jumlah 3 segmen itu 148.282 peserta.",
    ),
    "sums, of segments that exceed the members": (
        AMBON,
        [("345.118", Metric.MEMBERS), segment("130.000", Segment.PBI_APBN), *FIVE],
        "suspect",
        "In Kota Ambon, the 5 segments add up to 355,118, not to 345,118 members (a difference of 10,000).",
        "Di Kota Ambon, jumlah 5 segmen itu 355.118, bukan 345.118 peserta (selisih 10.000).",
    ),
    "sums, of all five segments, and short": (
        AMBON,
        [("345.118", Metric.MEMBERS), segment("110.000", Segment.PBI_APBN), *FIVE],
        "suspect",
        "In Kota Ambon, the 5 segments add up to 335,118, not to 345,118 members (a difference of 10,000).",
        "Di Kota Ambon, jumlah 5 segmen itu 335.118, bukan 345.118 peserta (selisih 10.000).",
    ),
    "sums, of a list that may leave segments out": (
        AMBON,
        [("345.118", Metric.MEMBERS), *FIVE],
        "unknown",
        "In Kota Ambon, the 4 segments add up to 225,118, 120,000 short of 345,118 members; "
        "the list may leave some out.",
        "Di Kota Ambon, jumlah 4 segmen itu 225.118, kurang 120.000 dari 345.118 peserta; "
        "daftar itu mungkin tidak lengkap.",
    ),
    "sums, of segments rounded so far that anything fits": (
        AMBON,
        [
            ("0,4 juta", Metric.MEMBERS),
            segment("0,1 juta", Segment.PBI_APBN),
            segment("0,1 juta", Segment.PPU),
            segment("0,3 juta", Segment.PBPU),
        ],
        "unknown",
        "In Kota Ambon, the 3 segments add up to 500,000; they are too rough to bear out or to contradict "
        "400,000 members.",
        "Di Kota Ambon, jumlah 3 segmen itu 500.000; angkanya terlalu kasar untuk membenarkan atau membantah "
        "400.000 peserta.",
    ),
    "sums, of shares": (
        AMBON,
        [
            ("60 persen", Metric.SEGMENT_RATE, {"segment": Segment.PBI_APBN}),
            ("30 persen", Metric.SEGMENT_RATE, {"segment": Segment.PPU}),
            ("15 persen", Metric.SEGMENT_RATE, {"segment": Segment.PBPU}),
        ],
        "suspect",
        "In Kota Ambon, the shares of the 3 segments add up to 105%, more than 100%.",
        "Di Kota Ambon, persentase 3 segmen itu berjumlah 105 persen, melebihi 100 persen.",
    ),
    "sums, of all regions of a province": (
        GORONTALO,
        [("1.208.210", Metric.MEMBERS), *REGIONS_OF_GORONTALO],
        "ok",
        "In Gorontalo, the figures of 6 regions add up to 1,208,210 members.",
        "Di Gorontalo, angka 6 daerah itu berjumlah 1.208.210 peserta.",
    ),
    "sums, of all regions of a province, and short": (
        GORONTALO,
        [("1.308.210", Metric.MEMBERS), *REGIONS_OF_GORONTALO],
        "suspect",
        "In Gorontalo, the figures of 6 regions add up to 1,208,210, not to 1,308,210 members "
        "(a difference of 100,000).",
        "Di Gorontalo, angka 6 daerah itu berjumlah 1.208.210, bukan 1.308.210 peserta (selisih 100.000).",
    ),
    "sums, of a list with its total": (
        None,
        [*REGIONS_OF_GORONTALO[:3], ("758.060", Metric.MEMBERS)],
        "ok",
        "The figures of 3 regions add up to 758,060 members.",
        "Angka 3 daerah itu berjumlah 758.060 peserta.",
    ),
    "sums, of a list with a total that is not theirs": (
        None,
        [*REGIONS_OF_GORONTALO[:3], ("770.060", Metric.MEMBERS, {"region": None})],
        "suspect",
        "The figures of 3 regions add up to 758,060, not to 770,060 members (a difference of 12,000).",
        "Angka 3 daerah itu berjumlah 758.060, bukan 770.060 peserta (selisih 12.000).",
    ),
}


@pytest.mark.parametrize(
    ("title", "region", "figures", "verdict", "english", "local"),
    [(title, *case) for title, case in CASES.items()],
    ids=CASES.keys(),
)
def test_what_a_check_says(make_claims, find_checks, title, region, figures, verdict, english, local):
    claims = make_claims(region, *figures)
    for language, sentence in (("en", english), ("id", local)):
        check = find_checks(claims, title.split(",")[0], language)[0]
        assert (check.verdict, check.message) == (verdict, sentence)


QUIET = {
    # figures, and the check that has nothing to say of them
    "of lebih dari 200 ribu peserta 230.000 may be active": (
        "active_within_registered",
        [("200 ribu", Metric.MEMBERS, OVER), ("230.000", Metric.ACTIVE_MEMBERS)],
    ),
    "a part five times its whole is of another area": (
        "part_and_whole",
        [("12.400", Metric.MEMBERS), segment("120.000", Segment.PPU)],
    ),
    "a part told twice, for nation and region": (
        "sums",
        [
            ("148.282", Metric.MEMBERS),
            segment("88.984", Segment.PBI_APBN),
            segment("96.800", Segment.PBI_APBN),
            segment("53.712", Segment.PPU),
        ],
    ),
    "some regions of a province": ("sums", [("1.208.210", Metric.MEMBERS), *REGIONS_OF_GORONTALO[:4]]),
    "a region with two values was told then and now": (
        "sums",
        [("1.208.210", Metric.MEMBERS), *REGIONS_OF_GORONTALO[:5], members_of("1", "75.05"), members_of("2", "75.05")],
    ),
    "shares in a region that covers more than its inhabitants": (
        "sums",
        [
            ("108 persen", Metric.COVERAGE_RATE),
            ("60 persen", Metric.SEGMENT_RATE, {"segment": Segment.PBI_APBN}),
            ("30 persen", Metric.SEGMENT_RATE, {"segment": Segment.PPU}),
            ("15 persen", Metric.SEGMENT_RATE, {"segment": Segment.PBPU}),
        ],
    ),
}


@pytest.mark.parametrize(("name", "figures"), QUIET.values(), ids=QUIET.keys())
def test_silent(make_claims, find_checks, name, figures):
    assert find_checks(make_claims(GORONTALO, *figures), name) == []
