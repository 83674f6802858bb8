"""The memory: with `addressbook`, which it serves, the only module that writes to the database.

What is stored twice is there once: articles, revisions, mentions, claims and checks depend on what was read and on
nothing else. Only runs and fetches grow with every run.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from corpus import rows
from corpus.schema import BUSY_TIMEOUT_SECONDS, explain, open_database
from crawler.outlets import Outlet
from crawler.urls import key_of
from extract.models import Article, Region
from extract.records import parse_published

UNREAD = """articles
    WHERE number IN (
        SELECT number FROM articles WHERE extracted_revision IS NOT revision
        UNION SELECT number FROM articles WHERE extractor IS NULL
        UNION SELECT number FROM articles WHERE extractor < :version OR extractor > :version
    )
    AND id NOT IN (SELECT article_id FROM removals WHERE article_id IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM releases WHERE NOT has_text)
"""
"""Not read in its newest revision by these rules, and there to be read; spelled so that an index answers each part."""

CHANGED_PASTS = """
    INSERT INTO changed_pasts (region, since)
    SELECT DISTINCT region, published_date FROM standing JOIN articles ON id = article_id
    WHERE article_id = ? AND region IS NOT NULL AND published_date IS NOT NULL
      AND article_id NOT IN (SELECT article_id FROM second_looks) -- these are nobody's past
    ON CONFLICT DO UPDATE SET since = min(since, excluded.since)
"""

REST_ON_NEW_COPY = """
    UPDATE revisions SET fetch = :fetch
    WHERE article_id = :article AND revision = :revision
    AND EXISTS (SELECT 1 FROM fetches WHERE id = :fetch AND warc_file IS NOT NULL)
    AND EXISTS (SELECT 1 FROM fetches JOIN damaged_records USING (warc_file, warc_offset)
                WHERE fetches.id = revisions.fetch)
"""
"""A revision whose record is damaged leads to the page that was fetched in its place, with the same text."""


class Outcome(StrEnum):
    """What storing an article came to."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"


class RunStatus(StrEnum):
    """How a run stands; one that was killed is found `running` by the next, which marks it interrupted.

    One that is `stopped` ended itself in order, as it was asked to or its time was over, and has left work to the next.
    """

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Stored:
    """Where an article went: its ID in the store, the number of its newest revision, and what had to be done."""

    article_id: str
    revision: int
    outcome: Outcome


