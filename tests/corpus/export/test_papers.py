"""The papers of a release: datasheet, citation, changes, and the scores that they tell."""

import json

import pytest
from gold_scores import FILE, scores_text

from corpus.export.changes import iter_differences
from corpus.export.errors import NoEarlierExport
from corpus.export.publish import ExportSettings, export
from corpus.export.selection import Selection


def text_of(folder, name):
    return (folder / name).read_text(encoding="utf-8")


def test_the_datasheet_tells_what_is_there(published):
    sheet = text_of(published, "DATASHEET.md")
    assert "| Maluku (81) | 6 | 1 of 2 | 3 | 2 | 2025-05-01 |" in sheet  # three articles, one of them a copy
    assert "| Kabar (kabar.id) | 1 | 1 | 2 | 2025-05-06 | 2025-05-06 |" in sheet
    assert "| independent sources with a claim | 2 |" in sheet
    assert "by extractor rules 1." in sheet


def test_the_datasheet_tells_what_is_not_there(store, database, regions, tmp_path):
    from extract.models import Region, RegionLevel

    store.save_regions(
        [
            *regions,
            Region("82", "Maluku Utara", RegionLevel.PROVINCE, 1),
            Region("82.71", "Kota Ternate", RegionLevel.KOTA, 1),
        ]
    )
    sheet = text_of(export(database, tmp_path / "out").folder, "DATASHEET.md")
    assert "Provinces with no claim: Maluku Utara (82)." in sheet
    assert "Kabupaten and kota with no claim, 1, by province. Maluku Utara: Kota Ternate." in sheet
    assert "Outlets with no claim: sepi.id." in sheet
    some = export(database, tmp_path / "some", ExportSettings(Selection(regions=("81",)))).folder
    assert "Provinces with no claim: none." in text_of(some, "DATASHEET.md")
    assert "may only have been left out" in text_of(some, "DATASHEET.md")


def test_nothing_in_the_datasheet_is_left_unfilled(published):
    assert "$" not in text_of(published, "DATASHEET.md")
    assert "None" not in text_of(published, "DATASHEET.md")


def test_the_scores_are_those_that_the_rules_of_today_reach():
    """If this fails after a change of rules: make docs."""
    assert FILE.read_text(encoding="utf-8") == scores_text()


def test_the_citation_has_what_the_format_demands(published):
    yaml = pytest.importorskip("yaml")
    citation = yaml.safe_load(text_of(published, "CITATION.cff"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "dataset")
    assert (citation["version"], str(citation["date-released"])) == ("2025.5.6", "2025-05-06")


@pytest.fixture
def changed(database, published, judge, store, tmp_path):
    """A second release: one claim corrected, one gone."""
    judge("kabar.id", "percent", "correct", value=97.98)
    gone = store.db.execute(
        "SELECT claim_id FROM claims_flat WHERE outlet = 'lintas.id' AND unit = 'people'"
    ).fetchone()[0]
    with store.transaction():
        store.delete("claims", "id", gone)
    return export(database, tmp_path / "second", ExportSettings(version="2.0.0", previous=published))


def test_a_release_tells_what_differs_from_the_one_before(changed):
    assert changed.changes.changes == {"changed": 1, "removed": 1, "reviewed": 1}
    one, other = sorted(
        map(json.loads, text_of(changed.folder, "changes.jsonl").splitlines()), key=lambda line: line["change"]
    )
    assert one["fields"]["value"] == {"before": 97.89, "after": 97.98}
    assert one["fields"]["review"] == {"before": None, "after": "correct"}
    assert (one["reviewed"], one["repaired"]) == (True, False)
    assert (other["change"], other["metric"], other["value"]) == ("removed", "members", 126000)
    page = text_of(changed.folder, "CHANGES.md")
    assert page.startswith("# Changes from 2025.5.6 to 2.0.0\n")
    assert "| coverage_rate | 0 | 0 | 1 | 0 | 1 |" in page
    assert "value: 97.89 → 97.98" in page
    assert "CHANGES.md tells" in text_of(changed.folder, "DATASHEET.md")


def test_nothing_differs_from_itself(database, published, tmp_path):
    done = export(database, tmp_path / "second", ExportSettings(previous=published))
    assert "No claim differs." in text_of(done.folder, "CHANGES.md")
    assert text_of(done.folder, "changes.jsonl") == ""


def test_sentences_of_the_release_before_are_not_told_again():
    """A publisher may have had them taken out since."""
    row = {"region": None, "region_name": None, "metric": "members", "value": 1, "unit": "people", "url": None}
    before, after = ({"claim_id": "a", "quote": quote, **row} for quote in ("Kalimat rahasia.", None))
    (difference,) = iter_differences(iter([before]), iter([after]))
    assert json.loads(difference.to_json())["fields"] == {"quote": {"after": None}}


def test_a_repair_is_told_as_one():
    row = {"region": None, "region_name": None, "metric": "members", "unit": "people", "url": None}
    before, after = (
        {"claim_id": "a", "repair_rule": rule, "value": value, **row}
        for rule, value in (("repair.undecided", 5), ("repair.scale", 7))
    )
    (difference,) = iter_differences(iter([before]), iter([after]))
    assert difference.is_repaired and not difference.is_reviewed


def test_a_release_can_be_compared_with_an_export_only(database, tmp_path):
    with pytest.raises(NoEarlierExport, match="is no export of cakupan's"):
        export(database, tmp_path / "out", ExportSettings(previous=tmp_path))
