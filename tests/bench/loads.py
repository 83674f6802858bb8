"""Loading articles with their claims through the store, beside bare `executemany` of the very same rows."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generated import Desk
from loading import load_both
from measured import Measured, arguments, tell

SEED = 2026
BESIDE = "executemany of the same rows"


def measure(articles: int, batch: int) -> Iterator[Measured]:
    """A turn is a batch."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        told = load_both(Desk(SEED).iter_articles(articles), folder / "ours.db", folder / "bare.db", batch)
    ours, other = zip(*told.pairs, strict=True)
    yield Measured("loading", f"{batch} articles of {told.articles}", BESIDE, ours, other, 2.0, "wall")


if __name__ == "__main__":
    parser = arguments(__doc__, 1)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=200)
    asked = parser.parse_args()
    sys.exit(not tell(measure(asked.articles, asked.batch), asked))
