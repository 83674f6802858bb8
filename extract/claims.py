"""Mentions and qualifiers to claims: one row for each figure that says something about JKN coverage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.context import CLAUSE, Context, Placed
from extract.models import Claim, Figure, Metric, Modality, Reason, Region, Unit
from extract.qualifiers.amounts import find_unit_metric, is_contribution
from extract.qualifiers.approximation import find_approximation
from extract.qualifiers.as_of import AsOf, find_as_of, governs, statement_day
from extract.qualifiers.attribution import attribute_sentences
from extract.qualifiers.lists import handed_out, rate_of_each, shared_by
from extract.qualifiers.measure import Measure, Told
from extract.qualifiers.metric import find_measure
from extract.qualifiers.modality import find_modality
from extract.qualifiers.named_regions import NATION, main_region
from extract.qualifiers.passages import Passage, Place, go_on
from extract.qualifiers.place import find_place
from extract.qualifiers.same_fact import states_same_fact, unit_of
from extract.sentences import LineKind
from extract.wordlists import word_list

MEASURED = frozenset({Unit.PERCENT, Unit.PEOPLE})
"""Units of what a word of the text measures; money and numbers of regions are claims beside certain words only."""
PRIOR_OPENERS = word_list("prior_openers")
PRIOR_REACH = 4
WHOLE_AND_PART = frozenset({Metric.POPULATION, Metric.MEMBERS})
FOLLOWING = frozenset({"metric.carried", "metric.default"})
POINTERS = word_list("pointers")
WITH_THRESHOLD = frozenset({Metric.COVERAGE_RATE, Metric.ACTIVE_RATE})


def find_claims(context: Context, nation: Region) -> tuple[Claim, ...]:
    """The claims of an article in text order, with printed values; repair comes after."""
    return tuple(iter_claims(context, nation))


def iter_claims(context: Context, nation: Region) -> Iterator[Claim]:
    speakers = attribute_sentences(context)
    main = main_region(context)
    spoken_on = statement_day(context)
    last: Told | None = None
    last_part: Told | None = None
    numbers: dict[float, Told] = {}
    everybody: dict[Metric, float] = {}
    left_over: set[float] = set()
    passed_over: Placed[Figure] | None = None
    last_money: Placed[Figure] | None = None
    last_budget: Placed[Figure] | None = None
    told_of: dict[tuple[Unit, float], Region] = {}
    passage: Passage | None = None
    dated: tuple[Placed[Figure], AsOf] | None = None
    moods: tuple[Placed[Figure], Modality] | None = None
    for figure in context.figures:
        value = figure.mention.value
        if value is None or context.sentences[figure.sentence].kind is LineKind.FURNITURE:
            continue
        measure = None
        if value.unit in MEASURED:
            if passed_over is not None and states_same_fact(context, passed_over, figure):
                continue  # 72.930 penduduk miskin atau 15,7 persen
            measure = find_measure(context, figure, last, last_part, numbers, left_over, last_budget)
            if measure is not None and (measure.status == "other" or lists_on(passed_over, last, figure, measure)):
                passed_over = figure
                continue
            if measure is None:
                continue
            metric, why = measure.metric(value.unit), measure.reason
        else:
            found = find_unit_metric(context, figure, value.unit, last_money)
            if value.unit is Unit.IDR and (found or is_contribution(context, figure)):
                last_money = figure
            if found is None:
                continue
            last_budget = figure if value.unit is Unit.IDR else last_budget
            metric, why = found
        approx, approx_reason = find_approximation(context, figure)
        modality, modality_reason = find_modality(context, figure, approx, moods)
        attribution = speakers[figure.sentence]
        speaker = attribution.speaker if attribution else None
        own = handed_out(context, figure)
        again = told_of.get((value.unit, value.value)) if is_pointed_at(context, figure) else None
        if own is not None:
            place: Place | None = Place(own, Reason("region", "region.handed_out"))
        elif again is not None:
            place = Place(again, Reason("region", "region.again"))
        else:
            place = find_place(context, figure, passage, main, speaker)
        if is_national_threshold(figure, metric, modality, place):
            place = Place(nation, Reason("region", "region.threshold"))
        as_of = find_as_of(context, figure, metric, modality, dated, spoken_on)
        if modality is Modality.REPORTED and is_future(context, figure, as_of):
            modality, modality_reason = Modality.TARGET, Reason("modality", "modality.future")
        region = place.region if place else None
        reasons = [why, modality_reason]
        reasons += [
            reason
            for reason in (approx_reason, place.reason if place else None, as_of.reason if as_of else None)
            if reason
        ]
        if attribution:
            reasons.append(Reason("speaker", attribution.rule, attribution.cue, context.starts[attribution.token]))
        claim = Claim(
            start=figure.mention.start,
            end=figure.mention.end,
            raw=figure.mention.raw,
            metric=metric,
            modality=modality,
            value=value.value,
            unit=value.unit,
            approx=approx,
            printed_value=value.printed,
            precision=value.precision,
            rule=figure.mention.rule,
            region=region.code if region else None,
            region_name=region.name if region else None,
            as_of=as_of.period if as_of else None,
            as_of_basis=as_of.basis if as_of else None,
            speaker=speaker,
            quoted=context.is_quoted(figure.mention.start),
            segment=measure.segment if measure else None,
            sentence=figure.sentence,
            reasons=tuple(reasons),
        )
        shared = shared_by(context, figure)
        if place is not None and place.reason.rule == "region.several":
            shared = shared or rate_of_each(context, figure)
        yield from (for_region(claim, one) for one in shared) if shared else (claim,)
        moods = figure, modality
        if measure is not None:
            last = Told(figure, measure, last_part)
            if measure.status != "population":
                last_part = last
                if value.unit is Unit.PEOPLE:
                    numbers[value.value] = last
            if metric in WHOLE_AND_PART and modality is Modality.REPORTED:
                everybody[metric] = value.value
                if len(everybody) == len(WHOLE_AND_PART):
                    left_over.add(everybody[Metric.POPULATION] - everybody[Metric.MEMBERS])
        if place is not None and modality is not Modality.REQUIREMENT:
            if region is not None:
                told_of.setdefault((value.unit, value.value), region)
            passage = go_on(context, passage, figure, place, speaker)
        if as_of is not None and governs(as_of) and modality is Modality.REPORTED and metric is not Metric.POPULATION:
            dated = figure, as_of


def lists_on(passed_over: Placed[Figure] | None, last: Told | None, figure: Placed[Figure], measure: Measure) -> bool:
    """Whether a list goes on with figures of something else: `61 persen peserta mandiri, 22 persen karyawan`."""
    return (
        passed_over is not None
        and passed_over.sentence == figure.sentence
        and unit_of(passed_over) is unit_of(figure)
        and (last is None or last.figure.first < passed_over.first)
        and measure.reason.rule in FOLLOWING
    )


def is_future(context: Context, figure: Placed[Figure], as_of: AsOf | None) -> bool:
    """Whether a date in the figure's own clause comes after print: `menjadi 93,94% pada Desember 2024`, in May 2024.

    Not in `resmi UHC terhitung 1 Oktober setelah 83.567 warga masuk`, where the figure came first.
    """
    published = context.article.published_on
    if as_of is None or published is None or as_of.period.start <= published:
        return False
    first, _ = context.sentence_tokens[figure.sentence]
    opened = max(first, figure.first - PRIOR_REACH)
    if not PRIOR_OPENERS.isdisjoint(context.words(opened, figure.first - 1)):
        return False
    return as_of.reason.distance is not None and as_of.reason.distance < CLAUSE


def is_pointed_at(context: Context, figure: Placed[Figure]) -> bool:
    """`dari capaian 99,18 persen itu`: the figure was told before."""
    return not POINTERS.isdisjoint(context.words(figure.last + 1, figure.last + 1))


def for_region(claim: Claim, region: Region) -> Claim:
    """The claim as one of several regions' that share its figure."""
    reasons = (*(reason for reason in claim.reasons if reason.field != "region"), Reason("region", "region.shared"))
    return replace(claim, region=region.code, region_name=region.name, reasons=reasons)


def is_national_threshold(figure: Placed[Figure], metric: Metric, modality: Modality, place: Place | None) -> bool:
    """95 persen for UHC and 98 persen of the RPJMN hold for the whole country."""
    if metric not in WITH_THRESHOLD:
        return False
    if modality is Modality.REQUIREMENT:
        return True
    return (
        modality is Modality.TARGET and place is not None and place.region is not None and place.region.code == NATION
    )
