"""Spans of time as options: 90m, 2h."""

from __future__ import annotations

import datetime as dt

import click

from corpus.unattended.durations import parse_duration


class DurationType(click.ParamType[dt.timedelta]):
    """A span of time; misuse is told with the forms that are understood."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.timedelta:
        if isinstance(value, dt.timedelta):
            return value
        try:
            return parse_duration(str(value))
        except ValueError as problem:
            self.fail(f"{problem}.", param, ctx)


DURATION = DurationType()
