"""Which of several figures is blamed, which of several readings chosen, and where neither is: the sentence and outcome.

A figure stays as `printed`, or a number is put in its place; of one in doubt the candidates are given.
"""

import pytest

printed = "printed"

CHOSEN = [
    # A digit typed twice is likelier than any digit too many, where an exact rate admits both: 387.654 and 387.644.
    (
        "Peserta JKN Kabupaten Landak 3.876.544 jiwa dari 405.156 penduduk atau 95,68 persen.",
        [387_654, printed, printed],
    ),
    # also where the rarer one is the larger: a relative interval is a hair narrower there
    (
        "Peserta JKN Kabupaten Landak 3.892.011 jiwa dari 405.156 penduduk atau 96,06 persen.",
        [389_201, printed, printed],
    ),
    # a total in the next sentence names no region
    (
        "Peserta JKN Kabupaten Sijunjung 2.241.115 jiwa, Kabupaten Dharmasraya 228.225 jiwa, dan Kabupaten Agam "
        "512.301 jiwa. Totalnya 981.641 jiwa.",
        [241_115, printed, printed, printed],
    ),
    # of two readings as likely none is chosen
    (
        "Peserta JKN Kabupaten Landak 3.892.004 jiwa dari 405.156 penduduk atau 96,06 persen.",
        [{389_204, 389_200, 382_004, 389_004, 392_004}, printed, printed],
    ),
    # nor where the rate is too rough to be exact
    (
        "Peserta JKN Kabupaten Landak 3.876.544 jiwa dari 405.156 penduduk atau 96 persen.",
        [{387_654, 387_644, 387_544, 386_544, 376_544}, printed, printed],
    ),
    # Two slips at once are too much to suppose of a number that could stand: 22.685 would fit.
    (
        "Penduduk Kabupaten Garut 2.738.739 jiwa, 2.716.054 jiwa atau 99,17 persen peserta JKN. Yang belum terdaftar "
        "2.226.685 jiwa.",
        [printed, printed, printed, printed],
    ),
]

BLAMED = [
    # The people named beside the figure are of that region, not of one around it.
    ("Sekitar 121 juta warga Lebak belum terdaftar JKN.", [{1_000_000, 1_100_000, 1_200_000, 12_100, 121_000}]),
    # Last year's rate is no second mention of this year's, nor a rough number one of an exact.
    ("Cakupan JKN Kota Bontang 99,67 persen. Tahun lalu 989 persen.", [printed, {99}]),
    # One misprinted percentage is no two witnesses against a sound count.
    (
        "Peserta JKN Kabupaten Landak 389.204 jiwa dari 405.156 penduduk atau 9,606 persen.",
        [printed, printed, {96.06}],
    ),
    # A part a thousand times its whole: the whole has lost its thousands, wherever the rate stands.
    (
        "Penduduk Papua Barat 1.278 jiwa. Peserta JKN 1.202.000 jiwa atau 94 persen.",
        [{1_278_000}, printed, printed],
    ),
    # Small numbers beside the whole that is told already count something else.
    (
        "Jumlah peserta JKN Kota Bogor 986.780 peserta atau 87,6 persen. Sosialisasi menjaring 1.000 peserta.",
        [printed, printed, printed],
    ),
    (
        "Cakupan JKN Kota Bogor 87,6 persen dari 1.126.461 penduduk atau 986.780 peserta, 1.210 peserta di antaranya "
        "baru.",
        [printed, printed, printed, printed],
    ),
    # The thousands are lost more easily than a group is typed twice: 1.202.000 is sound.
    (
        "Kepesertaan JKN Papua Barat 94 persen, yakni 1.202.000 jiwa dari 1.278 penduduk.",
        [printed, printed, {1_278_000}],
    ),
    # Where the slips are as likely, what fits the region's size is sound.
    (
        "Peserta JKN Kabupaten Garut 2.662.054 jiwa, yang aktif 2.132.305 jiwa. Yang tidak aktif 2.529.749 jiwa.",
        [printed, printed, {529_749}],
    ),
    (
        "Peserta JKN Kapuas Hulu 266.241 jiwa atau 9,612 persen.",
        [printed, {96.12}],
    ),
]

TWICE = [
    (
        "Peserta JKN Kabupaten Garut 2.663 jiwa atau 97,2 persen. Sebanyak 2.663 jiwa peserta JKN itu berterima kasih.",
        [{2_663_000}, printed, printed],
    ),
    # the same misprint twice bears nothing out
    ("Penduduk Kabupaten Garut 2.738 jiwa, jumlah penduduk 2.738 jiwa.", [{2_738_000}, {2_738_000}]),
]


@pytest.mark.parametrize(("text", "expected"), CHOSEN)
def test_the_reading_that_explains_more_is_chosen_if_there_is_one(candidates_of, text, expected):
    assert candidates_of(text) == expected


@pytest.mark.parametrize(("text", "expected"), BLAMED)
def test_one_slip_explains_all_and_the_likeliest_is_blamed(candidates_of, text, expected):
    """In a year before Papua Barat was divided."""
    assert candidates_of(text, "2018-06-10") == expected


@pytest.mark.parametrize(("text", "expected"), TWICE)
def test_a_misprint_is_no_witness_for_itself(candidates_of, text, expected):
    assert candidates_of(text) == expected
