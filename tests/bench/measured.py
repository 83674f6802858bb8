"""What every bench tells: times of ours beside those of something known, taken in turn, as JSON or as a table."""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

HEAD = f"{'':<40}{'ours':>10}{'beside':>10}{'least':>9}{'median':>9}{'most':>9}{'wanted':>9}"


@dataclass(frozen=True, slots=True)
class Measured:
    """Times in seconds, those of one turn side by side; `wanted` is the median ratio that is demanded at the most.

    `beside` is what ours is held against, `clock` whether times are by the clock ("wall") or of the processor ("cpu").
    """

    group: str
    name: str
    beside: str
    ours: tuple[float, ...]
    other: tuple[float, ...]
    wanted: float | None = None
    clock: str = "cpu"

    @property
    def ratios(self) -> list[float]:
        """Turn by turn."""
        return [mine / theirs for mine, theirs in zip(self.ours, self.other, strict=True)]

    @property
    def median(self) -> float:
        """The ratio to quote."""
        return statistics.median(self.ratios)

    @property
    def holds(self) -> bool:
        """Whether what is demanded was reached."""
        return self.wanted is None or self.median <= self.wanted


def line(one: Measured) -> str:
    """A line under HEAD; times in milliseconds."""
    ours, other = (statistics.median(times) * 1000 for times in (one.ours, one.other))
    ratios = "".join(f"{ratio:>9.3f}" for ratio in (min(one.ratios), one.median, max(one.ratios)))
    wanted = "" if one.wanted is None else f"{one.wanted:g}"
    return f"{one.name:<40}{ours:>10.2f}{other:>10.2f}{ratios}{wanted:>9}"


def tell(measured: Iterable[Measured], asked: argparse.Namespace) -> bool:
    """Print everything as it comes, or as one JSON list with --json; whether all that is demanded holds."""
    every: list[Measured] = []
    if not asked.json:
        print(HEAD)
    for one in measured:
        every.append(one)
        if not asked.json:
            print(line(one), flush=True)
    if asked.json:
        print(json.dumps([asdict(one) for one in every]))
    elif every:
        others = " or ".join(dict.fromkeys(one.beside for one in every))
        print(f"\nMilliseconds, medians; the ratio is to {others}, turn by turn.")
    return all(one.holds for one in every)


def arguments(description: str | None, runs: int) -> argparse.ArgumentParser:
    """The options that every bench has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--runs", type=int, default=runs, help="counted turns")
    parser.add_argument("--json", action="store_true", help="one JSON list instead of a table")
    return parser


def parse(text: str) -> Sequence[Measured]:
    """What a bench told with --json."""
    return [Measured(**{**one, "ours": tuple(one["ours"]), "other": tuple(one["other"])}) for one in json.loads(text)]
