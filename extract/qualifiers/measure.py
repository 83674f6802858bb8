"""What a figure measures, and the figures that were told before it."""

from __future__ import annotations

from dataclasses import dataclass

from extract.context import Placed
from extract.models import Figure, Metric, Reason, Segment, Unit
from extract.qualifiers.metric_cues import FARTHEST

# Values of cues that come to the same status.
STATUS_OF = {"topic": "covered", "thing": "other", "not_yet": "uncovered"}

RATES = {
    "covered": Metric.COVERAGE_RATE,
    "active": Metric.ACTIVE_RATE,
    "inactive": Metric.INACTIVE_RATE,
    "uncovered": Metric.UNCOVERED_RATE,
    "segment": Metric.SEGMENT_RATE,
    "other": Metric.OTHER_RATE,
}
PEOPLE = {
    "covered": Metric.MEMBERS,
    "active": Metric.ACTIVE_MEMBERS,
    "inactive": Metric.INACTIVE_MEMBERS,
    "uncovered": Metric.UNCOVERED,
    "population": Metric.POPULATION,
    "segment": Metric.SEGMENT_MEMBERS,
    "other": Metric.OTHER_PEOPLE,
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure measures, as a status word of the lexicon, the segment if any, and why."""

    status: str
    segment: Segment | None
    reason: Reason
    cost: float

    def metric(self, unit: Unit) -> Metric:
        return (RATES if unit is Unit.PERCENT else PEOPLE)[self.status]


SOMETHING_ELSE = Measure("other", None, Reason("metric", "metric.other"), 0.0)


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure measured, and what was told before it."""

    figure: Placed[Figure]
    measure: Measure
    before: Told | None = None

    def again(self, rule: str, cost: float = FARTHEST) -> Measure:
        """The same measure for another figure, by `rule`."""
        return Measure(self.measure.status, self.measure.segment, Reason("metric", rule), cost)
