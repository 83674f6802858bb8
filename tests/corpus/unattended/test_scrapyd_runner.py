"""What scrapyd calls for a job becomes a run of the outlet."""

import subprocess
import sys

import pytest

from corpus.unattended.scrapyd_runner import run_of
from crawler.outlets import registry

RUNNER = [sys.executable, "-m", "corpus.unattended.scrapyd_runner"]


def call(*arguments, folder):
    return subprocess.run([*RUNNER, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_the_spiders_are_the_outlets(tmp_path):
    told = call("list", "-s", "LOG_STDOUT=0", folder=tmp_path)
    assert told.stdout.splitlines() == [outlet.domain for outlet in registry()]


def test_a_job_is_a_run_with_its_days_and_the_log_where_scrapyd_looks_for_it():
    settings = {"LOG_FILE": "logs/a.log", "DOWNLOAD_DELAY": "0"}
    arguments = {"_job": "6487ec79", "since": "2025-01-01", "max_time": "2h"}
    assert run_of("kabar.id", settings, arguments) == [
        *("run", "--json", "--log=logs/a.log", "--since=2025-01-01", "--max-time=2h", "kabar.id")
    ]


@pytest.mark.parametrize(("outlet", "arguments"), [(None, {}), ("kabar.id", {"pause": "0"})])
def test_what_no_run_can_do_is_refused(outlet, arguments):
    with pytest.raises(ValueError, match="no "):
        run_of(outlet, {}, arguments)


def test_the_run_itself_is_what_ends_the_job(tmp_path):
    told = call("crawl", "nirgends.id", "-a", "_job=1", folder=tmp_path)
    assert told.returncode == 1
    assert "no outlet is called 'nirgends.id'" in told.stderr
