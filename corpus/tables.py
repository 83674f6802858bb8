"""What a run brought, shown to a person: the claims as a table, the counts in a sentence."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.records import write_line
from corpus.schema import open_database

if TYPE_CHECKING:
    from corpus.own_texts import LoadSummary
    from corpus.runs import RunSummary

WIDEST = 120
"""Wider lines are hard to follow, whatever the screen."""
# Heading, width on a screen of 80 columns, whether it takes a share of what is wider.
COLUMNS: tuple[tuple[str, int, bool, Literal["left", "right"]], ...] = (
    ("", 1, False, "left"),
    ("region", 22, True, "left"),
    ("measure", 18, True, "left"),
    ("value", 13, False, "right"),
    ("as of", 10, False, "left"),
    ("speaker", 11, True, "left"),
)

CLAIMS = """
    SELECT claims.id, article_id, articles.title, articles.url, articles.outlet,
           coalesce(outlets.name, articles.outlet) AS outlet_name, region, region_name, metric, modality,
           segment, claims.value, unit, approx, claims.text, printed_value, as_of_start, as_of_end, as_of_basis,
           speaker, speaker_role, quoted, suspect, repairs.rule AS repair,
           EXISTS (SELECT 1 FROM objections WHERE objections.claim_id = claims.id) AS disputed
    FROM claims
    JOIN articles ON articles.id = claims.article_id
    LEFT JOIN outlets ON outlets.domain = articles.outlet
    LEFT JOIN repairs ON repairs.claim_id = claims.id
    ORDER BY articles.published_date, articles.id, ordinal
"""

# What the vocabularies are called in a narrow column.
METRICS = {
    "coverage_rate": "coverage",
    "active_rate": "active",
    "inactive_rate": "inactive",
    "uncovered_rate": "not covered",
    "segment_rate": "in segment",
    "segment_members": "in segment",
    "active_members": "active members",
    "inactive_members": "inactive members",
    "uhc_regions": "regions at UHC",
    "other_people": "other",
    "other_rate": "other",
}
HEDGES = {"about": "~", "nearly": "↗", "over": ">", "under": "<", "at_least": "≥", "up_to": "≤"}


def load_claims(path: Path) -> list[dict[str, Any]]:
    """Every claim of a database with its article, in order of publication."""
    database = open_database(path, read_only=True)
    try:
        return list(database.query(CLAIMS))
    finally:
        database.close()


def write_claims(path: Path) -> None:
    """The claims as JSON lines on stdout."""
    for row in load_claims(path):
        write_line(row)


def print_claims(path: Path) -> None:
    """The claims on stdout, a small table under each headline; as wide as the screen, within reason."""
    width = screen_width()
    widths = share_out(width)
    console = Console(width=width, highlight=False)
    heading = make_grid(widths)
    heading.add_row(*(Text(name, style="italic") for name, _, _, _ in COLUMNS))
    console.print(heading)
    for (title, outlet), claims in groupby(load_claims(path), key=lambda claim: (claim["title"], claim["outlet_name"])):
        console.print(Text(f"{title} ({outlet})", style="bold"))
        table = make_grid(widths)
        for claim in claims:
            region = claim["region_name"] or "(several regions)"
            period, speaker = describe_period(claim), claim["speaker"] or ""
            table.add_row("", region, describe_measure(claim), describe_value(claim), period, speaker)
        console.print(table)
        console.print()


def make_grid(widths: list[int]) -> Table:
    """An empty table without lines, in columns of these widths."""
    table = Table.grid(padding=(0, 1))
    for (_, _, _, justify), width in zip(COLUMNS, widths, strict=True):
        table.add_column(width=width, no_wrap=True, overflow="ellipsis", justify=justify)
    return table


def screen_width() -> int:
    """The columns of the terminal; 80 where there is none."""
    return max(40, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


def share_out(width: int) -> list[int]:
    """The width of each column: names get what a wider screen has to spare and lose what a narrower lacks."""
    growing = [growth for _, _, growth, _ in COLUMNS]
    spare = width - 80
    shares = [spare // sum(growing) if growth else 0 for growth in growing]
    shares[growing.index(True)] += spare - sum(shares)
    return [
        max(4, usual + share) if growth else usual for (_, usual, growth, _), share in zip(COLUMNS, shares, strict=True)
    ]


def find_text(claim: Mapping[str, Any]) -> str:
    """Where the text of a claim is found: its address, else the id that a text of one's own came with, else its ID."""
    return str(claim["url"] or (f"id {claim['given_id']}" if claim["given_id"] else claim["article_id"]))


