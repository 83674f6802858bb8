"""Articles made from areas and shapes: what they print, what was meant, and what could tell.

Every article comes with the truth of each figure in it. The same number and seed give the same articles.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from extract.benchmark.areas import KINDS, Area
from extract.benchmark.slips import (
    COUNT_SLIPS,
    RATE_SLIPS,
    SECOND_SLIPS,
    Print,
    print_count,
    print_rate,
)
from extract.errors import LexiconError
from extract.models import Article
from extract.toml_files import read_toml

FILE = "shapes.toml"
SLOT = re.compile(r"\{(\w+)(~?)\}")
CLEAN_SHARE = 0.3  # of the articles hold no garbled figure: a third of them ordinary, the rest controls
TWO_SLIPS = 0.12  # of the garbled figures took two
RATES = {"rate", "active_rate", "uncovered_rate"}
PEOPLE_AFTER = re.compile(r"\s(?:penduduk|warga|masyarakat)\b")
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November"]


@dataclass(frozen=True, slots=True)
class Shape:
    """Sentences of one kind. `witnesses` lists, by figure, what settles it; `control` shapes are never garbled."""

    name: str
    area: str
    texts: tuple[str, ...]
    witnesses: Mapping[str, tuple[str, ...]]
    control: bool


@dataclass(frozen=True, slots=True)
class MadeFigure:
    """A figure of a made article: where it stands, what it means, and what was done to it (no slips: clean)."""

    start: int
    end: int
    meant: float
    slips: tuple[str, ...]
    witnesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeArticle:
    article: Article
    shape: str
    control: bool
    figures: tuple[MadeFigure, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure on its way into a text: as it should be printed, what that means, and what speaks for it."""

    clean: Print
    meant: float
    is_rate: bool
    witnesses: tuple[str, ...]
    before_people: bool
    """Whether a word for the population follows, so that the word for percent can get lost before it."""


@cache
def load_shapes() -> tuple[tuple[Shape, ...], tuple[Shape, ...], Mapping[str, Sequence[str]]]:
    """Shapes, controls, and the sentences around them. Raises LexiconError where the file names no such area."""
    data = read_toml(f"benchmark/{FILE}")

    def read(table: Mapping[str, Any], control: bool) -> Shape:
        area = table.get("area", "ordinary")
        if area not in KINDS:
            raise LexiconError(FILE, table["name"], f"no such kind of area: {area}")
        witnesses = {name: tuple(found) for name, found in table.get("witnesses", {}).items()}
        return Shape(table["name"], area, tuple(table["texts"]), witnesses, control)

    shapes = tuple(read(table, False) for table in data["shape"])
    controls = tuple(read(table, True) for table in data["control"])
    return shapes, controls, data["around"]


def iter_made_articles(number: int, seed: int) -> Iterator[MadeArticle]:
    """`number` articles, most with one garbled figure or more; the same for the same `seed`."""
    chance = Random(seed)
    shapes, controls, around = load_shapes()
    for ordinal in range(number):
        clean = chance.random() < CLEAN_SHARE
        control = clean and chance.random() < 2 / 3
        shape = chance.choice(controls if control else shapes)
        yield make_article(f"made-{seed}-{ordinal}", shape, around, chance, garble=not clean)


def make_article(
    identifier: str, shape: Shape, around: Mapping[str, Sequence[str]], chance: Random, *, garble: bool
) -> MadeArticle:
    """One article of this shape, on an area drawn for it."""
    area = KINDS[shape.area](chance)
    text = chance.choice([text for text in shape.texts if _can_tell(text, area)] or list(shape.texts))
    published = dt.date(area.year, chance.randrange(1, 12), chance.randrange(1, 28))
    frame = {"region": area.region.name, "date": f"{published.day} {MONTHS[published.month - 1]} {area.year}"}
    before = [chance.choice(around["before"]).replace("{region}", area.region.name)] if chance.random() < 0.6 else []
    after = [chance.choice(around["after"])] if chance.random() < 0.5 else []
    pieces = list(_pieces(text, area, frame, shape, chance))
    slots = [piece for piece in pieces if isinstance(piece, Slot)]
    garbled = _garble(slots, chance) if garble else {}
    written = "".join([*before, *after, " "][:0])
    if before:
        written = before[0] + " "
    figures = []
    position = 0
    for piece in pieces:
        if isinstance(piece, str):
            written += piece
            continue
        out, slips = garbled.get(position, (piece.clean, ()))
        figures.append(MadeFigure(len(written), len(written) + len(out.text), piece.meant, slips, piece.witnesses))
        written += out.text
        position += 1
    written += "".join(f" {sentence}" for sentence in after)
    article = Article(id=identifier, text=written, published=published)
    return MadeArticle(article, shape.name, shape.control, tuple(figures))


