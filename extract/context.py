"""One article laid out for reading: sentences, figures, dates, regions, people and cues on one line of tokens.

How far apart two things are is measured in tokens, with walls between them: a comma counts more than a word, another
figure more than a comma, a date nothing. What binds a figure in Indonesian mostly stands before it (`peserta di
Bontang 188.916 jiwa`), and a comma after a figure opens the next item of a list, so walls to the right are higher.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, Protocol, TypeVar

from spacy.tokens import Doc

from extract.cues import Cue
from extract.mentions import words_of
from extract.models import Article, Figure, Mention, Period, Region, Speaker
from extract.sentences import LineKind, Sentence, find_quotes, split_sentences
from extract.wordlists import word_list

V = TypeVar("V")
W = TypeVar("W")

WORD = 1.0
FIGURE = 4.0
COMMA = 2.0
CLAUSE = 5.0
SENTENCE = 15.0

CLAUSE_OPENERS = word_list("clause_openers")
# White space is empty.
QUIET = dict.fromkeys(["", *"\"“”'‘’*"], 0.0)
LEFT_COSTS = (
    QUIET | {",": 1.5 * COMMA, ";": CLAUSE, "(": 0.5, ")": 0.5, ":": 0.5} | dict.fromkeys(CLAUSE_OPENERS, CLAUSE)
)
# `469 ribu peserta (81,50 persen), Kabupaten Kubu Raya 274.898`: what follows the comma is not said of 81,50.
RIGHT_COSTS = (
    QUIET
    | {",": 3 * COMMA, ";": 2 * CLAUSE, "(": 1.0, ")": 4.0, ":": CLAUSE}
    | dict.fromkeys(CLAUSE_OPENERS | word_list("list_joiners"), CLAUSE)
)


class Spanning(Protocol):
    """Whatever lies on the tokens `first`..`last`, inclusive."""

    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...


T = TypeVar("T", bound=Spanning)

MOST_ON_A_SIDE = 40
"""Things of one kind before and behind a figure that it is held against, within its sentence.

