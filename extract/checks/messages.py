"""What the checks say: sentences in English and Indonesian, from lexicon/checks.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from extract.checks.wording import Language
from extract.errors import LexiconError
from extract.models import Check, Verdict

FILE = "checks.toml"


@cache
def load_sentences(language: Language) -> Mapping[str, Mapping[str, Any]]:
    """The checks' sentences by check and verdict. Raises LexiconError where one is missing in `language`."""
    data = tomllib.loads((resources.files("extract") / "lexicon" / FILE).read_text("utf-8"))
    for name, table in data.items():
        if table.get("en", {}).keys() != table.get("id", {}).keys():
            raise LexiconError(FILE, name, "does not say the same in English and Indonesian")
    return {name: table[language] for name, table in data.items()}


def word_check(
    name: str,
    verdict: Verdict,
    claims: tuple[int, ...],
    language: Language,
    sentence: str | None = None,
    expected: str | None = None,
    got: str | None = None,
    **fill: str | int,
) -> Check:
    """A check with its message: the sentence of its verdict, or the one named, filled in."""
    message: str = load_sentences(language)[name][sentence or verdict.value].format(**fill)
    return Check(name, verdict, claims, expected, got, message[:1].upper() + message[1:])
