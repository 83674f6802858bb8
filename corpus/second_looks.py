"""Second looks: articles that leave a figure undecided, read once more beside what earlier articles told of the region.

An article is due for one when it is new, and again when what was told before it has changed: `changed_pasts` notes the
regions and since when, whatever the change came by. None of these articles is another's past (`corpus/history.py`), so
it does not matter in which order they are looked at.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Sequence

from corpus.compare import endless
from corpus.derived import ArticleReading, DerivedRows, derive
from corpus.history import Past
from corpus.readings import save_extraction
from corpus.rows import undecided_claims
from corpus.store import Store
from extract import __version__ as extractor_version
from extract.models import Article
from extract.repair.decide import UNDECIDED

NOTE_DUE = """
    UPDATE second_looks SET due = 1 WHERE NOT due AND EXISTS (
        SELECT 1 FROM articles AS a
        JOIN claims AS c ON c.article_id = a.id
        JOIN changed_pasts AS p ON p.region = c.region
        WHERE a.id = second_looks.article_id AND p.since < a.published_date
    )
"""
# One without a day of publication has no past.
ARE_DUE = """
    SELECT article_id, past, published_date FROM second_looks JOIN articles ON id = article_id
    WHERE due AND extractor IS ? AND published_date IS NOT NULL
      AND id NOT IN (SELECT article_id FROM removals WHERE article_id IS NOT NULL)
    ORDER BY published_date, number
"""
REGIONS = "SELECT DISTINCT region FROM claims WHERE article_id = ? AND region IS NOT NULL"
WITHOUT_READING = """
    SELECT count(*) FROM claims JOIN repairs ON repairs.claim_id = claims.id
    WHERE article_id = ? AND repairs.rule = ?
"""


def look_again(store: Store, ends_here: Callable[[], bool] = endless) -> int:
    """Extract each article that is due once more, with the past; how many figures that settled.

    An article whose past turns out to be as it was the last time is left as it is. Where `ends_here` says so, the
    others stay due.
    """
    from extract.pipeline import extract

    settled = 0
    for day, articles in itertools.groupby(_due(store), key=lambda one: one[2]):
        # Articles of one day have the same past; it is looked up once.
        past = Past(store.db, before=dt.date.fromisoformat(day))
        as_before = []
        for key, last_time, _ in articles:
            fingerprint = past.fingerprint(code for (code,) in store.db.execute(REGIONS, [key]).fetchall())
            if fingerprint == last_time:
                as_before.append([key])
                continue
            if ends_here():
                return settled
            revision, article = store.newest(key)
            extraction = extract(article, history=past)
            (open_figures,) = store.db.execute(WITHOUT_READING, [key, UNDECIDED]).fetchone()
            settled += max(0, open_figures - undecided_claims(extraction))
            save_extraction(store, key, revision, extraction, fingerprint)
        with store.transaction():
            store.db.conn.executemany("UPDATE second_looks SET due = 0 WHERE article_id = ?", as_before)
    return settled


def _due(store: Store) -> list[tuple[str, str, str]]:
    """The ID of every article that is due, the past it was last read with, and its day, in the order of days."""
    with store.transaction():
        store.db.execute(NOTE_DUE)
        store.db.execute("DELETE FROM changed_pasts")
    return store.db.execute(ARE_DUE, [extractor_version]).fetchall()


def mark_undecided(store: Store, keys: Sequence[str]) -> None:
    """Note which articles do not decide alone, before any is read with the past: none of them is one another's past."""
    with store.transaction():
        store.note_changed_pasts(keys)
        for key in keys:
            store.db.execute("INSERT OR IGNORE INTO second_looks (article_id, past) VALUES (?, '')", [key])


def read_with_past(store: Store, revision: int, article: Article) -> DerivedRows:
    """The reading of an article that leaves a figure undecided alone, beside what earlier articles told."""
    from extract.pipeline import extract

    alone = extract(article)
    if article.published_on is None:
        return derive(ArticleReading(article.id, revision, alone, ""), article.text)
    past = Past(store.db, before=article.published_on)
    fingerprint = past.fingerprint(claim.region for claim in alone.claims if claim.region is not None)
    extraction = extract(article, history=past) if fingerprint else alone
    return derive(ArticleReading(article.id, revision, extraction, fingerprint), article.text)
