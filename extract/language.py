"""Indonesian for spaCy: a tokenizer that starts at once and survives newspaper typing, and the pipeline in order.

spaCy's own `blank("id")` carries 15,614 hyphenated exceptions: two seconds and more to start, and a cache that
a line break switches off (spaCy issue 13950). It also keeps `83persen`, `95%-98` and `KIS)di` as one token.
Here a token is a run of letters, a number with its marks, or one other sign, so a figure or name that lost
its space is still found.
"""

from __future__ import annotations

import re

from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

TOKEN = re.compile(
    r"""(?P<word>[^\W\d_]+(?:['’`][^\W\d_]+)?     # Jum'at, Ma'ruf
    |\d+(?:[.,]\d+)*                              # 1.303.254, 98,29; a mark at the end is punctuation
    |[^\w\s]|_)
    |(?P<space>\s+)""",
    re.VERBOSE,
)

SURROGATE = re.compile("[\ud800-\udfff]")


class NewsTokenizer:
    """Text to Doc by one regular expression; `doc.text` equals the text, whatever it holds, lone surrogates excepted."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        # A lone surrogate cannot be encoded; one sign in its place keeps every offset.
        text = SURROGATE.sub("\ufffd", text)
        words: list[str] = []
        spaces: list[bool] = []
        for match in TOKEN.finditer(text):
            word = match["word"]
            if word is not None:
                words.append(word)
                spaces.append(False)
                continue
            # spaCy keeps one blank with the word before it; any other white space is a token of its own.
            gap = match["space"]
            if words and not spaces[-1] and gap[0] == " ":
                spaces[-1] = True
                gap = gap[1:]
            if gap:
                words.append(gap)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


Doc.set_extension("article", default=None)
Doc.set_extension("mentions", default=None)


class Indonesian(Language):
    """Indonesian without spaCy's exception tables; made by `load_pipeline`, not looked up by name."""

    lang = "id"
    Defaults = BaseDefaults
