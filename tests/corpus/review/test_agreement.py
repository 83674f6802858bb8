"""Cohen's kappa against figures worked out by hand, and what of two reviewers is compared."""

import pytest

from corpus.review.agreement import cohens_kappa, measure_agreement
from corpus.review.problems import UnknownReviewer


def pairs(table):
    """The pairs of a table of counts {(first, second): how often}."""
    return [pair for pair, count in table.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("table", "observed", "kappa"),
    [
        # Of 50: 20 + 15 agree, 0.7; by chance 25/50 * 30/50 + 25/50 * 20/50 = 0.5; (0.7 - 0.5) / 0.5.
        ({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}, 0.7, 0.4),
        # Of 100, 0.6 agree in both; by chance 0.6 * 0.7 + 0.4 * 0.3 = 0.54, and 0.6 * 0.3 + 0.4 * 0.7 = 0.46.
        ({(1, 1): 45, (1, 0): 15, (0, 1): 25, (0, 0): 15}, 0.6, 0.06 / 0.46),
        ({(1, 1): 25, (1, 0): 35, (0, 1): 5, (0, 0): 35}, 0.6, 0.14 / 0.54),
        # Three categories of ten: 6 agree; by chance (5*4 + 3*4 + 2*2) / 100 = 0.36; 0.24 / 0.64.
        (
            {("a", "a"): 3, ("a", "b"): 2, ("b", "b"): 2, ("b", "c"): 1, ("c", "c"): 1, ("c", "a"): 1},
            0.6,
            0.375,
        ),
        ({("a", "a"): 3, ("b", "b"): 4}, 1.0, 1.0),
        # Never the same: by chance 0.5, so (0 - 0.5) / 0.5.
        ({("a", "b"): 2, ("b", "a"): 2}, 0.0, -1.0),
        # One of the two sees no difference at all: agreement is what chance would give.
        ({("a", "a"): 3, ("a", "b"): 1}, 0.75, 0.0),
    ],
)
def test_kappa_is_as_worked_out_by_hand(table, observed, kappa):
    found = cohens_kappa(pairs(table))
    assert found.claims == sum(table.values())
    assert found.observed == pytest.approx(observed)
    assert found.kappa == pytest.approx(kappa)


def test_kappa_of_one_category_alone_is_undefined():
    found = cohens_kappa(pairs({("a", "a"): 7}))
    assert (found.claims, found.observed, found.kappa) == (7, 1.0, None)


def test_of_nothing_nothing_is_known():
    found = cohens_kappa([])
    assert (found.claims, found.observed, found.kappa) == (0, None, None)


def fields(store, first="ana", second="budi"):
    return {row.field: row for row in measure_agreement(store.db, first, second)}


def test_fields_are_compared_as_each_would_have_them(store, claims, judge):
    judge(claims[0], "accept", reviewer="ana")
    judge(claims[0], "correct", reviewer="budi", region="81")
    judge(claims[1], "correct", reviewer="ana", speaker=None)
    judge(claims[1], "correct", reviewer="budi", speaker=None)
    found = fields(store)
    assert (found["verdict"].claims, found["verdict"].observed) == (2, 0.5)
    assert found["region"].observed == 0.5
    # Both made nobody of the second's speaker and kept the first's: two categories, and the same.
    assert (found["speaker"].observed, found["speaker"].kappa) == (1.0, 1.0)
    assert (found["modality"].observed, found["modality"].kappa) == (1.0, None)


def test_a_rejected_claim_has_a_verdict_and_no_fields(store, claims, judge):
    judge(claims[0], "reject", reviewer="ana", reason="a target")
    judge(claims[0], "accept", reviewer="budi")
    judge(claims[1], "accept", reviewer="ana")
    judge(claims[1], "accept", reviewer="budi")
    found = fields(store)
    assert (found["verdict"].claims, found["value"].claims) == (2, 1)


def test_only_what_both_judged_in_the_same_form_counts(store, read_into, claims, judge):
    judge(claims[0], "accept", reviewer="ana")
    judge(claims[1], "accept", reviewer="ana")
    read_into("rules 2", claims=[{"value": 126_100}])
    judge(claims[0], "accept", reviewer="budi")
    judge(claims[1], "accept", reviewer="budi")
    assert fields(store)["verdict"].claims == 1


def test_second_thoughts_count_and_what_was_withdrawn_does_not(store, claims, judge, noon):
    from corpus.review.verdicts import take_back

    judge(claims[0], "reject", reviewer="ana", reason="a target")
    judge(claims[0], "accept", reviewer="ana", minutes=1)
    judge(claims[0], "accept", reviewer="budi")
    judge(claims[1], "accept", reviewer="ana")
    take_back(store, judge(claims[1], "accept", reviewer="budi"), at=noon)
    found = fields(store)["verdict"]
    assert (found.claims, found.observed) == (1, 1.0)


def test_a_name_without_verdicts_is_told_with_those_that_have_some(store, claims, judge):
    with pytest.raises(UnknownReviewer, match=r"no verdict of 'ana' counts .* Nobody has judged anything yet\."):
        measure_agreement(store.db, "ana", "budi")
    judge(claims[0], "accept", reviewer="Ana")
    with pytest.raises(UnknownReviewer, match=r"no verdict of 'ana' counts .* Verdicts are there of Ana\."):
        measure_agreement(store.db, "ana", "Ana")
