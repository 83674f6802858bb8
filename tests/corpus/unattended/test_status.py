"""A status as it is read from a database, while others may write to it."""

import datetime as dt
from dataclasses import replace

import pytest

from corpus.addressbook import Fetch, FetchKind, log_fetch
from corpus.intake import Intake
from corpus.readings import save_extraction
from corpus.schema import open_database
from corpus.store import RunStatus, Store
from corpus.unattended.disk import describe_size, measure_disk, newest_backup
from corpus.unattended.status import Fare, load_status
from crawler.items import ListingVisit

FEED = "https://kabar.id/feed"
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def begun(store, noon):
    """A run that has begun, by its number."""
    return store.begin_run("run", version="rules 1", started_at=noon)


@pytest.fixture
def look(store, noon, rules):
    """The status of the store, some days after the first run."""
    return lambda days=0, **more: load_status(store.db, store.path, now=noon + DAY * days, rules=rules, **more)


def finish(store, run, at, **counts):
    store.finish_run(run, RunStatus.FINISHED, ended_at=at, counts=counts)


def visit(store, run, at, **facts):
    facts = {"way": "feed", "entries": 1, "newest": at.date()} | facts
    Intake(store, run).listing_visited(ListingVisit(FEED, outlet="kabar.id", at=at, status=200, **facts))


def fetch(store, run, at, **facts):
    log_fetch(store, run, Fetch(FetchKind.ARTICLE, "https://kabar.id/1", at, outlet="kabar.id", status=200, **facts))


def test_runs_are_told_with_what_they_did_and_how_long_it_took(store, begun, look, noon):
    finish(store, begun, noon + HOUR, claims=12)
    (run,) = look().runs
    assert (run.kind, run.how, run.seconds, run.counts) == ("run", "finished", 3600, {"claims": 12})
    assert look().last_finished == run


def test_a_run_that_was_killed_is_known_by_having_no_end(store, begun, look, noon):
    store.begin_run("run", version="rules 1", started_at=noon + DAY)
    assert [run.how for run in look(is_at_work=True).runs] == ["running", "killed"]
    assert look(is_at_work=True).last_ended.id == begun
    assert [run.how for run in look().runs] == ["killed", "killed"], "nobody is at work"


def test_a_backfill_that_finished_is_not_the_crawl_that_is_waited_for(store, look, noon):
    finish(store, store.begin_run("backfill", version="rules 1", started_at=noon), noon + HOUR)
    assert look().last_finished is None


@pytest.mark.parametrize(
    ("facts", "fare"),
    [
        ({}, Fare.FINE),
        ({"problem": "http_404"}, Fare.FAILING),
        ({"newest": dt.date(2025, 1, 1)}, Fare.SILENT),
    ],
)
def test_how_an_outlet_fares(store, begun, look, noon, facts, fare):
    visit(store, begun, noon, **facts)
    finish(store, begun, noon + HOUR)
    (outlet,) = look().outlets
    assert outlet.fare is fare


def test_an_outlet_whose_layout_lost_a_field_on_one_page_in_five(store, begun, look, noon):
    visit(store, begun, noon)
    for number in range(5):
        fetch(store, begun, noon, drift=("date",) if number == 0 else ())
    (outlet,) = look().outlets
    assert (outlet.fare, outlet.health.drifted, outlet.health.pages) == (Fare.DRIFTING, 1, 5)


def test_an_outlet_and_a_listing_that_no_run_asks_any_more(store, begun, look, noon):
    """The registry gave up the feed and later the outlet; what is left of them in the database worries nobody."""
    for hours in range(2):
        visit(store, begun, noon + hours * HOUR, problem="http_404")
    finish(store, begun, noon + HOUR)
    later = store.begin_run("run", version="rules 1", started_at=noon + 20 * DAY)
    fetch(store, later, noon + 20 * DAY)
    finish(store, later, noon + 20 * DAY)
    (outlet,) = look(20).outlets
    assert (outlet.fare, outlet.listings) == (Fare.FINE, ())
    last = store.begin_run("run", version="rules 1", started_at=noon + 40 * DAY)
    finish(store, last, noon + 40 * DAY)
    (outlet,) = look(40).outlets
    assert outlet.fare is Fare.LEFT


