"""What a layout finds on a page besides the body: headline, date and people."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.pages.body import lines_of, plain
from crawler.pages.bylines import People, merge, parse_people, split_names, unique
from crawler.pages.dates import parse_stamp, parse_visible
from crawler.pages.layouts import Layout
from crawler.pages.metadata import Tags

CHANGED = re.compile(r"updated|modified", re.IGNORECASE)
LONGEST_TITLE = 200
FRONT = re.compile(r"(?:(?:https?:)?//[^/?#]+)?/?(?:index\.\w{3,5})?")
NEAR = 8
"""So many lines above the text a headline may stand."""
ENOUGH = 0.5
SECOND_LEVEL = frozenset(
    {"co", "go", "or", "ac", "sch", "web", "my", "net", "desa", "com", "github", "blogspot", "wordpress"}
)
"""Domains under which sites have their names."""


def text_of(element: HtmlElement) -> str:
    """All text of an element on one line."""
    return " ".join(" ".join(element.itertext()).split())


def shown_title(page: HtmlElement, layouts: Iterable[Layout]) -> str | None:
    """The headline where one of the layouts says it stands."""
    for layout in layouts:
        for select in layout.title:
            for element in select.on_page(page):
                # joined without blanks: a headline may have single letters marked up
                title = " ".join("".join(element.itertext()).split())
                if title:
                    return title
    return None


def guess_title(page: HtmlElement, tags: Tags, above: list[str], body: list[str]) -> str | None:
    """The headline of a page of unknown make; `above` are the lines before the text, `body` those of the text.

    A heading that the tags name too. Else the heading, tag or line above the text that has most words in common with
    it: tags may name only the site, and old sites have no headings.
    """
    headings = [text for heading in page.iter("h1", "h2") if not is_logo(heading) and (text := text_of(heading))]
    # Blogger's stories have theirs on the third level.
    lower = [text for heading in page.iter("h3", "h4") if not is_logo(heading) and (text := text_of(heading))]
    for level in (headings, lower):
        for tag in (*tags.titles, tags.head):
            seen = [text for text in level if len(text) > 10 and plain(text) in plain(tag)]
            if seen:
                return max(seen, key=len)
    words = words_of(" ".join(body))
    candidates = [*tags.titles, *headings, tags.head, *reversed(above[-NEAR:])]
    told = [(share_of(words_of(text), words), text) for text in candidates if len(text) <= LONGEST_TITLE]
    fitting = [(share, text) for share, text in told if share >= ENOUGH and parse_visible(text) is None]
    if fitting:
        # the first of the best
        return max(fitting, key=lambda pair: pair[0])[1]
    if tags.titles:
        return min(tags.titles, key=len)
    # The site's own name may be the first heading; the headline is the one nearest to the text.
    near = [text for text in above[-NEAR:] if len(text) > 10 and (text in headings or text in lower)]
    if near:
        return near[-1]
    return headings[0] if headings else tags.head or None


def is_logo(heading: HtmlElement) -> bool:
    """Whether a heading is the site's name: a link to the front page."""
    links = [link for link in heading.iter("a") if text_of(link)]
    return any(FRONT.fullmatch(link.get("href") or "") for link in links)


def words_of(text: str) -> set[str]:
    """The words of a text that say what it is about, and its figures."""
    return {word for word in re.findall(r"\w[\w.,]*\w", text.casefold()) if len(word) > 3 or word[0].isdigit()}


def share_of(words: set[str], others: set[str]) -> float:
    """How much of a heading its text takes up; a heading of one or two words says nothing."""
    return len(words & others) / len(words) * min(len(words), 6) / 6 if words else 0.0


@dataclass(frozen=True, slots=True)
class Dates:
    """What the places of a date show people, and what they tell machines."""

    visible: dt.date | dt.datetime | None = None
    stamps: tuple[dt.date | dt.datetime, ...] = ()


def read_dates(page: HtmlElement, layouts: Iterable[Layout]) -> Dates:
    """The date where the first of the layouts that finds any says it stands."""
    for layout in layouts:
        visible: dt.date | dt.datetime | None = None
        stamps: list[dt.date | dt.datetime] = []
        for select in layout.date:
            elements = select.on_page(page)[:3]
            stamps = stamps or (stamps_on(elements[0]) if elements else [])
            visible = visible or next(filter(None, (parse_visible(text_of(element)) for element in elements)), None)
            if visible is not None and stamps:
                break
        if visible is not None or stamps:
            return Dates(visible, tuple(stamps))
    return Dates()


def stamps_on(element: HtmlElement) -> list[dt.date | dt.datetime]:
    """Stamps for machines on the element that shows the date, and on those in it."""
    told = [element.get("datetime") or element.get("title")]
    # newkarma puts the day of the last change beside that of publication.
    told += [inner.get("datetime") for inner in element.iter("time") if not CHANGED.search(inner.get("class") or "")]
    parsed = (parse_stamp(stamp) for stamp in told if stamp)
    return [stamp for stamp in parsed if stamp is not None]


def visible_people(page: HtmlElement, layout: Layout) -> People:
    """The people whom the layout's places name; a labelled line there ("Rep: X/ Red: Y") is taken at its word."""
    authors: list[str] = []
    editors: list[str] = []
    for selects, names in ((layout.authors, authors), (layout.editors, editors)):
        for select in selects:
            found: list[str] = []
            labelled = People()
            for element in select.on_page(page)[:3]:
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


def read_people(layout: Layout, people: People, tags: Tags, host: str) -> People:
    """Reporters and editors; the tags are asked only where nothing visible names a reporter.

    Tags also name the site itself as author ("Kompas Cyber Media" of kompas.com), which is nobody.
    """
    told = [tags.metas[name] for name in layout.author_meta if name in tags.metas and "://" not in tags.metas[name]]
    told = told or (list(tags.authors) if layout.trust_author_tag else [])
    if not people.authors and told:
        site = site_of(host)
        # Who the tags call editor, too, edited.
        seen_through = {name.casefold() for editor in tags.editors for name in split_names(editor)}
        names = [name for author in told for name in split_names(author) if name.casefold() not in seen_through]
        named = [name for name in names if not (site and site in plain(name))]
        people = merge(people, People(unique(named)))
    editors = {name.casefold() for name in people.editors}
    # Who is labelled editor is none of the reporters, whatever else the page calls them.
    authors = tuple(name for name in people.authors if name.casefold() not in editors)
    return People(authors, people.editors)


def site_of(host: str) -> str:
    """What a site is called in its address: "kompas" of bola.kompas.com, "palukota" of www.palukota.go.id."""
    labels = host.split(".")[:-1]
    if len(labels) > 1 and labels[-1] in SECOND_LEVEL:
        labels.pop()
    return plain(labels[-1]) if labels else ""
