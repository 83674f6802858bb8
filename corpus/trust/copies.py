"""Whether the archive holds: each file is opened once and read from its first record to its last.

Fetches are walked beside it, in the order of their offsets. What a record repeats lies before it, in the same file or
in an earlier one of its outlet, but where a clock was wrong; so one pass is enough, and those few are looked at again.
What was met is kept in a table beside the database, on disk.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import WarcRecord
from sqlite_utils import Database

from corpus.trust.damage import CAME, SETTLED
from corpus.trust.files import is_plain
from corpus.trust.problems import Problem, ProblemKind, Report, Tally
from crawler.archive.payload import HttpResponse, parse_response, unpacked_body
from crawler.archive.read import SHA1, DamagedRecord, TooLarge, iter_records, read_block
from crawler.archive.removal import removed_kind
from crawler.archive.sift import MAX_PAGE_BYTES
from crawler.archive.write import OPEN, digest_of
from crawler.urls import canonical_url

REMOVED = "removed"
"""In the place of the digest of a body that was taken out."""
ANSWERS = {"response", "revisit"}

FETCHES = f"""
    SELECT id, warc_offset, url, final_url, digest FROM fetches
    WHERE warc_file = ? AND {CAME} ORDER BY warc_offset, id
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fetch, and where its record should be."""

    fetch: int
    offset: int
    url: str
    final_url: str | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a record, as far as fetches are held against it. `digest` is that of the body, unpacked."""

    kind: str
    url: str
    record_id: str
    digest: str | None = None
    refers_to: str | None = None
    refers_to_url: str | None = None
    damage: str | None = None


