"""Whether a figure may be of coverage at all, where no word of its own says what it measures.

An article on JKN holds other numbers: guests, gifts, patients, shares of a budget. What they are of is an open class,
so it is asked the other way round: a figure goes on about coverage only where nothing but words of a closed class
(`baru`, `mencapai`, `di angka`), names, dates and cues stand beside it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extract.context import Context, Placed
from extract.figures.lexicon import load_figure_lexicon
from extract.models import Figure, Unit
from extract.qualifiers.nearest import Bond
from extract.qualifiers.same_fact import states_same_fact, unit_of
from extract.wordlists import word_list

ANYBODY = word_list("anybody")
NEUTRAL_BEFORE = word_list("neutral_before") | ANYBODY
NEUTRAL_BEHIND = word_list("neutral_behind") | ANYBODY
CATEGORIES = ("metric", "segment", "approx", "modality", "as_of", "denominator")
THAT_SUM = word_list("that_sum")
TELLING = frozenset({"active", "inactive", "uncovered", "not_yet"})
ATTENDED = word_list("attended")
FOLLOWED = word_list("followed")
EVENTS = word_list("events")
ACTIVE_VERB = re.compile(r"me(?:m|n|r|l|w|y)[a-z]{3,}")
ATTENDED_REACH = 4
EVENT_REACH = 20
SPECIAL = load_figure_lexicon().people_nouns - ANYBODY
SPECIAL_PAIRS = load_figure_lexicon().people_phrases
RECIPIENTS = word_list("recipients")
WORKERS = word_list("workers")
SPECIAL_SHARE = SPECIAL - WORKERS
SHARERS = word_list("sharers")
CONTRIBUTIONS = word_list("contributions")
WAGES = word_list("wages")
HIGHEST_CONTRIBUTION = 5
"""Percent of the wage."""
FOREIGN_SUBJECTS = word_list("foreign_subjects")
RUMOURS = word_list("rumours")
DENIALS = word_list("denials")
MEMBERSHIP = frozenset({"covered", "topic"})
HANDFUL = 20
"""Fewer people than this are nobody's coverage, unless a word of their own says so: `tujuh orang disuruh beli obat`."""


def names_programme(context: Context) -> bool:
    """Whether the text or its headline names JKN in any way: a tournament has its peserta too."""
    return context.headline.names_programme or "programme" in context.cues


def goes_without_saying(context: Context, figure: Placed[Figure]) -> bool:
    """Whether nothing beside the figure tells of something else: `Palopo baru 97,1 persen`, not `hunian 61 persen`."""
    if is_special_group(context, figure) or (unit_of(figure) is Unit.PEOPLE and value_of(figure) < HANDFUL):
        return False
    first, last = context.sentence_tokens[figure.sentence]
    before = word_before(context, figure.first, first)
    behind = next((token for token in range(figure.last + 1, last + 1) if context.plain[token]), None)
    if behind is not None and not (is_neutral(context, behind, NEUTRAL_BEHIND) or opens_cue(context, behind)):
        return False
    if before is None or is_neutral(context, before, NEUTRAL_BEFORE):
        return True
    change = next((cue for cue in context.cues_ending("modality", before, before) if cue.rule.value == "change"), None)
    if change is not None and unit_of(figure) is Unit.PERCENT:
        # `produksi naik 4 persen`: what rises stands before the word for it
        subject = word_before(context, change.first, first)
        return (
            subject is None or is_neutral(context, subject, NEUTRAL_BEFORE, names=False) or ends_cue(context, subject)
        )
    return (
        ends_cue(context, before)
        or (context.plain[before] in RECIPIENTS and tells_of_members(figure))
        or (tells_of_members(figure) and ACTIVE_VERB.match(context.plain[before]) is not None)
    )


def word_before(context: Context, token: int, first: int) -> int | None:
    """The last token before `token` that is no white space, from `first` on."""
    return next((at for at in range(token - 1, first - 1, -1) if context.plain[at]), None)


def tells_of_members(figure: Placed[Figure]) -> bool:
    """A verb may take a share or peserta as what was reached, whichever verb it is: `menjangkau 469 ribu peserta`."""
    return unit_of(figure) is Unit.PERCENT or "peserta" in figure.mention.raw.lower()


def is_neutral(context: Context, token: int, words: frozenset[str], names: bool = True) -> bool:
    """Whether a word beside a figure says nothing of its own: names and dates do not, nor words of a closed class."""
    word = context.plain[token]
    return (
        not word[0].isalpha()
        or word in words
        or word.removesuffix("nya") in words
        or (names and context.article.text[context.starts[token]].isupper())
        or context.regions.over(token) is not None
        or context.dates.over(token) is not None
    )


def ends_cue(context: Context, token: int) -> bool:
    return any(True for category in CATEGORIES for _ in context.cues_ending(category, token, token))


def opens_cue(context: Context, token: int) -> bool:
    return any(context.cues_between(category, token - 1, token + 1) for category in CATEGORIES)


def is_special_group(context: Context, figure: Placed[Figure]) -> bool:
    """`25 anak`, `250 orang kader`, `35 anggota dewan`, `88 persen pasien`: people of one kind, not of the region.

    Nor is the share of one who pays, `40 persen provinsi`, a share of the region.
    """
    behind = next_word(context, figure)
    if unit_of(figure) is Unit.PERCENT:
        return behind in SPECIAL_SHARE or (behind in SHARERS and context.regions.over(figure.last + 1) is None)
    noun = context.plain[figure.last].removesuffix("nya")
    if behind == "keluarga":  # 1.200 anggota keluarga
        return False
    return behind in SPECIAL or noun in SPECIAL or f"{context.plain[figure.last - 1]} {noun}" in SPECIAL_PAIRS


