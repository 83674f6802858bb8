"""The posts that WordPress lists under wp-json/wp/v2/posts, newest first."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode, urljoin

from scrapy.http import Response

from crawler.listings import Entry, parse_wordpress
from crawler.outlets import Discovery, Way
from crawler.spiders.discovery import DiscoverySpider, Requests

PER_PAGE = 50
FIELDS = "link,date,date_gmt,modified_gmt,title,excerpt,content"
# Without a first day asked for, one page a search is news enough.
PAGES_WITHOUT_SINCE = 1


class WordpressSpider(DiscoverySpider):
    """One search for each of the words that name the programme, paged back to the first day asked for."""

    name = "wordpress"
    way = Way.WORDPRESS

    def ask(self, discovery: Discovery) -> Requests:
        api = urljoin(discovery.url, "wp-json/wp/v2/posts")
        for words in self.outlet.search or self.relevance.search:
            yield self.page(api, words, 1)

    def page(self, api: str, words: str, number: int) -> Any:  # noqa: ANN401 - a request
        query = {"search": words, "per_page": PER_PAGE, "page": number, "_fields": FIELDS}
        if self.since:
            # Everything changed since then, so also everything published since then, which is what `after` would give;
            # before 5.7 WordPress did not know the word, and lists all.
            query["modified_after"] = f"{self.since}T00:00:00"
        if self.until:
            query["before"] = f"{self.until + dt.timedelta(days=1)}T00:00:00"
        return self.listing_request(f"{api}?{urlencode(query)}", api=api, words=words, number=number)

    def entries(self, response: Response) -> list[Entry] | None:
        return parse_wordpress(response.body, response.url)

    def follow(self, response: Response, entries: list[Entry], **arguments: Any) -> Requests:  # noqa: ANN401
        total = (response.headers.get("X-WP-TotalPages") or b"").decode("latin-1")
        number = int(arguments["number"])
        last = int(total) if total.isdigit() else number + (len(entries) == PER_PAGE)
        if number < last and (self.since or number < PAGES_WITHOUT_SINCE):
            yield self.page(arguments["api"], arguments["words"], number + 1)
