"""What the spiders hand on: an article as read, with the facts of its fetch."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from extract.models import Article


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


@dataclass(frozen=True, slots=True)
class Visit:
    """An address worth remembering though it is no article of ours: a feed, or a page about something else."""

    url: str
    kind: str
    """"listing" or "irrelevant"."""
    etag: str | None
    last_modified: str | None
    modified: str | None = None
