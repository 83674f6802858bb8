"""The furniture of a layout, taken out of a body: by names of classes and ids where that is enough.

Most selectors are a class or the beginning of an id. Looked up one by one they cost more than all else on a page
together, so these are sorted out once; only the others are searched for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.pages.body import take_out
from crawler.pages.selectors import Selector

NAMED = re.compile(r"(?P<tag>\w+)?(?P<kind>[.#])(?P<name>[\w-]+)")
PARTLY = re.compile(r"\[(?P<key>id|class)(?P<how>\^|\*)='?(?P<part>[\w-]+)'?\]")


@dataclass(frozen=True, slots=True)
class Furniture:
    """What to drop: elements of these classes and ids (of any tag: ""), names that begin with or hold something."""

    classes: frozenset[tuple[str, str]]
    ids: frozenset[tuple[str, str]]
    beginnings: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    rest: tuple[Selector, ...]

    def is_part(self, element: HtmlElement) -> bool:
        """Whether the element's own class or id says that it is furniture."""
        classes, name, tag = element.get("class"), element.get("id"), element.tag
        if classes and any(("", one) in self.classes or (tag, one) in self.classes for one in classes.split()):
            return True
        if name and (("", name) in self.ids or (tag, name) in self.ids):
            return True
        told = {"class": classes, "id": name}
        return any((told[key] or "").startswith(part) for key, part in self.beginnings) or any(
            part in (told[key] or "") for key, part in self.parts
        )

    def drop_from(self, block: HtmlElement) -> None:
        """Take the furniture out of a block; text behind it stays."""
        for select in self.rest:
            for element in select(block):
                if element is not block and element.getparent() is not None:
                    take_out(element)
        stack = list(block)
        while stack:
            element = stack.pop()
            if isinstance(element.tag, str) and self.is_part(element):
                take_out(element)
            else:
                stack.extend(element)


def sort_furniture(selectors: Sequence[str], compile_one: Callable[[str], Selector]) -> Furniture:
    """The selectors of a layout by kind; `compile_one` makes those ready that are neither a name nor part of one."""
    names: dict[str, set[tuple[str, str]]] = {".": set(), "#": set()}
    partly: dict[str, list[tuple[str, str]]] = {"^": [], "*": []}
    rest = []
    for selector in selectors:
        if found := NAMED.fullmatch(selector):
            names[found["kind"]].add((found["tag"] or "", found["name"]))
        elif found := PARTLY.fullmatch(selector):
            partly[found["how"]].append((found["key"], found["part"]))
        else:
            rest.append(compile_one(selector))
    return Furniture(frozenset(names["."]), frozenset(names["#"]), tuple(partly["^"]), tuple(partly["*"]), tuple(rest))
