"""Tasks and verdicts as JSON lines, so that two people can annotate on two machines and bring it together again.

A task is a claim with its sentence and an empty verdict; a line that was filled in is read back by the same keys. What
was judged is told with each verdict, so that one on a form that this database no longer has is kept as that.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from corpus import rows
from corpus.migrations.judged import CORRECTABLE
from corpus.records import Problems, iter_json_lines
from corpus.review.corrections import NUMBERS, parse_field
from corpus.review.problems import BadCorrection, BadLine, ReviewError, UnknownClaim
from corpus.review.queue import PLACES, Filters, Task, iter_queue, load_task
from corpus.review.verdicts import (
    SAID,
    Verdict,
    add_review,
    claim_as_read,
    free_second,
    is_region,
    review_row,
)
from corpus.store import Store

HEXADECIMAL = frozenset("0123456789abcdef")


class Taken(StrEnum):
    """What became of a line that was read in."""

    NEW = "new"
    KNOWN = "known"
    """The same verdict is there already."""
    OUTDATED = "outdated"
    """Kept, but the claim says something else by now."""
    EMPTY = "empty"
    """A task that nobody has answered."""


@dataclass(slots=True)
class ImportSummary:
    """How many lines became what; `bad` ones were told and kept out."""

    taken: Counter[Taken] = field(default_factory=Counter)
    bad: int = 0


def iter_tasks(db: Database, filters: Filters, sample: int | None = None, seed: int = 0) -> Iterator[dict[str, Any]]:
    """The claims of the queue as tasks; with `sample` so many of all claims, judged or not, the same for one seed."""
    ids = iter_queue(db, filters) if sample is None else iter(sample_claims(db, filters, sample, seed))
    for claim in ids:
        yield task_record(load_task(db, claim, blind=True))


def sample_claims(db: Database, filters: Filters, size: int, seed: int) -> list[str]:
    """`size` claims at random. The draw depends on the seed and on the claims' IDs, on no order in the database."""
    found = db.execute(f"SELECT s.claim_id FROM standing AS s WHERE {filters.where()}", filters.parameters())
    return heapq.nsmallest(size, (claim for (claim,) in found), key=lambda claim: lot(seed, claim))


def lot(seed: int, claim: str) -> bytes:
    """The number that a claim draws."""
    return hashlib.sha256(f"{seed} {claim}".encode()).digest()


def task_record(task: Task) -> dict[str, Any]:
    """A task as a line: what is to be judged, and the keys to fill in."""
    return {
        "claim_id": task.claim_id,
        "article_id": task.article_id,
        "figure": task.figure,
        "fingerprint": task.fingerprint,
        "queue": PLACES[task.place] if task.place is not None else None,
        "title": task.title,
        "outlet": task.outlet,
        "published": task.published,
        "url": task.url,
        "quote": task.quote,
        "quote_start": task.at if task.quote is not None else None,
        "quote_end": task.end if task.quote is not None else None,
        "judged": dict(task.claim),
        "region_name": task.region_name,
        "printed_value": task.printed_value,
        "suspect": task.suspect,
        "witnesses": list(task.witnesses),
        "alternatives": list(task.alternatives),
        "checks": [{"verdict": verdict, "message": message} for verdict, message in task.checks],
        **dict.fromkeys(("reviewer", "verdict", "reason", "reviewed_at")),
        "corrections": {},
    }


def iter_reviews(db: Database) -> Iterator[dict[str, Any]]:
    """Every review that was ever given, in the order of their times; one that counts no longer is told as such."""
    found = db.query(
        """SELECT r.claim_id, r.article_id, r.figure, r.fingerprint, r.judged, r.reviewer, r.verdict, r.reason,
                  r.reviewed_at, r.corrections, a.url, a.title
           FROM reviews AS r JOIN articles AS a ON a.id = r.article_id
           ORDER BY r.reviewed_at, r.claim_id, r.fingerprint, r.reviewer"""
    )
    for row in found:
        yield {**row, "judged": json.loads(row["judged"]), "corrections": json.loads(row["corrections"])}


def import_reviews(
    store: Store,
    lines: Iterable[bytes],
    name: str,
    problems: Problems,
    *,
    reviewer: str | None = None,
    now: dt.datetime,
) -> ImportSummary:
    """Take in the verdicts of a file: every good line in one transaction, the others told to `problems`.

    A line without a reviewer is `reviewer`'s, one without a time is of `now`. Reading a file twice changes nothing.
    """
    summary = ImportSummary()
    before = problems.count
    with store.transaction():
        for where, record in iter_json_lines(lines, name, problems):
            try:
                summary.taken[take_review(store, record, reviewer, now)] += 1
            except ReviewError as problem:
                problems.tell(where, str(problem))
    summary.bad = problems.count - before
    return summary


