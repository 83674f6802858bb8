"""What a figure measures: the nearest word about membership, its activity, its segment, or the population."""

from __future__ import annotations

from dataclasses import dataclass

from extract.context import Context, Placed
from extract.cues import Cue
from extract.models import Figure, Metric, Reason, Segment, Unit
from extract.qualifiers.lists import distributive_before
from extract.qualifiers.nearest import TOUCHING, Bond, crosses_figure, iter_bonds, nearest
from extract.qualifiers.wholes import find_whole, is_whole_of_members, names_denominator
from extract.sentences import LineKind
from extract.wordlists import word_list

FARTHEST = 24.0
SEGMENT_FARTHEST = 18.0
OTHER_FARTHEST = 10.0
OTHER_BEHIND = 4.0
REST_FARTHEST = 5.0
PREDICATE_SLACK = 9.0
ACROSS = 2.0
"""`mendaftarkan 622 ribu penduduknya lewat APBD`: what stands so near on the other side is said of the figure too."""

# How much weaker a cue binds than one that names a status outright.
OFFSETS = {"covered": 0.5, "topic": 5.0, "classifier": 6.0, "rest": -5.0}
HEAD_OFFSET = -8.0
SEGMENT_OFFSET = -2.0
"""A segment is more specific than membership: `mendaftarkan 622 ribu penduduknya lewat APBD`."""

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

SAME_FACT = word_list("same_fact")
RANGE_JOINERS = word_list("range_joiners")
PAYER_LINKS = word_list("payer_links")
THAT_NUMBER = word_list("that_number")
GENERIC_PBI = word_list("generic_pbi")
ASIDES = word_list("asides")
STATUSES = frozenset({"active", "inactive", "uncovered"})


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure measures, as a status word of the lexicon, the segment if any, and why."""

    status: str
    segment: Segment | None
    reason: Reason
    cost: float

    def metric(self, unit: Unit) -> Metric:
        return (RATES if unit is Unit.PERCENT else PEOPLE)[self.status]


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure measured, and what was told before it."""

    figure: Placed[Figure]
    measure: Measure
    before: Told | None = None


def find_measure(context: Context, figure: Placed[Figure], last: Told | None, last_part: Told | None) -> Measure | None:
    """What a percentage or a number of people measures; None where it says nothing about coverage."""
    unit = unit_of(figure)
    raw = figure.mention.raw.lower()
    if unit is Unit.PEOPLE:
        if "jumlah penduduk" in raw or "total penduduk" in raw:
            return Measure("population", None, Reason("metric", "metric.unit", figure.mention.raw), 0.0)
        whole = find_whole(context, figure)
        if whole is not None:
            return measure_whole(context, figure, whole)
    bond = find_bond(context, figure, unit) or find_topic(context, figure, unit)
    if last is not None and (bond is None or bond.cost > TOUCHING or bond.left):
        shared = share(context, last, figure)
        if shared is not None:
            return shared
    if bond is not None and bond.cue.rule.value in {"rest", "others"}:
        return the_rest(last_part, bond.reason(context, "metric"))
    if bond is None and last_part is not None and refers_back(context, figure) and not is_population(last_part):
        return Measure(last_part.measure.status, last_part.measure.segment, Reason("metric", "metric.that_number"), 0.0)
    if bond is None or (bond.left and crosses_figure(context, figure, bond.cue)):
        gone_on = find_same_number(context, figure, last_part) or carry(context, last, last_part, figure)
        if gone_on is not None:
            return gone_on
    if bond is not None:
        return from_bond(context, bond)
    if unit is Unit.PEOPLE and "penduduk" in raw and "penduduknya" not in raw:
        return Measure("population", None, Reason("metric", "metric.unit", figure.mention.raw), FARTHEST)
    of_programme = names_programme(context) and (
        "peserta" in raw
        or is_part(context, figure)
        or is_gap(context, figure)
        or ("jiwa" in raw and last_part is not None and is_coverage(last_part) and is_next(context, last_part, figure))
    )
    if unit is Unit.PERCENT or of_programme:
        # In an article on JKN a percentage without any other word is the coverage: `Target kita 95 persen.`
        return Measure("covered", None, Reason("metric", "metric.default"), FARTHEST)
    return None


