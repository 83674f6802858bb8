"""A person's verdict on a claim goes into the database here: a row of its own, and nothing is ever overwritten."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from sqlite_utils import Database

from corpus import rows
from corpus.migrations.judged import CORRECTABLE
from corpus.readings import restate
from corpus.review.corrections import check_corrections
from corpus.review.problems import BadReview, UnknownClaim
from corpus.store import Store

LONGEST_REASON = 1_000
LONGEST_REVIEWER = 60
SAID = tuple(dict.fromkeys((*CORRECTABLE, *rows.JUDGED)))
"""What is kept of a claim with the verdict on it: all that can be corrected, and all that the verdict answers for."""


class Verdict(StrEnum):
    """What a person says of a claim. `withdraw` takes back what the same person said of it before."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    WITHDRAW = "withdraw"


def save_review(
    store: Store,
    claim_id: str,
    reviewer: str,
    verdict: Verdict,
    corrections: Mapping[str, object] | None = None,
    reason: str | None = None,
    *,
    at: dt.datetime,
) -> int:
    """Store a verdict on a claim as it is now, lay it over the claim, and give the number of the review.

    `corrections` belong to `correct` alone and are checked; `reject` needs a reason. `at` is aware; where the same
    person judged the same claim in that second or later, the next second is noted, so that the order can be told.
    Raises UnknownClaim, BadCorrection, BadReview.
    """
    with store.transaction():
        claim = claim_as_read(store.db, claim_id)
        row = review_row(store.db, claim, reviewer, verdict, corrections or {}, reason)
        return add_review(store, row | {"reviewed_at": free_second(store.db, row, at)})


def take_back(store: Store, review: int, *, at: dt.datetime) -> int:
    """Undo a review by one more row: what the reviewer said before it is said again, or the verdict is withdrawn."""
    with store.transaction():
        (row,) = store.db.query("SELECT * FROM reviews WHERE id = ?", [review])
        earlier = list(
            store.db.query(
                """SELECT verdict, corrections, reason FROM reviews
                   WHERE claim_id = :claim_id AND fingerprint = :fingerprint AND reviewer = :reviewer
                     AND (reviewed_at, id) < (:reviewed_at, :id)
                   ORDER BY reviewed_at DESC, id DESC LIMIT 1""",
                row,
            )
        )
        nothing: rows.Row = {"verdict": Verdict.WITHDRAW.value, "corrections": "{}", "reason": None}
        said = {**row, **(earlier[0] if earlier else nothing), "reviewed_at": free_second(store.db, row, at)}
        del said["id"]
        return add_review(store, said)


def claim_as_read(db: Database, claim_id: str) -> rows.Row:
    """The row of a claim as the extractor has it. Raises UnknownClaim."""
    for row in db.query("SELECT * FROM claims WHERE id = ?", [claim_id]):
        return row
    raise UnknownClaim(claim_id)


def review_row(
    db: Database,
    claim: rows.Row,
    reviewer: str,
    verdict: Verdict,
    corrections: Mapping[str, object],
    reason: str | None,
) -> rows.Row:
    """A review of this claim without its time, checked. Raises BadCorrection, BadReview."""
    reason = reason.strip() if reason else None
    if corrections and verdict is not Verdict.CORRECT:
        raise BadReview("corrections_without_correct", verdict=repr(verdict.value))
    if verdict is Verdict.REJECT and not reason:
        raise BadReview("reason_missing")
    if reason and len(reason) > LONGEST_REASON:
        raise BadReview("reason_long", length=f"{len(reason):,}", most=f"{LONGEST_REASON:,}")
    if verdict is Verdict.CORRECT:
        corrections = check_corrections(claim, corrections, lambda code: is_region(db, code))
    return {
        "claim_id": claim["id"],
        "article_id": claim["article_id"],
        "figure": claim["figure"],
        "fingerprint": claim["fingerprint"],
        "reviewer": check_reviewer(reviewer),
        "verdict": verdict.value,
        "corrections": as_json({name: corrections[name] for name in CORRECTABLE if name in corrections}),
        "reason": reason,
        "judged": as_json({name: claim[name] for name in SAID}),
    }


def check_reviewer(name: str) -> str:
    """A reviewer's name without blanks around it. Raises BadReview."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_REVIEWER or any(unicodedata.category(sign).startswith("C") for sign in name):
        raise BadReview("reviewer_name", given=repr(name), most=LONGEST_REVIEWER)
    return name


def is_region(db: Database, code: str) -> bool:
    """Whether a code is in the gazetteer that the database has."""
    return bool(db.execute("SELECT 1 FROM regions WHERE code = ?", [code]).fetchone())


def free_second(db: Database, row: rows.Row, at: dt.datetime) -> str:
    """The time of a review, after all that this person said before of the claim in this form."""
    last = db.execute(
        "SELECT max(reviewed_at) FROM reviews WHERE claim_id = ? AND fingerprint = ? AND reviewer = ?",
        [row["claim_id"], row["fingerprint"], row["reviewer"]],
    ).fetchone()[0]
    moment = rows.utc(at)
    if last is None or last < moment:
        return moment
    return rows.utc(dt.datetime.fromisoformat(last) + dt.timedelta(seconds=1))


def add_review(store: Store, row: rows.Row) -> int:
    """Add a review that was checked, and lay the verdicts over its article's claims anew; gives its number."""
    store.insert("reviews", [row])
    number: int = store.db.execute("SELECT max(id) FROM reviews").fetchone()[0]
    restate(store, str(row["article_id"]))
    return number


def as_json(value: Mapping[str, object]) -> str:
    """The form in which corrections and what was judged are stored."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
