"""What a probe found out about a site, before anything is concluded from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from crawler.listings import Entry
from crawler.probe.signs import Sign

FORBIDDEN = "forbidden by robots.txt"
"""The problem of an address that the site asks programs to leave alone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, and what came of it: a status, or a problem in a word or a few."""

    url: str
    status: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class FeedFound:
    """A feed that can be read. `leads_home`: all its links lead to front pages, so it is of no use."""

    url: str
    entries: int
    newest: dt.date | None
    leads_home: bool


@dataclass(frozen=True, slots=True)
class SitemapFound:
    """A sitemap; `kind` as `sitemap_kind` has it, `size` the articles or sitemaps in it."""

    url: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class SearchFound:
    """The interface of WordPress or Blogger, by the root it hangs under. `heeds_query` is None where nobody knows."""

    way: str
    root: str
    posts: int
    heeds_query: bool | None


@dataclass(frozen=True, slots=True)
class ListFound:
    """A page of headlines, with its placeholders, and how many stories its first page links to."""

    address: str
    stories: int


@dataclass(frozen=True, slots=True)
class ArticleFound:
    """A sample article as read. `printed_zone` is what stands behind its times; `length` counts characters of its body.

    `layout` is "generic" where none fits; `drift` are the fields that the site's own layout did not find.
    """

    url: str
    layout: str
    title: str | None
    published: dt.date | dt.datetime | None
    printed_zone: str | None
    authors: tuple[str, ...]
    length: int
    drift: tuple[str, ...]


@dataclass(slots=True)
class Findings:
    """All of it, filled in as answers come. `front` is the address of the front page, where redirects led."""

    front: str
    asked: list[Asked] = field(default_factory=list)
    name: str | None = None
    system: Sign | None = None
    network: Sign | None = None
    feeds: list[FeedFound] = field(default_factory=list)
    sitemaps: list[SitemapFound] = field(default_factory=list)
    search: SearchFound | None = None
    search_problem: str | None = None
    """Why the interface of a system that was seen cannot be used."""
    lists: list[ListFound] = field(default_factory=list)
    articles: list[ArticleFound] = field(default_factory=list)
    zone_set: str | None = None
    """That the site's system is set to: its pages print times of it."""
    zone_of_feed: str | None = None
    """By the offsets of a feed's times, which many systems write as +07:00 wherever they stand."""
    announced: list[Entry] = field(default_factory=list)
    """The stories met on the way, to take samples from."""
