"""Changes and gaps against the levels told with them, targets against what has been reached."""

import pytest

from extract.models import Approx, Metric, Modality, Reason

PAYAKUMBUH, SORONG, NATION = "13.76", "96.71", "0"
CHANGE, TARGET = {"modality": Modality.CHANGE}, {"modality": Modality.TARGET}
GAP = {"modality": Modality.CHANGE, "reasons": (Reason("modality", "modality.change", "masih kurang"),)}
THRESHOLD = {"modality": Modality.REQUIREMENT, "region": NATION}

CASES = {
    # check, what it shows: region, figures, verdict, the sentence in English and Indonesian
    "change_against_levels, of rates": (
        PAYAKUMBUH,
        [
            ("97,99 persen", Metric.COVERAGE_RATE),
            ("98,97 persen", Metric.COVERAGE_RATE),
            ("0,98 persen", Metric.COVERAGE_RATE, CHANGE),
        ],
        "ok",
        "In Kota Payakumbuh, from 97.99% to 98.97% the difference is indeed 0.98 percentage points.",
        "Di Kota Payakumbuh, selisih 97,99 persen dan 98,97 persen memang 0,98 poin persen.",
    ),
    "change_against_levels, of rates, in per cent of the level before": (
        PAYAKUMBUH,
        [
            ("80 persen", Metric.COVERAGE_RATE),
            ("88 persen", Metric.COVERAGE_RATE),
            ("10 persen", Metric.COVERAGE_RATE, CHANGE),
        ],
        "ok",
        "In Kota Payakumbuh, from 80% to 88% the difference is 8 percentage points, which is 10% of the level before.",
        "Di Kota Payakumbuh, selisih 80 persen dan 88 persen adalah 8 poin persen, "
        "atau 10 persen dari angka sebelumnya.",
    ),
    "change_against_levels, of rates, of the level before rather than in points that only rounding allows": (
        PAYAKUMBUH,
        [
            ("80 persen", Metric.COVERAGE_RATE),
            ("84 persen", Metric.COVERAGE_RATE),
            ("5 persen", Metric.COVERAGE_RATE, CHANGE),
        ],
        "ok",
        "In Kota Payakumbuh, from 80% to 84% the difference is 4 percentage points, which is 5% of the level before.",
        "Di Kota Payakumbuh, selisih 80 persen dan 84 persen adalah 4 poin persen, "
        "atau 5 persen dari angka sebelumnya.",
    ),
    "change_against_levels, of rates that rounding leaves a whole point of room": (
        PAYAKUMBUH,
        [
            ("80 persen", Metric.COVERAGE_RATE),
            ("84 persen", Metric.COVERAGE_RATE),
            ("3 persen", Metric.COVERAGE_RATE, CHANGE),
        ],
        "unknown",
        "In Kota Payakumbuh, from 80% to 84% the difference is 4 percentage points; "
        "the figures are too rough to bear out or to contradict 3 percentage points.",
        "Di Kota Payakumbuh, selisih 80 persen dan 84 persen adalah 4 poin persen; "
        "angkanya terlalu kasar untuk membenarkan atau membantah 3 poin persen.",
    ),
    "change_against_levels, wrong": (
        PAYAKUMBUH,
        [
            ("97,99 persen", Metric.COVERAGE_RATE),
            ("0,89 persen", Metric.COVERAGE_RATE, CHANGE),
            ("98,97 persen", Metric.COVERAGE_RATE),
        ],
        "suspect",
        "In Kota Payakumbuh, from 97.99% to 98.97% the difference is 0.98 percentage points, "
        "not 0.89 percentage points.",
        "Di Kota Payakumbuh, selisih 97,99 persen dan 98,97 persen adalah 0,98 poin persen, bukan 0,89 poin persen.",
    ),
    "change_against_levels, of people": (
        PAYAKUMBUH,
        [("12.000 jiwa", Metric.MEMBERS, CHANGE), ("130.000 jiwa", Metric.MEMBERS), ("145.000 jiwa", Metric.MEMBERS)],
        "suspect",
        "In Kota Payakumbuh, from 130,000 to 145,000 members the difference is 15,000, not 12,000.",
        "Di Kota Payakumbuh, selisih 130.000 dan 145.000 peserta adalah 15.000, bukan 12.000.",
    ),
    "change_against_levels, of people in per cent": (
        PAYAKUMBUH,
        [
            ("133.000 jiwa", Metric.MEMBERS),
            ("139.650 jiwa", Metric.MEMBERS),
            ("5 persen", Metric.COVERAGE_RATE, CHANGE),
        ],
        "ok",
        "In Kota Payakumbuh, from 133,000 to 139,650 members the difference is 6,650, which is 5% of the level before.",
        "Di Kota Payakumbuh, selisih 133.000 dan 139.650 peserta adalah 6.650, atau 5 persen dari angka sebelumnya.",
    ),
    "change_against_levels, told in another sentence": (
        PAYAKUMBUH,
        [
            ("2 persen", Metric.COVERAGE_RATE, CHANGE),
            ("90,1 persen", Metric.COVERAGE_RATE, 1),
            ("95,3 persen", Metric.COVERAGE_RATE, 1),
        ],
        "unknown",
        "In Kota Payakumbuh, from 90.1% to 95.3% the difference is 5.2 percentage points; "
        "the change of 2 percentage points may be of another period.",
        "Di Kota Payakumbuh, selisih 90,1 persen dan 95,3 persen adalah 5,2 poin persen; "
        "perubahan 2 poin persen mungkin dihitung dari waktu yang berbeda.",
    ),
    "gap_to_target, of a rate": (
        PAYAKUMBUH,
        [
            ("97,47 persen", Metric.COVERAGE_RATE),
            ("0,83 persen", Metric.COVERAGE_RATE, GAP),
            ("98 persen", Metric.COVERAGE_RATE, THRESHOLD),
        ],
        "suspect",
        "In Kota Payakumbuh, from 97.47% to 98% there are 0.53 percentage points to go, not 0.83 percentage points.",
        "Di Kota Payakumbuh, dari 97,47 persen masih kurang 0,53 poin persen untuk mencapai 98 persen, "
        "bukan 0,83 poin persen.",
    ),
    "gap_to_target, of people": (
        SORONG,
        [
            ("270.125 jiwa", Metric.MEMBERS),
            ("286.028 penduduk", Metric.POPULATION),
            ("10.182 peserta", Metric.MEMBERS, GAP | {"sentence": 1}),
            ("98 persen", Metric.COVERAGE_RATE, THRESHOLD | {"sentence": 1}),
        ],
        "ok",
        "In Kota Sorong, from 270,125 members to 98% there are indeed 10,182 people to go.",
        "Di Kota Sorong, dari 270.125 peserta memang masih kurang 10.182 jiwa untuk mencapai 98 persen.",
    ),
    "gap_to_target, from a rate that rounding leaves a whole point of room": (
        SORONG,
        [
            ("70 persen", Metric.COVERAGE_RATE),
            ("286.028 penduduk", Metric.POPULATION),
            ("78 ribu peserta", Metric.MEMBERS, GAP),
            ("98 persen", Metric.COVERAGE_RATE, TARGET),
        ],
        "unknown",
        "In Kota Sorong, from 70% to 98% there are 80,087 people to go; "
        "the figures are too rough to bear out or to contradict 78,000 people.",
        "Di Kota Sorong, dari 70 persen masih kurang 80.087 jiwa untuk mencapai 98 persen; "
        "angkanya terlalu kasar untuk membenarkan atau membantah 78.000 jiwa.",
    ),
    "gap_to_target, from a level told long before": (
        SORONG,
        [
            ("270.125 jiwa", Metric.MEMBERS),
            ("286.028 penduduk", Metric.POPULATION),
            ("11.900 peserta", Metric.MEMBERS, GAP | {"sentence": 2}),
            ("98 persen", Metric.COVERAGE_RATE, TARGET | {"sentence": 2}),
        ],
        "unknown",
        "In Kota Sorong, from 270,125 members to 98% there are 10,182 people to go; "
        "the 11,900 people in the text may be of another time.",
        "Di Kota Sorong, dari 270.125 peserta masih kurang 10.182 jiwa untuk mencapai 98 persen; "
        "angka 11.900 jiwa dalam teks mungkin dihitung pada waktu yang berbeda.",
    ),
    "gap_to_target, of people, from a rate": (
        SORONG,
        [
            ("94,44 persen", Metric.COVERAGE_RATE),
            ("286.028 penduduk", Metric.POPULATION),
            ("380 peserta", Metric.MEMBERS, GAP | {"sentence": 1}),
            ("97 persen", Metric.COVERAGE_RATE, TARGET | {"sentence": 1}),
        ],
        "suspect",
        "In Kota Sorong, from 94.44% to 97% there are 7,322 people to go, not 380 people.",
        "Di Kota Sorong, dari 94,44 persen masih kurang 7.322 jiwa untuk mencapai 97 persen, bukan 380 jiwa.",
    ),
    "target_passed, already": (
        PAYAKUMBUH,
        [("98,97 persen", Metric.COVERAGE_RATE), ("98 persen", Metric.COVERAGE_RATE, TARGET)],
        "ok",
        "In Kota Payakumbuh, the target of 98% for the coverage has been passed already: 98.97% are reported.",
        "Di Kota Payakumbuh, target cakupan kepesertaan 98 persen sudah terlampaui: "
        "capaian yang dilaporkan 98,97 persen.",
    ),
    "target_passed, or nearly": (
        PAYAKUMBUH,
        [("98 persen", Metric.ACTIVE_RATE, {"approx": Approx.ABOUT}), ("98 persen", Metric.ACTIVE_RATE, TARGET)],
        "unknown",
        "In Kota Payakumbuh, it cannot be told whether the target of 98% for the share of active members "
        "has been passed: about 98% are reported.",
        "Di Kota Payakumbuh, belum dapat dipastikan apakah target tingkat keaktifan peserta 98 persen "
        "sudah terlampaui: capaian yang dilaporkan sekitar 98 persen.",
    ),
}


