"""Offices, verbs of speaking and the other words by which people who are quoted are found: lexicon/speakers.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extract.toml_files import read_toml

FILE = "lexicon/speakers.toml"


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
    inner_names: frozenset[str]
    reporter_openings: tuple[str, ...]
    backward_openings: tuple[str, ...]
    detail_openings: tuple[str, ...]
    openers: frozenset[str]
    """Words with which a reference to a person can begin, or beside which one stands."""


SETS = (
    "office_words",
    "plain_office_words",
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
    "inner_names",
)


@lru_cache(maxsize=1)
def load_speaker_lexicon() -> SpeakerLexicon:
    data = read_toml(FILE)
    offices = frozenset(tuple(office.split()) for office in data["offices"])
    starts = frozenset(office[0] for office in offices)
    return SpeakerLexicon(
        offices=offices,
        office_starts=starts,
        longest_office=max(map(len, offices)),
        reporter_openings=tuple(data["reporter_openings"]),
        backward_openings=tuple(data["backward_openings"]),
        detail_openings=tuple(data["detail_openings"]),
        openers=frozenset(
            (*starts, *(word for name in ("acting", "speech_verbs", "source_words") for word in data[name]))
        ),
        **{name: frozenset(data[name]) for name in SETS},
    )
