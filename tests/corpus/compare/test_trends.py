"""Steps that no population could make, and steps that it could."""

import pytest

LIVE = "Jumlah penduduk Kabupaten Maluku Tenggara {} jiwa per {}."
MEMBERS = "Jumlah peserta JKN di Kabupaten Maluku Tenggara mencapai {} jiwa per {}."
COVERED = "Cakupan kepesertaan JKN di Kabupaten Maluku Tenggara mencapai {} persen per {}."
ACTIVE = "Tingkat keaktifan peserta JKN di Kabupaten Maluku Tenggara {} persen per {}."
UNCOVERED = "Jumlah warga Kabupaten Maluku Tenggara yang belum terdaftar JKN {} jiwa per {}."


@pytest.fixture
def steps(room):
    """Tells two figures one after the other and gives the rules of the jumps in the region's history."""

    def steps(sentence, earlier, later):
        room.print("kabar.id", "2025-01-10", sentence.format(earlier, "1 Januari 2025"))
        room.print("kabar.id", "2025-04-10", sentence.format(later, "1 April 2025"))
        room.compare()
        return [rule for (rule,) in room.rows("SELECT rule FROM jumps WHERE subject = 'region'")]

    return steps


@pytest.mark.parametrize(
    ("sentence", "earlier", "later", "rule"),
    [
        (LIVE, "121.384", "127.120", None),
        (LIVE, "121.384", "148.120", "jump.population"),
        (LIVE, "148.120", "121.384", "jump.population"),
        (MEMBERS, "61.384", "120.120", None),
        (MEMBERS, "120.384", "190.120", "jump.members"),
        (MEMBERS, "120.384", "48.120", "jump.loss"),
        (UNCOVERED, "32.384", "3.120", None),
        (UNCOVERED, "32.384", "3.238", "jump.same_digits"),
        (COVERED, "62,14", "98,02", None),
        (COVERED, "98,02", "97,14", None),
        (COVERED, "98,02", "62,14", "jump.rate"),
        (COVERED, "21,07", "98,02", "jump.rate"),
        (ACTIVE, "88,02", "60,14", None),
        (ACTIVE, "98,02", "18,14", "jump.rate"),
    ],
)
def test_what_a_quarter_can_change(steps, sentence, earlier, later, rule):
    assert steps(sentence, earlier, later) == ([rule] if rule else [])


def test_an_outlier_jumps_there_and_back(room):
    for month, day, value in ((1, "1 Januari", "98,02"), (2, "1 Februari", "9,82"), (3, "1 Maret", "98,11")):
        room.print("kabar.id", f"2025-0{month}-10", COVERED.format(value, f"{day} 2025"))
    room.compare()
    jumps = room.rows("SELECT got, allowed FROM jumps WHERE subject = 'region' ORDER BY got")
    assert [got for got, _ in jumps] == [-88.2, 88.29]
    assert all(abs(allowed) < abs(got) for got, allowed in jumps)


def test_an_official_who_contradicts_himself_jumps_in_his_own_history(room):
    said = f'"{COVERED[:-1]}," kata Bupati Maluku Tenggara Thaher Hanubun.'
    room.print("kabar.id", "2025-01-10", said.format("98,02", "1 Januari 2025"))
    room.print("siwalima.id", "2025-02-10", said.format("61,44", "1 Februari 2025"))
    room.compare()
    found = room.rows("SELECT subject, name, rule FROM jumps LEFT JOIN speakers ON id = key ORDER BY subject")
    assert found == [("region", None, "jump.rate"), ("speaker", "Thaher Hanubun", "jump.rate")]


def test_the_newest_claim_is_the_latest_by_what_it_is_of(room):
    """A story of June on figures of January is older than one of April on figures of March."""
    room.print("kabar.id", "2025-06-10", COVERED.format("97,11", "1 Januari 2025"))
    room.print("siwalima.id", "2025-04-10", COVERED.format("98,02", "1 Maret 2025"))
    room.compare()
    assert room.rows("SELECT value, day, sources FROM region_latest") == [(98.02, "2025-03-01", 1)]


