"""The whole export: select, copy, write every file from the copy, and put the folder in its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.export import changes, citation, datasheet, jsonld, package
from corpus.export.errors import NoParquet
from corpus.export.package import File, describe_file
from corpus.export.place import new_folder
from corpus.export.release import Release, release_database, snapshot
from corpus.export.resources import Resource, load_resources
from corpus.export.selection import Selection
from corpus.export.tables import WRITERS, has_parquet, path_of, write_resource

SNAPSHOT, SCRATCH = "cakupan.db", "scratch.db"
VERSION = re.compile(r"\d+(\.\d+){0,3}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")
"""Semantic (1.4.0, 2.0.0-rc.1) or by the calendar (2026.1.28)."""


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What is exported, and how. `version` defaults to the last day of the data, `parquet` to what is installed."""

    selection: Selection = field(default_factory=Selection)
    version: str | None = None
    previous: Path | None = None
    parquet: bool | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """What was written where."""

    folder: Path
    release: Release
    files: Sequence[File]
    has_parquet: bool
    changes: changes.Tally | None = None


def everything(steps: Sequence[Resource]) -> Iterable[Resource]:
    """The steps as they are, where nobody watches."""
    return steps


def export(
    database: Path,
    place: Path,
    settings: ExportSettings | None = None,
    *,
    watch: Callable[[Sequence[Resource]], Iterable[Resource]] = everything,
) -> Export:
    """Write what is selected of the database into the folder `place`, all of it or nothing.

    The same database and settings give the same files, byte for byte. Raises NothingToExport, NotOurs, ExportBusy,
    CannotWrite, NoParquet, NoEarlierExport, OddCell, and what `open_database` raises.
    """
    settings = settings or ExportSettings()
    with_parquet = has_parquet() if settings.parquet is None else settings.parquet
    if with_parquet and not has_parquet():
        raise NoParquet
    if settings.previous is not None:
        changes.check_previous(settings.previous)
    kinds = [kind for kind in WRITERS if kind != "parquet" or with_parquet]
    resources = load_resources(with_text=settings.selection.with_text)
    with (
        new_folder(place) as folder,
        release_database(database, folder / SCRATCH, settings.selection, settings.version) as (db, release),
    ):
        rows = {resource.name: write_resource(db, resource, folder, kinds) for resource in watch(resources)}
        files = [describe_file(folder, path_of(kind, one), rows[one.name]) for one in resources for kind in kinds]
        claims = next(resource for resource in resources if resource.name == "claims")
        files.append(describe_file(folder, jsonld.FILE, jsonld.write_jsonld(db, claims, release, folder)))
        tally = changes.write_changes(settings.previous, release, folder) if settings.previous else None
        if tally is not None:
            files += [describe_file(folder, path) for path in (changes.FILE, changes.LINES)]
        snapshot(db, folder / SNAPSHOT)
        files.append(describe_file(folder, SNAPSHOT))
        files.append(_write(folder, citation.FILE, citation.citation(release)))
        sheet = datasheet.datasheet(db, release, resources, rows, has_changes=tally is not None)
        files.append(_write(folder, datasheet.FILE, sheet))
        record = package.package_record(release, resources, files)
        files.append(_write(folder, package.FILE, json.dumps(record, ensure_ascii=False, indent=1) + "\n"))
    return Export(place, release, tuple(files), with_parquet, tally)


def _write(folder: Path, path: str, text: str) -> File:
    (folder / path).write_text(text, encoding="utf-8", newline="\n")
    return describe_file(folder, path)
