"""The word that says what a figure measures: which cues count, how far they reach, and which binds it most closely."""

from __future__ import annotations

from functools import lru_cache

from extract.context import Context, Placed, Row
from extract.cues import Cue
from extract.models import Figure, Unit
from extract.qualifiers.nearest import TOUCHING, Bond, crosses_figure, iter_bonds, nearest
from extract.qualifiers.same_fact import states_same_fact, unit_of
from extract.qualifiers.segments import segment_cues
from extract.qualifiers.wholes import find_whole, names_denominator
from extract.wordlists import word_list

FARTHEST = 24.0
SEGMENT_FARTHEST = 18.0
OTHER_FARTHEST = 10.0
OTHER_BEHIND = 4.0
REST_FARTHEST = 5.0
PREDICATE_SLACK = 9.0
ACROSS = 2.0
"""`mendaftarkan 622 ribu penduduknya lewat APBD`: what stands so near on the other side is said of the figure too."""

# How much weaker a cue binds than one that names a status outright.
OFFSETS = {"covered": 0.5, "topic": 5.0, "classifier": 6.0, "rest": -5.0, "thing": -8.0}
HEAD_OFFSET = -8.0
SAID_OFFSET = -4.0
SAID_BEFORE = 1.0
SEGMENT_OFFSET = -2.0
"""A segment is more specific than membership: `mendaftarkan 622 ribu penduduknya lewat APBD`."""

POOR = word_list("poor")
BARELY = word_list("barely")
LEFT_BEHIND = word_list("left_behind")
SUBJECT_REACH = 6
ASIDES = word_list("asides")
REGISTERED_LINKS = word_list("registered_links")
RATE_NOUNS = word_list("rate_nouns")
VERB_PREFIXES = ("ter", "di")
VERBS = "metric.covered"
STATUSES = frozenset({"active", "inactive", "uncovered"})


def find_bond(context: Context, figure: Placed[Figure], unit: Unit) -> Bond | None:
    """The nearest word for what is measured; for a part also behind its whole or its second form."""
    following = context.figure_behind(figure)
    reach = 1 if following is not None and is_part(context, figure) else 0
    bonds = [
        bond
        for bond in iter_bonds(context, figure, metric_cues(context, figure, unit), weigh, reach)
        if is_within_reach(context, figure, bond)
        and (touches(context, figure, bond) or not names_denominator(context, bond.cue))
    ]
    if unit is Unit.PERCENT and any(tells_coverage(bond) for bond in bonds):
        bonds = [bond for bond in bonds if bond.left or bond.cue.rule.category != "segment"]
    best = nearest(bonds)
    if best is not None and unit is Unit.PEOPLE and best.cue.text.lower() in POOR:
        best = said_of_poor(best, bonds) or best
    if best is None or best.cue.rule.value in STATUSES | {"other", "thing", "rest", "others"}:
        return best
    return subject_of(context, best, bonds) or predicate_of(context, figure, best, bonds) or best


def said_of_poor(poor: Bond, bonds: list[Bond]) -> Bond | None:
    """`12.000 warga miskin di Sigi belum terdaftar JKN`: not how many are poor, but what is said of them.

    So in `warga miskin yang ditanggung JKN 71.000 jiwa`.
    """
    if poor.left:
        return nearest(bond for bond in bonds if bond.left and bond.cue.first > poor.cue.last)
    said = [
        bond
        for bond in bonds
        if not bond.left and bond.cue.first > poor.cue.last and bond.cost <= poor.cost + PREDICATE_SLACK
    ]
    statuses = [bond for bond in said if bond.cue.rule.value in STATUSES]
    return nearest(statuses) or nearest(bond for bond in said if bond.cue.rule.value != "other")


