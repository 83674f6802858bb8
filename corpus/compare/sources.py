"""Who tells something: sources are counted, not pages."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T", bound=Hashable)


class Printed(Protocol):
    """What tells the source of a claim: the text that copies have in common, the outlet, whom the text credits."""

    @property
    def text_id(self) -> str: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def wire(self) -> str | None: ...


def count_sources(sides: Sequence[Iterable[Printed]], named: Collection[str]) -> int:
    """How many independent sources stand behind claims that are given by the value they tell, each value a side.

    Copies of one text are one source. So are, on one side, articles of one outlet, which may repeat itself, and those
    that credit the same agency; `named` are the credits that say which agency.
    """
    keys: list[list[Hashable]] = []
    for side, claims in enumerate(sides):
        for told in claims:
            same: list[Hashable] = [("text", told.text_id)]
            if told.outlet is not None:
                same.append((side, "outlet", told.outlet))
            if told.wire in named:
                same.append((side, "wire", told.wire))
            keys.append(same)
    return len(connect(keys))


def connect(links: Iterable[Sequence[T]]) -> list[list[T]]:
    """The connected components of what these links tie together, in order of their first member."""
    parents: dict[T, T] = {}

    def root(item: T) -> T:
        parents.setdefault(item, item)
        while parents[item] != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    for first, *others in links:
        for other in (first, *others):
            parents[root(other)] = root(first)
    components: dict[T, list[T]] = {}
    for item in parents:
        components.setdefault(root(item), []).append(item)
    return list(components.values())
