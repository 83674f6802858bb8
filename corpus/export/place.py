"""Putting an export in its place: written beside it, and swapped in when whole.

At any moment the name stands for the old export, whole, or for the new one, whole. A folder that is not an export, or
holds anything that the export did not write, is never replaced.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from corpus.export.errors import CannotWrite, ExportBusy, NotOurs
from corpus.export.package import files_of, read_ours

AT_FDCWD, RENAME_EXCHANGE = -100, 2


@contextlib.contextmanager
def new_folder(place: Path) -> Iterator[Path]:
    """A folder to write into, which stands at `place` once the block has ended well and is gone otherwise.

    Raises NotOurs, ExportBusy, CannotWrite.
    """
    place = place.resolve()
    beside, former = (place.with_name(f".{place.name}.{what}") for what in ("partial", "former"))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with _locked(place):
            _tidy(place, beside, former)
            refuse_strangers(place)
            beside.mkdir()
            try:
                yield beside
                refuse_strangers(place)
                _swap(beside, place, former)
            finally:
                # Now the former export, or what was written in vain.
                shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise CannotWrite(place, error.strerror or str(error)) from error


def refuse_strangers(place: Path) -> None:
    """Raise NotOurs unless `place` is free, an empty folder, or an export and nothing else."""
    if not place.exists():
        return
    if not place.is_dir():
        raise NotOurs(place, "is a file")
    found = {path.relative_to(place).as_posix() for path in place.rglob("*") if not path.is_dir() or path.is_symlink()}
    if not found:
        return
    record = read_ours(place)
    if record is None:
        raise NotOurs(place, "is there, and no export of cakupan's")
    if strange := sorted(found - files_of(record)):
        raise NotOurs(place, f"holds files that no export has written ({', '.join(strange[:3])})")


@contextlib.contextmanager
def _locked(place: Path) -> Iterator[None]:
    """Keep another export to the same place out."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    file = place.with_name(f".{place.name}.lock")
    with file.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Another may have ended between the two lines above, and taken its lock away.
            if os.fstat(handle.fileno()).st_ino != file.stat().st_ino:
                raise ExportBusy(place)
        except (BlockingIOError, FileNotFoundError):
            raise ExportBusy(place) from None
        try:
            yield
        finally:
            file.unlink()


def _tidy(place: Path, beside: Path, former: Path) -> None:
    """Clear away what an export that was killed has left."""
    if former.exists() and not place.exists():
        former.rename(place)
    for left in (beside, former):
        if left.exists():
            shutil.rmtree(left)


def _swap(new: Path, place: Path, former: Path) -> None:
    """Give `new` the name `place`; what had that name before has the name `new` afterwards."""
    if not place.exists():
        new.rename(place)
        return
    if _exchange(new, place):
        return
    # No system call for it here: for a moment the name stands for nothing, but both exports are whole.
    place.rename(former)
    try:
        new.rename(place)
    except OSError:
        former.rename(place)
        raise
    shutil.rmtree(former)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step (Linux 3.15 and later); False where system or file system cannot."""
    library = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    rename = getattr(library, "renameat2", None)
    if rename is None:
        return False
    if rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}:
        return False
    raise OSError(code, os.strerror(code), str(other))
