"""Charts of the desk: claims in, SVG and the table of the same numbers out. No database, no network."""

from corpus.desk.charts.figures import Cell, Chart, Latest, Point
from corpus.desk.charts.history import region_history
from corpus.desk.charts.provinces import province_map
from corpus.desk.charts.small import small_histories, small_history
from corpus.desk.charts.warm import warm_up

__all__ = [
    "Cell",
    "Chart",
    "Latest",
    "Point",
    "province_map",
    "region_history",
    "small_histories",
    "small_history",
    "warm_up",
]
