"""`cakupan read`: HTML pages to articles, as JSON lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from corpus.config import load_config
from corpus.progress import track
from corpus.records import STDIN, Problems, iter_json_lines, open_stdin, read_file, write_line
from crawler.outlets import outlet_of
from crawler.registry import registry_with
from extract.records import article_record

TAG = re.compile(rb"<[!/?a-zA-Z]")
NO_PAGES = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
"""How Word's files, PDF, packed ones and images begin."""


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
        if content is None:
            continue
        if is_page(content):
            yield file.name, content, url or ""
        else:
            problems.tell(str(file), "no web page: there is no HTML in it (`cakupan extract` reads plain text)")


def is_page(content: bytes) -> bool:
    """Whether there is a tag in it, and it is none of the files that hold one by chance: archives, PDF, images."""
    return TAG.search(content.replace(b"\0", b"")) is not None and not content.startswith(NO_PAGES)


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
