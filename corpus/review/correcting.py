"""The conversation about what is wrong with a claim: which field, then its right value, until nothing is wrong."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence

import click
from sqlite_utils import Database

from corpus.places import NotOneRegion, find_region
from corpus.review.corrections import VOCABULARIES, check_corrections
from corpus.review.keyboard import Keyboard
from corpus.review.problems import BadCorrection
from corpus.review.queue import Task
from corpus.review.screen import describe, list_choices, load_words
from corpus.review.verdicts import is_region

NOTHING = "-"
DAYS = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def ask_corrections(db: Database, task: Task, keyboard: Keyboard) -> dict[str, object]:
    """The corrections of a claim, each checked as it is given; empty where the reviewer went back."""
    fields: Mapping[str, Mapping[str, str]] = load_words()["fields"]
    given: dict[str, object] = {}
    while True:
        click.echo(list_choices((key, load_words()["labels"][entry["name"]]) for key, entry in fields.items()))
        end = "Enter saves, x drops all" if given else "Enter goes back"
        click.echo(f"which field is wrong? {end}: ", nl=False)
        key = keyboard.key()
        if key == "":
            return given
        if key == "x":
            return {}
        if key in fields:
            given |= ask_field(db, task, fields[key], given, keyboard)


def ask_field(
    db: Database, task: Task, entry: Mapping[str, str], given: Mapping[str, object], keyboard: Keyboard
) -> dict[str, object]:
    """The right value of one field, asked until it can be; empty where the reviewer went back."""
    name = entry["name"]
    known = [word.value for word in VOCABULARIES[name]] if name in VOCABULARIES else []
    if known:
        click.echo(list_choices(enumerate(known, 1)))
    hint = entry.get("ask") or ("its number or name" + (f", {NOTHING} for none" if name == "segment" else ""))
    click.echo(f"  {hint}")
    while True:
        click.echo(f"{load_words()['labels'][name]}: ", nl=False)
        typed = keyboard.line()
        if not typed:
            return {}
        try:
            answer = parse_answer(name, typed, known)
            now = check_corrections(task.claim, {**given, **answer}, lambda code: is_region(db, code))
        except BadCorrection as problem:
            click.echo(f"  {problem}")
            continue
        code = now.get("region", task.claim["region"])
        region = region_name(db, str(code)) if code else None
        click.echo(f"  now {describe({**task.claim, **now}, region)[name]}")
        return answer


def parse_answer(name: str, typed: str, known: Sequence[str]) -> dict[str, object]:
    """What was typed, as corrections. Raises BadCorrection."""
    if known:
        return {name: None if typed == NOTHING else choose(name, typed, known)}
    match name:
        case "as_of":
            return parse_days(typed)
        case "region":
            return {name: None if typed == NOTHING else region_code(typed)}
        case "speaker":
            if typed == NOTHING:
                return {"speaker": None}
            person, _, office = (part.strip() for part in typed.partition(";"))
            return {"speaker": person, **({"speaker_role": office} if office else {})}
        case _:
            return {name: typed}


def choose(name: str, typed: str, known: Sequence[str]) -> str:
    """One of the known words, by its number, its name or the beginning of that. Raises BadCorrection."""
    if typed.isdecimal() and 1 <= int(typed) <= len(known):
        return known[int(typed) - 1]
    found = [word for word in known if word.lower().startswith(typed.lower())]
    exact = [word for word in found if word.lower() == typed.lower()]
    if len(exact or found) != 1:
        raise BadCorrection(name, "several_of_above" if found else "none_of_above", given=repr(typed))
    return (exact or found)[0]


def parse_days(typed: str) -> dict[str, object]:
    """Days as typed: one, a month, a year, or the first and last with a blank between. Raises BadCorrection."""
    if typed == NOTHING:
        return {"as_of_start": None, "as_of_end": None}
    parts = typed.split()
    if len(parts) > 2 or not all(DAYS.fullmatch(part) for part in parts):
        raise BadCorrection("as_of", "no_days", given=repr(typed))
    return {"as_of_start": bounds(parts[0])[0], "as_of_end": bounds(parts[-1])[1]}


def bounds(part: str) -> tuple[str, str]:
    """The first and last day of a year, a month or a day; what is none is found out when it is checked."""
    match = DAYS.fullmatch(part)
    assert match is not None
    year, month, day = match.groups()
    if day is not None:
        return part, part
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    last = calendar.monthrange(int(year), int(month))[1] if 1 <= int(month) <= 12 and int(year) else 31
    return f"{part}-01", f"{part}-{last}"


def region_code(typed: str) -> str:
    """The code of a region, by its code or a name in use. Raises BadCorrection, naming those that may be meant."""
    try:
        return find_region(typed).code
    except NotOneRegion as problem:
        raise BadCorrection("region", "not_one_region", told=problem) from problem


def region_name(db: Database, code: str) -> str | None:
    """What a code stands for."""
    found = db.execute("SELECT name FROM regions WHERE code = ?", [code]).fetchone()
    return str(found[0]) if found else None
