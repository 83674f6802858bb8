"""RSS, RDF and Atom feeds."""

from __future__ import annotations

from scrapy.http import Response

from crawler.listings import Entry, parse_feed
from crawler.outlets import Way
from crawler.spiders.discovery import DiscoverySpider


class FeedSpider(DiscoverySpider):
    """What a feed holds; feeds have no past, so there is nothing to page through."""

    name = "feed"
    way = Way.FEED

    def entries(self, response: Response) -> list[Entry] | None:
        return parse_feed(response.body, response.url)
