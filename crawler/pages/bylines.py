"""Reporters and editors, told apart, and the foot of an article where both are glued to its last sentence.

ANTARA's portals end a body in "... kata dia.Pewarta: XEditor: Y Copyright (c) ANTARA 2026".
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import RegistryError

WORDS = Path(__file__).with_name("bylines.toml")
KEYS = ("reporter", "editor", "stop", "not_people", "before", "role")
LONGEST_NAME = 60
LONGEST_BYLINE = 500
# How many lines from the end a foot may begin, and how many from the start a byline may stand.
EDGE = 6
BEHIND_NAME = re.compile(r" (?:pada\b.*|[-–—]\s.*|\(.*|@.*)$", re.DOTALL)
WEEKDAY_BEHIND = re.compile(r"(?<=\w)\s+(?:Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu|Minggu|Ahad)$")


@dataclass(frozen=True, slots=True)
class People:
    """Names as printed, in order, none twice."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """bylines.toml, ready for use."""

    reporter: frozenset[str]
    label: re.Pattern[str]
    stop: re.Pattern[str]
    not_people: frozenset[str]
    before: re.Pattern[str]
    role: re.Pattern[str]


@functools.cache
def load_words(path: Path = WORDS) -> Words:
    """The word lists; raises RegistryError naming the file and the list at fault."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(path.name, "(the whole file)", str(error)) from error
    for key in KEYS:
        if not isinstance(data.get(key), list) or not all(isinstance(word, str) and word for word in data[key]):
            raise RegistryError(path.name, key, "must be a list of words")
    if both := set(data["reporter"]) & set(data["editor"]):
        raise RegistryError(path.name, "editor", f"{min(both)!r} is a reporter's label too")

    def any_of(words: list[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    return Words(
        reporter=frozenset(data["reporter"]),
        # The label may be glued to the sentence or name before it ("katanya.Pewarta", "AndikaEditor").
        label=re.compile(
            rf"(?:\b|(?<=[a-z.\"”’)]))(?P<label>{any_of(data['reporter'] + data['editor'])})"
            r"(?:\s{0,3}:\s*|\s[-–]\s)"
        ),
        stop=re.compile(rf"(?:\b|(?<=[a-z]))(?:{any_of(data['stop'])})", re.MULTILINE),
        not_people=frozenset(word.casefold() for word in data["not_people"]),
        before=re.compile(rf"(?:(?:{any_of(data['before'])})\b[\s:–-]*)+", re.IGNORECASE),
        role=re.compile(rf"(?:{any_of(data['role'])})\b", re.IGNORECASE),
    )


def parse_people(text: str) -> People:
    """The people of a labelled line: "Pewarta: X dan Y | Editor: Z", "Rep: C31/ Red: Israr Itah"."""
    words = load_words()
    authors: list[str] = []
    editors: list[str] = []
    labels = list(words.label.finditer(text))
    ends = [following.start() for following in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True) if labels else ():
        part = text[label.end() : end]
        if stop := words.stop.search(part):
            part = part[: stop.start()]
        names = split_names(part.partition("\n")[0] or part.strip().partition("\n")[0])
        (authors if label["label"] in words.reporter else editors).extend(names)
    return People(unique(authors), unique(editors))


def split_names(text: str) -> list[str]:
    """Names out of a list of them: "Budisantoso Budiman dan Agus S", "Ani, Budi & Citra", "Oleh Johan Fatzry"."""
    words = load_words()
    names = []
    text = re.sub(r"https?://\S+", " ", text.replace("\xa0", " ")[:LONGEST_BYLINE])
    for index, part in enumerate(re.split(r"[,;|/&\n]|\bdan\b|\band\b", text)):
        part = part.strip()
        # "Rina, Kontributor Palu"
        if index and words.role.match(part):
            continue
        name = words.before.sub("", part, count=1) if words.before.match(part) else part
        # "Oleh Johan Fatzry pada 26 Apr 2021, 07:00 WIB", "Ron (mg1)"
        name = BEHIND_NAME.sub("", " ".join(name.split())).strip(" .:-–—*").rstrip(")]")
        # "Editor: Edi Nugroho Minggu, 5 Januari 2025"
        name = WEEKDAY_BEHIND.sub("", name)
        if 1 < len(name) <= LONGEST_NAME and name.casefold() not in words.not_people and is_name(name):
            names.append(name)
    return names


def is_name(text: str) -> bool:
    """Whether it could be a person's name: it starts with a letter and is no domain, hour or sentence."""
    return text[0].isalpha() and not re.search(r"\d{1,2}[:.]\d{2}|\.(?:com|id)\b", text) and len(text.split()) <= 6


def split_foot(lines: list[str]) -> tuple[list[str], People]:
    """The body without the people and copyright lines at its end, and at its start, and the people they named.

    ["... kata dia.Pewarta: XEditor: Y Copyright (c) ANTARA 2026"] -> ["... kata dia."], X, Y.
    """
    words = load_words()
    people = People()
    for index in range(max(1, len(lines) - EDGE), len(lines)):
        label = words.label.search(lines[index])
        if label and is_foot(lines[index], label) and all(len(line) <= 2 * LONGEST_NAME for line in lines[index + 1 :]):
            people = parse_people("\n".join(lines[index:]))
            rest = lines[index][: label.start()].strip()
            lines = [*lines[:index], *([rest] if rest else [])]
            break
    for index, line in enumerate(lines[:2]):
        label = words.label.match(line)
        if label and len(line) <= 2 * LONGEST_NAME:
            people = merge(parse_people(line), people)
            lines = [*lines[:index], *lines[index + 1 :]]
            break
    while (
        lines
        and (stop := words.stop.match(lines[-1]))
        and stop[0].casefold() in ("copyright", "©", "all rights reserved")
    ):
        lines = lines[:-1]
    return lines, people


def is_foot(line: str, label: re.Match[str]) -> bool:
    """Whether a label near the end begins the foot: alone on its line, or glued to the end of a sentence."""
    before = line[: label.start()].rstrip()
    return not before or before[-1] in '.!?"”’)*'


def merge(first: People, second: People) -> People:
    """All people of both, the first ones first."""
    return People(unique([*first.authors, *second.authors]), unique([*first.editors, *second.editors]))


def unique(names: list[str]) -> tuple[str, ...]:
    """Names in order, none twice in whatever case."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(name.casefold(), name)
    return tuple(seen.values())
