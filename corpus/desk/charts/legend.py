"""A legend drawn in rows under a chart: Vega's own cannot tell hollow shapes from filled ones, nor hatch a swatch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from corpus.desk.charts.drawing import GREY, INK, PAPER

ROW = 20
SYMBOL, LABEL = 8, 19  # where the middle of a symbol and the start of its label stand
GAP = LABEL + 15
LETTER = 6.4  # the mean width of a letter at 12 px, in generous sans-serif fonts


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a Vega shape, its colours and what it stands for; `dashed` is for shapes of an absence.

    Without a shape it heads those behind it.
    """

    label: str
    shape: str = ""
    fill: str = PAPER
    stroke: str = GREY
    dashed: bool = False


def legend(entries: Sequence[Entry], width: int) -> alt.LayerChart | alt.FacetChart:
    """The entries in as many rows as `width` pixels ask for."""
    rows, left, row = [], 0.0, 0
    for entry in entries:
        wide = (GAP if entry.shape else GAP - LABEL) + LETTER * len(entry.label)
        if left and left + wide > width:
            left, row = 0.0, row + 1
        rows.append(
            {
                "x": left + SYMBOL if entry.shape else left + SYMBOL - LABEL,
                "y": row * ROW + ROW / 2,
                "label": entry.label,
                "shape": entry.shape,
                "fill": entry.fill,
                "stroke": entry.stroke,
                "dash": [3, 2] if entry.dashed else [1, 0],
            }
        )
        left += wide
    height = (row + 1) * ROW
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False, zero=False)),
        y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False, zero=False)),
    )
    symbols = (
        base.transform_filter("datum.shape")
        .mark_point(size=90, strokeWidth=1.5, opacity=1)
        .encode(
            shape=alt.Shape("shape:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            strokeDash=alt.StrokeDash("dash:N", scale=None),
        )
    )
    labels = base.mark_text(align="left", baseline="middle", dx=LABEL - SYMBOL, fontSize=12, fill=INK).encode(
        text=alt.Text("label:N")
    )
    return alt.layer(symbols, labels).properties(width=width, height=height)
