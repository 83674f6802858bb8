"""DATASHEET.md: what the data is, how it came about, and what is missing, filled from a release database."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from string import Template
from typing import Any

from sqlite_utils import Database

from corpus.export.citation import reference
from corpus.export.coverage import Coverage, measure_coverage
from corpus.export.package import TITLE
from corpus.export.release import Release
from corpus.export.resources import Resource
from corpus.export.spreadsheets import RULE

FILE = "DATASHEET.md"
TEMPLATE = Path(__file__).with_name("templates") / "datasheet.md"
SCORES = Path(__file__).with_name("scores.toml")
COUNTS = {
    "articles": "articles",
    "articles with a claim": "(SELECT DISTINCT article_id FROM standing)",
    "claims": "standing",
    "of them about a region": "standing WHERE region IS NOT NULL",
    "of them repaired": "repairs JOIN claims ON id = claim_id WHERE value IS NOT printed_value AND NOT suspect",
    "of them suspect": "standing WHERE suspect",
    "of them accepted or corrected by a person": "standing WHERE review IN ('accept', 'correct')",
    "of them rejected by a person": "standing WHERE review = 'reject'",
    "of them judged before, and changed since": "standing WHERE review = 'changed'",
    "contradictions": "disputes",
    "people quoted": "speakers",
    "texts that several articles print": "clusters",
}
REMOVED = "removals"
OWN = "own_texts"
GONE = """
    (SELECT DISTINCT article_id FROM revisions JOIN fetches ON fetches.id = revisions.fetch
     JOIN dropped_files ON dropped_files.file = fetches.warc_file)
"""


def datasheet(
    db: Database, release: Release, resources: Sequence[Resource], rows: Mapping[str, int], *, has_changes: bool
) -> str:
    """The text of DATASHEET.md; `rows` is how many each of the resources has."""
    coverage = measure_coverage(db)
    counts = {what: _count(db, rows) for what, rows in COUNTS.items()}
    counts["independent sources with a claim"] = coverage.sources
    extractors = [str(row[0]) for row in db.execute("SELECT DISTINCT extractor FROM claims ORDER BY extractor")]
    judged = counts["of them accepted or corrected by a person"] + counts["of them rejected by a person"]
    selection = release.selection
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=TITLE,
        version=release.version,
        data_until=release.data_until,
        selection=f"It holds {selection.in_words()}",
        files_table=table(
            ("table", "rows", "what"), ((f"`{one.name}`", rows[one.name], one.description) for one in resources)
        ),
        counts=rows_of(counts.items()),
        extractors=" and ".join(extractors),
        scores=scores(),
        reviewed=f"People have judged {judged:,} of {counts['claims']:,} claims; the rest nobody has looked at.",
        text_note=_text_note(with_text=selection.with_text),
        own=f"{_count(db, OWN):,}",
        removed=f"Taken out at their publishers' wish: {_count(db, REMOVED):,} articles. Archived copies dropped for "
        f"their age: those of {_count(db, GONE):,} articles, whose claims say so (`copy`).",
        changes="CHANGES.md tells what differs from the release before." if has_changes else "",
        rule=RULE,
        reference=reference(release),
        partial="This release is a selection: what is missing here may only have been left out."
        if selection.is_partial
        else "",
        **coverage_parts(coverage, selection.regions),
    )


def coverage_parts(coverage: Coverage, asked: Sequence[str]) -> dict[str, str]:
    """The tables of provinces and outlets, and the lists of those with nothing, among the regions asked for."""
    told = [one for one in coverage.provinces if one.claims]
    silent = [f"{one.name} ({one.code})" for one in coverage.provinces if not one.claims and _is_in(one.code, asked)]
    mute = [one.domain for one in coverage.outlets if not one.claims]
    lacking = [(province, name) for code, name, province in coverage.silent_regions if _is_in(code, asked)]
    regions = [
        f"{province}: {', '.join(name for _, name in group)}"
        for province, group in groupby(lacking, key=lambda pair: pair[0])
    ]
    return {
        "provinces": rows_of(
            (
                f"{one.name} ({one.code})",
                one.claims,
                f"{one.regions_told} of {one.regions}",
                one.articles,
                one.sources,
                one.day,
            )
            for one in told
        ),
        "nation": f"Besides: {coverage.of_nation:,} about Indonesia as a whole, {coverage.without_region:,} about "
        "areas that have no code.",
        "silent_provinces": f"Provinces with no claim: {listed(silent)}",
        "silent_regions": f"Kabupaten and kota with no claim, {len(lacking)}, by province. {listed(regions, '; ')}",
        "outlets": rows_of(
            (f"{one.name or one.domain} ({one.domain})", one.articles, one.with_claims, one.claims, one.first, one.last)
            for one in coverage.outlets
        ),
        "silent_outlets": f"Outlets with no claim: {listed(mute)}",
    }


def scores() -> str:
    """The table of scores.toml."""
    sets = load_scores()
    names = list(dict.fromkeys(name for measured in sets.values() for name in measured["shares"]))
    head = ["what", *(f"{name} ({measured['articles']} articles)" for name, measured in sets.items())]
    lines = [[name, *(f"{measured['shares'][name]:.3f}" for measured in sets.values())] for name in names]
    garbled = [
        f"Of {measured['garbled']} garbled figures in {name}, {measured['repaired']} are repaired, "
        f"{measured['suspect']} marked suspect, {measured['silent']} wrong in silence; {measured['harmed']} right ones "
        "were harmed."
        for name, measured in sets.items()
    ]
    return (
        f"{table(head, lines)}\n\nF1 for what is found; for the fields below `claims_core` the share that is right of "
        f"the claims found.\n{' '.join(garbled)}"
    )


@functools.cache
def load_scores(path: Path = SCORES) -> Mapping[str, Mapping[str, Any]]:
    """What `cakupan score` measured on the project's gold articles; a test holds it to what it measures now."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    return f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n{rows_of(rows)}"


def rows_of(rows: Iterable[Sequence[object]]) -> str:
    """Rows of a Markdown table: thousands are grouped, nothing is a blank."""
    return "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in rows)


def listed(names: Sequence[str], separator: str = ", ") -> str:
    """Names in one sentence's end."""
    return f"{separator.join(_cell(name) for name in names)}." if names else "none."


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    return " ".join(str(value).replace("|", "\\|").replace("<", "&lt;").split())


def _text_note(*, with_text: bool) -> str:
    if with_text:
        return "**Texts of articles are in this release**: they are their publishers', and are not for passing on."
    return "Texts of articles are not in it; `url` leads to them."


def _is_in(code: str, asked: Sequence[str]) -> bool:
    """Whether a region is one of those asked for, or lies in one."""
    return not asked or code in asked or code.partition(".")[0] in asked


def _count(db: Database, rows: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])
