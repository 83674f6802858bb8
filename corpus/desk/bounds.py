"""What SQL of a reader's own may take, beyond what Datasette sees to: select only, read only, a second, 1,000 rows.

The clock is looked at between SQLite's steps and not within a function, so one call on long values could run for hours.
"""

from __future__ import annotations

import sqlite3

MOST_VALUE_BYTES = 16 * 1024 * 1024
"""No text of an article is longer, for no page is: twice DOWNLOAD_MAXSIZE of crawler.settings."""
MOST_PATTERN_BYTES = 2_000
"""Of LIKE and GLOB, whose time grows with the length of the pattern."""
SLOW = frozenset({"instr", "replace", "trim", "ltrim", "rtrim", "printf", "format"})
"""Their time grows with the product of two lengths, or with a width asked for. No page of the desk uses them."""


def bound(connection: sqlite3.Connection) -> None:
    """Bound what statements on this connection may take from now on."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_VALUE_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, MOST_PATTERN_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_authorizer(authorise)


def authorise(action: int, first: str | None, second: str | None, database: str | None, within: str | None) -> int:
    """SQLite's question whether a statement may do something, as it is compiled."""
    del first, database, within
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in SLOW:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
