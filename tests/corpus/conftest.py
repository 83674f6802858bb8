"""One article as a spider would hand it over, and what the extractor would say of it, built by hand."""

import datetime as dt
from dataclasses import replace

import pytest

from corpus.store import Store
from extract.models import (
    Approx,
    Article,
    AsOfBasis,
    Check,
    Claim,
    Extraction,
    Figure,
    Mention,
    MentionKind,
    Metric,
    Modality,
    Period,
    Precision,
    Reason,
    Region,
    RegionLevel,
    Repair,
    Speaker,
    Unit,
    Verdict,
    Witness,
)

NOON = dt.datetime(2025, 5, 6, 5, 0, tzinfo=dt.UTC)
MALUKU = Region("81", "Maluku", RegionLevel.PROVINCE, 1_945_000)
TENGGARA = Region("81.02", "Kabupaten Maluku Tenggara", RegionLevel.KABUPATEN, 129_000)
NATION = Region("0", "Indonesia", RegionLevel.NATION, 284_973_643)

TEXT = "Bupati André Rettob mengatakan 100.026.000 jiwa warga Malra, atau 97,89 persen, sudah terdaftar per 1 Mei 2025."


@pytest.fixture
def noon():
    """The frozen time of every test: noon in Jakarta."""
    return NOON


@pytest.fixture
def regions():
    """A gazetteer of three."""
    return (TENGGARA, MALUKU, NATION)


@pytest.fixture
def store(tmp_path, regions):
    """A new database on disk that knows the three regions."""
    with Store.open(tmp_path / "cakupan.db") as opened:
        opened.save_regions(regions)
        yield opened


@pytest.fixture
def article():
    """One article of four mentions and two claims, one of them garbled in print."""
    return Article(
        id="as the spider called it",
        url="https://www.kabar.id/jkn-malra/",
        outlet="kabar.id",
        title="Malra menuju UHC",
        published=dt.datetime(2025, 5, 6, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=9))),
        text=TEXT,
        authors=("Yosep Renur",),
        layout="wordpress",
    )


def span(raw, text):
    """Where `raw` stands in the text."""
    start = text.index(raw)
    return {"start": start, "end": start + len(raw), "raw": raw}


def read(article, version="rules 1"):
    """What the extractor says of the article above, or of one with the same figures in it."""
    text = article.text
    bupati = Speaker("André Rettob", "Bupati Maluku Tenggara")
    may_day = Period(dt.date(2025, 5, 1), dt.date(2025, 5, 1), Precision.DAY)
    count = Figure(126_000, 100_026_000, Unit.PEOPLE, 1_000, slips=("spoken",))
    rate = Figure(97.89, 97.89, Unit.PERCENT, 0.01)
    repair = Repair(
        rule="repair.spoken",
        printed=100_026_000,
        chosen=126_000,
        slips=("scale_dropped",),
        witnesses=(Witness("rate", "126.000 of 129.000 is 97,67"), Witness("population", "129.000 live there")),
        confidence=0.98,
        alternatives=(100_026,),
    )
    members = Claim(
        **span("100.026.000 jiwa", text),
        metric=Metric.MEMBERS,
        modality=Modality.REPORTED,
        value=126_000,
        unit=Unit.PEOPLE,
        approx=Approx.EXACT,
        printed_value=100_026_000,
        precision=1_000,
        rule="claim.members",
        region="81.02",
        region_name=TENGGARA.name,
        as_of=may_day,
        as_of_basis=AsOfBasis.EXPLICIT,
        speaker=bupati,
        repair=repair,
        reasons=(Reason("metric", "metric.members", "terdaftar", text.index("terdaftar"), 9),),
    )
    coverage = replace(
        members,
        **span("97,89 persen", text),
        metric=Metric.COVERAGE_RATE,
        value=97.89,
        unit=Unit.PERCENT,
        printed_value=97.89,
        precision=0.01,
        rule="claim.rate",
        repair=None,
    )
    return Extraction(
        article_id=article.id,
        version=version,
        mentions=(
            Mention(MentionKind.SPEAKER, **span("André Rettob", text), value=bupati, rule="speaker.office"),
            Mention(MentionKind.COUNT, **span("100.026.000 jiwa", text), value=count, rule="count.unit"),
            Mention(MentionKind.REGION, **span("Malra", text), value=TENGGARA, rule="region.alias"),
            Mention(MentionKind.PERCENT, **span("97,89 persen", text), value=rate, rule="percent.word"),
            Mention(MentionKind.DATE, **span("1 Mei 2025", text), value=may_day, rule="date.day"),
        ),
        claims=(members, coverage),
        checks=(Check("rate_of_population", Verdict.OK, (0, 1), "97–98,4", "97,89", "126.000 is 97,7 % of 129.000"),),
    )


@pytest.fixture
def extraction(article):
    """What `read` gives of the article."""
    return read(article)


@pytest.fixture(name="read")
def read_fixture():
    """The hand-made extractor."""
    return read
