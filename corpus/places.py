"""Which region a person means who types a name or a code."""

from __future__ import annotations

from corpus.errors import CorpusError
from extract.models import Region
from extract.regions.gazetteer import load_gazetteer

MOST_NAMED = 5


class NotOneRegion(CorpusError):  # noqa: N818 - named by the fact
    """A name that no region has, or several; `choices` are those that may be meant."""

    def __init__(self, name: str, choices: tuple[Region, ...]) -> None:
        named = ", ".join(f"{region.name} ({region.code})" for region in choices[:MOST_NAMED])
        super().__init__(
            f"{name!r} may be {named}; give the code"
            if choices
            else f"no region is called {name!r}; give a name such as 'Kota Tual', or a code such as 81.72"
        )
        self.name = name
        self.choices = choices


def find_regions(name: str) -> list[Region]:
    """The region of a code or name ("81.02", "Malra", "Kab. Malang"); several where the name is not clear."""
    gazetteer = load_gazetteer()
    name = name.strip()
    if name in gazetteer.regions:
        return [gazetteer.regions[name]]
    found = gazetteer.resolve(name)
    return [found] if found else list(gazetteer.candidates(gazetteer.lookup(name)))


def find_region(name: str) -> Region:
    """The one region of a code or name; raises NotOneRegion."""
    found = find_regions(name)
    if len(found) != 1:
        raise NotOneRegion(name, tuple(found))
    return found[0]
