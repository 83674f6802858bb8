"""People whom an article quotes: office and name, name alone beside a verb of speaking, or the office alone.

Newspapers alternate between an official's full name, one part of it, a nickname and the office; `find_speakers` gives
every one of these the same `Speaker`, with the name as first given in full.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from extract.mentions import Words, text_of, words_of
from extract.mentions.people import Found, drop_strangers, link_people
from extract.mentions.person_names import (
    is_acronym,
    match_office,
    read_name,
    read_name_after,
    read_name_before,
    skip_blank,
    skip_titles,
)
from extract.mentions.speaker_lexicon import QUOTATION_MARKS, SpeakerLexicon, load_speaker_lexicon
from extract.models import Mention, MentionKind, Region, Speaker

# Between the words of an office, and behind it.
JOINTS = frozenset({"/", "-", "&", "dan", "se"})
POINTERS = frozenset({"tersebut", "setempat", "itu"})
BRANCHES = frozenset({"cabang", "wilayah", "kc", "kcu"})

ENDS_OF_SENTENCE = frozenset({"?", "!", ".", "…", "...", ":", ";"}) | QUOTATION_MARKS
ENDS_OF_SPEECH = frozenset({",", "?", "!", ".", "…", "..."})

LONGEST_DESCRIPTION = 16


def find_speakers(doc: Doc, regions: Sequence[Mention[Region]]) -> tuple[Mention[Speaker], ...]:
    """Every reference to a person who is quoted or holds an office; value None where an office has no known holder."""
    lexicon = load_speaker_lexicon()
    words = words_of(doc)
    places = region_tokens(words, regions)
    found = sorted(iter_references(words, lexicon, places), key=lambda ref: (ref.first, -(ref.last - ref.first)))
    kept: list[Found] = []
    for reference in found:
        if not kept or reference.first > kept[-1].last:
            kept.append(reference)
    kept = drop_strangers(kept)
    people = link_people(kept)
    mentions = []
    text = text_of(doc)
    for reference, person in zip(kept, people, strict=True):
        start, end = words.starts[reference.first], words.end(reference.last)
        mentions.append(Mention(MentionKind.SPEAKER, start, end, text[start:end], person, reference.rule))
    return tuple(mentions)


def region_tokens(words: Words, regions: Sequence[Mention[Region]]) -> frozenset[int]:
    """Positions of the tokens that belong to a region's name."""
    starts = words.starts
    places: set[int] = set()
    for mention in regions:
        first = bisect_left(starts, mention.start)
        if first < len(starts) and starts[first] == mention.start:
            places.update(range(first, bisect_left(starts, mention.end, first)))
    return frozenset(places)


def iter_references(words: Words, lexicon: SpeakerLexicon, places: frozenset[int]) -> Iterator[Found]:
    position = 0
    openers = lexicon.openers
    while position < len(words):
        word = words.lower[position]
        if word not in openers:
            position += 1
            continue
        office_end = match_office(words, position, lexicon)
        if office_end is not None:
            reference = read_office(words, position, office_end, lexicon, places)
            yield reference
            position = max(reference.last, office_end) + 1
            continue
        verb = word_of_speaking(words, position, lexicon)
        if verb is not None:
            yield from names_beside_verb(words, verb, lexicon, places)
        position += 1


def read_office(words: Words, first: int, last: int, lexicon: SpeakerLexicon, places: frozenset[int]) -> Found:
    """The office that begins at `first`, with its holder's name behind it or before it."""
    end = extend_office(words, last, lexicon, places)
    name = read_name_after(words, end + 1, lexicon, places)
    while name is not None and (behind := part_of_office(words, name, lexicon, places)) is not None:
        end, name = behind
    office = words.span(first, end).rstrip(",( ")
    if name is not None:
        return Found(first, name[1], words.span(name[0], name[1]), office, "speaker.office_name")
    before = (
        read_name_before(words, first - 2, lexicon, places) if first > 1 and words.texts[first - 1] == "," else None
    )
    if before is not None:
        return Found(before[0], end, words.span(before[0], before[1]), office, "speaker.name_office")
    return Found(first, end, None, office, "speaker.office")


