"""`cakupan contradictions`: figures for one region, measure and time that cannot both be right."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from extract.models import Region

from corpus.commands.config_option import with_config
from corpus.commands.region_option import REGION
from corpus.config import load_config
from corpus.records import write_line
from extract.models import Metric


@click.command("contradictions")
@with_config
@click.option("--region", type=REGION, help="Only of this region; of a province, with all its regions.")
@click.option("--metric", type=click.Choice([metric.value for metric in Metric]), help="Only this measure.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many, the latest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a contradiction.")
def command(
    config_file: Path | None,
    database: Path | None,
    region: Region | None,
    metric: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Show what different sources tell of one region, measure and time that cannot be one value, with their words.

    Values that agree within their rounding, copies of one text, and figures that the text does not date are none.
    """
    from corpus.compare.histories import find_contradictions
    from corpus.schema import open_database

    path = database or load_config(config_file).database
    with contextlib.closing(open_database(path, read_only=True)) as db:
        found = list(find_contradictions(db, region.code if region else None, metric, limit + 1))
    more, found = len(found) > limit, found[:limit]
    if more:
        click.echo(f"There are more than these {limit}, the latest; see --limit, --region and --metric.", err=True)
    if as_json:
        for dispute in found:
            write_line(dispute)
        return
    for dispute in found:
        print_contradiction(dispute)
    number = f"{len(found)} contradiction{'' if len(found) == 1 else 's'}"
    click.echo(f"{number if found else 'No contradiction'} in {path}.")


def print_contradiction(dispute: dict[str, Any]) -> None:
    """One contradiction on stdout: each side with its quotes and addresses."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    from corpus.tables import counted, describe_measure, describe_period, describe_value, find_text, screen_width

    console = Console(width=screen_width(), highlight=False)
    measure = describe_measure({**dispute, "modality": "reported"})
    when = describe_period({**dispute, "as_of_basis": "explicit"})
    sources = counted(dispute["sources"], "independent source")
    console.print(Text(f"{dispute['region_name']}, {measure}, {when} ({sources})", style="bold"))
    for side in dispute["sides"]:
        value = describe_value({**side[0], "suspect": False, "disputed": False, "repair": None})
        console.print(Text(f"  {value}", style="italic"))
        for claim in side:
            who = ", ".join(name for name in (claim["speaker"], claim["speaker_role"], claim["outlet"]) if name)
            said = ": ".join(part for part in (who, claim["quote"] or "(its text was taken out)") if part)
            console.print(Padding(Text(said), (0, 0, 0, 4)))
            # Unbroken, so that it can be copied.
            click.echo(f"    {find_text(claim)}")
    console.print()
