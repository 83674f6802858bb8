"""Content systems and networks of sites, and by what they are known. The facts are in `platforms.toml`."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import RegistryError

PLATFORMS = Path(__file__).with_name("platforms.toml")
LISTS = ("generator", "hosts", "resources", "feeds", "index")


@dataclass(frozen=True, slots=True)
class Platform:
    """One system or network; what its lists mean is told in platforms.toml."""

    key: str
    name: str
    generator: tuple[str, ...]
    hosts: tuple[str, ...]
    resources: tuple[str, ...]
    layout: str | None
    feeds: tuple[str, ...]
    index: tuple[str, ...]
    address: re.Pattern[str] | None


@functools.cache
def load_platforms() -> tuple[tuple[Platform, ...], tuple[Platform, ...]]:
    """The systems and the networks; raises RegistryError naming the table at fault."""
    try:
        tables = tomllib.loads(PLATFORMS.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(PLATFORMS.name, "(the whole file)", str(error)) from error
    return (
        tuple(parse_platform(key, table) for key, table in tables.get("system", {}).items()),
        tuple(parse_platform(key, table) for key, table in tables.get("network", {}).items()),
    )


def parse_platform(key: str, table: Mapping[str, object]) -> Platform:
    """One table; raises RegistryError."""
    if unknown := sorted(table.keys() - set(LISTS) - {"name", "layout", "address"}):
        raise RegistryError(PLATFORMS.name, key, f"has keys that nothing reads: {', '.join(unknown)}")

    def strings(name: str) -> tuple[str, ...]:
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
            raise RegistryError(PLATFORMS.name, key, f"{name} must be a list of strings")
        return tuple(value)

    name, layout, address = table.get("name"), table.get("layout"), table.get("address", "")
    if not isinstance(name, str) or not (layout is None or isinstance(layout, str)) or not isinstance(address, str):
        raise RegistryError(PLATFORMS.name, key, "name, layout and address must be strings")
    try:
        pattern = re.compile(address) if address else None
    except re.error as error:
        raise RegistryError(PLATFORMS.name, key, f"address is no regular expression: {error}") from error
    return Platform(
        key=key,
        name=name,
        generator=strings("generator"),
        hosts=strings("hosts"),
        resources=strings("resources"),
        layout=layout,
        feeds=strings("feeds"),
        index=strings("index"),
        address=pattern,
    )
