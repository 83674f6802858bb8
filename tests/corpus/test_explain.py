"""`cakupan explain`: the text with its mentions marked, and why each claim has its fields."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

TEXT = "Bupati Sikka, Robertus Sare, mengatakan peserta JKN di Kabupaten Sikka 340.112 jiwa per 1 Mei 2025."


def explain(*arguments, stdin=""):
    return subprocess.run(
        [sys.executable, "-m", "corpus.cli", "explain", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def article(tmp_path):
    file = tmp_path / "sikka.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_each_field_is_explained_by_rule_cue_and_distance(article):
    shown = explain(str(article)).stdout
    assert "'340.112 jiwa' at 71: members 340112 people" in shown
    for line in ("metric    metric.membership by 'peserta', distance", "region    region.before by 'Kabupaten Sikka'"):
        assert line in shown
    assert "as_of     as_of.explicit by '1 Mei 2025'" in shown
    assert "speaker   speaker.verb by 'mengatakan'" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_without_colour_mentions_stand_in_brackets(article):
    shown = " ".join(explain(str(article)).stdout.split())
    assert "[Bupati [Sikka|region], Robertus Sare|speaker], mengatakan peserta JKN di [Kabupaten Sikka|region]" in shown
    assert "[340.112 jiwa|count] per [1 Mei 2025|date]." in shown


def test_the_page_marks_every_mention_and_needs_no_network(article, tmp_path):
    page = tmp_path / "page.html"
    assert explain(str(article), "--html", str(page)).returncode == 0
    markup = page.read_text(encoding="utf-8")
    for kind in ("count", "date", "region", "speaker"):
        assert f"<mark class='{kind}' title=" in markup
    assert "http" not in markup


def test_markup_in_an_article_stays_text(tmp_path):
    page = tmp_path / "page.html"
    record = {
        "id": "<b>x</b>",
        "title": "<script>alert(1)</script>",
        "text": "<img src=x onerror=alert(1)> JKN 95 persen",
    }
    assert explain("-", "--html", str(page), stdin=json.dumps(record)).returncode == 0
    markup = page.read_text(encoding="utf-8")
    assert "<script" not in markup
    assert "<img" not in markup


def test_a_missing_file_is_told(tmp_path):
    done = explain(str(tmp_path / "hilang.txt"))
    assert done.returncode == 2
    assert "hilang.txt' does not exist" in done.stderr
