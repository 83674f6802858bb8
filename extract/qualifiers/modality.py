"""Whether a figure is a fact, a wish, a threshold of the programme or a difference."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.context import Context, Placed
from extract.cues import Cue
from extract.models import Approx, Figure, Modality, Reason, Unit
from extract.qualifiers.nearest import SEPARATORS, TOUCHING, Bond, crosses_figure, iter_bonds, nearest
from extract.wordlists import word_list

FARTHEST = 12.0
CHANGE_FARTHEST = 8.0
BEHIND_FARTHEST = 5.0
"""A cue further away speaks of something else."""

DIFFERENCE = "modality.difference"
LARGEST_DIFFERENCE = 50.0
"""Percent. `98,3 persen lebih tinggi dari target` is a level: two shares hardly lie further apart."""

WISHES = frozenset({Modality.TARGET, Modality.REQUIREMENT})
LEVEL_OPENERS = word_list("level_openers")
PASSED = word_list("passed")
JOINERS = word_list("list_joiners") | {","}
EXPLAINERS = word_list("explainers")
AHEAD = "modality.ahead"
ASKED = "modality.asked"
PURPOSE = "modality.purpose"
STRAIGHT_REACH = 10
LEADING = frozenset({AHEAD, PURPOSE})
REACHING = word_list("reaching")
REACH_FILLERS = word_list("reach_fillers")
DONE = word_list("done")
LEVEL_FILLERS = word_list("level_fillers")
VERB = re.compile(r"(?:me(?:m|n|r|l|w|y)|di)[a-z]{4,}")
# What one may still have to reach is told by these, not that it was reached: berharap kepesertaan tembus 98 persen.
WISHED_LEVELS = word_list("wished_levels")
WISHED_REACH = 10
# A threshold is a whole number, or the 98,6 of the RPJMN 2025-2029 (Perpres 12/2025).
FRACTIONAL_THRESHOLDS = frozenset({98.6})


def find_modality(
    context: Context, figure: Placed[Figure], approx: Approx, previous: tuple[Placed[Figure], Modality] | None
) -> tuple[Modality, Reason]:
    """The modality of a figure; REPORTED where no cue says otherwise."""
    bonds = list(iter_modality_bonds(context, figure))
    bond = nearest(bonds)
    if bond is not None and bond.cue.rule.value == "target":
        # `Syarat UHC yang dipatok pemerintah pusat`: a threshold that somebody set is a threshold.
        bond = nearest(other for other in bonds if other.cue.rule.value == "requirement" and other.left) or bond
    threshold = is_percent(figure) and is_round(figure) and approx is Approx.AT_LEAST
    if threshold and bond is not None and bond.cue.rule.id == ASKED:
        bond = None  # pusat meminta minimal 80 persen
    value = bond.cue.rule.value if bond else None
    if previous is not None and is_still_missing(context, *previous, figure):
        return Modality.CHANGE, Reason("modality", "modality.gap")
    if bond is not None and value != "level":
        return Modality(str(value)), bond.reason(context, "modality")
    if value is None and threshold:
        return Modality.REQUIREMENT, Reason("modality", "modality.at_least")
    if value is None and previous is not None and goes_on(context, *previous, figure):
        return previous[1], Reason("modality", "modality.carried")
    return Modality.REPORTED, bond.reason(context, "modality") if bond else Reason("modality", "modality.default")


def iter_modality_bonds(context: Context, figure: Placed[Figure]) -> Iterator[Bond]:
    hedges = hedge_tokens(context, figure)
    cues = [
        cue
        for cue in context.cues_near("modality", figure)
        if cue.rule.id not in LEADING or 0 < figure.first - cue.last <= STRAIGHT_REACH
    ]
    for bond in iter_bonds(context, figure, cues):
        cue, value = bond.cue, bond.cue.rule.value
        if value == "none" or (crosses_figure(context, figure, cue) and not ends_way(context, figure, cue)):
            continue
        if cue.rule.id == DIFFERENCE:
            if not bond.left and cue.first == figure.last + 1 and is_small_share(figure):
                yield Bond(cue, -TOUCHING, False)
            continue
        farthest = CHANGE_FARTHEST if value == "change" else FARTHEST if bond.left else BEHIND_FARTHEST
        if bond.cost > farthest:
            continue
        # `kurang lebih`, `kurang dari`, `sekurang-kurangnya` hedge, they tell no change.
        if value == "change" and (not bond.left or cue.first in hedges or leads_to_level(context, figure, cue)):
            continue
        if cue.rule.id in LEADING and not leads_straight(context, figure, cue):
            continue
        if value == "level" and (not bond.left or is_shadowed(context, cue)):
            continue
        if value == "target" and bond.left and was_done(context, cue):
            continue
        if value == "target" and not (
            names_goal(context, figure, cue) if not bond.left else is_aimed_at(context, figure)
        ):
            continue
        if value == "requirement" and not may_be_threshold(context, figure, cue):
            continue
        yield bond


def hedge_tokens(context: Context, figure: Placed[Figure]) -> set[int]:
    return {token for cue in context.cues_near("approx", figure) for token in range(cue.first, cue.last + 1)}


def leads_straight(context: Context, figure: Placed[Figure], cue: Cue) -> bool:
    """`bisa 98 persen`, `untuk menembus 98 persen`, `akan mencoret 5.000 peserta`; not `bisa mendaftar, cakupan 98`."""
    between = context.words(cue.last + 1, figure.first - 1)
    if cue.rule.id == PURPOSE and REACHING.isdisjoint(between):
        return False
    hedges = hedge_tokens(context, figure)
    return all(
        not context.plain[token]
        or context.plain[token] in REACHING
        or context.plain[token] in REACH_FILLERS
        or token in hedges
        or VERB.fullmatch(context.plain[token]) is not None
        or context.regions.over(token) is not None
        or context.dates.over(token) is not None
        for token in range(cue.last + 1, figure.first)
    )


def was_done(context: Context, cue: Cue) -> bool:
    """`sudah bisa mencapai 98,2 persen`: what could be done was."""
    return cue.first > 0 and context.plain[cue.first - 1] in DONE


def is_aimed_at(context: Context, figure: Placed[Figure]) -> bool:
    """Not the Rp118 miliar of `diusulkan naik dari Rp118 miliar menjadi Rp130 miliar`, which is what was."""
    hedges = hedge_tokens(context, figure)
    return context.words(figure.first - 1, figure.first - 1) != ["dari"] or not any(
        cue.rule.value == "change" and cue.last == figure.first - 2 and cue.last not in hedges
        for cue in context.cues_near("modality", figure)
    )


def ends_way(context: Context, figure: Placed[Figure], cue: Cue) -> bool:
    """`diusulkan naik dari Rp18 miliar menjadi Rp21 miliar`: the wish reaches past where the way begins."""
    between = context.figures.starting(cue.last + 1, figure.first - 1)
    return (
        cue.rule.value == "target"
        and len(between) == 1
        and context.words(between[0].first - 1, between[0].first - 1) == ["dari"]
        and context.words(figure.first - 1, figure.first - 1) == ["menjadi"]
    )


def names_goal(context: Context, figure: Placed[Figure], cue: Cue) -> bool:
    """Whether a wish behind a figure is about it: `95 persen sebagai target`, `95 persen di antaranya diharapkan ikut`.

    Not `cakupan 93 persen yang harus dikejar`, nor a wish that another figure follows.
    """
    word = cue.text.lower()
    if word.startswith("target"):
        # 98,3 persen lebih tinggi dari target
        return PASSED.isdisjoint(context.words(cue.first - 1, cue.first - 1))
    followed = not context.is_last_figure(figure.sentence, cue.last)
    return word == "diharapkan" and not followed and "," not in context.words(figure.last + 1, cue.first - 1)


def is_small_share(figure: Placed[Figure]) -> bool:
    value = figure.mention.value
    return value is not None and (value.unit is not Unit.PERCENT or value.value < LARGEST_DIFFERENCE)


def is_percent(figure: Placed[Figure]) -> bool:
    return figure.mention.value is not None and figure.mention.value.unit is Unit.PERCENT


def leads_to_level(context: Context, figure: Placed[Figure], cue: Cue) -> bool:
    """`naik dari 86,04 persen`, `gap ke 98 persen`: what follows is a level, not the change."""
    between = context.words(cue.last + 1, figure.first - 1)
    # `minta tambahan kuota ke kementerian sebanyak 20 ribu`: ke leads to a level only where it leads to the figure.
    straight = "ke" in between and LEVEL_FILLERS.issuperset(between[between.index("ke") + 1 :])
    return straight or any(word in LEVEL_OPENERS and word != "ke" for word in between)


def is_shadowed(context: Context, cue: Cue) -> bool:
    """`target capaian`, `harus sudah`: a word of fact right behind a wish states no fact."""
    first, _ = context.sentence_tokens[context.sentence_of(cue.first)]
    reach = WISHED_REACH if cue.text.lower() in WISHED_LEVELS else 2
    before = context.cues["modality"].ending(max(first, cue.first - reach), cue.first - 1)
    return any(
        other.rule.value in {"target", "requirement"}
        and (other.last >= cue.first - 2 or is_of_clause(context, other, cue))
        and not was_done(context, other)
        for other in before
    )


def is_of_clause(context: Context, wish: Cue, level: Cue) -> bool:
    """Whether nothing parts a wish from the word for reaching it."""
    return (
        wish.rule.id not in LEADING
        and SEPARATORS.isdisjoint(context.words(wish.last + 1, level.first - 1))
        and not context.has_figure_between(wish.last, level.first)
    )


def may_be_threshold(context: Context, figure: Placed[Figure], cue: Cue) -> bool:
    """Not `masih di bawah ambang tersebut, yaitu Sigi (97,52 persen)`: no region between, no odd fraction."""
    if not is_percent(figure) or not is_round(figure):
        return False
    first, last = sorted((cue.last, figure.first))
    return not any(
        placed.mention.value is not None and placed.mention.value.code != "0"
        for placed in context.regions.starting(first + 1, last - 1)
    )


def is_still_missing(context: Context, before: Placed[Figure], modality: Modality, figure: Placed[Figure]) -> bool:
    """`Target kami 95 persen, artinya tinggal 4.204 jiwa lagi`: behind a wish, what is still missing."""
    return (
        before.sentence == figure.sentence
        and modality in WISHES
        and not is_percent(figure)
        and context.words(figure.last + 1, figure.last + 1) == ["lagi"]
    )


def goes_on(context: Context, before: Placed[Figure], modality: Modality, figure: Placed[Figure]) -> bool:
    """`mematok minimal 98 persen ..., dengan keaktifan 80 persen`: a wish or threshold that lists two figures."""
    if before.sentence != figure.sentence or modality not in WISHES:
        return False
    between = context.words(before.last + 1, figure.first - 1)
    if not any(word in JOINERS for word in between) or len(between) > 8 or EXPLAINERS & set(between):
        return False
    if any(cue.rule.value == "level" for cue in context.cues_between("modality", before.last, figure.first)):
        return False
    return is_percent(before) and is_percent(figure) and (modality is Modality.TARGET or is_round(figure))


def is_round(figure: Placed[Figure]) -> bool:
    value = figure.mention.value
    return value is not None and (float(value.value).is_integer() or value.value in FRACTIONAL_THRESHOLDS)
