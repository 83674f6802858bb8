"""The registry of outlets: who they are, whom they serve, and where their articles are announced.

The facts are in `outlets.toml`, one short table an outlet; the spiders know ways of discovery and no outlet.
A broken table raises `RegistryError` at load.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from rapidfuzz import process

from crawler.errors import RegistryError, UnknownOutlet
from crawler.zones import ZONES

REGISTRY = Path(__file__).with_name("outlets.toml")

# A host name, or the loopback address and port of a test site.
DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?")
REGION = re.compile(r"0|\d\d(?:\.\d\d)?")


class Way(StrEnum):
    """How articles are found; each has one spider."""

    SITEMAP = "sitemap"
    FEED = "feed"
    WORDPRESS = "wordpress"
    BLOGGER = "blogger"


class State(StrEnum):
    """What is known: `recorded` means a recorded page of it passes its test."""

    RECORDED = "recorded"
    UNVERIFIED = "unverified"
    QUARANTINED = "quarantined"


class Judge(StrEnum):
    """What relevance is first judged by: the title and teaser in the listing, or only ever the whole page."""

    LISTING = "listing"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Discovery:
    """One way in: a feed or sitemap URL, or the root that WordPress' and Blogger's interfaces hang under."""

    way: Way
    url: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """One news site. `regions` are Kemendagri codes; `zone` is WIB, WITA or WIT; `source` says who knows it."""

    domain: str
    name: str
    regions: tuple[str, ...]
    ways: tuple[Discovery, ...]
    zone: str
    state: State
    source: str
    layout: str | None = None
    judge: Judge = Judge.LISTING
    search: tuple[str, ...] = ()
    """Words to search its archive for; empty means those of relevance.toml."""


REQUIRED = {"name", "regions", "zone", "state", "source"}
OPTIONAL = {"layout", "judge", "search"} | {way.value for way in Way}


def load_outlets(path: Path = REGISTRY) -> tuple[Outlet, ...]:
    """Every outlet of a registry file, in its order; raises RegistryError as `parse_outlets` does."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RegistryError(path.name, "(the whole file)", str(error)) from error
    return parse_outlets(text, path.name)


def parse_outlets(text: str, file: str) -> tuple[Outlet, ...]:
    """Every outlet of a registry's text, in its order; `file` is named in errors.

    Raises RegistryError where the text is no TOML or a table is incomplete, misspelt or impossible.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegistryError(file, "(the whole file)", str(error)) from error
    return tuple(parse_outlet(domain, table, file) for domain, table in tables.items())


@functools.cache
def registry() -> tuple[Outlet, ...]:
    """The outlets that come with the package."""
    return load_outlets()


def parse_outlet(domain: str, table: object, file: str) -> Outlet:
    """One table of the registry; raises RegistryError."""
    if not isinstance(table, dict):
        raise RegistryError(file, domain, "is no table")
    if not DOMAIN.fullmatch(domain):
        raise RegistryError(file, domain, "the table's name must be a host name in lower case")
    if missing := sorted(REQUIRED - table.keys()):
        raise RegistryError(file, domain, f"lacks {', '.join(missing)}")
    if unknown := sorted(table.keys() - REQUIRED - OPTIONAL):
        raise RegistryError(file, domain, f"has keys that nothing reads: {', '.join(unknown)}")

    def strings(key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
            raise RegistryError(file, domain, f"{key} must be a list of strings")
        return tuple(value)

    def one_of(key: str, allowed: Mapping[str, object]) -> str:
        value = table.get(key)
        if value not in allowed:
            raise RegistryError(file, domain, f"{key} must be one of {', '.join(allowed)}, not {value!r}")
        return cast(str, value)

    for key in ("name", "source", "layout"):
        if key in table and not (isinstance(table[key], str) and table[key]):
            raise RegistryError(file, domain, f"{key} must be a string that is not empty")
    ways = tuple(Discovery(way, url) for way in Way for url in strings(way.value))
    if not ways:
        raise RegistryError(file, domain, f"names no way of discovery ({', '.join(Way)})")
    for discovery in ways:
        if urlsplit(discovery.url).scheme not in ("http", "https"):
            raise RegistryError(file, domain, f"{discovery.url!r} is no web address")
    for code in strings("regions"):
        if not REGION.fullmatch(code):
            raise RegistryError(file, domain, f"{code!r} is no region code (21 or 81.02)")
    return Outlet(
        domain=domain,
        name=table["name"],
        regions=strings("regions"),
        ways=ways,
        zone=one_of("zone", ZONES),
        state=State(one_of("state", {state.value: state for state in State})),
        source=table["source"],
        layout=table.get("layout"),
        judge=Judge(one_of("judge", {judge.value: judge for judge in Judge}) if "judge" in table else Judge.LISTING),
        search=strings("search"),
    )


def resolve_outlet(name: str, outlets: tuple[Outlet, ...] | None = None) -> Outlet:
    """The outlet of this domain ("www." or not) or name, in any case; raises UnknownOutlet naming the nearest."""
    outlets = registry() if outlets is None else outlets
    wanted = name.strip().casefold()
    for outlet in outlets:
        if wanted.removeprefix("www.") == outlet.domain.removeprefix("www.") or wanted == outlet.name.casefold():
            return outlet
    names = [label for outlet in outlets for label in (outlet.domain, outlet.name)]
    found = process.extract(wanted, names, limit=3, score_cutoff=60, processor=str.casefold)
    raise UnknownOutlet(name, tuple(label for label, _, _ in found))


def outlet_of(url: str, outlets: tuple[Outlet, ...] | None = None) -> Outlet | None:
    """The outlet that a page belongs to by its host; the longest domain wins, None where none is known."""
    host = urlsplit(url).netloc.rpartition("@")[2].casefold().removeprefix("www.")
    outlets = registry() if outlets is None else outlets
    fitting = [
        outlet
        for outlet in outlets
        if host == outlet.domain.removeprefix("www.") or host.endswith("." + outlet.domain.removeprefix("www."))
    ]
    return max(fitting, key=lambda outlet: len(outlet.domain), default=None)
