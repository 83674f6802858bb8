"""What a crawl has to know of earlier ones. Whoever runs it supplies this; the crawler itself remembers nothing.

Two rules for asking again stand here, because they are the crawler's manners and not the store's business: how long a
failing listing is left alone, and when an article that is known is looked at once more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from crawler.items import ListingVisit, PageState, PageVisit
from crawler.listings import Entry

OFTENEST = dt.timedelta(hours=6)
"""No known article is looked at again sooner, unless its listing says that it has changed."""
SEARCH_TRUSTED = dt.timedelta(days=30)
"""How long it is taken for granted that a site's search heeds, or ignores, what it is asked for."""
ATTEMPTS = 5
"""So many times a page is tried, in as many runs, before it is given up."""
# The page itself was not asked: nobody answered, which may be the network here, or the crawl left the host alone.
NOT_ASKED = frozenset(
    {"unreachable", "unknown_host", "connection_refused", "told_to_wait", "given_up", "robots_unreadable"}
    | {"no_contact", "private_address", "not_archived", "forgotten"}
)
# Asking again costs a site nothing: it was not reached, or a replay asked for what a broken-off run did not.
NOBODY_THERE = frozenset({"unreachable", "unknown_host", "connection_refused", "no_contact", "not_archived"})
# Ours to mend or theirs to bring back: not soon.
LASTING = frozenset({"http_401", "http_403", "http_404", "http_410", "unreadable_listing", "forbidden_by_robots"})
# The server itself asks to be left alone for now.
WISHES = frozenset({"http_429", "http_503", "told_to_wait"})
LONGEST_WAIT = dt.timedelta(days=7)
LONGEST_WAIT_FOR_PASSING = dt.timedelta(days=1)
LONGEST_WISH = dt.timedelta(days=31)
"""An hour named by a server that lies further ahead was reckoned by a clock that was wrong."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "changed since?" with, exactly as it wrote them."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class KnownListing:
    """A listing asked before. `entries` is how many articles it announced when it was last read."""

    validators: Validators
    entries: int
    read_at: dt.datetime | None
    next_attempt_at: dt.datetime | None
    problem: str | None = None
    """What went wrong, the last time."""

    def is_at_rest(self, now: dt.datetime, *, insist: bool) -> bool:
        """Whether it is to be left alone for now. Whoever insists may be impatient with a fault, not with a wish."""
        is_wish = self.problem in WISHES
        waits = is_ahead(self.next_attempt_at, now, LONGEST_WISH if is_wish else LONGEST_WAIT)
        return waits and (not insist or is_wish)


@dataclass(frozen=True, slots=True)
class KnownPage:
    """An announced address. `modified` is the stamp that its listing gave when it was last fetched, as it was given."""

    state: PageState
    validators: Validators
    modified: str | None
    first_seen_at: dt.datetime
    fetched_at: dt.datetime | None
    published: dt.date | dt.datetime | None = None
    """As announced, or as the page told, if it was read for a crawl of other days."""
    is_copy_lost: bool = False
    """Whether the archive's copy of it does not hold, so that it is wanted once more and whole."""

    def is_due(self, modified: str | None, now: dt.datetime) -> bool:
        """Whether it is worth another request when a listing announces it again.

        A stamp says so itself. Without one, the pause doubles each time: a story changes in its first days if ever.
        """
        if self.state is PageState.FORGOTTEN:
            return False
        if self.state is PageState.PENDING or self.fetched_at is None or self.is_copy_lost:
            return True
        if modified is not None and self.modified is not None:
            return modified != self.modified
        # It cannot have been fetched later than now: one of the two clocks is wrong.
        return now < self.fetched_at or now - self.fetched_at >= max(OFTENEST, self.fetched_at - self.first_seen_at)


def is_ahead(hour: dt.datetime | None, now: dt.datetime, longest: dt.timedelta) -> bool:
    """Whether an hour to wait for is still to come; not one further ahead than any wait, which a wrong clock made."""
    return hour is not None and now < hour <= now + longest


class Memory(Protocol):
    """Listings and pages met before, and the notebook for those met now."""

    def listing(self, url: str) -> KnownListing | None:
        """What is known of this listing; None for one never asked."""

    def page(self, url: str) -> KnownPage | None:
        """What is known of this page under any spelling of its address; None for one never announced."""

    def pending(self, outlet: str) -> Iterable[Entry]:
        """What an outlet has announced and nobody has fetched yet, the oldest first."""

    def left_until(self, outlet: str) -> dt.datetime | None:
        """The latest hour that a server of this outlet named for asking again; None where none did."""

    def leave_until(self, outlet: str, hour: dt.datetime) -> None:
        """Note that a server of this outlet asked to be left alone until then: no listing of it is asked before."""

    def listing_visited(self, visit: ListingVisit) -> None:
        """Note a listing and all that it announced, in one go: from here on nothing of it can be lost."""

    def page_visited(self, visit: PageVisit) -> None:
        """Note a page that gave no article to deliver."""


class NoMemory:
    """The first crawl: everything is new, and nothing is noted."""

    def listing(self, url: str) -> KnownListing | None:
        return None

    def page(self, url: str) -> KnownPage | None:
        return None

    def pending(self, outlet: str) -> Iterable[Entry]:
        return ()

    def left_until(self, outlet: str) -> dt.datetime | None:
        return None

    def leave_until(self, outlet: str, hour: dt.datetime) -> None:
        return None

    def listing_visited(self, visit: ListingVisit) -> None:
        return None

    def page_visited(self, visit: PageVisit) -> None:
        return None


def next_attempt(problem: str, failures: int, at: dt.datetime) -> dt.datetime | None:
    """When a listing that failed `failures` times in a row may be asked again; None for at once.

    Twice as long each time, from an hour after the second failure, up to a week where the fault seems a lasting one.
    """
    if problem in NOBODY_THERE or failures < 2:
        return None
    longest = LONGEST_WAIT if problem in LASTING else LONGEST_WAIT_FOR_PASSING
    return at + min(longest, dt.timedelta(hours=2 ** min(failures - 2, 10)))
