"""What is known of a region across articles, kept up to date: newest claims, contradictions, jumps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.compare.contradictions import find_disputes
from corpus.compare.rules import Rules
from corpus.compare.sources import count_sources
from corpus.compare.told import Told, by_measure, told_of_region
from corpus.compare.trends import Jump, Lookup, agreeing, find_jumps, newest, totals
from corpus.rows import Row
from corpus.store import Store
from crawler.urls import short_hash


def refresh_region(store: Store, code: str, lookup: Lookup, rules: Rules) -> None:
    """Reckon anew what is derived from the claims on a region, within the caller's transaction."""
    latest: list[Row] = []
    disputes: list[Row] = []
    sides: list[Row] = []
    jumps: list[Row] = []
    for claims in by_measure(told_of_region(store.db, code)):
        latest += latest_rows(totals(claims, lookup, rules), rules)
        dispute_rows, side_rows = rows_of_disputes(claims, rules)
        disputes += dispute_rows
        sides += side_rows
        jumps += jump_rows("region", code, find_jumps(claims, lookup, rules))
    for table in ("latest_claims", "disputes"):
        store.delete(table, "region", code)
    store.db.execute("DELETE FROM jumps WHERE subject = 'region' AND key = ?", [code])
    for row in latest:
        # A verdict may have moved it here from a region whose turn is still to come.
        store.delete("latest_claims", "claim_id", str(row["claim_id"]))
    store.insert("latest_claims", latest)
    store.insert("disputes", disputes)
    store.insert("dispute_claims", sides)
    store.insert("jumps", jumps)


def latest_rows(claims: Sequence[Told], rules: Rules) -> list[Row]:
    """The newest of claims on one measure and who else tells the same of that day; nothing where no day is known."""
    chosen = newest(claims)
    if chosen is None:
        return []
    return [
        {
            "claim_id": chosen.claim_id,
            "region": chosen.region,
            "metric": chosen.metric,
            "segment": chosen.segment,
            "sources": count_sources([agreeing(claims, chosen)], rules.sources),
        }
    ]


def rows_of_disputes(claims: Sequence[Told], rules: Rules) -> tuple[list[Row], list[Row]]:
    """The contradictions of one measure, and the claims on their sides."""
    disputes: list[Row] = []
    sides: list[Row] = []
    for dispute in find_disputes(claims, rules.contradicting):
        low, high = dispute.sides[0][0], dispute.sides[-1][0]
        start, end = dispute.start.isoformat(), dispute.end.isoformat()
        key = short_hash(*low.what, start, end)
        disputes.append(
            {
                "id": key,
                "region": low.region,
                "metric": low.metric,
                "segment": low.segment,
                "unit": low.unit,
                "as_of_start": start,
                "as_of_end": end,
                "sides": len(dispute.sides),
                "sources": count_sources(dispute.sides, rules.sources),
                "low_claim": low.claim_id,
                "high_claim": high.claim_id,
            }
        )
        sides += [
            {"dispute_id": key, "claim_id": told.claim_id, "side": number}
            for number, side in enumerate(dispute.sides)
            for told in side
        ]
    return disputes, sides


def jump_rows(subject: str, key: str, jumps: Iterable[Jump]) -> list[Row]:
    """Jumps in the history of a region or of a person's statements."""
    return [
        {
            "subject": subject,
            "key": key,
            "earlier_claim": jump.earlier.claim_id,
            "later_claim": jump.later.claim_id,
            "rule": jump.rule,
            "allowed": jump.allowed,
            "got": jump.got,
        }
        for jump in jumps
    ]
