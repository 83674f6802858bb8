"""An outlet's table as text: what stands in outlets.toml, to be read or pasted."""

from __future__ import annotations

import json

from crawler.outlets import Judge, Outlet, Way

WIDEST = 120
"""A longer list goes over several lines."""


def write_outlet(outlet: Outlet) -> str:
    """The table of an outlet, as `parse_outlets` reads it, ending in a line feed."""
    lists = {
        "regions": list(outlet.regions),
        **{way.value: [found.url for found in outlet.ways if found.way is way] for way in Way},
    }
    lines = [f"[{quoted(outlet.domain)}]", f"name = {quoted(outlet.name)}"]
    lines += [f"{key} = {quoted_list(key, values)}" for key, values in lists.items() if values]
    if outlet.layout is not None:
        lines.append(f"layout = {quoted(outlet.layout)}")
    if outlet.article is not None:
        pattern = outlet.article.pattern
        lines.append(f"article = {quoted(pattern)}" if "'" in pattern else f"article = '{pattern}'")
    lines.append(f"zone = {quoted(outlet.zone)}")
    if outlet.judge is not Judge.LISTING:
        lines.append(f"judge = {quoted(outlet.judge.value)}")
    lines += [
        f"{key} = {quoted_list(key, list(values))}"
        for key, values in (("search", outlet.search), ("pages", outlet.pages))
        if values
    ]
    lines += [f"state = {quoted(outlet.state.value)}", f"source = {quoted(outlet.source)}"]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A string of TOML; its escapes are JSON's, but for the one control character that JSON lets stand."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def quoted_list(key: str, values: list[str]) -> str:
    """A list of strings, on one line where it fits."""
    line = "[" + ", ".join(map(quoted, values)) + "]"
    if len(f"{key} = {line}") <= WIDEST:
        return line
    return "[\n" + "".join(f"    {quoted(value)},\n" for value in values) + "]"
