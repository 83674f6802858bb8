"""When what is known is asked for again, also where a clock was wrong."""

import datetime as dt

import pytest

from crawler.items import PageState
from crawler.memory import KnownListing, KnownPage, Validators

NOW = dt.datetime(2025, 5, 6, 5, 0, tzinfo=dt.UTC)
HOUR, DAY, YEAR = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(days=365)


def page(fetched_at, **more):
    return KnownPage(PageState.ARTICLE, Validators(), None, fetched_at - HOUR, fetched_at, **more)


def test_a_page_fetched_just_now_is_not_due_but_one_fetched_in_the_future_is():
    assert not page(NOW - HOUR).is_due(None, NOW)
    assert page(NOW + HOUR).is_due(None, NOW)


def test_a_page_of_which_the_copy_is_lost_is_due_whatever_its_stamp():
    assert page(NOW - HOUR, is_copy_lost=True).is_due(None, NOW)


@pytest.mark.parametrize(
    ("problem", "ahead", "rests"),
    [
        ("http_404", 7 * DAY, True),
        ("http_404", 8 * DAY, False),
        ("http_503", 8 * DAY, True),
        ("http_503", YEAR, False),
        ("http_503", -HOUR, False),
    ],
)
def test_a_listing_rests_for_no_longer_than_any_wait_can_be(problem, ahead, rests):
    """What lies further ahead was reckoned by a clock that was years ahead."""
    listing = KnownListing(Validators(), 0, None, NOW + ahead, problem)
    assert listing.is_at_rest(NOW, insist=False) is rests
