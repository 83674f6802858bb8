"""Layouts: where a kind of site keeps title, body, people and date. The facts are in `layouts.toml`.

A name is a family, optionally with the year it came in: `antara`, `antara-2015`. An outlet names a family and gets
whichever of its versions fits the page, so old archives stay readable.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import RegistryError
from crawler.pages.furniture import Furniture, sort_furniture
from crawler.pages.selectors import Selector, compile_selector
from crawler.zones import ZONES

LAYOUTS = Path(__file__).with_name("layouts.toml")
HOSTS = 1024
"""Of so many hosts it is remembered which layouts are worth trying."""
COMMON = "common"
GENERIC = "generic"
SELECTORS = ("marks", "title", "body", "authors", "editors", "date", "drop")
DATA_KEYS = ("script", "title", "body", "date", "authors")
REST = (
    "hosts",
    "joined",
    "trust_author_tag",
    "author_meta",
    "article",
    "whole",
    "single",
    "zone",
    "false_offsets",
    "data",
)


@dataclass(frozen=True, slots=True)
class Data:
    """Where a page keeps its article as JSON: the script element, and the keys inside whatever object holds it."""

    script: Selector
    title: str
    body: str
    date: str
    authors: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Compiled selectors, tried in their order; the first that finds something counts, except `drop`, where all do."""

    name: str
    hosts: tuple[str, ...]
    marks: tuple[Selector, ...]
    title: tuple[Selector, ...]
    body: tuple[Selector, ...]
    authors: tuple[Selector, ...]
    editors: tuple[Selector, ...]
    date: tuple[Selector, ...]
    drop: Furniture
    joined: bool
    """Whether a body in several blocks is one article (Liputan6), not one article and its neighbours."""
    trust_author_tag: bool
    """Whether the tags for machines name the reporter; many sites put the editor there."""
    author_meta: tuple[str, ...]
    """Names of the meta elements that name the reporter, where others of the tags name the editor."""
    article: re.Pattern[str] | None
    """What the path of an article's address looks like, for telling links to articles from others."""
    whole: str | None
    """The query that gives all pages of a split article at once: "page=all"."""
    single: bool
    """Whether the first page of a split article holds all of it, and a script splits it for readers."""
    zone: dt.timezone | None
    """The zone of times that come without a true offset; None means the outlet's."""
    false_offsets: bool
    """Whether an offset that is none of Indonesia's is false, and the digits before it are local time."""
    data: Data | None

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
    if unknown := sorted(table.keys() - set(SELECTORS) - set(REST)):
        raise RegistryError(file, name, f"has keys that nothing reads: {', '.join(unknown)}")

    def strings(key: str) -> list[str]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
            raise RegistryError(file, name, f"{key} must be a list of selectors")
        return value

    def compiled(key: str) -> tuple[Selector, ...]:
        return tuple(compiled_for(selector, file, name) for selector in strings(key))

    def flag(key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise RegistryError(file, name, f"{key} must be true or false")
        return value

    if not table.get("body") and not table.get("data"):
        raise RegistryError(file, name, "lacks a selector for the body")
    zone = table.get("zone")
    if zone is not None and zone not in ZONES:
        raise RegistryError(file, name, f"zone must be one of {', '.join(ZONES)}")
    whole = table.get("whole")
    if whole is not None and not (isinstance(whole, str) and re.fullmatch(r"\w+=\w+", whole)):
        raise RegistryError(file, name, 'whole must be a query, as in "page=all"')
    return Layout(
        name=name,
        hosts=tuple(strings("hosts")),
        marks=compiled("marks"),
        title=compiled("title"),
        body=compiled("body"),
        authors=compiled("authors"),
        editors=compiled("editors"),
        date=compiled("date"),
        drop=sort_furniture([*strings("drop"), *common_drop], lambda selector: compiled_for(selector, file, name)),
        joined=flag("joined"),
        trust_author_tag=flag("trust_author_tag"),
        author_meta=tuple(name.casefold() for name in strings("author_meta")),
        article=compile_path(table.get("article"), file, name),
        whole=whole,
        single=flag("single"),
        zone=ZONES[zone] if zone else None,
        false_offsets=flag("false_offsets"),
        data=parse_data(table.get("data"), file, name),
    )


def compile_path(pattern: object, file: str, name: str) -> re.Pattern[str] | None:
    """The pattern of an article's path; raises RegistryError."""
    if pattern is None:
        return None
    if not isinstance(pattern, str):
        raise RegistryError(file, name, "article must be a regular expression")
    try:
        return re.compile(pattern)
    except re.error as error:
        raise RegistryError(file, name, f"article {pattern!r}: {error}") from error


def parse_data(table: object, file: str, name: str) -> Data | None:
    """Where the article stands as JSON; raises RegistryError."""
    if table is None:
        return None
    if not isinstance(table, dict) or table.keys() != set(DATA_KEYS):
        raise RegistryError(file, name, f"data must have the keys {', '.join(DATA_KEYS)}")
    if not all(isinstance(value, str) and value for value in table.values()):
        raise RegistryError(file, name, "data must name a script and keys")
    keys = {key: value for key, value in table.items() if key != "script"}
    return Data(script=compiled_for(table["script"], file, name), **keys)


def compiled_for(selector: str, file: str, name: str) -> Selector:
    """A selector of a layout; raises RegistryError where it is none."""
    try:
        return compile_selector(selector)
    # cssselect's errors are SyntaxErrors, lxml's are too.
    except SyntaxError as error:
        raise RegistryError(file, name, f"{selector!r} is no selector: {error}") from error


@functools.lru_cache(maxsize=HOSTS)
def layouts_for(host: str, family: str | None) -> tuple[Layout, ...]:
    """The layouts worth trying on a page, likeliest first: the outlet's own, those of the host, those of any host."""
    own = of_family(family)
    anywhere = [layout for layout in load_layouts() if not layout.hosts and layout.name != GENERIC]
    return tuple(dict.fromkeys([*own, *of_host(host), *anywhere]))


@functools.lru_cache(maxsize=HOSTS)
def own_layouts(host: str, family: str | None) -> tuple[Layout, ...]:
    """The versions of the layout that a page should have: those its outlet names, or else those of its host."""
    return tuple(of_family(family) or of_host(host))


def of_family(family: str | None) -> list[Layout]:
    """All versions of a family, or the one layout of that very name."""
    return [layout for layout in load_layouts() if family in (layout.name, layout.family)]


def of_host(host: str) -> list[Layout]:
    """The layouts that name the host or a domain that it lies under."""
    return [layout for layout in load_layouts() if any(within(host, suffix) for suffix in layout.hosts)]


def article_patterns(host: str, family: str | None) -> tuple[re.Pattern[str], ...]:
    """What the whole path of an article's address looks like on a site, by its outlet's layout or its host's.

    Empty where nothing is known; a path that none of them matches in full is no article's.
    """
    return tuple(dict.fromkeys(layout.article for layout in own_layouts(host, family) if layout.article))


def generic_layout() -> Layout:
    """What any page is searched for when no layout fits."""
    return next(layout for layout in load_layouts() if layout.name == GENERIC)


def within(host: str, suffix: str) -> bool:
    """Whether the host is this domain or lies under it."""
    return host == suffix or host.endswith("." + suffix)
