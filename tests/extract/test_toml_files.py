"""A slip in a data file is told with the name of the file and the line."""

import re

import pytest

from extract.errors import LexiconError
from extract.toml_files import parse_toml, read_toml


def test_a_slip_is_told_with_file_and_line():
    slip = '[verbs]\nspeech = ["kata", "ujar"\nother = []\n'
    with pytest.raises(LexiconError, match=re.escape("lexicon/speakers.toml, entry '(syntax)'") + ".*line 3"):
        parse_toml(slip, "lexicon/speakers.toml")


@pytest.mark.parametrize("file", ["lexicon/words.toml", "benchmark/shapes.toml"])
def test_files_are_named_by_their_place_in_the_package(file):
    assert read_toml(file)
