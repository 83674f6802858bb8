"""Whether two texts are copies, and whom a text credits: pure functions of texts.

Texts are compared by MinHash (Broder 1997): the share of equal values in two signatures estimates the share of word
sequences that both texts have, of those that either has.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from corpus.compare.rules import CopyRule, CopyRules, Wire

if TYPE_CHECKING:
    from datasketch import MinHash

WORD = re.compile(r"\w+")
VALUE, BYTES = "<u4", 4
"""How a value of a signature is stored, and in how many bytes."""
LEAD_CHARS, TAIL_CHARS = 300, 400


def sign(text: str, rules: CopyRules) -> bytes | None:
    """The MinHash signature of a text, 32 bits a value; None for one too short to be told from others."""
    words = WORD.findall(text.casefold())
    if len(words) < max(rules.least_words, rules.shingle_words):
        return None
    width = rules.shingle_words
    shingles = {" ".join(words[at : at + width]).encode() for at in range(len(words) - width + 1)}
    sketch = _empty(rules.permutations).copy()
    sketch.update_batch(sorted(shingles))
    signature: bytes = sketch.hashvalues.astype(VALUE).tobytes()
    return signature


@cache
def _empty(permutations: int) -> MinHash:
    # Late, for it brings SciPy with it.
    from datasketch import MinHash

    # Signatures are stored, so the scheme is named outright and not left to what a later version holds best.
    return MinHash(num_perm=permutations, seed=1, scheme="affine32")


def cut_bands(signature: bytes, rules: CopyRules) -> list[int]:
    """A hash of each band of a signature: texts that share one are worth comparing."""
    size = rules.permutations // rules.bands * BYTES
    return [zlib.crc32(signature[at : at + size]) for at in range(0, len(signature), size)]


def similarity(one: bytes, other: bytes) -> float:
    """The share of equal values in two signatures, from 0 to 1."""
    # Late, as datasketch; in plain Python this took half the time of comparing.
    import numpy

    values, others = numpy.frombuffer(one, VALUE), numpy.frombuffer(other, VALUE)
    return int(numpy.count_nonzero(values == others)) / len(values)


def telling_figures(printed: Iterable[str], rules: CopyRules) -> frozenset[str]:
    """The digits of those printed figures that have enough of them to tell one story from another.

    Marks and units stay out: "98,29 persen" here is "98.29%" there.
    """
    digits = ("".join(filter(str.isdecimal, figure)).lstrip("0") for figure in printed)
    return frozenset(figure for figure in digits if len(figure.rstrip("0")) >= rules.telling_digits)


def find_copy_rule(alike: float, one: frozenset[str], other: frozenset[str], rules: CopyRules) -> CopyRule | None:
    """The first rule by which two texts of this similarity and these figures are copies."""
    shared = len(one & other)
    fewer = min(len(one), len(other))
    for rule in rules.rules:
        if alike >= rule.similarity and shared >= rule.figures and shared >= rule.share * fewer:
            return rule
    return None


def find_wire(text: str, outlet: str | None, wires: Iterable[Wire]) -> str | None:
    """The first of these that a text credits, or whose own outlet printed it."""
    small = text.casefold()
    lead, tail = small[:LEAD_CHARS], small[-TAIL_CHARS:]
    for wire in wires:
        if outlet is not None and any(outlet == own or outlet.endswith(f".{own}") for own in wire.outlets):
            return wire.name
        places = ((wire.lead, lead), (wire.tail, tail), (wire.anywhere, small))
        if any(pattern.search(part) for patterns, part in places for pattern in patterns):
            return wire.name
    return None
