"""From a status to what is wrong: one pure function a rule, with the words of rules.toml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from corpus.unattended.disk import describe_size
from corpus.unattended.rules import Rule, Rules
from corpus.unattended.status import OutletFacts, Status, is_drifting

GIB = 1024**3
Facts = dict[str, object]
Check = Callable[[Status, Rule], Iterator[tuple[str, Facts]]]


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that is wrong: the rule, what it is about (an outlet, a place; empty for all), and what to do."""

    rule: str
    subject: str
    sentence: str
    advice: str

    @property
    def id(self) -> str:
        """By which it is known from one run to the next: "drift kabar.example"."""
        return f"{self.rule} {self.subject}".rstrip()


def find_alarms(status: Status, rules: Rules) -> tuple[Alarm, ...]:
    """All that is wrong, in the order of the rules."""
    return tuple(alarm for rule in rules.alarms.values() for alarm in check(status, rule))


def check(status: Status, rule: Rule) -> Iterator[Alarm]:
    """What is wrong by one rule."""
    for subject, facts in CHECKS[rule.id](status, rule):
        named = {"threshold": rule.threshold, **facts}
        yield Alarm(rule.id, subject, rule.sentence.format(**named), rule.advice.format(**named))


def run_failed(status: Status, rule: Rule) -> Iterator[tuple[str, Facts]]:
    """The latest run that is over failed or was killed; one that a person or a deadline stopped did not."""
    run = status.last_ended
    if run is not None and run.how in {"failed", "killed"}:
        how = "failed" if run.how == "failed" else "was killed"
        yield "", {"run": run.id, "kind": run.kind, "how": how, "when": minute(run.started_at)}


def no_run(status: Status, rule: Rule) -> Iterator[tuple[str, Facts]]:
    """No run has finished for too long; where none ever was begun, none is missed."""
    begun = status.last_finished or (status.runs[-1] if status.runs else None)
    if begun is None or rule.threshold is None:
        return
    hours = (status.now - (begun.ended_at or begun.started_at)).total_seconds() / 3600
    if hours > rule.threshold:
        yield "", {"hours": hours}


def unread(status: Status, rule: Rule) -> Iterator[tuple[str, Facts]]:
    """Articles are left that the latest run did not read."""
    left = status.last_ended.counts.get("unread", 0) if status.last_ended else 0
    if rule.threshold is not None and left > rule.threshold:
        yield "", {"unread": left}


def outlet_failing(status: Status, rule: Rule) -> Iterator[tuple[str, Facts]]:
    """Not one of an outlet's listings can be read, for so many times in a row."""
    for outlet in asked(status):
        if rule.threshold is not None and outlet.failures >= max(1, rule.threshold):
            problems = sorted({one.problem for one in outlet.listings if one.problem})
            yield outlet.domain, {"outlet": outlet.domain, "failures": outlet.failures, "problem": ", ".join(problems)}


def feed_silent(status: Status, rule: Rule) -> Iterator[tuple[str, Facts]]:
    """All that an outlet announces its articles by can be read and brings nothing new."""
    for outlet in asked(status) if not status.is_demo else ():
        if outlet.is_silent:
            since = max(one.silent_since or "" for one in outlet.silent)
            yield outlet.domain, {"outlet": outlet.domain, "since": since, "listings": describe_listings(outlet)}


def drift(status: Status, rule: Rule) -> Iterator[tuple[str, Facts]]:
    """An outlet's own layout no longer finds what it should."""
    for outlet in asked(status):
        health = outlet.health
        if is_drifting(health, rule):
            fields = ", ".join(health.drift)
            facts: Facts = {"drifted": health.drifted, "pages": health.pages, "fields": fields}
            yield outlet.domain, {"outlet": outlet.domain, **facts}


def generic(status: Status, rule: Rule) -> Iterator[tuple[str, Facts]]:
    """Too many of all latest pages were read by what reads like an article."""
    if status.pages >= rule.at_least and status.generic >= (rule.threshold or 0) * status.pages:
        yield "", {"generic": status.generic, "pages": status.pages}


def claims_unusual(status: Status, rule: Rule) -> Iterator[tuple[str, Facts]]:
    """The last whole day brought more or fewer claims than is usual for its weekday."""
    if status.days and status.days[-1].is_unusual and status.days[-1].usual is not None:
        day, usual = status.days[-1], status.days[-1].usual
        facts: Facts = {"claims": day.claims, "weekday": f"{day.day:%A}", "day": day.day.isoformat()}
        yield "", facts | {"low": usual.low, "high": usual.high}


def disk_low(status: Status, rule: Rule) -> Iterator[tuple[str, Facts]]:
    """A file system has too little left."""
    for space in status.disk.spaces:
        if rule.threshold is not None and space.free < rule.threshold * GIB:
            yield str(space.place), {"free": describe_size(space.free), "place": space.place}


def not_backed_up(status: Status, rule: Rule) -> Iterator[tuple[str, Facts]]:
    """The newest backup is too old, or there is none; said only where a folder of backups is known."""
    backups = status.backups
    if backups is None or rule.threshold is None:
        return
    if backups.last_at is None:
        yield "", {"last": "There is no backup", "folder": backups.folder}
    elif status.now - backups.last_at > dt.timedelta(days=rule.threshold):
        yield "", {"last": f"The last backup is of {minute(backups.last_at)}", "folder": backups.folder}


CHECKS: dict[str, Check] = {
    "run_failed": run_failed,
    "no_run": no_run,
    "unread": unread,
    "outlet_failing": outlet_failing,
    "feed_silent": feed_silent,
    "drift": drift,
    "generic": generic,
    "claims_unusual": claims_unusual,
    "disk_low": disk_low,
    "not_backed_up": not_backed_up,
}


def asked(status: Status) -> Iterator[OutletFacts]:
    """The outlets that runs still ask."""
    return (outlet for outlet in status.outlets if outlet.is_asked)


def describe_listings(outlet: OutletFacts) -> str:
    """The ways that are silent, and a listing where there is but one: "3 by wordpress"."""
    if len(outlet.silent) == 1:
        return urlsplit(outlet.silent[0].url)._replace(query="").geturl()
    ways = [one.way for one in outlet.silent]
    return ", ".join(f"{ways.count(way)} by {way}" for way in dict.fromkeys(ways))


def minute(moment: dt.datetime) -> str:
    """A moment for people, without seconds."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
