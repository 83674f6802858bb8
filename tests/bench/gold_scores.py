"""corpus/export/scores.toml, which datasheets tell: run as a program, it measures again and rewrites it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from repair_page import score_folder

ROOT = Path(__file__).parents[2]
FILE = ROOT / "corpus" / "export" / "scores.toml"
SETS = ("dev", "demo")
HEAD = "# What `cakupan score tests/gold/SET` measures; made by `make docs`, held to what it measures by a test.\n"


def scores_text() -> str:
    """The file as the rules of today have it."""
    return HEAD + "".join(line + "\n" for name in SETS for line in score_lines(name))


def score_lines(name: str) -> Iterator[str]:
    """One set of gold articles: how many, what became of garbled figures, and F1 or share of each name."""
    articles, score = score_folder(ROOT / "tests" / "gold" / name)
    garbled = score.garbled
    yield f"\n[{name}]"
    yield f"articles = {articles}"
    yield f"claims = {score.found.gold}"
    yield f"garbled = {garbled.total}"
    yield f"repaired = {garbled.right}"
    yield f"suspect = {garbled.suspect}"
    yield f"silent = {garbled.silent}"
    yield f"harmed = {score.harmed}"
    yield f"\n[{name}.shares]"
    for what, tally in score.as_record().items():
        yield f"{what} = {tally['f1'] if 'f1' in tally else tally['share']}"


if __name__ == "__main__":
    FILE.write_text(scores_text(), encoding="utf-8")
