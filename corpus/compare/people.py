"""One person under several spellings: pure functions of names, offices and regions.

A name alone links nothing. Spellings are one person's where the same name holds the same office in the same place,
where a full name speaks of the same region, or where names that differ a little hold the same office in the same place
and nobody else there could be meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from corpus.compare.rules import PeopleRules
from crawler.urls import short_hash
from extract.mentions.speaker_lexicon import SpeakerLexicon
from extract.regions.gazetteer import Gazetteer
from extract.repair.arithmetic import NATION

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

SAME_OFFICE, SAME_REGION, CONTAINED, SLIP = (
    "speaker.same_office",
    "speaker.same_region",
    "speaker.contained",
    "speaker.one_letter",
)
FIRST = "speaker.first"
EVIDENCE = {
    SAME_OFFICE: "same name and office as {other}",
    SAME_REGION: "same full name, of the same region as {other}",
    CONTAINED: "a shorter or longer form of the name of {other}, in the same office",
    SLIP: "one letter apart from {other}, in the same office",
    FIRST: "the first spelling of this person",
}


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name with an office and a region as claims have them, and in the forms in which they are compared."""

    name: str
    role: str | None
    region: str | None
    statements: int
    name_key: str
    office: str

    @property
    def order(self) -> tuple[str, str, str]:
        return (self.name, self.role or "", self.region or "")

    @property
    def id(self) -> str:
        return short_hash(*self.order)

    def describe(self) -> str:
        return f"{self.name!r}" + (f" ({self.role})" if self.role else "")


@dataclass(frozen=True, slots=True)
class Linked:
    """A spelling of a person, and why it is taken for theirs."""

    spelling: Spelling
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two spellings of one person, by a rule."""

    one: Spelling
    other: Spelling
    rule: str


def fold(text: str) -> str:
    """Small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def compare_name(name: str, lexicon: SpeakerLexicon, rules: PeopleRules) -> str:
    """A name as it is compared: without titles before and degrees behind it, short forms written out."""
    words = WORD.findall(fold(name.split(",")[0]))
    while len(words) > 1 and words[0] in lexicon.titles:
        words = words[1:]
    while len(words) > 1 and words[-1] in lexicon.degrees:
        words = words[:-1]
    return " ".join(rules.names.get(word, word) for word in words)


def compare_office(
    role: str | None, region: str | None, gazetteer: Gazetteer, lexicon: SpeakerLexicon, rules: PeopleRules
) -> str:
    """An office as it is compared, "bupati@81.02": whoever acts in it holds it, and it is held in one place.

    The place is that which the office names, else the region spoken of; empty without an office or a place.
    """
    spoken = (word for word in WORD.findall(fold(role or "")) if word not in lexicon.acting)
    words = " ".join(rules.offices.get(word, word) for word in spoken).split()
    place = region
    for at in range(1, len(words)):
        # "Bupati" is no part of a place's name, though the gazetteer takes it for a hint; nor is the Kota of Wali Kota.
        if words[at] in gazetteer.words.office or words[at - 1] == "wali":
            continue
        named = gazetteer.resolve(" ".join(words[at:]))
        if named is not None:
            words, place = words[:at], named.code
            break
    text = " ".join(words)
    if text.startswith(rules.national):
        place = NATION
    kept = text.replace("wali kota", "wali_kota").split()
    office = " ".join(sorted({word for word in kept if word not in rules.office_fillers}))
    return f"{office}@{place}" if office and place else ""


def find_links(spellings: Sequence[Spelling], rules: PeopleRules) -> Iterator[Link]:
    """All links between these spellings; whole blocks must be given: all of one office, or all of one name."""
    offices: dict[str, list[Spelling]] = defaultdict(list)
    names: dict[tuple[str, str], list[Spelling]] = defaultdict(list)
    for spelling in sorted(spellings, key=lambda spelling: spelling.order):
        if spelling.office:
            offices[spelling.office].append(spelling)
        if spelling.region and " " in spelling.name_key:
            names[spelling.name_key, spelling.region].append(spelling)
    for block in names.values():
        yield from (Link(one, other, SAME_REGION) for one, other in pairwise(block))
    for block in offices.values():
        yield from _links_in_office(block, rules)


def _links_in_office(block: Iterable[Spelling], rules: PeopleRules) -> Iterator[Link]:
    keys: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in block:
        keys[spelling.name_key].append(spelling)
    for same in keys.values():
        yield from (Link(one, other, SAME_OFFICE) for one, other in pairwise(same))
    # For each name, those that it may be a short form or a misspelling of.
    meant: dict[str, set[str]] = defaultdict(set)
    alike: dict[tuple[str, str], str] = {}
    for one, other in sorted(_worth_comparing(keys)):
        short, long = sorted((one, other), key=lambda key: (len(key.split()), key))
        if is_contained(short.split(), long.split()):
            alike[short, long] = CONTAINED
            meant[short].add(long)
        elif is_slip(short.split(), long.split(), rules.letters_for_slip):
            alike[short, long] = SLIP
            meant[short].add(long)
            meant[long].add(short)
    clear = {key for key, others in meant.items() if _is_one_person(others, alike)}
    for (short, long), rule in alike.items():
        if short in clear and (rule == CONTAINED or long in clear):
            yield Link(keys[short][0], keys[long][0], rule)


def _worth_comparing(keys: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs of names that have a word in common, or are of one word: no others can be forms of one name."""
    sharing: dict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        words = key.split()
        for word in {*words, ""} if len(words) == 1 else set(words):
            sharing[word].append(key)
    return {pair for same in sharing.values() for pair in combinations(same, 2)}


def _is_one_person(names: Iterable[str], alike: Mapping[tuple[str, str], str]) -> bool:
    """Whether all who could be meant are alike among themselves."""
    return all((one, other) in alike or (other, one) in alike for one, other in combinations(sorted(names), 2))


def is_contained(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the words of the shorter name stand in the longer one in this order, initials for words too."""
    if len(short) > len(long) or short == long or not any(len(word) > 2 for word in short):
        return False
    words = iter(long)
    return all(any(word == part or (len(word) == 1 and part.startswith(word)) for part in words) for word in short)


def is_slip(one: Sequence[str], other: Sequence[str], letters: int) -> bool:
    """Whether one word of at least `letters` has one letter wrong, missing, added or swapped, but not its first."""
    from rapidfuzz.distance import OSA

    different = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    if len(one) != len(other) or len(different) != 1:
        return False
    a, b = different[0]
    return min(len(a), len(b)) >= letters and a[0] == b[0] and OSA.distance(a, b, score_cutoff=1) == 1


def gather_people(spellings: Sequence[Spelling], links: Iterable[Link]) -> list[list[Linked]]:
    """The people that these links make of the spellings, each with the first spelling first."""
    ties: dict[Spelling, list[tuple[Spelling, str]]] = defaultdict(list)
    for link in links:
        ties[link.one].append((link.other, link.rule))
        ties[link.other].append((link.one, link.rule))
    people: list[list[Linked]] = []
    met: set[Spelling] = set()
    for first in sorted(spellings, key=lambda spelling: spelling.order):
        if first in met:
            continue
        met.add(first)
        person = [Linked(first, FIRST, EVIDENCE[FIRST])]
        waiting = deque([first])
        while waiting:
            known = waiting.popleft()
            for other, rule in sorted(ties[known], key=lambda tie: (tie[0].order, tie[1])):
                if other not in met:
                    met.add(other)
                    person.append(Linked(other, rule, EVIDENCE[rule].format(other=known.describe())))
                    waiting.append(other)
        people.append(person)
    return people
