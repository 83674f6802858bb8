"""One person under several spellings, and people of one name who are not one."""

import pytest

from corpus.compare.people import compare_name, compare_office
from corpus.compare.rules import load_rules
from extract.mentions.speaker_lexicon import load_speaker_lexicon
from extract.regions.gazetteer import load_gazetteer

CLAIM = "Cakupan kepesertaan JKN di {} mencapai 98,29 persen per 1 Mei 2025, kata {}."
MALRA, ARU, MALANG = "Kabupaten Maluku Tenggara", "Kabupaten Kepulauan Aru", "Kabupaten Malang"


@pytest.fixture
def people(room):
    """Has people quoted, each on a region, and gives who is taken for one: a list of names for each person."""

    def people(*quoted):
        for number, (place, who) in enumerate(quoted):
            room.print("kabar.id", "2025-05-06", CLAIM.format(place, who), page=f"/{number}")
        room.compare()
        found = {}
        for person, name in room.rows("SELECT speaker_id, name FROM speaker_names ORDER BY name"):
            found.setdefault(person, set()).add(name)
        return sorted(sorted(names) for names in found.values())

    return people


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        (
            (MALRA, "Bupati Maluku Tenggara M. Thaher Hanubun"),
            (MALRA, "Bupati Malra Muhamad Thaher Hanubun"),
            ["M. Thaher Hanubun", "Muhamad Thaher Hanubun"],
        ),
        (
            (MALRA, "Bupati Maluku Tenggara Thaher Hanubun"),
            (MALRA, "Bupati Maluku Tenggara Muhamad Thaher Hanubun"),
            ["Muhamad Thaher Hanubun", "Thaher Hanubun"],
        ),
        (
            (MALRA, "Bupati Maluku Tenggara Thaher Hanubun"),
            (MALRA, "Bupati Maluku Tenggara Thaher Hanubum"),
            ["Thaher Hanubum", "Thaher Hanubun"],
        ),
        (
            (MALRA, "Kepala BPJS Kesehatan Cabang Tual Harbu Hakim"),
            (ARU, "Kepala Kantor Cabang BPJS Kesehatan Tual Harbu Hakim"),
            ["Harbu Hakim"],
        ),
        (
            (MALRA, "Penjabat Bupati Maluku Tenggara Jasmono Jasmono Putra"),
            (MALRA, "Sekda Maluku Tenggara Jasmono Jasmono Putra"),
            ["Jasmono Jasmono Putra"],
        ),
    ],
)
def test_spellings_of_one_person(people, one, other, names):
    assert people(one, other) == [names]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            (MALRA, "Bupati Maluku Tenggara Ahmad Yani"),
            (MALANG, "Bupati Malang Ahmad Yani"),
            "twins of names in the same office of two places",
        ),
        (
            (MALRA, "Kepala BPJS Kesehatan Cabang Tual Andi Saputra"),
            (MALANG, "Kepala BPJS Kesehatan Cabang Malang Andi Saputra"),
            "two branches, two heads",
        ),
        (
            (MALRA, "Bupati Maluku Tenggara Thaher Hanubun"),
            (MALRA, "Wakil Bupati Maluku Tenggara Petrus Hanubun"),
            "a family name in two offices",
        ),
        (
            (MALRA, "Bupati Maluku Tenggara Edi Rahayaan"),
            (MALRA, "Bupati Maluku Tenggara Adi Rahayaan"),
            "one letter apart in a short word, and the first letter",
        ),
        (
            (MALRA, "Bupati Maluku Tenggara Andreas Rentanubun"),
            (MALRA, "Bupati Maluku Tenggara Anderias Rettob"),
            "two holders of one office",
        ),
    ],
)
def test_people_who_are_not_one(people, one, other, why):
    assert len(people(one, other)) == 2, why


def test_a_short_name_that_two_could_bear_is_nobody_s(people):
    found = people(
        (MALRA, "Bupati Maluku Tenggara Andreas Rettob"),
        (MALRA, "Bupati Maluku Tenggara Yosep Rettob"),
        (MALRA, "Bupati Maluku Tenggara Rettob"),
    )
    assert found == [["Andreas Rettob"], ["Rettob"], ["Yosep Rettob"]]


def test_a_second_candidate_takes_back_the_link(people):
    assert people((MALRA, "Bupati Maluku Tenggara Andreas Rettob"), (MALRA, "Bupati Maluku Tenggara Rettob")) == [
        ["Andreas Rettob", "Rettob"]
    ]
    found = people(
        (MALRA, "Bupati Maluku Tenggara Andreas Rettob"),
        (MALRA, "Bupati Maluku Tenggara Rettob"),
        (MALRA, "Bupati Maluku Tenggara Yosep Rettob"),
    )
    assert len(found) == 3


def test_why_a_spelling_is_somebody_s_is_told(room, people):
    people(
        (MALRA, "Bupati Maluku Tenggara Muhamad Thaher Hanubun"),
        (MALRA, "Bupati Maluku Tenggara Thaher Hanubun"),
    )
    assert room.rows("SELECT name, rule, evidence FROM speaker_names ORDER BY name") == [
        ("Muhamad Thaher Hanubun", "speaker.first", "the first spelling of this person"),
        (
            "Thaher Hanubun",
            "speaker.contained",
            "a shorter or longer form of the name of 'Muhamad Thaher Hanubun' (Bupati Maluku Tenggara), "
            "in the same office",
        ),
    ]


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("Dr. H. Moh. Ridwan Lasimpala, S.E., M.Si.", "muhammad ridwan lasimpala"),
        ("Hj. Siti Aminah", "siti aminah"),
        ("André Rettob", "andre rettob"),
        ("Ma'ruf Amin SE", "ma'ruf amin"),
        ("H", "h"),
    ],
)
def test_names_as_they_are_compared(name, compared):
    assert compare_name(name, load_speaker_lexicon(), load_rules().people) == compared


@pytest.mark.parametrize(
    ("role", "region", "compared"),
    [
        ("Bupati Maluku Tenggara", "81.02", "bupati@81.02"),
        ("Plt Bupati Malra", "81.02", "bupati@81.02"),
        ("Bupati", "81.02", "bupati@81.02"),
        ("Wabup Malra", "81.02", "bupati wakil@81.02"),
        ("Wakil Bupati", "81.02", "bupati wakil@81.02"),
        ("Walikota Tual", "81.72", "wali_kota@81.72"),
        ("Wali Kota", "81.72", "wali_kota@81.72"),
        ("Menkes", "81.02", "kesehatan menteri@0"),
        ("Bupati", None, ""),
        (None, "81.02", ""),
    ],
)
def test_offices_as_they_are_compared(role, region, compared):
    assert compare_office(role, region, load_gazetteer(), load_speaker_lexicon(), load_rules().people) == compared
