"""The posts that WordPress lists under wp-json/wp/v2/posts, newest first."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode, urljoin

from scrapy.http import Response

from crawler.listings import Entry, parse_wordpress
from crawler.outlets import Discovery, Way
from crawler.spiders.search import NONSENSE, SearchSpider

FIELDS = "link,date,date_gmt,modified_gmt,title,excerpt,content"


class WordpressSpider(SearchSpider):
    """Searches by WordPress' REST interface."""

    name = "wordpress"
    way = Way.WORDPRESS

    def api(self, discovery: Discovery) -> str:
        return urljoin(discovery.url, "wp-json/wp/v2/posts")

    def search_url(self, api: str, words: str | None, page: int) -> str:
        query: dict[str, str | int] = {"search": words} if words else {}
        query |= {"per_page": self.per_page, "page": page, "_fields": FIELDS}
        if begins := self.window.begins_at():
            # Everything changed since then, so also everything published since then, which is what `after` would give;
            # before 5.7 WordPress did not know the word, and lists all.
            query["modified_after"] = begins
        if self.until:
            query["before"] = f"{self.until + dt.timedelta(days=1)}T00:00:00"
        return f"{api}?{urlencode(query)}"

    def nonsense_url(self, api: str) -> str:
        return f"{api}?{urlencode({'search': NONSENSE, 'per_page': 1, '_fields': 'link'})}"

    def entries(self, response: Response) -> list[Entry] | None:
        return parse_wordpress(response.body, response.url)

    def last_page(self, response: Response, entries: list[Entry], page: int) -> int:
        total = (response.headers.get("X-WP-TotalPages") or b"").decode("latin-1")
        return int(total) if total.isdigit() else page + (len(entries) == self.per_page)
