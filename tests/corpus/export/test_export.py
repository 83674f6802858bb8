"""What an export holds, and that all of its formats hold the same."""

import csv
import datetime as dt
import filecmp
import json
import os
import sqlite3

import pytest

from corpus.export import release
from corpus.export.errors import NoParquet, NothingToExport, OddCell
from corpus.export.publish import ExportSettings, export
from corpus.export.resources import VOCABULARIES
from corpus.export.selection import Selection
from corpus.export.spreadsheets import unmark
from corpus.review.verdicts import Verdict
from corpus.schema import open_database
from extract.models import Metric

from .conftest import EXTRA


def lines(folder, name):
    return [json.loads(line) for line in (folder / "jsonl" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def cells(folder, name):
    with (folder / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def files(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def test_a_claim_comes_with_its_region_outlet_speaker_sentence_and_link(published, claims_of):
    claim = claims_of(published)["kabar.id", "percent"]
    assert claim["value"] == 97.89
    assert claim["text"] == "97,89 persen"
    assert (claim["region"], claim["region_name"], claim["province"]) == (
        "81.02",
        "Kabupaten Maluku Tenggara",
        "Maluku",
    )
    assert (claim["speaker"], claim["speaker_id"]) == ("André Rettob", "andre")
    assert claim["url"] == "https://www.kabar.id/jkn-malra/"
    assert claim["quote"].startswith("Bupati André Rettob") and claim["quote"].endswith("1 Mei 2025.")
    assert claim["quoted"] is False and claim["alternatives"] is None


def test_all_formats_hold_the_same_claims(published):
    parquet = pytest.importorskip("pyarrow.parquet")
    told = {row["claim_id"]: row["value"] for row in lines(published, "claims")}
    assert len(told) == 6
    assert {unmark(row["claim_id"]): float(row["value"]) for row in cells(published, "claims")} == told
    table = parquet.read_table(published / "parquet" / "claims.parquet").to_pydict()
    assert dict(zip(table["claim_id"], table["value"], strict=True)) == told
    linked = json.loads((published / "claims.jsonld").read_text(encoding="utf-8"))["hasPart"]
    assert {one["identifier"]: one["mainEntity"]["value"] for one in linked} == told
    with sqlite3.connect(published / "cakupan.db") as db:
        assert dict(db.execute("SELECT claim_id, value FROM claims_flat")) == told


def test_parquet_is_typed_and_tells_what_its_columns_mean(published):
    parquet = pytest.importorskip("pyarrow.parquet")
    schema = parquet.read_schema(published / "parquet" / "claims.parquet")
    kinds = {name: str(schema.field(name).type) for name in ("as_of_start", "quoted", "value", "revision", "region")}
    assert kinds == {
        "as_of_start": "date32[day]",
        "quoted": "bool",
        "value": "double",
        "revision": "int64",
        "region": "string",
    }
    assert schema.field("value").metadata == {b"description": b"The meant value", b"unit": b"as in unit"}
    articles = parquet.read_table(published / "parquet" / "articles.parquet").to_pylist()
    assert articles[0]["first_seen_at"] == dt.datetime(2025, 5, 6, 5, 0, tzinfo=dt.UTC)


@pytest.mark.filterwarnings("default")
def test_frictionless_accepts_the_package_with_its_types_and_foreign_keys(published, database, judge, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    judge("kabar.id", "percent", "correct", value=97.98)
    judge("pos.id", "percent", "withdraw")
    full = export(database, tmp_path / "judged", ExportSettings(Selection(with_text=True))).folder
    for folder in (published, full):
        report = frictionless.Package(folder / "datapackage.json").validate()
        assert report.valid, report.flatten(["name", "type", "message"])
        assert report.stats["tasks"] == 15


def test_every_word_of_a_reviewer_is_one_that_the_package_allows():
    assert set(VOCABULARIES["reviews.verdict"]) == set(Verdict)


@pytest.mark.filterwarnings("default")
def test_frictionless_would_see_a_region_that_is_not_there(published):
    frictionless = pytest.importorskip("frictionless")
    file = published / "csv" / "regions.csv"
    file.write_bytes(b"".join(line for line in file.read_bytes().splitlines(True) if b"81.02" not in line))
    errors = frictionless.Package(published / "datapackage.json").validate().flatten(["type"])
    assert ["foreign-key"] in errors
    assert ["hash-count"] in errors


def test_region_codes_stay_text_in_a_spreadsheet_and_foreign_keys_match(published):
    codes = {row["code"] for row in cells(published, "regions")}
    assert codes == {"'0", "'81", "'81.02"}
    assert {row["region"] for row in cells(published, "claims")} == {"'81.02"}


def test_nothing_in_a_spreadsheet_runs(published):
    titles = {row["outlet"]: row["title"] for row in cells(published, "claims")}
    assert titles["lintas.id"] == "'=HYPERLINK(1)"
    claim = next(row for row in cells(published, "claims") if row["unit"] == "people")
    assert (claim["value"], claim["as_of_start"], claim["quoted"]) == ("126000", "2025-05-01", "false")


def test_excel_is_told_the_encoding(published):
    assert (published / "csv" / "claims.csv").read_bytes().startswith(b"\xef\xbb\xbfclaim_id,")


def test_texts_of_articles_stay_at_home_unless_asked_for(database, published, tmp_path):
    everywhere = b"".join((published / path).read_bytes() for path in files(published))
    assert EXTRA.strip().encode() not in everywhere
    assert b"secret" not in everywhere  # signatures are made of the text
    full = export(database, tmp_path / "full", ExportSettings(Selection(with_text=True))).folder
    assert all(row["text"].endswith(EXTRA) for row in lines(full, "articles"))
    with sqlite3.connect(full / "cakupan.db") as db:
        assert db.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'dikutip'").fetchone() == (3,)
        assert db.execute("SELECT count(*) FROM mentions").fetchone() == (15,)


def test_the_same_database_gives_the_same_bytes(database, published, tmp_path):
    again = export(database, tmp_path / "elsewhere").folder
    assert files(again) == files(published)
    assert filecmp.cmpfiles(published, again, files(again), shallow=False) == (files(again), [], [])


def test_the_snapshot_is_sound_and_leads_back_to_the_archive(published):
    with open_database(published / "cakupan.db", read_only=True) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM (SELECT * FROM standing EXCEPT SELECT * FROM restated)").fetchone() == (
            0,
        )
        chain = db.execute(
            """SELECT DISTINCT warc_file, warc_offset FROM claims
               JOIN revisions USING (article_id, revision) JOIN fetches ON fetches.id = fetch ORDER BY warc_file"""
        ).fetchall()
        assert chain == [("kabar.id.warc.gz", 100), ("lintas.id.warc.gz", 100), ("pos.id.warc.gz", 100)]
        assert db.execute("SELECT version, data_until, has_text FROM releases").fetchall() == [
            ("2025.5.6", "2025-05-06", 0)
        ]
        working = ("feeds", "urls", "archives_read", "comparisons_due", "second_looks", "signature_bands")
        assert [db.table(name).count for name in working] == [0] * len(working)


def test_why_a_page_was_removed_is_not_published(database, store, tmp_path, claims_of):
    key = store.db.execute("SELECT id FROM articles WHERE outlet = 'pos.id'").fetchone()[0]
    row = {
        "page": key,
        "url": "https://pos.id/jkn",
        "article_id": key,
        "reason": "Tuan X asked",
        "removed_at": "2025-05-07",
    }
    store.insert("removals", [row])
    folder = export(database, tmp_path / "out").folder
    assert claims_of(folder)["pos.id", "percent"]["copy"] == "removed"
    assert b"Tuan X" not in b"".join((folder / path).read_bytes() for path in files(folder))
    assert "their publishers' wish: 1 articles" in (folder / "DATASHEET.md").read_text(encoding="utf-8")


def test_claims_come_as_they_stand_after_review(database, judge, tmp_path, claims_of):
    judge("kabar.id", "percent", "correct", value=97.98)
    rejected = judge("pos.id", "percent", "reject")
    folder = export(database, tmp_path / "out").folder
    claims = claims_of(folder)
    assert (claims["kabar.id", "percent"]["value"], claims["kabar.id", "percent"]["review"]) == (97.98, "correct")
    assert claims["pos.id", "percent"]["review"] == "reject"
    linked = json.loads((folder / "claims.jsonld").read_text(encoding="utf-8"))["hasPart"]
    assert rejected not in {one["identifier"] for one in linked}
    assert len(lines(folder, "reviews")) == 2


@pytest.mark.parametrize(
    ("selection", "kept"),
    [
        (Selection(metrics=(Metric.COVERAGE_RATE,)), {"kabar.id percent", "lintas.id percent", "pos.id percent"}),
        (Selection(reviewed=True), {"pos.id people"}),
        (Selection(regions=("81",), reviewed=True), {"pos.id people"}),
        (Selection(since=dt.date(2025, 5, 1), metrics=(Metric.MEMBERS,), reviewed=True), {"pos.id people"}),
    ],
)
def test_a_selection_leaves_the_rest_out_of_every_table(database, judge, tmp_path, claims_of, selection, kept):
    judge("pos.id", "people", "accept")
    judge("pos.id", "percent", "reject")
    folder = export(database, tmp_path / "out", ExportSettings(selection)).folder
    assert {" ".join(key) for key in claims_of(folder)} == kept
    known = {row["claim_id"] for row in lines(folder, "claims")}
    for name in ("repairs", "check_claims", "reviews", "dispute_claims"):
        assert {row["claim_id"] for row in lines(folder, name)} <= known
    # A contradiction needs all of its sides; an outlet without a claim is told all the same.
    assert len(lines(folder, "contradictions")) == (1 if len(kept) == 3 else 0)
    assert "sepi.id" in {row["domain"] for row in lines(folder, "outlets")}
    with sqlite3.connect(folder / "cakupan.db") as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_an_article_brings_the_first_of_its_copies_along(database, judge, tmp_path):
    judge("lintas.id", "people", "accept")
    folder = export(database, tmp_path / "out", ExportSettings(Selection(reviewed=True))).folder
    assert {row["outlet"] for row in lines(folder, "articles")} == {"kabar.id", "lintas.id"}


def test_a_selection_without_a_claim_is_refused(database, tmp_path):
    with pytest.raises(NothingToExport, match="for 2030-01-01 or later"):
        export(database, tmp_path / "out", ExportSettings(Selection(since=dt.date(2030, 1, 1))))
    assert not (tmp_path / "out").exists()


def test_without_pyarrow_all_but_parquet_is_written(database, tmp_path, monkeypatch):
    monkeypatch.setattr("corpus.export.publish.has_parquet", lambda: False)
    done = export(database, tmp_path / "out")
    assert not done.has_parquet and not (done.folder / "parquet").exists()
    assert (done.folder / "csv" / "claims.csv").exists() and (done.folder / "cakupan.db").exists()
    with pytest.raises(NoParquet, match=r"pip install 'cakupan\[export\]'"):
        export(database, tmp_path / "out", ExportSettings(parquet=True))


def test_a_day_that_is_none_is_told_and_nothing_is_written(database, judge, tmp_path):
    judge("kabar.id", "percent", "correct", as_of_start="kemarin")
    with pytest.raises(OddCell, match=r"claims\.as_of_start of .*'kemarin' is no date"):
        export(database, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir() if "out" in path.name) == []


def test_another_process_may_write_to_the_source_meanwhile(database, store, tmp_path):
    """All tables are of one moment: what comes in while the first is written is in none."""

    def watch(resources):
        for resource in resources:
            with store.transaction():
                store.db.execute("DELETE FROM claims")
            yield resource

    folder = export(database, tmp_path / "out", watch=watch).folder
    assert len(lines(folder, "claims")) == 6
    assert len(lines(folder, "check_claims")) == 6


def test_files_are_as_readable_as_the_umask_says(published):
    mask = os.umask(0)
    os.umask(mask)
    assert published.stat().st_mode & 0o777 == 0o777 & ~mask


def test_a_claim_for_the_web_tells_who_said_what_of_which_region_and_where(published):
    linked = json.loads((published / "claims.jsonld").read_text(encoding="utf-8"))
    assert (linked["@type"], linked["version"]) == ("Dataset", "2025.5.6")
    claim = next(one for one in linked["hasPart"] if one["appearance"]["url"] == "https://pos.id/jkn")
    assert claim["author"] == {
        "@type": "Person",
        "@id": "urn:cakupan:speaker:andre",
        "name": "André Rettob",
        "jobTitle": "Bupati Maluku Tenggara",
    }
    assert claim["about"]["containedInPlace"]["name"] == "Maluku"
    assert (claim["inLanguage"], claim["datePublished"]) == ("id", "2025-05-06T09:30:00+09:00")
    assert claim["appearance"]["publisher"] == {"@type": "NewsMediaOrganization", "name": "pos.id"}


def test_no_table_is_copied_by_trying_every_chosen_claim_on_every_row(store):
    """With a million claims that would never end."""
    store.db.execute("ATTACH ? AS source", [str(store.path)])
    for statement in release.CHOSEN:
        store.db.execute(statement)
    for copy in release.COPIES:
        parameters = {"everything": False} if ":everything" in copy.where else {}
        plan = store.db.execute(
            f"EXPLAIN QUERY PLAN SELECT * FROM source.{copy.table} AS t WHERE {copy.where}", parameters
        ).fetchall()
        steps = {number: (parent, told) for number, parent, _, told in plan}
        inner = {number for number, (_, told) in steps.items() if told.startswith("CORRELATED")}
        tried = [told for parent, told in steps.values() if parent in inner and "claim_id=?" in told]
        assert tried == [], copy.table
