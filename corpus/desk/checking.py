"""The check of a text or a page that somebody gives, as `cakupan check` makes it, cut up for the page."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

import click
from sqlite_utils import Database

from corpus.desk.marks import KINDS, Mark, Piece, cut
from corpus.desk.retell import READING
from corpus.desk.settings import DeskSettings
from corpus.errors import CorpusError
from corpus.judging import fetch, judge_article
from corpus.sources import ADDRESS
from corpus.verdict_text import check_line, detail
from corpus.verdicts import Judged, Report
from crawler.errors import CrawlerError
from extract.errors import ExtractError
from extract.models import Article
from extract.wording import Language

MOST_CHARS = 100_000


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is known of a figure, under its label."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its number in the text and how it stands: suspect, holds, open or unchecked."""

    place: int
    printed: str
    standing: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on a text. `pieces` is all of it, with what was found marked; figures are in focus.

    `besides` are the checks of no figure: of a weekday, or of a text too long to be read in full.
    """

    title: str | None
    url: str | None
    verdict: str
    pieces: tuple[Piece, ...]
    kinds: tuple[str, ...]
    figures: tuple[Figure, ...]
    besides: tuple[Line, ...]
    others: tuple[str, ...]


class NotReadable(CorpusError):  # noqa: N818 - named by the fact
    """A page could not be fetched or holds no text; says why."""


def is_address(text: str) -> bool:
    """Whether what was pasted is an address and nothing else."""
    return ADDRESS.fullmatch(text.strip()) is not None


def check_article(db: Database, article: Article, language: Language) -> Checked:
    """The verdict on an article beside what the database tells of the past."""
    with READING:
        report = judge_article(article, db, language)
    return cut_up(report, language)


def cut_up(report: Report, language: Language) -> Checked:
    """A report as the page shows it."""
    told: set[tuple[str, int | None]] = set()
    figures = tuple(figure_of(report, place, one, told, language) for place, one in enumerate(report.judged, start=1))
    text = report.article.text
    # Of one figure said of two regions, both numbers are in the text.
    places: dict[tuple[int, int], list[str]] = {}
    for figure, one in zip(figures, report.judged, strict=True):
        places.setdefault((one.claim.start, one.claim.end), []).append(str(figure.place))
    marks = [
        Mark(mention.start, mention.end, mention.kind.value)
        for mention in report.extraction.mentions
        if mention.kind.value in KINDS
    ]
    for (start, end), numbers in places.items():
        unit = next(one.claim.unit.value for one in report.judged if one.claim.start == start)
        marks.append(Mark(start, end, "percent" if unit == "percent" else "count", ", ".join(numbers), focus=True))
    pieces = cut(text, 0, len(text), marks)
    verdict = "suspect" if report.suspect else "nothing_suspect" if report.judged else "no_claims"
    return Checked(
        title=report.article.title,
        url=report.article.url,
        verdict=verdict,
        pieces=pieces,
        kinds=tuple(kind for kind in KINDS if any(piece.kind == kind for piece in pieces)),
        figures=figures,
        besides=tuple(Line(label, text) for label, text, _ in (check_line(check, language) for check in report.checks)),
        others=tuple(dict.fromkeys(mention.raw for mention in report.others)),
    )


def figure_of(
    report: Report, place: int, judged: Judged, told: set[tuple[str, int | None]], language: Language
) -> Figure:
    """A figure with the lines that `cakupan check` prints below it."""
    lines = tuple(Line(label, text) for label, text, _ in detail(report, place, judged, told, language))
    return Figure(place, judged.claim.raw, judged.standing.value, lines)


def fetch_elsewhere(url: str, settings: DeskSettings) -> Article:
    """The article at an address, fetched with the guard and manners of `cakupan check`. Raises NotReadable.

    In a process of its own, since a crawl can be started but once in each.
    """
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
            answer = pool.submit(fetch_or_say, url, settings.contact, settings.allow_local, settings.registry).result()
    except BrokenProcessPool as problem:
        raise NotReadable(f"{url}: the fetch broke off. Paste the text instead.") from problem
    if isinstance(answer, str):
        raise NotReadable(answer)
    if not answer.text.strip():
        raise NotReadable(f"{url}: no article was found on the page. Paste its text instead.")
    return replace(answer, text=answer.text[:MOST_CHARS])


def fetch_or_say(url: str, contact: str | None, allow_local: bool, registry: Path | None) -> Article | str:
    """The article, or why there is none: errors do not travel between processes as they are."""
    try:
        return fetch(url, contact, allow_local, registry)[1]
    except click.ClickException as problem:
        return problem.format_message()
    except (CorpusError, CrawlerError, ExtractError) as problem:
        return str(problem)
