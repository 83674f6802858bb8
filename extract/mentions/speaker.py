"""People whom an article quotes: office and name, name alone beside a verb of speaking, or the office alone.

Newspapers alternate between an official's full name, one part of it, a nickname and the office; `find_speakers` gives
every one of these the same `Speaker`, with the name as first given in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from extract.mentions import text_of
from extract.mentions.people import Found, link_people
from extract.mentions.speaker_lexicon import SpeakerLexicon, load_speaker_lexicon
from extract.models import Mention, MentionKind, Region, Speaker

LONGEST_NAME = 6

# Between the words of an office, and behind it.
JOINTS = frozenset({"/", "-", "&", "dan", "se"})
POINTERS = frozenset({"tersebut", "setempat", "itu"})


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
        for position in iter_tokens(doc, starts[mention.start], mention.end)
    )


def iter_tokens(doc: Doc, first: int, end: int) -> Iterator[int]:
    """Positions from `first` to the last token that begins before character `end`."""
    while first < len(doc) and doc[first].idx < end:
        yield first
        first += 1


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
    """Last token of the longest office that begins here, an acting holder's too (`Plt Kepala Dinkes`), or None."""
    if doc[position].lower_ in lexicon.acting and position + 1 < len(doc):
        behind = position + 1 + (doc[position + 1].text == ".")
        if behind < len(doc) and (end := longest_office(doc, behind, lexicon)) is not None:
            return end
    return longest_office(doc, position, lexicon)


def longest_office(doc: Doc, position: int, lexicon: SpeakerLexicon) -> int | None:
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

    in_lower_case = doc[last].text[0].islower()

    def belongs(position: int) -> bool:
        if position >= len(doc):
            return False
        token = doc[position]
        # Kepala Bidang Kepesertaan, Menteri Koordinator PMK; but not `kata Bupati kepesertaan ...`
        named = token.lower_ in lexicon.office_words and (
            in_lower_case or token.text[0].isupper() or token.lower_ in lexicon.plain_office_words
        )
        return position in places or named or is_acronym(token)

    def goes_on_behind_comma(position: int) -> bool:
        """Sulawesi Utara, Sulawesi Tengah; SDM, Umum, dan Komunikasi Publik; but not `Bupati, BPJS Kesehatan ...`."""
        position += position + 1 < len(doc) and doc[position].text == "dan"
        return belongs(position) and (
            (position in places and position - 2 in places)
            or doc[position - 1].text == "dan"
            or (doc[position].text[0].isupper() and position + 1 < len(doc) and doc[position + 1].text in {",", "dan"})
        )

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
        elif (
            token.is_space
            or (token.text in JOINTS and belongs(behind))
            or (token.text == "," and goes_on_behind_comma(behind))
        ):
            # Wilayah Sulawesi Utara, Sulawesi Tengah, Gorontalo dan Maluku Utara
            position += 1
        else:
            break
    while doc[last].lower_ == "dan":
        last -= 1
    return last


def is_acronym(token: Token) -> bool:
    """RPJMN, DTSEN, PMK: no name, and in an office a part of it."""
    return len(token) > 2 and token.is_alpha and token.is_upper


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
        and not is_acronym(token)
        and position not in places
        and (token.lower_ not in lexicon.not_names or is_inner_name(doc, position, lexicon))
        and token.lower_ not in lexicon.speech_verbs
        and match_office(doc, position, lexicon) is None
    )


def is_inner_name(doc: Doc, position: int, lexicon: SpeakerLexicon) -> bool:
    """Whether a word that opens sentences stands inside of one, in capitals: Gubernur Lalu Muhamad Iqbal."""
    before = doc[position - 1] if position else None
    return (
        doc[position].lower_ in lexicon.inner_names and before is not None and (before.is_alpha or before.text == ",")
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
