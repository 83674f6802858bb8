"""One crawl in a process of its own: arguments as JSON on stdin, what came of it as JSON on stdout.

Twisted's reactor runs once in a process, so every test that crawls starts this.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import signal
import sys

from crawler.crawl import Progress, run_crawl
from crawler.errors import AlreadyCrawled
from crawler.items import FetchedArticle, Visit
from crawler.memory import Validators
from crawler.outlets import parse_outlets
from crawler.settings import crawl_settings


class Known:
    """The memory of an earlier crawl, as this script printed it."""

    def __init__(self, pages: dict[str, dict[str, str | None]]) -> None:
        self.pages = pages

    def validators(self, url: str) -> Validators | None:
        page = self.pages.get(url)
        return Validators(page["etag"], page["last_modified"]) if page else None

    def known_modified(self, url: str) -> str | None:
        return self.pages.get(url, {}).get("modified")


def main() -> None:
    asked = json.load(sys.stdin)
    articles: list[FetchedArticle] = []
    visits: list[Visit] = []
    progress: list[Progress] = []

    def deliver(item: FetchedArticle) -> None:
        if asked.get("broken_store"):
            raise OSError("disk full")
        articles.append(item)
        if asked.get("interrupt_after") == len(articles):
            os.kill(os.getpid(), signal.SIGINT)

    def day(key: str) -> dt.date | None:
        return dt.date.fromisoformat(asked[key]) if asked.get(key) else None

    settings = crawl_settings(
        asked.get("contact"),
        allow_local=asked.get("allow_local", True),
        delay=asked.get("delay", 0),
        gateway=asked.get("gateway"),
    )
    settings |= asked.get("settings", {})
    stats = run_crawl(
        parse_outlets(asked["outlets"], "test.toml"),
        settings,
        memory=Known(asked.get("known", {})),
        deliver=deliver,
        remember=visits.append,
        progress=progress.append,
        since=day("since"),
        until=day("until"),
        limit=asked.get("limit"),
    )
    result = {
        "articles": [
            {
                "url": item.url,
                "final_url": item.final_url,
                "title": item.article.title,
                "text": item.article.text,
                "published": str(item.article.published),
                "authors": item.article.authors,
                "editors": item.article.editors,
                "layout": item.article.layout,
                "status": item.status,
                "etag": item.etag,
                "last_modified": item.last_modified,
                "modified": item.modified,
                "spider": item.spider,
                "outlet": item.outlet,
            }
            for item in articles
        ],
        "visits": [dataclasses.asdict(visit) for visit in visits],
        "progress": [dataclasses.asdict(step) for step in progress],
        "interrupted": stats.interrupted,
        "requests": stats.requests,
        "unchanged": stats.unchanged,
        "irrelevant": stats.irrelevant,
        "statuses": {str(status): count for status, count in stats.statuses.items()},
        "errors": dict(stats.errors),
        "outlets": [dataclasses.asdict(outlet) for outlet in stats.outlets],
    }
    try:
        run_crawl((), settings)
    except AlreadyCrawled as error:
        result["second_crawl"] = str(error)
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
