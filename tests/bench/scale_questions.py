"""What is asked of the large database, and the tables across articles that the questions need."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from corpus.compare import refresh
from corpus.health import load_health
from corpus.history import Past
from corpus.search import Order, Within, search_articles, search_quotes
from corpus.store import Store

VIEWS = tomllib.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))
WORDS = ("peserta", "peserta aktif", '"belum menjadi peserta"', "Wattimen*", "ditegur -radio")


def compare(path: Path) -> int:
    """Compare all articles, regions and people as a run does; how many there were."""
    with Store.open(path) as store:
        done = refresh(store)
        store.db.execute("ANALYZE")
        store.db.conn.commit()
    return done


def questions(db: Database) -> dict[str, Callable[[], int]]:
    """Each question by name; called, it is answered in full and tells the number of rows."""

    def most(column: str, table: str) -> str:
        found: str = db.execute(
            f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()[0]
        return found

    region, outlet, speaker = most("region", "standing"), most("outlet", "articles"), most("speaker", "standing")
    day = db.execute("SELECT max(published_date) FROM articles").fetchone()[0]
    article, claim = db.execute("SELECT article_id, claim_id FROM standing LIMIT 1").fetchone()
    official = db.execute("SELECT id FROM speakers ORDER BY statements DESC LIMIT 1").fetchone()[0]
    given = {
        "region": region,
        "province": "32",
        "metric": "members",
        "speaker": speaker,
        "official": official,
        "outlet": outlet,
        "day": day,
        "article": article,
        "claim": claim,
    }
    asked: dict[str, Callable[[], int]] = {
        name: (lambda question=question: len(db.execute(question, given).fetchall()))  # type: ignore[misc]
        for name, question in VIEWS.items()
    }
    asked["the past of a region (check)"] = lambda: len(Past(db, before=None).of(region))
    asked["the health of all outlets"] = lambda: len(load_health(db))
    places = (Within(), Within(region="32"), Within(outlet=outlet), Within(since=f"{int(day[:4]) - 5}-01-01"))
    for find in (search_articles, search_quotes):
        for order in Order:
            for words in WORDS:
                asked[f"{find.__name__}, {order}: {words}"] = (
                    lambda find=find, order=order, words=words: len(find(db, words, order=order).hits)  # type: ignore[misc]
                )
        for within in places[1:]:
            told = within.region or within.outlet or within.since
            asked[f"{find.__name__} within {told}: peserta"] = (
                lambda find=find, within=within: len(find(db, "peserta", within).hits)  # type: ignore[misc]
            )
    return asked
