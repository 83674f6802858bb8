"""`cakupan read`: HTML pages to articles, as JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from corpus.config import load_config
from corpus.progress import track
from corpus.records import STDIN, Problems, iter_json_lines, open_stdin, read_file, write_line
from crawler.outlets import Outlet, outlet_of, registry_with
from extract.models import Article
from extract.records import article_record


@click.command("read")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--url", help="Where the page of a single file stood; its layout and time zone depend on it.")
def command(files: tuple[Path, ...], url: str | None) -> None:
    """Print the articles of HTML pages, one JSON line each: title, published, authors, editors, text, layout.

    FILES are pages. Without files, or for the file "-", pages are JSON lines on stdin:
    {"id": ..., "url": ..., "html": ...}.
    """
    if url and len(files) != 1:
        raise click.UsageError("--url goes with exactly one file.")
    problems = Problems()
    outlets = registry_with(load_config().registry)
    for identifier, article in track(iter_pages(files, url, outlets, problems), "Reading", total=len(files) or None):
        write_line(article_record(article) | {"id": identifier})
    problems.finish()


def iter_pages(
    files: tuple[Path, ...], url: str | None, outlets: tuple[Outlet, ...], problems: Problems
) -> Iterator[tuple[object, Article]]:
    """Every page that can be read as an article, with its id as it came in; from stdin where no file is named."""
    from crawler.pages.read import read_page

    for file in files or (STDIN,):
        if file == STDIN:
            yield from iter_records(outlets, problems)
            continue
        content = read_file(file, problems)
        if content is not None:
            yield file.name, read_page(content, url or "", outlet=outlet_of(url or "", outlets))


def iter_records(outlets: tuple[Outlet, ...], problems: Problems) -> Iterator[tuple[object, Article]]:
    from crawler.pages.read import read_page

    for where, record in iter_json_lines(open_stdin(), "stdin", problems):
        html, page_url = record.get("html"), record.get("url")
        if not isinstance(html, str):
            problems.tell(where, "the key 'html' is missing or no string")
        elif page_url is not None and not isinstance(page_url, str):
            problems.tell(where, "'url' is no string")
        else:
            yield record.get("id"), read_page(html, page_url or "", outlet=outlet_of(page_url or "", outlets))
