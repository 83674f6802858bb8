"""How well extraction agrees with annotated articles: precision, recall and F1, field by field.

The rules are those of tests/gold/README.md. A mention is right when it overlaps the gold span and its value is equal;
a claim is found when it overlaps and its value is equal, and `core` right when metric, modality and region are right
too. The other fields are judged over the claims that were found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.gold import GOLD_KINDS, GoldArticle, GoldSpan
from extract.models import Claim, Extraction, Figure, Mention, MentionKind, Period, Region
from extract.outcomes import Counts, Outcome, judge

FIELDS = ("as_of", "speaker", "no_speaker", "approx", "segment")


@dataclass(slots=True)
class Tally:
    """Counts behind P, R and F1: what gold holds, what was given, and what of both was right."""

    gold: int = 0
    given: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0 if not self.gold else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        total = self.gold + self.given
        return 2 * self.right / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One disagreement, for the table of errors."""

    article: str
    what: str
    raw: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Score:
    mentions: dict[MentionKind, Tally] = field(default_factory=lambda: {kind: Tally() for kind in GOLD_KINDS})
    found: Tally = field(default_factory=Tally)
    core: Tally = field(default_factory=Tally)
    fields: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIELDS})
    garbled: Counts = field(default_factory=Counts)
    clean: Counts = field(default_factory=Counts)
    """Figures printed as they were meant: silent ones were changed."""

    @property
    def harmed(self) -> int:
        """Figures printed as they were meant that were changed or marked suspect."""
        return self.clean.silent + self.clean.suspect

    misses: list[Miss] = field(default_factory=list)

    def as_record(self) -> dict[str, dict[str, float]]:
        """P, R, F1 and counts by name; for the fields of found claims the share that is right."""
        rows = {
            **{kind.value: tally for kind, tally in self.mentions.items()},
            "claims_found": self.found,
            "claims_core": self.core,
        }
        record = {
            name: {
                "gold": tally.gold,
                "given": tally.given,
                "right": tally.right,
                "precision": round(tally.precision, 4),
                "recall": round(tally.recall, 4),
                "f1": round(tally.f1, 4),
            }
            for name, tally in rows.items()
        }
        shares = {
            name: {"gold": tally.gold, "right": tally.right, "share": round(tally.recall, 4)}
            for name, tally in self.fields.items()
        }
        return record | shares


def score_articles(pairs: Iterable[tuple[GoldArticle, Extraction]]) -> Score:
    """Score extractions against their gold articles, over the whole set."""
    score = Score()
    for gold, extraction in pairs:
        for kind in GOLD_KINDS:
            given = [mention for mention in extraction.mentions if mention.kind is kind]
            _score_mentions(score, gold, kind, given)
        _score_claims(score, gold, extraction.claims)
    return score


def _score_mentions(score: Score, gold: GoldArticle, kind: MentionKind, given: Sequence[Mention[object]]) -> None:
    tally = score.mentions[kind]
    taken: set[int] = set()
    for span in gold.mentions[kind]:
        overlapping = [i for i, mention in enumerate(given) if i not in taken and overlaps(span, mention)]
        match = next((i for i in overlapping if is_right_value(kind, span, given[i].value)), None)
        if match is not None:
            taken.add(match)
        if span.counts:
            tally.gold += 1
            if match is not None:
                tally.given += 1
                tally.right += 1
            else:
                got = ", ".join(f"{given[i].raw!r} = {show_value(given[i].value)}" for i in overlapping) or "nothing"
                score.misses.append(
                    Miss(gold.article.id, f"{kind} missed", span.data["raw"], show_gold(kind, span), got)
                )
    for i, mention in enumerate(given):
        if i in taken or is_nation(mention) or _lies_on_unscored(gold.mentions[kind], mention):
            continue
        tally.given += 1
        score.misses.append(Miss(gold.article.id, f"{kind} extra", mention.raw, "nothing", show_value(mention.value)))


def _lies_on_unscored(spans: Sequence[GoldSpan], mention: Mention[object] | Claim) -> bool:
    return any(not span.counts and overlaps(span, mention) for span in spans)


def _score_claims(score: Score, gold: GoldArticle, given: Sequence[Claim]) -> None:
    taken: set[int] = set()
    for span, match in match_claims(gold.claims, given):
        if match is not None:
            taken.add(match)
        if not span.counts:
            continue
        _score_figure(score, gold, span, given)
        score.found.gold += 1
        score.core.gold += 1
        if match is None:
            score.misses.append(Miss(gold.article.id, "claim missed", span.data["raw"], show_claim(span), "nothing"))
            continue
        claim = given[match]
        score.found.given += 1
        score.found.right += 1
        score.core.given += 1
        if is_core(span, claim):
            score.core.right += 1
        else:
            got = f"{claim.metric} {claim.modality} {claim.region}"
            score.misses.append(Miss(gold.article.id, "claim core", span.data["raw"], show_claim(span), got))
        _score_fields(score, gold, span, claim)
    for i, claim in enumerate(given):
        if i in taken or _lies_on_unscored(gold.claims, claim):
            continue
        score.found.given += 1
        score.core.given += 1
        got = f"{claim.metric} {claim.modality} {claim.region}"
        score.misses.append(Miss(gold.article.id, "claim extra", claim.raw, "nothing", got))