No sentence of prose has as many; what has is a table that lost its lines, where what binds a figure stands beside it.
"""


@dataclass(frozen=True, slots=True)
class Placed(Generic[V]):
    """A mention with its tokens (inclusive), the ordinal of its sentence and its own among those of its kind."""

    mention: Mention[V]
    first: int
    last: int
    sentence: int
    ordinal: int


@dataclass(frozen=True, slots=True, eq=False)
class Row(Generic[T]):
    """Things of one kind in text order. Each question costs the same in a long text as in a short one."""

    items: tuple[T, ...]
    firsts: tuple[int, ...]

    @classmethod
    def of(cls, items: Sequence[T]) -> Row[T]:
        return cls(tuple(items), tuple([item.first for item in items]))

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def starting(self, first: int, last: int) -> tuple[T, ...]:
        """Those that begin on a token from `first` to `last`, inclusive."""
        begin = bisect_left(self.firsts, first)
        return self.items[begin : bisect_right(self.firsts, last, begin)]

    def near(self, token: int, first: int, last: int) -> tuple[T, ...]:
        """Those that begin from `first` to `last`, the nearest on either side of `token`."""
        firsts = self.firsts
        begin = bisect_left(firsts, first)
        end = bisect_right(firsts, last, begin)
        if end - begin > MOST_ON_A_SIDE:
            middle = bisect_left(firsts, token, begin, end)
            begin, end = max(begin, middle - MOST_ON_A_SIDE), min(end, middle + MOST_ON_A_SIDE)
        return self.items[begin:end]

    def behind(self, token: int, reach: int = 0) -> T | None:
        """The next that begins behind `token`, or the one `reach` further on."""
        at = bisect_right(self.firsts, token) + reach
        return self.items[at] if at < len(self.items) else None

    def before(self, token: int) -> T | None:
        """The last that ends before `token`."""
        at = bisect_left(self.firsts, token) - 1
        while at >= 0 and self.items[at].last >= token:
            at -= 1
        return self.items[at] if at >= 0 else None

    def ending(self, first: int, last: int) -> Iterator[T]:
        """Those that end on a token from `first` to `last`, inclusive, the last first."""
        at = bisect_right(self.firsts, last) - 1
        while at >= 0 and self.items[at].last >= first:
            if self.items[at].last <= last:
                yield self.items[at]
            at -= 1

    def over(self, token: int) -> T | None:
        """The one that `token` belongs to."""
        at = bisect_right(self.firsts, token) - 1
        return self.items[at] if at >= 0 and token <= self.items[at].last else None


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
    plain: tuple[str, ...]
    """The same, with white space as empty."""
    starts: tuple[int, ...]
    """Where each token begins in the text."""
    sentences: tuple[Sentence, ...]
    sentence_tokens: tuple[tuple[int, int], ...]
    quotes: tuple[tuple[int, int], ...]
    figures: Row[Placed[Figure]]
    dates: Row[Placed[Period]]
    regions: Row[Placed[Region]]
    headline: Headline
    speakers: Row[Placed[Speaker]]
    cues: Mapping[str, Row[Cue]]
    """By category."""
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
        return self.figures.behind(figure.last)

    def figure_before(self, figure: Placed[Figure]) -> Placed[Figure] | None:
        """The figure that stands before this one in its sentence."""
        return self.figure_of(figure.sentence, figure.first)

    def figure_of(self, sentence: int, token: int) -> Placed[Figure] | None:
        """The last figure of the sentence that stands before `token`."""
        before = self.figures.before(token)
        return before if before is not None and before.sentence == sentence else None

    def figure_behind_in_sentence(self, figure: Placed[Figure], reach: int = 0) -> Placed[Figure] | None:
        """The next figure of the same sentence, or the one `reach` further on."""
        behind = self.figures.behind(figure.last, reach)
        return behind if behind is not None and behind.sentence == figure.sentence else None

    def is_last_figure(self, sentence: int, token: int) -> bool:
        """Whether no figure of the sentence begins behind `token`."""
        behind = self.figures.behind(token)
        return behind is None or behind.sentence != sentence

    def has_figure_between(self, left: int, right: int) -> bool:
        """Whether a figure stands between two tokens, touching neither."""
        return any(other.last < right for other in self.figures.starting(left + 1, right - 1))

    def is_left(self, figure: Placed[Figure], last: int) -> bool:
        return last < figure.first

    def sentence_of(self, token: int) -> int:
        return max(0, bisect_right(self.sentence_tokens, (token, len(self.lower))) - 1)

    def words(self, first: int, last: int) -> list[str]:
        """Lower-case words of the tokens `first`..`last`, white space left out."""
        return [*filter(None, self.plain[first if first > 0 else 0 : last + 1])]

    def holds_only(self, words: frozenset[str], first: int, last: int) -> bool:
        """Whether the tokens `first`..`last` are nothing but these words and white space."""
        return words.issuperset(self.words(first, last))

    def is_quoted(self, start: int) -> bool:
        at = bisect_right(self.quotes, (start, len(self.article.text))) - 1
        return at >= 0 and start < self.quotes[at][1]

    def is_body(self, placed: Placed[V]) -> bool:
        return self.sentences[placed.sentence].kind is not LineKind.FURNITURE

    def cues_in(self, category: str, sentence: int) -> tuple[Cue, ...]:
        """The cues of a sentence."""
        row = self.cues.get(category)
        return row.starting(*self.sentence_tokens[sentence]) if row is not None else ()

    def cues_near(self, category: str, placed: Placed[V]) -> tuple[Cue, ...]:
        """The cues of the sentence of a figure or a date, of very many those that stand nearest."""
        row = self.cues.get(category)
        return row.near(placed.first, *self.sentence_tokens[placed.sentence]) if row is not None else ()

    def cues_ending(self, category: str, first: int, last: int) -> Iterator[Cue]:
        """The cues that end on a token from `first` to `last`, inclusive, the last first."""
        row = self.cues.get(category)
        return row.ending(first, last) if row is not None else iter(())

    def cues_between(self, category: str, left: int, right: int) -> tuple[Cue, ...]:
        """The cues that begin between two tokens."""
        row = self.cues.get(category)
        return row.starting(left + 1, right - 1) if row is not None else ()

    def near(self, row: Row[Placed[V]], placed: Placed[W]) -> tuple[Placed[V], ...]:
        """What stands in the sentence of a figure or a name, of very many those that stand nearest."""
        return row.near(placed.first, *self.sentence_tokens[placed.sentence])


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
    words = words_of(doc)
    starts, lower = words.starts, words.lower

    def token_at(offset: int) -> int:
        return (bisect_right(starts, offset) or 1) - 1

    sentences = split_sentences(text)
    sentence_starts = [sentence.start for sentence in sentences]

    def place(mention: Mention[V], ordinal: int) -> Placed[V]:
        sentence = (bisect_right(sentence_starts, mention.start) or 1) - 1
        first, last = token_at(mention.start), token_at(max(mention.start, mention.end - 1))
        return Placed(mention, first, last, sentence, ordinal)

    def row(mentions: Sequence[Mention[V]]) -> Row[Placed[V]]:
        return Row.of([place(mention, ordinal) for ordinal, mention in enumerate(mentions)])

    placed_figures = row(sorted(figures, key=lambda mention: mention.start))
    placed_dates = row(dates)
    plain = tuple(["" if word.isspace() else word for word in lower])
    left, right = measure_walls(plain, sentences, token_at, placed_figures.items, placed_dates.items)
    by_category: dict[str, list[Cue]] = {}
    for cue in cues:
        by_category.setdefault(cue.rule.category, []).append(cue)
    return Context(
        article=article,
        doc=doc,
        lower=lower,
        plain=plain,
        starts=starts,
        sentences=sentences,
        sentence_tokens=tuple([(token_at(s.start), token_at(max(s.start, s.end - 1))) for s in sentences]),
        quotes=find_quotes(text),
        figures=placed_figures,
        dates=placed_dates,
        regions=row(regions),
        headline=headline,
        speakers=row(speakers),
        cues={category: Row.of(found) for category, found in by_category.items()},
        left=left,
        right=right,
    )


def measure_walls(
    plain: tuple[str, ...],
    sentences: tuple[Sentence, ...],
    token_at: Callable[[int], int],
    figures: tuple[Placed[Figure], ...],
    dates: tuple[Placed[Period], ...],
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Running cost before each token, one line for what stands left of a figure and one for what stands right."""
    left = [LEFT_COSTS.get(word, WORD) for word in plain]
    right = [RIGHT_COSTS.get(word, WORD) for word in plain]
    for spans, cost in ((dates, 0.0), (figures, FIGURE)):
        for placed in spans:
            for costs in (left, right):
                costs[placed.first : placed.last + 1] = [cost] + [0.0] * (placed.last - placed.first)
    for sentence in sentences[1:]:
        left[token_at(sentence.start)] += SENTENCE
        right[token_at(sentence.start)] += SENTENCE
    return tuple(accumulate(left, initial=0.0)), tuple(accumulate(right, initial=0.0))
