"""A claim: its sentence in the paragraph, what is printed and meant and why, its checks, and who else tells it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from corpus.desk.cite import Citation, cite
from corpus.desk.flat import FlatClaim, ids_of, load_claims
from corpus.desk.marks import Mark, Piece, cut, kinds_in, paragraph_around
from corpus.desk.page import Asked, NoSuchPage, Page, Row
from corpus.desk.pages.contradictions import Contradiction, of_claim
from corpus.desk.retell import STORED, Told, retell, stored_article
from corpus.desk.words import tell_figure, tell_period
from corpus.wording import load_wording
from extract.wording import Language

ELSEWHERE = 20
NEAR = dt.timedelta(days=183)
"""A figure that is told within half a year before or after is taken for the same."""

CLAIM = """
    SELECT article_id, revision, start_char, end_char, text, unit, value, rule, reasons, extractor FROM claims
    WHERE id = ?
"""
ARTICLE = """
    SELECT a.id, r.url, a.outlet, coalesce(o.name, a.outlet) AS outlet_name, r.title, r.published, r.text, r.authors,
           r.fetch, r.seen_at, a.extracted_revision, a.revision AS newest
    FROM articles AS a
    JOIN revisions AS r ON r.article_id = a.id AND r.revision = :revision
    LEFT JOIN outlets AS o ON o.domain = a.outlet
    WHERE a.id = :article
"""
MENTIONS = """
    SELECT kind, start_char, end_char, unit, value, approx, start_date, end_date, name, role FROM mentions
    WHERE article_id = ? AND start_char < ? AND end_char > ? ORDER BY ordinal
"""
REPAIR = "SELECT rule, slips, witnesses, confidence, alternatives FROM repairs WHERE claim_id = ?"
CHECKS = """
    SELECT c.ordinal, c.name, c.verdict, c.expected, c.got, c.message
    FROM check_claims AS k CROSS JOIN checks AS c ON c.article_id = k.article_id AND c.ordinal = k.check_ordinal
    WHERE k.claim_id = ? ORDER BY c.ordinal
"""
REVIEWS = """
    SELECT reviewer, verdict, corrections, reason, reviewed_at FROM reviews WHERE claim_id = ?
    ORDER BY reviewed_at DESC, id DESC LIMIT 20
"""
COPIES = """
    SELECT a.id, coalesce(o.name, a.outlet), a.title, a.published_date, a.url
    FROM syndication AS one
    JOIN syndication AS other ON other.cluster_id = one.cluster_id AND other.article_id <> one.article_id
    JOIN articles AS a ON a.id = other.article_id
    LEFT JOIN outlets AS o ON o.domain = a.outlet
    WHERE one.article_id = ? ORDER BY a.published_date, a.id LIMIT ?
"""
SAME = """
    SELECT claim_id FROM standing
    WHERE region IS :region AND metric = :metric AND day BETWEEN :first AND :last AND segment IS :segment
      AND unit = :unit AND value = :value AND article_id <> :article AND review IS NOT 'reject'
    ORDER BY day, claim_id LIMIT :most
"""
SPEAKER = "SELECT speaker_id FROM speaker_names WHERE name = ? AND role IS ? AND region IS ?"


@dataclass(frozen=True, slots=True)
class RepairOfClaim:
    """Why the meant value is not the printed one, or what else it could be. `slips` and `witnesses` are sentences."""

    rule: str
    slips: tuple[str, ...]
    witnesses: tuple[str, ...]
    confidence: float
    alternatives: tuple[float, ...]
    language: Language


@dataclass(frozen=True, slots=True)
class CheckOfClaim:
    """One check that weighed the claim; `message` is in `language`."""

    name: str
    verdict: str
    expected: str | None
    got: str | None
    message: str
    language: Language


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field has its value: the rule, and the cue in the text."""

    field: str
    rule: str
    cue: str | None
    distance: int | None


