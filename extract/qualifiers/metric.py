"""What a figure measures: the nearest word about membership, its activity, its segment, or the population."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from functools import lru_cache

from extract.context import Context, Placed
from extract.cues import Cue
from extract.figures.read import LIKELY_RATE
from extract.models import Figure, Reason, Segment, Unit
from extract.qualifiers.announced import find_announced, find_topic, refers_back, take_up
from extract.qualifiers.lists import distributive_before
from extract.qualifiers.measure import SOMETHING_ELSE, STATUS_OF, Measure, Told
from extract.qualifiers.metric_cues import FARTHEST, find_bond, is_part
from extract.qualifiers.nearest import TOUCHING, Bond, crosses_figure
from extract.qualifiers.rests import (
    find_complement,
    find_relative,
    find_told_roughly,
    is_already,
    is_denied,
    is_of_subset,
    measure_rest,
)
from extract.qualifiers.same_fact import restates, states_same_fact, unit_of
from extract.qualifiers.segments import names_others, payer_before, payer_of, segment_cues
from extract.qualifiers.wholes import find_whole, is_whole_of_members
from extract.qualifiers.without_cue import (
    came_along,
    goes_without_saying,
    has_foreign_subject,
    is_contribution_rate,
    is_denied_rumour,
    is_mere_handful,
    is_share_of_money,
    is_special_group,
    names_programme,
    own_segment,
    says_who,
    value_of,
)
from extract.wordlists import word_list

OF_TARGET = ["dari", "target"]
AMONG_THEM = ("di antaranya", "diantaranya", "dari mereka")
FEWEST_OF_ALL = 100
"""People in the smallest whole: a village has as many."""
PAID_FOR = frozenset({"covered", "topic", "population", "other"})
"""Beside these words people for whom money is set aside are still the segment that is paid for."""
WHOLE_RULES = {"metric.whole", "metric.whole_of_members"}
TOTALS = word_list("totals")
VISITORS = word_list("visitors")
GENERIC_PBI = word_list("generic_pbi")


def find_measure(
    context: Context,
    figure: Placed[Figure],
    last: Told | None,
    last_part: Told | None,
    numbers: Mapping[float, Told],
    left_over: Set[float],
    budget: Placed[Figure] | None = None,
) -> Measure | None:
    """What a percentage or a number of people measures; None where it says nothing about coverage.

    `last` is the figure told before it, `last_part` the last that is no population, `numbers` all parts by their value,
    `left_over` what the members told leave of the populations told, `budget` the last sum that is set aside for
    contributions.
    """
    unit = unit_of(figure)
    if unit is None:
        return None
    raw = figure.mention.raw.lower()
    if unit is Unit.PERCENT and value_of(figure) > 100 and context.words(figure.last + 1, figure.last + 2) == OF_TARGET:
        return None  # realisasi 265 persen dari target
    if unit is Unit.PEOPLE and not VISITORS.isdisjoint(raw.split()):
        return None
    if came_along(context, figure) or is_contribution_rate(context, figure) or is_denied_rumour(context, figure):
        return SOMETHING_ELSE
    if unit is Unit.PEOPLE:
        if "jumlah penduduk" in raw or "total penduduk" in raw:
            return Measure("population", None, Reason("metric", "metric.unit", figure.mention.raw), 0.0)
        whole = find_whole(context, figure)
        if whole is not None:
            return measure_whole(context, figure, whole, numbers)
    bond = find_bond(context, figure, unit) or find_topic(context, figure, unit)
    if unit is Unit.PEOPLE and budget is not None:
        segment = payer_of(context, budget, figure)
        if segment is not None and (bond is None or bond.cue.rule.value in PAID_FOR or bond.cue.last < budget.first):
            return Measure("segment", segment, Reason("metric", "segment.paid_for", budget.mention.raw), 0.0)
    if last is not None and (bond is None or bond.cost > TOUCHING or bond.left):
        own = bond is not None and not bond.left
        if states_same_fact(context, last.figure, figure) or (not own and restates(context, last.figure, figure)):
            return share(last, figure)
        part = last.before
        if part is not None and last.measure.reason.rule in WHOLE_RULES and restates(context, part.figure, figure):
            return share(part, figure)
    if is_special_group(context, figure):
        named = own_segment(context, figure) if unit is Unit.PEOPLE and (bond is None or bond.left) else None
        if named is not None:
            return from_bond(context, named)
        if bond is None or not says_who(bond, unit):
            return SOMETHING_ELSE
    if (bond is None or not bond.left) and is_share_of_money(context, figure):
        return SOMETHING_ELSE
    if is_share_of_some(context, figure, bond, last) or is_mere_handful(figure, bond):
        return SOMETHING_ELSE
    if (bond is None or bond.cue.rule.value == "topic") and has_foreign_subject(context, figure):
        return SOMETHING_ELSE
    if bond is not None and bond.cue.rule.value not in {"other", "segment"} and is_of_subset(context, figure):
        return SOMETHING_ELSE
    if bond is not None and bond.cue.rule.value in {"rest", "others"}:
        rest = measure_rest(context, figure, bond, last_part)
        return from_bond(context, rest) if isinstance(rest, Bond) else rest
    taken_up = take_up(context, figure, last) if bond is None else None
    if taken_up is not None:
        return taken_up
    if bond is None and last_part is not None and refers_back(context, figure) and not is_population(last_part):
        return last_part.again("metric.that_number", 0.0)
    if bond is None or (bond.left and crosses_figure(context, figure, bond.cue)):
        gone_on = (
            find_same_number(figure, numbers)
            or find_complement(figure, last_part, left_over)
            or carry(context, last, last_part, figure)
        )
        if gone_on is not None:
            return gone_on
    if bond is not None and is_denied(context, figure, bond):
        return Measure("uncovered", None, bond.reason(context, "metric"), bond.cost)
    if bond is not None:
        inactive = bond.cue.text.lower() == "tidak" and last_part is not None and last_part.measure.status == "active"
        return replace(from_bond(context, bond), status="inactive") if inactive else from_bond(context, bond)
    announced = find_announced(context, figure) if unit is Unit.PERCENT else None
    if announced is not None:
        return announced
    if unit is Unit.PEOPLE and "penduduk" in raw and "penduduknya" not in raw:
        return Measure("population", None, Reason("metric", "metric.unit", figure.mention.raw), FARTHEST)
    of_members = (
        unit is Unit.PERCENT
        or "peserta" in raw
        or is_part(context, figure)
        or is_gap(context, figure)
        or is_already(context, figure)
        or (
            "jiwa" in raw
            and last_part is not None
            and is_coverage(last_part)
            and follows_closely(context, last_part.figure, figure)
        )
    )
    if unit is Unit.PERCENT and value_of(figure) > LIKELY_RATE and "," not in raw:
        return None  # melonjak 300 persen; 991,0 persen is a coverage with its comma moved
    if of_members and names_programme(context) and goes_without_saying(context, figure):
        # In an article on JKN a percentage without any other word is the coverage: `Target kita 95 persen.`
        return Measure("covered", None, Reason("metric", "metric.default"), FARTHEST)
    return None


def is_share_of_some(context: Context, figure: Placed[Figure], bond: Bond | None, last: Told | None) -> bool:
    """`17.000 peserta dinonaktifkan, 3 persen di antaranya penderita kanker`: a share of those, whatever they are.

    Behind a population it is one of all: `Penduduk 2,6 juta jiwa dan 95 persen di antaranya diharapkan ikut`.
    """
    if unit_of(figure) is not Unit.PERCENT or (bond is not None and not bond.left):
        return False
    if last is not None and is_population(last):
        return False
    return " ".join(context.words(figure.last + 1, figure.last + 2)).startswith(AMONG_THEM)


def is_coverage(told: Told) -> bool:
    """Behind a coverage rate, `Jumlah orangnya 226.269 jiwa` are the members."""
    return told.measure.status == "covered" and unit_of(told.figure) is Unit.PERCENT


def is_population(told: Told) -> bool:
    return told.measure.status == "population"


def is_gap(context: Context, figure: Placed[Figure]) -> bool:
    """`masih kurang 2.105 jiwa lagi`: people who are wanted as members."""
    return any(
        cue.rule.value == "change" and cue.last < figure.first and context.distance(figure, cue.first, cue.last) <= 2
        for cue in context.cues_near("modality", figure)
    )


def measure_whole(context: Context, figure: Placed[Figure], cue: Cue, numbers: Mapping[float, Told]) -> Measure:
    """A whole is the population, or the members where activity or segments are shares of it.

    Not that of a saying (`satu dari lima peserta`), nor people of one kind (`23 dari 35 anggota dewan`); and one that
    has its own predicate (`dari 93 ribu jiwa yang belum terdaftar`) or was told before is what that says.
    """
    if value_of(figure) < FEWEST_OF_ALL or is_special_group(context, figure):
        return SOMETHING_ELSE
    said = find_relative(context, figure)
    if said is not None:
        return from_bond(context, said)
    start = context.starts[cue.first]
    if is_whole_of_members(context, figure, cue):
        segment = segment_of_whole(context, cue.last + 1, figure)
        if segment is not None:
            return Measure("segment", segment, Reason("metric", "metric.whole_of_members", cue.text, start), 0.0)
        return Measure("covered", None, Reason("metric", "metric.whole_of_members", cue.text, start), 0.0)
    told = find_told_roughly(figure, numbers) if "peserta" in figure.mention.raw.lower() else None
    if told is not None:
        return told.again("metric.same_number", 0.0)
    return Measure("population", None, Reason("metric", "metric.whole", cue.text, start, figure.first - cue.last), 0.0)


def segment_of_whole(context: Context, first: int, figure: Placed[Figure]) -> Segment | None:
    """`dari peserta mandiri sebanyak 1.215 orang`, `dari 1.215 peserta mandiri`: whose whole it is."""
    cues = segment_cues(context).starting(first, figure.last + 1)
    return segment_of(context, cues[-1]) if cues and not crosses_figure(context, figure, cues[-1]) else None


def find_same_number(figure: Placed[Figure], numbers: Mapping[float, Told]) -> Measure | None:
    """`mengakui angka 247.657 warga itu`: a number that was told before measures what it measured then."""
    told = numbers.get(value_of(figure)) if unit_of(figure) is Unit.PEOPLE else None
    return told.again("metric.same_number") if told is not None else None


def carry(context: Context, last: Told | None, last_part: Told | None, figure: Placed[Figure]) -> Measure | None:
    """A list goes on with what its figures measured; behind a population come those of it who are covered."""
    unit = unit_of(figure)
    carried = None
    last_part = in_unit(context, last_part, figure)
    if last_part is not None and follows_closely(context, last_part.figure, figure):
        carried = (main_of(context, last_part, figure) or last_part).again("metric.carried")
        if carried.status == "segment" and (sums_up(context, figure) or names_others(context, figure)):
            return Measure("covered", None, Reason("metric", "metric.total"), FARTHEST)
        if last_part.figure.sentence == figure.sentence:
            payer = payer_before(context, figure) if carried.status == "segment" else None
            return from_bond(context, Bond(payer, 0.0, True)) if payer is not None else carried
        if (
            is_part(context, figure)
            or changes_subject(context, last_part, figure)
            or not goes_without_saying(context, figure)
        ):
            carried = None
    if last is not None and last.measure.status == "population" and last.figure.sentence == figure.sentence:
        if unit is not Unit.PEOPLE:
            return None
        if distributive_before(context, figure) is not None:
            return Measure("population", None, Reason("metric", "metric.carried"), FARTHEST)
        return Measure("covered", None, Reason("metric", "metric.part_of_whole"), FARTHEST)
    if (
        carried is not None
        and unit is Unit.PERCENT
        and carried.status == "active"
        and activity_follows(context, figure)
    ):
        return None
    return carried


def main_of(context: Context, told: Told, figure: Placed[Figure]) -> Told | None:
    """The coverage that a sentence told before the activity beside it: a new paragraph goes on about that.

    `Cakupan provinsi 97,3 persen dengan keaktifan 81,6 persen.` and below `Kapuas 91,4 persen, Seruyan 93 persen`.
    """
    before = told.before
    if (
        before is None
        or told.measure.status != "active"
        or before.measure.status != "covered"
        or unit_of(before.figure) is not unit_of(told.figure)
        or before.figure.sentence != told.figure.sentence
        or context.sentences[told.figure.sentence].paragraph == context.sentences[figure.sentence].paragraph
    ):
        return None
    return before


def in_unit(context: Context, told: Told | None, figure: Placed[Figure]) -> Told | None:
    """What was told last, if in the figure's unit; `201.000 jiwa (54 persen). Di Palu 20.000 jiwa` told it in both."""
    unit = unit_of(figure)
    if told is None or unit_of(told.figure) is unit:
        return told
    before = told.before
    if before is None or unit_of(before.figure) is not unit or told.measure.reason.rule != "metric.same_fact":
        return None
    same_paragraph = context.sentences[before.figure.sentence].paragraph == context.sentences[figure.sentence].paragraph
    return before if same_paragraph and context.near(context.regions, figure) else None


