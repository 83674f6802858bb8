"""Which region a person means who types a name or a code."""

import pytest

from corpus.places import NotOneRegion, find_region


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("81.02", "81.02"),
        ("Malra", "81.02"),
        (" kota tual ", "81.72"),
        ("bali", "51"),
        ("Kab. Malang", "35.07"),
        # A bare name is its kota, as in the news.
        ("Malang", "35.73"),
        ("Indonesia", "0"),
    ],
)
def test_a_region_goes_by_its_code_and_by_any_name_in_use(typed, code):
    assert find_region(typed).code == code


def test_of_several_regions_with_one_name_none_is_taken_for_meant():
    with pytest.raises(NotOneRegion, match=r"'Mura' may be .*Musi Rawas \(16\.05\).*Murung Raya.*give the code"):
        find_region("Mura")


@pytest.mark.parametrize("typed", ["Atlantis", "99.99", ""])
def test_a_name_that_no_region_has_is_told(typed):
    with pytest.raises(NotOneRegion, match="no region is called"):
        find_region(typed)
