"""Which claims are published: the options of an export, and the one SQL condition they come to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.export.errors import UnknownRegion
from extract.models import Metric, Region
from extract.regions.gazetteer import load_gazetteer


@dataclass(frozen=True, slots=True)
class Selection:
    """What of the database is published; without any option all of it but the texts of articles."""

    since: dt.date | None = None
    """Claims of this day or later; those whose day is unknown are left out."""
    regions: tuple[str, ...] = ()
    """Codes; a province stands for its kabupaten and kota too."""
    metrics: tuple[Metric, ...] = ()
    reviewed: bool = False
    """Only claims that a person has accepted or corrected."""
    with_text: bool = False

    @property
    def is_partial(self) -> bool:
        """Whether any claim is left out."""
        return bool(self.since or self.regions or self.metrics or self.reviewed)

    def condition(self) -> tuple[str, list[str]]:
        """What a row of `source.standing` must meet, as SQL and its parameters."""
        terms: list[str] = []
        values: list[str] = []
        if self.since:
            terms.append("day >= ?")
            values.append(self.since.isoformat())
        if self.regions:
            marks = ", ".join("?" * len(self.regions))
            terms.append(
                f"region IN (SELECT code FROM source.regions WHERE code IN ({marks}) OR province IN ({marks}))"
            )
            values += [*self.regions, *self.regions]
        if self.metrics:
            terms.append(f"metric IN ({', '.join('?' * len(self.metrics))})")
            values += self.metrics
        if self.reviewed:
            terms.append("review IN ('accept', 'correct')")
        return " AND ".join(terms) or "true", values

    def to_json(self) -> str:
        """The options, for the row in `releases` and for datapackage.json."""
        return json.dumps(
            {
                "since": self.since.isoformat() if self.since else None,
                "regions": list(self.regions),
                "metrics": list(self.metrics),
                "reviewed": self.reviewed,
            }
        )

    def in_words(self) -> str:
        """What is in it, in one sentence's end."""
        parts = ["claims that a person accepted or corrected" if self.reviewed else "all claims"]
        if self.metrics:
            parts.append(f"of {', '.join(self.metrics)}")
        if self.regions:
            names = (f"{load_gazetteer().get(code).name} ({code})" for code in self.regions)
            parts.append(f"about {', '.join(names)}")
        if self.since:
            parts.append(f"for {self.since.isoformat()} or later")
        return " ".join(parts)


def resolve_regions(names: Iterable[str]) -> tuple[str, ...]:
    """Codes of regions given by code or by a name; raises UnknownRegion."""
    return tuple(sorted({_resolve(name.strip()).code for name in names}))


def _resolve(name: str) -> Region:
    gazetteer = load_gazetteer()
    for region in gazetteer.regions.values():
        if name.casefold() in {region.code, region.name.casefold()}:
            return region
    found = gazetteer.resolve(name)
    if found is None:
        raise UnknownRegion(name)
    return found
