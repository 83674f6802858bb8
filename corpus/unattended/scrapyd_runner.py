"""Outlets as what scrapyd calls spiders: with `runner = corpus.unattended.scrapyd_runner` its jobs are whole runs.

Its own runner would begin single spiders, which remember and keep nothing. docs/scale.md tells how it is set up.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from corpus.config import load_config
from crawler.registry import registry_with

OPTIONS = ("since", "until", "limit", "max_time")
"""The arguments of a job that a run has, too."""


def main() -> None:
    """What scrapyd calls: `list` names the outlets, `crawl OUTLET` becomes a run, in scrapyd's folder."""
    parser = argparse.ArgumentParser(prog="corpus.unattended.scrapyd_runner", description=__doc__)
    parser.add_argument("command", choices=("list", "crawl"))
    parser.add_argument("outlet", nargs="?")
    parser.add_argument("-s", dest="settings", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("-a", dest="arguments", action="append", default=[], metavar="NAME=VALUE")
    asked = parser.parse_args()
    if asked.command == "list":
        known = registry_with(load_config(None).registry)
        sys.stdout.writelines(f"{outlet.domain}\n" for outlet in known)
        return
    try:
        command = run_of(asked.outlet, pairs(asked.settings), pairs(asked.arguments))
    except ValueError as problem:
        parser.error(str(problem))
    # In its place, so that a job that is cancelled (SIGTERM) ends in order.
    os.execv(sys.executable, [sys.executable, "-m", "corpus.cli", *command])


def pairs(given: Sequence[str]) -> dict[str, str]:
    return dict(one.split("=", 1) for one in given)


def run_of(outlet: str | None, settings: Mapping[str, str], arguments: Mapping[str, str]) -> list[str]:
    """The arguments of `cakupan` for a job; raises ValueError where it asks for what no run can do.

    Of the settings, which are Scrapy's, the file of the log counts. What scrapyd adds of its own begins with "_".
    """
    if not outlet:
        raise ValueError("crawl names no outlet")
    wanted = {name: value for name, value in arguments.items() if not name.startswith("_")}
    if strange := sorted(set(wanted) - set(OPTIONS)):
        raise ValueError(f"a run has no {', '.join(strange)}; it has {', '.join(OPTIONS)}")
    options = [f"--{name.replace('_', '-')}={value}" for name, value in wanted.items()]
    log = [f"--log={settings['LOG_FILE']}"] if settings.get("LOG_FILE") else []
    return ["run", "--json", *log, *options, outlet]


if __name__ == "__main__":
    main()
