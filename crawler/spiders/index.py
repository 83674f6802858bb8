"""Index, tag and category pages, one after the other, day by day where a site keeps them by the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from scrapy.http import Response

from crawler.indexes import parse_index, story_forms
from crawler.listings import Entry
from crawler.outlets import Discovery, Way
from crawler.spiders.discovery import DiscoverySpider
from crawler.spiders.reading import Requests
from crawler.urls import canonical_url
from crawler.zones import ZONES

# Without a first day asked for: as much as a busy outlet prints in a few hours.
PAGES_WITHOUT_SINCE = 3
MOST_PAGES = 300


class IndexSpider(DiscoverySpider):
    """What pages of headlines link to. They print a title and sometimes a day, so the title decides."""

    name = "index"
    way = Way.INDEX
    # What was new an hour ago may stand on the second page by now.
    is_whole_listing = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Scrapy's signature
        super().__init__(*args, **kwargs)
        self.articles = story_forms(self.outlet)
        self.listed: set[str] = set()

    def ask(self, discovery: Discovery) -> Requests:
        for day in self.days() if discovery.is_dated else (None,):
            yield from self.listing_request(discovery.address(1, day), discovery=discovery, page=1, day=day)

    def days(self) -> Iterator[dt.date]:
        """The days asked for, the newest first; without any, today and yesterday where the outlet is."""
        today = self.now.astimezone(ZONES[self.outlet.zone]).date()
        day = min(self.until or today, today)
        first = self.since or day - dt.timedelta(days=1)
        while day >= first:
            yield day
            day -= dt.timedelta(days=1)

    def entries(self, response: Response) -> list[Entry] | None:
        return parse_index(response.body, response.url, self.articles)

    def follow(self, response: Response, entries: list[Entry], **arguments: Any) -> Requests:  # noqa: ANN401
        discovery: Discovery = arguments["discovery"]
        page: int = arguments["page"]
        addresses = {canonical_url(entry.url) for entry in entries}
        # Beyond its last page a site shows the last or the first one again.
        brings_more = bool(addresses - self.listed)
        self.listed |= addresses
        most = MOST_PAGES if self.since or arguments["day"] else PAGES_WITHOUT_SINCE
        if discovery.is_paged and brings_more and page < most and not self.is_full() and not self.is_past(entries):
            following = page + 1
            url = discovery.address(following, arguments["day"])
            yield from self.listing_request(url, discovery=discovery, page=following, day=arguments["day"])