def extend_office(words: Words, last: int, lexicon: SpeakerLexicon, places: frozenset[int]) -> int:
    """Walk over the words that belong to the office: `Kepala Bidang` Kepesertaan BPJS Kesehatan Cabang Batam."""

    head = last
    in_lower_case = words.texts[last][0].islower()

    def begins_balinese(position: int) -> bool:
        return position < len(words) and words.lower[position] in lexicon.balinese_names

    def belongs(position: int) -> bool:
        if position >= len(words):
            return False
        word = words.lower[position]
        # Kepala Bidang Kepesertaan, Menteri Koordinator PMK; but not `kata Bupati kepesertaan ...`
        named = word in lexicon.office_words and (
            in_lower_case or words.texts[position][0].isupper() or word in lexicon.plain_office_words
        )
        # Gubernur Bali I Wayan Koster
        named = named and not (word == "i" and begins_balinese(position + 1))
        return position in places or named or is_acronym(words.texts[position]) or is_of_code(words, position)

    def names_branch(position: int) -> bool:
        """BPJS Kesehatan Cabang Sungailiat Hera Wulandari: behind `cabang` stands where it is, then the name."""
        return (
            position - 1 > head
            and words.lower[position - 1] in BRANCHES
            and words.texts[position][0].isupper()
            and position + 1 < len(words)
            and (words.texts[position + 1][0].isupper() or words.texts[position + 1] == ",")
            and words.lower[position] not in lexicon.titles
            and not (words.lower[position] == "i" and begins_balinese(position + 1))
        )

    def goes_on_behind_comma(position: int) -> bool:
        """Sulawesi Utara, Sulawesi Tengah; SDM, Umum, dan Komunikasi Publik; but not `Bupati, BPJS Kesehatan ...`."""
        joined = position + 1 < len(words) and words.texts[position] == "dan"
        if joined or (position in places and position - 2 in places):
            return belongs(position + joined)
        end = position
        while belongs(end) and words.texts[end][0].isupper() and words.lower[end] not in lexicon.institutions:
            end += 1
        return end > position and end < len(words) and words.texts[end] in {",", "dan", "&"}

    position = last + 1
    while position < len(words):
        word = words.lower[position]
        behind = position + 1 + (position + 1 < len(words) and words.lower[position + 1].isspace())
        if word == "(":
            close = next((i for i in range(position, min(position + 12, len(words))) if words.texts[i] == ")"), None)
            if close is None:
                break
            last, position = close, close + 1
        elif belongs(position) or word in POINTERS or names_branch(position):
            last, position = position, position + 1
        elif (
            word.isspace()
            or (words.texts[position] in JOINTS and belongs(behind))
            or (word == "," and goes_on_behind_comma(behind))
        ):
            # Wilayah Sulawesi Utara, Sulawesi Tengah, Gorontalo dan Maluku Utara
            position += 1
        else:
            break
    while words.lower[last] == "dan":
        last -= 1
    return last


def is_of_code(words: Words, position: int) -> bool:
    """Whether a letter or a digit is part of what is written in one with others, or numbers: Kabid P2P, Komisi D."""
    text, start, end = words.text, words.starts[position], words.end(position)
    if words.texts[position].isdigit():
        return text[start - 1].isupper()
    around = text[start - 1 : start] + text[end : end + 1]
    lettered = len(words.texts[position]) == 1 and words.lower[position - 1] == "komisi"
    return words.texts[position].isupper() and (lettered or any(map(str.isdigit, around)))


def part_of_office(
    words: Words, name: tuple[int, int], lexicon: SpeakerLexicon, places: frozenset[int]
) -> tuple[int, tuple[int, int] | None] | None:
    """Where what looks like a name still names the office: its new end, and the name behind it.

    `Deputi Direksi Wilayah BPJS Kesehatan Kaltimtengseltra, Prio Hadi Susatyo`; `Kabid Kefarmasian dan SDMK ...`.
    """
    last = name[1]
    following = words.texts[last + 1] if last + 1 < len(words) else ""
    if following in POINTERS:
        # Kabid Yankes setempat, Hera
        return last + 1, read_name_after(words, last + 2, lexicon, places)
    if following in {"dan", "&"} and match_office(words, last + 2, lexicon) is None:
        end = extend_office(words, last + 1, lexicon, places)
        return end, read_name_after(words, end + 1, lexicon, places)
    if following == ",":
        behind = read_name(words, skip_titles(words, last + 2, lexicon), lexicon, places)
        # Degrees are no name: K. Hindro Kusumo, M.Si.
        if behind is not None and any(
            len(word) > 3 and word not in lexicon.degrees for word in words.lower[behind[0] : behind[1] + 1]
        ):
            return last, behind
    return None


