"""The package's data files in TOML: a slip in one is told with the file's name, wherever it is read."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from extract.errors import LexiconError


def read_toml(file: str) -> dict[str, Any]:
    """A file by its place in the package, such as `lexicon/words.toml`. Raises LexiconError where it is no TOML."""
    return parse_toml((files("extract") / file).read_text(encoding="utf-8"), file)


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """The text of a file of this name. Raises LexiconError where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(file, "(syntax)", str(error)) from error
