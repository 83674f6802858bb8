"""A listing that can be read and brings nothing new is told of, for nobody else will notice."""

import datetime as dt

import pytest

from corpus.health import silent_listings
from corpus.intake import Intake
from crawler.items import ListingVisit

FEED = "https://kabar.id/feed"


@pytest.fixture
def visited(store, noon):
    intake = Intake(store, store.begin_run("run", version="rules 1", started_at=noon))

    def visited(days: int, **facts):
        facts = {"way": "feed", "entries": 1, "fingerprint": "aa"} | facts
        at = noon + dt.timedelta(days=days)
        intake.listing_visited(ListingVisit(FEED, outlet="kabar.id", at=at, status=200, **facts))
        return silent_listings(store.db, ["kabar.id"])

    return visited


def test_a_feed_whose_newest_story_is_weeks_old(visited):
    assert visited(0, newest=dt.date(2025, 5, 5)) == {}
    assert visited(13, newest=dt.date(2025, 5, 5)) == {}
    assert visited(30, newest=dt.date(2025, 5, 5)) == {FEED: "2025-05-05"}
    assert visited(31, newest=dt.date(2025, 6, 5)) == {}


def test_without_days_it_counts_when_the_addresses_last_changed(visited):
    assert visited(0) == {}
    assert visited(20) == {FEED: "2025-05-06"}
    assert visited(21, fingerprint="bb") == {}


def test_a_search_for_a_few_words_may_find_nothing_for_longer(visited):
    assert visited(0, way="wordpress", newest=dt.date(2025, 5, 5)) == {}
    assert visited(60, way="wordpress", newest=dt.date(2025, 5, 5)) == {}
    assert visited(120, way="wordpress", newest=dt.date(2025, 5, 5)) == {FEED: "2025-05-05"}
    assert visited(121, way="wordpress", entries=0) == {}


def test_a_list_of_one_day_is_not_silent_because_that_day_is_long_past(store, visited):
    """/indeks?tanggal=2025-05-06 is asked on that day and never again."""
    visited(0, way="index", newest=dt.date(2025, 5, 6))
    assert silent_listings(store.db, ["kabar.id"]) == {}


def test_one_that_fails_is_told_as_failing_and_not_as_silent(store, visited, noon):
    visited(0, newest=dt.date(2025, 5, 5))
    assert visited(60, problem="http_500") == {}
