"""People whom an article quotes: office and name, name alone beside a verb of speaking, or the office alone.

Newspapers alternate between an official's full name, one part of it, a nickname and the office; `find_speakers` gives
every one of these the same `Speaker`, with the name as first given in full.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from rapidfuzz.fuzz import ratio
from spacy.tokens import Doc, Token

from extract.mentions import text_of
from extract.models import Mention, MentionKind, Region, Speaker

FILE = "lexicon/speakers.toml"
LONGEST_NAME = 6
SAME_SPELLING = 85.0
"""Similarity in percent from which two spellings are one name: Nurdinsyah and Nurdiansyah give 95."""


@dataclass(frozen=True, slots=True)
class SpeakerLexicon:
    offices: frozenset[tuple[str, ...]]
    office_starts: frozenset[str]
    longest_office: int
    office_words: frozenset[str]
    acting: frozenset[str]
    two_word_heads: frozenset[str]
    titles: frozenset[str]
    degrees: frozenset[str]
    speech_verbs: frozenset[str]
    source_words: frozenset[str]
    agent_words: frozenset[str]
    pronouns: frozenset[str]
    clitic_verbs: frozenset[str]
    listing_verbs: frozenset[str]
    institutions: frozenset[str]
    name_abbreviations: frozenset[str]
    name_particles: frozenset[str]
    descriptions: frozenset[str]
    not_names: frozenset[str]
    reporter_openings: tuple[str, ...]
    backward_openings: tuple[str, ...]
    detail_openings: tuple[str, ...]


# Between the words of an office, and behind it.
JOINTS = frozenset({"/", "-", "&", ",", "dan", "se"})
POINTERS = frozenset({"tersebut", "setempat", "itu"})

SETS = (
    "office_words",
    "acting",
    "two_word_heads",
    "titles",
    "degrees",
    "speech_verbs",
    "source_words",
    "agent_words",
    "pronouns",
    "clitic_verbs",
    "listing_verbs",
    "institutions",
    "name_abbreviations",
    "name_particles",
    "descriptions",
    "not_names",
)


@lru_cache(maxsize=1)
def load_speaker_lexicon() -> SpeakerLexicon:
    data = tomllib.loads((files("extract") / FILE).read_text(encoding="utf-8"))
    offices = frozenset(tuple(office.split()) for office in data["offices"])
    return SpeakerLexicon(
        offices=offices,
        office_starts=frozenset(office[0] for office in offices),
        longest_office=max(map(len, offices)),
        reporter_openings=tuple(data["reporter_openings"]),
        backward_openings=tuple(data["backward_openings"]),
        detail_openings=tuple(data["detail_openings"]),
        **{name: frozenset(data[name]) for name in SETS},
    )


@dataclass(frozen=True, slots=True)
class Found:
    """One reference to a person: tokens `first`..`last` (inclusive), the name and the office as printed, if any."""

    first: int
    last: int
    name: str | None
    office: str | None
    rule: str


def find_speakers(doc: Doc, regions: Sequence[Mention[Region]]) -> tuple[Mention[Speaker], ...]:
    """Every reference to a person who is quoted or holds an office; value None where an office has no known holder."""
    lexicon = load_speaker_lexicon()
    places = region_tokens(doc, regions)
    found = sorted(iter_references(doc, lexicon, places), key=lambda ref: (ref.first, -(ref.last - ref.first)))
    kept: list[Found] = []
    for reference in found:
        if not kept or reference.first > kept[-1].last:
            kept.append(reference)
    people = link_people(kept)
    mentions = []
    text = text_of(doc)
    for reference, person in zip(kept, people, strict=True):
        start = doc[reference.first].idx
        end = doc[reference.last].idx + len(doc[reference.last])
        mentions.append(Mention(MentionKind.SPEAKER, start, end, text[start:end], person, reference.rule))
    return tuple(mentions)


def region_tokens(doc: Doc, regions: Sequence[Mention[Region]]) -> frozenset[int]:
    """Positions of the tokens that belong to a region's name."""
    starts = {token.idx: token.i for token in doc}
    return frozenset(
        position
        for mention in regions
        if mention.start in starts
        for position in range(starts[mention.start], len(doc))
        if doc[position].idx < mention.end
    )


def iter_references(doc: Doc, lexicon: SpeakerLexicon, places: frozenset[int]) -> Iterator[Found]:
    position = 0
    while position < len(doc):
        token = doc[position]
        office_end = match_office(doc, position, lexicon)
        if office_end is not None:
            reference = read_office(doc, position, office_end, lexicon, places)
            yield reference
            position = max(reference.last, office_end) + 1
            continue
        if token.lower_ in lexicon.speech_verbs or token.lower_ in lexicon.source_words:
            yield from names_beside_verb(doc, position, lexicon, places)
        position += 1


def match_office(doc: Doc, position: int, lexicon: SpeakerLexicon) -> int | None:
    """Last token of the longest office that begins here, or None."""
    if doc[position].lower_ not in lexicon.office_starts:
        return None
    for length in range(min(lexicon.longest_office, len(doc) - position), 0, -1):
        if tuple(token.lower_ for token in doc[position : position + length]) in lexicon.offices:
            return position + length - 1
    return None