def own_segment(context: Context, figure: Placed[Figure]) -> Bond | None:
    """The segment that a figure's noun names, where membership is told of: `peserta JKN antara lain 12.300 ASN`."""
    cues = context.cues_between("segment", figure.first, figure.last + 1)
    if not cues or not any(cue.rule.value in MEMBERSHIP for cue in context.cues_in("metric", figure.sentence)):
        return None
    return Bond(cues[0], 0.0, False)


def next_word(context: Context, figure: Placed[Figure]) -> str:
    """The word right behind a figure, empty at the end of a line."""
    return context.plain[figure.last + 1] if figure.last + 1 < len(context.plain) else ""


def is_contribution_rate(context: Context, figure: Placed[Figure]) -> bool:
    """`Iuran 5 persen dari upah: 4 persen dari pemberi kerja, 1 persen dari pekerja` (Perpres 64/2020)."""
    if unit_of(figure) is not Unit.PERCENT or value_of(figure) > HIGHEST_CONTRIBUTION:
        return False
    words = set(context.words(*context.sentence_tokens[figure.sentence]))
    return not words.isdisjoint(CONTRIBUTIONS) and not words.isdisjoint(WAGES)


def has_foreign_subject(context: Context, figure: Placed[Figure]) -> bool:
    """`Iuran JKN naik 10 persen`: the first share of a sentence that opens with what is no membership."""
    first, _ = context.sentence_tokens[figure.sentence]
    if unit_of(figure) is not Unit.PERCENT or context.figure_before(figure) is not None:
        return False
    opener = next((word for word in context.plain[first : figure.first] if word and word[0].isalpha()), "")
    return opener in FOREIGN_SUBJECTS


def is_denied_rumour(context: Context, figure: Placed[Figure]) -> bool:
    """`Kabar bahwa 12.000 peserta dinonaktifkan tidak benar`: what is denied is told as no fact."""
    return figure.sentence in denied_sentences(context)


@lru_cache(maxsize=1)
def denied_sentences(context: Context) -> frozenset[int]:
    """Sentences that tell a rumour which they, or the sentence behind them, deny."""
    if RUMOURS.isdisjoint(context.plain):
        return frozenset()
    spans = context.sentence_tokens
    return frozenset(
        index
        for index, (first, last) in enumerate(spans)
        if not RUMOURS.isdisjoint(context.plain[first : last + 1])
        and denies(context, first, spans[min(index + 1, len(spans) - 1)][1])
    )


def denies(context: Context, first: int, last: int) -> bool:
    words = " ".join(context.words(first, last))
    return any(f" {denial} " in f" {words} " for denial in DENIALS)


def came_along(context: Context, figure: Placed[Figure]) -> bool:
    """`dihadiri sekitar 120 peserta`; `Rapat itu diikuti 250 orang`, but not `program yang diikuti 250 ribu jiwa`."""
    if unit_of(figure) is not Unit.PEOPLE:
        return False
    first, _ = context.sentence_tokens[figure.sentence]
    opened = max(first, figure.first - ATTENDED_REACH)
    words = context.plain[opened : figure.first]
    if not ATTENDED.isdisjoint(words):
        return True
    if FOLLOWED.isdisjoint(words):
        return False
    return not EVENTS.isdisjoint(context.plain[max(first, figure.first - EVENT_REACH) : opened])


def is_mere_handful(figure: Placed[Figure], bond: Bond | None) -> bool:
    """`3 peserta JKN mendapat hadiah`: so few are not the members of any region, unless a verb says that they are."""
    return (
        unit_of(figure) is Unit.PEOPLE
        and value_of(figure) < HANDFUL
        and bond is not None
        and bond.cue.rule.value in MEMBERSHIP
        and bond.cue.rule.id != "metric.covered"
    )


def says_who(bond: Bond, unit: Unit) -> bool:
    """Whether a bond says of a special group that it is registered, active or paid for: `320 kader didaftarkan JKN`.

    A share of the group is no share of the region's people, whatever is said of it.
    """
    if unit is Unit.PERCENT:
        return bond.cue.rule.category == "segment"
    return bond.cue.rule.category == "segment" or bond.cue.rule.value in TELLING or bond.cue.rule.id == "metric.covered"


def is_share_of_money(context: Context, figure: Placed[Figure]) -> bool:
    """`Rp20 miliar, turun 8 persen`, `Rp20 miliar atau 1,5 persen dari APBD`, `Dana itu naik 15 persen`."""
    before = context.figures.before(figure.first)
    if before is None or unit_of(before) is not Unit.IDR or unit_of(figure) is not Unit.PERCENT:
        return False
    if before.sentence == figure.sentence:
        return states_same_fact(context, before, figure) or any(
            cue.rule.value == "change" for cue in context.cues_between("modality", before.last, figure.first)
        )
    first, _ = context.sentence_tokens[figure.sentence]
    return before.sentence == figure.sentence - 1 and " ".join(context.words(first, first + 1)) in THAT_SUM


def value_of(figure: Placed[Figure]) -> float:
    assert figure.mention.value is not None
    return figure.mention.value.value
