"""The days a figure refers to: a date beside it, one that governs from the sentence before, or the day it was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.context import CLAUSE_OPENERS, Context, Placed, Row
from extract.dates.resolve import Anchor, parse_date
from extract.models import SAID, AsOfBasis, Figure, Metric, Modality, Period, Precision, Reason
from extract.qualifiers.earlier import MOVES, Earlier, belongs_to_way, find_earlier, own_date
from extract.qualifiers.nearest import RIGHTWARD, SEPARATORS
from extract.qualifiers.wholes import find_whole
from extract.wordlists import word_list

DATED_NAMES = word_list("dated_names")
FARTHEST = 30.0
DATE_LINKS = word_list("date_links")
COMPARED = word_list("compared")
COMPARATIVES = word_list("comparatives")
EXPLAINERS = word_list("explainers")
COMPARED_PERIOD = word_list("compared_period")
OPENED = word_list("hedge_fillers") | word_list("earlier_fillers") | {":"}
BESIDE = 2
TOLD = frozenset({Modality.REPORTED, Modality.CHANGE})
PARAGRAPHS = 8
"""An article mostly quotes one set of data: an as-of governs the next paragraphs until another is given."""


@dataclass(frozen=True, slots=True)
class AsOf:
    period: Period
    basis: AsOfBasis
    reason: Reason
    earlier: bool = False
    """Whether the figure is told as the state before: then its day is not that of those which follow."""


def find_as_of(
    context: Context,
    figure: Placed[Figure],
    metric: Metric,
    modality: Modality,
    previous: tuple[Placed[Figure], AsOf] | None,
    spoken_on: Period | None,
) -> AsOf | None:
    """The as-of of a figure; event and publication day are fallbacks and marked so.

    None where no day is known, nor told of a figure of an earlier time.
    """
    earlier = find_earlier(context, figure, metric) if modality in TOLD else None
    if earlier is not None:
        return find_earlier_day(context, figure, earlier, previous, spoken_on)
    explicit = find_explicit(context, figure, metric)
    deictic = find_deictic(context, figure, spoken_on) if modality is Modality.REPORTED else None
    if deictic is not None and not touches(explicit) and is_nearer(deictic, explicit, figure):
        return deictic
    if explicit is not None:
        return explicit
    if modality is Modality.REPORTED:
        if deictic is not None:
            return deictic
        governing = find_governing(context, figure, previous)
        if governing is not None:
            return governing
    published = context.article.published_on
    if spoken_on is not None:
        return AsOf(spoken_on, AsOfBasis.EVENT, Reason("as_of", "as_of.event"))
    if published is not None:
        day = Period(published, published, Precision.DAY)
        return AsOf(day, AsOfBasis.PUBLISHED, Reason("as_of", "as_of.published"))
    return None


def find_earlier_day(
    context: Context,
    figure: Placed[Figure],
    earlier: Earlier,
    previous: tuple[Placed[Figure], AsOf] | None,
    spoken_on: Period | None,
) -> AsOf | None:
    """The days of a figure of an earlier time: its own date, or so much before what the text is about."""
    date = own_date(context, figure, earlier.first)
    if date is not None and date.mention.value is not None:
        reason = Reason("as_of", "as_of.explicit", date.mention.raw, date.mention.start)
        return AsOf(date.mention.value, AsOfBasis.EXPLICIT, reason, earlier=True)
    cue = earlier.cue
    if cue is None:
        return None
    start, _ = context.sentence_tokens[figure.sentence]
    told = [date.mention.value for date in context.dates.starting(start, cue.first) if not is_event_day(context, date)]
    published = context.article.published_on
    days = (*told[::-1], previous[1].period if previous else None, spoken_on)
    reference = next((period.start for period in days if period is not None), published)
    # What `lalu` is to the day of print, `sebelumnya` is to the day that was told.
    period = parse_date(cue.text.lower().replace("sebelumnya", "lalu"), Anchor(published=reference))
    if period is None:
        return None
    reason = Reason("as_of", cue.rule.id, cue.text, context.starts[cue.first])
    return AsOf(period, AsOfBasis.EXPLICIT, reason, earlier=True)


def is_nearer(deictic: AsOf, explicit: AsOf | None, figure: Placed[Figure]) -> bool:
    """Whether the word for now is beside the figure, or between it and the date.

    `pada 2024 sudah 96,8 persen, dan kini 98,2 persen`; `dari awal tahun yang 90 persen, kini cakupannya 95 persen`
    """
    if (deictic.reason.distance or 0) <= BESIDE:
        return True
    if explicit is None or explicit.reason.start is None or deictic.reason.start is None:
        return False
    return explicit.reason.start < deictic.reason.start < figure.mention.start


def touches(as_of: AsOf | None) -> bool:
    return as_of is not None and as_of.reason.distance == 0


def find_explicit(context: Context, figure: Placed[Figure], metric: Metric) -> AsOf | None:
    """A date in the figure's own sentence: the nearest, or one that closes the sentence and so governs all of it."""
    best: tuple[float, Placed[Period]] | None = None
    for date in context.near(context.dates, figure):
        if date.mention.value is None or is_event_day(context, date):
            continue
        if belongs_to_name(context, date):
            continue
        if belongs_to_population(context, date) and metric is not Metric.POPULATION:
            continue
        left = context.is_left(figure, date.last)
        if left and belongs_to_way(context, figure, date):
            continue
        if is_compared_with(context, figure, date):
            continue
        if not left and is_of_next_figure(context, figure, date):
            continue
        between = context.figures.starting(figure.last + 1, date.first - 1)
        if between and not closes_sentence(context, date) and not is_whole_alone(context, between):
            continue
        cost = context.distance(figure, date.first, date.last) + (0.0 if left else RIGHTWARD)
        if not left and context.holds_only(DATE_LINKS, figure.last + 1, date.first - 1):
            # `naik dari 97,2 persen pada 2023 menjadi 98,8 persen pada 2024`
            cost = 0.0
        if cost <= FARTHEST and (best is None or cost < best[0]):
            best = cost, date
    if best is None:
        return None
    cost, date = best
    assert date.mention.value is not None
    return AsOf(
        date.mention.value,
        AsOfBasis.EXPLICIT,
        Reason("as_of", "as_of.explicit", date.mention.raw, date.mention.start, round(cost)),
    )