def _can_tell(text: str, area: Area) -> bool:
    """Whether the area has every figure that the text asks for."""
    known = {*area.figures, "region", "date", "parts", "part_rates"}
    return all(name in known for name, _ in SLOT.findall(text))


def _pieces(text: str, area: Area, frame: Mapping[str, str], shape: Shape, chance: Random) -> Iterator[str | Slot]:
    """The text cut into words and figures."""
    position = 0
    for match in SLOT.finditer(text):
        yield text[position : match.start()]
        position = match.end()
        name, short = match[1], bool(match[2])
        if name in frame:
            yield frame[name]
        elif name in {"parts", "part_rates"}:
            yield from _list(area, name, shape, chance)
        else:
            people_follow = bool(PEOPLE_AFTER.match(text, match.end()))
            yield _slot(area, name, shape.witnesses.get(name, ()), chance, short=short, before_people=people_follow)
    yield text[position:]


def _list(area: Area, name: str, shape: Shape, chance: Random) -> Iterator[str | Slot]:
    """The parts of an area with a figure each: "Kota A 1 jiwa, Kabupaten B 2 jiwa, dan Kabupaten C 3 jiwa"."""
    figure = "members" if name == "parts" else "rate"
    unit = " jiwa" if name == "parts" else ""
    for at, part in enumerate(area.parts):
        yield f"{', dan ' if at and at == len(area.parts) - 1 else ', ' if at else ''}{part.region.name} "
        yield _slot(part, figure, shape.witnesses.get(name, ()), chance)
        yield unit


def _slot(
    area: Area,
    name: str,
    witnesses: tuple[str, ...],
    chance: Random,
    *,
    short: bool = False,
    before_people: bool = False,
) -> Slot:
    is_rate = name in RATES
    value = area.figures[name]
    clean, meant = print_rate(value, chance) if is_rate else print_count(value, chance, short=short)
    known = tuple(found for found in witnesses if found != "dukcapil" or area.comparable)
    return Slot(clean, meant, is_rate, known, before_people)


def _garble(slots: Sequence[Slot], chance: Random) -> dict[int, tuple[Print, tuple[str, ...]]]:
    """Which figures come out garbled, and how: mostly one; now and then all, by a desk that writes the English way."""
    if chance.random() < 0.06:
        return {
            at: (swapped, ("English separators" if not slot.is_rate else "decimal point",))
            for at, slot in enumerate(slots)
            if (
                swapped := SECOND_SLIPS["English separators" if not slot.is_rate else "decimal point"](
                    slot.clean, chance
                )
            )
        }
    order = list(range(len(slots)))
    chance.shuffle(order)
    for at in order:
        slot = slots[at]
        slips = RATE_SLIPS if slot.is_rate else COUNT_SLIPS
        # Every slip has its turn, so that rare ones are measured too.
        for name in chance.sample(sorted(slips), len(slips)):
            if name == "persen lost" and not slot.before_people:
                continue
            out = slips[name](slot.clean, chance)
            if out is None or out.text == slot.clean.text:
                continue
            second = chance.choice(sorted(SECOND_SLIPS)) if chance.random() < TWO_SLIPS else name
            again = SECOND_SLIPS[second](out, chance) if second != name and _suits(second, slot) else None
            if again is not None and again.text != out.text:
                return {at: (again, (name, second))}
            return {at: (out, (name,))}
    return {}


def _suits(slip: str, slot: Slot) -> bool:
    """Whether the slip is one of numbers of people, or of percentages, as the figure is."""
    return slip in (RATE_SLIPS if slot.is_rate else COUNT_SLIPS)