def read_office(doc: Doc, first: int, last: int, lexicon: SpeakerLexicon, places: frozenset[int]) -> Found:
    """The office that begins at `first`, with its holder's name behind it or before it."""
    end = extend_office(doc, last, lexicon, places)
    name = read_name_after(doc, end + 1, lexicon, places)
    while name is not None and (behind := part_of_office(doc, name, lexicon, places)) is not None:
        end, name = behind
    office = doc[first : end + 1].text.rstrip(",( ")
    if name is not None:
        return Found(first, name[1], doc[name[0] : name[1] + 1].text, office, "speaker.office_name")
    before = read_name_before(doc, first - 2, lexicon, places) if first > 1 and doc[first - 1].text == "," else None
    if before is not None:
        return Found(before[0], end, doc[before[0] : before[1] + 1].text, office, "speaker.name_office")
    return Found(first, end, None, office, "speaker.office")


def extend_office(doc: Doc, last: int, lexicon: SpeakerLexicon, places: frozenset[int]) -> int:
    """Walk over the words that belong to the office: `Kepala Bidang` Kepesertaan BPJS Kesehatan Cabang Batam."""

    def belongs(position: int) -> bool:
        return position < len(doc) and (position in places or doc[position].lower_ in lexicon.office_words)

    position = last + 1
    while position < len(doc):
        token = doc[position]
        behind = position + 1 + (position + 1 < len(doc) and doc[position + 1].is_space)
        if token.text == "(":
            close = next((i for i in range(position, min(position + 12, len(doc))) if doc[i].text == ")"), None)
            if close is None:
                break
            last, position = close, close + 1
        elif belongs(position) or token.lower_ in POINTERS:
            last, position = position, position + 1
        elif token.is_space or (token.text in JOINTS and belongs(behind)):
            # Wilayah Sulawesi Utara, Sulawesi Tengah, Gorontalo dan Maluku Utara
            position += 1
        else:
            break
    while doc[last].lower_ == "dan":
        last -= 1
    return last


def part_of_office(
    doc: Doc, name: tuple[int, int], lexicon: SpeakerLexicon, places: frozenset[int]
) -> tuple[int, tuple[int, int] | None] | None:
    """Where what looks like a name still names the office: its new end, and the name behind it.

    `Deputi Direksi Wilayah BPJS Kesehatan Kaltimtengseltra, Prio Hadi Susatyo`; `Kabid Kefarmasian dan SDMK ...`.
    """
    last = name[1]
    following = doc[last + 1].text if last + 1 < len(doc) else ""
    if following in {"dan", "&"} and match_office(doc, last + 2, lexicon) is None:
        end = extend_office(doc, last + 1, lexicon, places)
        return end, read_name_after(doc, end + 1, lexicon, places)
    if following == ",":
        behind = read_name(doc, skip_titles(doc, last + 2, lexicon), lexicon, places)
        # Degrees are no name: K. Hindro Kusumo, M.Si.
        if behind is not None and any(
            len(token) > 3 and token.lower_ not in lexicon.degrees for token in doc[behind[0] : behind[1] + 1]
        ):
            return last, behind
    return None


def read_name_after(doc: Doc, position: int, lexicon: SpeakerLexicon, places: frozenset[int]) -> tuple[int, int] | None:
    """Tokens of the name that begins at or just behind `position` (a comma and titles may stand before it)."""
    if position < len(doc) and doc[position].text == ",":
        position += 1
    position = skip_titles(doc, position, lexicon)
    return read_name(doc, position, lexicon, places)


def skip_titles(doc: Doc, position: int, lexicon: SpeakerLexicon) -> int:
    while position < len(doc) and doc[position].lower_ in lexicon.titles and doc[position].text != "M":
        dotted = position + 1 < len(doc) and doc[position + 1].text == "."
        if not dotted and len(doc[position]) < 2:
            break
        position += 2 if dotted else 1
    return position


def read_name(doc: Doc, position: int, lexicon: SpeakerLexicon, places: frozenset[int]) -> tuple[int, int] | None:
    first = last = position
    count = 0
    while position < len(doc) and count < LONGEST_NAME:
        if count and doc[position].lower_ in lexicon.name_particles and position + 1 < len(doc):
            position += 1  # Maria da Silva
        if not is_name_token(doc, position, lexicon, places if count == 0 else frozenset()):
            break
        last = position
        count += 1
        position += 1
        if position < len(doc) and doc[position].text == "." and is_abbreviated(doc[position - 1], lexicon):
            last = position
            position += 1
        elif position + 1 < len(doc) and doc[position].text == "-" and doc[position + 1].text[0].isupper():
            position += 1
    if count == 0 or (count == 1 and len(doc[first]) < 3):
        return None
    return first, last


