"""docs/security.md promises nothing without a test that is there and runs."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
POINTS = [row for row in ROWS if row != ["defended", "test"]]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@cache
def functions_of(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def names_in(node):
    """All names and attributes: assert_harmless, raises, skip."""
    found = (getattr(part, "id", getattr(part, "attr", "")) for part in ast.walk(node))
    return {name for name in found if name}


def test_the_page_has_points():
    assert len(POINTS) > 40
    assert len({test for _, test in POINTS}) > 40


@pytest.mark.parametrize(("point", "test"), POINTS)
def test_each_point_names_a_test_that_is_there_holds_something_and_is_never_skipped(point, test):
    named = NAMED.fullmatch(test)
    assert named, f"{point}: names no test"
    node = functions_of(named[1]).get(named[2])
    assert node is not None, f"{point}: there is no {test}"
    names = names_in(node)
    assert any(isinstance(part, ast.Assert) for part in ast.walk(node)) or {"raises", "assert_harmless"} & names
    assert not {"skip", "skipif", "xfail", "importorskip"} & names
