"""A report on a screen or in a pipe: each sentence with its figures marked, and below it how each figure stands."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.text import Text

from corpus.tables import screen_width
from corpus.verdicts import Judged, Report, Standing
from corpus.wording import load_wording, word_day, word_figure, word_reading
from extract.models import SAID, Check, Metric, Modality, Verdict
from extract.repair.arithmetic import WHOLES_OF
from extract.repair.decide import UNDECIDED
from extract.sentences import Sentence, split_sentences
from extract.wording import Language, number, percent

STYLES = {
    Standing.SUSPECT: "bold red",
    Standing.HOLDS: "bold green",
    Standing.OPEN: "bold",
    Standing.UNCHECKED: "bold",
}
UNSETTLED = {Standing.OPEN, Standing.UNCHECKED}
"""How figures stand that the article's own arithmetic does not settle."""
CHECK_STYLES = {Verdict.SUSPECT: "red", Verdict.OK: "green", Verdict.UNKNOWN: ""}
LABEL = 11
"""The letters that a label takes."""
AROUND = 240
"""So many characters are shown before and after the figures of a sentence that is longer than a screen."""
LONG_SENTENCE = 1200
MOST_OTHERS = 12
ADDRESS = re.compile(r"https?://\S+")
# A page may hold signs that steer the terminal or turn the direction of writing.
UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def print_report(report: Report, language: Language, *, looked_up: Path | None, missing: Path | None) -> None:
    """One report on stdout. Earlier claims were `looked_up` in this database, or would have been in a `missing` one."""
    print_blocks(Console(width=screen_width(), highlight=False), iter_blocks(report, language, looked_up, missing))


