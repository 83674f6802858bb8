"""Runs, and how the outlets fare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from corpus.desk.page import Asked, Page, Row
from corpus.health import OutletHealth, load_health
from corpus.outlet_table import has_drifted, health_record

RUNS = 20
COUNTS = ("articles_new", "articles_revised", "claims", "repaired", "suspect", "disputed")
"""Of what a run did, in the order of the page."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run with its counts."""

    id: int
    kind: str
    status: str
    version: str
    started_at: str
    ended_at: str | None
    counts: Mapping[str, int]
    errors: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet of the registry or of an article, and its health where it was crawled."""

    domain: str
    name: str | None
    state: str | None
    kept: int
    pending: int
    last_read_at: str | None
    failures: int
    problem: str | None
    failing_url: str | None
    next_attempt_at: str | None
    silent_since: str | None
    drifted: int
    pages: int
    drift: tuple[str, ...]
    is_drifting: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """The last runs, and all outlets that have been crawled."""

    runs: tuple[RunRow, ...]
    outlets: tuple[OutletRow, ...]


def gather(db: Database, asked: Asked) -> Sources:
    """Runs, and outlets in order of what is wrong with them."""
    del asked
    runs = db.execute(
        "SELECT id, kind, status, version, started_at, ended_at, counts FROM runs ORDER BY id DESC LIMIT ?", [RUNS]
    )
    health = load_health(db)
    outlets = [
        outlet_row(domain, name, state, health[domain])
        for domain, name, state in db.execute("SELECT domain, name, state FROM outlets ORDER BY domain")
        if domain in health
    ]
    outlets.sort(key=lambda one: (not one.failures, one.silent_since is None, not one.is_drifting, one.domain))
    return Sources(tuple(run_row(*row) for row in runs), tuple(outlets))


def run_row(
    key: int, kind: str, status: str, version: str, started_at: str, ended_at: str | None, counts: str | None
) -> RunRow:
    """A run as its row has it; of its counts, those that the page tells."""
    told: dict[str, Any] = json.loads(counts) if counts else {}
    errors = told.get("errors")
    return RunRow(
        key,
        kind,
        status,
        version,
        started_at,
        ended_at,
        {name: told[name] for name in COUNTS if isinstance(told.get(name), int)},
        errors if isinstance(errors, dict) else {},
    )


def outlet_row(domain: str, name: str | None, state: str | None, health: OutletHealth) -> OutletRow:
    """The health of an outlet in one row."""
    record = health_record(health)
    return OutletRow(
        domain=domain,
        name=name,
        state=state,
        kept=health.kept,
        pending=health.pending,
        last_read_at=health.last_read_at,
        failures=record["failures"],
        problem=record["problem"],
        failing_url=health.worst.url if health.worst else None,
        next_attempt_at=health.next_attempt_at,
        silent_since=health.silent_since,
        drifted=health.drifted,
        pages=health.pages,
        drift=health.drift,
        is_drifting=has_drifted(health),
    )


def table(found: Sources) -> list[Row]:
    """One row an outlet."""
    return [
        {name: getattr(one, name) for name in OutletRow.__slots__ if name != "drift"} | {"drift": " ".join(one.drift)}
        for one in found.outlets
    ]


PAGE = Page("sources", r"/sumber", gather, table)
