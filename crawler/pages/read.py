"""One page of a news site to one Article, and what else a crawler wants to know of the page.

A layout says where things are; where none fits the body is found by what reads like one, and the article says
`generic`. Where the layout that a site should have finds a field no more, the reading says so (`drift`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement
from w3lib.encoding import html_to_unicode

from crawler.outlets import Outlet
from crawler.pages.body import (
    lines_of,
    plain,
    story_lines,
    without_controls,
    without_furniture,
    without_newsroom_mark,
)
from crawler.pages.bylines import People, merge, split_foot
from crawler.pages.dates import is_bare_day, is_later, local_digits, weigh_dates
from crawler.pages.embedded import read_embedded
from crawler.pages.fields import Dates, guess_title, read_dates, read_people, shown_title, visible_people
from crawler.pages.generic import find_byline, find_date, find_people, find_stamps, lines_above, main_text, vicinity
from crawler.pages.layouts import GENERIC, Layout, generic_layout, layouts_for, own_layouts
from crawler.pages.metadata import Tags, read_canonical, read_tags
from crawler.pages.paging import find_pages, join, numbered_links
from crawler.pages.prose import drop_asides
from crawler.zones import ZONES
from extract.models import Article

__all__ = ["Reading", "decode", "join", "parse", "read", "read_page"]

FIELDS = ("title", "date", "body")
DEFAULT_ZONE = "WIB"
"""Of pages whose outlet is unknown and that print no zone: that of Java and Sumatra, where most outlets are."""


PARSER = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article and what its page says about itself."""

    article: Article
    drift: tuple[str, ...] = ()
    """Of "title", "date" and "body" those that the site's own layout has selectors for and no longer finds."""
    canonical: str | None = None
    """The address that the page gives as its own, as written there."""
    pages: tuple[str, ...] = ()
    """The addresses of the other pages of a split article, in order."""
    whole: str | None = None
    """The address of the view that has all pages on one, where there is one and this is not it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A body, the layout that found it, and what that found besides."""

    layout: Layout
    lines: list[str]
    people: People
    title: str | None = None
    dates: Dates = field(default_factory=Dates)


def read_page(
    html: str | bytes,
    url: str,
    *,
    outlet: Outlet | None = None,
    published_hint: dt.date | dt.datetime | None = None,
    content_type: str | None = None,
) -> Article:
    """The article on a page, as `read` gives it."""
    return read(html, url, outlet=outlet, published_hint=published_hint, content_type=content_type).article


def read(
    html: str | bytes,
    url: str,
    *,
    outlet: Outlet | None = None,
    published_hint: dt.date | dt.datetime | None = None,
    content_type: str | None = None,
    by_layout: bool = True,
) -> Reading:
    """What a page holds; the article's `id` is the URL, and its `text` is empty where the page holds none.

    `published_hint` is when the listing said it was published; it counts where the page itself is silent.
    `content_type` is the HTTP header, for pages whose charset only that tells. `by_layout=False` reads the page as if
    nobody knew its make.
    """
    markup = decode(html, content_type)
    page = parse(markup)
    tried = layouts_for(host_of(url), outlet.layout if outlet else None) if by_layout else ()
    own = [layout for layout in own_layouts(host_of(url), outlet.layout if outlet else None) if layout in tried]
    domain = outlet.domain if outlet else None
    if page is None:
        drift = tuple(name for name in FIELDS if declares(own, name))
        return Reading(Article(id=url, text="", url=url, outlet=domain, layout=GENERIC), drift)
    tags = read_tags(page)
    canonical = read_canonical(page)
    numbered = numbered_links(page)
    found = find_body(page, markup, tried)
    if not found.lines and tags.text:
        lines, foot = clean(list(tags.text))
        found = replace(found, lines=lines, people=merge(found.people, foot))
    drift = drifted(page, own, found)
    found = completed(page, found, own, tags)
    people = read_people(found.layout, found.people, tags, host_of(url))
    lines = found.lines
    # Only now is the title known that may stand again above the text.
    if lines and found.title and plain(lines[0]) == plain(found.title):
        lines = lines[1:]
    pages, whole = find_pages(numbered, url, canonical, found.layout)
    article = Article(
        id=url,
        text="\n".join(lines),
        url=url,
        outlet=domain,
        title=found.title,
        published=publication(found.dates, own, published_hint, outlet),
        authors=people.authors,
        editors=people.editors,
        layout=found.layout.name,
    )
    return Reading(article, drift, canonical, pages, whole)


def completed(page: HtmlElement, found: Found, own: Sequence[Layout], tags: Tags) -> Found:
    """Headline, dates and people with what the layout did not find; its dates with those of the tags.

    A page whose body its own layout lost may still have the rest where it was. Content systems dress their pages in
    many themes, so what a layout of theirs lacks is looked for everywhere.
    """
    title = found.title or shown_title(page, own)
    dates = found.dates if found.dates != Dates() else read_dates(page, own)
    visible, people = dates.visible, found.people
    stamps = [*dates.stamps, *tags.stamps]
    anywhere = not found.layout.hosts
    if anywhere and visible is not None and is_later(visible, tags.stamps):
        # That of a change, or today's.
        visible = None
    unsure = visible is None or found.layout.name == GENERIC or (anywhere and is_bare_day(visible, stamps))
    if title is not None and not unsure and people.authors:
        return replace(found, title=title, dates=Dates(visible, tuple(stamps)))
    around = lines_of(page)
    title = title or guess_title(page, tags, lines_above(around, found.lines), found.lines)
    if unsure:
        stamps += find_stamps(page)
        visible = find_date(around, title, [visible] if visible else stamps) or visible
    near = vicinity(around, title, found.lines) if not people.authors else []
    people = merge(people, find_people(near))
    if anywhere and not people.authors:
        people = merge(people, find_byline(near, title))
    return replace(found, title=title, dates=Dates(visible, tuple(stamps)), people=people)


