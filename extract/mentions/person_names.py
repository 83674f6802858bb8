"""Names of people as newspapers print them: where one begins and ends, with titles, initials and degrees around it."""

from __future__ import annotations

from extract.mentions import Words
from extract.mentions.speaker_lexicon import SpeakerLexicon

LONGEST_NAME = 6
LONGEST_NAME_WITH_NYA = 6
"""Sonya and Vanya are names; longer words with that suffix (Sayangnya, Pihaknya, Rinciannya) are none."""
LONGEST_DEGREE = 6


def match_office(words: Words, position: int, lexicon: SpeakerLexicon) -> int | None:
    """Last token of the longest office that begins here, an acting holder's too (`Plt Kepala Dinkes`), or None."""
    if position < len(words) and words.lower[position] in lexicon.acting:
        behind = position + 1 + (words.texts[position + 1 : position + 2] == (".",))
        if (end := longest_office(words, behind, lexicon)) is not None:
            return end
    return longest_office(words, position, lexicon)


def longest_office(words: Words, position: int, lexicon: SpeakerLexicon) -> int | None:
    """Last token of the longest office that begins here, or None; nothing begins behind the text."""
    if position >= len(words) or words.lower[position] not in lexicon.office_starts:
        return None
    for length in range(min(lexicon.longest_office, len(words) - position), 0, -1):
        if words.lower[position : position + length] in lexicon.offices:
            return position + length - 1
    return None


def is_acronym(word: str) -> bool:
    """RPJMN, DTSEN, PMK: no name, and in an office a part of it."""
    return len(word) > 2 and word.isalpha() and word.isupper()


def read_name_after(
    words: Words, position: int, lexicon: SpeakerLexicon, places: frozenset[int]
) -> tuple[int, int] | None:
    """Tokens of the name that begins at or just behind `position` (a comma and titles may stand before it)."""
    if position < len(words) and words.texts[position] == ",":
        position += 1
    position = skip_titles(words, skip_blank(words, position), lexicon)
    return read_name(words, position, lexicon, places)


def skip_blank(words: Words, position: int) -> int:
    """Past a second blank between two words."""
    return position + (position < len(words) and words.texts[position].isspace() and "\n" not in words.texts[position])


def skip_titles(words: Words, position: int, lexicon: SpeakerLexicon) -> int:
    while position < len(words) and words.lower[position] in lexicon.titles and words.texts[position] != "M":
        dotted = position + 1 < len(words) and words.texts[position + 1] == "."
        if not dotted and len(words.texts[position]) < 2:
            break
        position = skip_blank(words, position + (2 if dotted else 1))
    return position


def read_name(words: Words, position: int, lexicon: SpeakerLexicon, places: frozenset[int]) -> tuple[int, int] | None:
    first = last = position
    count = 0
    while position < len(words) and count < LONGEST_NAME:
        if count and words.lower[position] in lexicon.name_particles and position + 1 < len(words):
            position += 1  # Maria da Silva
        if not is_name_token(words, position, lexicon, places if count == 0 else frozenset()):
            break
        if count and is_degree(words.texts[position], lexicon):
            break
        last = position
        count += 1
        position += 1
        if (
            position < len(words)
            and words.texts[position] == "."
            and is_abbreviated(words.lower[position - 1], lexicon)
        ):
            last = position
            position += 1
        elif position + 1 < len(words) and words.texts[position] == "-" and words.texts[position + 1][0].isupper():
            position += 1
    if count == 0 or (count == 1 and len(words.texts[first]) < 3):
        return None
    return first, last


def is_degree(text: str, lexicon: SpeakerLexicon) -> bool:
    """MM, M.Kes, SKep: a degree has a capital behind its first letter, a name has none."""
    return not text[1:].islower() and text.replace(".", "").lower() in lexicon.degrees


def is_abbreviated(word: str, lexicon: SpeakerLexicon) -> bool:
    """Whether a full stop behind this part of a name belongs to it: M., Moh., Abd."""
    return len(word) <= 2 or word in lexicon.name_abbreviations


def read_name_before(
    words: Words, position: int, lexicon: SpeakerLexicon, places: frozenset[int]
) -> tuple[int, int] | None:
    """Tokens of the name that ends at `position`, degrees behind it left out."""
    last = skip_degrees(words, position, lexicon)
    position = last
    first = position + 1
    while first > 0 and last - first + 1 < LONGEST_NAME:
        initial = (
            words.texts[first - 1] == "."
            and first > 1
            and is_abbreviated(words.lower[first - 2], lexicon)
            and words.texts[first - 2][0].isupper()
        )
        if not (initial or is_name_token(words, first - 1, lexicon, places)):
            break
        first -= 1
    while first <= last and words.texts[first] == ".":
        first += 1
    first = skip_titles(words, first, lexicon)
    return (first, last) if first <= last and len(words.texts[last]) >= 3 else None


def skip_degrees(words: Words, last: int, lexicon: SpeakerLexicon) -> int:
    """The last token before the degrees that end at `last`: Siti Aminah, S.K.M., M.Kes."""
    texts = words.texts
    while "," in (window := texts[max(last - LONGEST_DEGREE, 0) : last + 1]):
        behind_comma = window[len(window) - window[::-1].index(",") :]
        if "".join(behind_comma).replace(".", "").strip().lower() not in lexicon.degrees:
            break
        last -= len(behind_comma) + 1
    return last


def is_name_token(words: Words, position: int, lexicon: SpeakerLexicon, places: frozenset[int]) -> bool:
    text, word = words.texts[position], words.lower[position]
    return (
        text[0].isupper()
        and text[0].isalpha()
        and not is_acronym(text)
        and position not in places
        and (word not in lexicon.not_names or is_inner_name(words, position, lexicon))
        and word not in lexicon.speech_verbs
        and not (word.endswith("nya") and len(word) > LONGEST_NAME_WITH_NYA)
        and match_office(words, position, lexicon) is None
    )


def is_inner_name(words: Words, position: int, lexicon: SpeakerLexicon) -> bool:
    """Whether a word that opens sentences stands inside of one, in capitals: Gubernur Lalu Muhamad Iqbal."""
    before = words.texts[position - 1] if position else ""
    return words.lower[position] in lexicon.inner_names and (before.isalpha() or before == ",")
