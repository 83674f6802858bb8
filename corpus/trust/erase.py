"""What a text leaves in the database is taken out of it here, to the last free page; figures and addresses stay."""

from __future__ import annotations

import json
from collections.abc import Mapping

from corpus.readings import KEPT
from corpus.rows import JUDGED
from corpus.schema import explain
from corpus.store import Store
from corpus.trust.traces import Traces

FIELDS_OF_CLAIMS = {*JUDGED, *KEPT}


def erase_text(store: Store, key: str, traces: Traces) -> None:
    """Take title, text, names of writers, quotes and mentions of an article out, in one transaction."""
    with store.transaction():
        nothing: dict[str, object] = {"title": None, "text": ""}
        store.update("articles", "id", key, dict(nothing))
        store.update("revisions", "article_id", key, nothing | {"authors": "[]", "editors": "[]"})
        store.update("claims", "article_id", key, {"quote_start": None, "reasons": "[]"})
        store.update("urls", "article_id", key, {"title": None})
        for table in ("quotes", "mentions"):
            store.delete(table, "article_id", key)
        erase_quoting(store, key, traces)


def erase_quoting(store: Store, key: str, traces: Traces) -> None:
    """Take out what quotes the text in reasons and messages made of its figures."""
    for ordinal, message in store.db.execute(
        "SELECT ordinal, message FROM checks WHERE article_id = ?", [key]
    ).fetchall():
        if traces.are_in(message):
            store.db.execute("UPDATE checks SET message = '' WHERE article_id = ? AND ordinal = ?", [key, ordinal])
    for claim, witnesses in store.db.execute(
        "SELECT claim_id, witnesses FROM repairs JOIN claims ON id = claim_id WHERE article_id = ?", [key]
    ).fetchall():
        if traces.are_in(witnesses):
            store.update("repairs", "claim_id", claim, {"witnesses": "[]"})
    # Figures alone, whatever else the reviewer was shown.
    for number, judged in store.db.execute("SELECT id, judged FROM reviews WHERE article_id = ?", [key]).fetchall():
        store.db.execute("UPDATE reviews SET judged = ? WHERE id = ?", [without_words(json.loads(judged)), number])


def without_words(judged: Mapping[str, object]) -> str:
    """What a claim said, in the fields of claims."""
    return json.dumps({name: judged[name] for name in judged if name in FIELDS_OF_CLAIMS}, ensure_ascii=False)


def sweep(store: Store) -> bool:
    """Leave nothing of what was deleted in index, free pages and log; False where a reader holds on to the log.

    SQLite only marks as free what is deleted, and moves rows about without wiping where they were.
    """
    with store.transaction():
        for index in ("articles_fts", "quotes_fts"):
            store.db.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")
    with explain(store.path, store.busy_timeout_seconds):
        store.db.execute("VACUUM")
        (busy, _, _) = store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
