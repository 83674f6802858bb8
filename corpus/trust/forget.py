"""An article is taken out because its publisher asks: text, quotes and archived bytes; figures and link stay.

First come the tombstones, then the files, and the text last, for by it the files are searched. So a removal that broke
off is made good by calling it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import WarcRecord

from corpus import removals
from corpus.store import Store
from corpus.trust.erase import erase_text, sweep
from corpus.trust.files import archive_files, close_archive
from corpus.trust.traces import Traces, traces_of
from crawler.archive.payload import parse_response, unpacked_body
from crawler.archive.read import DamagedRecord, TooLarge, iter_records, read_block
from crawler.archive.removal import Removal, remove_records
from crawler.archive.sift import MAX_PAGE_BYTES
from crawler.manners.networks import same_network
from crawler.urls import article_id

KINDS = {"request", "response", "revisit"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be taken out. `unknown` are addresses that were never met, `others` counts pages of other articles,
    left as they are, that print a sentence of these.
    """

    articles: tuple[str, ...]
    addresses: Mapping[str, str | None]
    """Each with the ID of its article."""
    unknown: tuple[str, ...]
    revisions: int
    quotes: int
    claims: int
    """That stay."""
    records: Mapping[Path, tuple[Removal, ...]]
    others: int
    traces: Traces

    @property
    def record_count(self) -> int:
        return sum(map(len, self.records.values()))


def plan_removal(
    store: Store, urls: Iterable[str], archive: Path | None, watch: Callable[[Path], None] = lambda _: None
) -> Plan:
    """Find all that there is of the articles at these addresses; `watch` is told of each file that is searched.

    Raises ArchiveInUse where a run is writing to the archive.
    """
    addresses: dict[str, str | None] = {}
    unknown: list[str] = []
    articles: dict[str, None] = {}
    for url in urls:
        keys = sorted(removals.articles_at(store, url))
        if not keys and removals.removed_at(store, url) is None and not is_met(store, url):
            unknown.append(url)
        addresses[url] = keys[0] if keys else None
        articles |= dict.fromkeys(keys)
    for key in articles:
        found: dict[str, str | None] = dict.fromkeys(removals.addresses_of(store, key), key)
        addresses = found | addresses
    marks = ", ".join("?" * len(articles))
    texts = [
        text
        for (text,) in store.db.execute(
            f"SELECT DISTINCT text FROM revisions WHERE article_id IN ({marks}) AND text <> ''", list(articles)
        )
    ]
    revisions, quotes, claims = (
        store.count(f"{table} WHERE article_id IN ({marks})", list(articles))
        for table in ("revisions", "quotes", "claims")
    )
    traces = traces_of(texts)
    search = _Search(store, frozenset(articles), tuple(addresses), traces)
    if archive is not None and archive.is_dir():
        close_archive(archive)
        for path in archive_files([archive]).values():
            watch(path)
            search.take(path)
    return Plan(
        tuple(articles), addresses, tuple(unknown), revisions, quotes, claims, search.found, search.others, traces
    )


def carry_out(store: Store, plan: Plan, reason: str | None) -> bool:
    """Take it out. False where another process still reads the database, and so keeps the old text in its log."""
    # Deleted content is overwritten, not only let go of.
    store.db.execute("PRAGMA secure_delete = ON")
    at = removals.now()
    with store.transaction():
        for url, key in plan.addresses.items():
            removals.bury(store, (url,), key, reason, at)
    for path, found in plan.records.items():
        remove_records(path, found)
    for key in plan.articles:
        erase_text(store, key, plan.traces)
    return sweep(store)


def archived_in(store: Store, plan: Plan) -> tuple[str, ...]:
    """The files of the archive in which the pages of these articles lie, or lay, by the database."""
    marks = ", ".join("?" * len(plan.articles))
    found = store.db.execute(
        f"""SELECT DISTINCT warc_file FROM revisions JOIN fetches ON fetches.id = fetch
            WHERE article_id IN ({marks}) AND warc_file IS NOT NULL ORDER BY warc_file""",
        list(plan.articles),
    )
    return tuple(name for (name,) in found.fetchall())


def is_met(store: Store, url: str) -> bool:
    """Whether the address was ever announced."""
    return store.exists("urls", "page", removals.page_of(url))


class _Search:
    """Looks through the archive for records of some articles."""

    def __init__(self, store: Store, articles: frozenset[str], addresses: tuple[str, ...], traces: Traces) -> None:
        self.store = store
        self.articles = articles
        self.addresses = addresses
        self.pages = frozenset(map(article_id, addresses))
        self.traces = traces
        self.found: dict[Path, tuple[Removal, ...]] = {}
        self.others = 0

    def take(self, path: Path) -> None:
        """Look through one file."""
        found = tuple(self.iter_removals(path))
        if found:
            self.found[path] = found

    def iter_removals(self, path: Path) -> Iterator[Removal]:
        for offset, record in iter_records(path):
            headers = record.headers
            kind, url = headers.get("WARC-Type") or "", (headers.get("WARC-Target-URI") or "").strip("<> ")
            at = record.record_date
            if kind in KINDS and at is not None and (article_id(url) in self.pages or self.quotes(url, record)):
                yield Removal(offset, kind, headers.get("WARC-Record-ID") or "", at, url or None)

    def quotes(self, url: str, record: WarcRecord) -> bool:
        """Whether it is a listing, or a further page, that holds a sentence of the text.

        What is known as the page of another article is that article's.
        """
        if record.headers.get("WARC-Type") != "response" or not any(same_network(url, one) for one in self.addresses):
            return False
        try:
            response = parse_response(read_block(record))
        except (DamagedRecord, TooLarge):
            return False
        body = unpacked_body(response, MAX_PAGE_BYTES) if response is not None else None
        if body is None or not self.traces.are_in_payload(body):
            return False
        if removals.articles_at(self.store, url) - self.articles:
            self.others += 1
            return False
        return True
