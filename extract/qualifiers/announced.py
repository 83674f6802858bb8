"""What a sentence before says that a figure measures: a line above a list, a sentence without a figure, that number."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from extract.context import Context, Placed
from extract.models import Figure, Reason, Unit
from extract.qualifiers.measure import Measure, Told
from extract.qualifiers.metric_cues import FARTHEST, SEGMENT_FARTHEST, STATUSES
from extract.qualifiers.nearest import Bond
from extract.qualifiers.segments import segment_cues
from extract.sentences import LineKind
from extract.wordlists import word_list

ITS_NUMBER = word_list("its_number")
POINTER_REACH = 10
THAT_NUMBER = word_list("that_number")
POINTING = frozenset(phrase.split()[1] for phrase in THAT_NUMBER)


def find_topic(context: Context, figure: Placed[Figure], unit: Unit) -> Bond | None:
    """What the line above a list announces: `Jumlah penerima PBI enam tahun terakhir:`, `Tahun 2020: 409.749 orang`."""
    if context.sentences[figure.sentence].kind is not LineKind.HEADING:
        return None
    index = announcers(context)[figure.sentence]
    if index is None:
        return None
    cues = (*segment_cues(context).starting(*context.sentence_tokens[index]), *context.cues_in("metric", index))
    cue = next((cue for cue in cues if unit is Unit.PEOPLE or cue.rule.value != "population"), None)
    return Bond(cue, SEGMENT_FARTHEST, True) if cue is not None else None


@lru_cache(maxsize=1)
def announcers(context: Context) -> tuple[int | None, ...]:
    """For each sentence the one that announces the list it stands in: the last before it to end in a colon.

    Between them stand nothing but lines of the list.
    """
    announced: list[int | None] = [None]
    for index, sentence in enumerate(context.sentences):
        if context.article.text[sentence.end - 1] == ":":
            announced.append(index)
        else:
            announced.append(announced[index] if sentence.kind is LineKind.HEADING else None)
    return tuple(announced)


def find_announced(context: Context, figure: Placed[Figure]) -> Measure | None:
    """`Keaktifan peserta di Ambon dinilai rendah. Bupati menyebut hanya 73 persen`: a sentence without a figure."""
    before = figure.sentence - 1
    if (
        before < 0
        or context.sentences[before].paragraph != context.sentences[figure.sentence].paragraph
        or context.figures.starting(*context.sentence_tokens[before])
    ):
        return None
    return last_status(context, before, frozenset({"active"}))


def take_up(context: Context, figure: Placed[Figure], last: Told | None) -> Measure | None:
    """`Banyak warga belum terdaftar JKN. Jumlahnya 8.140 jiwa`: of what the sentence before told without a number."""
    before = figure.sentence - 1
    if before < 0 or (last is not None and last.figure.sentence >= before):
        return None
    first, _ = context.sentence_tokens[figure.sentence]
    opener = next((word for word in context.plain[first : figure.first] if word and word[0].isalpha()), "")
    return last_status(context, before, STATUSES) if opener in ITS_NUMBER else None


def last_status(context: Context, sentence: int, statuses: frozenset[str]) -> Measure | None:
    """The status of membership that a sentence names last."""
    cues = [cue for cue in context.cues_in("metric", sentence) if cue.rule.value in statuses]
    if not cues:
        return None
    reason = Reason("metric", "metric.sentence_before", cues[-1].text, context.starts[cues[-1].first])
    return Measure(cues[-1].rule.value, None, reason, FARTHEST)


def refers_back(context: Context, figure: Placed[Figure]) -> bool:
    """`Jumlah itu setara 1,9 persen`, `Menurut Rina, angka itu 1,9 persen`: it goes on about the number before."""
    first, _ = context.sentence_tokens[figure.sentence]
    before = context.figures.before(figure.first)
    opened = max(first, figure.first - POINTER_REACH, before.last + 1 if before is not None else 0)
    words = context.plain[opened : figure.first]
    return not POINTING.isdisjoint(words) and any(f"{one} {other}" in THAT_NUMBER for one, other in pairwise(words))
