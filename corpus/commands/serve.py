"""`cakupan serve`: the desk for the browser, on a database that it only reads unless a reviewer judges."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.commands.config_option import with_config
from corpus.config import Config, load_config
from corpus.errors import CorpusError, MissingDatabase
from corpus.loading import start_up

if TYPE_CHECKING:
    from corpus.desk.settings import DeskSettings
    from extract.wording import Language

FOLDER = click.Path(file_okay=False, path_type=Path)
PORT = 8080


class DeskMissing(CorpusError):  # noqa: N818 - named by the fact
    """The desk's packages are not installed."""

    def __init__(self, package: str | None) -> None:
        super().__init__(
            f"the desk needs the package {package or 'datasette'}. Install it: pip install 'cakupan[desk]'"
        )


class CannotListen(CorpusError):  # noqa: N818 - named by the fact
    """Nothing can be served at this address and port."""

    def __init__(self, host: str, port: int, problem: str) -> None:
        super().__init__(f"cannot listen on {host}, port {port}: {problem}. Choose another with --port or --host.")


@click.command("serve")
@with_config
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port; 0 for a free one.")
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Language at first.")
@click.option("--reviewer", "reviewers", multiple=True, metavar="NAME", help="Print a link that signs NAME in, once.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="Host name by which others reach the desk.")
@click.option("--archive", type=FOLDER, help="The folder of WARC files that copies of pages are shown from.")
def command(
    config_file: Path | None,
    database: Path | None,
    host: str,
    port: int,
    lang: str,
    reviewers: tuple[str, ...],
    names: tuple[str, ...],
    archive: Path | None,
) -> None:
    """Open a web desk on the database: search, regions, claims, officials, contradictions, a check of any text.

    Nothing is fetched from elsewhere and nothing written, but verdicts of the reviewers who are named here: each gets
    a link that works once. Without a database an empty one is made, and its front page says how to fill it. It stops
    with Ctrl-C.
    """
    config = load_config(config_file)
    path = database or config.database
    if database is not None and not path.exists():
        raise MissingDatabase(path)
    serve(path, config, host, port, "id" if lang == "id" else "en", reviewers, archive or config.archive, names)


def serve(
    path: Path,
    config: Config,
    host: str,
    port: int,
    language: Language,
    reviewers: tuple[str, ...],
    archive: Path | None,
    names: tuple[str, ...] = (),
) -> None:
    """Run the desk until somebody stops it. Raises DeskMissing, or what opening the database raises."""
    with start_up():
        try:
            import uvicorn

            from corpus.desk.app import open_desk
            from corpus.desk.charts import warm_up
            from corpus.desk.security import is_loopback
            from corpus.desk.settings import DeskSettings
        except ModuleNotFoundError as missing:
            if (missing.name or "").partition(".")[0] in {"corpus", "crawler", "extract"}:
                raise
            raise DeskMissing(missing.name) from missing
    prepare(path)
    settings = DeskSettings(
        database=path,
        archive=archive if archive is not None and archive.is_dir() else None,
        language=language,
        reviewers=checked(reviewers),
        contact=config.contact,
        allow_local=config.allow_local,
        registry=config.registry,
        fetches=is_loopback(host) and not names,
        names=frozenset(map(str.lower, names)) if names or is_loopback(host) else None,
    )
    desk = open_desk(settings)
    listening = uvicorn.Config(
        desk.app(), host=host, port=port, log_level="warning", lifespan="on", server_header=False
    )
    listener = bind(host, port)
    place = f"http://{'[' + host + ']' if ':' in host else host}:{listener.getsockname()[1]}"
    announce(place, desk.invitations.paths(), settings)
    warm_up(language)
    uvicorn.Server(listening).run(sockets=[listener])


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises CannotListen, as where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # Whoever comes from here on waits until the server is up, and is not turned away.
        listener.listen()
    except OSError as problem:
        listener.close()
        raise CannotListen(host, port, problem.strerror or str(problem)) from problem
    return listener


def announce(place: str, invitations: dict[str, str], settings: DeskSettings) -> None:
    """Say where the desk is."""
    click.echo(f"The desk on {settings.database}: {place}/")
    for name, path in invitations.items():
        click.echo(f"Link that signs {name} in, once: {place}{path}")
    click.echo("Stop it with Ctrl-C.", err=True)


def prepare(path: Path) -> None:
    """Make sure there is a database of today's form: an empty one is made, an old one brought up to date."""
    from corpus.errors import OlderSchema
    from corpus.schema import open_database

    try:
        open_database(path, read_only=True).close()
    except (MissingDatabase, OlderSchema):
        open_database(path).close()


def checked(reviewers: tuple[str, ...]) -> tuple[str, ...]:
    """The reviewers' names, each once. Raises BadReview where one cannot be kept with a verdict."""
    from corpus.review.verdicts import check_reviewer

    return tuple(dict.fromkeys(map(check_reviewer, reviewers)))
