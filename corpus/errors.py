"""What can go wrong with the corpus. Each message says what happened, where, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class CorpusError(Exception):
    """Base of every error that this package raises on purpose."""


class NotADatabase(CorpusError):  # noqa: N818 - named by the fact, like all below
    """The file is there but is no database of cakupan's."""

    def __init__(self, path: Path | str, problem: str) -> None:
        super().__init__(f"{path} {problem}. Choose another file with --db, or move this one away.")
        self.path = path


class MissingDatabase(CorpusError):  # noqa: N818
    """A database was asked for reading and there is none."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            f"{path}: no such database. Run `cakupan demo` or `cakupan run` to make one, or name it with --db."
        )
        self.path = path


class NewerSchema(CorpusError):  # noqa: N818
    """The database was written by a later cakupan; `steps` are the migrations that this one does not know."""

    def __init__(self, path: Path | str, steps: Sequence[str]) -> None:
        super().__init__(
            f"{path} was written by a newer cakupan (unknown schema steps: {', '.join(steps)}). "
            "Upgrade cakupan, or choose another file with --db."
        )
        self.path = path
        self.steps = tuple(steps)


class OlderSchema(CorpusError):  # noqa: N818
    """The database is to be read only and still has an older schema."""

    def __init__(self, path: Path | str, steps: Sequence[str]) -> None:
        super().__init__(
            f"{path} was written by an older cakupan (missing schema steps: {', '.join(steps)}). "
            "Run any command that writes, such as `cakupan run`, to bring it up to date."
        )
        self.path = path
        self.steps = tuple(steps)


class WorkerLost(CorpusError):  # noqa: N818
    """A process that worked for this one was ended from outside, most likely for want of memory."""

    def __init__(self, jobs: int) -> None:
        super().__init__(
            f"one of the {jobs} processes was ended from outside, most likely for want of memory. "
            "Call it again with fewer --jobs; what was printed before is complete."
        )


class DatabaseBusy(CorpusError):  # noqa: N818
    """Another process kept the write lock for longer than we wait."""

    def __init__(self, path: Path | str, waited_seconds: float) -> None:
        super().__init__(
            f"{path} is being written by another process (waited {waited_seconds:g} s). "
            "Let that one finish, then try again; only one run at a time can write."
        )
        self.path = path
        self.waited_seconds = waited_seconds


class RunUnderWay(CorpusError):  # noqa: N818
    """Another command has the database to itself; `holder` says which."""

    def __init__(self, path: Path | str, holder: str) -> None:
        super().__init__(
            f"{holder} is at work on {path}. Try again when it is done, or end it with SIGTERM (it keeps what it has)."
        )
        self.path = path
        self.holder = holder


class StorageFailed(CorpusError):  # noqa: N818
    """The file system or the file itself gave out: disk full, no permission, damaged pages."""

    def __init__(self, path: Path | str, problem: str, advice: str) -> None:
        super().__init__(f"{path}: {problem}. {advice}")
        self.path = path
        self.problem = problem


class EmptySearch(CorpusError):  # noqa: N818
    """A search names no word that is to be found."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"{words!r} has no word to look for. Give at least one, such as `cakupan search peserta`; "
            "-word only leaves out what another word finds."
        )
        self.words = words


class ColumnsError(CorpusError):
    """columns.toml is broken; raised at load, naming table, column and what is wrong."""

    def __init__(self, entry: str, problem: str) -> None:
        super().__init__(f"corpus/columns.toml, {entry}: {problem}")
        self.entry = entry


class WordingError(CorpusError):
    """A file of words for people is broken; raised at load, naming the file and the entry."""

    def __init__(self, file: str, entry: str, problem: str) -> None:
        super().__init__(f"corpus/{file}, entry {entry!r}: {problem}")
        self.file = file
        self.entry = entry


class RulesError(CorpusError):
    """A rule of comparing is broken; raised at load, naming the entry."""

    def __init__(self, entry: str, problem: str) -> None:
        super().__init__(f"corpus/compare/compare.toml, {entry}: {problem}")
        self.entry = entry
