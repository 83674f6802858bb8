"""The posts that Blogger lists under feeds/posts/default, newest first."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode, urljoin

from scrapy.http import Response

from crawler.listings import Entry, parse_blogger
from crawler.outlets import Discovery, Way
from crawler.spiders.search import NONSENSE, SearchSpider


class BloggerSpider(SearchSpider):
    """Searches by Blogger's JSON feed."""

    name = "blogger"
    way = Way.BLOGGER

    def api(self, discovery: Discovery) -> str:
        return urljoin(discovery.url, "feeds/posts/default")

    def search_url(self, api: str, words: str | None, page: int) -> str:
        query: dict[str, str | int] = {"alt": "json", "max-results": self.per_page}
        query["start-index"] = (page - 1) * self.per_page + 1
        if words:
            query["q"] = words
        if begins := self.window.begins_at():
            # updated-min counts only where the order is by update, and then it brings revisions too.
            query |= {"updated-min": begins, "orderby": "updated"}
        if self.until:
            query["published-max"] = f"{self.until + dt.timedelta(days=1)}T00:00:00Z"
        return f"{api}?{urlencode(query)}"

    def nonsense_url(self, api: str) -> str:
        return f"{api}?{urlencode({'alt': 'json', 'max-results': 1, 'q': NONSENSE})}"

    def entries(self, response: Response) -> list[Entry] | None:
        read = parse_blogger(response.body, response.url)
        return None if read is None else read[0]

    def last_page(self, response: Response, entries: list[Entry], page: int) -> int:
        read = parse_blogger(response.body, response.url)
        return -(-read[1] // self.per_page) if read and entries else page
