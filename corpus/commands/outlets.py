"""`cakupan outlets`: the registry with its outlets' health, and how a new one gets into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.config import Config, load_config, with_config
from corpus.records import write_line
from crawler.outlets import Outlet, State, registry_with, resolve_outlet

if TYPE_CHECKING:
    from corpus.health import OutletHealth


class OutletsGroup(click.Group):
    """A group whose first word may be left out: what is no subcommand is listed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        asks_for_help = bool({"-h", "--help"} & set(args[:1]))
        if not asks_for_help and not (args and args[0] in self.commands):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group("outlets", cls=OutletsGroup)
def command() -> None:
    """The outlets of the registry: who they are, how they fare, and how to add one.

    `cakupan outlets` alone lists all, `cakupan outlets NAME...` some; the options are those of `cakupan outlets list`.
    """


@command.command("list", short_help="List outlets with what the database knows of them.")
@click.argument("names", nargs=-1)
@with_config
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object an outlet.")
@click.option("--province", help="Only those that serve this province: its code (81) or name (Maluku).")
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only those in this state.")
def list_outlets(
    names: tuple[str, ...],
    config_file: Path | None,
    database: Path | None,
    as_json: bool,
    province: str | None,
    state: str | None,
) -> None:
    """List outlets (NAMES are domains or names; all if none) with what the database knows of them.

    Kept are its articles on JKN, read is the day of the last listing that could be read. Lines below an outlet tell of
    failures, of a layout that no longer fits, and since when nothing new has come.
    """
    from corpus.outlet_table import outlet_record, print_outlets

    config = load_config(config_file)
    known = registry_with(config.registry)
    chosen = [resolve_outlet(name, known) for name in names] or list(known)
    if province is not None:
        code = parse_province(province)
        chosen = [outlet for outlet in chosen if any(region.startswith(code) for region in outlet.regions)]
    if state is not None:
        chosen = [outlet for outlet in chosen if outlet.state == state]
    path = database or config.database
    health = read_health(path, asked=database is not None)
    today = dt.datetime.now(dt.UTC).date()
    if as_json:
        for outlet in chosen:
            write_line(outlet_record(outlet, (health or {}).get(outlet.domain), today))
        return
    print_outlets(chosen, health, today)
    if health is None:
        click.echo(f"There is no database at {path} yet, so nothing is known of how they fare.", err=True)


@command.command("show", short_help="One outlet in full, with each of its listings.")
@click.argument("name")
@with_config
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(name: str, config_file: Path | None, database: Path | None, as_json: bool) -> None:
    """Print the table of the outlet NAME (domain or name), and each of its listings as last asked."""
    from corpus.outlet_table import describe_health, outlet_record
    from crawler.outlet_text import write_outlet

    config = load_config(config_file)
    outlet = resolve_outlet(name, registry_with(config.registry))
    health = (read_health(database or config.database, asked=database is not None) or {}).get(outlet.domain)
    today = dt.datetime.now(dt.UTC).date()
    if as_json:
        write_line(outlet_record(outlet, health, today))
        return
    click.echo(write_outlet(outlet) + "\n" + describe_health(outlet, health, today))


def parse_province(text: str) -> str:
    """The code of a province, by its code or any of its names; raises click.BadParameter."""
    from rapidfuzz import process

    from extract.models import RegionLevel
    from extract.regions.gazetteer import load_gazetteer

    gazetteer = load_gazetteer()
    provinces = {
        code: region.name for code, region in gazetteer.regions.items() if region.level is RegionLevel.PROVINCE
    }
    text = text.strip()
    if text in provinces:
        return text
    for name in gazetteer.lookup(text):
        if name.code in provinces:
            return name.code
    near = process.extractOne(text, provinces.values(), processor=str.casefold, score_cutoff=60)
    hint = f"; did you mean {near[0]!r}?" if near else ", nor a code such as 81"
    raise click.BadParameter(f"{text!r} is no province{hint}", param_hint="--province")


def read_health(path: Path, *, asked: bool) -> Mapping[str, OutletHealth] | None:
    """What the database knows of the outlets; None where there is none and none was `asked` for."""
    from corpus.health import load_health
    from corpus.schema import open_database

    if not asked and not path.exists():
        return None
    db = open_database(path, read_only=True)
    try:
        return load_health(db)
    finally:
        db.close()


def own_registry(config: Config) -> Path:
    """The operator's own file of outlets; raises click.ClickException where no setting names one."""
    if config.registry is None:
        raise click.ClickException(
            'there is no registry of your own to add to. Put registry = "outlets.toml" into cakupan.toml '
            "(`cakupan init` writes one), or set CAKUPAN_REGISTRY."
        )
    return config.registry


def chosen_outlets(path: Path) -> tuple[Outlet, ...]:
    """All outlets, with those of the operator's own file where it is there already."""
    return registry_with(path if path.exists() else None)
