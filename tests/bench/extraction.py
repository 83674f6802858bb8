"""Whole extraction beside what others take for a part of it, on the same articles in the same run.

`cakupan extract`, JSON lines in and claims out, against stock `spacy.blank("id")` that merely tokenises,
`dateparser.search.search_dates` and, where it is installed (extra `bench`), quantulum3. What counts is the steady cost:
the CPU time of a process for all articles less that of one for the first fifth, so that start-up and warming drop out.
Runs of each are taken in turn and ratios pair by pair, since machines are noisy; the median is what to quote.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from random import Random

from measured import Measured, arguments, tell

from extract.benchmark.articles import iter_made_articles
from extract.gold import iter_gold

SHARED = Path(__file__).parents[3] / "shared" / "gold"
DEMO = Path(__file__).parents[1] / "gold" / "demo"
ARTICLES, FIRST = 1000, 200
JOINED = 4
DEMANDED = 0.25
OWN = "cakupan extract"
BESIDE = "spaCy's blank('id') cutting into tokens"
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
        OWN: ([sys.executable, "-m", "corpus.cli", "extract"], 1),
        "dateparser search_dates": ([sys.executable, "-c", DATEPARSER], SLOW),
    }
    if importlib.util.find_spec("quantulum3"):
        found["quantulum3 parse"] = ([sys.executable, "-c", QUANTULUM], SLOW)
    return found


def measure(lines: list[bytes], first: int, runs: int) -> Iterator[Measured]:
    """Whole extraction, and what others take for a part of it, each in turn with stock spaCy."""
    stock = [sys.executable, "-c", STOCK]
    for name, (command, share) in contestants().items():
        some = lines[: len(lines) // share]
        pairs = [(steady(command, some, first // share)[0], steady(stock, lines, first)[0]) for _ in range(runs)]
        ours, other = zip(*pairs, strict=True)
        yield Measured("extraction", name, BESIDE, ours, other, DEMANDED if name == OWN else None)


def measure_jobs(lines: list[bytes], first: int, runs: int, jobs: int) -> Measured:
    """Clock time of an article in so many processes, beside that share of the time in one."""
    command = contestants()[OWN][0]
    pairs = [
        (steady([*command, "--jobs", str(jobs)], lines, first)[1], steady(command, lines, first)[1] / jobs)
        for _ in range(runs)
    ]
    several, share = zip(*pairs, strict=True)
    beside = f"one process, divided by {jobs}"
    return Measured("extraction", f"{OWN} --jobs {jobs}", beside, several, share, 1 / EFFICIENCY, "wall")


def measure_memory(articles: int) -> list[int]:
    """Megabytes in use after each tenth of so many made articles (Linux)."""
    told = subprocess.run([sys.executable, "-c", MEMORY, str(articles)], capture_output=True, text=True, check=True)
    return [int(line) for line in told.stdout.split()]


def measure_all(lines: list[bytes], first: int, runs: int, jobs: int) -> Iterator[Measured]:
    """Everything but memory."""
    yield from measure(lines, first, runs)
    if jobs > 1:
        yield measure_jobs(lines, first, runs, jobs)


if __name__ == "__main__":
    parser = arguments(__doc__, 5)
    parser.add_argument("--articles", type=int, default=ARTICLES, help="how many, a fifth of them to warm up")
    parser.add_argument("--jobs", type=int, default=2, help="processes to compare with one; 1 leaves it out")
    parser.add_argument("--memory", type=int, metavar="N", help="memory over N made articles instead (Linux)")
    asked = parser.parse_args()
    if asked.memory:
        print(f"MB by tenths: {measure_memory(asked.memory)}")
        sys.exit()
    few = asked.articles * FIRST // ARTICLES
    sys.exit(not tell(measure_all(load_articles(asked.articles), few, asked.runs, asked.jobs), asked))
