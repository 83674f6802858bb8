"""How cakupan fares, from what the store knows: read only, at one moment, and off indexes however large it is."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from corpus.health import ListingHealth, OutletHealth, load_health
from corpus.store import RunStatus
from corpus.unattended.disk import Backups, Disk, measure_disk, newest_backup
from corpus.unattended.rules import Rule, Rules
from corpus.unattended.usual import WEEK, DayOfClaims, usual_for
from crawler.outlets import State
from crawler.zones import ZONES, day_in

GENERIC = "generic"
"""The layout of pages that none fitted, as `crawler.pages.layouts` names it; to import that takes long."""
COUNTRY = ZONES["WIB"]

RUNS = "SELECT id, kind, status, started_at, ended_at, counts FROM runs ORDER BY id DESC LIMIT ?"
LAST_FINISHED = """
    SELECT id, kind, status, started_at, ended_at, counts FROM runs
    WHERE status IN ('finished', 'stopped') AND kind IN ('run', 'demo') ORDER BY id DESC LIMIT 1
"""
"""Of the runs that go out for what is new, the last that came to an end in order, though it left work to the next."""
FIRST_RUN = "SELECT started_at FROM runs ORDER BY id LIMIT 1"
ASKED = """
    SELECT domain, state, (SELECT fetched_at FROM fetches WHERE outlet = domain ORDER BY id DESC LIMIT 1) FROM outlets
"""
LAYOUTS = f"""
    SELECT outlets.domain, count(*), sum(r.layout = '{GENERIC}') FROM outlets
    CROSS JOIN articles AS a ON a.number IN (
        SELECT number FROM articles WHERE outlet = outlets.domain ORDER BY number DESC LIMIT :latest
    )
    JOIN revisions AS r ON r.article_id = a.id AND r.revision = a.revision
    WHERE r.layout IS NOT NULL GROUP BY outlets.domain
"""
CLAIMS_A_DAY = """
    SELECT a.published_date, count(*) FROM articles AS a CROSS JOIN claims AS c ON c.article_id = a.id
    WHERE a.published_date BETWEEN :since AND :day GROUP BY a.published_date
"""
CLAIMS = "SELECT coalesce(sum(claims), 0) FROM tallies"


class Fare(StrEnum):
    """How an outlet fares, the worst first."""

    FAILING = "failing"
    """None of its listings can be read."""
    DRIFTING = "drifting"
    SILENT = "silent"
    LAME = "partly failing"
    RESTING = "left alone"
    """Its server asked for it."""
    FINE = "fine"
    LEFT = "not asked"
    """By no run for long: quarantined, or no longer of the registry."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One run as recorded; `ended_at` is None while it runs, and where it was killed."""

    id: int
    kind: str
    status: str
    started_at: dt.datetime
    ended_at: dt.datetime | None
    counts: Mapping[str, Any]

    @property
    def seconds(self) -> float | None:
        """How long it took; None where its end is not known."""
        return (self.ended_at - self.started_at).total_seconds() if self.ended_at else None

    @property
    def how(self) -> str:
        """How it ended: "killed" is one that could not say so itself."""
        return "killed" if self.status == "interrupted" and self.ended_at is None else self.status


@dataclass(frozen=True, slots=True)
class OutletFacts:
    """One outlet: `listings` are those still asked; `generic` of its latest `pages` were read without layout."""

    domain: str
    fare: Fare
    health: OutletHealth
    listings: tuple[ListingHealth, ...] = ()
    pages: int = 0
    generic: int = 0

    @property
    def is_asked(self) -> bool:
        """Whether runs still ask it."""
        return self.fare is not Fare.LEFT

    @property
    def is_silent(self) -> bool:
        """Whether all that it announces its articles by can be read and brings nothing new."""
        return are_silent(self.listings)

    @property
    def failures(self) -> int:
        """How often in a row even the best of its listings could not be read."""
        return min((one.failures for one in self.listings), default=0)

    @property
    def silent(self) -> tuple[ListingHealth, ...]:
        """Its listings that can be read and bring nothing new."""
        return tuple(one for one in self.listings if one.silent_since)


@dataclass(frozen=True, slots=True)
class Status:
    """All of it, as of `now`. `runs` are the latest, newest first; `days` the latest whole days, the judged last."""

    now: dt.datetime
    database: Path
    runs: tuple[RunFacts, ...]
    last_finished: RunFacts | None
    outlets: tuple[OutletFacts, ...]
    days: tuple[DayOfClaims, ...]
    articles: int
    claims: int
    disk: Disk
    backups: Backups | None

    @property
    def last_ended(self) -> RunFacts | None:
        """The latest run that is over."""
        return next((run for run in self.runs if run.status != "running"), None)

    @property
    def is_demo(self) -> bool:
        """Whether it is the demo's, whose papers print the same old news for ever."""
        return self.last_finished is not None and self.last_finished.kind == "demo"

    @property
    def pages(self) -> int:
        """The latest pages of all outlets."""
        return sum(outlet.pages for outlet in self.outlets)

    @property
    def generic(self) -> int:
        """How many of them were read without a layout."""
        return sum(outlet.generic for outlet in self.outlets)


