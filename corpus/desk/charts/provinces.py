"""The tile map: every province one tile, laid out like the country, coloured by its latest reported coverage."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import altair as alt

from corpus.desk.charts.drawing import GREY, INK, PAPER, ROWS, SOFT_INK, Anchor, Rows, draw
from corpus.desk.charts.figures import Cell, Chart, Latest, word_rate, word_value, words
from corpus.desk.charts.legend import Entry, legend
from corpus.wording import load_wording, word_day
from extract.regions.gazetteer import load_gazetteer
from extract.wording import Language

TILES = Path(__file__).with_name("tiles.toml")
SIDE = 64  # pixels of a tile with the gap beside it
GAP = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a province stands: `column` and `row` of its upper left corner, in tiles."""

    code: str
    short: str
    column: float
    row: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Rates from `floor` percent up to the next bin's floor, and the colours of a tile and of its text."""

    floor: float
    label: str
    fill: str
    text: str


# ColorBrewer's yellow to blue, which grow darker for every eye. Rates over 100 percent are often real (members against
# an older population), and yet another matter: their colour is none of the row's.
BINS = (
    Bin(0, "< 80", "#ffffcc", INK),
    Bin(80, "80–90", "#c7e9b4", INK),
    Bin(90, "90–95", "#7fcdbb", INK),
    Bin(95, "95–98", "#2372ac", PAPER),
    Bin(98, "98–100", "#0c2c84", PAPER),
)
OVER = Bin(100, "> 100", "#E69F00", INK)


@cache
def load_tiles() -> tuple[Tile, ...]:
    """The tiles in the order of their codes."""
    with TILES.open("rb") as file:
        rows = tomllib.load(file)["tiles"]
    return tuple(sorted((Tile(**row) for row in rows), key=lambda tile: tile.code))


def bin_of(value: float) -> Bin:
    """The bin of a rate in percent; 100 itself still is of the last before `OVER`."""
    if value > OVER.floor:
        return OVER
    return next(each for each in reversed(BINS) if value >= each.floor)


def province_map(latest: Sequence[Latest], language: Language, base: str = "") -> Chart:
    """The map of all 38 provinces, each a link to its page below `base`; those that are not in `latest` are told so.

    Give every province once at most; regions that are no provinces are left out.
    """
    return _province_map(tuple(latest), language, base)


@lru_cache(maxsize=16)
def _province_map(latest: tuple[Latest, ...], language: Language, base: str) -> Chart:
    said, known = words(language)["map"], {each.code: each for each in latest}
    tiles, months = load_tiles(), load_wording(language)["periods"]["months"]
    rows: Rows = []
    anchors, table = [], []
    for number, tile in enumerate(tiles):
        province, report = load_gazetteer().get(tile.code).name, known.get(tile.code)
        href = f"{base}/wilayah/{tile.code}"
        row = {"x": tile.column, "y": tile.row, "short": tile.short, "number": str(number)}
        if report is None:
            anchors.append(Anchor(said["silent"].format(province=province), href))
            rows.append(row | {"fill": None, "ink": SOFT_INK, "value": "–", "day": said["blank"]})
            table.append((Cell(province, href), Cell("–"), Cell(""), Cell(said["none"])))
            continue
        place, value, day = bin_of(report.value), word_rate(report.value, language), word_day(report.day, language)
        anchors.append(Anchor(said["tile"].format(province=province, value=value, day=day, outlet=report.outlet), href))
        month = f"{months[report.day.month - 1][:3]} {report.day.year}"
        written = word_value(report.value, language)
        rows.append(row | {"fill": place.fill, "ink": place.text, "value": written, "day": month})
        table.append(
            (Cell(province, href), Cell(value, f"{base}/klaim/{report.claim_id}"), Cell(day), Cell(report.outlet))
        )
    heard = sum(tile.code in known for tile in tiles)
    said_of = words(language)["headings"]
    return Chart(
        svg=draw(
            _draw_tiles(language),
            rows,
            said["title"],
            said["description"].format(known=heard, silent=len(tiles) - heard),
            language,
            anchors,
        ),
        title=said["title"],
        headings=tuple(said_of[name] for name in ("province", "coverage", "day", "source")),
        table=tuple(table),
    )


def _draw_tiles(language: Language) -> list[alt.LayerChart | alt.FacetChart]:
    wide = max(tile.column for tile in load_tiles()) + 1
    high = max(tile.row for tile in load_tiles()) + 1
    margin = GAP / SIDE
    base = alt.Chart(ROWS).encode(
        x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, wide], nice=False)),
        y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[high, 0], nice=False)),
    )
    cornered = base.transform_calculate(right=f"datum.x + 1 - {margin}", low=f"datum.y + 1 - {margin}")
    ends = {"x2": alt.X2("right:Q"), "y2": alt.Y2("low:Q"), "description": alt.Description("number:N")}
    filled = (
        cornered.transform_filter("datum.fill")
        .mark_rect(cornerRadius=3)
        .encode(**ends, fill=alt.Fill("fill:N", scale=None))
    )
    # Silence is no low rate: such tiles are empty, with a dashed edge.
    empty = cornered.transform_filter("!datum.fill").mark_rect(
        cornerRadius=3, fill=PAPER, stroke=GREY, strokeWidth=1.2, strokeDash=[4, 3]
    )

    def line(field: str, down: float, size: int, weight: Literal["normal", "bold"]) -> alt.Chart:
        text = base.mark_text(fontSize=size, fontWeight=weight, dx=(SIDE - GAP) / 2, dy=down, baseline="middle")
        inked: alt.Chart = text.encode(text=alt.Text(f"{field}:N"), fill=alt.Fill("ink:N", scale=None))
        return inked

    lines = (line("short", 13, 11, "normal"), line("value", 31, 16, "bold"), line("day", 49, 9, "normal"))
    size = {"width": int(wide * SIDE), "height": int(high * SIDE)}
    said = words(language)["map"]
    bins = [Entry(each.label, "square", each.fill, GREY) for each in (*BINS, OVER)]
    entries = [Entry(f"{said['legend']}:"), *bins]
    entries.append(Entry(said["none"], "square", PAPER, GREY, dashed=True))
    tiles = alt.layer(filled, empty.encode(**ends), *lines).properties(**size)
    return [tiles, legend(entries, size["width"])]