def is_abbreviated(token: Token, lexicon: SpeakerLexicon) -> bool:
    """Whether a full stop behind this part of a name belongs to it: M., Moh., Abd."""
    return len(token) <= 2 or token.lower_ in lexicon.name_abbreviations


def read_name_before(
    doc: Doc, position: int, lexicon: SpeakerLexicon, places: frozenset[int]
) -> tuple[int, int] | None:
    """Tokens of the name that ends at `position`."""
    last = position
    first = position + 1
    while first > 0 and last - first + 1 < LONGEST_NAME:
        token = doc[first - 1]
        initial = (
            token.text == "."
            and first > 1
            and is_abbreviated(doc[first - 2], lexicon)
            and doc[first - 2].text[0].isupper()
        )
        if not (initial or is_name_token(doc, first - 1, lexicon, places)):
            break
        first -= 1
    while first <= last and doc[first].text == ".":
        first += 1
    first = skip_titles(doc, first, lexicon)
    return (first, last) if first <= last and len(doc[last]) >= 3 else None


def is_name_token(doc: Doc, position: int, lexicon: SpeakerLexicon, places: frozenset[int]) -> bool:
    token: Token = doc[position]
    return (
        token.text[0].isupper()
        and token.text[0].isalpha()
        and not (len(token) > 2 and token.is_upper)  # RPJMN, DTSEN
        and position not in places
        and token.lower_ not in lexicon.not_names
        and token.lower_ not in lexicon.speech_verbs
        and match_office(doc, position, lexicon) is None
    )


def names_beside_verb(doc: Doc, verb: int, lexicon: SpeakerLexicon, places: frozenset[int]) -> Iterator[Found]:
    """`kata Hera`, `menurut Hera`, `Hera mengatakan`: one capitalised name on either side of the verb."""
    position = verb + 1
    while position < len(doc) and doc[position].lower_ in lexicon.agent_words:
        position += 1
    after = read_name(doc, skip_titles(doc, position, lexicon), lexicon, places)
    if after is not None:
        yield Found(after[0], after[1], doc[after[0] : after[1] + 1].text, None, "speaker.verb_name")
        return
    if doc[verb].lower_ in lexicon.source_words:
        return
    position = verb - 1
    while position > 0 and doc[position].lower_ in {"juga", "pun", "kembali", "kemudian", "lantas", "sendiri"}:
        position -= 1
    before = read_name_before(doc, position, lexicon, places)
    if before is not None:
        yield Found(before[0], before[1], doc[before[0] : before[1] + 1].text, None, "speaker.name_verb")


def link_people(references: Sequence[Found]) -> list[Speaker | None]:
    """One Speaker for every reference to the same person, in the order of the references."""
    people: list[Speaker] = []
    owner: list[int | None] = []
    for reference in references:
        known = find_person(reference, people)
        if known is None and reference.name is not None:
            people.append(Speaker(reference.name, reference.office))
            known = len(people) - 1
        elif known is not None:
            person = people[known]
            if reference.name and len(reference.name.split()) > len(person.name.split()):
                person = replace(person, name=reference.name)
            people[known] = replace(person, role=person.role or reference.office)
        owner.append(known)
    # An office whose holder is named only later (kata Bupati ... Hanubun), or by a name without any office.
    for index, reference in enumerate(references):
        if owner[index] is None:
            later = find_person(reference, people)
            nameless = next((i for i, person in enumerate(people) if person.role is None), None)
            owner[index] = later if later is not None else nameless
    return [people[known] if known is not None else None for known in owner]


def find_person(reference: Found, people: Sequence[Speaker]) -> int | None:
    """Position of the person meant, the latest first; None if nobody known fits."""
    for index in range(len(people) - 1, -1, -1):
        person = people[index]
        if reference.name is not None:
            if is_same_name(reference.name, person.name) and not offices_differ(reference.office, person.role):
                return index
        elif person.role is not None and office_head(reference.office) == office_head(person.role):
            return index
    return None


def is_same_name(one: str, other: str) -> bool:
    """Whether the shorter name is part of the longer: Hanubun, M. Thaher Hanubun; Octo, Octovianus Ramba."""
    first, second = sorted((name_parts(one), name_parts(other)), key=len)
    return bool(first) and all(any(is_same_part(part, whole) for whole in second) for part in first)


def name_parts(name: str) -> list[str]:
    return [part for part in name.lower().replace(".", " ").split() if len(part) > 1]


def is_same_part(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) >= 4 and long.endswith(short):
        return True  # Cak Imin, Muhaimin
    return (len(short) >= 3 and long.startswith(short)) or (len(short) >= 5 and ratio(short, long) >= SAME_SPELLING)


def offices_differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and office_head(one) != office_head(other)


def office_head(office: str | None) -> str | None:
    """The office without whose it is: bupati, wakil bupati, kepala bpjs; acting holders count as holders."""
    if office is None:
        return None
    lexicon = load_speaker_lexicon()
    words = [word for word in office.lower().replace("walikota", "wali kota").split() if word not in lexicon.acting]
    return " ".join(words[: 2 if words and words[0] in lexicon.two_word_heads else 1])
