"""One page of a news site to one Article.

A layout says where things are; where none fits the body is trafilatura's, and the article says `generic`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement
from w3lib.encoding import html_to_unicode

from crawler.outlets import Outlet
from crawler.pages.body import lines_of, plain, without_furniture, without_newsroom_mark
from crawler.pages.bylines import People, merge, parse_people, split_foot, split_names, unique
from crawler.pages.dates import parse_stamp, parse_visible, weigh_dates
from crawler.pages.generic import find_date, find_people, main_text
from crawler.pages.layouts import GENERIC, Layout, layouts_for, load_layouts
from crawler.pages.metadata import Tags, read_tags
from crawler.zones import ZONES
from extract.models import Article

DEFAULT_ZONE = "WIB"
"""Of pages whose outlet is unknown and that print no zone: that of Java and Sumatra, where most outlets are."""


@dataclass(frozen=True, slots=True)
class Found:
    """A body, the people its foot named, and the layout that found it."""

    layout: Layout
    lines: list[str]
    people: People


def read_page(
    html: str | bytes,
    url: str,
    *,
    outlet: Outlet | None = None,
    published_hint: dt.date | dt.datetime | None = None,
    content_type: str | None = None,
) -> Article:
    """The article on a page; `id` is the URL, and `text` is empty where the page holds none.

    `published_hint` is when the listing said it was published; it counts where the page itself is silent.
    `content_type` is the HTTP header, for pages whose charset only that tells.
    """
    markup = decode(html, content_type)
    page = parse(markup)
    if page is None:
        return Article(id=url, text="", url=url, outlet=outlet.domain if outlet else None, layout=GENERIC)
    tags = read_tags(page)
    zone = ZONES[outlet.zone if outlet else DEFAULT_ZONE]
    found = find_body(page, markup, url, outlet)
    layout = found.layout
    title = read_title(page, layout, tags)
    stamps = [*stamps_of(page, layout), *tags.stamps, *([published_hint] if published_hint else [])]
    people = found.people
    visible = read_visible_date(page, layout)
    if layout.name == GENERIC:
        shown = lines_of(page)
        visible = find_date(shown, title, stamps)
        people = merge(find_people(shown), people)
    people = read_people(layout, people, tags)
    lines = found.lines
    # Only now is the title known that may stand again above the text.
    if lines and title and plain(lines[0]) == plain(title):
        lines = lines[1:]
    return Article(
        id=url,
        text="\n".join(lines),
        url=url,
        outlet=outlet.domain if outlet else None,
        title=title,
        published=weigh_dates(visible, stamps, zone),
        authors=people.authors,
        editors=people.editors,
        layout=layout.name,
    )


def decode(html: str | bytes, content_type: str | None) -> str:
    """The page as text; UTF-8 wherever the bytes are valid UTF-8, whatever header and page claim."""
    if isinstance(html, str):
        return html
    try:
        # No other encoding's text is valid UTF-8 by chance, but many servers say iso-8859-1 and send UTF-8.
        return html.decode("utf-8-sig")
    except UnicodeDecodeError:
        return html_to_unicode(content_type, html, default_encoding="cp1252")[1]


def parse(markup: str) -> HtmlElement | None:
    """The page's tree; None where there is nothing to parse."""
    # Encoded anew, because lxml refuses text that declares an encoding, and NULs end its reading.
    raw = markup.replace("\x00", "").encode("utf-8", "replace")
    try:
        page = lxml.html.document_fromstring(raw, parser=lxml.html.HTMLParser(encoding="utf-8", remove_comments=True))
    except ParserError:
        return None
    return page


def find_body(page: HtmlElement, markup: str, url: str, outlet: Outlet | None) -> Found:
    """The body by the first layout that fits and gives text, else by trafilatura."""
    host = host_of(url)
    for layout in layouts_for(host, outlet.layout if outlet else None):
        if layout.marks and not any(mark(page) for mark in layout.marks):
            continue
        blocks = outermost(next(filter(None, (select(page) for select in layout.body)), []))
        # People stand inside the body on some sites; they are read before furniture goes.
        people = visible_people(page, layout) if blocks else People()
        lines: list[str] = []
        for block in blocks if layout.joined else blocks[:1]:
            for select in layout.drop:
                for element in select(block):
                    if element is not block and element.getparent() is not None:
                        element.drop_tree()
            lines.extend(lines_of(block))
        lines, foot = clean(lines)
        if lines:
            return Found(layout, lines, merge(people, foot))
    generic = next(layout for layout in load_layouts() if layout.name == GENERIC)
    lines, foot = clean(main_text(markup))
    return Found(generic, lines, merge(visible_people(page, generic), foot))


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


def text_of(element: HtmlElement) -> str:
    """All text of an element on one line."""
    return " ".join(" ".join(element.itertext()).split())


def read_title(page: HtmlElement, layout: Layout, tags: Tags) -> str | None:
    """The headline people see; the tags' where none is found, without the site's name behind it."""
    for select in layout.title:
        for element in select(page):
            # joined without blanks: a headline may have single letters marked up
            title = " ".join("".join(element.itertext()).split())
            if title:
                return title
    headings = [text_of(heading) for heading in page.iter("h1", "h2")]
    for tag in tags.titles:
        seen = [text for text in headings if len(text) > 10 and plain(text) in plain(tag)]
        if seen:
            return max(seen, key=len)
    if tags.titles:
        return min(tags.titles, key=len)
    return headings[0] if headings else None


def stamps_of(page: HtmlElement, layout: Layout) -> list[dt.date | dt.datetime]:
    """Stamps for machines on the very elements that show the date."""
    for select in layout.date:
        found = [parse_stamp(element.get("datetime") or element.get("title") or "") for element in select(page)[:1]]
        found += [
            parse_stamp(inner.get("datetime") or "") for element in select(page)[:1] for inner in element.iter("time")
        ]
        if stamps := [stamp for stamp in found if stamp is not None]:
            return stamps
    return []


def read_visible_date(page: HtmlElement, layout: Layout) -> dt.date | dt.datetime | None:
    """The date that people see where the layout says it stands."""
    for select in layout.date:
        for element in select(page)[:3]:
            shown = parse_visible(text_of(element))
            if shown is not None:
                return shown
    return None


def visible_people(page: HtmlElement, layout: Layout) -> People:
    """The people whom the layout's places name; a labelled line there ("Rep: X/ Red: Y") is taken at its word."""
    authors: list[str] = []
    editors: list[str] = []
    for selects, names in ((layout.authors, authors), (layout.editors, editors)):
        for select in selects:
            found: list[str] = []
            labelled = People()
            for element in select(page)[:3]:
                text = "\n".join(lines_of(element)) or text_of(element)
                read = parse_people(text)
                labelled = merge(labelled, read)
                if not (read.authors or read.editors):
                    found.extend(split_names(text))
            if found or labelled.authors or labelled.editors:
                authors.extend(labelled.authors)
                editors.extend(labelled.editors)
                names.extend(found)
                break
    return People(unique(authors), unique(editors))


def read_people(layout: Layout, people: People, tags: Tags) -> People:
    """Reporters and editors; the tags are asked only where nothing visible names a reporter."""
    if not people.authors and layout.trust_author_tag:
        named = [name for author in tags.authors for name in split_names(author)]
        people = merge(people, People(unique(named)))
    editors = {name.casefold() for name in people.editors}
    # Who is labelled editor is none of the reporters, whatever else the page calls them.
    authors = tuple(name for name in people.authors if name.casefold() not in editors)
    return People(authors, people.editors)
