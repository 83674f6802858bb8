"""Which addresses name the same article."""

import pytest

from crawler.urls import article_id, canonical_url


@pytest.mark.parametrize(
    "spelling",
    [
        "https://kabar.id/jkn-malra",
        "http://kabar.id/jkn-malra",
        "https://www.kabar.id/jkn-malra",
        "HTTPS://KABAR.ID/jkn-malra",
        "https://kabar.id:443/jkn-malra",
        "https://kabar.id/jkn-malra/",
        "https://kabar.id/jkn-malra#komentar",
        "https://kabar.id/jkn-malra?utm_source=wa&utm_medium=share",
        "https://kabar.id/jkn-malra?fbclid=IwAR0",
        "https://kabar.id/jkn-malra?m=1",  # Blogger's page for telephones
        "https://kabar.id/jkn-malra?page=all",  # all pages of a split article on one
        "  https://kabar.id/jkn-malra\n",
    ],
)
def test_spellings_of_one_article(spelling):
    assert canonical_url(spelling) == "https://kabar.id/jkn-malra"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://kabar.id/jkn-malra", "https://kabar.id/jkn-malra-2"),
        ("https://kabar.id/?p=101", "https://kabar.id/?p=102"),
        ("https://kabar.id/jkn?page=2", "https://kabar.id/jkn?page=3"),
        ("https://ambon.kabar.id/jkn", "https://kabar.id/jkn"),
        ("http://127.0.0.1:8001/jkn", "http://127.0.0.1:8002/jkn"),
        ("https://kabar.id/JKN", "https://kabar.id/jkn"),  # paths are the server's own business
    ],
)
def test_different_articles(one, other):
    assert article_id(one) != article_id(other)


def test_order_and_escapes_of_parameters_do_not_matter():
    assert canonical_url("https://kabar.id/?b=dua kata&a=1") == canonical_url("https://kabar.id/?a=1&b=dua%20kata")


@pytest.mark.parametrize(
    "odd", ["", "http://[kabar.id/", "mailto:redaksi@kabar.id", "berkas.html", "http://a:99999/x", "\ud800"]
)
def test_what_is_no_web_address_stays_as_it_is(odd):
    assert canonical_url(odd) == odd
    assert len(article_id(odd)) == 16
