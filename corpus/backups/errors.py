"""What can go wrong with backups. Each message says what happened, where, and what to do next."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import CorpusError


class BackupFailed(CorpusError):  # noqa: N818 - named by the fact, like the errors of corpus.errors
    """A backup could not be made; nothing of it is left, and earlier ones are as they were."""

    def __init__(self, place: Path, problem: str) -> None:
        super().__init__(f"no backup was made in {place}: {problem}. Earlier ones are as they were.")
        self.place = place


class NoBackup(CorpusError):  # noqa: N818
    """What was named is no backup that was finished."""

    def __init__(self, place: Path, problem: str) -> None:
        super().__init__(f"{place} {problem}. Backups are folders such as backups/cakupan-20250506T050000Z.")
        self.place = place


class DamagedBackup(CorpusError):  # noqa: N818
    """A file of a backup is not what was saved."""

    def __init__(self, file: Path, problem: str) -> None:
        super().__init__(f"{file} {problem}. Nothing was restored from it; choose another backup.")
        self.file = file


class RestoreRefused(CorpusError):  # noqa: N818
    """There is something in the place that a backup is to be put back to."""

    def __init__(self, database: Path) -> None:
        super().__init__(
            f"{database} is there. With --force it is kept beside, under another name, and the backup takes its place; "
            "or choose another place with --db."
        )
        self.database = database


class RestoreFailed(CorpusError):  # noqa: N818
    """A backup could not be put back; what was there before still is."""

    def __init__(self, place: Path, problem: str) -> None:
        super().__init__(
            f"{place} could not be restored: {problem}. What was there before is untouched or kept beside."
        )
        self.place = place
