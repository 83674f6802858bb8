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
from pathlib import Path
from typing import Any

from names import stand_in

from crawler.archive.index import iter_runs
from crawler.archive.recording import Recording
from crawler.archive.replay import Replay
from crawler.crawl import Progress, run_crawl
from crawler.errors import AlreadyCrawled
from crawler.items import FetchedArticle, ListingVisit, PageState, PageVisit
from crawler.listings import Entry
from crawler.memory import WISHES, KnownListing, KnownPage, Validators
from crawler.outlets import parse_outlets
from crawler.pages.read import Reading
from crawler.settings import crawl_settings
from crawler.urls import canonical_url


class Notebook:
    """A memory in memory, that goes from one crawl to the next as JSON."""

    def __init__(self, listings: dict[str, dict[str, Any]], pages: dict[str, dict[str, Any]]) -> None:
        self.listings = listings
        self.pages = pages

    def listing(self, url: str) -> KnownListing | None:
        known = self.listings.get(url)
        if known is None:
            return None
        tags = Validators(known["etag"], known["last_modified"])
        return KnownListing(
            tags, known["entries"], moment(known["at"]), moment(known["next_attempt_at"]), known["problem"]
        )

    def page(self, url: str) -> KnownPage | None:
        known = self.pages.get(canonical_url(url))
        if known is None:
            return None
        tags = Validators(known.get("etag"), known.get("last_modified"))
        at = moment(known.get("at"))
        first, published = moment(known["first"]), moment(known.get("published"))
        return KnownPage(PageState(known["state"]), tags, known.get("modified"), first, at, published)

    def pending(self, outlet: str) -> list[Entry]:
        mine = (page for page in self.pages.values() if (page["state"], page["outlet"]) == ("pending", outlet))
        return [Entry(page["url"], title=page.get("title"), published=moment(page.get("published"))) for page in mine]

    def left_until(self, outlet: str) -> dt.datetime | None:
        wishes = (one for one in self.listings.values() if one["outlet"] == outlet and one["problem"] in WISHES)
        return max(filter(None, (moment(one["next_attempt_at"]) for one in wishes)), default=None)

    def leave_until(self, outlet: str, hour: dt.datetime) -> None:
        for one in self.listings.values():
            if one["outlet"] == outlet:
                one |= {"next_attempt_at": str(hour), "problem": "told_to_wait"}

    def listing_visited(self, visit: ListingVisit) -> None:
        for entry in visit.wanted:
            self.note(entry.url, visit.at, outlet=visit.outlet, state="pending", title=entry.title)
        told = {name: value for name, value in plain(visit).items() if name not in {"wanted", "archived"}}
        told["next_attempt_at"] = told.pop("retry_at")
        if visit.unchanged:
            told = self.listings[visit.url] | {"at": told["at"], "status": visit.status}
        self.listings[visit.url] = told

    def page_visited(self, visit: PageVisit) -> None:
        told = {name: value for name, value in plain(visit).items() if name not in {"url", "archived"}}
        if visit.published is None:
            del told["published"]
        self.note(visit.url, visit.at, **told)

    def article_fetched(self, item: FetchedArticle) -> None:
        tags = {"etag": item.etag, "last_modified": item.last_modified, "modified": item.modified}
        state = "article" if item.is_complete else "pending"
        self.note(item.url, item.fetched_at, outlet=item.outlet, state=state, at=str(item.fetched_at), **tags)

    def note(self, url: str, first: dt.datetime, **told: object) -> None:
        self.pages.setdefault(canonical_url(url), {"url": url, "first": str(first)}).update(told)


def moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def plain(visit: ListingVisit | PageVisit) -> dict[str, Any]:
    """The fields of a visit as JSON has them."""
    return json.loads(json.dumps(dataclasses.asdict(visit), default=str))


def trip_on(path: str) -> None:
    """Let the reading of pages under this path fail, as a fault of the program would."""
    from crawler.spiders import reading

    read = reading.read

    def read_or_trip(html: bytes, url: str, **more: Any) -> Reading:
        if path in url:
            raise RecursionError("a page that nobody thought of")
        return read(html, url, **more)

    reading.read = read_or_trip


def main() -> None:
    asked = json.load(sys.stdin)
    articles: list[FetchedArticle] = []
    notebook = Notebook(**asked.get("known") or {"listings": {}, "pages": {}})
    progress: list[Progress] = []

    def deliver(item: FetchedArticle) -> None:
        if asked.get("broken_store"):
            raise OSError("disk full")
        articles.append(item)
        notebook.article_fetched(item)
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
    if "names" in asked:
        looked_up = stand_in(asked["names"], asked.get("public"), asked.get("names_later"))
    if "trips_on" in asked:
        trip_on(asked["trips_on"])
    os.environ.update(asked.get("environment", {}))
    outlets = parse_outlets(asked.get("outlets", ""), "test.toml")
    wire: Recording | Replay | None = None
    if asked.get("archive"):
        started = moment(asked.get("now")) or dt.datetime.now(dt.UTC)
        asked["now"] = str(started)
        wire = Recording(Path(asked["archive"]), number=asked.get("number", 1), started_at=started)
    elif asked.get("replay"):
        runs = {run.session.number: run for run in iter_runs(map(Path, asked["replay"]))}
        wire = Replay(runs[asked.get("number", 1)])
        outlets = wire.outlets
        asked["now"] = str(wire.run.session.started_at)
    stats = run_crawl(
        outlets,
        settings,
        memory=notebook,
        deliver=deliver,
        progress=progress.append,
        since=day("since"),
        until=day("until"),
        limit=asked.get("limit"),
        insist=asked.get("insist", False),
        now=moment(asked.get("now")),
        wire=wire,
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
                "address": item.article.url,
                "drift": item.drift,
                "status": item.status,
                "etag": item.etag,
                "last_modified": item.last_modified,
                "modified": item.modified,
                "spider": item.spider,
                "outlet": item.outlet,
                "fetched_at": str(item.fetched_at),
                "archived": dataclasses.astuple(item.archived) if item.archived else None,
            }
            for item in articles
        ],
        "listings": notebook.listings,
        "pages": notebook.pages,
        "progress": [dataclasses.asdict(step) for step in progress],
        "seconds": (stats.finished_at - stats.started_at).total_seconds(),
        "archive_failure": str(wire.failure) if isinstance(wire, Recording) and wire.failure else None,
        "interrupted": stats.interrupted,
        "requests": stats.total("requests"),
        "unchanged": stats.total("unchanged"),
        "irrelevant": stats.total("irrelevant"),
        "statuses": {str(status): count for status, count in stats.statuses.items()},
        "errors": dict(stats.errors),
        "outlets": [dataclasses.asdict(outlet) for outlet in stats.outlets],
    }
    if "names" in asked:
        result["looked_up"] = looked_up
    try:
        run_crawl((), settings)
    except AlreadyCrawled as error:
        result["second_crawl"] = str(error)
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
