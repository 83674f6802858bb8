"""The public JSON shapes: what goes in, what comes out, and what is refused with which words."""

import datetime as dt
import json

import pytest

from extract.models import Article
from extract.pipeline import extract
from extract.records import RecordError, article_record, extraction_record, parse_article, parse_published

TEXT = "Sekitar 98 persen warga Kabupaten Wajo terdaftar JKN per 1 Juni 2025, kata Bupati Wajo Amran Halim."

ACCEPTED = [
    ({"id": "a", "text": "Teks."}, Article(id="a", text="Teks.")),
    ({"id": 7, "text": None}, Article(id="7", text="")),
    (
        {
            "id": "a",
            "text": "Teks.",
            "url": None,
            "outlet": "contoh.id",
            "title": "Judul",
            "published": "2025-06-01",
            "authors": ["Nur Aini"],
            "editors": None,
            "layout": "wordpress",
            "color": "ignored",
        },
        Article(
            id="a",
            text="Teks.",
            outlet="contoh.id",
            title="Judul",
            published=dt.date(2025, 6, 1),
            authors=("Nur Aini",),
            layout="wordpress",
        ),
    ),
]

REFUSED = [
    ({"id": "a"}, "the key 'text' is missing"),
    ({"id": "a", "text": 5}, "'text' is int, not a string"),
    ({"id": "a", "text": "T", "title": ["x"]}, "'title' is list, not a string"),
    ({"id": "a", "text": "T", "authors": "Nur Aini"}, "'authors' is not a list of strings"),
    ({"id": "a", "text": "T", "authors": [1]}, "'authors' is not a list of strings"),
    ({"id": "a", "text": "T", "published": 2025}, "'published' is int, not an ISO date"),
    ({"id": "a", "text": "T", "published": "kemarin"}, "'published' is 'kemarin', not an ISO date or time"),
    ({"id": "a", "text": "T", "published": "2025-02-30"}, "'published' is '2025-02-30', not an ISO date or time"),
]

PUBLISHED = [
    (None, None),
    ("", None),
    ("2025-05-06", dt.date(2025, 5, 6)),
    ("2025-05-06T10:00:00", dt.datetime(2025, 5, 6, 10)),
    (
        "2025-05-06T10:00:00+09:00",
        dt.datetime(2025, 5, 6, 10, tzinfo=dt.timezone(dt.timedelta(hours=9))),
    ),
]

CLAIM_KEYS = {
    "metric", "modality", "value", "unit", "approx", "region", "region_name", "as_of_start", "as_of_end",
    "as_of_basis", "speaker", "speaker_role", "quoted", "segment", "start", "end", "text", "printed_value",
    "suspect", "repair", "rule",
}  # fmt: skip


@pytest.mark.parametrize(("record", "article"), ACCEPTED)
def test_records_that_are_articles(record, article):
    assert parse_article(record) == article


@pytest.mark.parametrize(("record", "complaint"), REFUSED)
def test_records_that_are_not(record, complaint):
    with pytest.raises(RecordError) as raised:
        parse_article(record)
    assert complaint in str(raised.value)


@pytest.mark.parametrize(("printed", "value"), PUBLISHED)
def test_publication(printed, value):
    assert parse_published(printed) == value


def test_an_article_survives_the_way_out_and_in():
    article = Article(
        id="a",
        text="Teks.",
        url="https://contoh.id/1",
        published=dt.datetime(2025, 5, 6, 10, tzinfo=dt.timezone(dt.timedelta(hours=8))),
        authors=("Nur Aini", "Budi Santosa"),
    )
    assert parse_article(json.loads(json.dumps(article_record(article)))) == article


def test_a_claim_as_record():
    record = extraction_record(extract(Article(id="a", text=TEXT)))
    (claim,) = record["claims"]
    assert set(claim) == CLAIM_KEYS
    assert claim["metric"] == "coverage_rate"
    assert claim["value"] == 98
    assert isinstance(claim["value"], int)
    assert (claim["region"], claim["region_name"]) == ("73.13", "Kabupaten Wajo")
    assert (claim["as_of_start"], claim["as_of_end"], claim["as_of_basis"]) == ("2025-06-01", "2025-06-01", "explicit")
    assert (claim["speaker"], claim["speaker_role"]) == ("Amran Halim", "Bupati Wajo")
    assert TEXT[claim["start"] : claim["end"]] == claim["text"] == "98 persen"
    assert (claim["repair"], claim["suspect"], claim["quoted"]) == (None, False, False)


def test_mentions_as_records_carry_what_their_kind_shows():
    record = extraction_record(extract(Article(id="a", text=TEXT)))
    common = {"kind", "start", "end", "text", "rule"}
    extras = {mention["kind"]: set(mention) - common for mention in record["mentions"]}
    assert extras == {
        "percent": {"value", "printed_value", "approx"},
        "region": {"code", "name", "branch"},
        "date": {"start_date", "end_date", "precision"},
        "speaker": {"name", "role"},
    }


def test_a_mention_without_value_has_the_same_keys():
    record = extraction_record(extract(Article(id="a", text="“Siap,” kata Bupati.")))
    (mention,) = [mention for mention in record["mentions"] if mention["kind"] == "speaker"]
    assert (mention["name"], mention["role"]) == (None, None)


def test_a_repair_as_record():
    text = (
        "Warga Kota Magelang yang menjadi peserta JKN 100.026.000 jiwa atau 98,28 persen "
        "dari total penduduk 128.200 jiwa."
    )
    claim = extraction_record(extract(Article(id="a", text=text)))["claims"][0]
    assert (claim["printed_value"], claim["value"]) == (100026000, 126000)
    assert set(claim["repair"]) == {"rule", "slips", "witnesses", "confidence", "alternatives"}
    assert all(isinstance(witness, str) for witness in claim["repair"]["witnesses"])


def test_a_record_is_plain_json():
    record = extraction_record(extract(Article(id="a", text=TEXT, published=dt.date(2025, 6, 20))))
    assert record["id"] == "a"
    assert json.loads(json.dumps(record)) == record
