"""Selectors of a layout, asked of a page only where it has the names that they look for.

To go over a page's whole tree takes longer than to read its article, and of the places that a content system may keep
a date in, a page has one or two. So the names on a page are gathered once.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import cssselect
from cssselect import parser as css
from lxml.etree import XPath
from lxml.html import HtmlElement

# As cssselect writes ".name".
CLASS = re.compile(r"@class and contains\(concat\(' ', normalize-space\(@class\), ' '\), ' ([\w-]+) '\)")
NAMING = ("class", "id", "itemprop", "rel")
NAMES = XPath(" | ".join(f"//@{attribute}" for attribute in NAMING), smart_strings=False)


@dataclass(frozen=True, slots=True)
class Selector:
    """A compiled selector; `names` are classes, IDs and the like without which it finds nothing on any page."""

    path: XPath
    names: frozenset[str] = frozenset()

    def __call__(self, element: HtmlElement) -> list[HtmlElement]:
        """What it selects within the page or the element."""
        found: list[HtmlElement] = self.path(element)
        return found

    def on_page(self, page: HtmlElement) -> list[HtmlElement]:
        """What it selects on a whole page."""
        return self(page) if self.names <= names_on(page) else []


@functools.lru_cache(maxsize=1)
def names_on(page: HtmlElement) -> frozenset[str]:
    """The names on a page, those of its last reading: what is dropped from it later only makes them fewer."""
    return frozenset(" ".join(NAMES(page)).split())


def compile_selector(selector: str) -> Selector:
    """A selector ready to be asked: XPath where it starts with a slash or bracket, else CSS; raises SyntaxError."""
    if selector.startswith(("/", "(")):
        return Selector(XPath(selector))
    paths = quick(cssselect.HTMLTranslator().css_to_xpath(selector))
    alternatives = cssselect.parse(selector)
    names = frozenset(names_in(alternatives[0].parsed_tree)) if len(alternatives) == 1 else frozenset()
    return Selector(XPath(paths), names)


def quick(path: str) -> str:
    """The same path with a cheap look at each class before the exact one; most elements fail the first."""
    return CLASS.sub(r"contains(@class, '\1') and contains(concat(' ', normalize-space(@class), ' '), ' \1 ')", path)


def names_in(tree: css.Tree) -> Iterator[str]:
    """The names that whatever a selector finds, or lies in, must have."""
    match tree:
        case css.Class(selector=rest, class_name=name):
            yield name
            yield from names_in(rest)
        case css.Hash(selector=rest, id=name):
            yield name
            yield from names_in(rest)
        case css.Attrib(selector=rest, attrib=attribute, operator="=", value=value) if attribute in NAMING:
            yield from str(value.value if value else "").split()
            yield from names_in(rest)
        case css.CombinedSelector(selector=one, subselector=other):
            yield from names_in(one)
            yield from names_in(other)
        case css.Attrib(selector=rest) | css.Pseudo(selector=rest) | css.Function(selector=rest):
            yield from names_in(rest)
        case css.Negation(selector=rest):
            # Not what it must not be.
            yield from names_in(rest)
