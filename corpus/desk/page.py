"""What all pages have in common: what was asked for, and what a page is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlite_utils import Database

from corpus.desk.settings import DeskSettings
from corpus.errors import CorpusError
from extract.wording import Language

T = TypeVar("T")
Row = Mapping[str, Any]
LONGEST_ARGUMENT = 300


class NoSuchPage(CorpusError):  # noqa: N818 - named by the fact
    """Nothing is known under this address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as pages see it: the language, what the address names, and who is signed in as a reviewer."""

    settings: DeskSettings
    language: Language = "id"
    path: Mapping[str, str] = field(default_factory=dict)
    arguments: Mapping[str, str] = field(default_factory=dict)
    reviewer: str | None = None

    def text(self, name: str) -> str:
        """An argument without blanks around it, cut to what somebody may type; "" where it is missing."""
        return self.arguments.get(name, "").replace("\0", "").strip()[:LONGEST_ARGUMENT]

    def whole(self, name: str) -> int | None:
        """An argument that is a whole number; None where it is something else."""
        value = self.text(name)
        return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None


def no_extras(found: object, language: Language) -> Mapping[str, Any]:
    """Most pages need nothing beside what was gathered."""
    del found, language
    return {}


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page: its name, which is its template's too, the form of its address, and where its content is from.

    `gather` raises NoSuchPage where there is nothing to show. `table` gives the rows of its CSV, `extras` what only the
    HTML needs, such as charts. `is_for_reviewers` pages are shown to those who are signed in, `has_form` ones carry a
    token against forged requests.
    """

    name: str
    address: str
    gather: Callable[[Database, Asked], T]
    table: Callable[[T], Sequence[Row]]
    extras: Callable[[T, Language], Mapping[str, Any]] = no_extras
    is_for_reviewers: bool = False
    has_form: bool = False
