"""What a figure is a part of: `74,24 persen dari jumlah penduduk 329.934 jiwa`."""

from __future__ import annotations

from collections.abc import Sequence

from extract.context import Context, Placed
from extract.cues import Cue
from extract.models import Figure
from extract.qualifiers.segments import segment_cues
from extract.wordlists import word_list

PROGRAMME = word_list("programme_names")
WHOLE_WORDS = word_list("whole")
EXPLAINERS = word_list("explainers")
WHOLE_OR_EXPLAINED = WHOLE_WORDS | EXPLAINERS
STEPS = word_list("steps")
POINTERS = word_list("pointers")
SUMMED = word_list("sum_words") | word_list("counted")


def find_whole(context: Context, figure: Placed[Figure]) -> Cue | None:
    """The `dari` that makes a figure a whole: nothing but words for one, places and dates may stand between."""
    before = context.figures.before(figure.first)
    left_end = before.last if before is not None else -1
    sentence_first = context.sentence_tokens[figure.sentence][0]
    for cue in reversed(context.cues_near("denominator", figure)):
        if not max(left_end, sentence_first - 1) < cue.first <= cue.last < figure.first:
            continue
        if context.plain[cue.first - 1] in STEPS:
            return None  # melonjak dari 180.000 jiwa: the level before
        if cue.rule.value != "of" or not names_whole(context, cue.last + 1, figure.first - 1):
            return None
        if is_first_level(context, figure) or points_back(context.words(cue.last + 1, figure.first - 1)):
            return None
        return None if is_level_before(context, figure, cue) else cue
    return None


def is_first_level(context: Context, figure: Placed[Figure]) -> bool:
    """`bertambah 12.000 jiwa, dari 133.000 jiwa menjadi 145.000 jiwa`: two levels of one thing, the first no whole."""
    following = context.figure_behind_in_sentence(figure)
    if following is None:
        return False
    value, after = figure.mention.value, following.mention.value
    same_unit = value is not None and after is not None and value.unit is after.unit
    return same_unit and context.words(following.first - 1, following.first - 1) == ["menjadi"]


def is_level_before(context: Context, figure: Placed[Figure], cue: Cue) -> bool:
    """`naik 10.220 jiwa dari 260.000 jiwa tahun lalu`: behind a step `dari` leads to the level before it."""
    change = context.figure_of(figure.sentence, cue.first)
    if change is None or "penduduk" in figure.mention.raw.lower():
        return False
    value, before = figure.mention.value, change.mention.value
    same_unit = value is not None and before is not None and value.unit is before.unit
    return (
        same_unit
        and cue.first == change.last + 1 == figure.first - 1
        and not STEPS.isdisjoint(context.words(change.first - 2, change.first - 1))
    )


def points_back(words: Sequence[str]) -> bool:
    """`Dari jumlah itu 180.000 jiwa aktif`, `dari seluruh peserta tersebut`: told before, the figure is the part."""
    named = [word for word in words if word.isalpha()]
    return bool(named) and named[-1] in POINTERS and SUMMED.issuperset(named[-2:-1])


def names_whole(context: Context, first: int, last: int) -> bool:
    """Whether tokens `first`..`last` hold nothing but words for a whole, its place and its date."""
    lower = context.lower
    # 97,21 persen dari penduduknya, yaitu 128.415 jiwa: what an explainer follows may be any word
    return all(
        lower[token] in WHOLE_OR_EXPLAINED
        or not context.plain[token]
        or (token < last and lower[token + 1] in EXPLAINERS)
        or context.regions.over(token) is not None
        or context.dates.over(token) is not None
        for token in range(first, last + 1)
    )


def is_whole_of_members(context: Context, figure: Placed[Figure], cue: Cue) -> bool:
    """`Dari 245.110 peserta JKN, 198.440 jiwa di antaranya aktif`: activity and segments are shares of the members.

    Of coverage the whole is the population, even where the text calls it peserta: 223.352 dari 226.323 peserta. Not
    where it calls them by the programme: `dari 17.000 peserta JKN`.
    """
    if "peserta" in figure.mention.raw.lower() and not PROGRAMME.isdisjoint(
        context.words(figure.last + 1, figure.last + 1)
    ):
        return True
    words = [*context.words(cue.last + 1, figure.first - 1), *figure.mention.raw.lower().split()]
    return "peserta" in words and (
        any(other.rule.value in {"active", "inactive"} for other in context.cues_near("metric", figure))
        or bool(segment_cues(context).starting(*context.sentence_tokens[figure.sentence]))
    )


def names_denominator(context: Context, cue: Cue) -> bool:
    """The noun behind `dari` is the whole: `73,09 persen dari peserta`, `dari seluruh peserta, 389.301 jiwa`."""
    if cue.rule.value not in {"covered", "topic", "population"}:
        return False
    first, _ = context.sentence_tokens[context.sentence_of(cue.first)]
    return any(
        other.rule.value == "of" and other.first >= first
        for other in context.cues_ending("denominator", cue.first - 3, cue.first)
    )
