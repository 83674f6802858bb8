"""The domain's types as rows of the database, and back: pure functions, no SQL.

Keys are the column names of migrations.py. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD, and every offset
stays.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from corpus.quotes import Quote, distinct
from crawler.urls import short_hash
from extract.models import (
    Article,
    Check,
    Claim,
    Extraction,
    Figure,
    Mention,
    Period,
    Reason,
    Region,
    Repair,
    Speaker,
    Verdict,
)
from extract.repair.decide import UNDECIDED

Row = dict[str, object]

SMALL = 2**63
SURROGATE = re.compile("[\ud800-\udfff]")


def utc(moment: dt.datetime) -> str:
    """Give an aware time in UTC to the second, as all `_at` columns have it; raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def article_row(article: Article) -> Row:
    """The columns that articles and their revisions share."""
    return {
        "url": article.url,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "text": article.text,
    }


def revision_row(article: Article) -> Row:
    """One form of an article, with the digest that tells it from others."""
    return article_row(article) | {
        "authors": _json(article.authors),
        "editors": _json(article.editors),
        "layout": article.layout,
        "digest": revision_digest(article),
    }


def revision_digest(article: Article) -> str:
    """SHA-256 of what the outlet wrote. How and when we read it stays out, or each new layout would be a revision."""
    published = article.published.isoformat() if article.published else None
    return digest_of_fields(article.title, published, article.text, article.authors, article.editors)


def digest_of_fields(
    title: str | None, published: str | None, text: str, authors: Sequence[str], editors: Sequence[str]
) -> str:
    """The digest of a revision from its columns, so that it can be reckoned from what is stored."""
    said = SURROGATE.sub("\ufffd", _json([title, published, text, authors, editors]))
    return hashlib.sha256(said.encode()).hexdigest()


def region_row(region: Region) -> Row:
    """One row of the gazetteer."""
    return {
        "code": region.code,
        "name": region.name,
        "level": region.level,
        "province": region.province,
        "population_people": region.population,
        "since_year": region.since,
    }


def iter_mention_rows(article_id: str, extraction: Extraction) -> Iterator[Row]:
    """Every mention, in the order given."""
    for ordinal, mention in enumerate(extraction.mentions):
        row: Row = {
            "article_id": article_id,
            "ordinal": ordinal,
            "kind": mention.kind,
            "start_char": mention.start,
            "end_char": mention.end,
            "text": mention.raw,
            "rule": mention.rule,
            "branch": mention.branch,
        }
        yield row | dict.fromkeys(MENTION_VALUES) | _mention_value(mention)


MENTION_VALUES = (
    "value",
    "printed_value",
    "unit",
    "approx",
    "start_date",
    "end_date",
    "precision",
    "region",
    "name",
    "role",
)


def _mention_value(mention: Mention[object]) -> Row:
    match mention.value:
        case Figure() as figure:
            printed = figure.printed
            return {"value": figure.value, "printed_value": printed, "unit": figure.unit, "approx": figure.approx}
        case Period(start=start, end=end, precision=precision):
            return {"start_date": start.isoformat(), "end_date": end.isoformat(), "precision": precision}
        case Region(code=code, name=name):
            return {"region": code, "name": name}
        case Speaker(name=name, role=role):
            return {"name": name, "role": role}
        case _:
            return {}


JUDGED = (
    *("metric", "modality", "segment", "value", "unit", "approx"),
    *("region", "as_of_start", "as_of_end", "speaker", "speaker_role", "text"),
)
"""What a reviewer sees and answers for: when one of these changes, a verdict no longer judges the claim."""


def iter_claim_rows(article_id: str, revision: int, extraction: Extraction, quotes: Sequence[Quote]) -> Iterator[Row]:
    """Every claim with its stable ID, in the order given; `quotes` are their sentences, in the same order."""
    figures = figure_ids(article_id, extraction)
    ids = ids_of(figures, extraction.claims)
    for ordinal, (figure, claim, quote) in enumerate(zip(figures, extraction.claims, quotes, strict=True)):
        row: Row = {
            "id": ids[ordinal],
            "article_id": article_id,
            "revision": revision,
            "ordinal": ordinal,
            "metric": claim.metric,
            "modality": claim.modality,
            "segment": claim.segment,
            "value": claim.value,
            "unit": claim.unit,
            "approx": claim.approx,
            "precision": claim.precision,
            "region": claim.region,
            "region_name": claim.region_name,
            "as_of_start": claim.as_of.start.isoformat() if claim.as_of else None,
            "as_of_end": claim.as_of.end.isoformat() if claim.as_of else None,
            "as_of_precision": claim.as_of.precision if claim.as_of else None,
            "as_of_basis": claim.as_of_basis,
            "speaker": claim.speaker.name if claim.speaker else None,
            "speaker_role": claim.speaker.role if claim.speaker else None,
            "quoted": claim.quoted,
            "start_char": claim.start,
            "end_char": claim.end,
            "text": claim.raw,
            "sentence": claim.sentence,
            "printed_value": claim.printed_value,
            "suspect": claim.suspect,
            "rule": claim.rule,
            "reasons": _json([reason_record(reason) for reason in claim.reasons]),
            "extractor": extraction.version,
            "quote_start": quote.start,
            "figure": figure,
        }
        yield row | {"fingerprint": fingerprint(row)}


