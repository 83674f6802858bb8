"""Which claims of an article stand near a claim and are about the same area: what arithmetic may hold together.

Claims are kept by area and metric, so that a check looks at a claim's neighbours only: a table of thousands of
figures takes no longer for each than a short text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from extract.models import SAID, Claim, Metric, Unit
from extract.repair.arithmetic import NATION, RATE_OF, WHOLES_OF, loose, share, stated, tied

WINDOW = 8  # claims of one metric and area, on either side, that a claim is held against

Triad = tuple[int, int, int, bool]
"""Positions of a rate, the part and the whole that it ties together by their metrics, and whether they agree."""


class Neighbours:
    """The claims of one article by area and metric; positions are those in `claims`, always in order."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        self._placed: dict[str | int, dict[Metric, list[int]]] = defaultdict(dict)
        for at, claim in enumerate(claims):
            self._placed[_place(claim)].setdefault(claim.metric, []).append(at)

    @cached_property
    def triads(self) -> tuple[Triad, ...]:
        """The rates with the part and the whole that each ties together, looked for once for all checks."""
        return tuple(iter_triads(self))

    def about(self, at: int, metrics: Iterable[Metric]) -> list[int]:
        """The claims of these metrics about the area of the claim at `at`, WINDOW before it and WINDOW behind."""
        placed = self._placed[_place(self.claims[at])]
        return sorted([other for metric in metrics if metric in placed for other in _around(placed[metric], at)])

    def of_nation(self, at: int, metric: Metric) -> list[int]:
        """The claims of this metric about the nation around the claim at `at`."""
        return _around(self._placed.get(NATION, {}).get(metric, ()), at)

    def tied_to(self, at: int, metrics: Iterable[Metric]) -> list[int]:
        """Those among them that are facts of the same time and near in the text."""
        claim = self.claims[at]
        return [other for other in self.about(at, metrics) if tied(claim, self.claims[other])]

    def nearest(self, at: int, metric: Metric) -> int | None:
        """The one of this metric that is tied to the claim at `at` and stands nearest."""
        start = self.claims[at].start
        return min(self.tied_to(at, (metric,)), key=lambda other: abs(self.claims[other].start - start), default=None)


def _around(positions: Sequence[int], at: int) -> list[int]:
    here = bisect_left(positions, at)
    return [other for other in positions[max(0, here - WINDOW) : here + WINDOW] if other != at]


def _place(claim: Claim) -> str | int:
    """What figures about one area share: the region, or the sentence where the area has no code."""
    return claim.sentence if claim.region is None else claim.region


def iter_triads(near: Neighbours) -> Iterator[Triad]:
    """For each rate a part and a whole that fit it, the nearest first.

    Only where none fit, the nearest are held against it, once, and only where they belong together: far apart, figures
    may speak of different things.
    """
    claims = near.claims
    held: set[tuple[int, int]] = set()
    unfit: list[tuple[int, int, int]] = []
    for rate_at, rate in enumerate(claims):
        part_metric = RATE_OF.get(rate.metric)
        if part_metric is None or rate.unit is not Unit.PERCENT:
            continue
        wholes = near.tied_to(rate_at, WHOLES_OF[part_metric])
        pairs = [
            (part_at, whole_at)
            for part_at in near.tied_to(rate_at, (part_metric,))
            if claims[part_at].segment is rate.segment
            for whole_at in wholes
            if tied(claims[part_at], claims[whole_at])
        ]
        pairs.sort(key=lambda pair: sum(abs(claims[at].start - rate.start) for at in pair))
        printed = stated(rate)
        counted = {at: loose(claims[at]) for pair in pairs for at in pair}
        fitting = next(((p, w) for p, w in pairs if share(counted[p], counted[w]).meets(printed)), None)
        if fitting:
            held.add(fitting)
            yield rate_at, *fitting, True
        elif pairs and _belong_together(near, rate_at, pairs):
            unfit.append((rate_at, *pairs[0]))
    for rate_at, part_at, whole_at in unfit:
        if (part_at, whole_at) not in held:
            held.add((part_at, whole_at))
            yield rate_at, part_at, whole_at, False


def _belong_together(near: Neighbours, rate_at: int, pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether a rate and the nearest counts are so close, with no others around, that they must speak of one thing.

    "Dari jumlah itu 180.000 jiwa aktif atau 84,36 persen", behind the members and the population; or the two counts in
    one sentence, the rate in that before: "Cakupannya 84,36 persen. Dari 330.714 penduduk, 280.368 menjadi peserta".
    """
    claims, rate = near.claims, near.claims[rate_at]
    part, whole = (claims[at] for at in pairs[0])
    if _make_another_rate(near, *pairs[0]) or _is_of_another_rate(near, rate_at, whole):
        return False
    wholes = {(claims[at].metric, claims[at].value) for _, at in pairs}
    one_of_each = len({metric for metric, _ in wholes}) == len(wholes)
    if part.sentence == rate.sentence:
        return whole.sentence == rate.sentence or one_of_each
    parts = {claims[at].value for at, _ in pairs}
    rates = {claims[at].value for at in near.tied_to(pairs[0][0], (rate.metric,)) if claims[at].segment is rate.segment}
    return (
        one_of_each
        and len(parts) == len(rates) == 1
        and part.sentence == whole.sentence
        and abs(rate.sentence - part.sentence) == 1
        and told_of_one_day(rate, part)
    )


def _is_of_another_rate(near: Neighbours, rate_at: int, whole: Claim) -> bool:
    """Whether a whole is of the day of another rate beside it: "2023 96,1 persen, 2024 97,87 persen dari 359.661"."""
    rate = near.claims[rate_at]
    others = (near.claims[at] for at in near.about(rate_at, (rate.metric,)))
    return not told_of_one_day(rate, whole) and any(
        other.sentence == rate.sentence and told_of_one_day(other, whole) for other in others
    )


def _make_another_rate(near: Neighbours, part_at: int, whole_at: int) -> bool:
    """Whether the counts are another percentage of their sentence: "kurang 1,8 persen atau 4.190 dari 232.788"."""
    claims, part = near.claims, near.claims[part_at]
    made = share(loose(part), loose(claims[whole_at]))
    others = (claims[at] for at in near.about(part_at, RATE_OF) if claims[at].sentence == part.sentence)
    return any(made.meets(stated(other)) for other in others if other.unit is Unit.PERCENT)


def told_of_one_day(one: Claim, other: Claim) -> bool:
    """Whether the text dates both to the same days, or neither: not "98,5 persen. Tahun lalu baru 330.000 jiwa"."""
    said = [claim.as_of if claim.as_of_basis in SAID else None for claim in (one, other)]
    return said[0] == said[1]
