"""`cakupan read`: HTML pages to articles, as JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from corpus.config import load_config
from corpus.progress import track
from corpus.records import STDIN, Problems, iter_json_lines, open_stdin, read_file, write_line
from crawler.outlets import outlet_of
from crawler.registry import registry_with
from extract.records import article_record


@click.command("read")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--url", help="Where the page of a single file stood; its layout and time zone depend on it.")
@click.option("--no-layouts", is_flag=True, help="Read without any site's layout, as pages of unknown sites are.")
def command(files: tuple[Path, ...], url: str | None, no_layouts: bool) -> None:
    """Print the articles of HTML pages, one JSON line each: title, published, authors, editors, text, layout.

    FILES are pages. Without files, or for the file "-", pages are JSON lines on stdin:
    {"id": ..., "url": ..., "html": ...}.
    """
    from crawler.pages.read import read

    if url and len(files) != 1:
        raise click.UsageError("--url goes with exactly one file.")
    problems = Problems()
    outlets = registry_with(load_config().registry)
    for identifier, html, address in track(iter_pages(files, url, problems), "Reading", total=len(files) or None):
        article = read(html, address, outlet=outlet_of(address, outlets), by_layout=not no_layouts).article
        write_line(article_record(article) | {"id": identifier})
    problems.finish()


def iter_pages(
    files: tuple[Path, ...], url: str | None, problems: Problems
) -> Iterator[tuple[object, str | bytes, str]]:
    """Every page with its id as it came in and its address; from stdin where no file is named."""
    for file in files or (STDIN,):
        if file == STDIN:
            yield from iter_records(problems)
            continue
        content = read_file(file, problems)
        if content is not None:
            yield file.name, content, url or ""


def iter_records(problems: Problems) -> Iterator[tuple[object, str, str]]:
    """The pages of JSON lines on stdin."""
    for where, record in iter_json_lines(open_stdin(), "stdin", problems):
        html, page_url = record.get("html"), record.get("url")
        if not isinstance(html, str):
            problems.tell(where, "the key 'html' is missing or no string")
        elif page_url is not None and not isinstance(page_url, str):
            problems.tell(where, "'url' is no string")
        else:
            yield record.get("id"), html, page_url or ""
