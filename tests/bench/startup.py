"""How long commands take as whole processes, beside `python -c "import spacy"` in the same run."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from measured import Measured, arguments, tell

ARTICLE = Path(__file__).parents[1] / "gold" / "demo" / "solok-segmen.json"
BESIDE = 'python -c "import spacy"'
BASELINE = [sys.executable, "-c", "import spacy"]
CAKUPAN = [sys.executable, "-m", "corpus.cli"]
COMMANDS: dict[str, tuple[list[str], float | None]] = {
    "cakupan extract, one article": (["extract"], 1.25),
    "cakupan --help": (["--help"], 0.2),
    "cakupan check, one sentence": (["check", "Peserta JKN di Kota Tual 77.512 jiwa."], None),
    "cakupan read, one page": (["read"], None),
    "cakupan outlets": (["outlets"], None),
    "cakupan search, no database": (["search", "peserta"], None),
}


def seconds(command: list[str], stdin: bytes, folder: str) -> float:
    """Wall-clock seconds of one run; what the command makes of an empty folder is its own affair."""
    start = time.perf_counter()
    subprocess.run(command, input=stdin, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def measure(runs: int) -> Iterator[Measured]:
    """Each command in turn with the baseline."""
    text = json.loads(ARTICLE.read_text(encoding="utf-8"))["text"]
    article = (json.dumps({"id": 1, "text": text}) + "\n").encode()
    page = (json.dumps({"id": 1, "html": f"<h1>JKN</h1><p>{text}</p>"}) + "\n").encode()
    with tempfile.TemporaryDirectory() as folder:
        for name, (options, wanted) in COMMANDS.items():
            stdin = page if options == ["read"] else article
            seconds([*CAKUPAN, *options], stdin, folder)  # warm the file cache
            pairs = [
                (seconds([*CAKUPAN, *options], stdin, folder), seconds(BASELINE, b"", folder)) for _ in range(runs)
            ]
            ours, other = zip(*pairs, strict=True)
            yield Measured("start-up", name, BESIDE, ours, other, wanted, "wall")


if __name__ == "__main__":
    asked = arguments(__doc__, 9).parse_args()
    sys.exit(not tell(measure(asked.runs), asked))
