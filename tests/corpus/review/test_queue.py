"""Which claims come first, which are left out, and what is shown of one."""

import datetime as dt

import pytest

from corpus.review.problems import UnknownClaim
from corpus.review.queue import Filters, context_of, count_queue, iter_queue, iter_second, load_task
from corpus.review.verdicts import Verdict, save_review, take_back

# Place in the queue and day of made-up claims, in the order in which they should come.
ORDER = [(0, "2024-01-01"), (1, "2025-02-01"), (1, "2025-01-01"), (1, None), (2, "2023-01-01"), (4, "2025-06-01")]


@pytest.fixture
def many(store, claims):
    """Claims like the first of the article, put into the queue as above; IDs in the right order."""
    (row,) = store.db.query("SELECT * FROM claims WHERE id = ?", [claims[0]])
    (stands,) = store.db.query("SELECT * FROM standing WHERE claim_id = ?", [claims[0]])
    made = []
    with store.transaction():
        for number, (place, day) in enumerate(ORDER):
            key = f"{number:016x}"
            store.insert("claims", [row | {"id": key, "ordinal": 100 - number, "figure": key}])
            store.insert("standing", [stands | {"claim_id": key, "queue": place, "day": day}])
            made.append(key)
        for claim in claims:
            store.update("standing", "claim_id", claim, {"queue": None})
    return made


def test_changed_suspect_disputed_repaired_then_the_rest_newest_first(store, many):
    assert list(iter_queue(store.db, Filters())) == many
    assert count_queue(store.db, Filters()) == len(many)


def test_pages_of_the_queue_leave_nothing_out(store, many, monkeypatch):
    monkeypatch.setattr("corpus.review.queue.PAGE", 1)
    assert list(iter_queue(store.db, Filters())) == many


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        (Filters(region="81.02"), 6),
        (Filters(region="81"), 6),
        (Filters(region="8"), 0),
        (Filters(region="0"), 0),
        (Filters(metric="members"), 6),
        (Filters(metric="coverage_rate"), 0),
        (Filters(since=dt.date(2025, 1, 1)), 3),
        (Filters("81", "members", dt.date(2025, 2, 1)), 2),
    ],
)
def test_filters_leave_out_the_others(store, many, filters, number):
    assert len(list(iter_queue(store.db, filters))) == count_queue(store.db, filters) == number


def test_the_queue_is_walked_by_its_index_and_never_sorted(store):
    sql = "SELECT s.claim_id, s.day FROM standing AS s WHERE s.queue = 4 AND (s.day, s.claim_id) < ('2025', 'f') "
    plan = store.db.execute(f"EXPLAIN QUERY PLAN {sql} ORDER BY s.day DESC, s.claim_id DESC LIMIT 50").fetchall()
    told = " ".join(row[-1] for row in plan)
    assert "standing_queue" in told
    assert "B-TREE" not in told and "SCAN" not in told


def test_judged_claims_leave_the_queue_and_come_back_when_withdrawn(store, claims, noon):
    assert set(iter_queue(store.db, Filters())) == set(claims)
    review = save_review(store, claims[0], "ana", Verdict.ACCEPT, at=noon)
    assert list(iter_queue(store.db, Filters())) == [claims[1]]
    take_back(store, review, at=noon)
    assert set(iter_queue(store.db, Filters())) == set(claims)


def test_a_second_opinion_is_asked_on_what_others_judged_and_oneself_not(store, claims, judge):
    judge(claims[0], "accept", reviewer="ana")
    judge(claims[1], "accept", reviewer="budi")
    assert list(iter_second(store.db, Filters(), "budi")) == [claims[0]]
    judge(claims[0], "reject", reviewer="budi", reason="a target", minutes=1)
    assert list(iter_second(store.db, Filters(), "budi")) == []
    assert list(iter_second(store.db, Filters(), "ana")) == [claims[1]]


def test_no_second_opinion_is_asked_on_a_form_that_is_gone(store, read_into, claims, judge):
    judge(claims[0], "accept", reviewer="ana")
    read_into("rules 2", claims=[{"value": 126_100}])
    assert list(iter_second(store.db, Filters(), "budi")) == []


def test_a_task_shows_sentence_evidence_and_source(store, claims):
    task = load_task(store.db, claims[0])
    assert task.quote[task.at : task.end] == "100.026.000 jiwa"
    assert (task.title, task.outlet, task.published) == ("Malra menuju UHC", "kabar.id", "2025-05-06")
    assert (task.printed_value, task.claim["value"]) == (100_026_000, 126_000)
    assert task.witnesses == ("126.000 of 129.000 is 97,67", "129.000 live there")
    assert task.checks == (("ok", "126.000 is 97,7 % of 129.000"),)
    assert task.place == 3


def test_a_changed_claim_comes_with_the_verdict_before_unless_blind(store, read_into, claims, judge):
    judge(claims[0], "correct", value="126.504")
    read_into("rules 2", claims=[{"region": "81"}])
    changed = next(iter_queue(store.db, Filters()))
    (earlier,) = load_task(store.db, changed).earlier
    assert (earlier.reviewer, earlier.verdict, earlier.corrections) == (
        "ana",
        "correct",
        {"value": 126_504, "precision": 1},
    )
    assert earlier.judged["region"] == "81.02"
    assert load_task(store.db, changed, blind=True).earlier == ()


def test_context_is_the_text_around_the_figure(store, claims):
    text, start, end = context_of(store.db, claims[0], 12)
    assert (text, text[start:end]) == (" mengatakan 100.026.000 jiwa warga Malra", "100.026.000 jiwa")


def test_without_text_and_quote_the_figure_is_still_shown(store, claims):
    with store.transaction():
        store.db.execute("UPDATE articles SET text = ''")
        store.db.execute("UPDATE revisions SET text = ''")
        store.db.execute("DELETE FROM quotes")
    assert load_task(store.db, claims[0]).quote is None
    assert context_of(store.db, claims[0], 100) is None


def test_a_claim_that_is_gone_is_told(store):
    with pytest.raises(UnknownClaim, match="'feed'"):
        load_task(store.db, "feed")
