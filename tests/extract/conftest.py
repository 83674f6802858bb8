"""What the tests of claims share: reading them from a text, and building them by hand."""

import datetime as dt

import pytest

from extract.checks.between import check_claims
from extract.figures.read import parse_figure
from extract.models import SAID, Approx, Article, Claim, Metric, Modality, Unit
from extract.pipeline import extract
from extract.regions.gazetteer import load_gazetteer


@pytest.fixture
def claims_of():
    """A function from a text to its claims; `published` is an ISO date."""

    def read(text, published=None, title=None):
        day = dt.date.fromisoformat(published) if published else None
        return extract(Article(id="test", text=text, title=title, published=day)).claims

    return read


@pytest.fixture
def candidates_of(claims_of):
    """A function from a text to what the repair made of each of its figures.

    That is "printed" for one that stands, else the value put in its place; of one left in doubt the set of candidates.
    """

    def outcome(claim):
        if claim.suspect:
            return set(claim.repair.alternatives)
        return "printed" if claim.repair is None else claim.value

    return lambda text, published="2024-06-10": [outcome(claim) for claim in claims_of(text, published)]


@pytest.fixture
def outcomes_of(candidates_of):
    """The same, where of a figure in doubt only a lone candidate is told, in a list; else that it is "in doubt"."""

    def lone(outcome):
        if not isinstance(outcome, set):
            return outcome
        return list(outcome) if len(outcome) == 1 else "in doubt"

    return lambda *given: [lone(outcome) for outcome in candidates_of(*given)]


@pytest.fixture
def days_of():
    """A function from a claim to the days that the text itself gives, as "2022-04-22" or "2022-04-01..2022-04-30"."""

    def days(claim):
        if claim.as_of is None or claim.as_of_basis not in SAID:
            return None
        start, end = claim.as_of.start.isoformat(), claim.as_of.end.isoformat()
        return start if start == end else f"{start}..{end}"

    return days


UNITS = {Metric.UHC_REGIONS: Unit.REGIONS, Metric.BUDGET: Unit.IDR}


@pytest.fixture
def make_claim():
    """A function from a printed figure, its metric and the code of its region to a reported claim.

    Further keywords are fields of the claim that differ: `sentence=2`, `modality=Modality.CHANGE`.
    """

    def make(raw, metric, region=None, *, sentence=0, start=None, **fields):
        unit = Unit.PERCENT if metric.endswith("_rate") else UNITS.get(metric, Unit.PEOPLE)
        figure = parse_figure(raw, unit)
        at = 100 * sentence if start is None else start
        usual = {
            "modality": Modality.REPORTED,
            "value": figure.value,
            "approx": Approx.EXACT,
            "printed_value": figure.printed,
            "precision": figure.precision,
            "rule": "test",
            "region_name": load_gazetteer().get(region).name if region else None,
        }
        return Claim(
            start=at,
            end=at + len(raw),
            raw=raw,
            metric=metric,
            unit=unit,
            region=region,
            sentence=sentence,
            **usual | fields,
        )

    return make


@pytest.fixture
def make_claims(make_claim):
    """A function from a region's code and its figures to their claims, in order.

    A figure is (printed, metric), (printed, metric, sentence) or (printed, metric, fields that differ).
    """

    def make(region, *figures):
        claims = []
        for position, (raw, metric, *more) in enumerate(figures):
            fields = {"sentence": more[0]} if more and isinstance(more[0], int) else dict(*more)
            claims.append(make_claim(raw, metric, fields.pop("region", region), start=20 * position + 1, **fields))
        return claims

    return make


@pytest.fixture
def find_checks():
    """A function from claims, or a text in which they stand, to the checks of one name (of any, without it)."""

    def find(source, name=None, language="en"):
        if isinstance(source, str):
            checks = extract(Article(id="test", text=source, published=dt.date(2025, 6, 10)), language).checks
        else:
            checks = check_claims(source, load_gazetteer().get, language)
        return [check for check in checks if name in {None, check.name}]

    return find
