"""Every rule in lexicon/figures.toml fires on its example, with its values, and keeps quiet on its counterexample."""

import re

import pytest

from extract.errors import LexiconError
from extract.figures.lexicon import load_figure_lexicon, parse_figure_lexicon
from extract.mentions.amounts import find_region_numbers_in, find_rupiah_in
from extract.mentions.count import find_counts_in
from extract.mentions.percent import find_percents_in

FINDERS = {
    "percent": find_percents_in,
    "count": find_counts_in,
    "rupiah": find_rupiah_in,
    "regions": find_region_numbers_in,
}
RULES = load_figure_lexicon().rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_fires_on_its_example(rule):
    found = [mention for mention in FINDERS[rule.id.split(".")[0]](rule.example) if mention.rule == rule.id]
    assert [mention.value.value for mention in found] == list(rule.values)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_keeps_quiet_on_its_counterexample(rule):
    assert not [mention for mention in FINDERS[rule.id.split(".")[0]](rule.counterexample) if mention.rule == rule.id]


BROKEN = {
    "not TOML": ("[scales", "syntax"),
    "a section missing": ("[scales]\nribu = 1000", "people.nouns"),
}


@pytest.mark.parametrize(("source", "entry"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_lexicon_is_named_at_load(source, entry):
    with pytest.raises(LexiconError, match=re.escape(entry)) as caught:
        parse_figure_lexicon(source, "mine.toml")
    assert caught.value.file == "mine.toml"
