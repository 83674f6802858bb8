"""Articles split over several pages: where the other pages are, and how their bodies become one.

A link leads to another page of an article if it is the article's own address with a number in the query ("?page=2")
or at the end of the path: "/2/" of WordPress, "/5" and "/15" of SINDOnews and Disway, which count paragraphs.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.pages.body import plain
from crawler.pages.bylines import People, merge
from crawler.pages.layouts import Layout
from extract.models import Article

NUMBER_KEYS = frozenset({"page", "showpage", "halaman", "hal", "paged", "view"})
"""Keys of queries whose value is the number of a page."""
WHOLE_QUERIES = frozenset({"page=all", "showpage=all", "view=all", "halaman=all", "single=1"})
"""Queries that ask for all pages at once. Where no layout vouches for one, only a link to it counts."""
MOST_PAGES = 30
HREFS = XPath("//a/@href", smart_strings=False)
CANDIDATE = re.compile(r"[?&](?:page|showpage|halaman|hal|paged|view|single)=|/\d{1,3}/?(?:[?#]|$)", re.MULTILINE)
PATH_NUMBER = re.compile(r"((?=.*[A-Za-z]).*)/(\d{1,3})")


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart: host and path, the query without page numbers, and which page ("all": the whole)."""

    host: str
    path: str
    query: tuple[tuple[str, str], ...]
    page: str | None

    @property
    def article(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        return self.host, self.path, tuple(sorted(self.query))

    def one_up(self) -> Place:
        """The address whose page this is if the number that ends its path is that of a page; else itself."""
        found = PATH_NUMBER.fullmatch(self.path) if self.page is None else None
        return dataclasses.replace(self, path=found[1], page=found[2]) if found else self


def place_of(url: str) -> Place | None:
    """What an address leads to; None where it cannot be taken apart."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    page = None
    query = []
    for key, value in parse_qsl(parts.query, keep_blank_values=True):
        if f"{key}={value}" in WHOLE_QUERIES:
            page = "all"
        elif key in NUMBER_KEYS and re.fullmatch(r"\d{1,3}", value):
            page = value
        elif not key.startswith("utm_"):
            query.append((key, value))
    return Place(re.sub(r"^(?:www|m|amp)\.", "", host), parts.path.rstrip("/"), tuple(query), page)


def numbered_links(page: HtmlElement) -> list[str]:
    """The links that could lead to another page of an article; to be looked for before furniture is dropped."""
    hrefs = HREFS(page)
    # Most articles are whole, so all links are looked over at once.
    if not CANDIDATE.search("\n".join(hrefs)):
        return []
    return [href.strip() for href in hrefs if CANDIDATE.search(href)]


def find_pages(hrefs: list[str], url: str, canonical: str | None, layout: Layout) -> tuple[tuple[str, ...], str | None]:
    """The addresses of a split article's other pages in order, and of the view that has all of them on one.

    Pages that are not linked but lie between two that are ("1 2 ... 7") are there too.
    """
    own = place_of(url) if hrefs and not layout.single else None
    if own is None:
        return (), None
    # A number that ends the own path is mostly the article's; only the canonical address can tell that it is a page's.
    named = place_of(urljoin(url, canonical)) if canonical else None
    if named is not None and own.one_up().article == named.article:
        own = own.one_up()
    found: dict[int, str] = {}
    whole: str | None = None
    for href in hrefs:
        address = joined(url, href)
        place = place_of(address) if address else None
        if address is None or place is None:
            continue
        if place.article != own.article:
            place = place.one_up()
        if place.article == own.article and place.page == "all":
            whole = whole or address
        elif place.article == own.article and place.page is not None:
            found.setdefault(int(place.page), address)
    if own.page == "all":
        return (), None
    if found and layout.whole:
        whole = with_query(url, own, layout.whole)
    return other_pages(found, url, own), whole


def joined(base: str, href: str) -> str | None:
    try:
        return urljoin(base, href).partition("#")[0]
    except ValueError:
        return None


def with_query(url: str, own: Place, extra: str) -> str:
    """The address of the article's first page with this query, or without one where `extra` is empty."""
    parts = urlsplit(url)
    path = own.path + "/" if parts.path.endswith("/") else own.path
    query = "&".join(part for part in (urlencode(own.query), extra) if part)
    return parts._replace(path=path, query=query, fragment="").geturl()


def other_pages(found: dict[int, str], url: str, own: Place) -> tuple[str, ...]:
    """All pages but the own one, in order, gaps filled in the steps that the numbers take."""
    current = int(own.page or 0)
    numbers = sorted(number for number in {*found, current} if number > 0)
    later = [number for number in numbers if number > 1]
    if not later:
        return ()
    # "/2" counts pages, "/5" and "/10" paragraphs
    step = 1 if 2 in later else later[0] if later[-1] % later[0] == 0 else 0
    template = next((found[number] for number in later if number in found), None)
    if template is None:
        return (with_query(url, own, ""),)
    pages = {number: found[number] for number in later if number in found}
    if step and later[-1] // step <= MOST_PAGES:
        known = next(number for number in later if number in found)
        for number in range(max(step, 2), later[-1] + 1, step):
            pages.setdefault(number, renumbered(template, known, number))
    pages.pop(current, None)
    # The first page is the article's own address.
    first = [with_query(url, own, "")] if current > 1 else []
    return (*first, *(address for _, address in sorted(pages.items())))


def renumbered(address: str, old: int, new: int) -> str:
    """The address with the last number `old` made `new`."""
    head, _, tail = address.rpartition(str(old))
    return f"{head}{new}{tail}"


def join(first: Article, rest: Sequence[Article]) -> Article:
    """One article out of its pages, in the order given; `first` tells title, date and address, all pages the people.

    What a page repeats of those before it goes: the lead above its text, the furniture below, and all of the first
    page where a later one is the view of the whole.
    """
    lines = first.text.splitlines()
    people = People(first.authors, first.editors)
    for article in rest:
        seen = {plain(line) for line in lines}
        if first.title:
            seen.add(plain(first.title))
        new = article.text.splitlines()
        while new and plain(new[0]) in seen:
            del new[0]
        while new and plain(new[-1]) in seen:
            del new[-1]
        lines.extend(new)
        people = merge(people, People(article.authors, article.editors))
    editors = {name.casefold() for name in people.editors}
    authors = tuple(name for name in people.authors if name.casefold() not in editors)
    return dataclasses.replace(first, text="\n".join(lines), authors=authors, editors=people.editors)
