"""`cakupan extract`: articles to mentions, claims and checks, as JSON lines or into a database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from corpus.commands.config_option import with_config
from corpus.commands.day_option import DAY
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
@click.option("--lang", type=click.Choice(["en", "id"]), show_default="en", help="Language of what is printed.")
@click.option("--published", type=DAY, help="Day of publication of texts that tell none: 2025-05-06, or today.")
@click.option("--all", "everything", is_flag=True, help="Derive the claims of a whole database anew, and put them in.")
@with_workers
@click.option("--verbose", is_flag=True, help="With --all: examples of what changed.")
@click.option("--json", "as_json", is_flag=True, help="With --db or --all: print what was done as one JSON object.")
def command(
    files: tuple[Path, ...],
    config_file: Path | None,
    database: Path | None,
    lang: Language | None,
    published: dt.date | None,
    everything: bool,
    jobs: int,
    dask: str | None,
    verbose: bool,
    as_json: bool,
) -> None:
    """Print the mentions, claims and checks of articles, one JSON line each; or put them into a database.

    FILES end in .txt (plain text), .json (one article), .jsonl (one a line) or .html (a page), or are folders of such.
    Without files, or for the file "-", articles are JSON lines on stdin: {"id": ..., "text": ...}, and if known
    "published", "title", "url", "outlet".

    With --db, articles are stored in that database, which is made where there is none, read, held beside what it has,
    and compared. An article is known by its url, else by its id (of .txt and .html the file's name), else by its text:
    what is loaded again changes nothing, and another text is a revision.

    With --all, every article of the database (--db, else that of the settings) is read once more by the current rules.
    What differs is put in place, what it said before is kept in superseded_claims, verdicts of people on it go back to
    the queue, and what changed is told. It can be broken off and called again.

    Exit codes: 0 all was read; 1 something could not be, as told on stderr; 75 another command fills the database.
    """
    refuse_both(jobs, dask)
    if everything:
        if files:
            raise click.UsageError("--all reads the articles of the database; FILES are read without it.")
        if published is not None:
            raise click.UsageError("--published goes with texts of your own, not with --all.")
    elif verbose:
        raise click.UsageError("--verbose goes with --all.")
    if lang is not None and (everything or database is not None):
        raise click.UsageError("--lang is of what is printed; a database holds messages for all languages.")
    if everything:
        from corpus.commands.reextract import derive_anew
        from corpus.config import load_config

        derive_anew(
            database or load_config(config_file).database, jobs=jobs, dask=dask, verbose=verbose, as_json=as_json
        )
        return
    if as_json and database is None:
        raise click.UsageError("--json goes with --db or --all; what is printed without them is JSON.")
    problems = Problems()
    articles = iter_dated(iter_articles(files, problems), published, problems)
    if database is not None:
        from corpus.commands.load_texts import load_into
        from corpus.config import load_config

        registry = load_config(config_file).registry
        own = (article for _, article in articles)
        load_into(database, registry, own, problems, jobs=jobs, dask=dask, as_json=as_json)
    else:
        print_claims(articles, problems, lang or "en", total=len(files) or None, jobs=jobs, dask=dask)
    problems.finish()


def iter_dated(
    articles: Iterator[tuple[object, Article]], published: dt.date | None, problems: Problems
) -> Iterator[tuple[object, Article]]:
    """The articles, with this day of publication where they have none; one without text is told, and stays."""
    for identifier, article in articles:
        if not article.text.strip():
            problems.remark(f"article {identifier!r}", "holds no text, so nothing can be read in it")
        yield identifier, article if article.published else replace(article, published=published)


def print_claims(
    articles: Iterator[tuple[object, Article]],
    problems: Problems,
    language: Language,
    *,
    total: int | None,
    jobs: int,
    dask: str | None,
) -> None:
    """A line of JSON on stdout for each article."""
    with start_up():
        from corpus.parts import LINES
        from corpus.workers.opening import open_workers
        from corpus.workers.work import Heed

        if jobs == 1 and dask is None:
            from extract.language import load_pipeline

            load_pipeline()
    with open_workers(jobs, dask) as workers:
        heed = Heed(lost=partial(tell_lost, problems))
        lines = workers.map(partial(line_of, language=language), articles, LINES, heed=heed)
        for line in track(lines, "Extracting", total=total):
            write_json(line)


def tell_lost(problems: Problems, item: tuple[object, Article]) -> None:
    """Of an article whose batch ended every worker that tried."""
    problems.tell(f"article {item[0]!r}", "not read: it, or one beside it, ended every worker that tried")


def line_of(item: tuple[object, Article], language: Language) -> str:
    """What is printed for an article and its id as it came in."""
    from extract.pipeline import extract

    identifier, article = item
    return json_line(extraction_record(extract(article, language)) | {"id": identifier})
