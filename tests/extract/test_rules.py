"""Every rule of the lexicon fires on its example, where its truth can be seen, and not on its counter-example.

Those of mentions are in figures.toml, dates.toml and region_rules.toml, and what they give is tested beside their
readers; those of claims that rest on one cue word are in cues.toml, the others in claim_rules.toml. A cue that never
stands in a claim's reasons tells what shows it: `shows_as` is the rule that fires because of it, `prevents` the rule
("claim": any) that fires in `counter` and, because of the cue, not in `example`.
"""

import ast
import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from extract import cues, pipeline
from extract.cues import CATEGORIES, load_cues
from extract.errors import LexiconError
from extract.language import load_pipeline, read_mentions, split_words
from extract.mentions.amounts import find_region_numbers, find_rupiah
from extract.models import Article
from extract.regions.names import NameKind

LEXICON = files("extract") / "lexicon"
PACKAGE = Path(cues.__file__).parent


def tables(name):
    return tomllib.loads((LEXICON / name).read_text(encoding="utf-8"))


CUES = tables("cues.toml")["cue"]
CLAIM_RULES = tables("claim_rules.toml")["rule"]
REGION_RULES = [{"id": name, **rule} for name, rule in tables("region_rules.toml").items()]
FIGURE_RULES = [{**rule, "counter": rule["counterexample"]} for rule in tables("figures.toml")["rule"]]
# A date's example marks the mention with [ ].
DATE_RULES = [
    {"id": name, **rule, "example": re.sub(r"[\[\]]", "", rule["text"]), "counter": rule["counterexample"]}
    for name, rule in tables("dates.toml")["rule"].items()
]
QUALIFIER_RULES = [*CUES, *CLAIM_RULES]
RULES = [*QUALIFIER_RULES, *REGION_RULES, *FIGURE_RULES, *DATE_RULES]
LISTED = Counter(
    [
        *(rule["id"] for rule in RULES),
    ]
)

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])


def article(rule, text):
    return Article(id="test", text=text, title=rule.get("title"), published=rule.get("published"))


@cache
def rules_fired(source):
    """IDs of all rules that made a mention or a claim, gave one of its fields or repaired it; "claim" for any claim."""
    extraction = pipeline.extract(source)
    doc = read_mentions(source)
    fired = {mention.rule for mention in (*extraction.mentions, *find_rupiah(doc), *find_region_numbers(doc))}
    for claim in extraction.claims:
        fired |= {"claim", claim.rule, *(reason.rule for reason in claim.reasons)}
        if claim.repair is not None:
            fired.add(claim.repair.rule)
    return frozenset(fired)


@each_rule
def test_rule_fires_on_its_example(rule):
    fired = rules_fired(article(rule, rule["example"]))
    if "prevents" in rule:
        assert rule["prevents"] not in fired, rule["truth"]
    else:
        assert rule.get("shows_as", rule["id"]) in fired, rule["truth"]


@each_rule
def test_rule_keeps_quiet_on_its_counter_example(rule):
    fired = rules_fired(article(rule, rule["counter"]))
    if "prevents" in rule:
        assert rule["prevents"] in fired, rule["truth"]
    else:
        assert rule.get("shows_as", rule["id"]) not in fired, rule["truth"]


@pytest.mark.parametrize("rule", CUES, ids=lambda rule: rule["id"])
def test_the_example_of_a_cue_holds_one_of_its_words(rule):
    assert rule["id"] in {cue.rule.id for cue in read_mentions(article(rule, rule["example"]))._.cues}


@pytest.mark.parametrize(
    "rule", [cue for cue in CUES if "shows_as" in cue or "prevents" in cue], ids=lambda rule: rule["id"]
)
def test_the_effect_of_a_cue_is_gone_without_it(rule, monkeypatch):
    others = tuple(other for other in load_cues() if other.id != rule["id"])
    monkeypatch.setattr(cues, "load_cues", lambda: others)
    nlp = load_pipeline()
    find_cues = cues.make_cue_finder(nlp.vocab, split_words)

    def read_without_it(source):
        doc = read_mentions(source)
        doc._.cues = find_cues(doc)
        return doc

    monkeypatch.setattr(pipeline, "read_mentions", read_without_it)
    fired = rules_fired.__wrapped__(article(rule, rule["example"]))
    assert (rule["prevents"] in fired) if "prevents" in rule else (rule["shows_as"] not in fired)


@pytest.mark.parametrize("rule", QUALIFIER_RULES, ids=lambda rule: rule["id"])
def test_rule_states_one_truth_and_shows_it_on_a_figure(rule):
    assert re.fullmatch(r"[A-Z`][^\n]*\.", rule["truth"])
    assert all(re.search(r"\d", rule[key]) for key in ("example", "counter"))


@pytest.mark.parametrize("rule", CLAIM_RULES, ids=lambda rule: rule["id"])
def test_claim_rules_have_known_keys(rule):
    required = {"id", "truth", "example", "counter"}
    assert required <= rule.keys() <= required | {"published", "title"}


BROKEN = [
    ('[[cue]]\nid = "a"\ncategory = "approx"\nvalue = "about"', "'a': 'words' is missing"),
    ('[[cue]]\nid = "a"\ncategory = "approx"\nvalue = "about"\nwords = []\nexmaple = ""', "'a': unknown key 'exmaple'"),
]


@pytest.mark.parametrize(("content", "complaint"), BROKEN)
def test_a_key_that_is_missing_or_misspelt_is_told_at_load(tmp_path, monkeypatch, content, complaint):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / cues.FILE).write_text(content, encoding="utf-8")
    monkeypatch.setattr("extract.toml_files.files", lambda package: tmp_path)
    with pytest.raises(LexiconError, match=complaint):
        load_cues.__wrapped__()


# -- nothing missing, nothing idle -------------------------------------------------------------------------------------

RULE_ID = re.compile(r"[a-z_]+\.(?!toml|csv)[a-z_]+")
# Its dotted names are paths into figures.toml.
NO_RULES = {PACKAGE / "figures" / "lexicon.py"}


def literals(path):
    """The string constants of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


LITERALS = set().union(*(literals(path) for path in PACKAGE.rglob("*.py") if path not in NO_RULES))
IN_CODE = {text for text in LITERALS if RULE_ID.fullmatch(text)} | {f"region.{kind}" for kind in NameKind}


def test_every_rule_of_the_code_is_in_the_lexicon():
    assert sorted(IN_CODE - LISTED.keys()) == []


def test_every_rule_of_the_lexicon_is_used_by_the_code():
    # Cue rules are used by their category, not by name.
    assert sorted(LISTED.keys() - IN_CODE - {cue["id"] for cue in CUES}) == []


def test_every_rule_is_listed_once():
    assert [name for name, times in LISTED.items() if times > 1] == []


def test_every_category_of_cues_is_asked_for_by_the_code():
    asked = set().union(*(literals(path) for path in PACKAGE.rglob("*.py") if path.name != "cues.py"))
    assert sorted(CATEGORIES - asked) == []


def test_no_rule_fires_that_is_not_listed():
    texts = [article(rule, rule[key]) for rule in RULES for key in ("example", "counter")]
    fired = frozenset().union(*map(rules_fired, texts))
    assert sorted(fired - LISTED.keys() - {"claim"}) == []
