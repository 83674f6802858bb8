"""What a printed figure may have been meant as: each number that known slips could have turned into the printed form.

The slips and their costs are data, in lexicon/figures.toml; here each is a function from the printed form to the forms
it could have come from. A reading combines two slips at most, at the sum of their costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extract.figures.lexicon import load_figure_lexicon
from extract.figures.read import Form, parse_figure, parse_form, precision_of, strict_value, take_off_signs
from extract.figures.scan import COMPOUND
from extract.models import Reading, Unit

SLIPS = load_figure_lexicon().slips
COST = {name: slip.cost for name, slip in SLIPS.items()}

MOST_SLIPS = 2
ENGLISH = ("separators",)  # the marks of English, beside the printed form itself
FORMAT_COST = 0.4  # up to here the form alone settles the reading


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading with the size of its last place."""

    value: float
    precision: float
    slips: tuple[str, ...]
    cost: float

    @property
    def reading(self) -> Reading:
        return Reading(self.value, self.slips, self.cost)


def iter_readings(raw: str, unit: Unit) -> Iterator[Reading]:
    """Every number that `raw` may have been meant as, the cheapest first; the printed reading costs 0."""
    for candidate in candidates(raw, unit):
        yield candidate.reading


@lru_cache(maxsize=1024)
def candidates(raw: str, unit: Unit) -> tuple[Candidate, ...]:
    """The same with precisions; empty where `raw` shows no number."""
    body, outer = take_off_signs(raw, unit)
    form = parse_form(body) if not COMPOUND.match(body) else None
    if form is None:
        figure = parse_figure(raw, unit)  # number words and "2 juta 163 ribu" carry no marks to slip on
        return (Candidate(figure.value, figure.precision, (), 0.0),) if figure else ()
    form = Form(form.groups, form.marks, form.scale, outer + form.slips)
    best: dict[float, Candidate] = {}
    seen = {form}
    level = [form]
    for depth in range(MOST_SLIPS + 1):
        for shape in level:
            candidate = _candidate(shape, unit)
            if candidate and (candidate.value not in best or candidate.cost < best[candidate.value].cost):
                best[candidate.value] = candidate
        if depth < MOST_SLIPS:
            level = list(_undo_one_more(level, unit, seen))
    return tuple(sorted(best.values(), key=lambda found: (found.cost, found.value)))


def _candidate(form: Form, unit: Unit) -> Candidate | None:
    value = strict_value(form)
    if value is None or value < 0:
        return None
    slips = form.slips
    if unit in {Unit.PEOPLE, Unit.REGIONS} and (value != int(value) or value == 0) and slips not in {(), ENGLISH}:
        return None  # no slip leads to half a person; "33.8 jiwa" has one in its print
    cost = round(sum((COST[slip] for slip in slips), 0.0), 2)
    return Candidate(value, precision_of(form, value, unit), slips, cost)


def _undo_one_more(level: list[Form], unit: Unit, seen: set[Form]) -> Iterator[Form]:
    """The forms one slip further back, each once."""
    for form in level:
        for name, undo in UNDO.items():
            for shape in undo(form, unit):
                slipped = Form(shape.groups, shape.marks, shape.scale, (*form.slips, name))
                if slipped not in seen:
                    seen.add(slipped)
                    yield slipped


def _thousands(form: Form) -> bool:
    """Whether the digits stand in groups of three, however marked."""
    return len(form.groups) > 1 and len(form.groups[0]) <= 3 and all(len(group) == 3 for group in form.groups[1:])


def tells_scale_twice(raw: str) -> bool:
    """Whether a scale word follows groups of three: "212.110 ribu", which may be 212 thousand or 212 million."""
    form = parse_form(raw.lstrip())
    return form is not None and form.scale > 1 and _thousands(form)


def _grouped(digits: str, scale: int) -> Form | None:
    """These digits in groups of three from the right."""
    digits = digits.lstrip("0")
    if not digits:
        return None
    head = len(digits) % 3 or 3
    groups = (digits[:head], *(digits[start : start + 3] for start in range(head, len(digits), 3)))
    return Form(groups, (".",) * (len(groups) - 1), scale)


def _separators(form: Form, unit: Unit) -> Iterator[Form]:
    if unit is not Unit.PERCENT and "," in form.marks and _thousands(form):
        yield Form(form.groups, (".",) * len(form.marks), form.scale)
    if form.marks == (".",) and (unit is Unit.PERCENT or form.scale > 1000 or len(form.groups[1]) < 3):
        yield Form(form.groups, (",",), form.scale)


def _groups(form: Form, unit: Unit) -> Iterator[Form]:
    if unit is not Unit.PERCENT and form.marks and not _thousands(form) and len(form.digits) > 3:
        regrouped = _grouped(form.digits, form.scale)
        if regrouped:
            yield regrouped


def _spoken_parts(form: Form, unit: Unit) -> Iterator[Form]:
    """Two neighbouring groups are one: 100 and 026 are 126; 000 and 163 are 163."""
    if unit is Unit.PERCENT or "," in form.marks or any(len(group) > 3 for group in form.groups):
        return
    for position, (first, second) in enumerate(pairwise(form.groups)):
        room = len(first) - len(first.rstrip("0"))
        if 0 < int(second) < 10**room:
            joined = str(int(first) + int(second))
            joined = joined.rjust(3, "0") if position else joined
            groups = (*form.groups[:position], joined, *form.groups[position + 2 :])
            yield Form(groups, form.marks[1:], form.scale)


