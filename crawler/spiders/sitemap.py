"""News sitemaps, plain sitemaps and indexes of them."""

from __future__ import annotations

from typing import Any

from scrapy.http import Response

from crawler.listings import Entry, parse_sitemap
from crawler.outlets import Way
from crawler.spiders.discovery import DiscoverySpider, Requests

# An index below an index below an index is a loop.
DEEPEST = 3


class SitemapSpider(DiscoverySpider):
    """A sitemap and, where it is an index, those below it that may have changed within the days asked for."""

    name = "sitemap"
    way = Way.SITEMAP

    def entries(self, response: Response) -> list[Entry] | None:
        sitemap = parse_sitemap(response.body, response.url)
        return None if sitemap is None else list(sitemap.entries)

    def follow(self, response: Response, entries: list[Entry], depth: int = 0, **arguments: Any) -> Requests:  # noqa: ANN401
        sitemap = parse_sitemap(response.body, response.url) if not entries and depth < DEEPEST else None
        for url, changed in sitemap.below if sitemap else ():
            if not (self.since and changed and changed < self.since):
                yield self.listing_request(url, depth=depth + 1)
