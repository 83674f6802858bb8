"""Loading through the store beside bare `executemany` of the very same rows, batch by batch in turn.

Both databases are opened alike: the same schema, indexes, full-text search and settings, foreign keys checked. What a
batch left in ours is read back and put into the bare one, table by table; neither the generating nor the reading back
is timed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generated import Generated

from corpus.readings import ArticleReading, save_readings
from corpus.store import Store
from crawler.outlets import registry
from crawler.urls import article_id
from extract.regions.gazetteer import load_gazetteer

ARTICLES_A_BATCH = 500
SEEN_AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
OF_AN_ARTICLE = {
    "articles": "id",
    "revisions": "article_id",
    "mentions": "article_id",
    "quotes": "article_id",
    "claims": "article_id",
    "repairs": "claim_id",
    "checks": "article_id",
    "check_claims": "article_id",
    "standing": "article_id",
    "superseded_claims": "article_id",
    "second_looks": "article_id",
}
"""The tables that loading an article fills, parents first, and the column by which its rows are found."""
DUE = """
    SELECT 'article', id FROM articles WHERE id IN (SELECT id FROM temp.batch)
    UNION SELECT 'region', region FROM standing
    WHERE article_id IN (SELECT id FROM temp.batch) AND region IS NOT NULL
    UNION SELECT 'speaker', speaker FROM standing
    WHERE article_id IN (SELECT id FROM temp.batch) AND speaker IS NOT NULL
"""


@dataclass(slots=True)
class Loading:
    """Seconds that each took by the clock and of the processor, and what went in."""

    ours: float = 0.0
    bare: float = 0.0
    ours_cpu: float = 0.0
    bare_cpu: float = 0.0
    articles: int = 0
    claims: int = 0
    rows: int = 0
    pairs: list[tuple[float, float]] = field(default_factory=list)
    """Seconds by the clock for each batch, ours and bare."""

    @property
    def ratios(self) -> list[float]:
        """Of the speeds, batch by batch: below 1 where the store is the slower one."""
        return [bare / ours for ours, bare in self.pairs]


def prepare(store: Store) -> int:
    """The gazetteer, the outlets and a run to come from."""
    store.save_regions(load_gazetteer().regions.values())
    store.save_outlets(registry())
    return store.begin_run("bench", version="generated 1", started_at=SEEN_AT)


def load_both(source: Iterable[Generated], ours: Path, bare: Path, batch: int = ARTICLES_A_BATCH) -> Loading:
    """Load everything into two new databases."""
    told = Loading()
    with Store.open(ours) as store, Store.open(bare) as other:
        run = prepare(store)
        prepare(other)
        store.db.execute("CREATE TEMP TABLE batch (id TEXT PRIMARY KEY)")
        articles = iter(source)
        while some := list(itertools.islice(articles, batch)):
            first = log_fetches(store, run, some)
            log_fetches(other, run, some)
            with timed() as ours_took:
                load_ours(store, run, first, some)
            rows = read_back(store, some)
            with timed() as bare_took:
                load_bare(other.db.conn, rows)
            told.ours += ours_took[0]
            told.ours_cpu += ours_took[1]
            told.bare += bare_took[0]
            told.bare_cpu += bare_took[1]
            told.pairs.append((ours_took[0], bare_took[0]))
            told.articles += len(some)
            told.claims += len(rows["claims"])
            told.rows += sum(map(len, rows.values()))
    return told


@contextlib.contextmanager
def timed() -> Iterator[list[float]]:
    """Seconds by the clock and of the processor, once the block has ended."""
    took: list[float] = []
    clock, processor = time.perf_counter(), time.process_time()
    yield took
    took += [time.perf_counter() - clock, time.process_time() - processor]


def load_ours(store: Store, run: int, first: int, some: Sequence[Generated]) -> None:
    """As a run does: articles first, then what was read in them, many in one transaction."""
    with store.transaction():
        readings = []
        for place, one in enumerate(some):
            stored = store.save_article(one.article, seen_at=SEEN_AT, run=run, fetch=first + place)
            readings.append(ArticleReading(stored.article_id, stored.revision, one.extraction))
        save_readings(store, readings)


def load_bare(connection: sqlite3.Connection, rows: dict[str, list[tuple[object, ...]]]) -> None:
    """One INSERT a table, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for table, some in rows.items():
        if some:
            slots = ", ".join("?" * len(some[0]))
            connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({slots})", some)
    connection.commit()


def read_back(store: Store, some: Sequence[Generated]) -> dict[str, list[tuple[object, ...]]]:
    """All rows of these articles, table by table."""
    execute = store.db.conn.execute
    with store.transaction():
        execute("DELETE FROM temp.batch")
        keys = {(article_id(one.article.url or ""),) for one in some}
        store.db.conn.executemany("INSERT INTO temp.batch VALUES (?)", sorted(keys))
    rows = {}
    for table, column in OF_AN_ARTICLE.items():
        chosen = "SELECT id FROM temp.batch"
        if column == "claim_id":
            chosen = f"SELECT id FROM claims WHERE article_id IN ({chosen})"
        rows[table] = execute(
            f"SELECT * FROM {table} WHERE {column} IN ({chosen}) ORDER BY rowid"
            if table in ("articles", "quotes", "claims")
            else f"SELECT * FROM {table} WHERE {column} IN ({chosen})"
        ).fetchall()
    rows["comparisons_due"] = execute(DUE).fetchall()
    rows["changed_pasts"] = execute("SELECT * FROM changed_pasts").fetchall()
    return rows


def log_fetches(store: Store, run: int, some: Sequence[Generated]) -> int:
    """The fetches and addresses that these articles came by, untimed; the number of the first fetch."""
    connection = store.db.conn
    first: int = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM fetches").fetchone()[0]
    at = SEEN_AT.isoformat()
    with store.transaction():
        connection.executemany(
            """INSERT INTO fetches (id, run, kind, url, outlet, status, fetched_at, warc_file, warc_offset)
               VALUES (?, ?, 'article', ?, ?, 200, ?, ?, ?)""",
            [
                (first + place, run, one.article.url, one.article.outlet, at, f"{one.article.outlet}/1.warc.gz", place)
                for place, one in enumerate(some)
            ],
        )
        connection.executemany(
            """INSERT OR IGNORE INTO urls (page, canonical, url, outlet, state, first_seen_at, last_seen_at, attempts)
               VALUES (?, ?, ?, ?, 'article', ?, ?, 1)""",
            [
                (article_id(url), url, url, one.article.outlet, at, at)
                for one in some
                for url in [one.article.url or ""]
            ],
        )
    return first
