"""The release database: a new one of our own schema, into which the selected rows are copied in one read transaction.

Everything that is published is written from it, so that all formats agree, whoever writes to the source meanwhile.
Rows go in by foreign keys and, within a table, by primary key: the same rows make the same file, byte for byte.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from corpus.export.errors import NothingToExport
from corpus.export.selection import Selection
from corpus.schema import BUSY_TIMEOUT_SECONDS, explain, load_columns, open_database

# What the conditions below refer to. An article whose claims are chosen brings the leader of its cluster along, and an
# unrestricted release the articles without claims.
CHOSEN = (
    "CREATE TEMP TABLE chosen (claim_id TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TEMP TABLE chosen_articles (article_id TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TEMP TABLE chosen_fetches (id INTEGER PRIMARY KEY)",
)
OF_CLAIMS = """
    INSERT INTO chosen_articles
    SELECT DISTINCT article_id FROM source.claims WHERE id IN (SELECT claim_id FROM chosen)
"""
LEADERS = """
    INSERT OR IGNORE INTO chosen_articles
    SELECT lead_article FROM source.clusters JOIN source.syndication ON cluster_id = clusters.id
    WHERE article_id IN (SELECT article_id FROM chosen_articles)
"""
EVERY_ARTICLE = "INSERT OR IGNORE INTO chosen_articles SELECT id FROM source.articles"
FETCHES = """
    INSERT INTO chosen_fetches
    SELECT DISTINCT fetch FROM source.revisions
    WHERE fetch IS NOT NULL AND article_id IN (SELECT article_id FROM chosen_articles)
"""

CLAIM = "{} IN (SELECT claim_id FROM chosen)"
ARTICLE = "{} IN (SELECT article_id FROM chosen_articles)"
# The plus keeps SQLite from trying every chosen claim on every check.
WEIGHED = """
    article_id IN (SELECT article_id FROM chosen_articles) AND (
        EXISTS (SELECT 1 FROM source.check_claims AS k
                WHERE k.article_id = t.article_id AND k.check_ordinal = t.ordinal
                  AND +k.claim_id IN (SELECT claim_id FROM chosen))
        OR NOT EXISTS (SELECT 1 FROM source.check_claims AS k
                       WHERE k.article_id = t.article_id AND k.check_ordinal = t.ordinal)
    )
"""
# Told only where every side of it is in the release; a half of a contradiction would be none.
WHOLE_DISPUTE = """
    low_claim IN (SELECT claim_id FROM chosen) AND high_claim IN (SELECT claim_id FROM chosen)
    AND NOT EXISTS (SELECT 1 FROM source.dispute_claims AS d
                    WHERE d.dispute_id = t.id AND d.claim_id NOT IN (SELECT claim_id FROM chosen))
"""
QUOTED = """
    article_id IN (SELECT article_id FROM chosen_articles) AND EXISTS (
        SELECT 1 FROM source.claims AS c WHERE c.article_id = t.article_id AND c.quote_start = t.start_char
          AND c.id IN (SELECT claim_id FROM chosen)
    )
"""
SPELLED = """
    EXISTS (SELECT 1 FROM source.standing AS s
            WHERE s.speaker = {0}.name AND s.speaker_role IS {0}.role AND s.region IS {0}.region
              AND s.claim_id IN (SELECT claim_id FROM chosen))
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """How one table comes into a release: which rows (`t` is the table in the source), by what they are sorted, and
    what stands in place of a column."""

    table: str
    order: str
    where: str = "true"
    instead: Mapping[str, str] | None = None


NO_TEXT = {"text": "''"}
COPIES = (
    # A province before its kabupaten.
    Copy("regions", "code"),
    Copy("outlets", "domain"),
    Copy("outlet_regions", "outlet, region"),
    Copy(
        "runs",
        "id",
        """id IN (SELECT run FROM source.revisions WHERE article_id IN (SELECT article_id FROM chosen_articles))
           OR id IN (SELECT run FROM source.fetches WHERE id IN (SELECT id FROM chosen_fetches))""",
    ),
    Copy("fetches", "id", "id IN (SELECT id FROM chosen_fetches)"),
    Copy(
        "dropped_files",
        "file",
        "file IN (SELECT warc_file FROM source.fetches WHERE id IN (SELECT id FROM chosen_fetches))",
    ),
    Copy("articles", "id", ARTICLE.format("id"), NO_TEXT),
    Copy("own_texts", "article_id", ARTICLE.format("article_id")),
    Copy("revisions", "article_id, revision", ARTICLE.format("article_id"), NO_TEXT),
    # Why a page was taken out may name people; that it was is enough.
    Copy("removals", "page", ARTICLE.format("article_id"), {"reason": "NULL"}),
    Copy("quotes", "article_id, start_char", QUOTED),
    Copy("claims", "id", CLAIM.format("id")),
    Copy("repairs", "claim_id", CLAIM.format("claim_id")),
    Copy("checks", "article_id, ordinal", WEIGHED),
    Copy("check_claims", "article_id, check_ordinal, claim_id", CLAIM.format("claim_id")),
    Copy(
        "reviews",
        "id",
        """EXISTS (SELECT 1 FROM source.claims AS c
                   WHERE c.figure = t.figure AND +c.id IN (SELECT claim_id FROM chosen))
           OR (:everything AND article_id IN (SELECT article_id FROM chosen_articles))""",
    ),
    Copy("standing", "claim_id", CLAIM.format("claim_id")),
    Copy("clusters", "id", ARTICLE.format("lead_article")),
    # Signatures are made of the whole text and are for comparing only.
    Copy("syndication", "article_id", ARTICLE.format("article_id"), {"signature": "x''"}),
    Copy(
        "speakers",
        "id",
        f"EXISTS (SELECT 1 FROM source.speaker_names AS n WHERE n.speaker_id = t.id AND {SPELLED.format('n')})",
    ),
    Copy("speaker_names", "speaker_id, name, role, region", SPELLED.format("t")),
    Copy("latest_claims", "claim_id", CLAIM.format("claim_id")),
    Copy("disputes", "id", WHOLE_DISPUTE),
    Copy("dispute_claims", "dispute_id, claim_id", "dispute_id IN (SELECT id FROM main.disputes)"),
    Copy(
        "jumps",
        "subject, key, earlier_claim, later_claim",
        f"{CLAIM.format('earlier_claim')} AND {CLAIM.format('later_claim')}",
    ),
)
CACHE_KIB = 100_000
MENTIONS = Copy("mentions", "article_id, ordinal", ARTICLE.format("article_id"))
"""Spans of the text, of use beside it only."""
ROW_NUMBERS = frozenset({("articles", "number"), ("quotes", "number")})
"""Numbers of rows that mean nothing outside a database: a release counts anew."""
LAST_DAY = """
    SELECT substr(max(day), 1, 10) FROM (
        SELECT max(fetched_at) AS day FROM source.fetches UNION ALL SELECT max(last_seen_at) FROM source.articles
    )
"""


