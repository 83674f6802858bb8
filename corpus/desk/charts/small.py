"""Small charts for lists of regions: the reported coverage over time, 120 by 30 pixels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

import altair as alt
from lxml import etree

from corpus.desk.charts.drawing import OKABE_ITO, ROWS, RULE, SVG, convert, finish
from corpus.desk.charts.figures import Cell, Chart, Point, word_rate, words
from corpus.wording import word_day
from extract.models import Metric, Modality
from extract.wording import Language

WIDTH, HEIGHT = 120, 30
THRESHOLD = 95  # percent: the grey line, UHC
LOWEST, HIGHEST = 60, 105  # percent, at the edges where no figure asks for more
CEILING = 130
ROOM = 4  # percent: the dot is drawn whole

History = tuple[str, tuple[Point, ...]]


def small_history(points: Sequence[Point], region: str, language: Language) -> Chart:
    """One small chart; for a list of regions `small_histories` is faster, and makes them comparable."""
    return small_histories([(region, points)], language)[0]


def small_histories(histories: Sequence[tuple[str, Sequence[Point]]], language: Language) -> tuple[Chart, ...]:
    """A small chart for each region by its name, in the order given, all on the same scales.

    Shows reported coverage that is not suspect, with a grey line at 95 percent and a dot on the newest figure.
    """
    return _small_histories(tuple((region, _sound(points)) for region, points in histories), language)


def _sound(points: Sequence[Point]) -> tuple[Point, ...]:
    wanted = (
        point
        for point in points
        if point.metric is Metric.COVERAGE_RATE
        and point.modality is Modality.REPORTED
        and not point.suspect
        and 0 <= point.value <= CEILING
    )
    return tuple(sorted(wanted, key=lambda point: (point.day, point.claim_id)))


@lru_cache(maxsize=64)
def _small_histories(histories: tuple[History, ...], language: Language) -> tuple[Chart, ...]:
    # One drawing, cut into pieces: forty drawings would take forty times as long.
    drawn = [number for number, (_, points) in enumerate(histories) if points]
    groups = dict(zip(drawn, _draw([histories[number][1] for number in drawn], language), strict=True))
    return tuple(_chart(region, points, groups.get(n), language) for n, (region, points) in enumerate(histories))


def _draw(histories: Sequence[tuple[Point, ...]], language: Language) -> list[etree._Element]:
    if not histories:
        return []
    every = [point for points in histories for point in points]
    days = (min(point.day for point in every), max(point.day for point in every))
    x = alt.X("day:T", axis=None, scale=alt.Scale(type="utc", domain=_padded(*days), nice=False))
    values = [point.value for point in every]
    ends = [min(LOWEST, min(values) - ROOM), max(HIGHEST, max(values) + ROOM)]
    y = alt.Y("value:Q", axis=None, scale=alt.Scale(domain=ends, nice=False, zero=False))
    rows = [
        {"region": number, "day": point.day.isoformat(), "value": point.value, "newest": point is points[-1]}
        for number, points in enumerate(histories)
        for point in points
    ]
    every_point = alt.Chart().encode(x=x, y=y)
    newest = alt.Chart().transform_filter("datum.newest")
    chart = (
        alt.layer(
            newest.mark_rule(stroke=RULE, strokeWidth=1).encode(y=alt.YDatum(THRESHOLD, axis=None)),
            every_point.mark_line(stroke=OKABE_ITO[0], strokeWidth=1.5),
            newest.mark_point(shape="circle", size=22, filled=True, fill=OKABE_ITO[1], opacity=1).encode(x=x, y=y),
            data=ROWS,
        )
        .properties(width=WIDTH, height=HEIGHT)
        .facet(row=alt.Row("region:O", header=alt.Header(title=None, labels=False)), spacing=0)
    )
    drawn = convert(chart.to_dict(validate=False), rows, language)
    cells = next(each for each in drawn.iter() if "cell" in each.get("class", "").split())
    return list(cells)


def _padded(first: dt.date, last: dt.date) -> list[str]:
    margin = max(dt.timedelta(days=10), (last - first) / 20)
    return [(first - margin).isoformat(), (last + margin).isoformat()]


def _chart(region: str, points: tuple[Point, ...], group: etree._Element | None, language: Language) -> Chart:
    said = words(language)
    title = _title(region, points, language)
    root = etree.Element(
        f"{{{SVG}}}svg", {"width": str(WIDTH), "height": str(HEIGHT), "viewBox": f"0 0 {WIDTH} {HEIGHT}"}, {None: SVG}
    )
    if group is not None:
        group.attrib.pop("transform", None)
        group.set("fill", "none")
        root.append(group)
    table = tuple((Cell(word_day(each.day, language)), Cell(word_rate(each.value, language))) for each in points)
    headings = (said["headings"]["day"], said["headings"]["coverage"])
    return Chart(finish(root, title, title, language), title, headings, table)


def _title(region: str, points: tuple[Point, ...], language: Language) -> str:
    said = words(language)["small"]
    if not points:
        return str(said["empty"].format(region=region))
    first, last = points[0], points[-1]
    return str(
        said["one" if first is last else "title"].format(
            region=region,
            first=word_rate(first.value, language),
            start=word_day(first.day, language),
            last=word_rate(last.value, language),
            end=word_day(last.day, language),
        )
    )
