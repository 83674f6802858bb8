"""News sitemaps, plain sitemaps and indexes of them, for the news and for the past."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Any

from scrapy.http import Response

from crawler.listings import Entry, parse_sitemap
from crawler.outlets import Discovery, Way
from crawler.spiders.discovery import DiscoverySpider
from crawler.spiders.reading import Requests

# An index below an index below an index is a loop.
DEEPEST = 3
NEWS = dt.timedelta(days=3)
"""Without a first day asked for, a sitemap that has not changed for so long holds no news."""
RECENT = dt.timedelta(days=30)
"""Nor is a page without a date of publication that has not changed for so long."""
# sitemap-2024-05.xml, /sitemap/2024/05/12.xml, sitemap-pt-post-2020-05.xml, sitemap.xml?yyyy=2020&mm=05
NAMED_DAYS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:\D{0,4}(?P<month>0[1-9]|1[0-2])(?:\D{0,4}(?P<day>[0-2]\d|3[01]))?)?(?!\d)"
)
# Sitemaps of what is no article: wp-sitemap-taxonomies-category-1.xml, author-sitemap.xml, sitemap_video.xml.
NO_ARTICLES = re.compile(
    r"categor|kategori|taxonom|[_-]tags?\b|post_tag|author|penulis|users?\b|image|gambar|foto|photo|video|page[-_]sitemap"
    r"|posts-page|static|attachment",
    re.IGNORECASE,
)


class SitemapSpider(DiscoverySpider):
    """A sitemap and, where it is an index, those below it that may hold what is asked for."""

    name = "sitemap"
    way = Way.SITEMAP

    def entries(self, response: Response) -> list[Entry] | None:
        sitemap = parse_sitemap(response.body, response.url)
        return None if sitemap is None else list(sitemap.entries)

    def follow(self, response: Response, entries: list[Entry], depth: int = 0, **arguments: Any) -> Requests:  # noqa: ANN401
        sitemap = parse_sitemap(response.body, response.url) if not entries and depth < DEEPEST else None
        for url, changed in sitemap.below if sitemap else ():
            if self.may_hold(url, changed):
                yield from self.listing_request(url, depth=depth + 1)
            else:
                self.count("sitemap_passed_over")

    def may_hold(self, url: str, changed: dt.date | None) -> bool:
        """Whether a sitemap of this name, last changed on this day, may hold articles of the days asked for.

        One that tells no day at all is of the past, unless it says that it is of the news.
        """
        name = url.rpartition("//")[2].partition("/")[2]
        if NO_ARTICLES.search(name):
            return False
        first = self.since or self.now.date() - NEWS
        named = days_named(name)
        if named is not None:
            return named[1] >= first and (self.until is None or named[0] <= self.until)
        if changed is not None:
            # In Greenwich, where most systems print it, the day begins hours later.
            return changed >= first - dt.timedelta(days=1)
        return self.since is not None or "news" in name

    def tells_all(self, entries: list[Entry]) -> bool:
        # An index may stay as it is while the sitemaps below it change.
        return bool(entries) and super().tells_all(entries)

    def reason_against(self, entry: Entry) -> str | None:
        old = self.now.date() - RECENT
        newest = entry.newest(self.window.zone)
        if not self.since and entry.published is None and newest and newest < old:
            return "outside_window"
        return super().reason_against(entry)


class PastSpider(SitemapSpider):
    """The sitemaps of an archive, for days that feeds and news sitemaps have forgotten."""

    name = "past"
    way = Way.PAST

    def ask(self, discovery: Discovery) -> Requests:
        if self.since:
            yield from super().ask(discovery)


def days_named(name: str) -> tuple[dt.date, dt.date] | None:
    """The first and last day of the year, month or day that the name of a sitemap tells; None where it tells none.

    >>> days_named("sitemap-pt-post-2020-05.xml")
    (datetime.date(2020, 5, 1), datetime.date(2020, 5, 31))
    """
    found = NAMED_DAYS.search(name)
    if found is None:
        return None
    year, month, day = int(found["year"]), int(found["month"] or 0), int(found["day"] or 0)
    try:
        if day:
            return dt.date(year, month, day), dt.date(year, month, day)
        if month:
            return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    except ValueError:
        return None
    return dt.date(year, 1, 1), dt.date(year, 12, 31)
