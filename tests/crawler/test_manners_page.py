"""What docs/manners.md promises to owners of sites is what the settings say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler import crawl, settings
from crawler.manners import downloads, refusals, robots

PAGE = (Path(__file__).parents[2] / "docs" / "manners.md").read_text(encoding="utf-8")
LIMITS = re.findall(r"^\| .+ \| ([\d.]+) (\w+) \| `(\w+)` \|$", PAGE, re.MULTILINE)
UNITS = {"KiB": 1024, "MiB": 1024**2}


def test_all_limits_are_told():
    assert len(LIMITS) == PAGE.partition("## Limits")[2].partition("## ")[0].count("\n| ") - 1


@pytest.mark.parametrize(("number", "unit", "name"), LIMITS)
def test_the_limits_told_are_the_limits_kept(number, unit, name):
    kept = next(getattr(module, name) for module in (settings, robots, downloads, crawl) if hasattr(module, name))
    assert float(number) * UNITS.get(unit, 1) == kept


KINDS = {thing.kind for thing in vars(refusals).values() if isinstance(thing, type) and hasattr(thing, "kind")}


@pytest.mark.parametrize("kind", sorted(KINDS - {refusals.Refusal.kind, refusals.Stopped.kind}))
def test_every_reason_for_leaving_a_page_has_its_name_told(kind):
    assert f"`{kind}`" in PAGE


def test_what_owners_are_told_to_write_is_obeyed():
    rules = robots.parse_robots(PAGE.partition("```\n")[2].partition("```")[0].encode())
    assert rules.pause() == 10
    with pytest.raises(refusals.ForbiddenByRobots):
        rules.check("https://kabar.example/berita/1")


def test_a_month_is_the_longest_leave_and_a_dead_site_costs_about_ten_minutes():
    from crawler.manners.turns import LONGEST_LEAVE

    assert LONGEST_LEAVE.days == 30
    tries = settings.FAILURES_IN_A_ROW
    waits = [min(settings.PAUSE * 2**failed, settings.LONGEST_PAUSE) for failed in range(tries)]
    assert sum(waits) + tries * settings.DOWNLOAD_TIMEOUT < 620
