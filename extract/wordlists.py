"""The closed lists of lexicon/words.toml, by name."""

from __future__ import annotations

from functools import lru_cache

from extract.toml_files import read_toml

FILE = "lexicon/words.toml"


@lru_cache(maxsize=1)
def load_words() -> dict[str, frozenset[str]]:
    data = read_toml(FILE)
    return {name: frozenset(words) for name, words in data.items()}


def word_list(name: str) -> frozenset[str]:
    """The words of one list; KeyError for a list that the lexicon does not have."""
    return load_words()[name]
