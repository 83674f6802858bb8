"""A region's history: every claim about its coverage and its active members as one point over time."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from corpus.desk.charts.drawing import GREY, INK, OKABE_ITO, PAPER, ROWS, RULE, SOFT_INK, Anchor, Rows, draw
from corpus.desk.charts.figures import Cell, Chart, Point, word_point, word_rate, words
from corpus.desk.charts.legend import Entry, legend
from corpus.wording import word_day
from extract.models import Metric, Modality
from extract.wording import Language

WIDTH = 720
HEIGHTS = {Metric.COVERAGE_RATE: 260, Metric.ACTIVE_RATE: 170}
SHAPES = {Modality.REPORTED: "circle", Modality.TARGET: "triangle-up", Modality.REQUIREMENT: "diamond"}
THRESHOLDS = ((95, "uhc", 9), (98, "rpjmn", -7))  # percent, what it is, and where its label stands beside the line
CEILING = 130  # percent: what is printed above this is a slip, or not a rate
MARGIN = dt.timedelta(days=120)
CROWD = 150  # points beyond which they are drawn smaller and lighter


def region_history(points: Sequence[Point], region: str, language: Language, base: str = "") -> Chart:
    """The history of a region by its name; each point a link to its claim below `base`.

    Takes coverage and active rates that are reported, targets or requirements; other points are left out. The scale
    follows the claims that are not suspect; figures beyond it are counted under the chart and stand in the table.
    """
    taken = [each for each in points if each.metric in HEIGHTS and each.modality in SHAPES]
    taken.sort(key=lambda each: (each.day, each.claim_id), reverse=True)
    return _region_history(tuple(taken), region, language, base)


@lru_cache(maxsize=128)
def _region_history(points: tuple[Point, ...], region: str, language: Language, base: str) -> Chart:
    said = words(language)
    title = said["history"]["title"].format(region=region)
    headings = tuple(said["headings"][name] for name in ("day", "metric", "modality", "value", "source", "standing"))
    table = tuple(_row(point, language, base) for point in points)
    if not points:
        empty = said["history"]["empty"]
        note = alt.Chart(alt.InlineData(values=[{"note": empty}])).mark_text(fontSize=14, fill=SOFT_INK)
        return Chart(
            draw([note.encode(text=alt.Text("note:N")).properties(width=WIDTH, height=60)], [], title, empty, language),
            title,
            headings,
            table,
        )
    colours = _colours(points, language)
    panels = [_panel(points, metric, language) for metric in HEIGHTS if _of(points, metric)]
    parts: list[Any] = [*panels, legend(_entries(points, colours, language), WIDTH)]
    rows = _rows(points, colours)
    outside = len(points) - len(rows)
    if outside:
        told = said["history"]["outside_one" if outside == 1 else "outside"].format(count=outside)
        note = alt.Chart(alt.InlineData(values=[{"note": told}])).mark_text(align="left", fontSize=12, fill=SOFT_INK)
        parts.append(note.encode(text=alt.Text("note:N"), x=alt.value(0)).properties(width=WIDTH, height=16))
    description = said["history"]["description"].format(
        count=len(points),
        start=word_day(points[-1].day, language),
        end=word_day(points[0].day, language),
        sources=len({point.outlet for point in points}),
    )
    anchors = [Anchor(word_point(point, language), f"{base}/klaim/{point.claim_id}") for point in points]
    drawn = draw(parts, rows, title, description, language, anchors, by_keyboard=False)
    return Chart(drawn, title, headings, table)


def _row(point: Point, language: Language, base: str) -> tuple[Cell, ...]:
    said = words(language)
    return (
        Cell(word_day(point.day, language)),
        Cell(said["metrics"][point.metric.value]),
        Cell(said["modalities"][point.modality.value]),
        Cell(word_rate(point.value, language), f"{base}/klaim/{point.claim_id}"),
        Cell(point.outlet),
        Cell(said["standing"]["suspect" if point.suspect else "sound"]),
    )


def _of(points: Sequence[Point], metric: Metric) -> list[Point]:
    return [point for point in points if point.metric is metric]


def _scale(points: Sequence[Point], metric: Metric) -> tuple[float, float]:
    """From the tens below the lowest sound figure to the fives above the highest; thresholds always are in view."""
    sound = [point.value for point in _of(points, metric) if not point.suspect and 0 <= point.value <= CEILING]
    low = min([90.0, *sound])
    return math.floor((low - 1) / 10) * 10 if low >= 1 else 0, math.ceil(max([100.0, *sound]) / 5) * 5


def _span(points: Sequence[Point]) -> list[str]:
    """From before the first to after the last, with room for the last one's label; never so short that days show."""
    first, last = points[-1].day, points[0].day
    before, after = (max(MARGIN, (last - first) / part) for part in (30, 9))
    return [(first - before).isoformat(), (last + after).isoformat()]


