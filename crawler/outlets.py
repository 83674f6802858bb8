"""The registry of outlets: who they are, whom they serve, and where their articles are announced.

The facts are in `outlets.toml`, one short table an outlet; the spiders know ways of discovery and no outlet. A reader's
own file of such tables comes on top of it. A broken table raises `RegistryError` at load.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from rapidfuzz import process

from crawler.errors import RegistryError, UnknownOutlet
from crawler.zones import ZONES

REGISTRY = Path(__file__).with_name("outlets.toml")

# A host name, or the loopback host and port of a test site.
DOMAIN = re.compile(r"(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?")
REGION = re.compile(r"0|\d\d(?:\.\d\d)?")

# What stands in braces in the address of an index page; anything else there is a slip.
PLACEHOLDER = re.compile(r"\{(page|offset:[1-9]\d{0,3}|date)\}")
BRACES = re.compile(r"\{[^{}]*\}|[{}]")


class Way(StrEnum):
    """How articles are found, in the order in which an outlet's ways are worked; each has one spider."""

    SITEMAP = "sitemap"
    FEED = "feed"
    WORDPRESS = "wordpress"
    BLOGGER = "blogger"
    INDEX = "index"
    PAST = "past"
    """Sitemaps of the archive, asked only where older days are wanted."""


class State(StrEnum):
    """What is known: of a `recorded` one, a page passes its test; a `quarantined` one is crawled only when named."""

    RECORDED = "recorded"
    UNVERIFIED = "unverified"
    QUARANTINED = "quarantined"


class Judge(StrEnum):
    """What relevance is first judged by: the title and teaser in the listing, or only ever the whole page."""

    LISTING = "listing"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Discovery:
    """One way in: a feed, sitemap or index, or the root that WordPress' and Blogger's interfaces hang under.

    The `url` of an index may hold `{page}` (1, 2, ...) or `{offset:20}` (0, 20, 40, ...), and `{date}` (YYYY-MM-DD).
    """

    way: Way
    url: str

    @property
    def is_paged(self) -> bool:
        """Whether there is a next page to ask for."""
        return "{page}" in self.url or "{offset:" in self.url

    @property
    def is_dated(self) -> bool:
        """Whether each day has a listing of its own."""
        return "{date}" in self.url

    def address(self, page: int = 1, day: dt.date | None = None) -> str:
        """The address of the `page`th page, counted from 1, of the listing of `day`.

        Raises ValueError where the listing is one of a day and none is given.
        """
        if self.is_dated and day is None:
            raise ValueError(f"{self.url} lists one day's articles, and no day is given")

        def filled(found: re.Match[str]) -> str:
            name, _, step = found[1].partition(":")
            return str(day) if name == "date" else str(page if name == "page" else (page - 1) * int(step))

        return PLACEHOLDER.sub(filled, self.url)


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
    article: re.Pattern[str] | None = None
    """What the path of an article's address holds, where its layout does not say so."""
    pages: tuple[str, ...] = ()
    """The recorded pages of it whose tests pass, by name."""


REQUIRED = {"name", "regions", "zone", "state", "source"}
OPTIONAL = {"layout", "judge", "search", "article", "pages"} | {way.value for way in Way}


