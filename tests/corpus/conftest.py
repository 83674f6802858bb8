"""One article as a spider would hand it over, and what the extractor would say of it, built by hand."""

import datetime as dt
import gzip
import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from corpus.addressbook import Fetch, FetchKind, log_fetch
from corpus.intake import Intake
from corpus.readings import save_extraction
from corpus.store import Store
from crawler.archive.write import FIELDS, IDENTICAL_PAYLOAD, Draft, WarcWriter, digest_of
from crawler.items import Archived, FetchedArticle, ListingVisit
from crawler.listings import Entry
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


# A corpus of two articles with the archive that they were read from.

MALRA = "https://www.kabar.id/jkn-malra/"
TUAL = "https://kabar.id/jkn-tual"
REST = "https://kabar.id/wp-json/wp/v2/posts?search=jkn"
FEED = "https://kabar.id/feed"
NEIGHBOUR = "https://kabar.id/desa-sehat"
DISTINCTIVE = "Kader dari ohoi terjauh mendayung semalam suntuk demi mengantar formulir warga yang belum terdaftar."
WAITING = "Sisanya masih menunggu giliran."


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a corpus lies: the database, the archive, its one file, and where each record begins in it."""

    database: Path
    archive: Path
    file: Path
    offsets: dict[str, int]


@pytest.fixture
def kept(tmp_path, article, regions):
    """A run whose answers were kept: a listing with a whole text, two articles, one of them only as a repetition."""
    archive = tmp_path / "archive"
    writer = WarcWriter(archive / "kabar.id" / "kabar.id-20250506050000-run1.warc.gz")
    malra = replace(article, text=f"{TEXT}\n{DISTINCTIVE} {WAITING}")
    tual = replace(article, url=TUAL, title="Tual menyusul", text=TEXT.replace("Malra", "Malra sebelah Tual"))
    pages = {MALRA: page_of(malra), TUAL: page_of(tual), NEIGHBOUR: b"<p>Desa sehat.</p>", FEED: b"<rss></rss>"}
    post = {"link": MALRA, "title": {"rendered": malra.title}, "content": {"rendered": page_of(malra).decode()}}
    pages[REST] = json.dumps([post]).encode()
    offsets = {}
    for url in (REST, FEED, NEIGHBOUR, MALRA, TUAL):
        asked = Draft(
            "request", NOON, (("WARC-Target-URI", url),), f"GET {url} HTTP/1.1\r\n\r\n".encode(), name_of("q", url)
        )
        offsets[f"request {url}"], offsets[url] = writer.write(asked, answer_of(url, pages[url]))
    again = (
        ("WARC-Target-URI", TUAL),
        ("WARC-Profile", IDENTICAL_PAYLOAD),
        ("WARC-Refers-To", name_of("a", TUAL)),
        ("WARC-Refers-To-Target-URI", TUAL),
    )
    (offsets["again"],) = writer.write(Draft("revisit", NOON, again, b"HTTP/1.1 200 OK\r\n\r\n", name_of("r", TUAL)))
    (offsets["failure"],) = writer.write(
        Draft(
            "metadata",
            NOON,
            (("WARC-Target-URI", NEIGHBOUR), ("Content-Type", FIELDS)),
            b"failure: x\r\n",
            name_of("f", TUAL),
        )
    )
    writer.close()
    name = writer.path.name
    with Store.open(tmp_path / "cakupan.db") as store:
        store.save_regions(regions)
        run = store.begin_run("run", version="rules 1", started_at=NOON)
        intake = Intake(store, run)
        wanted = tuple(Entry(url, title=one.title) for url, one in ((MALRA, malra), (TUAL, tual)))
        intake.listing_visited(
            ListingVisit(
                REST,
                "wordpress",
                "kabar.id",
                NOON,
                200,
                entries=2,
                wanted=wanted,
                archived=Archived(name, offsets[REST]),
            )
        )
        log_fetch(
            store,
            run,
            Fetch(
                FetchKind.IRRELEVANT,
                NEIGHBOUR,
                NOON,
                outlet="kabar.id",
                status=200,
                archived=Archived(name, offsets[NEIGHBOUR]),
            ),
        )
        for one, place in ((malra, offsets[MALRA]), (tual, offsets["again"])):
            intake.deliver(fetched_from(one, pages[one.url], Archived(name, place)))
        for revision, stored in list(store.iter_unread("rules 1")):
            save_extraction(store, stored.id, revision, read(stored))
    return Kept(tmp_path / "cakupan.db", archive, writer.path, offsets)


def page_of(article):
    """A page as a site prints it: tags between the words, quotation marks as entities."""
    paragraphs = "".join(f"<p>{line.replace(' ', ' <b></b>', 3)}</p>" for line in article.text.splitlines())
    return f"<h1>{article.title}</h1>{paragraphs}".encode()


def name_of(kind, url):
    return f"<urn:uuid:{kind}-{hashlib.sha256(url.encode()).hexdigest()[:30]}>"


def answer_of(url, body):
    """The record of an answer, packed as most servers send theirs."""
    packed = gzip.compress(body, mtime=0)
    fields = (("WARC-Target-URI", url), ("WARC-Payload-Digest", digest_of(packed)))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    return Draft("response", NOON, fields, head + packed, name_of("a", url))


def fetched_from(article, body, archived):
    """What a spider hands over of an article."""
    return FetchedArticle(
        article=article,
        url=article.url,
        final_url=article.url,
        fetched_at=NOON,
        status=200,
        etag=None,
        last_modified=None,
        modified=None,
        digest=hashlib.sha256(body).hexdigest(),
        outlet="kabar.id",
        spider="feed",
        html=body,
        archived=archived,
    )
