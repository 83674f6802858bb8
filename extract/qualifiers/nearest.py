"""The cue that binds a figure most closely: one measure for every qualifier."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extract.context import Context, Placed
from extract.cues import Cue
from extract.models import Figure, Reason

RIGHTWARD = 1.5
"""What stands before a figure binds it in Indonesian; what stands behind must be that much closer."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A cue and what it costs to reach the figure from it."""

    cue: Cue
    cost: float
    left: bool

    def reason(self, context: Context, field: str) -> Reason:
        return Reason(field, self.cue.rule.id, self.cue.text, context.doc[self.cue.first].idx, round(self.cost))


def iter_bonds(
    context: Context,
    figure: Placed[Figure],
    cues: Iterable[Cue],
    offset: Callable[[Cue], float] = lambda cue: 0.0,
) -> Iterable[Bond]:
    """Every cue with its cost, those to the right only as far as the next figure."""
    following = next((other.first for other in context.figures if other.first > figure.last), len(context.doc))
    for cue in cues:
        if cue.first <= figure.last and cue.last >= figure.first:
            continue
        left = context.is_left(figure, cue.last)
        if not left and cue.first > following:
            continue
        cost = context.distance(figure, cue.first, cue.last) + (0.0 if left else RIGHTWARD) + offset(cue)
        yield Bond(cue, cost, left)


def nearest(bonds: Iterable[Bond]) -> Bond | None:
    return min(bonds, key=lambda bond: (bond.cost, not bond.left), default=None)
