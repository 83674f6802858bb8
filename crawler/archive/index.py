"""Which runs some files hold, and where each of their answers lies; bodies stay on disk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.read import DamagedRecord, iter_records, read_block
from crawler.archive.session import Session, parse_fields, parse_session
from crawler.archive.write import ENDING, IDENTICAL_PAYLOAD, NOT_MODIFIED, OPEN
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


@dataclass(frozen=True, slots=True)
class _Line:
    """One answer as it stands in its file, before revisits are looked up."""

    url: str
    record_id: str
    digest: str | None
    refers_to: str | None
    profile: str | None
    answer: Answer


def find_runs(paths: Iterable[Path]) -> tuple[RecordedRun, ...]:
    """The runs in these files, and in those below these folders, from the oldest to the newest.

    Raises NotReplayable for a file that no run of ours wrote, RegistryError for an outlet as no version of ours has it.
    """
    files = [(*read_file(path),) for path in find_files(paths)]
    originals = _Originals(line for _, lines in files for line in lines)
    runs: dict[str, list[RecordedOutlet]] = {}
    for session, lines in sorted(files, key=lambda file: (file[0].started_at, file[0].position)):
        answers: dict[str, list[Answer]] = {}
        for line in lines:
            answers.setdefault(line.url, []).append(originals.resolve(line))
        kept = {url: tuple(found) for url, found in answers.items()}
        runs.setdefault(session.run, []).append(RecordedOutlet(session, kept))
    return tuple(RecordedRun(tuple(outlets)) for outlets in runs.values())


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and the WARC files below the folders named, each once."""
    found: dict[Path, Path] = {}
    for path in paths:
        below = (file for end in ENDINGS for file in path.rglob(f"*{end}")) if path.is_dir() else [path]
        for file in sorted(below):
            found.setdefault(file.resolve(), file)
    return list(found.values())


def read_file(path: Path) -> tuple[Session, list[_Line]]:
    """What a file says of itself, and every answer in it; a torn end counts for nothing."""
    records = iter_records(path)
    _, first = next(records, (0, None))
    if first is None:
        raise NotReplayable(path, "holds no record")
    try:
        session = parse_session(parse_fields(read_block(first)))
    except DamagedRecord as error:
        raise NotReplayable(path, f"is damaged at its beginning ({error})") from error
    if session is None:
        raise NotReplayable(path, "was not recorded by `cakupan run`")
    return session, list(_iter_lines(path))


def _iter_lines(path: Path) -> Iterator[_Line]:
    for offset, record in iter_records(path):
        headers = record.headers
        kind, url = headers.get("WARC-Type") or "", headers.get("WARC-Target-URI")
        at = record.record_date
        if kind not in ANSWERS or url is None or at is None:
            continue
        try:
            read_block(record)
        except DamagedRecord:
            continue
        profile = headers.get("WARC-Profile")
        yield _Line(
            url,
            headers.get("WARC-Record-ID") or "",
            headers.get("WARC-Payload-Digest"),
            headers.get("WARC-Refers-To"),
            profile,
            Answer(Place(path, offset), at, kind, unchanged=profile == NOT_MODIFIED),
        )


class _Originals:
    """Whole answers by their name, and by what is in them."""

    def __init__(self, lines: Iterable[_Line]) -> None:
        self.by_id: dict[str, Place] = {}
        self.by_payload: dict[tuple[str, str | None], Place] = {}
        for line in lines:
            if line.answer.kind == "response":
                self.by_id[line.record_id] = line.answer.place
                self.by_payload.setdefault((line.url, line.digest), line.answer.place)

    def resolve(self, line: _Line) -> Answer:
        """The answer with the place of what it repeats, where the files given hold that."""
        if line.answer.kind != "revisit":
            return line.answer
        original = self.by_id.get(line.refers_to or "")
        if original is None and line.profile == IDENTICAL_PAYLOAD:
            original = self.by_payload.get((line.url, line.digest))
        answer = line.answer
        return Answer(answer.place, answer.at, answer.kind, answer.unchanged, original)
