"""Whether the database holds in itself: SQLite's own checks, texts, spans, digests, and claims as they stand."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator

from sqlite_utils import Database

from corpus.migrations.judged import CORRECTABLE
from corpus.rows import digest_of_fields, fingerprint
from corpus.trust.problems import Problem, ProblemKind, Report, Tally

INDEXES = ("articles_fts", "quotes_fts")
HASH = re.compile(r"[0-9a-f]{16}")
SHOWN_CHARS = 60

ARTICLES = """
    SELECT a.id, a.revision, a.extracted_revision, a.title, a.published, a.text,
           EXISTS (SELECT 1 FROM removals WHERE removals.article_id = a.id)
    FROM articles AS a ORDER BY a.number
"""
DIFFERS = ("article_id", *CORRECTABLE, "day", "suspect", "review", "queue")


def check_file(db: Database, report: Report) -> None:
    """SQLite's own checks: pages and indexes, then references between rows."""
    for (message,) in db.execute("PRAGMA integrity_check(20)"):
        if message != "ok":
            report(Problem(ProblemKind.DAMAGED_DATABASE, "database", message))
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        report(Problem(ProblemKind.ORPHAN, f"{table} {row}", f"refers to a row of {parent} that is not there"))


def check_indexes(db: sqlite3.Connection, report: Report, tally: Tally) -> None:
    """Hold each full-text index against its table. SQLite makes that a write, which is undone."""
    for index in INDEXES:
        db.execute("BEGIN")
        try:
            db.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            match getattr(error, "sqlite_errorcode", 0) & 0xFF:
                case sqlite3.SQLITE_CORRUPT:
                    report(Problem(ProblemKind.SEARCH_INDEX, index, "does not hold the words of its table"))
                case sqlite3.SQLITE_READONLY:
                    tally.unchecked.append(index)
                case _:
                    raise
        finally:
            db.rollback()


def check_articles(db: Database, report: Report, tally: Tally) -> Iterator[None]:
    """Each article with its revisions, claims, mentions and quotes; yields after each one."""
    for key, revision, read_in, title, published, text, is_removed in db.execute(ARTICLES):
        tally.articles += 1
        check_claims_of(db, key, read_in, report, tally)
        if is_removed:
            tally.removed_articles += 1
        elif not tally.texts_left_out:
            tally.unread_articles += read_in != revision
            texts = check_revisions_of(db, key, report, tally)
            if texts.get(revision) != (title, published, text):
                message = f"title, day or text are not those of revision {revision}"
                report(Problem(ProblemKind.NEWEST_TEXT, f"articles {key}", message, claims_of(db, key)))
            if read_in is not None:
                check_spans(db, key, texts[read_in][2] if read_in in texts else "", report)
        yield


Form = tuple[str | None, str | None, str]
"""Title, time of publication, text."""


def check_revisions_of(db: Database, key: str, report: Report, tally: Tally) -> dict[int, Form]:
    """Every revision by its digest; gives their texts."""
    forms: dict[int, Form] = {}
    for number, digest, title, published, text, authors, editors in db.execute(
        """SELECT revision, digest, title, published, text, authors, editors
           FROM revisions WHERE article_id = ? ORDER BY revision""",
        [key],
    ):
        tally.revisions += 1
        forms[number] = (title, published, text)
        try:
            found = digest_of_fields(title, published, text, json.loads(authors), json.loads(editors))
        except ValueError:
            found = "not to be reckoned"
        if found != digest:
            where, message = f"revisions {key} {number}", f"its digest is {found}, and was {digest}"
            report(Problem(ProblemKind.REVISION_DIGEST, where, message, claims_of(db, key, number)))
    return forms


def check_claims_of(db: Database, key: str, read_in: int | None, report: Report, tally: Tally) -> None:
    """The claims of an article: read in one revision, and saying what their fingerprints were made of."""
    for row in db.query("SELECT * FROM claims WHERE article_id = ? ORDER BY ordinal", [key]):
        tally.claims += 1
        where, claims = f"claims {row['id']}", (str(row["id"]),)
        if row["revision"] != read_in:
            message = f"is of revision {row['revision']}, and the article was read in {read_in}"
            report(Problem(ProblemKind.OTHER_REVISION, where, message, claims))
        if row["fingerprint"] and fingerprint(row) != row["fingerprint"]:
            message = "says something else than when it was read"
            report(Problem(ProblemKind.FINGERPRINT, where, message, claims))