def load_outlets(path: Path = REGISTRY) -> tuple[Outlet, ...]:
    """Every outlet of a registry file, in its order; raises RegistryError as `parse_outlets` does."""
    file = path.name if path == REGISTRY else str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RegistryError(file, "(the whole file)", f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise RegistryError(file, "(the whole file)", str(error)) from error
    return parse_outlets(text, file)


def parse_outlets(text: str, file: str) -> tuple[Outlet, ...]:
    """Every outlet of a registry's text, in its order; `file` is named in errors.

    Raises RegistryError where the text is no TOML or a table is incomplete, misspelt or impossible.
    """
    try:
        tables = tomllib.loads(text)
    except RecursionError as error:
        raise RegistryError(file, "(the whole file)", "is nested too deeply") from error
    # TOML's own errors are ValueErrors, and so is Python's at a number of more than 4,300 digits.
    except ValueError as error:
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
        raise RegistryError(file, domain, "the table's name must be a host name in lower case, such as kabar.example")
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
        if not isinstance(value, str) or value not in allowed:
            raise RegistryError(file, domain, f"{key} must be one of {', '.join(allowed)}, not {value!r}")
        return value

    for key in ("name", "source", "layout", "article"):
        if key in table and not (isinstance(table[key], str) and table[key]):
            raise RegistryError(file, domain, f"{key} must be a string that is not empty")
    ways = tuple(Discovery(way, url) for way in Way for url in strings(way.value))
    if not ways:
        raise RegistryError(file, domain, f"names no way of discovery ({', '.join(Way)})")
    for discovery in ways:
        if problem := problem_of(discovery):
            raise RegistryError(file, domain, f"{discovery.url!r} {problem}")
    try:
        article = re.compile(table["article"]) if "article" in table else None
    except (re.error, OverflowError, RecursionError) as error:
        raise RegistryError(file, domain, f"article is no regular expression: {error}") from error
    for code in strings("regions"):
        if not REGION.fullmatch(code):
            raise RegistryError(file, domain, f"{code!r} is no region code (21 or 81.02)")
    state = State(one_of("state", {state.value: state for state in State}))
    if (state is State.RECORDED) != bool(strings("pages")) and state is not State.QUARANTINED:
        raise RegistryError(file, domain, "state is 'recorded' where pages names a recorded page, and only there")
    return Outlet(
        domain=domain,
        name=table["name"],
        regions=strings("regions"),
        ways=ways,
        zone=one_of("zone", ZONES),
        state=state,
        source=table["source"],
        layout=table.get("layout"),
        judge=Judge(one_of("judge", {judge.value: judge for judge in Judge}) if "judge" in table else Judge.LISTING),
        search=strings("search"),
        article=article,
        pages=strings("pages"),
    )


def problem_of(discovery: Discovery) -> str | None:
    """What is wrong with the address of one way in; None where nothing is."""
    try:
        parts = urlsplit(discovery.url)
    except ValueError:
        return "is no web address"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "is no web address"
    held = BRACES.findall(discovery.url)
    if held and discovery.way is not Way.INDEX:
        return f"holds {held[0]}, which only the addresses of index pages may"
    for braces in held:
        if not PLACEHOLDER.fullmatch(braces):
            return f"holds {braces}; known are {{page}}, {{offset:20}} and {{date}}"
    if sum(braces != "{date}" for braces in held) > 1 or held.count("{date}") > 1:
        return "is paged or dated twice"
    if BRACES.search(parts.netloc):
        return "holds a placeholder in its host"
    return None


def resolve_outlet(name: str, outlets: tuple[Outlet, ...] | None = None) -> Outlet:
    """The outlet of this domain ("www." or not) or name, in any case; raises UnknownOutlet naming the nearest."""
    outlets = registry() if outlets is None else outlets
    domain = find_domain(name, [(outlet.domain, outlet.name) for outlet in outlets])
    return next(outlet for outlet in outlets if outlet.domain == domain)


def find_domain(name: str, sites: Sequence[tuple[str, str | None]]) -> str:
    """The domain of the site of this domain ("www." or not) or name, in any case; raises UnknownOutlet as above."""
    wanted = name.strip().casefold()
    for domain, called in sites:
        if wanted.removeprefix("www.") == domain.casefold().removeprefix("www.") or wanted == (called or "").casefold():
            return domain
    labels = [label for site in sites for label in site if label]
    found = process.extract(wanted, labels, limit=3, score_cutoff=60, processor=str.casefold)
    raise UnknownOutlet(name, tuple(label for label, _, _ in found))


def choose_outlets(names: Sequence[str], outlets: tuple[Outlet, ...]) -> list[Outlet]:
    """The outlets to crawl: those named, each once, or all but the quarantined; raises UnknownOutlet."""
    if names:
        return list(dict.fromkeys(resolve_outlet(name, outlets) for name in names))
    return [outlet for outlet in outlets if outlet.state is not State.QUARANTINED]


def outlet_of(url: str, outlets: tuple[Outlet, ...] | None = None) -> Outlet | None:
    """The outlet that a page belongs to by its host; the longest domain wins, None where none is known."""
    try:
        host = urlsplit(url).netloc.rpartition("@")[2].casefold().removeprefix("www.")
    except ValueError:  # such as an unclosed bracket in the host
        return None
    outlets = registry() if outlets is None else outlets
    fitting = [
        outlet
        for outlet in outlets
        if host == outlet.domain.removeprefix("www.") or host.endswith("." + outlet.domain.removeprefix("www."))
    ]
    return max(fitting, key=lambda outlet: len(outlet.domain), default=None)
