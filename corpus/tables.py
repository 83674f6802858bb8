"""What a run brought, shown to a person: the claims as a table, the counts in a sentence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.records import write_line
from corpus.schema import open_database

if TYPE_CHECKING:
    from corpus.runs import RunSummary

PLAIN_WIDTH = 80

CLAIMS = """
    SELECT claims.id, article_id, articles.title, articles.url, articles.outlet, region, region_name, metric, modality,
           segment, claims.value, unit, approx, claims.text, printed_value, as_of_start, as_of_end, as_of_basis,
           speaker, speaker_role, quoted, suspect, repairs.rule AS repair
    FROM claims
    JOIN articles ON articles.id = claims.article_id
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
    """The claims as a table on stdout, each article under its headline."""
    console = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column("region", ratio=21, no_wrap=True, overflow="ellipsis")
    table.add_column("measure", ratio=16, no_wrap=True, overflow="ellipsis")
    table.add_column("value", ratio=14, justify="right", no_wrap=True)
    table.add_column("as of", ratio=10, no_wrap=True)
    table.add_column("said by", ratio=19, no_wrap=True, overflow="ellipsis")
    article = None
    for claim in load_claims(path):
        if claim["article_id"] != article:
            article = claim["article_id"]
            table.add_section()
            table.add_row()
            console_title = Text(f"{claim['title']} ({claim['outlet']})", style="italic")
            table.add_row(console_title)
        table.add_row(
            claim["region_name"] or "(several)",
            describe_measure(claim),
            describe_value(claim),
            describe_period(claim),
            claim["speaker"] or "",
        )
    console.print(table)


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
    return HEDGES.get(claim["approx"], "") + number + ("?" if claim["suspect"] else "*" if claim["repair"] else "")


def describe_period(claim: dict[str, Any]) -> str:
    if not claim["as_of_start"] or claim["as_of_basis"] in {"event", "published"}:
        return ""
    start, end = claim["as_of_start"], claim["as_of_end"]
    if start == end:
        return str(start)
    return start[:7] if start[:7] == end[:7] else f"{start[:4]}" if start[:4] == end[:4] else f"{start[:4]}–{end[:4]}"


def print_summary(summary: RunSummary, path: Path) -> None:
    """The counts of a run on stdout."""
    Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False).print(describe_run(summary, path))


def describe_run(summary: RunSummary, path: Path) -> str:
    articles = f"{summary.articles_new} new articles, {summary.articles_revised} revised"
    known = summary.articles_unchanged + summary.not_modified
    lines = [
        f"Run {summary.run} {summary.status.value}: {articles}, {known} as before, "
        f"{summary.irrelevant} not about JKN; {summary.claims} claims read from them, "
        f"{summary.repaired} repaired (*), {summary.suspect} suspect (?). All in {path}."
    ]
    if summary.errors:
        lines.append("Trouble: " + ", ".join(f"{kind} {count}" for kind, count in sorted(summary.errors.items())) + ".")
    return "\n".join(lines)