def subject_of(context: Context, verb: Bond, bonds: list[Bond]) -> Bond | None:
    """The segment that `terdaftar` is said of: `pekerja penerima upah (PPU) yang sudah terdaftar 142.655 jiwa`."""
    if not (verb.left and verb.cue.rule.value == "covered" and verb.cue.text.lower().startswith(VERB_PREFIXES)):
        return None
    return next(
        (
            bond
            for bond in bonds
            if bond.cue.rule.category == "segment"
            and bond.cue.last < verb.cue.first
            and is_filled(context, bond.cue.last + 1, verb.cue.first - 1)
        ),
        None,
    )


def is_filled(context: Context, first: int, last: int) -> bool:
    """Whether nothing but places, dates and words like `yang sudah` stand on these tokens."""
    return all(
        not context.plain[token]
        or context.plain[token] in REGISTERED_LINKS
        or context.regions.over(token) is not None
        or context.dates.over(token) is not None
        for token in range(first, last + 1)
    )


def says_not_yet(context: Context, figure: Placed[Figure], bond: Bond) -> bool:
    """`7 persen belum.`, `5 persen warga yang belum.`, `yang belum 247.657`; not `95 persen belum tercapai`."""
    if bond.left:
        return context.words(bond.cue.first - 1, bond.cue.first - 1) == ["yang"] and all(
            word in BARELY for word in context.words(bond.cue.last + 1, figure.first - 1)
        )
    behind = context.words(bond.cue.last + 1, bond.cue.last + 1)
    return bond.cost <= PREDICATE_SLACK and (not behind or not behind[0][0].isalnum())


def touches(context: Context, figure: Placed[Figure], bond: Bond) -> bool:
    """`dari capaian 99,18 persen`: the noun right before a figure is its own, whatever stands before that."""
    return bond.left and bond.cue.last == figure.first - 1


def predicate_of(context: Context, figure: Placed[Figure], head: Bond, bonds: list[Bond]) -> Bond | None:
    """What is said of the noun that binds the figure, on the same side: its status first, then its segment.

    `71,2 persen peserta di Kabupaten Alor yang kartunya aktif`; `47 persen peserta mandiri di Kupang menunggak`. People
    who are said to be registered are no population: `391.656 jiwa penduduk Kabupaten Alor sudah terdaftar`.
    """
    said = [
        bond
        for bond in bonds
        if (bond.left == head.left or bond.cost <= ACROSS)
        and bond.cost <= head.cost + PREDICATE_SLACK
        and (not bond.left or (head.cue.rule.category == "segment" and not crosses_figure(context, figure, bond.cue)))
    ]
    statuses = [bond for bond in said if bond.cue.rule.value in STATUSES]
    segments = [bond for bond in said if bond.cue.rule.category == "segment"]
    if head.cue.rule.value == "population" and not head.left:
        statuses += [
            bond
            for bond in said
            if bond.cue.rule.id == VERBS and not bond.left and not crosses_figure(context, figure, bond.cue)
        ]
    return nearest(statuses) or (nearest(segments) if head.cue.rule.category != "segment" else None)


def tells_coverage(bond: Bond) -> bool:
    """`Cakupan JKN 98 persen berkat Pemkab yang menanggung iuran`: a share of all, whoever pays for them."""
    return bond.left and bond.cue.text.lower() in RATE_NOUNS


def is_within_reach(context: Context, figure: Placed[Figure], bond: Bond) -> bool:
    if bond.cue.rule.value == "rest":
        return bond.left and bond.cost <= REST_FARTHEST and not has_subject(context, figure, bond.cue)
    if bond.cue.rule.value == "thing":
        # `98 persen puskesmas`, `1.200 badan usaha`; not `1.200 pekerja badan usaha`, nor `98 persen Kota Palopo`.
        counted = unit_of(figure) is Unit.PERCENT or not context.plain[figure.last].isalpha()
        return counted and bond.cue.first == figure.last + 1
    if bond.cue.rule.value == "others":
        return not bond.left and bond.cost <= TOUCHING
    if bond.cue.rule.value == "not_yet":
        return says_not_yet(context, figure, bond)
    if bond.cue.rule.id == "metric.other_said" and bond.left:
        return (
            bond.cost - SAID_OFFSET <= SAID_BEFORE
        )  # melayani 2.300 peserta; not menilai cakupan 95 persen belum cukup
    if bond.cue.rule.value == "other":
        # What heads the figure stands before it: behind, its distance alone counts.
        return bond.cost <= OTHER_FARTHEST if bond.left else bond.cost - weigh(bond.cue) <= OTHER_BEHIND
    return bond.cost <= (SEGMENT_FARTHEST if bond.cue.rule.category == "segment" else FARTHEST)


