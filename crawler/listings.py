"""What a site announces: feeds, sitemaps, and the posts that WordPress and Blogger list.

Each function reads one response body; a body that is no such thing gives None, an entry without a usable address is
left out.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml import etree

from crawler.pages.body import lines_of
from crawler.pages.dates import parse_stamp
from crawler.pages.read import parse
from crawler.zones import day_in

MAX_SITEMAP_BYTES = 64 * 1024 * 1024
ITEMS = ("item", "entry")


@dataclass(frozen=True, slots=True)
class Entry:
    """One announced article. `modified` is the stamp as announced, to be compared and not read."""

    url: str
    title: str | None = None
    teaser: str | None = None
    content: str | None = None
    """The whole article as HTML, where the listing brings it."""
    published: dt.date | dt.datetime | None = None
    modified: str | None = None

    def newest(self, zone: dt.tzinfo | None = None) -> dt.date | None:
        """The last day on which this entry is known to have been published or changed, as counted in a zone."""
        stamps = [self.published, parse_stamp(self.modified or "")]
        return max((day_in(zone, stamp) for stamp in stamps if stamp is not None), default=None)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's articles, and the sitemaps below it with the day each last changed."""

    entries: tuple[Entry, ...]
    below: tuple[tuple[str, dt.date | None], ...]


def clean_url(url: str, base: str | None = None) -> str | None:
    """The absolute web address without its fragment; None where it is none."""
    if not url.strip():
        return None
    try:
        parts = urlsplit(urljoin(base or "", html.unescape(url.strip())))
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host = (
        parts.hostname
        if port is None or port == {"http": 80, "https": 443}[parts.scheme]
        else f"{parts.hostname}:{port}"
    )
    if ":" in parts.hostname:
        host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))


def parse_xml(body: bytes) -> etree._Element | None:
    """The root of an XML document, mended where it is broken; None where nothing is left."""
    # Some feeds have blank lines before the XML declaration (Republika, 2015).
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(body.lstrip(b"\xef\xbb\xbf \t\r\n"), parser=parser)
    except etree.XMLSyntaxError:
        return None


def local_name(element: etree._Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: etree._Element) -> dict[str, str]:
    """The first text of each kind of child, by "prefix:name" for the prefixes feeds use, else by name."""
    found: dict[str, str] = {}
    for child in element:
        name = local_name(child)
        # In a feed that closes none of its items each lies in the one before.
        if name and name not in ITEMS:
            key = f"{child.prefix}:{name}" if child.prefix in ("content", "media") else name
            found.setdefault(key, "".join(child.itertext()).strip())
    return found


def parse_feed(body: bytes, base: str) -> list[Entry] | None:
    """The entries of an RSS, RDF or Atom feed; None where the body is no feed."""
    root = parse_xml(body)
    if root is None or local_name(root).casefold() not in ("rss", "rdf", "feed"):
        return None
    entries = []
    for item in root.iter():
        if local_name(item) not in ITEMS:
            continue
        fields = children(item)
        url = clean_url(item_link(item, fields), base)
        if url is None:
            continue
        published = fields.get("pubDate") or fields.get("published") or fields.get("date") or ""
        entries.append(
            Entry(
                url=url,
                title=plain_text(fields.get("title")),
                teaser=plain_text(fields.get("description") or fields.get("summary")),
                content=fields.get("content:encoded") or fields.get("content"),
                published=parse_stamp(published),
                modified=fields.get("updated") or fields.get("modified"),
            )
        )
    return entries


def item_link(item: etree._Element, fields: dict[str, str]) -> str:
    """RSS writes the address as text, Atom in one of several link elements."""
    links = [child for child in item if local_name(child) == "link" and child.get("href")]
    for link in links:
        if link.get("rel", "alternate") == "alternate":
            return str(link.get("href"))
    return fields.get("link") or (fields.get("guid", "") if "://" in fields.get("guid", "") else "")


def plain_text(markup: str | None) -> str | None:
    """The words of a piece of HTML such as a feed's description; None where there are none."""
    page = parse(markup) if markup and markup.strip() else None
    return " ".join(lines_of(page)) or None if page is not None else None


