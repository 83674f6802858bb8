"""datapackage.json: a Frictionless Data Package over the CSV files, with types, keys, vocabularies and checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.export.release import Release
from corpus.export.resources import Field, ForeignKey, Kind, Resource
from corpus.export.spreadsheets import RULE
from corpus.export.tables import path_of
from extract import __version__

FILE = "datapackage.json"
NAME = "cakupan-claims"
TITLE = "Claims about JKN health-insurance coverage in Indonesian regional news"
OURS = "cakupan"
"""The property that tells a package of ours, and holds what the standard has no word for."""
KEYWORDS = ("Indonesia", "health insurance", "JKN", "BPJS Kesehatan", "universal health coverage", "news", "claims")


@dataclass(frozen=True, slots=True)
class File:
    """A file of the export; `rows` is None where it is no table."""

    path: str
    size_bytes: int
    digest: str
    """SHA-256, hexadecimal."""
    rows: int | None = None


def describe_file(folder: Path, path: str, rows: int | None = None) -> File:
    """Size and digest of a file that has been written."""
    with (folder / path).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return File(path, stream.tell(), digest, rows)


def package_record(release: Release, resources: Sequence[Resource], files: Sequence[File]) -> dict[str, object]:
    """What stands in datapackage.json; `files` are all the others."""
    known = {file.path: file for file in files}
    return {
        "profile": "data-package",
        "name": NAME,
        "title": TITLE,
        "description": f"{release.selection.in_words().capitalize()}. DATASHEET.md tells how it was made and what is "
        f"missing. {RULE}",
        "version": release.version,
        "keywords": list(KEYWORDS),
        OURS: {
            "version": __version__,
            "data_until": release.data_until,
            "selection": json.loads(release.selection.to_json()),
            "has_text": release.selection.with_text,
            "files": [{"path": file.path, "bytes": file.size_bytes, "hash": _hash(file)} for file in files],
        },
        "resources": [_resource(resource, known[path_of("csv", resource)]) for resource in resources],
    }


def read_ours(folder: Path) -> Mapping[str, object] | None:
    """datapackage.json of an earlier export of ours, None where the folder has none."""
    try:
        record = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError):
        return None
    ours = isinstance(record, dict) and record.get("name") == NAME and isinstance(record.get(OURS), dict)
    return record if ours else None


def files_of(record: Mapping[str, object]) -> frozenset[str]:
    """Paths of all files that an export consists of, its datapackage.json too."""
    ours = record[OURS]
    listed = ours.get("files", []) if isinstance(ours, dict) else []
    return frozenset({FILE, *(str(file["path"]) for file in listed)})


def _resource(resource: Resource, file: File) -> dict[str, object]:
    schema: dict[str, object] = {"fields": [_field(field) for field in resource.fields], "missingValues": [""]}
    if resource.key:
        schema["primaryKey"] = list(resource.key)
    if resource.foreign:
        schema["foreignKeys"] = [_foreign_key(foreign) for foreign in resource.foreign]
    return {
        "profile": "tabular-data-resource",
        # Table Schema names a table by what `reference.resource` of its foreign keys says.
        "name": resource.name,
        "description": resource.description,
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size_bytes,
        "hash": _hash(file),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def _field(field: Field) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if field.is_required:
        constraints["required"] = True
    if field.values:
        constraints["enum"] = list(field.values)
    record: dict[str, object] = {
        "name": field.name,
        "type": field.kind.value,
        "description": field.description,
        "unit": field.unit,
    }
    if field.kind is Kind.BOOLEAN:
        record |= {"trueValues": ["true"], "falseValues": ["false"]}
    return record | ({"constraints": constraints} if constraints else {})


def _foreign_key(foreign: ForeignKey) -> dict[str, object]:
    return {
        "fields": list(foreign.columns),
        "reference": {"resource": foreign.resource, "fields": list(foreign.references)},
    }


def _hash(file: File) -> str:
    return f"sha256:{file.digest}"
