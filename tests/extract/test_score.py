"""Each scoring rule of tests/gold/README.md on a pair made by hand: what gold holds, what was given, what counts."""

import datetime as dt

import pytest

from extract.gold import GOLD_KINDS, GoldArticle, GoldSpan
from extract.models import (
    Approx,
    Article,
    Claim,
    Extraction,
    Figure,
    Mention,
    MentionKind,
    Metric,
    Modality,
    Period,
    Precision,
    Region,
    RegionLevel,
    Segment,
    Speaker,
    Unit,
)
from extract.score import Tally, score_articles


def day(printed):
    return dt.date.fromisoformat(printed)


def period(start, end):
    return Period(day(start), day(end), Precision.RANGE)


def region(code):
    level = RegionLevel.NATION if code == "0" else RegionLevel.KABUPATEN
    return Region(code=code, name=f"Region {code}", level=level, population=1)


def figure(value):
    return Figure(value=value, printed=value, unit=Unit.PERCENT, precision=1)


def mention(kind, start, end, value):
    return Mention(kind, start, end, "", value, "test")


def claim(start=0, end=9, **changes):
    fields = {
        "metric": Metric.COVERAGE_RATE,
        "modality": Modality.REPORTED,
        "value": 98.0,
        "unit": Unit.PERCENT,
        "approx": Approx.EXACT,
        "printed_value": 98.0,
        "precision": 1.0,
        "rule": "test",
        "region": "73.13",
    }
    return Claim(start=start, end=end, raw="", **fields | changes)


def gold_claim(start=0, end=9, **changes):
    fields = {
        "raw": "98 persen",
        "metric": "coverage_rate",
        "modality": "reported",
        "value": 98,
        "approx": "exact",
        "region": "73.13",
        "as_of": None,
        "speaker": None,
        "segment": None,
    }
    return GoldSpan(start, end, fields | changes)


def score(gold_mentions=(), given_mentions=(), gold_claims=(), given_claims=()):
    """The score of one article; mentions of gold come as (kind, start, end, annotation)."""
    spans = {
        kind: tuple(GoldSpan(start, end, {"raw": "x"} | data) for of, start, end, data in gold_mentions if of is kind)
        for kind in GOLD_KINDS
    }
    gold = GoldArticle(Article(id="a", text=""), spans, tuple(gold_claims))
    extraction = Extraction("a", "test", tuple(given_mentions), tuple(given_claims), ())
    return score_articles([(gold, extraction)])


def counts(tally):
    """What gold holds, what was given, what was right."""
    return tally.gold, tally.given, tally.right


PERCENT, DATE, REGION = MentionKind.PERCENT, MentionKind.DATE, MentionKind.REGION
MAY = {"start": "2025-05-01", "end": "2025-05-31"}
MAY_DAYS = period("2025-05-01", "2025-05-31")

MENTIONS = [
    # what is tested, gold, given, (gold, given, right)
    ("equal", [(PERCENT, 0, 9, {"value": 98})], [mention(PERCENT, 0, 9, figure(98.0))], (1, 1, 1)),
    ("overlapping", [(PERCENT, 0, 9, {"value": 98})], [mention(PERCENT, 3, 12, figure(98.0))], (1, 1, 1)),
    ("beside it", [(PERCENT, 0, 9, {"value": 98})], [mention(PERCENT, 9, 12, figure(98.0))], (1, 1, 0)),
    ("wrong value", [(PERCENT, 0, 9, {"value": 98})], [mention(PERCENT, 0, 9, figure(97.0))], (1, 1, 0)),
    ("no value", [(PERCENT, 0, 9, {"value": 98})], [mention(PERCENT, 0, 9, None)], (1, 1, 0)),
    ("missed", [(PERCENT, 0, 9, {"value": 98})], [], (1, 0, 0)),
    ("extra", [], [mention(PERCENT, 0, 9, figure(98.0))], (0, 1, 0)),
    (
        "given twice",
        [(PERCENT, 0, 9, {"value": 98})],
        [mention(PERCENT, 0, 9, figure(98.0)), mention(PERCENT, 0, 9, figure(98.0))],
        (1, 2, 1),
    ),
    # optional neither counts nor hurts, found or not
    (
        "optional, found",
        [(PERCENT, 0, 9, {"value": 98, "optional": True})],
        [mention(PERCENT, 0, 9, figure(98.0))],
        (0, 0, 0),
    ),
    (
        "optional, wrong",
        [(PERCENT, 0, 9, {"value": 98, "optional": True})],
        [mention(PERCENT, 0, 9, figure(97.0))],
        (0, 0, 0),
    ),
    ("optional, missed", [(PERCENT, 0, 9, {"value": 98, "optional": True})], [], (0, 0, 0)),
    # dates need both ends
    ("date", [(DATE, 0, 8, MAY)], [mention(DATE, 0, 8, MAY_DAYS)], (1, 1, 1)),
    ("date, other end", [(DATE, 0, 8, MAY)], [mention(DATE, 0, 8, period("2025-05-01", "2025-05-30"))], (1, 1, 0)),
    ("date, fuzzy", [(DATE, 0, 8, MAY | {"fuzzy": True})], [mention(DATE, 0, 8, None)], (1, 1, 1)),
    ("date, null", [(DATE, 0, 8, {"start": None, "end": None})], [mention(DATE, 0, 8, MAY_DAYS)], (1, 1, 1)),
    ("date, null, missed", [(DATE, 0, 8, {"start": None, "end": None})], [], (1, 0, 0)),
    # regions
    ("region", [(REGION, 0, 4, {"code": "73.13"})], [mention(REGION, 0, 4, region("73.13"))], (1, 1, 1)),
    ("other region", [(REGION, 0, 4, {"code": "73.13"})], [mention(REGION, 0, 4, region("73"))], (1, 1, 0)),
    (
        "branch, given",
        [(REGION, 0, 4, {"code": "73.13", "branch": True})],
        [mention(REGION, 0, 4, region("73.13"))],
        (0, 0, 0),
    ),
    ("branch, missed", [(REGION, 0, 4, {"code": "73.13", "branch": True})], [], (0, 0, 0)),
    ("nation, extra", [], [mention(REGION, 0, 4, region("0"))], (0, 0, 0)),
    ("nation, in gold", [(REGION, 0, 4, {"code": "0"})], [mention(REGION, 0, 4, region("0"))], (1, 1, 1)),
]

