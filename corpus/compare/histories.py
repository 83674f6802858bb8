"""Histories and contradictions as people ask for them, read from the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from corpus.compare.people import compare_name
from corpus.compare.rules import load_rules
from corpus.compare.sources import count_sources
from extract.mentions.speaker_lexicon import load_speaker_lexicon

Row = Mapping[str, Any]

HISTORY = """
    SELECT s.claim_id, s.day, s.region, regions.name AS region_name, s.metric, s.segment, s.modality, s.value, s.unit,
           s.approx, s.as_of_start, s.as_of_end, s.as_of_basis, s.speaker, s.speaker_role, s.suspect, s.review,
           a.outlet, a.url, o.given_id, q.text AS quote, s.article_id, y.cluster_id, y.wire,
           (SELECT rule FROM jumps WHERE later_claim = s.claim_id ORDER BY rule LIMIT 1) AS jump,
           EXISTS (SELECT 1 FROM dispute_claims WHERE dispute_claims.claim_id = s.claim_id) AS contradicted,
           EXISTS (SELECT 1 FROM objections WHERE objections.claim_id = s.claim_id) AS disputed
    FROM standing AS s
    JOIN claims AS c ON c.id = s.claim_id
    JOIN articles AS a ON a.id = s.article_id
    JOIN regions ON regions.code = s.region
    LEFT JOIN own_texts AS o ON o.article_id = s.article_id
    LEFT JOIN quotes AS q ON q.article_id = s.article_id AND q.start_char = c.quote_start
    LEFT JOIN syndication AS y ON y.article_id = s.article_id
    WHERE s.claim_id IN (
        SELECT s.claim_id FROM standing AS s
        WHERE {where} AND s.modality = 'reported' AND s.review IS NOT 'reject'
        ORDER BY s.day DESC, s.claim_id LIMIT {most}
    )
    ORDER BY s.region, s.metric, s.segment, s.day, s.unit, s.value, s.approx, s.suspect, a.published_date, s.claim_id
