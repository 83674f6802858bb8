"""What a reviewer sees of one claim: its sentence, where it stands, what was read field by field, and the evidence."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from textwrap import wrap
from typing import Any

from rich.text import Text

import corpus
from corpus.errors import WordingError
from corpus.review.queue import PLACES, Earlier, Task
from corpus.verdict_text import Block, shown
from corpus.wording import load_wording, word_figure
from extract.models import Approx, Unit
from extract.wording import load_sentences, number

WORDS = Path(corpus.__file__).with_name("reviews.toml")
SECTIONS = ("answers", "help", "fields", "labels", "bases", "approximations", "checks", "reasons")
LABEL = 10
WIDTH = 79
FIGURE = "bold black on yellow"
CHECK_STYLES = {"suspect": "red", "ok": "green"}


@functools.cache
def load_words(path: Path = WORDS) -> Mapping[str, Mapping[str, Any]]:
    """The words of the session by section and key. Raises WordingError where a section is missing, or no TOML."""
    try:
        words = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WordingError(path.name, "(the whole file)", str(error)) from error
    for name in SECTIONS:
        if not isinstance(words.get(name), dict):
            raise WordingError(path.name, name, "is missing")
    return words


def iter_claim(task: Task, *, coloured: bool) -> Iterator[Block]:
    """The claim, paragraph by paragraph; the figure in colour, or in brackets."""
    origin = ", ".join(part for part in (task.outlet, task.published) if part)
    yield Block(Text(shown(f"{task.title or '(no title)'} ({origin})" if origin else task.title or ""), style="bold"))
    yield Block(Text(shown(task.url or "(no address)"), style="dim"))
    yield Block(Text())
    if task.quote is None:
        yield Block(Text("(The sentence was taken out of the database; look it up at the address.)", style="italic"))
    else:
        yield Block(mark(task.quote, task.at, task.end, coloured=coloured))
    yield Block(Text())
    for name, text in describe(task.claim, task.region_name).items():
        # Most metrics have none, and a screen is short.
        if name == "segment" and task.claim[name] is None and not task.claim["metric"].startswith(name):
            continue
        yield line(load_words()["labels"][name], text)
    yield from map(note, evidence(task))
    for earlier in task.earlier:
        yield from earlier_lines(task, earlier)


def mark(text: str, start: int, end: int, *, coloured: bool) -> Text:
    """A stretch of text on one line with its figure marked."""
    figure = shown(text[start:end])
    before, after = shown(text[:start]), shown(text[end:])
    return Text.assemble(before, (figure, FIGURE) if coloured else f"[{figure}]", after)


def describe(claim: Mapping[str, Any], region_name: str | None) -> dict[str, str]:
    """What the claim says, in words with the value as stored behind them, by the fields that can be corrected."""
    words, own = load_wording("en"), load_words()
    metrics = {**words["metrics"], **load_sentences("en")["metrics"]}
    value = word_figure(claim["value"], Unit(claim["unit"]), Approx.EXACT, "en")
    days = claim["as_of_start"]
    if days and claim["as_of_end"] != days:
        days = f"{days} to {claim['as_of_end']}"
    office = f" ({claim['speaker_role']})" if claim["speaker_role"] else ""
    segment = claim["segment"]
    return {
        "metric": f"{claim['metric']}: {metrics[claim['metric']].rstrip(',')}",
        "value": value,
        "approx": f"{claim['approx']}: {own['approximations'][claim['approx']]}",
        "modality": f"{claim['modality']}: {words['modalities'][claim['modality']]}",
        "region": f"{claim['region']} {region_name or ''}".rstrip() if claim["region"] else "none, or several together",
        "as_of": f"{days}, {own['bases'].get(claim['as_of_basis'], '')}".rstrip(", ") if days else "none",
        "speaker": shown(claim["speaker"] + office) if claim["speaker"] else "the reporter",
        "segment": f"{segment}: {words['segments'][segment]}" if segment else "none",
    }


def evidence(task: Task) -> Iterator[tuple[str, str, str]]:
    """Label, text and style: printed against meant, what bears a repair out, what the checks say."""
    printed = shown(str(task.claim["text"]))
    slips = [load_wording("en")["slips"].get(slip, slip) for slip in task.slips]
    if task.repair is not None or task.printed_value != task.claim["value"]:
        strictly = "no number by the rules" if task.printed_value is None else number(task.printed_value)
        parts = [f"“{printed}”, that is {strictly}", *slips]
        yield "printed", "; ".join(parts), ""
    if task.suspect:
        readings = " or ".join(number(value) for value in task.alternatives)
        yield "unsettled", f"no reading could be settled{f'; it may be {readings}' if readings else ''}", "red"
    elif task.repair is not None and task.confidence is not None:
        others = ", ".join(number(value) for value in task.alternatives)
        sure = f"confidence {task.confidence:.0%}"
        yield "repaired", f"{sure}; other readings: {others}" if others else sure, "yellow"
    for witness in task.witnesses:
        yield "witness", shown(witness), ""
    for verdict, message in task.checks:
        yield load_words()["checks"][verdict], shown(message), CHECK_STYLES.get(verdict, "")


def earlier_lines(task: Task, earlier: Earlier) -> Iterator[Block]:
    """What somebody said of the claim before it changed, and what has changed."""
    said = [f"{earlier.verdict} by {earlier.reviewer} on {earlier.reviewed_at[:10]}"]
    if earlier.corrections:
        said.append(", ".join(f"{name} {show_value(value)}" for name, value in earlier.corrections.items()))
    if earlier.reason:
        said.append(earlier.reason)
    yield line("verdict", shown("; ".join(said)), "magenta")
    changes = [
        f"{name} was {show_value(value)}, is {show_value(task.claim[name])}"
        for name, value in earlier.judged.items()
        if name in task.claim and value != task.claim[name]
    ]
    yield line("changed", shown("; ".join(changes)) or "it comes from another place of the text", "magenta")


def show_value(value: object) -> str:
    """A stored value for people; a number without its empty decimals."""
    if value is None:
        return "none"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def line(label: str, text: str, style: str = "") -> Block:
    """A line behind its label."""
    return Block(Text(text, style=style), Text(f"{label:<{LABEL}} ", style=style or "dim"))


def note(told: tuple[str, str, str]) -> Block:
    """A line of evidence."""
    label, text, style = told
    return line(label, text, style)


def place_name(place: int | None) -> str:
    """Why a claim is in the queue."""
    if place is None:
        return "judged by somebody"
    return "judged before, changed since" if place == 0 else PLACES[place]


def list_choices(choices: Iterable[tuple[object, str]]) -> str:
    """Keys with their words, "a accept  c correct", in lines of a screen; no key is parted from its word."""
    pairs = "  ".join(f"{key}\xa0{word}".replace(" ", "\xa0") for key, word in choices)
    return "\n".join(wrap(pairs, WIDTH, break_on_hyphens=False)).replace("\xa0", " ")