def _colours(points: Sequence[Point], language: Language) -> Mapping[str, str]:
    """A colour for each of the sources that say most, and grey for the others together."""
    counted = Counter(point.outlet for point in points)
    ranked = sorted(counted, key=lambda outlet: (-counted[outlet], outlet))
    kept = ranked if len(ranked) <= len(OKABE_ITO) else ranked[: len(OKABE_ITO) - 1]
    colours = dict(zip(kept, OKABE_ITO, strict=False))
    return colours if len(kept) == len(ranked) else {**colours, words(language)["legend"]["others"]: GREY}


def _entries(points: Sequence[Point], colours: Mapping[str, str], language: Language) -> list[Entry]:
    said = words(language)
    shapes = [
        Entry(said["modalities"][modality.value], shape, SOFT_INK, SOFT_INK)
        for modality, shape in SHAPES.items()
        if any(point.modality is modality for point in points)
    ]
    if any(point.suspect for point in points):
        shapes.append(Entry(said["legend"]["suspect"], "circle", PAPER, SOFT_INK))
    return [*shapes, *(Entry(outlet, "square", colour, colour) for outlet, colour in colours.items())]


def _panel(points: Sequence[Point], metric: Metric, language: Language) -> alt.LayerChart | alt.FacetChart:
    said, (low, high) = words(language), _scale(points, metric)
    x = alt.X(
        "day:T",
        scale=alt.Scale(type="utc", domain=_span(points), nice=False),
        axis=alt.Axis(
            title=None,
            grid=False,
            tickCount=7,
            labelOverlap=True,
            domainColor=GREY,
            tickColor=GREY,
            format=_format(points),
        ),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[low, high], nice=False, zero=False),
        axis=alt.Axis(
            title=None, tickCount=6, labelExpr="datum.label + '%'", gridColor=RULE, domain=False, ticks=False
        ),
    )
    crowded = len(_of(points, metric)) > CROWD
    marks = alt.Chart(ROWS).transform_filter(f"datum.metric === '{metric.value}'").encode(x=x, y=y)
    dots = marks.mark_point(
        size=36 if crowded else 80, strokeWidth=1.2 if crowded else 1.8, opacity=0.75 if crowded else 0.9
    ).encode(
        shape=alt.Shape("shape:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        fill=alt.Fill("fill:N", scale=None),
        description=alt.Description("number:N"),
    )
    layers: list[Any] = [dots]
    if metric is Metric.COVERAGE_RATE:
        layers = [*_thresholds(language), dots]
    layers += _last(points, metric, (low, high), language, x, y)
    return alt.layer(*layers).properties(
        width=WIDTH,
        height=HEIGHTS[metric],
        title=alt.Title(
            said["metrics"][metric.value],
            subtitle=said["shares"][metric.value],
            anchor="start",
            frame="group",
            fontSize=14,
            subtitleFontSize=12,
            subtitleColor=SOFT_INK,
            color=INK,
            offset=8,
        ),
    )


def _format(points: Sequence[Point]) -> str:
    """What the axis of days says: years where there are many, otherwise months with their year."""
    return "%Y" if points[0].day - points[-1].day > dt.timedelta(days=4 * 365) else "%b %Y"


def _rows(points: Sequence[Point], colours: Mapping[str, str]) -> Rows:
    """The points within the scale, the newest last and so on top."""
    scales = {metric: _scale(points, metric) for metric in HEIGHTS}
    return [
        {
            "metric": point.metric.value,
            "day": point.day.isoformat(),
            "value": point.value,
            "shape": SHAPES[point.modality],
            "colour": (colour := colours.get(point.outlet, GREY)),
            "fill": PAPER if point.suspect else colour,
            "number": str(number),
        }
        for number, point in reversed(list(enumerate(points)))
        if scales[point.metric][0] <= point.value <= scales[point.metric][1]
    ]


def _thresholds(language: Language) -> list[alt.Chart]:
    said, lines = words(language)["lines"], []
    for value, name, down in THRESHOLDS:
        data = alt.Chart(alt.InlineData(values=[{"value": value, "label": said[name]}])).encode(y=alt.Y("value:Q"))
        lines.append(data.mark_rule(strokeDash=[5, 3], stroke=SOFT_INK, strokeWidth=1))
        label = data.mark_text(align="left", baseline="middle", dx=4, dy=down, fontSize=11, fill=SOFT_INK)
        lines.append(label.encode(text=alt.Text("label:N"), x=alt.value(0)))
    return lines


def _last(
    points: Sequence[Point], metric: Metric, scale: tuple[float, float], language: Language, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """The newest sound report, written beside its point."""
    for point in _of(points, metric):
        if point.modality is Modality.REPORTED and not point.suspect and scale[0] <= point.value <= scale[1]:
            row = {"day": point.day.isoformat(), "value": point.value, "label": word_rate(point.value, language)}
            text = alt.Chart(alt.InlineData(values=[row])).encode(x=x, y=y, text=alt.Text("label:N"))
            placed: dict[str, Any] = {
                "align": "left",
                "baseline": "middle",
                "dx": 8,
                "fontSize": 13,
                "fontWeight": "bold",
            }
            halo = text.mark_text(**placed, stroke=PAPER, strokeWidth=4, fill=PAPER)
            return [halo, text.mark_text(**placed)]
    return []
