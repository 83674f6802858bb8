"""The sentence and the numbers in it: what blanks, marks and letters tore apart is one, what only looks so is not."""

import pytest

from extract.figures.scan import iter_numbers

TORN = [
    # a blank beside the dot, or for it, before people or a scale
    ("Pesertanya 812. 406 jiwa.", ["812. 406"]),
    ("Pesertanya 812 .406 ribu.", ["812 .406 ribu"]),
    ("Penduduk 1. 204. 881 orang.", ["1. 204. 881"]),
    ("Pendaftar 8O7. 11O warga.", ["8O7. 11O"]),
    # the groups run together behind it
    ("Pendaftar 2. 37885 peserta.", ["2. 37885"]),
    ("Pendaftar 12 .4188 peserta.", ["12 .4188"]),
    # no sentence opens with a number in digits, nor with a zero
    ("Pesertanya 1. 122.008 menurut dinas.", ["1. 122.008"]),
    ("Segmen mandiri 418. 027, sisanya dibayar kantor.", ["418. 027"]),
    ("Segmen mandiri 1.418. 027, sisanya dibayar kantor.", ["1.418. 027"]),
    # a dot forgotten
    ("Totalnya 1.690 347 menurut dinas.", ["1.690 347"]),
    ("Totalnya 1 690 347 jiwa.", ["1 690 347"]),
    ("Totalnya 690 347 penduduk.", ["690 347"]),
    ("Totalnya 2 690.347 warga.", ["2 690.347"]),
    # the English comma
    ("Totalnya 168, 412 jiwa.", ["168, 412"]),
    ("Totalnya 2,168, 412 jiwa.", ["2,168, 412"]),
    ("Totalnya 2, 168,412 jiwa.", ["2, 168,412"]),
    # percentages
    ("Cakupannya naik 9, 75 persen.", ["9, 75"]),
    ("Cakupannya 104, 00%.", ["104, 00"]),
    ("Cakupannya 96, 5 persen.", ["96, 5"]),
    ("Sisanya 0, 8 persen.", ["0, 8"]),
    ("Cakupannya 96 ,18 persen.", ["96 ,18"]),
    ("Cakupannya 96 .18 persen.", ["96 .18"]),
    ("Cakupannya naik 3, ,41 persen.", ["3, ,41"]),
    ("Cakupannya 96, 18,18 persen.", ["96, 18,18"]),
    ("Cakupannya 96.1 8 persen.", ["96.1 8"]),
    ("Cakupannya 96 18 persen.", ["96 18"]),
    ("Cakupannya 96. 18 persen.", ["96. 18"]),
    ("Sisanya 6. 79 persen.", ["6. 79"]),
    ("Cakupannya 77. 8 persen.", ["77. 8"]),
    ("Sisanya l,5 persen.", ["l,5"]),
    ("Cakupannya 9O,4 persen.", ["9O,4"]),
    ("Cakupannya l00%.", ["l00"]),
    ("Pada 2023, 96, 18 persen terdaftar.", ["2023", "96, 18"]),
    # millions
    ("Pesertanya 6, 4 juta jiwa.", ["6, 4 juta"]),
    # as it was spoken
    ("Pesertanya 2 koma 4 juta.", ["2 koma 4 juta"]),
    ("Cakupannya 96 koma 18 persen.", ["96 koma 18"]),
    ("Pesertanya 300 27 ribu.", ["300 27 ribu"]),
    # letters for digits
    ("Warga l47.000 dan 52O.000 terdata.", ["l47.000", "52O.000"]),
]

APART = [
    # the end of a sentence, before a number that is whole
    ("Segmen mandiri 418. 127 lainnya dibayar kantor.", ["418", "127"]),
    ("Ada 12 kecamatan. 98 persen warganya ikut.", ["12", "98"]),
    # groups of two or four are no thousands
    ("Totalnya 1.690 34 menurut dinas.", ["1.690", "34"]),
    ("Totalnya 1.690 3471 menurut dinas.", ["1.690", "3471"]),
    # no word for people behind it
    ("Totalnya 1 690 347 menurut dinas.", ["1", "690", "347"]),
    ("Totalnya 2 690.347 menurut dinas.", ["2", "690.347"]),
    ("Totalnya 168, 412 menurut dinas.", ["168", "412"]),
    ("Ruang 2. 37885 terpakai.", ["2", "37885"]),
    ("Pesertanya 6, 4 juta.", ["6", "4 juta"]),
    # no word for a share behind it
    ("Hadir 96 18 jiwa.", ["96", "18"]),
    ("Hadir 96, 18 jiwa.", ["96", "18"]),
    ("Hadir 96.1 8 jiwa.", ["96.1", "8"]),
    ("Nilainya 96 koma 18 saja.", ["96", "18"]),
    # two of a list want a joining word
    ("Naik 8, 9 persen.", ["8, 9"]),
    ("Naik 7, 8, dan 9 persen.", ["7", "8", "9"]),
    ("Naik 6, 7, 8, 9 persen.", ["6", "7", "8", "9"]),
    # hundreds spoken part by part are round
    ("Pesertanya 350 27 ribu.", ["350", "27 ribu"]),
    # lists
    ("Cakupannya 60, 75, 85 persen.", ["60", "75", "85"]),
    ("Cakupannya 60,5, 75, 85 persen.", ["60,5", "75", "85"]),
    ("Pesertanya 310, 412, 508 jiwa.", ["310", "412", "508"]),
    ("Peserta per daerah:\n1. 122.008 jiwa di Ambon\n2. 406.068 jiwa di Bogor", ["1", "122.008", "2", "406.068"]),
    # labels
    ("Untuk peserta kelas 1, 25 persen dibantu.", ["1", "25"]),
    ("Untuk peserta kelas 3. 95 persen dibantu.", ["3", "95"]),
    ("Pada triwulan 2, 90 persen terdaftar.", ["2", "90"]),
    ("Menurut pasal 21. 406 jiwa didaftarkan.", ["21", "406"]),
    ("Di RT 3, 850 jiwa terdata.", ["3", "850"]),
    # a year is no first group
    ("Pada 2022, 95 persen terdaftar.", ["2022", "95"]),
    ("Pada 2022 95 persen terdaftar.", ["2022", "95"]),
    ("Sejak 2022. 406 jiwa terdaftar.", ["2022", "406"]),
    ("Sejak 2022 406 jiwa terdaftar.", ["2022", "406"]),
]


@pytest.mark.parametrize(("text", "numbers"), TORN)
def test_a_number_torn_apart_is_one(text, numbers):
    assert [text[number.start : number.end] for number in iter_numbers(text)] == numbers


@pytest.mark.parametrize(("text", "numbers"), APART)
def test_numbers_that_only_stand_side_by_side_stay_apart(text, numbers):
    assert [text[number.start : number.end] for number in iter_numbers(text)] == numbers
