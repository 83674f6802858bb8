"""claims.jsonld: schema.org's `Dataset` with each claim as a `Claim` in it, streamed. Rejected claims are left out.

`author` is who said it, the outlet where nobody is named; `appearance` is the article; the figure itself is an
`Observation`, for `Claim` has no place for a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from corpus.export.cells import compact, plain, typed_row
from corpus.export.package import TITLE
from corpus.export.release import Release
from corpus.export.resources import Resource

FILE = "claims.jsonld"
CLAIM_ID = "urn:cakupan:claim:"
QUALIFIERS = ("modality", "approx", "segment", "suspect", "review")
Row = Mapping[str, Any]


def write_jsonld(db: Database, claims: Resource, release: Release, folder: Path) -> int:
    """Write the file and give the number of claims in it."""
    number = 0
    with (folder / FILE).open("w", encoding="utf-8", newline="\n") as stream:
        head = {"@context": "https://schema.org", "@type": "Dataset", "name": TITLE, "version": release.version}
        stream.write(f'{compact(head)[:-1]},"hasPart":[')
        for row in _iter_rows(db, claims):
            # So that it can stand in a <script> of a page as it is.
            line = compact(claim_record(row)).replace("</", "<\\/")
            stream.write(f"{',' if number else ''}\n{line}")
            number += 1
        stream.write("\n]}\n")
    return number


def _iter_rows(db: Database, claims: Resource) -> Iterator[Row]:
    names = [field.name for field in claims.fields]
    for row in claims.iter_rows(db):
        named = dict(zip(names, map(plain, typed_row(claims, row)), strict=True))
        if named["review"] != "reject":
            yield named


def claim_record(row: Row) -> dict[str, object]:
    """One claim, from its row in `claims`."""
    publisher = {"@type": "NewsMediaOrganization", "name": row["outlet"]} if row["outlet"] else None
    return _present(
        {
            "@type": "Claim",
            "@id": CLAIM_ID + row["claim_id"],
            "identifier": row["claim_id"],
            "text": row["quote"] or row["text"],
            "inLanguage": "id",
            "author": _speaker(row) or publisher,
            "datePublished": row["published"],
            "temporalCoverage": _period(row),
            "about": _region(row),
            "mainEntity": _present(
                {
                    "@type": "Observation",
                    "variableMeasured": row["metric"],
                    "value": row["value"],
                    "unitText": row["unit"],
                    "observationDate": row["as_of_end"],
                    "additionalProperty": [
                        {"@type": "PropertyValue", "propertyID": name, "value": row[name]}
                        for name in QUALIFIERS
                        if row[name]
                    ],
                }
            ),
            "appearance": _present(
                {
                    "@type": "NewsArticle",
                    "@id": row["url"],
                    "identifier": row["article_id"],
                    "url": row["url"],
                    "headline": row["title"],
                    "datePublished": row["published"],
                    "publisher": publisher,
                }
            ),
        }
    )


def _speaker(row: Row) -> dict[str, object] | None:
    if not row["speaker"]:
        return None
    identity = f"urn:cakupan:speaker:{row['speaker_id']}" if row["speaker_id"] else None
    return _present({"@type": "Person", "@id": identity, "name": row["speaker"], "jobTitle": row["speaker_role"]})


def _region(row: Row) -> dict[str, object] | None:
    if not row["region"]:
        return None
    province = row["province"]
    within = {"@type": "AdministrativeArea", "name": province} if province not in {None, row["region_name"]} else None
    return _present(
        {
            "@type": "Country" if row["region"] == "0" else "AdministrativeArea",
            "identifier": row["region"],
            "name": row["region_name"],
            "containedInPlace": within,
        }
    )


def _period(row: Row) -> str | None:
    start, end = row["as_of_start"], row["as_of_end"]
    if not start or not end:
        return None
    return str(start) if start == end else f"{start}/{end}"


def _present(record: Mapping[str, object]) -> dict[str, object]:
    """Without the keys that have nothing."""
    return {name: value for name, value in record.items() if value is not None}
