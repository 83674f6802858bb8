"""`--config` and `--db`: which settings, and which database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

FILE = click.Path(dir_okay=False, path_type=Path)


def with_config(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command on the database both options."""
    return with_settings(click.option("--db", "database", type=FILE, help="The database file.")(command))


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that needs no database the option `--config`."""
    return click.option("--config", "config_file", type=FILE, help="Settings instead of ./cakupan.toml.")(command)
