"""What `cakupan check` is given on the command line: words of a text, files, an address, or stdin; told by its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from corpus.inputs import KINDS, iter_articles, iter_records, read_own_page
from corpus.records import Problems, decode, iter_json_lines, open_stdin
from extract.models import Article

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S*", re.IGNORECASE)
NAKED_ADDRESS = re.compile(r"www\.\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE)
FILE_NAME = re.compile(r"\S*[^\s.]\.[a-z][a-z0-9]{1,4}", re.IGNORECASE)
LONGEST_NAME = 250
HINT = "Hand the text itself in on stdin, of a PDF with: pdftotext FILE.pdf - | cakupan check -"


@dataclass(frozen=True, slots=True)
class Text:
    """Words typed as arguments."""

    text: str


@dataclass(frozen=True, slots=True)
class Files:
    """Files of articles."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """A page on the web."""

    url: str


@dataclass(frozen=True, slots=True)
class Stdin:
    """Whatever comes in: a text, a page or JSON lines."""


Source = Text | Files | Address | Stdin


def parse_source(words: Sequence[str]) -> Source:
    """Tell what the arguments are; raises click.UsageError where they look like something that is not there.

    A name that exists is a file if it ends like one that can be read, or has no ending. Something that looks like the
    name of a file and is none is never taken for a text.
    """
    if not words or list(words) == ["-"]:
        return Stdin()
    if all(ADDRESS.fullmatch(word) for word in words):
        if len(words) > 1:
            raise click.UsageError("One address at a time.")
        return Address(words[0])
    text = " ".join(words)
    if not text.strip():
        raise click.UsageError("The text is empty, so there is nothing to check.")
    names = [word for word in words if is_readable(word)]
    if len(names) == len(words):
        return Files(tuple(Path(word) for word in words))
    if len(words) == 1 or all(is_readable(word) or looks_like_file(word) for word in words):
        for word in words:
            refuse_what_is_no_text(word)
    return Text(text)


def refuse_what_is_no_text(word: str) -> None:
    """Raise click.UsageError for one argument that must have been meant as a file or an address."""
    if is_folder(word):
        raise click.UsageError(f"{word} is a folder. Name the files in it.")
    if is_file(word) and not is_readable(word):
        raise click.UsageError(f"{word} does not end in {', '.join(KINDS)}. {HINT}")
    if looks_like_file(word) and not is_readable(word):
        raise click.UsageError(
            f"There is no file {word}. A text of one word is no claim; put a sentence in quotation marks."
        )
    if NAKED_ADDRESS.fullmatch(word):
        raise click.UsageError(f"There is no file {word}. If it is an address: cakupan check https://{word}")


def looks_like_file(word: str) -> bool:
    """Whether it has the form of a file's name: one word with an ending, or any words that end like a readable file."""
    if len(word) > LONGEST_NAME or "\n" in word:
        return False
    return FILE_NAME.fullmatch(word) is not None or word.lower().endswith(KINDS)


def is_readable(word: str) -> bool:
    """Whether there is a file of this name that can hold articles."""
    return is_file(word) and Path(word).suffix.lower() in {"", *KINDS}


def is_file(word: str) -> bool:
    try:
        return Path(word).exists() and not Path(word).is_dir()
    except (OSError, ValueError):  # too long for a name, as a text is
        return False


def is_folder(word: str) -> bool:
    try:
        return Path(word).is_dir()
    except (OSError, ValueError):
        return False


def iter_source(source: Text | Files | Stdin, problems: Problems) -> Iterator[tuple[object, Article]]:
    """Every article with its id; what cannot be read is told, and an empty text counts as such."""
    match source:
        case Text(text=text):
            yield "text", Article(id="text", text=text)
        case Files(paths=paths):
            yield from iter_articles(paths, problems)
        case Stdin():
            yield from iter_stdin(problems)


def iter_stdin(problems: Problems) -> Iterator[tuple[object, Article]]:
    """Stdin by its first sign: `{` begins JSON lines, `<` a page, anything else a plain text."""
    content = open_stdin("a text").read()
    first = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first == b"{":
        yield from iter_records(iter_json_lines(content.splitlines(), "stdin", problems), problems)
    elif first == b"<":
        yield "stdin", read_own_page(content, "stdin")
    else:
        text = decode(content, "stdin", problems)
        if text is not None:
            yield "stdin", Article(id="stdin", text=text)
