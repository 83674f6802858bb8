"""The small pure parts: cutting a paragraph, citing, periods, cells, addresses."""

import datetime as dt

import pytest

from corpus.desk.cite import cite
from corpus.desk.marks import Mark, Piece, cut, paragraph_around
from corpus.desk.pages.review import given_corrections
from corpus.desk.render import cell, query_string, web_address
from corpus.desk.words import load_words, precision_of, tell_minute, tell_period
from corpus.errors import WordingError
from extract.models import Precision

TEXT = "Satu.\nCakupan Malra 98,5 persen.\nTiga."


def test_a_paragraph_ends_at_line_breaks():
    first, last = paragraph_around(TEXT, 20, 31)
    assert TEXT[first:last] == "Cakupan Malra 98,5 persen."


def test_of_a_very_long_paragraph_what_stands_around_is_taken():
    text = "a" * 5000 + "98%" + "b" * 5000
    first, last = paragraph_around(text, 5000, 5003)
    assert last - first < 2600 and "98%" in text[first:last]


def test_pieces_make_up_the_text_again():
    marks = [Mark(14, 19, "region"), Mark(20, 31, "percent", focus=True)]
    pieces = cut(TEXT, 6, 32, marks)
    assert "".join(piece.text for piece in pieces) == TEXT[6:32]
    assert pieces[1] == Piece("Malra", "region") and pieces[3].focus


def test_of_overlapping_marks_the_one_in_focus_wins():
    pieces = cut("98,5 persen", 0, 11, [Mark(0, 4, "count"), Mark(0, 11, "percent", focus=True)])
    assert pieces == (Piece("98,5 persen", "percent", "", True),)


def test_a_mark_that_leaves_the_stretch_is_left_out():
    assert cut(TEXT, 6, 32, [Mark(0, 10, "region")]) == (Piece(TEXT[6:32]),)


def test_citing_with_and_without_reporters():
    made = cite(
        "ab", ["Yosep Renur"], "2025-05-06T10:00:00+09:00", "Malra {UHC} & 98%", "Kabar Kei", "https://k/a", "id"
    )
    assert made.apa == "Yosep Renur. (2025, 6 Mei). Malra {UHC} & 98%. Kabar Kei. https://k/a"
    assert r"title = {{Malra \{UHC\} \& 98\%}}" in made.bibtex and "date = {2025-05-06}" in made.bibtex
    bare = cite("ab", [], None, "Malra", "Kabar Kei", "", "en")
    assert bare.apa == "Kabar Kei. (n.d.). Malra."
    assert "url" not in bare.bibtex and "date" not in bare.bibtex


@pytest.mark.parametrize(
    ("first", "last", "precision"),
    [
        ("2025-05-01", "2025-05-01", Precision.DAY),
        ("2025-05-01", "2025-05-31", Precision.MONTH),
        ("2024-12-01", "2024-12-31", Precision.MONTH),
        ("2025-04-01", "2025-06-30", Precision.QUARTER),
        ("2025-05-01", "2025-07-31", Precision.RANGE),
        ("2025-07-01", "2025-12-31", Precision.SEMESTER),
        ("2025-01-01", "2025-12-31", Precision.YEAR),
        ("2025-01-02", "2025-12-31", Precision.RANGE),
    ],
)
def test_how_long_a_period_is(first, last, precision):
    assert precision_of(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) is precision


def test_periods_and_times_in_words():
    assert tell_period("2025-07-01", "2025-12-31", "id") == "semester II 2025"
    assert tell_period(None, None, "id") == ""
    assert tell_minute("2025-05-06T20:30:00+00:00", "id") == "7 Mei 2025, 03.30 WIB"


NO_WEB = ("javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//host/a", "", None, "http://[", "ftp://a/b")


@pytest.mark.parametrize("url", NO_WEB)
def test_what_no_browser_is_sent_to(url):
    assert web_address(url) is None


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_formulas_become_texts(value):
    assert cell(value) == f"'{value}"


def test_numbers_stay_numbers():
    assert cell(-1.5) == -1.5


def test_an_address_keeps_what_is_not_changed():
    assert query_string({"q": "a b", "hal": "2"}, hal=3) == "?q=a+b&hal=3"
    assert query_string({"q": "a"}, q=None) == ""


def test_only_what_was_changed_in_a_form_is_a_correction():
    claim = {"metric": "members", "value": 126000.0, "speaker": None, "region": "81.02", "segment": None}
    assert given_corrections({"metric": "members", "value": "126000", "speaker": "", "region": "81.02"}, claim) == {}
    assert given_corrections({"value": "2,1 juta", "region": ""}, claim) == {"value": "2,1 juta", "region": None}


def test_a_word_that_is_missing_in_a_language_is_told(tmp_path):
    file = tmp_path / "words.toml"
    file.write_text('[site]\nname = { id = "Meja" }', encoding="utf-8")
    with pytest.raises(WordingError, match=r"site\.name"):
        load_words("id", file)
