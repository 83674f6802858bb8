"""Work as tasks of a Dask cluster: the bytes and rows of one process, whatever becomes of the workers."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import shutil
import signal
import sys
from itertools import islice
from pathlib import Path

import cloudpickle
import dask.config
import pytest
from click.testing import CliRunner
from distributed import Client, LocalCluster

import corpus.workers.cluster
from corpus.cli import cli
from corpus.errors import StrangeWorkers, TaskLost
from corpus.parts import LINES
from corpus.reextract import reextract
from corpus.store import Store
from corpus.workers.cluster import open_cluster
from extract.benchmark.articles import iter_made_articles

beside = importlib.util.module_from_spec(
    spec := importlib.util.spec_from_file_location("beside", Path(__file__).with_name("test_side_by_side.py"))
)
spec.loader.exec_module(beside)
archives, fill, dump, counts = beside.archives, beside.fill, beside.dump, beside.counts

pytestmark = pytest.mark.xdist_group("cluster")
# The workers have no tests to import functions from.
cloudpickle.register_pickle_by_value(sys.modules[__name__])


@pytest.fixture(scope="module")
def cluster():
    """A scheduler on loopback with two workers, which gives a task up once it has ended both."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
    ):
        yield cluster


@pytest.fixture
def address(cluster):
    """Where it listens; a worker that an earlier test ended is there again."""
    cluster.wait_for_workers(2, timeout=60)
    return cluster.scheduler_address


def lay_trap(name, mark):
    """On a worker: reading the file of this name ends its process midway; with a mark, the first time only."""
    import corpus.harvest_parts as place

    def trapped(path, *arguments):
        for step in whole(path, *arguments):
            if path.name == name and not (mark and Path(mark).exists()):
                if mark:
                    Path(mark).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            yield step

    whole = place.iter_steps
    place.iter_steps = trapped


def test_a_worker_that_is_killed_on_the_way_loses_and_doubles_nothing(address, archives, tmp_path):
    alone = fill(tmp_path / "alone.db", archives)
    mark = tmp_path / "killed"
    with Client(address, set_as_default=False) as boss:
        boss.run(lay_trap, archives[2].name, str(mark))
    told = []
    with open_cluster(address) as cluster:
        together = fill(tmp_path / "together.db", archives, cluster, watch=told.append)
    assert mark.exists()
    assert counts(together) == counts(alone)
    assert dump(tmp_path / "together.db") == dump(tmp_path / "alone.db")
    # Watched as one process is: of all the files, the last word is that all of it is read.
    assert (told[-1].offset, told[-1].bytes_read) == (told[-1].size_bytes, alone.bytes_read)


def test_a_file_that_ends_every_worker_is_named_and_left_and_the_others_go_on(address, archives, tmp_path):
    with Client(address, set_as_default=False) as boss:
        boss.wait_for_workers(2)
        boss.run(lay_trap, archives[1].name, None)
    database = str(tmp_path / "x.db")
    command = ["backfill", "--db", database, "--any-site", "--json", "--dask", address, *map(str, archives)]
    told = CliRunner().invoke(cli, command)
    assert told.exit_code == 1
    assert f"{archives[1]}: every process that tried to read it ended; it is left for the next backfill" in told.stderr
    summary = json.loads(told.stdout)
    assert (summary["files"], summary["files_left"]) == (5, 1)
    # Those that were begun after them are without the trap.
    again = CliRunner().invoke(cli, command)
    assert again.exit_code == 0, again.output
    assert (json.loads(again.stdout)["files"], json.loads(again.stdout)["files_passed_over"]) == (1, 5)


