"""Articles split over pages: where the others are, and how they become one again."""

import pytest

from crawler.pages import join
from crawler.pages.read import read
from extract.models import Article

BODY = "<div class='{mark}'><p>Peserta JKN kini 82.500 jiwa.</p></div>"


def page(links, mark="entry-content", canonical=None):
    head = f"<link rel=canonical href='{canonical}'>" if canonical else ""
    anchors = "".join(f"<a href={link}>x</a>" for link in links)
    return f"<html><head>{head}</head><body>{BODY.format(mark=mark)}{anchors}</body></html>"


@pytest.mark.parametrize(
    ("url", "links", "pages", "whole"),
    [
        # numbered in the query, as Tribun and merdeka do; the gap to the last one is filled
        (
            "https://kabar.example/a/jkn",
            ["?page=2", "?page=3", "?page=5"],
            ["?page=2", "?page=3", "?page=4", "?page=5"],
            None,
        ),
        # WordPress' <!--nextpage-->
        ("https://kabar.example/jkn/", ["https://kabar.example/jkn/2/"], ["2/"], None),
        # offsets of paragraphs
        (
            "https://kabar.example/read/1/jkn",
            ["/read/1/jkn/15", "/read/1/jkn/45"],
            ["/read/1/jkn/15", "/read/1/jkn/30", "/read/1/jkn/45"],
            None,
        ),
        # the page itself links to the one-page view
        ("https://kabar.example/a/jkn", ["?page=2", "?page=all"], ["?page=2"], "?page=all"),
        ("https://kabar.example/a?id=7", ["a?id=7&page=2", "a?id=8&page=2"], ["a?id=7&page=2"], None),
        # the mobile twin's links are the article's
        (
            "https://m.kabar.example/a/jkn",
            ["https://www.kabar.example/a/jkn?page=2"],
            ["https://www.kabar.example/a/jkn?page=2"],
            None,
        ),
        # from a page in the middle, the first is the bare address
        ("https://kabar.example/a/jkn?page=2", ["?page=1", "?page=3"], ["/a/jkn", "?page=3"], None),
        # no further pages: other articles, paged lists, the one-page view itself
        ("https://kabar.example/berita/481", ["/berita/480", "/berita/482"], [], None),
        ("https://kabar.example/a/jkn", ["/kesehatan?page=2", "/page/2/", "/a/jkn#2", "/a/jkn?utm_source=x"], [], None),
        ("https://kabar.example/a/jkn?page=all", ["?page=2"], [], None),
    ],
)
def test_the_other_pages_are_found(url, links, pages, whole):
    from urllib.parse import urljoin

    reading = read(page(links), url)
    assert reading.pages == tuple(urljoin(url, link) for link in pages)
    assert reading.whole == (urljoin(url, whole) if whole else None)


def test_the_canonical_address_tells_that_a_number_is_a_page():
    base = "https://kabar.example/read/1/jkn"
    html = page([f"{base}/10", base], canonical=base)
    assert read(html, f"{base}/5").pages == (base, f"{base}/10")


@pytest.mark.parametrize(
    ("url", "mark", "links", "whole"),
    [
        ("https://daerah.sindonews.com/read/1/7/jkn-1", "detail-desc", ["/read/1/7/jkn-1/5"], "?showpage=all"),
        ("https://regional.kompas.com/read/2026/07/24/1/jkn", "read__content", ["?page=2"], "?page=all"),
    ],
)
def test_a_layout_knows_its_one_page_view(url, mark, links, whole):
    assert read(page(links, mark), url).whole == url + whole
    assert read(page([], mark), url).whole is None


def article(*lines, authors=(), editors=(), title=None):
    return Article(id="a", text="\n".join(lines), title=title, authors=authors, editors=editors)


def test_pages_become_one_article():
    joined = join(
        article(
            "LUWU - Peserta JKN bertambah.", "Kini 82.500 jiwa.", "Ikuti kabar Luwu.", authors=("Rina",), title="JKN"
        ),
        [
            # The lead stands on each page, and so does a line of furniture below the text.
            article(
                "JKN",
                "LUWU - Peserta JKN bertambah.",
                "Target 98 persen.",
                "Ikuti kabar Luwu.",
                authors=("Rina", "Dewi"),
            ),
            article("Itu kata bupati.", "Kini 82.500 jiwa.", editors=("Dewi",)),
        ],
    )
    assert joined.text.splitlines() == [
        "LUWU - Peserta JKN bertambah.",
        "Kini 82.500 jiwa.",
        "Ikuti kabar Luwu.",
        "Target 98 persen.",
        "Itu kata bupati.",
    ]
    assert (joined.authors, joined.editors) == (("Rina",), ("Dewi",))


def test_the_one_page_view_adds_what_the_first_page_lacks():
    first = article("Satu.", "Dua.", title="JKN")
    assert join(first, [article("Satu.", "Dua.", "Tiga.")]).text == "Satu.\nDua.\nTiga."
    assert join(first, [first, first]) == first
    assert join(first, []) == first
