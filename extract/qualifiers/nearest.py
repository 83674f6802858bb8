"""The cue that binds a figure most closely: one measure for every qualifier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from extract.context import Context, Placed, Row
from extract.cues import Cue
from extract.models import Figure, Reason, Unit
from extract.wordlists import word_list

SEPARATORS = word_list("clause_openers") | word_list("list_joiners") | {",", ";", ":", "(", ")"}
RIGHTWARD = 1.5
TOUCHING = 0.5
"""What stands before a figure binds it in Indonesian; what stands behind must be that much closer, or touch it."""
TWIN = 1.0
"""What it costs to pass the second statement of the same fact."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A cue and what it costs to reach the figure from it."""

    cue: Cue
    cost: float
    left: bool

    def reason(self, context: Context, field: str) -> Reason:
        return Reason(field, self.cue.rule.id, self.cue.text, context.starts[self.cue.first], round(self.cost))


def iter_bonds(
    context: Context,
    figure: Placed[Figure],
    cues: Iterable[Cue],
    offset: Callable[[Cue], float] = lambda cue: 0.0,
    reach: int = 0,
    rivals: Row[Placed[Figure]] | None = None,
) -> Iterator[Bond]:
    """Every cue with its cost that is not more closely bound to a neighbouring figure, of the `rivals` if given.

    To the right, cues count as far as the next figure, or as the one `reach` figures further on.
    """
    figures = context.figures if rivals is None else rivals
    before = of_sentence(figure.sentence, figures.before(figure.first))
    twin = of_sentence(figure.sentence, figures.behind(figure.last)) if reach else None
    rival = of_sentence(figure.sentence, figures.behind(figure.last, reach))
    for cue in cues:
        if cue.first <= figure.last and cue.last >= figure.first:
            # `38.199 peserta mandiri`: a cue that begins with the figure's own noun.
            if figure.first < cue.first and figure.last < cue.last:
                yield Bond(cue, TOUCHING + offset(cue), False)
            continue
        distance = context.distance(figure, cue.first, cue.last)
        if cue.last < figure.first:
            over = context.figures.over(cue.first)
            if over is not None and cue.last <= over.last and over.sentence == figure.sentence:
                continue  # `1.275.107 peserta dan 1.122.008 di antaranya aktif`: the noun of the figure before
            # `53 persen aktif, 47 persen tidak`: the cue belongs to the figure before.
            if before and cue.first > before.last and is_nearer(context, before, figure, cue.first, cue.last):
                continue
            yield Bond(cue, distance + offset(cue), True)
        elif rival is None or cue.last < rival.first:
            # `20,38 persen atau setara 53 juta peserta JKN sedang tidak aktif`: behind the twin as behind the figure.
            if twin is not None and cue.first > twin.last:
                distance = min(distance, context.distance(twin, cue.first, cue.last) + TWIN)
            # `kepesertaan sudah 100 persen, tetapi keaktifannya 81,7 persen`: the cue belongs to the next figure.
            told_of_people = cue.rule.category == "segment" and rival is not None and is_price(rival, figure)
            if rival and not told_of_people and is_nearer(context, rival, twin or figure, cue.first, cue.last):
                continue
            yield Bond(cue, distance + (RIGHTWARD if distance else TOUCHING) + offset(cue), False)


def of_sentence(sentence: int, figure: Placed[Figure] | None) -> Placed[Figure] | None:
    return figure if figure is not None and figure.sentence == sentence else None


def is_nearer(context: Context, rival: Placed[Figure], figure: Placed[Figure], first: int, last: int) -> bool:
    """Whether tokens `first`..`last`, which stand between two figures, belong to the rival.

    A comma or a joining word on one side settles it: `98,1 persen penduduk Sumbar dan 97,2 persen penduduk Riau`.
    """
    apart = has_separator(context, figure, first, last)
    rival_apart = has_separator(context, rival, first, last)
    if apart != rival_apart:
        return apart
    to_rival, to_figure = context.distance(rival, first, last), context.distance(figure, first, last)
    # Of two equally near, the cue binds the figure that it stands before.
    return to_rival < to_figure or (to_rival == to_figure and last < rival.first)


def is_price(rival: Placed[Figure], figure: Placed[Figure]) -> bool:
    """`21.500 peserta yang dibiayai daerah dari pos Rp9,7 miliar`: what people are, the money for them is not."""
    return is_money(rival) and not is_money(figure)


def is_money(figure: Placed[Figure]) -> bool:
    return figure.mention.value is not None and figure.mention.value.unit is Unit.IDR


def has_separator(context: Context, figure: Placed[Figure], first: int, last: int) -> bool:
    between = (
        context.words(last + 1, figure.first - 1) if last < figure.first else context.words(figure.last + 1, first - 1)
    )
    return not SEPARATORS.isdisjoint(between)


def nearest(bonds: Iterable[Bond]) -> Bond | None:
    return min(bonds, key=lambda bond: (bond.cost, not bond.left), default=None)


def crosses_figure(context: Context, figure: Placed[Figure], cue: Cue) -> bool:
    """Whether another figure stands between the cue and this one."""
    return context.has_figure_between(cue.last, figure.first) or context.has_figure_between(figure.last, cue.first)
