"""The posts that Blogger lists under feeds/posts/default, newest first."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode, urljoin

from scrapy.http import Response

from crawler.listings import Entry, parse_blogger
from crawler.outlets import Discovery, Way
from crawler.spiders.discovery import DiscoverySpider, Requests

PER_PAGE = 50
# Without a first day asked for, one page a search is news enough.
PAGES_WITHOUT_SINCE = 1


class BloggerSpider(DiscoverySpider):
    """One search for each of the words that name the programme, paged back to the first day asked for."""

    name = "blogger"
    way = Way.BLOGGER

    def ask(self, discovery: Discovery) -> Requests:
        for words in self.outlet.search or self.relevance.search:
            yield self.page(urljoin(discovery.url, "feeds/posts/default"), words, 1)

    def page(self, api: str, words: str, start: int) -> Any:  # noqa: ANN401 - a request
        query = {"alt": "json", "q": words, "max-results": PER_PAGE, "start-index": start}
        if self.since:
            # updated-min counts only where the order is by update, and then it brings revisions too.
            query |= {"updated-min": f"{self.since}T00:00:00Z", "orderby": "updated"}
        if self.until:
            query["published-max"] = f"{self.until + dt.timedelta(days=1)}T00:00:00Z"
        return self.listing_request(f"{api}?{urlencode(query)}", api=api, words=words, start=start)

    def entries(self, response: Response) -> list[Entry] | None:
        read = parse_blogger(response.body, response.url)
        return None if read is None else read[0]

    def follow(self, response: Response, entries: list[Entry], **arguments: Any) -> Requests:  # noqa: ANN401
        read = parse_blogger(response.body, response.url)
        following = int(arguments["start"]) + PER_PAGE
        pages = (following - 1) // PER_PAGE
        if read and entries and following <= read[1] and (self.since or pages < PAGES_WITHOUT_SINCE):
            yield self.page(arguments["api"], arguments["words"], following)
