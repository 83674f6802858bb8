"""A store with the two claims of the article read, and how they are judged in a line."""

import datetime as dt
from dataclasses import replace

import pytest

from corpus.readings import save_extraction
from corpus.review.verdicts import Verdict, save_review
from corpus.store import Store


@pytest.fixture
def read_into(store, article, noon, read):
    """A function that stores the article, with any of its fields or those of its claims changed, as read anew."""

    def read_into(version="rules 1", claims=(), **changed):
        """`claims` holds, for each claim, the fields that the extractor now sees otherwise; None leaves it out."""
        form = replace(article, **changed)
        stored = store.save_article(form, seen_at=noon)
        extraction = read(form, version)
        edited = [
            replace(claim, **change)
            for claim, change in zip(extraction.claims, (*claims, {}, {}), strict=False)
            if change is not None
        ]
        # The hand-made check weighs both figures, and is left out where one is gone.
        checks = extraction.checks if len(edited) == 2 else ()
        save_extraction(
            store, stored.article_id, stored.revision, replace(extraction, claims=tuple(edited), checks=checks)
        )
        return claim_ids(store)

    return read_into


def claim_ids(store: Store) -> list[str]:
    """The claims of the store in text order."""
    return [key for (key,) in store.db.execute("SELECT id FROM claims ORDER BY ordinal")]


@pytest.fixture
def claims(read_into):
    """IDs of the two claims: members, garbled in print and repaired, and coverage."""
    return read_into()


@pytest.fixture
def judge(store, noon):
    """A function that saves a verdict, by Ana at noon unless said otherwise."""

    def judge(claim, verdict, reviewer="ana", reason=None, minutes=0, **corrections):
        at = noon + dt.timedelta(minutes=minutes)
        return save_review(store, claim, reviewer, Verdict(verdict), corrections, reason, at=at)

    return judge


@pytest.fixture
def standing(store):
    """A function that gives a claim as it stands."""

    def standing(claim):
        (row,) = store.db.query("SELECT * FROM standing WHERE claim_id = ?", [claim])
        return row

    return standing
