"""`cakupan demo` from start to end, as a newcomer calls it: three times on one database."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.xdist_group("demo")  # what it sets up takes long

GOLD = Path(__file__).parents[1] / "gold" / "demo"
STORED = ("articles", "revisions", "mentions", "claims", "repairs", "checks")


class Call(NamedTuple):
    output: str
    errors: str
    rows: dict[str, int]


class Demo(NamedTuple):
    database: Path
    calls: list[Call]


def count_rows(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as connection:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in STORED}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    database = folder / "cakupan-demo.db"
    calls = []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-m", "corpus.cli", "demo"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        calls.append(Call(done.stdout, done.stderr, count_rows(database)))
    yield Demo(database, calls)


def query(demo: Demo, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(demo.database)) as connection:
        return connection.execute(sql).fetchall()


def test_the_first_call_stores_every_relevant_article_and_says_what_to_do_next(demo: Demo):
    first = demo.calls[0]
    assert first.rows["articles"] == first.rows["revisions"] == 14
    assert "14 new articles, 0 revised" in first.output
    assert "1 not about JKN" in first.output
    assert first.output.splitlines()[-1].startswith("Next: ")
    assert first.errors == ""


def test_the_second_call_adds_the_revision_and_nothing_else(demo: Demo):
    first, second, _ = demo.calls
    assert "0 new articles, 1 revised" in second.output
    assert second.rows["revisions"] == first.rows["revisions"] + 1
    assert second.rows["articles"] == first.rows["articles"]
    assert second.rows["claims"] == first.rows["claims"]


def test_the_third_call_adds_nothing(demo: Demo):
    _, second, third = demo.calls
    assert "0 new articles, 0 revised" in third.output
    assert third.rows == second.rows


def test_the_table_fits_80_columns_and_shows_printed_slips_repaired(demo: Demo):
    lines = demo.calls[0].output.splitlines()
    assert max(map(len, lines[:-1])) <= 80
    assert any("Halmahera" in line and "136,000*" in line for line in lines)


def test_the_database_says_what_the_articles_say(demo: Demo):
    """The query of the README, against the hand-made annotation of the article whose figure was spoken part by part."""
    rows = query(
        demo,
        "SELECT region_name, metric, value, as_of_start, speaker FROM claims JOIN articles ON articles.id = article_id "
        "WHERE url LIKE '%halbar-forum%' AND metric IN ('members', 'population') ORDER BY ordinal",
    )
    assert [row[:3] for row in rows] == [
        ("Kabupaten Halmahera Barat", "members", 136_000),
        ("Kabupaten Halmahera Barat", "population", 140_000),
    ]
    assert len({row[4] for row in rows}) == 1


def test_a_repaired_figure_keeps_its_printed_form_and_names_its_witnesses(demo: Demo):
    ((text, value, slips, witnesses, confidence),) = query(
        demo,
        "SELECT claims.text, value, slips, witnesses, confidence FROM repairs "
        "JOIN claims ON claims.id = claim_id WHERE printed_value = 100036000",
    )
    assert (text, value) == ("100.036.000 jiwa", 136_000)
    assert json.loads(str(slips))
    assert len(json.loads(str(witnesses))) >= 2
    assert 0.5 < float(str(confidence)) <= 1


def test_well_formed_figures_that_disagree_are_told_by_a_check_and_not_repaired(demo: Demo):
    checks = query(
        demo,
        "SELECT message FROM checks JOIN articles ON articles.id = article_id "
        "WHERE url LIKE '%merauke%' AND verdict = 'suspect'",
    )
    repairs = query(
        demo,
        "SELECT 1 FROM repairs JOIN claims ON claims.id = claim_id JOIN articles ON articles.id = article_id "
        "WHERE url LIKE '%merauke%'",
    )
    assert any("98.13" in str(message) for (message,) in checks)
    assert repairs == []


def test_two_officials_who_disagree_stand_against_each_other_in_the_flat_view(demo: Demo):
    rows = query(
        demo,
        "SELECT value, verdict, checks FROM claims_flat WHERE region_name = 'Kabupaten Merauke' "
        "AND metric = 'coverage_rate' AND modality = 'reported' ORDER BY value DESC",
    )
    assert [row[:2] for row in rows] == [(98.13, "suspect"), (96.13, "suspect")]
    both = "98.13% from Bonefasia Mahuze, 96.13% from Agustina Wambrauw."
    assert all(both in str(checks) for *_, checks in rows)


def test_the_revised_article_holds_the_corrected_figure_and_remembers_the_first(demo: Demo):
    values = query(
        demo,
        "SELECT claims.revision, value FROM claims JOIN articles ON articles.id = article_id "
        "WHERE url LIKE '%tapin-uhc%' AND metric = 'members'",
    )
    assert values == [(2, 199_131)]
    texts = query(
        demo,
        "SELECT revisions.text FROM revisions JOIN articles ON articles.id = article_id "
        "WHERE articles.url LIKE '%tapin-uhc%' ORDER BY revisions.revision",
    )
    assert ["191.931" in str(text) for (text,) in texts] == [True, False]


def test_every_claim_leads_back_to_the_printed_words(demo: Demo):
    rows = query(
        demo,
        "SELECT substr(revisions.text, start_char + 1, end_char - start_char), claims.text FROM claims "
        "JOIN revisions ON revisions.article_id = claims.article_id AND revisions.revision = claims.revision",
    )
    assert rows
    assert all(printed == text for printed, text in rows)


def test_syndicated_copies_are_two_articles_with_the_same_claims(demo: Demo):
    rows = query(
        demo,
        "SELECT group_concat(metric || value || coalesce(speaker, ''), ' ') FROM "
        "(SELECT * FROM claims JOIN articles ON articles.id = article_id WHERE url LIKE '%kulonprogo%' "
        "ORDER BY url, ordinal) "
        "GROUP BY article_id",
    )
    assert len(rows) == 2
    assert rows[0] == rows[1]


def test_articles_are_found_by_words_with_or_without_accents(demo: Demo):
    found = query(demo, "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'selayar'")
    assert found[0] >= (1,)


def test_times_of_publication_keep_their_zone(demo: Demo):
    published = {str(value) for (value,) in query(demo, "SELECT published FROM articles")}
    assert {value[-6:] for value in published} == {"+07:00", "+08:00", "+09:00"}


def test_an_interrupted_demo_says_what_is_kept_and_nothing_of_a_next_time(tmp_path: Path):
    """Ctrl-C as soon as the first article is stored, and again with each one that still comes in."""
    code = (
        "import os, signal, sys\n"
        "import corpus.runs\n"
        "told = corpus.runs.Intake.deliver\n"
        "def deliver(self, item):\n"
        "    told(self, item)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "corpus.runs.Intake.deliver = deliver\n"
        "from corpus.cli import main\n"
        "main(['demo'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    assert "Ctrl-C once more stops at once" in done.stderr
    assert "kept in cakupan-demo.db" in done.stderr or "Run 1 interrupted" in done.stdout
    assert "Next:" not in done.stdout


def test_ctrl_c_while_articles_are_read_is_heard(tmp_path: Path):
    code = (
        "import signal\n"
        "import corpus.runs\n"
        "def read_new(*_):\n"
        "    signal.raise_signal(signal.SIGINT)\n"
        "corpus.runs.read_new = read_new\n"
        "from corpus.cli import main\n"
        "main(['demo'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 130
    assert (
        done.stderr == "Interrupted. What had come in is kept in cakupan-demo.db; the next call goes on from there.\n"
    )
    assert "Next:" not in done.stdout


@pytest.mark.parametrize(("columns", "widest"), [("80", 80), ("100", 100), ("300", 120), ("70", 70)])
def test_the_table_has_a_heading_and_the_width_of_the_screen(demo: Demo, columns, widest):
    code = (
        f"from pathlib import Path\nfrom corpus.tables import print_claims\nprint_claims(Path({str(demo.database)!r}))"
    )
    environment = os.environ | {"COLUMNS": columns}
    shown = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    lines = shown.stdout.splitlines()
    assert lines[0].split() == ["region", "measure", "value", "as", "of", "speaker"]
    assert widest - 10 < max(map(len, lines)) <= widest


def test_what_to_do_next_names_the_database_again(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "corpus.cli", "demo", "--db", "my demo.db"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "demo --db 'my demo.db' once more" in done.stdout.splitlines()[-1]