@dataclass(frozen=True, slots=True)
class Release:
    """What a release is called, up to when it reaches, and what is in it."""

    version: str
    data_until: str
    """ISO day on which the source last fetched anything."""
    selection: Selection


@contextlib.contextmanager
def release_database(
    source: Path, scratch: Path, selection: Selection, version: str | None
) -> Iterator[tuple[Database, Release]]:
    """A database at `scratch`, gone after the block, with what is selected of `source`.

    The version defaults to the last day of the data. Raises NothingToExport, and what `open_database` raises for a
    source that is missing, foreign, older or newer.
    """
    open_database(source, read_only=True).close()
    with explain(f"{source} or its copy in {scratch.parent}", BUSY_TIMEOUT_SECONDS):
        db = open_database(scratch)
        try:
            # It is scratch: nothing of it need outlive a crash. IDs are hashes, so indexes are filled at random places.
            db.execute("PRAGMA journal_mode = MEMORY")
            db.execute("PRAGMA synchronous = OFF")
            db.execute(f"PRAGMA main.cache_size = -{CACHE_KIB}")
            db.execute("ATTACH ? AS source", [f"{source.resolve().as_uri()}?mode=ro"])
            db.execute("BEGIN")
            _choose(db, selection)
            if not db.execute("SELECT EXISTS (SELECT 1 FROM chosen)").fetchone()[0]:
                raise NothingToExport(source, selection.in_words())
            for copy in (*COPIES, MENTIONS) if selection.with_text else COPIES:
                _copy(db, copy, selection)
            day = str(db.execute(LAST_DAY).fetchone()[0])
            release = Release(version or _version_of(day), day, selection)
            _sign(db, release)
            db.commit()
            db.execute("DETACH source")
            yield db, release
        finally:
            db.close()
            scratch.unlink()


def _choose(db: Database, selection: Selection) -> None:
    for statement in CHOSEN:
        db.execute(statement)
    condition, parameters = selection.condition()
    db.execute(f"INSERT INTO chosen SELECT claim_id FROM source.standing WHERE {condition}", parameters)
    db.execute(OF_CLAIMS)
    db.execute(LEADERS if selection.is_partial else EVERY_ARTICLE)
    db.execute(FETCHES)


def _copy(db: Database, copy: Copy, selection: Selection) -> None:
    names = [column.name for column in load_columns()[copy.table].columns]
    names = [name for name in names if (copy.table, name) not in ROW_NUMBERS]
    instead = dict(copy.instead or {})
    if selection.with_text and instead == NO_TEXT:
        instead = {}
    values = ", ".join(instead.get(name, f"t.{name}") for name in names)
    parameters = {"everything": not selection.is_partial} if ":everything" in copy.where else {}
    db.execute(
        f"INSERT INTO main.{copy.table} ({', '.join(names)}) "
        f"SELECT {values} FROM source.{copy.table} AS t WHERE {copy.where} ORDER BY {copy.order}",
        parameters,
    )


def _sign(db: Database, release: Release) -> None:
    """Say which release it is, and leave nothing in it that tells when it was made."""
    db.execute(
        "INSERT INTO releases VALUES (?, ?, ?, ?)",
        [release.version, release.data_until, release.selection.to_json(), release.selection.with_text],
    )
    db.execute("DELETE FROM comparisons_due")
    db.execute("UPDATE _sqlite_migrations SET applied_at = ?", [f"{release.data_until}T00:00:00+00:00"])
    for table in ("articles_fts", "quotes_fts"):
        db.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def _version_of(day: str) -> str:
    """The day as a version: 2026.1.28, which is semantic too."""
    return ".".join(str(int(part)) for part in day.split("-"))


def snapshot(db: Database, file: Path) -> None:
    """Write the release database as one compact file in rollback mode, so that it opens from read-only places too."""
    with explain(file, BUSY_TIMEOUT_SECONDS):
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("VACUUM INTO ?", [str(file)])
