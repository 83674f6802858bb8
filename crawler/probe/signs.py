"""What one answer of a site shows of it: its system, its network, its feeds, lists and clock. Nothing is asked here."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.indexes import parse_index
from crawler.listings import Entry, Sitemap, clean_url, local_name, parse_json, parse_xml
from crawler.pages.body import lines_of
from crawler.pages.layouts import within
from crawler.pages.metadata import read_metas
from crawler.pages.read import decode, parse
from crawler.probe.platforms import Platform, load_platforms
from crawler.spiders.sitemap import days_named
from crawler.urls import canonical_url, is_front_page
from crawler.zones import ZONES
from extract.letters import folded

SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
# "13:39 WIB", "14.56 Wita"; the letters alone may be a word (wit, as in English).
PRINTED_ZONE = re.compile(r"\b[0-2]?\d[:.][0-5]\d(?:[:.][0-5]\d)? ?\(?(WIB|WITA|WIT)\b", re.IGNORECASE)
LIST_PATHS = re.compile(
    r"/(?:indeks|index|terkini|terbaru|latest|indeks-berita|index-news|berita-terkini)/?$", re.IGNORECASE
)
PAGE_IN_QUERY = re.compile(r"(?<=[?&])(page|halaman|hal|paged|p)=2(?=&|$)")
PAGE_IN_PATH = re.compile(r"/(page|halaman|indeks|index|terkini)/2(?=/?$)")
OFFSET_IN_QUERY = re.compile(r"(?<=[?&])(per_page|offset|start)=([1-9]\d{0,2})(?=&|$)")
ENOUGH_LINKS = 3
COMMENTS = re.compile(r"/comments?/|/komentar/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request. `asked` is the address asked for, `url` where redirects led; header names are lower."""

    asked: str
    url: str
    status: int = 0
    headers: Mapping[str, str] | None = None
    body: bytes = b""
    problem: str | None = None
    """Why there is nothing to read, in one word or a few; None where there is."""

    def header(self, name: str) -> str:
        """A header by its lower-case name; empty where there is none."""
        return (self.headers or {}).get(name, "")


@dataclass(frozen=True, slots=True)
class Sign:
    """A platform, and what gave it away, in plain words. `root` is where WordPress says that its interface hangs."""

    platform: Platform
    why: str
    root: str | None = None


def find_system(answer: Answer) -> Sign | None:
    """The content system that a page, feed, sitemap or REST root was made by; None where nothing tells."""
    systems = {platform.key: platform for platform in load_platforms()[0]}
    root = rest_root(answer)
    if root is not None:
        return Sign(systems["wordpress"], "it names its REST interface", root)
    if is_rest_root(answer.body):
        return Sign(systems["wordpress"], "its REST interface answers", answer.url.partition("wp-json")[0])
    if "/wp-sitemap" in answer.url:
        return Sign(systems["wordpress"], "its sitemaps are named as WordPress names them")
    host = host_of(answer.url)
    generators = [text.casefold() for text in generators_of(answer)]
    used = list(resources_of(answer))
    for platform in systems.values():
        if any(within(host, domain) for domain in platform.hosts):
            return Sign(platform, f"its host lies under {platform.hosts[0]}")
        if any(text.startswith(platform.generator) for text in generators):
            return Sign(platform, "it says so itself (generator)")
        if found := next((mark for mark in platform.resources if any(mark in url for url in used)), None):
            return Sign(platform, f"its pages use {found}")
    paths = [urlsplit(url).path for url in links_of(answer)]
    for platform in systems.values():
        if platform.address and len([path for path in paths if platform.address.search(path)]) >= ENOUGH_LINKS:
            return Sign(platform, "its articles have addresses like those of such sites")
    return None


def links_of(answer: Answer) -> list[str]:
    """The addresses on the site's own host that a page links to, each once."""
    page = page_of(answer)
    found = (clean_url(link.get("href") or "", answer.url) for link in (page.iter("a") if page is not None else ()))
    return list(dict.fromkeys(url for url in found if url is not None and host_of(url) == host_of(answer.url)))


def find_network(answer: Answer) -> Sign | None:
    """The network of sites that a page belongs to, by its host or by whence its scripts and styles come."""
    host = host_of(answer.url)
    networks = load_platforms()[1]
    for platform in networks:
        if any(within(host, domain) for domain in platform.hosts):
            return Sign(platform, "by its host")
    used = list(resources_of(answer))
    for platform in networks:
        if found := next((mark for mark in platform.resources if any(mark in url for url in used)), None):
            return Sign(platform, f"its scripts or styles come from {found}")
    return None


