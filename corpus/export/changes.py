"""What differs between two releases: CHANGES.md for people, changes.jsonl claim by claim.

Both claims.jsonl files are sorted by claim ID, so that they are merged line by line, whatever their size. Sentences
and headlines of the earlier release are not told again: a publisher may have had them taken out since.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.export.cells import compact
from corpus.export.datasheet import table
from corpus.export.errors import NoEarlierExport
from corpus.export.package import OURS, read_ours
from corpus.export.release import Release
from extract.repair.decide import UNDECIDED

FILE, LINES = "CHANGES.md", "changes.jsonl"
CLAIMS = Path("jsonl") / "claims.jsonl"
PUBLISHERS = frozenset({"quote", "title"})
NAMED = ("region", "metric", "value", "unit", "url")
"""What tells a person which claim it is."""
SHOWN = 50
Row = Mapping[str, Any]


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One claim that differs: its fields before and after, those of a new one only after."""

    claim_id: str
    change: Change
    row: Row
    """The claim now; of a removed one, as it was."""
    fields: Mapping[str, tuple[object, object]] = field(default_factory=dict)

    @property
    def is_repaired(self) -> bool:
        """Whether its printed form was repaired since."""
        before, after = self.fields.get("repair_rule", (None, None))
        return before != after and after not in {None, UNDECIDED}

    @property
    def is_reviewed(self) -> bool:
        """Whether a person's verdict came, changed or went since."""
        return "review" in self.fields

    def to_json(self) -> str:
        """Its line in changes.jsonl."""
        record: dict[str, object] = {"claim_id": self.claim_id, "change": self.change.value}
        record |= {name: self.row[name] for name in NAMED}
        if self.change is Change.CHANGED:
            record |= {"repaired": self.is_repaired, "reviewed": self.is_reviewed}
            record["fields"] = {name: _told(name, *pair) for name, pair in self.fields.items()}
        return compact(record)


@dataclass(slots=True)
class Tally:
    """How much differs, in all, by metric and by region."""

    changes: Counter[str] = field(default_factory=Counter)
    by_metric: dict[str, Counter[str]] = field(default_factory=dict)
    by_region: dict[str, Counter[str]] = field(default_factory=dict)
    by_field: Counter[str] = field(default_factory=Counter)
    shown: list[Difference] = field(default_factory=list)

    def add(self, difference: Difference) -> None:
        """Count one more."""
        kinds = [difference.change.value]
        kinds += ["repaired"] if difference.is_repaired else []
        kinds += ["reviewed"] if difference.is_reviewed else []
        row = difference.row
        region = f"{row['region_name']} ({row['region']})" if row["region"] else "no one region"
        for counter in (
            self.changes,
            self.by_metric.setdefault(row["metric"], Counter()),
            self.by_region.setdefault(region, Counter()),
        ):
            counter.update(kinds)
        self.by_field.update(list(difference.fields))
        if difference.change is Change.CHANGED and len(self.shown) < SHOWN:
            self.shown.append(difference)


def check_previous(previous: Path) -> Mapping[str, Any]:
    """datapackage.json of the earlier export; raises NoEarlierExport."""
    record = read_ours(previous)
    if record is None:
        raise NoEarlierExport(previous, "is no export of cakupan's")
    if not (previous / CLAIMS).is_file():
        raise NoEarlierExport(previous, f"has no {CLAIMS.as_posix()}")
    return record


def write_changes(previous: Path, release: Release, folder: Path) -> Tally:
    """Compare the claims written to `folder` with those of `previous`; raises NoEarlierExport."""
    earlier = check_previous(previous)
    tally = Tally()
    with (folder / LINES).open("w", encoding="utf-8", newline="\n") as stream:
        for difference in iter_differences(_iter_claims(previous), _iter_claims(folder)):
            tally.add(difference)
            stream.write(difference.to_json() + "\n")
    (folder / FILE).write_text(page(tally, earlier, release), encoding="utf-8", newline="\n")
    return tally


def iter_differences(before: Iterator[Row], after: Iterator[Row]) -> Iterator[Difference]:
    """Merge two releases, both sorted by claim ID; only columns that both have are compared."""
    old, new = next(before, None), next(after, None)
    while old is not None or new is not None:
        if old is None or (new is not None and new["claim_id"] < old["claim_id"]):
            assert new is not None
            yield Difference(new["claim_id"], Change.ADDED, new)
            new = next(after, None)
        elif new is None or old["claim_id"] < new["claim_id"]:
            yield Difference(old["claim_id"], Change.REMOVED, old)
            old = next(before, None)
        else:
            fields = {name: (old[name], new[name]) for name in new if name in old and old[name] != new[name]}
            if fields:
                yield Difference(new["claim_id"], Change.CHANGED, new, fields)
            old, new = next(before, None), next(after, None)


def page(tally: Tally, earlier: Mapping[str, Any], release: Release) -> str:
    """The text of CHANGES.md."""
    ours = earlier[OURS]
    parts = [
        f"# Changes from {earlier['version']} to {release.version}",
        f"Data up to {ours['data_until']} before, {release.data_until} now. Every claim that differs stands in "
        f"`{LINES}`, with its fields before and after.",
        table(("claims", "number"), [(kind, tally.changes[kind]) for kind in KINDS]),
    ]
    selection = json.loads(release.selection.to_json())
    if ours["selection"] != selection:
        parts.append(
            "**The selections differ**, so that what is added or removed may only have been left out: before "
            f"`{compact(ours['selection'])}`, now `{compact(selection)}`."
        )
    if not tally.changes:
        return "\n\n".join([*parts, "No claim differs.\n"])
    for head, counts in (("metric", tally.by_metric), ("region", tally.by_region)):
        rows = [(name, *(counts[name][kind] for kind in KINDS)) for name in sorted(counts)]
        parts.append(f"## By {head}\n\n{table((head, *KINDS), rows)}")
    if tally.by_field:
        fields = sorted(tally.by_field.items(), key=lambda item: (-item[1], item[0]))
        parts.append(f"## Fields that changed\n\n{table(('field', 'claims'), fields)}")
        rows = [(one.claim_id, one.row["region_name"], one.row["metric"], _in_words(one)) for one in tally.shown]
        parts.append(f"## The first {len(rows)} that changed\n\n{table(('claim', 'region', 'metric', 'what'), rows)}")
    return "\n\n".join(parts) + "\n"


KINDS = (*(change.value for change in Change), "repaired", "reviewed")


def _in_words(difference: Difference) -> str:
    told = (
        f"{name} changed" if name in PUBLISHERS else f"{name}: {compact(before)} → {compact(after)}"
        for name, (before, after) in difference.fields.items()
    )
    return "; ".join(told)


def _told(name: str, before: object, after: object) -> Mapping[str, object]:
    return {"after": after} if name in PUBLISHERS else {"before": before, "after": after}


def _iter_claims(folder: Path) -> Iterator[Row]:
    with (folder / CLAIMS).open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise NoEarlierExport(folder, f"{CLAIMS.as_posix()}, line {number} is no JSON") from error
