"""Every regular expression of the project takes time that grows with the text, and no faster."""

from __future__ import annotations

import re

import pytest

from . import growth, patterns


def too_steep(name, pattern, methods):
    """The first attack on a pattern, used in these ways, that takes more than linear time; "" where none does."""
    for before, repeated, behind in patterns.attacks(pattern):
        for method in methods:
            ratio = growth.steepness(lambda length: call(pattern, method, before, repeated, behind, length))  # noqa: B023
            if ratio >= growth.STEEPEST:
                return f"{name} {method}: {before!r} + {repeated!r} * n + {behind!r} takes {ratio:.0f} times as long"
    return ""


def call(pattern, method, before, repeated, behind, length):
    text = before + repeated * max(1, length // len(repeated)) + behind
    text = text.encode() if isinstance(pattern.pattern, bytes) else text
    if method == "finditer":
        return lambda: list(pattern.finditer(text))
    return lambda: getattr(pattern, method)(text)


@pytest.mark.parametrize("package", ["extract", "crawler", "corpus"])
def test_no_pattern_takes_more_than_linear_time(package):
    found = {name: value for name, value in patterns.collect().items() if name.startswith(package)}
    assert [line for name, one in found.items() if (line := too_steep(name, one, patterns.methods(name)))] == []


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(?:a+)+b", "match"),  # exponential
        (r"halaman\s?:?(?:\s?\d{1,2})*", "fullmatch"),  # exponential, and once stood in furniture.toml
        (r"\s+$", "finditer"),  # quadratic, as a search begins anew at each blank
        (r"<!--.*?-->", "finditer"),  # quadratic, as each beginning runs to the end
        (r"\d+\s*-?\s*x", "match"),  # quadratic, as both runs of blanks fit
        (r"(.*[A-Za-z].*)/(\d{1,3})", "fullmatch"),
        (r"\d{1,3}(?:[.,]\d{3})*(?: ?\. ?\d{3})+(?=jiwa)", "match"),
    ],
)
def test_a_pattern_that_takes_more_is_found(pattern, method):
    assert too_steep("bad", re.compile(pattern, re.DOTALL), (method,))


@pytest.mark.parametrize("pattern", [r"\d+(?:[.,]\d+)*", r"<[^<>]*>", r"(?<!\s)\s+$", r"<!--(?:(?!<!--).)*?-->"])
def test_a_pattern_that_does_not_is_left_in_peace(pattern):
    assert too_steep("good", re.compile(pattern, re.DOTALL), ("finditer", "match", "fullmatch")) == ""


def test_patterns_are_found_in_all_the_places_where_they_stand():
    names = set(patterns.collect())
    assert {
        "extract.language.TOKEN",  # a constant
        "crawler.pages.layouts.load_layouts[detik].article",  # in data
        "crawler.pages.bylines.load_words.label",  # built from a lexicon
        "crawler.relevance.load_relevance.programme_in_bytes",
        "corpus.compare.rules.load_rules.wires[ANTARA].tail[0]",
    } <= names
    assert any(name.startswith("crawler.pages.metadata:") for name in names)  # written where it is used
    assert len(names) > 250


def test_how_a_pattern_is_used_is_read_from_the_source():
    assert patterns.methods("extract.language.TOKEN") == ("finditer",)
    assert patterns.methods("crawler.outlets.DOMAIN") == ("fullmatch",)
    assert patterns.methods("crawler.pages.bylines.load_words.label") == ("finditer", "match")
    assert patterns.methods("somewhere.NEVER_USED_BY_NAME") == ("finditer", "match", "fullmatch")
