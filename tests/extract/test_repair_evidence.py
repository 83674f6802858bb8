"""The sentence and what the rest of it makes of its figures: what rates leave, complements, sums, parts and wholes.

A figure stays as `printed`, or a number is put in its place; of one in doubt the candidate is listed, if there is one.
"""

import pytest

from extract.models import Metric
from extract.regions.gazetteer import load_gazetteer
from extract.repair.decide import repair_claims

printed, in_doubt = "printed", "in doubt"

RESTS = [
    # what the rate of those registered leaves
    (
        "Penduduk Kota Bogor 1.126.461 jiwa, 92,67 persen terdaftar JKN. Yang belum terdaftar 812.597 jiwa.",
        [printed, printed, [82_597]],
    ),
    (
        "Penduduk Kota Bogor 1.126.461 jiwa, 92,67 persen terdaftar JKN. Yang belum terdaftar 82.597 jiwa.",
        [printed, printed, printed],
    ),
    # and what those registered leave besides: two witnesses
    (
        "Penduduk Kota Bogor 1.126.461 jiwa, 92,67 persen atau 1.043.864 jiwa peserta JKN. Yang belum terdaftar "
        "882.597 jiwa.",
        [printed, printed, printed, 82_597],
    ),
    # what the rate of those active leaves
    (
        "Peserta JKN Kabupaten Garut 2.662.054 jiwa, yang aktif 80,1 persen. Yang tidak aktif 2.529.749 jiwa.",
        [printed, printed, [529_749]],
    ),
    # what a percentage leaves to 100
    ("Cakupan JKN Kabupaten Landak 98,29 persen. Yang belum terdaftar 17,1 persen.", [printed, [1.71]]),
    ("Cakupan JKN Kabupaten Landak 98,29 persen. Yang belum terdaftar 171 persen.", [printed, 1.71]),
    ("Cakupan JKN Kabupaten Landak 9,829 persen. Yang belum terdaftar 1,71 persen.", [[98.29], printed]),
    ("Cakupan JKN Kabupaten Landak 98,29 persen. Yang belum terdaftar 2,31 persen.", [printed, printed]),
]

COMPLEMENTS = [
    (
        "Penduduk Kabupaten Landak 405.156 jiwa, peserta JKN 389.204 jiwa. Yang belum terdaftar 155.952 jiwa.",
        [printed, printed, [15_952]],
    ),
    # the region's population rules the printed one out, one witness is enough
    (
        "Penduduk Kabupaten Landak 405.156 jiwa, peserta JKN 389.204 jiwa. Yang belum terdaftar 1.559.552 jiwa.",
        [printed, printed, 15_952],
    ),
    (
        "Peserta JKN Kabupaten Landak 389.204 jiwa. Yang aktif 3.113.636 jiwa, yang tidak aktif 77.841 jiwa.",
        [printed, 311_363, printed],
    ),
    # a whole far from its two parts
    (
        "Penduduk Kabupaten Garut 2.738 jiwa, peserta JKN 2.662.054 jiwa, yang belum terdaftar 76.685 jiwa.",
        [[2_738_000], printed, printed],
    ),
    # a few thousand more or less are no slip
    (
        "Penduduk Kabupaten Landak 405.156 jiwa, peserta JKN 389.204 jiwa. Yang belum terdaftar 25.952 jiwa.",
        [printed, printed, printed],
    ),
]

