"""What a database tells, to be held against what another tells: all rows of all tables, but for what is named here."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from corpus.schema import open_database
from crawler.archive.payload import parse_response, unpacked_body
from crawler.archive.read import DamagedRecord, iter_records, read_at, read_block
from crawler.archive.sift import MAX_PAGE_BYTES

LOGS = {"runs", "fetches", "damaged_records", "alarms", "alarm_notices"}
"""A run that was disturbed is one more run, and asked for some pages twice. What was fetched is compared with
`records_of`; what was damaged tells of the damage, and alarms of how a run ended and by which clock."""
INDEXES = ("articles_fts", "quotes_fts")
"""They point at numbers of rows; `cakupan verify` holds them against their tables."""
LEFT_OUT = {
    # Clocks: when something was met.
    "articles": {"first_seen_at", "last_seen_at", "number"},
    "urls": {"first_seen_at", "last_seen_at", "fetched_at"},
    # That of the newest story leaves out what is dated ahead, by the clock of the run that last read the listing whole.
    "feeds": {"last_read_at", "last_new_at", "newest_story"},
    # Outlets are worked side by side, so articles are numbered in the order of chance, and so is what belongs to them.
    "revisions": {"run", "fetch", "seen_at"},
    "quotes": {"number"},
}
"""Columns that tell of when and in what order, and of nothing that was read."""
NAMES_OF_MIGRATIONS = "_sqlite_migrations"

Content = dict[str, list[str]]


def content_of(database: Path) -> Content:
    """The rows of each table, without those columns, in an order of their own."""
    db = open_database(database, read_only=True)
    found: Content = {}
    for table in db.table_names():
        if table in LOGS or table.startswith(INDEXES) or table == NAMES_OF_MIGRATIONS:
            continue
        columns = [name for name in db.table(table).columns_dict if name not in LEFT_OUT.get(table, ())]
        named = ", ".join(f"[{name}]" for name in columns)
        found[table] = sorted(map(repr, db.execute(f"SELECT {named} FROM [{table}]").fetchall()))
    db.close()
    return found


def differences(one: Content, other: Content) -> dict[str, tuple[list[str], list[str]]]:
    """By table, the rows that only one of the two has; empty where they tell the same."""
    return {
        table: (rows_beyond(one.get(table, []), other.get(table, [])), rows_beyond(other.get(table, []), one[table]))
        for table in one
        if one[table] != other.get(table, [])
    } | {table: ([], other[table]) for table in other.keys() - one.keys()}


def rows_beyond(some: list[str], others: list[str]) -> list[str]:
    """The rows that are not among the others, as often as they are there."""
    left = list(others)
    beyond = []
    for row in some:
        if row in left:
            left.remove(row)
        else:
            beyond.append(row)
    return beyond


def records_of(database: Path, archive: Path) -> dict[tuple[str, int], str]:
    """For each revision the digest of the body in its record, read from the file, by way of the record it repeats."""
    bodies: dict[str, str] = {}
    files = {path.name.removesuffix(".open"): path for path in archive.rglob("*.warc.gz*")}
    for path in files.values():
        for _, record in iter_records(path):
            if record.headers.get("WARC-Type") == "response":
                # What is damaged is the body of nothing.
                with contextlib.suppress(DamagedRecord):
                    response = parse_response(read_block(record))
                    body = unpacked_body(response, MAX_PAGE_BYTES) if response is not None else None
                    if body is not None:
                        bodies[record.headers["WARC-Record-ID"]] = hashlib.sha256(body).hexdigest()
    db = open_database(database, read_only=True)
    found = {}
    for key, revision, name, offset in db.execute(
        """SELECT article_id, revision, warc_file, warc_offset FROM revisions JOIN fetches ON fetches.id = fetch"""
    ):
        record, _ = read_at(files[name], offset)
        named = record.headers.get("WARC-Refers-To") or record.headers["WARC-Record-ID"]
        found[key, revision] = bodies[named]
    db.close()
    return found
