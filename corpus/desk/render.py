"""A page as HTML, JSON or CSV. Whatever comes from the database is escaped; addresses become links only if http(s)."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from corpus.desk import words
from corpus.desk.page import Asked, Row
from corpus.desk.settings import DATABASE
from corpus.export.spreadsheets import MARK, is_formula
from extract.wording import Language, number

TEMPLATES = Path(__file__).with_name("templates")


@cache
def environment() -> Environment:
    """The templates: everything is escaped, and a name that is missing is an error."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["web"] = web_address
    env.filters["segment"] = partial(quote, safe="")
    env.filters["host"] = host_of
    env.globals["data"] = f"/{DATABASE}"
    env.globals["query"] = query_string
    return env


def render_html(template: str, asked: Asked, context: Mapping[str, Any]) -> str:
    """The page of this template in the language that was asked for."""
    language = asked.language
    said = words.load_words(language)
    own: dict[str, Any] = {
        "lang": language,
        "asked": asked,
        "reviewer": asked.reviewer,
        "t": lambda key, **fill: said[key].format(**fill) if fill else said[key],
        # A word of a vocabulary that is newer than these pages stands as it is.
        "word": lambda vocabulary, value: said.get(f"{vocabulary}.{value}", value),
        "figure": lambda row: words.tell_figure(row.value, row.unit, row.approx, language),
        "plain": lambda value, unit: words.tell_figure(value, unit, "exact", language),
        "measure": lambda row: words.tell_metric(row.metric, row.segment, language),
        "metric_name": lambda metric: words.tell_metric(metric, None, language),
        "day": partial(_swapped, words.tell_day, language),
        "minute": partial(_swapped, words.tell_minute, language),
        "period": lambda row: words.tell_period(row.as_of_start, row.as_of_end, language),
        "number": lambda value: number(value, language),
    }
    return environment().get_template(template).render(own | dict(context))


def _swapped(tell: Any, language: Language, value: str | None) -> str:  # noqa: ANN401 - a teller of words
    return str(tell(value, language))


def render_json(found: object) -> str:
    """All that a page shows, for programs; names are those of the columns."""
    return json.dumps(plain(found), ensure_ascii=False, indent=1, default=plain)


def plain(value: object) -> object:
    """A page's content in types that JSON has. Raises TypeError for what has no such form."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def render_csv(rows: Sequence[Row]) -> str:
    """The rows of a page's table under the names of their columns; empty where there are none."""
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def cell(value: object) -> object:
    """A value of which a spreadsheet runs nothing. A text of digits is told from a number here, and only here."""
    return MARK + value if isinstance(value, str) and is_formula(value) else value


def web_address(url: str | None) -> str | None:
    """The address if a browser may be sent there: http or https with a host; else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return url if usable else None


def host_of(url: str | None) -> str:
    """The host of an address; "" where it has none."""
    usable = web_address(url)
    return urlsplit(usable).hostname or "" if usable else ""


def query_string(arguments: Mapping[str, str], **changed: object) -> str:
    """The arguments of this page with some of them changed, as the end of an address; empty ones are left out."""
    kept = {**arguments, **{name: str(value) for name, value in changed.items() if value is not None}}
    for name, value in changed.items():
        if value is None:
            kept.pop(name, None)
    told = {name: value for name, value in kept.items() if value}
    return f"?{urlencode(told)}" if told else ""
