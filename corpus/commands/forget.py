"""`cakupan forget`: an article is taken out as its publisher asks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.commands.config_option import with_config
from corpus.config import load_config
from corpus.confirmation import confirm
from corpus.exits import Exit
from corpus.progress import keeping
from corpus.removals import ARTICLE_ID
from corpus.tables import counted

if TYPE_CHECKING:
    from corpus.trust.forget import Plan

FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)


@click.command("forget")
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@with_config
@click.option("--reason", help="Why, to be kept with the tombstone.")
@click.option("--archive", type=FOLDER, help="The folder of the archive.")
@click.option("--no-archive", is_flag=True, help="Its archive is gone: take out what the database has.")
@click.option("--yes", is_flag=True, help="Take out without asking.")
def command(
    urls: tuple[str, ...],
    config_file: Path | None,
    database: Path | None,
    reason: str | None,
    archive: Path | None,
    no_archive: bool,
    yes: bool,
) -> None:
    """Take the articles at these addresses out: title, text, quotes and archived bytes. Figures and link stay.

    A text of your own that came without an address is named by its ID, as `cakupan search` and exports tell it.

    A tombstone keeps every address of the article from being asked for or stored again. A removal that broke off is
    made good by calling it again. It cannot be undone.

    Exit codes: 0 taken out, 1 failed, 2 misuse, 3 an address was never met.
    """
    for url in urls:
        if not url.startswith(("http://", "https://")) and not ARTICLE_ID.fullmatch(url):
            raise click.BadParameter(
                f"{url} is no web address (https://...), nor the ID of an article (16 digits, as exports tell it).",
                param_hint="URL",
            )
    config = load_config(config_file)
    folder = archive or config.archive

    from corpus.schema import open_database
    from corpus.store import Store
    from corpus.trust.forget import archived_in, carry_out, plan_removal

    path = database or config.database
    # A command that takes away is not to make a database where the name of one was mistyped.
    open_database(path, read_only=True).close()
    with keeping(path), Store.open(path) as store:
        plan = plan_removal(store, urls, folder)
        click.echo(describe(plan))
        if (folder is None or not folder.is_dir()) and not no_archive and (files := archived_in(store, plan)):
            raise click.ClickException(
                f"its pages lie in {', '.join(files)} of an archive that is not at hand, and once its text is gone "
                "they can no longer be looked for. Name the folder with --archive, or say --no-archive."
            )
        confirm("Take this out for good?", yes=yes)
        is_swept = carry_out(store, plan, reason)
    if not is_swept:
        raise click.ClickException(
            f"another process still reads {path}, so its log keeps the text. Let it finish, then call this once more."
        )
    if plan.articles:
        kept = f"Its figures and addresses stay in {path}; copies published before are not ours to change."
        click.echo(f"Taken out. {kept}")
    elif not plan.unknown:
        click.echo("Nothing of it was stored; it will not be asked for again.")
    if plan.unknown:
        click.echo(f"Nothing was taken out for {', '.join(plan.unknown)}: is the address right?", err=True)
    sys.exit(Exit.ALARMS if plan.unknown else Exit.FINE)


def describe(plan: Plan) -> str:
    """What is to be taken out."""
    lines = [f"{url} was never met: nothing to take out; a tombstone will keep it out." for url in plan.unknown]
    if plan.articles:
        lines.append(
            f"To be taken out: {counted(len(plan.articles), 'article')} with {counted(plan.revisions, 'revision')} and "
            f"{counted(plan.quotes, 'quote')}. Figures that stay: {counted(plan.claims, 'claim')}."
        )
    lines.append("Tombstones on: " + ", ".join(plan.addresses) + ".")
    for path, found in plan.records.items():
        lines.append(f"{counted(len(found), 'record')} of {path}")
    if plan.others:
        lines.append(f"Pages of other articles that print a sentence of it, and stay: {plan.others}.")
    return "\n".join(lines)
