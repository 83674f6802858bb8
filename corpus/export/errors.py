"""What can go wrong with an export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.errors import CorpusError

SHOWN = 3


class ExportError(CorpusError):
    """Base of the errors of this package."""


class NothingToExport(ExportError):  # noqa: N818 - named by the fact, like all below
    """No claim is selected."""

    def __init__(self, database: Path | str, selection: str) -> None:
        super().__init__(
            f"{database} has no claim that matches ({selection}). Ask for less with --since, --region, --metric and "
            "--reviewed, or load articles first with `cakupan run`."
        )


class UnknownRegion(ExportError):  # noqa: N818
    """A region was asked for that the gazetteer does not have, or has several of."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"--region {name}: no one region goes by that. Give its code, such as 81.02, or its full name, such as "
            "'Kabupaten Maluku Tenggara'."
        )


class NotOurs(ExportError):  # noqa: N818
    """What stands where the export is to go was not made by an export, or not only."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(f"{folder} {problem}. It is left alone: name another folder with --to, or move it away.")


class NoEarlierExport(ExportError):  # noqa: N818
    """`--previous` names no export."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(f"--previous {folder}: {problem}. Name the folder of an earlier `cakupan export`.")


class ExportBusy(ExportError):  # noqa: N818
    """Another process is writing to the same place."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"another export is writing {folder} at this moment. Let it finish, then try again.")


class CannotWrite(ExportError):  # noqa: N818
    """The file system would not have it; what stood there before is whole."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(
            f"{folder} cannot be written ({problem}). What stood there before is as it was; check rights and free "
            "space, or name another folder with --to."
        )


class NoParquet(ExportError):  # noqa: N818
    """Parquet was asked for and pyarrow is not installed."""

    def __init__(self) -> None:
        super().__init__(f"Parquet needs pyarrow. {INSTALL}")


class OddCell(ExportError):  # noqa: N818
    """A value that is not of its column's type, which no format could keep."""

    def __init__(self, column: str, kind: str, value: object, key: Sequence[object]) -> None:
        name = ", ".join(map(str, key[:SHOWN]))
        super().__init__(
            f"{column} of {name}: {value!r} is no {kind}. Put it right in the database (a review that corrects the "
            "field, perhaps), then export again."
        )


class ResourcesError(ExportError):
    """resources.toml is broken; raised at load, naming the entry."""

    def __init__(self, entry: str, problem: str) -> None:
        super().__init__(f"corpus/export/resources.toml, {entry}: {problem}")


INSTALL = "Install it with: pip install 'cakupan[export]'"
