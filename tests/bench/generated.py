"""Articles about JKN by the hundred thousand, each with what an extractor would read in it.

Nothing is extracted here: whoever writes a sentence knows where its figures stand, so the extraction is built along
with the text, in the shape and number of rows that real articles have (in some 1,600 characters 26 mentions, 11
claims, 5 checks). One seed gives one stream, the same on every machine.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import tomllib
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from crawler.outlets import Outlet, registry
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
    Repair,
    Segment,
    Speaker,
    Unit,
    Verdict,
    Witness,
)
from extract.regions.gazetteer import load_gazetteer
from extract.repair.decide import UNDECIDED

WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
VERSION = "generated 1"
FIRST_DAY = dt.date(2016, 1, 1)
DAYS = 3_900
SLOT = re.compile(r"\{(\w+)\}")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)

COPIED, REVISED, DEVIATING, REPAIRED, UNSETTLED, OF_THE_NATION = 0.10, 0.03, 0.04, 0.015, 0.003, 0.02
"""Shares: articles that copy an earlier one, that come twice, that tell other figures than the rest; claims whose
figure is repaired or left undecided; articles about the whole country."""
JAKARTA = dt.timezone(dt.timedelta(hours=7))
MEANWHILE = 20
"""So many others are found wrong before an article is revised, which is more than come in at once."""
SHARES = {"PBI_APBN": 0.42, "PBPU_PEMDA": 0.21, "PPU": 0.2, "PBPU": 0.12, "BP": 0.05}


@dataclass(frozen=True, slots=True)
class Generated:
    """An article as it came, and what it says."""

    article: Article
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Told:
    """One figure: what it measures, of whom, how much."""

    metric: Metric
    value: float
    unit: Unit
    region: Region
    day: Period
    modality: Modality = Modality.REPORTED
    segment: Segment | None = None


@cache
def pieces(sentence: str) -> tuple[str, ...]:
    """Plain text and slots in turn."""
    return tuple(SLOT.split(sentence))


def crumb(*parts: object) -> float:
    """A number from 0 to 1 that belongs to these parts and never changes."""
    return zlib.crc32(repr(parts).encode()) / 2**32


def number(value: float, unit: Unit) -> str:
    """As Indonesian papers print it."""
    if unit is Unit.PERCENT:
        return f"{value:.2f}".replace(".", ",") + " persen"
    return f"{value:,.0f}".replace(",", ".") + " jiwa"


def last_of_month(day: dt.date) -> dt.date:
    """The last day of the month before."""
    return day.replace(day=1) - dt.timedelta(days=1)


def facts(region: Region, day: dt.date, off: float) -> dict[str, tuple[Metric, float, Unit, Segment | None]]:
    """What is true of a region in a month, by slot; `off` is what an article gets wrong (1 where it does not)."""
    months = (day.year - 2015) * 12 + day.month
    rate = min(99.9, 68 + 18 * crumb(region.code) + 0.1 * months + crumb(region.code, months)) * off
    active = 70 + 20 * crumb(region.code, "active") + crumb(months, region.code)
    members = round(region.population * rate / 100)
    working = round(members * active / 100)
    people = {
        "members": (Metric.MEMBERS, members),
        "active_members": (Metric.ACTIVE_MEMBERS, working),
        "inactive_members": (Metric.INACTIVE_MEMBERS, members - working),
        "uncovered": (Metric.UNCOVERED, max(1, region.population - members)),
        "population": (Metric.POPULATION, region.population),
    }
    known: dict[str, tuple[Metric, float, Unit, Segment | None]] = {
        name: (metric, value, Unit.PEOPLE, None) for name, (metric, value) in people.items()
    }
    for name, share in SHARES.items():
        known[name] = (Metric.SEGMENT_MEMBERS, round(members * share), Unit.PEOPLE, Segment(name))
    known["coverage_rate"] = (Metric.COVERAGE_RATE, round(rate, 2), Unit.PERCENT, None)
    known["active_rate"] = (Metric.ACTIVE_RATE, round(active, 2), Unit.PERCENT, None)
    return known


class Desk:
    """One newsroom for the whole country: knows regions, outlets and who holds which office, and writes."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.seed = seed
        every = load_gazetteer().regions
        self.nation = every["0"]
        self.regions = [region for region in every.values() if region.code != "0"]
        # A few regions are written about much more than most, and each is written about.
        self.weights = [1 / (1 + place % 97) ** 0.5 for place in range(len(self.regions))]
        self.neighbours: dict[str | None, list[Region]] = {}
        for region in self.regions:
            self.neighbours.setdefault(region.province, []).append(region)
        self.outlets: tuple[Outlet, ...] = registry()
        self.printed: deque[Generated] = deque(maxlen=200)

    def official(self, region: Region, day: dt.date) -> Speaker:
        """Who speaks for a region: one of its four officials of these five years."""
        if region.code == "0":
            return Speaker(self.name("0", 0), WORDS["roles"]["nation"])
        heads = WORDS["roles"]["head"]
        place = self.chance.randrange(4)
        level = 2 if "." not in region.code else 1 if region.name.startswith("Kota ") else 0
        role = heads[level] if place == 0 else WORDS["roles"]["others"][place - 1]
        return Speaker(self.name(region.code, place, day.year // 5), f"{role} {bare(region)}")

    def name(self, *post: object) -> str:
        """The name of whoever holds a post; two posts may be held by people of one name."""
        first, last = WORDS["first_names"], WORDS["last_names"]
        middle = first[int(crumb(*post, "m") * len(first))]
        return f"{first[int(crumb(*post) * len(first))]} {middle[0]}. {last[int(crumb(*post, 'l') * len(last))]}"

    def iter_articles(self, articles: int) -> Iterator[Generated]:
        """This many different articles and, a while after some of them, their revisions."""
        wrong: deque[Generated] = deque()
        for place in range(articles):
            day = FIRST_DAY + dt.timedelta(days=place * DAYS // articles)
            if self.printed and self.chance.random() < COPIED:
                yield self.copy(place)
                continue
            written = self.write(place, day)
            self.printed.append(written)
            yield written
            if self.chance.random() < REVISED:
                wrong.append(written)
            if len(wrong) > MEANWHILE:
                yield revise(wrong.popleft())

    def copy(self, place: int) -> Generated:
        """A text of a news agency in another paper: the same words, with the agency's name below."""
        original = self.chance.choice(self.printed)
        outlet = self.chance.choice(self.outlets)
        article = replace(
            original.article,
            id=str(place),
            url=f"https://{outlet.domain}/baca/{place}",
            outlet=outlet.domain,
            text=f"{original.article.text} {WORDS['wire']}",
        )
        return Generated(article, original.extraction)

    def write(self, place: int, day: dt.date) -> Generated:
        """One article of its own."""
        chance = self.chance
        region = self.nation if chance.random() < OF_THE_NATION else chance.choices(self.regions, self.weights)[0]
        outlet = chance.choice(self.outlets)
        off = chance.uniform(0.9, 0.97) if chance.random() < DEVIATING else 1.0
        page = Page(self, region, outlet, day, off)
        page.write(chance.choice(WORDS["lead"]["sentences"]))
        fillers = chance.sample(WORDS["filler"]["sentences"], 7)
        for sentence in chance.sample(WORDS["body"]["sentences"], 5):
            page.write(sentence)
            page.write(fillers.pop())
        hour = dt.datetime(day.year, day.month, day.day, 6 + place % 14, place % 60, tzinfo=JAKARTA)
        verb = chance.choice(("kejar", "menuju", "pertahankan", "tambah"))
        article = Article(
            id=str(place),
            url=f"https://{outlet.domain}/baca/{place}",
            outlet=outlet.domain,
            title=f"{bare(region)} {verb} peserta JKN, {page.headline}",
            published=hour,
            text=page.text(),
            authors=(self.name(outlet.domain, place % 7),),
            layout="generated",
        )
        return Generated(article, page.extraction(article.id))


def revise(written: Generated) -> Generated:
    """The article once more, with a note below it and without its last claim."""
    last = len(written.extraction.claims) - 1
    article = replace(written.article, text=f"{written.article.text} Ralat dari redaksi pada alinea terakhir.")
    checks = tuple(check for check in written.extraction.checks if last not in check.claims)
    claims = written.extraction.claims[:last]
    return Generated(article, replace(written.extraction, claims=claims, checks=checks))


def bare(region: Region) -> str:
    """The name as it stands behind an office."""
    return region.name.removeprefix("Kabupaten ").removeprefix("Kota ")


class Page:
    """A text in the making, with all that is noted of it."""

    def __init__(self, desk: Desk, region: Region, outlet: Outlet, day: dt.date, off: float) -> None:
        self.desk, self.region, self.outlet, self.day = desk, region, outlet, day
        end = last_of_month(day)
        self.as_of = Period(end, end, Precision.DAY)
        self.month = Period(end.replace(day=1), end, Precision.MONTH)
        year = dt.date(day.year + 1, 1, 1)
        self.year = Period(year, dt.date(year.year, 12, 31), Precision.YEAR)
        self.speaker = desk.official(region, day)
        self.other = desk.chance.choice(desk.neighbours[region.province or "31"])
        self.facts = facts(region, end, off)
        self.others = facts(self.other, end, 1.0)
        self.headline = f"cakupan {number(self.facts['coverage_rate'][1], Unit.PERCENT)}"
        self.parts: list[str] = []
        self.length = 0
        self.sentences = 0
        self.mentions: list[Mention[object]] = []
        self.claims: list[Claim] = []

    def text(self) -> str:
        """What is written so far."""
        return "".join(self.parts)

    def put(self, words: str) -> int:
        """Write words; where they begin."""
        start = self.length
        self.parts.append(words)
        self.length += len(words)
        return start

    def write(self, sentence: str) -> None:
        """Write a sentence with its slots filled."""
        if self.parts:
            self.put(" ")
        for place, piece in enumerate(pieces(sentence)):
            if place % 2:
                self.fill(piece)
            else:
                self.put(piece)
        self.sentences += 1

    def fill(self, slot: str) -> None:
        """Write what a slot stands for, and note it."""
        match slot:
            case "outlet":
                self.put(self.outlet.name)
            case "region" | "other":
                region = self.region if slot == "region" else self.other
                self.mention(MentionKind.REGION, region.name, region, "region.official")
            case "speaker":
                words = f"{self.speaker.role} {self.speaker.name}"
                self.mention(MentionKind.SPEAKER, words, self.speaker, "speaker.office_name")
            case "day":
                end = self.as_of.end
                words = f"{end.day} {MONTHS[end.month - 1]} {end.year}"
                self.mention(MentionKind.DATE, words, self.as_of, "date.day")
            case "month":
                words = f"{MONTHS[self.month.end.month - 1]} {self.month.end.year}"
                self.mention(MentionKind.DATE, words, self.month, "date.month")
            case "year":
                self.mention(MentionKind.DATE, str(self.year.start.year), self.year, "date.year")
            case "target":
                told = Told(Metric.COVERAGE_RATE, 98.6, Unit.PERCENT, self.region, self.year, Modality.TARGET)
                self.figure(told)
            case "other_rate":
                metric, value, unit, _ = self.others["coverage_rate"]
                self.figure(Told(metric, value, unit, self.other, self.as_of))
            case "other_active":
                metric, value, unit, _ = self.others["active_members"]
                self.figure(Told(metric, value, unit, self.other, self.month))
            case _:
                metric, value, unit, segment = self.facts[slot]
                self.figure(Told(metric, value, unit, self.region, self.as_of, segment=segment))

    def mention(self, kind: MentionKind, words: str, value: object, rule: str) -> int:
        """Write words that are a mention; where they begin."""
        start = self.put(words)
        self.mentions.append(Mention(kind, start, start + len(words), words, value, rule))
        return start

    def figure(self, told: Told) -> None:
        """Write a figure and claim what it says; now and then it comes out garbled."""
        luck = self.desk.chance.random()
        garbled = told.unit is Unit.PEOPLE and told.value >= 10_000 and luck < REPAIRED
        undecided = garbled and luck < UNSETTLED
        printed = told.value * 1000 if garbled else told.value
        raw = number(printed, told.unit)
        precision = 0.01 if told.unit is Unit.PERCENT else 1.0
        value = printed if undecided else told.value
        kind, rule = (
            (MentionKind.PERCENT, "percent.plain") if told.unit is Unit.PERCENT else (MentionKind.COUNT, "count.unit")
        )
        start = self.mention(kind, raw, Figure(value, printed, told.unit, precision), rule)
        self.claims.append(
            Claim(
                start=start,
                end=start + len(raw),
                raw=raw,
                metric=told.metric,
                modality=told.modality,
                value=value,
                unit=told.unit,
                approx=Approx.EXACT,
                printed_value=printed,
                precision=precision,
                rule=rule,
                region=told.region.code,
                region_name=told.region.name,
                as_of=told.day,
                as_of_basis=AsOfBasis.EXPLICIT,
                speaker=self.speaker,
                segment=told.segment,
                suspect=undecided,
                repair=repair_of(printed, value, undecided) if garbled else None,
                sentence=self.sentences,
                reasons=(
                    Reason("metric", f"metric.{told.metric}", "peserta", max(0, start - 20), 3),
                    Reason("modality", "modality.default"),
                    Reason("region", "region.before", told.region.name, max(0, start - 40), 7),
                    Reason("as_of", "as_of.explicit", str(told.day.end), start + len(raw) + 12, 5),
                    Reason("speaker", "speaker.verb", "mengatakan", max(0, start - 30)),
                ),
            )
        )

    def extraction(self, article_id: str) -> Extraction:
        """What was noted, with checks between neighbours; one that finds fault where a figure is undecided."""
        checks = tuple(
            Check(
                "part_and_whole",
                Verdict.SUSPECT if first.suspect or second.suspect else Verdict.OK,
                (place, place + 1),
                f"<= {first.value:,.0f}",
                f"{second.value:,.0f}",
                f"In {first.region_name}, {second.raw} beside {first.raw} at the end of the month, as should be.",
            )
            for place, (first, second) in enumerate(zip(self.claims, self.claims[1:], strict=False))
            if place % 2 == 0
        )
        return Extraction(article_id, VERSION, tuple(self.mentions), tuple(self.claims), checks)


def repair_of(printed: float, chosen: float, undecided: bool) -> Repair:
    """Why a figure was read otherwise than printed, or could not be."""
    if undecided:
        return Repair(UNDECIDED, printed, printed, (), (), 0.0, (printed / 1000, printed / 100))
    seen = (Witness("rate", f"{chosen:,.0f} fits the rate"), Witness("population", f"{chosen:,.0f} fits the region"))
    return Repair("repair.spoken", printed, chosen, ("scale_dropped",), seen, 0.95, (printed / 100,))
