"""Claims of one article -> the values they end up with. Each case: the figures as printed, then what is made of them.

The cases are the codebook's: what was printed in the news, in sentences of one region.
"""

from dataclasses import replace

import pytest

from extract.models import Metric, Modality, Reason, Segment, Unit
from extract.regions.gazetteer import load_gazetteer
from extract.repair.decide import repair_claims
from extract.repair.readings import SLIPS, iter_readings

LOOKUP = load_gazetteer().get
MALUKU_TENGGARA, LUWU_UTARA, LANDAK, MALUKU = "81.02", "73.22", "61.08", "81"
PAPUA_BARAT, BATAM, GARUT, NATION = "92", "21.71", "32.05", "0"


def settled(claims, year):
    return repair_claims(claims, LOOKUP, year)


def test_a_spoken_number_written_part_by_part(make_claims):
    """ "seratus dua puluh enam ribu" became 100.026.000, and the text calls it the population."""
    claims = make_claims(
        MALUKU_TENGGARA,
        ("98 persen", Metric.COVERAGE_RATE, 0),
        ("100.026.000 jiwa", Metric.POPULATION, 1),
        ("98,29%", Metric.COVERAGE_RATE, 1),
        ("129.000 jiwa", Metric.POPULATION, 1),
    )
    first, garbled, rate, whole = settled(claims, 2025)
    assert (garbled.value, garbled.printed_value, garbled.suspect) == (126_000, 100_026_000, False)
    assert garbled.repair.slips == ("spoken_parts",)
    assert {"rate", "population"} <= {witness.name for witness in garbled.repair.witnesses}
    assert "126,000 is 98.29% of 129,000, within rounding" in [w.message for w in garbled.repair.witnesses]
    assert 0.9 <= garbled.repair.confidence < 1
    assert [first, rate, whole] == [claims[0], claims[2], claims[3]]


@pytest.mark.parametrize("metric", [Metric.MEMBERS, Metric.POPULATION])
def test_the_repair_does_not_hang_on_what_the_text_calls_it(make_claims, metric):
    claims = make_claims(
        MALUKU_TENGGARA,
        ("100.026.000 jiwa", metric, 0),
        ("98,29%", Metric.COVERAGE_RATE, 0),
        ("129.000 jiwa", Metric.POPULATION, 0),
    )
    assert [claim.value for claim in settled(claims, 2025)] == [126_000, 98.29, 129_000]


REPAIRED = {
    # what is wrong: region, year, figures (printed, metric, sentence), position and meant value of the garbled one
    "comma for dot": (BATAM, 2016, [("148,948 jiwa", Metric.SEGMENT_MEMBERS, 0)], 0, 148_948),
    "blank inside": (None, 2020, [("789. 506 jiwa", Metric.POPULATION, 0)], 0, 789_506),
    "dot for comma": (BATAM, 2016, [("98.29 persen", Metric.COVERAGE_RATE, 0)], 0, 98.29),
    "juta after the full number": (
        NATION,
        2018,
        [("187.982.949 juta", Metric.MEMBERS, 0), ("72,9 persen", Metric.COVERAGE_RATE, 0)],
        0,
        187_982_949,
    ),
    "ribu after the full number": (BATAM, 2024, [("1.300.630 ribu jiwa", Metric.POPULATION, 0)], 0, 1_300_630),
    "comma lost": (LUWU_UTARA, 2022, [("7424 persen", Metric.COVERAGE_RATE, 0)], 0, 74.24),
    "comma and decimals twice": (LUWU_UTARA, 2022, [("74,24,24 persen", Metric.COVERAGE_RATE, 0)], 0, 74.24),
    "a letter for a digit": (MALUKU_TENGGARA, 2025, [("l29.000 jiwa", Metric.POPULATION, 0)], 0, 129_000),
    "a sign of money": (MALUKU_TENGGARA, 2025, [("Rp56.560 orang", Metric.MEMBERS, 0)], 0, 56_560),
    "scale word lost, said in full elsewhere": (
        MALUKU,
        2020,
        [("1,8 juta jiwa", Metric.POPULATION, 0), ("1,8 jiwa", Metric.POPULATION, 1), ("1,4 juta", Metric.MEMBERS, 1)],
        1,
        1_800_000,
    ),
    "scale word lost, the population tells": (GARUT, 2024, [("2,7 jiwa", Metric.POPULATION, 0)], 0, 2_700_000),
    "a group too many": (
        LUWU_UTARA,
        2022,
        [
            ("244.956.000 jiwa", Metric.MEMBERS, 0),
            ("74,24%", Metric.COVERAGE_RATE, 0),
            ("329.934 jiwa", Metric.POPULATION, 0),
        ],
        0,
        244_956,
    ),
    "groups broken": (
        LUWU_UTARA,
        2022,
        [
            ("24.4956 jiwa", Metric.MEMBERS, 0),
            ("74,24%", Metric.COVERAGE_RATE, 0),
            ("329.934 jiwa", Metric.POPULATION, 0),
        ],
        0,
        244_956,
    ),
    "groups broken, the population tells": (GARUT, 2024, [("273.8739 jiwa", Metric.POPULATION, 0)], 0, 2_738_739),
    "dua juta seratus enam puluh tiga ribu, part by part": (
        "21",
        2024,
        [("2.000.163.388 jiwa", Metric.MEMBERS, 0), ("97,45 persen", Metric.COVERAGE_RATE, 0)],
        0,
        2_163_388,
    ),
    "a digit typed twice": (
        LANDAK,
        2023,
        [("4.051.156 jiwa", Metric.POPULATION, 0), ("405.156 penduduk", Metric.POPULATION, 1)],
        0,
        405_156,
    ),
}


