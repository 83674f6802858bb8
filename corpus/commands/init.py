"""`cakupan init`: an annotated cakupan.toml to start from."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.config import FILE, TEMPLATE


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, exists=True, path_type=Path), default=".")
def command(folder: Path) -> None:
    """Write an annotated cakupan.toml into FOLDER (the working directory if none is named); never over an old one."""
    file = folder / FILE
    try:
        with file.open("x", encoding="utf-8") as handle:
            handle.write(TEMPLATE)
    except FileExistsError:
        raise click.ClickException(f"{file} is there already; move it away to get a fresh one.") from None
    except OSError as problem:
        raise click.ClickException(f"{file} cannot be written ({problem.strerror}).") from None
    click.echo(f"Wrote {file}. Put your contact into it, then: cakupan run", err=True)
