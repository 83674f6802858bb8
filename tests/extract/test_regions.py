"""The gazetteer: agrees with the decree, knows the names in use, and tells namesakes apart on request."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extract.errors import LexiconError, UnknownRegionCode
from extract.models import Region, RegionLevel
from extract.regions.gazetteer import LEXICON, Evidence, load_gazetteer, read_gazetteer, resolve_candidates
from extract.regions.names import NameKind, name_key

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "regions_kemendagri_2025.csv"
GAZETTEER = load_gazetteer()


@pytest.mark.skipif(not REFERENCE.exists(), reason="the decree's list is not beside the checkout")
def test_codes_names_and_populations_are_those_of_the_decree():
    with REFERENCE.open(encoding="utf-8") as lines:
        decreed = {row["code"]: (row["name"].strip(), int(row["population_2024_s2"])) for row in csv.DictReader(lines)}
    ours = {code: (region.name, region.population) for code, region in GAZETTEER.regions.items() if code != "0"}
    assert ours == decreed


def test_there_are_38_provinces_416_kabupaten_98_kota_and_the_nation():
    levels = [region.level for region in GAZETTEER.regions.values()]
    assert [levels.count(level) for level in RegionLevel] == [1, 38, 416, 98]


@pytest.mark.parametrize("code", [code for code in GAZETTEER.regions if "." not in code and code != "0"])
def test_a_province_has_the_people_of_its_members(code):
    assert sum(member.population for member in GAZETTEER.members(code)) == GAZETTEER.get(code).population


def test_the_nation_has_the_people_of_its_provinces():
    provinces = [region for region in GAZETTEER.regions.values() if region.level is RegionLevel.PROVINCE]
    assert sum(region.population for region in provinces) == GAZETTEER.get("0").population


def test_an_unknown_code_is_an_error_that_names_it():
    with pytest.raises(UnknownRegionCode, match=r"99\.99") as caught:
        GAZETTEER.get("99.99")
    assert caught.value.code == "99.99"


@pytest.mark.parametrize(
    ("code", "since", "why"),
    [
        ("91", 2022, "Papua gave up Selatan, Tengah and Pegunungan"),
        ("92", 2022, "Papua Barat gave up Barat Daya"),
        ("96", 2022, "Papua Barat Daya is new"),
        ("64", 2012, "Kalimantan Timur gave up Utara"),
        ("65", 2012, "Kalimantan Utara is new"),
        ("53.04", 2013, "Belu gave up Malaka"),
        ("74.04", 2014, "Buton gave up Tengah and Selatan"),
        ("81.02", None, "unchanged since before JKN began"),
        ("76.01", None, "renamed from Mamuju Utara, but the same area"),
    ],
)
def test_since_is_the_year_of_todays_area(code, since, why):
    assert GAZETTEER.get(code).since == since, why


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kabupaten Maluku Tenggara", "81.02"),
        ("Malra", "81.02"),
        ("Kota Palangka Raya", "62.71"),  # the decree joins it
        ("Kota Palangkaraya", "62.71"),
        ("Provinsi Kepulauan Riau", "21"),
        ("KEP. RIAU", "21"),
        ("kepri", "21"),
        ("Kab. Malang", "35.07"),
        ("Pemkab Malang", "35.07"),
        ("Kota Malang", "35.73"),
        ("Malang", "35.73"),  # a kota before the kabupaten around it
        ("Wali Kota Batam", "21.71"),
        ("Wakil Wali Kota Bima", "52.72"),
        ("Tangerang Kota", "36.71"),
        ("Tangerang Selatan", "36.74"),
        ("Gorontalo", "75"),  # a province before its capital
        ("Kab. Gorontalo", "75.01"),
        ("Kota Gorontalo", "75.71"),
        ("Kabupaten Lima Puluh Kota", "13.07"),
        ("Kabupaten Pontianak", "61.02"),  # Mempawah until 2014
        ("Pontianak", "61.71"),
        ("Mamuju Utara", "76.01"),
        ("Pare-Pare", "73.72"),
        ("Kota Administrasi Jakarta Pusat", "31.71"),
        ("Solo", "33.72"),
        ("Bumi Lamaranginang", "73.22"),
        ("Indonesia", "0"),
    ],
)
def test_a_name_that_stands_alone(text, code):
    region = GAZETTEER.resolve(text)
    assert region is not None
    assert region.code == code


@pytest.mark.parametrize("text", ["", "Kabupaten", "Atlantis", "Kota Baghdad", "Mura", "Atambua"])
def test_no_region_or_no_telling_which(text):
    assert GAZETTEER.resolve(text) is None


@pytest.mark.parametrize(
    ("misspelt", "level", "code"),
    [
        ("Nagakeo", RegionLevel.KABUPATEN, "53.16"),
        ("Talibau", RegionLevel.KABUPATEN, "82.08"),
        ("Mamuju Utata", RegionLevel.KABUPATEN, "76.01"),
        ("Banjarmasim", RegionLevel.KOTA, "63.71"),
    ],
)
def test_a_misspelling_of_one_name(misspelt, level, code):
    name = GAZETTEER.nearest(misspelt, level)
    assert name is not None
    assert name.code == code


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("Banjir", RegionLevel.KOTA),  # a flood, one letter from Banjar
        ("Layak Anak", RegionLevel.KOTA),
        ("Sehat", RegionLevel.KABUPATEN),
        ("Kandari", RegionLevel.KABUPATEN),  # Kendari is a kota
        ("Bata", RegionLevel.KOTA),
    ],
)
def test_no_misspelling(word, level):
    assert GAZETTEER.nearest(word, level) is None


def the(*codes: str) -> tuple[Region, ...]:
    return tuple(GAZETTEER.get(code) for code in codes)


@pytest.mark.parametrize(
    ("candidates", "evidence", "code", "rule"),
    [
        (the("81.02"), Evidence(level=RegionLevel.KOTA), "81.02", None),
        (the("36.04", "36.73"), Evidence(level=RegionLevel.KABUPATEN), "36.04", "region.prefix"),
        (the("36.03", "36.71"), Evidence(inverted=True), "36.71", "region.inverted"),
        (the("36.04", "36.73"), Evidence(town=True, named={"36.04": 9}), "36.73", "region.town"),
        (the("35.05", "35.72"), Evidence(shared=RegionLevel.KABUPATEN), "35.05", "region.list"),
        (the("75", "75.01", "75.71"), Evidence(neighbours=the("72", "82")), "75", "region.list"),
        (the("75", "75.01", "75.71"), Evidence(neighbours=the("75.02", "75.03")), "75.01", "region.list"),
        (the("52.06", "52.72"), Evidence(shared=RegionLevel.KOTA, neighbours=the("52.72")), "52.06", "region.list"),
        (the("16.05", "62.12"), Evidence(neighbours=the("16")), "16.05", "region.context"),
        (the("16.05", "62.12"), Evidence(named={"62": 2}), "62.12", "region.context"),
        (the("35.07", "35.73"), Evidence(named={"35.07": 2, "35.73": 1}), "35.07", "region.context"),
        (the("35.07", "35.73"), Evidence(named={"35.07": 3, "35.73": 2}), "35.73", "region.default"),
        (the("15", "15.71"), Evidence(), "15", "region.default"),
        (the("63.03", "32.79"), Evidence(), "32.79", "region.default"),
    ],
)
def test_evidence_decides_between_namesakes(candidates, evidence, code, rule):
    region, reason = resolve_candidates(candidates, evidence)
    assert region is not None
    assert (region.code, reason) == (code, rule)


def test_two_kabupaten_of_one_name_stay_open():
    assert resolve_candidates(the("16.05", "62.12"), Evidence()) == (None, "region.default")


def test_nothing_to_choose_from():
    assert resolve_candidates((), Evidence()) == (None, None)


@pytest.mark.parametrize(
    ("surface", "codes"),
    [
        ("Gorontalo", {"75", "75.01", "75.71"}),
        ("Banjar", {"63.03", "32.79"}),
        ("tasik malaya", {"32.06", "32.78"}),
        ("Bandarlampung", {"18.71"}),
        ("Kep Meranti", {"14.10"}),
        ("Nusa Kambangan", set()),
    ],
)
def test_look_up_gives_all_namesakes(surface, codes):
    assert {name.code for name in GAZETTEER.lookup(surface)} == codes


def test_case_dots_and_hyphens_do_not_matter():
    assert name_key("Pare-Pare") == name_key("PARE PARE") == "pare pare"
    assert name_key("Kep. Riau") == "kep riau"


def test_homonyms_are_names_of_regions():
    with (LEXICON / "region_homonyms.csv").open(encoding="utf-8") as lines:
        surfaces = [row["surface"] for row in csv.DictReader(lines)]
    assert [surface for surface in surfaces if not GAZETTEER.lookup(surface)] == []


def test_old_names_tell_when_they_ended():
    old = [name for names in GAZETTEER.names.values() for name in names if name.kind is NameKind.OLD]
    assert [name.surface for name in old if name.until is None] == []


@pytest.mark.parametrize("kabupaten", ["35.07", "36.04", "53.01"])
def test_members_are_those_of_one_province(kabupaten):
    region = GAZETTEER.get(kabupaten)
    assert region in GAZETTEER.members(region.province or "")


@pytest.mark.parametrize(("province", "capital"), [("62", "62.71"), ("65", "65.01"), ("96", "96.71")])
def test_a_province_is_governed_from_one_of_its_members(province, capital):
    assert GAZETTEER.capitals[province] == GAZETTEER.get(capital)
    assert all(region in GAZETTEER.members(code) for code, region in GAZETTEER.capitals.items())


@pytest.mark.parametrize(
    ("file", "line", "entry"),
    [
        ("region_names.csv", "Nowhere,98.01,short,,", "Nowhere"),
        ("region_names.csv", "Kepri,21,short,,", "Kepri"),
        ("region_names.csv", "Kepriraya,21,rumour,,", "Kepriraya"),
        ("region_names.csv", "Kepriraya,21,short,sometimes,", "Kepriraya"),
        ("region_names.csv", "Kepriraya,21", "Kepriraya"),
        ("region_homonyms.csv", "Kendari,never,an example", "Kendari"),
        ("regions.csv", "11,Aceh,province,5623479,,", "11"),
        ("regions.csv", "97,Papua Timur,province,many,,", "97"),
        ("regions.csv", "97,Papua Timur,province,900000,Kota Antah Berantah,", "97"),
    ],
)
def test_a_broken_lexicon_says_where(tmp_path, file, line, entry):
    for source in LEXICON.glob("region*"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    with (tmp_path / file).open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")
    with pytest.raises(LexiconError) as caught:
        read_gazetteer(tmp_path)
    assert (caught.value.file, caught.value.entry) == (file, entry)