def _score_figure(score: Score, gold: GoldArticle, span: GoldSpan, given: Sequence[Claim]) -> None:
    """What became of the figure itself: a garbled one should be repaired or marked, any other left alone."""
    here = [claim for claim in given if overlaps(span, claim)]
    outcome = judge(span.data["value"], here)
    if span.data.get("garbled"):
        score.garbled.add(outcome)
        if outcome in {Outcome.SILENT, Outcome.UNREAD}:
            got = ", ".join(show_value(claim.value) for claim in here) or "nothing"
            score.misses.append(Miss(gold.article.id, "garbled", span.data["raw"], str(span.data["value"]), got))
    elif any(claim.suspect or (claim.repair and claim.value != span.data["value"]) for claim in here):
        score.clean.add(Outcome.SUSPECT if outcome is Outcome.SUSPECT else Outcome.SILENT)
        got = ", ".join(f"{claim.value:.10g}{' suspect' if claim.suspect else ''}" for claim in here)
        score.misses.append(Miss(gold.article.id, "harmed", span.data["raw"], str(span.data["value"]), got))
    else:
        score.clean.add(Outcome.RIGHT)


def match_claims(spans: Sequence[GoldSpan], given: Sequence[Claim]) -> list[tuple[GoldSpan, int | None]]:
    """Each gold claim with the claim that answers it, each used once; pairs that are right in full are made first."""
    ordered = sorted(spans, key=lambda span: not span.counts)
    matches: list[int | None] = [None] * len(ordered)
    for only_core in (True, False):
        for position, span in enumerate(ordered):
            if matches[position] is None:
                free = (i for i, claim in enumerate(given) if i not in matches and is_found(span, claim))
                matches[position] = next((i for i in free if not only_core or is_core(span, given[i])), None)
    return list(zip(ordered, matches, strict=True))


def _score_fields(score: Score, gold: GoldArticle, span: GoldSpan, claim: Claim) -> None:
    wanted = span.data

    def tell(name: str, right: bool, expected: object, got: object) -> None:
        tally = score.fields[name]
        tally.gold += 1
        tally.given += 1
        tally.right += right
        if not right:
            score.misses.append(Miss(gold.article.id, name, span.data["raw"], str(expected), str(got)))

    if wanted.get("as_of"):
        tell("as_of", is_right_period(gold, wanted["as_of"], claim.as_of), wanted["as_of"], show_value(claim.as_of))
    name = claim.speaker.name if claim.speaker else None
    if wanted.get("speaker"):
        tell("speaker", name is not None and last_word(wanted["speaker"]) in name.lower(), wanted["speaker"], name)
    else:
        tell("no_speaker", name is None, None, name)
    if wanted.get("approx"):
        tell("approx", wanted["approx"] == claim.approx, wanted["approx"], claim.approx)
    if wanted["metric"] == "segment_members":
        allowed = {wanted.get("segment"), *wanted.get("segments", ())}
        tell("segment", claim.segment in allowed, wanted.get("segment"), claim.segment)


def overlaps(span: GoldSpan, given: Mention[object] | Claim) -> bool:
    return span.start < given.end and given.start < span.end


def is_nation(mention: Mention[object]) -> bool:
    return isinstance(mention.value, Region) and mention.value.code == "0"


def is_right_value(kind: MentionKind, span: GoldSpan, value: object) -> bool:
    wanted = span.data
    if kind is MentionKind.DATE:
        if wanted.get("fuzzy") or wanted.get("start") is None:
            return True
        return isinstance(value, Period) and [value.start.isoformat(), value.end.isoformat()] == [
            wanted["start"],
            wanted["end"],
        ]
    if kind is MentionKind.REGION:
        return isinstance(value, Region) and value.code == wanted["code"]
    return isinstance(value, Figure) and is_same_number(value.value, wanted["value"])


def is_same_number(one: float, other: float) -> bool:
    return abs(one - other) < 1e-6


def is_found(span: GoldSpan, claim: Claim) -> bool:
    if not overlaps(span, claim):
        return False
    return is_same_number(claim.value, span.data["value"]) or bool(span.data.get("uncertain") and claim.suspect)


def is_core(span: GoldSpan, claim: Claim) -> bool:
    return all(
        got in {span.data.get(name), *span.data.get(f"{name}_alt", ())} or _is_national_threshold(name, span, claim)
        for name, got in (("metric", claim.metric), ("modality", claim.modality), ("region", claim.region))
    )


def _is_national_threshold(name: str, span: GoldSpan, claim: Claim) -> bool:
    """For the threshold of the programme, region 0, target and requirement are both right (codebook)."""
    both = {"target", "requirement"}
    return name == "modality" and span.data["region"] == "0" and {span.data["modality"], str(claim.modality)} <= both


def is_right_period(gold: GoldArticle, wanted: Sequence[str], got: Period | None) -> bool:
    if got is None:
        return False
    start, end = (dt.date.fromisoformat(day) for day in wanted)
    if (got.start, got.end) == (start, end):
        return True
    fuzzy = any(
        date.data.get("fuzzy") and [date.data.get("start"), date.data.get("end")] == list(wanted)
        for date in gold.mentions[MentionKind.DATE]
    )
    return fuzzy and got.start <= end and start <= got.end


def last_word(name: str) -> str:
    return name.lower().split()[-1]


def show_gold(kind: MentionKind, span: GoldSpan) -> str:
    data = span.data
    if kind is MentionKind.DATE:
        return f"{data.get('start')}..{data.get('end')}"
    return str(data.get("code") if kind is MentionKind.REGION else data.get("value"))


def show_claim(span: GoldSpan) -> str:
    def field_of(name: str) -> object:
        alternatives = span.data.get(f"{name}_alt")
        return f"{span.data.get(name)} or {alternatives}" if alternatives else span.data.get(name)

    return f"{field_of('metric')} {field_of('modality')} {field_of('region')} = {span.data['value']}"


def show_value(value: object) -> str:
    if isinstance(value, Figure):
        return f"{value.value:.10g}"
    if isinstance(value, Period):
        return f"{value.start}..{value.end}"
    if isinstance(value, Region):
        return value.code
    return str(value)
