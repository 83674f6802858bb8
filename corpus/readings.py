"""What the extractor read goes into the store here: mentions, claims with their quotes, repairs, checks.

Claims are replaced as a whole. What an earlier reading said otherwise stays in `superseded_claims`, people's verdicts
are laid over the new claims in `standing`, and what has to be compared anew with other articles is noted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import rows
from corpus.quotes import find_quotes
from corpus.store import Store
from extract.models import Extraction

EARLIER = """
    SELECT id, revision, extractor, figure, fingerprint, metric, modality, segment, value, unit, approx, precision,
           region, as_of_start, as_of_end, as_of_basis, speaker, speaker_role, start_char, end_char, text
    FROM claims WHERE article_id = ? ORDER BY ordinal
"""
KEPT = (
    *("metric", "modality", "segment", "value", "unit", "approx", "precision", "region", "as_of_start", "as_of_end"),
    *("as_of_basis", "speaker", "speaker_role", "start_char", "end_char", "text"),
)


TABLES = ("mentions", "quotes", "claims", "repairs", "checks", "check_claims")
"""The tables that hold what was read, parents first."""


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What the extractor found in a revision of the article `key`.

    `past` is the fingerprint of the earlier claims it was read with; None where the article was read alone.
    """

    key: str
    revision: int
    extraction: Extraction
    past: str | None = None


def save_extraction(store: Store, key: str, revision: int, extraction: Extraction, past: str | None = None) -> None:
    """Put what this extraction found in the place of all that was read from the article before, in one transaction."""
    if past is None and rows.undecided_claims(extraction):
        past = ""
    with store.transaction():
        read = rows_of(ArticleReading(key, revision, extraction, past), text_of(store, key, revision))
        keep_superseded(store, key, revision, extraction.version, read["claims"])
        mark_due(store, key)
        for table in ("checks", "claims", "quotes", "mentions"):
            store.delete(table, "article_id", key)
        for table in TABLES:
            store.insert(table, read[table])
        restate(store, key)
        store.update("articles", "id", key, {"extracted_revision": revision, "extractor": extraction.version})
        store.delete("second_looks", "article_id", key)
        if past is not None:
            store.insert("second_looks", [{"article_id": key, "past": past}])


def rows_of(reading: ArticleReading, text: str) -> dict[str, list[rows.Row]]:
    """All that was read in this text, table by table."""
    key, extraction = reading.key, reading.extraction
    quotes = find_quotes(text, extraction.claims)
    claims = list(rows.iter_claim_rows(key, reading.revision, extraction, quotes))
    return {
        "mentions": list(rows.iter_mention_rows(key, extraction)),
        "quotes": list(rows.iter_quote_rows(key, text, quotes)),
        "claims": claims,
        "repairs": [
            rows.repair_row(str(row["id"]), claim.repair)
            for row, claim in zip(claims, extraction.claims, strict=True)
            if claim.repair
        ],
        "checks": [rows.check_row(key, place, check) for place, check in enumerate(extraction.checks)],
        "check_claims": [
            {"article_id": key, "check_ordinal": place, "claim_id": claims[position]["id"]}
            for place, check in enumerate(extraction.checks)
            for position in dict.fromkeys(check.claims)
        ],
    }


def restate(store: Store, key: str) -> None:
    """Lay the verdicts over an article's claims anew, and note whose comparisons that touches."""
    with store.transaction():
        mark_due(store, key)
        store.delete("standing", "article_id", key)
        store.db.execute("INSERT INTO standing SELECT * FROM restated WHERE article_id = ?", [key])
        mark_due(store, key)


def mark_due(store: Store, key: str) -> None:
    """Note that an article, the regions it speaks of and the people it quotes are to be compared anew."""
    store.db.execute("INSERT OR IGNORE INTO comparisons_due VALUES ('article', ?)", [key])
    for kind, column in (("region", "region"), ("speaker", "speaker")):
        store.db.execute(
            f"""INSERT OR IGNORE INTO comparisons_due
                SELECT DISTINCT '{kind}', {column} FROM standing WHERE article_id = ? AND {column} IS NOT NULL""",
            [key],
        )


def keep_superseded(store: Store, key: str, revision: int, version: str, claims: Sequence[rows.Row]) -> None:
    """Keep those earlier claims of the article that are gone now, or say something else."""
    now = {row["id"]: row["fingerprint"] for row in claims}
    earlier = [dict(row) for row in store.db.query(EARLIER, [key])]
    store.insert(
        "superseded_claims",
        [
            {
                "claim_id": row["id"],
                "article_id": key,
                "revision": row["revision"],
                "extractor": row["extractor"],
                "change": "changed" if row["id"] in now else "gone",
                "superseded_revision": revision,
                "superseded_by": version,
                "figure": row["figure"],
                "fields": json.dumps({name: row[name] for name in KEPT}, ensure_ascii=False),
            }
            for row in earlier
            # An empty fingerprint is of before there were any.
            if row["fingerprint"] and now.get(row["id"]) != row["fingerprint"]
        ],
    )


def text_of(store: Store, key: str, revision: int) -> str:
    """The text of a revision, as stored."""
    found = store.db.execute(
        "SELECT text FROM revisions WHERE article_id = ? AND revision = ?", [key, revision]
    ).fetchone()
    return str(found[0])
