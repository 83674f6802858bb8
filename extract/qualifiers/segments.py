"""The membership segments that an article speaks of: by their names, or by who pays the premium."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extract.context import Context, Placed, Row
from extract.cues import Cue, CueRule
from extract.mentions import words_of
from extract.models import Figure, MentionKind, Segment, Unit
from extract.wordlists import word_list

PAYER_LINKS = word_list("payer_links")
SUBJECTS = word_list("other_subjects")
NEGATIONS = word_list("negations")
PLACE_LINKS = word_list("place_links")
JOINING = word_list("joining")
NAME_LINKS = word_list("name_links")
PROGRAMME = word_list("programme_names")
LABEL_LINKS = word_list("label_links")
RELATIVES = word_list("relatives")
ASIDES = word_list("parts_included")
OTHER_COSTS = word_list("other_costs")
PREMIUM = word_list("premium")
FOR = word_list("for_whom")
FUNDS = word_list("funds")
POINTERS = word_list("pointers")
COUNTED = word_list("counted")

FARTHEST_PAYER = 8
"""Tokens between a verb and who pays: `dibayarkan setiap bulan oleh pemkab`; Pemkab Sigi tahun ini menanggung."""
FARTHEST_SUBJECT = 14
FARTHEST_BARE = 4
"""Tokens: in `kita sudah bayar iuran` less stands between."""
NO_NAMES = frozenset({"payer.place", "payer.we"})
"""Payers that behind a segment's name are none: PBI Kota Metro, PBI kita."""

BY_PAYER = {segment: CueRule("segment.payer", "segment", segment, ()) for segment in Segment}
"""What a payer says, by segment: a cue made of the verb and the payer."""
TOLD_BY_PAYER = frozenset({Segment.PBI_APBN, Segment.PBPU, Segment.BP})
"""Segments whose name a payer behind it settles: PBI APBD, PBPU dan BP Pemerintah Daerah."""


@lru_cache(maxsize=1)
def segment_cues(context: Context) -> Row[Cue]:
    """What tells a segment, in text order: its name, its name with the payer, or a verb of paying with the payer."""
    paid = [cue for verb in context.cues.get("pays", ()) if (cue := with_payer(context, verb)) is not None]
    named = list(iter_named(context, Row.of(sorted(paid, key=lambda cue: cue.first))))
    taken = {token for cue in named for token in range(cue.first, cue.last + 1)}
    found = [*named, *(cue for cue in paid if cue.last not in taken)]
    told = [cue for cue in found if not is_aside(context, cue)]
    return Row.of(sorted(told, key=lambda cue: (cue.first, cue.last)))


def iter_named(context: Context, paid: Row[Cue]) -> Iterator[Cue]:
    """The names, each with those that it is joined to and the payer behind: `PBPU dan BP yang dibiayai APBD`."""
    names = [
        cue
        for cue in context.cues.get("segment", ())
        if not is_beside_programme(context, cue) and not is_denied(context, cue)
    ]
    covered = -1
    for position, cue in enumerate(names):
        over = paid.over(cue.first)
        if cue.first <= covered or (over is not None and over.last >= cue.last):
            continue
        payer = None
        if Segment(cue.rule.value) in TOLD_BY_PAYER:
            payer = payer_behind(context, last_joined(context, names, position), paid)
        if payer is None:
            yield cue
        else:
            covered = payer.last
            yield made_of(context, cue.first, payer.last, Segment(payer.rule.value))


def last_joined(context: Context, names: list[Cue], position: int) -> Cue:
    """The last of the names of self-payers that stand as one: `PBPU dan BP`, `Bukan Pekerja (BP) dan PBPU`."""
    last = names[position]
    for other in names[position + 1 : position + 3]:
        joined = JOINING.issuperset(context.words(last.last + 1, other.first - 1))
        if not joined or not {last.rule.value, other.rule.value} <= {Segment.PBPU, Segment.BP}:
            break
        last = other
    return last


def is_denied(context: Context, cue: Cue) -> bool:
    """`peserta non-PBI`: all segments but this one."""
    words = context.words(cue.first - 2, cue.first - 1)
    return words[-1:] == ["non"] or words == ["non", "-"]


