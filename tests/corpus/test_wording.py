"""Figures, periods and vocabularies in words, English and Indonesian."""

import datetime as dt

import pytest

from corpus.errors import WordingError
from corpus.wording import load_wording, word_figure, word_period
from extract.figures.lexicon import load_figure_lexicon
from extract.models import Approx, Metric, Modality, Period, Precision, Segment, Unit, Verdict
from extract.wording import load_sentences


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_vocabulary_has_its_words(language):
    words = load_wording(language)
    metrics = {**words["metrics"], **load_sentences(language)["metrics"]}
    assert set(metrics) == {metric.value for metric in Metric}
    assert set(words["modalities"]) == {modality.value for modality in Modality}
    assert set(words["hedges"]) == {approx.value for approx in Approx}
    assert set(words["segments"]) == {segment.value for segment in Segment}
    assert set(words["units"]) == {unit.value for unit in Unit} - {"percent"} | {"IDR_billions"}
    assert set(words["slips"]) == set(load_figure_lexicon().slips)
    assert {verdict.value for verdict in Verdict} <= set(words["labels"])
    assert max(len(label) for label in words["labels"].values()) <= 11


@pytest.mark.parametrize(
    ("value", "unit", "approx", "english", "indonesian"),
    [
        (126_000, Unit.PEOPLE, Approx.ABOUT, "about 126,000 people", "sekitar 126.000 jiwa"),
        (98.29, Unit.PERCENT, Approx.OVER, "more than 98.29%", "lebih dari 98,29 persen"),
        (460, Unit.REGIONS, Approx.EXACT, "460 regions", "460 daerah"),
        (27.86e9, Unit.IDR, Approx.EXACT, "Rp27.86 billion", "Rp27,86 miliar"),
        (750e6, Unit.IDR, Approx.EXACT, "Rp750,000,000", "Rp750.000.000"),
        (2_123_456_789, Unit.IDR, Approx.EXACT, "Rp2,123,456,789", "Rp2.123.456.789"),
    ],
)
def test_a_figure_in_words(value, unit, approx, english, indonesian):
    assert (word_figure(value, unit, approx, "en"), word_figure(value, unit, approx, "id")) == (english, indonesian)


@pytest.mark.parametrize(
    ("start", "end", "precision", "english", "indonesian"),
    [
        ("2025-05-01", "2025-05-01", Precision.DAY, "as of 1 May 2025", "per 1 Mei 2025"),
        ("2025-08-01", "2025-08-31", Precision.MONTH, "as of August 2025", "per Agustus 2025"),
        ("2025-04-01", "2025-06-30", Precision.QUARTER, "quarter II of 2025", "triwulan II 2025"),
        ("2024-07-01", "2024-12-31", Precision.SEMESTER, "semester II of 2024", "semester II 2024"),
        ("2024-01-01", "2024-12-31", Precision.YEAR, "in 2024", "tahun 2024"),
        ("2025-05-05", "2025-05-07", Precision.RANGE, "5 May 2025 to 7 May 2025", "5 Mei 2025 sampai 7 Mei 2025"),
        ("2025-05-05", "2025-05-05", Precision.RANGE, "as of 5 May 2025", "per 5 Mei 2025"),
    ],
)
def test_a_period_in_words(start, end, precision, english, indonesian):
    period = Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end), precision)
    assert (word_period(period, "en"), word_period(period, "id")) == (english, indonesian)


@pytest.mark.parametrize(
    ("toml", "problem"), [('[a]\nen.x = "1"', "does not say the same"), ("a = [", "the whole file"), ("a = 1", "'a'")]
)
def test_broken_words_are_told_by_name(tmp_path, toml, problem):
    path = tmp_path / "verdicts.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(WordingError, match=problem):
        load_wording("en", path)
