"""Articles that a page carries as JSON for its own scripts, as Next.js sites do (Jawa Pos)."""

from __future__ import annotations

import datetime as dt
import html
import json
from dataclasses import dataclass

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from crawler.pages.body import without_controls
from crawler.pages.bylines import People, split_names, unique
from crawler.pages.dates import parse_stamp
from crawler.pages.layouts import Data
from crawler.pages.metadata import names_of


@dataclass(frozen=True, slots=True)
class Embedded:
    """What the JSON says; `body` is its markup as a tree."""

    body: HtmlElement
    title: str
    stamp: dt.date | dt.datetime | None
    people: People


def read_embedded(page: HtmlElement, data: Data) -> Embedded | None:
    """The article in the page's JSON: of all objects with a headline and a text the one with the longest text."""
    found: list[dict[str, object]] = []
    for script in data.script.on_page(page):
        try:
            pending = [json.loads(script.text or "", strict=False)]
        except (json.JSONDecodeError, RecursionError):
            continue
        while pending:
            node = pending.pop()
            if isinstance(node, dict):
                if isinstance(node.get(data.title), str) and isinstance(node.get(data.body), str):
                    found.append(node)
                pending.extend(node.values())
            elif isinstance(node, list):
                pending.extend(node)
    article = max(found, key=lambda node: len(str(node[data.body])), default=None)
    if article is None:
        return None
    try:
        body = lxml.html.fragment_fromstring(without_controls(str(article[data.body])).decode(), create_parent="div")
    except (ParserError, ValueError):
        return None
    names = [name for author in names_of(article.get(data.authors)) for name in split_names(author)]
    stamp = article.get(data.date)
    title = " ".join(html.unescape(str(article[data.title])).split())
    return Embedded(body, title, parse_stamp(stamp) if isinstance(stamp, str) else None, People(unique(names)))