def names_others(context: Context, figure: Placed[Figure]) -> bool:
    """Whether a denied name stands right before the figure: `PBI 312.456 jiwa, non-PBI 167.889 jiwa`."""
    return any(
        is_denied(context, cue) and LABEL_LINKS.issuperset(context.words(cue.last + 1, figure.first - 1))
        for cue in context.cues_ending("segment", figure.first - 3, figure.first - 1)
    )


def payer_behind(context: Context, name: Cue, paid: Row[Cue]) -> Cue | None:
    """Who pays for a segment, right behind its name: `PBI (APBD)`, `PBPU yang didaftarkan pemda`."""
    for row in (paid, context.cues.get("payer", Row.of(()))):
        for other in row.starting(name.last + 1, name.last + FARTHEST_PAYER):
            if other.rule.id in NO_NAMES:
                continue
            if NAME_LINKS.issuperset(context.words(name.last + 1, other.first - 1)):
                return other
    return None


def payer_before(context: Context, figure: Placed[Figure]) -> Cue | None:
    """In a list of segments the payer alone, right before a figure: `ditanggung pusat 112.067, daerah 38.115`."""
    for payer in context.cues_ending("payer", figure.first - 3, figure.first - 1):
        if payer.rule.id == "payer.we" or context.regions.over(payer.last) is not None:
            continue  # Jakarta Pusat 723.053
        if LABEL_LINKS.issuperset(context.words(payer.last + 1, figure.first - 1)):
            return made_of(context, payer.first, payer.last, Segment(payer.rule.value))
    return None


def payer_of(context: Context, budget: Placed[Figure], figure: Placed[Figure]) -> Segment | None:
    """Who sets money aside for these people: `Rp13 miliar, cukup untuk 31.220 jiwa`; None if it is not for them."""
    if not is_for(context, budget, figure):
        return None
    first, _ = context.sentence_tokens[budget.sentence]
    payers = context.cues_ending("payer", first, budget.first - 1)
    state = any(payer.rule.value == Segment.PBI_APBN for payer in payers)
    return Segment.PBI_APBN if state else Segment.PBPU_PEMDA


def is_for(context: Context, budget: Placed[Figure], figure: Placed[Figure]) -> bool:
    """Whether a sum is set aside for these people, maybe in the next sentence: `Anggaran itu untuk 31.220 jiwa`."""
    first, last = context.sentence_tokens[figure.sentence]
    between = context.words(max(first, budget.last + 1), figure.first - 1)
    if budget.sentence != figure.sentence:
        goes_on = bool(between) and between[0] in FUNDS and not POINTERS.isdisjoint(between[1:2])
        if not goes_on or budget.sentence != figure.sentence - 1:
            return False
    if len(between) > FARTHEST_SUBJECT:
        return False
    if not FOR.isdisjoint(between[-3:]):
        return True
    paid = context.cues_between("pays", figure.last, min(last, figure.last + FARTHEST_PAYER) + 1)
    return any(verb.rule.value == "passive" and not counts_between(context, figure.last, verb.first) for verb in paid)


def is_aside(context: Context, cue: Cue) -> bool:
    """`165.000 warga, termasuk yang ditanggung pemkot`: only some of those counted; not `termasuk PPU 42.655`."""
    if context.figures.starting(cue.last + 1, cue.last + 3):
        return False
    for token in range(cue.first - 1, max(-1, cue.first - 5), -1):
        word = context.plain[token]
        if word in ASIDES:
            return True
        if word and word not in RELATIVES:
            return False
    return False


def with_payer(context: Context, verb: Cue) -> Cue | None:
    """A verb of paying together with who pays; None where nobody is told, or nobody paid, or for something else."""
    if not NEGATIONS.isdisjoint(context.words(verb.first - 1, verb.first - 1)):
        return None
    match verb.rule.value:
        case "none":
            return None
        case "passive":
            return paid_by(context, verb)
        case "alone":
            return paid_by(context, verb, Segment.PBPU)
        case "bare":
            return paid_by(context, verb, Segment.PBPU) or subject_pays(context, verb, FARTHEST_BARE)
        case _:
            alone = paid_by(context, verb, Segment.PBPU)
            return alone or (None if pays_else(context, verb) else subject_pays(context, verb, FARTHEST_SUBJECT))


