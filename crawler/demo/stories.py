"""The demo's articles, written for this project: one TOML file each, some with a revision."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.errors import RegistryError

ARTICLES = Path(__file__).with_name("articles")
SITES = ("wordpress", "blogger", "portal", "br")
KEYS = {"id", "site", "title", "published", "authors", "editors", "body", "revision"}


@dataclass(frozen=True, slots=True)
class Story:
    """One article as its site shows it now. `modified` equals `published` until it is revised."""

    id: str
    site: str
    title: str
    published: dt.datetime
    modified: dt.datetime
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    body: tuple[str, ...]


def load_stories(folder: Path = ARTICLES, *, revised: bool = False) -> tuple[Story, ...]:
    """Every article of a folder, newest first; raises RegistryError naming the file at fault."""
    stories = [load_story(path, revised=revised) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(stories, key=lambda story: story.published, reverse=True))


def load_story(path: Path, *, revised: bool) -> Story:
    """One article, in its first or its revised version; raises RegistryError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(path.name, "(the whole file)", str(error)) from error
    if unknown := sorted(data.keys() - KEYS):
        raise RegistryError(path.name, unknown[0], "is a key that nothing reads")

    def text(key: str) -> str:
        value = data.get(key)
        if not isinstance(value, str) or not value:
            raise RegistryError(path.name, key, "must be a string that is not empty")
        return value

    def strings(table: dict[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key)
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise RegistryError(path.name, key, "must be a list of strings")
        return tuple(value)

    def moment(table: dict[str, Any], key: str) -> dt.datetime:
        value = table.get(key)
        if not isinstance(value, dt.datetime) or value.tzinfo is None:
            raise RegistryError(path.name, key, "must be a date and time with its offset")
        return value

    if text("site") not in SITES:
        raise RegistryError(path.name, "site", f"must be one of {', '.join(SITES)}")
    revision = data.get("revision", {}) if revised else {}
    return Story(
        id=text("id"),
        site=text("site"),
        title=revision.get("title", text("title")),
        published=moment(data, "published"),
        modified=moment(revision, "modified") if revision else moment(data, "published"),
        authors=strings(data, "authors"),
        editors=strings(data, "editors"),
        body=strings(revision if "body" in revision else data, "body"),
    )
