"""What became of figures that could not stand as printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.checks.messages import load_sentences, word_check
from extract.checks.wording import Language, number, percent, shown
from extract.models import Check, Claim, Unit, Verdict


def check_figure_as_printed(claims: Sequence[Claim], language: Language) -> Iterator[Check]:
    """Each figure that other evidence than its form has changed, or that no reading could be settled for."""
    words = load_sentences(language)["words"]
    for at, claim in enumerate(claims):
        repair = claim.repair
        if repair is None or repair.rule == "repair.format":
            continue
        show = percent if claim.unit is Unit.PERCENT else number
        choices = f" {words['or']} ".join(show(value, language) for value in repair.alternatives)
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
