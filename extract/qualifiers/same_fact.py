"""Two figures that state one fact: `244.956 orang atau setara 74,24 persen`, `1-2 persen`."""

from __future__ import annotations

from extract.context import Context, Placed
from extract.models import Figure, Unit
from extract.wordlists import word_list

SAME_FACT = word_list("same_fact")
RESTATERS = word_list("restaters")
RANGE_JOINERS = word_list("range_joiners")
COUNTED = frozenset({Unit.PERCENT, Unit.PEOPLE})
FARTHEST = 24
"""Tokens: more than a few joining words, or a region's name with its level, states no fact twice."""


def states_same_fact(context: Context, before: Placed[Figure], figure: Placed[Figure]) -> bool:
    """Two figures with nothing but `atau`, `setara`, a bracket between them, or the two ends of a range."""
    if before.sentence != figure.sentence or figure.first - before.last > FARTHEST:
        return False
    between = context.words(before.last + 1, figure.first - 1)
    if between[-2:] in (["lebih", "dari"], ["kurang", "dari"]):
        between = between[:-2]
    if unit_of(before) is unit_of(figure):
        return bool(between) and len(between) <= 2 and all(word in RANGE_JOINERS for word in between)
    if not COUNTED.issuperset({unit_of(before), unit_of(figure)}):
        return False  # 25.000 warga dengan Rp11,3 miliar
    if 0 < len(between) <= 5 and between != [","] and all(word in SAME_FACT for word in between):
        return True
    return between[-1:] == ["("] and names_place(context, before.last + 1, figure.first - 2)


def names_place(context: Context, first: int, last: int) -> bool:
    """`388.176 warga Kabupaten Agam (98,2%)`: nothing but the name of a region, maybe behind `di`."""
    first += context.words(first, first) == ["di"]
    return any(placed.last == last for placed in context.regions.starting(first, first))


def restates(context: Context, before: Placed[Figure], figure: Placed[Figure]) -> bool:
    """`12.345 jiwa di Kabupaten Belu belum terdaftar, atau 5,2 persen`: `atau` right before says it once more."""
    if before.sentence != figure.sentence or unit_of(before) is unit_of(figure):
        return False
    for token in range(figure.first - 1, before.last, -1):
        word = context.plain[token]
        if word in RESTATERS:
            return True
        if word and word not in SAME_FACT:
            return False
    return False


def unit_of(figure: Placed[Figure]) -> Unit | None:
    """None for a figure that cannot be read."""
    return figure.mention.value.unit if figure.mention.value is not None else None
