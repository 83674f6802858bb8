"""Indonesian number words to numbers: "seratus dua puluh enam ribu" is 126000, "sembilan koma dua" is 9.2."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.figures.lexicon import alternation, load_figure_lexicon

LEXICON = load_figure_lexicon()

ONE = "se"  # of a place, written with it: sepuluh, sebelas, seratus, seribu, sejuta
_PLACES = alternation((*LEXICON.places, LEXICON.teen, *LEXICON.scales))
_DIGITS = alternation(LEXICON.digits)
# A spoken number opens with a digit word, "setengah" or a "se-" word: "ratusan ribu orang" names no number.
_START = f"{_DIGITS}|{LEXICON.half}|{ONE}{_PLACES}"
_NEXT = f"{_DIGITS}|{LEXICON.half}|{LEXICON.comma}|(?:{ONE})?{_PLACES}"
# To be run over lower-case text. Words of one number may be written together: "duabelas".
# Behind the scale word -an only hedges: "lima puluh ribuan".
SPOKEN = re.compile(rf"(?<![\w-])(?=[dehlnst])(?:{_START})(?:[ \u00a0\n-]?(?:{_NEXT}))*(?:(?<=ribu|juta)an)?(?![\w-])")

WORD = re.compile(rf"{_DIGITS}|{LEXICON.half}|{LEXICON.comma}|{ONE}(?={_PLACES})|{_PLACES}")
HEDGED = re.compile(r"(?<=ribu|juta)an\b")
# What stands before a scale word, as letters: d a digit word, o "se-", h ratus, t puluh, b belas, x setengah, c koma.
GROUP = re.compile(
    r"(?:(?P<hundreds>[do])h)?(?:(?:(?P<tens>[do])t)?(?P<ones>d)?|(?P<teens>[do])b)(?P<half>x)?(?:c(?P<decimals>dtd?|d+))?"
)
LETTERS = {"ratus": "h", "puluh": "t", LEXICON.teen: "b", LEXICON.half: "x", LEXICON.comma: "c", ONE: "o"}


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """A number said in words. `scale` is its last scale word (1 without one), `precision` the place last spoken."""

    value: float
    precision: float
    scale: int


def parse_number_words(text: str) -> SpokenNumber | None:
    """The number that `text` says in words; None where the words do not make one ("dua tiga", "ribu juta")."""
    lowered = HEDGED.sub("", text.lower())
    words = WORD.findall(lowered)
    if not words or "".join(words) != re.sub(r"[^a-z]", "", lowered):
        return None
    total, smallest, precision = 0.0, float("inf"), 1.0
    group: list[str] = []
    for word in [*words, ""]:
        scale = LEXICON.scales.get(word, 1)
        if word and scale == 1:
            group.append(word)
            continue
        if not word and not group:
            break  # the number ended with its scale word
        read = parse_group(group)
        if read is None or scale >= smallest:  # scale words come in falling order
            return None
        value, place = read
        total, smallest, precision = total + value * scale, scale, place * scale
        group = []
    return SpokenNumber(total, precision, int(smallest))


def parse_group(words: list[str]) -> tuple[float, float] | None:
    """Number words up to a scale word, and the size of the last place: seratus dua puluh enam; dua koma satu."""
    if words == [ONE]:
        return 1.0, 1.0  # seribu, sejuta
    match = GROUP.fullmatch("".join(LETTERS.get(word, "d") for word in words))
    if match is None or not words:
        return None

    def digit(part: str) -> int:
        position = match.start(part)
        return 0 if position < 0 else LEXICON.digits.get(words[position], 1)

    value: float = 100 * digit("hundreds") + 10 * digit("tens") + digit("ones") + digit("teens")
    value += 10 if match["teens"] else 0
    if match["half"]:
        return value + 0.5, 0.5
    if match["decimals"] is None:
        return value, 1.0
    decimals = "".join(str(LEXICON.digits[word]) for word in words[match.start("decimals") :] if word in LEXICON.digits)
    if match["decimals"] == "dt":
        decimals += "0"  # koma dua puluh
    return value + int(decimals) / 10 ** len(decimals), 1 / 10 ** len(decimals)
