"""Layouts: where a kind of site keeps title, body, people and date. The facts are in `layouts.toml`.

A name is a family, optionally with the year it came in: `antara`, `antara-2015`. An outlet names a family and gets
whichever of its versions fits the page, so old archives stay readable.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from lxml.cssselect import CSSSelector
from lxml.etree import XPath

from crawler.errors import RegistryError

LAYOUTS = Path(__file__).with_name("layouts.toml")
COMMON = "common"
GENERIC = "generic"
SELECTORS = ("marks", "title", "body", "authors", "editors", "date", "drop")


@dataclass(frozen=True, slots=True)
class Layout:
    """Compiled selectors, tried in their order; the first that finds something counts, except `drop`, where all do."""

    name: str
    hosts: tuple[str, ...]
    marks: tuple[XPath, ...]
    title: tuple[XPath, ...]
    body: tuple[XPath, ...]
    authors: tuple[XPath, ...]
    editors: tuple[XPath, ...]
    date: tuple[XPath, ...]
    drop: tuple[XPath, ...]
    joined: bool
    """Whether a body in several blocks is one article (Liputan6), not one article and its neighbours."""
    trust_author_tag: bool
    """Whether the tags for machines name the reporter; many sites put the editor there."""

    @property
    def family(self) -> str:
        return self.name.partition("-")[0]


@functools.cache
def load_layouts(path: Path = LAYOUTS) -> tuple[Layout, ...]:
    """Every layout in the order of the file; raises RegistryError naming the layout and key at fault."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(path.name, "(the whole file)", str(error)) from error
    common = tables.pop(COMMON, {})
    return tuple(parse_layout(name, table, common.get("drop", []), path.name) for name, table in tables.items())


def parse_layout(name: str, table: object, common_drop: list[str], file: str) -> Layout:
    """One table of layouts.toml; raises RegistryError."""
    if not isinstance(table, dict):
        raise RegistryError(file, name, "is no table")
    if unknown := sorted(table.keys() - set(SELECTORS) - {"hosts", "joined", "trust_author_tag"}):
        raise RegistryError(file, name, f"has keys that nothing reads: {', '.join(unknown)}")

    def compiled(key: str, also: list[str]) -> tuple[XPath, ...]:
        value = table.get(key, [])
        if not isinstance(value, list):
            raise RegistryError(file, name, f"{key} must be a list of selectors")
        return tuple(compile_selector(selector, file, name) for selector in [*value, *also])

    if not table.get("body"):
        raise RegistryError(file, name, "lacks a selector for the body")
    return Layout(
        name=name,
        hosts=tuple(table.get("hosts", [])),
        marks=compiled("marks", []),
        title=compiled("title", []),
        body=compiled("body", []),
        authors=compiled("authors", []),
        editors=compiled("editors", []),
        date=compiled("date", []),
        drop=(compile_selector(", ".join([*table.get("drop", []), *common_drop]), file, name),),
        joined=bool(table.get("joined", False)),
        trust_author_tag=bool(table.get("trust_author_tag", False)),
    )


def compile_selector(selector: object, file: str, name: str) -> XPath:
    """A CSS selector, or an XPath where it starts with a slash, ready to be applied; raises RegistryError."""
    if not isinstance(selector, str):
        raise RegistryError(file, name, f"{selector!r} is no selector")
    try:
        return XPath(selector) if selector.startswith("/") else CSSSelector(selector)
    # cssselect's errors are SyntaxErrors, lxml's are too.
    except SyntaxError as error:
        raise RegistryError(file, name, f"{selector!r} is no selector: {error}") from error


def layouts_for(host: str, family: str | None) -> list[Layout]:
    """The layouts worth trying on a page, likeliest first: the outlet's own, those of the host, those of any host."""
    own = [layout for layout in load_layouts() if family in (layout.name, layout.family)]
    of_host = [layout for layout in load_layouts() if any(within(host, suffix) for suffix in layout.hosts)]
    anywhere = [layout for layout in load_layouts() if not layout.hosts and layout.name != GENERIC]
    return list(dict.fromkeys([*own, *of_host, *anywhere]))


def within(host: str, suffix: str) -> bool:
    """Whether the host is this domain or lies under it."""
    return host == suffix or host.endswith("." + suffix)
