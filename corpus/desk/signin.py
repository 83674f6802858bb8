"""Signing in: a link that works once, then a signed cookie by which Datasette knows the reviewer."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

PERMISSION = "cakupan-review"
"""Who has it may judge claims; `permission_allowed` gives it to the reviewers that the desk was started with."""
COOKIE = "ds_actor"


@dataclass(slots=True)
class Invitations:
    """Links that have not been used yet; they are gone when the desk stops."""

    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, reviewers: Sequence[str]) -> Invitations:
        """One for each reviewer."""
        return cls({secrets.token_urlsafe(32): name for name in reviewers})

    def paths(self) -> dict[str, str]:
        """The path of each reviewer's link."""
        return {name: f"/masuk?kunci={token}" for token, name in self.names.items()}

    def redeem(self, token: str) -> str | None:
        """The reviewer whose link this is, once; None for any other."""
        return self.names.pop(token, None)


def reviewer_of(actor: object, reviewers: Sequence[str]) -> str | None:
    """The reviewer that a signed cookie names; None where it names somebody else, or nobody."""
    name = actor.get("id") if isinstance(actor, dict) else None
    return name if name in reviewers else None
