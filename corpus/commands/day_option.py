"""Days as options: 2025-05-06, or the word today."""

from __future__ import annotations

import datetime as dt

import click


class DayType(click.ParamType[dt.date]):
    """A day of the calendar; misuse is told with the forms that are understood."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        said = str(value).strip()
        if said.lower() == "today":
            return dt.date.today()
        try:
            return dt.date.fromisoformat(said)
        except ValueError:
            self.fail(f"{value!r} is no day like 2025-05-06, nor the word today.", param, ctx)


DAY = DayType()


def refuse_backward(since: dt.date | None, until: dt.date | None) -> None:
    """Raises UsageError where the first day asked for is later than the last."""
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is later than --until {until}.")