def print_blocks(console: Console, blocks: Iterable[Block]) -> None:
    """Paragraphs wrapped at the console's width, further lines indented as far as their label reaches.

    An address that stands for itself is left whole, so that it can be copied.
    """
    for block in blocks:
        is_address = ADDRESS.fullmatch(block.text.plain) is not None
        # Wrapped here, since the console leaves the blanks at which it wraps.
        lines = [block.text] if is_address else block.text.wrap(console, console.width - len(block.label))
        for row, line in enumerate(lines or [Text()]):
            line.rstrip()
            margin = block.label if row == 0 else Text(" " * len(block.label) if line else "")
            console.print(margin + line, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with what stands in the margin of its first line."""

    text: Text
    label: Text = field(default_factory=Text)


EMPTY = Block(Text())


def iter_blocks(report: Report, language: Language, looked_up: Path | None, missing: Path | None) -> Iterator[Block]:
    """What is printed, paragraph by paragraph."""
    lines = load_wording(language)["lines"]
    if report.article.title:
        yield Block(Text(title_of(report, language), style="bold"))
        yield EMPTY
    told: set[tuple[str, int | None]] = set()
    sentences = split_sentences(report.article.text)
    numbered = [*zip(range(1, len(report.judged) + 1), report.judged, strict=True)]
    for _, group in groupby(numbered, key=lambda pair: pair[1].claim.sentence):
        figures = list(group)
        yield Block(mark_figures(report.article.text, sentence_of(sentences, figures), figures))
        for place, judged in figures:
            yield Block(heading(place, judged, language))
            yield from map(labelled, detail(report, place, judged, told, language))
        yield EMPTY
    for check in report.checks:
        yield labelled(check_line(check, language))
    if report.checks:
        yield EMPTY
    if report.others:
        yield Block(Text(lines["others"].format(figures=name_others(report, language))))
    besides = Block(Text(lines["besides"].format(suspect=report.suspect_besides), style="bold"))
    if not report.judged:
        yield Block(Text(lines["nothing"], style="bold"))
        if report.suspect_besides:
            yield besides
        return
    if report.article.published is None and any(judged.claim.as_of_basis not in SAID for judged in report.judged):
        yield Block(Text(lines["undated"], style="dim"))
    if looked_up is not None and not any(judged.earlier for judged in report.judged):
        yield Block(Text(lines["earlier_none"].format(database=looked_up), style="dim"))
    elif missing is not None:
        yield Block(Text(lines["no_database"].format(database=missing), style="dim"))
    counts = {standing.value: report.count(standing) for standing in Standing}
    yield Block(Text(lines["sum"].format(total=len(report.judged), **counts), style="bold"))
    if report.suspect_besides:
        yield besides


def title_of(report: Report, language: Language) -> str:
    """The headline with outlet and day, as far as they are known."""
    article = report.article
    known = [article.outlet, word_day(article.published_on, language) if article.published_on else None]
    origin = ", ".join(part for part in known if part)
    title = shown(article.title or "")
    return f"{title} ({origin})" if origin else title


def mark_figures(text: str, whole: Sentence, figures: Sequence[tuple[int, Judged]]) -> Text:
    """The sentence with each figure in brackets behind its number; of a very long one, what stands around them."""
    spans: dict[tuple[int, int], list[tuple[int, Judged]]] = {}
    for place, judged in figures:
        # One figure said of two regions is two claims.
        spans.setdefault((judged.claim.start, judged.claim.end), []).append((place, judged))
    marked = Text()
    position = whole.start
    for (start, end), claims in sorted(spans.items()):
        if start < position:
            continue
        marked.append(cut(text[position:start], whole, first=position == whole.start))
        worst = min((judged.standing for _, judged in claims), key=list(Standing).index)
        places = ",".join(str(place) for place, _ in claims)
        marked.append(f"[{places}: {shown(text[start:end])}]", style=STYLES[worst])
        position = end
    marked.append(cut(text[position : whole.end], whole, last=True))
    return marked


def sentence_of(sentences: Sequence[Sentence], figures: Sequence[tuple[int, Judged]]) -> Sentence:
    """The sentence that the figures stand in; the extractor may have joined what is two here."""
    first = min(judged.claim.start for _, judged in figures)
    last = max(judged.claim.end for _, judged in figures)
    at = bisect_right(sentences, first, key=lambda one: one.start) - 1
    end = sentences[at].end
    for one in sentences[at:]:
        if one.start >= last:
            break
        end = one.end
    return replace(sentences[at], end=end)


def cut(piece: str, whole: Sentence, *, first: bool = False, last: bool = False) -> str:
    """A piece between figures on one line; its middle, or its far end, left out where the sentence is very long."""
    line = shown(piece)
    if whole.end - whole.start <= LONG_SENTENCE or len(line) <= 2 * AROUND:
        return line
    head = "" if first else line[:AROUND]
    tail = "" if last else line[-AROUND:]
    return f"{head} … {tail}"


def shown(text: str) -> str:
    """A text on one line, without signs that a terminal would obey."""
    return re.sub(r"\s+", " ", UNSHOWN.sub("", text))


def heading(place: int, judged: Judged, language: Language) -> Text:
    """The number of a figure, as printed, and how it stands."""
    standing = load_wording(language)["standings"][judged.standing.value]
    return Text.assemble(f"[{place}] {shown(judged.claim.raw)}: ", (standing, STYLES[judged.standing]))


Line = tuple[str, str, str]
"""Label, text and style."""


def detail(
    report: Report, place: int, judged: Judged, told: set[tuple[str, int | None]], language: Language
) -> list[Line]:
    """What a figure is read as, what became of it, its checks, the population (once a region) and earlier claims."""
    words = load_wording(language)
    labels = words["labels"]
    rows: list[Line] = [(labels["read"], word_reading(judged.claim, language), "")]
    if (line := slip_line(judged, language)) is not None:
        rows.append((labels["printed"], line, ""))
    elsewhere: list[int] = []
    for check in judged.checks:
        first = min(check.claims, key=lambda at: report.extraction.claims[at].start) + 1
        if first == place:
            # The same arithmetic bears out each of two figures that say the same.
            if (weighed := check_line(check, language)) not in rows:
                rows.append(weighed)
        elif first not in elsewhere:
            elsewhere.append(first)
    rows += [check_line(check, language) for check in judged.against_past]
    if elsewhere:
        rows.append((labels["with"], " ".join(f"[{other}]" for other in elsewhere), ""))
    if (line := population_line(judged, told, language)) is not None:
        rows.append((labels["population"], line, ""))
    for old in judged.earlier:
        claim = old.claim
        told_then = words["lines"]["earlier_said" if old.speaker else "earlier"].format(
            value=word_figure(claim.value, claim.unit, claim.approx, language),
            when=words["periods"]["day"].format(
                day=claim.day.day, month=words["periods"]["months"][claim.day.month - 1], year=claim.day.year
            ),
            speaker=old.speaker,
        )
        rows.append((labels["earlier"], shown(told_then), ""))
        rows.append(("", shown(old.url or claim.source), ""))
    return rows


def slip_line(judged: Judged, language: Language) -> str | None:
    """How a figure was read whose form is wrong and plain; what evidence changed or left open is told by a check."""
    claim, repair = judged.claim, judged.claim.repair
    if repair is None or repair.rule == UNDECIDED or any(c.name == "figure_as_printed" for c in judged.checks):
        return None
    words = load_wording(language)
    why = [words["slips"].get(slip, slip) for slip in repair.slips]
    why += [witness.message for witness in repair.witnesses]
    return str(words["lines"]["repaired"].format(printed=shown(claim.raw), why="; ".join(why)))


def check_line(check: Check, language: Language) -> Line:
    label = load_wording(language)["labels"][check.verdict.value]
    return label, shown(check.message), CHECK_STYLES[check.verdict]


def population_line(judged: Judged, told: set[tuple[str, int | None]], language: Language) -> str | None:
    """The region's population beside the figure, or why it is not known for the year; without a figure once a region.

    A share of it is told as people, no finer than the share was.
    """
    population, claim = judged.population, judged.claim
    if population is None or claim.modality is Modality.REQUIREMENT:
        return None
    lines = load_wording(language)["lines"]
    region = population.region
    key = region.code, None if population.known else population.year or 0
    told_already = key in told
    told.add(key)
    fill = {"people": number(region.population, language), "region": region.name}
    known = str(lines["population"].format(**fill))
    if not population.known:
        sentence = "population_unknown" if population.year else "population_undated"
        return None if told_already else str(lines[sentence].format(**fill, year=population.year, since=region.since))
    # Where the article has figures of its own to reckon with, they are better.
    if claim.modality is Modality.REPORTED and judged.standing in UNSETTLED:
        if claim.metric in WHOLES_OF:
            share = percent(100 * claim.value / region.population, language)
            return str(lines["share"].format(figure=number(claim.value, language), share=share, whole=known))
        if claim.metric in {Metric.COVERAGE_RATE, Metric.UNCOVERED_RATE}:
            step = 10 ** int(math.log10(max(claim.precision * region.population / 100, 1)))
            part = number(step * round(claim.value * region.population / 100 / step), language)
            return str(lines["part"].format(figure=percent(claim.value, language), part=part, whole=known))
    return None if told_already else known


def name_others(report: Report, language: Language) -> str:
    """The figures about something else as printed, each once."""
    raws = list(dict.fromkeys(shown(mention.raw) for mention in report.others))
    more = len(raws) - MOST_OTHERS
    named = ", ".join(raws[:MOST_OTHERS])
    return f"{named} {load_wording(language)['lines']['more'].format(count=more)}" if more > 0 else named


def labelled(line: Line) -> Block:
    """A line behind its label, indented."""
    label, text, style = line
    return Block(Text(text, style=style), Text.assemble("    ", (f"{label:<{LABEL}} ", style or "dim")))
