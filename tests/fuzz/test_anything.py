"""Whatever comes in: no exception but those that are told, every offset gives back its text, every output is JSON."""

from __future__ import annotations

from hypothesis import given

from . import holds, texts


@given(texts.TEXT, texts.TEXT, texts.PUBLISHED)
def test_extract(text, title, published):
    holds.extracted(text, title, published)


@given(texts.FIGURE)
def test_figures(text):
    holds.figures(text)


@given(texts.FIGURE)
def test_repair(text):
    holds.repaired(text)


@given(texts.DATE)
def test_dates(text):
    holds.dates(text)


@given(texts.TEXT)
def test_regions(text):
    holds.regions(text)


@given(texts.PAGE, texts.ADDRESS)
def test_read_of_text(page, address):
    holds.page(page, address)


@given(texts.PAGE_BYTES)
def test_read_of_bytes(page):
    holds.page(page)


@given(texts.LISTING)
def test_feeds(body):
    holds.feed(body)


@given(texts.LISTING)
def test_sitemaps(body):
    holds.sitemap(body)


@given(texts.INTERFACE)
def test_what_wordpress_and_blogger_answer(body):
    holds.interface(body)


@given(texts.PAGE_BYTES)
def test_indexes(body):
    holds.index(body)


@given(texts.RULES)
def test_robots(body):
    holds.robots(body)


@given(texts.ADDRESS)
def test_addresses(url):
    holds.address(url)


@given(texts.REGISTRY)
def test_registries(text):
    holds.registry(text)


@given(texts.ARCHIVE)
def test_archives(content):
    holds.archive(content)


@given(texts.HTTP)
def test_answers_in_archives(block):
    holds.answer(block)
