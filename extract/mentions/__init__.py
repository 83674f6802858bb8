"""What a text shows: one component a kind of mention."""

from __future__ import annotations

from spacy.tokens import Doc


def text_of(doc: Doc) -> str:
    """The text of a Doc, from its article where it has one: spaCy puts `doc.text` together anew at every call."""
    article = doc._.article
    return doc.text if article is None else str(article.text)