def check_spans(db: Database, key: str, text: str, report: Report) -> None:
    """`text[start:end]` of every claim, mention and quote, and that quotes hold the figures of their claims."""
    quotes: dict[int, int] = {}
    for number, start, end, said in db.execute(
        "SELECT number, start_char, end_char, text FROM quotes WHERE article_id = ?", [key]
    ):
        quotes[start] = end
        if text[start:end] != said:
            claims = tuple(
                claim
                for (claim,) in db.execute(
                    "SELECT id FROM claims WHERE article_id = ? AND quote_start = ? ORDER BY ordinal", [key, start]
                )
            )
            report(Problem(ProblemKind.QUOTE_TEXT, f"quotes {number}", differs(text[start:end], said), claims))
    for ordinal, start, end, said in db.execute(
        "SELECT ordinal, start_char, end_char, text FROM mentions WHERE article_id = ?", [key]
    ):
        if text[start:end] != said:
            where = f"mentions {key} {ordinal}"
            report(Problem(ProblemKind.MENTION_TEXT, where, differs(text[start:end], said)))
    for claim, start, end, said, quote_start in db.execute(
        "SELECT id, start_char, end_char, text, quote_start FROM claims WHERE article_id = ? ORDER BY ordinal", [key]
    ):
        if text[start:end] != said:
            where = f"claims {claim}"
            report(Problem(ProblemKind.CLAIM_TEXT, where, differs(text[start:end], said), (claim,)))
        if quote_start not in quotes or not quote_start <= start < end <= quotes[quote_start]:
            message = "has no quote" if quote_start not in quotes else "does not stand in its quote"
            report(Problem(ProblemKind.QUOTE_WITHOUT_FIGURE, f"claims {claim}", message, (claim,)))


def check_standing(db: Database, report: Report) -> None:
    """Claims as they stand, reckoned anew from what was extracted and reviewed."""
    told = " OR ".join(f"s.{name} IS NOT r.{name}" for name in DIFFERS)
    for (claim,) in db.execute(
        f"""SELECT r.claim_id FROM restated AS r LEFT JOIN standing AS s ON s.claim_id = r.claim_id
            WHERE s.claim_id IS NULL OR {told}"""
    ):
        message = "does not stand as it was extracted and reviewed"
        report(Problem(ProblemKind.STANDING, f"standing {claim}", message, (claim,)))
    for (claim,) in db.execute("SELECT claim_id FROM standing WHERE claim_id NOT IN (SELECT id FROM claims)"):
        report(Problem(ProblemKind.STANDING, f"standing {claim}", "is of no claim"))


def check_reviews(db: Database, report: Report) -> None:
    """Whether each review names what it judged as claims are named, and holds JSON where it should."""
    for number, claim, *names, corrections, judged in db.execute(
        "SELECT id, claim_id, figure, fingerprint, corrections, judged FROM reviews ORDER BY id"
    ):
        if not all(HASH.fullmatch(name) for name in (claim, *names)):
            report(
                Problem(ProblemKind.REVIEW, f"reviews {number}", "claim, figure or fingerprint is no hash", (claim,))
            )
        try:
            is_told = all(isinstance(json.loads(facts), dict) for facts in (corrections, judged))
        except ValueError:
            is_told = False
        if not is_told:
            message = "corrections or what was judged cannot be read"
            report(Problem(ProblemKind.REVIEW, f"reviews {number}", message, (claim,)))


def claims_of(db: Database, key: str, revision: int | None = None) -> tuple[str, ...]:
    """IDs of the claims of an article, or of one revision."""
    found = db.execute(
        "SELECT id FROM claims WHERE article_id = ? AND (? IS NULL OR revision = ?) ORDER BY ordinal",
        [key, revision, revision],
    )
    return tuple(claim for (claim,) in found)


def differs(stands: str, said: str) -> str:
    """What stands in the text and what should, cut short."""
    return f"the text has {stands[:SHOWN_CHARS]!r} there, not {said[:SHOWN_CHARS]!r}"
