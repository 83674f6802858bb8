"""The domain's types as rows: identities that last, times that compare, texts that SQLite can hold."""

import datetime as dt
import math
from dataclasses import replace

import pytest

from corpus import rows


def test_times_are_stored_in_utc():
    in_ambon = dt.datetime(2025, 5, 6, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    assert rows.utc(in_ambon) == "2025-05-06T00:30:00+00:00"


def test_a_time_without_a_zone_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="no time zone"):
        rows.utc(dt.datetime(2025, 5, 6))


def test_a_claim_keeps_its_id_when_text_is_put_in_above_it(article, read):
    longer = replace(article, text="Ambon, 6 Mei.\n" + article.text)
    assert rows.claim_ids("a1", read(article)) == rows.claim_ids("a1", read(longer))


def test_a_claim_keeps_its_id_when_rules_improve_its_value_or_speaker(extraction):
    first, *others = extraction.claims
    better = replace(extraction, version="rules 2", claims=(replace(first, value=100_026, speaker=None), *others))
    assert rows.claim_ids("a1", better) == rows.claim_ids("a1", extraction)


@pytest.mark.parametrize("change", [{"region": "81"}, {"metric": "population"}, {"raw": "126.000 jiwa"}])
def test_another_region_metric_or_figure_is_another_claim(extraction, change):
    first, *others = extraction.claims
    other = replace(extraction, claims=(replace(first, **change), *others))
    assert rows.claim_ids("a1", other)[0] != rows.claim_ids("a1", extraction)[0]


def test_equal_figures_in_one_article_have_ids_of_their_own(extraction):
    first, _ = extraction.claims
    again = replace(first, start=first.start + 200, end=first.end + 200)
    ids = rows.claim_ids("a1", replace(extraction, claims=(first, again, again)))
    assert len(set(ids)) == 3
    assert ids[0] == rows.claim_ids("a1", extraction)[0]


def test_how_a_page_was_read_makes_no_revision(article):
    assert rows.revision_digest(article) == rows.revision_digest(replace(article, id="other", layout="blogger"))


@pytest.mark.parametrize("change", [{"title": None}, {"published": dt.date(2025, 5, 6)}, {"text": ""}, {"authors": ()}])
def test_what_the_outlet_wrote_makes_one(article, change):
    assert rows.revision_digest(article) != rows.revision_digest(replace(article, **change))


def test_a_lone_surrogate_is_replaced_and_offsets_stay():
    assert rows.storable({"text": "83\ud800 persen", "value": 83}) == {"text": "83\ufffd persen", "value": 83}


@pytest.mark.parametrize(
    ("number", "stored"),
    [(126_000, 126_000), (2**63 - 1, 2**63 - 1), (10**30, 1e30), (10**400, math.inf), (97.89, 97.89), (True, True)],
)
def test_a_number_too_long_for_the_database_becomes_one_that_fits(number, stored):
    assert rows.storable({"value": number}) == {"value": stored}
