"""Gold files: where each annotation is found in its text, and how a broken file is refused."""

import datetime as dt
import json

import pytest

from extract.errors import GoldError
from extract.gold import count_printed, find_printed, iter_gold, load_gold
from extract.models import MentionKind

TEXT = "Wajo 98 persen, Bone 98 persen. Peserta 1.298 jiwa dari 298 desa."


def gold_file(folder, name="a.json", **changes):
    record = {"id": "a", "title": None, "published": None, "text": TEXT, "mentions": {}, "claims": []} | changes
    path = folder / name
    path.write_text(json.dumps(record), encoding="utf-8")
    return path


def claim(raw, region, metric="coverage_rate"):
    return {"raw": raw, "metric": metric, "modality": "reported", "value": 98, "region": region}


def test_mentions_are_found_in_text_order(tmp_path):
    mentions = {"percent": [{"raw": "98 persen", "value": 98}, {"raw": "98 persen", "value": 98}]}
    gold = load_gold(gold_file(tmp_path, mentions=mentions))
    assert [(span.start, span.end) for span in gold.mentions[MentionKind.PERCENT]] == [(5, 14), (21, 30)]
    assert gold.mentions[MentionKind.DATE] == ()


def test_two_claims_on_two_equal_figures(tmp_path):
    gold = load_gold(gold_file(tmp_path, claims=[claim("98 persen", "73.13"), claim("98 persen", "73.08")]))
    assert [span.start for span in gold.claims] == [5, 21]


def test_one_figure_said_of_two_regions_is_two_claims_at_one_place(tmp_path):
    text = "Wajo dan Bone sama-sama 98 persen."
    gold = load_gold(gold_file(tmp_path, text=text, claims=[claim("98 persen", "73.13"), claim("98 persen", "73.08")]))
    assert [span.start for span in gold.claims] == [24, 24]


def test_publication_is_a_day(tmp_path):
    gold = load_gold(gold_file(tmp_path, published="2025-05-06T10:00:00+09:00"))
    assert gold.article.published == dt.date(2025, 5, 6)


@pytest.mark.parametrize(
    ("entry", "counts"),
    [
        ({"raw": "98 persen"}, True),
        ({"raw": "98 persen", "optional": True}, False),
        ({"raw": "Wajo", "branch": True}, False),
    ],
)
def test_what_counts(tmp_path, entry, counts):
    gold = load_gold(gold_file(tmp_path, mentions={"region": [entry]}))
    assert [span.counts for span in gold.mentions[MentionKind.REGION]] == [counts]


@pytest.mark.parametrize(
    ("raw", "start"),
    [
        ("98 persen", 5),
        ("298", 56),  # not inside 1.298
        ("1.298 jiwa", 40),
        ("desa", 60),
        ("Sinjai", -1),
    ],
)
def test_an_annotation_is_no_part_of_a_longer_number_or_word(raw, start):
    assert find_printed(TEXT, raw, 0) == start


def test_how_often_something_is_printed():
    assert count_printed(TEXT, "98 persen", 0) == 2
    assert count_printed(TEXT, "98 persen", 10) == 1


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"mentions": {"percent": [{"raw": "97 persen"}]}}, "'97 persen' does not stand in the text"),
        ({"claims": [claim("97 persen", "73.13")]}, "'97 persen' does not stand in the text"),
        ({"published": "kemarin"}, "cannot be read"),
    ],
)
def test_a_broken_file_is_named(tmp_path, changes, complaint):
    path = gold_file(tmp_path, **changes)
    with pytest.raises(GoldError, match=complaint) as raised:
        load_gold(path)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"id": "a"}', '{"id": "a", "text": "T", "mentions": {}}'])
def test_what_is_no_gold_file(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError):
        load_gold(path)


def test_a_folder_is_read_in_order_of_name(tmp_path):
    gold_file(tmp_path, "b.json", id="b")
    gold_file(tmp_path, "a.json", id="a")
    (tmp_path / "README.md").write_text("not gold", encoding="utf-8")
    assert [gold.article.id for gold in iter_gold(tmp_path)] == ["a", "b"]


def test_nothing_to_read(tmp_path):
    with pytest.raises(GoldError, match="no such file or folder"):
        list(iter_gold(tmp_path / "missing"))
    with pytest.raises(GoldError, match=r"holds no \.json file"):
        list(iter_gold(tmp_path))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"text": None}, "'text' is to be a string"),
        ({"published": 5}, "'published' is to be an ISO date or null"),
        ({"mentions": []}, "'mentions' is to be an object with a list for each kind"),
        ({"mentions": {"date": {}}}, "'mentions', 'date' is to be a list"),
        ({"mentions": {"percent": ["98 persen"]}}, "'mentions', 'percent', entry 1: is to be an object with 'raw'"),
        ({"claims": {}}, "'claims' is to be a list"),
        ({"claims": [{"metric": "members"}]}, "'claims', entry 1: is to be an object with 'raw'"),
        ({"claims": [{"raw": "98 persen"}]}, "'claims', entry 1: lacks the key 'metric'"),
    ],
)
def test_a_misshapen_file_is_told_by_its_place(tmp_path, changes, complaint):
    with pytest.raises(GoldError) as refused:
        load_gold(gold_file(tmp_path, **changes))
    assert complaint in str(refused.value)


def test_a_list_is_no_gold_file(tmp_path):
    file = tmp_path / "a.json"
    file.write_text("[1]", encoding="utf-8")
    with pytest.raises(GoldError, match="is a JSON list, not the object of one annotated article"):
        load_gold(file)


def test_a_byte_order_mark_is_passed_over(tmp_path):
    file = gold_file(tmp_path)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert load_gold(file).article.text == TEXT