def test_a_listing_at_which_nobody_answers_is_asked_each_time_and_stays_failing(store, begun, look, noon):
    visit(store, begun, noon)
    visit(store, begun, noon + HOUR, problem="unknown_host")
    last = store.begin_run("run", version="rules 1", started_at=noon + 40 * DAY)
    visit(store, last, noon + 40 * DAY, problem="unknown_host")
    finish(store, last, noon + 40 * DAY)
    (outlet,) = look(40).outlets
    assert (outlet.fare, outlet.failures) == (Fare.FAILING, 2)


def test_pages_that_no_layout_fitted_are_counted_by_the_layout_of_their_newest_form(store, article, look, noon):
    for number, layout in enumerate(["generic", "wordpress", "generic", None]):
        one = replace(article, url=f"https://kabar.id/{number}", layout=layout)
        store.save_article(one, seen_at=noon)
    store.save_article(replace(article, url="https://kabar.id/0", layout="wordpress", text="Lagi."), seen_at=noon)
    status = look()
    assert (status.generic, status.pages) == (1, 3)


def test_claims_are_counted_by_the_day_on_which_they_were_published(store, article, look, noon, read):
    finish(store, store.begin_run("run", version="rules 1", started_at=noon + DAY), noon + DAY)
    revision = store.save_article(article, seen_at=noon)
    save_extraction(store, revision.article_id, 1, read(store.newest(revision.article_id)[1]))
    days = look().days
    # The article is of 6 May, the run began on the 7th.
    assert [(day.day.isoformat(), day.claims) for day in days][-2:] == [("2025-05-05", 0), ("2025-05-06", 2)]
    assert all(day.usual is None for day in days)


def test_what_is_usual_reaches_back_as_far_as_runs_do(store, begun, look, noon):
    finish(store, begun, noon)
    finish(store, store.begin_run("run", version="rules 1", started_at=noon + 36 * DAY), noon + 36 * DAY)
    assert [day.usual.weeks if day.usual else None for day in look(36).days][-1] == 5


def test_a_database_of_no_runs(look):
    status = look()
    assert (status.runs, status.last_finished, status.outlets, status.days) == ((), None, (), ())


def test_it_is_read_while_a_run_writes_and_writes_nothing_itself(tmp_path, rules, noon):
    path = tmp_path / "cakupan.db"
    with Store.open(path) as writing:
        writing.begin_run("run", version="rules 1", started_at=noon)
        with writing.transaction():
            writing.know_outlet("kabar.id")
            reading = open_database(path, read_only=True)
            status = load_status(reading, path, now=noon, rules=rules, is_at_work=True)
            assert (status.runs[0].status, status.outlets) == ("running", ())
            reading.close()


def test_sizes_of_what_lies_on_the_disk(tmp_path):
    database, archive = tmp_path / "cakupan.db", tmp_path / "archive"
    database.write_bytes(b"x" * 100)
    (tmp_path / "cakupan.db-wal").write_bytes(b"x" * 10)
    (archive / "kabar.id").mkdir(parents=True)
    (archive / "kabar.id" / "one.warc.gz").write_bytes(b"x" * 7)
    disk = measure_disk(database, archive)
    assert (disk.database, disk.wal, disk.archive) == (100, 10, 7)
    # They lie on one file system, which is told once.
    assert [space.place for space in disk.spaces] == [database]
    assert measure_disk(database, tmp_path / "nowhere").archive is None


@pytest.mark.parametrize(
    ("size", "told"), [(0, "0 bytes"), (1500, "1 KiB"), (1_500_000, "1.4 MiB"), (50 * 1024**3, "50 GiB")]
)
def test_sizes_for_people(size, told):
    assert describe_size(size) == told


def test_the_newest_finished_backup_of_a_folder(tmp_path, noon):
    assert newest_backup(tmp_path / "nowhere") is None
    for name in ("cakupan-20250505T050000Z", "cakupan-20250506T050000Z", "cakupan-20250507T050000Z.partial", "notes"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text("{}", encoding="utf-8")
    (tmp_path / "cakupan-20250508T050000Z").mkdir()
    assert newest_backup(tmp_path).last_at == noon
