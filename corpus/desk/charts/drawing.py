"""From an altair chart to the <svg> of a page: marks become links, what only Vega needs is left out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import disable_debug_mode
from lxml import etree

from corpus.wording import load_wording
from extract.wording import Language

SVG = "http://www.w3.org/2000/svg"
VEGA_LITE = alt.SCHEMA_VERSION.rpartition(".")[0]
ROWS = alt.NamedData(name="rows")  # what a chart's marks are made of, given to `draw` beside it

# Every part of every chart is checked against Vega-Lite's schema otherwise, which takes longer than to draw it; the
# tests have it checked.
disable_debug_mode()

Rows = list[dict[str, Any]]
Spec = dict[str, Any]
SPACING = 14  # pixels between two charts, one below the other
OUTERMOST = ("$schema", "config")  # what a chart within a chart does not have

# Okabe and Ito's colours, told apart by colour-blind readers too; yellow is left out, it is lost on white.
OKABE_ITO = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
INK, SOFT_INK, GREY, RULE, PAPER = "#1a1a1a", "#4d4d4d", "#8c8c8c", "#d9d9d9", "#ffffff"

CONFIG: dict[str, Any] = {
    "font": "sans-serif",
    "background": None,
    "view": {"stroke": None},
    "padding": 4,
    "axis": {"labelColor": SOFT_INK, "titleColor": SOFT_INK, "labelFontSize": 12, "titleFontWeight": "normal"},
    "text": {"fill": INK},
}

# Attributes for programs that Vega writes and that nobody here hears: the links and the table speak instead.
DROPPED = ("role", "aria-roledescription", "aria-label", "aria-hidden", "class", "style", "display")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a mark leads, and what it says to who hovers over it or hears it; without `href` it only speaks."""

    label: str
    href: str = ""


def draw(
    parts: Sequence[alt.TopLevelMixin],
    rows: Rows,
    title: str,
    description: str,
    language: Language,
    anchors: Sequence[Anchor] = (),
    by_keyboard: bool = True,
) -> str:
    """The charts of `rows`, one below the other, as one <svg> with title and description; the same text for the same.

    A mark whose `description` is the number of an anchor becomes that anchor. Where anchors lead somewhere the
    drawing is a group for screen readers, otherwise an image, whose insides they skip. Links are stops of the Tab
    key unless `by_keyboard` is off, which is for charts of so many points that the table serves better.
    """
    root = convert(stack(parts), rows, language)
    _anchor(root, anchors, by_keyboard)
    return finish(root, title, description, language, linked=any(anchor.href for anchor in anchors))


def stack(parts: Sequence[alt.TopLevelMixin]) -> Spec:
    """The charts one below the other, as Vega-Lite has it.

    `alt.vconcat` copies all that its parts hold at each level, which takes longer than to draw them.
    """
    specs = [part.to_dict(validate=False) for part in parts]
    datasets = {name: rows for spec in specs for name, rows in spec.pop("datasets", {}).items()}
    inner = [{key: value for key, value in spec.items() if key not in OUTERMOST} for spec in specs]
    return {"vconcat": inner, "spacing": SPACING, "datasets": datasets}


def convert(spec: Spec, rows: Rows, language: Language) -> etree._Element:
    """The chart as Vega draws it, with numbers and dates in the language's marks."""
    # altair copies all it holds many times over, so the rows are put into what it made.
    drawn = vl_convert.vegalite_to_svg(
        {**spec, "config": CONFIG, "datasets": {**spec.get("datasets", {}), ROWS.name: rows}},
        vl_version=VEGA_LITE,
        allowed_base_urls=[],
        format_locale=_numbers(language),
        time_format_locale=_times(language),
    )
    return etree.fromstring(drawn.encode())


def finish(root: etree._Element, title: str, description: str, language: Language, linked: bool = False) -> str:
    """The text of a drawing without what only Vega needs, named for screen readers: an image, or a group of links."""
    _strip(root)
    _name(root, title, description, "group" if linked else "img", language)
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


def _anchor(root: etree._Element, anchors: Sequence[Anchor], by_keyboard: bool) -> None:
    marks = [mark for mark in root.iter() if mark.get("role") == "graphics-symbol"]
    for mark in marks:
        number, parent = mark.get("aria-label", ""), mark.getparent()
        if parent is None or not number.isdigit() or int(number) >= len(anchors):
            continue
        anchor = anchors[int(number)]
        wrapped = etree.Element(f"{{{SVG}}}{'a' if anchor.href else 'g'}")
        if anchor.href:
            wrapped.set("href", anchor.href)
            wrapped.set("aria-label", anchor.label)
            if not by_keyboard:
                wrapped.set("tabindex", "-1")
        parent.replace(mark, wrapped)
        etree.SubElement(wrapped, f"{{{SVG}}}title").text = anchor.label
        wrapped.append(mark)


def _strip(root: etree._Element) -> None:
    for element in list(root.iter()):
        hidden = element.get("display") == "none"
        parent = element.getparent()
        if hidden and parent is not None:
            parent.remove(element)
            continue
        kept = element.get("aria-label") if element.tag == f"{{{SVG}}}a" else None
        if element.tag == f"{{{SVG}}}text" and element.get("stroke"):
            element.set("stroke-linejoin", "round")  # a halo, without spikes
        for attribute in DROPPED:
            element.attrib.pop(attribute, None)
        if kept is not None:
            element.set("aria-label", kept)


def _name(root: etree._Element, title: str, description: str, role: str, language: Language) -> None:
    """Title and description, with IDs that no other chart of the page has, and the same ones the next time."""
    root.attrib.pop("version", None)
    content = etree.tostring(root, encoding="unicode") + title + description
    key = hashlib.blake2b(content.encode(), digest_size=6).hexdigest()
    named = etree.Element(f"{{{SVG}}}title", id=f"chart-{key}-title")
    named.text = title
    described = etree.Element(f"{{{SVG}}}desc", id=f"chart-{key}-desc")
    described.text = description
    root.insert(0, named)
    root.insert(1, described)
    root.set("role", role)
    root.set("aria-labelledby", named.get("id", ""))
    root.set("aria-describedby", described.get("id", ""))
    root.set("lang", language)


def _numbers(language: Language) -> dict[str, Any]:
    decimal, thousands = (",", ".") if language == "id" else (".", ",")
    return {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["Rp", ""]}


def _times(language: Language) -> dict[str, Any]:
    months = load_wording(language)["periods"]["months"]
    # Axes show months and years only; the days' names are asked for by the format and never seen.
    days = list("1234567")
    return {
        "dateTime": "%e %B %Y, %X",
        "date": "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": ["AM", "PM"],
        "days": days,
        "shortDays": days,
        "months": months,
        "shortMonths": [month[:3] for month in months],
    }
