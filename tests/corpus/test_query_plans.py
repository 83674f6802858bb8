"""No question that the program or a person at the views asks reads a large table from end to end."""

import tomllib
from pathlib import Path

import pytest

from corpus import health, history, readings, search, store
from corpus.schema import open_database
from corpus.unattended import ledger, status

LARGE = ("claims", "standing", "articles", "revisions", "mentions", "quotes", "fetches", "urls", "checks", "repairs")
VIEWS = Path(__file__).parents[1] / "bench" / "questions.toml"
WITHIN = (
    search.Within(),
    search.Within(region="81"),
    search.Within(region="81.02", outlet="kabar.id", since="2025-01-01"),
)
PROGRAM = {
    "the past of a region": history.PAST,
    "the latest drift of each outlet": health.DRIFT,
    "pages still to be fetched": health.PENDING,
    "articles of each outlet": health.KEPT,
    "listings": health.LISTINGS,
    "when each outlet was last asked": status.ASKED,
    "layouts of the latest pages": status.LAYOUTS,
    "claims a day": status.CLAIMS_A_DAY,
    "claims in all": status.CLAIMS,
    "what a channel has to tell": ledger.DUE,
    "earlier claims of an article": readings.EARLIER,
    "articles still to be read": f"SELECT id FROM {store.UNREAD} ORDER BY number",
    "claims as they stand after review": "SELECT * FROM restated WHERE article_id = :article",
} | {
    f"search, {shelf.index}, {order}, {within}": search.candidates_sql(shelf, within, order)
    for shelf in (search.ARTICLES, search.QUOTES)
    for order in search.Order
    for within in WITHIN
}
QUESTIONS = PROGRAM | tomllib.loads(VIEWS.read_text(encoding="utf-8"))

BY_INDEX = {
    "SCAN articles USING COVERING INDEX articles_outlet",
    "SCAN articles USING INDEX articles_revised",
    "SCAN standing USING INDEX standing_suspect",
    "SCAN standing USING INDEX standing_queue",
    "SCAN urls USING COVERING INDEX urls_pending",
}
"""Indexes of a few chosen rows, which are read from one end; and one that is counted through, a name an article."""


PARAMETERS = (
    *("region", "metric", "speaker", "outlet", "article", "day", "claim", "province", "official", "version"),
    *("words", "since", "most", "latest", "limit", "witness", "before", "without"),
)


@pytest.fixture(scope="module")
def empty():
    """A new database: plans are made without looking at any row."""
    db = open_database(":memory:")
    yield db
    db.close()


def plan(db, question):
    parameters = dict.fromkeys(PARAMETERS)
    given = [None] * question.count("?") if "?" in question else parameters
    return [step for *_, step in db.execute(f"EXPLAIN QUERY PLAN {question}", given)]


def full_scans(db, question):
    """Steps that read a large table, or an index of all its rows, from end to end."""
    aliases = {"a": "articles", "s": "standing", "k": "claims", "q": "quotes", "c": "claims", "r": "revisions"}
    scans = [step for step in plan(db, question) if step.startswith("SCAN ")]
    materialized = "WITH" in question
    return [
        step
        for step in scans
        if (name := step.split()[1]) in LARGE or (not materialized and aliases.get(name) in LARGE)
    ]


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_large_table_is_read_whole(empty, name):
    assert set(full_scans(empty, QUESTIONS[name])) <= BY_INDEX


@pytest.mark.parametrize(
    "question",
    [
        "SELECT count(*) FROM claims WHERE value > 5",
        "SELECT * FROM claims_flat WHERE value > 5",
        "SELECT * FROM claims_flat ORDER BY value",
        "SELECT metric, count(*) FROM standing GROUP BY metric",
    ],
)
def test_a_full_scan_would_be_seen(empty, question):
    assert full_scans(empty, question)
