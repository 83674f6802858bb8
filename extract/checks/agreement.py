"""Two values of one thing: what an article says here and there.

A rounded figure and the exact one it stands for ("sekitar 2,4 juta, persisnya 2.413.628 jiwa") are one statement: their
intervals meet, and nothing is held against either.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence

from extract.checks.messages import word_check
from extract.checks.neighbours import Neighbours
from extract.checks.phrases import figure
from extract.models import SAID, Approx, AsOfBasis, Check, Claim, Metric, Modality, Verdict
from extract.repair.arithmetic import RegionLookup, loose, same_place, stated
from extract.wording import Language, load_sentences

CARRIED = "as_of.carried"  # the rule for a figure that has its date from the sentence before
COMPARED = {
    Metric.COVERAGE_RATE,
    Metric.ACTIVE_RATE,
    Metric.INACTIVE_RATE,
    Metric.UNCOVERED_RATE,
    Metric.MEMBERS,
    Metric.ACTIVE_MEMBERS,
    Metric.INACTIVE_MEMBERS,
    Metric.UNCOVERED,
    Metric.POPULATION,
}
"""Metrics of which a region has one value at a time; of a segment or "other people" a text may count several things."""

WINDOW = 40  # claims of one metric and region that a claim is held against; keeps a text of thousands readable in time
ALIKE = 0.05  # of the larger: figures further apart are of different things, whatever both are called


def check_one_value(near: Neighbours, lookup: RegionLookup, language: Language) -> Iterator[Check]:
    """Two values of one metric for one region and date: 97,39 persen here, 97,89 persen there.

    In one sentence two values are a step or a range ("dari 97,99 menjadi 98,97 persen"), unless two people say them.
    `unknown` where one voice gives both without a date: the text may tell of then and now.
    """
    claims = near.claims
    words = load_sentences(language)["words"]
    names = load_sentences(language)["metrics"]
    told: set[tuple[Metric, str | None, frozenset[float]]] = set()
    changes: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.modality is Modality.CHANGE:
            changes[claim.region].append(claim)
    for one_at, other_at in iter_pairs(claims):
        one, other = claims[one_at], claims[other_at]
        if not _contradict(one, other) or _is_step(changes.get(one.region, []), one, other):
            continue
        pair = (one.metric, one.region, frozenset((one.value, other.value)))
        if pair in told:
            continue
        told.add(pair)
        dated, rivals = {one.as_of_basis, other.as_of_basis} <= SAID, _rivals(one, other)
        speakers = (one.speaker, other.speaker) if rivals else (None, None)
        yield word_check(
            "one_value",
            Verdict.SUSPECT if dated or rivals else Verdict.UNKNOWN,
            (one_at, other_at),
            language,
            "suspect_speakers" if rivals else None,
            expected=figure(one, language),
            got=figure(other, language),
            metric=names[one.metric.value],
            region=one.region_name or one.region or "",
            when=words["same_period"] if dated else "",
            one=figure(one, language),
            other=figure(other, language),
            speaker=speakers[0].name if speakers[0] else "",
            rival=speakers[1].name if speakers[1] else "",
        )


def iter_pairs(claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """Claims of one metric and region, each with the WINDOW before it: what has more values of one thing is a table."""
    before: dict[tuple[Metric, str], deque[int]] = defaultdict(lambda: deque(maxlen=WINDOW))
    for at, claim in enumerate(claims):
        if claim.metric not in COMPARED or claim.region is None:
            continue
        earlier = before[claim.metric, claim.region]
        yield from ((other, at) for other in earlier)
        earlier.append(at)


def _contradict(one: Claim, other: Claim) -> bool:
    """Whether two claims of one metric and region cannot both be right."""
    if one.segment is not other.segment:
        return False
    if not one.modality is other.modality is Modality.REPORTED:
        return False
    if not {one.approx, other.approx} <= {Approx.EXACT, Approx.ABOUT} or loose(one).meets(loose(other)):
        return False
    if abs(one.value - other.value) > ALIKE * max(one.value, other.value):
        return False
    return _same_date(one, other) and (_rivals(one, other) or one.sentence != other.sentence)


def _rivals(one: Claim, other: Claim) -> bool:
    """Whether two people say the two figures."""
    return one.speaker is not None and other.speaker is not None and one.speaker.name != other.speaker.name


def _same_date(one: Claim, other: Claim) -> bool:
    """Whether the text dates both to the same days, or neither.

    Of one voice only figures with dates of their own are compared: "bulan lalu 96,52 persen. Tadi saya cek, 97,10"
    goes on in time without saying so. Two voices speak of the same day: "pada tanggal yang sama baru 96,13 persen".
    """
    undated = [claim.as_of_basis not in SAID for claim in (one, other)]
    if any(undated):
        return all(undated) or (_rivals(one, other) and AsOfBasis.EXPLICIT not in {one.as_of_basis, other.as_of_basis})
    carried = any(reason.rule == CARRIED for claim in (one, other) for reason in claim.reasons)
    return one.as_of == other.as_of and (_rivals(one, other) or not carried)


def _is_step(changes: Sequence[Claim], one: Claim, other: Claim) -> bool:
    """Whether the text tells the difference itself: "naik 0,98 persen" lies between 97,99 and 98,97."""
    low, high = sorted((one, other), key=lambda claim: claim.value)
    step = stated(high).minus(stated(low))
    return any(same_place(change, one) and step.meets(stated(change)) for change in changes)
