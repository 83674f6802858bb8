"""`cakupan review` and `cakupan extract --all` as their users call them."""

import json
import os
import subprocess
import sys

import pytest

SETTINGS = {name: value for name, value in os.environ.items() if not name.startswith("CAKUPAN_")}


@pytest.fixture
def cakupan(store, tmp_path):
    """A function that runs a subcommand on the database of the store, from an empty folder."""

    def cakupan(subcommand, *arguments, stdin="", db=store.path, **variables):
        return subprocess.run(
            [sys.executable, "-m", "corpus.cli", subcommand, *(["--db", str(db)] if db else []), *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=SETTINGS | {"COLUMNS": "80"} | variables,
            timeout=120,
            check=False,
        )

    return cakupan


def test_answers_from_stdin(cakupan, store, claims):
    done = cakupan("review", "--reviewer", "ana", stdin="a\nr\nn\n")
    assert done.returncode == 0, done.stderr
    assert "2 claims in the queue, reviewer ana." in done.stdout
    assert done.stdout.endswith("Saved 2 verdicts (accept 1, reject 1) of ana. Left in the queue: 0.\n")
    assert store.count("reviews") == 2


def test_a_word_is_no_answer_whatever_letter_it_begins_with(cakupan, store, claims):
    done = cakupan("review", "--reviewer", "ana", stdin="abc\nquit\nr\nn\n")
    assert done.stdout.endswith("Saved 1 verdict (reject 1) of ana. Left in the queue: 1.\n")


def test_the_reviewer_comes_from_option_environment_or_settings_else_is_asked(cakupan, store, claims, tmp_path):
    assert "reviewer Ana." in cakupan("review", stdin="Ana\nq\n").stdout
    assert 'reviewer = "..." in cakupan.toml' in cakupan("review", stdin="Ana\nq\n").stdout
    (tmp_path / "cakupan.toml").write_text('reviewer = "Budi"\n')
    assert "reviewer Budi." in cakupan("review", stdin="q\n").stdout
    assert "reviewer Citra." in cakupan("review", stdin="q\n", CAKUPAN_REVIEWER="Citra").stdout
    assert "reviewer Dewi." in cakupan("review", "--reviewer", "Dewi", stdin="q\n", CAKUPAN_REVIEWER="Citra").stdout


def test_nobody_cannot_judge(cakupan, store, claims):
    done = cakupan("review")
    assert done.returncode == 1
    assert "the reviewer '' is to be a name or initials" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "count"),
    [(("--region", "Maluku"), 2), (("--region", "Malra"), 2), (("--metric", "members"), 1), (("--region", "Papua"), 0)],
)
def test_filters(cakupan, claims, options, count):
    assert f"{count} claims in the queue" in cakupan("review", "--reviewer", "ana", *options, stdin="q\n").stdout


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--region", "Atlantis"), "no region is called 'Atlantis'"),
        (("--region", "99"), "no region is called '99'"),
        (("--region", ""), "no region is called"),
        (("--metric", "wealth"), "'wealth' is not one of"),
        (("--done",), "--done and --sample go with --export"),
        (("--sample", "3"), "--done and --sample go with --export"),
        (("--export", "-", "--done", "--sample", "3"), "Give one of them"),
        (("--export", "a", "--import", "b"), "Give one of --export, --import"),
        (("--agreement", "ana", "budi", "--second"), "Give one of --agreement, --second"),
    ],
)
def test_misuse_is_told_and_exits_2(cakupan, claims, options, complaint):
    done = cakupan("review", *options)
    assert done.returncode == 2
    assert complaint in done.stderr.replace("\n", " ")


def test_two_people_on_two_machines(cakupan, store, claims, tmp_path):
    assert "Wrote 2 tasks" in cakupan("review", "--export", "tasks.jsonl", "--sample", "2", "--seed", "4").stdout
    tasks = [json.loads(line) for line in (tmp_path / "tasks.jsonl").read_text().splitlines()]
    for who in ("ana", "budi"):
        verdict = {"verdict": "correct", "corrections": {"region": "81"}} if who == "budi" else {"verdict": "accept"}
        answered = [tasks[0] | verdict, tasks[1] | {"verdict": "accept"}]
        (tmp_path / f"{who}.jsonl").write_text("".join(json.dumps(task) + "\n" for task in answered))
        done = cakupan("review", "--import", f"{who}.jsonl", "--reviewer", who)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Verdicts: 2 new, 0 known already, 0 on claims that say\n"[:40])
    done = cakupan("review", "--agreement", "ana", "budi")
    lines = {line.split()[0]: line.split() for line in done.stdout.splitlines()[2:]}
    # One accepts both, so that chance alone would agree on half of them, too.
    assert lines["verdict"] == ["verdict", "2", "50.0%", "0.000"]
    assert lines["modality"][:4] == ["modality", "2", "100.0%", "undefined:"]
    rows = [json.loads(line) for line in cakupan("review", "--agreement", "ana", "budi", "--json").stdout.splitlines()]
    assert rows[0] == {"field": "verdict", "claims": 2, "observed": 0.5, "kappa": 0.0}
    done = cakupan("review", "--export", "-", "--done")
    assert [json.loads(line)["reviewer"] for line in done.stdout.splitlines()].count("budi") == 2


def test_bad_lines_end_an_import_with_1_and_the_good_are_kept(cakupan, store, claims, tmp_path):
    cakupan("review", "--export", "tasks.jsonl")
    first, second = (json.loads(line) for line in (tmp_path / "tasks.jsonl").read_text().splitlines())
    lines = [json.dumps(first | {"verdict": "accept"}), json.dumps(second | {"verdict": "perhaps"})]
    done = cakupan("review", "--import", "-", "--reviewer", "ana", "--json", stdin="\n".join(lines))
    assert done.returncode == 1
    assert json.loads(done.stdout) == {"new": 1, "known": 0, "outdated": 0, "empty": 0, "bad": 1}
    assert "stdin, line 2: 'verdict' is 'perhaps'" in done.stderr
    assert store.count("reviews") == 1


def test_an_unknown_name_in_agreement_is_told(cakupan, claims):
    done = cakupan("review", "--agreement", "ana", "budi")
    assert done.returncode == 1
    assert "Nobody has judged anything yet." in done.stderr


@pytest.mark.parametrize("arguments", [("review",), ("review", "--export", "-"), ("extract", "--all")])
def test_no_database_is_made_by_asking(cakupan, tmp_path, arguments):
    done = cakupan(*arguments, db=tmp_path / "none.db")
    assert done.returncode == 1
    assert "none.db: no such database" in done.stderr
    assert not (tmp_path / "none.db").exists()


def test_extract_all_tells_what_changed_and_nothing_the_second_time(cakupan, store, claims):
    """The claims were made by hand under "rules 1"; the real rules see the same two figures."""
    done = cakupan("extract", "--all", "--verbose")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Read 1 articles of {store.path} by the rules of version ")
    assert "articles rewritten: 1" in done.stdout
    again = json.loads(cakupan("extract", "--all", "--json").stdout)
    assert (again["articles"], again["rewritten"], again["claims"]["changed"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--all", "news.txt"), "--all reads the articles of the database"),
        (("--verbose",), "--verbose goes with --all"),
        (("--json",), "--json goes with --db or --all"),
    ],
)
def test_files_and_all_exclude_each_other(cakupan, arguments, complaint):
    done = cakupan("extract", *arguments, db=None)
    assert done.returncode == 2
    assert complaint in done.stderr.replace("\n", " ")
