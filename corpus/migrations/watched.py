"""What was found to be wrong, from one run to the next, and who was told of it."""

from __future__ import annotations

from sqlite_utils import Database


def alarms(db: Database) -> None:
    """Alarms that stand or stood, and one notice for each change of one and each channel that it is told by."""
    db.executescript("""
        CREATE TABLE alarms (
            id INTEGER PRIMARY KEY,
            rule TEXT NOT NULL,
            subject TEXT NOT NULL,
            sentence TEXT NOT NULL,
            advice TEXT NOT NULL,
            since TEXT NOT NULL,
            over_at TEXT
        );
        CREATE UNIQUE INDEX alarms_standing ON alarms(rule, subject) WHERE over_at IS NULL;
        CREATE TABLE alarm_notices (
            alarm INTEGER NOT NULL REFERENCES alarms(id) ON DELETE CASCADE,
            change TEXT NOT NULL CHECK (change IN ('raised', 'over')),
            channel TEXT NOT NULL,
            told_at TEXT,
            problem TEXT,
            PRIMARY KEY (alarm, change, channel)
        ) WITHOUT ROWID;
        CREATE INDEX alarm_notices_due ON alarm_notices(channel, alarm) WHERE told_at IS NULL;
    """)