def names_programme(context: Context) -> bool:
    """Whether the text or its headline names JKN in any way: a tournament has its peserta too."""
    return context.headline.names_programme or any(cue.rule.category == "programme" for cue in context.cues)


def is_next(context: Context, told: Told, figure: Placed[Figure]) -> bool:
    return follows_closely(context, told.figure, figure)


def is_coverage(told: Told) -> bool:
    """Behind a coverage rate, `Jumlah orangnya 226.269 jiwa` are the members."""
    return told.measure.status == "covered" and unit_of(told.figure) is Unit.PERCENT


def is_population(told: Told) -> bool:
    return told.measure.status == "population"


def refers_back(context: Context, figure: Placed[Figure]) -> bool:
    """`Jumlah itu setara 1,9 persen`: the sentence goes on about the number before it."""
    first, _ = context.sentence_tokens[figure.sentence]
    return context.doc[first : first + 2].text.lower() in THAT_NUMBER


def is_gap(context: Context, figure: Placed[Figure]) -> bool:
    """`masih kurang 2.105 jiwa lagi`: people who are wanted as members."""
    return any(
        cue.rule.value == "change" and cue.last < figure.first and context.distance(figure, cue.first, cue.last) <= 2
        for cue in context.cues_in("modality", figure.sentence)
    )


def measure_whole(context: Context, figure: Placed[Figure], cue: Cue) -> Measure:
    """A whole is the population, or the members where activity or segments are shares of it."""
    start = context.doc[cue.first].idx
    if is_whole_of_members(context, figure, cue):
        return Measure("covered", None, Reason("metric", "metric.whole_of_members", cue.text, start), 0.0)
    return Measure("population", None, Reason("metric", "metric.whole", cue.text, start, figure.first - cue.last), 0.0)


def find_same_number(context: Context, figure: Placed[Figure], last_part: Told | None) -> Measure | None:
    """`mengakui angka 247.657 warga itu`: a number that was told before measures what it measured then."""
    told = last_part
    while told is not None:
        if unit_of(told.figure) is unit_of(figure) is Unit.PEOPLE and value_of(told.figure) == value_of(figure):
            return Measure(told.measure.status, told.measure.segment, Reason("metric", "metric.same_number"), FARTHEST)
        told = told.before
    return None


def value_of(figure: Placed[Figure]) -> float:
    assert figure.mention.value is not None
    return figure.mention.value.value


def is_part(context: Context, figure: Placed[Figure]) -> bool:
    """`501.160 jiwa dari 504.845 jiwa penduduk`, `441.034 warga atau 99,11 persen`: a share of the population."""
    following = next((other for other in context.figures if other.first > figure.last), None)
    if following is None or following.sentence != figure.sentence:
        return False
    return states_same_fact(context, figure, following) or (
        unit_of(following) is Unit.PEOPLE and find_whole(context, following) is not None
    )


def find_bond(context: Context, figure: Placed[Figure], unit: Unit) -> Bond | None:
    """The nearest word for what is measured; for a part also behind its whole or its second form."""
    following = next((other for other in context.figures if other.first > figure.last), None)
    reach = 1 if following is not None and is_part(context, figure) else 0
    bonds = [
        bond
        for bond in iter_bonds(context, figure, metric_cues(context, figure, unit), weigh, reach)
        if is_within_reach(context, figure, bond)
        and (touches(context, figure, bond) or not names_denominator(context, bond.cue))
    ]
    best = nearest(bonds)
    if best is None or best.cue.rule.value in STATUSES | {"other", "rest", "others"}:
        return best
    return predicate_of(context, figure, best, bonds) or best


def says_not_yet(context: Context, figure: Placed[Figure], bond: Bond) -> bool:
    """`7 persen belum.`, `5 persen warga yang belum.`, `yang belum 247.657`; not `95 persen belum tercapai`."""
    if bond.left:
        return bond.cue.last == figure.first - 1 and context.words(bond.cue.first - 1, bond.cue.first - 1) == ["yang"]
    behind = context.words(bond.cue.last + 1, bond.cue.last + 1)
    return bond.cost <= PREDICATE_SLACK and (not behind or not behind[0][0].isalnum())


