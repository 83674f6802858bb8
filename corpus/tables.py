"""What a run brought, shown to a person: the claims as a table, the counts in a sentence."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.records import write_line
from corpus.schema import open_database

if TYPE_CHECKING:
    from corpus.runs import RunSummary

WIDTH = 80
COLUMNS: tuple[tuple[int, Literal["left", "right"]], ...] = (
    (1, "left"),
    (22, "left"),
    (18, "left"),
    (13, "right"),
    (10, "left"),
    (11, "left"),
)

CLAIMS = """
    SELECT claims.id, article_id, articles.title, articles.url, articles.outlet,
           coalesce(outlets.name, articles.outlet) AS outlet_name, region, region_name, metric, modality,
           segment, claims.value, unit, approx, claims.text, printed_value, as_of_start, as_of_end, as_of_basis,
           speaker, speaker_role, quoted, suspect, repairs.rule AS repair
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
    """The claims on stdout, a small table under each headline; 80 columns wide, whatever the screen."""
    console = Console(width=WIDTH, highlight=False)
    for (title, outlet), claims in groupby(load_claims(path), key=lambda claim: (claim["title"], claim["outlet_name"])):
        console.print(Text(f"{title} ({outlet})", style="bold"))
        table = Table.grid(padding=(0, 1))
        for width, justify in COLUMNS:
            table.add_column(width=width, no_wrap=True, overflow="ellipsis", justify=justify)
        for claim in claims:
            region = claim["region_name"] or "(several regions)"
            period, speaker = describe_period(claim), claim["speaker"] or ""
            table.add_row("", region, describe_measure(claim), describe_value(claim), period, speaker)
        console.print(table)
        console.print()


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
    Console(width=WIDTH, highlight=False).print(describe_run(summary, path))


def describe_end(summary: RunSummary) -> str:
    nobody = summary.pages_fetched + summary.not_modified == 0 and "unreachable" in summary.errors
    return "reached no outlet" if nobody else summary.status.value


def describe_run(summary: RunSummary, path: Path) -> str:
    articles = f"{summary.articles_new} new articles, {summary.articles_revised} revised"
    known = summary.articles_unchanged + summary.not_modified
    lines = [
        f"Run {summary.run} {describe_end(summary)}: {articles}, {known} as before, "
        f"{summary.irrelevant} not about JKN; {summary.claims} claims read from them, "
        f"{summary.repaired} repaired (*), {summary.suspect} suspect (?). All in {path}."
    ]
    if summary.errors:
        lines.append("Trouble: " + ", ".join(f"{kind} {count}" for kind, count in sorted(summary.errors.items())) + ".")
    return "\n".join(lines)
