"""Whole extraction beside what others take for a part of it, on the same articles in the same run.

`cakupan extract`, JSON lines in and claims out, against stock `spacy.blank("id")` that merely tokenises,
`dateparser.search.search_dates` and, where it is installed (extra `bench`), quantulum3. What counts is the steady cost:
the CPU time of a process for all articles less that of one for the first fifth, so that start-up and warming drop out.
Runs of each are taken in turn and ratios pair by pair, since machines are noisy; the median is what to quote.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from random import Random

from extract.benchmark.articles import iter_made_articles
from extract.gold import iter_gold

SHARED = Path(__file__).parents[3] / "shared" / "gold"
DEMO = Path(__file__).parents[1] / "gold" / "demo"
ARTICLES, FIRST = 1000, 200
JOINED = 4
DEMANDED = 0.25
EFFICIENCY = 0.85
SLOW = 10
"""One article in so many is enough for what takes a hundred times as long; the time is told for each article."""

STOCK = """
import json, sys, spacy
nlp = spacy.blank("id")
for line in sys.stdin:
    nlp.tokenizer(json.loads(line)["text"])
"""
DATEPARSER = """
import json, sys
from dateparser.search import search_dates
for line in sys.stdin:
    search_dates(json.loads(line)["text"], languages=["id"], settings={"DATE_ORDER": "DMY"})
"""
QUANTULUM = """
import json, sys
from quantulum3 import parser
for line in sys.stdin:
    parser.parse(json.loads(line)["text"])
