"""A reader's own outlets beside those that come with the package: their regions and layouts must be known ones."""

from __future__ import annotations

from pathlib import Path

from crawler.errors import RegistryError
from crawler.outlets import Outlet, load_outlets, registry
from crawler.pages.layouts import load_layouts


def registry_with(own: Path | None) -> tuple[Outlet, ...]:
    """The package's outlets, overruled and joined by those of a reader's `own` file, where there is one.

    Raises RegistryError where that file is missing or broken, or names a region or layout that nobody knows.
    """
    if own is None:
        return registry()
    if not own.exists():
        raise RegistryError(str(own), "(the whole file)", "there is no such file; `cakupan outlets add` makes it")
    loaded = load_outlets(own)
    check_names(loaded, str(own))
    # One that overrules another takes its place in the order.
    outlets = {outlet.domain: outlet for outlet in (*registry(), *loaded)}
    return tuple(outlets.values())


def check_names(outlets: tuple[Outlet, ...], file: str) -> None:
    """Raise RegistryError where an outlet's region or layout is none; of the package's own, a test says as much."""
    # The gazetteer is not needed to crawl the package's own.
    from extract.regions.gazetteer import load_gazetteer

    regions = load_gazetteer().regions
    layouts = {name for layout in load_layouts() for name in (layout.name, layout.family)}
    for outlet in outlets:
        for code in outlet.regions:
            if code not in regions:
                raise RegistryError(file, outlet.domain, f"there is no region {code!r}")
        if outlet.layout is not None and outlet.layout not in layouts:
            raise RegistryError(file, outlet.domain, f"there is no layout {outlet.layout!r}")
