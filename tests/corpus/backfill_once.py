"""A backfill of one file in a process of its own, which tells after each batch how many articles are stored."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from corpus.backfill import BackfillSettings, FileProgress, backfill
from corpus.store import Store


def main() -> None:
    spec = importlib.util.spec_from_file_location("test_backfill", Path(__file__).with_name("test_backfill.py"))
    assert spec is not None and spec.loader is not None
    given = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(given)
    database, path = sys.argv[1:]
    with Store.open(database) as store:

        def watch(progress: FileProgress) -> None:
            sys.stdout.write(f"{store.count('articles')}\n")
            sys.stdout.flush()

        backfill([Path(path)], store, BackfillSettings(given.SIEVE), watch=watch)


if __name__ == "__main__":
    main()
