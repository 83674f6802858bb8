"""Indonesia's three time zones. They have had no summer time and no shift since 1988, so fixed offsets are exact."""

from __future__ import annotations

import datetime as dt

ZONES: dict[str, dt.timezone] = {
    "WIB": dt.timezone(dt.timedelta(hours=7), "WIB"),
    "WITA": dt.timezone(dt.timedelta(hours=8), "WITA"),
    "WIT": dt.timezone(dt.timedelta(hours=9), "WIT"),
}
