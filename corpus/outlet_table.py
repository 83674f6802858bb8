"""Outlets and their health, shown to a person or written as a record."""

from __future__ import annotations

import datetime as dt
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from corpus.health import ListingHealth, OutletHealth
from corpus.unattended.rules import load_rules
from crawler.outlets import Outlet, State, Way
from extract.models import RegionLevel
from extract.regions.gazetteer import load_gazetteer

WIDEST = 120
# Columns beside the outlet's, which takes what is left of the screen.
STATE, REGIONS, KEPT, READ = 11, 20, 5, 10
HEADING = ("outlet", "state", "serves", "kept", "read")
MOST_LISTINGS = 20


def screen_width() -> int:
    """The columns of the terminal; 80 where there is none."""
    return max(80, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


def print_outlets(outlets: Sequence[Outlet], health: Mapping[str, OutletHealth] | None) -> None:
    """One line an outlet, what is wrong with it below, and a summary of all."""
    width = screen_width()
    if outlets:
        click.echo(line_of(HEADING, width))
    for outlet in outlets:
        known = (health or {}).get(outlet.domain)
        kept = str(known.kept) if known else ""
        read = (known.last_read_at or "")[:10] if known else ""
        click.echo(line_of((outlet.domain, outlet.state.value, describe_regions(outlet), kept, read), width))
        for remark in remarks(known) if known else ():
            click.echo(textwrap.fill(remark, width, initial_indent="    ! ", subsequent_indent="      "))
    click.echo()
    click.echo(textwrap.fill(describe_all(outlets), width))


def line_of(cells: tuple[str, str, str, str, str], width: int) -> str:
    """Cells side by side; a name that is too long for its column loses its end."""
    outlet, state, regions, kept, read = cells
    first = width - STATE - REGIONS - KEPT - READ - 4
    line = f"{cut(outlet, first)} {cut(state, STATE)} {cut(regions, REGIONS)} {kept:>{KEPT}} {read:<{READ}}"
    return line.rstrip()


def cut(text: str, width: int) -> str:
    """The text in exactly so many columns."""
    return f"{text:<{width}}" if len(text) <= width else text[: width - 1] + "…"


def describe_regions(outlet: Outlet) -> str:
    """The first region by name and how many more: "Papua +2"."""
    if outlet.regions == ("0",):
        return "the nation"
    regions = load_gazetteer().regions
    first = outlet.regions[0]
    name = regions[first].name.replace("Kabupaten ", "Kab. ") if first in regions else first
    more = f" +{len(outlet.regions) - 1}" if len(outlet.regions) > 1 else ""
    return name + more if len(name + more) <= REGIONS else cut(name, REGIONS - len(more)) + more


def remarks(health: OutletHealth) -> Iterator[str]:
    """What is wrong with an outlet, in plain words; nothing where all is well."""
    worst = health.worst
    if worst is not None:
        again = f"; next attempt {minute(worst.next_attempt_at)}" if worst.next_attempt_at else ""
        yield f"{describe_failures(worst)} at {worst.url}{again}"
    if until := health.left_until:
        yield f"left alone until {minute(until)}, as its server asks"
    if has_drifted(health):
        yield (
            f"its layout no longer fits {health.drifted} of the last {health.pages} pages"
            f" (not found: {', '.join(health.drift)})"
        )
    if since := health.silent_since:
        yield f"nothing new since {since}"


def has_drifted(health: OutletHealth) -> bool:
    """Whether a layout fails on a share of pages that alarms are raised for, if of fewer pages than those take."""
    return health.drift_share is not None and health.drift_share >= (load_rules().alarms["drift"].threshold or 0)


def describe_failures(listing: ListingHealth) -> str:
    """What went wrong and how often: "http_404 once"."""
    times = "once" if listing.failures == 1 else f"{listing.failures} times in a row"
    return f"{listing.problem} {times}"


def minute(moment: str | None) -> str:
    """A stored time without seconds."""
    return dt.datetime.fromisoformat(moment).astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC") if moment else ""


def describe_all(outlets: Sequence[Outlet]) -> str:
    """How many are in each state, and which provinces have no recorded outlet of their own."""
    states = Counter(outlet.state for outlet in outlets)
    counts = ", ".join(f"{states[state]} {state.value}" for state in State)
    served = {outlet_region[:2] for outlet in outlets for outlet_region in outlet.regions} - {"0"}
    recorded = {region[:2] for outlet in outlets if outlet.state is State.RECORDED for region in outlet.regions}
    regions = load_gazetteer().regions
    provinces = {code: region.name for code, region in regions.items() if region.level is RegionLevel.PROVINCE}
    having = [name for code, name in provinces.items() if code in recorded]
    lacking = [name for code, name in provinces.items() if code in served - recorded]
    unserved = [name for code, name in provinces.items() if code not in served]
    if not lacking:
        told = ""
    elif len(lacking) <= len(having) or len(lacking) <= 5:
        told = f" Provinces without a recorded outlet of their own: {', '.join(lacking)}."
    else:
        told = f" Provinces with a recorded outlet of their own: {', '.join(having) or 'none'}; {len(lacking)} without."
    if unserved and len(unserved) < len(provinces) // 2:
        told += f" No outlet at all serves {', '.join(unserved)}."
    noun = "outlet" if len(outlets) == 1 else "outlets"
    return f"{len(outlets)} {noun}: {counts}.{told}"


def describe_health(outlet: Outlet, health: OutletHealth | None) -> str:
    """What is known of an outlet and of each of its listings, in lines."""
    lines = [f"Serves {names_of(outlet)}."]
    if health is None:
        lines.append("It has not been crawled into this database.")
        return "\n".join(lines)
    lines.append(f"{health.kept} articles kept, {health.pending} pages still to ask.")
    lines += [sentence(remark) for remark in remarks(health)]
    # A list by days has an address for each of them.
    latest = sorted(health.listings, key=lambda listing: listing.last_read_at or "", reverse=True)[:MOST_LISTINGS]
    for listing in latest:
        lines += ["", f"{listing.way}  {listing.url}", f"    {describe_listing(listing)}"]
    if len(health.listings) > len(latest):
        lines += ["", f"And {len(health.listings) - len(latest)} more, read longer ago."]
    return "\n".join(lines)


def sentence(remark: str) -> str:
    """A remark with a capital and a full stop, unless it begins with the name of a problem."""
    return (remark if "_" in remark.split()[0] else remark[0].upper() + remark[1:]) + "."


def names_of(outlet: Outlet) -> str:
    """The regions it serves, by name."""
    regions = load_gazetteer().regions
    return ", ".join(regions[code].name if code in regions else code for code in outlet.regions)


def describe_listing(listing: ListingHealth) -> str:
    """What the last readings of a listing brought, on one line."""
    parts = []
    if listing.last_read_at:
        parts.append(f"read {minute(listing.last_read_at)}, {listing.entries} entries")
    if listing.newest_story:
        parts.append(f"newest story {listing.newest_story}")
    if listing.failures:
        again = f", next attempt {minute(listing.next_attempt_at)}" if listing.next_attempt_at else ""
        parts.append(f"{describe_failures(listing)}{again}")
    if since := listing.silent_since:
        parts.append(f"nothing new since {since}")
    return "; ".join(parts) or "never asked"


def outlet_record(outlet: Outlet, health: OutletHealth | None) -> dict[str, Any]:
    """All that is known of an outlet; `health` is None where it has not been crawled."""
    return {
        "domain": outlet.domain,
        "name": outlet.name,
        "regions": list(outlet.regions),
        "ways": {
            way.value: [found.url for found in outlet.ways if found.way is way]
            for way in Way
            if any(found.way is way for found in outlet.ways)
        },
        "layout": outlet.layout,
        "article": outlet.article.pattern if outlet.article else None,
        "zone": outlet.zone,
        "judge": outlet.judge.value,
        "search": list(outlet.search),
        "pages": list(outlet.pages),
        "state": outlet.state.value,
        "source": outlet.source,
        "health": health_record(health) if health else None,
    }


def health_record(health: OutletHealth) -> dict[str, Any]:
    """Times in UTC, days as they are told."""
    worst = health.worst
    return {
        "articles": health.kept,
        "pending": health.pending,
        "last_read_at": health.last_read_at,
        "failures": worst.failures if worst else 0,
        "problem": worst.problem if worst else None,
        "next_attempt_at": health.next_attempt_at,
        "pages": health.pages,
        "drifted": health.drifted,
        "drift": list(health.drift),
        "silent_since": health.silent_since,
        "listings": [
            {
                "url": one.url,
                "way": one.way,
                "entries": one.entries,
                "newest_story": one.newest_story,
                "last_read_at": one.last_read_at,
                "last_new_at": one.last_new_at,
                "failures": one.failures,
                "problem": one.problem,
                "next_attempt_at": one.next_attempt_at,
                "silent_since": one.silent_since,
            }
            for one in health.listings
        ],
    }
