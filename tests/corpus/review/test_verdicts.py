"""A verdict is laid over the claim and never written into it; it lasts as long as what it judged."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from corpus.history import Past
from corpus.review.problems import BadReview, UnknownClaim
from corpus.review.verdicts import Verdict, save_review, take_back
from extract.models import Metric, Unit


def dump(store, *tables):
    return [list(store.db.query(f"SELECT * FROM {table}")) for table in tables]


EXTRACTED = ("claims", "mentions", "quotes", "repairs", "checks", "check_claims", "articles", "revisions")


@pytest.mark.parametrize(
    ("verdict", "more"),
    [("accept", {}), ("reject", {"reason": "about another programme"}), ("correct", {"value": "126.504"})],
)
def test_a_verdict_leaves_what_was_extracted_as_it_is(store, claims, judge, verdict, more):
    before = dump(store, *EXTRACTED)
    judge(claims[0], verdict, **more)
    assert dump(store, *EXTRACTED) == before


def test_a_correction_is_laid_over_the_claim(store, claims, judge, standing):
    judge(claims[0], "correct", value="126.504", approx="about", region="81", speaker=None)
    row = standing(claims[0])
    assert (row["value"], row["precision"], row["approx"], row["region"]) == (126_504, 1, "about", "81")
    assert (row["speaker"], row["speaker_role"], row["review"], row["queue"]) == (None, None, "correct", None)
    # What was not corrected is the extractor's.
    assert (row["metric"], row["as_of_start"]) == ("members", "2025-05-01")


def test_the_row_keeps_who_said_what_of_which_form(store, claims, judge):
    judge(claims[1], "correct", reviewer=" Ana  Lestari ", reason="  misread ", value="98,79")
    (row,) = store.db.query("SELECT * FROM reviews")
    assert (row["reviewer"], row["reason"], row["reviewed_at"]) == (
        "Ana Lestari",
        "misread",
        "2025-05-06T05:00:00+00:00",
    )
    assert json.loads(row["corrections"]) == {"value": 98.79}
    judged = json.loads(row["judged"])
    assert (judged["value"], judged["region"], judged["text"]) == (97.89, "81.02", "97,89 persen")


def test_the_newest_verdict_counts_and_the_older_stays(store, claims, judge, standing):
    judge(claims[1], "accept")
    judge(claims[1], "reject", reviewer="budi", reason="a target", minutes=5)
    assert standing(claims[1])["review"] == "reject"
    assert store.count("reviews") == 2


def test_newest_means_said_last_and_not_stored_last(claims, judge, standing):
    judge(claims[1], "reject", reviewer="budi", reason="a target", minutes=5)
    judge(claims[1], "accept")
    assert standing(claims[1])["review"] == "reject"


def test_two_verdicts_in_one_second_keep_their_order(store, claims, judge, standing):
    judge(claims[1], "accept")
    judge(claims[1], "reject", reason="a target")
    assert standing(claims[1])["review"] == "reject"
    times = [row["reviewed_at"][14:19] for row in store.db.query("SELECT * FROM reviews ORDER BY id")]
    assert times == ["00:00", "00:01"]


def test_taking_back_the_only_verdict_leaves_the_claim_unjudged(store, claims, judge, standing, noon):
    before = standing(claims[0])
    take_back(store, judge(claims[0], "accept"), at=noon)
    assert standing(claims[0]) == before
    assert [row["verdict"] for row in store.db.query("SELECT * FROM reviews")] == ["accept", "withdraw"]


def test_taking_back_a_second_thought_brings_the_first_back(store, claims, judge, standing, noon):
    judge(claims[0], "correct", value="126.504")
    take_back(store, judge(claims[0], "reject", reason="a slip of the finger"), at=noon)
    row = standing(claims[0])
    assert (row["review"], row["value"]) == ("correct", 126_504)


def test_taking_back_leaves_what_others_said(store, claims, judge, standing, noon):
    judge(claims[0], "accept", reviewer="budi")
    take_back(store, judge(claims[0], "reject", reason="a slip", minutes=1), at=noon)
    assert standing(claims[0])["review"] == "accept"


def test_a_verdict_survives_new_rules_that_say_the_same(read_into, claims, judge, standing):
    judge(claims[0], "correct", value="126.504")
    assert read_into("rules 2") == claims
    row = standing(claims[0])
    assert (row["review"], row["value"], row["queue"]) == ("correct", 126_504, None)


@pytest.mark.parametrize(
    "change",
    [
        {"value": 126_100},
        {"region": "81"},
        {"metric": Metric.ACTIVE_MEMBERS},
        {"metric": Metric.UHC_REGIONS, "unit": Unit.REGIONS},
        {"speaker": None},
    ],
    ids=lambda change: "+".join(change),
)
def test_a_claim_that_new_rules_see_otherwise_goes_back_to_the_queue(read_into, claims, judge, standing, change):
    judge(claims[0], "accept")
    judge(claims[1], "accept")
    changed, same = read_into("rules 2", claims=[change])
    row = standing(changed)
    assert (row["review"], row["queue"]) == ("changed", 0)
    assert standing(same)["review"] == "accept"


def test_a_verdict_on_the_form_before_counts_again_when_the_form_returns(read_into, claims, judge, standing):
    judge(claims[0], "accept")
    read_into("rules 2", claims=[{"value": 126_100}])
    read_into("rules 3")
    assert standing(claims[0])["review"] == "accept"


def test_a_revision_that_says_something_else_goes_back_to_the_queue(store, read_into, claims, judge, standing, article):
    judge(claims[0], "accept")
    judge(claims[1], "accept")
    text = "Kemarin. " + article.text
    assert read_into(text=text) == claims
    assert [standing(claim)["review"] for claim in claims] == ["accept", "accept"]
    assert read_into(text=text, claims=[{"region": "81"}])[0] != claims[0]
    assert [row["review"] for row in store.db.query("SELECT review FROM standing ORDER BY review")] == [
        "accept",
        "changed",
    ]


def test_a_verdict_on_one_of_two_claims_of_a_figure_says_nothing_of_the_other(
    store, article, noon, read, judge, standing
):
    from corpus.readings import save_extraction

    stored = store.save_article(article, seen_at=noon)
    extraction = read(article)
    _, coverage = extraction.claims
    twins = replace(extraction, claims=(coverage, replace(coverage, region="81")), checks=())
    save_extraction(store, stored.article_id, stored.revision, twins)
    first, second = [key for (key,) in store.db.execute("SELECT id FROM claims ORDER BY ordinal")]
    judge(first, "accept")
    assert (standing(second)["review"], standing(second)["queue"]) == (None, 4)


def test_a_rejected_claim_is_no_past_of_its_region(store, claims, judge, noon):
    def past():
        return {told.text for told in Past(store.db, before=dt.date(2026, 1, 1)).of("81.02")}

    assert past() == {"100.026.000 jiwa", "97,89 persen"}
    judge(claims[0], "reject", reason="not about JKN")
    assert past() == {"97,89 persen"}


def test_a_corrected_region_moves_the_claim_to_its_history(store, claims, judge):
    judge(claims[0], "correct", region="81")
    assert [told.text for told in Past(store.db, before=None).of("81")] == ["100.026.000 jiwa"]


def test_a_verdict_notes_what_is_to_be_compared_anew(store, claims, judge):
    store.db.execute("DELETE FROM comparisons_due")
    store.db.commit()
    judge(claims[0], "correct", region="81")
    due = {(row["kind"], row["key"]) for row in store.db.query("SELECT * FROM comparisons_due")}
    assert {("region", "81"), ("region", "81.02"), ("speaker", "André Rettob")} <= due


def test_an_unknown_claim_is_told(judge):
    with pytest.raises(UnknownClaim, match="there is no claim 'feed' in this database"):
        judge("feed", "accept")


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"verdict": "reject"}, "a rejection needs a reason"),
        ({"verdict": "reject", "reason": "   "}, "a rejection needs a reason"),
        ({"verdict": "accept", "approx": "about"}, "corrections were given with 'accept'"),
        ({"verdict": "accept", "reviewer": "  "}, "is to be a name or initials"),
        ({"verdict": "accept", "reviewer": "a\x1b[31mna"}, "is to be a name or initials"),
        ({"verdict": "accept", "reviewer": "a" * 61}, "is to be a name or initials"),
        ({"verdict": "accept", "reason": "a" * 1001}, "the reason has 1,001 characters"),
    ],
)
def test_what_contradicts_itself_is_refused_and_nothing_is_stored(store, claims, judge, given, complaint):
    with pytest.raises(BadReview, match=complaint):
        judge(claims[0], **given)
    assert store.count("reviews") == 0


def test_a_naive_time_is_a_fault_of_the_caller(store, claims):
    with pytest.raises(ValueError, match="no time zone"):
        save_review(store, claims[0], "ana", Verdict.ACCEPT, at=dt.datetime(2025, 5, 6))
