"""The sentence and what is made of its figures: too low for the region, of a wider area, with thousands told twice.

A figure stays as `printed`, or a number is put in its place; of one in doubt the candidate is listed, if there is one.
"""

import pytest

printed, in_doubt = "printed", "in doubt"


LOW = [
    # people at a meeting, in a programme, or new: however large the region is
    ("Sosialisasi JKN di Kabupaten Sleman menjaring 1.100 peserta.", [printed]),
    ("Kabupaten Jember mencatat 2.500 peserta Prolanis. Cakupan JKN Kabupaten Jember 87,3 persen.", [printed, printed]),
    ("Cakupan JKN Kabupaten Sleman 98,2 persen. Jalan sehat di lapangan menjaring 1.100 peserta.", [printed, printed]),
    (
        "Peserta JKN Kota Bogor 986.780 jiwa atau 87,6 persen. Sosialisasi pagi itu menjaring 1.100 peserta.",
        [printed, printed, printed],
    ),
    (
        "Pagi itu petugas mendapat 1.100 peserta. Dari 1.126.461 penduduk Kota Bogor, 87,6 persen terdaftar JKN.",
        [printed, printed, printed],
    ),
    # beside the figure that the percentage is of
    (
        "Peserta JKN Kabupaten Garut 2.685.000 jiwa. Yang aktif 80,1 persen atau 2.150.685 jiwa, dan 1.912 jiwa "
        "kembali aktif.",
        [printed, printed, printed, printed],
    ),
    (
        "Cakupan JKN Kota Bogor 87,6 persen atau 986.780 peserta, 1.210 peserta di antaranya baru.",
        [printed, printed, printed],
    ),
    # beside its own percentage it is in doubt, but the region's size alone does not lift it
    ("Peserta JKN Kabupaten Garut 2.663 jiwa atau 97,2 persen.", [[2_663_000], printed]),
    ("Penduduk Kabupaten Garut 2.738 jiwa.", [[2_738_000]]),
    ("Peserta JKN Kabupaten Garut 2.663 jiwa dari 2.738.739 penduduk.", [[2_663_000], printed]),
    # one more witness
    (
        "Peserta JKN Kabupaten Garut 2.663 jiwa atau 97,2 persen dari 2.738.739 penduduk.",
        [[2_663_000], printed, printed],
    ),
    # and one more
    (
        "Peserta JKN Kabupaten Garut 2.663 jiwa atau 97,2 persen dari 2.738.739 penduduk. Belum terdaftar 75.739 jiwa.",
        [2_663_000, printed, printed, printed],
    ),
    (
        "Penduduk Kabupaten Garut 2.738.000 jiwa. Dari 2.738 penduduk itu 2.661.000 jiwa atau 97,2 persen peserta JKN.",
        [printed, 2_738_000, printed, printed],
    ),
    # a village has its neighbours' size, not the kabupaten's
    ("Peserta JKN di Kabupaten Garut 1.508 jiwa atau 98,4 persen. Yang aktif 1.332 jiwa.", [printed, printed, printed]),
]

BEFORE_THE_SPLIT = [
    # Papua Barat has been divided since: its population is known from the article alone.
    (
        "Kepesertaan JKN Papua Barat 94 persen, yakni 1.202.000 jiwa dari 1.278 penduduk.",
        [printed, printed, [1_278_000]],
    ),
    (
        "Penduduk Papua Barat 12.278.000 jiwa, peserta JKN 1.202.000 jiwa, yang belum terdaftar 76.000 jiwa.",
        [[1_278_000], printed, printed],
    ),
    ("Peserta JKN Papua Barat 1.278.000 jiwa. Sebanyak 1.278 peserta itu dari 13 daerah.", [printed, [1_278_000]]),
    ("Peserta JKN Papua Barat 1.278.000 jiwa. Sebanyak 1.305 peserta baru.", [printed, printed]),
]

WIDER = [
    # the members of Sumatera Utara, said in its capital
    (
        "Peserta JKN baru 11.394.351 jiwa dari 15.354.850 penduduk atau 74,2 persen, kata Kepala Dinas di Kota Medan.",
        [printed, printed, printed],
    ),
    # juta is not typed by mistake
    ("Warga Kota Ambon diajak ikut, sebab peserta JKN baru 11,3 juta jiwa.", [printed]),
    # of Indonesia
    (
        "Peserta JKN 271.342.110 jiwa dari 284.973.643 penduduk atau 95,2 persen, kata menteri di Kota Medan.",
        [printed, printed, printed],
    ),
    # of two or three kabupaten
    ("Peserta JKN sudah 1.312.351 jiwa, kata Kepala BPJS Kesehatan di Kabupaten Landak.", [printed]),
    # Without its share and its whole nothing bears out what a digit too many would explain.
    (
        "Warga Kota Medan diajak ikut, sebab peserta JKN baru 11.394.351 jiwa.",
        [in_doubt],
    ),
    # no part, and no region, is so large
    (
        "Peserta JKN 38.394.351 jiwa dari 51.744.408 penduduk atau 74,2 persen, kata bupati di Kabupaten Landak.",
        [in_doubt, in_doubt, printed],
    ),
]

SCALE_TWICE = [
    ("Peserta JKN Kota Pontianak 612.110 ribu jiwa.", [612_110]),
    ("Peserta JKN Kota Pontianak 212.110 ribu jiwa, tahun lalu 203.687 ribu jiwa.", [212_110, 203_687]),
    ("Penduduk Kota Pontianak 679.818 jiwa. Sebanyak 5.075 ribu jiwa belum terdaftar JKN.", [printed, 5_075]),
    (
        "Peserta JKN Kota Singkawang 212.110 ribu jiwa dari 239.687 ribu penduduk atau 88,5 persen.",
        [212_110, 239_687, printed],
    ),
    ("Peserta JKN Kalimantan Barat 5.190.203 ribu jiwa.", [5_190_203]),
    # thousands that are meant as such
    ("Peserta JKN secara nasional 212.110 ribu jiwa dari 278.000.000 penduduk.", [printed, printed]),
    ("Peserta JKN Jawa Timur 39.110 ribu jiwa.", [printed]),
    ("Peserta JKN Kota Pontianak 612 ribu jiwa.", [printed]),
]


@pytest.mark.parametrize(("text", "outcomes"), LOW)
def test_low_figures_are_doubted_only_beside_their_percentage(outcomes_of, text, outcomes):
    assert outcomes_of(text) == outcomes


@pytest.mark.parametrize(("text", "outcomes"), BEFORE_THE_SPLIT)
def test_a_figure_is_held_against_its_article_alone_where_no_population_is_known(outcomes_of, text, outcomes):
    assert outcomes_of(text, "2018-06-10") == outcomes


@pytest.mark.parametrize(("text", "outcomes"), WIDER)
def test_figures_of_a_wider_area_stay_as_printed(outcomes_of, text, outcomes):
    assert outcomes_of(text) == outcomes


@pytest.mark.parametrize(("text", "outcomes"), SCALE_TWICE)
def test_thousands_told_twice_are_told_once(outcomes_of, text, outcomes):
    assert outcomes_of(text) == outcomes