def parse_sitemap(body: bytes, base: str) -> Sitemap | None:
    """A sitemap, news sitemap or sitemap index, gzipped or not; None where the body is none."""
    if body[:2] == b"\x1f\x8b":
        unpacked = gunzip(body, MAX_SITEMAP_BYTES)
        if unpacked is None:
            return None
        body = unpacked
    root = parse_xml(body)
    if root is None or local_name(root) not in ("urlset", "sitemapindex"):
        return None
    entries: list[Entry] = []
    below: list[tuple[str, dt.date | None]] = []
    for node in root:
        name = local_name(node)
        if name not in ("url", "sitemap"):
            continue
        fields = children(node)
        news = next((children(child) for child in node if local_name(child) == "news"), {})
        url = clean_url(fields.get("loc", ""), base)
        if url is None:
            continue
        if name == "sitemap":
            changed = parse_stamp(fields.get("lastmod", ""))
            below.append((url, changed.date() if isinstance(changed, dt.datetime) else changed))
            continue
        entries.append(
            Entry(
                url=url,
                title=plain_text(news.get("title")),
                teaser=plain_text(news.get("keywords")),
                published=parse_stamp(news.get("publication_date", "")),
                modified=fields.get("lastmod") or None,
            )
        )
    return Sitemap(tuple(entries), tuple(below))


def gunzip(body: bytes, limit: int) -> bytes | None:
    """The unpacked bytes, as many as are whole; None where they are more than `limit` or no gzip at all."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacker.decompress(body, limit)
    except zlib.error:
        return None
    return None if unpacker.unconsumed_tail else unpacked


def parse_json(body: bytes) -> Any:  # noqa: ANN401 - the shape is tested by the readers below
    """The value of a JSON document; None where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def parse_wordpress(body: bytes, base: str) -> list[Entry] | None:
    """The posts of wp-json/wp/v2/posts; None where the body is no list of posts."""
    data = parse_json(body)
    if not isinstance(data, list):
        return None
    return list(iter_wordpress([post for post in data if isinstance(post, dict)], base))


def iter_wordpress(posts: list[dict[str, Any]], base: str) -> Iterator[Entry]:
    for post in posts:
        url = clean_url(str(post.get("link") or ""), base)
        if url is None:
            continue
        yield Entry(
            url=url,
            title=plain_text(rendered(post.get("title"))),
            teaser=plain_text(rendered(post.get("excerpt"))),
            content=rendered(post.get("content")) or None,
            published=wordpress_stamp(post),
            modified=wordpress_change(post),
        )


def wordpress_stamp(post: dict[str, Any]) -> dt.date | dt.datetime | None:
    """WordPress gives the wall clock and Greenwich's; together they tell the site's offset."""
    local, universal = parse_stamp(str(post.get("date") or "")), parse_stamp(str(post.get("date_gmt") or ""))
    if isinstance(local, dt.datetime) and isinstance(universal, dt.datetime) and local.tzinfo is None:
        # cut to whole minutes: no zone is finer
        offset = dt.timedelta(minutes=round((local - universal.replace(tzinfo=None)).total_seconds() / 60))
        if abs(offset) < dt.timedelta(hours=24):
            return local.replace(tzinfo=dt.timezone(offset))
    return local


def wordpress_change(post: dict[str, Any]) -> str | None:
    """When a post was last changed. Greenwich's time comes without saying so: at 6 in Jakarta it is still yesterday."""
    universal = str(post.get("modified_gmt") or "")
    return f"{universal}+00:00" if universal else str(post.get("modified") or "") or None


def rendered(value: object) -> str:
    """The text of WordPress' {"rendered": "..."}."""
    text = value.get("rendered") if isinstance(value, dict) else None
    return text if isinstance(text, str) else ""


def parse_blogger(body: bytes, base: str) -> tuple[list[Entry], int] | None:
    """The posts of feeds/posts/default?alt=json and how many there are in all; None where the body is none."""
    data = parse_json(body)
    feed = data.get("feed") if isinstance(data, dict) else None
    if not isinstance(feed, dict):
        return None
    total = value_of(feed.get("openSearch$totalResults"))
    posts = feed.get("entry") or []
    entries = (
        list(iter_blogger([post for post in posts if isinstance(post, dict)], base)) if isinstance(posts, list) else []
    )
    # "²" is a digit too, and Python reads no number of more than 4,300.
    return entries, int(total) if re.fullmatch(r"[0-9]{1,12}", total) else len(entries)


def iter_blogger(posts: list[dict[str, Any]], base: str) -> Iterator[Entry]:
    for post in posts:
        links = post.get("link") if isinstance(post.get("link"), list) else []
        pages = (link.get("href") for link in links or () if isinstance(link, dict) and link.get("rel") == "alternate")
        url = clean_url(str(next(pages, "") or ""), base)
        if url is None:
            continue
        yield Entry(
            url=url,
            title=plain_text(value_of(post.get("title"))),
            teaser=plain_text(value_of(post.get("summary"))),
            content=value_of(post.get("content")) or None,
            published=parse_stamp(value_of(post.get("published"))),
            modified=value_of(post.get("updated")) or None,
        )


def value_of(field: object) -> str:
    """The text of Blogger's {"$t": "..."}."""
    return str(cast(dict[str, object], field).get("$t") or "") if isinstance(field, dict) else ""
