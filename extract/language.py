"""Indonesian for spaCy: a tokenizer that starts at once and survives newspaper typing, and the pipeline in order.

spaCy's own `blank("id")` carries 15,614 hyphenated exceptions: two seconds and more to start, and a cache that
a line break switches off (spaCy issue 13950). It also keeps `83persen`, `95%-98` and `KIS)di` as one token.
Here a token is a run of letters, a number with its marks, or one other sign, so a figure or name that lost
its space is still found.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from typing import Any

from spacy.attrs import LOWER
from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.context import Headline
from extract.cues import make_cue_finder
from extract.mentions import keep_words
from extract.mentions.count import find_counts
from extract.mentions.date import find_dates
from extract.mentions.percent import find_percents
from extract.mentions.region import make_region_finder
from extract.mentions.speaker import find_speakers
from extract.models import Article, Mention, MentionKind

# spaCy keeps one blank with the word before it; any other white space is a token of its own.
TOKEN = re.compile(
    r"""([^\W\d_]+(?:['’`][^\W\d_]+)?               # Jum'at, Ma'ruf
    |\d+(?:[.,]\d+)*                              # 1.303.254, 98,29; a mark at the end is punctuation
    |[^\w\s]|_)
    ([ ]?)
    |(\s+)""",
    re.VERBOSE,
)

SURROGATE = re.compile("[\ud800-\udfff]")


def split_words(text: str) -> tuple[list[str], list[bool]]:
    """The words of a text, and whether a blank follows each."""
    found = TOKEN.findall(text)
    return [word or gap for word, _, gap in found], [blank == " " for _, blank, _ in found]


class NewsTokenizer:
    """Text to Doc by one regular expression; `doc.text` equals the text, lone surrogates excepted."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        # A lone surrogate cannot be encoded; one sign in its place keeps every offset.
        text = SURROGATE.sub("\ufffd", text)
        words, spaces = split_words(text)
        starts = list(accumulate((len(word) + space for word, space in zip(words, spaces, strict=True)), initial=0))
        return keep_words(Doc(self.vocab, words=words, spaces=spaces), text, words, starts[:-1])


# What the components hand on: the article, the mentions found so far by kind, and the cue words.
Doc.set_extension("article", default=None)
Doc.set_extension("mentions", default=None)
Doc.set_extension("cues", default=())


class Indonesian(Language):  # type: ignore[no-untyped-call]  # spaCy leaves its subclass hook untyped
    """Indonesian without spaCy's exception tables; made by `load_pipeline`, not looked up by name."""

    lang = "id"
    Defaults = BaseDefaults


Finder = Callable[[Doc], tuple[Mention[Any], ...]]


def mentions_of(doc: Doc, kind: MentionKind) -> tuple[Mention[Any], ...]:
    """What earlier components found of one kind, in text order."""
    found: dict[MentionKind, tuple[Mention[Any], ...]] = doc._.mentions
    return found[kind]


def marking(kind: MentionKind, find: Finder) -> Callable[[Doc], Doc]:
    """A component that keeps what `find` gives under its kind."""

    def mark(doc: Doc) -> Doc:
        doc._.mentions[kind] = find(doc)
        return doc

    return mark


@Language.factory("cakupan_percents")
def make_percents(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return marking(MentionKind.PERCENT, find_percents)


@Language.factory("cakupan_counts")
def make_counts(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return marking(MentionKind.COUNT, find_counts)


@Language.factory("cakupan_dates")
def make_dates(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return marking(MentionKind.DATE, find_dates)


@Language.factory("cakupan_regions")
def make_regions(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return marking(MentionKind.REGION, make_region_finder(nlp.vocab))


@Language.factory("cakupan_speakers")
def make_speakers(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return marking(MentionKind.SPEAKER, lambda doc: find_speakers(doc, mentions_of(doc, MentionKind.REGION)))


@Language.factory("cakupan_cues")
def make_cues(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    find_cues = make_cue_finder(nlp.vocab, split_words)

    def mark(doc: Doc) -> Doc:
        doc._.cues = find_cues(doc)
        return doc

    return mark


COMPONENTS = (
    "cakupan_percents",
    "cakupan_counts",
    "cakupan_dates",
    "cakupan_regions",
    "cakupan_speakers",  # reads the regions: an office ends where its region does
    "cakupan_cues",
)


MOST_WORDS = 50_000
"""Words that spaCy's vocabulary, which forgets none, may hold before the pipeline is made anew: some 25 MB.

Every figure is a new word, so that a long stream of articles would grow without end. A pipeline takes less time to
make than a hundred articles to read.
"""


@lru_cache(maxsize=1)
def load_pipeline() -> Language:
    """The pipeline, made once and shared. Raises LexiconError where a lexicon file is broken."""
    # Of a new word spaCy would work out twenty attributes, in Python; what is matched here is its lower case alone.
    vocab = Vocab(lex_attr_getters={LOWER: str.lower})
    # spaCy's limit of a million characters spares the memory of trained models, and rules have none to spare.
    nlp = Indonesian(vocab, max_length=sys.maxsize, create_tokenizer=lambda nlp: NewsTokenizer(nlp.vocab))
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def read_mentions(article: Article) -> Doc:
    """The article as a Doc with its mentions (`doc._.mentions`) and cue words (`doc._.cues`)."""
    if len(load_pipeline().vocab) > MOST_WORDS:
        load_pipeline.cache_clear()
    nlp = load_pipeline()
    doc = nlp.make_doc(article.text)
    doc._.article = article
    doc._.mentions = {}
    return nlp(doc)


def read_headline(article: Article) -> Headline:
    """What the headline says, read by the same components as the text."""
    if not article.title:
        return Headline()
    doc = read_mentions(Article(id=article.id, text=article.title, published=article.published))
    regions = (mention.value for mention in mentions_of(doc, MentionKind.REGION))
    programme = any(cue.rule.category == "programme" for cue in doc._.cues)
    return Headline(tuple(region for region in regions if region is not None), programme)
