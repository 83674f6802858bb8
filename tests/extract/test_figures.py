"""Printed form -> what is read: value, strict reading of the print, size of the last place, slips undone."""

import random

import pytest
from num2words import num2words

from extract.figures.read import parse_figure
from extract.figures.scan import iter_numbers
from extract.figures.words import parse_number_words
from extract.models import Approx, Unit

PERCENTS = [
    # printed form, value, strict reading, precision, slips
    ("98,29%", 98.29, 98.29, 0.01, ()),
    ("95 persen", 95, 95, 1, ()),
    ("83persen", 83, 83, 1, ()),
    ("100 persen", 100, 100, 1, ()),
    ("67,90 %", 67.9, 67.9, 0.01, ()),
    ("98.29 persen", 98.29, None, 0.01, ("separators",)),
    ("98.615 persen", 98.615, 98615, 0.001, ("separators",)),
    ("101, 00%", 101, None, 0.01, ("space",)),
    ("98 ,29 %", 98.29, None, 0.01, ("space",)),
    ("98,29,29%", 98.29, None, 0.01, ("comma_doubled",)),
    ("98,,29%", 98.29, None, 0.01, ("comma_doubled",)),
    ("9829 persen", 98.29, 9829, 0.01, ("comma_lost",)),
    ("10078 persen", 100.78, 10078, 0.01, ("comma_lost",)),
    ("84,06 penduduk", 84.06, None, 0.01, ("unit_lost",)),
    ("00,87 persen", 0.87, None, 0.01, ("zero_in_front",)),
    ("1.000 persen", 1000, 1000, 1, ()),
    ("seratus persen", 100, 100, 1, ()),
    ("98 koma 29 persen", 98.29, 98.29, 0.01, ()),
    ("sembilan puluh delapan koma dua sembilan persen", 98.29, 98.29, 0.01, ()),
]

PEOPLE = [
    ("244.956 jiwa", 244956, 244956, 1, ()),
    ("6821 jiwa", 6821, 6821, 1, ()),
    ("129.000 jiwa", 129000, 129000, 1000, ()),
    ("1.140.000", 1140000, 1140000, 1000, ()),
    ("2,1 juta jiwa", 2100000, 2100000, 100000, ()),
    ("622ribu penduduknya", 622000, 622000, 1000, ()),
    ("1juta warga", 1000000, 1000000, 1000000, ()),
    ("805 ribuan jiwa", 805000, 805000, 1000, ()),
    ("5 jutaan", 5000000, 5000000, 1000000, ()),
    ("2,1 juta lebih", 2100000, 2100000, 100000, ()),
    ("2 juta 163 ribu 388 jiwa", 2163388, 2163388, 1, ()),
    ("dua juta", 2000000, 2000000, 1000000, ()),
    ("setengah juta jiwa", 500000, 500000, 500000, ()),
    ("seratus dua puluh enam ribu", 126000, 126000, 1000, ()),
    ("148,948 jiwa", 148948, 148.948, 1, ("separators",)),
    ("1,425,764", 1425764, None, 1, ("separators",)),
    ("209.1 juta jiwa", 209100000, None, 100000, ("separators",)),
    ("1.425 juta", 1425000, 1425000000, 1000, ("separators",)),
    ("789. 506 jiwa", 789506, None, 1, ("space",)),
    ("1.708 552", 1708552, None, 1, ("space",)),
    ("1 708 552 jiwa", 1708552, None, 1, ("space",)),
    ("159.8 73 jiwa", 159873, None, 1, ("space",)),
    ("147.67 5 jiwa", 147675, None, 1, ("space",)),
    ("1.2 45.310 jiwa", 1245310, None, 1, ("space",)),
    ("1 59.873 jiwa", 159873, None, 1, ("space",)),
    ("187.982.949 juta", 187982949, 187982949000000, 1, ("scale_doubled",)),
    ("805.000 ribu jiwa", 805000, 805000000, 1000, ("scale_doubled",)),
    ("2,1 jiwa", 2100000, 2.1, 100000, ("scale_lost",)),
    ("273.8739 jiwa", 2738739, None, 1, ("groups",)),
    ("l29.000", 129000, None, 1000, ("letters",)),
    ("36O.000 jiwa", 360000, None, 1000, ("letters",)),
    ("Rp56.560 orang", 56560, 56560, 1, ("currency",)),
    ("200 44 ribu", 244000, None, 1000, ("spoken_blank",)),
    # The form cannot tell: what the rest of the article says about these is weighed in repair.
    ("100.026.000 jiwa", 100026000, 100026000, 1000, ()),
    ("270.630 ribu jiwa", 270630000, 270630000, 1000, ()),
]

