"""What a figure is about whose own sentence names no region: what its passage is about."""

from __future__ import annotations

from dataclasses import dataclass

from extract.context import Context, Placed
from extract.models import Figure, Reason, Region
from extract.qualifiers.subjects import subjects_of_text
from extract.sentences import LineKind


@dataclass(frozen=True, slots=True)
class Place:
    """The region of a figure, None for an area of several, and why."""

    region: Region | None
    reason: Reason


def place_from_before(
    context: Context, figure: Placed[Figure], previous: tuple[Placed[Figure], Place] | None, main: Region | None
) -> Place | None:
    """The region of an earlier sentence of the paragraph; a new paragraph without a name is about the article's."""
    paragraph = context.sentences[figure.sentence].paragraph
    same_paragraph = previous is not None and context.sentences[previous[0].sentence].paragraph == paragraph
    since = previous[0].last if previous is not None and same_paragraph else -1
    named = subjects_of_text(context).before(context.sentence_tokens[figure.sentence][0])
    if named is not None and named.first > since and context.sentences[named.sentence].paragraph == paragraph:
        reason = Reason("region", "region.sentence_before", named.mention.raw, named.mention.start)
        return Place(named.mention.value, reason)
    if previous is not None and (same_paragraph or is_list_line(context, figure)):
        return Place(previous[1].region, Reason("region", "region.carried"))
    return Place(main, Reason("region", "region.article")) if main is not None else None


def is_list_line(context: Context, figure: Placed[Figure]) -> bool:
    """Whether the figure stands in a line of a list: `PBI JK: 332.239 jiwa`."""
    return context.sentences[figure.sentence].kind is LineKind.HEADING
