"""Which references mean the same person: by name, part of a name or nickname, and by office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from extract.mentions.speaker_lexicon import load_speaker_lexicon
from extract.models import Speaker

SAME_SPELLING = 85.0
"""Similarity in percent from which two spellings are one name: Nurdinsyah and Nurdiansyah give 95."""


MOST_REMEMBERED = 40
"""People, the latest first, that a name or an office may mean: no article introduces as many, only a long list does."""


@dataclass(frozen=True, slots=True)
class Found:
    """One reference to a person: tokens `first`..`last` (inclusive), the name and the office as printed, if any."""

    first: int
    last: int
    name: str | None
    office: str | None
    rule: str
    tentative: bool = False
    """Whether it is a person only where the article names that person elsewhere."""


def drop_strangers(references: Sequence[Found]) -> list[Found]:
    """The references without those that may be people, but are nobody whom the article names."""
    names = [reference.name for reference in references if reference.name is not None and not reference.tentative]
    return [
        reference
        for reference in references
        if not (reference.tentative and reference.name)
        or any(is_same_name(reference.name, name) for name in names[:MOST_REMEMBERED])
    ]


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
    # Somebody who is described is no holder of an office: Hera, warga Desa Kutuh, mengaku.
    described = {owner[i] for i, reference in enumerate(references) if reference.rule == "speaker.described"}
    nameless = next((i for i, person in enumerate(people) if person.role is None and i not in described), None)
    # An office whose holder is named only later (kata Bupati ... Hanubun), or by a name without any office.
    for index, reference in enumerate(references):
        if owner[index] is None:
            later = find_person(reference, people)
            owner[index] = later if later is not None else nameless
    return [people[known] if known is not None else None for known in owner]


def find_person(reference: Found, people: Sequence[Speaker]) -> int | None:
    """Position of the person meant, the latest first; None if nobody known fits."""
    for index in range(len(people) - 1, max(-1, len(people) - 1 - MOST_REMEMBERED), -1):
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


@lru_cache(maxsize=1024)
def name_parts(name: str) -> tuple[str, ...]:
    return tuple([part for part in name.lower().replace(".", " ").split() if len(part) > 1])


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
    words = [word for word in office.lower().split() if word not in lexicon.acting]
    head = " ".join(words[: 2 if words and words[0] in lexicon.two_word_heads else 1])
    return lexicon.same_office.get(head, head)