def _group_extra(form: Form, unit: Unit) -> Iterator[Form]:
    """A group of zeros, or one typed twice: no hand adds three digits of its own."""
    if unit is Unit.PERCENT or not _thousands(form) or len(form.groups) < 3:
        return
    for position in range(1, len(form.groups)):
        if form.groups[position] in {"000", form.groups[position - 1]}:
            yield Form((*form.groups[:position], *form.groups[position + 1 :]), form.marks[1:], form.scale)


def _digit_doubled(form: Form, unit: Unit) -> Iterator[Form]:
    for position, (first, second) in enumerate(pairwise(form.digits)):
        if first == second and first != "0":
            yield from _without_digit(form, unit, position)


def _digit_extra(form: Form, unit: Unit) -> Iterator[Form]:
    if len(form.digits) < 3:
        return
    for position in range(len(form.digits)):
        yield from _without_digit(form, unit, position)


def _without_digit(form: Form, unit: Unit, position: int) -> Iterator[Form]:
    if unit is not Unit.PERCENT:
        if "," not in form.marks or _thousands(form):
            shorter = _grouped(form.digits[:position] + form.digits[position + 1 :], form.scale)
            if shorter:
                yield shorter
        return
    groups = list(form.groups)
    for index, group in enumerate(groups):
        if position < len(group):
            groups[index] = group[:position] + group[position + 1 :]
            break
        position -= len(group)
    if all(groups):
        yield Form(tuple(groups), form.marks, form.scale)


def _scale_doubled(form: Form, unit: Unit) -> Iterator[Form]:
    if unit is not Unit.PERCENT and form.scale > 1 and _thousands(form):
        yield Form(form.groups, (".",) * len(form.marks), 1)


def _scale_lost(form: Form, unit: Unit) -> Iterator[Form]:
    if unit is Unit.PEOPLE and form.scale == 1:
        yield Form(form.groups, form.marks, 1000)
        yield Form(form.groups, form.marks, 1_000_000)


def _scale_swapped(form: Form, unit: Unit) -> Iterator[Form]:
    other = {1000: 1_000_000, 1_000_000: 1000}.get(form.scale)
    if unit is Unit.PEOPLE and other:
        yield Form(form.groups, form.marks, other)


def _comma_lost(form: Form, unit: Unit) -> Iterator[Form]:
    """9829 persen is 98,29."""
    digits = form.digits
    if unit is Unit.PERCENT and not form.marks and len(digits) > 1:
        for cut in (len(digits) - 2, len(digits) - 1):
            if 0 < cut <= 3:
                yield Form((digits[:cut], digits[cut:]), (",",), form.scale)


def _scaled_comma_lost(form: Form, unit: Unit) -> Iterator[Form]:
    """21 juta may be 2,1 juta."""
    digits = form.digits
    if unit is Unit.PEOPLE and not form.marks and form.scale > 1 and len(digits) > 1:
        yield Form((digits[:-1], digits[-1]), (",",), form.scale)


def _comma_doubled(form: Form, unit: Unit) -> Iterator[Form]:
    if unit is Unit.PERCENT and (len(form.groups) > 2 or any(len(mark) > 1 for mark in form.marks)):
        yield Form(form.groups[:2], (",",), form.scale)


def _comma_moved(form: Form, unit: Unit) -> Iterator[Form]:
    if unit is not Unit.PERCENT or len(form.groups) != 2:
        return
    whole, decimals = form.groups
    if len(whole) > 1:
        yield Form((whole[:-1], whole[-1] + decimals), (",",), form.scale)
    if len(decimals) > 1 and len(whole) < 3:
        yield Form((whole + decimals[0], decimals[1:]), (",",), form.scale)


def _zero_in_front(form: Form, unit: Unit) -> Iterator[Form]:
    first = form.groups[0]
    if len(first) > 1 and first.startswith("0"):
        yield Form((first.lstrip("0") or "0", *form.groups[1:]), form.marks, form.scale)


def _digit_lost_in_front(form: Form, unit: Unit) -> Iterator[Form]:
    if unit is Unit.PERCENT and form.groups[0].startswith("0") and len(form.groups[0]) == 2:
        yield Form(("1" + form.groups[0], *form.groups[1:]), form.marks, form.scale)


UNDO: dict[str, Callable[[Form, Unit], Iterator[Form]]] = {
    "separators": _separators,
    "zero_in_front": _zero_in_front,
    "comma_doubled": _comma_doubled,
    "scale_doubled": _scale_doubled,
    "comma_lost": _comma_lost,
    "scaled_comma_lost": _scaled_comma_lost,
    "groups": _groups,
    "scale_lost": _scale_lost,
    "spoken_parts": _spoken_parts,
    "digit_lost_in_front": _digit_lost_in_front,
    "group_extra": _group_extra,
    "digit_doubled": _digit_doubled,
    "scale_swapped": _scale_swapped,
    "comma_moved": _comma_moved,
    "digit_extra": _digit_extra,
}


@lru_cache(maxsize=1024)
def format_candidate(raw: str, unit: Unit) -> Candidate | None:
    """The reading that the form itself points to, as figures.py reads it, with its cost."""
    figure = parse_figure(raw, unit)
    if figure is None:
        return None
    cost = round(sum((COST[slip] for slip in figure.slips), 0.0), 2)
    return Candidate(figure.value, figure.precision, figure.slips, cost)