class Store:
    """One database, open for writing. Every method is one transaction; wrap several in `transaction()` for one."""

    def __init__(
        self, db: Database, *, path: Path | str = ":memory:", busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS
    ) -> None:
        self.db = db
        self.path = path
        self.busy_timeout_seconds = busy_timeout_seconds
        self._spoilt = False

    @classmethod
    def open(cls, path: Path | str, *, busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS) -> Self:
        """Open or make the database at `path`; raises what `open_database` raises."""
        db = open_database(path, busy_timeout_seconds=busy_timeout_seconds)
        return cls(db, path=path, busy_timeout_seconds=busy_timeout_seconds)

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or none of it; a block within a block is part of the outermost.

        Where an inner block failed nothing of the outermost is kept, even if the error was caught between the two:
        RuntimeError says so at its end. Raises DatabaseBusy where another process writes for too long.
        """
        with explain(self.path, self.busy_timeout_seconds):
            if self.db.conn.in_transaction:
                # No savepoint: at each of them full-text search would write what it could gather for many rows.
                try:
                    yield
                except BaseException:
                    self._spoilt = True
                    raise
                return
            self._spoilt = False
            # Immediate: a deferred transaction that reads first fails at once, unwaited, when it comes to write.
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                if self._spoilt:
                    raise RuntimeError("a part of this transaction failed, so nothing of it can be kept")
                self.db.commit()
            except BaseException:
                self.db.rollback()
                raise

    # Registers: the gazetteer and the outlets

    def save_regions(self, regions: Iterable[Region]) -> None:
        """Store or refresh the gazetteer. A code that has gone from it stays, for claims may name it."""
        # Sorted, a province comes before its kabupaten.
        self.upsert("regions", sorted(map(rows.region_row, regions), key=lambda row: str(row["code"])))

    def save_outlets(self, outlets: Iterable[Outlet]) -> None:
        """Store or refresh outlets of the registry; the regions they serve must be stored already."""
        outlets = tuple(outlets)
        facts: list[rows.Row] = [
            {"domain": outlet.domain, "name": outlet.name, "state": outlet.state, "source": outlet.source}
            for outlet in outlets
        ]
        served: list[rows.Row] = [
            {"outlet": outlet.domain, "region": code} for outlet in outlets for code in dict.fromkeys(outlet.regions)
        ]
        with self.transaction():
            self.upsert("outlets", facts)
            for outlet in outlets:
                self.delete("outlet_regions", "outlet", outlet.domain)
            self.insert("outlet_regions", served)

    # Runs

    def begin_run(self, kind: str, *, version: str, started_at: dt.datetime) -> int:
        """Record that a run has begun and give its number; runs that never ended are marked interrupted."""
        with self.transaction():
            self.db.execute(
                "UPDATE runs SET status = ? WHERE status = ?", [RunStatus.INTERRUPTED.value, RunStatus.RUNNING.value]
            )
            number = self.db.execute(
                "INSERT INTO runs (kind, status, version, started_at) VALUES (?, ?, ?, ?)",
                [kind, RunStatus.RUNNING.value, version, rows.utc(started_at)],
            ).lastrowid
        assert number is not None
        return number

    def finish_run(self, run: int, status: RunStatus, *, ended_at: dt.datetime, counts: Mapping[str, object]) -> None:
        """Record how a run ended and what it did."""
        with self.transaction():
            self.db.execute(
                "UPDATE runs SET status = ?, ended_at = ?, counts = ? WHERE id = ?",
                [status.value, rows.utc(ended_at), json.dumps(counts, ensure_ascii=False, sort_keys=True), run],
            )

    def has_finished(self, kind: str) -> bool:
        """Whether a run of this kind has ever come to its end."""
        return self.count("runs WHERE kind = ? AND status = ?", [kind, RunStatus.FINISHED.value]) > 0

    # Articles and what they say

    def save_article(
        self, article: Article, *, seen_at: dt.datetime, run: int | None = None, fetch: int | None = None
    ) -> Stored:
        """Store an article under the ID of its address (of its own `id` where it has none), and say what changed.

        A text that differs from the newest revision is a new one. An empty text is kept like any other. `fetch` is the
        number of the fetch that brought it, by which its claims lead back to the archive.
        """
        key = key_of(article)
        revision = rows.revision_row(article)
        at = rows.utc(seen_at)
        with self.transaction():
            newest = self.db.execute(
                "SELECT revision, digest FROM revisions WHERE article_id = ? ORDER BY revision DESC LIMIT 1", [key]
            ).fetchone()
            if newest and newest[1] == revision["digest"]:
                # A replay may bring what was seen before.
                self.db.execute("UPDATE articles SET last_seen_at = max(last_seen_at, ?) WHERE id = ?", [at, key])
                self.db.execute(REST_ON_NEW_COPY, {"article": key, "revision": newest[0], "fetch": fetch})
                return Stored(key, newest[0], Outcome.UNCHANGED)
            number = newest[0] + 1 if newest else 1
            self.know_outlet(article.outlet)
            current = rows.article_row(article) | {
                "outlet": article.outlet,
                "published_date": article.published_on.isoformat() if article.published_on else None,
                "revision": number,
                "last_seen_at": at,
            }
            if newest:
                # Its day may be another now.
                self.note_changed_pasts([key])
                self.update("articles", "id", key, current)
            else:
                self.insert("articles", [{"id": key, "first_seen_at": at} | current])
            came: rows.Row = {"article_id": key, "revision": number, "run": run, "fetch": fetch, "seen_at": at}
            self.insert("revisions", [came | revision])
        return Stored(key, number, Outcome.REVISED if newest else Outcome.NEW)

    def iter_unread(self, version: str) -> Iterator[tuple[int, Article]]:
        """Every article whose claims are not those of its newest revision under this extractor, with that revision.

        One that was forgotten, or of a release without texts, has no text to be read, and keeps the claims that it had.
        """
        keys = self.db.execute(f"SELECT id FROM {UNREAD} ORDER BY number", {"version": version}).fetchall()
        for (key,) in keys:
            yield self.newest(key)

    def count_unread(self, version: str) -> int:
        """How many articles `iter_unread` gives."""
        return self.count(UNREAD, {"version": version})

    def note_changed_pasts(self, keys: Iterable[str]) -> None:
        """Note that what these articles tell of their regions has changed, or is about to, for all published later."""
        self.db.conn.executemany(CHANGED_PASTS, [(key,) for key in keys])

    def newest(self, key: str) -> tuple[int, Article]:
        """The newest revision of an article: its number and the article, under its ID in the store."""
        found = self.db.execute(
            """SELECT a.revision, a.text, a.url, a.outlet, a.title, a.published, r.authors, r.editors, r.layout
               FROM articles AS a JOIN revisions AS r ON r.article_id = a.id AND r.revision = a.revision
               WHERE a.id = ?""",
            [key],
        ).fetchone()
        revision, text, url, outlet, title, published, authors, editors, layout = found
        return revision, Article(
            id=key,
            text=text,
            url=url,
            outlet=outlet,
            title=title,
            published=parse_published(published),
            authors=tuple(json.loads(authors)),
            editors=tuple(json.loads(editors)),
            layout=layout,
        )

    def counts(self) -> dict[str, int]:
        """Number of rows of each table that a reader asks about."""
        tables = ("outlets", "runs", "fetches", "articles", "revisions", "mentions", "claims", "repairs", "checks")
        return {table: self.count(table) for table in tables}

    # One place each for how rows go in

    def know_outlet(self, domain: str | None) -> None:
        """Make sure that an outlet can be referred to."""
        if domain is not None:
            self.db.execute("INSERT OR IGNORE INTO outlets (domain) VALUES (?)", [rows.storable_value(domain)])

    def insert(self, table: str, new: Iterable[rows.Row]) -> None:
        """Add rows, which all have the columns of the first, in the same order."""
        new = iter(new)
        first = next(new, None)
        if first is None:
            return
        self.insert_values(table, tuple(first), map(rows.storable_values, itertools.chain([first], new)))

    def insert_values(self, table: str, columns: tuple[str, ...], new: Iterable[Sequence[object]]) -> None:
        """Add rows of values that SQLite can hold, in the order of these columns."""
        # Not through sqlite-utils, which reckons columns and batches anew each time: that took longer than SQLite does.
        with contextlib.nullcontext() if self.db.conn.in_transaction else self.transaction():
            self.db.conn.executemany(insertion(table, columns), new)

    def upsert(self, table: str, new: Iterable[rows.Row]) -> None:
        """Add rows, or change the given columns of those that are there."""
        with self.transaction():
            self.db.table(table).upsert_all(map(rows.storable, new))

    def update(self, table: str, column: str, key: str, change: rows.Row) -> None:
        """Change these columns of the rows that have `key` in `column`."""
        change = rows.storable(change)
        settings = ", ".join(f"{name} = ?" for name in change)
        self.db.execute(f"UPDATE {table} SET {settings} WHERE {column} = ?", [*change.values(), key])

    def delete(self, table: str, column: str, key: str) -> None:
        """Delete the rows that have `key` in `column`."""
        self.db.execute(f"DELETE FROM {table} WHERE {column} = ?", [key])

    def exists(self, table: str, column: str, key: str) -> bool:
        """Whether any row has `key` in `column`."""
        return self.count(f"{table} WHERE {column} = ?", [key]) > 0

    def count(self, what: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> int:
        """How many rows there are of what follows FROM."""
        given = dict(parameters) if isinstance(parameters, Mapping) else parameters
        found: int = self.db.execute(f"SELECT count(*) FROM {what}", given).fetchone()[0]
        return found


@functools.cache
def insertion(table: str, columns: tuple[str, ...]) -> str:
    """The statement that adds one row."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
