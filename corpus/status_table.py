"""A status shown to a person: within 80 columns, with colours on a terminal and plain otherwise; or as a record."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from corpus.tables import counted, screen_width
from corpus.unattended.alarms import minute
from corpus.unattended.disk import describe_size
from corpus.unattended.status import Fare, OutletFacts, RunFacts, Status
from corpus.unattended.usual import DayOfClaims
from corpus.unattended.watch import Watched

MOST_NAMED = 8
"""So many outlets are named of each kind; `cakupan outlets` has all."""
COLOURS = {"finished": "green", "failed": "red", "killed": "red"}
COUNTS = {
    "articles_new": "new",
    "articles_revised": "revised",
    "claims": "claims",
    "unread": "unread",
}
"""What is told of a run, with the heading of its column."""


def print_status(watched: Watched) -> None:
    """All of it on stdout: alarms first, for they are what one looks for."""
    status = watched.status
    console = Console(width=screen_width(), highlight=False, soft_wrap=False)
    head(console, "Alarms", counted(len(watched.alarms), "alarm") if watched.alarms else "none")
    for (rule, advice), alarms in groupby(watched.alarms, lambda alarm: (alarm.rule, alarm.advice)):
        for alarm in alarms:
            since = watched.since.get(alarm.id)
            known = f" Since {minute(dt.datetime.fromisoformat(since))}." if since else ""
            say(console, alarm.sentence + known, first="! ", style="bold red")
        say(console, f"{advice} [{rule}]", first="  > ", hanging=4)
    if not status.runs:
        head(console, "Runs", "none")
        say(console, f"No run yet in {status.database}; `cakupan run` makes the first.")
    else:
        head(console, "Runs", f"the last {len(status.runs)}")
        console.print(runs_table(status))
    if status.outlets:
        print_outlets(console, status)
    if status.days:
        head(console, "Claims a day", "by day of publication; usual is the same weekday of earlier weeks")
        console.print(days_table(status.days))
        if not status.days[-1].usual:
            say(console, "Runs do not reach back far enough yet to say what is usual.")
    head(console, "Disk", "")
    for line in disk_lines(status):
        say(console, line)


def head(console: Console, title: str, remark: str) -> None:
    """The heading of a part."""
    console.print(f"\n[bold]{title}[/bold]" + (f" [dim]· {escape(remark)}[/dim]" if remark else ""))


def say(console: Console, text: str, *, first: str = "  ", hanging: int = 2, style: str = "") -> None:
    """A sentence in lines as wide as the screen; `first` stands before it, the other lines hang so far."""
    lines = textwrap.wrap(text, console.width, initial_indent=first, subsequent_indent=" " * hanging)
    console.print(Text("\n".join(lines), style), soft_wrap=True)


def grid(*columns: tuple[str, bool]) -> Table:
    """An empty table with these headings; True for numbers."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for heading, is_number in columns:
        table.add_column(heading, justify="right" if is_number else "left", no_wrap=True)
    return table


def runs_table(status: Status) -> Table:
    """The latest runs, the newest first."""
    numbers = [(heading, True) for heading in COUNTS.values()]
    table = grid(("  run", True), ("kind", False), ("ended", False), ("begun (UTC)", False), ("took", True), *numbers)
    for run in status.runs:
        colour = COLOURS.get(run.how, "yellow")
        counts = [str(run.counts.get(name, "")) for name in COUNTS]
        begun = f"{run.started_at.astimezone(dt.UTC):%Y-%m-%d %H:%M}"
        table.add_row(str(run.id), run.kind, f"[{colour}]{run.how}[/{colour}]", begun, took(run), *counts)
    return table


def took(run: RunFacts) -> str:
    """How long a run took, in hours, minutes and seconds: "1:05:20"."""
    return "" if run.seconds is None else str(dt.timedelta(seconds=round(run.seconds)))


def print_outlets(console: Console, status: Status) -> None:
    """Outlets by health, then shares of their latest pages."""
    fares = Counter(outlet.fare for outlet in status.outlets)
    remark = f"{counted(len(status.outlets), 'outlet')}, {counted(status.articles, 'article')}"
    head(console, "Outlets", f"{remark}, {counted(status.claims, 'claim')}")
    for fare in Fare:
        if fares[fare]:
            say(console, name_outlets(status, fare), first=f"{fares[fare]:>5}  {fare.value:<15}", hanging=22)
    silent = [one for outlet in status.outlets if outlet.is_asked for one in outlet.silent]
    asked = sum(len(outlet.listings) for outlet in status.outlets if outlet.is_asked)
    say(console, f"Silent feeds: {len(silent)} of {asked} (`cakupan outlets show NAME` tells which).")
    say(console, f"Layout does not fit: {drift_of(status)}.")
    say(console, f"Read without a layout: {generic_of(status)}.")