@dataclass(frozen=True, slots=True)
class ReviewOfClaim:
    """What a person said of it."""

    reviewer: str
    verdict: str
    corrections: Mapping[str, Any]
    reason: str | None
    reviewed_at: str


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article that prints the same text."""

    article_id: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """All that is known of a claim. `fetch` names the archived copy, None where there is none."""

    claim: FlatClaim
    outlet_name: str | None
    authors: tuple[str, ...]
    start_char: int
    end_char: int
    pieces: tuple[Piece, ...]
    kinds: tuple[str, ...]
    read_value: float
    read_unit: str
    rule: str
    extractor: str
    is_read_from_newest: bool
    repair: RepairOfClaim | None
    checks: tuple[CheckOfClaim, ...]
    reasons: tuple[Reason, ...]
    reviews: tuple[ReviewOfClaim, ...]
    copies: tuple[Copy, ...]
    same: tuple[FlatClaim, ...]
    contradictions: tuple[Contradiction, ...]
    speaker_id: str | None
    fetch: int | None
    fetched_at: str | None
    citation: Citation


def gather(db: Database, asked: Asked) -> ClaimPage:
    """All that the page of a claim shows."""
    key = asked.path["id"]
    flat = load_claims(db, [key])
    if not flat:
        raise NoSuchPage(key)
    claim = flat[0]
    (own,) = db.query(CLAIM, [key])
    (article,) = db.query(ARTICLE, {"article": own["article_id"], "revision": own["revision"]})
    told = retell(db, stored_article(article), asked.language) if claim.copy != "removed" else Told()
    pieces = mark(db, own, article, asked.language)
    authors = tuple(map(str, json.loads(article["authors"])))
    return ClaimPage(
        claim=claim,
        outlet_name=article["outlet_name"],
        authors=authors,
        start_char=own["start_char"],
        end_char=own["end_char"],
        pieces=pieces,
        kinds=kinds_in(pieces),
        read_value=own["value"],
        read_unit=own["unit"],
        rule=own["rule"],
        extractor=own["extractor"],
        is_read_from_newest=own["revision"] == article["newest"],
        repair=load_repair(db, key, own["start_char"], told, asked.language),
        checks=load_checks(db, key, told, asked.language),
        reasons=tuple(
            Reason(one["field"], one["rule"], one.get("cue"), one.get("distance")) for one in json.loads(own["reasons"])
        ),
        reviews=tuple(
            ReviewOfClaim(who, verdict, json.loads(corrections), reason, at)
            for who, verdict, corrections, reason, at in db.execute(REVIEWS, [key])
        ),
        copies=tuple(Copy(*row) for row in db.execute(COPIES, [claim.article_id, ELSEWHERE])),
        same=load_same(db, claim),
        contradictions=of_claim(db, key),
        speaker_id=find_speaker(db, claim),
        fetch=article["fetch"] if claim.copy == "kept" else None,
        fetched_at=article["seen_at"],
        citation=cite(
            key,
            authors,
            claim.published,
            claim.title or claim.quote or "",
            article["outlet_name"] or "",
            claim.url or "",
            asked.language,
        ),
    )


def mark(db: Database, own: Row, article: Row, language: Language) -> tuple[Piece, ...]:
    """The paragraph of the claim with all that is found in it marked; empty where the text was taken out."""
    text, start, end = article["text"], own["start_char"], own["end_char"]
    if text[start:end] != own["text"]:
        return ()
    first, last = paragraph_around(text, start, end)
    marks = [Mark(start, end, "percent" if own["unit"] == "percent" else "count", own["text"], focus=True)]
    if own["revision"] == article["extracted_revision"]:
        marks += [
            Mark(row["start_char"], row["end_char"], row["kind"], label_of(row, language))
            for row in db.query(MENTIONS, [own["article_id"], last, first])
        ]
    return cut(text, first, last, marks)


def label_of(mention: Row, language: Language) -> str:
    """What a mention is read as; empty where it cannot be read."""
    match mention["kind"]:
        case "percent" | "count" if mention["value"] is not None:
            return tell_figure(mention["value"], mention["unit"], mention["approx"] or "exact", language)
        case "date":
            return tell_period(mention["start_date"], mention["end_date"], language)
        case "speaker":
            return ", ".join(part for part in (mention["name"], mention["role"]) if part)
        case _:
            return mention["name"] or ""


def load_repair(db: Database, key: str, start: int, told: Told, language: Language) -> RepairOfClaim | None:
    """The repair in words, where there is one."""
    row = db.execute(REPAIR, [key]).fetchone()
    if row is None:
        return None
    rule, slips, witnesses, confidence, alternatives = row
    names = load_wording(language)["slips"]
    again = told.repair(start, rule)
    stored = tuple(str(witness["message"]) for witness in json.loads(witnesses))
    is_told = again is not None and len(again) == len(stored)
    return RepairOfClaim(
        rule=rule,
        slips=tuple(str(names.get(slip, slip)) for slip in json.loads(slips)),
        witnesses=again if again is not None and is_told else stored,
        confidence=confidence,
        alternatives=tuple(json.loads(alternatives)),
        language=language if is_told else STORED,
    )


def load_checks(db: Database, key: str, told: Told, language: Language) -> tuple[CheckOfClaim, ...]:
    """The checks that weighed a claim, in words."""
    checks = []
    for ordinal, name, verdict, expected, got, message in db.execute(CHECKS, [key]).fetchall():
        again = told.check(ordinal, name, verdict)
        checks.append(CheckOfClaim(name, verdict, expected, got, again or message, language if again else STORED))
    return tuple(checks)


def load_same(db: Database, claim: FlatClaim) -> tuple[FlatClaim, ...]:
    """Other articles' claims of the same figure about the same time, the oldest first."""
    if claim.day is None or claim.region is None:
        return ()
    day = dt.date.fromisoformat(claim.day)
    where = {
        **{name: getattr(claim, name) for name in ("region", "metric", "segment", "unit", "value")},
        "article": claim.article_id,
        "first": (day - NEAR).isoformat(),
        "last": (day + NEAR).isoformat(),
        "most": ELSEWHERE,
    }
    return load_claims(db, ids_of(db, SAME, where))


def find_speaker(db: Database, claim: FlatClaim) -> str | None:
    """The person whom the claim's speaker was taken for."""
    if claim.speaker is None:
        return None
    row = db.execute(SPEAKER, [claim.speaker, claim.speaker_role, claim.region]).fetchone()
    return None if row is None else str(row[0])


def table(found: ClaimPage) -> list[Row]:
    """The claim itself, and the same figure elsewhere."""
    return [asdict(claim) for claim in (found.claim, *found.same)]


PAGE = Page("claim", r"/klaim/(?P<id>[0-9a-f]{6,64})", gather, table)
