"""How far two people agree on the claims that both have judged in the same form: Cohen's kappa, field by field.

Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20, 37–46.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from corpus.review.problems import UnknownReviewer

FIELDS: Mapping[str, tuple[str, ...]] = {
    "metric": ("metric",),
    "modality": ("modality",),
    "value": ("value", "unit"),
    "approx": ("approx",),
    "region": ("region",),
    "as_of": ("as_of_start", "as_of_end"),
    "speaker": ("speaker",),
    "segment": ("segment",),
}
"""What is compared besides the verdict, and the columns that it is made of."""

BOTH = """
    SELECT a.judged, a.verdict AS first_verdict, a.corrections AS first, b.verdict AS second_verdict,
           b.corrections AS second
    FROM verdicts AS a
    JOIN verdicts AS b ON b.claim_id = a.claim_id AND b.fingerprint = a.fingerprint AND b.reviewer = :second
    WHERE a.reviewer = :first ORDER BY a.claim_id, a.fingerprint
"""


@dataclass(frozen=True, slots=True)
class Agreement:
    """On one field: how many claims, the share on which the two agree, and kappa.

    `observed` is None where there is no claim, `kappa` also where both put all claims into one category: chance alone
    would make them agree then, and kappa divides by nothing.
    """

    field: str
    claims: int
    observed: float | None
    kappa: float | None


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]], field: str = "") -> Agreement:
    """Agreement of two annotators over nominal categories, a pair an item."""
    total = len(pairs)
    if not total:
        return Agreement(field, 0, None, None)
    # In whole numbers, for 1 - 1 must be 0: agreement by count, by chance times the square of the total.
    agreed = sum(first == second for first, second in pairs)
    left, right = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    chance = sum(count * right[category] for category, count in left.items())
    kappa = None if chance == total * total else (agreed * total - chance) / (total * total - chance)
    return Agreement(field, total, agreed / total, kappa)


def measure_agreement(db: Database, first: str, second: str) -> list[Agreement]:
    """Agreement on the verdict, then on each field as it stands after each one's corrections.

    Fields are compared on the claims that neither has rejected. Raises UnknownReviewer.
    """
    for name in (first, second):
        if not db.execute("SELECT 1 FROM verdicts WHERE reviewer = ? LIMIT 1", [name]).fetchone():
            known = [who for (who,) in db.execute("SELECT DISTINCT reviewer FROM verdicts ORDER BY reviewer")]
            raise UnknownReviewer(name, tuple(known))
    rows = list(db.query(BOTH, {"first": first, "second": second}))
    verdicts = cohens_kappa([(row["first_verdict"], row["second_verdict"]) for row in rows], "verdict")
    kept = [row for row in rows if "reject" not in (row["first_verdict"], row["second_verdict"])]
    said = [(corrected(row, "first"), corrected(row, "second")) for row in kept]
    return [
        verdicts,
        *(
            cohens_kappa([(category(one, columns), category(other, columns)) for one, other in said], field)
            for field, columns in FIELDS.items()
        ),
    ]


def corrected(row: Mapping[str, Any], who: str) -> dict[str, Any]:
    """The claim that was judged, as one of the two would have it."""
    return {**json.loads(row["judged"]), **json.loads(row[who])}


def category(claim: Mapping[str, Any], columns: Sequence[str]) -> tuple[Hashable, ...]:
    """What a field says, as one of the categories that are compared; 126000 and 126000.0 are one."""
    return tuple(claim[name] for name in columns)
