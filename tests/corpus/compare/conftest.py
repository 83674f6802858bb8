"""A newsroom: articles go in by outlet, day and text, are read by the real extractor and compared."""

import datetime as dt
from dataclasses import dataclass

import pytest

from corpus.compare import refresh
from corpus.runs import read_new
from corpus.store import Store
from crawler.urls import article_id
from extract.models import Article
from extract.regions.gazetteer import load_gazetteer

DERIVED = (
    *("clusters", "syndication", "signature_bands", "speakers", "speaker_names"),
    *("latest_claims", "disputes", "dispute_claims", "jumps"),
)


@dataclass
class Newsroom:
    """A database of articles; each is known by its outlet and its day."""

    store: Store

    def print(self, outlet, day, text, page=""):
        """Store an article, or a new revision of it, and give its ID."""
        url = f"https://{outlet}/{day}{page}"
        article = Article(id=url, url=url, outlet=outlet, title=None, published=dt.date.fromisoformat(day), text=text)
        self.store.save_article(article, seen_at=dt.datetime(2025, 12, 31, tzinfo=dt.UTC))
        return article_id(url)

    def compare(self):
        """Read what is new and compare what is due."""
        read_new(self.store)
        refresh(self.store)

    def rows(self, query, *values):
        return self.store.db.execute(query, list(values)).fetchall()

    def clusters(self):
        """The articles of each cluster, as outlets."""
        found = self.rows(
            """SELECT cluster_id, outlet FROM syndication JOIN articles ON articles.id = article_id
               WHERE cluster_id IS NOT NULL ORDER BY outlet"""
        )
        groups = {}
        for cluster, outlet in found:
            groups.setdefault(cluster, []).append(outlet)
        return sorted(groups.values())

    def derived(self):
        """Every row of every derived table."""
        return {table: sorted(self.rows(f"SELECT * FROM {table}"), key=repr) for table in DERIVED}


@pytest.fixture
def new_room(tmp_path):
    """Makes newsrooms, each with a database of its own."""
    opened = []

    def make():
        store = Store.open(tmp_path / f"{len(opened)}.db")
        store.save_regions(load_gazetteer().regions.values())
        opened.append(store)
        return Newsroom(store)

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def room(new_room):
    return new_room()
