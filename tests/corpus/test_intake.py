"""What the crawl hands over: stored at once, remembered for the next crawl, and loud when the store gives out."""

import datetime as dt
from dataclasses import replace

import pytest

from corpus.errors import StorageFailed
from corpus.intake import Intake
from corpus.store import Outcome
from crawler.items import Archived, FetchedArticle, ListingVisit, PageState, PageVisit
from crawler.listings import Entry
from crawler.memory import Memory, Validators


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
        archived=Archived("kabar.id-20250506.warc.gz", 1234),
        drift=("date",),
    )


@pytest.fixture
def intake(store, noon):
    run = store.begin_run("run", version="rules 1", started_at=noon)
    return Intake(store, run)


@pytest.fixture
def feed(noon):
    """A feed that announces two articles, the first of them still to be read."""
    wanted = (Entry("https://kabar.id/jkn-malra", "JKN di Malra", published=dt.date(2025, 5, 6), modified="m1"),)
    return ListingVisit(
        url="https://kabar.id/feed",
        way="feed",
        outlet="kabar.id",
        at=noon,
        status=200,
        etag='"7"',
        entries=2,
        newest=dt.date(2025, 5, 6),
        fingerprint="aa",
        wanted=wanted,
    )


def football(noon, **facts):
    page = PageVisit("https://kabar.id/bola", PageState.IRRELEVANT, noon, "kabar.id", 200, modified="2025-05-05")
    return replace(page, **facts)


def test_an_article_comes_with_its_outlet_and_its_fetch(store, intake, fetched):
    intake.deliver(fetched)
    (article,) = store.db.table("articles").rows
    (fetch,) = store.db.table("fetches").rows
    assert (article["outlet"], article["url"]) == ("kabar.id", "https://www.kabar.id/jkn-malra/")
    assert (fetch["kind"], fetch["url"], fetch["status"]) == ("article", "http://kabar.id/?p=101", 200)
    assert (fetch["warc_file"], fetch["warc_offset"]) == ("kabar.id-20250506.warc.gz", 1234)
    assert fetch["drift"] == '["date"]'
    assert intake.outcomes == {Outcome.NEW: 1}


def test_an_article_without_an_address_of_its_own_has_the_one_that_answered(store, intake, fetched):
    intake.deliver(replace(fetched, article=replace(fetched.article, url=None)))
    assert next(store.db.table("articles").rows)["url"] == fetched.final_url


def test_the_store_is_what_the_next_crawl_remembers(intake, fetched, noon):
    memory: Memory = intake
    intake.deliver(fetched)
    intake.page_visited(football(noon))
    known = memory.page("https://www.kabar.id/?p=101&utm_source=wa")
    assert (known.state, known.validators) == (PageState.ARTICLE, Validators('"1"', None))
    assert (known.modified, known.fetched_at) == ("2025-05-06T00:30:00", noon)
    assert memory.page("https://kabar.id/bola").state is PageState.IRRELEVANT
    assert memory.page("https://kabar.id/lain") is None


def test_the_page_for_telephones_is_the_same_article_and_no_revision(store, intake, fetched):
    own = replace(fetched, url=fetched.final_url)
    shorter = replace(own.article, text="Ringkas.")
    intake.deliver(own)
    intake.deliver(replace(own, url="https://amp.kabar.id/x/9", final_url="https://amp.kabar.id/x/9", article=shorter))
    assert intake.outcomes == {Outcome.NEW: 1, Outcome.UNCHANGED: 1}
    assert [row["text"] for row in store.db.table("revisions").rows] == [own.article.text]
    assert len({row["article_id"] for row in store.db.table("urls").rows}) == 1


def test_an_article_without_its_further_pages_is_kept_and_asked_for_again(intake, fetched, noon):
    intake.deliver(replace(fetched, is_complete=False))
    assert [entry.url for entry in intake.pending("kabar.id")] == [fetched.url]
    # Four more runs without them, and it is given up as it is.
    for _ in range(4):
        lost = PageVisit(fetched.url, PageState.PENDING, noon, "kabar.id", problem="incomplete_article")
        intake.page_visited(lost)
    assert intake.page(fetched.url).state is PageState.FAILED
    intake.deliver(fetched)
    assert intake.page(fetched.url).state is PageState.ARTICLE


