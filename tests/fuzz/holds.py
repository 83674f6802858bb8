"""What holds for any input whatever: one function a way in, for tests by property and for the fuzz target alike.

Each takes what may come in and fails where a promise is broken: by an exception that no docstring names, an offset that
does not give back its text, an output that is no JSON.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import tempfile
from pathlib import Path

from crawler import listings
from crawler.archive.payload import parse_response, unpacked_body
from crawler.archive.read import DamagedRecord, TooLarge, iter_records, read_block
from crawler.errors import RegistryError
from crawler.indexes import parse_index
from crawler.manners.refusals import ForbiddenByRobots
from crawler.manners.robots import parse_robots
from crawler.outlets import parse_outlets
from crawler.pages.body import plain
from crawler.pages.dates import is_date_line, parse_stamp, parse_visible
from crawler.pages.read import read
from crawler.probe.signs import sitemaps_named
from crawler.urls import canonical_url
from crawler.zones import ZONES
from extract.dates.resolve import Anchor, parse_date, resolve_date
from extract.dates.surroundings import read_expressions
from extract.figures.read import parse_figure
from extract.figures.scan import scan_numbers
from extract.mentions.amounts import find_region_numbers_in, find_rupiah_in
from extract.mentions.count import find_counts_in
from extract.mentions.date import find_dates_in_text
from extract.mentions.percent import find_percents_in
from extract.models import Article, MentionKind, Unit
from extract.pipeline import extract
from extract.records import article_record, extraction_record, parse_article
from extract.regions.gazetteer import load_gazetteer
from extract.repair.readings import candidates

BASE = "https://kabar.example/"
DAYS = (None, dt.date(2025, 5, 6), dt.datetime(2025, 5, 6, 8, 30, tzinfo=dt.UTC), dt.date.min, dt.date.max)


def give_back(text, spans):
    """Each span lies in the text, and gives back what it says it shows."""
    for span in spans:
        assert 0 <= span.start <= span.end <= len(text)
        assert text[span.start : span.end] == span.raw


def is_json(record):
    """What is printed is JSON that any reader takes, lone surrogates and all: no NaN, no number without end."""
    line = json.dumps(record, allow_nan=False)
    assert json.loads(line) == record
    line.encode("ascii")


def extracted(text, title=None, published=None):
    """`extract`: mentions and claims give back their text, twice is once, and what is printed is JSON."""
    article = Article(id="1", text=text, title=title, published=published)
    found = extract(article, "id")
    give_back(text, found.mentions)
    give_back(text, found.claims)
    for claim in found.claims:
        assert claim.repair is None or 0 <= claim.repair.confidence <= 1
    for check in found.checks:
        assert all(0 <= at < len(found.claims) for at in check.claims)
    is_json(extraction_record(found))
    is_json(extraction_record(extract(article, "en")))
    assert extract(article, "id") == found


def page(markup, url=BASE, content_type=None):
    """`read`: an article that is JSON, that `extract` takes, and whose text has no control characters of ours."""
    reading = read(markup, url, content_type=content_type)
    record = article_record(reading.article)
    is_json(record)
    assert parse_article(record) == reading.article
    assert not set("\x00\x01\x02") & set(reading.article.text)
    assert "\n\n" not in reading.article.text
    assert read(markup, url, content_type=content_type) == reading


def dates(text):
    """Expressions in order and apart, periods that do not run backwards, mentions that give back their text."""
    end = 0
    for expression in read_expressions(text):
        assert end <= expression.start < expression.end <= len(text)
        end = expression.end
        for anchor in (Anchor(), Anchor(dt.date(2025, 5, 6)), Anchor(dt.date.min), Anchor(dt.date.max)):
            period = resolve_date(expression, anchor)
            assert period is None or period.start <= period.end
    for published in DAYS:
        give_back(text, find_dates_in_text(text, Article(id="1", text=text, published=published)))
    parse_date(text)
    parse_stamp(text)
    parse_visible(text)
    is_date_line(text)


def figures(text):
    """Numbers in order and apart, mentions that give back their text, and readings that cost something."""
    end = 0
    for number in scan_numbers(text):
        assert end <= number.start < number.digits_end <= number.end <= len(text)
        end = number.end
    for find in (find_percents_in, find_counts_in, find_rupiah_in, find_region_numbers_in):
        give_back(text, find(text))
    repaired(text)


def repaired(raw):
    """What a printed figure may have been meant as, in every unit: numbers, cheapest first, none twice."""
    for unit in Unit:
        figure = parse_figure(raw, unit)
        assert figure is None or figure.precision > 0
        readings = candidates(raw, unit)
        values = [reading.value for reading in readings]
        assert len(set(values)) == len(values)
        assert [reading.cost for reading in readings] == sorted(reading.cost for reading in readings)
        is_json(values)


def regions(text):
    """A name stands for one region or for none, in any case and between any blanks."""
    gazetteer = load_gazetteer()
    found = gazetteer.resolve(text)
    assert found is None or gazetteer.get(found.code) is found
    assert gazetteer.resolve(f" {text}\t") is found
    gazetteer.lookup(text)
    result = extract(Article(id="1", text=text))
    give_back(text, (mention for mention in result.mentions if mention.kind is MentionKind.REGION))


def entries(found):
    """Announced articles have addresses of the web; what is none is left out."""
    for entry in found or ():
        assert entry.url.startswith(("http://", "https://"))
        assert listings.clean_url(entry.url) == entry.url
        entry.newest(ZONES["WIT"])


def feed(body):
    entries(listings.parse_feed(body, BASE))


def sitemap(body):
    found = listings.parse_sitemap(body, BASE)
    entries(found.entries if found else ())


def interface(body):
    """What WordPress and Blogger answer."""
    entries(listings.parse_wordpress(body, BASE))
    blogger = listings.parse_blogger(body, BASE)
    if blogger is not None:
        entries(blogger[0])
        assert blogger[1] >= 0


def index(body):
    """A page of links to stories."""
    entries(parse_index(body, BASE))


def robots(body):
    """Rules that allow or forbid, and a pause of so many seconds."""
    rules = parse_robots(body)
    assert rules.pause() >= 0
    with contextlib.suppress(ForbiddenByRobots):
        rules.check(f"{BASE}jkn/2025/05/06/?page=2")
    sitemaps_named(body.decode("utf-8", "replace"), BASE)


def registry(text):
    """Outlets, or the error that names file and entry; never another."""
    try:
        outlets = parse_outlets(text, "mine.toml")
    except RegistryError as error:
        assert error.file == "mine.toml"
        assert isinstance(error.entry, str)
        assert str(error).startswith("mine.toml, entry ")
        return
    for outlet in outlets:
        for way in outlet.ways:
            way.address(2, dt.date(2025, 5, 6))


def address(url):
    """The one spelling of an address is its own one spelling."""
    canonical = canonical_url(url)
    assert canonical_url(canonical) == canonical
    assert plain(plain(url)) == plain(url)


def archive(content):
    """Records, or none; damage is told by the offset where it begins."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc"
        path.write_bytes(content)
        told = []
        for offset, record in iter_records(path, damaged=told.append):
            assert 0 <= offset <= len(content)
            try:
                block = read_block(record)
            except (DamagedRecord, TooLarge):
                continue
            answer(block)
        assert all(0 <= offset <= len(content) for offset in told)


def answer(block):
    """An HTTP answer as a record holds it, unpacked to no more than is asked for."""
    response = parse_response(block)
    if response is not None:
        body = unpacked_body(response, 1024)
        assert body is None or len(body) <= 1024
