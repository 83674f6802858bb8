"""Which articles are to be read beside the past once more."""

from __future__ import annotations

from sqlite_utils import Database


def looks_that_are_due(db: Database) -> None:
    """What second looks are due, so that no run goes through all there ever were: at first all of them."""
    db.executescript("""
        ALTER TABLE second_looks ADD COLUMN due INTEGER NOT NULL DEFAULT 1 CHECK (due IN (0, 1));
        CREATE INDEX second_looks_due ON second_looks(article_id) WHERE due;
        CREATE TABLE changed_pasts (
            region TEXT PRIMARY KEY REFERENCES regions(code),
            since TEXT NOT NULL
        ) WITHOUT ROWID;
    """)
