"""What the store knows of addresses: listings in `feeds`, announced pages in `urls`, and the log of all fetches.

The crawl asks it what to leave alone, through `corpus.intake`, and what an interrupted crawl had still to do.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus import removals, rows
from corpus.store import Store
from crawler.items import NOT_MODIFIED, Archived, ListingVisit, PageState, PageVisit
from crawler.listings import Entry
from crawler.memory import ATTEMPTS, NOT_ASKED, WISHES, KnownListing, KnownPage, Validators, next_attempt
from crawler.urls import article_id, canonical_url, short_hash
from extract.records import parse_published


class FetchKind(StrEnum):
    """What a page that was asked for turned out to be."""

    ARTICLE = "article"
    IRRELEVANT = "irrelevant"
    LISTING = "listing"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Fetch:
    """One page asked for, as the log keeps it; `fetched_at` is aware."""

    kind: FetchKind
    url: str
    fetched_at: dt.datetime
    final_url: str | None = None
    outlet: str | None = None
    status: int | None = None
    digest: str | None = None
    archived: Archived | None = None
    drift: tuple[str, ...] = ()
    problem: str | None = None


def log_fetch(store: Store, run: int, fetch: Fetch) -> int:
    """Add one line to the log of fetches, and give its number; a copy of the page that was lost is had again by it."""
    with store.transaction():
        store.know_outlet(fetch.outlet)
        row: rows.Row = {
            "run": run,
            "kind": fetch.kind,
            "url": fetch.url,
            "final_url": fetch.final_url,
            "outlet": fetch.outlet,
            "status": fetch.status,
            "fetched_at": rows.utc(fetch.fetched_at),
            "digest": fetch.digest,
            "warc_file": fetch.archived.file if fetch.archived else None,
            "warc_offset": fetch.archived.offset if fetch.archived else None,
            "drift": json.dumps(fetch.drift) if fetch.drift else None,
            "problem": fetch.problem,
        }
        store.insert("fetches", [row])
        number: int = store.db.execute("SELECT last_insert_rowid()").fetchone()[0]
        if fetch.kind is not FetchKind.LOST and fetch.archived and fetch.status not in (None, NOT_MODIFIED):
            store.db.execute(
                "UPDATE damaged_records SET fetched_again = ? WHERE page = ? AND fetched_again IS NULL",
                [number, article_id(fetch.url)],
            )
    return number


def known_listing(store: Store, url: str) -> KnownListing | None:
    """What is known of this listing; None for one never asked."""
    found = store.db.execute(
        "SELECT etag, last_modified, entries, last_read_at, next_attempt_at, problem FROM feeds WHERE url = ?", [url]
    ).fetchone()
    if found is None:
        return None
    etag, last_modified, entries, read_at, attempt_at, problem = found
    # Asked for whole, where the archive's copy of it does not hold.
    tags = Validators() if is_copy_lost(store, article_id(url)) else Validators(etag, last_modified)
    return KnownListing(tags, entries, moment(read_at), moment(attempt_at), problem)


def known_page(store: Store, url: str) -> KnownPage | None:
    """What is known of this page under any spelling of its address; None for one never announced."""
    removed_at = moment(removals.removed_at(store, url))
    if removed_at is not None:
        return KnownPage(PageState.FORGOTTEN, Validators(), None, removed_at, removed_at)
    page = article_id(url)
    found = store.db.execute(
        "SELECT state, etag, last_modified, modified, first_seen_at, fetched_at, published FROM urls WHERE page = ?",
        [page],
    ).fetchone()
    if found is None:
        return None
    state, etag, last_modified, modified, first_seen_at, fetched_at, published = found
    first = moment(first_seen_at)
    assert first is not None
    is_lost = is_copy_lost(store, page)
    tags = Validators() if is_lost else Validators(etag, last_modified)
    return KnownPage(PageState(state), tags, modified, first, moment(fetched_at), parse_published(published), is_lost)


def is_copy_lost(store: Store, page: str) -> bool:
    """Whether a record of this page or listing does not hold, and none has been fetched in its place."""
    return store.exists("damaged_records", "fetched_again IS NULL AND page", page)


def iter_pending(store: Store, outlet: str) -> Iterator[Entry]:
    """What an outlet has announced and nobody has fetched yet, or is wanted once more, the oldest first."""
    found = store.db.execute(
        """SELECT url, title, published, modified, first_seen_at FROM urls WHERE outlet = :outlet AND state = 'pending'
           UNION
           SELECT urls.url, title, published, modified, first_seen_at FROM damaged_records JOIN urls USING (page)
           WHERE fetched_again IS NULL AND outlet = :outlet AND state IN ('article', 'irrelevant')
           ORDER BY first_seen_at, url""",
        {"outlet": outlet},
    ).fetchall()
    for url, title, published, modified, _ in found:
        yield Entry(url=url, title=title, published=parse_published(published), modified=modified)


def left_until(store: Store, outlet: str) -> dt.datetime | None:
    """The latest hour that a server of this outlet named for asking again; None where none did."""
    marks = ", ".join("?" * len(WISHES))
    found = store.db.execute(
        f"SELECT max(next_attempt_at) FROM feeds WHERE outlet = ? AND problem IN ({marks})", [outlet, *sorted(WISHES)]
    ).fetchone()
    return moment(found[0])


def leave_until(store: Store, outlet: str, hour: dt.datetime) -> None:
    """Note on all listings of an outlet that a server of it asked to be left alone until then."""
    until = rows.utc(hour)
    with store.transaction():
        store.db.execute(
            """UPDATE feeds SET next_attempt_at = ?, problem = 'told_to_wait'
               WHERE outlet = ? AND coalesce(next_attempt_at, '') < ?""",
            [until, outlet, until],
        )


def save_listing(store: Store, run: int, visit: ListingVisit) -> None:
    """Note a listing and make all that it announced pending, in one transaction."""
    at = rows.utc(visit.at)
    with store.transaction():
        fetch = Fetch(
            FetchKind.LISTING,
            visit.url,
            visit.at,
            None,
            visit.outlet,
            visit.status,
            None,
            visit.archived,
            (),
            visit.problem or (removals.AGAIN if visit.brings_forgotten else None),
        )
        log_fetch(store, run, fetch)
        before = store.db.execute(
            "SELECT newest_story, fingerprint, last_new_at, failures FROM feeds WHERE url = ?", [visit.url]
        ).fetchone()
        newest, fingerprint, last_new_at, failures = before or (None, None, None, 0)
        row: rows.Row = {"url": visit.url, "outlet": visit.outlet, "way": visit.way}
        if visit.problem is not None:
            attempt_at = visit.retry_at or next_attempt(visit.problem, failures + 1, visit.at)
            row |= {
                "failures": failures + 1,
                "problem": visit.problem,
                "next_attempt_at": rows.utc(attempt_at) if attempt_at else None,
            }
        else:
            row |= {"failures": 0, "problem": None, "next_attempt_at": None, "last_read_at": at}
            if not visit.unchanged:
                story = max(filter(None, (newest, visit.newest.isoformat() if visit.newest else None)), default=None)
                brings_new = visit.fingerprint != fingerprint
                row |= {
                    "etag": visit.etag,
                    "last_modified": visit.last_modified,
                    "entries": visit.entries,
                    "newest_story": story,
                    "fingerprint": visit.fingerprint,
                    "last_new_at": at if brings_new and visit.entries else last_new_at or at,
                }
        store.upsert("feeds", [row])
        for entry in visit.wanted:
            announce(store, entry, visit.outlet, at)


def announce(store: Store, entry: Entry, outlet: str, at: str) -> None:
    """Make a page pending; what is known of it already stays."""
    canonical = canonical_url(entry.url)
    announced: rows.Row = {
        "url": entry.url,
        "outlet": outlet,
        "state": PageState.PENDING,
        "last_seen_at": at,
        "modified": entry.modified,
        "title": entry.title,
    } | published_column(entry.published)
    page = short_hash(canonical)
    if store.exists("urls", "page", page):
        store.update("urls", "page", page, announced)
    else:
        store.insert("urls", [{"page": page, "canonical": canonical, "first_seen_at": at} | announced])


def published_column(published: dt.date | dt.datetime | None) -> rows.Row:
    """When a page was published, to be written; what an earlier look told stays where this one tells nothing."""
    return {"published": published.isoformat()} if published else {}


def save_page(store: Store, run: int, visit: PageVisit) -> None:
    """Note what came of a page that gave no article to deliver."""
    lost = visit.problem is not None
    with store.transaction():
        found = store.db.execute(
            "SELECT attempts, article_id FROM urls WHERE page = ?", [article_id(visit.url)]
        ).fetchone()
        attempts, article = found or (0, None)
        attempts += visit.problem not in NOT_ASKED
        state = visit.state
        if state is PageState.PENDING and attempts >= ATTEMPTS:
            state = PageState.FAILED
        if visit.unchanged:
            # As it was the last time, and that is what it was then.
            state = PageState.ARTICLE if article else PageState.IRRELEVANT
        is_left = state is PageState.PENDING and not lost
        kind = FetchKind.LOST if lost else FetchKind.ARTICLE if is_left else FetchKind(state.value)
        log_fetch(
            store,
            run,
            Fetch(kind, visit.url, visit.at, None, visit.outlet, visit.status, None, visit.archived, (), visit.problem),
        )
        at = rows.utc(visit.at)
        change: rows.Row = {"state": state, "last_seen_at": at, "problem": visit.problem}
        if is_left:
            # Nothing to ask "changed?" by, for it was not kept; what is known of an article that was stays.
            change = {"last_seen_at": at} if article else change | {"attempts": 0}
            change |= published_column(visit.published)
        elif lost:
            change |= {"attempts": attempts}
            if state in {PageState.GONE, PageState.FAILED}:
                change |= {"fetched_at": at}
        else:
            change |= {
                "attempts": 0,
                "fetched_at": at,
                "etag": visit.etag,
                "last_modified": visit.last_modified,
                "modified": visit.modified,
            }
        note_page(store, visit.url, visit.outlet, at, change)


def save_article_page(
    store: Store,
    url: str,
    *,
    outlet: str | None,
    at: dt.datetime,
    key: str,
    final_url: str,
    validators: Validators,
    modified: str | None,
    is_complete: bool,
) -> None:
    """Note under which address an article was found; `key` is its ID in the store.

    One that lacks its further pages stays pending, and that was a first attempt in vain.
    """
    change: rows.Row = {
        "state": PageState.ARTICLE if is_complete else PageState.PENDING,
        "article_id": key,
        "final_url": final_url,
        "last_seen_at": rows.utc(at),
        "fetched_at": rows.utc(at),
        "attempts": 0 if is_complete else 1,
        "problem": None if is_complete else "incomplete_article",
        "etag": validators.etag,
        "last_modified": validators.last_modified,
        "modified": modified,
    }
    with store.transaction():
        note_page(store, url, outlet, rows.utc(at), change)


def note_page(store: Store, url: str, outlet: str | None, at: str, change: rows.Row) -> None:
    """Change what is known of a page, or begin to know it: a backfill meets pages that nobody announced."""
    canonical = canonical_url(url)
    page = short_hash(canonical)
    if store.exists("urls", "page", page):
        store.update("urls", "page", page, change)
    else:
        store.insert(
            "urls",
            [{"page": page, "canonical": canonical, "url": url, "outlet": outlet, "first_seen_at": at} | change],
        )


def moment(text: str | None) -> dt.datetime | None:
    """A stored time as an aware datetime."""
    return dt.datetime.fromisoformat(text) if text else None
