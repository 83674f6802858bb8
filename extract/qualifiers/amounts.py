"""Which sums of money are set aside for contributions, and which numbers of regions have reached UHC."""

from __future__ import annotations

from functools import lru_cache

from extract.context import Context, Placed, Row
from extract.cues import Cue
from extract.models import Figure, Metric, Reason, Unit
from extract.qualifiers.nearest import Bond, iter_bonds, nearest
from extract.qualifiers.same_fact import unit_of
from extract.qualifiers.without_cue import ANYBODY, names_programme, next_word, value_of
from extract.wordlists import word_list

FARTHEST = 16.0
LEAST_BUDGET = 1_000_000
"""Rupiah: what one person pays in a month, for a boat or at the counter is less, no region sets aside as little."""
CARRIED_SENTENCES = 2
STATUS_SENTENCES = 3
PERCENT_REACH = 6

PLACES_OF = word_list("places_of")
ATTAINED = word_list("attained")
AIMS = word_list("aims")
REACHED_BEFORE = word_list("done")
SUM_LINKS = word_list("sum_links")
JUST = word_list("just")
ONE_OF = ["satu", "dari"]


def find_unit_metric(
    context: Context, figure: Placed[Figure], unit: Unit, last_money: Placed[Figure] | None
) -> tuple[Metric, Reason] | None:
    """Money and numbers of regions are claims only beside words that tie them to contributions or to UHC."""
    if unit is Unit.REGIONS:
        cue = find_attainment(context, figure)
        if cue is None:
            return None
        distance = round(context.distance(figure, cue.first, cue.last))
        return Metric.UHC_REGIONS, Reason("metric", cue.rule.id, cue.text, context.starts[cue.first], distance)
    # `Rp230 ribu peserta` are people with the sign of money before them, which the repair takes away.
    if (value_of(figure) < LEAST_BUDGET and next_word(context, figure) not in ANYBODY) or not names_programme(context):
        return None
    reason = find_budget(context, figure, last_money)
    return (Metric.BUDGET, reason) if reason is not None else None


def is_contribution(context: Context, figure: Placed[Figure]) -> bool:
    """What one person pays, `iuran Rp37.800 per jiwa`, is no budget, but what is told next may be one."""
    return value_of(figure) < LEAST_BUDGET and any(
        cue.rule.value == "contributions" for cue in context.cues_near("budget", figure)
    )


def find_budget(context: Context, figure: Placed[Figure], last_money: Placed[Figure] | None) -> Reason | None:
    """Why a sum is money for contributions; None where it is not."""
    bonds = list(iter_bonds(context, figure, context.cues_near("budget", figure), rivals=money(context)))
    bond = nearest(bonds)
    # `Tunggakan iuran peserta mandiri mencapai Rp6,2 miliar`: what heads the sentence is no budget.
    if any(is_other(one) and one.left and not crosses_money(context, figure, one) for one in bonds):
        return None
    if bond is None and last_money is not None and figure.sentence - last_money.sentence <= CARRIED_SENTENCES:
        # `Jumlah itu naik dari Rp58,1 miliar` goes on about the budget of the sentence before.
        return Reason("metric", "metric.carried")
    if bond is None or bond.cost > FARTHEST or is_other(bond) or is_all_of_budget(context, figure, bond):
        return None
    return bond.reason(context, "metric")


def is_all_of_budget(context: Context, figure: Placed[Figure], bond: Bond) -> bool:
    """`APBD Tolitoli 2025 sebesar Rp1,2 triliun`: the whole budget of a region is none for contributions."""
    first, _ = context.sentence_tokens[figure.sentence]
    opens = not any(word and word[0].isalpha() for word in context.plain[first : bond.cue.first])
    return (
        bond.left
        and opens
        and bond.cue.text.lower() == "apbd"
        and not SUM_LINKS.isdisjoint(context.plain[bond.cue.last : figure.first])
    )


def is_other(bond: Bond) -> bool:
    return bond.cue.rule.value == "other"


def crosses_money(context: Context, figure: Placed[Figure], bond: Bond) -> bool:
    return bool(money(context).starting(bond.cue.last + 1, figure.first - 1))


@lru_cache(maxsize=1)
def money(context: Context) -> Row[Placed[Figure]]:
    """The sums of the text: what counts people stands between a sum and its word without taking the word."""
    return Row.of([figure for figure in context.figures if unit_of(figure) is Unit.IDR])


def find_attainment(context: Context, figure: Placed[Figure]) -> Cue | None:
    """The word by which regions that are counted have reached UHC; None where nothing says so."""
    before = context.words(figure.first - 3, figure.first - 1)
    # `Dari 19 kabupaten/kota, 15 telah UHC`: the whole has reached nothing, but in `satu dari 20 yang UHC` all have.
    if before[-1:] == ["dari"] and not is_one_among(before[-3:]):
        return None
    around = context.words(figure.first - 1, figure.last + 1)
    if around[1:] == ONE_OF and is_one_among(around):
        return None
    cues = [cue for cue in context.cues_near("uhc", figure) if attains(context, figure, cue)]
    if not cues and figure.mention.rule == "regions.of_all" and around[0] in REACHED_BEFORE:
        return find_told_status(context, figure)
    cue = min(cues, key=lambda cue: context.distance(figure, cue.first, cue.last), default=None)
    return cue if cue is not None and context.distance(figure, cue.first, cue.last) < FARTHEST else None


def find_told_status(context: Context, figure: Placed[Figure]) -> Cue | None:
    """`Tabalong malah sudah lama UHC. Total sudah sembilan dari 13 kabupaten/kota`: what its paragraph told of."""
    paragraph = context.sentences[figure.sentence].paragraph
    for sentence in range(figure.sentence - 1, max(-1, figure.sentence - 1 - STATUS_SENTENCES), -1):
        if context.sentences[sentence].paragraph != paragraph:
            return None
        told = [cue for cue in context.cues_in("uhc", sentence) if cue.rule.value == "status"]
        if told:
            return told[-1]
    return None


def is_one_among(words: list[str]) -> bool:
    """`menjadi satu dari 20 daerah yang UHC` speaks of twenty, `baru satu dari 20 daerah yang UHC` of one."""
    return words[-2:] == ONE_OF and words[0] not in JUST


def attains(context: Context, figure: Placed[Figure], cue: Cue) -> bool:
    """Whether a word for UHC, or for reaching it, is said of the regions counted."""
    placed = context.words(figure.first - 1, figure.first - 1)
    if cue.last < figure.first:
        # `UHC telah tercapai di enam kabupaten`, `penghargaan UHC kepada 22 provinsi`, not `membahas UHC di enam kota`.
        between = context.words(cue.last + 1, figure.first - 2)
        said = between or context.words(figure.last + 1, figure.last + 1)
        return cue.rule.value == "status" and (
            PLACES_OF.isdisjoint(placed) or (bool(said) and ATTAINED.issuperset(said))
        )
    between = context.words(figure.last + 1, cue.first - 1)
    if "belum" in between or not AIMS.isdisjoint(between):
        return False
    if cue.rule.value == "status":
        return PLACES_OF.isdisjoint(placed) or not ATTAINED.isdisjoint(between)
    return PLACES_OF.isdisjoint(placed) and reaches_rate(context, figure, cue)


def reaches_rate(context: Context, figure: Placed[Figure], cue: Cue) -> bool:
    """`12 kabupaten yang melewati 98 persen`: to reach something is to reach UHC where it is a share."""
    behind = context.figure_behind_in_sentence(figure)
    return behind is not None and unit_of(behind) is Unit.PERCENT and 0 <= behind.first - cue.last <= PERCENT_REACH
