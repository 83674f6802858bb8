"""Runs with the real extractor: a figure that only an earlier article settles, and what the run says of it."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from corpus.history import Past
from corpus.review.verdicts import Verdict, save_review
from corpus.runs import RunSettings, run
from corpus.store import RunStatus, Store
from crawler.crawl import CrawlStats
from crawler.items import FetchedArticle
from crawler.outlets import Discovery, Outlet, State, Way

KABAR = Outlet(
    "kabar.id", "Kabar", ("81",), (Discovery(Way.FEED, "https://kabar.id/feed"),), "WIT", State.UNVERIFIED, "test"
)
DECEMBER = ("2024-12-20", "Peserta JKN Kabupaten Maluku Tenggara 124.500 jiwa.")
BURU = ("2024-12-20", "Peserta JKN Kabupaten Buru 124.500 jiwa.")
AUGUST = ("2025-08-10", "Peserta JKN Kabupaten Maluku Tenggara 126.700 jiwa.")
JUNE = ("2025-06-10", "Peserta JKN Kabupaten Maluku Tenggara 100.026.504 jiwa.")
JULY = ("2025-07-10", "Peserta JKN Kabupaten Maluku Tenggara 126,6 jiwa.")


@pytest.fixture
def store(tmp_path):
    """A new database, without any region: the run brings the real ones."""
    with Store.open(tmp_path / "cakupan.db") as opened:
        yield opened


@pytest.fixture
def read_news(monkeypatch, store, article, noon):
    """A function that runs on a site with these articles (day, text) and gives the run's summary."""

    def read_news(*news):
        def crawl(outlets, settings, *, deliver, **others):
            for day, text in news:
                url = f"https://kabar.id/{day}"
                found = replace(article, url=url, text=text, title=None, published=dt.date.fromisoformat(day))
                deliver(
                    FetchedArticle(found, url, url, noon, 200, '"1"', None, None, "0" * 64, "kabar.id", "feed", b"")
                )
            return CrawlStats((), noon, noon, False)

        monkeypatch.setattr("crawler.crawl.run_crawl", crawl)
        return run([KABAR], store, settings=RunSettings({}), clock=lambda: noon)

    return read_news


def claims(store):
    """Day, value and whether it is in doubt, of every claim."""
    rows = store.db.query(
        "select a.published_date as day, c.value, c.suspect from claims c join articles a on a.id = c.article_id"
    )
    return sorted((row["day"], row["value"], bool(row["suspect"])) for row in rows)


def test_a_garbled_figure_is_settled_by_the_article_before_it(read_news, store):
    summary = read_news(DECEMBER, JUNE)
    assert (summary.status, summary.claims, summary.suspect) == (RunStatus.FINISHED, 2, 1)
    assert summary.settled_by_history == 1
    (row,) = store.db.query("select counts from runs")
    assert json.loads(row["counts"])["settled_by_history"] == 1
    assert claims(store) == [("2024-12-20", 124_500, False), ("2025-06-10", 126_504, False)]
    (repair,) = store.db.query("select rule, witnesses from repairs")
    assert repair["rule"] == "repair.evidence"
    told = [witness["message"] for witness in json.loads(repair["witnesses"]) if witness["name"] == "earlier"]
    assert told == ["126,504 follows on the 124,500 told before (kabar.id, 2024-12-20)"]


@pytest.mark.parametrize("news", [(JUNE,), (BURU, JUNE), (JUNE, AUGUST)])
def test_without_a_past_of_its_region_it_stays_undecided(read_news, store, news):
    summary = read_news(*news)
    assert (summary.suspect, summary.settled_by_history) == (1, 0)
    assert ("2025-06-10", 100_026_504, True) in claims(store)


def test_an_article_that_comes_later_but_is_older_settles_it_in_the_next_run(read_news, store):
    assert read_news(JUNE).settled_by_history == 0
    summary = read_news(DECEMBER)
    assert (summary.claims, summary.suspect, summary.settled_by_history) == (1, 0, 1)
    assert claims(store) == [("2024-12-20", 124_500, False), ("2025-06-10", 126_504, False)]


def test_a_third_run_changes_nothing(read_news, store):
    read_news(DECEMBER, JUNE)
    before = claims(store)
    assert read_news(DECEMBER, JUNE).settled_by_history == 0
    assert claims(store) == before


def test_what_history_has_settled_settles_nothing_itself(read_news, store):
    """126,6 jiwa of July fits the 126.504 of June, and those only rest on December."""
    read_news(DECEMBER, JUNE)
    read_news(JULY)
    (repair,) = store.db.query(
        "select witnesses from repairs r join claims c on c.id = r.claim_id where c.value = 126600"
    )
    assert "124,500" in repair["witnesses"]
    assert "126,504" not in repair["witnesses"]


@pytest.fixture
def looked_at(monkeypatch):
    """The days of the articles whose past was looked up, in order."""
    days = []

    class Watched(Past):
        def fingerprint(self, codes):
            days.append(self.before)
            return super().fingerprint(codes)

    monkeypatch.setattr("corpus.second_looks.Past", Watched)
    return days


@pytest.mark.parametrize(
    ("news", "days"),
    [
        ((), []),
        ((AUGUST,), []),  # later than June
        ((BURU,), []),  # earlier, of another region
        ((DECEMBER,), ["2025-06-10"]),
    ],
)
def test_only_where_the_past_of_a_region_changed_is_it_looked_up_again(read_news, looked_at, news, days):
    read_news(JUNE)
    assert looked_at == ["2025-06-10"]
    looked_at.clear()
    read_news(*news)
    assert looked_at == days


@pytest.mark.parametrize(
    ("verdict", "corrections"),
    [(Verdict.REJECT, {}), (Verdict.CORRECT, {"value": 99_500}), (Verdict.CORRECT, {"region": "81.04"})],
)
def test_a_verdict_on_an_earlier_claim_changes_the_past_too(read_news, store, noon, verdict, corrections):
    read_news(JUNE, DECEMBER)
    (claim,) = store.db.query("select id from claims where value = 124500")
    save_review(store, claim["id"], "Ayu", verdict, corrections, "not what was said", at=noon)
    assert read_news().settled_by_history == 0
    assert ("2025-06-10", 100_026_504, True) in claims(store)