def sums_up(context: Context, figure: Placed[Figure]) -> bool:
    """`mandiri 93.653, pekerja 115.786, dengan jumlah 283.128`: the members of all segments."""
    return any(word in TOTALS for word in context.words(figure.first - 2, figure.first - 1))


def changes_subject(context: Context, told: Told, figure: Placed[Figure]) -> bool:
    """Whether a figure of another sentence starts afresh: a goal is not for those without cover or activity.

    In a new paragraph neither a goal nor a share without any word of its own goes on about activity or one segment:
    `Iuran ASN ... Ada delapan kabupaten di bawah rata-rata, di antaranya Ciamis 81,14 persen`.
    """
    if unit_of(figure) is not Unit.PERCENT:
        return False
    new_paragraph = context.sentences[told.figure.sentence].paragraph != context.sentences[figure.sentence].paragraph
    status = told.measure.status
    if value_of(figure) > 100:
        return status != "covered"  # only members, counted where they enrolled, outnumber the inhabitants
    if is_goal(context, figure):
        return status in {"uncovered", "inactive"} or (new_paragraph and status != "covered")
    return new_paragraph and status == "segment"


def is_goal(context: Context, figure: Placed[Figure]) -> bool:
    return any(
        cue.rule.value in {"target", "requirement"}
        and cue.last < figure.first
        and not crosses_figure(context, figure, cue)
        for cue in context.cues_near("modality", figure)
    )


