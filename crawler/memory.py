"""What a crawl has to know of earlier ones. Whoever runs it supplies this; the crawler itself remembers nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "changed since?" with, exactly as it wrote them."""

    etag: str | None = None
    last_modified: str | None = None


class Memory(Protocol):
    """Addresses seen before: articles, pages found to be about something else, and feeds."""

    def validators(self, url: str) -> Validators | None:
        """The validators of the last response; both fields None if it had none; None for an address never read."""

    def known_modified(self, url: str) -> str | None:
        """The modification stamp last announced for this article (`FetchedArticle.modified`), as it was announced."""


class NoMemory:
    """The first crawl: everything is new."""

    def validators(self, url: str) -> Validators | None:
        return None

    def known_modified(self, url: str) -> str | None:
        return None
