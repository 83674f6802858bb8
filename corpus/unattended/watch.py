"""What is looked at when a run has ended, and by `cakupan status --tell`: alarms are found, noted and sent."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from corpus.config import Config
from corpus.errors import CorpusError
from corpus.exits import Exit
from corpus.schema import explain, open_database
from corpus.store import Store
from corpus.unattended.alarms import Alarm, find_alarms
from corpus.unattended.channels import AlarmSettings, alarm_settings
from corpus.unattended.ledger import note, standing_since
from corpus.unattended.lock import is_held
from corpus.unattended.rules import Rules, load_rules
from corpus.unattended.status import Status, load_status

INSTALL = ".venv/bin/pip install --constraint constraints.txt --editable '.[monitor]'"


@dataclass(frozen=True, slots=True)
class Watched:
    """A status with the alarms that stand, since when (by ID), and what became of telling: by channel, in words.

    `told` counts changes that were delivered, `untold` says why others were not.
    """

    status: Status
    alarms: tuple[Alarm, ...]
    since: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, int] = field(default_factory=dict)
    untold: Mapping[str, str] = field(default_factory=dict)

    @property
    def exit_code(self) -> Exit:
        """What a command that went well ends with."""
        return Exit.ALARMS if self.alarms else Exit.FINE

    def to_json(self) -> dict[str, Any]:
        """What a run adds to its summary, ready for `json.dumps`."""
        return {"alarms": self.alarm_records(), "told": dict(self.told), "untold": dict(self.untold)}

    def alarm_records(self) -> list[dict[str, Any]]:
        """The alarms, ready for `json.dumps`; `since` is None for one that no run has noted yet."""
        return [
            {
                "id": alarm.id,
                "rule": alarm.rule,
                "subject": alarm.subject,
                "sentence": alarm.sentence,
                "advice": alarm.advice,
                "since": self.since.get(alarm.id),
            }
            for alarm in self.alarms
        ]


def settings_of(config: Config) -> tuple[AlarmSettings, Rules]:
    """Where alarms go and by which rules they are found; raises ConfigError or AlarmRulesError."""
    settings = alarm_settings(config.alarms, os.environ)
    return settings, load_rules().with_thresholds(settings.thresholds, "[alarms.thresholds]")


def look(database: Path, config: Config, *, archive: Path | None, now: dt.datetime) -> Watched:
    """The status and its alarms; nothing is written or sent. Raises what `open_database` raises."""
    _, rules = settings_of(config)
    db = open_database(database, read_only=True)
    try:
        status = load_status(
            db,
            database,
            now=now,
            rules=rules,
            archive=archive,
            backups=config.backups,
            is_at_work=is_held(database),
        )
        return Watched(status, find_alarms(status, rules), standing_since(db))
    finally:
        db.close()


def watch(store: Store, database: Path, config: Config, *, archive: Path | None, now: dt.datetime) -> Watched:
    """Look, write down what has changed, and tell it by the channels that are configured, once a change.

    The caller has the database to itself, and its own run, if it is one, is over: any other without an end was killed.
    What cannot be told is kept for the next time and breaks nothing. Raises CorpusError where the store gives out.
    """
    settings, rules = settings_of(config)
    status = load_status(store.db, database, now=now, rules=rules, archive=archive, backups=config.backups)
    alarms = find_alarms(status, rules)
    note(store, alarms, [channel.name for channel in settings.channels], now)
    since = standing_since(store.db)
    if not settings.channels:
        return Watched(status, alarms, since)
    if find_spec("spidermon") is None:
        reason = f"the extra `monitor` is not installed: {INSTALL}"
        return Watched(status, alarms, since, untold={channel.name: reason for channel in settings.channels})
    from corpus.unattended.monitors import Tell, run_monitors

    tell = Tell(store, settings.channels, now)
    run_monitors(status, rules, tell)
    if tell.failure is not None:
        raise tell.failure
    return Watched(status, alarms, since, tell.told, tell.problems)


def watch_safely(store: Store, database: Path, config: Config, *, archive: Path | None) -> Watched | None:
    """`watch` at the end of a run, which is not to fail by it.

    Where nothing can be written alarms are only found; None where the database cannot even be read.
    """
    now = dt.datetime.now(dt.UTC)
    try:
        with explain(database, store.busy_timeout_seconds):
            return watch(store, database, config, archive=archive, now=now)
    except CorpusError as problem:
        reason = str(problem)
    try:
        with explain(database, store.busy_timeout_seconds):
            return replace(look(database, config, archive=archive, now=now), untold={"the database": reason})
    except CorpusError:
        return None