def word_of_speaking(words: Words, position: int, lexicon: SpeakerLexicon) -> int | None:
    """The word beside which a person stands: the one at `position`, or that behind the quotation which ends there."""
    word = words.lower[position]
    if word in QUOTATION_MARKS:
        return verb_behind_quotation(words, position, lexicon)
    if word in lexicon.source_nouns and words.lower[position - 1] not in lexicon.source_openers:
        return None
    return position


def verb_behind_quotation(words: Words, mark: int, lexicon: SpeakerLexicon) -> int | None:
    """The word right behind a quotation that ends with the quotation mark at `mark`, where it can be a verb.

    Whatever verb stands there is one of speaking: `…,” tutup Hera`, `…?” sindirnya`, `…”, kelakar Hera`.
    """
    texts, starts = words.texts, words.starts
    if mark + 2 >= len(texts):
        return None
    if texts[mark + 1] == "," and starts[mark + 1] == starts[mark] + 1:
        verb = mark + 2
    elif mark and texts[mark - 1] in ENDS_OF_SPEECH and words.end(mark - 1) == starts[mark]:
        verb = mark + 1
    else:
        return None
    return verb if texts[verb].islower() and words.lower[verb] not in lexicon.not_names else None


def names_beside_verb(words: Words, verb: int, lexicon: SpeakerLexicon, places: frozenset[int]) -> Iterator[Found]:
    """`kata Hera`, `menurut Hera`, `disampaikan oleh Hera`; `Hera mengatakan`: a capitalised name beside the verb."""
    if words.lower[verb] in lexicon.active_verbs:
        position = verb - 1
        while position > 0 and words.lower[position] in lexicon.adverbs:
            position -= 1
        rule, before = "speaker.name_verb", read_name_before(words, position, lexicon, places)
        if before is None:
            rule, before = "speaker.described", described_before(words, position, lexicon, places)
        tentative = before is None
        if before is None:
            before = first_in_clause(words, position, lexicon, places)
        if before is not None:
            yield Found(before[0], before[1], words.span(before[0], before[1]), None, rule, tentative)
        return
    position = verb + 1
    while position < len(words) and words.lower[position] in lexicon.agent_words:
        position += 1
    position = skip_blank(words, position)
    after = read_name(words, skip_titles(words, position, lexicon), lexicon, places)
    if after is not None:
        yield Found(after[0], after[1], words.span(after[0], after[1]), None, "speaker.verb_name")


def described_before(
    words: Words, last: int, lexicon: SpeakerLexicon, places: frozenset[int]
) -> tuple[int, int] | None:
    """Tokens of a name with words up to `last` behind it that tell who that is.

    `Hera dari BPJS Kesehatan Cabang Bima mengatakan`; `Hera (34), warga Desa Kutuh, mengaku`
    """
    texts = words.texts
    closed = texts[last] == ","
    for back in range(last, max(0, last - LONGEST_DESCRIPTION), -1):
        if texts[back] in ENDS_OF_SENTENCE or "\n" in texts[back]:
            break
        joined = words.lower[back] in {"dari", "selaku"} and texts[back + 1][0].isupper()
        if joined or (closed and texts[back] in {",", "("}):
            name = read_name_before(words, back - 1, lexicon, places)
            if name is not None and (joined or opens_clause(words, name[0], lexicon)):
                return name
    return None


def first_in_clause(words: Words, last: int, lexicon: SpeakerLexicon, places: frozenset[int]) -> tuple[int, int] | None:
    """Tokens of the name that the sentence before `last`, or its last part, begins with: `Hera bersama jajarannya`."""
    texts = words.texts
    for token in range(last - 1, max(-2, last - LONGEST_DESCRIPTION), -1):
        ends = token < 0 or texts[token] in ENDS_OF_SENTENCE or texts[token][0] == "\n"
        if ends or texts[token] == ",":
            name = read_name(words, skip_titles(words, skip_blank(words, token + 1), lexicon), lexicon, places)
            if name is not None and name[1] < last:
                return name
        if ends:
            break
    return None


def opens_clause(words: Words, position: int, lexicon: SpeakerLexicon) -> bool:
    """Whether the name at `position`, with its titles, begins a sentence or stands behind a comma."""
    before = position - 1
    while before > 0 and words.lower[before - (words.texts[before] == ".")] in lexicon.titles:
        before -= 1 + (words.texts[before] == ".")
    return before < 0 or not words.texts[before][0].isalnum()
