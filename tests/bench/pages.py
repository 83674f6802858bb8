"""Pages read by layout, without any, and by trafilatura: how right each is (`--score`), and how long it takes.

The pages are the recorded ones beside the repository (../shared/pages), or those of the demo where there are none.
Times are ratios to `trafilatura.extract` with metadata, in its careful mode, on the same page in the same run.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import trafilatura
from measured import Measured, arguments, tell

from crawler.pages.read import read

RECORDED = Path(__file__).parents[3] / "shared" / "pages" / "articles"
SLACK = 40
"""So many characters a clean body may begin too early or end too late."""
DEMANDED = {"layouts": 0.125, "no layout": 1.1}
BESIDE = "trafilatura"


@dataclass(frozen=True, slots=True)
class Truth:
    """What a reader saw. `outside` are lines that stand around the text and are none of it."""

    title: str
    first: str
    last: str
    paragraphs: tuple[str, ...]
    outside: frozenset[str]
    published: dt.datetime | None
    authors: tuple[str, ...]
    editors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    url: str
    html: bytes
    truth: Truth


@dataclass(frozen=True, slots=True)
class Answer:
    title: str | None
    text: str
    published: dt.date | dt.datetime | None
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    body: bool
    title: bool
    day: bool
    time: bool
    reporters: bool


def words(text: str | None) -> str:
    return " ".join((text or "").split())


def load_pages() -> list[Page]:
    return [*iter_recorded()] or [*iter_demo()]


def iter_recorded() -> Iterator[Page]:
    for path in sorted(RECORDED.glob("*.json")):
        page = json.loads(path.read_text(encoding="utf-8"))
        if page["kind"] != "article":
            continue
        told = page["truth"]
        yield Page(
            path.stem,
            page["url"],
            gzip.decompress(path.with_suffix(".html.gz").read_bytes()),
            Truth(
                title=told["title"],
                first=told["body_first60"],
                last=told["body_last60"],
                paragraphs=tuple(told["paragraph_starts"]),
                outside=frozenset(map(words, told["not_in_body"] + told["before_body"])),
                published=dt.datetime.fromisoformat(told["published"]) if told["published"] else None,
                authors=tuple(told["authors"]),
                editors=tuple(told["editors"]),
            ),
        )


def iter_demo() -> Iterator[Page]:
    from crawler.demo.site import DOMAINS
    from crawler.demo.stories import ARTICLES, load_stories
    from crawler.demo.themes import path_of, render_page

    stories = load_stories(ARTICLES)
    for story in stories:
        base = f"http://{DOMAINS[story.site]}"
        truth = Truth(
            title=story.title,
            first=story.body[0][:60],
            last=story.body[-1][-60:],
            paragraphs=tuple(paragraph[:40] for paragraph in story.body),
            outside=frozenset({words(story.title)}),
            published=story.published,
            authors=story.authors,
            editors=story.editors,
        )
        yield Page(story.id, base + path_of(story), render_page(story, stories, base).encode(), truth)


def by_layout(page: Page) -> Answer:
    article = read(page.html, page.url).article
    return Answer(article.title, article.text, article.published, article.authors)


def without_layout(page: Page) -> Answer:
    article = read(page.html, page.url, by_layout=False).article
    return Answer(article.title, article.text, article.published, article.authors)


def by_trafilatura(page: Page) -> Answer:
    got = trafilatura.extract(page.html, favor_precision=True, with_metadata=True, output_format="json")
    told = json.loads(got) if got else {}
    names = (told.get("author") or "").split("; ")
    day = dt.date.fromisoformat(told["date"]) if told.get("date") else None
    return Answer(told.get("title"), told.get("text") or "", day, tuple(filter(None, names)))


READERS: dict[str, Callable[[Page], Answer]] = {
    "layouts": by_layout,
    "no layout": without_layout,
    "trafilatura": by_trafilatura,
}


def judge(page: Page, answer: Answer) -> Verdict:
    """A body is clean if it starts and ends within SLACK characters of the truth, holds the start of every paragraph
    and no line that stands outside it."""
    truth = page.truth
    text = words(answer.text)
    lines = set(map(words, answer.text.splitlines()))
    start, end = text.find(words(truth.first)), text.rfind(words(truth.last))
    published = answer.published
    clock = published if isinstance(published, dt.datetime) else None
    return Verdict(
        body=0 <= start <= SLACK
        and end >= 0
        and len(text) - end - len(words(truth.last)) <= SLACK
        and all(words(paragraph) in text for paragraph in truth.paragraphs)
        and not lines & truth.outside,
        title=words(answer.title) == words(truth.title),
        day=truth.published is not None and (clock.date() if clock else published) == truth.published.date(),
        time=truth.published is not None
        and clock is not None
        and clock.utcoffset() == truth.published.utcoffset()
        and clock.replace(second=0) == truth.published.replace(second=0),
        reporters=answer.authors == truth.authors,
    )


def score(pages: list[Page], reader: Callable[[Page], Answer]) -> dict[str, int]:
    """How many pages have each field right."""
    verdicts = [judge(page, reader(page)) for page in pages]
    return {field.name: sum(getattr(verdict, field.name) for verdict in verdicts) for field in fields(Verdict)}


def score_table(pages: list[Page]) -> str:
    names = [field.name for field in fields(Verdict)]
    rows = [f"{'of ' + str(len(pages)) + ' pages':<14}" + "".join(f"{name:>11}" for name in names)]
    rows += [
        f"{name:<14}" + "".join(f"{right:>11}" for right in score(pages, reader).values())
        for name, reader in READERS.items()
    ]
    return "\n".join(rows)


def seconds(reader: Callable[[Page], Answer], page: Page) -> float:
    """Seconds of this process alone, so that others on the machine do not count."""
    start = time.process_time()
    reader(page)
    return time.process_time() - start


def measure(pages: list[Page], runs: int) -> Iterator[Measured]:
    """Each way to read beside trafilatura: a turn is a page, its time the median of several readings."""
    for reader in READERS.values():
        reader(pages[0])  # layouts are compiled and trafilatura imported once
    times = {
        name: tuple(statistics.median(seconds(reader, page) for _ in range(runs)) for page in pages)
        for name, reader in READERS.items()
    }
    # The demo's pages are too short to tell much: trafilatura is quick with them too.
    wanted = DEMANDED if RECORDED.exists() else {}
    for name, taken in times.items():
        if name != BESIDE:
            yield Measured("a page", name, BESIDE, taken, times[BESIDE], wanted.get(name))


if __name__ == "__main__":
    parser = arguments(__doc__, 5)
    parser.add_argument("--score", action="store_true", help="tell what is right instead of how long it takes")
    asked = parser.parse_args()
    if asked.score:
        print(score_table(load_pages()))
        sys.exit()
    sys.exit(not tell(measure(load_pages(), asked.runs), asked))
