"""The ways in which what is stored can fail to hold, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class ProblemKind(StrEnum):
    """What does not hold."""

    DAMAGED_DATABASE = "damaged_database"
    """SQLite itself finds the file damaged."""
    ORPHAN = "orphan"
    """A row refers to one that is not there."""
    SEARCH_INDEX = "search_index"
    """Full-text search does not find what is stored."""
    CLAIM_TEXT = "claim_text"
    """A claim's figure is not what stands at its place in the text."""
    MENTION_TEXT = "mention_text"
    QUOTE_TEXT = "quote_text"
    """A quote is not what stands at its place in the text."""
    QUOTE_WITHOUT_FIGURE = "quote_without_figure"
    """A claim has no quote, or one that does not hold its figure."""
    OTHER_REVISION = "other_revision"
    """A claim is not of the revision that its article was read in."""
    NEWEST_TEXT = "newest_text"
    """An article differs from its newest revision."""
    REVISION_DIGEST = "revision_digest"
    """A revision is not what its digest says."""
    FINGERPRINT = "fingerprint"
    """A claim says something else than what its fingerprint was made of."""
    STANDING = "standing"
    """A claim does not stand as it and its reviews would have it."""
    REVIEW = "review"
    """A review names no claim in the form in which claims are named."""
    UNSAFE_NAME = "unsafe_name"
    """The name of a file leads to another folder."""
    MISSING_FILE = "missing_file"
    DAMAGED_FILE = "damaged_file"
    """From some place in it on, a file cannot be read."""
    DAMAGED_RECORD = "damaged_record"
    """A record is cut short, or not what its digests say."""
    NO_RECORD = "no_record"
    """Where a record should begin, none does."""
    OTHER_RECORD = "other_record"
    """It is no answer of a server."""
    OTHER_ADDRESS = "other_address"
    """It answers for another address."""
    OTHER_BODY = "other_body"
    """What it holds is not what was fetched then, by the digest in the database."""
    LOST_ORIGINAL = "lost_original"
    """It only names the record that it repeats, and that is not to be found."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold: where, what was found, and the claims that rest on it."""

    kind: ProblemKind
    where: str
    """Table and row ("claims 0f3c..."), or file and offset ("kabar.warc.gz:1234")."""
    message: str
    claims: tuple[str, ...] = ()
    file: str | None = None
    """The file of the archive, where it is that which does not hold."""
    offset: int | None = None
    """The place in that file; None for all of it."""

    def to_json(self) -> dict[str, object]:
        """Ready for `json.dumps`."""
        return asdict(self)


Report = Callable[[Problem], None]


@dataclass(slots=True)
class Tally:
    """What was looked at, and what was left out with good reason."""

    claims: int = 0
    articles: int = 0
    revisions: int = 0
    unread_articles: int = 0
    """Their claims wait for the next run."""
    removed_articles: int = 0
    texts_left_out: bool = False
    """The database is a published copy without texts."""
    files: int = 0
    records: int = 0
    copies_kept: int = 0
    """Fetches whose record was found and holds."""
    copies_dropped: int = 0
    copies_removed: int = 0
    copies_never_kept: int = 0
    copies_elsewhere: int = 0
    """The database is a published copy, and no archive was named."""
    copies_replaced: int = 0
    """Damage that was noted before: a new copy was fetched, and no claim rests on what is damaged."""
    claims_with_copy: int = 0
    unchecked: list[str] = field(default_factory=list)
    """What could not be looked at, as a search index in a file that may not be written."""
