"""Annotated articles: reading gold files and finding where in the text each annotation stands.

A gold file is one JSON object an article: `id`, `text`, `published`, `mentions` by kind and `claims`, as told in
tests/gold/README.md. Annotations carry the printed form (`raw`) and no offsets; spans are found by searching the text
in order, so that a file can be written and corrected by hand.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import GoldError
from extract.models import Article, MentionKind

GOLD_KINDS = (MentionKind.PERCENT, MentionKind.COUNT, MentionKind.DATE, MentionKind.REGION)


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """One annotation with its place in the text; `data` is the entry as the annotator wrote it."""

    start: int
    end: int
    data: Mapping[str, Any]

    @property
    def counts(self) -> bool:
        """Whether it is scored: `optional` and `branch` annotations neither count nor hurt."""
        return not (self.data.get("optional") or self.data.get("branch"))


@dataclass(frozen=True, slots=True)
class GoldArticle:
    article: Article
    mentions: Mapping[MentionKind, tuple[GoldSpan, ...]]
    claims: tuple[GoldSpan, ...]


def load_gold(path: Path) -> GoldArticle:
    """Read one gold file. Raises GoldError where it is not JSON, lacks a key, or an annotation is not in the text."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        check_shape(data, path)
        text: str = data["text"]
        mentions: Mapping[str, Sequence[Mapping[str, Any]]] = data["mentions"]
        claims: Sequence[Mapping[str, Any]] = data["claims"]
        published = dt.date.fromisoformat(data["published"][:10]) if data.get("published") else None
        identifier = str(data["id"])
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, ValueError) as problem:
        raise GoldError(str(path), f"cannot be read: {problem}") from problem
    except RecursionError as problem:
        raise GoldError(str(path), "cannot be read: nested too deeply") from problem
    article = Article(
        id=identifier,
        text=text,
        url=data.get("url"),
        outlet=data.get("outlet"),
        title=data.get("title"),
        published=published,
    )
    return GoldArticle(
        article=article,
        mentions={kind: locate_mentions(text, mentions.get(kind, ()), path) for kind in GOLD_KINDS},
        claims=locate_claims(text, claims, path),
    )


def check_shape(data: object, path: Path) -> None:
    """Raise GoldError where something in the file is not of the shape that all gold files have, and say what."""

    def demand(fits: bool, problem: str) -> None:
        if not fits:
            raise GoldError(str(path), problem)

    if not isinstance(data, dict):
        raise GoldError(str(path), f"is a JSON {type(data).__name__}, not the object of one annotated article")
    for key in ("id", "text", "mentions", "claims"):
        demand(key in data, f"lacks the key {key!r}")
    published, mentions, claims = data.get("published"), data["mentions"], data["claims"]
    demand(isinstance(data["text"], str), "'text' is to be a string")
    demand(published is None or isinstance(published, str), "'published' is to be an ISO date or null")
    demand(isinstance(mentions, dict), "'mentions' is to be an object with a list for each kind")
    demand(isinstance(claims, list), "'claims' is to be a list")
    for kind, entries in mentions.items():
        demand(isinstance(entries, list), f"'mentions', {kind!r} is to be a list")
        for place, entry in enumerate(entries, start=1):
            demand(is_annotation(entry), f"'mentions', {kind!r}, entry {place}: {NO_ANNOTATION}")
    for place, entry in enumerate(claims, start=1):
        demand(is_annotation(entry), f"'claims', entry {place}: {NO_ANNOTATION}")
        for key in ("metric", "modality", "value", "region"):
            demand(key in entry, f"'claims', entry {place}: lacks the key {key!r}")


NO_ANNOTATION = "is to be an object with 'raw', the printed words"


def is_annotation(entry: object) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("raw"), str) and bool(entry["raw"])


def iter_gold(path: Path) -> Iterator[GoldArticle]:
    """The gold article of a file, or of every .json file in a folder, in order of name."""
    if not path.exists():
        raise GoldError(str(path), "there is no such file or folder")
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise GoldError(str(path), "holds no .json file; give the folder with the annotated articles")
    for file in files:
        yield load_gold(file)


def locate_mentions(text: str, entries: Sequence[Mapping[str, Any]], path: Path) -> tuple[GoldSpan, ...]:
    spans: list[GoldSpan] = []
    position = 0
    for entry in entries:
        start = find_printed(text, entry["raw"], position)
        if start < 0:
            raise GoldError(
                str(path), f"the mention {entry['raw']!r} does not stand in the text after offset {position}"
            )
        position = start + len(entry["raw"])
        spans.append(GoldSpan(start, position, entry))
    return tuple(spans)


def locate_claims(text: str, entries: Sequence[Mapping[str, Any]], path: Path) -> tuple[GoldSpan, ...]:
    """Claims in text order; a figure said of several regions is several entries at one place."""
    spans: list[GoldSpan] = []
    position = 0
    for index, entry in enumerate(entries):
        raw = entry["raw"]
        if spans and _says_the_same_of_another_region(spans[-1].data, entry):
            still_to_place = sum(later["raw"] == raw for later in entries[index:])
            if count_printed(text, raw, position) < still_to_place:
                spans.append(GoldSpan(spans[-1].start, spans[-1].end, entry))
                continue
        start = find_printed(text, raw, position)
        if start < 0:
            raise GoldError(str(path), f"the claim {raw!r} does not stand in the text after offset {position}")
        position = start + len(raw)
        spans.append(GoldSpan(start, position, entry))
    return tuple(spans)


def _says_the_same_of_another_region(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(
        one["raw"] == other["raw"] and one["metric"] == other["metric"] and one.get("region") != other.get("region")
    )


def find_printed(text: str, raw: str, position: int) -> int:
    """Where `raw` stands at or after `position`, not inside a longer number or word; -1 if nowhere."""
    anywhere = start = text.find(raw, position)
    while start >= 0 and _is_part_of_more(text, start, start + len(raw)):
        start = text.find(raw, start + 1)
    return start if start >= 0 else anywhere


def count_printed(text: str, raw: str, position: int) -> int:
    found = 0
    while (start := find_printed(text, raw, position)) >= 0:
        found += 1
        position = start + len(raw)
    return found


def _is_part_of_more(text: str, start: int, end: int) -> bool:
    before, first = text[start - 1 : start], text[start]
    last, after = text[end - 1], text[end : end + 1]
    return (
        (first.isdigit() and (before.isdigit() or (before in {".", ","} and text[start - 2 : start - 1].isdigit())))
        or (first.isalpha() and before.isalpha())
        or (last.isdigit() and after.isdigit())
        or (last.isalpha() and after.isalpha())
    )
