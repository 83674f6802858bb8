"""How many claims a day are usual is asked of the same weekday in the weeks before."""

import datetime as dt

import pytest

from corpus.unattended.rules import UsualRule
from corpus.unattended.usual import DayOfClaims, Usual, usual_for

TUESDAY = dt.date(2025, 5, 6)
LONG_AGO = dt.date(2020, 1, 1)
RULE = UsualRule(weeks=8, at_least_weeks=4, spreads=3)


def tuesdays(*claims):
    """Claims of the Tuesdays before, the latest first, and a hundred on every other day."""
    other = {TUESDAY - dt.timedelta(days=number): 100 for number in range(1, 60)}
    return other | {TUESDAY - dt.timedelta(weeks=week): number for week, number in enumerate(claims, start=1)}


def test_the_range_is_three_spreads_either_side_of_the_median_of_that_weekday():
    # The root of 25 is larger than 1.4826 times the median distance, which is 1.
    usual = usual_for(TUESDAY, tuesdays(25, 26, 24, 25, 27, 23, 25, 26), LONG_AGO, RULE)
    assert usual == Usual(median=25, low=10, high=40, weeks=8)


def test_days_that_differ_much_make_a_wide_range():
    # Distances from the median 25: 15, 5, 5, 15, 15, 5, 5, 15; their median 10, 14.826 a spread.
    usual = usual_for(TUESDAY, tuesdays(10, 20, 30, 40, 40, 30, 20, 10), LONG_AGO, RULE)
    assert (usual.median, usual.low, usual.high) == (25, 0, 70)


def test_one_holiday_or_one_flood_moves_it_little():
    usual = usual_for(TUESDAY, tuesdays(25, 26, 24, 0, 900, 25, 26, 24), LONG_AGO, RULE)
    assert (usual.median, usual.low, usual.high) == (25, 10, 40)


def test_weeks_before_the_first_run_are_not_weeks_without_claims():
    claims = tuesdays(25, 25, 25, 25)
    assert usual_for(TUESDAY, claims, TUESDAY - dt.timedelta(weeks=4), RULE).weeks == 4
    assert usual_for(TUESDAY, claims, TUESDAY - dt.timedelta(weeks=4, days=-1), RULE) is None


@pytest.mark.parametrize(("claims", "unusual"), [(9, True), (10, False), (40, False), (41, True)])
def test_the_bounds_are_usual_themselves(claims, unusual):
    assert DayOfClaims(TUESDAY, claims, Usual(25, 10, 40, 8)).is_unusual is unusual


def test_nothing_is_unusual_where_nothing_is_known_to_be_usual():
    assert not DayOfClaims(TUESDAY, 0, None).is_unusual
