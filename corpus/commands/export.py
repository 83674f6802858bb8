"""`cakupan export`: a dataset to publish, in one folder."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.commands.config_option import with_config
from corpus.commands.day_option import DAY
from corpus.commands.region_option import REGION
from corpus.config import load_config
from corpus.progress import track
from extract.models import Metric

if TYPE_CHECKING:
    from corpus.export.publish import Export
    from corpus.export.resources import Resource
    from extract.models import Region

FOLDER = click.Path(file_okay=False, path_type=Path)
NAME, ROWS, SIZE = 16, 10, 17  # columns; together 77 wide


@click.command("export")
@with_config
@click.option(
    "--to",
    "place",
    type=FOLDER,
    required=True,
    metavar="DIR",
    help="The folder to write; an earlier export there is replaced.",
)
@click.option("--since", type=DAY, help="Only claims for this day or later.")
@click.option(
    "--region",
    "regions",
    type=REGION,
    multiple=True,
    metavar="CODE|NAME",
    help="Only about this region; a province with all in it. May be repeated.",
)
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    type=click.Choice([metric.value for metric in Metric]),
    metavar="METRIC",
    help="Only this metric, such as coverage_rate. May be repeated.",
)
@click.option("--reviewed", is_flag=True, help="Only claims that a person accepted or corrected.")
@click.option("--with-text", is_flag=True, help="The texts of articles too: they are their publishers'.")
@click.option(
    "--release", "version", metavar="VERSION", help="Version, such as 1.4.0; else the last day of the data, 2026.1.28."
)
@click.option(
    "--previous", type=FOLDER, metavar="DIR", help="An earlier export: CHANGES.md tells what differs from it."
)
@click.option("--parquet/--no-parquet", default=None, help="Parquet or none; else where pyarrow is installed.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def command(
    config_file: Path | None,
    database: Path | None,
    place: Path,
    since: dt.date | None,
    regions: tuple[Region, ...],
    metrics: tuple[str, ...],
    reviewed: bool,
    with_text: bool,
    version: str | None,
    previous: Path | None,
    parquet: bool | None,
    as_json: bool,
) -> None:
    """Write claims as CSV, JSON Lines, Parquet, JSON-LD and SQLite, with a data package, a datasheet and a citation.

    Claims come as they stand after review, with the sentence they stand in and a link, without the texts of articles.
    The same database gives the same files, byte for byte. The folder is replaced in one step, once it is whole; one
    that holds anything else is left alone.
    """
    from corpus.export.errors import INSTALL
    from corpus.export.publish import VERSION, ExportSettings, export
    from corpus.export.selection import Selection

    if version is not None and not VERSION.fullmatch(version):
        raise click.UsageError(f"--release {version}: write it like 1.4.0, 1.4.0-rc.1 or 2026.1.28.")
    selection = Selection(
        since=since,
        regions=tuple(sorted({region.code for region in regions})),
        metrics=tuple(sorted({Metric(metric) for metric in metrics})),
        reviewed=reviewed,
        with_text=with_text,
    )
    settings = ExportSettings(selection, version, previous, parquet)
    done = export(database or load_config(config_file).database, place, settings, watch=watch)
    if as_json:
        click.echo(json.dumps(summary(done), ensure_ascii=False))
    else:
        show(done)
    if not done.has_parquet and parquet is None:
        click.echo(f"Parquet was left out, for it needs pyarrow. {INSTALL}", err=True)


def watch(resources: Sequence[Resource]) -> Iterable[Resource]:
    """Show how far the tables are."""
    return track(resources, "Exporting", total=len(resources))


def summary(done: Export) -> dict[str, object]:
    """What a program may want to know."""
    record: dict[str, object] = {
        "folder": str(done.folder),
        "version": done.release.version,
        "data_until": done.release.data_until,
        "files": [{"path": file.path, "rows": file.rows, "bytes": file.size_bytes} for file in done.files],
    }
    return record | ({"changes": dict(sorted(done.changes.changes.items()))} if done.changes is not None else {})


def show(done: Export) -> None:
    """The tables with the size of each file, the other files, and what to do with them."""
    kinds = [kind for kind in ("csv", "jsonl", "parquet") if kind != "parquet" or done.has_parquet]
    tables: dict[str, tuple[int, dict[str, int]]] = {}
    for file in done.files:
        kind, _, name = file.path.partition("/")
        if name and file.rows is not None:
            tables.setdefault(name.partition(".")[0], (file.rows, {}))[1][kind] = file.size_bytes
    heads = "".join(f"{f'{kind}, bytes':>{SIZE}}" for kind in kinds)
    click.echo(f"{'':<{NAME}}{'rows':>{ROWS}}{heads}")
    for name, (rows, sizes) in tables.items():
        click.echo(f"{name:<{NAME}}{rows:>{ROWS},}" + "".join(f"{sizes[kind]:>{SIZE},}" for kind in kinds))
    others = [f"{file.path} ({file.size_bytes:,})" for file in done.files if "/" not in file.path]
    click.echo(f"\nBesides, with their bytes: {', '.join(others)}.")
    click.echo(f"Release {done.release.version}, data up to {done.release.data_until}, in {done.folder}.")
    if done.changes is not None:
        told = ", ".join(f"{number:,} {kind}" for kind, number in sorted(done.changes.changes.items()))
        click.echo(f"Against the earlier release: {told or 'no claim differs'}.")
    click.echo("What is in it, what is missing and how to cite it is told in its DATASHEET.md.")
