"""How a figure is hedged: a cue right before it (`sekitar 55 ribu`) or behind it (`2,1 juta lebih`, `805 ribuan`)."""

from __future__ import annotations

import re

from extract.context import Context, Placed
from extract.models import Approx, Figure, Reason
from extract.wordlists import word_list

FILLERS = word_list("hedge_fillers")
POSTPOSED = word_list("postposed_hedges")
SUFFIXED = re.compile(r"\d\s?-?\s?an\b|(?:ribu|juta)\s?-?\s?an\b|\bkoma\ssekian\b", re.IGNORECASE)
FARTHEST = 3.0


def find_approximation(context: Context, figure: Placed[Figure]) -> tuple[Approx, Reason | None]:
    """The hedge of a figure with the cue that says so; EXACT where there is none."""
    if SUFFIXED.search(figure.mention.raw):
        return Approx.ABOUT, Reason("approx", "approx.suffix", figure.mention.raw, figure.mention.start, 0)
    best: tuple[float, Approx, Reason] | None = None
    for cue in context.cues_near("approx", figure):
        if cue.last < figure.first:
            distance = context.distance(figure, cue.first, cue.last)
            if distance > FARTHEST or cue.text.lower() == "lebih":
                continue
            if not FILLERS.issuperset(context.words(cue.last + 1, figure.first - 1)):
                continue
        elif cue.first > figure.last and cue.text.lower() in POSTPOSED:
            if context.distance(figure, cue.first, cue.last) > FARTHEST:
                continue
            if context.words(figure.last + 1, cue.first - 1):
                continue
            distance = 0.5
        else:
            continue
        if distance <= FARTHEST and (best is None or distance < best[0]):
            start = context.starts[cue.first]
            best = distance, Approx(cue.rule.value), Reason("approx", cue.rule.id, cue.text, start, round(distance))
    if best is not None:
        return best[1], best[2]
    return Approx.EXACT, None