def test_a_page_of_other_days_than_asked_for_stays_to_be_had_with_the_day_that_it_told(store, intake, feed, noon):
    undated = replace(feed, wanted=(Entry("https://kabar.id/jkn-lama", "JKN di Malra"),))
    intake.listing_visited(undated)
    visit = PageVisit("https://kabar.id/jkn-lama", PageState.PENDING, noon, "kabar.id", 200, published=noon)
    intake.page_visited(visit)
    assert [entry.published for entry in intake.pending("kabar.id")] == [noon]
    intake.listing_visited(undated)
    assert intake.page("https://kabar.id/jkn-lama").published == noon, "a listing without days takes none away"
    assert [row["kind"] for row in store.db.query("select kind from fetches where url like '%lama'")] == ["article"]


def test_an_article_seen_again_in_a_run_of_other_days_is_what_it_was(intake, fetched, noon):
    intake.deliver(fetched)
    before = intake.page(fetched.url)
    intake.page_visited(PageVisit(fetched.url, PageState.PENDING, noon, "kabar.id", 200, published=noon))
    assert intake.page(fetched.url) == replace(before, published=noon)


# Listings


def test_what_a_listing_announced_is_pending_until_it_is_had(intake, feed, fetched):
    intake.listing_visited(feed)
    assert [(entry.url, entry.modified) for entry in intake.pending("kabar.id")] == [(feed.wanted[0].url, "m1")]
    assert list(intake.pending("lain.id")) == []
    intake.deliver(replace(fetched, url=feed.wanted[0].url))
    assert list(intake.pending("kabar.id")) == []


def test_a_listing_is_known_with_what_to_ask_it_by(intake, feed, noon):
    assert intake.listing(feed.url) is None
    intake.listing_visited(feed)
    known = intake.listing(feed.url)
    assert (known.validators, known.entries, known.read_at) == (Validators('"7"', None), 2, noon)
    # unchanged: all that was known stays so
    later = noon + dt.timedelta(hours=3)
    intake.listing_visited(ListingVisit(feed.url, "feed", "kabar.id", later, status=304))
    assert intake.listing(feed.url) == replace(known, read_at=later)


def test_a_listing_that_fails_again_and_again_is_left_alone_for_longer_and_longer(store, intake, feed, noon):
    waits = []
    for _ in range(10):
        intake.listing_visited(ListingVisit(feed.url, "feed", "kabar.id", noon, status=404, problem="http_404"))
        at = intake.listing(feed.url).next_attempt_at
        waits.append(at and (at - noon) / dt.timedelta(hours=1))
    assert waits == [None, 1, 2, 4, 8, 16, 32, 64, 128, 168]
    intake.listing_visited(feed)
    assert intake.listing(feed.url).next_attempt_at is None
    assert next(store.db.table("feeds").rows)["failures"] == 0


@pytest.mark.parametrize("problem", ["unreachable", "not_archived"])
def test_a_network_that_is_down_here_does_not_count_against_a_site(intake, feed, noon, problem):
    """Nor does a run that broke off: the replay of the next one has the answer that this one has not."""
    for _ in range(5):
        intake.listing_visited(ListingVisit(feed.url, "feed", "kabar.id", noon, problem=problem))
    assert intake.listing(feed.url).next_attempt_at is None


def test_a_server_that_names_the_time_is_asked_again_then(intake, feed, noon):
    then = noon + dt.timedelta(hours=5)
    failed = ListingVisit(feed.url, "feed", "kabar.id", noon, status=429, problem="http_429", retry_at=then)
    intake.listing_visited(failed)
    assert intake.listing(feed.url).next_attempt_at == then


