"""Holds the lock of a database, alone or together with a child process, until killed: database, "shared" or no."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from pathlib import Path

from corpus.unattended.lock import Lock, hold


def wait(lock: Lock | None = None) -> None:
    print(multiprocessing.current_process().pid, flush=True)  # noqa: T201 - read by the test
    signal.pause()


def main() -> None:
    database, *shared = sys.argv[1:]
    with hold(Path(database), "run") as lock:
        if shared:
            multiprocessing.get_context("spawn").Process(target=wait, args=(lock,)).start()
        wait()


if __name__ == "__main__":
    main()
