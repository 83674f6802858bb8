"""Files read side by side give the rows of one after the other, to the number, whoever reads them."""

from __future__ import annotations

import datetime as dt
import importlib.util
import itertools
import json
import signal
import subprocess
import sys
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.backfill import BackfillSettings, backfill
from corpus.derived import READINGS, read_alone
from corpus.harvest_parts import HARVESTS, Errand, pack_harvests, read_archive
from corpus.store import RunStatus, Store
from corpus.unattended.stop import Stop
from corpus.workers.opening import open_workers
from corpus.workers.work import AHEAD, Heed, ThisProcess, in_order
from crawler.archive.sift import Sieve
from extract.benchmark.articles import iter_made_articles

given = importlib.util.module_from_spec(
    spec := importlib.util.spec_from_file_location("given", Path(__file__).with_name("test_backfill.py"))
)
spec.loader.exec_module(given)
member, page, SIEVE = given.member, given.page, given.SIEVE

HIDDEN = {"started_at", "ended_at", "read_at", "counts"}
"""The clock's."""


@pytest.fixture
def archives(tmp_path):
    """Five files of three articles each, one told in three forms; and what is dropped, damaged or no archive."""
    paths = []
    for file in range(5):
        path = tmp_path / f"CC-NEWS-{file}.warc.gz"
        records = [member(number) for number in range(10 * file, 10 * file + 3)]
        records[1:1] = [member(90, page(90, f"Diralat {file} kali."), at=given.MAY + dt.timedelta(days=file % 3))]
        records += [b"rubbish" * 20, member(99, url="https://lain.id/berita-jkn-99/")]
        path.write_bytes(b"".join(records))
        paths.append(path)
    paths.append(tmp_path / "none.warc.gz")
    paths[-1].write_bytes(b"no archive")
    return paths


def fill(database, paths, workers=None, *, stop=None, watch=None, **options):
    with Store.open(database) as store:
        settings = BackfillSettings(options.pop("sieve", SIEVE), **options)
        more = {"watch": watch} if watch else {}
        return backfill(paths, store, settings, workers=workers, stop=stop, **more)


def dump(database):
    """Every row of every table, but for the clock."""
    with Store.open(database) as store:
        return {
            table: [
                {name: value for name, value in row.items() if name not in HIDDEN} for row in store.db.table(table).rows
            ]
            for table in store.db.table_names()
            if "_fts" not in table and table != "_sqlite_migrations"
        }


def counts(summary):
    return {name: value for name, value in summary.counts().items() if name != "seconds"}


class Elsewhere(ThisProcess):
    """This process in the part of others: what it gives was packed and unpacked. It may meddle with a file first."""

    def __init__(self, meddle=lambda path: None):
        object.__setattr__(self, "meddle", meddle)

    def map(self, work, items, form, *, batch=1, heed=None):
        for item in items:
            if isinstance(item, Errand):
                self.meddle(item.path)
            yield from form.unpack(form.pack([work(item)]))


def test_processes_store_the_rows_of_one(archives, tmp_path):
    alone = fill(tmp_path / "alone.db", archives)
    with open_workers(2) as workers:
        together = fill(tmp_path / "together.db", archives, workers)
    assert counts(together) == counts(alone)
    assert (alone.articles_new, alone.articles_revised, alone.dropped["older"]) == (16, 2, 2)
    assert dump(tmp_path / "together.db") == dump(tmp_path / "alone.db")


