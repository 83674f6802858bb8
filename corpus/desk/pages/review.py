"""The reviewers' queue: one claim at a time, with its evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from sqlite_utils import Database

from corpus.desk.page import Asked, Page, Row
from corpus.desk.pages import claim as claim_page
from corpus.desk.pages.claim import ClaimPage
from corpus.desk.pages.search import find_region
from corpus.migrations.judged import CORRECTABLE
from corpus.review.queue import Filters, Task, iter_queue, load_task
from extract.models import Approx, AsOfBasis, Metric, Modality, Segment

NEXT = 10
MOST_SKIPPED = 2_000
VOCABULARIES: Mapping[str, tuple[str, ...]] = {
    "metric": tuple(Metric),
    "modality": tuple(Modality),
    "segment": ("", *Segment),
    "approx": tuple(Approx),
    "as_of_basis": ("", *AsOfBasis),
}
CORRECTED = tuple(name for name in CORRECTABLE if name not in {"unit", "precision"})
"""What the form asks for; unit and precision follow from the measure and from the figure as typed."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim further down the queue."""

    claim_id: str
    place: int | None
    metric: str
    value: float
    unit: str
    region_name: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """The claim whose turn it is, as it was extracted and with all that its page shows, and what comes next.

    `fields` are what can be corrected, as they are; `skipped` counts the claims that were passed over.
    """

    region: str | None
    metric: str | None
    skipped: int
    task: Task | None
    page: ClaimPage | None
    fields: Mapping[str, Any]
    waiting: tuple[Waiting, ...]


def gather(db: Database, asked: Asked) -> Review:
    """The first claims of the queue that the filters leave."""
    region = find_region(asked.text("wilayah"))
    metric = asked.text("ukuran")
    since = asked.text("dari")
    filters = Filters(region, metric if metric in set(Metric) else None, parse_day(since))
    skipped = min(asked.whole("lewati") or 0, MOST_SKIPPED)
    ids = list(islice(iter_queue(db, filters), skipped, skipped + NEXT + 1))
    wanted = asked.text("klaim")
    if wanted and db.execute("SELECT 1 FROM claims WHERE id = ?", [wanted]).fetchone():
        ids = [wanted, *(one for one in ids if one != wanted)]
    tasks = [load_task(db, one) for one in ids]
    first = tasks[0] if tasks else None
    return Review(
        region=region,
        metric=filters.metric,
        skipped=skipped,
        task=first,
        page=claim_page.gather(db, Asked(asked.settings, asked.language, {"id": first.claim_id})) if first else None,
        fields={name: first.claim[name] for name in CORRECTED} if first else {},
        waiting=tuple(
            Waiting(
                one.claim_id,
                one.place,
                str(one.claim["metric"]),
                float(one.claim["value"]),
                str(one.claim["unit"]),
                one.region_name,
            )
            for one in tasks[1:]
        ),
    )


def parse_day(text: str) -> dt.date | None:
    """A day as 2025-05-06; None for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def table(found: Review) -> list[Row]:
    """The claims that wait, the first one in front."""
    first = found.task
    rows: list[Row] = [asdict(one) for one in found.waiting]
    if first is None:
        return rows
    facts = ("metric", "value", "unit")
    told = {"claim_id": first.claim_id, "place": first.place, **{name: first.claim[name] for name in facts}}
    return [{**told, "region_name": first.region_name}, *rows]


def given_corrections(form: Mapping[str, str], claim: Mapping[str, Any]) -> dict[str, object]:
    """The fields that were changed in the form; an empty one says that the text tells nothing."""
    given: dict[str, object] = {}
    for name in CORRECTED:
        if name not in form:
            continue
        typed = form[name].strip()
        now = claim[name]
        if name == "value":
            if typed and typed != show_value(now):
                given[name] = typed
        elif typed != ("" if now is None else str(now)):
            given[name] = typed or None
    return given


def show_value(value: float) -> str:
    """A value as the form has it: 98,29 or 126000, which can be typed back."""
    return f"{value:.10g}".replace(".", ",") if value != int(value) else f"{value:.0f}"


def extras(found: Review, language: object) -> Mapping[str, Any]:
    """The words to choose from, and what the next address keeps."""
    del language
    kept = {"wilayah": found.region, "ukuran": found.metric, "lewati": str(found.skipped or "")}
    return {"vocabularies": VOCABULARIES, "show_value": show_value, "kept": {key: kept[key] or "" for key in kept}}


PAGE = Page("review", r"/tinjau", gather, table, extras, is_for_reviewers=True, has_form=True)
