"""Figures of an earlier time than the others of their text: `naik dari 88 persen`, `tahun sebelumnya 88 persen`."""

from __future__ import annotations

from dataclasses import dataclass

from extract.context import CLAUSE_OPENERS, Context, Placed
from extract.cues import Cue
from extract.models import Figure, Metric, Period
from extract.qualifiers.wholes import find_whole
from extract.wordlists import word_list

DATE_LINKS = word_list("date_links")
EXPLAINERS = word_list("explainers")
FILLERS = (word_list("hedge_fillers") - {"dari"}) | word_list("earlier_fillers")
MOVES = word_list("steps") | word_list("moves")
NO_WAY = word_list("no_way")
REACHED = word_list("reached")
COMPARED = word_list("compared")
BACK = 8
"""Tokens before `dari` in which a word of change makes what follows the level before."""
FORMERLY_FARTHEST = 8.0


@dataclass(frozen=True, slots=True)
class Earlier:
    """Why a figure is of an earlier time: the token at which that begins, and the words that tell how much earlier."""

    first: int
    cue: Cue | None = None


def find_earlier(context: Context, figure: Placed[Figure], metric: Metric) -> Earlier | None:
    """What says that a figure is of an earlier time than the text's own, or None."""
    if metric is Metric.POPULATION:
        return None
    start, _ = context.sentence_tokens[figure.sentence]
    before = context.figure_before(figure)
    since = start if before is None else before.last + 1
    for cue in reversed(context.cues_between("as_of", since - 1, figure.first)):
        if cue.rule.value in {"before", "formerly"} and reaches(context, figure, cue):
            return Earlier(cue.first, cue if cue.rule.value == "before" else None)
    for cue in context.cues_between("as_of", figure.last, figure.last + 4):
        # `88 persen pada tahun sebelumnya`
        if cue.rule.value == "before" and context.holds_only(DATE_LINKS, figure.last + 1, cue.first - 1):
            return Earlier(figure.first, cue)
    first = start_of_way(context, figure)
    return None if first is None else Earlier(first)


def reaches(context: Context, figure: Placed[Figure], cue: Cue) -> bool:
    """Whether words for an earlier time are said of the figure behind them: not of `naik dari tahun sebelumnya, 95`."""
    between = context.words(cue.last + 1, figure.first - 1)
    if not REACHED.isdisjoint(between) or not CLAUSE_OPENERS.isdisjoint(between):
        return False
    if (
        "," in between
        and EXPLAINERS.isdisjoint(between)
        and not COMPARED.isdisjoint(context.words(cue.first - 2, cue.first - 1))
    ):
        return False
    if context.dates.starting(cue.last + 1, figure.first - 1):
        return False
    if any(other.rule.value == "deictic" for other in context.cues_between("as_of", cue.last, figure.first)):
        return False
    return cue.rule.value == "before" or context.distance(figure, cue.first, cue.last) <= FORMERLY_FARTHEST


def start_of_way(context: Context, figure: Placed[Figure]) -> int | None:
    """The `dari` before a figure from which something moved: `naik dari 88 persen`, `dari 88 persen menjadi 93`."""
    start, _ = context.sentence_tokens[figure.sentence]
    token = figure.first - 1
    while token > start and (not context.plain[token] or context.plain[token] in FILLERS or context.dates.over(token)):
        token -= 1
    if token < start or context.plain[token] != "dari" or not NO_WAY.isdisjoint(context.words(token - 1, token - 1)):
        return None
    following = context.figure_behind_in_sentence(figure)
    arrives = following is not None and not REACHED.isdisjoint(context.words(following.first - 3, following.first - 1))
    moves = arrives or not MOVES.isdisjoint(context.words(max(start, token - BACK), token - 1))
    # `naik menjadi 71 persen dari 230.000 peserta`: the whole.
    return token if moves and find_whole(context, figure) is None else None


def own_date(context: Context, figure: Placed[Figure], since: int) -> Placed[Period] | None:
    """The date of a figure of an earlier time itself: `dari tahun 2023 sebesar 88 persen`, `dari 88 persen (2023)`.

    `since` is the token from which on the text speaks of that time.
    """
    for date in context.near(context.dates, figure):
        inside = since <= date.first < figure.first
        linked = date.first > figure.last and context.holds_only(DATE_LINKS, figure.last + 1, date.first - 1)
        if date.mention.value is not None and (inside or linked):
            return date
    return None


def belongs_to_way(context: Context, figure: Placed[Figure], date: Placed[Period]) -> bool:
    """Whether a date is of the level before the figure's own: `dari 88 persen pada 2023 menjadi 93 persen`."""
    before = context.figure_before(figure)
    if before is None or REACHED.isdisjoint(context.words(before.last + 1, figure.first - 1)):
        return False
    since = start_of_way(context, before)
    return since is not None and own_date(context, before, since) == date
