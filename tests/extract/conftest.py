"""What the tests of the claim rules share."""

import datetime as dt

import pytest

from extract.models import SAID, Article
from extract.pipeline import extract


@pytest.fixture
def claims_of():
    """A function from a text to its claims; `published` is an ISO date."""

    def read(text, published=None, title=None):
        day = dt.date.fromisoformat(published) if published else None
        return extract(Article(id="test", text=text, title=title, published=day)).claims

    return read


@pytest.fixture
def days_of():
    """A function from a claim to the days that the text itself gives, as "2022-04-22" or "2022-04-01..2022-04-30"."""

    def days(claim):
        if claim.as_of is None or claim.as_of_basis not in SAID:
            return None
        start, end = claim.as_of.start.isoformat(), claim.as_of.end.isoformat()
        return start if start == end else f"{start}..{end}"

    return days
