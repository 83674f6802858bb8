"""The history of the schema: named steps, each run once, in order. A step that has been released is never edited.

What the tables and columns mean is told in columns.toml, and only there. Times ending in `_at` are UTC, dates are
ISO days, lists are JSON. Long texts come last in their row, for SQLite must wade through them to reach what follows.
Tables that full-text search points into have an INTEGER PRIMARY KEY, for `VACUUM` renumbers any other rowid.
"""

from __future__ import annotations

from sqlite_utils import Migrations

from corpus.migrations import compared, damaged, gathered, judged, looked, objected, owned, watched

HISTORY = (
    gathered.articles,
    gathered.claims,
    gathered.search,
    gathered.flat_view,
    gathered.second_looks,
    gathered.remember_addresses,
    gathered.archives_read,
    judged.lead_back,
    judged.data_dictionary,
    judged.quotes,
    judged.reviews,
    judged.standing,
    compared.across_articles,
    compared.views,
    watched.alarms,
    damaged.damaged_records,
    looked.looks_that_are_due,
    owned.own_texts,
    objected.objections,
)

migrations = Migrations("cakupan")
for step in HISTORY:
    migrations()(step)

STEPS = tuple(step.__name__ for step in HISTORY)
"""The names of all steps, in order; a database with any other was written by a later version."""