@pytest.mark.parametrize(("region", "year", "figures", "garbled", "meant"), REPAIRED.values(), ids=REPAIRED.keys())
def test_repaired(make_claims, region, year, figures, garbled, meant):
    claims = make_claims(region, *figures)
    result = settled(claims, year)
    repaired = result[garbled]
    assert (repaired.value, repaired.suspect) == (pytest.approx(meant), False)
    assert repaired.repair.slips
    assert repaired.printed_value == claims[garbled].printed_value
    assert [claim for at, claim in enumerate(result) if at != garbled] == [
        claim for at, claim in enumerate(claims) if at != garbled
    ]


def test_a_population_that_segments_exceed_was_short_of_its_thousands(make_claim):
    """1.278 penduduk stood for 1.278.000; no population for the Papua Barat of 2018, but the segments add up."""
    segments = ["764.182 jiwa", "152.947 jiwa", "73.988 jiwa", "204.987 jiwa", "67.505 jiwa", "14.391 jiwa"]
    claims = [
        make_claim("1.278.000 jiwa", Metric.MEMBERS, PAPUA_BARAT, start=1),
        make_claim("1.278 penduduk", Metric.MEMBERS, PAPUA_BARAT, sentence=1, start=50),
        *(
            make_claim(raw, Metric.SEGMENT_MEMBERS, PAPUA_BARAT, sentence=3, segment=segment, start=200 + 20 * at)
            for at, (raw, segment) in enumerate(zip(segments, [*Segment, None], strict=True))
        ),
    ]
    result = settled(claims, 2019)
    assert [claim.value for claim in result[:2]] == [1_278_000, 1_278_000]
    assert result[1].repair.slips == ("scale_lost",)
    assert not any(claim.suspect for claim in result)


SUSPECT = {
    "thousands lost, only the population tells": (
        "34",
        2022,
        [("3.310 jiwa", Metric.MEMBERS, 0), ("90 persen", Metric.COVERAGE_RATE, 0)],
        3_310_000,
    ),
    "one digit too many, several may go": (LANDAK, 2023, [("4.051.156 jiwa", Metric.POPULATION, 0)], 405_156),
    "ribu or juta lost, nothing tells": (None, 2020, [("1,8 jiwa", Metric.OTHER_PEOPLE, 0)], 1_800_000),
}


@pytest.mark.parametrize(("region", "year", "figures", "candidate"), SUSPECT.values(), ids=SUSPECT.keys())
def test_where_readings_survive_the_claim_is_suspect(make_claims, region, year, figures, candidate):
    result, *_ = settled(make_claims(region, *figures), year)
    assert result.suspect
    assert result.value == result.printed_value == result.repair.chosen
    assert result.repair.rule == "repair.undecided"
    assert candidate in result.repair.alternatives


