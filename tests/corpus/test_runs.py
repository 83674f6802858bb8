"""One run from crawl to claims, with a crawl and an extractor made by hand; it is recorded however it ends."""

import datetime as dt
import json
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest

from corpus.errors import StorageFailed
from corpus.runs import RunSettings, Stage, describe_outcome, read_new, run
from corpus.store import RunStatus
from crawler.crawl import CrawlStats, OutletStats
from crawler.items import FetchedArticle, ListingVisit
from crawler.outlets import Discovery, Outlet, State, Way
from extract.models import Check, Extraction, Verdict

KABAR = Outlet(
    "kabar.id", "Kabar", ("81",), (Discovery(Way.FEED, "https://kabar.id/feed"),), "WIT", State.UNVERIFIED, "test"
)


def say(monkeypatch, extract):
    """Put an extractor in the place of the pipeline, which need not even load."""
    monkeypatch.setitem(sys.modules, "extract.pipeline", SimpleNamespace(extract=extract))


@pytest.fixture(autouse=True)
def extractor(monkeypatch, read):
    """An extractor that knows the one article, and that others say nothing."""

    def extract(article, language="en"):
        if "100.026.000" in article.text:
            return replace(read(article), version="rules 1")
        return Extraction(article.id, "rules 1", (), (), ())

    say(monkeypatch, extract)
    monkeypatch.setattr("corpus.runs.extractor_version", "rules 1")


@pytest.fixture
def crawl(monkeypatch, article, noon):
    """A site of two articles; what a test puts into `crawl.texts` is what the next crawl finds there."""

    class Crawl:
        def __init__(self):
            self.texts = {"jkn-malra": article.text, "kosong": ""}
            self.seen_before = []

        stats = OutletStats("kabar.id", unchanged=3, irrelevant=1, statuses={200: 4, 304: 2}, errors={"Timeout": 1})
        interrupted = False

        def __call__(self, outlets, settings, *, memory, deliver, progress, **asked):
            self.seen_before = [name for name in self.texts if memory.page(f"https://kabar.id/{name}")]
            for name, text in self.texts.items():
                url = f"https://kabar.id/{name}"
                found = replace(article, url=url, text=text)
                deliver(
                    FetchedArticle(found, url, url, noon, 200, '"1"', None, None, "0" * 64, "kabar.id", "feed", b"")
                )
                progress(None)
            memory.listing_visited(ListingVisit("https://kabar.id/feed", "feed", "kabar.id", noon, 200))
            return CrawlStats((self.stats,), noon, noon, self.interrupted)

    fake = Crawl()
    monkeypatch.setattr("crawler.crawl.run_crawl", fake)
    return fake


@pytest.fixture
def go(store, noon):
    """Run once, at a clock that goes a minute at each look."""
    clock = iter(noon + dt.timedelta(minutes=minute) for minute in range(1_000_000))

    def go(**options):
        return run([KABAR], store, settings=RunSettings({}, kind="demo"), clock=lambda: next(clock), **options)

    return go


def rows(store, *tables):
    return {table: list(store.db.query(f"select * from {table} order by 1, 2")) for table in tables}


def test_a_run_is_told_in_numbers(go, crawl, store):
    summary = go()
    assert summary.status is RunStatus.FINISHED
    assert (summary.articles_new, summary.articles_revised, summary.articles_unchanged) == (2, 0, 0)
    assert (summary.pages_fetched, summary.not_modified, summary.irrelevant) == (4, 3, 1)
    assert (summary.articles_read, summary.claims, summary.repaired, summary.suspect) == (2, 2, 1, 0)
    assert summary.errors == {"Timeout": 1}
    told = json.loads(json.dumps(summary.to_json()))
    assert (told["kind"], told["status"], told["started_at"]) == ("demo", "finished", "2025-05-06T05:00:00+00:00")
    row = store.db.table("runs").get(summary.run)
    assert row["status"] == "finished"
    assert json.loads(row["counts"]).items() <= told.items()


def test_figures_that_checks_hold_against_each_other_are_counted(go, crawl, read, monkeypatch):
    def disagreeing(article):
        if "100.026.000" not in article.text:
            return Extraction(article.id, "rules 1", (), (), ())
        extraction = read(article)
        against = Check("one_value", Verdict.SUSPECT, (0, 1), None, None, "Two figures.")
        garbled = Check("figure_as_printed", Verdict.SUSPECT, (0,), None, None, "Printed wrong.")
        return replace(extraction, version="rules 1", checks=(*extraction.checks, against, against, garbled))

    say(monkeypatch, disagreeing)
    summary = go()
    assert (summary.claims, summary.suspect, summary.disputed) == (2, 0, 2)


