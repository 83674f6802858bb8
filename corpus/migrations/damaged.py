"""Records of the archive that do not hold, and whose pages are to be fetched again."""

from __future__ import annotations

from sqlite_utils import Database


def damaged_records(db: Database) -> None:
    """What `cakupan verify --fetch-again` noted, and what came of it."""
    db.executescript("""
        CREATE TABLE damaged_records (
            warc_file TEXT NOT NULL,
            warc_offset INTEGER NOT NULL,
            url TEXT,
            page TEXT,
            problem TEXT NOT NULL,
            found_at TEXT NOT NULL,
            fetched_again INTEGER REFERENCES fetches(id) ON DELETE SET NULL,
            PRIMARY KEY (warc_file, warc_offset)
        ) WITHOUT ROWID;
        CREATE INDEX damaged_records_waiting ON damaged_records(page) WHERE fetched_again IS NULL;
        CREATE INDEX damaged_records_again ON damaged_records(fetched_again) WHERE fetched_again IS NOT NULL;
    """)
