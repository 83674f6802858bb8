"""How far each archive has been read: noted in the transaction that stores what was in it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from corpus import rows
from corpus.store import Store
from crawler.archive.sift import Sieve
from crawler.urls import short_hash

HEAD_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where reading a file goes on. `head` tells the file, `scope` what is looked for."""

    head: str
    scope: str
    file: str
    size_bytes: int
    offset: int = 0
    records: int = 0
    articles: int = 0
    is_done: bool = False


def scope_of(sieve: Sieve) -> str:
    """What is looked for, as one line: another search of a file that was read begins it anew."""
    domains = sorted(outlet.domain for outlet in sieve.outlets)
    named = domains if len(domains) <= 3 else [f"{len(domains)} outlets", short_hash(*domains)]
    facts: dict[str, object] = {"any_site": True} if sieve.any_site else {"outlets": named}
    facts |= {key: str(day) for key, day in (("since", sieve.since), ("until", sieve.until)) if day}
    return json.dumps(facts)


def head_of(path: Path) -> str:
    """SHA-256 of a file's beginning, where its first record names it: the same wherever it is moved."""
    with path.open("rb") as file:
        return hashlib.sha256(file.read(HEAD_BYTES)).hexdigest()


def find_bookmark(store: Store, path: Path, scope: str) -> Bookmark:
    """How far this file has been read for this; one that has grown since is not done."""
    size = path.stat().st_size
    found = store.db.execute(
        "SELECT size_bytes, offset, records, articles, is_done FROM archives_read WHERE head = ? AND scope = ?",
        [head_of(path), scope],
    ).fetchone()
    if found is None or size < found[1]:
        return Bookmark(head_of(path), scope, path.name, size)
    read_bytes, offset, records, articles, is_done = found
    return Bookmark(
        head_of(path), scope, path.name, size, offset, records, articles, bool(is_done) and read_bytes == size
    )


def save_bookmark(store: Store, bookmark: Bookmark, *, run: int, at: dt.datetime) -> None:
    """Note how far a file has been read."""
    row: rows.Row = {
        "head": bookmark.head,
        "scope": bookmark.scope,
        "file": bookmark.file,
        "size_bytes": bookmark.size_bytes,
        "offset": bookmark.offset,
        "records": bookmark.records,
        "articles": bookmark.articles,
        "is_done": int(bookmark.is_done),
        "run": run,
        "read_at": rows.utc(at),
    }
    store.upsert("archives_read", [row])
