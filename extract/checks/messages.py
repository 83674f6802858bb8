"""What the checks say, with its place in the claims."""

from __future__ import annotations

from extract.models import Check, Verdict
from extract.wording import Language, load_sentences


def word_check(
    name: str,
    verdict: Verdict,
    claims: tuple[int, ...],
    language: Language,
    sentence: str | None = None,
    expected: str | None = None,
    got: str | None = None,
    **fill: str | int,
) -> Check:
    """A check with its message: the sentence of its verdict, or the one named, filled in."""
    message: str = load_sentences(language)[name][sentence or verdict.value].format(**fill)
    return Check(name, verdict, claims, expected, got, message[:1].upper() + message[1:])
