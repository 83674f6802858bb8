"""What a page's tags tell machines: JSON-LD and meta elements. Claims to be weighed, not truth."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.pages.body import without_controls
from crawler.pages.dates import parse_stamp

PUBLISHED = (
    "article:published_time",
    "datepublished",
    "content_publisheddate",
    "jpnncom_news_pubdate",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "sailthru.date",
    "date",
)
AUTHOR = ("content_author", "jpnncom_news_author", "dable:author", "author")
EDITOR = ("content_editor",)
TITLE = ("og:title", "content_title", "title", "twitter:title")
ARTICLE_TYPES = ("newsarticle", "article", "blogposting", "reportagenewsarticle", "webpage")


@dataclass(frozen=True, slots=True)
class Tags:
    """What the tags say, in the order of how often such tags are right."""

    titles: tuple[str, ...]
    head: str
    """What the browser's title bar shows, mostly with the site's name; empty where there is none."""
    stamps: tuple[dt.date | dt.datetime, ...]
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    metas: Mapping[str, str]
    """The first content of each meta element, by its name in lower case."""
    text: tuple[str, ...]
    """The lines of the text that some JSON-LD holds; all there is on pages that a script puts together."""


def read_tags(page: HtmlElement) -> Tags:
    """Title, publication stamps and author names of JSON-LD and meta elements."""
    titles: list[str] = []
    stamps: list[str] = []
    authors: list[str] = []
    editors: list[str] = []
    text = ""
    nodes = list(iter_json_ld(page))
    # Yoast names the writer in an object of its own, which the article only refers to.
    names = {node.get("@id"): node.get("name") for node in nodes if "name" in node and isinstance(node.get("@id"), str)}
    for node in filter(is_article, nodes):
        titles.extend(text for text in (node.get("headline"),) if isinstance(text, str))
        stamps.extend(text for text in (node.get("datePublished"),) if isinstance(text, str))
        authors.extend(names_of(node.get("author"), names))
        editors.extend(names_of(node.get("editor"), names))
        body = node.get("articleBody")
        text = max(text, body, key=len) if isinstance(body, str) else text
    metas = read_metas(page)
    titles.extend(metas[name] for name in TITLE if name in metas)
    stamps.extend(metas[name] for name in PUBLISHED if name in metas)
    # A link to the author's page is no name.
    authors.extend(metas[name] for name in AUTHOR if name in metas and "://" not in metas[name])
    editors.extend(metas[name] for name in EDITOR if name in metas)
    parsed = (parse_stamp(stamp) for stamp in stamps)
    return Tags(
        tuple(dict.fromkeys(" ".join(html.unescape(title).split()) for title in titles if title.strip())),
        next((" ".join("".join(node.itertext()).split()) for node in page.iter("title")), ""),
        tuple(dict.fromkeys(stamp for stamp in parsed if stamp is not None)),
        tuple(dict.fromkeys(authors)),
        tuple(dict.fromkeys(editors)),
        metas,
        tuple(lines_of_text(text)),
    )


def lines_of_text(text: str) -> list[str]:
    """The lines of a text that may hold entities, and markup instead of line breaks."""
    text = without_controls(text).decode()
    text = re.sub(r"<(?:br|/p|/div)\b[^>]{0,200}>", "\n", html.unescape(text), flags=re.IGNORECASE)
    lines = (" ".join(line.split()) for line in re.sub(r"<[^>]{0,500}>", "", text).splitlines())
    return [line for line in lines if line]


def read_metas(page: HtmlElement) -> dict[str, str]:
    """The first content of each meta element by its name, property or itemprop in lower case."""
    found: dict[str, str] = {}
    for meta in page.iter("meta"):
        content = (meta.get("content") or "").strip()
        for key in ("name", "property", "itemprop"):
            name = (meta.get(key) or "").strip().casefold()
            if name and content:
                found.setdefault(name, content)
    return found


def iter_json_ld(page: HtmlElement) -> Iterator[dict[str, object]]:
    """Every object of the page's JSON-LD; broken JSON is passed over."""
    for script in page.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().casefold() != "application/ld+json":
            continue
        try:
            # Line breaks inside strings are common, and not strict JSON.
            data = json.loads(script.text or "", strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue
        pending = [data]
        while pending:
            node = pending.pop(0)
            if isinstance(node, list):
                pending.extend(node)
            elif isinstance(node, dict):
                graph = node.get("@graph")
                pending.extend(graph if isinstance(graph, list) else [])
                yield node


def is_article(node: dict[str, object]) -> bool:
    """Whether an object of JSON-LD could describe the article."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.casefold() in ARTICLE_TYPES for kind in kinds)


def names_of(author: object, named: Mapping[object, object] | None = None) -> Iterator[str]:
    """Names in a JSON-LD author: a string, a person, or a list of either; organisations are left out.

    `named` has the names of objects that are only referred to, by their "@id".
    """
    for one in author if isinstance(author, list) else [author]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict) and one.get("@type") != "Organization":
            identifier = one.get("@id")
            name = one.get("name") or (named or {}).get(identifier if isinstance(identifier, str) else None)
            if isinstance(name, str):
                yield name


def read_canonical(page: HtmlElement) -> str | None:
    """The address that the page calls its own (rel=canonical, else og:url), as written; None where it is empty."""
    for link in page.iter("link"):
        if "canonical" in (link.get("rel") or "").casefold().split() and (link.get("href") or "").strip():
            return str(link.get("href")).strip()
    return read_metas(page).get("og:url")
