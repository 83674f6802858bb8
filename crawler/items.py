"""What the spiders hand on: articles as read, and what came of every other page and listing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from crawler.listings import Entry
from extract.models import Article

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Archived:
    """Where a response lies: the name of the WARC file, without folders, and where in it its record begins."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class FetchedArticle:
    """One article read off its page. `url` is the address that was announced, `final_url` where redirects led."""

    article: Article
    url: str
    final_url: str
    fetched_at: dt.datetime
    """Aware, in UTC."""
    status: int
    etag: str | None
    last_modified: str | None
    modified: str | None
    """The modification stamp that the listing announced, to compare the next listing with."""
    digest: str
    """SHA-256 of `html`, in hexadecimal."""
    outlet: str
    """Domain, as in the registry."""
    spider: str
    html: bytes
    """The body as it came, decompressed but not decoded; of an article whose page failed, what the listing held."""
    archived: Archived | None = None
    drift: tuple[str, ...] = ()
    """The fields that the outlet's layout no longer finds on the page ("title", "date", "body")."""
    is_complete: bool = True
    """False where a further page of it could not be had; it is asked for again."""


class PageState(StrEnum):
    """What is known of an announced address."""

    PENDING = "pending"
    """Announced and not fetched yet, or to be tried again."""
    ARTICLE = "article"
    IRRELEVANT = "irrelevant"
    """About something else."""
    GONE = "gone"
    """The server says that there is no such page (404, 410)."""
    FORBIDDEN = "forbidden"
    """robots.txt asks that it be left alone."""
    FAILED = "failed"
    """Tried too often in vain."""
    FORGOTTEN = "forgotten"
    """Its publisher asked for removal: never to be asked for again."""


@dataclass(frozen=True, slots=True)
class PageVisit:
    """What came of an announced page that gave no new article: found unchanged (status 304), read in vain, or lost.

    One that is `PENDING` without a problem is an article of other days than those asked for.
    """

    url: str
    state: PageState
    at: dt.datetime
    outlet: str
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    modified: str | None = None
    published: dt.date | dt.datetime | None = None
    """As the page tells, or as it was announced."""
    problem: str | None = None
    archived: Archived | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the server said that nothing changed since the last time."""
        return self.status == NOT_MODIFIED


@dataclass(frozen=True, slots=True)
class ListingVisit:
    """What came of a feed, sitemap, search or index page: read, unchanged (status 304), or failed (`problem`)."""

    url: str
    way: str
    outlet: str
    at: dt.datetime
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    entries: int = 0
    """How many articles it announced."""
    newest: dt.date | None = None
    """The day of the newest of them."""
    fingerprint: str | None = None
    """Hash of their addresses, to see whether a listing brings anything new."""
    wanted: tuple[Entry, ...] = ()
    """Those worth a request, before any is made: what an interrupted crawl goes on with."""
    problem: str | None = None
    retry_at: dt.datetime | None = None
    """When the server asked to be tried again."""
    brings_forgotten: bool = False
    """Whether it holds words of an article whose publisher asked for removal."""
    archived: Archived | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the server said that nothing changed since the last time."""
        return self.status == NOT_MODIFIED
