"""What an article and a page cost before any claim is read: the least that any rules could take with what is fixed.

Of an article that is its line read, its tokens, the objects of what is found (extract/models.py) and their JSON; of a
page the bare spider, one call each of gzip and lxml, the objects of what is found, and `executemany` of all their rows.
What is found, and what is stored of it, is worked out beforehand, untimed.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import crawl
import extraction
import lxml.html
from crawl_site import page
from inputs import iter_articles
from loading import OF_AN_ARTICLE, SEEN_AT, load_bare, prepare
from measured import Measured, arguments, tell

from corpus.readings import ArticleReading, save_readings
from corpus.records import json_line
from corpus.store import Store
from crawler.archive.write import LEVEL
from extract.language import load_pipeline
from extract.models import Article, Extraction
from extract.pipeline import extract
from extract.records import extraction_record, parse_article

Parts = list[tuple[Callable[..., object], tuple[object, ...]]]
"""What an object is made of: types, and what each is called with."""


def least_of_articles(lines: Sequence[bytes]) -> float:
    """CPU seconds an article."""
    nlp = load_pipeline()
    found = [extract(parse_article(json.loads(line))) for line in lines]
    parts = [list(iter_parts(one)) for one in found]
    start = time.process_time()
    for line, made, one in zip(lines, parts, found, strict=True):
        nlp.make_doc(parse_article(json.loads(line)).text)
        make(made)
        json_line(extraction_record(one))
    return (time.process_time() - start) / len(lines)


def least_of_pages(texts: Sequence[str], kilobytes: int) -> float:
    """CPU seconds a page, without the bare spider's."""
    pages = [page(f"http://127.0.0.1/{at}", text, kilobytes * 1024) for at, text in enumerate(texts)]
    articles = [Article(id="", url=f"http://127.0.0.1/{at}", text=text) for at, text in enumerate(texts)]
    found = [extract(article) for article in articles]
    parts = [list(iter_parts(one)) for one in found]
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "bare.db") as bare:
        rows = load(articles, found, Path(folder) / "ours.db")
        prepare(bare)
        start = time.process_time()
        for body, made in zip(pages, parts, strict=True):
            gzip.compress(body, LEVEL)
            lxml.html.document_fromstring(body)
            make(made)
        load_bare(bare.db.conn, rows)
        spent = time.process_time() - start
    return spent / len(texts)


def load(articles: Sequence[Article], found: Sequence[Extraction], file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that loading these leaves in a new database, table by table."""
    with Store.open(file) as store:
        run = prepare(store)
        with store.transaction():
            stored = [store.save_article(article, seen_at=SEEN_AT, run=run) for article in articles]
            save_readings(
                store,
                [
                    ArticleReading(as_stored.article_id, as_stored.revision, one)
                    for as_stored, one in zip(stored, found, strict=True)
                ],
            )
        tables = (*OF_AN_ARTICLE, "comparisons_due", "changed_pasts")
        return {table: store.db.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def iter_parts(thing: object) -> Iterator[tuple[Callable[..., object], tuple[object, ...]]]:
    """Every object within another, with what it is made of."""
    if isinstance(thing, tuple):
        for one in thing:
            yield from iter_parts(one)
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        values = tuple(getattr(thing, field.name) for field in dataclasses.fields(thing))
        yield from iter_parts(values)
        yield type(thing), values


def make(parts: Parts) -> None:
    """All of these objects anew."""
    for kind, values in parts:
        kind(*values)


def measure(articles: int, pages: int, kilobytes: int, runs: int) -> Iterator[Measured]:
    """An article beside stock tokenising, and a page beside a bare spider, in turn."""
    lines = extraction.load_articles(articles)
    stock = [sys.executable, "-c", extraction.STOCK]
    # The first time is warming up.
    least_of_articles(lines[: articles // 5])
    pairs = [
        (least_of_articles(lines[articles // 5 :]), extraction.steady(stock, lines, articles // 5)[0])
        for _ in range(runs)
    ]
    yield Measured("the least", "an article, nothing read", extraction.BESIDE, *zip(*pairs, strict=True))
    texts = list(iter_articles(pages))
    with crawl.serving(pages, kilobytes) as host:
        turns = [(least_of_pages(texts, kilobytes), crawl.steady(crawl.bare, host, pages)) for _ in range(runs)]
    pairs = [(least + spider, spider) for least, spider in turns]
    yield Measured("the least", "a page, nothing read", crawl.BESIDE, *zip(*pairs, strict=True))


if __name__ == "__main__":
    parser = arguments(__doc__, 3)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--kilobytes", type=int, default=80, help="size of a page")
    asked = parser.parse_args()
    sys.exit(not tell(measure(asked.articles, asked.pages, asked.kilobytes, asked.runs), asked))
