"""Indonesia's three time zones. They have had no summer time and no shift since 1988, so fixed offsets are exact."""

from __future__ import annotations

import datetime as dt

ZONES: dict[str, dt.timezone] = {
    "WIB": dt.timezone(dt.timedelta(hours=7), "WIB"),
    "WITA": dt.timezone(dt.timedelta(hours=8), "WITA"),
    "WIT": dt.timezone(dt.timedelta(hours=9), "WIT"),
}

# By the first digits of Kemendagri codes. Keputusan Presiden 41/1987; provinces founded since keep their parents' zone.
_WITA = ("51", "52", "53", "63", "64", "65", "7")
_WIT = ("8", "9")


def day_in(zone: dt.tzinfo | None, moment: dt.date | dt.datetime) -> dt.date:
    """The day of a stamp where clocks show this zone; one without a zone, or where none is asked for, as it stands."""
    if not isinstance(moment, dt.datetime):
        return moment
    return (moment.astimezone(zone) if zone and moment.tzinfo else moment).date()


def zone_of(code: str) -> str | None:
    """The zone that a province, kabupaten or kota lies in; None for the nation, which has all three."""
    if code == "0":
        return None
    return "WITA" if code.startswith(_WITA) else "WIT" if code.startswith(_WIT) else "WIB"
