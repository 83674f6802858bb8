"""What the words after a number say that it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from extract.figures.lexicon import load_figure_lexicon
from extract.figures.scan import NumberSpan

LEXICON = load_figure_lexicon()

NEXT_WORDS = re.compile(r"[ \u00a0-]?\n?[ ]?([^\W\d_]+)(?:[ \u00a0/-]([^\W\d_]+))?")
# "1.200 orang per bulan" are visits; "1.200 orang per Maret 2025" are not.
EACH_TIME = re.compile(
    r"\s?(?:(?:per|/|setiap|tiap|dalam)\s?(?:se)?|se)(?:hari|pekan|minggu|bulan)(?![^\W_]|\s(?:ini|lalu|terakhir|\d|[A-Z]))"
)
WORD_BEFORE_MONEY = re.compile(
    r"\b(?P<both>(?:[^\W\d_]+\s)?(?P<last>[^\W\d_]+))(?:\s(?:sebesar|senilai|hingga|sampai))?\s(?:Rp|IDR)\.?\s?$",
    re.IGNORECASE,
)
# Digits in groups of three, however marked: a form that years and labels do not take.
GROUPED = re.compile(r"[1-9lI]\d{0,2}(?: ?[.,] ?[\dOolI]{3}| \d{3})+")


class Noun(Enum):
    """What the word after a number says that it counts."""

    PEOPLE = auto()
    SEGMENT = auto()
    OTHER = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class NounAfter:
    kind: Noun
    end: int
    adjacent: bool = True


def noun_after(text: str, position: int) -> NounAfter:
    """What follows a number at `position`: people, a membership segment, something else, or no telling noun."""
    adjacent = True
    end = position
    for _ in range(3):
        match = NEXT_WORDS.match(text, end)
        if match is None:
            break
        first, second = stem(match[1]), (match[2] or "").lower()
        pair = f"{first} {stem(second)}"
        if pair in LEXICON.not_people_phrases:
            return NounAfter(Noun.OTHER, match.end())
        if pair in LEXICON.people_phrases:
            return NounAfter(Noun.PEOPLE, match.end(), adjacent)
        if first in LEXICON.people_nouns:
            return NounAfter(Noun.PEOPLE, match.end(1), adjacent)
        if first in LEXICON.segments and (first != "bukan" or second == "pekerja"):
            return NounAfter(Noun.SEGMENT, match.end(1))
        if first in LEXICON.not_people_nouns:
            return NounAfter(Noun.OTHER, match.end(1))
        if first not in LEXICON.before_noun:
            break
        # "1,6 juta lebih penduduk": the hedge parts the noun from the figure.
        adjacent = adjacent and first not in {"lebih", "lagi"}
        end = match.end(1)
    return NounAfter(Noun.NONE, position)


def stem(word: str) -> str:
    """The word in lower case, without "-nya"."""
    lowered = word.lower()
    return lowered[:-3] if lowered.endswith("nya") and len(lowered) > 5 else lowered


def has_stray_currency(text: str, number: NumberSpan) -> bool:
    """Whether the sign of money before a number is a slip, because people follow: "Rp56.560 orang".

    Money is not counted in people; but "Rp25.000 orang per bulan" is a contribution, "Rp500 ribu warga" may be help.
    "Rp336 ribu jiwa" are people, but "bantuan Rp500.000 warga miskin" is money.
    """
    before = WORD_BEFORE_MONEY.search(text, max(0, number.start - 30), number.start)
    # "penerima bantuan iuran Rp56.560 orang": whose contribution is paid are people
    if before and stem(before["last"]) in LEXICON.money_words and before["both"].lower() not in LEXICON.people_cues:
        return False
    printed = text[number.start : number.digits_end]
    grouped = GROUPED.fullmatch(printed) is not None
    noun = noun_after(text, number.end)
    if noun.kind is not Noun.PEOPLE or EACH_TIME.match(text, noun.end):
        return False
    if number.scaled and not grouped:
        return text.endswith("jiwa", number.end, noun.end)
    return grouped or sum(sign.isdigit() for sign in printed) > 3