def host_of(url: str) -> str:
    """The host of an address; empty where it cannot be taken apart."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def page_of(answer: Answer) -> HtmlElement | None:
    """The tree of an HTML page; None for feeds and sitemaps."""
    if answer.body.lstrip()[:200].startswith((b"<?xml", b"<rss", b"<feed", b"<urlset", b"{", b"[")):
        return None
    return parse(decode(answer.body, answer.header("content-type")))


def rest_root(answer: Answer) -> str | None:
    """The root that WordPress' interface hangs under, by the Link header or the page's own link to it."""
    links = re.findall(r'<([^<>]+)>\s*;\s*rel="?https://api\.w\.org/', answer.header("link"))
    page = page_of(answer)
    if page is not None:
        links += [link.get("href") or "" for link in page.iter("link") if link.get("rel") == "https://api.w.org/"]
    for link in links:
        url = clean_url(link, answer.url)
        # Without pretty addresses it is "?rest_route=/", which the spider does not speak.
        if url is not None and "wp-json" in url:
            return url.partition("wp-json")[0]
    return None


def is_rest_root(body: bytes) -> bool:
    """Whether it is what WordPress answers at wp-json/."""
    data = parse_json(body) if body.lstrip()[:1] == b"{" else None
    return isinstance(data, dict) and isinstance(data.get("namespaces"), list) and "wp/v2" in data["namespaces"]


def generators_of(answer: Answer) -> list[str]:
    """What says that it made the page or the feed."""
    page = page_of(answer)
    if page is not None:
        return [
            meta.get("content") or "" for meta in page.iter("meta") if (meta.get("name") or "").lower() == "generator"
        ]
    root = parse_xml(answer.body)
    if root is None:
        return []
    names = ["".join(node.itertext()).strip() for node in root.iter() if local_name(node) == "generator"]
    # WordPress' own sitemaps are known by their names.
    locations = ("".join(node.itertext()) for node in root.iter() if local_name(node) == "loc")
    return [*names, *("wordpress" for url in locations if "/wp-sitemap-" in url)]


def resources_of(answer: Answer) -> Iterator[str]:
    """The addresses of a page's scripts, styles and links of the head."""
    page = page_of(answer)
    for element in page.iter("script", "link") if page is not None else ():
        yield element.get("src") or element.get("href") or ""


def feeds_named(answer: Answer) -> list[str]:
    """The feeds that a page names in its head, without those of comments."""
    page = page_of(answer)
    found = []
    for link in page.iter("link") if page is not None else ():
        kind = (link.get("type") or "").casefold()
        if "alternate" in (link.get("rel") or "").casefold().split() and ("rss" in kind or "atom" in kind):
            url = clean_url(link.get("href") or "", answer.url)
            if url is not None and not COMMENTS.search(urlsplit(url).path):
                found.append(url)
    return list(dict.fromkeys(found))


def sitemaps_named(robots: str, base: str) -> list[str]:
    """The sitemaps that a robots.txt names."""
    found = (clean_url(line, base) for line in SITEMAP_LINE.findall(robots))
    return list(dict.fromkeys(url for url in found if url is not None))


def lead_home(entries: Iterable[Entry]) -> bool:
    """Whether the links of a feed all lead to front pages, as Tribun's do: nothing can be read by them."""
    addresses = {canonical_url(entry.url) for entry in entries}
    return bool(addresses) and all(is_front_page(url) for url in addresses)


def sitemap_kind(sitemap: Sitemap) -> str:
    """ "news", "plain", "dated index" (its sitemaps are named by days), "index" or "empty"."""
    if sitemap.below:
        named = [days_named(urlsplit(url).path + "?" + urlsplit(url).query) for url, _ in sitemap.below]
        return "dated index" if sum(days is not None for days in named) >= 2 else "index"
    if not sitemap.entries:
        return "empty"
    return "news" if any(entry.published for entry in sitemap.entries) else "plain"


def lists_named(answer: Answer) -> list[str]:
    """The pages that a front page calls its index or its latest, the shortest address first."""
    page = page_of(answer)
    found = []
    for link in page.iter("a") if page is not None else ():
        url = clean_url(link.get("href") or "", answer.url)
        if url is not None and host_of(url) == host_of(answer.url) and LIST_PATHS.search(urlsplit(url).path):
            found.append(url)
    return sorted(dict.fromkeys(found), key=len)


def paged_address(answer: Answer) -> str | None:
    """The address of a list with a placeholder for its pages, by a link to the second one; None without such a link."""
    page = page_of(answer)
    for link in page.iter("a", "link") if page is not None else ():
        url = clean_url(link.get("href") or "", answer.url)
        if url is None or host_of(url) != host_of(answer.url) or "{" in url:
            continue
        # A link to the second page of something else, such as a section, is none to this list's.
        if not urlsplit(url).path.rstrip("/").startswith(urlsplit(answer.url).path.rstrip("/")):
            continue
        if PAGE_IN_QUERY.search(url):
            return PAGE_IN_QUERY.sub(r"\1={page}", url)
        if PAGE_IN_PATH.search(url):
            return PAGE_IN_PATH.sub(r"/\1/{page}", url)
        if found := OFFSET_IN_QUERY.search(url):
            return f"{url[: found.start()]}{found[1]}={{offset:{found[2]}}}{url[found.end() :]}"
    return None


def stories_on(answer: Answer) -> list[Entry]:
    """The stories that a page of headlines links to."""
    return (parse_index(answer.body, answer.url) or []) if page_of(answer) is not None else []


def printed_zone(answer: Answer) -> str | None:
    """The zone that a page prints behind its times, most often; None where it prints none."""
    page = page_of(answer)
    lines = lines_of(page) if page is not None else []
    found = Counter(folded(zone).upper() for line in lines for zone in PRINTED_ZONE.findall(line))
    return found.most_common(1)[0][0] if found else None


def zone_of_offsets(stamps: Sequence[dt.date | dt.datetime | None]) -> str | None:
    """The zone whose offset all stamps carry. +07:00 says little, for many systems write it wherever they stand."""
    offsets = {stamp.utcoffset() for stamp in stamps if isinstance(stamp, dt.datetime) and stamp.tzinfo is not None}
    for name, zone in ZONES.items():
        if offsets == {zone.utcoffset(None)}:
            return name
    return None


def site_name(answer: Answer) -> str | None:
    """The name that a front page gives its site: og:site_name, else the shorter end of its title."""
    page = page_of(answer)
    if page is None:
        return None
    name = read_metas(page).get("og:site_name", "").strip()
    if name and "://" not in name:
        return name
    title = " ".join((page.findtext(".//title") or "").split())
    parts = [part.strip() for part in re.split(r"\s[|–—-]\s", title) if part.strip()]
    return min(parts, key=len) if parts else None