class Copies:
    """The archive beside the database. `files` are those at hand, by name, in the order in which they were written."""

    def __init__(self, db: Database, files: Mapping[str, Path], report: Report, tally: Tally) -> None:
        self.db = db
        self.files = files
        self.report = report
        self.tally = tally
        # A private file on disk that is gone when it is closed.
        self.bodies = sqlite3.connect("")
        self.bodies.execute("CREATE TABLE bodies (record TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID")
        self.repeating: list[tuple[tuple[str, int], Wanted, Found, tuple[str, ...]]] = []
        """What repeats a record not met before: it may lie in a later file, where a run's clock was wrong."""

    def close(self) -> None:
        """Let go of what was met."""
        self.bodies.close()

    def check(self, *, is_copy: bool) -> Iterator[None]:
        """Every file; yields after each. Where the database `is_copy`, a published one, no file need be there."""
        self.count_absent(is_copy=is_copy)
        for name, path in self.files.items():
            self.tally.files += 1
            self.check_file(name, path)
            yield
        for where, wanted, found, claims in self.repeating:
            self.compare_body(where, wanted, found, claims, is_last=True)

    def count_absent(self, *, is_copy: bool) -> None:
        """Files that the database names and that are not at hand, and fetches of which nothing was kept."""
        (self.tally.copies_never_kept,) = self.db.execute(
            f"SELECT count(*) FROM fetches WHERE warc_file IS NULL AND {CAME}"
        ).fetchone()
        for name, fetches, is_dropped in self.db.execute(
            f"""SELECT warc_file, count(*), warc_file IN (SELECT file FROM dropped_files) FROM fetches
               WHERE warc_file IS NOT NULL AND {CAME} GROUP BY warc_file ORDER BY warc_file"""
        ):
            if not is_plain(name):
                self.report(Problem(ProblemKind.UNSAFE_NAME, name, "is no plain file name", self.claims_in(name)))
            elif is_dropped:
                self.tally.copies_dropped += fetches
            elif name not in self.files and is_copy:
                self.tally.copies_elsewhere += fetches
            elif name not in self.files:
                message = f"is not in the archive, and {fetches} fetches lie in it (name its folder with --archive)"
                self.tell_missing(name, message)

    def check_file(self, name: str, path: Path) -> None:
        """All records of one file, and the fetches that lie in it."""
        (dropped,) = self.db.execute("SELECT count(*) FROM dropped_files WHERE file = ?", [name]).fetchone()
        wanted = iter(() if dropped else self.iter_wanted(name))
        next_wanted = next(wanted, None)
        damaged: list[int] = []
        of_nothing: list[tuple[int, str]] = []
        last = -1
        for offset, record in iter_records(path, damaged=damaged.append):
            # What was to begin before this record, and did not.
            while next_wanted is not None and next_wanted.offset < offset:
                self.tell_absent(name, next_wanted, damaged)
                next_wanted = next(wanted, None)
            self.tally.records += 1
            last = offset
            found = look(record)
            self.remember(found)
            if found.damage is not None and (next_wanted is None or next_wanted.offset != offset):
                of_nothing.append((offset, found.damage))
            while next_wanted is not None and next_wanted.offset == offset:
                self.compare(name, next_wanted, found)
                next_wanted = next(wanted, None)
        while next_wanted is not None:
            self.tell_absent(name, next_wanted, damaged)
            next_wanted = next(wanted, None)
        # Where a run is writing, or was killed, the last record may be torn; the next run cuts it off.
        torn_from = last if path.name.endswith(OPEN) else float("inf")
        for offset, damage in of_nothing:
            if offset < torn_from:
                self.tell(ProblemKind.DAMAGED_RECORD, (name, offset), damage)
        for offset in (place for place in damaged if place < torn_from):
            message = "cannot be read from here on to the next record, or to its end"
            self.tell(ProblemKind.DAMAGED_FILE, (name, offset), message)

    def iter_wanted(self, name: str) -> Iterator[Wanted]:
        """The fetches whose records lie in a file, in the order of their offsets."""
        for fetch, offset, url, final_url, digest in self.db.execute(FETCHES, [name]):
            yield Wanted(fetch, -1 if offset is None else offset, url, final_url, digest)

    def remember(self, found: Found) -> None:
        """Keep what a later record may name, and what became of it."""
        digest = found.digest
        if found.kind == "revisit" and found.refers_to:
            digest = self.body_of(found.refers_to)
        if found.damage is None and digest is not None:
            self.bodies.execute("INSERT OR IGNORE INTO bodies VALUES (?, ?)", [found.record_id, digest])

    def body_of(self, record_id: str) -> str | None:
        """The digest of the body that a record met earlier holds or repeats."""
        row = self.bodies.execute("SELECT digest FROM bodies WHERE record = ?", [record_id]).fetchone()
        return row[0] if row else None

    def compare(self, name: str, wanted: Wanted, found: Found) -> None:
        """Hold a fetch against the record in its place."""
        where, claims = (name, wanted.offset), self.claims_on(wanted.fetch)
        told = f"of fetch {wanted.fetch}, {wanted.url}"
        if found.kind == REMOVED:
            self.tally.copies_removed += 1
        elif found.damage is not None:
            self.tell(ProblemKind.DAMAGED_RECORD, where, f"{told}: {found.damage}", claims)
        elif found.kind not in ANSWERS:
            self.tell(ProblemKind.OTHER_RECORD, where, f"{told}: is a {found.kind} record", claims)
        elif not same_page(found.url, wanted):
            self.tell(ProblemKind.OTHER_ADDRESS, where, f"{told}: answers for {found.url}", claims)
        elif wanted.digest is None:
            self.tally.copies_kept += 1
        else:
            self.compare_body(where, wanted, found, claims)

    def compare_body(
        self, where: tuple[str, int], wanted: Wanted, found: Found, claims: tuple[str, ...], *, is_last: bool = False
    ) -> None:
        """Hold the digest of what was fetched against what a record holds or repeats."""
        told = f"of fetch {wanted.fetch}, {wanted.url}"
        digest = found.digest if found.kind == "response" else self.body_of(found.refers_to or "")
        if digest == wanted.digest:
            self.tally.copies_kept += 1
            self.tally.claims_with_copy += len(claims)
        elif digest == REMOVED:
            self.tally.copies_removed += 1
        elif digest is not None:
            message = f"{told}: the digest of its body is {digest}, and was {wanted.digest}"
            self.tell(ProblemKind.OTHER_BODY, where, message, claims)
        elif self.is_dropped(found.refers_to_url):
            self.tally.copies_dropped += 1
        elif not is_last:
            self.repeating.append((where, wanted, found, claims))
        else:
            message = f"{told}: repeats {found.refers_to or 'a record that it does not name'}, which is not to be found"
            self.tell(ProblemKind.LOST_ORIGINAL, where, message, claims)

    def is_dropped(self, url: str | None) -> bool:
        """Whether an earlier answer of this address lay in a file that was dropped for its age."""
        (dropped,) = self.db.execute(
            """SELECT EXISTS (SELECT 1 FROM fetches JOIN dropped_files ON file = warc_file
                              WHERE url = :url OR final_url = :url)""",
            {"url": url},
        ).fetchone()
        return bool(dropped)

    def tell_absent(self, name: str, wanted: Wanted, damaged: list[int]) -> None:
        """Tell of a fetch whose record does not begin where it should."""
        told = f"of fetch {wanted.fetch}, {wanted.url}: no record begins here"
        kind = ProblemKind.DAMAGED_RECORD if any(at <= wanted.offset for at in damaged) else ProblemKind.NO_RECORD
        self.tell(kind, (name, wanted.offset), told, self.claims_on(wanted.fetch))

    def tell_missing(self, name: str, message: str) -> None:
        """Tell of a file that is not at hand, but for one whose pages were all fetched again."""
        claims = self.claims_in(name)
        (left,) = self.db.execute(
            f"""SELECT count(*) FROM fetches WHERE warc_file = ? AND {CAME}
                AND NOT EXISTS ({SETTLED.format(file="fetches.warc_file", offset="fetches.warc_offset")})""",
            [name],
        ).fetchone()
        if left or claims:
            self.report(Problem(ProblemKind.MISSING_FILE, name, message, claims, name))
        else:
            self.tally.copies_replaced += 1

    def tell(self, kind: ProblemKind, where: tuple[str, int], message: str, claims: tuple[str, ...] = ()) -> None:
        """Tell of a place that does not hold, but for damage that was noted and is made good."""
        name, offset = where
        is_settled = self.db.execute(SETTLED.format(file="?", offset="?"), where).fetchone() is not None
        if is_settled and not claims:
            self.tally.copies_replaced += 1
        else:
            self.report(Problem(kind, f"{name}:{offset}", message, claims, name, offset))

    def claims_on(self, fetch: int) -> tuple[str, ...]:
        """IDs of the claims that were read from what a fetch brought."""
        return self._claims("fetches.id = ?", fetch)

    def claims_in(self, name: str) -> tuple[str, ...]:
        """IDs of the claims whose pages lie in a file."""
        return self._claims("fetches.warc_file = ?", name)

    def _claims(self, which: str, value: object) -> tuple[str, ...]:
        found = self.db.execute(
            f"""SELECT claims.id FROM fetches
                JOIN revisions ON revisions.fetch = fetches.id
                JOIN claims ON claims.article_id = revisions.article_id AND claims.revision = revisions.revision
                WHERE {which} ORDER BY claims.article_id, claims.ordinal""",
            [value],
        )
        return tuple(claim for (claim,) in found)


