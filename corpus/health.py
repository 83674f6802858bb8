"""How the outlets of the registry fare, from what the store knows: read only, and of nothing that is not there."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from crawler.memory import WISHES
from crawler.outlets import Way

QUIET = dt.timedelta(days=14)
"""For longer no paper is without news."""
QUIET_SEARCH = dt.timedelta(days=90)
"""A search for a few words may find nothing for longer."""
LATEST_PAGES = 50
"""So many of an outlet's latest articles tell whether its layout still fits."""

LISTINGS = """
    SELECT outlet, url, way, entries, newest_story, last_read_at, last_new_at, failures, problem, next_attempt_at
    FROM feeds WHERE outlet IS NOT NULL ORDER BY outlet, way, url
"""
KEPT = "SELECT outlet, count(*) FROM articles WHERE outlet IS NOT NULL GROUP BY outlet"
PENDING = "SELECT outlet, count(*) FROM urls WHERE state = 'pending' AND outlet IS NOT NULL GROUP BY outlet"
DRIFT = """
    SELECT outlets.domain, fetches.drift FROM outlets JOIN fetches ON fetches.id IN (
        SELECT id FROM fetches WHERE outlet = outlets.domain AND kind = 'article' ORDER BY id DESC LIMIT ?
    ) ORDER BY outlets.domain, fetches.id DESC
"""


@dataclass(frozen=True, slots=True)
class ListingHealth:
    """One feed, sitemap, search or index page, as last asked. Times are UTC, in ISO form."""

    url: str
    way: str
    entries: int
    newest_story: str | None
    last_read_at: str | None
    last_new_at: str | None
    failures: int
    """In a row."""
    problem: str | None
    next_attempt_at: str | None

    @property
    def is_telling(self) -> bool:
        """Whether news could be had by it: a search that finds nothing has none, nor have sitemaps of the past."""
        return bool(self.entries) and not self.failures and self.way != Way.PAST

    @property
    def silent_since(self) -> str | None:
        """The day of the last news, where it had brought nothing new for longer than its way allows when last read.

        Not by today's date: a list of one day's stories, or an outlet that nobody asks any more, is not silent.
        """
        since = self.newest_story or (self.last_new_at or "")[:10]
        if not self.is_telling or not since or not self.last_read_at:
            return None
        read_on = dt.datetime.fromisoformat(self.last_read_at).date()
        allowed = QUIET_SEARCH if self.way in (Way.WORDPRESS, Way.BLOGGER) else QUIET
        return since if dt.date.fromisoformat(since) < read_on - allowed else None


@dataclass(frozen=True, slots=True)
class OutletHealth:
    """What came of an outlet so far. `pages` are its latest articles, `drifted` those that its layout did not fit."""

    listings: tuple[ListingHealth, ...] = ()
    kept: int = 0
    pending: int = 0
    pages: int = 0
    drifted: int = 0
    drift: tuple[str, ...] = ()
    """The fields that were not found where the layout says."""

    @property
    def last_read_at(self) -> str | None:
        """When any listing of it could last be read."""
        return max((one.last_read_at for one in self.listings if one.last_read_at), default=None)

    @property
    def worst(self) -> ListingHealth | None:
        """The listing that has failed most often in a row; None where none fails."""
        failing = [one for one in self.listings if one.failures]
        return max(failing, key=lambda one: one.failures, default=None)

    @property
    def next_attempt_at(self) -> str | None:
        """When the first of its failing listings is asked again; None where none waits."""
        return min((one.next_attempt_at for one in self.listings if one.next_attempt_at), default=None)

    @property
    def left_until(self) -> str | None:
        """The hour before which a server of it wants nothing asked; None once one of its listings was read after it."""
        wishes = (one.next_attempt_at for one in self.listings if one.problem in WISHES and not one.failures)
        hour = max(filter(None, wishes), default=None)
        return hour if hour and (self.last_read_at or "") < hour else None

    @property
    def drift_share(self) -> float | None:
        """The share of the latest articles that its layout did not fit; None where there are none."""
        return self.drifted / self.pages if self.pages else None

    @property
    def silent_since(self) -> str | None:
        """The day of the last news, where every listing that announces anything is silent."""
        days = [one.silent_since for one in self.listings if one.is_telling]
        return max((day for day in days if day), default=None) if all(days) else None


@dataclass(slots=True)
class _Found:
    listings: list[ListingHealth] = field(default_factory=list)
    kept: int = 0
    pending: int = 0
    drifts: list[str | None] = field(default_factory=list)


def silent_listings(db: Database, outlets: Iterable[str]) -> dict[str, str]:
    """The listings of these outlets that can be read but bring nothing new for long, with the day since when."""
    chosen = set(outlets)
    listings = (ListingHealth(*facts) for outlet, *facts in db.execute(LISTINGS) if outlet in chosen)
    return {listing.url: listing.silent_since for listing in listings if listing.silent_since}


def load_health(db: Database) -> Mapping[str, OutletHealth]:
    """The health of every outlet that the store knows, by domain."""
    found: defaultdict[str, _Found] = defaultdict(_Found)
    for outlet, *facts in db.execute(LISTINGS):
        found[outlet].listings.append(ListingHealth(*facts))
    for outlet, number in db.execute(KEPT):
        found[outlet].kept = number
    for outlet, number in db.execute(PENDING):
        found[outlet].pending = number
    for outlet, drift in db.execute(DRIFT, [LATEST_PAGES]):
        found[outlet].drifts.append(drift)
    return {
        outlet: OutletHealth(
            listings=tuple(facts.listings),
            kept=facts.kept,
            pending=facts.pending,
            pages=len(facts.drifts),
            drifted=sum(drift is not None for drift in facts.drifts),
            drift=tuple(dict.fromkeys(name for drift in facts.drifts for name in fields_of(drift))),
        )
        for outlet, facts in found.items()
    }


def fields_of(drift: str | None) -> Iterator[str]:
    """The fields in a row's list of them."""
    yield from json.loads(drift) if drift else ()
