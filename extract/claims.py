"""Mentions and qualifiers to claims: one row for each figure that says something about JKN coverage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.context import CLAUSE, Context, Placed
from extract.models import Claim, Figure, Metric, Modality, Reason, Region, Unit
from extract.qualifiers.approximation import find_approximation
from extract.qualifiers.as_of import AsOf, find_as_of, governs, statement_day
from extract.qualifiers.attribution import attribute_sentences
from extract.qualifiers.lists import handed_out, shared_by
from extract.qualifiers.metric import Told, find_measure
from extract.qualifiers.modality import find_modality
from extract.qualifiers.nearest import crosses_figure, iter_bonds, nearest
from extract.qualifiers.place import NATION, Place, find_place, main_region
from extract.sentences import LineKind

BUDGET_FARTHEST = 16.0
MEASURED = frozenset({Unit.PERCENT, Unit.PEOPLE})
"""Units of what a word of the text measures; money and numbers of regions are claims beside certain words only."""
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
    last_budget: Placed[Figure] | None = None
    placed_at: tuple[Placed[Figure], Place] | None = None
    dated: tuple[Placed[Figure], AsOf] | None = None
    moods: tuple[Placed[Figure], Modality] | None = None
    for figure in context.figures:
        value = figure.mention.value
        if value is None or context.sentences[figure.sentence].kind is LineKind.FURNITURE:
            continue
        measure = None
        if value.unit in MEASURED:
            measure = find_measure(context, figure, last, last_part, numbers, last_budget)
            if measure is None or measure.status == "other":
                continue
            metric, why = measure.metric(value.unit), measure.reason
        else:
            found = find_unit_metric(context, figure, value.unit, last_budget)
            if found is None:
                continue
            metric, why = found
            last_budget = figure if value.unit is Unit.IDR else last_budget
        approx, approx_reason = find_approximation(context, figure)
        modality, modality_reason = find_modality(context, figure, approx, moods)
        own = handed_out(context, figure)
        place = (
            Place(own, Reason("region", "region.handed_out"))
            if own is not None
            else find_place(context, figure, placed_at, main)
        )
        if is_national_threshold(figure, metric, modality, place):
            place = Place(nation, Reason("region", "region.threshold"))
        as_of = find_as_of(context, figure, metric, modality, dated, spoken_on)
        if modality is Modality.REPORTED and is_future(context, as_of):
            modality, modality_reason = Modality.TARGET, Reason("modality", "modality.future")
        attribution = speakers[figure.sentence]
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
            speaker=attribution.speaker if attribution else None,
            quoted=context.is_quoted(figure.mention.start),
            segment=measure.segment if measure else None,
            sentence=figure.sentence,
            reasons=tuple(reasons),
        )
        shared = shared_by(context, figure)
        yield from (for_region(claim, one) for one in shared) if shared else (claim,)
        moods = figure, modality
        if measure is not None:
            last = Told(figure, measure, last_part)
            if measure.status != "population":
                last_part = last
                if value.unit is Unit.PEOPLE:
                    numbers[value.value] = last
        if place is not None and modality is not Modality.REQUIREMENT:
            placed_at = figure, place
        if as_of is not None and governs(as_of) and modality is Modality.REPORTED and metric is not Metric.POPULATION:
            dated = figure, as_of


def is_future(context: Context, as_of: AsOf | None) -> bool:
    """Whether a date in the figure's own clause comes after print: `menjadi 93,94% pada Desember 2024`, in May 2024."""
    published = context.article.published_on
    if as_of is None or published is None or as_of.period.start <= published:
        return False
    return as_of.reason.distance is not None and as_of.reason.distance < CLAUSE


def for_region(claim: Claim, region: Region) -> Claim:
    """The claim as one of several regions' that share its figure."""
    reasons = (*(reason for reason in claim.reasons if reason.field != "region"), Reason("region", "region.shared"))
    return replace(claim, region=region.code, region_name=region.name, reasons=reasons)


def find_unit_metric(
    context: Context, figure: Placed[Figure], unit: Unit, last_budget: Placed[Figure] | None
) -> tuple[Metric, Reason] | None:
    """Money and numbers of regions are claims only beside words that tie them to contributions or to UHC."""
    if unit is Unit.REGIONS:
        # `Dari 19 kabupaten/kota di Sumatera Barat, 15 kabupaten/kota telah UHC`: the whole has reached nothing.
        if context.words(figure.first - 1, figure.first - 1) == ["dari"]:
            return None
        cues = context.cues_near("uhc", figure)
        cue = min(cues, key=lambda cue: context.distance(figure, cue.first, cue.last), default=None)
        distance = context.distance(figure, cue.first, cue.last) if cue else BUDGET_FARTHEST
        if cue is None or distance >= BUDGET_FARTHEST or context.words(cue.first - 1, cue.first - 1) == ["belum"]:
            return None
        return Metric.UHC_REGIONS, Reason("metric", cue.rule.id, cue.text, context.starts[cue.first], round(distance))
    bonds = list(iter_bonds(context, figure, context.cues_near("budget", figure)))
    bond = nearest(bonds)
    # `Tunggakan iuran peserta mandiri mencapai Rp6,2 miliar`: what heads the sentence is no budget.
    if any(
        one.cue.rule.value == "other" and one.left and not crosses_figure(context, figure, one.cue) for one in bonds
    ):
        return None
    if bond is None and last_budget is not None and figure.sentence - last_budget.sentence <= 2:
        # `Jumlah itu naik dari Rp58,1 miliar` goes on about the budget of the sentence before.
        return Metric.BUDGET, Reason("metric", "metric.carried")
    if bond is None or bond.cost > BUDGET_FARTHEST or bond.cue.rule.value == "other":
        return None
    return Metric.BUDGET, bond.reason(context, "metric")


def is_national_threshold(figure: Placed[Figure], metric: Metric, modality: Modality, place: Place | None) -> bool:
    """95 persen for UHC and 98 persen of the RPJMN hold for the whole country."""
    if metric not in WITH_THRESHOLD:
        return False
    if modality is Modality.REQUIREMENT:
        return True
    return (
        modality is Modality.TARGET and place is not None and place.region is not None and place.region.code == NATION
    )