def activity_follows(context: Context, figure: Placed[Figure]) -> bool:
    """`Natuna masuk Utama dengan 100,26 persen dan keaktifan 95,47 persen`: what is named next is something else."""
    following = context.figure_behind_in_sentence(figure)
    return following is not None and any(
        cue.rule.value == "active" and cue.last < following.first
        for cue in context.cues_between("metric", figure.last, following.first)
    )


def from_bond(context: Context, bond: Bond) -> Measure:
    reason = bond.reason(context, "metric")
    if bond.cue.rule.category == "segment":
        return Measure("segment", segment_of(context, bond.cue), reason, bond.cost)
    return Measure(STATUS_OF.get(bond.cue.rule.value, bond.cue.rule.value), None, reason, bond.cost)


def segment_of(context: Context, cue: Cue) -> Segment:
    """The segment of a cue; PBI alone is the one that the article spoke of before.

    `PBI dari APBD Kota Tangerang ... Jumlah penerima PBI`.
    """
    spoken_of = pbi_before(context).get(cue.first) if cue.text.lower() in GENERIC_PBI else None
    return spoken_of or Segment(cue.rule.value)


@lru_cache(maxsize=1)
def pbi_before(context: Context) -> Mapping[int, Segment]:
    """By the first token of each cue of a segment, the PBI that the article spoke of before it."""
    spoken_of: dict[int, Segment] = {}
    last: Segment | None = None
    for cue in segment_cues(context):
        if last is not None:
            spoken_of[cue.first] = last
        text = cue.text.lower()
        if ("pbi" in text or "bantuan iuran" in text) and text not in GENERIC_PBI:
            last = Segment(cue.rule.value)
    return spoken_of


def share(last: Told, figure: Placed[Figure]) -> Measure:
    """What the second of two figures of one fact measures."""
    measure = last.measure
    status = "covered" if unit_of(figure) is Unit.PERCENT and measure.status == "population" else measure.status
    return Measure(status, measure.segment, Reason("metric", "metric.same_fact"), measure.cost)


def follows_closely(context: Context, previous: Placed[Figure], figure: Placed[Figure]) -> bool:
    return context.sentences[figure.sentence].paragraph - context.sentences[previous.sentence].paragraph <= 1
