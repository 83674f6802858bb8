"""Recorded pages of real outlets, where they lie beside the repository; they are their publishers', so not in it."""

import gzip
from pathlib import Path

import pages
import pytest

from crawler.listings import parse_feed, parse_sitemap
from crawler.pages.read import read

RECORDED = list(pages.iter_recorded())
INDEXES = sorted((pages.RECORDED.parent / "indexes").glob("*.gz"))
FLOORS = {
    "layouts": {"body": 24, "title": 25, "day": 21, "time": 21, "reporters": 25},
    "no layout": {"body": 24, "title": 25, "day": 21, "time": 21, "reporters": 25},
}
"""How many of the 25 pages have each field right; four of them do not carry their date."""

pytestmark = pytest.mark.skipif(not RECORDED, reason="no recorded pages beside the repository")

# Quoted posts count as text in its truth, but what stands below each (whose it is) does not.
UNCLEAN = {"liputan6-2021-tekno-aff"}
# The static copies of this site carry no date at all.
UNDATED = "koni-2022"


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in RECORDED])
def test_a_recorded_page_gives_what_a_reader_saw(page):
    reading = read(page.html, page.url)
    verdict = pages.judge(page, pages.by_layout(page))
    assert reading.article.layout != "generic"
    assert verdict.title and verdict.reporters
    assert reading.article.editors == page.truth.editors
    assert verdict.body == (page.name not in UNCLEAN)
    if verdict.body:
        text = pages.words(reading.article.text)
        assert text.startswith(pages.words(page.truth.first))
        assert text.endswith(pages.words(page.truth.last))
    if page.name.startswith(UNDATED):
        assert reading.article.published is None
    else:
        assert verdict.day and verdict.time
    assert reading.drift == ()


@pytest.mark.parametrize("reader", FLOORS)
def test_the_score_does_not_sink(reader):
    scored = pages.score(RECORDED, pages.READERS[reader])
    assert {name: right for name, right in scored.items() if right < FLOORS[reader][name]} == {}


def test_the_documented_table_is_what_is_measured():
    told = (Path(__file__).parents[2] / "docs" / "pages.md").read_text(encoding="utf-8")
    assert pages.score_table(RECORDED) in told


def test_the_other_pages_of_a_recorded_article_are_found():
    page = next(page for page in RECORDED if page.name == "tribunnews-2020-pendidikan")
    reading = read(page.html, page.url)
    assert reading.pages == tuple(f"{page.url}?page={number}" for number in (2, 3, 4))
    assert reading.whole == f"{page.url}?page=all"
    # merdeka's pages are split by a script; the markup has them all.
    assert all(not read(page.html, page.url).pages for page in RECORDED if page.name.startswith("merdeka"))


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name.removesuffix(".gz")) for path in INDEXES])
def test_feeds_sitemaps_and_front_pages_are_told_apart(path):
    body = gzip.decompress(path.read_bytes())
    feed, sitemap = parse_feed(body, "https://kabar.example/"), parse_sitemap(body, "https://kabar.example/")
    if "-FEED-" in path.name:
        assert feed
        assert all(entry.title and entry.published for entry in feed)
    elif "sitemap" in path.name:
        assert sitemap.entries or sitemap.below
    else:
        assert feed is None and sitemap is None
