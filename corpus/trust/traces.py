"""How the sentences of a text are found again in what listings, feeds and interfaces make of them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from extract.sentences import split_sentences

WORDS = 8
"""So many words from the beginning of a sentence tell it from others, and stand in a teaser that is cut short."""
WORD = re.compile(r"\w+")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--(?:(?!<!--).)*?-->|<!\[CDATA\[|\]\]>", re.DOTALL)
JSON_CODE = re.compile(r"\\u([0-9a-fA-F]{4})")
JSON_SIGN = re.compile(r"\\[nrtbf]")


@dataclass(frozen=True, slots=True)
class Traces:
    """The beginnings of sentences, as words in small letters."""

    beginnings: frozenset[str]

    def are_in(self, text: str) -> bool:
        """Whether one of the sentences stands in a text, whatever stands between its words."""
        words = f" {' '.join(WORD.findall(text.casefold()))} "
        return any(beginning in words for beginning in self.beginnings)

    def are_in_payload(self, body: bytes) -> bool:
        """Whether one stands in a page, feed or JSON document."""
        return bool(self.beginnings) and self.are_in(plain(body))


def traces_of(texts: Iterable[str]) -> Traces:
    """What to look for; a text without a sentence of some length is looked for as a whole."""
    beginnings: set[str] = set()
    for text in texts:
        sentences = [WORD.findall(text[one.start : one.end].casefold()) for one in split_sentences(text)]
        long = [words for words in sentences if len(words) >= WORDS]
        for words in long or [WORD.findall(text.casefold())]:
            if len(words) >= WORDS // 2:
                beginnings.add(f" {' '.join(words[:WORDS])} " if long else f" {' '.join(words)} ")
    return Traces(frozenset(beginnings))


def plain(body: bytes) -> str:
    """The words of a document without tags and escapes: JSON's, then those of HTML, which feeds escape once more."""
    text = body.decode("utf-8", "replace")
    text = JSON_CODE.sub(lambda found: chr(int(found[1], 16)), text)
    text = JSON_SIGN.sub(" ", text).replace("\\/", "/").replace('\\"', '"')
    return TAG.sub(" ", html.unescape(html.unescape(text)))
