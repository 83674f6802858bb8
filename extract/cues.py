"""Cue words: what lexicon/cues.toml lists, found in a text by one PhraseMatcher."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans
from spacy.vocab import Vocab

from extract.errors import LexiconError

FILE = "lexicon/cues.toml"
CATEGORIES = frozenset(
    {"metric", "segment", "approx", "modality", "as_of", "denominator", "budget", "uhc", "programme"}
)
REQUIRED = frozenset({"id", "category", "value", "words"})
# What is told of a rule, and shown by the tests; of no use to the matching.
TOLD = frozenset({"truth", "example", "counter", "published", "title", "shows_as", "prevents"})


@dataclass(frozen=True, slots=True)
class CueRule:
    """One entry of the lexicon: these words say `value` about a figure's `category`."""

    id: str
    category: str
    value: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a text; `first` and `last` are token positions, inclusive."""

    rule: CueRule
    first: int
    last: int
    text: str


@lru_cache(maxsize=1)
def load_cues() -> tuple[CueRule, ...]:
    """The cue lexicon.

    Raises LexiconError on a missing or unknown key, an unknown category, an ID used twice or words listed twice.
    """
    entries = tomllib.loads((files("extract") / FILE).read_text(encoding="utf-8"))["cue"]
    rules: list[CueRule] = []
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        if (missing := REQUIRED - entry.keys()) or (unknown := entry.keys() - REQUIRED - TOLD):
            complaint = f"{min(missing)!r} is missing" if missing else f"unknown key {min(unknown)!r}"
            raise LexiconError(FILE, str(entry.get("id", "(no id)")), complaint)
        rule = CueRule(entry["id"], entry["category"], entry["value"], tuple(entry["words"]))
        if rule.category not in CATEGORIES:
            raise LexiconError(FILE, rule.id, f"unknown category {rule.category!r}; one of {sorted(CATEGORIES)}")
        if any(rule.id == other.id for other in rules):
            raise LexiconError(FILE, rule.id, "this ID is used twice")
        for word in rule.words:
            if (rule.category, word.lower()) in seen:
                raise LexiconError(FILE, rule.id, f"{word!r} is listed twice in the category {rule.category}")
            seen.add((rule.category, word.lower()))
        rules.append(rule)
    return tuple(rules)


def make_cue_finder(vocab: Vocab, tokenize: Callable[[str], Doc]) -> Callable[[Doc], tuple[Cue, ...]]:
    """A function from Doc to its cues in order; within a category the longest phrase wins."""
    rules = {rule.id: rule for rule in load_cues()}
    matchers: dict[str, PhraseMatcher] = {
        category: PhraseMatcher(vocab, attr="LOWER") for category in sorted(CATEGORIES)
    }
    for rule in rules.values():
        phrases = dict.fromkeys(form for word in rule.words for form in (word, f"{word}nya"))
        matchers[rule.category].add(rule.id, [tokenize(phrase) for phrase in phrases])

    def find_cues(doc: Doc) -> tuple[Cue, ...]:
        cues: list[Cue] = []
        for matcher in matchers.values():
            spans = filter_spans(matcher(doc, as_spans=True))
            cues += [Cue(rules[span.label_], span.start, span.end - 1, span.text) for span in spans]
        return tuple(sorted(cues, key=lambda cue: (cue.first, cue.last)))

    return find_cues
