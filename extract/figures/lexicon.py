"""The words by which figures are read, from lexicon/figures.toml: loaded once, checked at load."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from extract.errors import LexiconError
from extract.toml_files import parse_toml

FILE = "figures.toml"


@dataclass(frozen=True, slots=True)
class FigureRule:
    """One rule: the truth it states, a sentence where it fires and the values there, one where it must not."""

    id: str
    truth: str
    example: str
    values: tuple[float, ...]
    counterexample: str


@dataclass(frozen=True, slots=True)
class Slip:
    """One way for a number to go wrong, the cost of believing it, a printed form and what it was meant as."""

    id: str
    truth: str
    cost: float
    unit: str
    example: str
    value: float


@dataclass(frozen=True, slots=True)
class FigureLexicon:
    """Word lists in lower case; what each is for is told in the file."""

    digits: Mapping[str, int]
    places: Mapping[str, int]
    teen: str
    half: str
    comma: str
    scales: Mapping[str, int]
    money_scales: Mapping[str, int]
    percent_units: frozenset[str]
    range_words: tuple[str, ...]
    told_in_percent: tuple[str, ...]
    reached: tuple[str, ...]
    not_in_percent: tuple[str, ...]
    list_openers: tuple[str, ...]
    list_words: tuple[str, ...]
    indices: tuple[str, ...]
    people_nouns: frozenset[str]
    people_phrases: frozenset[str]
    not_people_phrases: frozenset[str]
    before_noun: frozenset[str]
    segments: frozenset[str]
    not_people_nouns: frozenset[str]
    people_cues: frozenset[str]
    other_cues: frozenset[str]
    money_words: frozenset[str]
    totals: frozenset[str]
    before_label: frozenset[str]
    gap: frozenset[str]
    sidebar: tuple[str, ...]
    region_nouns: tuple[str, ...]
    before_region_noun: tuple[str, ...]
    among_them: tuple[str, ...]
    rules: tuple[FigureRule, ...]
    slips: Mapping[str, Slip]


def alternation(words: Mapping[str, object] | frozenset[str] | tuple[str, ...]) -> str:
    """The words as one regular-expression group, longest first; a blank in a phrase stands for any white space."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first) + ")"


def parse_figure_lexicon(source: str, file: str = FILE) -> FigureLexicon:
    """The lexicon in TOML `source`.

    Raises LexiconError, naming file and entry, for a missing or ill-typed entry, a word listed twice in one list,
    or a word that is both people and not people.
    """
    data = parse_toml(source, file)

    def entry(path: str, kind: type) -> Any:  # noqa: ANN401 - checked here, typed by the caller
        found: Any = data
        for key in path.split("."):
            found = found.get(key) if isinstance(found, dict) else None
        if not isinstance(found, kind):
            raise LexiconError(file, path, f"must be a {kind.__name__}")
        return found

    def words(path: str) -> tuple[str, ...]:
        listed = tuple(entry(path, list))
        for word in listed:
            if not isinstance(word, str) or word != word.lower() or listed.count(word) > 1:
                raise LexiconError(file, f"{path}: {word}", "must be a lower-case word, listed once")
        return listed

    def numbers(path: str) -> dict[str, int]:
        table: dict[str, int] = entry(path, dict)
        for word, value in table.items():
            if not isinstance(value, int) or word != word.lower():
                raise LexiconError(file, f"{path}.{word}", "must be a lower-case word with a whole number")
        return table

    people, not_people = frozenset(words("people.nouns")), frozenset(words("not_people.nouns"))
    if both := people & not_people:
        raise LexiconError(file, f"not_people.nouns: {min(both)}", "also listed under people.nouns")
    people_cues, other_cues = frozenset(words("cues.people")), frozenset(words("cues.other"))
    if both := people_cues & other_cues:
        raise LexiconError(file, f"cues.other: {min(both)}", "also listed under cues.people")
    return FigureLexicon(
        digits=numbers("number_words.digits"),
        places=numbers("number_words.places"),
        teen=entry("number_words.teen", str),
        half=entry("number_words.half", str),
        comma=entry("number_words.comma", str),
        scales=numbers("scales"),
        money_scales=numbers("money_scales"),
        percent_units=frozenset(words("percent.units")),
        range_words=words("percent.range_words"),
        told_in_percent=words("percent.told_in_percent"),
        reached=words("percent.reached"),
        not_in_percent=words("percent.not_in_percent"),
        list_openers=words("percent.list_openers"),
        list_words=words("percent.list_words"),
        indices=words("percent.indices"),
        people_nouns=people,
        people_phrases=frozenset(words("people.phrases")),
        not_people_phrases=frozenset(words("people.not_phrases")),
        before_noun=frozenset(words("people.before_noun")),
        segments=frozenset(words("people.segments")),
        not_people_nouns=not_people,
        people_cues=people_cues,
        other_cues=other_cues,
        money_words=frozenset(words("cues.money")),
        totals=frozenset(words("cues.totals")),
        before_label=frozenset(words("cues.before_label")),
        gap=frozenset(words("cues.gap")),
        sidebar=words("cues.sidebar"),
        region_nouns=words("regions.nouns"),
        before_region_noun=words("regions.before_noun"),
        among_them=words("regions.among_them"),
        rules=parse_rules(entry("rule", list), file),
        slips=parse_slips(entry("slip", list), file),
    )


def parse_rules(tables: list[dict[str, Any]], file: str) -> tuple[FigureRule, ...]:
    """The [[rule]] tables. Raises LexiconError for one that is incomplete or whose ID is taken."""
    rules: dict[str, FigureRule] = {}
    for table in tables:
        name = str(table.get("id", "(no id)"))
        if missing := {"id", "truth", "example", "values", "counterexample"} - table.keys():
            raise LexiconError(file, f"rule {name}", f"{min(missing)} is missing")
        if name in rules:
            raise LexiconError(file, f"rule {name}", "listed twice")
        rules[name] = FigureRule(
            name, table["truth"], table["example"], tuple(table["values"]), table["counterexample"]
        )
    return tuple(rules.values())


def parse_slips(tables: list[dict[str, Any]], file: str) -> dict[str, Slip]:
    """The [[slip]] tables by ID. Raises LexiconError for one that is incomplete or whose ID is taken."""
    slips: dict[str, Slip] = {}
    for table in tables:
        name = str(table.get("id", "(no id)"))
        if missing := {"id", "truth", "cost", "unit", "example", "value"} - table.keys():
            raise LexiconError(file, f"slip {name}", f"{min(missing)} is missing")
        if name in slips:
            raise LexiconError(file, f"slip {name}", "listed twice")
        slips[name] = Slip(
            name, table["truth"], float(table["cost"]), table["unit"], table["example"], float(table["value"])
        )
    return slips


@cache
def load_figure_lexicon() -> FigureLexicon:
    """The lexicon that ships with the package. Raises LexiconError where it is broken."""
    return parse_figure_lexicon((resources.files("extract") / "lexicon" / FILE).read_text("utf-8"))
