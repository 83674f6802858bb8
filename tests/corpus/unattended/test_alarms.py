"""Each rule by itself: what sets it off, what does not, and in what words."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.health import OutletHealth
from corpus.unattended.alarms import CHECKS, find_alarms
from corpus.unattended.disk import Backups, Disk, Space
from corpus.unattended.rules import AlarmRulesError, load_rules, parse_rule
from corpus.unattended.status import Fare
from corpus.unattended.usual import DayOfClaims, Usual

from .conftest import GIB, NOW, a_listing, a_run, an_outlet


@pytest.fixture
def ring(rules):
    """The alarms of a status, as ID and sentence."""
    return lambda status: {alarm.id: alarm.sentence for alarm in find_alarms(status, rules)}


def test_all_is_well(well, ring):
    assert ring(well) == {}


@pytest.mark.parametrize(
    ("run", "told"),
    [
        (a_run(8, "failed", hours_ago=1), "Run 8 (run) failed, on 2025-05-06 04:00 UTC."),
        (a_run(8, "interrupted", hours_ago=1, ended=False), "Run 8 (run) was killed, on 2025-05-06 04:00 UTC."),
    ],
)
def test_the_last_run_failed_or_was_killed(well, ring, run, told):
    assert ring(replace(well, runs=(run, *well.runs))) == {"run_failed": told}


@pytest.mark.parametrize("run", [a_run(8, "interrupted", hours_ago=1), a_run(8, "running", hours_ago=1, ended=False)])
def test_a_run_that_was_stopped_or_goes_on_has_not_failed(well, ring, run):
    assert ring(replace(well, runs=(run, *well.runs))) == {}


def test_a_failure_is_over_when_a_later_run_finishes(well, ring):
    assert ring(replace(well, runs=(a_run(9, hours_ago=1), a_run(8, "failed")))) == {}


def test_no_run_finished_for_too_long(well, ring):
    old = a_run(hours_ago=48)
    assert ring(replace(well, runs=(old,), last_finished=old)) == {
        "no_run": "No run has finished for 48 hours; 36 are allowed."
    }


def test_of_a_database_without_runs_none_is_missed(well, ring):
    assert ring(replace(well, runs=(), last_finished=None)) == {}


def test_runs_that_never_come_to_an_end_are_missed_too(well, ring):
    stuck = a_run(1, "running", hours_ago=50, ended=False)
    assert "no_run" in ring(replace(well, runs=(stuck,), last_finished=None))


def test_articles_left_unread(well, ring):
    run = a_run(8, hours_ago=1, unread=3)
    assert ring(replace(well, runs=(run,))) == {"unread": "3 articles were left unread by the last run."}


def test_an_outlet_none_of_whose_listings_can_be_read(well, ring):
    feed, search = (
        a_listing(failures=6, problem="http_404"),
        a_listing("https://kabar.id/?s=JKN", failures=5, problem="dns"),
    )
    outlet = an_outlet(feed, search, fare=Fare.FAILING)
    told = "kabar.id cannot be read: each way to its articles failed 5 times in a row or more (dns, http_404)."
    assert ring(replace(well, outlets=(outlet,))) == {"outlet_failing kabar.id": told}


def test_an_outlet_that_failed_a_few_times_may_come_back(well, ring):
    assert ring(replace(well, outlets=(an_outlet(a_listing(failures=4, problem="http_500"), fare=Fare.FAILING),))) == {}


def test_feeds_that_bring_nothing_new(well, ring):
    outlet = an_outlet(a_listing(newest="2025-01-02"), fare=Fare.SILENT)
    told = "kabar.id announces nothing new since 2025-01-02, though it answers (https://kabar.id/feed)."
    assert ring(replace(well, outlets=(outlet,))) == {"feed_silent kabar.id": told}


def test_the_papers_of_the_demo_are_silent_by_nature(well, ring):
    outlet = an_outlet(a_listing(newest="2025-01-02"), fare=Fare.SILENT)
    demo = replace(a_run(), kind="demo")
    assert ring(replace(well, outlets=(outlet,), runs=(demo,), last_finished=demo)) == {}


def test_a_layout_that_no_longer_fits(well, ring):
    outlet = an_outlet(a_listing(), pages=10, drifted=2, drift=("date",))
    outlet = replace(outlet, health=OutletHealth(outlet.listings, pages=10, drifted=2, drift=("date", "body")))
    told = "The layout of kabar.id no longer fits 2 of its last 10 pages (not found: date, body)."
    assert ring(replace(well, outlets=(outlet,))) == {"drift kabar.id": told}
    for healthy in (OutletHealth(pages=11, drifted=2), OutletHealth(pages=4, drifted=4)):
        assert ring(replace(well, outlets=(replace(outlet, health=healthy),))) == {}


def test_an_outlet_that_nobody_asks_any_more_raises_nothing(well, ring):
    health = OutletHealth((a_listing(failures=9),), pages=10, drifted=10)
    outlet = replace(an_outlet(a_listing(failures=9), fare=Fare.LEFT), health=health)
    assert ring(replace(well, outlets=(outlet,))) == {}


def test_most_pages_read_without_a_layout(well, ring):
    outlets = (an_outlet(pages=20, generic=6), an_outlet(domain="warta.id", pages=10, generic=9))
    assert ring(replace(well, outlets=outlets)) == {"generic": "15 of the last 30 pages were read without a layout."}
    assert ring(replace(well, outlets=(an_outlet(pages=19, generic=19),))) == {}


@pytest.mark.parametrize("claims", [3, 90])
def test_claims_out_of_their_usual_range(well, ring, claims):
    days = (DayOfClaims(dt.date(2025, 5, 5), claims, Usual(25, 10, 40, 8)),)
    told = f"{claims} claims in the articles of Monday 2025-05-05; usual are 10 to 40."
    assert ring(replace(well, days=days)) == {"claims_unusual": told}


def test_only_the_last_whole_day_is_judged(well, ring):
    usual = Usual(25, 10, 40, 8)
    days = (DayOfClaims(dt.date(2025, 5, 4), 0, usual), DayOfClaims(dt.date(2025, 5, 5), 25, usual))
    assert ring(replace(well, days=days)) == {}


def test_a_disk_that_fills(well, ring):
    disk = Disk(0, 0, None, (Space(Path("/srv/cakupan.db"), GIB, 200 * GIB),))
    told = "Only 1.0 GiB are free where /srv/cakupan.db lies; 2 GiB are wanted."
    assert ring(replace(well, disk=disk)) == {"disk_low /srv/cakupan.db": told}


@pytest.mark.parametrize(
    ("last_at", "told"),
    [
        (None, "There is no backup in backups; 7 days are allowed."),
        (NOW - dt.timedelta(days=8), "The last backup is of 2025-04-28 05:00 UTC in backups; 7 days are allowed."),
        (NOW - dt.timedelta(days=6), None),
    ],
)
def test_backups_too_old(well, ring, last_at, told):
    status = replace(well, backups=Backups(Path("backups"), last_at))
    assert ring(status) == ({"not_backed_up": told} if told else {})


def test_whoever_runs_once_a_week_allows_more_hours(well, rules):
    old = a_run(hours_ago=100)
    weekly = rules.with_thresholds({"no_run": 200}, "cakupan.toml")
    assert find_alarms(replace(well, runs=(old,), last_finished=old), weekly) == ()


@pytest.mark.parametrize("name", ["run_failed", "no_runs"])
def test_a_threshold_that_no_rule_has_is_refused(rules, name):
    with pytest.raises(AlarmRulesError, match=f"no alarm '{name}' has a threshold; these have one: no_run"):
        rules.with_thresholds({name: 1}, "cakupan.toml")


def test_every_rule_has_its_check_and_every_check_its_rule():
    assert set(load_rules().alarms) == set(CHECKS)


def test_a_threshold_needs_a_unit():
    with pytest.raises(AlarmRulesError, match="belong together"):
        parse_rule("no_run", {"sentence": "", "advice": "", "threshold": 3})
