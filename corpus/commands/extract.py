"""`cakupan extract`: articles to mentions, claims and checks, as JSON lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from corpus.loading import start_up
from corpus.progress import track
from corpus.records import Problems, decode_file, iter_json_lines, read_file, write_line
from extract.models import Article
from extract.records import RecordError, extraction_record, parse_article


@click.command("extract")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(["en", "id"]), default="en", show_default=True, help="Language of messages.")
def command(files: tuple[Path, ...], lang: str) -> None:
    """Print the mentions, claims and checks of articles, one JSON line each.

    FILES end in .txt (plain text), .json (one article), .jsonl (one a line) or .html (a page). Without files, articles
    come as JSON lines on stdin: {"id": ..., "text": ...}, and if known "published", "title", "url", "outlet".
    """
    with start_up():
        from extract.language import load_pipeline
        from extract.pipeline import extract

        load_pipeline()
    problems = Problems()
    for identifier, article in track(iter_articles(files, problems), "Extracting", total=len(files) or None):
        extraction = extract(article, "id" if lang == "id" else "en")
        write_line(extraction_record(extraction) | {"id": identifier})
    problems.finish()


def iter_articles(files: tuple[Path, ...], problems: Problems) -> Iterator[tuple[object, Article]]:
    """Every article that can be read, with its id as it came in."""
    if not files:
        if sys.stdin.isatty():
            click.echo("Reading JSON lines from the keyboard; end with Ctrl-D. See: cakupan extract --help", err=True)
        yield from iter_records(iter_json_lines(sys.stdin.buffer, "stdin", problems), problems)
        return
    for file in files:
        yield from iter_file(file, problems)


def iter_file(file: Path, problems: Problems) -> Iterator[tuple[object, Article]]:
    match file.suffix.lower():
        case ".jsonl" | ".ndjson":
            content = read_file(file, problems)
            if content is not None:
                yield from iter_records(iter_json_lines(iter(content.splitlines()), str(file), problems), problems)
        case ".json":
            content = read_file(file, problems)
            if content is not None:
                one_line = content.replace(b"\n", b" ")
                yield from iter_records(iter_json_lines(iter([one_line]), str(file), problems), problems)
        case ".html" | ".htm":
            from crawler.pages.read import read_page

            content = read_file(file, problems)
            if content is not None:
                yield file.name, read_page(content, file.name)
        case _:
            text = decode_file(file, problems)
            if text is not None:
                yield file.name, Article(id=file.name, text=text)


def iter_records(
    records: Iterator[tuple[str, dict[str, object]]], problems: Problems
) -> Iterator[tuple[object, Article]]:
    for where, record in records:
        try:
            yield record.get("id"), parse_article(record)
        except RecordError as problem:
            problems.tell(where, str(problem))