def test_the_command_works_in_processes(archives, tmp_path):
    command = [sys.executable, "-m", "corpus.cli", "backfill", "--jobs", "2", "--any-site", "--json", "--db", "x.db"]
    done = subprocess.run([*command, *archives], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["files"] == len(archives)
    assert "none.warc.gz holds no WARC record" in done.stderr


def test_what_travels_comes_out_as_it_went_in(archives):
    with Store.open(":memory:") as store:
        bookmarks = [given.find_bookmark(store, path, "all") for path in archives]
    harvests = [read_archive(Errand(path, mark, SIEVE)) for path, mark in zip(archives, bookmarks, strict=True)]
    odd = replace(harvests[0].step.items[0], drift=("date",), etag='"x"', is_complete=False)
    harvests.append(replace(harvests[0], step=replace(harvests[0].step, items=(odd,), faults=("one",)), problem="why"))
    assert HARVESTS.unpack(HARVESTS.pack(harvests)) == harvests
    assert all(content.startswith(b"PAR1") for content in pack_harvests(harvests).values())

    readings = [read_alone((1, made.article)) for made in itertools.islice(iter_made_articles(20, seed=3), 20)]
    assert any(one.tables["checks"] and one.tables["repairs"] for one in readings)
    assert READINGS.unpack(READINGS.pack(readings)) == readings


@pytest.mark.parametrize("limit", [3, 4, 5, 15])
def test_the_limit_is_kept_in_the_midst_of_a_file_and_the_next_goes_on(archives, tmp_path, limit):
    for database, workers in (("alone.db", None), ("together.db", Elsewhere())):
        assert fill(tmp_path / database, archives, workers, limit=limit).status is RunStatus.FINISHED
    assert dump(tmp_path / "together.db") == dump(tmp_path / "alone.db")
    for database, workers in (("alone.db", None), ("together.db", Elsewhere())):
        fill(tmp_path / database, archives, workers)
    assert dump(tmp_path / "together.db") == dump(tmp_path / "alone.db")


def test_files_and_copies_are_loaded_once(archives, tmp_path):
    copy = tmp_path / "z.warc.gz"
    copy.write_bytes(archives[0].read_bytes())
    database = tmp_path / "x.db"
    # All are given out before the first is stored.
    first = fill(database, [*archives, copy], AllAtOnce())
    assert (first.files, first.files_passed_over) == (6, 1)
    again = fill(database, [*archives, copy], AllAtOnce())
    assert (again.files, again.files_passed_over, again.records) == (0, 7, 0)
    assert fill(database, archives, AllAtOnce(), again=True).articles_unchanged > 0


class AllAtOnce(ThisProcess):
    """Works on every item before it gives the first answer."""

    def map(self, work, items, form, *, batch=1, heed=None):
        yield from list(map(work, items))


def test_a_file_that_is_not_to_be_seen_there_is_named_and_left_and_the_others_go_on(archives, tmp_path, caplog):
    kept = archives[1].read_bytes(), archives[3].read_bytes()

    def meddle(path):
        if path == archives[1]:
            path.unlink()
        if path == archives[3]:
            path.write_bytes(kept[0] + kept[1])

    summary = fill(tmp_path / "x.db", archives, Elsewhere(meddle))
    assert (summary.files, summary.files_left, summary.status) == (4, 2, RunStatus.FINISHED)
    assert f"{archives[1]}: cannot be read on" in caplog.text
    assert f"{archives[3]}: " in caplog.text and "has another file of this name" in caplog.text
    archives[1].write_bytes(kept[0])
    archives[3].write_bytes(kept[1])
    assert fill(tmp_path / "x.db", archives, Elsewhere()).files == 2
    fill(tmp_path / "alone.db", archives)
    assert [row["url"] for row in dump(tmp_path / "alone.db")["articles"]] != []
    assert {row["id"] for row in dump(tmp_path / "x.db")["claims"]} == {
        row["id"] for row in dump(tmp_path / "alone.db")["claims"]
    }


def test_one_that_is_to_stop_keeps_what_is_loaded_and_the_next_does_the_rest(archives, tmp_path):
    stop = Stop()

    def watch(progress):
        stop.is_asked_for = True

    with open_workers(2) as workers:
        summary = fill(tmp_path / "x.db", archives, workers, stop=stop, watch=watch)
    assert summary.status is RunStatus.STOPPED
    assert summary.files < len(archives)
    fill(tmp_path / "x.db", archives)
    fill(tmp_path / "alone.db", archives)
    one, other = dump(tmp_path / "x.db"), dump(tmp_path / "alone.db")
    assert one["articles"] == other["articles"] and one["claims"] == other["claims"]


def test_whoever_waits_is_woken_by_the_signal_to_stop():
    answers = []

    def give(some):
        answers.append(Future())
        signal.raise_signal(signal.SIGTERM)
        return answers[-1]

    stop = Stop()
    with stop.on():
        assert list(in_order(range(9), 1, give, lambda: 1, 1, Heed(stop=stop))) == []
        assert stop.has_left_work
        assert [answer.cancelled() for answer in answers] == [True]
        # The second signal is a Ctrl-C.
        with pytest.raises(KeyboardInterrupt):
            list(in_order(range(9), 1, give, lambda: 1, 1, Heed(stop=stop)))


def test_no_more_is_given_out_than_there_is_room_for():
    given_out = []

    def give(some):
        given_out.append(Future())
        if some != (0,):
            given_out[-1].set_result(None)
        return given_out[-1]

    def note(item):
        # The first takes longest; as many wait for it as are allowed to.
        if item == 2 * AHEAD - 1:
            assert len(given_out) == 2 * AHEAD
            given_out[0].set_result(None)

    answers = in_order(range(20), 1, give, lambda: 2, 1, Heed(note))
    assert [item for (item,), _ in answers] == list(range(20))


def test_other_searches_of_the_same_files_are_of_their_own(archives, tmp_path):
    fill(tmp_path / "x.db", archives, Elsewhere())
    assert fill(tmp_path / "x.db", archives, Elsewhere(), sieve=Sieve(SIEVE.outlets, any_site=True)).files == 6
