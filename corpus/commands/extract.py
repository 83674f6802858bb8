"""`cakupan extract`: articles to mentions, claims and checks, as JSON lines."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from corpus.commands.config_option import with_config
from corpus.commands.workers_option import refuse_both, with_workers
from corpus.inputs import iter_articles
from corpus.loading import start_up
from corpus.progress import track
from corpus.records import Problems, json_line, write_json
from extract.models import Article
from extract.records import extraction_record
from extract.wording import Language


@click.command("extract")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@with_config
@click.option("--lang", type=click.Choice(["en", "id"]), default="en", show_default=True, help="Language of messages.")
@click.option("--all", "everything", is_flag=True, help="Derive the claims of a whole database anew, and put them in.")
@with_workers
@click.option("--verbose", is_flag=True, help="With --all: examples of what changed.")
@click.option("--json", "as_json", is_flag=True, help="With --all: print what changed as one JSON object.")
def command(
    files: tuple[Path, ...],
    config_file: Path | None,
    database: Path | None,
    lang: str,
    everything: bool,
    jobs: int,
    dask: str | None,
    verbose: bool,
    as_json: bool,
) -> None:
    """Print the mentions, claims and checks of articles, one JSON line each; or derive those of a database anew.

    FILES end in .txt (plain text), .json (one article), .jsonl (one a line) or .html (a page). Without files, or for
    the file "-", articles are JSON lines on stdin: {"id": ..., "text": ...}, and if known "published", "title", "url",
    "outlet".

    With --all, every article of the database (--db, else that of the settings) is read once more by the current rules.
    What differs is put in place, what it said before is kept in superseded_claims, verdicts of people on it go back to
    the queue, and what changed is told. It can be broken off and called again.
    """
    refuse_both(jobs, dask)
    if everything:
        if files:
            raise click.UsageError("--all reads the articles of the database; FILES are read without it.")
        from corpus.commands.reextract import derive_anew
        from corpus.config import load_config

        derive_anew(
            database or load_config(config_file).database, jobs=jobs, dask=dask, verbose=verbose, as_json=as_json
        )
        return
    if database is not None or verbose or as_json:
        raise click.UsageError("--db, --verbose and --json go with --all.")
    with start_up():
        from corpus.parts import LINES
        from corpus.workers.opening import open_workers
        from corpus.workers.work import Heed

        if jobs == 1 and dask is None:
            from extract.language import load_pipeline

            load_pipeline()
    problems = Problems()
    to_line = partial(line_of, language="id" if lang == "id" else "en")
    with open_workers(jobs, dask) as workers:
        heed = Heed(lost=partial(tell_lost, problems))
        lines = workers.map(to_line, iter_articles(files, problems), LINES, heed=heed)
        for line in track(lines, "Extracting", total=len(files) or None):
            write_json(line)
    problems.finish()


def tell_lost(problems: Problems, item: tuple[object, Article]) -> None:
    """Of an article whose batch ended every worker that tried."""
    problems.tell(f"article {item[0]!r}", "not read: it, or one beside it, ended every worker that tried")


def line_of(item: tuple[object, Article], language: Language) -> str:
    """What is printed for an article and its id as it came in."""
    from extract.pipeline import extract

    identifier, article = item
    return json_line(extraction_record(extract(article, language)) | {"id": identifier})
