"""Offices, verbs of speaking and the other words by which people who are quoted are found: lexicon/speakers.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extract.toml_files import read_toml

FILE = "lexicon/speakers.toml"
QUOTATION_MARKS = frozenset({'"', "”", "“"})


@dataclass(frozen=True, slots=True)
class SpeakerLexicon:
    offices: frozenset[tuple[str, ...]]
    office_starts: frozenset[str]
    longest_office: int
    office_words: frozenset[str]
    plain_office_words: frozenset[str]
    acting: frozenset[str]
    two_word_heads: frozenset[str]
    titles: frozenset[str]
    degrees: frozenset[str]
    inverted_verbs: frozenset[str]
    active_verbs: frozenset[str]
    passive_verbs: frozenset[str]
    speech_verbs: frozenset[str]
    """Of any kind."""
    source_words: frozenset[str]
    source_nouns: frozenset[str]
    source_openers: frozenset[str]
    agent_words: frozenset[str]
    adverbs: frozenset[str]
    proxies: frozenset[str]
    pronouns: frozenset[str]
    clitics: frozenset[str]
    """What stands for the last person who spoke, verb and all: katanya, menurutnya."""
    listing_verbs: frozenset[str]
    institutions: frozenset[str]
    name_abbreviations: frozenset[str]
    name_particles: frozenset[str]
    descriptions: frozenset[str]
    not_names: frozenset[str]
    inner_names: frozenset[str]
    balinese_names: frozenset[str]
    same_office: Mapping[str, str]
    """What an office is the same as, by their first words: kacab, kepala bpjs."""
    reporter_openings: tuple[str, ...]
    topic_openings: tuple[str, ...]
    backward_openings: tuple[str, ...]
    detail_openings: tuple[str, ...]
    openers: frozenset[str]
    """Words with which a reference to a person can begin, or beside which one stands."""
    telling: frozenset[str]
    """Words that may tell who says their sentence."""


SETS = (
    "office_words",
    "plain_office_words",
    "acting",
    "two_word_heads",
    "titles",
    "degrees",
    "inverted_verbs",
    "passive_verbs",
    "source_words",
    "source_nouns",
    "source_openers",
    "agent_words",
    "adverbs",
    "proxies",
    "pronouns",
    "listing_verbs",
    "institutions",
    "name_abbreviations",
    "name_particles",
    "balinese_names",
    "descriptions",
    "not_names",
    "inner_names",
)


@lru_cache(maxsize=1)
def load_speaker_lexicon() -> SpeakerLexicon:
    data = read_toml(FILE)
    sets = {name: frozenset(data[name]) for name in SETS}
    same_office = {other: office for office, others in data["same_office"].items() for other in others}
    offices = frozenset(tuple(office.split()) for office in (*data["offices"], *same_office))
    starts = frozenset(office[0] for office in offices)
    sets["not_names"] |= sets["institutions"]
    active = frozenset(data["active_verbs"]) | with_nya(data["active_verbs"])
    verbs = sets["inverted_verbs"] | active | sets["passive_verbs"]
    sources = sets["source_words"] | sets["source_nouns"]
    clitics = frozenset(data["clitics"]) | with_nya(data["inverted_verbs"]) | with_nya(data["passive_verbs"])
    return SpeakerLexicon(
        offices=offices,
        office_starts=starts,
        longest_office=max(map(len, offices)),
        active_verbs=active,
        speech_verbs=verbs,
        clitics=clitics,
        same_office=same_office,
        reporter_openings=tuple(data["reporter_openings"]),
        topic_openings=tuple(data["topic_openings"]),
        backward_openings=tuple(data["backward_openings"]),
        detail_openings=tuple(data["detail_openings"]),
        openers=starts | sets["acting"] | verbs | sources | QUOTATION_MARKS,
        telling=verbs | sources | clitics | QUOTATION_MARKS,
        **sets,
    )


def with_nya(verbs: list[str]) -> frozenset[str]:
    return frozenset(verb + "nya" for verb in verbs)