def look(record: WarcRecord) -> Found:
    """Read a record to its end, and hold it against its own digests."""
    headers = record.headers
    kind, url = headers.get("WARC-Type") or "", (headers.get("WARC-Target-URI") or "").strip("<> ")
    record_id = headers.get("WARC-Record-ID") or ""
    refers_to, refers_to_url = headers.get("WARC-Refers-To"), headers.get("WARC-Refers-To-Target-URI")
    try:
        block = read_block(record)
    except (DamagedRecord, TooLarge) as error:
        return Found(kind, url, record_id, None, refers_to, refers_to_url, str(error))
    if kind == "metadata" and removed_kind(block) is not None:
        return Found(REMOVED, url, record_id, REMOVED)
    if kind != "response":
        return Found(kind, url, record_id, None, refers_to, refers_to_url)
    response = parse_response(block)
    body = unpacked_body(response, MAX_PAGE_BYTES) if response is not None else None
    damage = damage_of(headers.get("WARC-Payload-Digest") or "", response, body)
    digest = hashlib.sha256(body).hexdigest() if body is not None else None
    return Found(kind, url, record_id, digest, damage=damage)


def damage_of(claimed: str, response: HttpResponse | None, body: bytes | None) -> str | None:
    """Why an answer cannot be what was recorded; None where it can.

    Ours and others' tools reckon the payload's digest of the body as it was sent.
    """
    if response is None:
        return "holds no answer"
    if body is None:
        return "its body cannot be unpacked"
    if SHA1.fullmatch(claimed) and claimed != digest_of(response.body):
        return "its payload is not what its digest says"
    return None


def same_page(url: str, wanted: Wanted) -> bool:
    """Whether a record of this address can be that of the fetch: the one asked for, or where it led."""
    if url in {wanted.url, wanted.final_url}:
        return True
    named = canonical_url(url)
    return any(named == canonical_url(one) for one in (wanted.url, wanted.final_url) if one is not None)