def publication(
    dates: Dates, own: Sequence[Layout], hint: dt.date | dt.datetime | None, outlet: Outlet | None
) -> dt.date | dt.datetime | None:
    """When the page was published, by what is known of its site's stamps and zone, and of its listing."""
    told = next((layout.zone for layout in own if layout.zone), None)
    # National sites print WIB everywhere, so what a layout says of its zone goes before the outlet's.
    zone = told or ZONES[outlet.zone if outlet else DEFAULT_ZONE]
    stamps = list(dates.stamps)
    if any(layout.false_offsets for layout in own):
        stamps = [local_digits(stamp, zone) for stamp in stamps]
    # The listing's offset is its own.
    return weigh_dates(dates.visible, [*stamps, *([hint] if hint else [])], zone)


def drifted(page: HtmlElement, own: Sequence[Layout], found: Found) -> tuple[str, ...]:
    """The fields that the site's own layouts have selectors for, and that none of them finds."""
    known = found.layout in own
    there = {
        "title": (known and found.title is not None) or shown_title(page, own) is not None,
        "date": (known and found.dates != Dates()) or read_dates(page, own) != Dates(),
        "body": known,
    }
    return tuple(name for name, is_there in there.items() if not is_there and declares(own, name))


def declares(layouts: Sequence[Layout], name: str) -> bool:
    """Whether any of the layouts says where the field of this name stands."""
    places = (
        {"title": layout.title, "date": layout.date, "body": layout.body}[name] or layout.data for layout in layouts
    )
    return any(places)


def decode(html: str | bytes, content_type: str | None) -> str:
    """The page as text; UTF-8 wherever the bytes are valid UTF-8, whatever header and page claim."""
    if isinstance(html, str):
        return html
    try:
        # No other encoding's text is valid UTF-8 by chance, but many servers say iso-8859-1 and send UTF-8.
        return html.decode("utf-8-sig")
    except UnicodeDecodeError:
        name, text = html_to_unicode(content_type, html, default_encoding="cp1252")
        # Some say UTF-8 and send cp1252; where most of it is UTF-8, single bytes are broken.
        broken = text.count("\N{REPLACEMENT CHARACTER}")
        spoilt = name == "utf-8" and 2 * broken > sum(not sign.isascii() for sign in text)
        return html.decode("cp1252", "replace") if spoilt else text


def parse(markup: str) -> HtmlElement | None:
    """The page's tree; None where there is nothing to parse."""
    # Encoded anew, because lxml refuses text that declares an encoding; NULs end its reading.
    raw = without_controls(markup)
    try:
        return lxml.html.document_fromstring(raw, parser=PARSER)
    except ParserError:
        return None


def find_body(page: HtmlElement, markup: str, layouts: Sequence[Layout]) -> Found:
    """The body by the first layout that fits and gives text, else by what reads like one."""
    for layout in layouts:
        if layout.marks and not any(mark.on_page(page) for mark in layout.marks):
            continue
        embedded = read_embedded(page, layout.data) if layout.data else None
        blocks = outermost(next(filter(None, (select.on_page(page) for select in layout.body)), []))
        blocks = [embedded.body] if embedded else blocks
        # All of it stands inside the body on some sites, so it is read before furniture goes.
        if not blocks:
            continue
        people = visible_people(page, layout)
        title, dates = shown_title(page, [layout]), read_dates(page, [layout])
        if embedded:
            people = merge(embedded.people, people)
            title, dates = embedded.title, Dates(dates.visible or embedded.stamp, dates.stamps)
        lines: list[str] = []
        for block in blocks if layout.joined else blocks[:1]:
            layout.drop.drop_from(block)
            if not layout.hosts:
                drop_asides(block)
            lines.extend(story_lines(block))
        lines, foot = clean(lines)
        if lines:
            return Found(layout, lines, merge(people, foot), title, dates)
    generic = generic_layout()
    people, title, dates = visible_people(page, generic), shown_title(page, [generic]), read_dates(page, [generic])
    lines, foot = clean(main_text(page, markup, generic))
    return Found(generic, lines, merge(people, foot), title, dates)


def host_of(url: str) -> str:
    """The host of an address; empty where it cannot be taken apart, as in "http://[::1"."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def outermost(blocks: list[HtmlElement]) -> list[HtmlElement]:
    """The blocks that lie in no other of them; merdeka nests a body of the same class in its body."""
    chosen = set(blocks)
    return [block for block in blocks if not any(parent in chosen for parent in block.iterancestors())]


def clean(lines: list[str]) -> tuple[list[str], People]:
    """Lines of the article alone, and the people named in its foot."""
    lines, people = split_foot(without_furniture(lines))
    return without_newsroom_mark(lines), people
