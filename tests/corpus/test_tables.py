"""How a run is told to a person."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.runs import RunSummary
from corpus.store import RunStatus
from corpus.tables import describe_end

NOON = dt.datetime(2025, 5, 6, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("status", "pages", "errors", "told"),
    [
        (RunStatus.FAILED, 0, {"unreachable": 4}, "reached no outlet"),
        (RunStatus.FINISHED, 3, {"unreachable": 4}, "finished"),
        (RunStatus.FAILED, 0, {"Timeout": 1}, "failed"),
        (RunStatus.INTERRUPTED, 0, {"unreachable": 2}, "interrupted"),
        (RunStatus.FINISHED, 1, {"forbidden_by_robots": 1}, "finished"),
    ],
)
def test_a_run_that_nobody_answered_is_not_told_as_finished(status, pages, errors, told):
    summary = RunSummary(1, "run", status, NOON, NOON, pages_fetched=pages, errors=errors)
    assert describe_end(summary) == told