SIGI = "72.10"  # some 260,000 people
LEFT = {
    # a figure of Sigi's members, nothing beside it: the value kept, its candidates, what speaks against it
    "2,1 jiwa": (2.1, [2_100], ["fraction", "population"]),
    "2.1 jiwa": (2.1, [2_100], ["fraction", "population"]),
    "1.708 552 jiwa": (1_708_552, [170_852, 170_552], ["form", "population"]),
    "9.8123 jiwa": (98_123, [98_123], ["form"]),
}


@pytest.mark.parametrize(("raw", "kept", "named", "against"), [(raw, *case) for raw, case in LEFT.items()])
def test_without_evidence_nothing_is_put_in_the_place_of_the_print(make_claims, raw, kept, named, against):
    (result,) = settled(make_claims(SIGI, (raw, Metric.MEMBERS, 0)), 2025)
    assert (result.value, result.suspect, result.repair.confidence) == (kept, True, 0)
    assert set(named) <= set(result.repair.alternatives)
    assert not any(value > 1.5 * LOOKUP(SIGI).population for value in result.repair.alternatives)
    assert [witness.name for witness in result.repair.witnesses] == against


def test_figures_that_cannot_be_do_not_bear_each_other_out(make_claims):
    """87 million members could be the nation's; but the active ones beside them are nobody's."""
    claims = make_claims(
        "74.13",  # Muna Barat, 91,000 people
        ("63.546.000 jiwa", Metric.ACTIVE_MEMBERS, 0),
        ("87.396.000 peserta", Metric.MEMBERS, 0),
        ("72,71 persen", Metric.ACTIVE_RATE, 1),
    )
    active, members, rate = settled(claims, 2024)
    assert active.suspect and members.suspect and not rate.suspect


def test_a_reading_is_held_against_others_by_its_own_precision(make_claims):
    """2.100 is none of the 87.312 that lost its thousands, though "2,1 juta" would be rounded that far."""
    city, district = settled(
        make_claims(None, ("87.312 jiwa", Metric.MEMBERS, 0), ("2,1 jiwa", Metric.MEMBERS, 1)), 2024
    )
    assert not city.suspect and district.repair.alternatives == (2_100, 2_100_000)


def test_a_gap_far_from_what_the_rates_leave_open_is_suspect(make_claims, make_claim):
    """1,6 juta people at 77,31 persen lack some 300.000, not 380, to the target."""
    claims = make_claims("36.04", ("1,6 juta", Metric.POPULATION, 0), ("77,31 persen", Metric.COVERAGE_RATE, 0))
    lacks = (Reason("modality", "modality.change", "kurang"),)
    gap = replace(
        make_claim("380 peserta", Metric.MEMBERS, "36.04", sentence=2, modality=Modality.CHANGE, start=90),
        reasons=lacks,
    )
    result = settled([*claims, gap], 2022)[-1]
    assert (result.value, result.suspect) == (380, True)
    assert 380_000 in result.repair.alternatives
    sound = replace(gap, raw="310.000 peserta", value=310_000, precision=1000)
    assert settled([*claims, sound], 2022)[-1] == sound


