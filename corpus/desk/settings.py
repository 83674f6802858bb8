"""What a desk is started with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extract.wording import Language

DATABASE = "data"
"""The name under which Datasette's own pages have the database: /data/claims_flat."""


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """`archive` is the folder of WARC files that copies of pages are shown from; `reviewers` may sign in and judge.

    `fetches` tells whether a reader who is not signed in may have a page of the web fetched and checked; with
    `contact` the site can reach whoever runs the desk, and `allow_local` lets an address lead into this network.
    """

    database: Path
    archive: Path | None = None
    language: Language = "id"
    reviewers: tuple[str, ...] = ()
    contact: str | None = None
    allow_local: bool = False
    registry: Path | None = None
    fetches: bool = False
    names: frozenset[str] | None = None
    """By which hosts besides this machine's own the desk may be asked for; None for any."""