@pytest.mark.parametrize(
    ("title", "region", "figures", "verdict", "english", "local"),
    [(title, *case) for title, case in CASES.items()],
    ids=CASES.keys(),
)
def test_what_a_check_says(make_claims, find_checks, title, region, figures, verdict, english, local):
    claims = make_claims(region, *figures)
    for language, sentence in (("en", english), ("id", local)):
        (check,) = find_checks(claims, title.split(",")[0], language)
        assert (check.verdict, check.message) == (verdict, sentence)


QUIET = {
    "bertambah 12.000 menjadi 145.000: there is no second level": [
        ("12.000", Metric.MEMBERS, CHANGE),
        ("145.000", Metric.MEMBERS),
    ],
    "97,99 and about 98 are one level, and no step of 0,98": [
        ("98 persen", Metric.COVERAGE_RATE, {"approx": Approx.ABOUT}),
        ("97,99 persen", Metric.COVERAGE_RATE),
        ("0,98 persen", Metric.COVERAGE_RATE, CHANGE),
    ],
    "of three levels none need be the one before": [
        ("90,2 persen", Metric.COVERAGE_RATE),
        ("94,1 persen", Metric.COVERAGE_RATE),
        ("96,2 persen", Metric.COVERAGE_RATE),
        ("0,4 persen", Metric.COVERAGE_RATE, CHANGE),
    ],
    "what a target lacks is no step between two levels": [
        ("93 persen", Metric.COVERAGE_RATE),
        ("96 persen", Metric.COVERAGE_RATE),
        ("2 persen", Metric.COVERAGE_RATE, GAP),
    ],
    "a target that is still to be reached": [
        ("96 persen", Metric.COVERAGE_RATE),
        ("98 persen", Metric.COVERAGE_RATE, TARGET),
    ],
    "7.322 to be added are no target for all 270.125": [
        ("270.125 jiwa", Metric.MEMBERS),
        ("7.322 peserta", Metric.MEMBERS, TARGET),
    ],
}


@pytest.mark.parametrize("figures", QUIET.values(), ids=QUIET.keys())
def test_silent(make_claims, find_checks, figures):
    assert find_checks(make_claims(PAYAKUMBUH, *figures)) == []
