"""A whole archive read by one process for another that stores it: what it is given, and what it gives back."""

from __future__ import annotations

import datetime as dt
import functools
import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus import rows
from corpus.archives_read import Bookmark, head_of
from corpus.parts import Form, Part, Schema, from_parquet, to_parquet
from crawler.archive.sift import Dropped, Sieve
from crawler.archive.steps import Step, iter_steps, merge
from crawler.items import Archived, FetchedArticle
from extract.models import Article
from extract.records import parse_published

ARTICLE: Schema = {
    **dict.fromkeys(("id", "text", "url", "outlet", "title", "published", "authors", "editors", "layout"), "TEXT"),
    **dict.fromkeys(("page_url", "final_url", "fetched_at"), "TEXT"),
    "status": "INTEGER",
    **dict.fromkeys(("etag", "last_modified", "modified", "digest", "site", "spider", "warc_file"), "TEXT"),
    "warc_offset": "INTEGER",
    "drift": "TEXT",
    "is_complete": "INTEGER",
}
FILE: Schema = {
    **dict.fromkeys(("path", "head", "scope", "file"), "TEXT"),
    **dict.fromkeys(("size_bytes", "began_at", "began_records", "began_articles"), "INTEGER"),
    "problem": "TEXT",
    **dict.fromkeys(("articles", "offset", "resume_at", "records", "bytes_read"), "INTEGER"),
    **dict.fromkeys(("damaged_places", "is_end"), "INTEGER"),
    **dict.fromkeys(("dropped", "faults"), "TEXT"),
}


@dataclass(frozen=True, slots=True)
class Errand:
    """A file to be read from where its bookmark lies, to its end or until `limit` articles are found."""

    path: Path
    bookmark: Bookmark
    sieve: Sieve
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Harvest:
    """What came of an errand: what the file gave as one step, or the `problem` for which it could not be read."""

    path: Path
    bookmark: Bookmark
    step: Step
    problem: str | None = None


@functools.lru_cache(maxsize=4)
def kept_warm(sieve: Sieve) -> Sieve:
    """The first sieve like this one, which knows the hosts it has met by now."""
    return sieve


def read_archive(errand: Errand) -> Harvest:
    """Read a file to its end. Where it cannot be read, or is another one on this machine, the harvest says why."""
    path, bookmark, found = errand.path, errand.bookmark, 0

    def is_over(more: int) -> bool:
        return errand.limit is not None and found + more >= errand.limit

    steps = []
    try:
        if path.stat().st_size < bookmark.size_bytes or head_of(path) != bookmark.head:
            return Harvest(path, bookmark, Step(), f"{platform.node()} has another file of this name")
        for step in iter_steps(path, bookmark.offset, bookmark.size_bytes, kept_warm(errand.sieve), is_over):
            # The page is in the archive, and its text has been read.
            steps.append(replace(step, items=tuple(replace(item, html=b"") for item in step.items)))
            found += len(step.items)
    except OSError as error:
        return Harvest(path, bookmark, Step(), f"cannot be read on {platform.node()} ({error.strerror or error})")
    return Harvest(path, bookmark, merge(steps))


def pack_harvests(harvests: Sequence[Harvest]) -> Part:
    return {
        "files": to_parquet([file_row(one) for one in harvests], FILE),
        "articles": to_parquet([article_row(item) for one in harvests for item in one.step.items], ARTICLE),
    }


def unpack_harvests(part: Part) -> list[Harvest]:
    articles = iter([parse_article_row(row) for row in from_parquet(part["articles"])])
    return [
        parse_file_row(row, tuple(next(articles) for _ in range(row["articles"])))
        for row in from_parquet(part["files"])
    ]


def file_row(harvest: Harvest) -> rows.Row:
    step, bookmark = harvest.step, harvest.bookmark
    return {
        "path": str(harvest.path),
        "head": bookmark.head,
        "scope": bookmark.scope,
        "file": bookmark.file,
        "size_bytes": bookmark.size_bytes,
        "began_at": bookmark.offset,
        "began_records": bookmark.records,
        "began_articles": bookmark.articles,
        "problem": harvest.problem,
        "articles": len(step.items),
        "offset": step.offset,
        "resume_at": step.resume_at,
        "records": step.records,
        "bytes_read": step.bytes_read,
        "damaged_places": step.damaged_places,
        "is_end": int(step.is_end),
        "dropped": json.dumps(dict(step.dropped)),
        "faults": json.dumps(step.faults),
    }


def parse_file_row(row: dict[str, Any], items: tuple[FetchedArticle, ...]) -> Harvest:
    bookmark = Bookmark(
        row["head"],
        row["scope"],
        row["file"],
        row["size_bytes"],
        row["began_at"],
        row["began_records"],
        row["began_articles"],
    )
    step = Step(
        items=items,
        offset=row["offset"],
        resume_at=row["resume_at"],
        records=row["records"],
        bytes_read=row["bytes_read"],
        dropped=tuple((Dropped(reason), count) for reason, count in json.loads(row["dropped"]).items()),
        damaged_places=row["damaged_places"],
        faults=tuple(json.loads(row["faults"])),
        is_end=bool(row["is_end"]),
    )
    return Harvest(Path(row["path"]), bookmark, step, row["problem"])


def article_row(item: FetchedArticle) -> rows.Row:
    article, place = item.article, item.archived
    row: rows.Row = {
        "id": article.id,
        "text": article.text,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "authors": json.dumps(article.authors),
        "editors": json.dumps(article.editors),
        "layout": article.layout,
        "page_url": item.url,
        "final_url": item.final_url,
        "fetched_at": item.fetched_at.isoformat(),
        "status": item.status,
        "etag": item.etag,
        "last_modified": item.last_modified,
        "modified": item.modified,
        "digest": item.digest,
        "site": item.outlet,
        "spider": item.spider,
        "warc_file": place.file if place else None,
        "warc_offset": place.offset if place else None,
        "drift": json.dumps(item.drift),
        "is_complete": item.is_complete,
    }
    return rows.storable(row)


def parse_article_row(row: dict[str, Any]) -> FetchedArticle:
    return FetchedArticle(
        article=Article(
            id=row["id"],
            text=row["text"],
            url=row["url"],
            outlet=row["outlet"],
            title=row["title"],
            published=parse_published(row["published"]),
            authors=tuple(json.loads(row["authors"])),
            editors=tuple(json.loads(row["editors"])),
            layout=row["layout"],
        ),
        url=row["page_url"],
        final_url=row["final_url"],
        fetched_at=dt.datetime.fromisoformat(row["fetched_at"]),
        status=row["status"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        modified=row["modified"],
        digest=row["digest"],
        outlet=row["site"],
        spider=row["spider"],
        html=b"",
        archived=Archived(row["warc_file"], row["warc_offset"]) if row["warc_file"] is not None else None,
        drift=tuple(json.loads(row["drift"])),
        is_complete=bool(row["is_complete"]),
    )


HARVESTS: Form[Harvest] = Form(pack_harvests, unpack_harvests)
