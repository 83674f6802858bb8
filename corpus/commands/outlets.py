"""`cakupan outlets`: the registry with its outlets' health, and how a new one gets into it."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.commands.config_option import with_config, with_settings
from corpus.config import CONTACT_FORMS, Config, is_contact, load_config
from corpus.exits import Exit
from corpus.records import open_stdin, write_line
from crawler.outlets import (
    Outlet,
    State,
    load_outlets,
    outlet_of,
    parse_outlets,
    resolve_outlet,
)
from crawler.registry import check_names, registry_with

if TYPE_CHECKING:
    from corpus.health import OutletHealth
    from crawler.probe.draft import Draft
    from crawler.probe.findings import Findings


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
    if as_json:
        for outlet in chosen:
            write_line(outlet_record(outlet, (health or {}).get(outlet.domain)))
        return
    print_outlets(chosen, health)
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
    if as_json:
        write_line(outlet_record(outlet, health))
        return
    click.echo(write_outlet(outlet) + "\n" + describe_health(outlet, health))


def with_manners(command: Callable[..., None]) -> Callable[..., None]:
    """The options of what asks a site that nobody has asked before."""
    command = click.option("--allow-local", is_flag=True, help="Let a URL lead to this machine or its network.")(
        command
    )
    return click.option("--contact", help="E-mail address or web page that the site may write to.")(command)


@command.command("probe", short_help="Find out how a site can be crawled, and print its table.")
@click.argument("url")
@with_settings
@with_manners
@click.option("--json", "as_json", is_flag=True, help="Print all that was found as one JSON object.")
def probe_site(url: str, config_file: Path | None, contact: str | None, allow_local: bool, as_json: bool) -> None:
    """Find out how the site at URL announces its articles and which layout reads them, and print its table.

    The table goes to stdout, what it rests on to stderr. Some twenty requests are made, two seconds apart; robots.txt
    is obeyed. What is guessed, the regions above all, is said to be.

    Exit codes: 0 a table, 1 none.
    """
    from crawler.outlet_text import write_outlet
    from crawler.probe.draft import findings_record

    config = load_config(config_file)
    # Before twenty requests are made: a broken file is found now, and one that is yet to be made is none.
    known = registry_with(config.registry if config.registry and config.registry.exists() else None)
    findings, draft = investigate(url, contact or config.contact, allow_local or config.allow_local)
    if as_json:
        table = write_outlet(draft.outlet) if draft.outlet else None
        write_line(findings_record(findings, draft) | {"table": table})
    elif draft.outlet is not None:
        tell_whether_known(draft.outlet, known)
        click.echo(write_outlet(draft.outlet), nl=False)
    if draft.outlet is None:
        sys.exit(Exit.FAILED)


@command.command("add", short_help="Put a site into the registry of your own.")
@click.argument("url", metavar="URL|-")
@with_settings
@with_manners
def add(url: str, config_file: Path | None, contact: str | None, allow_local: bool) -> None:
    """Probe the site at URL and append its table to the file that the setting `registry` names.

    For "-" the table is read from stdin, as `cakupan outlets probe` printed it and you mended it; nothing is asked.
    A domain that is in that file already is refused.
    """
    from crawler.manners.networks import host_of
    from crawler.outlet_text import write_outlet

    config = load_config(config_file)
    file = own_registry(config)
    taken = {outlet.domain.removeprefix("www.") for outlet in load_outlets(file)} if file.exists() else set()
    if url == "-":
        text = open_stdin("a table").read().decode("utf-8", "replace")
        outlets = parse_outlets(text, "stdin")
        check_names(outlets, "stdin")
    else:
        # Before twenty requests are made; where the site redirects to, only they tell.
        url = usable_address(url)
        refuse_taken(host_of(url), taken, file)
        _, draft = investigate(url, contact or config.contact, allow_local or config.allow_local)
        if draft.outlet is None:
            sys.exit(Exit.FAILED)
        outlets = (draft.outlet,)
    if not outlets:
        raise click.ClickException("there is no table on stdin.")
    for outlet in outlets:
        refuse_taken(outlet.domain, taken, file)
        tell_whether_known(outlet, registry_with(None))
    append(file, "\n".join(write_outlet(outlet) for outlet in outlets))
    for outlet in outlets:
        click.echo(f"Added {outlet.domain} to {file}. Next: cakupan run {outlet.domain} --limit 5")


def refuse_taken(domain: str, taken: set[str], file: Path) -> None:
    """Raise click.ClickException where the file has a table of this domain, with `www.` or without."""
    if domain.removeprefix("www.") in taken:
        raise click.ClickException(f"{domain} is in {file} already. Mend its table there.")


def usable_address(url: str) -> str:
    """The address of a site, `https://` where it names no scheme; raises click.UsageError where it can be none."""
    from crawler.errors import UnusableAddress
    from crawler.fetch import check_address

    url = url if "://" in url else f"https://{url}"
    try:
        check_address(url)
    except UnusableAddress as problem:
        raise click.UsageError(f"{problem}.") from problem
    return url


def investigate(url: str, contact: str | None, allow_local: bool) -> tuple[Findings, Draft]:
    """Probe a site and tell on stderr what was found; raises click errors, or what `probe` raises."""
    from crawler.manners.addresses import is_local
    from crawler.probe.ask import probe
    from crawler.probe.draft import describe, draft_outlet
    from crawler.settings import crawl_settings

    if contact is not None and not is_contact(contact):
        raise click.BadParameter(f"{contact!r} {CONTACT_FORMS}", param_hint="--contact")
    url = usable_address(url)
    if not contact and not (allow_local and is_local(url)):
        raise click.ClickException(
            "sites must be able to reach whoever asks them. Give an e-mail address or web page with --contact, "
            "or set `contact` in cakupan.toml (`cakupan init` writes one)."
        )
    # What went wrong is told by the findings, once.
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)
    today = dt.datetime.now(dt.UTC).date()
    watch = (lambda address: click.echo(f"  {address}", err=True)) if sys.stderr.isatty() else None
    try:
        findings = probe(url, crawl_settings(contact, allow_local=allow_local), today=today, watch=watch)
    except KeyboardInterrupt:
        click.echo("Interrupted.", err=True)
        sys.exit(Exit.INTERRUPTED)
    draft = draft_outlet(findings, today)
    for sentence in describe(findings, draft):
        click.echo(sentence, err=True)
    return findings, draft


def tell_whether_known(outlet: Outlet, known: tuple[Outlet, ...]) -> None:
    """Say so on stderr where the registry has this outlet, or one that it lies under."""
    there = outlet_of(f"https://{outlet.domain}/", known)
    if there is not None and there.domain.removeprefix("www.") == outlet.domain:
        click.echo(
            f"The registry has {there.domain} already, {there.state.value}; a table of yours overrules it.", err=True
        )
    elif there is not None:
        click.echo(f"Until now its pages counted as those of {there.domain}.", err=True)


def append(file: Path, text: str) -> None:
    """Write tables behind those of a file, or make it."""
    there = file.read_text(encoding="utf-8") if file.exists() else ""
    gap = "" if not there else "\n" if there.endswith("\n") else "\n\n"
    try:
        with file.open("a", encoding="utf-8") as handle:
            handle.write(gap + text)
    except OSError as problem:
        raise click.ClickException(f"{file} cannot be written ({problem.strerror}).") from problem


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
