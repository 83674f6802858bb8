"""Tasks out, verdicts in: the same twice is once, and a bad line is told and kept out."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from corpus.readings import save_extraction
from corpus.records import Problems
from corpus.review.exchange import import_reviews, iter_reviews, iter_tasks, sample_claims
from corpus.review.queue import Filters
from corpus.store import Store


def lines_of(records):
    return [json.dumps(record).encode() for record in records]


@pytest.fixture
def take(store, noon):
    """A function that imports records, lines of a file, and gives how many became what."""

    def take(records, reviewer=None, into=store, minutes=0):
        lines = [record if isinstance(record, bytes) else json.dumps(record).encode() for record in records]
        summary = import_reviews(
            into, lines, "answers.jsonl", Problems(), reviewer=reviewer, now=noon + dt.timedelta(minutes=minutes)
        )
        return {kind.value: count for kind, count in summary.taken.items()} | (
            {"bad": summary.bad} if summary.bad else {}
        )

    return take


@pytest.fixture
def tasks(store, claims):
    """The two claims as tasks: the repaired one first."""
    return list(iter_tasks(store.db, Filters()))


@pytest.fixture
def elsewhere(tmp_path, regions, article, noon, read):
    """The same article on another machine."""
    with Store.open(tmp_path / "elsewhere.db") as opened:
        opened.save_regions(regions)
        stored = opened.save_article(article, seen_at=noon)
        save_extraction(opened, stored.article_id, stored.revision, read(article))
        yield opened


def reviews(store):
    return [
        (row["reviewer"], row["verdict"], row["reason"]) for row in store.db.query("SELECT * FROM reviews ORDER BY id")
    ]


def test_a_task_tells_what_is_to_be_judged_and_leaves_the_verdict_empty(tasks):
    first = tasks[0]
    assert first["quote"][first["quote_start"] : first["quote_end"]] == "100.026.000 jiwa"
    assert (first["url"], first["queue"]) == ("https://www.kabar.id/jkn-malra/", "repaired")
    assert (first["judged"]["value"], first["printed_value"]) == (126_000, 100_026_000)
    assert [first[key] for key in ("reviewer", "verdict", "reason", "reviewed_at", "corrections")] == [None] * 4 + [{}]


def test_an_answered_task_becomes_a_verdict(store, tasks, take):
    answers = [
        tasks[0] | {"verdict": "correct", "corrections": {"value": "126.504"}, "reviewer": "ana"},
        tasks[1] | {"verdict": "reject", "reason": "a target"},
    ]
    assert take(answers, reviewer="budi") == {"new": 2}
    assert reviews(store) == [("ana", "correct", None), ("budi", "reject", "a target")]


def test_the_same_file_twice_is_once(store, tasks, take):
    answers = [tasks[0] | {"verdict": "accept"}, tasks[1] | {"verdict": "correct", "corrections": {"approx": "about"}}]
    take(answers, reviewer="ana")
    before = list(store.db.query("SELECT * FROM reviews"))
    assert take(answers, reviewer="ana", minutes=5) == {"known": 2}
    assert list(store.db.query("SELECT * FROM reviews")) == before


def test_the_same_file_again_does_not_undo_a_second_thought(store, claims, tasks, take, judge, standing):
    answers = [tasks[0] | {"verdict": "accept"}]
    take(answers, reviewer="ana")
    judge(tasks[0]["claim_id"], "reject", reason="a target", minutes=1)
    assert take(answers, reviewer="ana", minutes=2) == {"known": 1}
    assert standing(tasks[0]["claim_id"])["review"] == "reject"


def test_tasks_that_nobody_answered_are_passed_over(store, tasks, take):
    assert take(tasks, reviewer="ana") == {"empty": 2}
    assert reviews(store) == []


def test_verdicts_travel_between_machines_with_their_times(store, elsewhere, claims, judge, take, standing):
    judge(claims[0], "correct", value="126.504", reason="as spoken")
    judge(claims[1], "accept", minutes=3)
    sent = list(iter_reviews(store.db))
    assert take(sent, into=elsewhere) == {"new": 2}
    assert take(sent, into=elsewhere) == {"known": 2}
    assert list(iter_reviews(elsewhere.db)) == sent
    columns = "reviewer, verdict, corrections, reason, judged, reviewed_at, fingerprint"
    both = [list(db.query(f"SELECT {columns} FROM reviews ORDER BY reviewed_at")) for db in (store.db, elsewhere.db)]
    assert both[0] == both[1]


def test_a_withdrawal_travels_too(store, elsewhere, claims, judge, take, noon):
    from corpus.review.verdicts import take_back

    take_back(store, judge(claims[0], "accept"), at=noon)
    assert take(list(iter_reviews(store.db)), into=elsewhere) == {"new": 2}
    assert elsewhere.count("verdicts") == 0


def test_a_verdict_on_a_form_that_is_gone_is_kept_as_that(store, elsewhere, claims, judge, take, article, read):
    judge(claims[0], "accept")
    extraction = read(article, "rules 2")
    changed = replace(extraction, claims=(replace(extraction.claims[0], region="81"), extraction.claims[1]))
    ((key,),) = elsewhere.db.execute("SELECT id FROM articles").fetchall()
    save_extraction(elsewhere, key, 1, changed)
    assert take(list(iter_reviews(store.db)), into=elsewhere) == {"outdated": 1}
    assert [row["review"] for row in elsewhere.db.query("SELECT review FROM standing WHERE queue = 0")] == ["changed"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"verdict": "yes"}, "'verdict' is 'yes', none of accept, correct, reject, withdraw"),
        ({"verdict": ["accept"]}, "'verdict' is ['accept'], none of"),
        ({"verdict": "reject"}, "a rejection needs a reason"),
        ({"verdict": "accept", "reviewer": None}, "'reviewer' is missing"),
        ({"verdict": "accept", "reviewer": 7}, "'reviewer' is missing"),
        ({"verdict": "accept", "reason": 7}, "'reason' is no text"),
        ({"verdict": "correct"}, "corrections: nothing differs"),
        ({"verdict": "correct", "corrections": ["region"]}, "'corrections' is no object"),
        ({"verdict": "correct", "corrections": {"region": "99"}}, "region: '99' is no code of the gazetteer"),
        ({"verdict": "accept", "corrections": {"region": "81"}}, "corrections were given with 'accept'"),
        ({"verdict": "accept", "claim_id": "feed", "fingerprint": None}, "there is no claim 'feed'"),
        ({"verdict": "accept", "claim_id": "feed", "article_id": "feed"}, "there is no claim 'feed'"),
        ({"verdict": "accept", "claim_id": None}, "'claim_id' is None, no ID"),
        ({"verdict": "accept", "fingerprint": "feed", "judged": None}, "'judged' does not tell what the claim said"),
        ({"verdict": "accept", "fingerprint": "feed", "judged": {"metric": "x"}}, "'judged' does not tell"),
        ({"verdict": "accept", "reviewed_at": "yesterday"}, "'reviewed_at' is 'yesterday', no ISO time"),
        ({"verdict": "accept", "reviewed_at": "2025-05-06T05:00:00"}, "no ISO time with an offset"),
        ({"verdict": "accept", "reviewed_at": 5}, "'reviewed_at' is 5, no ISO time"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_kept_out(store, tasks, take, capsys, change, complaint):
    good = tasks[1] | {"verdict": "accept", "reviewer": "ana"}
    assert take([tasks[0] | {"reviewer": "ana"} | change, b"", good]) == {"new": 1, "bad": 1}
    (told,) = capsys.readouterr().err.splitlines()
    assert told.startswith("answers.jsonl, line 1: ")
    assert complaint in told
    assert reviews(store) == [("ana", "accept", None)]


def test_what_the_claim_said_must_be_possible(store, tasks, take, capsys):
    judged = tasks[0]["judged"] | {"metric": "wealth"}
    assert take([tasks[0] | {"verdict": "accept", "fingerprint": "feed", "judged": judged}], "ana") == {"bad": 1}
    assert "'judged' cannot be what the claim said: metric: 'wealth' is none of" in capsys.readouterr().err


def test_a_line_that_is_no_task_is_no_task_without_an_answer(tasks, take, capsys):
    """A misspelt key would lose the answer, and a file of articles has none."""
    misspelt = {key: value for key, value in tasks[0].items() if key != "verdict"} | {"verdikt": "accept"}
    article = {"id": "a", "text": "Peserta JKN 77.512 jiwa.", "verdict": None}
    assert take([misspelt, article], "ana") == {"bad": 2}
    first, second = capsys.readouterr().err.splitlines()
    assert "'verdict' is missing" in first
    assert "'claim_id' is None, no ID" in second


@pytest.mark.parametrize("line", [b"{", b"[1]", b"\xff\xfe", b'{"verdict": NaN}'])
def test_a_line_that_is_no_record_is_bad(tasks, take, line):
    assert take([line, tasks[0] | {"verdict": "accept"}], "ana") == {"new": 1, "bad": 1}


def test_two_things_said_at_the_very_same_time_contradict(store, claims, judge, take, capsys):
    judge(claims[0], "accept")
    (sent,) = iter_reviews(store.db)
    assert take([sent | {"verdict": "reject", "reason": "a target"}]) == {"bad": 1}
    assert "ana said something else of this claim at that very time" in capsys.readouterr().err


def test_a_sample_is_the_same_for_a_seed_and_holds_judged_claims_too(store, elsewhere, claims, judge):
    judge(claims[0], "accept")
    everything = sample_claims(store.db, Filters(), 10, seed=1)
    assert set(everything) == set(claims)
    assert sample_claims(elsewhere.db, Filters(), 10, seed=1) == everything
    first = {seed: sample_claims(store.db, Filters(), 1, seed=seed)[0] for seed in range(20)}
    assert first[1] == everything[0]
    assert set(first.values()) == set(claims)


def test_a_sample_does_not_tell_what_others_said(store, claims, judge):
    judge(claims[0], "correct", value="126.504", reason="as spoken")
    told = json.dumps(list(iter_tasks(store.db, Filters(), sample=2)))
    assert "as spoken" not in told and "126504" not in told
