"""Every claim walked back: to its place in the text, the revision, the fetch, the archive's record, its address."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.schema import BUSY_TIMEOUT_SECONDS, explain, open_database
from corpus.trust import database
from corpus.trust.copies import Copies
from corpus.trust.files import archive_files
from corpus.trust.problems import Problem, ProblemKind, Tally

Watch = Callable[[str, int, int], None]
"""Told how far a stage is: its name, how much is done, out of how much."""


def unwatched(stage: str, done: int, total: int) -> None:
    """Progress for nobody."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it. `problems` counts by kind."""

    tally: Tally
    problems: Counter[ProblemKind] = field(default_factory=Counter)

    @property
    def holds(self) -> bool:
        return not self.problems


def verify(
    path: Path,
    archives: Sequence[Path],
    report: Callable[[Problem], None],
    *,
    watch: Watch = unwatched,
    asked_for: bool = True,
) -> Verdict:
    """Check all that the database at `path` says against itself and the archives; `report` gets what does not hold.

    `asked_for` tells whether the archives were named, and not only the usual place: a published copy need not have one.
    Nothing is changed. Raises what `open_database` raises.
    """
    verdict = Verdict(Tally())
    tally = verdict.tally

    def note(problem: Problem) -> None:
        verdict.problems[problem.kind] += 1
        report(problem)

    db = open_database(path, read_only=True)
    try:
        with explain(path, BUSY_TIMEOUT_SECONDS):
            releases = db.execute("SELECT has_text FROM releases").fetchall()
            tally.texts_left_out = bool(releases) and not releases[0][0]
            database.check_file(db, note)
            total: int = db.execute("SELECT count(*) FROM articles").fetchone()[0]
            for done, _ in enumerate(database.check_articles(db, note, tally), 1):
                watch("texts", done, total)
            database.check_standing(db, note)
            database.check_reviews(db, note)
            files = archive_files(archives)
            copies = Copies(db, files, note, tally)
            try:
                for done, _ in enumerate(copies.check(is_copy=bool(releases) and not asked_for), 1):
                    watch("archive", done, len(files))
            finally:
                copies.close()
    finally:
        db.close()
    check_indexes(path, note, tally)
    return verdict


def check_indexes(path: Path, report: Callable[[Problem], None], tally: Tally) -> None:
    """The search indexes, by a connection of their own, for SQLite checks them only for who may write."""
    with explain(path, BUSY_TIMEOUT_SECONDS):
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None
        )
        try:
            database.check_indexes(connection, report, tally)
        finally:
            connection.close()
