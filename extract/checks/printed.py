"""What became of figures that could not stand as printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.checks.messages import word_check
from extract.models import Check, Claim, Unit, Verdict
from extract.wording import Language, load_sentences, number, percent, shown


def check_figure_as_printed(claims: Sequence[Claim], language: Language) -> Iterator[Check]:
    """Each figure that other evidence than its form has changed, or that no reading could be settled for."""
    words = load_sentences(language)["words"]
    for at, claim in enumerate(claims):
        repair = claim.repair
        if repair is None or repair.rule == "repair.format":
            continue
        show = percent if claim.unit is Unit.PERCENT else number
        choices = _choices([show(value, language) for value in repair.alternatives], words["or"])
        sentence = "suspect_repaired" if not claim.suspect else "suspect_undecided" if choices else "suspect_unread"
        why = "; ".join(witness.message for witness in repair.witnesses)
        yield word_check(
            "figure_as_printed",
            Verdict.SUSPECT,
            (at,),
            language,
            sentence,
            expected=(choices or None) if claim.suspect else shown(claim, language),
            got=claim.raw,
            printed=claim.raw,
            chosen=shown(claim, language),
            why=why or words["unsaid"],
            choices=choices,
        )


def _choices(told: Sequence[str], last: str) -> str:
    """The readings as a list: "1.800 atau 18.000", "92.934, 92.993, atau 99.934"."""
    if len(told) < 3:
        return f" {last} ".join(told)
    return f"{', '.join(told[:-1])}, {last} {told[-1]}"
