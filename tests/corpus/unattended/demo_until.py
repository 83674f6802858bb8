"""A run over the demo's sites that ends before all is done, in a process of its own, and prints its summary as JSON.

Arguments: the database, and when: "start", "crawl", "extract" or "compare" is SIGTERM then, "twice" two of them in the
crawl; "crawl-time" or "all-time" is a clock that stands still until three articles are there and then jumps behind the
crawl's share or behind the end; "never" is a whole run. Two articles are read together.
"""

from __future__ import annotations

import datetime as dt
import json
import signal
import sys

import corpus.runs
from corpus.runs import RunSettings, RunSummary, Stage, run
from corpus.store import Store
from corpus.unattended.stop import Stop
from crawler.demo import demo_site
from crawler.settings import crawl_settings

TIMES = {"crawl-time": 85.0, "all-time": 200.0}


def main() -> None:
    database, when = sys.argv[1:]
    corpus.runs.READ_TOGETHER = 2
    articles = 0

    def clock() -> float:
        return TIMES.get(when, 0.0) if articles >= 3 else 0.0

    stop = Stop(dt.timedelta(seconds=100), clock)

    def progress(stage: Stage, done: int, total: int | None) -> None:
        nonlocal articles
        if stage is Stage.CRAWL:
            articles = done
        if stage == ("crawl" if when == "twice" else when) and done >= 2 and not stop.is_asked_for:
            signal.raise_signal(signal.SIGTERM)
            if when == "twice":
                signal.raise_signal(signal.SIGTERM)

    def tell(summary: RunSummary) -> None:
        print(json.dumps(summary.to_json()))  # noqa: T201 - read by the test

    with demo_site() as site, Store.open(database) as store, stop.on():
        if when == "start":
            signal.raise_signal(signal.SIGTERM)
        settings = RunSettings(crawl_settings(allow_local=True, delay=0.0, gateway=site.gateway))
        try:
            run(site.outlets, store, settings=settings, progress=progress, stop=stop, tell=tell)
        except KeyboardInterrupt:
            sys.exit(130)


if __name__ == "__main__":
    main()
