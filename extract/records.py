"""The public JSON shapes: record to Article, Extraction to record. Additions are fine, renames are breaking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from extract.errors import ExtractError
from extract.models import Article, Check, Claim, Extraction, Figure, Mention, Period, Region, Repair, Speaker


class RecordError(ExtractError):
    """A record is no article; says which key is wrong."""


def parse_article(record: Mapping[str, Any]) -> Article:
    """An Article from a record with at least `id` and `text`; every other key may be null or missing.

    `published` is an ISO date, or an ISO time with or without offset. Raises RecordError.
    """
    if "text" not in record:
        raise RecordError("the key 'text' is missing")
    text = record["text"]
    if text is not None and not isinstance(text, str):
        raise RecordError(f"'text' is {type(text).__name__}, not a string")
    return Article(
        id=identifier_of(record.get("id")),
        text=text or "",
        url=optional_string(record, "url"),
        outlet=optional_string(record, "outlet"),
        title=optional_string(record, "title"),
        published=parse_published(record.get("published")),
        authors=names(record, "authors"),
        editors=names(record, "editors"),
        layout=optional_string(record, "layout"),
    )


def identifier_of(value: object) -> str:
    """An `id` as text: "" for none, and 7 for 7.0, which is what a table with gaps makes of it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def optional_string(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise RecordError(f"{key!r} is {type(value).__name__}, not a string")
    return value


def names(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = record.get(key) or ()
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        raise RecordError(f"{key!r} is not a list of strings")
    return tuple(value)


def parse_published(value: object) -> dt.date | dt.datetime | None:
    """`2025-05-06` to a date, `2025-05-06T10:00:00+09:00` to a datetime; None for null."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise RecordError(f"'published' is {type(value).__name__}, not an ISO date")
    try:
        return dt.date.fromisoformat(value) if len(value) == 10 else dt.datetime.fromisoformat(value)
    except ValueError as problem:
        raise RecordError(f"'published' is {value!r}, not an ISO date or time") from problem


def article_record(article: Article) -> dict[str, Any]:
    """What `cakupan read` prints for a page."""
    return {
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "authors": list(article.authors),
        "editors": list(article.editors),
        "layout": article.layout,
        "text": article.text,
    }


def extraction_record(extraction: Extraction) -> dict[str, Any]:
    """What `cakupan extract` prints for an article."""
    return {
        "id": extraction.article_id,
        "version": extraction.version,
        "mentions": [mention_record(mention) for mention in extraction.mentions],
        "claims": [claim_record(claim) for claim in extraction.claims],
        "checks": [check_record(check) for check in extraction.checks],
    }


def mention_record(mention: Mention[Any]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "kind": mention.kind.value,
        "start": mention.start,
        "end": mention.end,
        "text": mention.raw,
        "rule": mention.rule,
    }
    match mention.value:
        case Figure() as figure:
            record |= {
                "value": plain(figure.value),
                "printed_value": plain(figure.printed),
                "approx": figure.approx.value,
            }
        case Period() as period:
            record |= {
                "start_date": period.start.isoformat(),
                "end_date": period.end.isoformat(),
                "precision": period.precision.value,
            }
        case Region() as region:
            record |= {"code": region.code, "name": region.name, "branch": mention.branch}
        case Speaker() as speaker:
            record |= {"name": speaker.name, "role": speaker.role}
        case _:
            record |= EMPTY_EXTRAS[mention.kind.value]
    return record


EMPTY_EXTRAS: dict[str, dict[str, None]] = {
    "percent": {"value": None, "printed_value": None, "approx": None},
    "count": {"value": None, "printed_value": None, "approx": None},
    "date": {"start_date": None, "end_date": None, "precision": None},
    "region": {"code": None, "name": None, "branch": None},
    "speaker": {"name": None, "role": None},
}


def claim_record(claim: Claim) -> dict[str, Any]:
    return {
        "metric": claim.metric.value,
        "modality": claim.modality.value,
        "value": plain(claim.value),
        "unit": claim.unit.value,
        "approx": claim.approx.value,
        "region": claim.region,
        "region_name": claim.region_name,
        "as_of_start": claim.as_of.start.isoformat() if claim.as_of else None,
        "as_of_end": claim.as_of.end.isoformat() if claim.as_of else None,
        "as_of_basis": claim.as_of_basis.value if claim.as_of_basis else None,
        "speaker": claim.speaker.name if claim.speaker else None,
        "speaker_role": claim.speaker.role if claim.speaker else None,
        "quoted": claim.quoted,
        "segment": claim.segment.value if claim.segment else None,
        "start": claim.start,
        "end": claim.end,
        "text": claim.raw,
        "printed_value": plain(claim.printed_value),
        "suspect": claim.suspect,
        "repair": repair_record(claim.repair) if claim.repair else None,
        "rule": claim.rule,
    }


def repair_record(repair: Repair) -> dict[str, Any]:
    return {
        "rule": repair.rule,
        "slips": list(repair.slips),
        "witnesses": [witness.message for witness in repair.witnesses],
        "confidence": round(repair.confidence, 2),
        "alternatives": plain_list(repair.alternatives),
    }


def check_record(check: Check) -> dict[str, Any]:
    return {
        "name": check.name,
        "verdict": check.verdict.value,
        "claims": list(check.claims),
        "expected": check.expected,
        "got": check.got,
        "message": check.message,
    }


def plain(value: float | None) -> float | int | None:
    """A whole number without its decimal point: 126000, not 126000.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def plain_list(values: Sequence[float]) -> list[float | int | None]:
    return [plain(value) for value in values]
