"""Cue words: what lexicon/cues.toml lists, found in a text by one PhraseMatcher."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.errors import LexiconError
from extract.mentions import words_of
from extract.toml_files import read_toml

FILE = "lexicon/cues.toml"
CATEGORIES = frozenset(
    {"metric", "segment", "payer", "pays", "approx", "modality", "as_of", "denominator", "budget", "uhc", "programme"}
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
    entries = read_toml(FILE)["cue"]
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


Splitter = Callable[[str], tuple[list[str], list[bool]]]


def make_cue_finder(vocab: Vocab, split: Splitter) -> Callable[[Doc], tuple[Cue, ...]]:
    """A function from Doc to its cues in order; within a category the longest phrase wins.

    `split` cuts a phrase into words as the tokenizer cuts a text, and tells where blanks are.
    """
    rules = load_cues()
    by_key = {vocab.strings.add(rule.id): rule for rule in rules}
    matcher = PhraseMatcher(vocab, attr="LOWER")
    for rule in rules:
        phrases = dict.fromkeys(form for word in rule.words for form in (word, f"{word}nya"))
        matcher.add(rule.id, [Doc(vocab, *split(phrase)) for phrase in phrases])

    def find_cues(doc: Doc) -> tuple[Cue, ...]:
        words = words_of(doc)
        cues: list[Cue] = []
        # Where phrases of one category overlap the longest holds, of equally long ones the first.
        found = sorted([(first - end, first, order, key) for order, (key, first, end) in enumerate(matcher(doc))])
        taken: dict[str, set[int]] = {category: set() for category in CATEGORIES}
        for size, first, _, key in found:
            rule = by_key[key]
            tokens = taken[rule.category]
            if first in tokens or (size < -1 and first - size - 1 in tokens):
                continue  # what is longer and was taken before covers one end at least
            tokens.update(range(first, first - size))
            cues.append(Cue(rule, first, first - size - 1, words.span(first, first - size - 1)))
        return tuple(sorted(cues, key=attrgetter("first", "last")))

    return find_cues
