"""Asking before something is taken away that cannot be had back."""

from __future__ import annotations

import sys

import click


def confirm(question: str, *, yes: bool) -> bool:
    """Ask on the terminal; raises Abort for a no, and UsageError where nobody can be asked and `yes` was not given."""
    if yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise click.UsageError("Nobody is there to be asked; say --yes to go on without.")
    return click.confirm(question, abort=True, err=True)
