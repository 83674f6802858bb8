"""The days that a crawl is asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from crawler.listings import Entry
from crawler.zones import day_in
from extract.models import Article


@dataclass(frozen=True, slots=True)
class Window:
    """From one day to another, both included and either open, as days are counted where the outlet is.

    Many feeds print Greenwich's time, in which an Indonesian morning is still the day before.
    """

    since: dt.date | None
    until: dt.date | None
    zone: dt.tzinfo

    def holds(self, entry: Entry) -> bool:
        """Whether it was published, or changed, within the days; an undated entry is given a chance."""
        if self.until and entry.published and day_in(self.zone, entry.published) > self.until:
            return False
        return not self.is_before(entry)

    def is_before(self, entry: Entry) -> bool:
        """Whether all that is known of an entry is older than the first day."""
        newest = entry.newest(self.zone)
        return bool(self.since and newest and newest < self.since)

    def begins_at(self) -> str | None:
        """The moment at which the first day begins, with its offset, as interfaces ask for it."""
        return dt.datetime.combine(self.since, dt.time(), self.zone).isoformat() if self.since else None


def dated(entry: Entry, article: Article) -> Entry:
    """What a listing announced, with the day that the page itself tells."""
    return replace(entry, published=article.published or entry.published)
