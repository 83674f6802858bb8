"""How long commands take as whole processes, as ratios to `python -c "import spacy"` in the same run.

Machines are noisy, so the two are run in turn and the ratio is taken pair by pair; the median is what to quote.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

ARTICLE = Path(__file__).parents[1] / "gold" / "demo" / "solok-segmen.json"
BASELINE = [sys.executable, "-c", "import spacy"]
COMMANDS = {
    "cakupan extract, one article": [sys.executable, "-m", "corpus.cli", "extract"],
    "cakupan --help": [sys.executable, "-m", "corpus.cli", "--help"],
}


def seconds(command: list[str], stdin: bytes) -> float:
    """Wall-clock seconds of one run; raises CalledProcessError where the command fails."""
    start = time.perf_counter()
    subprocess.run(command, input=stdin, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9, help="counted runs of each command")
    runs = parser.parse_args().runs
    text = json.loads(ARTICLE.read_text(encoding="utf-8"))["text"]
    stdin = (json.dumps({"id": 1, "text": text}) + "\n").encode()
    print(f"{'whole process':<32}{'median s':>10}{'ratio min':>11}{'median':>8}{'max':>8}   of {runs} pairs")
    for name, command in COMMANDS.items():
        seconds(command, stdin)  # warm the file cache
        pairs = [(seconds(command, stdin), seconds(BASELINE, b"")) for _ in range(runs)]
        ratios = sorted(ours / baseline for ours, baseline in pairs)
        median = statistics.median(ours for ours, _ in pairs)
        print(f"{name:<32}{median:>10.3f}{ratios[0]:>11.2f}{statistics.median(ratios):>8.2f}{ratios[-1]:>8.2f}")
    print('\nThe ratio is to `python -c "import spacy"`, run in turn with each command.')


if __name__ == "__main__":
    main()
