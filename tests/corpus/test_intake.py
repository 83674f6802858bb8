"""What the crawl hands over: stored at once, remembered for the next crawl, and loud when the store gives out."""

import datetime as dt
from dataclasses import replace

import pytest

from corpus.errors import StorageFailed
from corpus.intake import Intake
from corpus.store import Outcome
from crawler.items import FetchedArticle, Visit
from crawler.memory import Memory, Validators

FEED = Visit("https://kabar.id/feed", "listing", '"7"', None)
FOOTBALL = Visit("https://kabar.id/sepak-bola", "irrelevant", None, None, modified="2025-05-05")


@pytest.fixture
def fetched(article, noon):
    """The article with the facts of its fetch; a redirect led from the announced address to its own."""
    return FetchedArticle(
        article=replace(article, outlet=None),
        url="http://kabar.id/?p=101",
        final_url="https://www.kabar.id/jkn-malra/",
        fetched_at=noon,
        status=200,
        etag='"1"',
        last_modified=None,
        modified="2025-05-06T00:30:00",
        digest="ab" * 32,
        outlet="kabar.id",
        spider="wordpress",
        html=b"<html>",
    )


@pytest.fixture
def intake(store, noon):
    run = store.begin_run("run", version="rules 1", started_at=noon)
    return Intake(store, run, clock=lambda: noon + dt.timedelta(minutes=1))


def test_an_article_comes_with_its_outlet_and_its_fetch(store, intake, fetched):
    intake.deliver(fetched)
    (article,) = store.db.table("articles").rows
    (fetch,) = store.db.table("fetches").rows
    assert (article["outlet"], article["url"]) == ("kabar.id", "https://www.kabar.id/jkn-malra/")
    assert (fetch["kind"], fetch["url"], fetch["status"]) == ("article", "http://kabar.id/?p=101", 200)
    assert intake.outcomes == {Outcome.NEW: 1}


def test_an_article_without_an_address_of_its_own_has_the_one_that_answered(store, intake, fetched):
    intake.deliver(replace(fetched, article=replace(fetched.article, url=None)))
    assert next(store.db.table("articles").rows)["url"] == fetched.final_url


def test_the_store_is_what_the_next_crawl_remembers(store, intake, fetched):
    memory: Memory = store
    intake.deliver(fetched)
    intake.remember(FOOTBALL)
    assert memory.validators("http://kabar.id/?p=101") == Validators('"1"', None)
    assert memory.known_modified("http://kabar.id/?p=101") == "2025-05-06T00:30:00"
    assert memory.known_modified(FOOTBALL.url) == "2025-05-05"


def test_listings_and_pages_about_something_else_are_known_next_time(store, intake):
    intake.remember(FEED)
    intake.remember(FOOTBALL)
    assert store.validators(FEED.url) == Validators('"7"', None)
    assert [row["kind"] for row in store.db.table("fetches").rows] == ["listing", "irrelevant"]
    assert {row["fetched_at"] for row in store.db.table("fetches").rows} == {"2025-05-06T05:01:00+00:00"}


def test_an_article_is_stored_with_its_fetch_or_not_at_all(store, intake, fetched):
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count = {pages}")
    long = replace(fetched, article=replace(fetched.article, text="kata " * 100_000))
    with pytest.raises(StorageFailed) as failure:
        intake.deliver(long)
    assert (store.counts()["fetches"], store.counts()["articles"]) == (0, 0)
    assert intake.failure is failure.value


def test_after_a_failure_of_the_store_nothing_more_is_tried(store, intake, fetched):
    intake.failure = StorageFailed("cakupan.db", "the disk is full", "Free some space.")
    with pytest.raises(StorageFailed):
        intake.deliver(fetched)
    with pytest.raises(StorageFailed):
        intake.remember(FEED)
    assert store.counts()["articles"] == 0
