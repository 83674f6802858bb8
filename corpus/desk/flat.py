"""Claims as lists show them: rows of the view claims_flat, chosen by indexes alone so that any database is fast."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class FlatClaim:
    """One row of claims_flat; what its columns mean is told in columns.toml."""

    claim_id: str
    region: str | None
    region_name: str | None
    province: str | None
    metric: str
    segment: str | None
    modality: str
    approx: str
    value: float
    unit: str
    printed_value: float | None
    text: str
    as_of_start: str | None
    as_of_end: str | None
    as_of_basis: str | None
    day: str | None
    speaker: str | None
    speaker_role: str | None
    quoted: int
    suspect: int
    review: str | None
    verdict: str | None
    checks: str | None
    repair_rule: str | None
    alternatives: str | None
    quote: str | None
    copy: str
    cluster_id: str | None
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None
    article_id: str


COLUMNS = tuple(field.name for field in fields(FlatClaim))
# CROSS keeps the chosen claims in front, so that the view is asked for these and no others.
CHOSEN = f"""
    SELECT {", ".join(f"f.{name}" for name in COLUMNS)}
    FROM json_each(?) AS chosen CROSS JOIN claims_flat AS f ON f.claim_id = chosen.value
    ORDER BY chosen.key
"""


def load_claims(db: Database, ids: Sequence[str]) -> tuple[FlatClaim, ...]:
    """The claims of these IDs, in this order; those that are gone are left out."""
    return tuple(FlatClaim(*row) for row in db.execute(CHOSEN, [json.dumps(list(ids))]))


def ids_of(db: Database, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[str]:
    """The first column of a query, each value once and in order."""
    found: Iterable[tuple[str, ...]] = db.execute(sql, parameters)
    return list(dict.fromkeys(row[0] for row in found))
