"""What the extractor read goes into the store here: mentions, claims with their quotes, repairs, checks.

Claims are replaced as a whole. What an earlier reading said otherwise stays in `superseded_claims`, people's verdicts
are laid over the new claims in `standing`, and what has to be compared anew with other articles is noted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from corpus.derived import TABLES, ArticleReading, DerivedRows, derive
from corpus.rows import Row
from corpus.store import Store
from extract.models import Extraction

EARLIER = """
    SELECT id, revision, extractor, figure, fingerprint, metric, modality, segment, value, unit, approx, precision,
           region, as_of_start, as_of_end, as_of_basis, speaker, speaker_role, start_char, end_char, text
    FROM claims WHERE article_id = ? ORDER BY ordinal
"""
KEPT = (
    *("metric", "modality", "segment", "value", "unit", "approx", "precision", "region", "as_of_start", "as_of_end"),
    *("as_of_basis", "speaker", "speaker_role", "start_char", "end_char", "text"),
)
DUE = "INSERT OR IGNORE INTO comparisons_due VALUES (?, ?)"


def save_extraction(store: Store, key: str, revision: int, extraction: Extraction, past: str | None = None) -> None:
    """Put what this extraction found in the place of all that was read from the article before, in one transaction."""
    save_readings(store, [ArticleReading(key, revision, extraction, past)])


def save_readings(store: Store, readings: Sequence[ArticleReading]) -> None:
    """Save the readings of several articles, each once, in one transaction."""
    with store.transaction():
        save_derived(store, [derive(one, text_of(store, one.key, one.revision)) for one in readings])


def save_derived(store: Store, readings: Sequence[DerivedRows]) -> None:
    """Save the readings of several articles, each once, in one transaction: table by table, as SQLite likes it best."""
    if not readings:
        return
    found: dict[str, list[Row]] = {table: [] for table in TABLES}
    with store.transaction():
        for one in readings:
            if was_read(store, one.key):
                keep_superseded(store, one.key, one.revision, one.version, one.tables["claims"])
                forget_reading(store, one.key)
            for table in TABLES:
                found[table] += one.tables[table]
        for table in TABLES:
            store.insert(table, found[table])
        for one in readings:
            past = "" if one.past is None and one.undecided else one.past
            if past is not None:
                store.insert("second_looks", [{"article_id": one.key, "past": past, "due": one.past is None}])
        state(store, [one.key for one in readings])
        store.db.conn.executemany(
            "UPDATE articles SET extracted_revision = ?, extractor = ? WHERE id = ?",
            [(one.revision, one.version, one.key) for one in readings],
        )


def forget_reading(store: Store, key: str) -> None:
    """Delete all that was read from an article, and note whose comparisons that touches."""
    mark_due(store, key)
    for table in ("checks", "claims", "quotes", "mentions", "second_looks"):
        store.delete(table, "article_id", key)


def restate(store: Store, key: str) -> None:
    """Lay the verdicts over an article's claims anew, and note whose comparisons that touches."""
    with store.transaction():
        mark_due(store, key)
        store.delete("standing", "article_id", key)
        state(store, [key])


def state(store: Store, keys: Sequence[str]) -> None:
    """Lay the verdicts over the claims of articles that none stand for, and note whose comparisons that touches."""
    stated: list[tuple[object, ...]] = []
    columns: tuple[str, ...] = ()
    for key in keys:
        # Read first and added then: SQLite guards an INSERT of many rows against itself, which costs more than they do.
        found = store.db.execute("SELECT * FROM restated WHERE article_id = ?", [key])
        columns = tuple(name for name, *_ in found.description)
        stated += found.fetchall()
    store.insert_values("standing", columns, stated)
    region, speaker = columns.index("region"), columns.index("speaker")
    due: list[tuple[str, object]] = [("article", key) for key in keys]
    due += [("region", code) for code in dict.fromkeys(row[region] for row in stated) if code is not None]
    due += [("speaker", name) for name in dict.fromkeys(row[speaker] for row in stated) if name is not None]
    store.db.conn.executemany(DUE, due)
    store.note_changed_pasts(keys)


def mark_due(store: Store, key: str) -> None:
    """Note that an article, the regions it speaks of and the people it quotes are to be compared anew."""
    store.db.execute(DUE, ["article", key])
    for column in ("region", "speaker"):
        found = store.db.execute(
            f"SELECT DISTINCT {column} FROM standing WHERE article_id = ? AND {column} IS NOT NULL", [key]
        )
        store.db.conn.executemany(DUE, [(column, name) for (name,) in found.fetchall()])
    store.note_changed_pasts([key])


def keep_superseded(store: Store, key: str, revision: int, version: str, claims: Sequence[Row]) -> None:
    """Keep those earlier claims of the article that are gone now, or say something else."""
    now = {row["id"]: row["fingerprint"] for row in claims}
    earlier = [dict(row) for row in store.db.query(EARLIER, [key])]
    store.insert(
        "superseded_claims",
        [
            {
                "claim_id": row["id"],
                "article_id": key,
                "revision": row["revision"],
                "extractor": row["extractor"],
                "change": "changed" if row["id"] in now else "gone",
                "superseded_revision": revision,
                "superseded_by": version,
                "figure": row["figure"],
                "fields": json.dumps({name: row[name] for name in KEPT}, ensure_ascii=False),
            }
            for row in earlier
            # An empty fingerprint is of before there were any.
            if row["fingerprint"] and now.get(row["id"]) != row["fingerprint"]
        ],
    )


def text_of(store: Store, key: str, revision: int) -> str:
    """The text of a revision, as stored."""
    found = store.db.execute("SELECT text FROM revisions WHERE article_id = ? AND revision = ?", [key, revision])
    return str(found.fetchone()[0])


def was_read(store: Store, key: str) -> bool:
    """Whether the article has been read before."""
    found = store.db.execute("SELECT extracted_revision IS NOT NULL FROM articles WHERE id = ?", [key])
    return bool(found.fetchone()[0])