def test_extract_prints_the_bytes_of_one_process(address):
    lines = [
        json.dumps({"id": made.article.id, "text": made.article.text})
        for made in islice(iter_made_articles(40, seed=5), 40)
    ]
    lines += ['{"id": 1, "text": "Kota Tual \\ud800 98 persen"}', "broken"]
    one, many = (
        CliRunner().invoke(cli, ["extract", *options], input="\n".join(lines)) for options in ([], ["--dask", address])
    )
    assert many.stdout_bytes == one.stdout_bytes
    assert one.stdout_bytes.count(b"\n") == 41
    assert (many.stderr, many.exit_code) == (one.stderr, 1)


def test_a_database_derived_anew_is_the_same(address, archives, tmp_path):
    fill(tmp_path / "alone.db", archives)
    with Store.open(tmp_path / "alone.db") as store, store.transaction():
        store.db.execute("UPDATE claims SET value = value + 1, fingerprint = 'x' WHERE ordinal = 0")
        store.db.execute("UPDATE articles SET extractor = 'older' WHERE number % 2")
    shutil.copy(tmp_path / "alone.db", tmp_path / "together.db")
    with Store.open(tmp_path / "alone.db") as store:
        alone = reextract(store).to_json()
    with Store.open(tmp_path / "together.db") as store, open_cluster(address) as cluster:
        together = reextract(store, workers=cluster).to_json()
    assert json.dumps(together) == json.dumps(alone)
    assert alone["claims"]["changed"] > 0
    assert dump(tmp_path / "together.db") == dump(tmp_path / "alone.db")


def test_a_batch_that_ends_every_worker_is_told_where_nobody_heeds_it(address):
    with open_cluster(address) as cluster, pytest.raises(TaskLost, match="a batch of 3 ended 2 workers"):
        list(cluster.map(os._exit, range(3), LINES))


def test_what_the_work_raises_is_raised_here(address):
    with open_cluster(address) as cluster, pytest.raises(ValueError, match="tujuh"):
        list(cluster.map(int, ["tujuh"], LINES))


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("version", "99.0", r"cakupan 99\.0.*tcp://127\.0\.0\.1:\d+: \d.*Install the same version on each"),
        ("VERSION", "nirgends:__version__", "not installed"),
    ],
)
def test_workers_with_other_rules_or_none_are_refused_before_anything_begins(address, monkeypatch, name, value, told):
    monkeypatch.setattr(corpus.workers.cluster, name, value)
    with pytest.raises(StrangeWorkers, match=told), open_cluster(address):
        pass


def test_a_worker_with_other_rules_that_joins_later_is_refused_too(address, monkeypatch):
    with open_cluster(address) as cluster:
        monkeypatch.setattr(corpus.workers.cluster, "version", "99.0")
        with pytest.raises(StrangeWorkers, match="joined since"):
            list(cluster.map(str, ["x"], LINES))


def test_an_address_where_nobody_answers_is_told():
    with dask.config.set({"distributed.comm.timeouts.connect": "100ms"}):
        for address in ("tcp://127.0.0.1:1", "post://nirgends"):
            told = CliRunner().invoke(cli, ["extract", "--dask", address], input="")
            assert told.exit_code == 1
            assert f"no Dask scheduler answers at {address}" in str(told.exception)


def test_without_the_extra_it_is_told_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = CliRunner().invoke(cli, ["extract", "--dask", "tcp://127.0.0.1:1"], input="")
    assert told.exit_code == 1
    assert "--editable '.[cluster]'" in str(told.exception)


def test_two_ways_at_once_are_misuse():
    assert CliRunner().invoke(cli, ["extract", "--dask", "x", "--jobs", "2"]).exit_code == 2


def test_tasks_that_are_left_are_cancelled(address, tmp_path):
    with contextlib.ExitStack() as stack:
        boss = stack.enter_context(Client(address, set_as_default=False))
        cluster = stack.enter_context(open_cluster(address))
        answers = cluster.map(str, map(str, range(1000)), LINES, batch=1)
        assert list(islice(answers, 3)) == ["0", "1", "2"]
        answers.close()
        assert sum(map(len, boss.processing().values())) <= 2
