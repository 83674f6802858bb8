"""The text and its sentences, the kind of its lines, and its quotations."""

import pytest

from extract.sentences import find_quotes, split_sentences

SENTENCES = [
    ("", []),
    ("  \n\n ", []),
    ("Cakupan 98 persen. Keaktifan 80 persen.", ["Cakupan 98 persen.", "Keaktifan 80 persen."]),
    # a full stop that ends no sentence
    ("Peserta di Kab. Luwu Utara naik.", ["Peserta di Kab. Luwu Utara naik."]),
    ("Kata dr. Hera, S.Sos., M.Si. di Palu.", ["Kata dr. Hera, S.Sos., M.Si. di Palu."]),
    ("Bupati M. Thaher hadir.", ["Bupati M. Thaher hadir."]),
    ("Sebanyak 244.956 jiwa terdaftar.", ["Sebanyak 244.956 jiwa terdaftar."]),
    ("Ada 789. 506 jiwa.", ["Ada 789. 506 jiwa."]),
    ("Anggarannya Rp. 30 miliar.", ["Anggarannya Rp. 30 miliar."]),
    # one that does, without a blank behind it
    ("Program ini jalan.Warga senang.", ["Program ini jalan.", "Warga senang."]),
    ("“Kita sudah UHC.”Acara ditutup.", ["“Kita sudah UHC.”", "Acara ditutup."]),
    # marks of speech stay with their sentence
    ("“Sudah 98 persen.” Ia pun pulang.", ["“Sudah 98 persen.”", "Ia pun pulang."]),
    ("Benarkah 98 persen? Benar! Data resmi.", ["Benarkah 98 persen?", "Benar!", "Data resmi."]),
    # a line is at least one sentence
    ("PBI: 20 jiwa\nPPU: 10 jiwa", ["PBI: 20 jiwa", "PPU: 10 jiwa"]),
    # unless it was wrapped in the middle
    ("Jumlah pesertanya\nmencapai 140.082 jiwa.", ["Jumlah pesertanya\nmencapai 140.082 jiwa."]),
    ("Jumlah pesertanya\n140.082 jiwa.", ["Jumlah pesertanya\n140.082 jiwa."]),
]

KINDS = [
    ("Cakupan JKN sudah 98 persen.", "body"),
    ("Kabupaten Kolaka Raih UHC", "heading"),
    ("PBI JK: 332.239 jiwa", "heading"),
    ("Baca juga: Warga Kolaka Antre Kartu JKN", "furniture"),
    ("Baca Juga Warga Kolaka Antre", "furniture"),
    ("Simak juga video ini", "furniture"),
    ("Editor: Rahmat Hidayat", "furniture"),
    ("Pewarta : Nur Aini", "furniture"),
    ("Copyright © 2025", "furniture"),
    ("© 2025 Kabar Kolaka", "furniture"),
    ("3 Komentar", "furniture"),
    ("Tinggalkan Balasan", "furniture"),
    ("- Seribu Warga Kolaka Terima Kartu JKN Gratis", "furniture"),
    ("Share", "furniture"),
    # words that only look like it
    ("Editor kami menulis bahwa cakupan 98 persen.", "body"),
    ("Bagikan kartu itu kepada warga.", "body"),
]

QUOTES = [
    ("“Sudah 98 persen,” katanya.", ["“Sudah 98 persen,”"]),
    ('Ia berkata, "kita siap", lalu pergi.', ['"kita siap"']),
    ("“Satu.” Lalu “dua.”", ["“Satu.”", "“dua.”"]),
    # opened and never closed: to the end of the line, no further
    (
        "“Kondisi geografis menyulitkan pendataan warga pesisir.\nRapat ditutup.",
        ["“Kondisi geografis menyulitkan pendataan warga pesisir."],
    ),
    ("Tanpa kutipan.", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text, expected):
    got = [text[sentence.start : sentence.end] for sentence in split_sentences(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_kind_of_a_line(text, expected):
    got = [sentence.kind for sentence in split_sentences(text)]
    assert got == [expected]


@pytest.mark.parametrize(("text", "expected"), QUOTES)
def test_quotations(text, expected):
    got = [text[start:end] for start, end in find_quotes(text)]
    assert got == expected


def test_sentences_of_one_line_are_one_paragraph():
    text = "Satu. Dua.\nTiga."
    assert [sentence.paragraph for sentence in split_sentences(text)] == [0, 0, 1]
