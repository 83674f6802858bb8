"""Texts that came from files of one's own, under ids of one's own."""

from __future__ import annotations

from sqlite_utils import Database


def own_texts(db: Database) -> None:
    """By what id each came, so that what is read leads back to it; those that shared one are told apart."""
    db.executescript("""
        CREATE TABLE own_texts (
            article_id TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
            given_id TEXT,
            shares_id INTEGER NOT NULL CHECK (shares_id IN (0, 1))
        ) WITHOUT ROWID;
    """)