RUPIAH = [
    ("Rp23,106 miliar", 23_106_000_000, 23_106_000_000, 1_000_000, ()),
    ("Rp 1.701.724.000", 1_701_724_000, 1_701_724_000, 1000, ()),
    ("Rp1.500 miliar", 1_500_000_000_000, 1_500_000_000_000, 1_000_000_000, ()),
    ("6.8 triliun rupiah", 6_800_000_000_000, None, 100_000_000_000, ("separators",)),
]

CASES = [
    (unit, *case)
    for unit, cases in ((Unit.PERCENT, PERCENTS), (Unit.PEOPLE, PEOPLE), (Unit.IDR, RUPIAH))
    for case in cases
]


@pytest.mark.parametrize(("unit", "raw", "value", "printed", "precision", "slips"), CASES)
def test_figure(unit, raw, value, printed, precision, slips):
    figure = parse_figure(raw, unit)
    assert figure.value == pytest.approx(value, abs=1e-9)
    assert figure.printed == (None if printed is None else pytest.approx(printed, abs=1e-9))
    assert figure.precision == pytest.approx(precision)
    assert (figure.slips, figure.unit, figure.approx) == (slips, unit, Approx.EXACT)


@pytest.mark.parametrize("raw", ["", "jiwa", "juta orang", "ratusan ribu", "dua tiga", "%", "9" * 5000, "Rp", "koma"])
def test_what_cannot_be_read_is_none(raw):
    assert all(parse_figure(raw, unit) is None for unit in Unit)


SPOKEN = [
    ("setengah juta", 500_000),
    ("dua setengah juta", 2_500_000),
    ("sejuta", 1_000_000),
    ("seribu dua ratus", 1200),
    ("dua koma satu juta", 2_100_000),
    ("sembilan puluh delapan koma dua puluh sembilan", 98.29),
    ("duabelas", 12),
    ("seratus ribu juta", None),
    ("dua puluh tiga puluh", None),
    ("dua tiga", None),
]


@pytest.mark.parametrize(("words", "value"), SPOKEN)
def test_number_words(words, value):
    spoken = parse_number_words(words)
    assert (spoken and spoken.value) == (value if value is None else pytest.approx(value))


def test_number_words_agree_with_num2words():
    chance = random.Random(126000)
    numbers = [chance.randrange(10**digits) for digits in range(1, 10) for _ in range(100)]
    read = {number: parse_number_words(num2words(number, lang="id")) for number in numbers}
    assert {number: spoken.value for number, spoken in read.items()} == {number: number for number in numbers}


SCANS = [
    # text, the numbers in it
    ("Dari 789. 506 jiwa, 68,96 persen.", ["789. 506", "68,96"]),
    ("Naik dari 70, 80, 90 persen.", ["70", "80", "90"]),
    ("Nilainya 101, 00% dan 86, 13%.", ["101, 00", "86, 13"]),
    ("Pada 2022, 95 persen. Lalu kelas 3. 95 persen.", ["2022", "95", "3", "95"]),
    ("Peserta 1.275.107, dan 1. 122.008 di antaranya aktif", ["1.275.107", "1. 122.008"]),
    ("Peserta:\n1. 122.008 jiwa PBI\n2. 33.000 jiwa mandiri", ["1", "122.008", "2", "33.000"]),
    ("Ada 5.346.501 9.616.107 jumlah penduduk", ["5.346.501", "9.616.107"]),
    ("Kota Ambon278.218 jiwa", ["278.218"]),
    ("Sekitar 2,1 juta-an dan 622ribu", ["2,1 juta-an", "622ribu"]),
]


@pytest.mark.parametrize(("text", "numbers"), SCANS)
def test_numbers_in_text(text, numbers):
    assert [text[number.start : number.end] for number in iter_numbers(text)] == numbers
