"""A status as a record, for `--json`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from corpus.unattended.disk import Backups
from corpus.unattended.status import OutletFacts, RunFacts, Status
from corpus.unattended.usual import DayOfClaims
from corpus.unattended.watch import Watched


def status_record(watched: Watched) -> dict[str, Any]:
    """All of it, ready for `json.dumps`: times UTC, days ISO, bytes, shares from 0 to 1 (None without pages)."""
    status = watched.status
    drifted = sum(outlet.health.drifted for outlet in status.outlets)
    pages = sum(outlet.health.pages for outlet in status.outlets)
    return {
        "at": stamp(status.now),
        "database": str(status.database),
        **watched.to_json(),
        "runs": [run_record(run) for run in status.runs],
        "last_finished": run_record(status.last_finished) if status.last_finished else None,
        "outlets": [outlet_record(outlet) for outlet in status.outlets],
        "drift_share": drifted / pages if pages else None,
        "generic_share": status.generic / status.pages if status.pages else None,
        "claims_a_day": [day_record(day) for day in status.days],
        "articles": status.articles,
        "claims": status.claims,
        "disk": disk_record(status),
        "backups": backups_record(status.backups) if status.backups else None,
    }


def stamp(moment: dt.datetime | None) -> str | None:
    """A moment in UTC, to the second."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds") if moment else None


def run_record(run: RunFacts) -> dict[str, Any]:
    """One run with its counts."""
    return {
        "run": run.id,
        "kind": run.kind,
        "status": run.how,
        "started_at": stamp(run.started_at),
        "ended_at": stamp(run.ended_at),
        "seconds": run.seconds,
        "counts": dict(run.counts),
    }


def outlet_record(outlet: OutletFacts) -> dict[str, Any]:
    """One outlet; its listings are told by `cakupan outlets --json`."""
    return {
        "domain": outlet.domain,
        "health": outlet.fare.value,
        "articles": outlet.health.kept,
        "pending": outlet.health.pending,
        "failures": outlet.failures,
        "silent_feeds": {one.url: one.silent_since for one in outlet.silent},
        "pages": outlet.health.pages,
        "drifted": outlet.health.drifted,
        "generic": outlet.generic,
    }


def day_record(day: DayOfClaims) -> dict[str, Any]:
    """One day beside what is usual for it."""
    usual = day.usual
    return {
        "day": day.day.isoformat(),
        "claims": day.claims,
        "usual": {"median": usual.median, "low": usual.low, "high": usual.high, "weeks": usual.weeks}
        if usual
        else None,
        "is_unusual": day.is_unusual,
    }


def disk_record(status: Status) -> dict[str, Any]:
    """Sizes and what is free, in bytes."""
    disk = status.disk
    return {
        "database": disk.database,
        "wal": disk.wal,
        "archive": disk.archive,
        "file_systems": [{"place": str(one.place), "free": one.free, "total": one.total} for one in disk.spaces],
    }


def backups_record(backups: Backups) -> dict[str, Any]:
    """The folder and its newest backup."""
    return {"folder": str(backups.folder), "last_at": stamp(backups.last_at)}
