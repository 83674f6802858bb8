"""What became of figures whose truth is known: of annotated articles and of those made up for the benchmark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from extract.models import Claim


class Outcome(StrEnum):
    """What became of a figure."""

    RIGHT = "right"
    """Read as what was meant, and not in doubt."""
    SUSPECT = "suspect"
    """Marked: no reading was settled."""
    SILENT = "silent"
    """Read as something else, and nobody told."""
    UNREAD = "unread"
    """No claim was made of it."""


@dataclass(slots=True)
class Counts:
    """Figures by outcome."""

    right: int = 0
    suspect: int = 0
    silent: int = 0
    unread: int = 0

    def add(self, outcome: Outcome) -> None:
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)

    @property
    def total(self) -> int:
        return self.right + self.suspect + self.silent + self.unread

    def share(self, outcome: Outcome) -> float:
        """Of all; 0 where there are none."""
        count: int = getattr(self, outcome.value)
        return count / self.total if self.total else 0.0

    def as_record(self) -> dict[str, int]:
        return {outcome.value: getattr(self, outcome.value) for outcome in Outcome}


def total(many: Iterable[Counts]) -> Counts:
    """All of these together."""
    made = Counts()
    for counts in many:
        made.right += counts.right
        made.suspect += counts.suspect
        made.silent += counts.silent
        made.unread += counts.unread
    return made


def judge(meant: float, claims: Iterable[Claim]) -> Outcome:
    """What became of a figure that means `meant`, from the claims made of it."""
    found = list(claims)
    if not found:
        return Outcome.UNREAD
    if any(claim.suspect for claim in found):
        return Outcome.SUSPECT
    return Outcome.RIGHT if all(abs(claim.value - meant) < 1e-6 for claim in found) else Outcome.SILENT
