"""Which region a site may serve, by its name and its host. A guess, and called one wherever it is shown."""

from __future__ import annotations

import functools
import re
from urllib.parse import urlsplit

from extract.regions.gazetteer import load_gazetteer
from extract.regions.names import NATION, Use

SHORTEST = 4
"""Letters of a name that begins or ends a host's label: "balipost", "infosolo"."""
SHORTEST_INSIDE = 5
"""Letters of a name in the middle of one."""
LONGEST = 4
"""Words of a region's name."""


def guess_regions(name: str | None, url: str) -> tuple[str, ...]:
    """Codes of the regions that a site's name or else its host names; empty where they name none.

    >>> guess_regions("Harian Maluku", "https://hm.id/"), guess_regions(None, "https://kaltengterkini.co.id/")
    (('81',), ('62',))
    """
    return by_words(name or "") or by_host(urlsplit(url).hostname or "")


def by_words(name: str) -> tuple[str, ...]:
    """The regions that the longest run of words in a name stands for."""
    gazetteer = load_gazetteer()
    words = re.findall(r"[^\W_]+", name)
    for length in range(min(LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            surface = " ".join(words[start : start + length])
            if surface.casefold() in gazetteer.decoys:
                continue
            named = gazetteer.lookup(surface)
            codes = {found.code for found in named if is_usable(found.use, found.upper, surface)} - {NATION}
            if codes:
                return tuple(sorted(codes))
    return ()


def is_usable(use: Use, upper: bool, surface: str) -> bool:
    """Whether a name stands for a region without anything beside it; capitals are usual in names of sites."""
    return use is Use.FREE and (not upper or surface.isupper())


@functools.cache
def names_in_hosts() -> dict[str, tuple[str, ...]]:
    """Every name that needs nothing beside it, in one word, with the codes of its regions."""
    gazetteer = load_gazetteer()
    found: dict[str, set[str]] = {}
    for names in gazetteer.names.values():
        for name in names:
            if name.use is Use.FREE and name.code != NATION:
                key = re.sub(r"[\W_]+", "", name.surface).casefold()
                if len(key) >= SHORTEST or name.upper:
                    found.setdefault(key, set()).add(name.code)
    return {key: tuple(sorted(codes)) for key, codes in found.items()}


def by_host(host: str) -> tuple[str, ...]:
    """The regions of the longest name that a label of the host holds, the first label first."""
    for label in host.removeprefix("www.").split(".")[:-1]:
        label = label.casefold()
        parts = label.split("-")
        fitting = [
            key
            for key in names_in_hosts()
            if key in parts
            or (len(key) >= SHORTEST and (label.startswith(key) or label.endswith(key)))
            or (len(key) >= SHORTEST_INSIDE and key in label)
        ]
        if fitting:
            return names_in_hosts()[max(fitting, key=len)]
    return ()
