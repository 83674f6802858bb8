"""`cakupan explain`: an article with its mentions marked, and for each claim why its fields have their values."""

from __future__ import annotations

import html
import sys
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import click

from corpus.inputs import iter_articles
from corpus.records import Problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.models import Article, Claim, Extraction, Mention

STYLES = {"percent": "bold cyan", "count": "bold green", "date": "magenta", "region": "yellow", "speaker": "blue"}


@click.command("explain")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path, allow_dash=True))
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write a web page instead.")
def command(file: Path, page: Path | None) -> None:
    """Show the text of an article with every mention marked, and the rules, cues and distances behind each claim.

    FILE ends in .txt, .json, .jsonl or .html; - reads JSON lines from stdin.
    """
    from extract.pipeline import extract

    problems = Problems()
    articles = [article for _, article in iter_articles((file,), problems)]
    explained = [(article, extract(article)) for article in articles]
    if page is None:
        for article, extraction in explained:
            print_explanation(article, extraction)
    else:
        try:
            page.write_text(render(explained), encoding="utf-8", errors="replace")
        except OSError as problem:
            raise click.ClickException(f"{page} cannot be written ({problem.strerror}).") from problem
        click.echo(f"Wrote {page}.", err=True)
    problems.finish()


def print_explanation(article: Article, extraction: Extraction) -> None:
    """Text and reasons on stdout: mentions in colour on a terminal, in brackets where there is no colour."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 80, highlight=False)
    if console.color_system is None:
        text = Text(bracket(article.text, extraction.mentions))
    else:
        text = Text(article.text)
        for mention in extraction.mentions:
            text.stylize(STYLES[mention.kind.value], mention.start, mention.end)
    if article.title:
        console.print(Text(article.title, style="bold"))
    console.print(text)
    for claim in extraction.claims:
        console.print()
        console.print(Text(f"{claim.raw!r} at {claim.start}: {describe(claim)}", style="bold"))
        for line in reasons(claim):
            console.print(Text(f"  {line}"))
    for check in extraction.checks:
        console.print(Text(f"check {check.name}, {check.verdict.value}: {check.message}"))


def bracket(text: str, mentions: Sequence[Mention[Any]]) -> str:
    """The text with each mention as `[340.112 jiwa|count]`; one within another keeps its own brackets."""
    marks = [(mention.start, 1, -mention.end, "[") for mention in mentions]
    marks += [(mention.end, 0, -mention.start, f"|{mention.kind.value}]") for mention in mentions]
    for position, _, _, sign in sorted(marks, reverse=True):
        text = text[:position] + sign + text[position:]
    return text


def describe(claim: Claim) -> str:
    """The claim in one line."""
    from extract.records import plain

    parts = [
        f"{claim.metric.value} {plain(claim.value)} {claim.unit.value}",
        claim.modality.value,
        claim.approx.value,
        claim.region_name or "no single region",
        f"{claim.as_of.start}..{claim.as_of.end} ({claim.as_of_basis})" if claim.as_of else "no date",
        claim.speaker.name if claim.speaker else "the reporter",
    ]
    if claim.segment:
        parts.append(claim.segment.value)
    if claim.suspect:
        parts.append("unsettled")
    return ", ".join(parts)


def reasons(claim: Claim) -> list[str]:
    """Why each field has its value: rule, cue, and how far the cue stands from the figure."""
    lines = [f"{'figure':<9} {claim.rule}, printed {claim.raw!r}"]
    for reason in claim.reasons:
        cue = f" by {reason.cue!r}" if reason.cue else ""
        distance = f", distance {reason.distance}" if reason.distance is not None else ""
        lines.append(f"{reason.field:<9} {reason.rule}{cue}{distance}")
    if claim.repair:
        repair = claim.repair
        slips = ", ".join(repair.slips) or "kept as printed"
        lines.append(f"{'repair':<9} {repair.rule}: {slips}; confidence {repair.confidence:.2f}")
        lines += [f"{'':<9} {witness.message}" for witness in repair.witnesses]
    return lines


def render(explained: list[tuple[Article, Extraction]]) -> str:
    """The same as a web page that needs no network; everything from the article is escaped."""
    template = Template((files("corpus") / "templates" / "explain.html").read_text(encoding="utf-8"))
    bodies = []
    for article, extraction in explained:
        claims = "".join(
            f"<li><b>{html.escape(claim.raw)}</b> {html.escape(describe(claim))}"
            f"<pre>{html.escape(chr(10).join(reasons(claim)))}</pre></li>"
            for claim in extraction.claims
        )
        checks = "".join(
            f"<li class='{check.verdict.value}'>{html.escape(check.message)}</li>" for check in extraction.checks
        )
        title = html.escape(article.title or article.id)
        bodies.append(
            f"<h1>{title}</h1><p class='text'>{mark(article.text, extraction.mentions)}</p>"
            f"<h2>Claims</h2><ol>{claims}</ol><h2>Checks</h2><ul>{checks}</ul>"
        )
    return template.substitute(body="<hr>".join(bodies))


def mark(text: str, mentions: tuple[Mention[Any], ...]) -> str:
    """The text with each mention in a `mark`; of overlapping ones the first."""
    pieces: list[str] = []
    position = 0
    for mention in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
        if mention.start < position:
            continue
        pieces.append(html.escape(text[position : mention.start]))
        name = f"{mention.kind.value}, {mention.rule}"
        pieces.append(
            f"<mark class='{mention.kind.value}' title='{html.escape(name)}'>{html.escape(mention.raw)}</mark>"
        )
        position = mention.end
    pieces.append(html.escape(text[position:]))
    return "".join(pieces)
