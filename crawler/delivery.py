"""The last stage of the item pipeline: hands each article to whoever started the crawl."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from crawler.items import FetchedArticle


class Delivery:
    """Calls the `deliver` that the spider was given; an exception there is counted as an error of this item."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: FetchedArticle) -> FetchedArticle:
        """Pass the item on."""
        deliver = getattr(self.crawler.spider, "deliver", None)
        if deliver is not None:
            deliver(item)
        return item
