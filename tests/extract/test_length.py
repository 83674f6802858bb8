"""Texts longer than any article: their beginning is read, and a check says that it is no more than that."""

from extract.checks.length import MOST_CHARACTERS
from extract.models import Article
from extract.pipeline import extract

SENTENCE = "Cakupan JKN di Kota Tual 98,2 persen.\n"


def test_the_beginning_of_a_text_that_is_too_long_is_read_and_a_check_says_so():
    found = extract(Article(id="1", text=SENTENCE + " " * MOST_CHARACTERS + SENTENCE), "id")
    assert [claim.value for claim in found.claims] == [98.2]
    (check,) = found.checks
    assert (check.name, check.verdict, check.claims) == ("read_in_full", "unknown", ())
    assert check.message == "Teks ini terdiri atas 2.000.076 karakter; hanya 2.000.000 karakter pertama yang dibaca."


def test_of_a_text_that_is_read_in_full_nothing_is_said():
    assert extract(Article(id="1", text=SENTENCE + " " * (MOST_CHARACTERS - len(SENTENCE)))).checks == ()


def test_a_headline_of_ten_megabytes_costs_no_more_than_its_beginning():
    found = extract(Article(id="1", text=SENTENCE, title="Kota Tual " * 1_000_000))
    assert [claim.value for claim in found.claims] == [98.2]
