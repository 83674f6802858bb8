"""How an article is cited: APA style and BibTeX."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.wording import load_wording
from extract.wording import Language

UNDATED = {"id": "t.t.", "en": "n.d."}
BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {sign: f"\\{sign}" for sign in "{}$&%#_"}


@dataclass(frozen=True, slots=True)
class Citation:
    """One article in both forms; the day of access is in neither, for pages are kept as they were."""

    apa: str
    bibtex: str


def cite(
    claim_id: str, authors: Sequence[str], published: str | None, title: str, outlet: str, url: str, language: Language
) -> Citation:
    """The citation of the article that a claim stands in. An author is named as printed: names are not turned round."""
    day = parse_day(published)
    who = ", ".join(authors) or outlet
    source = f" {outlet}." if authors and outlet else ""
    apa = " ".join(f"{who}. ({tell(day, language)}). {title}.{source} {url}".split())
    fields = {
        "author": " and ".join(f"{{{escape(name)}}}" for name in authors) or f"{{{escape(outlet)}}}",
        "title": f"{{{escape(title)}}}",
        "organization": escape(outlet),
        "date": day.isoformat() if day else "",
        "url": re.sub(r"[{}\\\s]", "", url),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return Citation(apa, f"@online{{cakupan-{claim_id},\n{lines}}}")


def parse_day(published: str | None) -> dt.date | None:
    """The local day of a stored time of publication."""
    try:
        return dt.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def tell(day: dt.date | None, language: Language) -> str:
    """The day as APA has it: "2025, 6 Mei" in Indonesian, "2025, May 6" in English."""
    if day is None:
        return UNDATED[language]
    month = load_wording(language)["periods"]["months"][day.month - 1]
    return f"{day.year}, {day.day} {month}" if language == "id" else f"{day.year}, {month} {day.day}"


def escape(text: str) -> str:
    """A text without signs that mean something to BibTeX, on one line."""
    return "".join(BIBTEX_SIGNS.get(sign, sign) for sign in " ".join(text.split()))
