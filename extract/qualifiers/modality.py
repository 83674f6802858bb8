"""Whether a figure is a fact, a wish, a threshold of the programme or a difference."""

from __future__ import annotations

from extract.context import Context, Placed
from extract.models import Approx, Figure, Modality, Reason, Unit
from extract.qualifiers.nearest import Bond, iter_bonds, nearest

FARTHEST = 9.0
"""A cue further away speaks of something else: `target UHC ... di 2019 dan ... kepesertaan 60,54 persen`."""
CHANGE_FARTHEST = 4.0


def find_modality(context: Context, figure: Placed[Figure], approx: Approx) -> tuple[Modality, Reason]:
    """The modality of a figure; REPORTED where no cue says otherwise."""
    bond = nearest(
        bond
        for bond in iter_bonds(context, figure, context.cues_in("modality", figure.sentence))
        if bond.cost <= (CHANGE_FARTHEST if bond.cue.rule.value == "change" else FARTHEST)
        and not is_shadowed(context, bond)
    )
    value = bond.cue.rule.value if bond else "level"
    if bond is not None and value != "level":
        return Modality(value), bond.reason(context, "modality")
    if approx is Approx.AT_LEAST and figure.mention.value is not None and figure.mention.value.unit is Unit.PERCENT:
        return Modality.REQUIREMENT, Reason("modality", "modality.at_least")
    return Modality.REPORTED, bond.reason(context, "modality") if bond else Reason("modality", "modality.default")


def is_shadowed(context: Context, bond: Bond) -> bool:
    """`harus mencapai`, `target menjadi`: a level word right behind a wish states no fact."""
    if bond.cue.rule.value != "level":
        return False
    return any(
        cue.rule.category == "modality"
        and cue.rule.value in {"target", "requirement"}
        and 0 < bond.cue.first - cue.last <= 2
        for cue in context.cues
    )
