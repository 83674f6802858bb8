"""Records of the archive that do not hold are noted, so that the next run fetches their pages and listings again.

A run asks for each of them once more and whole, and what comes is kept like anything else. Where the text is still the
same, its claims lead to the new record from then on (`Store.save_article`). So damage that was noted and on which no
claim rests any more is history, and no fault.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from corpus.rows import utc
from corpus.store import Store
from corpus.trust.problems import Problem
from crawler.urls import article_id

CAME = "kind <> 'lost' AND NOT (kind = 'listing' AND status IS NULL)"
"""Of other requests no answer came; what the archive keeps of them is why."""
SETTLED = """
    SELECT 1 FROM damaged_records AS noted WHERE noted.warc_file = {file} AND noted.warc_offset = {offset}
    AND (fetched_again IS NOT NULL OR NOT EXISTS (SELECT 1 FROM urls WHERE urls.page = noted.page))
"""
"""Noted, and had again where it is a page; a listing is asked for in every run as it is then."""
NOTE = """
    INSERT INTO damaged_records (warc_file, warc_offset, url, page, problem, found_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET fetched_again = NULL
"""


def note_damage(store: Store, problems: Iterable[Problem], at: dt.datetime) -> int:
    """Note where the archive does not hold; of how many pages and listings the next run is to fetch a new copy.

    What was noted before and still does not hold is to be tried once more.
    """
    pages: set[str] = set()
    with store.transaction():
        for problem in problems:
            if problem.file is None:
                continue
            for offset, url in places_of(store, problem.file, problem.offset):
                page = article_id(url) if url is not None else None
                if page is not None:
                    pages.add(page)
                store.db.execute(NOTE, [problem.file, offset, url, page, problem.kind.value, utc(at)])
    return len(pages)


def places_of(store: Store, file: str, offset: int | None) -> list[tuple[int, str | None]]:
    """Where records are lost and for which address they answer: one of a file, or all that fetches lie in."""
    found: list[tuple[int, str | None]] = store.db.execute(
        f"""SELECT warc_offset, min(url) FROM fetches
            WHERE warc_file = :file AND warc_offset IS NOT NULL AND (:offset IS NULL OR warc_offset = :offset)
            AND {CAME} GROUP BY warc_offset""",
        {"file": file, "offset": offset},
    ).fetchall()
    return found or ([(offset, None)] if offset is not None else [])