def touches(context: Context, figure: Placed[Figure], bond: Bond) -> bool:
    """`dari capaian 99,18 persen`: the noun right before a figure is its own, whatever stands before that."""
    return bond.left and bond.cue.last == figure.first - 1


def predicate_of(context: Context, figure: Placed[Figure], head: Bond, bonds: list[Bond]) -> Bond | None:
    """What is said of the noun that binds the figure, on the same side: its status first, then its segment.

    `71,2 persen peserta di Kabupaten Alor yang kartunya aktif`; `47 persen peserta mandiri di Kupang menunggak`.
    """
    said = [
        bond
        for bond in bonds
        if (bond.left == head.left or bond.cost <= ACROSS)
        and bond.cost <= head.cost + PREDICATE_SLACK
        and (not bond.left or (head.cue.rule.category == "segment" and not crosses_figure(context, figure, bond.cue)))
    ]
    statuses = [bond for bond in said if bond.cue.rule.value in STATUSES]
    segments = [bond for bond in said if bond.cue.rule.category == "segment"]
    return nearest(statuses) or (nearest(segments) if head.cue.rule.category != "segment" else None)


def find_topic(context: Context, figure: Placed[Figure], unit: Unit) -> Bond | None:
    """What the line above a list announces: `Jumlah penerima PBI enam tahun terakhir:`, `Tahun 2020: 409.749 orang`."""
    if context.sentences[figure.sentence].kind is not LineKind.HEADING:
        return None
    for index in range(figure.sentence - 1, -1, -1):
        sentence = context.sentences[index]
        if context.article.text[sentence.end - 1] == ":":
            cues = [cue for category in ("segment", "metric") for cue in context.cues_in(category, index)]
            cues = [cue for cue in cues if unit is Unit.PEOPLE or cue.rule.value != "population"]
            return Bond(cues[0], SEGMENT_FARTHEST, True) if cues else None
        if sentence.kind is not LineKind.HEADING:
            return None
    return None


def is_within_reach(context: Context, figure: Placed[Figure], bond: Bond) -> bool:
    if bond.cue.rule.value == "rest":
        return bond.left and bond.cost <= REST_FARTHEST
    if bond.cue.rule.value in {"thing", "others"}:
        return not bond.left and bond.cost <= TOUCHING
    if bond.cue.rule.value == "not_yet":
        return says_not_yet(context, figure, bond)
    if bond.cue.rule.value == "other":
        return bond.cost <= (OTHER_FARTHEST if bond.left else OTHER_BEHIND)
    return bond.cost <= (SEGMENT_FARTHEST if bond.cue.rule.category == "segment" else FARTHEST)


def the_rest(last_part: Told | None, reason: Reason) -> Measure:
    """`Sisanya`: not covered, or not active where activity was told before."""
    status = "inactive" if last_part is not None and last_part.measure.status == "active" else "uncovered"
    return Measure(status, None, reason, 0.0)


def carry(context: Context, last: Told | None, last_part: Told | None, figure: Placed[Figure]) -> Measure | None:
    """A list goes on with what its figures measured; behind a population come those of it who are covered."""
    unit = unit_of(figure)
    carried = None
    if (
        last_part is not None
        and unit_of(last_part.figure) is unit
        and follows_closely(context, last_part.figure, figure)
    ):
        carried = Measure(
            last_part.measure.status, last_part.measure.segment, Reason("metric", "metric.carried"), FARTHEST
        )
        if last_part.figure.sentence == figure.sentence:
            return carried
        if is_part(context, figure):
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


def activity_follows(context: Context, figure: Placed[Figure]) -> bool:
    """`Natuna masuk Utama dengan 100,26 persen dan keaktifan 95,47 persen`: what is named next is something else."""
    following = next((other for other in context.figures if other.first > figure.last), None)
    return (
        following is not None
        and following.sentence == figure.sentence
        and any(
            cue.rule.value == "active" and figure.last < cue.first and cue.last < following.first
            for cue in context.cues_in("metric", figure.sentence)
        )
    )


def unit_of(figure: Placed[Figure]) -> Unit:
    assert figure.mention.value is not None
    return figure.mention.value.unit


