"""Index, tag and category pages: the stories that a page of headlines links to, whatever theme it wears."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from crawler.listings import Entry, clean_url
from crawler.manners.networks import same_network
from crawler.outlets import Outlet
from crawler.pages.dates import parse_stamp, parse_visible
from crawler.pages.layouts import article_patterns
from crawler.pages.read import decode, parse
from crawler.urls import canonical_url
from crawler.zones import ZONES

# Where a page's own menus and its pictures of partners stand; what they link to is not what the page lists.
MENUS = frozenset({"nav", "footer", "form", "select"})
# Paths that lead to further lists.
LISTS = re.compile(
    r"/(?:category|kategori|kanal|tag|tags|topik|topic|label|author|penulis|page|search|indeks|index|feed|wp-content"
    r"|about|tentang|redaksi|pedoman|kontak|login|privacy|disclaimer)(?:[/.?]|$)",
    re.IGNORECASE,
)
WORDS = 4
"""A headline's slug has so many words at least; the slugs of sections and pages about the site have fewer."""
CLIMB = 5
"""How far above a link its date may stand."""
FEW = 8
"""Beside so many of the links to one story its date is looked for."""
SECONDS = re.compile(r"[0-9]{1,11}")


def parse_index(body: bytes, base: str, articles: Sequence[re.Pattern[str]] = ()) -> list[Entry] | None:
    """The stories that a page of headlines links to, in its order; None where the body is no page.

    `articles` are the forms of stories' paths on this site (`story_forms`); without any a path counts that ends in the
    words of a headline.
    The title is the longest text that links there, the day is what stands beside it and beside no other story.
    """
    page = parse(decode(body, None))
    if page is None or next(page.iter("a"), None) is None:
        return None
    links: dict[str, list[tuple[str, HtmlElement]]] = {}
    for link in page.iter("a"):
        url = clean_url(link.get("href") or "", base)
        if url is None or not is_story(url, articles) or not same_network(url, base):
            continue
        if not any(above.tag in MENUS for above in link.iterancestors()):
            links.setdefault(canonical_url(url), []).append((url, link))
    stories = {link for found in links.values() for _, link in found}
    entries = []
    for found in links.values():
        texts = [title_of(link) for _, link in found]
        own = {link for _, link in found}
        entries.append(
            Entry(
                url=found[0][0],
                title=max(texts, key=len) or next((link.get("title") for _, link in found if link.get("title")), None),
                published=next(filter(None, (find_day(link, own, stories) for _, link in found[:FEW])), None),
            )
        )
    return entries


def story_forms(outlet: Outlet) -> tuple[re.Pattern[str], ...]:
    """What the paths of an outlet's stories begin with, as its table or its layouts tell; none where nobody knows."""
    return (outlet.article,) if outlet.article else article_patterns(outlet.domain, outlet.layout)


def is_story(url: str, articles: Sequence[re.Pattern[str]] = ()) -> bool:
    """Whether the address has the form of a story's."""
    parts = urlsplit(url)
    if articles:
        return any(article.match(parts.path) for article in articles)
    return not LISTS.search(parts.path) and len(words_of_slug(url)) >= WORDS


def words_of_slug(url: str) -> list[str]:
    """The words in the last part of an address: ["peserta", "jkn", "bertambah"]."""
    path = re.sub(r"/index\.\w+$", "", unquote(urlsplit(url).path)).rstrip("/")
    slug = re.sub(r"\.\w{3,5}$", "", path.rpartition("/")[2])
    return [word for word in re.split(r"[^\w]+|_", slug) if word.isalpha()]


def title_of(link: HtmlElement) -> str:
    """The headline in a link, which may hold rubric, day and teaser too (Viva); all its text where none is marked."""
    for element in link.iter("h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "p", "strong"):
        marked = element.tag[0] == "h" or re.search(r"title|judul|headline", element.get("class") or "", re.IGNORECASE)
        if marked and (text := text_of(element)):
            return text
    return text_of(link)


def find_day(link: HtmlElement, own: set[HtmlElement], stories: set[HtmlElement]) -> dt.date | dt.datetime | None:
    """The time printed beside a link: in the largest block around it that holds no other story than its `own` links."""
    block = link
    for above in list(link.iterancestors())[:CLIMB]:
        if any(other in stories and other not in own for other in above.iter("a")):
            break
        block = above
    for element in block.iter():
        if not isinstance(element.tag, str):
            continue
        # detik: <span d-time="1728045240" title="Jumat, 04 Okt 2024 19:34 WIB">
        seconds = element.get("d-time") or ""
        if SECONDS.fullmatch(seconds):
            return dt.datetime.fromtimestamp(int(seconds), ZONES["WIB"])
        if element.tag == "time" and (stamp := parse_stamp(element.get("datetime") or "")):
            return stamp
    return parse_visible(text_of(block)[-200:]) or parse_visible(text_of(block)[:200])


def text_of(element: HtmlElement) -> str:
    """The element's text on one line."""
    return " ".join(" ".join(text for text in element.itertext()).split())
