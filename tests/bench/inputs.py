"""Articles for the benches: the annotated ones joined four at a time, or the demo's where those are missing."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = (
    ROOT.parent / "shared" / "gold" / "dev",
    ROOT.parent / "shared" / "gold" / "seeds",
    ROOT / "tests" / "gold" / "demo",
)
TOGETHER = 4
SEED = 2026


@cache
def load_texts() -> tuple[str, ...]:
    """The texts of the annotated articles, in the order of their files."""
    folders = [folder for folder in FOLDERS if folder.is_dir()]
    files = [file for folder in folders for file in sorted(folder.glob("*.json"))]
    return tuple(json.loads(file.read_text(encoding="utf-8"))["text"] for file in files)


def iter_articles(number: int) -> Iterator[str]:
    """So many different texts of some 3 kB with line breaks; the same ones every time."""
    chance, texts = random.Random(SEED), load_texts()
    seen: set[tuple[int, ...]] = set()
    while len(seen) < number:
        drawn = tuple(chance.sample(range(len(texts)), TOGETHER))
        if drawn not in seen:
            seen.add(drawn)
            yield "\n".join(texts[place] for place in drawn)
