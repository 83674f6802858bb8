"""Is a text about JKN at all? A cheap look for the programme's names; the words are in relevance.toml."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import RegistryError

WORDS = Path(__file__).with_name("relevance.toml")
KEYS = ("programme", "related", "search")


@dataclass(frozen=True, slots=True)
class Relevance:
    """The compiled word lists of relevance.toml."""

    programme: re.Pattern[str]
    related: re.Pattern[str]
    search: tuple[str, ...]
    programme_in_bytes: re.Pattern[bytes]

    def is_relevant(self, *texts: str | None) -> bool:
        """Whether title, teaser or body name the programme ("JKN", "BPJS Kesehatan", "UHC", ...)."""
        return any(self.programme.search(text) for text in texts if text)

    def may_be_relevant(self, page: bytes) -> bool:
        """Whether a page as it was sent names the programme anywhere; cheaper than parsing it, and never stricter."""
        return self.programme_in_bytes.search(page.lower()) is not None

    def is_promising(self, *texts: str | None) -> bool:
        """Whether a title or teaser might lead to such a text ("pasien", "rumah sakit", ...)."""
        return self.is_relevant(*texts) or any(self.related.search(text) for text in texts if text)


@functools.cache
def load_relevance(path: Path = WORDS) -> Relevance:
    """The word lists; raises RegistryError naming the file and the list at fault."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(path.name, "(the whole file)", str(error)) from error
    for key in KEYS:
        words = data.get(key)
        if not isinstance(words, list) or not words or not all(isinstance(word, str) and word for word in words):
            raise RegistryError(path.name, key, "must be a list of words that is not empty")
        folded = [word.casefold() for word in words]
        if twice := next((word for word in words if folded.count(word.casefold()) > 1), None):
            raise RegistryError(path.name, key, f"{twice!r} stands there twice")
    if unknown := sorted(data.keys() - set(KEYS)):
        raise RegistryError(path.name, unknown[0], "is a list that nothing reads")
    return Relevance(
        programme=compile_words(data["programme"]),
        related=compile_words(data["related"]),
        search=tuple(data["search"]),
        programme_in_bytes=compile_bytes(data["programme"]),
    )


def compile_words(words: list[str]) -> re.Pattern[str]:
    """One pattern for any of these words or phrases, standing by themselves."""
    # Newspapers write JKN-KIS and "BPJS-Kesehatan" as often as with a space.
    phrases = (r"[\s\-]+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)


def compile_bytes(words: list[str]) -> re.Pattern[bytes]:
    """The same for a page's bytes in lower case, whatever stands between the words of a phrase there."""
    gap = rb"(?:[\s\-]|&nbsp;|&#160;|\xc2?\xa0|<[^<>]{0,99}>)+"
    phrases = (gap.join(re.escape(part.casefold().encode()) for part in word.split()) for word in words)
    return re.compile(rb"(?<!\w)(?:" + b"|".join(phrases) + rb")(?!\w)")
