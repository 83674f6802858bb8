"""What is left over, and a whole that is not everybody: those not covered, not active, or what their predicate says."""

from __future__ import annotations

from collections.abc import Mapping, Set

from extract.context import Context, Placed
from extract.cues import Cue
from extract.models import Figure, Reason, Unit
from extract.qualifiers.measure import SOMETHING_ELSE, Measure, Told
from extract.qualifiers.metric_cues import FARTHEST, LEFT_BEHIND, STATUSES, metric_cues
from extract.qualifiers.nearest import Bond, iter_bonds, nearest
from extract.qualifiers.same_fact import unit_of
from extract.qualifiers.without_cue import value_of
from extract.wordlists import word_list

PREDICATE_FARTHEST = 6.0
RELATIVE_REACH = 3
ALL = 100.0
OPPOSITE = {"covered": "uncovered", "active": "inactive"}
RELATIVES = word_list("whole_relatives")
PROGRAMME = word_list("programme_names") | {"-"}
NEGATIONS = word_list("negations")
NOT_ALL = word_list("not_all")
DENIABLE = frozenset({"metric.covered", "metric.topic"})
DENIED_REACH = 3
ALREADY = (["sudah"], ["telah"])
OF = frozenset({"dari"})
OF_REACH = 4
SUBSET_REACH = 14
POINTERS = word_list("pointers")


def measure_rest(context: Context, figure: Placed[Figure], rest: Bond, last_part: Told | None) -> Measure | Bond:
    """`Sisanya`: what is said of it, else not covered, or not active where activity was told before.

    Of segments the rest is some other one, `PBI JK 60 persen, mandiri 20 persen, sisanya 20 persen`, but `tinggal 8.427
    jiwa lagi` speaks of those still to come.
    """
    said = find_predicate(context, figure, rest.cue)
    if said is not None:
        return said
    status = last_part.measure.status if last_part is not None else None
    if status == "segment" and rest.cue.text.lower().split()[0] not in LEFT_BEHIND:
        return SOMETHING_ELSE
    reason = rest.reason(context, "metric")
    return Measure("inactive" if status == "active" else "uncovered", None, reason, 0.0)


def find_predicate(context: Context, figure: Placed[Figure], rest: Cue) -> Bond | None:
    """What is said of the rest: `sisanya 151.200 jiwa menunggak`, `sisanya peserta mandiri 40.110 jiwa`."""
    unit = unit_of(figure)
    assert unit is not None
    return nearest(
        bond
        for bond in iter_bonds(context, figure, metric_cues(context, figure, unit))
        if (bond.cue.first > rest.last if bond.left else bond.cost <= PREDICATE_FARTHEST)
        and (bond.cue.rule.category == "segment" or bond.cue.rule.value in STATUSES)
    )


def find_relative(context: Context, figure: Placed[Figure]) -> Bond | None:
    """The predicate of a whole: `dari 93.514 jiwa yang belum, 27 ribu ...`, `dari 12.000 peserta aktif, ...`."""
    for cue in context.cues_between("metric", figure.last, figure.last + 1 + RELATIVE_REACH):
        between = context.words(figure.last + 1, cue.first - 1)
        relative = between[:1] == ["yang"] or cue.text.lower().startswith("yang")
        if not RELATIVES.issuperset(between) or not ends_clause(context, cue.last):
            return None
        if cue.rule.value in STATUSES or (relative and cue.rule.id in {"metric.covered", "metric.not_yet"}):
            return Bond(cue, 0.0, False)
    return None


def ends_clause(context: Context, token: int) -> bool:
    """Whether a comma, maybe behind the programme's name or `itu`, closes what is said of the whole."""
    rest = context.words(token + 1, token + 4)
    while rest and (rest[0] in POINTERS or rest[0] in PROGRAMME):
        rest = rest[1:]
    return bool(rest) and rest[0] == ","


def find_complement(figure: Placed[Figure], last_part: Told | None, left_over: Set[float]) -> Measure | None:
    """`Masih ada 20.000 jiwa lagi`, where 300.000 of 320.000 were told; `Masih 2 persen lagi` after 98 persen."""
    value = value_of(figure)
    if unit_of(figure) is Unit.PEOPLE:
        status = "uncovered" if value in left_over else None
    elif last_part is not None and unit_of(last_part.figure) is Unit.PERCENT and last_part.measure.segment is None:
        told = value_of(last_part.figure)
        makes_all = told > value and round(told + value, 2) == ALL
        status = OPPOSITE.get(last_part.measure.status) if makes_all else None
    else:
        return None
    return Measure(status, None, Reason("metric", "metric.complement"), FARTHEST) if status is not None else None


def find_told_roughly(figure: Placed[Figure], numbers: Mapping[float, Told]) -> Told | None:
    """The number told before that a rounded one repeats: 258.646 jiwa, dari 258 ribu peserta itu."""
    mention = figure.mention.value
    if mention is None:
        return None
    return next((told for value, told in numbers.items() if abs(value - mention.value) < mention.precision), None)


def is_denied(context: Context, figure: Placed[Figure], bond: Bond) -> bool:
    """`12 ribu warga belum dijangkau JKN`; not `belum semua warga ikut JKN, baru 93 persen`."""
    if bond.cue.rule.id not in DENIABLE:
        return False
    start = max(bond.cue.first - DENIED_REACH, 0 if bond.left else figure.last + 1)
    words = context.words(start, bond.cue.first - 1)
    denial = max((at for at, word in enumerate(words) if word in NEGATIONS), default=None)
    if denial is None:
        return False
    return all(word.isalpha() and word not in NOT_ALL for word in words[denial + 1 :])


def is_already(context: Context, figure: Placed[Figure]) -> bool:
    """`Ada 319.845 orang yang sudah.`: what they have done need not be said."""
    behind = context.words(figure.last + 1, figure.last + 3)
    return behind[:1] == ["yang"] and behind[1:2] in ALREADY and (len(behind) < 3 or not behind[2][0].isalnum())


def is_of_subset(context: Context, figure: Placed[Figure]) -> bool:
    """`Dari peserta nonaktif tersebut, 61 persen menunggak`: a share of those without activity is no share of all."""
    if unit_of(figure) is not Unit.PERCENT:
        return False
    first, _ = context.sentence_tokens[figure.sentence]
    return any(
        cue.rule.value in STATUSES
        and ends_clause(context, cue.last)
        and not OF.isdisjoint(context.words(max(first, cue.first - OF_REACH), cue.first - 1))
        and not context.has_figure_between(max(first, cue.first - OF_REACH), figure.first)
        for cue in context.cues_ending("metric", max(first, figure.first - SUBSET_REACH), figure.first - 1)
    )
