"""Tombstones: the addresses whose publishers asked for removal, so that nothing of theirs is stored again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from corpus import rows
from corpus.store import Store
from crawler.items import PageState
from crawler.urls import article_id

ARTICLE_ID = re.compile(r"[0-9a-f]{16}")
"""In place of an address, of an article that came without one."""
AGAIN = "forgotten_again"
"""The problem of a fetch whose record in the archive holds what is to be forgotten, and is to be taken out."""
TAKEN_OUT = "forgotten"
"""The same, when it has been."""


def page_of(url: str) -> str:
    """What an address is known by; the ID of an article that has none stands for itself."""
    return url if ARTICLE_ID.fullmatch(url) else article_id(url)


def removed_at(store: Store, url: str) -> str | None:
    """When this address was forgotten, under any spelling; None for one that was not."""
    found = store.db.execute("SELECT removed_at FROM removals WHERE page = ?", [page_of(url)]).fetchone()
    return found[0] if found else None


def extend(store: Store, urls: Iterable[str]) -> bool:
    """Whether one of these addresses of a page was forgotten; its others are from now on."""
    urls = tuple(dict.fromkeys(urls))
    marks = ", ".join("?" * len(urls))
    found = store.db.execute(
        f"SELECT article_id, reason, removed_at FROM removals WHERE page IN ({marks}) ORDER BY page",
        list(map(page_of, urls)),
    ).fetchone()
    if found is None:
        return False
    key, reason, at = found
    bury(store, urls, key, reason, at)
    return True


def bury(store: Store, urls: Iterable[str], key: str | None, reason: str | None, at: str) -> None:
    """Put a tombstone on each address, and leave of what was announced there the address alone."""
    with store.transaction():
        for url in urls:
            page = page_of(url)
            row: rows.Row = {"page": page, "url": url, "article_id": key, "reason": reason, "removed_at": at}
            store.db.table("removals").insert(rows.storable(row), ignore=True)
            blank: rows.Row = {"state": PageState.FORGOTTEN, "title": None, "etag": None, "last_modified": None}
            store.update("urls", "page", page, blank)


def articles_at(store: Store, url: str) -> set[str]:
    """IDs of the articles that are known by this address, or are found there."""
    page = page_of(url)
    found = store.db.execute(
        """SELECT id FROM articles WHERE id = :page
           UNION SELECT article_id FROM urls WHERE page = :page AND article_id IS NOT NULL
           UNION SELECT article_id FROM removals WHERE page = :page AND article_id IS NOT NULL""",
        {"page": page},
    )
    return {key for (key,) in found}


def addresses_of(store: Store, key: str) -> Iterator[str]:
    """Every address of an article that is on record: its own, announced, where those led, those of its twins."""
    found = store.db.execute(
        """SELECT url FROM articles WHERE id = :key
           UNION SELECT url FROM revisions WHERE article_id = :key
           UNION SELECT url FROM urls WHERE article_id = :key
           UNION SELECT final_url FROM urls WHERE article_id = :key
           UNION SELECT f.url FROM revisions AS r JOIN fetches AS f ON f.id = r.fetch WHERE r.article_id = :key
           UNION SELECT f.final_url FROM revisions AS r JOIN fetches AS f ON f.id = r.fetch WHERE r.article_id = :key
           UNION SELECT url FROM removals WHERE article_id = :key
           ORDER BY 1""",
        {"key": key},
    )
    for (url,) in found:
        if url is not None:
            yield url


def now() -> str:
    """The time of a removal, by the machine's clock."""
    return rows.utc(dt.datetime.now(dt.UTC))
