"""The sentence and its cue words: category, value and what is printed."""

import pytest

from extract import cues
from extract.cues import CATEGORIES, load_cues
from extract.errors import LexiconError
from extract.language import read_mentions
from extract.models import Approx, Article, Segment

FOUND = [
    ("Tingkat keaktifannya rendah.", "metric", [("active", "Tingkat keaktifannya")]),
    ("Peserta JKN menunggak.", "metric", [("covered", "Peserta"), ("topic", "JKN"), ("inactive", "menunggak")]),
    ("Warga BELUM TERDAFTAR.", "metric", [("uncovered", "BELUM TERDAFTAR")]),
    # the longest phrase wins
    ("Ia peserta PBI APBD.", "segment", [("PBPU_PEMDA", "PBI APBD")]),
    ("Ia peserta PBI.", "segment", [("PBI_APBN", "PBI")]),
    ("Ia pekerja bukan penerima upah.", "segment", [("PBPU", "pekerja bukan penerima upah")]),
    ("Kurang lebih sejuta.", "approx", [("about", "Kurang lebih")]),
    ("Mendekati target.", "approx", [("nearly", "Mendekati")]),
    ("Terdiri dari dua desa.", "denominator", [("not", "Terdiri dari")]),
    ("Dari total warga.", "denominator", [("of", "Dari total")]),
    ("Sampai saat ini.", "as_of", [("deictic", "Sampai saat ini")]),
    # a word is no part of another
    ("Kelebihan dan pesertanya yang diaktifkan.", "approx", []),
    ("Dihampiri warga.", "approx", []),
]

BROKEN = [
    ('[[cue]]\nid = "a"\ncategory = "colour"\nvalue = "x"\nwords = ["merah"]', "unknown category 'colour'"),
    (
        '[[cue]]\nid = "a"\ncategory = "approx"\nvalue = "about"\nwords = ["sekitar"]\n'
        '[[cue]]\nid = "a"\ncategory = "approx"\nvalue = "over"\nwords = ["lebih"]',
        "used twice",
    ),
    (
        '[[cue]]\nid = "a"\ncategory = "approx"\nvalue = "about"\nwords = ["sekitar"]\n'
        '[[cue]]\nid = "b"\ncategory = "approx"\nvalue = "over"\nwords = ["Sekitar"]',
        "listed twice",
    ),
]


@pytest.mark.parametrize(("text", "category", "expected"), FOUND)
def test_cues(text, category, expected):
    found = read_mentions(Article(id="test", text=text))._.cues
    got = [(cue.rule.value, cue.text) for cue in found if cue.rule.category == category]
    assert got == expected


@pytest.mark.parametrize("rule", load_cues(), ids=lambda rule: rule.id)
def test_every_word_of_the_lexicon_is_found(rule):
    missed = [
        word
        for word in rule.words
        if not any(cue.rule.id == rule.id for cue in read_mentions(Article(id="test", text=word))._.cues)
    ]
    assert missed == []


def test_values_are_those_of_the_codebook():
    values = {category: {rule.value for rule in load_cues() if rule.category == category} for category in CATEGORIES}
    assert values["segment"] == set(Segment)
    assert values["approx"] == set(Approx) - {Approx.EXACT}


@pytest.mark.parametrize(("content", "complaint"), BROKEN)
def test_a_broken_lexicon_is_told_by_file_and_entry(tmp_path, monkeypatch, content, complaint):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / cues.FILE).write_text(content, encoding="utf-8")
    monkeypatch.setattr("extract.toml_files.files", lambda package: tmp_path)
    with pytest.raises(LexiconError, match=complaint) as raised:
        load_cues.__wrapped__()
    assert cues.FILE in str(raised.value)
