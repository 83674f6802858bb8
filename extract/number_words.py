"""Indonesian number words to numbers: "seratus dua puluh enam ribu" is 126000, "sembilan koma dua" is 9.2."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.figure_lexicon import alternation, load_figure_lexicon

LEXICON = load_figure_lexicon()

ONE_OF = "se"  # sepuluh, sebelas, seratus, seribu, sejuta
PLACES = {**LEXICON.places, LEXICON.teen: 0, **LEXICON.scales}
TOKEN = re.compile(
    rf"(?P<digit>{alternation(LEXICON.digits)})|(?P<half>{LEXICON.half})|(?P<comma>{LEXICON.comma})"
    rf"|(?P<one>{ONE_OF})?(?P<place>{alternation(PLACES)})"
)
# A spoken number opens with a digit word, "setengah" or a "se-" word: "ratusan ribu orang" names no number.
_START = f"{alternation(LEXICON.digits)}|{LEXICON.half}|{ONE_OF}{alternation(PLACES)}"
_NEXT = f"{alternation(LEXICON.digits)}|{LEXICON.half}|{LEXICON.comma}|(?:{ONE_OF})?{alternation(PLACES)}"
# To be run over lower-case text. Words of one number may be written together: "duabelas".
SPOKEN = re.compile(rf"(?<![\w-])(?=[dehlnst])(?:{_START})(?:[ \u00a0\n-]?(?:{_NEXT}))*(?![\w-])")


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """A number said in words. `scale` is its last scale word (1 without one), `precision` the place last spoken."""

    value: float
    precision: float
    scale: int


def parse_number_words(text: str) -> SpokenNumber | None:
    """The number that `text` says in words; None where the words do not make one ("dua tiga", "ribu juta")."""
    total = 0.0
    group = 0.0  # what is below the next scale word: "seratus dua puluh enam" of 126 ribu
    digit: int | None = None
    decimals: list[int] | None = None
    last_scale = 1
    precision_of_scale = 1.0
    halved = False
    limit = float("inf")  # scale words come in falling order
    place_limit = float("inf")  # and so do ratus and puluh within a group
    position = 0
    lowered = text.lower().strip()
    while position < len(lowered):
        match = TOKEN.match(lowered, position)
        if match is None:
            return None
        position = match.end()
        while position < len(lowered) and not lowered[position].isalpha():
            position += 1
        last_scale = 1
        if match["digit"]:
            value = LEXICON.digits[match["digit"]]
            if decimals is not None:
                decimals.append(value)
            elif digit is not None or group % 10:
                return None
            else:
                digit = value
        elif match["half"]:
            group, digit, halved = group + (digit or 0) + 0.5, None, True
        elif match["comma"]:
            if decimals is not None:
                return None
            group, digit, decimals = group + (digit or 0), None, []
        else:
            if match["one"]:
                if digit is not None:
                    return None
                digit = 1
            place = match["place"]
            if place in LEXICON.scales:
                scale = LEXICON.scales[place]
                group += digit or 0
                if decimals:
                    group += _fraction(decimals)
                if scale >= limit or not group:
                    return None
                total, group, digit = total + group * scale, 0.0, None
                limit, place_limit, last_scale = scale, float("inf"), scale
                precision_of_scale = scale / 2 if halved else scale / 10 ** len(decimals or ())
                decimals, halved = None, False
            elif decimals is not None:
                # "koma dua puluh sembilan" says the decimals 29 as a number.
                if place != "puluh" or len(decimals) != 1:
                    return None
                position = _two_decimals(lowered, position, decimals)
            elif digit is None:
                return None
            elif place == LEXICON.teen:
                group, digit, place_limit = group + 10 + digit, None, 1
            else:
                size = LEXICON.places[place]
                if size >= place_limit:
                    return None
                group, digit, place_limit = group + digit * size, None, size
    value_read = total + group + (digit or 0) + _fraction(decimals or [])
    if last_scale > 1:
        return SpokenNumber(value_read, precision_of_scale, last_scale)
    return SpokenNumber(value_read, 0.1 ** len(decimals or ()), 1)


def _fraction(decimals: list[int]) -> float:
    return float("0." + "".join(map(str, decimals))) if decimals else 0.0


def _two_decimals(text: str, position: int, decimals: list[int]) -> int:
    """Read the ones after "puluh" in the decimals; returns where reading goes on."""
    match = TOKEN.match(text, position)
    if match is None or not match["digit"]:
        decimals.append(0)
        return position
    decimals.append(LEXICON.digits[match["digit"]])
    end = match.end()
    while end < len(text) and not text[end].isalpha():
        end += 1
    return end
