"""A status as Prometheus metrics, in a file for node_exporter's textfile collector."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, write_to_textfile
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from corpus.unattended.rules import Rules
from corpus.unattended.status import Fare, Status
from corpus.unattended.watch import Watched


class StatusCollector(Collector):
    """The numbers of one status."""

    def __init__(self, watched: Watched, rules: Rules) -> None:
        self.watched = watched
        self.rules = rules

    def collect(self) -> Iterator[Metric]:
        """All metrics; what is not known has none."""
        status = self.watched.status
        yield gauge("status_timestamp_seconds", "When this was written.", status.now.timestamp())
        yield from run_metrics(status)
        yield from outlet_metrics(status)
        yield from disk_metrics(status)
        rung = Counter(alarm.rule for alarm in self.watched.alarms)
        yield labelled("alarms", "Alarms that stand.", "rule", {name: rung[name] for name in self.rules.alarms})


def gauge(name: str, description: str, value: float) -> Metric:
    """One number."""
    return GaugeMetricFamily(f"cakupan_{name}", description, value=value)


def labelled(name: str, description: str, label: str, values: dict[str, float] | dict[str, int]) -> Metric:
    """One number for each value of a label."""
    family = GaugeMetricFamily(f"cakupan_{name}", description, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family


def run_metrics(status: Status) -> Iterator[Metric]:
    """Of the last run that is over, and the last that finished."""
    last, finished = status.last_ended, status.last_finished
    if last is not None:
        success = last.how not in {"failed", "killed"}
        yield gauge("last_run_success", "0 where the last run that is over failed or was killed, else 1.", success)
        yield gauge("last_run_start_timestamp_seconds", "When it began.", last.started_at.timestamp())
        if last.seconds is not None:
            yield gauge("last_run_duration_seconds", "How long it took.", last.seconds)
        counts = {name: number for name, number in last.counts.items() if isinstance(number, int)}
        yield labelled("last_run_count", "What it did, by name, as in the column counts of runs.", "what", counts)
    if finished is not None and finished.ended_at is not None:
        at = finished.ended_at.timestamp()
        yield gauge("last_finished_run_timestamp_seconds", "When the last run that finished did so.", at)


def outlet_metrics(status: Status) -> Iterator[Metric]:
    """Of outlets, pages and claims."""
    fares = Counter(outlet.fare for outlet in status.outlets)
    yield labelled("outlets", "Outlets by health.", "health", {fare.value: fares[fare] for fare in Fare})
    silent = sum(len(outlet.silent) for outlet in status.outlets if outlet.is_asked)
    yield gauge("silent_feeds", "Feeds that can be read and bring nothing new.", silent)
    pages = sum(outlet.health.pages for outlet in status.outlets)
    if pages:
        drifted = sum(outlet.health.drifted for outlet in status.outlets)
        yield gauge("drift_ratio", "Share of the latest pages that their layout did not fit.", drifted / pages)
    if status.pages:
        generic = status.generic / status.pages
        yield gauge("generic_ratio", "Share of the latest pages that were read without a layout.", generic)
    yield gauge("articles", "Articles kept.", status.articles)
    yield gauge("claims", "Claims that no reviewer rejected.", status.claims)
    if status.days:
        day = status.days[-1]
        yield gauge("day_claims", "Claims in the articles of the last whole day.", day.claims)
        if day.usual is not None:
            usual = {"low": day.usual.low, "median": day.usual.median, "high": day.usual.high}
            yield labelled("day_claims_usual", "What is usual for its weekday.", "bound", usual)


def disk_metrics(status: Status) -> Iterator[Metric]:
    """Of sizes and backups."""
    disk = status.disk
    sizes = {"database": disk.database, "wal": disk.wal, "archive": disk.archive or 0}
    yield labelled("size_bytes", "What is taken of the disk.", "what", sizes)
    free = {str(space.place): space.free for space in disk.spaces}
    yield labelled("free_bytes", "What is free where these lie.", "place", free)
    if status.backups is not None and status.backups.last_at is not None:
        yield gauge("last_backup_timestamp_seconds", "When it was made.", status.backups.last_at.timestamp())


def write_metrics(watched: Watched, rules: Rules, file: Path) -> None:
    """Write the file whole or not at all: whoever reads it meanwhile has the one before."""
    registry = CollectorRegistry()
    registry.register(StatusCollector(watched, rules))
    write_to_textfile(str(file), registry)