def reason_record(reason: Reason) -> Row:
    """One field's reason, as `reasons` lists them."""
    return {
        "field": reason.field,
        "rule": reason.rule,
        "cue": reason.cue,
        "start": reason.start,
        "distance": reason.distance,
    }


def figure_ids(article_id: str, extraction: Extraction) -> list[str]:
    """Which printed figure each claim is about: article, its printed form and which of its like it is.

    The third "98,29 persen" stays the third when a paragraph is put in above it; its offset would not.
    """
    printed = {(claim.start, claim.raw) for claim in extraction.claims}
    printed |= {(mention.start, mention.raw) for mention in extraction.mentions}
    met: Counter[str] = Counter()
    nth: dict[tuple[int, str], int] = {}
    for start, raw in sorted(printed):
        met[raw] += 1
        nth[start, raw] = met[raw]
    return [short_hash(article_id, claim.raw, str(nth[claim.start, claim.raw])) for claim in extraction.claims]


def claim_ids(article_id: str, extraction: Extraction) -> list[str]:
    """Stable IDs, one a claim: its printed figure, metric, region."""
    return ids_of(figure_ids(article_id, extraction), extraction.claims)


def ids_of(figures: Sequence[str], claims: Sequence[Claim]) -> list[str]:
    """The IDs of claims about these printed figures."""
    ids: list[str] = []
    twins: Counter[tuple[str, ...]] = Counter()
    for figure, claim in zip(figures, claims, strict=True):
        key = (figure, claim.metric, claim.region or "")
        twins[key] += 1
        # Two claims alike in all of this, such as two areas of several regions each, are told apart by order.
        ids.append(short_hash(*key) if twins[key] == 1 else short_hash(*key, str(twins[key])))
    return ids


def fingerprint(row: Mapping[str, object]) -> str:
    """Hash of what a reviewer judges of a claim, from its row; the same from one that was read back."""
    return short_hash(*(_as_read_back(row[name]) for name in JUDGED))


def _as_read_back(value: object) -> str:
    value = storable_value(value)
    return "" if value is None else str(float(value) if isinstance(value, int) else value)


def iter_quote_rows(article_id: str, text: str, quotes: Sequence[Quote]) -> Iterator[Row]:
    """The sentences that hold claims, each once."""
    for quote in distinct(quotes):
        yield {
            "article_id": article_id,
            "start_char": quote.start,
            "end_char": quote.end,
            "text": text[quote.start : quote.end],
        }


def repair_row(claim_id: str, repair: Repair) -> Row:
    """Why a claim's value differs from print; the two values themselves are the claim's columns."""
    return {
        "claim_id": claim_id,
        "rule": repair.rule,
        "slips": _json(repair.slips),
        "witnesses": _json([{"name": witness.name, "message": witness.message} for witness in repair.witnesses]),
        "confidence": repair.confidence,
        "alternatives": _json(repair.alternatives),
    }


def is_repaired(claim: Claim) -> bool:
    """Whether the value was changed from what is printed, and not only doubted."""
    return claim.repair is not None and not claim.suspect and claim.repair.chosen != claim.printed_value


def undecided_claims(extraction: Extraction) -> int:
    """How many figures are left without a settled reading."""
    return sum(claim.repair is not None and claim.repair.rule == UNDECIDED for claim in extraction.claims)


def disputed_claims(extraction: Extraction) -> set[int]:
    """Positions of the claims that a check speaks against; what is printed wrong and what was made of it stay out."""
    return {
        position
        for check in extraction.checks
        if check.verdict is Verdict.SUSPECT and check.name != "figure_as_printed"
        for position in check.claims
    }


def check_row(article_id: str, ordinal: int, check: Check) -> Row:
    """One piece of arithmetic; which claims it weighed is told in check_claims."""
    return {
        "article_id": article_id,
        "ordinal": ordinal,
        "name": check.name,
        "verdict": check.verdict,
        "expected": check.expected,
        "got": check.got,
        "message": check.message,
    }


def storable(row: Row) -> Row:
    """The row as SQLite can hold it: text without lone surrogates, numbers of no more than 64 bits."""
    return {column: storable_value(value) for column, value in row.items()}


def storable_values(row: Row) -> list[object]:
    """The values of a row as SQLite can hold them, in order."""
    values = list(row.values())
    for place, value in enumerate(values):
        # Nearly all are fine as they are, and there are half a million a second: no call for those.
        kind = type(value)
        if value is None or kind is float or (kind is str and value.isascii()):  # type: ignore[attr-defined]
            continue
        if kind is int and -SMALL < value < SMALL:  # type: ignore[operator]
            continue
        values[place] = storable_value(value)
    return values


def storable_value(value: object) -> object:
    """One value as SQLite can hold it."""
    # Plain str and int: those of an enumeration, and bool, take the sqlite3 module three times as long.
    if isinstance(value, str):
        return str(value) if value.isascii() else SURROGATE.sub("\ufffd", value)
    if isinstance(value, int):
        if -SMALL <= value < SMALL:
            return int(value)
        # Four hundred digits in a row are no figure, but no reason to lose the article either.
        return float(value) if abs(value) < sys.float_info.max else math.inf if value > 0 else -math.inf
    return value


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