"""
MEMORY = """
import resource, sys
from extract.benchmark.articles import iter_made_articles
from extract.pipeline import extract
every = int(sys.argv[1]) // 10
for ordinal, made in enumerate(iter_made_articles(int(sys.argv[1]), 1), start=1):
    extract(made.article)
    if ordinal % every == 0:
        pages = int(open("/proc/self/statm").read().split()[1])
        print(pages * resource.getpagesize() // 1_000_000, flush=True)
"""


@dataclass(frozen=True, slots=True)
class Row:
    """Steady cost of one article in milliseconds of CPU time, and as ratios to stock spaCy's tokenising."""

    name: str
    milliseconds: float
    ratio_least: float
    ratio_median: float
    ratio_most: float
    articles: int


@dataclass(frozen=True, slots=True)
class Jobs:
    """Articles a second by the clock of several processes, as a share of so many times one's; `cpu` is their CPU time,
    as a ratio to that of one."""

    jobs: int
    efficiency: float
    cpu: float


def load_articles(number: int) -> list[bytes]:
    """JSON lines of so many articles of some 3 kB, no two alike: annotated texts, or made ones, four joined."""
    folders = [folder for folder in (SHARED / "dev", SHARED / "seeds") if folder.exists()]
    texts = [gold.article.text for folder in folders for gold in iter_gold(folder)]
    if not texts:
        texts = [gold.article.text for gold in iter_gold(DEMO)]
        made = (made.article.text for made in iter_made_articles(600, 1))
        texts += ["\n".join(islice(made, 4)) for _ in range(100)]
    chance, seen = Random(1), set[tuple[int, ...]]()
    while len(seen) < number:
        seen.add(tuple(chance.sample(range(len(texts)), JOINED)))
    joined = ("\n\n".join(texts[at] for at in some) for some in sorted(seen))
    return [
        (json.dumps({"id": ordinal, "published": "2025-05-06", "text": text}, ensure_ascii=False) + "\n").encode()
        for ordinal, text in enumerate(joined)
    ]


def run(command: list[str], lines: list[bytes]) -> tuple[float, float]:
    """CPU and clock seconds of a process that reads these lines. Raises CalledProcessError where it fails."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, input=b"".join(lines), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - start


def steady(command: list[str], lines: list[bytes], first: int) -> tuple[float, float]:
    """CPU and clock seconds for one article more."""
    whole, part = run(command, lines), run(command, lines[:first])
    return (whole[0] - part[0]) / (len(lines) - first), (whole[1] - part[1]) / (len(lines) - first)


def contestants() -> Mapping[str, tuple[list[str], int]]:
    """Commands with the share of the articles that they are given."""
    found = {
        "cakupan extract": ([sys.executable, "-m", "corpus.cli", "extract"], 1),
        "dateparser search_dates": ([sys.executable, "-c", DATEPARSER], SLOW),
    }
    if importlib.util.find_spec("quantulum3"):
        found["quantulum3 parse"] = ([sys.executable, "-c", QUANTULUM], SLOW)
    return found


def measure(lines: list[bytes], first: int, runs: int) -> Iterator[Row]:
    """A row for each contestant, that of stock spaCy first."""
    stock_command = [sys.executable, "-c", STOCK]
    own: dict[str, list[float]] = {}
    stock: dict[str, list[float]] = {}
    given: dict[str, int] = {}
    for _ in range(runs):
        for name, (command, share) in contestants().items():
            some = lines[: len(lines) // share]
            given[name] = len(some)
            own.setdefault(name, []).append(steady(command, some, first // share)[0])
            stock.setdefault(name, []).append(steady(stock_command, lines, first)[0])
    every = [taken for times in stock.values() for taken in times]
    yield Row("spaCy blank('id') tokenises", 1000 * statistics.median(every), 1.0, 1.0, 1.0, len(lines))
    for name, times in own.items():
        ratios = sorted(mine / theirs for mine, theirs in zip(times, stock[name], strict=True))
        yield Row(name, 1000 * statistics.median(times), ratios[0], statistics.median(ratios), ratios[-1], given[name])


def measure_jobs(lines: list[bytes], first: int, runs: int, jobs: int) -> Jobs:
    """How much of `jobs` times the speed so many processes reach."""
    command = contestants()["cakupan extract"][0]
    pairs = [
        (steady(command, lines, first), steady([*command, "--jobs", str(jobs)], lines, first)) for _ in range(runs)
    ]
    return Jobs(
        jobs,
        statistics.median(one[1] / several[1] / jobs for one, several in pairs),
        statistics.median(several[0] / one[0] for one, several in pairs),
    )


def measure_memory(articles: int) -> list[int]:
    """Megabytes in use after each tenth of so many made articles (Linux)."""
    told = subprocess.run([sys.executable, "-c", MEMORY, str(articles)], capture_output=True, text=True, check=True)
    return [int(line) for line in told.stdout.split()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="counted pairs of runs")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="how many, a fifth of them to warm up")
    parser.add_argument("--jobs", type=int, default=2, help="processes to compare with one; 1 leaves it out")
    parser.add_argument("--memory", type=int, metavar="N", help="memory over N made articles instead (Linux)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    asked = parser.parse_args()
    if asked.memory:
        used = measure_memory(asked.memory)
        print(json.dumps({"articles": asked.memory, "megabytes": used}) if asked.json else f"MB by tenths: {used}")
        return
    lines = load_articles(asked.articles)
    first = asked.articles * FIRST // ARTICLES
    rows = list(measure(lines, first, asked.runs))
    jobs = measure_jobs(lines, first, asked.runs, asked.jobs) if asked.jobs > 1 else None
    if asked.json:
        print(json.dumps({"rows": [asdict(row) for row in rows], "jobs": asdict(jobs) if jobs else None}))
        return
    print(f"{'an article, steady':<30}{'CPU ms':>9}{'ratio min':>11}{'median':>9}{'max':>9}{'articles':>10}")
    for row in rows:
        print(
            f"{row.name:<30}{row.milliseconds:>9.2f}{row.ratio_least:>11.2f}{row.ratio_median:>9.2f}"
            f"{row.ratio_most:>9.2f}{row.articles:>10}"
        )
    if jobs:
        print(
            f"\n--jobs {jobs.jobs}: efficiency {jobs.efficiency:.2f} by the clock, {jobs.cpu:.2f} times the CPU time."
        )
    print(f"\nThe ratio is to stock tokenising in turn; wanted are {DEMANDED} and an efficiency of {EFFICIENCY}.")


if __name__ == "__main__":
    main()
