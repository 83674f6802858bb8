"""Which runs some files hold, and where each of their answers lies; bodies stay on disk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.read import DamagedRecord, TooLarge, iter_records, read_block
from crawler.archive.removal import removed_kind
from crawler.archive.session import Session, parse_fields, parse_session
from crawler.archive.write import ENDING, NOT_MODIFIED, OPEN
from crawler.errors import NotReplayable

ENDINGS = (ENDING, ENDING + OPEN, ".warc")
ANSWERS = {"response", "revisit", "metadata"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record begins."""

    file: Path
    offset: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request came to: a response, a revisit or a failure. `original` is the whole answer that a revisit names.

    `unchanged` is a "304 Not Modified".
    """

    place: Place
    at: dt.datetime
    kind: str
    unchanged: bool = False
    original: Place | None = None


@dataclass(frozen=True, slots=True)
class RecordedOutlet:
    """One outlet's part of a run: its answers by address, in the order in which they came."""

    session: Session
    answers: Mapping[str, tuple[Answer, ...]]


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """One run, with all outlets whose files were given."""

    outlets: tuple[RecordedOutlet, ...]

    @property
    def session(self) -> Session:
        """What was asked for; the same for all outlets."""
        return self.outlets[0].session


def iter_runs(paths: Iterable[Path]) -> Iterator[RecordedRun]:
    """The runs in these files, and in those below these folders, from the oldest to the newest.

    Of a run that is told no more than its answers' places are held, and of those before it the names of whole answers.
    Raises NotReplayable for a file that no run of ours wrote, RegistryError for an outlet as no version of ours has it.
    """
    runs: dict[str, list[tuple[Session, Path]]] = {}
    files = ((read_session(path), path) for path in find_files(paths))
    for session, path in sorted(files, key=lambda file: (file[0].started_at, file[0].position)):
        runs.setdefault(session.run, []).append((session, path))
    originals: dict[str, Place] = {}
    for run in runs.values():
        yield RecordedRun(tuple(RecordedOutlet(session, read_answers(path, originals)) for session, path in run))


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and the WARC files below the folders named, each once."""
    found: dict[Path, Path] = {}
    for path in paths:
        below = (file for end in ENDINGS for file in path.rglob(f"*{end}")) if path.is_dir() else [path]
        for file in sorted(below):
            found.setdefault(file.resolve(), file)
    return list(found.values())


def read_session(path: Path) -> Session:
    """What a file says of itself in its first record."""
    _, first = next(iter_records(path), (0, None))
    if first is None:
        raise NotReplayable(path, "holds no record")
    try:
        session = parse_session(parse_fields(read_block(first)))
    except (DamagedRecord, TooLarge) as error:
        raise NotReplayable(path, f"is damaged at its beginning ({error})") from error
    if session is None:
        raise NotReplayable(path, "was not recorded by `cakupan run`")
    return session


def read_answers(path: Path, originals: dict[str, Place]) -> dict[str, tuple[Answer, ...]]:
    """Every answer in a file, by its address; a torn end counts for nothing.

    `originals` are the whole answers of earlier files by their names; those of this one are added.
    """
    answers: dict[str, list[Answer]] = {}
    for offset, record in iter_records(path):
        headers = record.headers
        kind, url = headers.get("WARC-Type") or "", headers.get("WARC-Target-URI")
        at = record.record_date
        if kind not in ANSWERS or url is None or at is None:
            continue
        try:
            block = read_block(record)
        except (DamagedRecord, TooLarge):
            continue
        if kind == "metadata" and removed_kind(block) == "request":
            continue
        place = Place(path, offset)
        if kind == "response":
            originals[headers.get("WARC-Record-ID") or ""] = place
        answer = Answer(
            place,
            at,
            kind,
            unchanged=headers.get("WARC-Profile") == NOT_MODIFIED,
            original=originals.get(headers.get("WARC-Refers-To") or "") if kind == "revisit" else None,
        )
        answers.setdefault(url, []).append(answer)
    return {url: tuple(found) for url, found in answers.items()}