def load_status(
    db: Database,
    database: Path,
    *,
    now: dt.datetime,
    rules: Rules,
    archive: Path | None = None,
    backups: Path | None = None,
    is_at_work: bool = False,
) -> Status:
    """The status of the database that is open and lies at `database`; `now` is aware.

    A run without an end was killed, unless `is_at_work` says that another command fills the database.
    """
    # One moment for all questions, while a run may write.
    is_own = not db.conn.in_transaction
    if is_own:
        db.execute("BEGIN")
    try:
        runs = tuple(run_of(row, is_at_work=is_at_work) for row in db.execute(RUNS, [rules.shown.runs]))
        finished = next(map(run_of, db.execute(LAST_FINISHED)), None)
        outlets = tuple(load_outlets(db, finished, rules))
        days = tuple(load_days(db, finished, rules)) if finished else ()
        (claims,) = db.execute(CLAIMS).fetchone()
    finally:
        if is_own:
            db.rollback()
    return Status(
        now=now,
        database=database,
        runs=runs,
        last_finished=finished,
        outlets=outlets,
        days=days,
        articles=sum(outlet.health.kept for outlet in outlets),
        claims=claims,
        disk=measure_disk(database, archive),
        backups=newest_backup(backups) if backups else None,
    )


def run_of(row: Sequence[Any], *, is_at_work: bool = False) -> RunFacts:
    """A row of `RUNS`."""
    number, kind, status, started_at, ended_at, counts = row
    # The next run will note it as interrupted; until then nobody has.
    if status == RunStatus.RUNNING and not is_at_work:
        status = RunStatus.INTERRUPTED.value
    begun, ended = dt.datetime.fromisoformat(started_at), dt.datetime.fromisoformat(ended_at) if ended_at else None
    return RunFacts(number, kind, status, begun, ended, json.loads(counts) if counts else {})


def load_outlets(db: Database, last: RunFacts | None, rules: Rules) -> Iterator[OutletFacts]:
    """Every outlet that the store knows, by name."""
    health = load_health(db)
    layouts = {
        domain: (pages, generic) for domain, pages, generic in db.execute(LAYOUTS, {"latest": rules.shown.latest_pages})
    }
    since = last.started_at - dt.timedelta(days=rules.shown.asked_within_days) if last else None
    for domain, state, asked_at in sorted(db.execute(ASKED)):
        known = health.get(domain, OutletHealth())
        listings = tuple(one for one in known.listings if is_asked(one, since))
        is_left = state == State.QUARANTINED or not asked_at or (since and dt.datetime.fromisoformat(asked_at) < since)
        fare = Fare.LEFT if is_left else fare_of(known, listings, rules)
        yield OutletFacts(domain, fare, known, listings, *layouts.get(domain, (0, 0)))


def is_asked(listing: ListingHealth, since: dt.datetime | None) -> bool:
    """Whether a listing was read, or was to be asked again, since then: not one that the registry has given up.

    One that fails without waiting, as where nobody answers, is taken to be asked for as long as its outlet is.
    """
    last = listing.next_attempt_at if listing.failures else listing.last_read_at
    return since is None or last is None or dt.datetime.fromisoformat(last) >= since


def fare_of(health: OutletHealth, listings: tuple[ListingHealth, ...], rules: Rules) -> Fare:
    """How an outlet fares that is asked; of several troubles, the worst."""
    if listings and all(one.failures for one in listings):
        return Fare.FAILING
    if is_drifting(health, rules.alarms["drift"]):
        return Fare.DRIFTING
    if are_silent(listings):
        return Fare.SILENT
    if health.left_until:
        return Fare.RESTING
    return Fare.LAME if any(one.failures for one in listings) else Fare.FINE


def is_drifting(health: OutletHealth, rule: Rule) -> bool:
    """Whether the rule of drift holds for an outlet."""
    return health.pages >= rule.at_least and (health.drift_share or 0) >= (rule.threshold or 0)


def are_silent(listings: Sequence[ListingHealth]) -> bool:
    """Whether some of these announce articles, and none of them a new one."""
    telling = [one for one in listings if one.is_telling]
    return bool(telling) and all(one.silent_since for one in telling)


def load_days(db: Database, last: RunFacts, rules: Rules) -> Iterator[DayOfClaims]:
    """The latest whole days before a run began, with what was usual for each."""
    latest = day_in(COUNTRY, last.started_at) - dt.timedelta(days=1)
    oldest = latest - dt.timedelta(days=rules.shown.days - 1)
    since = oldest - WEEK * rules.usual.weeks
    found = db.execute(CLAIMS_A_DAY, {"since": since.isoformat(), "day": latest.isoformat()})
    claims = {dt.date.fromisoformat(day): number for day, number in found}
    known_from = day_in(COUNTRY, dt.datetime.fromisoformat(db.execute(FIRST_RUN).fetchone()[0]))
    for number in range(rules.shown.days):
        day = oldest + dt.timedelta(days=number)
        yield DayOfClaims(day, claims.get(day, 0), usual_for(day, claims, known_from, rules.usual))