def is_whole_alone(context: Context, between: Sequence[Placed[Figure]]) -> bool:
    """`391.656 jiwa dari 426.529 penduduk terdaftar per 4 Juni, atau 91,82 persen`: a day of what is said of both."""
    return len(between) == 1 and find_whole(context, between[0]) is not None


def is_of_next_figure(context: Context, figure: Placed[Figure], date: Placed[Period]) -> bool:
    """`95 persen, sedangkan pada 2023 baru 91 persen`; `95 persen, April 96 persen`: a date that opens what follows."""
    following = context.figures.behind(date.last)
    if following is None or following.sentence != date.sentence:
        return False
    between = context.words(figure.last + 1, date.first - 1)
    if not CLAUSE_OPENERS.isdisjoint(between):
        return True
    return not SEPARATORS.isdisjoint(between) and context.holds_only(OPENED, date.last + 1, following.first - 1)


def is_compared_with(context: Context, figure: Placed[Figure], date: Placed[Period]) -> bool:
    """`95 persen, naik dibanding tahun lalu`: a date that the figure is held against, not that of `yang 93 persen`."""
    before = [word for word in context.words(date.first - 6, date.first - 1) if word not in COMPARED_PERIOD]
    if not before or before[-1] not in COMPARED:
        return False
    if before[-1] == "dari" and (MOVES | COMPARATIVES).isdisjoint(before[-2:-1]):
        return False  # bertambah 5.000 jiwa dari Januari hingga April
    between = context.words(date.last + 1, figure.first - 1)
    return date.first > figure.last or ("," in between and EXPLAINERS.isdisjoint(between))


def belongs_to_name(context: Context, date: Placed[Period]) -> bool:
    """Whether years are part of the name of an event: `UHC Awards Tahun 2026`, `Hari UHC Dunia 2025`."""
    words = [word for word in context.words(date.first - 3, date.first - 1) if word != "tahun"]
    return bool(words) and words[-1] in DATED_NAMES


def is_event_day(context: Context, date: Placed[Period]) -> bool:
    """A weekday or brackets mark the day on which something happened: `Senin (25/4/2022)`."""
    period = date.mention.value
    if period is None or period.precision is not Precision.DAY:
        return False
    words = context.words(date.first - 2, date.first - 1)
    raw = date.mention.raw.lower()
    return (
        "(" in raw
        or raw[:4] in {"seni", "sela", "rabu", "kami", "juma", "jum'", "jum’", "sabt", "ming"}
        or words[-1:] == ["("]
    )


