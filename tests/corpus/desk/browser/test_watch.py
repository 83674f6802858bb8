"""The watch over every page, tried on pages that break its rules: each fault is seen."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("broken", "seen"),
    [
        ("<img alt='' src='https://luar.id/a.png'>", "leaves the machine: https://luar.id/a.png"),
        ("<img alt='' src='x' onerror=\"alert('jalan')\">", "dialog: jalan"),
        ("<script>console.error('rusak')</script>", "console: rusak"),
        ("<script>throw new Error('gagal')</script>", "script: gagal"),
    ],
)
def test_what_must_not_happen_is_noted(visitor, broken, seen):
    page = visitor.window()
    with page.expect_event("load"):
        page.set_content(f"<!DOCTYPE html><title>Rusak</title><h1>Rusak</h1>{broken}")
    noted, visitor.problems = visitor.problems, []
    assert [problem for problem in noted if seen in problem]


def test_the_policy_of_a_page_speaks_on_the_console_where_something_breaks_it(visitor):
    page = visitor.open("/tentang")
    with page.expect_console_message():
        page.evaluate("document.querySelector('h1').setAttribute('style', 'color: red')")
    noted, visitor.problems = visitor.problems, []
    assert [problem for problem in noted if "Content Security Policy" in problem]


def test_axe_sees_what_a_screen_reader_could_not_tell(visitor, audit):
    page = visitor.window()
    page.set_content("<html><title>Rusak</title><main><h1>Rusak</h1><input><p style='color: #ccc'>pucat</p></main>")
    assert {rule for rule, _, _ in audit(page)} >= {"html-has-lang", "label", "color-contrast"}
