"""Which region a figure is about: the nearest name that is no dateline, office address or branch town."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from extract.context import Context, Placed
from extract.models import Figure, Modality, Reason, Region
from extract.qualifiers.nearest import RIGHTWARD
from extract.sentences import LineKind

STAGE = 8.0
"""Where something was said says little about what: `kata Hera di Palangka Raya, Selasa`."""
OFFICE = 3.0
"""An official's region mostly is the figure's, unless another name stands nearer."""
EARLIER = 6.0
"""What the sentence before was about outweighs a name that it merely mentions."""
NATION = "0"


@dataclass(frozen=True, slots=True)
class Place:
    """The region of a figure, None for an area of several, and why."""

    region: Region | None
    reason: Reason


def find_place(
    context: Context,
    figure: Placed[Figure],
    modality: Modality,
    previous: tuple[Placed[Figure], Place] | None,
    main: Region | None,
) -> Place | None:
    """The region a figure is about; None where the article names none at all."""
    following = next((other.first for other in context.figures if other.first > figure.last), len(context.doc))
    best: tuple[float, Placed[Region], str] | None = None
    for placed in context.regions:
        if placed.sentence != figure.sentence or placed.mention.branch or placed.mention.value is None:
            continue
        left = context.is_left(figure, placed.last)
        if not left and placed.first > following:
            continue
        cost = context.distance(figure, placed.first, placed.last) + (0.0 if left else RIGHTWARD)
        rule = "region.before" if left else "region.behind"
        if is_stage(context, placed):
            cost += STAGE
        if any(person.first <= placed.first <= person.last for person in context.speakers):
            cost += OFFICE
        if best is None or cost < best[0]:
            best = cost, placed, rule
    if best is not None and best[0] <= STAGE + 22:
        cost, placed, rule = best
        reason = Reason("region", rule, placed.mention.raw, placed.mention.start, round(cost))
        if not (is_stage(context, placed) and previous is not None and cost > STAGE):
            return Place(placed.mention.value, reason)
    return place_from_before(context, figure, previous, main)


def place_from_before(
    context: Context, figure: Placed[Figure], previous: tuple[Placed[Figure], Place] | None, main: Region | None
) -> Place | None:
    """The region of an earlier sentence: the last figure's, unless another was named since; else the article's."""
    since = previous[0].last if previous is not None else -1
    named = [
        placed
        for placed in context.regions
        if since < placed.first < figure.first
        and not placed.mention.branch
        and placed.mention.value is not None
        and placed.mention.value.code != NATION
        and not is_stage(context, placed)
        and context.is_body(placed)
        and figure.sentence - placed.sentence <= 2
        and not any(person.first <= placed.first <= person.last for person in context.speakers)
    ]
    if named:
        placed = named[-1]
        return Place(
            placed.mention.value, Reason("region", "region.sentence_before", placed.mention.raw, placed.mention.start)
        )
    if (
        previous is not None
        and previous[1].region is not None
        and previous[1].region.code != NATION
        and figure.sentence - previous[0].sentence <= 3
    ):
        return Place(previous[1].region, Reason("region", "region.carried"))
    return Place(main, Reason("region", "region.article")) if main is not None else None


def is_stage(context: Context, placed: Placed[Region]) -> bool:
    """Whether a name only tells where something was said or written: a dateline, or `di Jakarta, Selasa (27/1)`."""
    doc = context.doc
    after = [token.text for token in doc[placed.last + 1 : placed.last + 4] if not token.is_space]
    before = [token.lower_ for token in doc[max(0, placed.first - 2) : placed.first]]
    if (
        after
        and after[0] in {"-", "–", "—", "("}
        and placed.first - context.sentence_tokens[placed.sentence][0] <= 6
        and (after[0] != "(" or placed.mention.raw.isupper())
    ):
        return True
    dated = any(0 < date.first - placed.last <= 2 for date in context.dates)
    return dated and bool(before) and before[-1] in {"di", ",", "kota"}


def main_region(context: Context) -> Region | None:
    """The region that the article is about: named most often, the headline counting double."""
    title = (context.article.title or "").lower()
    tally: Counter[str] = Counter()
    regions: dict[str, Region] = {}
    for placed in context.regions:
        region = placed.mention.value
        if region is None or region.code == NATION:
            continue
        regions[region.code] = region
        weight = 1.0 if placed.mention.branch else 2.0
        tally[region.code] += int(weight)
        if placed.mention.raw.lower() in title or context.sentences[placed.sentence].kind is LineKind.HEADING:
            tally[region.code] += 2
    if not tally:
        return None
    return regions[max(tally, key=lambda code: tally[code])]
