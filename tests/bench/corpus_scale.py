"""A database of a hundred thousand articles and a million claims: how fast it loads, and how fast it answers.

Loading through the store is measured beside bare `executemany` of the very same rows, batch by batch in turn; then
each question is asked warm, the median of several. Articles and what they say are generated (`generated.py`).
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desk_pages import print_pages
from generated import Desk
from loading import Loading, load_both
from scale_questions import compare, questions

from corpus.schema import open_database

SEED = 2026
LEAST_RATIO, MOST_MS, MOST_MB = 0.5, 100, 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000, help="different articles; about ten claims each")
    parser.add_argument("--runs", type=int, default=5, help="times that each question is asked, after the first")
    parser.add_argument("--keep", type=Path, help="leave the database here; one that is there is only asked")
    asked = parser.parse_args()
    # As the commands start: what is loaded by now is no garbage.
    gc.collect()
    gc.freeze()
    with tempfile.TemporaryDirectory() as folder:
        database = asked.keep or Path(folder) / "ours.db"
        fine = True
        if not database.exists():
            told = load_both(Desk(SEED).iter_articles(asked.articles), database, Path(folder) / "bare.db")
            fine = print_loading(told)
            began = time.perf_counter()
            compared = compare(database)
            print(f"Comparing {compared} articles, regions and people: {time.perf_counter() - began:.0f} s.\n")
        fine &= print_answers(database, asked.runs)
        print()
        fine &= print_pages(database, asked.runs)
    sys.exit(not fine)


def print_loading(told: Loading) -> bool:
    """The table of loading; whether what is demanded holds."""
    print(f"{'loading':<36}{'articles/s':>11}{'claims/s':>10}{'seconds':>9}{'CPU s':>8}")
    for name, seconds, cpu in (("the store", told.ours, told.ours_cpu), ("executemany", told.bare, told.bare_cpu)):
        rates = told.articles / seconds, told.claims / seconds
        print(f"{name:<36}{rates[0]:>11.0f}{rates[1]:>10.0f}{seconds:>9.1f}{cpu:>8.1f}")
    ratio = told.bare / told.ours
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{told.articles} articles with revisions, {told.claims} claims, {told.rows} rows. Ratio {ratio:.2f} "
        f"(median of batches {statistics.median(told.ratios):.2f}, of CPU {told.bare_cpu / told.ours_cpu:.2f}; "
        f"demanded {LEAST_RATIO}). Peak memory of both together {peak:.0f} MB (demanded {MOST_MB}).\n"
    )
    return ratio >= LEAST_RATIO and peak < MOST_MB


def print_answers(database: Path, runs: int) -> bool:
    """How long each question takes; whether none takes too long."""
    db = open_database(database, read_only=True)
    slow = []
    print(f"{'question, warm':<64}{'rows':>6}{'median ms':>11}{'CPU ms':>8}")
    for name, ask in questions(db).items():
        rows = ask()
        times = [took(ask) for _ in range(runs)]
        clock, cpu = (statistics.median(one) * 1000 for one in zip(*times, strict=True))
        print(f"{name:<64}{rows:>6}{clock:>11.1f}{cpu:>8.1f}")
        if clock >= MOST_MS:
            slow.append(name)
    db.close()
    print(f"\n{'All' if not slow else 'Not all'} under {MOST_MS} ms" + (f": {'; '.join(slow)}" if slow else "."))
    return not slow


def took(ask: Callable[[], int]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    ask()
    return time.perf_counter() - clock, time.process_time() - processor


if __name__ == "__main__":
    main()
