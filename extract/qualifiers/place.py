"""Which region a figure is about: the nearest name that is no dateline, apposition, office address or branch town."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from extract.context import Context, Placed
from extract.models import Figure, Reason, Region
from extract.qualifiers.lists import is_last_of_list
from extract.qualifiers.nearest import RIGHTWARD
from extract.sentences import LineKind
from extract.wordlists import word_list

OFFICE = 3.0
"""An official's region mostly is the figure's, unless another name stands nearer."""
FARTHEST = 30.0
JOINT_FARTHEST = 14.0
NATION = "0"

INDIRECT = word_list("indirect")
JOINT_AREAS = word_list("joint_areas")


@dataclass(frozen=True, slots=True)
class Place:
    """The region of a figure, None for an area of several, and why."""

    region: Region | None
    reason: Reason


def find_place(
    context: Context, figure: Placed[Figure], previous: tuple[Placed[Figure], Place] | None, main: Region | None
) -> Place | None:
    """The region a figure is about; None where the article names none at all."""
    joint = find_joint_area(context, figure)
    if joint is not None:
        return Place(None, joint)
    best = min(iter_candidates(context, figure), key=lambda found: found[0], default=None)
    if best is not None and best[0] <= FARTHEST:
        cost, placed, rule = best
        if rule == "region.before" and is_last_of_list(context, placed) and not has_own_list(context, figure, placed):
            return Place(
                None, Reason("region", "region.several", placed.mention.raw, placed.mention.start, round(cost))
            )
        return Place(
            placed.mention.value, Reason("region", rule, placed.mention.raw, placed.mention.start, round(cost))
        )
    return place_from_before(context, figure, previous, main)


def iter_candidates(context: Context, figure: Placed[Figure]) -> Iterator[tuple[float, Placed[Region], str]]:
    """Names in the figure's sentence that it could be about, with what it costs to reach them."""
    following = next((other.first for other in context.figures if other.first > figure.last), len(context.doc))
    for placed in context.regions:
        if placed.sentence != figure.sentence or not names_a_subject(context, placed):
            continue
        left = placed.last < figure.first
        if not left and placed.first > following:
            continue
        cost = context.distance(figure, placed.first, placed.last) + (0.0 if left else RIGHTWARD)
        if any(person.first <= placed.first <= person.last for person in context.speakers):
            cost += OFFICE
        yield cost, placed, "region.before" if left else "region.behind"


def names_a_subject(context: Context, placed: Placed[Region]) -> bool:
    return (
        placed.mention.value is not None
        and not placed.mention.branch
        and not is_stage(context, placed)
        and not is_apposition(context, placed)
        and not is_indirect(context, placed)
    )


def find_joint_area(context: Context, figure: Placed[Figure]) -> Reason | None:
    """`angka 100,89 persen merupakan gabungan Samarinda, Bontang, ...`: an area of several regions."""
    first, last = context.sentence_tokens[figure.sentence]
    for token in context.doc[first : last + 1]:
        if token.lower_ in JOINT_AREAS and context.distance(figure, token.i, token.i) <= JOINT_FARTHEST:
            return Reason("region", "region.joint", token.text, token.idx)
    return None


def has_own_list(context: Context, figure: Placed[Figure], placed: Placed[Region]) -> bool:
    """Whether the list is of figures as much as of regions, so that its last region is the figure's own."""
    return any(placed.last < other.first < figure.first for other in context.figures)


def place_from_before(
    context: Context, figure: Placed[Figure], previous: tuple[Placed[Figure], Place] | None, main: Region | None
) -> Place | None:
    """The region of an earlier sentence of the paragraph; a new paragraph without a name is about the article's."""
    paragraph = context.sentences[figure.sentence].paragraph
    same_paragraph = previous is not None and context.sentences[previous[0].sentence].paragraph == paragraph
    since = previous[0].last if previous is not None and same_paragraph else -1
    named = [
        placed
        for placed in context.regions
        if since < placed.first < figure.first
        and placed.sentence != figure.sentence
        and context.sentences[placed.sentence].paragraph == paragraph
        and placed.mention.value is not None
        and placed.mention.value.code != NATION
        and names_a_subject(context, placed)
        and not any(person.first <= placed.first <= person.last for person in context.speakers)
    ]
    if named:
        placed = named[-1]
        return Place(
            placed.mention.value, Reason("region", "region.sentence_before", placed.mention.raw, placed.mention.start)
        )
    if previous is not None and (same_paragraph or is_list_line(context, figure)):
        return Place(previous[1].region, Reason("region", "region.carried"))
    return Place(main, Reason("region", "region.article")) if main is not None else None


def is_list_line(context: Context, figure: Placed[Figure]) -> bool:
    """Whether the figure stands in a line of a list: `PBI JK: 332.239 jiwa`."""
    return context.sentences[figure.sentence].kind is LineKind.HEADING


def is_stage(context: Context, placed: Placed[Region]) -> bool:
    """Whether a name only tells where something was said or written: a dateline, or `di Jakarta, Selasa (27/1)`."""
    doc = context.doc
    after = [token.text for token in doc[placed.last + 1 : placed.last + 4] if not token.is_space]
    before = [token.lower_ for token in doc[max(0, placed.first - 2) : placed.first] if not token.is_space]
    at_start = placed.first - context.sentence_tokens[placed.sentence][0] <= 6
    if after and at_start and (after[0] in {"-", "–", "—"} or (after[0] == "(" and placed.mention.raw.isupper())):
        return True
    dated = any(0 < date.first - placed.last <= 2 for date in context.dates)
    return dated and bool(before) and before[-1] in {"di", ",", "kota"}


def is_apposition(context: Context, placed: Placed[Region]) -> bool:
    """`Kabupaten Garut, Jawa Barat,`: the province only says where the region before it lies."""
    region = placed.mention.value
    if region is None:
        return False
    before = [other for other in context.regions if 0 < placed.first - other.last <= 2 and other is not placed]
    return any(
        other.mention.value is not None
        and other.mention.value.code != region.code
        and other.mention.value.province == region.code
        and context.words(other.last + 1, placed.first - 1) in ([","], ["("])
        for other in before
    )


def is_indirect(context: Context, placed: Placed[Region]) -> bool:
    """`orang asli Papua`, `ibu kota Provinsi Kepri tersebut`: the figure is about something else."""
    words = context.words(placed.first - 2, placed.first - 1)
    return bool(words) and (words[-1] in INDIRECT or words == ["ibu", "kota"])


def main_region(context: Context) -> Region | None:
    """The region that the article is about: named most often, the headline counting double; a stage only if alone."""
    title = (context.article.title or "").lower()
    for only_subjects in (True, False):
        tally: Counter[str] = Counter()
        regions: dict[str, Region] = {}
        for placed in context.regions:
            region = placed.mention.value
            if region is None or region.code == NATION or (only_subjects and not names_a_subject(context, placed)):
                continue
            regions[region.code] = region
            heading = context.sentences[placed.sentence].kind is LineKind.HEADING
            tally[region.code] += 2 if heading or placed.mention.raw.lower() in title else 1
        if tally:
            return regions[max(tally, key=lambda code: tally[code])]
        nation = next(
            (p.mention.value for p in context.regions if p.mention.value and p.mention.value.code == NATION), None
        )
        if only_subjects and nation is not None:
            return nation
    return None