"""
LONGEST_NAME = 200
MOST_CLAIMS = 300
"""A history tells so many claims, the latest: of the nation and its ministers there are thousands."""
SAME = ("region", "metric", "segment", "day", "unit", "value", "approx", "suspect")
SHOWN = (
    *("region", "region_name", "metric", "segment", "day", "value", "unit", "approx", "sources", "suspect", "jump"),
    *("contradicted", "disputed", "speaker", "speaker_role", "outlet", "url", "quote", "review", "claim_id"),
    *("given_id", "article_id"),
    *("as_of_start", "as_of_end", "as_of_basis"),
)

SIDES = """
    SELECT k.side, s.value, s.unit, s.approx, s.speaker, s.speaker_role, a.outlet, a.url, o.given_id, q.text AS quote,
           y.cluster_id, y.wire, s.claim_id, s.article_id
    FROM dispute_claims AS k
    JOIN standing AS s ON s.claim_id = k.claim_id
    JOIN claims AS c ON c.id = k.claim_id
    JOIN articles AS a ON a.id = s.article_id
    LEFT JOIN own_texts AS o ON o.article_id = s.article_id
    LEFT JOIN quotes AS q ON q.article_id = s.article_id AND q.start_char = c.quote_start
    LEFT JOIN syndication AS y ON y.article_id = s.article_id
    WHERE k.dispute_id = ?
    ORDER BY k.side, a.published_date, s.claim_id
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is quoted, as far as spellings could be linked."""

    id: str
    name: str
    role: str | None
    region_name: str | None


@dataclass(frozen=True, slots=True)
class _Printed:
    text_id: str
    outlet: str | None
    wire: str | None


def find_people(db: Database, name: str) -> list[Person]:
    """Everybody with a spelling like this, without regard to titles; else everybody with all of its words.

    Nobody for more than LONGEST_NAME characters: that is a text, and SQLite takes no thousand conditions.
    """
    if len(name) > LONGEST_NAME:
        return []
    key = compare_name(name, load_speaker_lexicon(), load_rules().people)
    words = key.split()
    exact, within = ("name_key = ?", [key]), (" AND ".join(["' ' || name_key || ' ' LIKE ?"] * len(words)), words)
    for where, values in (exact, (within[0], [f"% {word} %" for word in within[1]])):
        rows = db.execute(
            f"""SELECT id, speakers.name, role, regions.name FROM speakers LEFT JOIN regions ON regions.code = region
                WHERE id IN (SELECT speaker_id FROM speaker_names WHERE {where or "0"})
                ORDER BY statements DESC, speakers.name, id""",
            values,
        ).fetchall()
        if rows:
            return [Person(*row) for row in rows]
    return []


def history_of_region(db: Database, code: str, metric: str | None = None) -> list[Row]:
    """What was told of a region: a row for each value of a day, with how many sources tell it."""
    where, values = ("s.region = ? AND s.metric = ?", [code, metric]) if metric else ("s.region = ?", [code])
    return list(_merge(db.query(HISTORY.format(where=where, most=MOST_CLAIMS), values)))


def history_of_person(db: Database, person: str, metric: str | None = None) -> list[Row]:
    """What a person told of any region, under all spellings."""
    found: list[Row] = []
    spellings = db.execute("SELECT name, role, region FROM speaker_names WHERE speaker_id = ? ORDER BY id", [person])
    for name, role, region in spellings.fetchall():
        where = "s.speaker = ? AND s.speaker_role IS ? AND s.region IS ? AND (? IS NULL OR s.metric = ?)"
        found += db.query(HISTORY.format(where=where, most=MOST_CLAIMS), [name, role, region, metric, metric])
    latest = sorted(found, key=lambda row: (row["day"] or "", row["claim_id"]), reverse=True)[:MOST_CLAIMS]
    return list(_merge(sorted(latest, key=lambda row: (*map(_orderly, _same(row)), row["claim_id"]))))


def find_contradictions(
    db: Database, region: str | None = None, metric: str | None = None, limit: int | None = None
) -> Iterator[dict[str, Any]]:
    """Contradictions, the latest first, each with the claims on its sides; a province's include its regions'."""
    where, values = ["1"], []
    if region is not None:
        where.append("(region = ? OR region GLOB ?)")
        values += [region, f"{region}.*"]
    if metric is not None:
        where.append("metric = ?")
        values.append(metric)
    disputes = db.query(
        f"""SELECT disputes.*, regions.name AS region_name FROM disputes JOIN regions ON regions.code = region
            WHERE {" AND ".join(where)} ORDER BY as_of_end DESC, region, metric, segment, id LIMIT ?""",
        [*values, -1 if limit is None else limit],
    )
    for row in disputes:
        claims = list(db.query(SIDES, [row["id"]]))
        told = [list(group) for _, group in groupby(claims, key=lambda claim: claim["side"])]
        yield {name: row[name] for name in row if name != "sides"} | {"sides": told}


def _same(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in SAME)


def _orderly(value: object) -> tuple[bool, Any]:
    """To sort values of one column by, those that are missing first."""
    return (value is not None, value if value is not None else "")


def _merge(rows: Iterable[Row]) -> Iterator[Row]:
    for _, group in groupby(rows, key=_same):
        yield _merged(list(group))


def _merged(same: Sequence[Row]) -> Row:
    printed = [_Printed(row["cluster_id"] or row["article_id"], row["outlet"], row["wire"]) for row in same]
    marks = {
        "sources": count_sources([printed], load_rules().sources),
        "jump": next((row["jump"] for row in same if row["jump"]), None),
        "contradicted": max(row["contradicted"] for row in same),
        "disputed": max(row["disputed"] for row in same),
    }
    merged = {**same[0], **marks}
    return {name: merged[name] for name in SHOWN}
