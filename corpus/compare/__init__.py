"""Claims across articles: copies of one text, people under several spellings, contradictions, newest claims, jumps.

All of it is derived: from the articles, the claims as they stand after review, and compare.toml. Whatever changes those
notes in `comparisons_due` what it touched, and `refresh` reckons that anew, however the changes came.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.store import Store

BATCHES = (("article", 50), ("speaker", 500), ("region", 10))
"""What is compared, in order, and how many at a time: articles first, for copies decide how sources are counted."""

Watch = Callable[[int, int], None]


def unwatched(done: int, total: int) -> None:
    """Progress for nobody."""


def endless() -> bool:
    """Work is never left for another time."""
    return False


def refresh(store: Store, progress: Watch = unwatched, ends_here: Callable[[], bool] = endless) -> int:
    """Compare all that is due, batch by batch, each in one transaction; how many articles, people and regions it was.

    Interrupted at any moment, or ended by `ends_here` after one batch at the least, the next refresh goes on. Raises
    DatabaseBusy where another process writes for too long, and RulesError where compare.toml is broken.
    """
    done = 0
    for kind, size in BATCHES:
        while keys := _due(store, kind, size):
            if done and ends_here():
                return done
            with store.transaction():
                # Read again: what was due may have been done by another process meanwhile.
                keys = _due(store, kind, size)
                _refresh_batch(store, kind, keys)
                for key in keys:
                    store.db.execute("DELETE FROM comparisons_due WHERE kind = ? AND key = ?", [kind, key])
            done += len(keys)
            progress(done, done + store.count("comparisons_due"))
    return done


def _due(store: Store, kind: str, size: int) -> list[str]:
    rows = store.db.execute("SELECT key FROM comparisons_due WHERE kind = ? ORDER BY key LIMIT ?", [kind, size])
    return [key for (key,) in rows.fetchall()]


def _refresh_batch(store: Store, kind: str, keys: list[str]) -> None:
    # Late, for an idle refresh loads nothing.
    from corpus.compare.clusters import refresh_clusters
    from corpus.compare.measures import refresh_region
    from corpus.compare.rules import load_rules
    from corpus.compare.speakers import refresh_speakers
    from extract.regions.gazetteer import load_gazetteer

    rules, lookup = load_rules(), load_gazetteer().regions.get
    match kind:
        case "article":
            refresh_clusters(store, keys, rules)
        case "speaker":
            refresh_speakers(store, keys, lookup, rules)
        case _:
            for code in keys:
                refresh_region(store, code, lookup, rules)
