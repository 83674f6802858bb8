"""One article laid out for reading: sentences, figures, dates, regions, people and cues on one line of tokens.

How far apart two things are is measured in tokens, with walls between them: a comma counts more than a word, another
figure more than a comma, a date nothing. What binds a figure in Indonesian mostly stands before it (`peserta di
Bontang 188.916 jiwa`), and a comma after a figure opens the next item of a list, so walls to the right are higher.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

from spacy.tokens import Doc

from extract.cues import Cue
from extract.models import Article, Figure, Mention, Period, Region, Speaker
from extract.sentences import LineKind, Sentence, find_quotes, split_sentences
from extract.wordlists import word_list

V = TypeVar("V")

WORD = 1.0
FIGURE = 4.0
COMMA = 2.0
CLAUSE = 5.0
SENTENCE = 15.0

CLAUSE_OPENERS = word_list("clause_openers")
QUIET = dict.fromkeys("\"“”'‘’*", 0.0)
LEFT_COSTS = (
    QUIET | {",": 1.5 * COMMA, ";": CLAUSE, "(": 0.5, ")": 0.5, ":": 0.5} | dict.fromkeys(CLAUSE_OPENERS, CLAUSE)
)
# `469 ribu peserta (81,50 persen), Kabupaten Kubu Raya 274.898`: what follows the comma is not said of 81,50.
RIGHT_COSTS = (
    QUIET
    | {",": 3 * COMMA, ";": 2 * CLAUSE, "(": 1.0, ")": 4.0, ":": CLAUSE}
    | dict.fromkeys(CLAUSE_OPENERS | word_list("list_joiners"), CLAUSE)
)


@dataclass(frozen=True, slots=True)
class Placed(Generic[V]):
    """A mention with its tokens (inclusive) and the ordinal of its sentence."""

    mention: Mention[V]
    first: int
    last: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Headline:
    """What the headline, which is no part of the text, says: the regions it names, and whether it names JKN."""

    regions: tuple[Region, ...] = ()
    names_programme: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What the claim rules read. `left` and `right` hold the running cost of crossing tokens in each direction."""

    article: Article
    doc: Doc
    lower: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    sentence_tokens: tuple[tuple[int, int], ...]
    quotes: tuple[tuple[int, int], ...]
    figures: tuple[Placed[Figure], ...]
    dates: tuple[Placed[Period], ...]
    regions: tuple[Placed[Region], ...]
    headline: Headline
    speakers: tuple[Placed[Speaker], ...]
    cues: tuple[Cue, ...]
    left: tuple[float, ...]
    right: tuple[float, ...]

    def distance(self, figure: Placed[Figure], first: int, last: int) -> float:
        """Cost of the way from the figure to tokens `first`..`last`; 0 where they touch or overlap."""
        if last < figure.first:
            return self.left[figure.first] - self.left[last + 1]
        if first > figure.last:
            return self.right[first] - self.right[figure.last + 1]
        return 0.0

    def figure_behind(self, figure: Placed[Figure]) -> Placed[Figure] | None:
        """The next figure of the text, in whatever sentence."""
        return next((other for other in self.figures if other.first > figure.last), None)

    def figures_before(self, figure: Placed[Figure]) -> list[Placed[Figure]]:
        """The figures that stand before this one in its sentence."""
        return [other for other in self.figures if other.sentence == figure.sentence and other.last < figure.first]

    def is_left(self, figure: Placed[Figure], last: int) -> bool:
        return last < figure.first

    def sentence_of(self, token: int) -> int:
        return max(0, bisect_right(self.sentence_tokens, (token, len(self.doc))) - 1)

    def words(self, first: int, last: int) -> list[str]:
        """Lower-case words of the tokens `first`..`last`, white space left out."""
        return [word for word in self.lower[max(first, 0) : last + 1] if not word.isspace()]

    def is_quoted(self, start: int) -> bool:
        return any(begin <= start < end for begin, end in self.quotes)

    def is_body(self, placed: Placed[V]) -> bool:
        return self.sentences[placed.sentence].kind is not LineKind.FURNITURE

    def cues_in(self, category: str, sentence: int) -> tuple[Cue, ...]:
        first, last = self.sentence_tokens[sentence]
        begin = bisect_left(self.cues, first, key=first_token)
        end = bisect_right(self.cues, last, key=first_token)
        return tuple(cue for cue in self.cues[begin:end] if cue.rule.category == category)


def first_token(cue: Cue) -> int:
    return cue.first


def lay_out(
    article: Article,
    doc: Doc,
    figures: tuple[Mention[Figure], ...],
    dates: tuple[Mention[Period], ...],
    regions: tuple[Mention[Region], ...],
    headline: Headline,
    speakers: tuple[Mention[Speaker], ...],
    cues: tuple[Cue, ...],
) -> Context:
    """Put everything found in an article on one line of tokens."""
    text = article.text
    starts = [token.idx for token in doc]
    lower = tuple(token.lower_ for token in doc)

    def token_at(offset: int) -> int:
        return max(0, bisect_right(starts, offset) - 1)

    sentences = split_sentences(text)
    sentence_starts = [sentence.start for sentence in sentences]

    def place(mention: Mention[V]) -> Placed[V]:
        sentence = max(0, bisect_right(sentence_starts, mention.start) - 1)
        return Placed(mention, token_at(mention.start), token_at(max(mention.start, mention.end - 1)), sentence)

    placed_figures = tuple(place(mention) for mention in sorted(figures, key=lambda mention: mention.start))
    placed_dates = tuple(place(mention) for mention in dates)
    left, right = measure_walls(lower, sentences, token_at, placed_figures, placed_dates)
    return Context(
        article=article,
        doc=doc,
        lower=lower,
        sentences=sentences,
        sentence_tokens=tuple((token_at(s.start), token_at(max(s.start, s.end - 1))) for s in sentences),
        quotes=find_quotes(text),
        figures=placed_figures,
        dates=placed_dates,
        regions=tuple(place(mention) for mention in regions),
        headline=headline,
        speakers=tuple(place(mention) for mention in speakers),
        cues=tuple(sorted(cues, key=first_token)),
        left=left,
        right=right,
    )


def measure_walls(
    lower: tuple[str, ...],
    sentences: tuple[Sentence, ...],
    token_at: Callable[[int], int],
    figures: tuple[Placed[Figure], ...],
    dates: tuple[Placed[Period], ...],
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Running cost before each token, one line for what stands left of a figure and one for what stands right."""
    left = [token_cost(word, LEFT_COSTS) for word in lower]
    right = [token_cost(word, RIGHT_COSTS) for word in lower]
    for spans, cost in ((dates, 0.0), (figures, FIGURE)):
        for placed in spans:
            for costs in (left, right):
                costs[placed.first : placed.last + 1] = [cost] + [0.0] * (placed.last - placed.first)
    for sentence in sentences[1:]:
        left[token_at(sentence.start)] += SENTENCE
        right[token_at(sentence.start)] += SENTENCE
    return tuple(accumulate(left, initial=0.0)), tuple(accumulate(right, initial=0.0))


def token_cost(word: str, costs: dict[str, float]) -> float:
    return costs.get(word, 0.0 if word.isspace() else WORD)