def pays_else(context: Context, verb: Cue) -> bool:
    """`Pemkab menanggung biaya perawatan 12 warga`: paid is no premium."""
    words = context.words(verb.last + 1, verb.last + 3)
    return not OTHER_COSTS.isdisjoint(words[:1]) and PREMIUM.isdisjoint(words)


def paid_by(context: Context, verb: Cue, only: Segment | None = None) -> Cue | None:
    """`dibiayai oleh APBD Kota Metro`, `iurannya dibayar pusat`; of `membayar` only who pays alone, `sendiri`."""
    for payer in context.cues_between("payer", verb.last, verb.last + FARTHEST_PAYER):
        if only in {None, payer.rule.value} and PAYER_LINKS.issuperset(context.words(verb.last + 1, payer.first - 1)):
            return made_of(context, verb.first, payer.last, Segment(payer.rule.value))
    return None


def subject_pays(context: Context, verb: Cue, reach: int) -> Cue | None:
    """`Pemkab Sigi tahun ini menanggung 11.500 jiwa`: the payer named last before the verb, unless others pay."""
    first, _ = context.sentence_tokens[context.sentence_of(verb.first)]
    if pays_for_all(context, verb):
        return None
    for payer in context.cues_ending("payer", max(first, verb.first - reach), verb.first - 1):
        if payer.rule.value == Segment.PBPU or is_place_of(context, payer):
            continue
        if payer.rule.id == "payer.we" and verb.rule.value == "registers":
            return None  # BPJS Kesehatan registers as well
        words = context.words(payer.last + 1, verb.first - 1)
        if not SUBJECTS.isdisjoint(words) or counts_between(context, payer.last, verb.first):
            return None
        return made_of(context, payer.first, verb.last, Segment(payer.rule.value))
    return None


def pays_for_all(context: Context, verb: Cue) -> bool:
    """Whether the figure behind a verb is no segment's.

    `Pemkot mendaftarkan 98 persen warganya`, or `140.310 dari 147.212 penduduk`: the coverage. `Pemprov menanggung
    40 persen iuran`: a share of the money, not of the people.
    """
    figure = context.figures.behind(verb.last)
    if figure is None:
        return False
    registers = verb.rule.value == "registers"
    if figure.mention.kind is MentionKind.PERCENT:
        return registers or COUNTED.isdisjoint(context.words(figure.last + 1, figure.last + 4))
    following = context.figure_behind_in_sentence(figure)
    if following is None or not registers:
        return False
    return any(cue.rule.value == "of" for cue in context.cues_between("denominator", figure.last, following.first))


def is_place_of(context: Context, payer: Cue) -> bool:
    """`di daerah itu`, `Kepala Dinas Sosial Pemkab Sigi`, `PBI APBN`: no subject, but a place, an office, a name."""
    if not PLACE_LINKS.isdisjoint(context.words(payer.first - 1, payer.first - 1)):
        return True
    names = context.cues.get("segment")
    name = names.over(payer.first) if names is not None else None
    return context.speakers.over(payer.first) is not None or (name is not None and name.first < payer.first)


def counts_between(context: Context, left: int, right: int) -> bool:
    return any(
        figure.mention.value is None or figure.mention.value.unit is not Unit.IDR
        for figure in context.figures.starting(left + 1, right - 1)
    )


def is_beside_programme(context: Context, cue: Cue) -> bool:
    """`terlindungi JKN dan Jamkesda`: joined to the programme's own name, a segment is not all that is meant."""
    return any(
        len(words) == 2 and words[0] in JOINING and words[1] in PROGRAMME
        for words in (
            context.words(cue.first - 2, cue.first - 1)[::-1],
            context.words(cue.last + 1, cue.last + 2),
        )
    )


def made_of(context: Context, first: int, last: int, segment: Segment) -> Cue:
    """One cue over the tokens `first`..`last`."""
    return Cue(BY_PAYER[segment], first, last, words_of(context.doc).span(first, last))