def test_a_second_run_adds_only_itself_and_its_fetches(go, crawl, store):
    go()
    what = ("outlets", "revisions", "mentions", "claims", "repairs", "checks", "check_claims", "regions")
    before = rows(store, *what)
    summary = go()
    assert crawl.seen_before == ["jkn-malra", "kosong"]
    assert (summary.articles_new, summary.articles_unchanged, summary.articles_read) == (0, 2, 0)
    assert rows(store, *what) == before
    assert (store.counts()["runs"], store.counts()["fetches"]) == (2, 6)


def test_a_revised_article_is_read_again_and_no_other(go, crawl, store, article):
    go()
    crawl.texts = crawl.texts | {"jkn-malra": "Ralat. " + article.text}
    summary = go()
    assert (summary.articles_revised, summary.articles_unchanged, summary.articles_read) == (1, 1, 1)
    assert (store.counts()["revisions"], store.counts()["claims"]) == (3, 2)
    assert {row["revision"] for row in store.db.table("claims").rows} == {2}


def test_new_rules_reach_old_articles(go, crawl, store, monkeypatch):
    go()
    monkeypatch.setattr("corpus.runs.extractor_version", "rules 2")
    crawl.texts = {}
    assert go().articles_read == 2


def test_progress_is_told(go, crawl):
    told = []
    go(progress=lambda *step: told.append(step))
    assert told == [
        (Stage.CRAWL, 0, None),
        (Stage.CRAWL, 1, None),
        (Stage.CRAWL, 2, None),
        (Stage.EXTRACT, 0, 2),
        (Stage.EXTRACT, 1, 2),
        (Stage.EXTRACT, 2, 2),
        (Stage.COMPARE, 2, 4),
        (Stage.COMPARE, 3, 4),
        (Stage.COMPARE, 4, 4),
    ]


def test_a_run_stopped_by_hand_reads_what_it_has(go, crawl):
    crawl.interrupted = True
    summary = go()
    assert (summary.status, summary.articles_read, summary.claims) == (RunStatus.INTERRUPTED, 2, 2)


def test_a_run_stopped_while_reading_is_made_good_by_the_next(go, crawl, store, monkeypatch):
    def stop(article, language="en"):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        say(patch, stop)
        go()
    (row,) = store.db.table("runs").rows
    assert (row["status"], json.loads(row["counts"])["unread"]) == ("interrupted", 2)
    crawl.texts = {}
    assert go().claims == 2


def test_a_fault_of_the_rules_is_loud_and_recorded(go, crawl, store, monkeypatch):
    def broken(article, language="en"):
        raise ZeroDivisionError

    say(monkeypatch, broken)
    with pytest.raises(ZeroDivisionError):
        go()
    assert [row["status"] for row in store.db.table("runs").rows] == ["failed"]
    assert store.counts()["articles"] == 2


def test_a_store_that_gives_out_ends_the_run_though_the_crawl_went_on(go, crawl, store, monkeypatch):
    full = StorageFailed("cakupan.db", "the disk is full", "Free some space.")

    def crawl_that_swallows_errors(outlets, settings, *, deliver, **others):
        deliver.__self__.failure = full
        return CrawlStats((), dt.datetime.now(dt.UTC), dt.datetime.now(dt.UTC), False)

    monkeypatch.setattr("crawler.crawl.run_crawl", crawl_that_swallows_errors)
    with pytest.raises(StorageFailed):
        go()
    assert [row["status"] for row in store.db.table("runs").rows] == ["failed"]


def test_reading_alone_counts_what_it_found(store, article, noon):
    store.save_article(article, seen_at=noon)
    assert read_new(store).claims == 2
    assert read_new(store).articles == 0


@pytest.mark.parametrize(
    ("statuses", "errors", "interrupted", "outcome"),
    [
        ({}, {"unreachable": 3}, False, RunStatus.FAILED),
        ({200: 1}, {"unreachable": 3}, False, RunStatus.FINISHED),
        ({}, {"unreachable": 3}, True, RunStatus.INTERRUPTED),
        ({}, {}, False, RunStatus.FINISHED),
    ],
)
def test_a_crawl_that_no_host_answered_has_failed(noon, statuses, errors, interrupted, outcome):
    crawl = CrawlStats((OutletStats("kabar.id", statuses=statuses, errors=errors),), noon, noon, interrupted)
    assert describe_outcome(crawl) is outcome
