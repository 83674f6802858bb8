"""The engine that draws, started before anybody waits for it."""

from __future__ import annotations

import datetime as dt

from corpus.desk.charts.figures import Point
from corpus.desk.charts.history import region_history
from corpus.desk.charts.provinces import province_map
from corpus.desk.charts.small import small_histories
from extract.models import Metric, Modality
from extract.wording import Language

MONTHS = range(1, 13)


def warm_up(language: Language) -> None:
    """Draw one chart of each kind: the first of a kind takes several times as long as the next."""
    points = [
        Point(f"{metric}{month}", dt.date(2024, month, 1), metric, Modality.REPORTED, 90 + month / 2, "", month == 1)
        for metric in (Metric.COVERAGE_RATE, Metric.ACTIVE_RATE)
        for month in MONTHS
    ]
    province_map((), language)
    region_history(points, "", language)
    small_histories([("", points)], language)