FOUND = [
    # what is tested, gold, given, found, core
    ("right", [gold_claim()], [claim()], (1, 1, 1), (1, 1, 1)),
    ("missed", [gold_claim()], [], (1, 0, 0), (1, 0, 0)),
    ("extra", [], [claim()], (0, 1, 0), (0, 1, 0)),
    ("other value", [gold_claim()], [claim(value=97.0)], (1, 1, 0), (1, 1, 0)),
    ("elsewhere", [gold_claim()], [claim(20, 29)], (1, 1, 0), (1, 1, 0)),
    ("optional, given", [gold_claim(optional=True)], [claim()], (0, 0, 0), (0, 0, 0)),
    ("optional, missed", [gold_claim(optional=True)], [], (0, 0, 0), (0, 0, 0)),
    # core
    ("other metric", [gold_claim()], [claim(metric=Metric.ACTIVE_RATE)], (1, 1, 1), (1, 1, 0)),
    ("other modality", [gold_claim()], [claim(modality=Modality.TARGET)], (1, 1, 1), (1, 1, 0)),
    ("other region", [gold_claim()], [claim(region="73")], (1, 1, 1), (1, 1, 0)),
    ("no region", [gold_claim(region=None)], [claim(region=None)], (1, 1, 1), (1, 1, 1)),
    # other readings that are right too
    ("metric_alt", [gold_claim(metric_alt=["active_rate"])], [claim(metric=Metric.ACTIVE_RATE)], (1, 1, 1), (1, 1, 1)),
    ("modality_alt", [gold_claim(modality_alt=["target"])], [claim(modality=Modality.TARGET)], (1, 1, 1), (1, 1, 1)),
    ("region_alt", [gold_claim(region_alt=["73"])], [claim(region="73")], (1, 1, 1), (1, 1, 1)),
    ("an alternative of none", [gold_claim(region_alt=[None])], [claim(region=None)], (1, 1, 1), (1, 1, 1)),
    # for the nation's threshold target and requirement are both right
    (
        "threshold",
        [gold_claim(modality="requirement", region="0")],
        [claim(modality=Modality.TARGET, region="0")],
        (1, 1, 1),
        (1, 1, 1),
    ),
    (
        "a region's own target is none",
        [gold_claim(modality="requirement")],
        [claim(modality=Modality.TARGET)],
        (1, 1, 1),
        (1, 1, 0),
    ),
    # where more than one reading survives, keeping the printed value and marking it is right too
    ("uncertain, marked", [gold_claim(uncertain=True)], [claim(value=9.8, suspect=True)], (1, 1, 1), (1, 1, 1)),
    ("uncertain, not marked", [gold_claim(uncertain=True)], [claim(value=9.8)], (1, 1, 0), (1, 1, 0)),
    ("marked, but certain", [gold_claim()], [claim(value=9.8, suspect=True)], (1, 1, 0), (1, 1, 0)),
    # one figure of two regions is two claims, in any order
    (
        "two regions",
        [gold_claim(region="73.13"), gold_claim(region="73.08")],
        [claim(region="73.08"), claim(region="73.13")],
        (2, 2, 2),
        (2, 2, 2),
    ),
]

WEDNESDAY = Period(day("2025-05-14"), day("2025-05-14"), Precision.DAY)

