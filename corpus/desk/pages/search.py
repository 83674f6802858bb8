"""Search: by words of the sentences that claims stand in, by region, by official, by measure and days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from corpus.compare.histories import LONGEST_NAME, Person, find_people
from corpus.desk.flat import FlatClaim, ids_of, load_claims
from corpus.desk.page import Asked, Page, Row
from corpus.places import find_regions
from extract.models import Metric
from extract.regions.gazetteer import load_gazetteer
from extract.wording import Language

SHOWN = 40
MOST_SENTENCES = 5_000
"""Of the sentences that have the words, so many are looked at: those that came in last."""
MOST_NAMES = 12
DAY = re.compile(r"\d{4}-\d\d-\d\d")
WORD = re.compile(r"\w+")

SENTENCES = """
    SELECT s.claim_id
    FROM (
        SELECT rowid AS number FROM quotes_fts WHERE quotes_fts MATCH :words ORDER BY rowid DESC LIMIT :sentences
    ) AS m
    CROSS JOIN quotes AS q ON q.number = m.number
    CROSS JOIN claims AS c ON c.article_id = q.article_id AND c.quote_start = q.start_char
    CROSS JOIN standing AS s ON s.claim_id = c.id
    WHERE {filters} ORDER BY s.day DESC, s.claim_id DESC LIMIT :most OFFSET :skip
"""
# In order of an index wherever one of them can be named.
CLAIMS = """
    SELECT s.claim_id FROM standing AS s WHERE {filters} ORDER BY s.day DESC, s.claim_id DESC LIMIT :most OFFSET :skip
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A region that is called what was searched for."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Results:
    """What was found. `region` is the code that the search is limited to, `unknown_region` a name that is none."""

    words: str
    official: str
    region: str | None
    region_name: str | None
    unknown_region: str | None
    metric: str | None
    since: str | None
    until: str | None
    only_suspect: bool
    asked: bool
    regions: tuple[Place, ...]
    officials: tuple[Person, ...]
    claims: tuple[FlatClaim, ...]
    page: int
    has_more: bool


def gather(db: Database, asked: Asked) -> Results:
    """Claims by all that was asked for; regions and officials by the words."""
    words, official, where = asked.text("q"), asked.text("pejabat"), asked.text("wilayah")
    region = find_region(where)
    metric = asked.text("ukuran")
    metric_known = metric if metric in set(Metric) else None
    since, until = (value if DAY.fullmatch(value) else None for value in (asked.text("dari"), asked.text("sampai")))
    page = max(1, min(asked.whole("hal") or 1, 50))
    only_suspect = asked.text("ragu") == "1"
    is_asked = any((words, official, where, metric_known, since, until, only_suspect))
    filters = {
        "region": region,
        "metric": metric_known,
        "since": since,
        "until": until,
        # No name is longer, and SQLite takes no pattern of any length.
        "official": like(official[:LONGEST_NAME]) if official else None,
    }
    ids: list[str] = []
    if is_asked and not (where and region is None):
        ids = find_claims(db, words, filters, only_suspect, (page - 1) * SHOWN)
    return Results(
        words=words,
        official=official,
        region=region,
        region_name=load_gazetteer().get(region).name if region else None,
        unknown_region=where if where and region is None else None,
        metric=metric_known,
        since=since,
        until=until,
        only_suspect=only_suspect,
        asked=is_asked,
        regions=find_places(words) if page == 1 else (),
        officials=tuple(find_people(db, official or words)[:MOST_NAMES])
        if page == 1 and WORD.search(official or words)
        else (),
        claims=load_claims(db, ids[:SHOWN]),
        page=page,
        has_more=len(ids) > SHOWN,
    )


CONDITIONS = {
    "region": "s.region = :region",
    "metric": "s.metric = :metric",
    "since": "s.day >= :since",
    "until": "s.day <= :until",
    "official": "s.speaker LIKE :official ESCAPE '!'",
}


def find_claims(db: Database, words: str, filters: dict[str, str | None], only_suspect: bool, skip: int) -> list[str]:
    """IDs of a page of claims and of one more, the newest day first."""
    conditions = ["s.review IS NOT 'reject'"]
    conditions += [CONDITIONS[name] for name, value in filters.items() if value is not None]
    if only_suspect:
        conditions.append("s.queue IN (1, 2)")  # unsettled, or suspect by a check
    if words and not WORD.search(words):
        return []
    if not words and filters["metric"] is None and not only_suspect:
        if filters["region"] is None and filters["official"] is not None:
            return find_spoken(db, conditions, filters, skip)
        # The index of days leads by the measure.
        conditions.append("s.metric IN (" + ", ".join(f"'{metric.value}'" for metric in Metric) + ")")
    where = filters | {"words": match_of(words), "sentences": MOST_SENTENCES, "most": SHOWN + 1, "skip": skip}
    sql = (SENTENCES if words else CLAIMS).format(filters=" AND ".join(conditions))
    return ids_of(db, sql, where)


def find_spoken(db: Database, conditions: list[str], filters: dict[str, str | None], skip: int) -> list[str]:
    """IDs of claims by people of a name, found by the list of people."""
    spoken = f"""
        SELECT s.claim_id FROM (
            SELECT DISTINCT n.name, n.role FROM speakers AS p JOIN speaker_names AS n ON n.speaker_id = p.id
            WHERE p.name LIKE :official ESCAPE '!' LIMIT 200
        ) AS who
        CROSS JOIN standing AS s ON s.speaker = who.name AND s.speaker_role IS who.role
        WHERE {" AND ".join(conditions)} ORDER BY s.day DESC, s.claim_id DESC LIMIT :most OFFSET :skip
    """
    return ids_of(db, spoken, {**filters, "most": SHOWN + 1, "skip": skip})


def match_of(words: str) -> str:
    """The words for FTS5: each as it is, the last one also as a beginning; nothing in them is taken for a command."""
    quoted = [f'"{word}"' for word in WORD.findall(words)]
    return " ".join([*quoted[:-1], f"{quoted[-1]} *"]) if quoted else ""


def like(name: str) -> str:
    """A pattern for LIKE that finds a name anywhere."""
    return "%" + re.sub(r"([!%_])", r"!\1", name) + "%"


def find_region(text: str) -> str | None:
    """The code of the region that is named by code or by any name in use; None where none or several are."""
    found = find_regions(text) if text else []
    return found[0].code if len(found) == 1 else None


def find_places(words: str) -> tuple[Place, ...]:
    """Regions called so, or with the words in their name."""
    if not words:
        return ()
    gazetteer = load_gazetteer()
    small = words.casefold()
    named = find_regions(words)
    within = [region for region in gazetteer.regions.values() if small in region.name.casefold()]
    codes = dict.fromkeys(region.code for region in (*named, *within))
    return tuple(Place(code, gazetteer.get(code).name) for code in list(codes)[:MOST_NAMES])


def table(found: Results) -> list[Row]:
    """The claims."""
    return [asdict(claim) for claim in found.claims]


def extras(found: Results, language: Language) -> Mapping[str, Any]:
    """The measures to choose from."""
    del found, language
    return {"metrics": tuple(Metric)}


PAGE = Page("search", r"/cari", gather, table, extras)