def take_review(store: Store, record: Mapping[str, Any], reviewer: str | None, now: dt.datetime) -> Taken:
    """Store the verdict of one line. Raises ReviewError where it is none, or is of a claim unknown here."""
    if "verdict" not in record:
        raise BadLine("'verdict' is missing: no task as `cakupan review --export` writes it.")
    if record["verdict"] in (None, ""):
        text_at(record, "claim_id")
        return Taken.EMPTY
    row = parse_review(store.db, record, reviewer)
    at = parse_time(record.get("reviewed_at"))
    if at is None:
        if says_so_already(store.db, row):
            return Taken.KNOWN
        moment = free_second(store.db, row, now)
    else:
        moment = rows.utc(at)
        there = same_second(store.db, row, moment)
        if there is not None:
            if all(there[name] == row[name] for name in ("verdict", "corrections", "reason")):
                return Taken.KNOWN
            raise BadLine(f"{row['reviewer']} said something else of this claim at that very time ({moment}).")
    add_review(store, row | {"reviewed_at": moment})
    current = store.db.execute("SELECT fingerprint FROM claims WHERE id = ?", [row["claim_id"]]).fetchone()
    return Taken.NEW if current == (row["fingerprint"],) else Taken.OUTDATED


def parse_review(db: Database, record: Mapping[str, Any], reviewer: str | None) -> rows.Row:
    """The row of a line without its time, checked against the claim that it judges. Raises ReviewError."""
    claim_id = text_at(record, "claim_id")
    word, reason, corrections = record["verdict"], record.get("reason"), record.get("corrections") or {}
    if not isinstance(word, str) or word not in set(Verdict):
        raise BadLine(f"'verdict' is {word!r}, none of {', '.join(Verdict)}.")
    if reason is not None and not isinstance(reason, str):
        raise BadLine("'reason' is no text.")
    if not isinstance(corrections, dict):
        raise BadLine('\'corrections\' is no object like {"region": "81.02"}.')
    who = record.get("reviewer") or reviewer
    if not isinstance(who, str):
        raise BadLine("'reviewer' is missing; fill it in, or say who it was with --reviewer.")
    return review_row(db, claim_of(db, claim_id, record), who, Verdict(word), corrections, reason)


def claim_of(db: Database, claim_id: str, record: Mapping[str, Any]) -> rows.Row:
    """The claim in the form that was judged: as it is, or as the line tells it. Raises ReviewError."""
    fingerprint = record.get("fingerprint")
    try:
        claim = claim_as_read(db, claim_id)
        if fingerprint in (None, claim["fingerprint"]):
            return claim
    except UnknownClaim:
        if fingerprint is None:
            raise
    article, figure, form = text_at(record, "article_id"), text_at(record, "figure"), text_at(record, "fingerprint")
    if not db.execute("SELECT 1 FROM articles WHERE id = ?", [article]).fetchone():
        raise UnknownClaim(claim_id)
    judged = parse_judged(db, record.get("judged"))
    return {**judged, "id": claim_id, "article_id": article, "figure": figure, "fingerprint": form}


def parse_judged(db: Database, judged: object) -> rows.Row:
    """What a claim said that says something else by now, from its line. Raises BadLine."""
    if not isinstance(judged, dict) or not set(SAID).issubset(judged):
        raise BadLine("'judged' does not tell what the claim said, and the claim says something else by now.")
    try:
        for name in CORRECTABLE:
            if name not in NUMBERS:
                parse_field(name, judged[name], lambda code: is_region(db, code))
    except BadCorrection as problem:
        raise BadLine(f"'judged' cannot be what the claim said: {problem}") from problem
    if not isinstance(judged["text"], str) or not all(is_number(judged[name]) for name in NUMBERS):
        raise BadLine("'judged' cannot be what the claim said: no text, or no number where one belongs.")
    return {name: judged[name] for name in SAID}


def is_number(value: object) -> bool:
    """Whether JSON has a number there."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def text_at(record: Mapping[str, Any], key: str) -> str:
    """An ID of a line. Raises BadLine."""
    value = record.get(key)
    if not isinstance(value, str) or not value or not HEXADECIMAL.issuperset(value):
        raise BadLine(f"{key!r} is {value!r}, no ID as `cakupan review --export` writes it.")
    return value


def parse_time(value: object) -> dt.datetime | None:
    """An ISO time with its offset; None where there is none. Raises BadLine."""
    if value in (None, ""):
        return None
    if not isinstance(value, str):
        raise BadLine(f"'reviewed_at' is {value!r}, no ISO time such as 2025-05-06T05:00:00+00:00.")
    try:
        moment = dt.datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            return moment
    except ValueError:
        pass
    raise BadLine(f"'reviewed_at' is {value!r}, no ISO time with an offset such as 2025-05-06T05:00:00+00:00.")


def says_so_already(db: Database, row: rows.Row) -> bool:
    """Whether the reviewer has said this before of the claim in this form, be it taken back or changed since."""
    found = db.execute(
        """SELECT 1 FROM reviews WHERE claim_id = :claim_id AND fingerprint = :fingerprint AND reviewer = :reviewer
           AND verdict = :verdict AND corrections = :corrections AND reason IS :reason""",
        row,
    )
    return found.fetchone() is not None


def same_second(db: Database, row: rows.Row, moment: str) -> rows.Row | None:
    """What the reviewer said of the claim in this form at that time."""
    found = db.query(
        "SELECT * FROM reviews WHERE claim_id = ? AND fingerprint = ? AND reviewer = ? AND reviewed_at = ?",
        [row["claim_id"], row["fingerprint"], row["reviewer"], moment],
    )
    return next(iter(found), None)