def describe_measure(claim: dict[str, Any]) -> str:
    name = METRICS.get(claim["metric"], claim["metric"])
    if claim["segment"]:
        name = claim["segment"].replace("_", " ")
    return name if claim["modality"] == "reported" else f"{name}, {claim['modality']}"


def describe_value(claim: dict[str, Any]) -> str:
    value: float = claim["value"]
    unit = claim["unit"]
    if unit == "percent":
        number = f"{value:g} %"
    elif unit == "IDR":
        number = f"Rp {value:,.0f}" if value < 1e6 else f"Rp {value / 1e6:,.10g} mn"
    else:
        number = f"{value:,.0f}"
    mark = "?" if claim["suspect"] else "!" if claim["disputed"] else "*" if claim["repair"] else ""
    return HEDGES.get(claim["approx"], "") + number + mark


def describe_period(claim: dict[str, Any]) -> str:
    if not claim["as_of_start"] or claim["as_of_basis"] in {"event", "published"}:
        return ""
    start, end = claim["as_of_start"], claim["as_of_end"]
    if start == end:
        return str(start)
    return start[:7] if start[:7] == end[:7] else f"{start[:4]}" if start[:4] == end[:4] else f"{start[:4]}–{end[:4]}"


def print_summary(summary: RunSummary, path: Path) -> None:
    """The counts of a run on stdout."""
    print_text(describe_run(summary, path))


def print_text(text: str) -> None:
    """Sentences on stdout, as wide as the screen, within reason."""
    Console(width=screen_width(), highlight=False).print(text)


def describe_end(summary: RunSummary) -> str:
    nobody = summary.pages_fetched + summary.not_modified == 0 and "unreachable" in summary.errors
    return "reached no outlet" if nobody and summary.status.value == "failed" else summary.status.value


def describe_claims(summary: RunSummary | LoadSummary, path: Path) -> str:
    """The end of the sentence on the articles that came: what was read from them, and where it is."""
    return (
        f"{summary.claims} claims read from them, {summary.repaired} repaired (*), {summary.suspect} unsettled (?), "
        f"{summary.disputed} suspect (!). All in {path}."
    )


def describe_settled(summary: RunSummary | LoadSummary) -> list[str]:
    """What earlier articles have settled, a sentence where there is anything."""
    settled = summary.settled_by_history
    return [f"Earlier articles settled {settled} unsettled figures."] if settled else []


def describe_run(summary: RunSummary, path: Path) -> str:
    articles = f"{summary.articles_new} new articles, {summary.articles_revised} revised"
    known = summary.articles_unchanged + summary.not_modified
    lines = [
        f"Run {summary.run} {describe_end(summary)}: {articles}, {known} as before, "
        f"{summary.irrelevant} not about JKN; {describe_claims(summary, path)}"
    ]
    lines += describe_settled(summary)
    if summary.outside_window:
        lines.append(f"Left out for their day, older than news or not of the days asked for: {summary.outside_window}.")
    if summary.forgotten:
        lines.append(f"Not asked for or stored, as their publishers asked: {counted(summary.forgotten, 'article')}.")
    if summary.postponed:
        lines.append(
            f"Left alone until later: {counted(summary.postponed, 'listing')} that failed again and again, or whose "
            "server asked for it (`cakupan outlets` tells which)."
        )
    if summary.drift:
        lines.append("Layouts that no longer fit: " + list_counts(summary.drift) + " (read without them meanwhile).")
    if summary.silent and summary.kind == "run":
        lines.append(f"Nothing new for long (`cakupan outlets show` tells more): {list_silent(summary.silent)}.")
    if summary.errors:
        lines.append("Trouble: " + list_counts(summary.errors) + ".")
    return "\n".join(lines)


def list_silent(silent: Mapping[str, str]) -> str:
    """The hosts of listings that bring nothing new, with the newest day of each; a search's address fills a screen."""
    days: dict[str, list[str]] = {}
    for url, day in silent.items():
        days.setdefault(urlsplit(url).netloc, []).append(day)
    return ", ".join(f"{host} since {max(of)} ({counted(len(of), 'listing')})" for host, of in days.items())


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def list_counts(counts: Mapping[str, int]) -> str:
    """Names with their numbers, in a line."""
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
