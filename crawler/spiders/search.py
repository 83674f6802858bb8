"""What WordPress and Blogger have in common: a site's own search, asked for the words that name the programme.

Some sites list everything whatever they are asked for. A word that nobody writes tells: where it finds something, the
site is read once, as it comes, and the cheap look at each story decides.
"""

from __future__ import annotations

from typing import Any, ClassVar

from scrapy.http import Response

from crawler.listings import Entry
from crawler.memory import SEARCH_TRUSTED
from crawler.outlets import Discovery
from crawler.spiders.discovery import DiscoverySpider
from crawler.spiders.reading import Requests

NONSENSE = "zqxvjkwypq"
# Without a first day asked for, one page a search is news enough.
PAGES_WITHOUT_SINCE = 1


class SearchSpider(DiscoverySpider):
    """One search for each of the words, paged back to the first day asked for."""

    per_page: ClassVar[int] = 50

    def api(self, discovery: Discovery) -> str:
        """The address that searches hang under."""
        raise NotImplementedError

    def search_url(self, api: str, words: str | None, page: int) -> str:
        """The address of one page of a search, within the days asked for; without words of all there is."""
        raise NotImplementedError

    def nonsense_url(self, api: str) -> str:
        """The address that nothing should be found at, whatever days are asked for."""
        raise NotImplementedError

    def last_page(self, response: Response, entries: list[Entry], page: int) -> int:
        """The number of the last page of a search."""
        raise NotImplementedError

    def ask(self, discovery: Discovery) -> Requests:
        api = self.api(discovery)
        known = self.memory.listing(self.nonsense_url(api))
        if known and known.read_at and self.now - known.read_at < SEARCH_TRUSTED:
            yield from self.searches(api, heeded=known.entries == 0)
            return
        for request in self.listing_request(self.nonsense_url(api), api=api):
            yield request.replace(callback=self.parse_nonsense)

    def parse_nonsense(self, response: Response, api: str) -> Requests:
        """Search, or read all there is where the search finds what nobody wrote."""
        entries = self.entries(response)
        if entries is None:
            yield from self.parse_listing(response)
            return
        self.memory.listing_visited(self.visit(response, entries))
        yield from self.searches(api, heeded=not entries)

    def searches(self, api: str, *, heeded: bool) -> Requests:
        """The first page of each search."""
        if not heeded:
            self.count("search_ignores_query")
            self.logger.info("the search of %s ignores its query", self.outlet.domain)
        for words in (self.outlet.search or self.relevance.search) if heeded else (None,):
            yield from self.listing_request(self.search_url(api, words, 1), api=api, words=words, page=1)

    def follow(self, response: Response, entries: list[Entry], **arguments: Any) -> Requests:  # noqa: ANN401
        api, words, page = arguments["api"], arguments["words"], int(arguments["page"])
        is_last = page >= self.last_page(response, entries, page) or self.is_past(entries)
        if not is_last and (self.since or page < PAGES_WITHOUT_SINCE):
            url = self.search_url(api, words, page + 1)
            yield from self.listing_request(url, api=api, words=words, page=page + 1)