def test_of_one_day_a_dated_figure_is_newer_than_an_undated_one(room):
    room.print("kabar.id", "2025-06-10", COVERED.format("97,11", "10 Juni 2025"))
    room.print(
        "siwalima.id", "2025-06-10", "Cakupan kepesertaan JKN di Kabupaten Maluku Tenggara mencapai 98,02 persen."
    )
    room.compare()
    assert room.rows("SELECT value, as_of_basis FROM region_latest") == [(97.11, "explicit")]


LATEST = "SELECT value FROM region_latest WHERE metric = ? ORDER BY value"
LUCKY = "Sebanyak 31 peserta JKN di Kabupaten Maluku Tenggara mendapat hadiah undian, {}."


def test_the_latest_count_is_one_of_the_whole_region(room):
    """Of one day as of a later one: three members who win a prize are not the members of a region."""
    room.print(
        "kabar.id", "2025-06-10", f"{MEMBERS.format('120.384', '10 Juni 2025')} {LUCKY.format('Selasa (10/6/2025)')}"
    )
    room.print("siwalima.id", "2025-07-10", LUCKY.format("Kamis (10/7/2025)"))
    room.compare()
    assert room.rows(LATEST, "members") == [(120_384.0,)]


def test_a_region_of_which_only_parts_are_told_has_no_latest_count(room):
    room.print("kabar.id", "2025-06-10", LUCKY.format("Selasa (10/6/2025)"))
    room.compare()
    assert room.rows(LATEST, "members") == []
    assert room.rows("SELECT value FROM standing WHERE metric = 'members'") == [(31.0,)]


def test_of_one_day_the_figure_that_the_arithmetic_bears_out_is_the_latest(room):
    """Two officials, two percentages; the one does not fit the counts that he gives with it."""
    room.print(
        "kabar.id",
        "2025-07-17",
        "Kepala Dinas Kesehatan Kabupaten Merauke, Bonefasia Mahuze, menyebutkan hingga 30 Juni 2025 peserta JKN sudah "
        "245.293 jiwa dari 255.168 jiwa penduduk, atau 98,13 persen. Kepala BPJS Kesehatan Cabang Merauke, Agustina "
        "Wambrauw, menyebut cakupan pada tanggal yang sama baru 96,13 persen.",
    )
    room.compare()
    assert room.rows("SELECT value, disputed FROM region_latest WHERE metric = 'coverage_rate'") == [(96.13, 1)]


def test_of_one_day_the_exact_figure_is_the_latest_and_not_the_rounded_one(room):
    room.print("kabar.id", "2025-06-10", MEMBERS.format("sekitar 125.000", "10 Juni 2025"))
    room.print("siwalima.id", "2025-06-11", MEMBERS.format("120.384", "10 Juni 2025"))
    room.compare()
    assert room.rows(LATEST, "members") == [(120_384.0,)]


MARKS = "SELECT value, disputed, contradicted, jump FROM region_latest"


def test_a_latest_figure_that_another_source_contradicts_says_so(room):
    room.print("kabar.id", "2025-04-10", COVERED.format("96,14", "1 April 2025"))
    room.print("siwalima.id", "2025-04-11", COVERED.format("97,14", "1 April 2025"))
    room.compare()
    assert room.rows(MARKS) == [(97.14, 0, 1, 0)]


def test_a_latest_figure_that_no_population_could_have_come_to_says_so(room):
    room.print("kabar.id", "2025-01-10", COVERED.format("98,02", "1 Januari 2025"))
    room.print("kabar.id", "2025-04-10", COVERED.format("62,14", "1 April 2025"))
    room.compare()
    assert room.rows(MARKS) == [(62.14, 0, 0, 1)]
