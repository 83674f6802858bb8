"""How a run is told to a person."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.runs import RunSummary
from corpus.store import RunStatus
from corpus.tables import describe_end, describe_run

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


@pytest.mark.parametrize(("postponed", "told"), [(1, "1 listing that"), (3, "3 listings that")])
def test_listings_left_alone_are_told_with_both_reasons(postponed, told):
    summary = RunSummary(1, "run", RunStatus.FINISHED, NOON, NOON, postponed=postponed)
    assert f"Left alone until later: {told} failed again and again, or whose server asked for it" in describe_run(
        summary, Path("s.db")
    )


def test_listings_that_bring_nothing_new_are_told_by_their_site():
    search = "https://kabar.id/wp-json/wp/v2/posts?search="
    silent = {f"{search}JKN": "2025-02-01", f"{search}UHC": "2025-02-03", "https://warta.id/feed/": "2025-04-01"}
    told = describe_run(RunSummary(1, "run", RunStatus.FINISHED, NOON, NOON, silent=silent), Path("s.db"))
    assert "kabar.id since 2025-02-03 (2 listings), warta.id since 2025-04-01 (1 listing)." in told
    assert "wp-json" not in told


def test_what_the_days_asked_for_leave_out_is_told():
    summary = RunSummary(1, "run", RunStatus.FINISHED, NOON, NOON, outside_window=53)
    assert "Left out for their day, older than news or not of the days asked for: 53." in describe_run(
        summary, Path("s.db")
    )
