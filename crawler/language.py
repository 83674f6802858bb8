"""Is a page in Indonesian? A cheap look at its bytes, before it is parsed; the words are in language.toml."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import RegistryError

WORDS = Path(__file__).with_name("language.toml")
KEYS = ("common", "indonesian", "malay")
LOOKED_THROUGH_BYTES = 256 * 1024
FEWEST = 8
"""So many of the common words a page has at the least, and no fewer than three of them different."""


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """The word lists of language.toml, as bytes between blanks."""

    common: tuple[bytes, ...]
    indonesian: tuple[bytes, ...]
    malay: tuple[bytes, ...]

    def is_indonesian(self, page: bytes) -> bool:
        """Whether a page, in any encoding that extends ASCII, is written in Indonesian, Malay being its neighbour.

        >>> load_language().is_indonesian(b"<p>" + b"warga yang sakit dan di rumah untuk sehat dengan obat " * 3)
        True
        """
        page = page[:LOOKED_THROUGH_BYTES].lower()
        if self.common[0] not in page:
            return False
        counts = [page.count(word) for word in self.common]
        if sum(counts) < FEWEST or sum(map(bool, counts)) < 3:
            return False
        return sum(map(page.count, self.indonesian)) > sum(map(page.count, self.malay))


@functools.cache
def load_language(path: Path = WORDS) -> LanguageWords:
    """The word lists; raises RegistryError naming the file and the list at fault."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(path.name, "(the whole file)", str(error)) from error
    for key in KEYS:
        words = data.get(key)
        if not isinstance(words, list) or not words or not all(isinstance(word, str) and word for word in words):
            raise RegistryError(path.name, key, "must be a list of words that is not empty")
    if unknown := sorted(data.keys() - set(KEYS)):
        raise RegistryError(path.name, unknown[0], "is a list that nothing reads")
    common, indonesian, malay = (tuple(f" {word} ".encode() for word in data[key]) for key in KEYS)
    return LanguageWords(common, indonesian, malay)
