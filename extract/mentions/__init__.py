"""What a text shows: one component a kind of mention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a Doc as plain strings, in parallel: as printed, in lower case, and where each begins.

    A Token of spaCy's is made anew whenever one is asked for; rules that look at every word would mostly do that.
    """

    text: str
    texts: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def end(self, position: int) -> int:
        """Where the token ends in the text."""
        return self.starts[position] + len(self.texts[position])

    def span(self, first: int, last: int) -> str:
        """The text of the tokens `first`..`last`."""
        return self.text[self.starts[first] : self.end(last)]


Doc.set_extension("words", default=None)


def keep_words(doc: Doc, text: str, texts: Sequence[str], starts: Sequence[int]) -> Doc:
    """The Doc, with its tokens for `words_of`: what the tokenizer has at hand."""
    doc._.words = Words(text, tuple(texts), tuple([word.lower() for word in texts]), tuple(starts))
    return doc


def words_of(doc: Doc) -> Words:
    """The tokens of a Doc of the project's tokenizer."""
    words: Words = doc._.words
    return words


def text_of(doc: Doc) -> str:
    """The text of a Doc, from its article where it has one: spaCy puts `doc.text` together anew at every call."""
    article = doc._.article
    return doc.text if article is None else str(article.text)