FIELDS = [
    # what is tested, gold, given, field, (gold, right)
    ("as_of", gold_claim(as_of=["2025-05-01", "2025-05-31"]), claim(as_of=MAY_DAYS), "as_of", (1, 1)),
    ("other as_of", gold_claim(as_of=["2025-05-01", "2025-05-31"]), claim(as_of=WEDNESDAY), "as_of", (1, 0)),
    ("no as_of given", gold_claim(as_of=["2025-05-01", "2025-05-31"]), claim(), "as_of", (1, 0)),
    ("no as_of in gold", gold_claim(), claim(as_of=WEDNESDAY), "as_of", (0, 0)),
    ("speaker", gold_claim(speaker="Amran Halim"), claim(speaker=Speaker("H. Amran Halim")), "speaker", (1, 1)),
    ("last name", gold_claim(speaker="Amran Halim"), claim(speaker=Speaker("Halim")), "speaker", (1, 1)),
    ("first name only", gold_claim(speaker="Amran Halim"), claim(speaker=Speaker("Amran")), "speaker", (1, 0)),
    ("speaker missed", gold_claim(speaker="Amran Halim"), claim(), "speaker", (1, 0)),
    ("nobody", gold_claim(), claim(), "no_speaker", (1, 1)),
    ("nobody, one given", gold_claim(), claim(speaker=Speaker("Amran Halim")), "no_speaker", (1, 0)),
    ("speaker is not nobody", gold_claim(speaker="Amran Halim"), claim(), "no_speaker", (0, 0)),
    ("approx", gold_claim(approx="over"), claim(approx=Approx.OVER), "approx", (1, 1)),
    ("other approx", gold_claim(approx="over"), claim(approx=Approx.NEARLY), "approx", (1, 0)),
    (
        "segment",
        gold_claim(metric="segment_members", segment="PPU"),
        claim(metric=Metric.SEGMENT_MEMBERS, segment=Segment.PPU),
        "segment",
        (1, 1),
    ),
    (
        "one of several segments",
        gold_claim(metric="segment_members", segment=None, segments=["PPU", "PBPU"]),
        claim(metric=Metric.SEGMENT_MEMBERS, segment=Segment.PBPU),
        "segment",
        (1, 1),
    ),
    ("segment of no segment", gold_claim(), claim(segment=Segment.PPU), "segment", (0, 0)),
]


@pytest.mark.parametrize(("what", "gold", "given", "expected"), MENTIONS, ids=[row[0] for row in MENTIONS])
def test_mentions(what, gold, given, expected):
    kind = gold[0][0] if gold else given[0].kind
    assert counts(score(gold_mentions=gold, given_mentions=given).mentions[kind]) == expected


@pytest.mark.parametrize(("what", "gold", "given", "found", "core"), FOUND, ids=[row[0] for row in FOUND])
def test_claims(what, gold, given, found, core):
    result = score(gold_claims=gold, given_claims=given)
    assert counts(result.found) == found
    assert counts(result.core) == core


@pytest.mark.parametrize(("what", "gold", "given", "field", "expected"), FIELDS, ids=[row[0] for row in FIELDS])
def test_fields_of_found_claims(what, gold, given, field, expected):
    tally = score(gold_claims=[gold], given_claims=[given]).fields[field]
    assert (tally.gold, tally.right) == expected


def test_a_fuzzy_date_needs_only_overlap():
    spring = {"start": "2025-03-01", "end": "2025-05-31", "fuzzy": True}
    result = score(
        gold_mentions=[(DATE, 20, 28, spring)],
        gold_claims=[gold_claim(as_of=["2025-03-01", "2025-05-31"])],
        given_claims=[claim(as_of=MAY_DAYS)],
    )
    assert result.fields["as_of"].right == 1


def test_fields_are_judged_over_found_claims_only():
    result = score(gold_claims=[gold_claim(speaker="Amran Halim")], given_claims=[claim(value=97.0)])
    assert [tally.gold for tally in result.fields.values()] == [0] * len(result.fields)


@pytest.mark.parametrize(
    ("tally", "precision", "recall", "f1"),
    [
        (Tally(gold=4, given=2, right=2), 1.0, 0.5, 2 / 3),
        (Tally(gold=2, given=4, right=2), 0.5, 1.0, 2 / 3),
        (Tally(gold=2, given=0, right=0), 0.0, 0.0, 0.0),
        (Tally(), 1.0, 1.0, 1.0),
    ],
)
def test_precision_recall_and_their_mean(tally, precision, recall, f1):
    assert (tally.precision, tally.recall) == (precision, recall)
    assert tally.f1 == pytest.approx(f1)


def test_every_miss_is_told():
    result = score(
        gold_mentions=[(PERCENT, 0, 9, {"raw": "98 persen", "value": 98})],
        given_mentions=[mention(PERCENT, 0, 9, figure(97.0))],
        gold_claims=[gold_claim()],
        given_claims=[claim(region="73")],
    )
    told = [(miss.what, miss.raw, miss.expected, miss.got) for miss in result.misses]
    assert told[0][0] == "percent missed"
    assert told[0][2] == "98"
    assert "97" in told[0][3]
    assert ("claim core", "98 persen") in [(what, raw) for what, raw, _, _ in told]


def test_record_of_a_score():
    record = score(gold_claims=[gold_claim()], given_claims=[claim()]).as_record()
    assert set(record) == {
        "percent", "count", "date", "region", "claims_found", "claims_core",
        "as_of", "speaker", "no_speaker", "approx", "segment",
    }  # fmt: skip
    assert record["claims_core"] == {"gold": 1, "given": 1, "right": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert record["no_speaker"] == {"gold": 1, "right": 1, "share": 1.0}
