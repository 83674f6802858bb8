"""One command at a time fills a database: a lock on a file beside it, which the kernel frees however its holder ends.

Only what derives or gathers takes it. Reading commands and reviews do not: SQLite sees to it that they wait for one
another's single transactions.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import Any

from corpus.errors import RunUnderWay, StorageFailed

SUFFIX = ".lock"
MOST_BYTES = 4096
"""What is read of the file; it holds a line."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the lock: the process `pid` on `host`, busy with `command` since `since` (ISO, UTC)."""

    pid: int
    host: str
    command: str
    since: str

    def __str__(self) -> str:
        return f"`cakupan {self.command}` (process {self.pid} on {self.host}, since {self.since})"


@dataclass(frozen=True, slots=True)
class Lock:
    """The lock as it is held. A child process that is handed it holds it too, and keeps it where its parent dies."""

    descriptor: int

    def __reduce__(self) -> tuple[Callable[[Any], Lock], tuple[Any]]:
        return _take_over, (DupFd(self.descriptor),)


def _take_over(handed: Any) -> Lock:  # noqa: ANN401 - what DupFd gives has no name
    return Lock(handed.detach())


def lock_file(database: Path) -> Path:
    """The file that is locked: one for a database, by whatever name or link it is called."""
    resolved = database.resolve()
    return resolved.with_name(resolved.name + SUFFIX)


def utc_now() -> dt.datetime:
    """The machine's clock."""
    return dt.datetime.now(dt.UTC)


@contextlib.contextmanager
def hold(database: Path, command: str, clock: Callable[[], dt.datetime] = utc_now) -> Iterator[Lock]:
    """Have the database to oneself for a block.

    Raises RunUnderWay at once where another process has it, and StorageFailed where there can be no file beside it.
    The file stays behind, empty: were it removed, two processes could each lock one of that name.
    """
    file = lock_file(database)
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as problem:
        raise StorageFailed(
            database, f"{file} cannot be written ({problem.strerror})", "Check the folder, or choose another with --db."
        ) from problem
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunUnderWay(database, describe_holder(descriptor)) from None
        holder = Holder(os.getpid(), platform.node(), command, clock().isoformat(timespec="seconds"))
        write(descriptor, json.dumps(asdict(holder)))
        yield Lock(descriptor)
        write(descriptor, "")
    finally:
        os.close(descriptor)


def is_held(database: Path) -> bool:
    """Whether a command fills the database just now, by what it has written into the lock.

    The lock itself is not tried, for that would turn away a command that begins in the same moment.
    """
    try:
        holder = Holder(**json.loads(lock_file(database).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return False
    # Of another machine's processes nothing is known here.
    return holder.host != platform.node() or is_alive(holder.pid)


def is_alive(pid: int) -> bool:
    """Whether there is such a process on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def write(descriptor: int, text: str) -> None:
    """Put this in place of what the file holds. On a full disk it holds nothing; the lock is a lock all the same."""
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, text.encode(), 0)


def describe_holder(descriptor: int) -> str:
    """Who has the lock, as a sentence begins; in the moment before that is written down, nobody knows."""
    try:
        return str(Holder(**json.loads(os.pread(descriptor, MOST_BYTES, 0))))
    except (ValueError, TypeError):
        return "another command"