CLEAN = {
    # figures that are right or merely disagree: never touched
    "a rate over 100": (
        "63.09",
        [
            ("105,07 persen", Metric.COVERAGE_RATE, 0),
            ("181.764 jiwa", Metric.MEMBERS, 0),
            ("173.001 jiwa", Metric.POPULATION, 0),
        ],
    ),
    "two rates that disagree": (
        "61.11",
        [("99,92 persen", Metric.COVERAGE_RATE, 0), ("98,92 persen", Metric.COVERAGE_RATE, 1)],
    ),
    "a share that does not fit": (
        "53.71",
        [
            ("442.281 jiwa", Metric.POPULATION, 0),
            ("368.599", Metric.MEMBERS, 0),
            ("83persen", Metric.COVERAGE_RATE, 0),
            ("51.568 jiwa", Metric.UNCOVERED, 1),
        ],
    ),
    "3 persen for 7,46": (
        BATAM,
        [
            ("90.057 jiwa", Metric.UNCOVERED, 0),
            ("3 persen", Metric.UNCOVERED_RATE, 0),
            ("1.207.082 jiwa", Metric.POPULATION, 0),
        ],
    ),
    "small numbers": (LUWU_UTARA, [("8 orang", Metric.OTHER_PEOPLE, 0), ("912 peserta", Metric.SEGMENT_MEMBERS, 0)]),
    "a village in the region": (
        "52.03",
        [("1.532", Metric.POPULATION, 0), ("1.508", Metric.MEMBERS, 0), ("97,43 persen", Metric.COVERAGE_RATE, 0)],
    ),
    "the figure of a province under a kabupaten": (LUWU_UTARA, [("2,1 juta jiwa", Metric.MEMBERS, 0)]),
    "figures of several provinces under one": (
        MALUKU,
        [
            ("11.394.351 jiwa", Metric.MEMBERS, 0),
            ("15.354.850 penduduk", Metric.POPULATION, 0),
            ("74,2 persen", Metric.COVERAGE_RATE, 0),
        ],
    ),
    "people of a province, in words of their own, beside a rate of the city": (
        "81.71",
        [("83persen", Metric.COVERAGE_RATE, 0), ("622ribu warga", Metric.MEMBERS, 0)],
    ),
    "the nation": (NATION, [("282,7 juta jiwa", Metric.MEMBERS, 0), ("98 persen", Metric.COVERAGE_RATE, 0)]),
    "the Papua Barat of 2018": (PAPUA_BARAT, [("1.278.000 jiwa", Metric.MEMBERS, 0)]),
}


@pytest.mark.parametrize(("region", "figures"), CLEAN.values(), ids=CLEAN.keys())
def test_clean_figures_stay(make_claims, region, figures):
    claims = make_claims(region, *figures)
    assert list(settled(claims, 2019)) == claims


@pytest.mark.parametrize("modality", [Modality.TARGET, Modality.REQUIREMENT, Modality.CHANGE])
def test_only_facts_are_witnesses(make_claim, modality):
    claims = [
        make_claim("100.026.000 jiwa", Metric.MEMBERS, MALUKU_TENGGARA, start=1),
        make_claim("98,29%", Metric.COVERAGE_RATE, MALUKU_TENGGARA, start=30, modality=modality),
        make_claim("129.000 jiwa", Metric.POPULATION, MALUKU_TENGGARA, start=60),
    ]
    assert settled(claims, 2025)[0].suspect


def test_the_low_end_of_a_range_keeps_the_scale_it_shares(make_claim):
    low = replace(make_claim("600", Metric.MEMBERS, LUWU_UTARA), value=600_000, printed_value=600_000, precision=1000)
    assert settled([low], 2022) == (low,)


def test_the_rest_of_a_claim_is_never_touched(make_claim):
    assert settled([], 2025) == ()
    rupiah = make_claim("Rp23,106 miliar", Metric.BUDGET, MALUKU)
    regions = make_claim("enam kabupaten/kota", Metric.UHC_REGIONS, MALUKU)
    assert settled([rupiah, regions], None) == (rupiah, regions)


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS.keys())
def test_every_slip_leads_from_its_printed_form_to_what_was_meant(slip):
    found = {reading.value: reading for reading in iter_readings(slip.example, Unit(slip.unit))}
    assert found[slip.value].slips == (slip.id,)
    assert found[slip.value].cost == slip.cost


@pytest.mark.parametrize("raw", ["100.026.000 jiwa", "9829 persen", "dua juta jiwa", "2,1 juta"])
def test_the_printed_reading_costs_nothing_and_two_slips_their_sum(raw):
    unit = Unit.PERCENT if "persen" in raw else Unit.PEOPLE
    readings = list(iter_readings(raw, unit))
    assert readings[0].slips == ()
    assert readings == sorted(readings, key=lambda reading: reading.cost)
    assert all(reading.cost == pytest.approx(sum(SLIPS[slip].cost for slip in reading.slips)) for reading in readings)
    assert max(len(reading.slips) for reading in readings) <= 2