def weigh(cue: Cue) -> float:
    if cue.rule.id == "metric.other_head":
        return HEAD_OFFSET
    if cue.rule.category == "segment":
        return SEGMENT_OFFSET
    # `218.159 jiwa penduduk sudah peserta JKN`: penduduk alone counts people, jumlah penduduk measures them.
    if cue.text.lower() == "penduduk":
        return OFFSETS["classifier"]
    return OFFSETS.get(cue.rule.value, 0.0)


def metric_cues(context: Context, figure: Placed[Figure], unit: Unit) -> list[Cue]:
    """Cues of the sentence, those in somebody's office left out (`Kepala BPJS Kesehatan Cabang ...`)."""
    offices = [(placed.first, placed.last) for placed in context.speakers]
    cues = [
        cue
        for category in ("metric", "segment")
        for cue in context.cues_in(category, figure.sentence)
        if not any(first <= cue.first <= last for first, last in offices)
        and (unit is Unit.PEOPLE or cue.rule.value != "population")
        and not ASIDES.intersection(context.words(cue.first - 1, cue.first - 1))
    ]
    # In `keaktifan peserta` and `peserta yang belum aktif` the status says what is measured, not the noun beside it.
    statuses = [cue for cue in cues if cue.rule.value in STATUSES]
    return [
        cue
        for cue in cues
        if cue.rule.value not in {"covered", "topic"}
        or not any(0 < max(status.first - cue.last, cue.first - status.last) <= 2 for status in statuses)
    ]


def from_bond(context: Context, bond: Bond) -> Measure:
    reason = bond.reason(context, "metric")
    if bond.cue.rule.category == "segment":
        return Measure("segment", payer_of(context, bond.cue), reason, bond.cost)
    return Measure(STATUS_OF.get(bond.cue.rule.value, bond.cue.rule.value), None, reason, bond.cost)


def payer_of(context: Context, cue: Cue) -> Segment:
    """The segment of a cue, unless a payer behind it says otherwise: `peserta PBI yang dibiayai APBD Provinsi`.

    PBI alone is the one that the article spoke of before: `PBI dari APBD Kota Tangerang ... Jumlah penerima PBI`.
    """
    if pays_region(context, cue):
        return Segment.PBPU_PEMDA
    if cue.text.lower() in GENERIC_PBI:
        for other in reversed(context.cues):
            if other.last >= cue.first or other.rule.category != "segment" or "pbi" not in other.text.lower():
                continue
            if pays_region(context, other):
                return Segment.PBPU_PEMDA
            if other.text.lower() not in GENERIC_PBI:
                return Segment(other.rule.value)
    return Segment(cue.rule.value)


def pays_region(context: Context, cue: Cue) -> bool:
    """Whether a region's payment stands right behind the cue."""
    return any(
        0 < other.first - cue.last <= 4
        and other.rule.value == Segment.PBPU_PEMDA
        and PAYER_LINKS.issuperset(context.words(cue.last + 1, other.first - 1))
        for other in context.cues_in("segment", context.sentence_of(cue.first))
    )


def share(context: Context, last: Told, figure: Placed[Figure]) -> Measure | None:
    """What the second of two figures of one fact measures; None where they state different facts."""
    if not states_same_fact(context, last.figure, figure):
        return None
    measure = last.measure
    status = "covered" if unit_of(figure) is Unit.PERCENT and measure.status == "population" else measure.status
    return Measure(status, measure.segment, Reason("metric", "metric.same_fact"), measure.cost)


def states_same_fact(context: Context, before: Placed[Figure], figure: Placed[Figure]) -> bool:
    """Two figures with nothing but `atau`, `setara`, a bracket between them, or the two ends of a range."""
    if before.sentence != figure.sentence:
        return False
    between = context.words(before.last + 1, figure.first - 1)
    if between[-2:] in (["lebih", "dari"], ["kurang", "dari"]):
        between = between[:-2]
    if unit_of(before) is unit_of(figure):
        return bool(between) and len(between) <= 2 and all(word in RANGE_JOINERS for word in between)
    return 0 < len(between) <= 5 and between != [","] and all(word in SAME_FACT for word in between)


def follows_closely(context: Context, previous: Placed[Figure], figure: Placed[Figure]) -> bool:
    return context.sentences[figure.sentence].paragraph - context.sentences[previous.sentence].paragraph <= 1