def belongs_to_population(context: Context, date: Placed[Period]) -> bool:
    """Whether a date is the denominator's: `jumlah penduduk semester dua tahun 2021`, `(SM 2 2022)` behind it."""
    if date.mention.value is None:
        return False
    words = context.words(date.first - 4, date.first - 1)
    semester = date.mention.value.precision is Precision.SEMESTER
    if any(word in {"penduduk", "populasi", "dukcapil", "kependudukan"} for word in words):
        return semester or words[-1] in {"penduduk", "populasi"} or "data" in words
    before = context.figure_of(date.sentence, date.first) if semester else None
    return before is not None and find_whole(context, before) is not None


def find_deictic(context: Context, figure: Placed[Figure], spoken_on: Period | None) -> AsOf | None:
    """`hingga saat ini` is the day of the statement, else of publication."""
    published = context.article.published_on
    day = spoken_on or (Period(published, published, Precision.DAY) if published else None)
    cues = [cue for cue in context.cues_near("as_of", figure) if cue.rule.value == "deictic"]
    if day is None or not cues:
        return None
    cue = min(cues, key=lambda cue: context.distance(figure, cue.first, cue.last))
    distance = context.distance(figure, cue.first, cue.last)
    if distance > FARTHEST:
        return None
    return AsOf(
        day, AsOfBasis.DEICTIC, Reason("as_of", cue.rule.id, cue.text, context.starts[cue.first], round(distance))
    )


def governs(as_of: AsOf) -> bool:
    """Whether later figures may be of the same day: `pada 2024 cakupan sempat turun` only looks back."""
    return not as_of.earlier and as_of.basis in SAID and as_of.period.precision is not Precision.YEAR


def find_governing(
    context: Context, figure: Placed[Figure], previous: tuple[Placed[Figure], AsOf] | None
) -> AsOf | None:
    """An as-of governs what follows until another is given: `data hingga Oktober 2020. Dari 789.506 jiwa ...`."""
    since = previous[0].last if previous is not None else -1
    paragraph = context.sentences[figure.sentence].paragraph
    anchored, unknown = (row.before(figure.first) for row in governing_dates(context))
    if (
        anchored is not None
        and anchored.mention.value is not None
        and anchored.first > since
        and paragraph - context.sentences[anchored.sentence].paragraph <= PARAGRAPHS
    ):
        reason = Reason("as_of", "as_of.governing", anchored.mention.raw, anchored.mention.start)
        return AsOf(anchored.mention.value, AsOfBasis.EXPLICIT, reason)
    # `Bulan lalu 96,52 persen. Kemarin saya cek lagi, sudah 97,10`: another day, though nobody knows which.
    if previous is not None and (unknown is None or unknown.first <= since):
        before = context.sentences[previous[0].sentence].paragraph
        if paragraph - before <= PARAGRAPHS:
            return AsOf(previous[1].period, previous[1].basis, Reason("as_of", "as_of.carried"))
    return None


@lru_cache(maxsize=1)
def governing_dates(context: Context) -> tuple[Row[Placed[Period]], Row[Placed[Period]]]:
    """The dates of which what follows may be, and those words for a day that leave open which."""
    anchored = [
        date
        for date in context.dates
        if date.mention.value is not None
        and context.is_body(date)
        and is_anchored(context, date)
        and not is_event_day(context, date)
        and not belongs_to_population(context, date)
    ]
    unknown = [date for date in context.dates if date.mention.value is None and date.mention.rule == "date.deictic"]
    return Row.of(anchored), Row.of(unknown)


def is_anchored(context: Context, date: Placed[Period]) -> bool:
    """Whether the date says as of when: `per 1 Juni`, `hingga Oktober 2020`, `data Maret 2025`."""
    first, _ = context.sentence_tokens[date.sentence]
    before = date.first - 1
    while before > first and not context.plain[before]:
        before -= 1
    return any(
        cue.rule.value == "anchor" and cue.first >= first for cue in context.cues_ending("as_of", before, before)
    )


def closes_sentence(context: Context, date: Placed[Period]) -> bool:
    """Whether an anchored date stands behind the last figure of its sentence."""
    return is_anchored(context, date) and context.is_last_figure(date.sentence, date.last)


def statement_day(context: Context) -> Period | None:
    """The day on which the article's officials spoke: its first dated event that is not the day of print."""
    published = context.article.published_on
    days = [
        date.mention.value
        for date in context.dates
        if date.mention.value is not None
        and is_event_day(context, date)
        and context.is_body(date)
        and not has_clock(context, date)
    ]
    return next((day for day in days if published is None or day.start <= published + dt.timedelta(days=1)), None)


def has_clock(context: Context, date: Placed[Period]) -> bool:
    """`Selasa, 26 April 2022 - 06:52 WIB` is the page's own stamp."""
    words = context.words(date.last + 1, date.last + 7)
    return any(word in {"wib", "wita", "wit"} for word in words)
