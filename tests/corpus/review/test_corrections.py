"""What may be put in the place of a field, in which form, and what hangs on it."""

import pytest

from corpus.review.corrections import check_corrections, parse_value
from corpus.review.problems import BadCorrection
from extract.models import Unit

CLAIM = {
    "metric": "members",
    "modality": "reported",
    "segment": None,
    "value": 126_000.0,
    "unit": "people",
    "approx": "exact",
    "precision": 1000.0,
    "region": "81.02",
    "as_of_start": "2025-05-06",
    "as_of_end": "2025-05-06",
    "as_of_basis": "published",
    "speaker": "André Rettob",
    "speaker_role": "Bupati",
}


def correct(**given):
    return check_corrections(CLAIM, given, {"81", "81.02", "0"}.__contains__)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ({"approx": "about"}, {"approx": "about"}),
        ({"segment": "PPU"}, {"segment": "PPU"}),
        ({"region": None}, {"region": None}),
        ({"region": " 81 "}, {"region": "81"}),
        ({"value": "126.504"}, {"value": 126_504, "precision": 1}),
        ({"value": 126_504}, {"value": 126_504, "precision": 1}),
        ({"value": "2,1 juta"}, {"value": 2_100_000, "precision": 100_000}),
        ({"value": "127.000"}, {"value": 127_000}),
        ({"value": 127_000, "precision": 1}, {"value": 127_000, "precision": 1}),
        ({"speaker": None}, {"speaker": None, "speaker_role": None}),
        ({"speaker": "Andre Rettob"}, {"speaker": "Andre Rettob"}),
        # A person found the day in the text, so it is no fallback any more.
        (
            {"as_of_start": "2025-05-01", "as_of_end": "2025-05-31"},
            {"as_of_start": "2025-05-01", "as_of_end": "2025-05-31", "as_of_basis": "explicit"},
        ),
        (
            {"as_of_start": "2025-05-01", "as_of_basis": "deictic"},
            {"as_of_start": "2025-05-01", "as_of_basis": "deictic"},
        ),
        (
            {"as_of_start": None, "as_of_end": None},
            {"as_of_start": None, "as_of_end": None, "as_of_basis": None},
        ),
        # The unit goes with the metric, and the value is read in it.
        ({"metric": "active_members"}, {"metric": "active_members"}),
        (
            {"metric": "coverage_rate", "value": "98,29"},
            {"metric": "coverage_rate", "unit": "percent", "value": 98.29, "precision": 0.01},
        ),
        # What is as it was is no correction.
        ({"modality": "reported", "approx": "over", "value": 126_000}, {"approx": "over"}),
    ],
)
def test_corrections_are_stored_with_what_hangs_on_them(given, stored):
    assert correct(**given) == stored


@pytest.mark.parametrize(
    ("given", "field", "complaint"),
    [
        ({}, "corrections", "nothing differs"),
        ({"modality": "reported"}, "corrections", "nothing differs"),
        ({"metric": "coverage"}, "metric", "'coverage' is none of coverage_rate, active_rate"),
        ({"metric": None}, "metric", "cannot be empty"),
        ({"approx": 1}, "approx", "1 is no text"),
        ({"colour": "red"}, "colour", "no field that can be corrected"),
        ({"id": "feed"}, "id", "no field that can be corrected"),
        ({"unit": "percent"}, "unit", "percent does not go with the metric members"),
        ({"metric": "coverage_rate", "unit": "people"}, "unit", "people does not go with the metric coverage_rate"),
        ({"region": "99"}, "region", "'99' is no code of the gazetteer"),
        ({"region": "Maluku"}, "region", "'Maluku' is no code of the gazetteer"),
        ({"as_of_end": "31 Mei 2025"}, "as_of_end", "'31 Mei 2025' is no day like 2025-05-06"),
        ({"as_of_end": "20250531"}, "as_of_end", "'20250531' is no day like 2025-05-06"),
        ({"as_of_start": "2025-02-30"}, "as_of_start", "is no day"),
        ({"as_of_start": "2025-06-01"}, "as_of_end", "2025-05-06 lies before 2025-06-01"),
        ({"as_of_start": None}, "as_of_start", "first and last day are both told, or neither"),
        (
            {"as_of_start": None, "as_of_end": None, "as_of_basis": "explicit"},
            "as_of_basis",
            "there is no day that could rest on it",
        ),
        ({"value": True}, "value", "True is no number"),
        ({"value": -1}, "value", "-1 is no figure"),
        ({"value": float("inf")}, "value", "inf is no figure"),
        ({"value": 1.5}, "value", "1.5 people is no whole number"),
        ({"value": "1.5"}, "value", "'1.5' cannot be read without doubt"),
        ({"value": "12x"}, "value", "'12x' cannot be read without doubt"),
        ({"value": "1e400"}, "value", "'1e400' cannot be read without doubt"),
        ({"value": "126 504"}, "value", "'126 504' cannot be read without doubt; write 126.504, 126504 or 2,1 juta"),
        ({"value": "banyak"}, "value", "cannot be read"),
        ({"value": None}, "value", "None is no number"),
        ({"precision": 0}, "precision", "0 is no number above 0"),
        ({"speaker": ""}, "speaker", "is to have 1 to 200 characters"),
        ({"speaker": None, "speaker_role": "Bupati"}, "speaker_role", "nobody's office"),
    ],
)
def test_what_cannot_be_is_refused_by_field(given, field, complaint):
    with pytest.raises(BadCorrection, match=complaint) as refused:
        correct(**given)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("typed", "unit", "value", "precision"),
    [
        ("98,29", Unit.PERCENT, 98.29, 0.01),
        ("98.29%", Unit.PERCENT, 98.29, 0.01),
        (98.29, Unit.PERCENT, 98.29, 0.01),
        (98.0, Unit.PERCENT, 98, 1),
        ("98,0", Unit.PERCENT, 98, 0.1),
        (100, Unit.PERCENT, 100, 1),
        ("126,504", Unit.PEOPLE, 126_504, 1),
        ("Rp1,2 miliar", Unit.IDR, 1_200_000_000, 100_000_000),
        (12, Unit.REGIONS, 12, 1),
    ],
)
def test_a_value_has_the_precision_it_was_typed_with(typed, unit, value, precision):
    assert parse_value(typed, unit) == (value, pytest.approx(precision))