SUMS = [
    # segments
    (
        "Peserta JKN Kabupaten Landak 3.889.204 jiwa: PBI APBN 206.121 jiwa, PPU 61.084 jiwa, PBPU 21.998 jiwa, dan "
        "PBPU Pemda 100.001 jiwa.",
        [389_204, printed, printed, printed, printed],
    ),
    (
        "Peserta JKN Kabupaten Landak 389.204 jiwa: PBI APBN 2.206.121 jiwa, PPU 61.084 jiwa, PBPU 21.998 jiwa, dan "
        "PBPU Pemda 100.001 jiwa.",
        [printed, 206_121, printed, printed, printed],
    ),
    (
        "Peserta JKN Kabupaten Landak 389.204 jiwa: PBI APBN 206.121 jiwa, PPU 61.084 jiwa, PBPU 219.985 jiwa, dan "
        "PBPU Pemda 100.001 jiwa.",
        [printed, printed, printed, [21_998], printed],
    ),
    # Members below their segments have lost their thousands.
    (
        "Peserta JKN Kabupaten Landak 389 jiwa: PBI APBN 206.121 jiwa, PPU 61.084 jiwa, PBPU 21.998 jiwa, dan PBPU "
        "Pemda 100.001 jiwa.",
        [[389_000], printed, printed, printed, printed],
    ),
    # A list that leaves some out says nothing against its whole, though a digit less would fit.
    (
        "Peserta JKN Kabupaten Landak 389.204 jiwa: PBI APBN 30.120 jiwa, PPU 6.001 jiwa, dan PBPU 2.803 jiwa.",
        [printed, printed, printed, printed],
    ),
    # regions
    (
        "Peserta JKN Kabupaten Sijunjung 2.241.115 jiwa, Kabupaten Dharmasraya 228.225 jiwa, dan Kabupaten Agam "
        "512.301 jiwa, totalnya 981.641 jiwa.",
        [241_115, printed, printed, printed],
    ),
    (
        "Peserta JKN Sumatera Barat 981.641 jiwa. Rinciannya, Kabupaten Sijunjung 2.241.115 jiwa, Kabupaten "
        "Dharmasraya 228.225 jiwa, dan Kabupaten Agam 512.301 jiwa.",
        [printed, 241_115, printed, printed],
    ),
    (
        "Peserta JKN Kabupaten Sijunjung 241.115 jiwa dan Kabupaten Dharmasraya 228.225 jiwa. Totalnya 4.669.340 jiwa.",
        [printed, printed, [469_340]],
    ),
    (
        "Peserta JKN Kabupaten Sijunjung 241.115 jiwa dan Kabupaten Dharmasraya 228.225 jiwa. Totalnya 469.340 jiwa.",
        [printed, printed, printed],
    ),
]

PARTS = [
    # Twice the members are inactive: more than a whole can hold.
    (
        "Peserta JKN Kabupaten Garut 266.205 jiwa. Yang tidak aktif 533.241 jiwa. Dari 53.241 peserta itu ada "
        "yang menunggak.",
        [printed, [53_241], printed],
    ),
    # within a fifth the two may be of different months
    (
        "Peserta JKN Kabupaten Garut 266.205 jiwa. Yang tidak aktif 300.241 jiwa. Dari 30.241 peserta itu ada "
        "yang menunggak.",
        [printed, printed, printed],
    ),
    # a percentage far from what the counts make
    (
        "Peserta JKN Kabupaten Landak 389.204 jiwa dari 405.156 penduduk. Cakupannya 9,61 persen.",
        [printed, printed, [96.1]],
    ),
    (
        "Peserta JKN Kabupaten Landak 389.204 jiwa dari 405.156 penduduk. Cakupannya 960,6 persen.",
        [printed, printed, 96.06],
    ),
]


@pytest.mark.parametrize(("text", "outcomes"), RESTS)
def test_what_a_rate_leaves(outcomes_of, text, outcomes):
    assert outcomes_of(text) == outcomes


@pytest.mark.parametrize(("text", "outcomes"), COMPLEMENTS)
def test_two_counts_make_a_third(outcomes_of, text, outcomes):
    assert outcomes_of(text) == outcomes


@pytest.mark.parametrize(("text", "outcomes"), SUMS)
def test_parts_add_up(outcomes_of, text, outcomes):
    assert outcomes_of(text) == outcomes


@pytest.mark.parametrize(("text", "outcomes"), PARTS)
def test_a_part_is_not_more_than_its_whole(outcomes_of, text, outcomes):
    assert outcomes_of(text) == outcomes


@pytest.mark.parametrize(("sentence", "suspect"), [(1, True), (2, False)])
def test_only_figures_of_the_sentences_around_it_put_one_in_doubt(make_claims, sentence, suspect):
    claims = make_claims(
        "32.71",
        ("1.126.461 jiwa", Metric.POPULATION, 0),
        ("92,67 persen", Metric.COVERAGE_RATE, 0),
        ("812.597 jiwa", Metric.UNCOVERED, sentence),
    )
    assert repair_claims(claims, load_gazetteer().get, 2024)[-1].suspect is suspect
