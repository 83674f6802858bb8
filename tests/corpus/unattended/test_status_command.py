"""`cakupan status` as it is typed."""

import datetime as dt
import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from prometheus_client.parser import text_string_to_metric_families

from corpus.addressbook import Fetch, FetchKind, log_fetch
from corpus.cli import cli
from corpus.errors import RunUnderWay
from corpus.intake import Intake
from corpus.store import RunStatus, Store
from corpus.unattended.lock import hold
from crawler.items import ListingVisit


@pytest.fixture
def type_(tmp_path, monkeypatch):
    """What a command in an empty folder, without settings, prints and ends with."""
    monkeypatch.chdir(tmp_path)

    def type_(*words, code=0):
        done = CliRunner().invoke(cli, ["status", *words])
        assert done.exit_code == code, done.output
        return done.stdout

    return type_


@pytest.fixture
def lately(tmp_path):
    """A database with one run, of just now, in which one outlet was fine."""
    now = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5)
    with Store.open(tmp_path / "cakupan.db") as store:
        run = store.begin_run("run", version="rules 1", started_at=now)
        visit = ListingVisit("https://kabar.id/feed", "feed", "kabar.id", now, 200, entries=1, newest=now.date())
        Intake(store, run).listing_visited(visit)
        counts = {"articles_new": 3, "articles_revised": 1, "claims": 12, "unread": 0, "errors": {}}
        store.finish_run(run, RunStatus.FINISHED, ended_at=now + dt.timedelta(minutes=2), counts=counts)
    return tmp_path / "cakupan.db"


@pytest.fixture
def unwell(lately):
    """The same, with a run after it that failed and a layout that lost the date."""
    now = dt.datetime.now(dt.UTC)
    with Store.open(lately) as store:
        run = store.begin_run("run", version="rules 1", started_at=now)
        for number in range(5):
            page = f"https://kabar.id/{number}"
            log_fetch(store, run, Fetch(FetchKind.ARTICLE, page, now, outlet="kabar.id", status=200, drift=("date",)))
        store.finish_run(run, RunStatus.FAILED, ended_at=now, counts={"errors": {}})
    return lately


def test_all_is_well(type_, lately):
    shown = type_()
    assert shown.splitlines()[1] == "Alarms · none"
    assert "1  fine           kabar.id" in shown
    assert "1 run  finished" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_alarms_come_first_with_what_to_do_and_an_exit_code_of_their_own(type_, unwell):
    shown = type_(code=3)
    assert shown.index("Run 2 (run) failed") < shown.index("Runs ·") < shown.index("Outlets ·")
    assert "mend its layout in crawler/pages/layouts.toml" in shown.replace("\n  ", " ")
    assert "[drift]" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_as_json(type_, unwell):
    told = json.loads(type_("--json", code=3))
    assert [alarm["id"] for alarm in told["alarms"]] == ["run_failed", "drift kabar.id"]
    assert [run["status"] for run in told["runs"]] == ["failed", "finished"]
    assert (told["drift_share"], told["generic_share"]) == (1.0, None)
    assert told["outlets"][0]["health"] == "drifting"
    assert len(told["claims_a_day"]) == 7


def test_it_writes_nothing_unless_asked_to(type_, unwell):
    before = unwell.read_bytes()
    type_(code=3)
    assert unwell.read_bytes() == before
    told = json.loads(type_("--json", "--tell", code=3))
    assert all(alarm["since"] for alarm in told["alarms"])
    with sqlite3.connect(unwell) as db:
        assert db.execute("SELECT rule FROM alarms WHERE over_at IS NULL ORDER BY id").fetchall() == [
            ("run_failed",),
            ("drift",),
        ]
    db.close()


def test_a_run_that_is_under_way_will_tell_and_nobody_else(tmp_path, monkeypatch, unwell):
    monkeypatch.chdir(tmp_path)
    with hold(unwell, "run"):
        done = CliRunner().invoke(cli, ["status", "--tell"])
        assert isinstance(done.exception, RunUnderWay)
        assert "Run 2 (run) failed" in CliRunner().invoke(cli, ["status"]).stdout
    with sqlite3.connect(unwell) as db:
        assert db.execute("SELECT count(*) FROM alarms").fetchall() == [(0,)]
    db.close()


def test_a_database_of_no_runs_says_so(type_, tmp_path):
    Store.open(tmp_path / "cakupan.db").close()
    assert "No run yet in cakupan.db; `cakupan run` makes the first." in type_()


@pytest.mark.parametrize("option", [[], ["--tell"]])
def test_no_database_at_all(tmp_path, monkeypatch, option):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["status", *option])
    assert "no such database" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_metrics_for_node_exporter(type_, unwell):
    assert type_("--prometheus", "cakupan.prom", code=3) == ""
    families = text_string_to_metric_families(Path("cakupan.prom").read_text(encoding="utf-8"))
    found = {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}
    assert found[("cakupan_last_run_success",)] == 0
    assert found[("cakupan_outlets", "drifting")] == 1
    assert found[("cakupan_drift_ratio",)] == 1
    assert found[("cakupan_alarms", "run_failed")] == 1
    assert found[("cakupan_alarms", "disk_low")] in {0, 1}
    # Nothing half-written is left beside it.
    assert [path.name for path in Path().glob("*.prom*")] == ["cakupan.prom"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--prometheus", "cakupan.txt"], 2, "is to end in .prom"),
        (["--prometheus", "nowhere/cakupan.prom"], 1, "cannot be written (No such file or directory)"),
        (["--prometheus", "cakupan.prom", "--json"], 2, "give one of them"),
    ],
)
def test_metrics_that_cannot_be_written(lately, monkeypatch, words, code, told):
    monkeypatch.chdir(lately.parent)
    done = CliRunner().invoke(cli, ["status", *words])
    assert (done.exit_code, told in done.output) == (code, True)


def test_without_the_extra_metrics_say_how_to_install_it(lately, monkeypatch):
    monkeypatch.chdir(lately.parent)
    monkeypatch.setattr("corpus.commands.status.find_spec", lambda name: None)
    done = CliRunner().invoke(cli, ["status", "--prometheus", "cakupan.prom"])
    assert (done.exit_code, "--editable '.[monitor]'" in done.output) == (1, True)


def test_thresholds_of_ones_own(type_, unwell):
    Path("cakupan.toml").write_text("[alarms.thresholds]\ndrift = 1.1\n", encoding="utf-8")
    assert "The layout of kabar.id" not in type_(code=3)
