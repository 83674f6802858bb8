"""Why a verdict cannot be kept, in both languages."""

import re
from pathlib import Path

import pytest

import corpus.review
from corpus.errors import WordingError
from corpus.review.problems import BadCorrection, UnknownClaim, load_problems

NAMES = re.compile(r"\{(\w+)\}")
CODE = "".join(file.read_text(encoding="utf-8") for file in Path(corpus.review.__path__[0]).glob("*.py"))


def test_a_correction_is_refused_in_both_languages():
    problem = BadCorrection("as_of_end", "days_reversed", start="2025-05-06", end="2025-05-01")
    assert str(problem) == "as_of_end: 2025-05-01 lies before 2025-05-06"
    assert problem.tell("id") == "2025-05-01 lebih awal daripada 2025-05-06"


def test_a_claim_that_is_gone():
    assert "Mungkin hilang karena aturan baru" in UnknownClaim("feed").tell("id")


@pytest.mark.parametrize("key", load_problems())
def test_both_languages_say_the_same_things_and_the_code_asks_for_them(key):
    words = load_problems()[key]
    assert set(NAMES.findall(words["en"])) == set(NAMES.findall(words["id"]))
    assert f'"{key}"' in CODE or key.startswith("doubtful_")


def test_a_problem_without_one_of_the_languages_is_told_at_load(tmp_path):
    file = tmp_path / "problems.toml"
    file.write_text('[no_day]\nen = "no day"\n', encoding="utf-8")
    with pytest.raises(WordingError, match=r"review/problems.toml, entry 'no_day': needs exactly"):
        load_problems(file)
