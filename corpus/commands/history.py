"""`cakupan history`: what was told of a region, or by a person, day by day."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.commands.config_option import with_config
from corpus.commands.region_option import REGION
from corpus.config import load_config
from corpus.records import write_line
from extract.models import Metric

if TYPE_CHECKING:
    from corpus.compare.histories import Row
    from extract.models import Region


@click.command("history")
@click.argument("region", type=REGION, required=False)
@with_config
@click.option("--speaker", metavar="NAME", help="What this person told, under any spelling, instead of a region.")
@click.option("--metric", type=click.Choice([metric.value for metric in Metric]), help="Only this measure.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def command(
    region: Region | None,
    config_file: Path | None,
    database: Path | None,
    speaker: str | None,
    metric: str | None,
    as_json: bool,
) -> None:
    """Tell what was reported of REGION (a Kemendagri code or any name in use), measure by measure and day by day.

    A line is one value of one day, with where an article that tells it is found below. Sources are counted, not pages:
    copies of one text are one source.
    Marked are values that are garbled and unsettled (?), that a check of their article calls suspect (!), that are too
    far from the one before for the time between (^), and that another source contradicts for the same time (≠).
    What a reviewer rejected is left out; of more than 300 claims the latest are told.
    """
    from corpus.compare.histories import find_people, history_of_person, history_of_region
    from corpus.schema import open_database

    if region is None and speaker is None:
        raise click.UsageError("Name a region or, with --speaker, a person.")
    if region is not None and speaker is not None:
        raise click.UsageError("A region has one history and a person another: leave REGION or --speaker out.")
    path = database or load_config(config_file).database
    with contextlib.closing(open_database(path, read_only=True)) as db:
        if region is not None:
            found = [(region.name, history_of_region(db, region.code, metric))]
        else:
            people = find_people(db, speaker or "")
            if not people:
                raise click.ClickException(f"nobody called {speaker!r} is quoted in {path}. Try a part of the name.")
            found = [
                (
                    person.name + (f", {person.role}" if person.role else ""),
                    history_of_person(db, person.id, metric),
                )
                for person in people
            ]
        if not any(rows for _, rows in found):
            raise click.ClickException(f"{path} holds no such claim of {found[0][0]}.")
    if as_json:
        for _, rows in found:
            for row in rows:
                write_line(dict(row))
        return
    for heading, rows in found:
        print_history(heading, rows, with_region=speaker is not None)


def print_history(heading: str, rows: Sequence[Row], *, with_region: bool) -> None:
    """A history on stdout, as wide as the screen: a table under each measure."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from corpus.tables import counted, describe_measure, describe_value, find_text, screen_width

    width = screen_width()
    console = Console(width=width, highlight=False)
    console.print(Text(heading, style="bold"))
    marked = False
    for _, group in groupby(rows, key=lambda row: (row["region"], row["metric"], row["segment"])):
        claims = list(group)
        measure = describe_measure({**claims[0], "modality": "reported"})
        console.print(Text(f"{claims[0]['region_name']}: {measure}" if with_region else measure, style="italic"))
        for row in claims:
            table = Table.grid(padding=(0, 1))
            for size, right in ((10, False), (14, True), (4, False), (10, False), (width - 43, False)):
                table.add_column(width=size, justify="right" if right else "left")
            value = describe_value({**row, "suspect": False, "disputed": False, "repair": None})
            marks = mark(row)
            marked = marked or bool(marks)
            sources = counted(row["sources"], "source")
            who = ", ".join(name for name in (row["speaker"], row["outlet"]) if name)
            table.add_row(row["day"] or "", value, marks, sources, who)
            console.print(table)
            # Unbroken, so that it can be copied.
            click.echo(f"{'':11}{find_text(row)}")
    if marked:
        console.print("? unsettled   ! suspect   ^ too large a step   ≠ other sources differ")
    console.print()


def mark(row: dict[str, Any] | Row) -> str:
    """The marks of a line."""
    signs = (("suspect", "?"), ("disputed", "!"), ("jump", "^"), ("contradicted", "≠"))
    return "".join(sign for name, sign in signs if row[name])