def has_subject(context: Context, figure: Placed[Figure], rest: Cue) -> bool:
    """`keaktifan peserta tinggal 76,4 persen`: of what the clause tells that much is left, no rest of it."""
    if rest.text.lower().split()[0] not in LEFT_BEHIND:
        return False
    first, _ = context.sentence_tokens[figure.sentence]
    return any(
        cue.rule.value in STATUSES | {"covered"}
        and "," not in context.words(cue.last + 1, rest.first - 1)
        and not context.has_figure_between(cue.last, rest.first)
        for cue in context.cues_ending("metric", max(first, rest.first - SUBJECT_REACH), rest.first - 1)
    )


def weigh(cue: Cue) -> float:
    if cue.rule.id == "metric.other_head":
        return HEAD_OFFSET
    if cue.rule.id == "metric.other_said":
        return SAID_OFFSET
    if cue.rule.category == "segment":
        return SEGMENT_OFFSET
    # `218.159 jiwa penduduk sudah peserta JKN`: penduduk alone counts people, jumlah penduduk measures them.
    if cue.text.lower() in {"penduduk", "penduduknya"}:
        return OFFSETS["classifier"]
    return OFFSETS.get(cue.rule.value, 0.0)


def metric_cues(context: Context, figure: Placed[Figure], unit: Unit) -> list[Cue]:
    """Cues of the sentence that can say what a figure of this unit measures."""
    first, last = context.sentence_tokens[figure.sentence]
    cues = [
        cue
        for row in telling(context)
        for cue in row.near(figure.first, first, last)
        if unit is Unit.PEOPLE or cue.rule.value != "population"
    ]
    # In `keaktifan peserta` and `peserta yang belum aktif` the status says what is measured, not the noun beside it.
    statuses = [cue for cue in cues if cue.rule.value in STATUSES]
    return [
        cue
        for cue in cues
        if cue.rule.value not in {"covered", "topic"}
        or not any(0 < max(status.first - cue.last, cue.first - status.last) <= 2 for status in statuses)
    ]


@lru_cache(maxsize=1)
def telling(context: Context) -> tuple[Row[Cue], ...]:
    """Metrics and segments, but for asides and those in somebody's office (`Kepala BPJS Kesehatan Cabang ...`)."""
    rows = (context.cues.get("metric", ()), segment_cues(context))
    return tuple([Row.of([cue for cue in row if is_told(context, cue)]) for row in rows])


def is_told(context: Context, cue: Cue) -> bool:
    if cue.rule.value == "thing":  # it tells of the figure that it stands right behind, and of no other
        return context.figures.over(cue.first - 1) is not None
    aside = cue.first > 0 and context.plain[cue.first - 1] in ASIDES
    return not aside and context.speakers.over(cue.first) is None


def is_part(context: Context, figure: Placed[Figure]) -> bool:
    """`501.160 jiwa dari 504.845 jiwa penduduk`, `441.034 warga atau 99,11 persen`: a share of the population."""
    following = context.figure_behind_in_sentence(figure)
    if following is None:
        return False
    return states_same_fact(context, figure, following) or (
        unit_of(following) is Unit.PEOPLE and find_whole(context, following) is not None
    )
