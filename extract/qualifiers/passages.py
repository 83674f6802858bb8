"""What a figure is about whose own sentence names no region: what its passage is about.

The nearest of: a name since the last figure of the paragraph; the figure before it; the region that the speaker holds
office in; what the passage before was about, while nobody else has begun to speak; what the article is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from extract.context import Context, Placed
from extract.models import Figure, Reason, Region, Speaker
from extract.qualifiers.anaphors import subjects_of_text
from extract.qualifiers.lists import POOLED, run_around
from extract.qualifiers.named_regions import NATION, appositions, is_wide
from extract.regions.gazetteer import load_gazetteer
from extract.sentences import LineKind
from extract.wordlists import word_list

NATIONAL_OFFICES = tuple(word_list("national_offices"))
POINTERS = word_list("pointers")
ELLIPTIC = word_list("elliptic_openers")
QUOTES = {'"', "“"}
SUM_WORDS = word_list("sum_words")
ONE_OF_US = word_list("one_of_us")


@dataclass(frozen=True, slots=True)
class Place:
    """The region of a figure, None for an area of several, and why."""

    region: Region | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Passage:
    """What the text has told before a figure: the last figure with its place and speaker.

    `subject` is the region of all the `figures` of that paragraph, None where they are of several; `earlier` that of
    the last paragraph with figures before it.
    """

    figure: Placed[Figure]
    place: Place
    speaker: Speaker | None
    subject: Region | None
    earlier: Region | None = None
    figures: int = 1


def go_on(
    context: Context, before: Passage | None, figure: Placed[Figure], place: Place, speaker: Speaker | None
) -> Passage:
    """The passage with one figure more."""
    if before is None:
        return Passage(figure, place, speaker, place.region)
    if place.reason.rule == "region.village":
        # What was said of a village interrupts what is said of its kabupaten.
        return replace(before, figure=figure, place=place, speaker=speaker)
    if paragraph_of(context, before.figure) != paragraph_of(context, figure):
        return Passage(figure, place, speaker, place.region, before.subject)
    subject = place.region if before.subject == place.region else None
    return Passage(figure, place, speaker, subject, before.earlier, before.figures + 1)


def paragraph_of(context: Context, placed: Placed[Figure] | Placed[Region] | Placed[Speaker]) -> int:
    return context.sentences[placed.sentence].paragraph


def place_from_before(
    context: Context, figure: Placed[Figure], before: Passage | None, main: Region | None, speaker: Speaker | None
) -> Place | None:
    """What the passage is about; None where the article names no region at all."""
    paragraph = paragraph_of(context, figure)
    same_paragraph = before is not None and paragraph_of(context, before.figure) == paragraph
    since = before.figure.last if before is not None and same_paragraph else -1
    sentence_start, _ = context.sentence_tokens[figure.sentence]
    named = subjects_of_text(context).before(sentence_start)
    if named is not None and named.first > since and paragraph_of(context, named) == paragraph:
        return place_behind_list(context, figure, named, main) or named_before("region.sentence_before", named)
    unnamed = before is not None and (named is None or named.first < before.figure.last)
    goes_on = same_paragraph or (unnamed and points_back(context, figure))
    if before is not None and (goes_on or continues_list(context, figure, before)):
        of_village = before.place.reason.rule == "region.village"
        return before.place if of_village else Place(before.place.region, Reason("region", "region.carried"))
    if named is not None and is_introduced(context, named, paragraph):
        return named_before("region.introduced", named)
    voice = speaker or holder_before(context, figure)
    home = homes(context).get(voice) if voice is not None else None
    if home is not None and speaks_for(context, figure, home.region, before, main):
        return home
    if before is not None and continues(context, before, named, main, speaker):
        return Place(before.subject, Reason("region", "region.passage"))
    return Place(main, Reason("region", "region.article")) if main is not None else None


def place_behind_list(
    context: Context, figure: Placed[Figure], named: Placed[Region], main: Region | None
) -> Place | None:
    """What a sentence behind a list of regions is about: the article's region where that is among them, else all.

    `Cabang ini membawahi Agam, Pasaman, dan Bukittinggi. Keaktifannya 74 persen`
    """
    run = run_around(context, named)
    if run is None or run[-1] is not named:
        return None
    words = context.words(context.sentence_tokens[figure.sentence][0], figure.first)
    if POOLED.isdisjoint(words) and main is not None and any(placed.mention.value == main for placed in run):
        return Place(main, Reason("region", "region.article"))
    return Place(None, Reason("region", "region.several", named.mention.raw, named.mention.start))


def named_before(rule: str, named: Placed[Region]) -> Place:
    """An earlier name of the text as the place."""
    return Place(named.mention.value, Reason("region", rule, named.mention.raw, named.mention.start))


def points_back(context: Context, figure: Placed[Figure]) -> bool:
    """Whether the sentence opens with the number told before: `Dari jumlah itu 38.000 jiwa aktif`, `Yang aktif ...`."""
    first, _ = context.sentence_tokens[figure.sentence]
    words = [word for word in context.words(first, first + 4) if word not in QUOTES]
    if words and words[0] in ELLIPTIC:
        return True
    return any(one in SUM_WORDS and other in POINTERS for one, other in pairwise(words))


def continues_list(context: Context, figure: Placed[Figure], before: Passage) -> bool:
    """Whether the figure stands in a line of a list (`PBI JK: 332.239 jiwa`) that does not come after villages."""
    in_line = context.sentences[figure.sentence].kind is LineKind.HEADING
    return in_line and before.place.reason.rule != "region.village"


def is_introduced(context: Context, named: Placed[Region], paragraph: int) -> bool:
    """Whether a line of its own announces the region: a heading, `Lalu bagaimana dengan Kabupaten Solok?`."""
    line = context.sentences[named.sentence]
    if line.paragraph != paragraph - 1:
        return False
    return line.kind is LineKind.HEADING or context.article.text[line.end - 1] == "?"


@lru_cache(maxsize=1)
def homes(context: Context) -> Mapping[Speaker, Place]:
    """The region that each person holds office in; nobody's is a branch's town, or an area of several."""
    found: dict[Speaker, Place] = {}
    for holder in context.speakers:
        person = holder.mention.value
        if person is None or person in found:
            continue
        named = [
            placed
            for placed in context.regions.starting(holder.first, holder.last)
            if placed.mention.value is not None
            and not placed.mention.branch
            and placed.ordinal not in appositions(context)
        ]
        if len({placed.mention.value for placed in named}) == 1:
            found[person] = named_before("region.office", named[0])
        elif not named and person.role is not None and person.role.lower().startswith(NATIONAL_OFFICES):
            reason = Reason("region", "region.office", person.role, holder.mention.start)
            found[person] = Place(load_gazetteer().get(NATION), reason)
    return found


def holder_before(context: Context, figure: Placed[Figure]) -> Speaker | None:
    """The office holder whom the paragraph named last before a figure."""
    holder = context.speakers.before(figure.first)
    same = holder is not None and paragraph_of(context, holder) == paragraph_of(context, figure)
    return holder.mention.value if holder is not None and same else None


def speaks_for(
    context: Context,
    figure: Placed[Figure],
    home: Region | None,
    before: Passage | None,
    main: Region | None,
) -> bool:
    """Whether an official speaks of the own region: in a regency's article a minister or governor says so by `kita`.

    Or goes on about it.
    """
    if not is_wide(home) or main is None or is_wide(main):
        return True
    if before is not None and before.subject == home:
        return True
    return not ONE_OF_US.isdisjoint(context.words(*context.sentence_tokens[figure.sentence]))


def continues(
    context: Context, before: Passage, named: Placed[Region] | None, main: Region | None, speaker: Speaker | None
) -> bool:
    """Whether the paragraph before was about one kabupaten or kota, and neither another name nor another voice came.

    Paragraphs on one region after another list them: what follows the last is about all again. And one figure that
    nobody is quoted for is an aside.
    """
    subject = before.subject
    if subject is None or is_wide(subject) or before.earlier not in {None, main, subject}:
        return False
    first = before.figure.sentence
    while first and context.sentences[first - 1].paragraph == paragraph_of(context, before.figure):
        first -= 1
    since = context.sentence_tokens[first][0]
    until = named.first if named is not None else -1
    others = (placed.mention.value for placed in subjects_of_text(context).starting(since, until))
    if any(other != subject and not is_wide(other) for other in others):
        return False
    same_voice = speaker == before.speaker
    return same_voice if speaker and before.speaker else before.figures > 1
