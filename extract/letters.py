"""Letters as patterns that are blind to case see them."""

from __future__ import annotations

# For `re` each of these is the same letter as one of ours: what it found is looked up by ours.
LOOKALIKES = str.maketrans("İıſ\u212a", "iisk")


def folded(text: str) -> str:
    """The text in lower case, as long as it was: "semesterİ" is "semesteri", where `lower` makes two letters of İ."""
    return text.translate(LOOKALIKES).lower()