def test_an_outlet_whose_page_names_the_time_rests_until_then_with_all_its_listings(intake, feed, noon):
    sitemap = replace(feed, url="https://kabar.id/sitemap.xml", way="sitemap")
    other = replace(feed, url="https://lain.id/feed", outlet="lain.id")
    for visit in (feed, sitemap, other):
        intake.listing_visited(visit)
    assert intake.left_until("kabar.id") is None
    then = noon + dt.timedelta(hours=5)
    intake.leave_until("kabar.id", then)
    intake.leave_until("kabar.id", then - dt.timedelta(hours=1))
    assert intake.left_until("kabar.id") == then
    for url in (feed.url, sitemap.url):
        assert intake.listing(url).is_at_rest(noon, insist=True)
        assert not intake.listing(url).is_at_rest(then, insist=False)
    assert intake.left_until("lain.id") is None
    intake.listing_visited(feed)
    intake.listing_visited(sitemap)
    assert intake.left_until("kabar.id") is None


# Pages that gave no article


def test_a_page_that_cannot_be_had_is_given_up_after_five_runs(intake, feed, noon):
    intake.listing_visited(feed)
    url = feed.wanted[0].url
    for attempt in range(1, 6):
        intake.page_visited(PageVisit(url, PageState.PENDING, noon, "kabar.id", 500, problem="http_500"))
        assert bool(list(intake.pending("kabar.id"))) is (attempt < 5)
    assert intake.page(url).state is PageState.FAILED


def test_a_network_that_is_down_here_gives_up_no_page(intake, feed, noon):
    intake.listing_visited(feed)
    for _ in range(9):
        lost = PageVisit(feed.wanted[0].url, PageState.PENDING, noon, "kabar.id", problem="unreachable")
        intake.page_visited(lost)
    assert len(list(intake.pending("kabar.id"))) == 1


def test_a_page_found_unchanged_is_what_it_was(intake, feed, fetched, noon):
    known = replace(feed, wanted=(Entry(fetched.url), Entry(football(noon).url)))
    intake.deliver(fetched)
    intake.page_visited(football(noon))
    # Both are announced as changed, and turn out not to be.
    intake.listing_visited(known)
    later = noon + dt.timedelta(days=1)
    for url in (fetched.url, football(noon).url):
        intake.page_visited(PageVisit(url, PageState.ARTICLE, later, "kabar.id", 304, etag='"1"'))
    assert intake.page(fetched.url).state is PageState.ARTICLE
    assert intake.page(football(noon).url).state is PageState.IRRELEVANT


def test_every_fetch_is_in_the_log(store, intake, feed, fetched, noon):
    intake.listing_visited(feed)
    intake.deliver(fetched)
    intake.page_visited(football(noon))
    intake.page_visited(football(noon, state=PageState.GONE, status=404, problem="http_404"))
    log = [(row["kind"], row["status"], row["problem"]) for row in store.db.table("fetches").rows]
    assert log == [("listing", 200, None), ("article", 200, None), ("irrelevant", 200, None), ("lost", 404, "http_404")]


# A store that gives out


def test_an_article_is_stored_with_its_fetch_or_not_at_all(store, intake, fetched):
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count = {pages}")
    long = replace(fetched, article=replace(fetched.article, text="kata " * 100_000))
    with pytest.raises(StorageFailed) as failure:
        intake.deliver(long)
    assert (store.counts()["fetches"], store.counts()["articles"]) == (0, 0)
    assert intake.failure is failure.value


def test_after_a_failure_of_the_store_nothing_more_is_tried(store, intake, fetched, feed):
    intake.failure = StorageFailed("cakupan.db", "the disk is full", "Free some space.")
    with pytest.raises(StorageFailed):
        intake.deliver(fetched)
    with pytest.raises(StorageFailed):
        intake.listing_visited(feed)
    assert store.counts()["articles"] == 0


def test_a_correction_is_taken_though_an_earlier_run_had_a_later_clock(store, intake, fetched, noon):
    intake.deliver(replace(fetched, fetched_at=noon + dt.timedelta(days=3000)))
    corrected = replace(fetched, article=replace(fetched.article, text="Ralat: 80.000 jiwa peserta JKN."))
    intake.deliver(corrected)
    assert intake.outcomes == {Outcome.NEW: 1, Outcome.REVISED: 1}
    replayed = Intake(store, intake.run, is_past=True)
    replayed.deliver(replace(fetched, fetched_at=noon - dt.timedelta(days=1)))
    assert replayed.outcomes == {Outcome.UNCHANGED: 1}, "a replay brings what was, and that is no correction"
