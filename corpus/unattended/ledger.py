"""What is known of alarms from one run to the next: since when they stand, and which changes are yet to be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database

from corpus.rows import Row, utc
from corpus.store import Store
from corpus.unattended.alarms import Alarm

STANDING = "SELECT id, rule, subject, since FROM alarms WHERE over_at IS NULL"
DUE = """
    SELECT a.id, n.change, a.rule, a.subject, a.sentence, a.advice, a.since, a.over_at
    FROM alarm_notices AS n JOIN alarms AS a ON a.id = n.alarm
    WHERE n.channel = ? AND n.told_at IS NULL ORDER BY a.id, n.change DESC
"""


class Change(StrEnum):
    """What there is to tell of an alarm."""

    RAISED = "raised"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Notice:
    """A change of an alarm that one channel has not told yet; times are UTC, in ISO form."""

    number: int
    change: Change
    alarm: Alarm
    since: str
    over_at: str | None


def standing_since(db: Database) -> dict[str, str]:
    """Since when each alarm stands that was found by the last run, by its ID."""
    return {f"{rule} {subject}".rstrip(): since for _, rule, subject, since in db.execute(STANDING)}


def note(store: Store, alarms: Iterable[Alarm], channels: Iterable[str], at: dt.datetime) -> None:
    """Write down what is wrong now and what no longer is, and what each of these channels has to tell of it.

    A channel that is new is told of all that stands, and of no alarm's end whose beginning it was not told.
    """
    found = {(alarm.rule, alarm.subject): alarm for alarm in alarms}
    with store.transaction():
        known = {(rule, subject): number for number, rule, subject, _ in store.db.execute(STANDING).fetchall()}
        for key, number in known.items():
            if key not in found:
                store.db.execute("UPDATE alarms SET over_at = ? WHERE id = ?", [utc(at), number])
        for key, alarm in found.items():
            if key in known:
                change = [alarm.sentence, alarm.advice, known[key]]
                store.db.execute("UPDATE alarms SET sentence = ?, advice = ? WHERE id = ?", change)
            else:
                row: Row = {"rule": alarm.rule, "subject": alarm.subject, "sentence": alarm.sentence}
                store.insert("alarms", [row | {"advice": alarm.advice, "since": utc(at)}])
        for channel in channels:
            store.db.execute(
                """INSERT OR IGNORE INTO alarm_notices (alarm, change, channel)
                   SELECT id, 'raised', ? FROM alarms WHERE over_at IS NULL""",
                [channel],
            )
            store.db.execute(
                """INSERT OR IGNORE INTO alarm_notices (alarm, change, channel)
                   SELECT id, 'over', channel FROM alarms JOIN alarm_notices ON alarm = id
                   WHERE channel = ? AND change = 'raised' AND over_at IS NOT NULL""",
                [channel],
            )


def due(db: Database, channel: str) -> tuple[Notice, ...]:
    """What a channel has still to tell, the oldest alarm first; what rose and ended untold is told as over alone."""
    notices = [
        Notice(number, Change(change), Alarm(rule, subject, sentence, advice), since, over_at)
        for number, change, rule, subject, sentence, advice, since, over_at in db.execute(DUE, [channel])
    ]
    ended = {notice.number for notice in notices if notice.change is Change.OVER}
    return tuple(one for one in notices if one.change is Change.OVER or one.number not in ended)


def mark_told(store: Store, channel: str, notices: Iterable[Notice], at: dt.datetime) -> None:
    """Note that all these were delivered."""
    numbers = {notice.number: notice.change for notice in notices}
    with store.transaction():
        for number, change in numbers.items():
            # Whoever heard that it is over need not hear that it began.
            changes = [Change.RAISED, Change.OVER] if change is Change.OVER else [change]
            for told in changes:
                store.db.execute(
                    """UPDATE alarm_notices SET told_at = ?, problem = NULL
                       WHERE alarm = ? AND change = ? AND channel = ? AND told_at IS NULL""",
                    [utc(at), number, told.value, channel],
                )


def mark_untold(store: Store, channel: str, problem: str) -> None:
    """Note why what is due could not be delivered."""
    with store.transaction():
        store.db.execute(
            "UPDATE alarm_notices SET problem = ? WHERE channel = ? AND told_at IS NULL", [problem, channel]
        )


def counted(changes: Mapping[Change, int]) -> str:
    """Numbers of changes for people: "2 new alarms, 1 over"."""
    new, over = changes.get(Change.RAISED, 0), changes.get(Change.OVER, 0)
    told = [f"{new} new alarm{'s' * (new != 1)}"] if new else []
    return ", ".join([*told, *([f"{over} over"] if over else [])])
