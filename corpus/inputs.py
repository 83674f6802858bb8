"""Articles out of files and stdin, in any of the forms that commands take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus.records import STDIN, Problems, decode, iter_json_lines, open_stdin, parse_record, read_file
from extract.models import Article
from extract.records import RecordError, parse_article

KINDS = (".txt", ".json", ".jsonl", ".ndjson", ".html", ".htm")


def iter_articles(files: tuple[Path, ...], problems: Problems) -> Iterator[tuple[object, Article]]:
    """Every article that can be read, with its id as it came in; from stdin where no file is named.

    Of a folder, all files below it that are not hidden, in the order of their names.
    """
    for file in files or (STDIN,):
        if not file.is_dir():
            yield from iter_file(file, file.name, problems)
            continue
        names = sorted(path.relative_to(file) for path in file.rglob("*") if path.is_file())
        names = [name for name in names if not any(part.startswith(".") for part in name.parts)]
        if not names:
            problems.tell(str(file), "there is no file in this folder")
        for name in names:
            yield from iter_file(file / name, name.as_posix(), problems)


def iter_file(file: Path, name: str, problems: Problems) -> Iterator[tuple[object, Article]]:
    """The articles of one file; what can have no id of its own goes by `name`."""
    if file == STDIN:
        yield from iter_records(iter_json_lines(open_stdin(), "stdin", problems), problems)
        return
    kind = file.suffix.lower()
    # A name without an ending is plain text: /dev/fd/63 is what the shell makes of <(pdftotext ...).
    if kind and kind not in KINDS:
        problems.tell(str(file), f"what it holds cannot be told from its name; it is to end in {', '.join(KINDS)}")
        return
    content = read_file(file, problems)
    if content is None:
        return
    match kind:
        case ".jsonl" | ".ndjson":
            yield from iter_records(iter_json_lines(content.splitlines(), str(file), problems), problems)
        case ".json":
            record = parse_record(content, str(file), problems)
            if record is not None:
                yield from iter_records(iter([(str(file), record)]), problems)
        case ".html" | ".htm":
            yield name, read_own_page(content, name)
        case _:
            text = decode(content, str(file), problems)
            if text is not None:
                yield name, Article(id=name, text=text)


def read_own_page(content: bytes, name: str) -> Article:
    """The article of a page that came as a file; its address is the one that the page names."""
    from crawler.pages.read import read

    reading = read(content, name)
    return replace(reading.article, id=name, url=reading.canonical or None)


def iter_records(
    records: Iterator[tuple[str, dict[str, object]]], problems: Problems
) -> Iterator[tuple[object, Article]]:
    for where, record in records:
        try:
            yield record.get("id"), parse_article(record)
        except RecordError as problem:
            problems.tell(where, str(problem))