def name_outlets(status: Status, fare: Fare) -> str:
    """The outlets that fare so, but not too many."""
    names = [outlet.domain for outlet in status.outlets if outlet.fare is fare]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def drift_of(status: Status) -> str:
    """How many of the latest pages did not fit their layout, and whose."""
    pages = sum(outlet.health.pages for outlet in status.outlets)
    drifted = [outlet for outlet in status.outlets if outlet.health.drifted]
    told = share(sum(outlet.health.drifted for outlet in drifted), pages)
    return told + worst(drifted, lambda outlet: (outlet.health.drifted, outlet.health.pages))


def generic_of(status: Status) -> str:
    """How many of the latest pages no layout fitted, and whose."""
    generic = [outlet for outlet in status.outlets if outlet.generic]
    return share(status.generic, status.pages) + worst(generic, lambda outlet: (outlet.generic, outlet.pages))


def worst(outlets: list[OutletFacts], shares: Callable[[OutletFacts], tuple[int, int]]) -> str:
    """The outlets with the most such pages: " (kabar.example 5 of 6)"."""
    most = sorted(outlets, key=lambda outlet: -shares(outlet)[0])[:3]
    named = ", ".join(f"{outlet.domain} {shares(outlet)[0]} of {shares(outlet)[1]}" for outlet in most)
    return f" ({named})" if named else ""


def share(part: int, whole: int) -> str:
    """A share of pages: "3 of the last 14 pages, 21 %"."""
    return f"{part} of the last {counted(whole, 'page')}, {100 * part / whole:.0f} %" if whole else "no pages yet"


def days_table(days: tuple[DayOfClaims, ...]) -> Table:
    """The latest days beside what is usual for them, the newest first."""
    known = (
        (("usual", True), ("median", True), ("of weeks", True), ("", False)) if any(one.usual for one in days) else ()
    )
    table = grid(("  day", False), ("claims", True), *known)
    for day in reversed(days):
        usual = day.usual
        told = (f"{usual.low}-{usual.high}", f"{usual.median:g}", str(usual.weeks)) if usual else ("", "", "")
        mark = "[red]unusual[/red]" if day.is_unusual else ""
        table.add_row(f"  {day.day:%a} {day.day}", str(day.claims), *((*told, mark) if known else ()))
    return table


def disk_lines(status: Status) -> Iterator[str]:
    """Sizes, free space and the last backup."""
    disk = status.disk
    archive = f", archive {describe_size(disk.archive)}" if disk.archive is not None else ", no archive"
    yield f"Database {describe_size(disk.database)}, its WAL {describe_size(disk.wal)}{archive}."
    for space in disk.spaces:
        percent = 100 * space.free / space.total if space.total else 0
        yield f"Free where {space.place} lies: {describe_size(space.free)} ({percent:.0f} %)."
    backups = status.backups
    if backups is None:
        yield "Backups: none (`cakupan backup` makes one)."
    elif backups.last_at is None:
        yield f"Backups: none in {backups.folder}."
    else:
        yield f"Last backup: {minute(backups.last_at)}, in {backups.folder}."


def describe_alarms(watched: Watched) -> str:
    """What a run says of alarms at its end: a line each, and what became of telling; empty where there is nothing."""
    lines = []
    for advice, alarms in groupby(watched.alarms, lambda alarm: alarm.advice):
        lines += [*(f"Alarm: {alarm.sentence}" for alarm in alarms), advice]
    return "\n".join(filter(None, [*lines, describe_telling(watched)]))


def describe_telling(watched: Watched) -> str:
    """What became of telling, a line a channel."""
    lines = []
    for channel, number in watched.told.items():
        lines.append(f"Told by {channel}: {counted(number, 'change')} of alarms.")
    for channel, problem in watched.untold.items():
        lines.append(f"Not told by {channel}, kept for the next run: {problem}.")
    return "\n".join(lines)
