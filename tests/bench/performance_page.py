"""Every bench in one go, printed; with --write also put into docs/performance.md and, for pyperf, performance.json."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

import pyperf
from measured import HEAD, Measured, line, parse

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"
BENCHES = ("startup", "extraction", "pages", "crawl", "backfill", "loads", "least")
QUICK = {
    "startup": ("--runs", "1"),
    "extraction": ("--runs", "1", "--articles", "20"),
    "pages": ("--runs", "1"),
    "crawl": ("--runs", "1", "--pages", "20"),
    "backfill": ("--runs", "1", "--megabytes", "1"),
    "loads": ("--articles", "40", "--batch", "20"),
    "least": ("--runs", "1", "--articles", "20", "--pages", "20"),
}
"""So small that they only show that each bench works."""
ONCE = dict.fromkeys(("extraction", "crawl", "least"), ("--runs", "1"))
PACKAGES = ("cakupan", "spacy", "dateparser", "quantulum3", "trafilatura", "scrapy", "lxml", "fastwarc", "sqlite-utils")
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the page and the JSON")
    parser.add_argument("--quick", action="store_true", help="the smallest runs, which say nothing of speed")
    parser.add_argument("--once", action="store_true", help="one turn of what takes minutes")
    asked = parser.parse_args()
    every: list[Measured] = []
    for bench in BENCHES:
        told = run(bench, QUICK[bench] if asked.quick else ONCE.get(bench, ()) if asked.once else ())
        every += told
        print(f"\n{told[0].group}\n{HEAD}")
        for one in told:
            print(line(one), flush=True)
    missed = [one for one in every if not one.holds]
    print(
        "\nAll that is wanted is reached." if not missed else f"\nNot reached: {'; '.join(one.name for one in missed)}."
    )
    if asked.write:
        write(every)
    sys.exit(bool(missed) and not asked.quick)


def run(bench: str, options: Sequence[str]) -> Sequence[Measured]:
    """One bench in a process of its own; raises CalledProcessError where it tells nothing."""
    command = [sys.executable, str(HERE / f"{bench}.py"), "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout:
        sys.stderr.write(done.stderr)
        done.check_returncode()
    return parse(done.stdout)


def write(every: Sequence[Measured]) -> None:
    """The table in its place on the page, and all times as a suite that `pyperf` compares with later ones."""
    page = DOCS / "performance.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n{table(every)}\n{END}{after}", encoding="utf-8")
    suite = pyperf.BenchmarkSuite([bench for one in every for bench in benchmarks(one)])
    suite.dump(str(DOCS / "performance.json"), replace=True)


def table(every: Sequence[Measured]) -> str:
    """Machine, versions, date and a Markdown table."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    lines = [
        f"Measured on {dt.datetime.now(dt.UTC):%Y-%m-%d} with {os.cpu_count()} cores of {machine()}, "
        f"{platform.system()}, Python {platform.python_version()}; {packages}.",
        "",
        "| | ours, ms | beside it, ms | ratio: least | median | most | wanted |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for (group, beside), some in groupby(every, key=lambda one: (one.group, one.beside)):
        lines.append(f"| **{group}**, beside {beside} | | | | | | |")
        for one in some:
            ours, other = (statistics.median(times) * 1000 for times in (one.ours, one.other))
            ratios = " | ".join(f"{ratio:.3f}" for ratio in (min(one.ratios), one.median, max(one.ratios)))
            wanted = "" if one.wanted is None else f"{one.wanted:g}{'' if one.holds else ', **not reached**'}"
            lines.append(f"| {one.name} | {ours:.2f} | {other:.2f} | {ratios} | {wanted} |")
    return "\n".join(lines)


def machine() -> str:
    """What the processor calls itself."""
    facts = Path("/proc/cpuinfo")
    names = [text for text in facts.read_text().splitlines() if text.startswith("model name")] if facts.exists() else []
    return names[0].partition(":")[2].strip() if names else platform.machine()


def benchmarks(one: Measured) -> list[pyperf.Benchmark]:
    """Ours and what it is held against, as pyperf keeps them; of the machine it would tell paths and its name too."""
    names = {f"{one.group}: {one.name}": one.ours, f"{one.group}: {one.name} ({one.beside})": one.other}
    facts = {"unit": "second", "loops": 1, "date": f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S}"}
    facts |= {"cpu_model_name": machine(), "python_version": platform.python_version()}
    return [
        pyperf.Benchmark([pyperf.Run(times, metadata={"name": name, **facts}, collect_metadata=False)])
        for name, times in names.items()
    ]


if __name__ == "__main__":
    main()
