"""What a reviewer says a claim should be, checked field by field and put into the form that is stored.

Pure. Besides the field that was named, what hangs on it is filled in: the unit that a metric has, the precision of a
value as it was typed, the basis of a day, nobody's office.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum

from corpus.migrations.judged import CORRECTABLE
from corpus.review.problems import BadCorrection
from extract.figures.read import parse_figure, trailing_thousands
from extract.models import SAID, Approx, AsOfBasis, Metric, Modality, Segment, Unit

Fields = Mapping[str, object]

VOCABULARIES: Mapping[str, type[StrEnum]] = {
    "metric": Metric,
    "modality": Modality,
    "segment": Segment,
    "unit": Unit,
    "approx": Approx,
    "as_of_basis": AsOfBasis,
}
NULLABLE = frozenset({"segment", "region", "as_of_start", "as_of_end", "as_of_basis", "speaker", "speaker_role"})
LONGEST_NAME = 200
# Marks that a person types another way than print does, and that leave no doubt: 98.29, or no word for percent.
DIGITS_FIRST = re.compile(r"\s*+(?:rp\.?)?[\d.,\s]*\d(?P<rest>.*)", re.DOTALL)
BEHIND_DIGITS = frozenset(
    "ribu rb juta jt miliar milyar triliun persen % jiwa orang peserta penduduk warga rupiah".split()  # noqa: SIM905
)
TYPED = frozenset({"separators", "unit_lost"})
# 126 504 would be read as 126.
BROKEN = re.compile(r"\d[.,]?\s+\d")


def unit_of(metric: Metric) -> Unit:
    """The unit that figures of a metric are in."""
    match metric:
        case Metric.UHC_REGIONS:
            return Unit.REGIONS
        case Metric.BUDGET:
            return Unit.IDR
        case _:
            return Unit.PERCENT if metric.value.endswith("_rate") else Unit.PEOPLE


def check_corrections(claim: Fields, given: Fields, is_region: Callable[[str], bool]) -> dict[str, object]:
    """The corrections of a claim as they are stored: what differs from it, and what hangs on that.

    `claim` has every column of CORRECTABLE. A value may be a number or a text as typed ("98,29", "2,1 juta"); null says
    that the text tells nothing. Raises BadCorrection, also where nothing differs.
    """
    new: dict[str, object] = {
        name: parse_field(name, value, is_region) for name, value in given.items() if name not in NUMBERS
    }
    if "metric" in new and "unit" not in new:
        new["unit"] = unit_of(Metric(str(new["metric"]))).value
    now = {**claim, **new}
    unit = Unit(str(now["unit"]))
    if {"metric", "unit"} & set(new) and unit is not unit_of(Metric(str(now["metric"]))):
        raise BadCorrection("unit", "unit_of_metric", unit=unit.value, metric=now["metric"])
    if "value" in given:
        value, precision = parse_value(given["value"], unit)
        new["value"] = value
        if value != claim["value"]:
            new["precision"] = precision
    if "precision" in given:
        new["precision"] = parse_precision(given["precision"])
    complete_days(claim, new)
    if "speaker" in new and new["speaker"] is None:
        if given.get("speaker_role") is not None:
            raise BadCorrection("speaker_role", "office_of_nobody")
        new["speaker_role"] = None
    elif new.get("speaker_role") is not None and now["speaker"] is None:
        raise BadCorrection("speaker_role", "office_of_nobody")
    differing = {name: new[name] for name in CORRECTABLE if name in new and new[name] != claim[name]}
    if not differing:
        raise BadCorrection("corrections", "nothing_differs")
    return differing


NUMBERS = frozenset({"value", "precision"})


def parse_field(name: str, value: object, is_region: Callable[[str], bool]) -> str | None:
    """The value of a field that is not a number. Raises BadCorrection."""
    if name not in CORRECTABLE:
        raise BadCorrection(name, "no_field", known=", ".join(CORRECTABLE))
    if value is None:
        if name not in NULLABLE:
            raise BadCorrection(name, "empty")
        return None
    if not isinstance(value, str):
        raise BadCorrection(name, "no_text", given=repr(value))
    value = value.strip()
    if name in VOCABULARIES:
        known = [word.value for word in VOCABULARIES[name]]
        if value not in known:
            raise BadCorrection(name, "unknown_word", given=repr(value), known=", ".join(known))
    elif name == "region":
        if not is_region(value):
            raise BadCorrection(name, "no_region", given=repr(value))
    elif name in {"as_of_start", "as_of_end"}:
        parse_day(name, value)
    elif not value or len(value) > LONGEST_NAME:
        raise BadCorrection(name, "length", most=LONGEST_NAME)
    return value


def parse_day(name: str, value: str) -> dt.date:
    """A day as 2025-05-06. Raises BadCorrection."""
    try:
        # Python takes 20250506 and 2025-W19-2 for days as well.
        return dt.datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError as problem:
        raise BadCorrection(name, "no_day", given=repr(value)) from problem


def parse_value(value: object, unit: Unit) -> tuple[float, float]:
    """A value with the precision it was given with: 0.01 for 98,29; 1,000 for 126.000. Raises BadCorrection."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise BadCorrection("value", "no_number", given=repr(value))
    if isinstance(value, str):
        figure = parse_figure(value, unit) if is_all_figure(value) else None
        if figure is None or BROKEN.search(value) or not TYPED.issuperset(figure.slips):
            raise BadCorrection("value", f"doubtful_{unit.value}", given=repr(value))
        number, precision = figure.value, figure.precision
    else:
        if not math.isfinite(value) or value < 0:
            raise BadCorrection("value", "impossible_figure", given=value)
        number = value
        exponent = Decimal(str(value)).normalize().as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        precision = 10.0**-decimals if unit is Unit.PERCENT or decimals else trailing_thousands(value)
    if unit in {Unit.PEOPLE, Unit.REGIONS} and number != int(number):
        raise BadCorrection("value", "no_whole_number", given=f"{number:g}", unit=unit.value)
    return number, precision


def is_all_figure(typed: str) -> bool:
    """Whether nothing is left over behind the digits, as in "12x" and "1e400", but a scale and a unit."""
    digits = DIGITS_FIRST.match(typed.casefold())
    return digits is None or all(word in BEHIND_DIGITS for word in digits["rest"].replace("%", " % ").split())


def parse_precision(value: object) -> float:
    """The size of the last place stated, where it is given outright. Raises BadCorrection."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not (math.isfinite(value) and value > 0):
        raise BadCorrection("precision", "no_precision", given=repr(value))
    return value


def complete_days(claim: Fields, new: dict[str, object]) -> None:
    """Put the basis beside corrected days. Raises BadCorrection where one day is missing or the first is the later."""
    if not {"as_of_start", "as_of_end", "as_of_basis"} & set(new):
        return
    start, end = (new.get(name, claim[name]) for name in ("as_of_start", "as_of_end"))
    if (start is None) != (end is None):
        raise BadCorrection("as_of_start", "one_day_only")
    if start is None:
        if new.get("as_of_basis") is not None:
            raise BadCorrection("as_of_basis", "basis_of_nothing")
        new["as_of_basis"] = None
        return
    if str(end) < str(start):
        raise BadCorrection("as_of_end", "days_reversed", start=start, end=end)
    if new.get("as_of_basis", claim["as_of_basis"]) is None or (
        "as_of_basis" not in new and claim["as_of_basis"] not in SAID
    ):
        # A person found the day in the text.
        new["as_of_basis"] = AsOfBasis.EXPLICIT.value
